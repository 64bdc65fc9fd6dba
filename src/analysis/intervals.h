/* Interspike intervals of one train, I_1 … I_m, m = n - 1, and how much they vary. */
#ifndef IZH_ANALYSIS_INTERVALS_H
#define IZH_ANALYSIS_INTERVALS_H

#include "analysis/trains.h"

/* Writes the intervals, in ms, into out[n - 1]. Returns how many; 0 for fewer than two spikes. */
size_t izh_isi(izh_train train, double *out);

/* The measures below need two intervals, so three spikes. They are NaN for fewer spikes, and where they would
 * divide 0 by 0 (spikes at the same time). cv, cv2 and lv are 0 for a regular train and 1 for a long Poisson
 * train. */

/* The coefficient of variation: standard deviation (with divisor m, as elephant.statistics.cv) over mean. */
double izh_cv(izh_train train);

/* The mean over neighbouring intervals of 2 |I_{k+1} - I_k| / (I_{k+1} + I_k): Holt, Softky, Koch, Douglas
 * 1996, J. Neurophysiol. 75:1806. */
double izh_cv2(izh_train train);

/* 3 / (m - 1) Σ ((I_k - I_{k+1}) / (I_k + I_{k+1}))²: Shinomoto, Shima, Tanji 2003, Neural Comput. 15:2823.
 */
double izh_lv(izh_train train);

/* 3 / (m - 1) Σ (1 - 4 I_k I_{k+1} / (I_k + I_{k+1})²) (1 + 4 R / (I_k + I_{k+1})) with the refractoriness
 * constant R ≥ 0 in ms: Shinomoto and others 2009, PLoS Comput. Biol. 5:e1000433, who use R = 5 ms. R = 0
 * gives lv. */
double izh_lvr(izh_train train, double r_ms);

#endif
