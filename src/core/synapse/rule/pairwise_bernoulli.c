#include <math.h>

#include "base/exactmath.h"
#include "base/ieee.h"
#include "core/synapse/rule_code.h"

static const izh_quantity quantities[] = {
    {.name = "p", .help = "probability of each pair", .required = true, .low = 0, .high = 1}};

static double estimate(const izh_rule *rule, double pre, double post) {
  double pairs = pre * post;
  return pairs * rule->p + 6 * sqrt(pairs * rule->p * (1 - rule->p));
}

/* The gaps between chosen targets have a geometric distribution. */
static uint32_t make_row(const izh_rule *rule, izh_rng *rng, uint32_t n, izh_row *row) {
  uint32_t *out = row->room, chosen = 0;
  if (rule->p <= 0) return izh_row_keep(row, 0);
  for (uint32_t k = 0; k < n && rule->p >= 1; k++) out[k] = k;
  if (rule->p >= 1) return izh_row_keep(row, n);
  double log_miss = izh_log_1minus(rule->p);
  for (double position = -1;;) {
    position += 1 + floor(izh_log(1 - izh_rng_unit(rng)) / log_miss);
    if (!(position < n)) return izh_row_keep(row, chosen);
    out[chosen++] = (uint32_t)position;
  }
}

const izh_rule_code izh_rule_pairwise_bernoulli = {.info = {.name = "pairwise_bernoulli",
                                                            .help = "each pair with probability p",
                                                            .quantities = quantities,
                                                            .n = 1,
                                                            .by_pair = true,
                                                            .by_row = true},
                                                   .estimate = estimate,
                                                   .row = make_row};
