/* Counting spikes in bins. Bin k of a window holds the times from + k·bin < t ≤ from + (k + 1)·bin. If the
 * window is not a whole number of bins, the rest at its end is in no bin: its count could not be compared
 * with the others. */
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

/* The bin of a time in the window; n for a time in the rest. The last digits of a time vary, since it is a
 * sum of steps. A spike at the end of a bin is in that bin in spite of this. */
size_t izh_bins_find(const izh_bins *bins, double t_ms);

/* Adds the spikes of a train to counts[bins->n]. */
void izh_bins_count(const izh_bins *bins, izh_train train, double *counts);

/* Lists the bins of a train that are not empty: their numbers, ascending, and how many spikes each has
 * (binary: 1). Returns how many there are, at most train.n. The numbers reach up to IZH_MAX_BINS. */
#define IZH_MAX_BINS UINT32_MAX
size_t izh_bins_sparse(const izh_bins *bins, izh_train train, bool binary, uint32_t *bin, uint32_t *count);

/* The sum of the counts of a train in all bins, and the sum of their squares. */
typedef struct izh_moments {
  double sum, squares;
} izh_moments;
izh_moments izh_bins_moments(const izh_bins *bins, izh_train train);

/* The variance of k counts, with divisor k; NaN for k = 0. */
double izh_count_variance(izh_moments counts, double k);

/* The Fano factor of k counts: variance (with divisor k) over mean, as elephant.statistics.fanofactor. NaN
 * for fewer than two counts, and without spikes. It is 1 for a Poisson process (the expected value is (k -
 * 1)/k), and nearly 0 for a regular train. */
double izh_fanofactor(izh_moments counts, double k);

#endif
