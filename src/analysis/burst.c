#include "analysis/burst.h"

#include <math.h>
#include <stdbool.h>

/* Intervals are differences of rounded times. One that should equal a bound differs from it by less than
 * this.
 */
static const double ROUNDING = 1e-9;

izh_max_interval izh_max_interval_default(void) {
  return (izh_max_interval){.beg_isi = 170, .end_isi = 300, .min_ibi = 200, .min_durn = 10, .min_spikes = 3};
}

/* Finds the runs that begin with an interval below `beg` and end before an interval above `end`. */
static size_t find_runs(izh_train train, double beg, double end, izh_burst *out) {
  size_t n = 0;
  bool in_burst = false;
  for (size_t i = 1; i < train.n; i++) {
    double isi = train.t_ms[i] - train.t_ms[i - 1];
    if (in_burst && isi > end + ROUNDING) {
      in_burst = false;
    } else if (in_burst) {
      out[n - 1].last = i;
    } else if (isi < beg - ROUNDING) {
      in_burst = true;
      out[n++] = (izh_burst){i - 1, i};
    }
  }
  return n;
}

static size_t merge_runs(izh_train train, double min_ibi, izh_burst *bursts, size_t n) {
  size_t kept = 0;
  for (size_t i = 0; i < n; i++) {
    if (kept > 0 && train.t_ms[bursts[i].first] - train.t_ms[bursts[kept - 1].last] < min_ibi - ROUNDING)
      bursts[kept - 1].last = bursts[i].last;
    else
      bursts[kept++] = bursts[i];
  }
  return kept;
}

static size_t drop_small(izh_train train, double min_durn, size_t min_spikes, izh_burst *bursts, size_t n) {
  size_t kept = 0;
  for (size_t i = 0; i < n; i++) {
    double durn = train.t_ms[bursts[i].last] - train.t_ms[bursts[i].first];
    if (durn >= min_durn - ROUNDING && bursts[i].last - bursts[i].first + 1 >= min_spikes)
      bursts[kept++] = bursts[i];
  }
  return kept;
}

size_t izh_bursts_max_interval(izh_train train, const izh_max_interval *rule, izh_burst *out) {
  size_t n = find_runs(train, rule->beg_isi, rule->end_isi, out);
  n = merge_runs(train, rule->min_ibi, out, n);
  return drop_small(train, rule->min_durn, rule->min_spikes, out, n);
}

/* --- logISI --- */

enum { A_DECADE = 10, DECADES = 15, BINS = A_DECADE * DECADES }; /* bins, from 1 ms on */

static double lower_edge(size_t bin) {
  return pow(10, (double)bin / A_DECADE);
}

/* Counts the intervals. Returns the number of the last bin in use + 1. */
static size_t count_intervals(izh_train train, double counts[BINS]) {
  size_t used = 0;
  for (size_t k = 0; k < BINS; k++) counts[k] = 0;
  for (size_t i = 1; i < train.n; i++) {
    double isi = train.t_ms[i] - train.t_ms[i - 1];
    if (isi < 1 - ROUNDING) continue;
    double bin = fmax(0, floor(A_DECADE * log10(isi) + 1e-9));
    size_t k = bin < BINS ? (size_t)bin : BINS - 1;
    counts[k]++;
    if (k >= used) used = k + 1;
  }
  return used;
}

static bool is_peak(const double *counts, size_t n, size_t k) {
  if (k == 0 || k + 1 >= n) return false;
  for (size_t other = k < 2 ? 0 : k - 2; other <= k + 2 && other < n; other++)
    if (other != k && counts[other] >= counts[k]) return false;
  return true;
}

double izh_log_isi_threshold(izh_train train, double cutoff_ms) {
  double counts[BINS];
  size_t n = count_intervals(train, counts), inside = BINS;
  n = n < BINS ? n + 1 : BINS; /* with an empty bin at the end, so that the last used bin can be a peak */
  for (size_t k = 0; k < n && lower_edge(k) < cutoff_ms - ROUNDING; k++)
    if (is_peak(counts, n, k) && (inside == BINS || counts[k] > counts[inside])) inside = k;
  if (inside == BINS) return 0;
  size_t valley = inside;
  for (size_t k = inside + 1; k < n; k++) {
    if (counts[k] < counts[valley]) valley = k;
    if (is_peak(counts, n, k) && 1 - counts[valley] / sqrt(counts[inside] * counts[k]) >= 0.7)
      return lower_edge(valley);
  }
  return INFINITY;
}

/* Whether a run has three successive spikes whose two intervals are at most `bound`. */
static bool has_core(izh_train run, double bound) {
  size_t short_ones = 0;
  for (size_t i = 1; i < run.n && short_ones < 2; i++)
    short_ones = run.t_ms[i] - run.t_ms[i - 1] <= bound + ROUNDING ? short_ones + 1 : 0;
  return short_ones == 2;
}

size_t izh_bursts_log_isi(izh_train train, double cutoff_ms, izh_burst *out) {
  enum { MIN_SPIKES = 3, LONGEST_MS = 1000 };
  if (train.n < 4) return 0;
  double threshold = izh_log_isi_threshold(train, cutoff_ms);
  if (threshold == 0) return 0;
  bool extends = threshold > cutoff_ms && threshold < LONGEST_MS;
  double bound = threshold < LONGEST_MS ? threshold : cutoff_ms;
  /* an interval up to the bound, the bound included, begins a burst */
  size_t n = find_runs(train, bound + 2 * ROUNDING, bound, out);
  n = drop_small(train, 0, MIN_SPIKES, out, n);
  if (!extends) return n;
  size_t kept = 0;
  for (size_t i = 0; i < n; i++) {
    izh_train run = {train.t_ms + out[i].first, out[i].last - out[i].first + 1};
    if (has_core(run, cutoff_ms)) out[kept++] = out[i];
  }
  return kept;
}
