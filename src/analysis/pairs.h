/* A measure of every pair of trains. */
#ifndef IZH_ANALYSIS_PAIRS_H
#define IZH_ANALYSIS_PAIRS_H

#include "analysis/measure.h"

/* Sets matrix[i * n + j] to the measure of the trains i and j, n = of->trains.n. measure->of_pair is not
 * NULL. The matrix is symmetric. On its diagonal each train is compared with itself: this gives 0 for
 * distances, and 1 (NaN where undefined) for correlations. threads: use at most so many, 1 … IZH_TEAM_MAX
 * (base/team.h). IZH_MEMORY, and the failures of measure->prepare. */
izh_status izh_pairs(const izh_measure *measure, const izh_measured *of, int threads, double *matrix,
                     izh_err *err);

#endif
