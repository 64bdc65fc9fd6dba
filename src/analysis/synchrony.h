/* How synchronous neurons are. */
#ifndef IZH_ANALYSIS_SYNCHRONY_H
#define IZH_ANALYSIS_SYNCHRONY_H

#include "analysis/bins.h"

/* The synchrony measure chi of Golomb and Rinzel 1993, Phys. Rev. E 48:4810 (Golomb 2007, Scholarpedia
 * 2:1347): chi² = Var_t(mean_i x_i(t)) / mean_i Var_t(x_i(t)), here in the form of a sum: `together` is the
 * variance over time of Σ_i x_i, `apart` the sum of the n variances. 1 when all do the same, about 1/√n when
 * each is on its own. NaN when nothing varies. The paper's x is the membrane potential; a caller that takes
 * another x must say so. */
double izh_chi(double together, double apart, size_t n);

/* Variance with divisor n; NaN for n = 0. */
double izh_variance(const double *x, size_t n);

/* chi of the trains' counts in bins. sum[bins->n] is scratch, and the sum of all counts afterwards. O(spikes
 * + bins). */
double izh_chi_of_counts(const izh_bins *bins, const izh_trains *trains, double *sum);

#endif
