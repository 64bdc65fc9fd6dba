/* Arrivals of Poisson processes of rate 1, one for each of n neurons. Four are known ahead of each, so that a
 * step compares and counts many processes at once. Private to the core. */
#ifndef IZH_CORE_ARRIVALS_H
#define IZH_CORE_ARRIVALS_H

#include "base/exactmath.h"
#include "core/net/ids.h"
#include "core/net/part.h"
#include "core/random/philox.h"

enum { IZH_ARRIVALS = 4 }; /* from one block of random words */

typedef struct izh_arrivals {
  izh_key key;
  uint32_t n;
  double from, to; /* a step delivers what arrives in from < time ≤ to */
  double *next;    /* [n] the first arrival after `to` */
  double *time;    /* [4][n] the arrivals of the block that `next` is from, ascending */
  uint64_t *drawn; /* [n] 4 × the number of the block, and from 1 to 4 more: see izh_arrivals_note */
} izh_arrivals;

/* The waiting time that a random word gives: exponential, of mean 1. */
static inline double izh_wait_of(uint32_t word) {
  return -izh_log(((double)word + 0.5) * 0x1p-32);
}

/* Begins all processes anew at a time of theirs. neurons: [n] */
void izh_arrivals_begin(izh_arrivals *a, const izh_ids *neurons, double at);
/* Makes drawn[] what it is for files: how many waiting times were drawn, that of `next` the last. */
void izh_arrivals_note(izh_arrivals *a);
/* Makes `time` from `next` and drawn. */
void izh_arrivals_restore(izh_arrivals *a, const izh_ids *neurons);

/* Adds weight × the number of its arrivals to the slot of each neuron of a part. */
typedef void izh_arrivals_lanes(const izh_arrivals *a, const izh_ids *neurons, izh_part part, double weight,
                                double *slot);

#endif
