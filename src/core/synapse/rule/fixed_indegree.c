#include <string.h>

#include "base/alloc.h"
#include "core/synapse/rule_code.h"

static const izh_quantity quantities[] = {IZH_RULE_N("number of sources of each target")};

static double estimate(const izh_rule *rule, double pre, double post) {
  (void)pre;
  return rule->each ? (double)rule->total : (double)rule->n * post;
}

/* Draws the sources of one target, and writes their rows into rows; returns how many. */
static uint32_t sources_of(const izh_row_maker *m, uint32_t target, izh_marks *marks, uint32_t *rows) {
  izh_candidates c = izh_sources_of(m, target);
  uint64_t wanted = izh_rule_of(&m->rule, &m->post, target).n;
  uint32_t n = 0;
  izh_rng rng = izh_rng_make(m->key, target, 0);
  if (m->rule.multapses) {
    while (n < wanted) {
      uint64_t k = izh_rng_below(&rng, c.n);
      rows[n++] = (uint32_t)(k + (k >= c.self));
    }
  } else if (wanted > 0) {
    n = (uint32_t)wanted;
    izh_marks_sample(marks, c.n, n, &rng, rows);
    for (uint32_t k = 0; k < n; k++) rows[k] += rows[k] >= c.self;
  }
  if (m->row_of)
    for (uint32_t k = 0; k < n; k++) rows[k] = m->row_of[rows[k]];
  return n;
}

/* Goes over the targets twice with the same random numbers: first to count the synapses of each row, then to
 * fill the rows. */
static izh_status make(izh_row_maker *m, izh_err *err) {
  uint64_t n = m->rule.n;
  if (n > UINT32_MAX)
    return izh_fail(err, IZH_SIZE, "fixed_indegree: n must be at most %u (got %llu)", UINT32_MAX,
                    (unsigned long long)n);
  izh_status status = IZH_OK;
  for (uint32_t k = 0; k < m->post.size && !status; k++) {
    uint32_t target = izh_ids_at(&m->sorted_post, k);
    izh_rule own = izh_rule_of(&m->rule, &m->post, target);
    status = izh_candidates_check(&own, izh_sources_of(m, target).n, "sources", err);
  }
  if (status) return status;
  uint32_t *rows = izh_alloc(n, sizeof *rows);
  uint64_t *next = izh_alloc(m->pre.size, sizeof *next);
  izh_marks *marks = izh_marks_make(m->pre.size);
  status = rows && next && marks ? IZH_OK : izh_fail_memory(err, n * sizeof *rows);
  for (uint32_t k = 0; k < m->post.size && !status; k++) {
    uint32_t found = sources_of(m, izh_ids_at(&m->sorted_post, k), marks, rows);
    for (uint32_t i = 0; i < found; i++) m->wiring->row_start[rows[i] + 1]++;
    status = izh_row_stop_check(k, err);
  }
  if (!status) izh_rows_begin(m);
  if (!status) status = izh_wiring_room(m, 0, err);
  if (!status) memcpy(next, m->wiring->row_start, m->pre.size * sizeof *next);
  for (uint32_t k = 0; k < m->post.size && !status; k++) {
    uint32_t target = izh_ids_at(&m->sorted_post, k);
    uint32_t found = sources_of(m, target, marks, rows);
    for (uint32_t i = 0; i < found; i++) m->wiring->target[next[rows[i]]++] = target;
    status = izh_row_stop_check(k, err);
  }
  izh_free(rows);
  izh_free(next);
  izh_marks_free(marks);
  return status;
}

const izh_rule_code izh_rule_fixed_indegree = {.info = {.name = "fixed_indegree",
                                                        .help = "n random sources for each target",
                                                        .quantities = quantities,
                                                        .n = 1,
                                                        .multapses = true,
                                                        .each_of = IZH_EACH_TARGET},
                                               .estimate = estimate,
                                               .make = make,
                                               .bytes = sizeof(uint32_t)};
