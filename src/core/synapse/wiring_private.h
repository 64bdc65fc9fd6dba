/* What the rules work with. Private to the core. */
#ifndef IZH_CORE_WIRING_PRIVATE_H
#define IZH_CORE_WIRING_PRIVATE_H

#include <stddef.h>

#include "base/stop.h"
#include "core/random/random.h"
#include "core/synapse/marks.h"
#include "core/synapse/wiring.h"

/* The sets are also kept sorted: if the positions of a row's targets ascend, so do their indices. */
typedef struct izh_row_maker {
  izh_rule rule;
  izh_ids pre, post; /* as given */
  izh_ids sorted_pre, sorted_post;
  uint32_t *pre_position, *post_position; /* the tables of izh_ids_positions for the sorted sets */
  uint32_t *row_of; /* [pre.size] given position of each sorted source; NULL: the same */
  izh_key key;
  izh_wiring *wiring;
  size_t capacity; /* of wiring->target */
} izh_row_maker;

/* The candidates that a neuron may be connected with: a sorted set of n neurons, without the neuron itself.
 * Candidate k is at position k of the sorted set; from k = self on, at position k + 1. */
typedef struct izh_candidates {
  uint32_t n, self; /* UINT32_MAX: the neuron is not in the set, or may connect to itself */
} izh_candidates;

static inline izh_candidates izh_targets_of(const izh_row_maker *m, uint32_t source) {
  uint32_t self = m->rule.autapses ? UINT32_MAX : izh_ids_find(&m->sorted_post, m->post_position, source);
  return (izh_candidates){.n = m->post.size - (self != UINT32_MAX), .self = self};
}

static inline izh_candidates izh_sources_of(const izh_row_maker *m, uint32_t target) {
  uint32_t self = m->rule.autapses ? UINT32_MAX : izh_ids_find(&m->sorted_pre, m->pre_position, target);
  return (izh_candidates){.n = m->pre.size - (self != UINT32_MAX), .self = self};
}

/* At every 64th row: asks whether the user wants to stop. */
static inline izh_status izh_row_stop_check(uint32_t row, izh_err *err) {
  return row % 64 == 63 ? izh_stop_check(err) : IZH_OK;
}

/* IZH_RANGE when a rule cannot make n synapses with so many candidates. what: "targets". */
izh_status izh_candidates_check(const izh_rule *rule, uint64_t candidates, const char *what, izh_err *err);

/* Makes room for `more` further targets. IZH_MEMORY. */
izh_status izh_wiring_room(izh_row_maker *m, uint64_t more, izh_err *err);

/* Appends a pair: row << 32 | position of the target. Pairs come in order of row. izh_pair_add only counts
 * the pairs of each row; izh_rows_begin finds from the counts where each row begins. */
void izh_pair_add(izh_row_maker *m, uint64_t pair);
void izh_rows_begin(izh_row_maker *m);

#endif
