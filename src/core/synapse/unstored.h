/* Synapses that are not stored: a projection keeps its rule, its distributions and their keys, and draws the
 * row of a source from its counters when a spike arrives. The bits are those of stored synapses. Private to
 * the core.
 *
 * A drawn row lies in the arrays of the projection as the segments of one block with 32-bit targets do: one
 * for each delay. The threads share the rows that are drawn before a step; a row is kept until its last delay
 * has passed, as long as there is room. If there is none, each thread draws the row for itself, for each
 * delay anew. */
#ifndef IZH_CORE_UNSTORED_H
#define IZH_CORE_UNSTORED_H

#include "core/synapse/projection_private.h"
#include "core/synapse/synapses.h"

typedef struct izh_unstored izh_unstored;

/* Whether synapses of this kind can be drawn again. IZH_ARGUMENT, with the reason. */
izh_status izh_unstored_check(const izh_projection_def *def, izh_err *err);
/* The bytes that they will take at most, with the rows that are kept. */
double izh_unstored_need(const izh_net *net, const izh_projection_def *def);

/* Makes the synapses of a projection whose name, pre and position are set. All are drawn once, to count them
 * and to look at their weights and delays; nothing can fail later. */
izh_status izh_unstored_make(izh_net *net, izh_projection *p, const izh_projection_def *def,
                             const izh_wiring *wiring, izh_err *err);
void izh_unstored_free(izh_unstored *unstored); /* NULL is allowed */
double izh_unstored_bytes(const izh_unstored *unstored);

/* Other weights for all: one, or drawn. IZH_ARGUMENT for given ones. */
izh_status izh_unstored_set_weights(izh_net *net, izh_projection *p, const izh_values *weight, izh_err *err);

/* Once a step, before the parts are run: draws the rows whose first delay is over. */
void izh_unstored_prepare(const izh_net *net, izh_projection *p);
/* The synapses of one delay of a source onto the neurons of this rank, for its spike of the step `emitted`,
 * the k-th of the projection's sources then. *own: they are valid until the thread asks for the next ones. */
izh_segment izh_unstored_find(const izh_net *net, const izh_projection *p, uint32_t row, uint32_t delay,
                              int64_t emitted, uint64_t k, int thread, bool *own);
/* All that a source has of one delay, for who looks at the synapses, between steps, in one thread. */
izh_segment izh_unstored_read(const izh_projection *p, uint32_t row, uint32_t delay);

/* For tests: the most bytes for the rows that a projection keeps, of those made from now on. */
void izh_unstored_limit(unsigned long long bytes);

void izh_unstored_archive(izh_archive *a, const izh_net *net, izh_projection *p);

#endif
