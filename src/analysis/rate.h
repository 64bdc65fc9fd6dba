/* The instantaneous rate: spikes convolved with a kernel. */
#ifndef IZH_ANALYSIS_RATE_H
#define IZH_ANALYSIS_RATE_H

#include "analysis/trains.h"

/* Kernels of area 1, as in elephant.kernels. sigma, their standard deviation, gives their width. The first
 * four are symmetric. The last two are causal: they are 0 before the spike, and are not shifted. */
typedef enum izh_smoothing {
  IZH_SMOOTHING_GAUSSIAN,
  IZH_SMOOTHING_RECTANGULAR,  /* of half width √3 sigma */
  IZH_SMOOTHING_TRIANGULAR,   /* of half width √6 sigma */
  IZH_SMOOTHING_EPANECHNIKOV, /* a parabola of half width √5 sigma */
  IZH_SMOOTHING_EXPONENTIAL,  /* exp(-t / tau), tau = sigma */
  IZH_SMOOTHING_ALPHA,        /* t exp(-t / tau), tau = sigma / √2 */
  IZH_SMOOTHING_COUNT
} izh_smoothing;

extern const char *const izh_smoothing_names[]; /* [IZH_SMOOTHING_COUNT], then NULL */

/* The value of the kernel at t_ms after a spike, in 1/ms. sigma_ms > 0. */
double izh_smoothing_at(izh_smoothing kernel, double sigma_ms, double t_ms);

/* Samples of a rate: out[n] in spikes a second, at from + every, from + 2 every, … */
typedef struct izh_rate_samples {
  izh_smoothing kernel;
  double sigma_ms, from_ms, every_ms; /* sigma, every > 0 */
  double *out;
  size_t n;
} izh_rate_samples;

/* Sums the kernels of all spikes. A kernel with a tail is cut where less than 10^-6 of its area is left
 * (gaussian: at 5 sigma; exponential 14, alpha 12 sigma). Near the ends of the window the rate is too low,
 * since spikes outside are missing. Spikes at the same time share one kernel, so spikes on a grid cost no
 * more than the grid. */
void izh_instantaneous_rate(izh_train train, const izh_rate_samples *samples);

#endif
