/* Times some of many calls, for calls so short that reading the clock at each would take too long. */
#ifndef IZH_BASE_SAMPLER_H
#define IZH_BASE_SAMPLER_H

#include <stdbool.h>
#include <stdint.h>

/* All 0 at the beginning. */
typedef struct izh_sampler {
  uint64_t calls, stood_for; /* calls so far; calls that the timed ones stand for */
  uint64_t next;             /* number of the next call to time */
  uint64_t timed, ns;        /* how many calls were timed, and how long they took together */
  uint64_t interruptions;    /* of this thread, when they were last counted */
  uint32_t random;
} izh_sampler;

/* Begins a call. Returns how many calls it stands for; 0: do not time it. The first few calls are timed,
 * since they are usually slow. Later about one call in `every` is timed, drawn at random: otherwise slow
 * calls that come in a fixed rhythm could be missed. */
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

/* Ends a call that was timed. false: another process had the processor during the call; forget its time. The
 * next call is then timed instead. */
bool izh_sampler_end(izh_sampler *sampler, uint64_t ns);

#endif
