#include "core/net/tempo.h"

enum {
  UNTIMED = 4,    /* the first steps of a trial: threads are started, and caches filled */
  TIMED = 32,     /* then so many steps count */
  REST_STEPS = 8, /* a rest is as long as so many trials, or longer */
  REST_LOSS =
      60,      /* and so many times as long as its timed steps have lost; the others lose as much at most */
  HOPELESS = 4 /* a trial ends early if one kind takes so many times as long as all steps of the other */
};

static bool in_trial(const izh_tempo *t) {
  return t->rested >= t->rest;
}

/* The turns are one, several, several, one: so a load that rises or falls counts for both alike. */
static bool turn(uint32_t tried) {
  return (tried + 1) / 2 % 2 == 1;
}

bool izh_tempo_together(const izh_tempo *t) {
  return in_trial(t) ? turn(t->tried) : t->together;
}

static void decide(izh_tempo *t) {
  t->together = t->ns[true] < t->ns[false];
  uint64_t lost = t->together ? t->ns[false] - t->ns[true] : t->ns[true] - t->ns[false];
  uint64_t trial = t->ns[false] + t->ns[true];
  t->rest = REST_STEPS * trial > REST_LOSS * lost ? REST_STEPS * trial : REST_LOSS * lost;
  t->rested = 0;
  t->tried = 0;
  t->ns[false] = t->ns[true] = 0;
}

void izh_tempo_note(izh_tempo *t, uint64_t ns) {
  if (!in_trial(t)) {
    t->rested += ns;
    return;
  }
  if (t->tried >= UNTIMED) t->ns[turn(t->tried)] += ns;
  t->tried++;
  bool both = t->ns[false] > 0 && t->ns[true] > 0;
  bool hopeless = both && (t->ns[true] > HOPELESS * t->ns[false] || t->ns[false] > HOPELESS * t->ns[true]);
  if (t->tried == UNTIMED + TIMED || (hopeless && t->tried % 4 == 0)) decide(t);
}
