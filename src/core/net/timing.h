/* Timing of steps, for the files of core only: see profile.c. */
#ifndef IZH_CORE_TIMING_H
#define IZH_CORE_TIMING_H

#include "base/sampler.h"
#include "core/net/profile.h"

/* What is known of the run so far, and the step that is timed now. */
typedef struct izh_timing {
  izh_profile profile;
  izh_sampler sampler;
  /* of a step that is timed */
  uint64_t weight;  /* how many it stands for; 0: it is not timed */
  uint64_t since;   /* the last mark */
  uint64_t reading; /* what it takes to read the clock */
  uint64_t ns[IZH_PHASE_COUNT];
} izh_timing;

/* The timing of the step that begins, NULL when it is not timed; and a mark: what has passed since
 * the last one belongs to a phase. */
izh_timing *izh_timing_begin(izh_net *net);
void izh_timing_add(izh_timing *timing, izh_phase phase);
static inline void izh_timing_mark(izh_timing *timing, izh_phase phase) {
  if (timing) izh_timing_add(timing, phase);
}
void izh_timing_end(izh_net *net, int threads, uint64_t arrived); /* of a step, timed or not */

#endif
