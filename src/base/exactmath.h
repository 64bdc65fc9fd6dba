/* Elementary functions that give the same bits on every machine.
 *
 * Those of the C library may differ in the last bit between versions, and between processors with and without
 * fused multiply-add. Then a drawn weight would differ, and with it every spike. These functions use only
 * IEEE additions, multiplications and divisions in a fixed order (and -ffp-contract=off). Errors are below 2
 * units in the last place. */
#ifndef IZH_BASE_EXACTMATH_H
#define IZH_BASE_EXACTMATH_H

/* Natural logarithm of a normal positive number. */
double izh_log(double x);

/* log(1 - p) for 0 < p < 1, exact to the last bits for small p too. */
double izh_log_1minus(double p);

/* e^x; infinity above 709.78, 0 below -708. */
double izh_exp(double x);

/* 1 - e^-x for x ≥ 0, exact to the last bits for small x too. */
double izh_one_minus_exp(double x);

/* sin(πx) and cos(πx) for 0 ≤ x < 2. */
void izh_sincospi(double x, double *sine, double *cosine);

#endif
