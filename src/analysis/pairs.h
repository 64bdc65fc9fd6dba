/* A measure of every pair of trains. */
#ifndef IZH_ANALYSIS_PAIRS_H
#define IZH_ANALYSIS_PAIRS_H

#include "analysis/trains.h"
#include "base/status.h"

typedef enum izh_pair_measure {
  IZH_PAIR_CORRELATION_COEFFICIENT, /* parameter: bin in ms */
  IZH_PAIR_CORRELATION_BINARY,      /* the same, a bin counting 1 at most */
  IZH_PAIR_STTC,                    /* reach in ms */
  IZH_PAIR_VICTOR_PURPURA,          /* q in 1/ms */
  IZH_PAIR_VAN_ROSSUM,              /* tau in ms */
  IZH_PAIR_ISI_DISTANCE,            /* none */
  IZH_PAIR_SPIKE_DISTANCE           /* none */
} izh_pair_measure;

/* matrix[i * n + j] of the trains i and j, n = trains->n. The matrix is symmetric. Its diagonal is what a
 * train has with itself: 0 for distances; 1, or NaN where undefined, for correlations. By at most so many
 * threads, 1 … IZH_TEAM_MAX (base/team.h). IZH_MEMORY; IZH_SIZE when a correlation has 2^32 bins or more. */
izh_status izh_pairs(const izh_trains *trains, izh_pair_measure measure, double parameter, int threads,
                     double *matrix, izh_err *err);

#endif
