#include "base/alloc.h"
#include "base/sort.h"
#include "core/synapse/rule_code.h"

double izh_pairs_estimate(const izh_rule *rule, double pre, double post) {
  (void)pre, (void)post;
  return (double)rule->n;
}

/* The key of the k-th pair: its row << 32 | the position of its target. IZH_RANGE when the pair is not
 * allowed.
 */
static izh_status pair_key(const izh_row_maker *m, uint64_t k, uint64_t *key, izh_err *err) {
  uint32_t pre = m->rule.pairs[2 * k], post = m->rule.pairs[2 * k + 1];
  uint32_t row = izh_ids_find(&m->sorted_pre, m->pre_position, pre);
  uint32_t position = izh_ids_find(&m->sorted_post, m->post_position, post);
  const char *wrong = row == UINT32_MAX ? "is not one of the sources" : "is not one of the targets";
  if (row == UINT32_MAX || position == UINT32_MAX)
    return izh_fail(err, IZH_RANGE, "pair %llu (%u → %u): neuron %u %s", (unsigned long long)k + 1, pre + 1,
                    post + 1, (row == UINT32_MAX ? pre : post) + 1, wrong);
  if (pre == post && !m->rule.autapses)
    return izh_fail(err, IZH_RANGE, "pair %llu connects neuron %u to itself (autapses = true allows that)",
                    (unsigned long long)k + 1, pre + 1);
  *key = (uint64_t)(m->row_of ? m->row_of[row] : row) << 32 | position;
  return IZH_OK;
}

/* Makes the keys of all pairs. The low halves of order[n] become the numbers of the pairs, sorted by row,
 * then target, then number: they are sorted by target first, and then by row, which keeps that order. */
static izh_status sort_pairs(const izh_row_maker *m, uint64_t *keys, uint64_t *order, uint64_t *scratch,
                             izh_err *err) {
  uint64_t n = m->rule.n;
  for (uint64_t k = 0; k < n; k++) {
    izh_status status = pair_key(m, k, &keys[k], err);
    if (status) return status;
    order[k] = keys[k] << 32 | k;
  }
  izh_sort_keys(order, scratch, n, 32);
  for (uint64_t i = 0; i < n; i++) {
    uint64_t k = (uint32_t)order[i];
    order[i] = (keys[k] >> 32) << 32 | k;
  }
  izh_sort_keys(order, scratch, n, 32);
  return IZH_OK;
}

static izh_status fill_pairs(izh_row_maker *m, const uint64_t *keys, const uint64_t *order, izh_err *err) {
  uint64_t n = m->rule.n;
  izh_wiring *wiring = m->wiring;
  wiring->given = izh_alloc(n, sizeof *wiring->given);
  if (!wiring->given) return izh_fail_memory(err, n * sizeof *wiring->given);
  izh_status status = izh_wiring_room(m, n, err);
  if (status) return status;
  for (uint64_t i = 0; i < n; i++) {
    uint64_t k = (uint32_t)order[i];
    if (i > 0 && !m->rule.multapses && keys[k] == keys[(uint32_t)order[i - 1]])
      return izh_fail(err, IZH_RANGE, "pair %llu (%u → %u) repeats pair %u (multapses = true allows that)",
                      (unsigned long long)k + 1, m->rule.pairs[2 * k] + 1, m->rule.pairs[2 * k + 1] + 1,
                      (uint32_t)order[i - 1] + 1);
    wiring->given[i] = k;
    izh_pair_add(m, keys[k]);
  }
  izh_rows_begin(m);
  return IZH_OK;
}

izh_status izh_pairs_make(izh_row_maker *m, izh_err *err) {
  uint64_t n = m->rule.n;
  if (n > UINT32_MAX)
    return izh_fail(err, IZH_SIZE, "at most %u pairs (got %llu)", UINT32_MAX, (unsigned long long)n);
  uint64_t *keys = izh_alloc(n, sizeof *keys), *order = izh_alloc(n, sizeof *order);
  uint64_t *scratch = izh_alloc(n, sizeof *scratch);
  izh_status status = IZH_OK;
  if (!keys || !order || !scratch)
    status = izh_fail_memory(err, n * 3 * sizeof *keys);
  else
    status = sort_pairs(m, keys, order, scratch, err);
  if (!status) status = fill_pairs(m, keys, order, err);
  izh_free(keys);
  izh_free(order);
  izh_free(scratch);
  return status;
}

const izh_rule_code izh_rule_pairs = {
    .info = {.name = "pairs", .help = "the given pairs", .pairs = true, .multapses = true},
    .estimate = izh_pairs_estimate,
    .make = izh_pairs_make,
    .bytes = IZH_PAIRS_BYTES};
