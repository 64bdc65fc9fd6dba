#include "core/wiring.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "core/exactmath.h"
#include "core/random.h"
#include "core/sort.h"

static const char *const rule_names[IZH_RULE_COUNT] = {
    "all_to_all",         "one_to_one", "pairwise_bernoulli", "fixed_indegree", "fixed_outdegree",
    "fixed_total_number", "pairs"};

const char *izh_rule_name(izh_rule_kind kind) {
  return rule_names[kind];
}

/* What the rules work on. Sets are sorted, so that a row in order of position is in order of index. */
typedef struct maker {
  const izh_rule *rule;
  izh_ids pre, post; /* as given */
  izh_ids sorted_pre, sorted_post;
  uint32_t *pre_place, *post_place; /* see izh_ids_places, of the sorted sets */
  uint32_t *row_of;                 /* [pre.size] given position of each sorted pre; NULL: the same */
  uint64_t *bits;                   /* one bit a candidate, all 0 between uses */
  izh_key key;
  izh_wiring *wiring;
  size_t capacity; /* of wiring->target */
} maker;

double izh_rule_estimate(const izh_rule *rule, const izh_ids *pre, const izh_ids *post) {
  double pairs = (double)pre->size * post->size;
  switch (rule->kind) {
  case IZH_RULE_ALL_TO_ALL:
    return pairs;
  case IZH_RULE_ONE_TO_ONE:
    return pre->size;
  case IZH_RULE_PAIRWISE_BERNOULLI:
    return pairs * rule->p + 6 * sqrt(pairs * rule->p * (1 - rule->p));
  case IZH_RULE_FIXED_INDEGREE:
    return (double)rule->n * post->size;
  case IZH_RULE_FIXED_OUTDEGREE:
    return (double)rule->n * pre->size;
  default:
    return (double)rule->n;
  }
}

/* --- sets --- */

/* Position in the sorted posts of a source that must not connect to itself; UINT32_MAX: no such candidate. */
static uint32_t self_position(const maker *m, const izh_ids *candidates, const uint32_t *place,
                              uint32_t index) {
  return m->rule->autapses ? UINT32_MAX : izh_ids_find(candidates, place, index);
}

static uint64_t overlap(const maker *m) {
  uint64_t both = 0;
  for (uint32_t k = 0; k < m->pre.size; k++)
    both += izh_ids_find(&m->sorted_post, m->post_place, izh_ids_at(&m->pre, k)) != UINT32_MAX;
  return both;
}

/* --- rows that are made one after the other --- */

static bool row_room(maker *m, uint64_t more) {
  uint32_t *target = izh_grow(m->wiring->target, &m->capacity, m->wiring->n + more, sizeof *target);
  if (target) m->wiring->target = target;
  return target != NULL;
}

/* Adds the candidate at a position, self left out of the count. */
static void row_add(maker *m, uint64_t position, uint32_t self) {
  uint32_t k = (uint32_t)(position + (position >= self));
  m->wiring->target[m->wiring->n++] = izh_ids_at(&m->sorted_post, k);
}

/* Each of the candidates with probability p: the gaps between chosen ones are geometric. */
static bool bernoulli_row(maker *m, uint32_t candidates, uint32_t self, izh_rng rng, double log_miss) {
  double position = -1;
  for (;;) {
    position += 1 + floor(izh_log(1 - izh_rng_unit(&rng)) / log_miss);
    if (!(position < candidates)) return true;
    if (!row_room(m, 1)) return false;
    row_add(m, (uint64_t)position, self);
  }
}

/* Draws `left` distinct ones of the candidates, and marks their bits. The drawing until enough are
 * distinct favours none. */
static void draw_marks(uint64_t *bits, uint32_t candidates, uint32_t left, uint32_t *drawn, izh_rng *rng) {
  while (left > 0) {
    uint64_t k = izh_rng_below(rng, candidates), bit = (uint64_t)1 << (k & 63);
    if (bits[k / 64] & bit) continue;
    bits[k / 64] |= bit;
    if (drawn) *drawn++ = (uint32_t)k;
    left--;
  }
}

/* The marked positions, or the others, ascending, into out; clears the marks. */
static void list_marks(uint64_t *bits, uint32_t candidates, bool others, uint32_t *out) {
  for (uint64_t first = 0; first < candidates; first += 64) {
    uint64_t chosen = others ? ~bits[first / 64] : bits[first / 64];
    if (candidates - first < 64) chosen &= ((uint64_t)1 << (candidates - first)) - 1;
    for (; chosen; chosen &= chosen - 1) *out++ = (uint32_t)first + (uint32_t)__builtin_ctzll(chosen);
    bits[first / 64] = 0;
  }
}

static int compare_index(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* `take` distinct ones of the candidates, ascending, into out; or all but so many drawn: whichever is
 * fewer. Few of many are sorted, rather than looked for. */
static void sample(uint64_t *bits, uint32_t candidates, uint32_t take, izh_rng *rng, uint32_t *out) {
  bool others = take > candidates / 2;
  if (others || take > candidates / 64) {
    draw_marks(bits, candidates, others ? candidates - take : take, NULL, rng);
    list_marks(bits, candidates, others, out);
    return;
  }
  draw_marks(bits, candidates, take, out, rng);
  for (uint32_t k = 0; k < take; k++) bits[out[k] / 64] = 0;
  qsort(out, take, sizeof *out, compare_index);
}

static izh_status too_few(const izh_rule *rule, const char *what, uint64_t candidates, izh_err *err) {
  return izh_fail(err, IZH_RANGE, "%s: n = %llu is more than the %llu possible %s%s",
                  izh_rule_name(rule->kind), (unsigned long long)rule->n, (unsigned long long)candidates,
                  what, candidates > 0 ? " (multapses = true allows several synapses of a pair)" : "");
}

static izh_status outdegree_row(maker *m, uint32_t candidates, uint32_t self, izh_rng rng, izh_err *err) {
  uint64_t n = m->rule->n;
  if (n > 0 && (candidates == 0 || (!m->rule->multapses && n > candidates)))
    return too_few(m->rule, "targets", candidates, err);
  if (!row_room(m, n)) return izh_fail_memory(err, n * sizeof(uint32_t));
  if (m->rule->multapses) {
    uint64_t begin = m->wiring->n;
    for (uint64_t k = 0; k < n; k++) row_add(m, izh_rng_below(&rng, candidates), self);
    qsort(m->wiring->target + begin, n, sizeof(uint32_t), compare_index);
  } else if (n > 0) {
    uint32_t *row = m->wiring->target + m->wiring->n; /* positions first, then what is there */
    sample(m->bits, candidates, (uint32_t)n, &rng, row);
    for (uint64_t k = 0; k < n; k++) row_add(m, row[k], self);
  }
  return IZH_OK;
}

static izh_status make_rows(maker *m, izh_err *err) {
  const izh_rule *rule = m->rule;
  double p = rule->kind == IZH_RULE_PAIRWISE_BERNOULLI ? rule->p : 1;
  double log_miss = p > 0 && p < 1 ? izh_log_1minus(p) : 0;
  for (uint32_t row = 0; row < m->pre.size; row++) {
    uint32_t source = izh_ids_at(&m->pre, row);
    uint32_t self = self_position(m, &m->sorted_post, m->post_place, source);
    uint32_t candidates = m->post.size - (self != UINT32_MAX);
    izh_rng rng = izh_rng_make(m->key, source, 0);
    if (rule->kind == IZH_RULE_FIXED_OUTDEGREE) {
      izh_status status = outdegree_row(m, candidates, self, rng, err);
      if (status) return status;
    } else if (p >= 1) {
      if (!row_room(m, candidates)) return izh_fail_memory(err, candidates * sizeof(uint32_t));
      for (uint32_t k = 0; k < candidates; k++) row_add(m, k, self);
    } else if (p > 0 && !bernoulli_row(m, candidates, self, rng, log_miss)) {
      return izh_fail_memory(err, m->wiring->n * sizeof(uint32_t));
    }
    m->wiring->row_start[row + 1] = m->wiring->n;
  }
  return IZH_OK;
}

/* --- rows from pairs in another order --- */

/* From the counts of rows, in row_start[row + 1], where each row begins; makes room for all. */
static izh_status rows_from_counts(maker *m, izh_err *err) {
  uint64_t *start = m->wiring->row_start;
  for (uint32_t row = 0; row < m->pre.size; row++) start[row + 1] += start[row];
  m->wiring->n = start[m->pre.size];
  m->wiring->target = izh_alloc(m->wiring->n, sizeof(uint32_t));
  return m->wiring->target ? IZH_OK : izh_fail_memory(err, m->wiring->n * sizeof(uint32_t));
}

/* The sources of one target, as rows, into rows[n]. */
static void indegree_sources(const maker *m, uint32_t target, uint32_t *rows) {
  uint32_t self = self_position(m, &m->sorted_pre, m->pre_place, target);
  uint32_t candidates = m->pre.size - (self != UINT32_MAX), n = 0;
  izh_rng rng = izh_rng_make(m->key, target, 0);
  if (m->rule->multapses) {
    while (n < m->rule->n) {
      uint64_t k = izh_rng_below(&rng, candidates);
      rows[n++] = (uint32_t)(k + (k >= self));
    }
  } else if (m->rule->n > 0) {
    n = (uint32_t)m->rule->n;
    sample(m->bits, candidates, n, &rng, rows);
    for (uint32_t k = 0; k < n; k++) rows[k] += rows[k] >= self;
  }
  if (m->row_of)
    for (uint32_t k = 0; k < n; k++) rows[k] = m->row_of[rows[k]];
}

/* Targets are taken in order twice, to count the rows and to fill them, with the same random numbers. */
static izh_status make_indegree(maker *m, izh_err *err) {
  uint64_t n = m->rule->n;
  if (n > UINT32_MAX)
    return izh_fail(err, IZH_SIZE, "fixed_indegree: n must be at most %u (got %llu)", UINT32_MAX,
                    (unsigned long long)n);
  for (uint32_t k = 0; k < m->post.size && n > 0; k++) {
    uint32_t target = izh_ids_at(&m->sorted_post, k);
    uint32_t candidates =
        m->pre.size - (self_position(m, &m->sorted_pre, m->pre_place, target) != UINT32_MAX);
    if (candidates == 0 || (!m->rule->multapses && n > candidates))
      return too_few(m->rule, "sources", candidates, err);
  }
  uint32_t *rows = izh_alloc(n, sizeof *rows);
  uint64_t *next = izh_alloc(m->pre.size, sizeof *next);
  izh_status status = rows && next ? IZH_OK : izh_fail_memory(err, n * sizeof *rows);
  for (uint32_t k = 0; k < m->post.size && !status; k++) {
    indegree_sources(m, izh_ids_at(&m->sorted_post, k), rows);
    for (uint64_t i = 0; i < n; i++) m->wiring->row_start[rows[i] + 1]++;
  }
  if (!status) status = rows_from_counts(m, err);
  if (!status) memcpy(next, m->wiring->row_start, m->pre.size * sizeof *next);
  for (uint32_t k = 0; k < m->post.size && !status; k++) {
    uint32_t target = izh_ids_at(&m->sorted_post, k);
    indegree_sources(m, target, rows);
    for (uint64_t i = 0; i < n; i++) m->wiring->target[next[rows[i]]++] = target;
  }
  izh_free(rows);
  izh_free(next);
  return status;
}

/* Draws `n` pairs that are not autapses into keys, as row << 32 | position of the target. */
static void draw_pairs(const maker *m, uint64_t *keys, uint64_t n, izh_rng *rng) {
  for (uint64_t k = 0; k < n;) {
    uint32_t row = (uint32_t)izh_rng_below(rng, m->pre.size),
             post = (uint32_t)izh_rng_below(rng, m->post.size);
    if (!m->rule->autapses && izh_ids_at(&m->pre, row) == izh_ids_at(&m->sorted_post, post)) continue;
    keys[k++] = (uint64_t)row << 32 | post;
  }
}

static uint64_t unique(uint64_t *keys, uint64_t n) {
  uint64_t kept = 0;
  for (uint64_t k = 0; k < n; k++)
    if (k == 0 || keys[k] != keys[k - 1]) keys[kept++] = keys[k];
  return kept;
}

/* `n` sorted pairs. When they must be distinct, what is missing after the repeated ones are dropped is drawn
 * again, which is the same as drawing one by one until n are distinct. */
static void draw_sorted(const maker *m, uint64_t *keys, uint64_t *scratch, uint64_t n, bool distinct,
                        izh_rng *rng) {
  for (uint64_t have = 0; have < n;) {
    draw_pairs(m, keys + have, n - have, rng);
    izh_sort_keys(keys, scratch, n, 0);
    have = distinct ? unique(keys, n) : n;
  }
}

static void add_pair(maker *m, uint64_t key) {
  m->wiring->row_start[(key >> 32) + 1]++;
  m->wiring->target[m->wiring->n++] = izh_ids_at(&m->sorted_post, (uint32_t)key);
}

/* All pairs but the sorted ones in keys[n]. */
static void add_others(maker *m, const uint64_t *keys, uint64_t n) {
  uint64_t at = 0;
  for (uint32_t row = 0; row < m->pre.size; row++) {
    uint32_t self = self_position(m, &m->sorted_post, m->post_place, izh_ids_at(&m->pre, row));
    for (uint32_t post = 0; post < m->post.size; post++) {
      uint64_t key = (uint64_t)row << 32 | post;
      if (at < n && keys[at] == key)
        at++;
      else if (post != self)
        add_pair(m, key);
    }
  }
}

static izh_status make_total(maker *m, izh_err *err) {
  uint64_t pairs = (uint64_t)m->pre.size * m->post.size, n = m->rule->n;
  if (!m->rule->autapses) pairs -= overlap(m);
  if (n > 0 && (pairs == 0 || (!m->rule->multapses && n > pairs)))
    return too_few(m->rule, "pairs", pairs, err);
  bool distinct = !m->rule->multapses, complement = distinct && n > pairs / 2;
  uint64_t draw = complement ? pairs - n : n;
  uint64_t *keys = izh_alloc(draw, sizeof *keys), *scratch = izh_alloc(draw, sizeof *scratch);
  izh_status status = IZH_OK;
  if (!keys || !scratch || !row_room(m, n)) {
    status = izh_fail_memory(err, draw * 2 * sizeof *keys);
  } else {
    izh_rng rng = izh_rng_make(m->key, 0, 0);
    draw_sorted(m, keys, scratch, draw, distinct, &rng);
    if (complement) add_others(m, keys, draw);
    for (uint64_t k = 0; k < n && !complement; k++) add_pair(m, keys[k]);
    for (uint32_t row = 0; row < m->pre.size; row++)
      m->wiring->row_start[row + 1] += m->wiring->row_start[row];
  }
  izh_free(keys);
  izh_free(scratch);
  return status;
}

static izh_status make_one_to_one(maker *m, izh_err *err) {
  if (m->pre.size != m->post.size)
    return izh_fail(err, IZH_RANGE, "one_to_one needs as many sources as targets (got %u and %u)",
                    m->pre.size, m->post.size);
  if (!row_room(m, m->pre.size)) return izh_fail_memory(err, m->pre.size * sizeof(uint32_t));
  for (uint32_t row = 0; row < m->pre.size; row++) {
    uint32_t target = izh_ids_at(&m->post, row);
    if (m->rule->autapses || target != izh_ids_at(&m->pre, row)) m->wiring->target[m->wiring->n++] = target;
    m->wiring->row_start[row + 1] = m->wiring->n;
  }
  if (m->pre.size > 0 && m->wiring->n == 0)
    return izh_fail(err, IZH_RANGE,
                    "one_to_one from neurons to themselves makes only autapses (autapses = true "
                    "allows them)");
  return IZH_OK;
}

/* --- given pairs --- */

/* The row of the k-th pair and the position of its target; what is wrong with it. */
static izh_status pair_key(const maker *m, uint64_t k, uint64_t *key, izh_err *err) {
  uint32_t pre = m->rule->pairs[2 * k], post = m->rule->pairs[2 * k + 1];
  uint32_t row = izh_ids_find(&m->sorted_pre, m->pre_place, pre);
  uint32_t position = izh_ids_find(&m->sorted_post, m->post_place, post);
  const char *wrong = row == UINT32_MAX ? "is not one of the sources" : "is not one of the targets";
  if (row == UINT32_MAX || position == UINT32_MAX)
    return izh_fail(err, IZH_RANGE, "pair %llu (%u → %u): neuron %u %s", (unsigned long long)k + 1, pre + 1,
                    post + 1, (row == UINT32_MAX ? pre : post) + 1, wrong);
  if (pre == post && !m->rule->autapses)
    return izh_fail(err, IZH_RANGE, "pair %llu connects neuron %u to itself (autapses = true allows that)",
                    (unsigned long long)k + 1, pre + 1);
  *key = (uint64_t)(m->row_of ? m->row_of[row] : row) << 32 | position;
  return IZH_OK;
}

/* The keys and the numbers of the pairs, sorted together: by target, then, keeping that order, by row. */
static izh_status sort_pairs(const maker *m, uint64_t *keys, uint64_t *order, uint64_t *scratch,
                             izh_err *err) {
  uint64_t n = m->rule->n;
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

static izh_status fill_pairs(maker *m, const uint64_t *keys, const uint64_t *order, izh_err *err) {
  uint64_t n = m->rule->n;
  izh_wiring *wiring = m->wiring;
  wiring->given = izh_alloc(n, sizeof *wiring->given);
  if (!wiring->given || !row_room(m, n)) return izh_fail_memory(err, n * sizeof *wiring->given);
  for (uint64_t i = 0; i < n; i++) {
    uint64_t k = (uint32_t)order[i];
    if (i > 0 && !m->rule->multapses && keys[k] == keys[(uint32_t)order[i - 1]])
      return izh_fail(err, IZH_RANGE, "pair %llu (%u → %u) repeats pair %u (multapses = true allows that)",
                      (unsigned long long)k + 1, m->rule->pairs[2 * k] + 1, m->rule->pairs[2 * k + 1] + 1,
                      (uint32_t)order[i - 1] + 1);
    wiring->given[i] = k;
    add_pair(m, keys[k]);
  }
  for (uint32_t row = 0; row < m->pre.size; row++) wiring->row_start[row + 1] += wiring->row_start[row];
  return IZH_OK;
}

static izh_status make_pairs(maker *m, izh_err *err) {
  uint64_t n = m->rule->n;
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

/* --- the whole --- */

static izh_status maker_open(maker *m, const izh_rule *rule, const izh_ids *pre, const izh_ids *post,
                             izh_err *err) {
  m->pre = *pre;
  m->post = *post;
  m->rule = rule;
  izh_status status = izh_ids_sort(pre, &m->sorted_pre, &m->row_of, err);
  if (!status) status = izh_ids_sort(post, &m->sorted_post, NULL, err);
  if (!status) status = izh_ids_places(&m->sorted_pre, &m->pre_place, err);
  if (!status) status = izh_ids_places(&m->sorted_post, &m->post_place, err);
  if (status) return status;
  size_t words = ((size_t)(pre->size > post->size ? pre->size : post->size) + 63) / 64;
  m->bits = izh_alloc_zero(words, sizeof *m->bits);
  m->wiring = izh_alloc_zero(1, sizeof *m->wiring);
  if (m->wiring) {
    m->wiring->n_pre = pre->size;
    m->wiring->row_start = izh_alloc_zero((size_t)pre->size + 1, sizeof(uint64_t));
  }
  if (!m->bits || !m->wiring || !m->wiring->row_start)
    return izh_fail_memory(err, pre->size * sizeof(uint64_t));
  return IZH_OK;
}

static void maker_close(maker *m) {
  izh_free((void *)m->sorted_pre.list);
  izh_free((void *)m->sorted_post.list);
  izh_free(m->pre_place);
  izh_free(m->post_place);
  izh_free(m->row_of);
  izh_free(m->bits);
}

/* Room for what is expected, so that a row is not copied as the array grows. */
static izh_status reserve(maker *m, izh_err *err) {
  double expected = izh_rule_estimate(m->rule, &m->pre, &m->post);
  if (expected < 1e18 && row_room(m, (uint64_t)expected + 1)) return IZH_OK;
  return izh_fail_memory(err, (unsigned long long)expected * sizeof(uint32_t));
}

static izh_status make(maker *m, izh_err *err) {
  if (m->rule->kind == IZH_RULE_FIXED_INDEGREE) return make_indegree(m, err);
  izh_status status = reserve(m, err);
  if (status) return status;
  switch (m->rule->kind) {
  case IZH_RULE_ONE_TO_ONE:
    return make_one_to_one(m, err);
  case IZH_RULE_FIXED_TOTAL_NUMBER:
    return make_total(m, err);
  case IZH_RULE_PAIRS:
    return make_pairs(m, err);
  default:
    return make_rows(m, err);
  }
}

/* Gives back the memory that the estimate had too much. */
static void trim(izh_wiring *wiring) {
  uint32_t *target = izh_realloc(wiring->target, wiring->n, sizeof *target);
  if (target) wiring->target = target;
}

izh_status izh_wiring_make(const izh_rule *rule, const izh_ids *pre, const izh_ids *post, izh_key key,
                           izh_wiring **wiring, izh_err *err) {
  maker m = {.key = key};
  izh_status status = maker_open(&m, rule, pre, post, err);
  if (!status) status = make(&m, err);
  maker_close(&m);
  if (status) {
    izh_wiring_free(m.wiring);
    return status;
  }
  trim(m.wiring);
  *wiring = m.wiring;
  return IZH_OK;
}

void izh_wiring_free(izh_wiring *wiring) {
  if (!wiring) return;
  izh_free(wiring->row_start);
  izh_free(wiring->target);
  izh_free(wiring->given);
  izh_free(wiring);
}
