/* How similar two spike trains are, or one train at two times. */
#ifndef IZH_ANALYSIS_CORRELATION_H
#define IZH_ANALYSIS_CORRELATION_H

#include <stdbool.h>

#include "analysis/bins.h"

/* A train in bins, as izh_bins_sparse makes it. */
typedef struct izh_binned {
  const uint32_t *bin, *count; /* [n]; not owned */
  size_t n;
  double sum, squares; /* of the counts */
} izh_binned;

izh_binned izh_binned_make(const uint32_t *bin, const uint32_t *count, size_t n);

/* Pearson's correlation coefficient of the counts of two trains in n_bins bins, as
 * elephant.spike_train_correlation.correlation_coefficient. NaN when a train has the same count in every bin
 * (for example when it is silent), or when n_bins is 0. */
double izh_correlation_coefficient(const izh_binned *a, const izh_binned *b, double n_bins);

/* The cross-correlation histogram of the counts a[n] and b[n]: out[reach + k] = Σ_t a(t) b(t + k) for the
 * lags k = -reach … reach. At k > 0, b fires after a. At lag k only n - |k| pairs of bins overlap;
 * border_correction multiplies by n / (n - |k|). */
void izh_cross_correlation(const double *a, const double *b, size_t n, size_t reach, bool border_correction,
                           double *out);

/* Adds the same for one train with itself to out[2 reach + 1]; a spike is not paired with itself. */
void izh_autocorrelation(const izh_bins *bins, izh_train train, size_t reach, double *out);

/* Turns a cross-correlation histogram, without border correction, into Pearson's coefficient at each lag, as
 * elephant's cross_correlation_coefficient: (c - A B / n) / √((Σa² - A²/n) (Σb² - B²/n)). NaN where that is
 * 0/0. */
void izh_cross_correlation_normalise(const double *a, const double *b, size_t n, double *out, size_t n_out);

/* The share of the window that is within ±reach of a spike of the train. */
double izh_tiled(izh_train train, double from_ms, double to_ms, double reach_ms);

/* The spike time tiling coefficient (Cutts and Eglen 2014, J. Neurosci. 34:14288), -1 … 1:
 *   ½ ((P_A - T_B) / (1 - P_A T_B) + (P_B - T_A) / (1 - P_B T_A))
 * P_A is the share of the spikes of A that are within ±reach of a spike of B; T_A is izh_tiled of A. A term
 * 0/0 counts as 1. NaN when a train is silent. */
double izh_sttc(izh_train a, izh_train b, double tiled_a, double tiled_b, double reach_ms);

#endif
