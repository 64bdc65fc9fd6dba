#include "core/synapse/wiring.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/sort.h"
#include "core/synapse/rule_code.h"

typedef izh_row_maker maker;

izh_status izh_row_open(const izh_wiring *wiring, izh_row *row, izh_err *err) {
  bool made = !wiring->row_start; /* a row of kept ones is copied only if some of its synapses are left out */
  const izh_ids *post = &wiring->maker->sorted_post;
  *row = (izh_row){.n_runs = wiring->own ? wiring->n_own : 1};
  bool room = (row->run = izh_alloc(row->n_runs, sizeof *row->run)) != NULL;
  room &= (row->range = izh_alloc(row->n_runs, sizeof *row->range)) != NULL;
  if (made || wiring->own) room &= (row->room = izh_alloc(wiring->longest, sizeof *row->room)) != NULL;
  if (made) room &= (row->marks = izh_marks_make(post->size)) != NULL;
  if (!room) {
    izh_row_close(row);
    return izh_fail_memory(err, wiring->longest * sizeof *row->room);
  }
  for (uint32_t i = 0; i < wiring->n_own; i++)
    row->range[i] =
        (izh_part){izh_ids_at(post, wiring->own[i].begin), izh_ids_at(post, wiring->own[i].end - 1) + 1};
  return IZH_OK;
}

void izh_row_close(izh_row *row) {
  izh_free(row->run);
  izh_free(row->range);
  izh_free(row->room);
  izh_marks_free(row->marks);
  *row = (izh_row){0};
}

static void take_kept(const izh_wiring *wiring, uint32_t number, izh_row *row) {
  const uint32_t *all = wiring->target + wiring->row_start[number];
  row->n_all = (uint32_t)(wiring->row_start[number + 1] - wiring->row_start[number]);
  row->target = wiring->own ? row->room : all;
  if (wiring->own)
    izh_marks_keep(all, row->n_all, row->range, row->n_runs, row->run, row->room);
  else
    row->run[0] = (izh_part){0, row->n_all};
}

static void take_made(const izh_wiring *wiring, uint32_t number, izh_row *row) {
  const maker *m = wiring->maker;
  uint32_t source = izh_ids_at(&m->pre, number);
  izh_rng rng = izh_rng_make(m->key, source, 0);
  izh_rule own = izh_rule_of(&m->rule, &m->pre, source);
  izh_candidates c = izh_targets_of(m, source);
  if (!wiring->own) row->range[0] = (izh_part){0, c.n};
  for (uint32_t i = 0; i < wiring->n_own; i++) {
    izh_part of = wiring->own[i];
    row->range[i] = (izh_part){of.begin - (of.begin > c.self), of.end - (of.end > c.self)};
  }
  row->target = row->room;
  row->n_all = izh_rule_code_of(m->rule.kind)->row(&own, &rng, c.n, row);
}

static uint32_t taken(const izh_row *row) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < row->n_runs; i++) n += row->run[i].end - row->run[i].begin;
  return n;
}

/* Makes candidates neurons. */
static void find_neurons(const maker *m, uint32_t number, uint32_t *target, uint32_t n) {
  uint32_t self = izh_targets_of(m, izh_ids_at(&m->pre, number)).self, first = m->sorted_post.first;
  const uint32_t *list = m->sorted_post.list;
  for (uint32_t k = 0; k < n && list; k++) target[k] = list[target[k] + (target[k] >= self)];
  for (uint32_t k = 0; k < n && !list; k++) target[k] += first + (target[k] >= self);
}

void izh_row_take(const izh_wiring *wiring, uint32_t number, izh_row *row) {
  bool kept = wiring->row_start != NULL;
  (kept ? take_kept : take_made)(wiring, number, row);
  row->n = taken(row);
  if (!kept) find_neurons(wiring->maker, number, row->room, row->n);
}

/* --- wanted targets --- */

/* The first position in a sorted set whose neuron is not below a number. */
static uint32_t position_from(const izh_ids *ids, uint32_t neuron) {
  if (ids->list) return (uint32_t)izh_lower_bound(ids->list, ids->size, neuron);
  uint32_t end = ids->first + ids->size;
  return neuron < ids->first ? 0 : neuron > end ? ids->size : neuron - ids->first;
}

izh_status izh_wiring_cut(izh_wiring *wiring, const izh_part *own, uint32_t n, izh_err *err) {
  const izh_ids *post = &wiring->maker->sorted_post;
  wiring->own = izh_alloc(n, sizeof *wiring->own);
  if (!wiring->own) return izh_fail_memory(err, n * sizeof *wiring->own);
  for (uint32_t i = 0; i < n; i++) {
    izh_part of = {position_from(post, own[i].begin), position_from(post, own[i].end)};
    if (of.begin < of.end) wiring->own[wiring->n_own++] = of;
  }
  return IZH_OK;
}

uint64_t izh_wiring_targets(const izh_wiring *wiring) {
  uint64_t n = wiring->own ? 0 : wiring->post.size;
  for (uint32_t i = 0; i < wiring->n_own; i++) n += wiring->own[i].end - wiring->own[i].begin;
  return n;
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
  izh_free(wiring->own);
  izh_free(wiring);
}
