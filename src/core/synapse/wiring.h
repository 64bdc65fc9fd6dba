/* Who is connected to whom: the connection rules. Names and meanings are NEST's. */
#ifndef IZH_CORE_WIRING_H
#define IZH_CORE_WIRING_H

#include "core/net/ids.h"
#include "core/random/philox.h"

typedef enum izh_rule_kind {
  IZH_RULE_ALL_TO_ALL,
  IZH_RULE_ONE_TO_ONE,         /* k-th neuron of pre to k-th of post */
  IZH_RULE_PAIRWISE_BERNOULLI, /* each pair with probability p */
  IZH_RULE_FIXED_INDEGREE,     /* n random sources for each target */
  IZH_RULE_FIXED_OUTDEGREE,    /* n random targets for each source */
  IZH_RULE_FIXED_TOTAL_NUMBER, /* n random pairs */
  IZH_RULE_PAIRS,              /* the given pairs */
  IZH_RULE_COUNT
} izh_rule_kind;

const char *izh_rule_name(izh_rule_kind kind); /* "all_to_all", … */

typedef struct izh_rule {
  izh_rule_kind kind;
  double p;              /* pairwise_bernoulli: 0 … 1 */
  uint64_t n;            /* fixed_…, pairs: how many */
  const uint32_t *pairs; /* [2 n] pre, post, pre, post, … global indices */
  bool autapses;         /* may a neuron connect to itself */
  bool multapses;        /* may a pair have several synapses (fixed_…, pairs) */
} izh_rule;

/* Synapses in order of source position, then target index. Where a rule makes each row by itself, they are
 * not kept: rows are made when they are asked for, always the same. */
typedef struct izh_wiring {
  uint32_t n_pre;
  izh_ids post;
  uint64_t longest;    /* no row has more synapses */
  uint64_t n;          /* these four once they are kept: see izh_wiring_keep */
  uint64_t *row_start; /* [n_pre + 1]; NULL: rows are made on demand */
  uint32_t *target;    /* [n] global indices, ascending in a row */
  uint64_t *given;     /* [n] of pairs only: which pair each synapse is; else NULL */
  struct izh_row_maker *maker;
} izh_wiring;

/* How many synapses a rule makes: exact, or for pairwise_bernoulli the mean plus six standard deviations. */
double izh_rule_estimate(const izh_rule *rule, const izh_ids *pre, const izh_ids *post);

/* Does the rule make its rows on demand? */
bool izh_rule_by_row(izh_rule_kind kind);

/* The synapses of a rule, drawn with random numbers of the given key. pre and post stay the caller's, and
 * must live as long. IZH_RANGE, IZH_ARGUMENT: what the rule cannot do (more distinct partners than there are,
 * a pair outside pre and post); IZH_SIZE: more than 2^32 - 1 synapses of one source; IZH_MEMORY. */
izh_status izh_wiring_make(const izh_rule *rule, const izh_ids *pre, const izh_ids *post, izh_key key,
                           izh_wiring **wiring, izh_err *err);
double izh_wiring_estimate(const izh_wiring *wiring); /* see izh_rule_estimate */
/* Makes all rows now, for a caller that wants to look at them. */
izh_status izh_wiring_keep(izh_wiring *wiring, izh_err *err);
void izh_wiring_free(izh_wiring *wiring); /* NULL is allowed */

/* One row after the other, for one thread: open, take rows in any order, close. The targets are valid until
 * the next row. */
typedef struct izh_row {
  uint32_t n;
  const uint32_t *target; /* [n] global indices, ascending */
  uint32_t *room;         /* [longest] */
  struct izh_marks *marks;
} izh_row;
izh_status izh_row_open(const izh_wiring *wiring, izh_row *row, izh_err *err);
void izh_row_take(const izh_wiring *wiring, uint32_t number, izh_row *row);
void izh_row_close(izh_row *row);

#endif
