/* Elementary functions that give the same bits on every machine.
 *
 * The functions of the C library may differ in the last bit between versions, and between processors with and
 * without fused multiply-add. Then a drawn weight would differ, and with it every spike. The functions here
 * use only IEEE additions, multiplications and divisions in a fixed order (and -ffp-contract=off). Their
 * errors are below 2 units in the last place. */
#ifndef IZH_BASE_EXACTMATH_H
#define IZH_BASE_EXACTMATH_H

#include <stdint.h>
#include <string.h>

/* ln 2 in two parts: the first has 21 trailing zero bits, so that its product with an exponent is exact. */
#define IZH_LN2_HIGH 0x1.62e42fee00000p-1
#define IZH_LN2_LOW 0x1.a39ef35793c76p-33

/* Natural logarithm of a normal positive number. It is inline, so that compilers can vectorize loops that use
 * it. log m = 2 atanh(s) with s = (m-1)/(m+1). For m in [√½, √2), s² < 0.0295, and eleven terms reach 2^-60.
 */
static inline double izh_log(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  int exponent = (int)(bits >> 52) - 1023;
  bits = (bits & 0xfffffffffffffu) | 0x3ff0000000000000u;
  double m;
  memcpy(&m, &bits, sizeof m);
  exponent += m > 1.4142135623730951;
  m *= m > 1.4142135623730951 ? 0.5 : 1;
  double s = (m - 1) / (m + 1), s2 = s * s, sum = 0;
  for (int k = 23; k >= 3; k -= 2) sum = sum * s2 + 1.0 / k;
  double tail = 2 * s * s2 * sum;
  return exponent * IZH_LN2_HIGH + (2 * s + (tail + exponent * IZH_LN2_LOW));
}

/* log(1 - p) for 0 < p < 1; accurate to the last bits also for small p. */
double izh_log_1minus(double p);

/* e^x; infinity above 709.78, 0 below -708. */
double izh_exp(double x);

/* 1 - e^-x for x ≥ 0; accurate to the last bits also for small x. */
double izh_one_minus_exp(double x);

/* sin(πx) and cos(πx) for 0 ≤ x < 2. */
void izh_sincospi(double x, double *sine, double *cosine);

#endif
