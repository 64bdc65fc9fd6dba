#include "core/synapse/rule_code.h"

static double estimate(const izh_rule *rule, double pre, double post) {
  (void)rule;
  return pre * post;
}

static uint32_t row(const izh_rule *rule, izh_rng *rng, uint32_t n, izh_marks *marks, uint32_t *out) {
  (void)rule, (void)rng, (void)marks;
  for (uint32_t k = 0; k < n; k++) out[k] = k;
  return n;
}

static uint32_t length(const izh_rule *rule, uint32_t n) {
  (void)rule;
  return n;
}

const izh_rule_code izh_rule_all_to_all = {
    .info = {.name = "all_to_all", .help = "each source to each target", .by_row = true},
    .estimate = estimate,
    .row = row,
    .length = length};
