#include "core/synapse/wiring.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "core/synapse/rule_code.h"

typedef izh_row_maker maker;

izh_status izh_row_open(const izh_wiring *wiring, izh_row *row, izh_err *err) {
  *row = (izh_row){0};
  if (wiring->row_start) return IZH_OK;
  row->room = izh_alloc(wiring->longest, sizeof *row->room);
  row->marks = izh_marks_make(wiring->maker->post.size);
  if (row->room && row->marks) return IZH_OK;
  izh_row_close(row);
  return izh_fail_memory(err, wiring->longest * sizeof *row->room);
}

void izh_row_close(izh_row *row) {
  izh_free(row->room);
  izh_marks_free(row->marks);
  row->room = NULL;
  row->marks = NULL;
}

void izh_row_take(const izh_wiring *wiring, uint32_t number, izh_row *row) {
  if (wiring->row_start) {
    row->target = wiring->target + wiring->row_start[number];
    row->n = (uint32_t)(wiring->row_start[number + 1] - wiring->row_start[number]);
    return;
  }
  const maker *m = wiring->maker;
  uint32_t source = izh_ids_at(&m->pre, number), *out = row->room;
  izh_candidates c = izh_targets_of(m, source);
  izh_rng rng = izh_rng_make(m->key, source, 0);
  izh_rule own = izh_rule_of(&m->rule, &m->pre, source);
  row->n = izh_rule_code_of(m->rule.kind)->row(&own, &rng, c.n, row->marks, out);
  row->target = out;
  for (uint32_t k = 0; k < row->n; k++) out[k] = izh_ids_at(&m->sorted_post, out[k] + (out[k] >= c.self));
}

bool izh_row_length(const izh_wiring *wiring, uint32_t number, uint32_t *n) {
  const maker *m = wiring->maker;
  const izh_rule_code *code = izh_rule_code_of(m->rule.kind);
  if (wiring->row_start) {
    *n = (uint32_t)(wiring->row_start[number + 1] - wiring->row_start[number]);
    return true;
  }
  if (!code->length) return false;
  uint32_t source = izh_ids_at(&m->pre, number);
  izh_rule own = izh_rule_of(&m->rule, &m->pre, source);
  *n = code->length(&own, izh_targets_of(m, source).n);
  return true;
}

/* --- what rules use --- */

izh_status izh_candidates_check(const izh_rule *rule, uint64_t candidates, const char *what, izh_err *err) {
  if (rule->n == 0 || (candidates > 0 && (rule->multapses || rule->n <= candidates))) return IZH_OK;
  return izh_fail(err, IZH_RANGE, "%s: n = %llu is more than the %llu possible %s%s",
                  izh_rule_name(rule->kind), (unsigned long long)rule->n, (unsigned long long)candidates,
                  what, candidates > 0 ? " (multapses = true allows several synapses of a pair)" : "");
}

izh_status izh_wiring_room(maker *m, uint64_t more, izh_err *err) {
  uint64_t want = m->wiring->n + more;
  uint32_t *target = izh_grow(m->wiring->target, &m->capacity, want, sizeof *target);
  if (!target) return izh_fail_memory(err, want * sizeof *target);
  m->wiring->target = target;
  return IZH_OK;
}

void izh_pair_add(maker *m, uint64_t pair) {
  m->wiring->row_start[(pair >> 32) + 1]++;
  m->wiring->target[m->wiring->n++] = izh_ids_at(&m->sorted_post, (uint32_t)pair);
}

void izh_rows_begin(maker *m) {
  uint64_t *start = m->wiring->row_start;
  for (uint32_t row = 0; row < m->pre.size; row++) start[row + 1] += start[row];
  m->wiring->n = start[m->pre.size];
}

/* --- the whole --- */

static izh_status maker_open(maker *m, const izh_rule *rule, const izh_ids *pre, const izh_ids *post,
                             izh_err *err) {
  m->pre = *pre;
  m->post = *post;
  m->rule = *rule;
  izh_status status = izh_ids_sort(pre, &m->sorted_pre, &m->row_of, err);
  if (!status) status = izh_ids_sort(post, &m->sorted_post, NULL, err);
  if (!status) status = izh_ids_positions(&m->sorted_pre, &m->pre_position, err);
  if (!status) status = izh_ids_positions(&m->sorted_post, &m->post_position, err);
  return status;
}

static void maker_free(maker *m) {
  if (!m) return;
  izh_free((void *)m->sorted_pre.list);
  izh_free((void *)m->sorted_post.list);
  izh_free(m->pre_position);
  izh_free(m->post_position);
  izh_free(m->row_of);
  izh_free(m);
}

static uint64_t *rows_empty(const izh_wiring *wiring, izh_err *err) {
  uint64_t *row_start = izh_alloc_zero((size_t)wiring->n_pre + 1, sizeof *row_start);
  if (!row_start) (void)izh_fail_memory(err, wiring->n_pre * sizeof *row_start);
  return row_start;
}

/* Makes all rows, or, if the rule makes each row by itself, only checks it. */
static izh_status make(maker *m, izh_err *err) {
  const izh_rule_code *code = izh_rule_code_of(m->rule.kind);
  if (code->row) return code->check ? code->check(m, err) : IZH_OK;
  m->wiring->row_start = rows_empty(m->wiring, err);
  return m->wiring->row_start ? code->make(m, err) : IZH_MEMORY;
}

/* Gives back the memory that is not needed. */
static void trim(izh_wiring *wiring) {
  uint32_t *target = izh_realloc(wiring->target, wiring->n, sizeof *target);
  if (target) wiring->target = target;
}

static izh_status find_longest(izh_wiring *wiring, izh_err *err) {
  const maker *m = wiring->maker;
  const izh_rule_code *code = izh_rule_code_of(m->rule.kind);
  wiring->longest = !code->row ? 0 : code->longest ? code->longest(&m->rule, m->post.size) : m->post.size;
  for (uint32_t row = 0; row < wiring->n_pre && !code->row; row++) {
    uint64_t n = wiring->row_start[row + 1] - wiring->row_start[row];
    if (n > wiring->longest) wiring->longest = n;
  }
  if (wiring->longest <= UINT32_MAX) return IZH_OK;
  return izh_fail(err, IZH_SIZE, "more than %u synapses of one neuron", UINT32_MAX);
}

izh_status izh_wiring_make(const izh_rule *rule, const izh_ids *pre, const izh_ids *post, izh_key key,
                           izh_wiring **wiring, izh_err *err) {
  izh_wiring *made = izh_alloc_zero(1, sizeof *made);
  maker *m = izh_alloc_zero(1, sizeof *m);
  if (!made || !m) {
    izh_free(made);
    izh_free(m);
    return izh_fail_memory(err, sizeof *made + sizeof *m);
  }
  made->maker = m;
  made->n_pre = pre->size;
  made->post = *post;
  m->wiring = made;
  m->key = key;
  izh_status status = maker_open(m, rule, pre, post, err);
  if (!status) status = make(m, err);
  if (!status) status = find_longest(made, err);
  if (status) {
    izh_wiring_free(made);
    return status;
  }
  if (made->row_start) trim(made);
  *wiring = made;
  return IZH_OK;
}

double izh_wiring_estimate(const izh_wiring *wiring) {
  return izh_rule_estimate(&wiring->maker->rule, &wiring->maker->pre, &wiring->maker->post);
}

izh_status izh_wiring_keep(izh_wiring *wiring, izh_err *err) {
  if (wiring->row_start) return IZH_OK;
  uint64_t *row_start = rows_empty(wiring, err);
  if (!row_start) return IZH_MEMORY;
  maker *m = wiring->maker;
  izh_row row;
  izh_status status = izh_row_open(wiring, &row, err);
  double expected = fmin(izh_wiring_estimate(wiring), 1e18); /* makes room at once: no copies while growing */
  if (!status) status = izh_wiring_room(m, (uint64_t)expected + 1, err);
  for (uint32_t k = 0; k < wiring->n_pre && !status; k++) {
    izh_row_take(wiring, k, &row);
    status = izh_wiring_room(m, row.n, err);
    if (status) break;
    memcpy(wiring->target + wiring->n, row.target, row.n * sizeof *row.target);
    wiring->n += row.n;
    row_start[k + 1] = wiring->n;
    status = izh_row_stop_check(k, err);
  }
  izh_row_close(&row);
  if (status) {
    izh_free(row_start);
    wiring->n = 0;
    return status;
  }
  wiring->row_start = row_start;
  trim(wiring);
  return IZH_OK;
}

void izh_wiring_drop(izh_wiring *wiring, const unsigned char *dropped) {
  uint64_t kept = 0, k = 0;
  for (uint32_t row = 0; row < wiring->n_pre; row++) {
    for (; k < wiring->row_start[row + 1]; k++) {
      if (dropped[k]) continue;
      wiring->target[kept] = wiring->target[k];
      if (wiring->given) wiring->given[kept] = wiring->given[k];
      kept++;
    }
    wiring->row_start[row + 1] = kept;
  }
  wiring->n = kept;
  trim(wiring);
}

void izh_wiring_free(izh_wiring *wiring) {
  if (!wiring) return;
  maker_free(wiring->maker);
  izh_free(wiring->row_start);
  izh_free(wiring->target);
  izh_free(wiring->given);
  izh_free(wiring);
}
