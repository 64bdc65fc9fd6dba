/* What a population does together: network bursts and avalanches. */
#ifndef IZH_ANALYSIS_NETWORK_BURST_H
#define IZH_ANALYSIS_NETWORK_BURST_H

#include "analysis/bins.h"

/* A time when a good share of the population fires at a high rate. */
typedef struct izh_network_burst {
  double onset_ms, end_ms; /* its first and its last spike */
  double peak_ms, peak;    /* middle of its fullest bin, and how many spikes that has */
  size_t first, n_spikes;  /* its spikes are those from `first` on in the pooled train */
  size_t n_neurons;        /* that spike in it */
} izh_network_burst;

typedef struct izh_burst_rule {
  double high;              /* a burst has a bin with at least this many spikes … */
  double low;               /* … and extends from it both ways while bins have at least this many */
  double min_gap_ms;        /* bursts whose bins are closer than this are one */
  double min_participation; /* bursts in which a smaller share of the neurons spikes are dropped */
} izh_burst_rule;

/* The two levels between which a rate goes: the means of √count in the two classes of counts[n] that explain
 * the most of its variance (Otsu 1979, IEEE Trans. Syst. Man Cybern. 9:62). Both are the same when all counts
 * are, and NaN without any. The counts are overwritten. Poisson counts have a standard deviation of some 0.5
 * here, whatever their mean. */
void izh_count_split(double *counts, size_t n, double *low, double *high);

/* The spikes of all neurons, in order of time, and whose they are. */
typedef struct izh_population_train {
  izh_train pooled;
  const uint32_t *neuron; /* [pooled.n] 0 … n_neurons - 1 */
  size_t n_neurons;
} izh_population_train;

/* Network bursts in order of time. counts[bins->n] are those of the train. seen[n_neurons] is scratch.
 * out[bins->n / 2 + 1]; returns how many. */
size_t izh_network_bursts(const izh_population_train *train, const izh_bins *bins, const double *counts,
                          const izh_burst_rule *rule, uint32_t *seen, izh_network_burst *out);

/* Neuronal avalanches: Beggs and Plenz 2003, J. Neurosci. 23:11167. An avalanche is a run of bins that are
 * not empty, with an empty one on either side. size[] is its number of spikes, duration[] its number of bins,
 * in order of time, each for bins->n / 2 + 1; returns how many. Runs cut off by the ends of the window are
 * not counted. *branching is the mean over the avalanches of (spikes in the second bin) / (spikes in the
 * first), 0 for those of one bin; NaN without any. */
size_t izh_avalanches(const double *counts, size_t n, double *size, double *duration, double *branching);

#endif
