#include "analysis/synchrony.h"

#include <math.h>

#include "analysis/measure.h"
#include "base/alloc.h"

double izh_chi(double together, double apart, size_t n) {
  return n > 0 && apart > 0 ? sqrt(together / ((double)n * apart)) : NAN;
}

double izh_variance(const double *x, size_t n) {
  if (n == 0) return NAN;
  double sum = 0, squares = 0;
  for (size_t i = 0; i < n; i++) sum += x[i];
  double mean = sum / (double)n;
  for (size_t i = 0; i < n; i++) squares += (x[i] - mean) * (x[i] - mean);
  return squares / (double)n;
}

double izh_chi_of_counts(const izh_bins *bins, const izh_trains *trains, double *sum) {
  double apart = 0;
  for (size_t k = 0; k < bins->n; k++) sum[k] = 0;
  for (size_t i = 0; i < trains->n; i++) {
    izh_train train = izh_trains_at(trains, i);
    izh_bins_count(bins, train, sum);
    apart += izh_count_variance(izh_bins_moments(bins, train), (double)bins->n);
  }
  return izh_chi(izh_variance(sum, bins->n), apart, trains->n);
}

/* --- for scripts --- */

static izh_status chi_of_all(const izh_measured *of, double *out, size_t n, izh_err *err) {
  (void)n;
  izh_bins bins = izh_bins_make(of->trains.from_ms, of->trains.to_ms, of->option[0]);
  double *sum = izh_alloc(bins.n, sizeof *sum);
  if (!sum) return izh_fail_memory(err, bins.n * sizeof *sum);
  *out = izh_chi_of_counts(&bins, &of->trains, sum);
  izh_free(sum);
  return IZH_OK;
}

const izh_measure izh_measure_synchrony = {.of_all = chi_of_all}; /* option: bin in ms */
