#include "core/synapse/rule_code.h"

static double estimate(const izh_rule *rule, double pre, double post) {
  (void)rule;
  return pre * post;
}

static uint32_t make_row(const izh_rule *rule, izh_rng *rng, uint32_t n, izh_row *row) {
  (void)rule, (void)rng;
  uint32_t *out = row->room;
  for (uint32_t i = 0; i < row->n_runs; i++) {
    row->run[i] = row->range[i];
    for (uint32_t k = row->run[i].begin; k < row->run[i].end; k++) *out++ = k;
  }
  return n;
}

static uint32_t length(const izh_rule *rule, uint32_t n) {
  (void)rule;
  return n;
}

const izh_rule_code izh_rule_all_to_all = {
    .info = {.name = "all_to_all", .help = "each source to each target", .by_row = true},
    .estimate = estimate,
    .row = make_row,
    .length = length};
