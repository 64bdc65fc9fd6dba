/* The inside of short-term plasticity: the state of the sources of a projection, and what the spikes on their
 * way bring. Private to the core. */
#ifndef IZH_CORE_STP_PRIVATE_H
#define IZH_CORE_STP_PRIVATE_H

#include "core/net/archive.h"
#include "core/synapse/projection_private.h"
#include "core/synapse/stp.h"

/* Spikes have running numbers. Those of a step, in order of neuron, follow one another. */
typedef struct izh_stp_state {
  izh_stp def;
  bool full;               /* x is held at 1 */
  double *u, *x, *last_ms; /* [pre.size] after the last spike, and its time */
  uint64_t *begin;         /* [window] the first number of step s is begin[s % window] */
  uint64_t window;         /* in steps: the longest delay + 1 */
  double *part;            /* [capacity] what spike number k brings of its weight: part[k % capacity] */
  uint64_t capacity, next; /* capacity > 0; the number of the next spike */
} izh_stp_state;

/* Makes the state of a projection whose sources and delays are known. IZH_MEMORY. */
izh_status izh_stp_make(izh_projection *projection, const izh_stp *def, izh_err *err);
void izh_stp_free(izh_stp_state *stp);                     /* NULL is allowed */
void izh_stp_forget(izh_stp_state *stp, uint32_t sources); /* as if they had never spiked */
double izh_stp_bytes(const izh_stp_state *stp);

/* Once a step, after its spikes are known: lets the sources spike. IZH_MEMORY. */
izh_status izh_stp_release(const izh_net *net, izh_projection *projection, izh_err *err);

/* What the k-th spike of the projection's sources in a step brings of its weight. */
static inline double izh_stp_part(const izh_stp_state *stp, int64_t step, uint64_t k) {
  return stp->part[(stp->begin[(uint64_t)step % stp->window] + k) % stp->capacity];
}

void izh_stp_archive(izh_archive *a, const izh_net *net, izh_projection *projection);

#endif
