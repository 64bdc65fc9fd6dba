/* How synchronous neurons are. */
#ifndef IZH_ANALYSIS_SYNCHRONY_H
#define IZH_ANALYSIS_SYNCHRONY_H

#include "analysis/bins.h"

/* The synchrony measure chi of Golomb and Rinzel 1993, Phys. Rev. E 48:4810 (Golomb 2007, Scholarpedia
 * 2:1347): chi² = Var_t(mean_i x_i(t)) / mean_i Var_t(x_i(t)). `together` is the variance over time of Σ_i
 * x_i; `apart` is the sum of the n variances over time. chi is 1 when all neurons do the same, and about 1/√n
 * when they are independent. NaN when nothing varies. In the paper x is the membrane potential; a caller that
 * takes another x must say so. */
double izh_chi(double together, double apart, size_t n);

/* The variance with divisor n; NaN for n = 0. */
double izh_variance(const double *x, size_t n);

/* chi of the counts of the trains in bins. sum[bins->n] becomes the sum of the counts of all trains. O(spikes
 * + bins). */
double izh_chi_of_counts(const izh_bins *bins, const izh_trains *trains, double *sum);

#endif
