/* Whether the steps of a network are done by one thread or by several: by what is faster, which is measured.
 * It depends on the work of a step, and on what else the processors do. Private to the core.
 *
 * In a trial, steps of both kinds take turns. The faster kind does the steps that follow, until the next
 * trial. That comes after so long a time that trials lose at most a thirtieth of the whole. */
#ifndef IZH_CORE_TEMPO_H
#define IZH_CORE_TEMPO_H

#include <stdbool.h>
#include <stdint.h>

/* All 0: a trial begins. Times are in ns. */
typedef struct izh_tempo {
  uint32_t tried;  /* steps of the present trial */
  uint64_t ns[2];  /* of the trial: of steps done by one thread, [true]: by several */
  bool together;   /* the choice of the last trial: several threads */
  uint64_t rested; /* how long steps have taken since the last trial */
  uint64_t rest;   /* how long they are to take before the next one */
} izh_tempo;

/* Whether several threads do the next step. */
bool izh_tempo_together(const izh_tempo *tempo);
/* That step has taken so long. */
void izh_tempo_note(izh_tempo *tempo, uint64_t ns);

#endif
