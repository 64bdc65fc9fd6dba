/* Timing of steps, for the files of core only: see profile.c. */
#ifndef IZH_CORE_TIMING_H
#define IZH_CORE_TIMING_H

#include "base/sampler.h"
#include "core/net/profile.h"

/* The profile so far, and the step that is timed now. */
typedef struct izh_timing {
  izh_profile profile;
  izh_sampler sampler;
  /* the present step */
  uint64_t weight;  /* how many steps it stands for; 0: it is not timed */
  uint64_t since;   /* when the last mark was, in ns */
  uint64_t reading; /* how long reading the clock takes, in ns */
  uint64_t ns[IZH_PHASE_COUNT];
} izh_timing;

/* Begins a step; NULL: it is not timed. A mark says that the time since the last mark belongs to a phase. */
izh_timing *izh_timing_begin(izh_net *net);
void izh_timing_add(izh_timing *timing, izh_phase phase);
static inline void izh_timing_mark(izh_timing *timing, izh_phase phase) {
  if (timing) izh_timing_add(timing, phase);
}
/* So many ns of one phase, or all that it has, were of another. */
void izh_timing_move(izh_timing *timing, izh_phase from, izh_phase to, uint64_t ns);
/* Ends a step, timed or not. arrived: the synaptic events of the step. */
void izh_timing_end(izh_net *net, int threads, uint64_t arrived);

#endif
