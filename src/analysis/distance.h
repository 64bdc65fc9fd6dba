/* Distances between two spike trains. All are 0 for equal trains and symmetric. */
#ifndef IZH_ANALYSIS_DISTANCE_H
#define IZH_ANALYSIS_DISTANCE_H

#include "analysis/trains.h"

/* Victor and Purpura 1996, J. Neurophysiol. 76:1310, D^spike[q]: the least cost of turning one train into the
 * other, where adding or removing a spike costs 1 and moving it by t ms costs q t. q ≥ 0 in 1/ms; q = 0 gives
 * the difference of the counts. row[b.n + 1] is scratch. O(a.n × spikes of b within ±2/q). */
double izh_victor_purpura(izh_train a, izh_train b, double q, double *row);

/* Van Rossum 2001, Neural Comput. 13:751: the trains, each spike replaced by exp(-t / tau) from it on, as
 * functions f and g: D² = 2 / tau ∫ (f - g)² dt over all time. The factor 2 is elephant's (and Houghton's and
 * Kreuz's): one spike is at distance 1 from none; the paper has 1 / tau, and a D smaller by √2. tau_ms > 0.
 * O(n). */
double izh_van_rossum(izh_train a, izh_train b, double tau_ms);

/* ISI-distance: Kreuz, Haas, Morelli, Abarbanel, Politi 2007, J. Neurosci. Methods 165:151: the mean over the
 * window of |I_a(t) - I_b(t)| / max(I_a(t), I_b(t)), I(t) the interspike interval at t. Before the first
 * spike I is that spike's time since the start of the window or the first interval, whichever is longer;
 * after the last one likewise (as in PySpike). A silent train counts as one with a spike at each end of the
 * window. 0 … 1; NaN for a window without length. O(n). */
double izh_isi_distance(izh_train a, izh_train b, double from_ms, double to_ms);

/* SPIKE-distance: Kreuz, Chicharro, Houghton, Andrzejak, Mormann 2013, J. Neurophysiol. 109:1457: the mean
 * over the window of S(t) = (s_a I_b + s_b I_a) / (2 ((I_a + I_b) / 2)²), s_a(t) the distances of the spikes
 * of a before and after t to the nearest spike of b, weighted by how near t is to them. Ends of the window as
 * for the ISI-distance, with auxiliary spikes of the other train at the ends or, when that is further out,
 * one interval beyond the outermost spike (as in PySpike). 0 … 1; NaN for a window without length. O(n). */
double izh_spike_distance(izh_train a, izh_train b, double from_ms, double to_ms);

#endif
