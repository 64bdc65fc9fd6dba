/* Distances between two spike trains. All are 0 for equal trains and symmetric. */
#ifndef IZH_ANALYSIS_DISTANCE_H
#define IZH_ANALYSIS_DISTANCE_H

#include "analysis/trains.h"

/* D^spike[q] of Victor and Purpura 1996, J. Neurophysiol. 76:1310: the least cost of turning one train into
 * the other. Adding or removing a spike costs 1, moving it by t ms costs q t. q ≥ 0 in 1/ms; q = 0 gives the
 * difference of the counts. row[b.n + 1] is scratch. O(a.n × spikes of b within ±2/q). */
double izh_victor_purpura(izh_train a, izh_train b, double q, double *row);

/* The distance of van Rossum 2001, Neural Comput. 13:751. Each spike is replaced by exp(-t / tau), t the time
 * since the spike; so the trains become functions f and g. D² = 2 / tau ∫ (f - g)² dt over all time. With
 * this factor 2, as in elephant and in Houghton and Kreuz, one spike is at distance 1 from none; the paper
 * has 1 / tau, and its D is smaller by √2. tau_ms > 0. O(n). */
double izh_van_rossum(izh_train a, izh_train b, double tau_ms);

/* The ISI-distance (Kreuz, Haas, Morelli, Abarbanel, Politi 2007, J. Neurosci. Methods 165:151): the mean
 * over the window of |I_a(t) - I_b(t)| / max(I_a(t), I_b(t)); I(t) is the interspike interval at t. Before
 * the first spike, I is the time from the start of the window to that spike, or the first interval if that is
 * longer. It is likewise after the last spike (as in PySpike). A silent train counts as a train with a spike
 * at each end of the window. 0 … 1; NaN for a window without length. O(n). */
double izh_isi_distance(izh_train a, izh_train b, double from_ms, double to_ms);

/* The SPIKE-distance (Kreuz, Chicharro, Houghton, Andrzejak, Mormann 2013, J. Neurophysiol. 109:1457): the
 * mean over the window of S(t) = (s_a I_b + s_b I_a) / (2 ((I_a + I_b) / 2)²). s_a(t) is the distance to the
 * nearest spike of b, averaged over the spikes of a before and after t; the nearer one has the larger weight.
 * The ends of the window are treated as in the ISI-distance. In addition the other train gets auxiliary
 * spikes at the ends of the window, or one interval beyond its outermost spikes if that is further out (as in
 * PySpike). 0 … 1; NaN for a window without length. O(n). */
double izh_spike_distance(izh_train a, izh_train b, double from_ms, double to_ms);

#endif
