/* What the rules work on. Private to the core. */
#ifndef IZH_CORE_WIRING_PRIVATE_H
#define IZH_CORE_WIRING_PRIVATE_H

#include <stddef.h>

#include "base/stop.h"
#include "core/random/random.h"
#include "core/synapse/marks.h"
#include "core/synapse/wiring.h"

/* Sets are sorted, so that a row in order of position is in order of index. */
typedef struct izh_row_maker {
  izh_rule rule;
  izh_ids pre, post; /* as given */
  izh_ids sorted_pre, sorted_post;
  uint32_t *pre_place, *post_place; /* see izh_ids_places, of the sorted sets */
  uint32_t *row_of;                 /* [pre.size] given position of each sorted pre; NULL: the same */
  izh_key key;
  izh_wiring *wiring;
  size_t capacity; /* of wiring->target */
} izh_row_maker;

/* The candidates of a neuron: at k of a sorted set, or one further from the neuron itself on. */
typedef struct izh_candidates {
  uint32_t n, self; /* UINT32_MAX: it is not among them, or may connect to itself */
} izh_candidates;

static inline izh_candidates izh_targets_of(const izh_row_maker *m, uint32_t source) {
  uint32_t self = m->rule.autapses ? UINT32_MAX : izh_ids_find(&m->sorted_post, m->post_place, source);
  return (izh_candidates){.n = m->post.size - (self != UINT32_MAX), .self = self};
}

static inline izh_candidates izh_sources_of(const izh_row_maker *m, uint32_t target) {
  uint32_t self = m->rule.autapses ? UINT32_MAX : izh_ids_find(&m->sorted_pre, m->pre_place, target);
  return (izh_candidates){.n = m->pre.size - (self != UINT32_MAX), .self = self};
}

/* Asks at every 64th row whether to stop. */
static inline izh_status izh_row_stop_check(uint32_t row, izh_err *err) {
  return row % 64 == 63 ? izh_stop_check(err) : IZH_OK;
}

/* Can n synapses be made of so many candidates? IZH_RANGE; what: "targets". */
izh_status izh_candidates_check(const izh_rule *rule, uint64_t candidates, const char *what, izh_err *err);

/* Room for more targets than there are. IZH_MEMORY. */
izh_status izh_wiring_room(izh_row_maker *m, uint64_t more, izh_err *err);

/* Appends a pair, row << 32 | position of the target, in order of row; only counted until izh_rows_begin,
 * which says from the counts where each row begins. */
void izh_pair_add(izh_row_maker *m, uint64_t pair);
void izh_rows_begin(izh_row_maker *m);

#endif
