#include "analysis/correlation.h"

#include <math.h>

#include "analysis/measure.h"
#include "base/alloc.h"

/* Sums and differences of times have an error of at most about this, in ms. */
static const double ROUNDING = 1e-9;

izh_binned izh_binned_make(const uint32_t *bin, const uint32_t *count, size_t n) {
  izh_binned made = {.bin = bin, .count = count, .n = n};
  for (size_t i = 0; i < n; i++) {
    made.sum += count[i];
    made.squares += (double)count[i] * count[i];
  }
  return made;
}

/* All sums are sums of whole numbers, and exact. So a train that never varies has a variance of exactly 0. */
double izh_correlation_coefficient(const izh_binned *a, const izh_binned *b, double n_bins) {
  double product = 0;
  for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
    uint32_t p = a->bin[i], q = b->bin[j];
    if (p == q) product += (double)a->count[i] * b->count[j];
    i += p <= q;
    j += q <= p;
  }
  double variance_a = n_bins * a->squares - a->sum * a->sum,
         variance_b = n_bins * b->squares - b->sum * b->sum;
  if (!(variance_a > 0 && variance_b > 0)) return NAN;
  return (n_bins * product - a->sum * b->sum) / (sqrt(variance_a) * sqrt(variance_b));
}

void izh_cross_correlation(const double *a, const double *b, size_t n, size_t reach, bool border_correction,
                           double *out) {
  size_t width = 2 * reach + 1;
  for (size_t k = 0; k < width; k++) out[k] = 0;
  for (size_t t = 0; t < n; t++) {
    if (a[t] == 0) continue;
    size_t first = t < reach ? reach - t : 0, last = n - 1 - t < reach ? reach + (n - 1 - t) : width - 1;
    for (size_t k = first; k <= last; k++) out[k] += a[t] * b[t + k - reach];
  }
  for (size_t k = 0; border_correction && k < width; k++) {
    double lag = fabs((double)k - (double)reach);
    out[k] = lag < (double)n ? out[k] * (double)n / ((double)n - lag) : NAN;
  }
}

void izh_autocorrelation(const izh_bins *bins, izh_train train, size_t reach, double *out) {
  for (size_t i = 0; i < train.n; i++) {
    size_t bin = izh_bins_find(bins, train.t_ms[i]);
    if (bin >= bins->n) break;
    for (size_t j = i + 1; j < train.n; j++) {
      size_t later = izh_bins_find(bins, train.t_ms[j]), lag = later - bin;
      if (later >= bins->n || lag > reach) break;
      out[reach + lag]++;
      out[reach - lag]++;
    }
  }
}

static double product_sum(const double *a, const double *b, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}

static double sum_of(const double *a, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += a[i];
  return sum;
}

void izh_cross_correlation_normalise(const double *a, const double *b, size_t n, double *out, size_t n_out) {
  double bins = (double)n, sum_a = sum_of(a, n), sum_b = sum_of(b, n);
  double variance_a = bins * product_sum(a, a, n) - sum_a * sum_a;
  double variance_b = bins * product_sum(b, b, n) - sum_b * sum_b;
  double scale = sqrt(variance_a) * sqrt(variance_b);
  for (size_t k = 0; k < n_out; k++) out[k] = scale > 0 ? (bins * out[k] - sum_a * sum_b) / scale : NAN;
}

double izh_tiled(izh_train train, double from_ms, double to_ms, double reach_ms) {
  double covered = 0, end = from_ms;
  for (size_t i = 0; i < train.n; i++) {
    double begin = fmax(train.t_ms[i] - reach_ms, end);
    end = fmin(train.t_ms[i] + reach_ms, to_ms);
    if (end > begin) covered += end - begin;
  }
  return to_ms > from_ms ? covered / (to_ms - from_ms) : NAN;
}

/* The share of the spikes of a that have a spike of b within reach. */
static double share_near(izh_train a, izh_train b, double reach_ms) {
  size_t near = 0;
  double reach = reach_ms + ROUNDING;
  for (size_t i = 0, j = 0; i < a.n; i++) {
    while (j < b.n && b.t_ms[j] < a.t_ms[i] - reach) j++;
    near += j < b.n && b.t_ms[j] <= a.t_ms[i] + reach;
  }
  return (double)near / (double)a.n;
}

static double sttc_term(double p, double t) {
  double below = 1 - p * t;
  return below > 1e-12 ? (p - t) / below : 1;
}

double izh_sttc(izh_train a, izh_train b, double tiled_a, double tiled_b, double reach_ms) {
  if (a.n == 0 || b.n == 0) return NAN;
  return (sttc_term(share_near(a, b, reach_ms), tiled_b) + sttc_term(share_near(b, a, reach_ms), tiled_a)) /
         2;
}

/* --- for scripts --- */

typedef struct binned_trains {
  double n_bins;
  izh_binned train[]; /* [n]; then, for all trains, uint32_t bin[spikes], count[spikes] */
} binned_trains;

static izh_status bin_trains(const izh_measured *of, void **prepared, izh_err *err) {
  const izh_trains *trains = &of->trains;
  bool binary = of->option[1] != 0;
  izh_bins bins = izh_bins_make(trains->from_ms, trains->to_ms, of->option[0]);
  if (bins.n >= IZH_MAX_BINS)
    return izh_fail(err, IZH_SIZE, "the window has %zu bins of %g ms; fewer than 2^32 can be correlated",
                    bins.n, bins.bin_ms);
  size_t spikes = trains->start[trains->n];
  size_t bytes = sizeof(binned_trains) + trains->n * sizeof(izh_binned) + 2 * spikes * sizeof(uint32_t);
  binned_trains *made = *prepared = izh_alloc(bytes, 1);
  if (!made) return izh_fail_memory(err, bytes);
  made->n_bins = (double)bins.n;
  uint32_t *bin = (uint32_t *)(made->train + trains->n), *count = bin + spikes;
  for (size_t i = 0; i < trains->n; i++) {
    size_t at = trains->start[i];
    size_t used = izh_bins_sparse(&bins, izh_trains_at(trains, i), binary, bin + at, count + at);
    made->train[i] = izh_binned_make(bin + at, count + at, used);
  }
  return IZH_OK;
}

static double correlation_of_pair(const izh_measured *of, size_t i, size_t j, double *scratch) {
  (void)scratch;
  const binned_trains *binned = of->prepared;
  return izh_correlation_coefficient(&binned->train[i], &binned->train[j], binned->n_bins);
}

static izh_status tile_trains(const izh_measured *of, void **prepared, izh_err *err) {
  const izh_trains *trains = &of->trains;
  double *tiled = *prepared = izh_alloc(trains->n, sizeof *tiled);
  if (!tiled) return izh_fail_memory(err, trains->n * sizeof *tiled);
  for (size_t i = 0; i < trains->n; i++)
    tiled[i] = izh_tiled(izh_trains_at(trains, i), trains->from_ms, trains->to_ms, of->option[0]);
  return IZH_OK;
}

static double tiling_of_pair(const izh_measured *of, size_t i, size_t j, double *scratch) {
  (void)scratch;
  const double *tiled = of->prepared;
  return izh_sttc(izh_trains_at(&of->trains, i), izh_trains_at(&of->trains, j), tiled[i], tiled[j],
                  of->option[0]);
}

/* n = 2 reach + 1 */
static izh_status autocorrelation_of_all(const izh_measured *of, double *out, size_t n, izh_err *err) {
  (void)err;
  izh_bins bins = izh_bins_make(of->trains.from_ms, of->trains.to_ms, of->option[0]);
  for (size_t i = 0; i < of->trains.n; i++)
    izh_autocorrelation(&bins, izh_trains_at(&of->trains, i), n / 2, out);
  return IZH_OK;
}

const izh_measure izh_measure_autocorrelation = {.of_all = autocorrelation_of_all}; /* option: bin in ms */
/* options: bin in ms; binary, not 0: a bin counts at most 1. IZH_SIZE when there are 2³² - 1 bins or more. */
const izh_measure izh_measure_correlation_coefficient = {.of_pair = correlation_of_pair,
                                                         .prepare = bin_trains};
/* option: reach in ms */
const izh_measure izh_measure_spike_time_tiling_coefficient = {.of_pair = tiling_of_pair,
                                                               .prepare = tile_trains};
