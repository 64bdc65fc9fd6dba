/* What a population does together: network bursts and avalanches. */
#ifndef IZH_ANALYSIS_NETWORK_BURST_H
#define IZH_ANALYSIS_NETWORK_BURST_H

#include "analysis/bins.h"

/* A network burst: a time when a good share of the population fires at a high rate. */
typedef struct izh_network_burst {
  double onset_ms, end_ms; /* the times of its first and its last spike */
  double peak_ms, peak;    /* the middle of the bin with most spikes; how many spikes it has */
  size_t first, n_spikes;  /* its spikes in the pooled train: first … first + n_spikes - 1 */
  size_t n_neurons;        /* how many neurons spike in it */
} izh_network_burst;

typedef struct izh_burst_rule {
  double high;              /* a burst has a bin with at least this many spikes */
  double low;               /* and all its bins have at least this many spikes */
  double min_gap_ms;        /* bursts with a shorter gap between their bins are joined */
  double min_participation; /* bursts in which a smaller share of the neurons spikes are dropped */
} izh_burst_rule;

/* The two levels between which a rate goes, in units of √count. counts[n] are divided into two classes that
 * explain as much as possible of the variance of √count (Otsu 1979, IEEE Trans. Syst. Man Cybern. 9:62); the
 * levels are the means of √count in these classes. They are equal when all counts are equal, and NaN for n =
 * 0. The counts are overwritten. √count of Poisson counts has a standard deviation of some 0.5, whatever the
 * mean. */
void izh_count_split(double *counts, size_t n, double *low, double *high);

/* The spikes of all neurons in order of time, and the neuron of each. */
typedef struct izh_population_train {
  izh_train pooled;
  const uint32_t *neuron; /* [pooled.n] 0 … n_neurons - 1 */
  size_t n_neurons;
} izh_population_train;

/* Finds network bursts, and writes them, in order of time, into out[bins->n / 2 + 1]. Returns how many.
 * counts[bins->n]: the spikes of the train in each bin. seen[n_neurons] is scratch. */
size_t izh_network_bursts(const izh_population_train *train, const izh_bins *bins, const double *counts,
                          const izh_burst_rule *rule, uint32_t *seen, izh_network_burst *out);

/* Neuronal avalanches (Beggs and Plenz 2003, J. Neurosci. 23:11167). An avalanche is a run of bins with
 * spikes, between two empty bins. Runs that reach an end of the window do not count. Writes the number of
 * spikes and the number of bins of each, in order of time, into size[n / 2 + 1] and duration[n / 2 + 1].
 * Returns how many. *branching is the mean over the avalanches of (spikes in the second bin) / (spikes in the
 * first bin), which is 0 for an avalanche of one bin; NaN without avalanches. */
size_t izh_avalanches(const double *counts, size_t n, double *size, double *duration, double *branching);

#endif
