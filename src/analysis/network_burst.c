#include "analysis/network_burst.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Sorts counts, none of them below 0. Most may be 0: these are not given to qsort, which takes as much memory
 * again, and hears no Ctrl-C. */
static void sort(double *counts, size_t n) {
  size_t empty = 0;
  for (size_t k = 0; k < n; k++)
    if (counts[k] == 0) {
      counts[k] = counts[empty];
      counts[empty++] = 0;
    }
  if (n > empty) qsort(counts + empty, n - empty, sizeof *counts, ascending);
}

void izh_count_split(double *counts, size_t n, double *low, double *high) {
  double sum = 0, below = 0, best = 0;
  for (size_t k = 0; k < n; k++)
    sum += counts[k] = sqrt(counts[k]); /* the sd by chance is then the same at every rate */
  *low = *high = n > 0 ? sum / (double)n : NAN;
  sort(counts, n);
  for (size_t k = 1; k < n; k++) {
    below += counts[k - 1];
    double few = (double)k, many = (double)(n - k), a = below / few, b = (sum - below) / many;
    if (few * many * (b - a) * (b - a) <= best) continue;
    best = few * many * (b - a) * (b - a);
    *low = a;
    *high = b;
  }
}

typedef struct run {
  size_t begin, end; /* bins begin ≤ k < end; end 0: none */
} run;

/* From bin `at` on, the next run of bins that are all ≥ low and of which one is ≥ high. */
static run next_run(const double *counts, size_t n, const izh_burst_rule *rule, size_t at) {
  while (at < n) {
    while (at < n && counts[at] < rule->low) at++;
    run found = {at, at};
    bool high = false;
    for (; at < n && counts[at] >= rule->low; at++) high = high || counts[at] >= rule->high;
    found.end = at;
    if (high) return found;
  }
  return (run){0};
}

static izh_network_burst describe(const izh_bins *bins, const double *counts, run bins_of, izh_train pooled,
                                  size_t first, size_t last) {
  size_t best = bins_of.begin;
  for (size_t k = bins_of.begin; k < bins_of.end; k++)
    if (counts[k] > counts[best]) best = k;
  return (izh_network_burst){.onset_ms = pooled.t_ms[first],
                             .end_ms = pooled.t_ms[last - 1],
                             .peak_ms = bins->from_ms + ((double)best + 0.5) * bins->bin_ms,
                             .peak = counts[best],
                             .first = first,
                             .n_spikes = last - first};
}

/* How many different neurons neuron[n] has. seen[] has the mark of the last burst of each neuron. */
static size_t count_neurons(const uint32_t *neuron, size_t n, uint32_t mark, uint32_t *seen) {
  size_t neurons = 0;
  for (size_t i = 0; i < n; i++) {
    neurons += seen[neuron[i]] != mark;
    seen[neuron[i]] = mark;
  }
  return neurons;
}

size_t izh_network_bursts(const izh_population_train *train, const izh_bins *bins, const double *counts,
                          const izh_burst_rule *rule, uint32_t *seen, izh_network_burst *out) {
  izh_train pooled = train->pooled;
  memset(seen, 0, train->n_neurons * sizeof *seen);
  size_t found = 0, spike = 0;
  uint32_t mark = 0;
  for (run now = next_run(counts, bins->n, rule, 0); now.end > 0;) {
    run next = next_run(counts, bins->n, rule, now.end);
    if (next.end > 0 && (double)(next.begin - now.end) * bins->bin_ms < rule->min_gap_ms - 1e-9) {
      now.end = next.end;
      continue;
    }
    while (spike < pooled.n && izh_bins_find(bins, pooled.t_ms[spike]) < now.begin) spike++;
    size_t first = spike;
    while (spike < pooled.n && izh_bins_find(bins, pooled.t_ms[spike]) < now.end) spike++;
    size_t neurons = count_neurons(train->neuron + first, spike - first, ++mark, seen);
    if (spike > first && (double)neurons >= rule->min_participation * (double)train->n_neurons - 1e-9) {
      out[found] = describe(bins, counts, now, pooled, first, spike);
      out[found++].n_neurons = neurons;
    }
    now = next;
  }
  return found;
}

size_t izh_avalanches(const double *counts, size_t n, double *size, double *duration, double *branching) {
  size_t found = 0, k = 0;
  double ratios = 0;
  while (k < n && counts[k] > 0) k++; /* skips a run that began before the window */
  while (k < n) {
    while (k < n && counts[k] == 0) k++;
    size_t begin = k;
    double spikes = 0;
    for (; k < n && counts[k] > 0; k++) spikes += counts[k];
    if (k >= n) break; /* no further run, or a run that does not end in the window */
    size[found] = spikes;
    duration[found++] = (double)(k - begin);
    ratios += counts[begin + 1] / counts[begin]; /* the bin after the run is in the window: begin + 1 < n */
  }
  *branching = found > 0 ? ratios / (double)found : NAN;
  return found;
}
