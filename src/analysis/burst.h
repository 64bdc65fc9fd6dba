/* Bursts of one neuron: runs of short intervals. */
#ifndef IZH_ANALYSIS_BURST_H
#define IZH_ANALYSIS_BURST_H

#include "analysis/trains.h"

typedef struct izh_burst {
  size_t first, last; /* its first and its last spike in the train, from 0 */
} izh_burst;

/* The MaxInterval method of NeuroExplorer (Nex Technologies), as in Cotterill, Charlesworth, Thomas, Paulsen,
 * Eglen 2016, J. Neurophysiol. 116:306. Times in ms. */
typedef struct izh_max_interval {
  double beg_isi;    /* a burst begins with an interval shorter than this */
  double end_isi;    /* it ends before an interval longer than this */
  double min_ibi;    /* bursts with a shorter time between them are joined */
  double min_durn;   /* then bursts shorter than this are dropped */
  size_t min_spikes; /* and bursts with fewer spikes */
} izh_max_interval;

/* 170, 300, 200, 10 ms and 3 spikes, as Cotterill and others. */
izh_max_interval izh_max_interval_default(void);

/* Writes the bursts, in order of time, into out[train.n / 2]. Returns how many. */
size_t izh_bursts_max_interval(izh_train train, const izh_max_interval *rule, izh_burst *out);

/* The threshold of the logISI method (Pasquale, Martinoia, Chiappalone 2010, J. Comput. Neurosci. 29:213), in
 * ms. It is found in the histogram of log10 of the intervals ≥ 1 ms, with ten bins for each decade, not
 * smoothed. A peak is a bin that is higher than its two neighbours on either side. The highest peak below
 * cutoff_ms is that of the intervals in bursts. A later peak is separated from it if the lowest bin between
 * them, the valley, has a void parameter 1 - valley / √(peak peak) ≥ 0.7. The first separated peak gives the
 * threshold: the lower edge of its valley. Returns 0 when there is no peak below cutoff_ms (then there are no
 * bursts), INFINITY when no valley is deep enough. */
double izh_log_isi_threshold(izh_train train, double cutoff_ms);

/* Bursts by the logISI method, with at least three spikes. Writes them, in order of time, into
 * out[train.n / 2]. Returns how many.
 * - If the threshold is at most cutoff_ms (100 ms in the paper), it bounds the intervals of a burst.
 * - If it is longer, but below 1 s, it also bounds the intervals, but a burst must have a core: at least
 * three spikes with intervals up to cutoff_ms.
 * - If it is 1 s or more, or there is none, cutoff_ms bounds the intervals.
 * A train of fewer than four spikes has no burst. */
size_t izh_bursts_log_isi(izh_train train, double cutoff_ms, izh_burst *out);

#endif
