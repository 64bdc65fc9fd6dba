#include <stdlib.h>

#include "core/synapse/rule_code.h"

static const izh_quantity quantities[] = {IZH_RULE_N("number of targets of each source")};

static double estimate(const izh_rule *rule, double pre, double post) {
  (void)post;
  return rule->each ? (double)rule->total : (double)rule->n * pre;
}

static uint64_t longest(const izh_rule *rule, uint32_t post) {
  (void)post;
  return rule->n;
}

static izh_status check(const izh_row_maker *m, izh_err *err) {
  izh_status status = IZH_OK;
  for (uint32_t row = 0; row < m->pre.size && !status; row++) {
    uint32_t source = izh_ids_at(&m->pre, row);
    izh_rule own = izh_rule_of(&m->rule, &m->pre, source);
    status = izh_candidates_check(&own, izh_targets_of(m, source).n, "targets", err);
  }
  return status;
}

static int compare(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static uint32_t make_row(const izh_rule *rule, izh_rng *rng, uint32_t n, izh_row *row) {
  uint32_t take = (uint32_t)rule->n, *out = row->room;
  if (!rule->multapses) {
    izh_marks_sample_in(row->marks, n, take, rng, row->range, row->n_runs, row->run, out);
    return take;
  }
  for (uint32_t k = 0; k < take; k++) out[k] = (uint32_t)izh_rng_below(rng, n);
  qsort(out, take, sizeof *out, compare);
  return izh_row_keep(row, take);
}

static uint32_t length(const izh_rule *rule, uint32_t n) {
  (void)n;
  return (uint32_t)rule->n;
}

const izh_rule_code izh_rule_fixed_outdegree = {.info = {.name = "fixed_outdegree",
                                                         .help = "n random targets for each source",
                                                         .quantities = quantities,
                                                         .n = 1,
                                                         .multapses = true,
                                                         .by_row = true,
                                                         .each_of = IZH_EACH_SOURCE},
                                                .estimate = estimate,
                                                .row = make_row,
                                                .check = check,
                                                .longest = longest,
                                                .length = length};
