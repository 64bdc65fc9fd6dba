#include "core/synapse/rule_code.h"

static double estimate(const izh_rule *rule, double pre, double post) {
  (void)rule, (void)post;
  return pre;
}

static izh_status make(izh_row_maker *m, izh_err *err) {
  if (m->pre.size != m->post.size)
    return izh_fail(err, IZH_RANGE, "one_to_one needs as many sources as targets (got %u and %u)",
                    m->pre.size, m->post.size);
  izh_status status = izh_wiring_room(m, m->pre.size, err);
  if (status) return status;
  for (uint32_t row = 0; row < m->pre.size; row++) {
    uint32_t target = izh_ids_at(&m->post, row);
    if (m->rule.autapses || target != izh_ids_at(&m->pre, row)) m->wiring->target[m->wiring->n++] = target;
    m->wiring->row_start[row + 1] = m->wiring->n;
  }
  if (m->pre.size > 0 && m->wiring->n == 0)
    return izh_fail(err, IZH_RANGE,
                    "one_to_one from neurons to themselves makes only autapses (autapses = true "
                    "allows them)");
  return IZH_OK;
}

const izh_rule_code izh_rule_one_to_one = {
    .info = {.name = "one_to_one", .help = "the k-th source to the k-th target", .by_row = true},
    .estimate = estimate,
    .make = make,
    .bytes = sizeof(uint32_t)};
