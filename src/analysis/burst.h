/* Bursts of one neuron: runs of short intervals. */
#ifndef IZH_ANALYSIS_BURST_H
#define IZH_ANALYSIS_BURST_H

#include "analysis/trains.h"

typedef struct izh_burst {
  size_t first, last; /* spikes of the train, numbered from 0 */
} izh_burst;

/* The MaxInterval method of NeuroExplorer (Nex Technologies), as in Cotterill, Charlesworth, Thomas, Paulsen,
 * Eglen 2016, J. Neurophysiol. 116:306. Times in ms. */
typedef struct izh_max_interval {
  double beg_isi;    /* a burst begins with an interval shorter than this */
  double end_isi;    /* and ends before one longer than this */
  double min_ibi;    /* bursts nearer than this are one */
  double min_durn;   /* then those shorter than this … */
  size_t min_spikes; /* … or with fewer spikes are dropped */
} izh_max_interval;

/* 170, 300, 200, 10 ms and 3 spikes: those of Cotterill and others. */
izh_max_interval izh_max_interval_default(void);

/* Bursts in order of time into out[train.n / 2]; returns how many. */
size_t izh_bursts_max_interval(izh_train train, const izh_max_interval *rule, izh_burst *out);

/* The threshold of the logISI method: Pasquale, Martinoia, Chiappalone 2010, J. Comput. Neurosci. 29:213. The
 * histogram of log10 of the intervals ≥ 1 ms, ten bins a decade, not smoothed, has peaks (bins higher than
 * their two neighbours on either side). The highest one below cutoff_ms is that of intervals in bursts; of
 * the peaks right of it, the first one that is separated from it by a valley with void parameter 1 - valley /
 * √(peak peak) ≥ 0.7 gives the threshold, the lower edge of the valley's lowest bin, in ms. Returns 0 when
 * there is no peak below cutoff_ms (then there are no bursts); INFINITY when no valley is deep enough. */
double izh_log_isi_threshold(izh_train train, double cutoff_ms);

/* Bursts of the logISI method, of at least three spikes, in order of time into out[train.n / 2]. A threshold
 * up to cutoff_ms (the paper: 100 ms) bounds the intervals of a burst. With a longer one, up to 1 s, bursts
 * are the runs of intervals up to the threshold that have a core, three spikes or more with intervals up to
 * cutoff_ms. With none, or over 1 s, cutoff_ms is the bound. Trains of fewer than four spikes have no burst.
 */
size_t izh_bursts_log_isi(izh_train train, double cutoff_ms, izh_burst *out);

#endif
