#include "analysis/bins.h"

#include <math.h>

#include "analysis/measure.h"

/* How far rounding may move a time, in bins. It is more for later times, but makes no bin of nothing. */
static double slack(double t_ms, double bin_ms) {
  return fmin(1e-9 + fabs(t_ms) * 1e-14 / bin_ms, 0.5);
}

izh_bins izh_bins_make(double from_ms, double to_ms, double bin_ms) {
  double n = floor((to_ms - from_ms) / bin_ms + slack(to_ms, bin_ms));
  return (izh_bins){from_ms, bin_ms, n >= 1 ? (size_t)n : 0};
}

size_t izh_bins_find(const izh_bins *bins, double t_ms) {
  double x = ceil((t_ms - bins->from_ms) / bins->bin_ms - slack(t_ms, bins->bin_ms)) - 1;
  if (x < 0) return 0;
  return x < (double)bins->n ? (size_t)x : bins->n;
}

void izh_bins_count(const izh_bins *bins, izh_train train, double *counts) {
  for (size_t i = 0; i < train.n; i++) {
    size_t bin = izh_bins_find(bins, train.t_ms[i]);
    if (bin < bins->n) counts[bin]++;
  }
}

size_t izh_bins_sparse(const izh_bins *bins, izh_train train, bool binary, uint32_t *bin, uint32_t *count) {
  size_t used = 0;
  for (size_t i = 0; i < train.n; i++) {
    size_t k = izh_bins_find(bins, train.t_ms[i]);
    if (k >= bins->n) break;
    if (used > 0 && bin[used - 1] == k) {
      if (!binary) count[used - 1]++;
      continue;
    }
    bin[used] = (uint32_t)k;
    count[used++] = 1;
  }
  return used;
}

/* Counts come in order of time, so no array of bins is needed. */
izh_moments izh_bins_moments(const izh_bins *bins, izh_train train) {
  izh_moments made = {0};
  double count = 0;
  size_t bin = 0;
  for (size_t i = 0; i < train.n; i++) {
    size_t k = izh_bins_find(bins, train.t_ms[i]);
    if (k >= bins->n) break;
    if (k != bin) {
      made.squares += count * count;
      bin = k;
      count = 0;
    }
    count++;
    made.sum++;
  }
  made.squares += count * count;
  return made;
}

/* Uses whole numbers up to the division, so it is exactly 0 when all counts are equal. */
double izh_count_variance(izh_moments counts, double k) {
  return k > 0 ? (k * counts.squares - counts.sum * counts.sum) / (k * k) : NAN;
}

double izh_fanofactor(izh_moments counts, double k) {
  if (k < 2 || counts.sum <= 0) return NAN;
  return izh_count_variance(counts, k) / (counts.sum / k);
}

/* --- for scripts --- */

static double count_of_neuron(const izh_measured *of, size_t i) {
  return (double)izh_trains_at(&of->trains, i).n;
}

static double fanofactor_of_neuron(const izh_measured *of, size_t i) {
  izh_bins bins = izh_bins_make(of->trains.from_ms, of->trains.to_ms, of->option[0]);
  return izh_fanofactor(izh_bins_moments(&bins, izh_trains_at(&of->trains, i)), (double)bins.n);
}

/* The Fano factor of the counts of whole trains. */
static izh_status fanofactor_of_all(const izh_measured *of, double *out, size_t n, izh_err *err) {
  (void)n, (void)err;
  izh_moments counts = {0};
  for (size_t i = 0; i < of->trains.n; i++) {
    double count = count_of_neuron(of, i);
    counts.sum += count;
    counts.squares += count * count;
  }
  *out = izh_fanofactor(counts, (double)of->trains.n);
  return IZH_OK;
}

static izh_status counts_of_all(const izh_measured *of, double *out, size_t n, izh_err *err) {
  (void)err;
  izh_bins bins = {of->trains.from_ms, of->option[0], n};
  izh_bins_count(&bins, of->pooled, out);
  return IZH_OK;
}

const izh_measure izh_measure_count = {.of_neuron = count_of_neuron};
/* option: bin in ms; none for all neurons together */
const izh_measure izh_measure_fanofactor = {.of_neuron = fanofactor_of_neuron, .of_all = fanofactor_of_all};
const izh_measure izh_measure_time_histogram = {.of_all = counts_of_all,
                                                .pooled = true}; /* option: bin in ms */
