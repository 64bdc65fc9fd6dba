/* Timing some of many calls, when reading the clock at each of them would take too long itself. */
#ifndef IZH_BASE_SAMPLER_H
#define IZH_BASE_SAMPLER_H

#include <stdbool.h>
#include <stdint.h>

/* Zero to begin with. */
typedef struct izh_sampler {
  uint64_t calls, stood_for; /* calls so far; calls that the timed ones stand for */
  uint64_t next;             /* number of the next call to time */
  uint64_t timed, ns;        /* how many, and what they took */
  uint64_t interruptions;    /* seen of this thread */
  uint32_t random;
} izh_sampler;

/* Begins a call. Returns how many calls it stands for, 0 when it is not to be timed. The first few calls are
 * timed, since they are mostly slow. Then one of `every` is drawn at random, so that a rhythm of the calls
 * cannot hide from it. */
static inline uint64_t izh_sampler_begin(izh_sampler *sampler, uint32_t every) {
  enum { FIRST = 4 };
  uint64_t call = sampler->calls++;
  if (call < sampler->next) return 0;
  sampler->next = sampler->calls;
  if (call + 1 < FIRST) return sampler->calls - sampler->stood_for;
  sampler->random = sampler->random * 1664525u + 1013904223u; /* Numerical Recipes' generator */
  sampler->next += (uint64_t)(sampler->random >> 16) * (2 * every - 1) >> 16;
  return sampler->calls - sampler->stood_for;
}

/* Ends a call that was timed. false: forget its time, since another process had the processor meanwhile; the
 * next call is timed instead. */
bool izh_sampler_end(izh_sampler *sampler, uint64_t ns);

#endif
