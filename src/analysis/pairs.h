/* A measure of every pair of trains. */
#ifndef IZH_ANALYSIS_PAIRS_H
#define IZH_ANALYSIS_PAIRS_H

#include "analysis/measure.h"

/* matrix[i * n + j] of the trains i and j, n = of->trains.n; measure->of_pair is not NULL. The matrix is
 * symmetric. Its diagonal is what a train has with itself: 0 for distances; 1, or NaN where undefined, for
 * correlations. By at most so many threads, 1 … IZH_TEAM_MAX (base/team.h). IZH_MEMORY, and what
 * measure->prepare says. */
izh_status izh_pairs(const izh_measure *measure, const izh_measured *of, int threads, double *matrix,
                     izh_err *err);

#endif
