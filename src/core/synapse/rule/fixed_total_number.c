#include "base/alloc.h"
#include "base/sort.h"
#include "core/synapse/rule_code.h"

static const izh_quantity quantities[] = {IZH_RULE_N("number of synapses")};

static double estimate(const izh_rule *rule, double pre, double post) {
  (void)pre, (void)post;
  return (double)rule->n;
}

/* How many neurons are both a source and a target. */
static uint64_t overlap(const izh_row_maker *m) {
  uint64_t both = 0;
  for (uint32_t k = 0; k < m->pre.size; k++)
    both += izh_ids_find(&m->sorted_post, m->post_position, izh_ids_at(&m->pre, k)) != UINT32_MAX;
  return both;
}

/* Draws `n` pairs into keys, as row << 32 | position of the target. Leaves out autapses unless they are
 * allowed.
 */
static void draw_pairs(const izh_row_maker *m, uint64_t *keys, uint64_t n, izh_rng *rng) {
  for (uint64_t k = 0; k < n;) {
    uint32_t row = (uint32_t)izh_rng_below(rng, m->pre.size),
             post = (uint32_t)izh_rng_below(rng, m->post.size);
    if (!m->rule.autapses && izh_ids_at(&m->pre, row) == izh_ids_at(&m->sorted_post, post)) continue;
    keys[k++] = (uint64_t)row << 32 | post;
  }
}

/* Draws `n` pairs and sorts them. If they must be distinct, repeated pairs are dropped and as many are drawn
 * again. The result is the same as drawing one by one until n are distinct. */
static void draw_sorted(const izh_row_maker *m, uint64_t *keys, uint64_t *scratch, uint64_t n, bool distinct,
                        izh_rng *rng) {
  for (uint64_t have = 0; have < n;) {
    draw_pairs(m, keys + have, n - have, rng);
    have = distinct ? izh_sort_unique(keys, scratch, n) : n;
    if (!distinct) izh_sort_keys(keys, scratch, n, 0);
  }
}

/* Adds all pairs except those in keys[n], which are sorted. */
static void add_others(izh_row_maker *m, const uint64_t *keys, uint64_t n) {
  uint64_t at = 0;
  for (uint32_t row = 0; row < m->pre.size; row++) {
    uint32_t self = izh_targets_of(m, izh_ids_at(&m->pre, row)).self;
    for (uint32_t post = 0; post < m->post.size; post++) {
      uint64_t key = (uint64_t)row << 32 | post;
      if (at < n && keys[at] == key)
        at++;
      else if (post != self)
        izh_pair_add(m, key);
    }
  }
}

static izh_status make(izh_row_maker *m, izh_err *err) {
  uint64_t pairs = (uint64_t)m->pre.size * m->post.size, n = m->rule.n;
  if (!m->rule.autapses) pairs -= overlap(m);
  izh_status status = izh_candidates_check(&m->rule, pairs, "pairs", err);
  if (!status) status = izh_wiring_room(m, n, err);
  if (status) return status;
  bool distinct = !m->rule.multapses, complement = distinct && n > pairs / 2;
  uint64_t draw = complement ? pairs - n : n;
  uint64_t *keys = izh_alloc(draw, sizeof *keys), *scratch = izh_alloc(draw, sizeof *scratch);
  if (!keys || !scratch) {
    status = izh_fail_memory(err, draw * 2 * sizeof *keys);
  } else {
    izh_rng rng = izh_rng_make(m->key, 0, 0);
    draw_sorted(m, keys, scratch, draw, distinct, &rng);
    if (complement) add_others(m, keys, draw);
    for (uint64_t k = 0; k < n && !complement; k++) izh_pair_add(m, keys[k]);
    izh_rows_begin(m);
  }
  izh_free(keys);
  izh_free(scratch);
  return status;
}

const izh_rule_code izh_rule_fixed_total_number = {.info = {.name = "fixed_total_number",
                                                            .help = "n random pairs",
                                                            .quantities = quantities,
                                                            .n = 1,
                                                            .multapses = true},
                                                   .estimate = estimate,
                                                   .make = make,
                                                   .bytes = sizeof(uint32_t) + 2 * sizeof(uint64_t)};
