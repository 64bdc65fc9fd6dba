/* Counting spikes in bins. Bin k of a window holds from + k·bin < t ≤ from + (k + 1)·bin. A rest of the
 * window that is shorter than a bin is in no bin, since its count could not be compared with the others. */
#ifndef IZH_ANALYSIS_BINS_H
#define IZH_ANALYSIS_BINS_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/trains.h"

typedef struct izh_bins {
  double from_ms, bin_ms;
  size_t n; /* whole bins */
} izh_bins;

/* bin_ms > 0. */
izh_bins izh_bins_make(double from_ms, double to_ms, double bin_ms);

/* The bin of a time in the window; n for a time in the rest. Times are sums of steps, so their last digits
 * vary: a spike at the end of a bin is still in that bin. */
size_t izh_bins_find(const izh_bins *bins, double t_ms);

/* Adds the spikes of a train to counts[bins->n]. */
void izh_bins_count(const izh_bins *bins, izh_train train, double *counts);

/* The bins of a train that are not empty: their numbers, ascending, and how many spikes each has. There are
 * at most train.n; returns how many. With binary, a bin counts 1. It can number IZH_MAX_BINS bins. */
#define IZH_MAX_BINS UINT32_MAX
size_t izh_bins_sparse(const izh_bins *bins, izh_train train, bool binary, uint32_t *bin, uint32_t *count);

/* How many spikes a train has in all bins, and the sum of the squares of their counts. */
typedef struct izh_moments {
  double sum, squares;
} izh_moments;
izh_moments izh_bins_moments(const izh_bins *bins, izh_train train);

/* The variance of k counts, with divisor k; NaN for k = 0. */
double izh_count_variance(izh_moments counts, double k);

/* Fano factor: variance over mean of k counts, the variance with divisor k, as
 * elephant.statistics.fanofactor. NaN for fewer than two counts, and without spikes. A Poisson process has 1
 * (expected (k - 1)/k), a regular one nearly 0. */
double izh_fanofactor(izh_moments counts, double k);

#endif
