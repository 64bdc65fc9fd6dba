/* What a file of core/synapse/rule gives to the rest of the core. Private to the core. */
#ifndef IZH_CORE_RULE_CODE_H
#define IZH_CORE_RULE_CODE_H

#include "core/synapse/wiring_private.h"

typedef struct izh_rule_code {
  izh_rule_info info;
  double (*estimate)(const izh_rule *rule, double pre, double post); /* see izh_rule_estimate */

  /* For a rule that makes each row by itself: chooses the targets of a source among n candidates, and returns
   * how many. Writes those in row->range into row->room, ascending, and their numbers into row->run. The same
   * random numbers always give the same row. */
  uint32_t (*row)(const izh_rule *rule, izh_rng *rng, uint32_t n, izh_row *row);
  izh_status (*check)(const izh_row_maker *m, izh_err *err); /* whether every row can be made; NULL: yes */
  uint64_t (*longest)(const izh_rule *rule, uint32_t post);  /* length of the longest row; NULL: post */
  /* How many targets `row` will choose, if that is known without random numbers; NULL: it is not. */
  uint32_t (*length)(const izh_rule *rule, uint32_t n);

  /* For any other rule: makes all rows of m->wiring at once. They are empty before. */
  izh_status (*make)(izh_row_maker *m, izh_err *err);
  size_t bytes; /* memory that `make` takes for each synapse */
} izh_rule_code;

const izh_rule_code *izh_rule_code_of(izh_rule_kind kind);

/* Leaves of a row, whose n targets are in row->room, those in row->range. Returns n. */
static inline uint32_t izh_row_keep(izh_row *row, uint32_t n) {
  izh_marks_keep(row->room, n, row->range, row->n_runs, row->run, row->room);
  return n;
}

/* What the rules that take pairs share: make, estimate, and the bytes for each synapse. */
izh_status izh_pairs_make(izh_row_maker *m, izh_err *err);
double izh_pairs_estimate(const izh_rule *rule, double pre, double post);
enum { IZH_PAIRS_BYTES = sizeof(uint32_t) + 4 * sizeof(uint64_t) };

/* The rule for one source or target, index, of a set whose n may differ. */
static inline izh_rule izh_rule_of(const izh_rule *rule, const izh_ids *ids, uint32_t index) {
  izh_rule own = *rule;
  if (rule->each) own.n = rule->each[index - ids->first];
  return own;
}

/* The quantity of the rules with a fixed number. */
#define IZH_RULE_N(text)                                                                                     \
  { .name = "n", .help = text, .required = true, .high = 9007199254740992, .whole = true }

#endif
