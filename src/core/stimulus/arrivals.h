/* Arrivals of Poisson processes of rate 1, one process for each of n neurons. Four arrivals of each are drawn
 * in advance, so that a step can compare and count many processes at once. Private to the core. */
#ifndef IZH_CORE_ARRIVALS_H
#define IZH_CORE_ARRIVALS_H

#include "base/exactmath.h"
#include "core/net/ids.h"
#include "core/net/part.h"
#include "core/random/philox.h"

enum { IZH_ARRIVALS = 4 }; /* as many as one block of random words gives */

typedef struct izh_arrivals {
  izh_key key;
  uint32_t n;
  double from, to;             /* a step delivers the arrivals in from < time ≤ to */
  double *from_each, *to_each; /* [n] the same for each, if their times differ; else NULL */
  double *next;                /* [n] the first arrival after `to` */
  double *time;                /* [4][n] the arrivals of the block that has `next`, ascending */
  uint64_t *drawn;             /* [n] 4 × the number of that block + 1 … 4: see izh_arrivals_note */
} izh_arrivals;

/* The waiting time for a random word: exponential, with mean 1. */
static inline double izh_wait_of(uint32_t word) {
  return -izh_log(((double)word + 0.5) * 0x1p-32);
}

static inline double izh_arrivals_to(const izh_arrivals *a, uint32_t i) {
  return a->to_each ? a->to_each[i] : a->to;
}

/* Begins a process anew, at a time of its own. Arrivals up to `to` are left out. neurons has n neurons. */
void izh_arrivals_begin(izh_arrivals *a, const izh_ids *neurons, uint32_t i, double at);
/* Sets drawn[] to what a file stores: how many waiting times were drawn up to `next`, that of `next`
 * included. */
void izh_arrivals_note(izh_arrivals *a);
/* Makes `time` again from `next` and drawn[]. */
void izh_arrivals_restore(izh_arrivals *a, const izh_ids *neurons);

/* What an arrival brings: weight, or weight × each[i]. */
typedef struct izh_arrival_weight {
  double weight;
  const double *each; /* [n], or NULL */
} izh_arrival_weight;

/* Adds weight × (number of arrivals in the step) to the slot of each neuron of a part. */
typedef void izh_arrivals_loop(const izh_arrivals *a, const izh_ids *neurons, izh_part part,
                               izh_arrival_weight weight, double *slot);

#endif
