#include "core/synapse/wiring.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/exactmath.h"
#include "base/sort.h"
#include "base/stop.h"
#include "core/random/random.h"

static const char *const rule_names[IZH_RULE_COUNT] = {
    "all_to_all",         "one_to_one", "pairwise_bernoulli", "fixed_indegree", "fixed_outdegree",
    "fixed_total_number", "pairs"};

const char *izh_rule_name(izh_rule_kind kind) {
  return rule_names[kind];
}

/* What the rules work on. Sets are sorted, so that a row in order of position is in order of index. */
typedef struct izh_row_maker {
  izh_rule rule;
  izh_ids pre, post; /* as given */
  izh_ids sorted_pre, sorted_post;
  uint32_t *pre_place, *post_place; /* see izh_ids_places, of the sorted sets */
  uint32_t *row_of;                 /* [pre.size] given position of each sorted pre; NULL: the same */
  double log_miss;                  /* pairwise_bernoulli: log(1 - p) */
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
  return m->rule.autapses ? UINT32_MAX : izh_ids_find(candidates, place, index);
}

static uint64_t overlap(const maker *m) {
  uint64_t both = 0;
  for (uint32_t k = 0; k < m->pre.size; k++)
    both += izh_ids_find(&m->sorted_post, m->post_place, izh_ids_at(&m->pre, k)) != UINT32_MAX;
  return both;
}

/* --- choosing some of many --- */

/* A bit for each candidate, and one for each word that has any: all 0 between uses. */
typedef struct izh_marks {
  uint64_t *bits, *words;
} marks;

static marks *marks_make(uint32_t candidates) {
  size_t words = (size_t)candidates / 64 + 1;
  marks *m = izh_alloc(1, sizeof *m);
  if (!m) return NULL;
  m->bits = izh_alloc_zero(words + words / 64 + 1, sizeof *m->bits);
  if (!m->bits) {
    izh_free(m);
    return NULL;
  }
  m->words = m->bits + words;
  return m;
}

static void marks_free(marks *m) {
  if (m) izh_free(m->bits);
  izh_free(m);
}

/* Draws and marks `left` distinct ones of the candidates. Drawing until enough are distinct favours none. */
static void draw_marks(marks *m, uint32_t candidates, uint32_t left, izh_rng *rng) {
  uint32_t threshold = -candidates % candidates;
  while (left > 0) {
    if (rng->at == rng->have) izh_rng_refill(rng);
    uint32_t at = rng->at, have = rng->have;
    for (; at < have && left > 0; at++) {
      uint64_t product = (uint64_t)rng->words[at] * candidates; /* as izh_rng_below_32 */
      uint32_t k = (uint32_t)(product >> 32);
      if ((uint32_t)product < threshold) continue;
      uint64_t bit = (uint64_t)1 << (k & 63), before = m->bits[k / 64];
      m->bits[k / 64] = before | bit;
      m->words[k / 4096] |= (uint64_t)1 << (k / 64 & 63);
      left -= !(before & bit);
    }
    rng->at = at;
  }
}

/* The marked positions, ascending, into out; clears the marks. */
static void list_marks(marks *m, uint32_t candidates, uint32_t *out) {
  for (uint32_t group = 0; group <= (candidates - 1) / 4096; group++) {
    for (uint64_t some = m->words[group]; some; some &= some - 1) {
      uint32_t word = group * 64 + (uint32_t)__builtin_ctzll(some);
      for (uint64_t left = m->bits[word]; left; left &= left - 1)
        *out++ = word * 64 + (uint32_t)__builtin_ctzll(left);
      m->bits[word] = 0;
    }
    m->words[group] = 0;
  }
}

/* The positions that are not marked, ascending, into out; clears the marks. */
static void list_others(marks *m, uint32_t candidates, uint32_t *out) {
  for (uint32_t k = 0; k < candidates; k++)
    if (!(m->bits[k / 64] >> (k & 63) & 1)) *out++ = k;
  memset(m->bits, 0, ((size_t)candidates / 64 + 1) * sizeof *m->bits);
  memset(m->words, 0, ((size_t)candidates / 4096 + 1) * sizeof *m->words);
}

/* `take` distinct ones of the candidates, ascending, into out; or all but so many drawn: whichever is fewer.
 */
static void sample(marks *m, uint32_t candidates, uint32_t take, izh_rng *rng, uint32_t *out) {
  if (candidates == 0) return;
  bool others = take > candidates / 2;
  draw_marks(m, candidates, others ? candidates - take : take, rng);
  if (others)
    list_others(m, candidates, out);
  else
    list_marks(m, candidates, out);
}

/* --- rows by themselves --- */

static int compare_index(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* Where the candidates of a row are: at k of the sorted posts, or one further from the source itself on. */
typedef struct izh_candidates {
  uint32_t n, self; /* UINT32_MAX: it is none */
} choice;

static choice candidates_of(const maker *m, uint32_t source) {
  uint32_t self = self_position(m, &m->sorted_post, m->post_place, source);
  return (choice){.n = m->post.size - (self != UINT32_MAX), .self = self};
}

/* Each of the candidates with probability p: the gaps between chosen ones are geometric. */
static uint32_t bernoulli_row(const maker *m, choice c, izh_rng *rng, uint32_t *out) {
  uint32_t n = 0;
  for (double position = -1;;) {
    position += 1 + floor(izh_log(1 - izh_rng_unit(rng)) / m->log_miss);
    if (!(position < c.n)) return n;
    out[n++] = (uint32_t)position;
  }
}

static uint32_t outdegree_row(const maker *m, choice c, izh_rng *rng, marks *marked, uint32_t *out) {
  uint32_t n = (uint32_t)m->rule.n;
  if (!m->rule.multapses) {
    sample(marked, c.n, n, rng, out);
    return n;
  }
  for (uint32_t k = 0; k < n; k++) out[k] = (uint32_t)izh_rng_below(rng, c.n);
  qsort(out, n, sizeof *out, compare_index);
  return n;
}

/* The positions among the candidates of a source's targets, ascending, into out; how many. */
static uint32_t choose(const maker *m, uint32_t source, choice c, marks *marked, uint32_t *out) {
  izh_rng rng = izh_rng_make(m->key, source, 0);
  bool bernoulli = m->rule.kind == IZH_RULE_PAIRWISE_BERNOULLI;
  if (m->rule.kind == IZH_RULE_FIXED_OUTDEGREE) return outdegree_row(m, c, &rng, marked, out);
  if (bernoulli && m->rule.p <= 0) return 0;
  if (bernoulli && m->rule.p < 1) return bernoulli_row(m, c, &rng, out);
  for (uint32_t k = 0; k < c.n; k++) out[k] = k;
  return c.n;
}

izh_status izh_row_open(const izh_wiring *wiring, izh_row *row, izh_err *err) {
  *row = (izh_row){0};
  if (wiring->row_start) return IZH_OK;
  row->room = izh_alloc(wiring->longest, sizeof *row->room);
  row->marks = marks_make(wiring->maker->post.size);
  if (row->room && row->marks) return IZH_OK;
  izh_row_close(row);
  return izh_fail_memory(err, wiring->longest * sizeof *row->room);
}

void izh_row_close(izh_row *row) {
  izh_free(row->room);
  marks_free(row->marks);
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
  choice c = candidates_of(m, source);
  row->n = choose(m, source, c, row->marks, out);
  row->target = out;
  for (uint32_t k = 0; k < row->n; k++) out[k] = izh_ids_at(&m->sorted_post, out[k] + (out[k] >= c.self));
}

static izh_status too_few(const izh_rule *rule, const char *what, uint64_t candidates, izh_err *err) {
  return izh_fail(err, IZH_RANGE, "%s: n = %llu is more than the %llu possible %s%s",
                  izh_rule_name(rule->kind), (unsigned long long)rule->n, (unsigned long long)candidates,
                  what, candidates > 0 ? " (multapses = true allows several synapses of a pair)" : "");
}

/* Can every row be made? */
static izh_status check_rows(const maker *m, izh_err *err) {
  uint64_t n = m->rule.n;
  if (m->rule.kind != IZH_RULE_FIXED_OUTDEGREE || n == 0) return IZH_OK;
  for (uint32_t row = 0; row < m->pre.size; row++) {
    uint32_t there = candidates_of(m, izh_ids_at(&m->pre, row)).n;
    if (there == 0 || (!m->rule.multapses && n > there)) return too_few(&m->rule, "targets", there, err);
  }
  return IZH_OK;
}

static bool row_room(maker *m, uint64_t more) {
  uint32_t *target = izh_grow(m->wiring->target, &m->capacity, m->wiring->n + more, sizeof *target);
  if (target) m->wiring->target = target;
  return target != NULL;
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
static void indegree_sources(const maker *m, uint32_t target, marks *marked, uint32_t *rows) {
  uint32_t self = self_position(m, &m->sorted_pre, m->pre_place, target);
  uint32_t candidates = m->pre.size - (self != UINT32_MAX), n = 0;
  izh_rng rng = izh_rng_make(m->key, target, 0);
  if (m->rule.multapses) {
    while (n < m->rule.n) {
      uint64_t k = izh_rng_below(&rng, candidates);
      rows[n++] = (uint32_t)(k + (k >= self));
    }
  } else if (m->rule.n > 0) {
    n = (uint32_t)m->rule.n;
    sample(marked, candidates, n, &rng, rows);
    for (uint32_t k = 0; k < n; k++) rows[k] += rows[k] >= self;
  }
  if (m->row_of)
    for (uint32_t k = 0; k < n; k++) rows[k] = m->row_of[rows[k]];
}

/* Asks at every 64th row. */
static izh_status stop_check(uint32_t k, izh_err *err) {
  return k % 64 == 63 ? izh_stop_check(err) : IZH_OK;
}

/* Targets are taken in order twice, to count the rows and to fill them, with the same random numbers. */
static izh_status make_indegree(maker *m, izh_err *err) {
  uint64_t n = m->rule.n;
  if (n > UINT32_MAX)
    return izh_fail(err, IZH_SIZE, "fixed_indegree: n must be at most %u (got %llu)", UINT32_MAX,
                    (unsigned long long)n);
  for (uint32_t k = 0; k < m->post.size && n > 0; k++) {
    uint32_t target = izh_ids_at(&m->sorted_post, k);
    uint32_t candidates =
        m->pre.size - (self_position(m, &m->sorted_pre, m->pre_place, target) != UINT32_MAX);
    if (candidates == 0 || (!m->rule.multapses && n > candidates))
      return too_few(&m->rule, "sources", candidates, err);
  }
  uint32_t *rows = izh_alloc(n, sizeof *rows);
  uint64_t *next = izh_alloc(m->pre.size, sizeof *next);
  marks *marked = marks_make(m->pre.size);
  izh_status status = rows && next && marked ? IZH_OK : izh_fail_memory(err, n * sizeof *rows);
  for (uint32_t k = 0; k < m->post.size && !status; k++) {
    indegree_sources(m, izh_ids_at(&m->sorted_post, k), marked, rows);
    for (uint64_t i = 0; i < n; i++) m->wiring->row_start[rows[i] + 1]++;
    status = stop_check(k, err);
  }
  if (!status) status = rows_from_counts(m, err);
  if (!status) memcpy(next, m->wiring->row_start, m->pre.size * sizeof *next);
  for (uint32_t k = 0; k < m->post.size && !status; k++) {
    uint32_t target = izh_ids_at(&m->sorted_post, k);
    indegree_sources(m, target, marked, rows);
    for (uint64_t i = 0; i < n; i++) m->wiring->target[next[rows[i]]++] = target;
    status = stop_check(k, err);
  }
  izh_free(rows);
  izh_free(next);
  marks_free(marked);
  return status;
}

/* Draws `n` pairs that are not autapses into keys, as row << 32 | position of the target. */
static void draw_pairs(const maker *m, uint64_t *keys, uint64_t n, izh_rng *rng) {
  for (uint64_t k = 0; k < n;) {
    uint32_t row = (uint32_t)izh_rng_below(rng, m->pre.size),
             post = (uint32_t)izh_rng_below(rng, m->post.size);
    if (!m->rule.autapses && izh_ids_at(&m->pre, row) == izh_ids_at(&m->sorted_post, post)) continue;
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
  uint64_t pairs = (uint64_t)m->pre.size * m->post.size, n = m->rule.n;
  if (!m->rule.autapses) pairs -= overlap(m);
  if (n > 0 && (pairs == 0 || (!m->rule.multapses && n > pairs)))
    return too_few(&m->rule, "pairs", pairs, err);
  bool distinct = !m->rule.multapses, complement = distinct && n > pairs / 2;
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
    if (m->rule.autapses || target != izh_ids_at(&m->pre, row)) m->wiring->target[m->wiring->n++] = target;
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
  uint32_t pre = m->rule.pairs[2 * k], post = m->rule.pairs[2 * k + 1];
  uint32_t row = izh_ids_find(&m->sorted_pre, m->pre_place, pre);
  uint32_t position = izh_ids_find(&m->sorted_post, m->post_place, post);
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

/* The keys and the numbers of the pairs, sorted together: by target, then, keeping that order, by row. */
static izh_status sort_pairs(const maker *m, uint64_t *keys, uint64_t *order, uint64_t *scratch,
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

static izh_status fill_pairs(maker *m, const uint64_t *keys, const uint64_t *order, izh_err *err) {
  uint64_t n = m->rule.n;
  izh_wiring *wiring = m->wiring;
  wiring->given = izh_alloc(n, sizeof *wiring->given);
  if (!wiring->given || !row_room(m, n)) return izh_fail_memory(err, n * sizeof *wiring->given);
  for (uint64_t i = 0; i < n; i++) {
    uint64_t k = (uint32_t)order[i];
    if (i > 0 && !m->rule.multapses && keys[k] == keys[(uint32_t)order[i - 1]])
      return izh_fail(err, IZH_RANGE, "pair %llu (%u → %u) repeats pair %u (multapses = true allows that)",
                      (unsigned long long)k + 1, m->rule.pairs[2 * k] + 1, m->rule.pairs[2 * k + 1] + 1,
                      (uint32_t)order[i - 1] + 1);
    wiring->given[i] = k;
    add_pair(m, keys[k]);
  }
  for (uint32_t row = 0; row < m->pre.size; row++) wiring->row_start[row + 1] += wiring->row_start[row];
  return IZH_OK;
}

static izh_status make_pairs(maker *m, izh_err *err) {
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

/* --- the whole --- */

bool izh_rule_by_row(izh_rule_kind kind) {
  return kind == IZH_RULE_ALL_TO_ALL || kind == IZH_RULE_PAIRWISE_BERNOULLI ||
         kind == IZH_RULE_FIXED_OUTDEGREE;
}

static izh_status maker_open(maker *m, const izh_rule *rule, const izh_ids *pre, const izh_ids *post,
                             izh_err *err) {
  m->pre = *pre;
  m->post = *post;
  m->rule = *rule;
  if (rule->kind == IZH_RULE_PAIRWISE_BERNOULLI && rule->p > 0 && rule->p < 1)
    m->log_miss = izh_log_1minus(rule->p);
  izh_status status = izh_ids_sort(pre, &m->sorted_pre, &m->row_of, err);
  if (!status) status = izh_ids_sort(post, &m->sorted_post, NULL, err);
  if (!status) status = izh_ids_places(&m->sorted_pre, &m->pre_place, err);
  if (!status) status = izh_ids_places(&m->sorted_post, &m->post_place, err);
  return status;
}

static void maker_free(maker *m) {
  if (!m) return;
  izh_free((void *)m->sorted_pre.list);
  izh_free((void *)m->sorted_post.list);
  izh_free(m->pre_place);
  izh_free(m->post_place);
  izh_free(m->row_of);
  izh_free(m);
}

static uint64_t *rows_empty(const izh_wiring *wiring, izh_err *err) {
  uint64_t *row_start = izh_alloc_zero((size_t)wiring->n_pre + 1, sizeof *row_start);
  if (!row_start) (void)izh_fail_memory(err, wiring->n_pre * sizeof *row_start);
  return row_start;
}

/* Room for what is expected, so that rows are not copied as the array grows. */
static izh_status reserve(maker *m, izh_err *err) {
  double expected = izh_rule_estimate(&m->rule, &m->pre, &m->post);
  if (expected < 1e18 && row_room(m, (uint64_t)expected + 1)) return IZH_OK;
  return izh_fail_memory(err, (unsigned long long)expected * sizeof(uint32_t));
}

/* The rules whose rows depend on each other. */
static izh_status make(maker *m, izh_err *err) {
  m->wiring->row_start = rows_empty(m->wiring, err);
  if (!m->wiring->row_start) return IZH_MEMORY;
  if (m->rule.kind == IZH_RULE_FIXED_INDEGREE) return make_indegree(m, err); /* which counts them first */
  izh_status status = reserve(m, err);
  if (status) return status;
  switch (m->rule.kind) {
  case IZH_RULE_ONE_TO_ONE:
    return make_one_to_one(m, err);
  case IZH_RULE_FIXED_TOTAL_NUMBER:
    return make_total(m, err);
  default:
    return make_pairs(m, err);
  }
}

/* Gives back the memory that the estimate had too much. */
static void trim(izh_wiring *wiring) {
  uint32_t *target = izh_realloc(wiring->target, wiring->n, sizeof *target);
  if (target) wiring->target = target;
}

static izh_status find_longest(izh_wiring *wiring, izh_err *err) {
  const izh_rule *rule = &wiring->maker->rule;
  if (!wiring->row_start) {
    wiring->longest = rule->kind == IZH_RULE_FIXED_OUTDEGREE ? rule->n : wiring->maker->post.size;
  } else {
    wiring->longest = 0;
    for (uint32_t row = 0; row < wiring->n_pre; row++) {
      uint64_t n = wiring->row_start[row + 1] - wiring->row_start[row];
      if (n > wiring->longest) wiring->longest = n;
    }
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
  if (!status) status = izh_rule_by_row(rule->kind) ? check_rows(m, err) : make(m, err);
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
  if (!status) status = reserve(m, err);
  for (uint32_t k = 0; k < wiring->n_pre && !status; k++) {
    izh_row_take(wiring, k, &row);
    if (!row_room(m, row.n)) {
      status = izh_fail_memory(err, (wiring->n + row.n) * sizeof *row.target);
      break;
    }
    memcpy(wiring->target + wiring->n, row.target, row.n * sizeof *row.target);
    wiring->n += row.n;
    row_start[k + 1] = wiring->n;
    status = stop_check(k, err);
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

void izh_wiring_free(izh_wiring *wiring) {
  if (!wiring) return;
  maker_free(wiring->maker);
  izh_free(wiring->row_start);
  izh_free(wiring->target);
  izh_free(wiring->given);
  izh_free(wiring);
}
