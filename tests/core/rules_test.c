/* The connection rules: what each promises exactly, and that what it draws is drawn evenly. Statistical tests
 * have fixed seeds and the significance level ALPHA. */
#include "core/synapse/wiring.h"
#include "helpers.h"

#define ALPHA 1e-4

static const izh_key key = {4, 1977};

/* --- wirings that are right --- */

static izh_wiring *make_with(izh_rule rule, izh_ids pre, izh_ids post, izh_key with) {
  izh_wiring *wiring = NULL;
  MUST(izh_wiring_make(&rule, &pre, &post, with, &wiring, &fault));
  MUST(izh_wiring_keep(wiring, &fault));
  return wiring;
}

static izh_wiring *make(izh_rule rule, izh_ids pre, izh_ids post) {
  return make_with(rule, pre, post, key);
}

static bool contains(izh_ids ids, uint32_t index) {
  for (uint32_t k = 0; k < ids.size; k++)
    if (izh_ids_at(&ids, k) == index) return true;
  return false;
}

/* What holds for every rule: rows in order, targets ascending and in post, no autapse and no multapse unless
 * allowed. */
static void check_shape(const izh_wiring *w, izh_rule rule, izh_ids pre, izh_ids post) {
  assert_int_equal(w->n_pre, pre.size);
  assert_int_equal(w->row_start[0], 0);
  assert_int_equal(w->row_start[pre.size], w->n);
  for (uint32_t row = 0; row < pre.size; row++)
    for (uint64_t k = w->row_start[row]; k < w->row_start[row + 1]; k++) {
      assert_true(contains(post, w->target[k]));
      if (!rule.autapses) assert_true(w->target[k] != izh_ids_at(&pre, row));
      if (k == w->row_start[row]) continue;
      assert_true(rule.multapses ? w->target[k] >= w->target[k - 1] : w->target[k] > w->target[k - 1]);
    }
  assert_true((double)w->n <= izh_rule_estimate(&rule, &pre, &post));
}

static uint64_t row_size(const izh_wiring *w, uint32_t row) {
  return w->row_start[row + 1] - w->row_start[row];
}

static uint64_t synapses_onto(const izh_wiring *w, uint32_t target) {
  uint64_t n = 0;
  for (uint64_t k = 0; k < w->n; k++) n += w->target[k] == target;
  return n;
}

/* Sets that overlap in every way: ranges apart, inside each other, the same; lists shuffled and mixed. */
static const uint32_t evens[] = {14, 2, 0, 8, 10, 4, 12, 6}, mixed[] = {9, 3, 21, 5, 17, 1, 2, 30, 11};

enum { SETS = 7 };

static izh_ids set_of(int i) {
  switch (i) {
  case 0:
    return izh_ids_range(0, 10);
  case 1:
    return izh_ids_range(20, 7);
  case 2:
    return izh_ids_range(3, 4);
  case 3:
    return izh_ids_list(evens, COUNT_OF(evens));
  case 4:
    return izh_ids_list(mixed, COUNT_OF(mixed));
  case 5:
    return izh_ids_list(mixed + 2, 1);
  default:
    return izh_ids_range(5, 0);
  }
}

static bool may(izh_rule rule, uint32_t pre, uint32_t post) {
  return rule.autapses || pre != post;
}

/* Pairs that a rule may connect. */
static uint64_t possible(izh_rule rule, izh_ids pre, izh_ids post) {
  uint64_t n = 0;
  for (uint32_t i = 0; i < pre.size; i++)
    for (uint32_t j = 0; j < post.size; j++) n += may(rule, izh_ids_at(&pre, i), izh_ids_at(&post, j));
  return n;
}

static void for_each_sets(void (*check)(izh_rule, izh_ids, izh_ids)) {
  for (int i = 0; i < SETS; i++)
    for (int j = 0; j < SETS; j++)
      for (int flags = 0; flags < 4; flags++)
        check((izh_rule){.autapses = flags & 1, .multapses = flags & 2}, set_of(i), set_of(j));
}

/* A wiring that must have every possible pair once. */
static void check_all(izh_rule rule, izh_ids pre, izh_ids post) {
  izh_wiring *w = make(rule, pre, post);
  check_shape(w, rule, pre, post);
  assert_int_equal(w->n, possible(rule, pre, post));
  for (uint32_t row = 0; row < pre.size; row++) {
    uint64_t k = w->row_start[row];
    for (uint32_t target = 0; target < 40; target++)
      if (contains(post, target) && may(rule, izh_ids_at(&pre, row), target))
        assert_int_equal(w->target[k++], target);
    assert_int_equal(k, w->row_start[row + 1]);
  }
  izh_wiring_free(w);
}

static void check_all_to_all(izh_rule rule, izh_ids pre, izh_ids post) {
  rule.kind = IZH_RULE_ALL_TO_ALL;
  check_all(rule, pre, post);
  rule.kind = IZH_RULE_PAIRWISE_BERNOULLI;
  rule.p = 1;
  check_all(rule, pre, post);
  rule.kind = IZH_RULE_FIXED_TOTAL_NUMBER;
  rule.n = possible(rule, pre, post);
  rule.multapses = false;
  check_all(rule, pre, post);
}

static void all_to_all_is_all(void **state) {
  (void)state;
  for_each_sets(check_all_to_all);
}

static void check_nothing(izh_rule rule, izh_ids pre, izh_ids post) {
  const izh_rule_kind kinds[] = {IZH_RULE_PAIRWISE_BERNOULLI, IZH_RULE_FIXED_INDEGREE,
                                 IZH_RULE_FIXED_OUTDEGREE, IZH_RULE_FIXED_TOTAL_NUMBER, IZH_RULE_PAIRS};
  for (size_t i = 0; i < COUNT_OF(kinds); i++) {
    rule.kind = kinds[i]; /* p = 0, n = 0 */
    izh_wiring *w = make(rule, pre, post);
    check_shape(w, rule, pre, post);
    assert_int_equal(w->n, 0);
    izh_wiring_free(w);
  }
}

static void nothing_is_nothing(void **state) {
  (void)state;
  for_each_sets(check_nothing);
}

static void check_one_to_one(izh_rule rule, izh_ids pre, izh_ids post) {
  rule.kind = IZH_RULE_ONE_TO_ONE;
  izh_wiring *w = NULL;
  if (pre.size != post.size) {
    MUST_FAIL(izh_wiring_make(&rule, &pre, &post, key, &w, &fault), IZH_RANGE, "as many sources as targets");
    return;
  }
  uint32_t wanted = 0;
  for (uint32_t k = 0; k < pre.size; k++) wanted += may(rule, izh_ids_at(&pre, k), izh_ids_at(&post, k));
  if (pre.size > 0 && wanted == 0) {
    MUST_FAIL(izh_wiring_make(&rule, &pre, &post, key, &w, &fault), IZH_RANGE, "autapses");
    return;
  }
  w = make(rule, pre, post);
  check_shape(w, rule, pre, post);
  assert_int_equal(w->n, wanted);
  for (uint32_t k = 0; k < pre.size; k++)
    if (may(rule, izh_ids_at(&pre, k), izh_ids_at(&post, k)))
      assert_int_equal(w->target[w->row_start[k]], izh_ids_at(&post, k));
  izh_wiring_free(w);
}

static void one_to_one_is_by_position(void **state) {
  (void)state;
  for_each_sets(check_one_to_one);
  const uint32_t backwards[] = {7, 6, 5, 4, 3, 2, 1, 0};
  check_one_to_one((izh_rule){0}, izh_ids_range(0, 8), izh_ids_list(backwards, 8));
  check_one_to_one((izh_rule){0}, izh_ids_list(evens, 8), izh_ids_list(backwards, 8));
}

/* Whether a neuron has few partners for its degree: then the rule is impossible. */
static bool degree_is_possible(izh_rule rule, izh_ids of, izh_ids partners) {
  for (uint32_t k = 0; k < of.size && rule.n > 0; k++) {
    uint64_t candidates = partners.size;
    if (!rule.autapses && contains(partners, izh_ids_at(&of, k))) candidates--;
    if (candidates == 0 || (!rule.multapses && rule.n > candidates)) return false;
  }
  return true;
}

static void check_degree(izh_rule rule, izh_ids pre, izh_ids post) {
  bool in = rule.kind == IZH_RULE_FIXED_INDEGREE;
  if (!degree_is_possible(rule, in ? post : pre, in ? pre : post)) {
    izh_wiring *w = NULL;
    MUST_FAIL(izh_wiring_make(&rule, &pre, &post, key, &w, &fault), IZH_RANGE,
              in ? "possible sources" : "possible targets");
    assert_null(w);
    return;
  }
  izh_wiring *w = make(rule, pre, post);
  check_shape(w, rule, pre, post);
  assert_int_equal(w->n, rule.n * (in ? post.size : pre.size));
  for (uint32_t k = 0; in && k < post.size; k++)
    assert_int_equal(synapses_onto(w, izh_ids_at(&post, k)), rule.n);
  for (uint32_t row = 0; !in && row < pre.size; row++) assert_int_equal(row_size(w, row), rule.n);
  izh_wiring_free(w);
}

static void check_degrees(izh_rule rule, izh_ids pre, izh_ids post) {
  for (rule.n = 0; rule.n < 13; rule.n++) {
    rule.kind = IZH_RULE_FIXED_INDEGREE;
    check_degree(rule, pre, post);
    rule.kind = IZH_RULE_FIXED_OUTDEGREE;
    check_degree(rule, pre, post);
  }
}

static void degrees_are_exact(void **state) {
  (void)state;
  for_each_sets(check_degrees);
}

static void check_totals(izh_rule rule, izh_ids pre, izh_ids post) {
  rule.kind = IZH_RULE_FIXED_TOTAL_NUMBER;
  uint64_t pairs = possible(rule, pre, post);
  for (rule.n = 0; rule.n < pairs + 10; rule.n += 1 + rule.n / 3) {
    if (rule.n > 0 && (pairs == 0 || (rule.n > pairs && !rule.multapses))) {
      izh_wiring *w = NULL;
      MUST_FAIL(izh_wiring_make(&rule, &pre, &post, key, &w, &fault), IZH_RANGE, "possible pairs");
      continue;
    }
    izh_wiring *w = make(rule, pre, post);
    check_shape(w, rule, pre, post);
    assert_int_equal(w->n, rule.n);
    izh_wiring_free(w);
  }
}

static void totals_are_exact(void **state) {
  (void)state;
  for_each_sets(check_totals);
}

/* --- given pairs --- */

static const uint32_t some_pairs[] = {14, 3, 0, 21, 14, 1, 2, 2, 0, 1, 14, 3, 6, 30, 0, 3};

static void pairs_are_the_given(void **state) {
  (void)state;
  izh_ids pre = izh_ids_list(evens, COUNT_OF(evens)), post = izh_ids_list(mixed, COUNT_OF(mixed));
  izh_rule rule = {.kind = IZH_RULE_PAIRS, .n = 8, .pairs = some_pairs, .autapses = true, .multapses = true};
  izh_wiring *w = make(rule, pre, post);
  check_shape(w, rule, pre, post);
  assert_int_equal(w->n, 8);
  bool seen[8] = {0};
  for (uint32_t row = 0; row < pre.size; row++)
    for (uint64_t k = w->row_start[row]; k < w->row_start[row + 1]; k++) {
      uint64_t given = w->given[k];
      assert_true(given < 8 && !seen[given]);
      seen[given] = true;
      assert_int_equal(some_pairs[2 * given], izh_ids_at(&pre, row));
      assert_int_equal(some_pairs[2 * given + 1], w->target[k]);
      if (k > w->row_start[row] && w->target[k] == w->target[k - 1]) assert_true(given > w->given[k - 1]);
    }
  izh_wiring_free(w);
}

static void expect_pairs_error(const uint32_t *pairs, uint64_t n, bool autapses, const char *words) {
  izh_ids pre = izh_ids_list(evens, COUNT_OF(evens)), post = izh_ids_range(1, 10);
  izh_rule rule = {.kind = IZH_RULE_PAIRS, .n = n, .pairs = pairs, .autapses = autapses};
  izh_wiring *w = NULL;
  MUST_FAIL(izh_wiring_make(&rule, &pre, &post, key, &w, &fault), IZH_RANGE, words);
}

/* Users count neurons and pairs from 1. */
static void wrong_pairs_are_named(void **state) {
  (void)state;
  expect_pairs_error((uint32_t[]){0, 1, 3, 1}, 2, false,
                     "pair 2 (4 → 2): neuron 4 is not one of the sources");
  expect_pairs_error((uint32_t[]){0, 1, 2, 11}, 2, false,
                     "pair 2 (3 → 12): neuron 12 is not one of the targets");
  expect_pairs_error((uint32_t[]){100, 1}, 1, false, "neuron 101 is not one of the sources");
  expect_pairs_error((uint32_t[]){0, 0}, 1, true, "neuron 1 is not one of the targets");
  expect_pairs_error((uint32_t[]){0, 1, 4, 4}, 2, false, "pair 2 connects neuron 5 to itself");
  expect_pairs_error((uint32_t[]){8, 2, 0, 1, 2, 1, 8, 2}, 4, false, "pair 4 (9 → 3) repeats pair 1");
}

static void impossible_numbers_say_so(void **state) {
  (void)state;
  izh_ids ids = izh_ids_range(0, 10);
  izh_wiring *w = NULL;
  izh_rule rule = {.kind = IZH_RULE_FIXED_INDEGREE, .n = 10};
  MUST_FAIL(izh_wiring_make(&rule, &ids, &ids, key, &w, &fault), IZH_RANGE,
            "fixed_indegree: n = 10 is more than the 9 possible sources (multapses = true");
  rule.kind = IZH_RULE_FIXED_OUTDEGREE;
  MUST_FAIL(izh_wiring_make(&rule, &ids, &ids, key, &w, &fault), IZH_RANGE,
            "fixed_outdegree: n = 10 is more than the 9 possible targets (multapses = true");
  rule = (izh_rule){.kind = IZH_RULE_FIXED_TOTAL_NUMBER, .n = 91};
  MUST_FAIL(izh_wiring_make(&rule, &ids, &ids, key, &w, &fault), IZH_RANGE,
            "fixed_total_number: n = 91 is more than the 90 possible pairs (multapses = true");
  izh_ids one = izh_ids_range(3, 1);
  rule =
      (izh_rule){.kind = IZH_RULE_FIXED_INDEGREE, .n = 1, .multapses = true}; /* multapses cannot help here */
  MUST_FAIL(izh_wiring_make(&rule, &one, &one, key, &w, &fault), IZH_RANGE, "the 0 possible sources");
  assert_null(strstr(fault.message, "multapses"));
  assert_null(w);
}

/* --- evenness --- */

/* How often each pair of two sets is connected, over many streams. */
static double *count_pairs(izh_rule rule, izh_ids pre, izh_ids post, uint32_t rounds) {
  double *counts = take((size_t)pre.size * post.size, sizeof *counts);
  for (uint32_t round = 0; round < rounds; round++) {
    izh_wiring *w = make_with(rule, pre, post, (izh_key){5, round});
    for (uint32_t row = 0; row < pre.size; row++)
      for (uint64_t k = w->row_start[row]; k < w->row_start[row + 1]; k++) {
        uint32_t j = 0;
        while (izh_ids_at(&post, j) != w->target[k]) j++;
        counts[row * post.size + j]++;
      }
    izh_wiring_free(w);
  }
  return counts;
}

/* The possible pairs are chosen equally often. Counts of a sample without repetition vary less than those of
 * independent draws: `shrink` is the factor on the variance, for which chi-square is corrected. */
static void check_even(izh_rule rule, izh_ids pre, izh_ids post, double expected, double shrink,
                       double freedom) {
  enum { ROUNDS = 1000 };
  double *counts = count_pairs(rule, pre, post, ROUNDS), chi_square = 0;
  for (uint32_t i = 0; i < pre.size; i++)
    for (uint32_t j = 0; j < post.size; j++) {
      double count = counts[i * post.size + j], mean = expected * ROUNDS;
      if (may(rule, izh_ids_at(&pre, i), izh_ids_at(&post, j)))
        chi_square += (count - mean) * (count - mean) / (mean * shrink);
      else
        assert_true(count == 0);
    }
  free(counts);
  ASSERT_P(chi_square_p(chi_square, freedom), ALPHA);
  ASSERT_P(1 - chi_square_p(chi_square, freedom), ALPHA); /* nor may it be too even */
}

static void check_total_even(izh_rule rule, izh_ids pre, izh_ids post) {
  double pairs = (double)possible(rule, pre, post), n = (double)rule.n;
  double shrink = rule.multapses ? 1 : (pairs - n) / (pairs - 1);
  rule.kind = IZH_RULE_FIXED_TOTAL_NUMBER;
  check_even(rule, pre, post, n / pairs, shrink, pairs - 1);
}

/* Targets that are all outside the other set, or all inside, so that each has as many candidates. */
static void check_degree_even(izh_rule rule, izh_ids pre, izh_ids post) {
  bool in = rule.kind == IZH_RULE_FIXED_INDEGREE;
  double of = in ? post.size : pre.size, n = (double)rule.n;
  double candidates = (double)possible(rule, pre, post) / of;
  double shrink = rule.multapses ? 1 : (candidates - n) / (candidates - 1);
  check_even(rule, pre, post, n / candidates, shrink, of * (candidates - 1));
}

static void totals_are_even(void **state) {
  (void)state;
  for (int i = 0; i < 5; i++)
    for (int j = 0; j < 5; j++)
      for (int flags = 0; flags < 4; flags++) {
        izh_rule rule = {.autapses = flags & 1, .multapses = flags & 2};
        uint64_t pairs = possible(rule, set_of(i), set_of(j));
        const uint64_t sizes[] = {pairs / 5, pairs / 2, pairs / 2 + 1, pairs * 4 / 5};
        rule.n = sizes[(i + j + flags) % 4];
        check_total_even(rule, set_of(i), set_of(j));
      }
}

static void degrees_are_even(void **state) {
  (void)state;
  const uint32_t shuffled[] = {4, 9, 1, 0, 5, 8, 2, 7, 3, 6};
  izh_ids range = izh_ids_range(0, 10), list = izh_ids_list(shuffled, 10), apart = izh_ids_range(20, 9);
  const izh_ids sets[][2] = {{range, range}, {range, list}, {list, list}, {range, apart}, {apart, list}};
  for (size_t s = 0; s < COUNT_OF(sets); s++)
    for (int flags = 0; flags < 8; flags++)
      for (uint64_t n = 1; n < 8; n += 2) {
        izh_rule rule = {.kind = flags & 4 ? IZH_RULE_FIXED_INDEGREE : IZH_RULE_FIXED_OUTDEGREE,
                         .n = n,
                         .autapses = flags & 1,
                         .multapses = flags & 2};
        check_degree_even(rule, sets[s][0], sets[s][1]);
      }
}

/* Pairs of partners are drawn independently of each other: all 10 subsets of 3 of 5 are as likely, and those
 * of 2 of 5, whose complement branch differs. */
static void subsets_are_even(void **state) {
  (void)state;
  for (uint64_t n = 2; n <= 3; n++) {
    double counts[32] = {0}, subsets[10];
    for (uint32_t stream = 0; stream < 5000; stream++) {
      izh_rule rule = {.kind = IZH_RULE_FIXED_OUTDEGREE, .n = n};
      izh_wiring *w = make_with(rule, izh_ids_range(9, 1), izh_ids_range(0, 5), (izh_key){6, stream});
      uint32_t subset = 0;
      for (uint64_t k = 0; k < w->n; k++) subset |= 1u << w->target[k];
      counts[subset]++;
      izh_wiring_free(w);
    }
    size_t seen = 0;
    for (int s = 0; s < 32; s++)
      if (counts[s] > 0) subsets[seen++ % 10] = counts[s];
    assert_int_equal(seen, 10);
    ASSERT_P(uniform_counts_p(subsets, 10), ALPHA);
  }
}

/* Binomial probabilities of 0 … n. */
static void binomial(uint32_t n, double p, double *probability) {
  for (uint32_t k = 0; k <= n; k++)
    probability[k] =
        exp(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0) + k * log(p) + (n - k) * log1p(-p));
}

/* Chi-square of the sizes of rows against the binomial law; cells with fewer than 8 expected are joined. */
static void check_row_sizes(double p, uint32_t n_post) {
  enum { ROWS = 20000 };
  izh_rule rule = {.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = p};
  izh_wiring *w = make(rule, izh_ids_range(1000, ROWS), izh_ids_range(0, n_post));
  double *law = take(n_post + 1, sizeof *law), *count = take(n_post + 1, sizeof *count);
  binomial(n_post, p, law);
  for (uint32_t row = 0; row < ROWS; row++) count[row_size(w, row)]++;
  double counted = 0, expected = 0, chi_square = 0;
  int cells = 0;
  for (uint32_t k = 0; k <= n_post; k++) {
    counted += count[k];
    expected += law[k] * ROWS;
    if (expected < 8 && k < n_post) continue;
    if (expected > 0) chi_square += (counted - expected) * (counted - expected) / fmax(expected, 1), cells++;
    counted = expected = 0;
  }
  ASSERT_P(chi_square_p(chi_square, cells - 1), ALPHA);
  free(law);
  free(count);
  izh_wiring_free(w);
}

static void bernoulli_rows_are_binomial(void **state) {
  (void)state;
  const double p[] = {0.001, 0.02, 0.1, 0.3, 0.5, 0.8, 0.99};
  for (size_t i = 0; i < COUNT_OF(p); i++) check_row_sizes(p[i], 60);
  check_row_sizes(0.004, 900);
}

/* Each pair with probability p, whatever the sets: binomial counts, variance mean (1 - p). */
static void bernoulli_pairs_are_even(void **state) {
  (void)state;
  const double p[] = {0.03, 0.2, 0.5, 0.9};
  for (int i = 0; i < 5; i++)
    for (int j = 0; j < 5; j++)
      for (int autapses = 0; autapses < 2; autapses++) {
        izh_rule rule = {.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = p[(i + j) % 4], .autapses = autapses};
        izh_ids pre = set_of(i), post = set_of(j);
        check_even(rule, pre, post, rule.p, 1 - rule.p, (double)possible(rule, pre, post));
      }
}

/* Neighbouring pairs of a row do not know of each other. */
static void bernoulli_neighbours_are_independent(void **state) {
  (void)state;
  enum { N = 1000 };
  izh_rule rule = {.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 0.3};
  izh_wiring *w = make(rule, izh_ids_range(5000, N), izh_ids_range(0, N));
  double both = 0, pairs = (double)N * (N - 1), p2 = 0.3 * 0.3;
  for (uint32_t row = 0; row < N; row++)
    for (uint64_t k = w->row_start[row] + 1; k < w->row_start[row + 1]; k++)
      both += w->target[k] == w->target[k - 1] + 1;
  /* runs of two overlap: variance a pair p² (1 - p²) + 2 (p³ - p⁴) */
  double variance = p2 * (1 - p2) + 2 * (0.3 * p2 - p2 * p2);
  ASSERT_P(normal_p((both - pairs * p2) / sqrt(pairs * variance)), ALPHA);
  izh_wiring_free(w);
}

static void extreme_probabilities(void **state) {
  (void)state;
  izh_ids all = izh_ids_range(0, 300);
  izh_rule rule = {.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 0x1p-1074};
  izh_wiring *w = make(rule, all, all);
  assert_int_equal(w->n, 0);
  izh_wiring_free(w);
  rule.p = 1 - 0x1p-53;
  w = make(rule, all, all);
  assert_int_equal(w->n, 300 * 299);
  izh_wiring_free(w);
}

/* --- what a wiring depends on --- */

/* The row of a source is the same whatever sources are beside it, and in whatever order they are named. */
static void rows_depend_on_their_source(void **state) {
  (void)state;
  const izh_rule rules[] = {{.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 0.4},
                            {.kind = IZH_RULE_FIXED_OUTDEGREE, .n = 4},
                            {.kind = IZH_RULE_FIXED_OUTDEGREE, .n = 20, .multapses = true}};
  izh_ids range = izh_ids_range(0, 16), list = izh_ids_list(evens, 8), post = izh_ids_range(4, 30);
  for (size_t r = 0; r < COUNT_OF(rules); r++) {
    izh_wiring *a = make(rules[r], range, post), *b = make(rules[r], list, post);
    for (uint32_t row = 0; row < 8; row++) {
      assert_int_equal(row_size(a, evens[row]), row_size(b, row));
      assert_memory_equal(a->target + a->row_start[evens[row]], b->target + b->row_start[row],
                          row_size(b, row) * sizeof(uint32_t));
    }
    izh_wiring_free(a);
    izh_wiring_free(b);
  }
}

/* Targets named in another order are the same targets. */
static void order_of_targets_does_not_matter(void **state) {
  (void)state;
  uint32_t ascending[8] = {0, 2, 4, 6, 8, 10, 12, 14};
  const izh_rule rules[] = {{.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 0.4},
                            {.kind = IZH_RULE_FIXED_OUTDEGREE, .n = 3},
                            {.kind = IZH_RULE_FIXED_INDEGREE, .n = 3},
                            {.kind = IZH_RULE_FIXED_TOTAL_NUMBER, .n = 20}};
  for (size_t r = 0; r < COUNT_OF(rules); r++) {
    izh_wiring *a = make(rules[r], izh_ids_range(0, 9), izh_ids_list(evens, 8));
    izh_wiring *b = make(rules[r], izh_ids_range(0, 9), izh_ids_list(ascending, 8));
    assert_int_equal(a->n, b->n);
    assert_memory_equal(a->target, b->target, a->n * sizeof *a->target);
    assert_memory_equal(a->row_start, b->row_start, 10 * sizeof *a->row_start);
    izh_wiring_free(a);
    izh_wiring_free(b);
  }
}

/* A projection's wiring, weights and delays as a hash. */
static uint64_t projection_hash(const izh_net *net, uint32_t projection) {
  izh_synapse s = {0};
  uint64_t hash = hash_start;
  while (izh_projection_next(net, projection, &s)) {
    uint64_t bits[2];
    memcpy(bits, &s.weight, sizeof s.weight);
    memcpy(bits + 1, &s.delay_ms, sizeof s.delay_ms);
    hash = hash_add(hash_add(hash_add(hash_add(hash, s.pre), s.post), bits[0]), bits[1]);
  }
  return hash;
}

static uint64_t add_named(izh_net *net, const char *name) {
  izh_rule rule = {.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 0.2};
  izh_projection_def def = projection_def(name, izh_ids_range(0, 50), izh_ids_range(10, 40), rule);
  uint32_t index;
  MUST(connect(net, &def, drawn_values(IZH_DIST_NORMAL, 1, 1), drawn_values(IZH_DIST_UNIFORM, 0, 9), &index));
  return projection_hash(net, index);
}

static void projections_do_not_know_each_other(void **state) {
  (void)state;
  izh_net *a = net_make(1, IZH_INTEGRATOR_EULER, 3), *b = net_make(1, IZH_INTEGRATOR_EULER, 3);
  population_make(a, "P", 50, regular_spiking);
  population_make(b, "P", 50, regular_spiking);
  uint64_t x = add_named(a, "x"), y = add_named(a, "y"), z = add_named(a, "z");
  population_make(b, "Q", 5, regular_spiking);
  assert_true(add_named(b, "z") == z);
  assert_true(add_named(b, "x") == x);
  for (int i = 0; i < 100; i++) {
    char name[8];
    snprintf(name, sizeof name, "n%d", i);
    uint64_t other = add_named(b, name);
    assert_true(other != x && other != y);
  }
  assert_true(add_named(b, "y") == y);
  assert_true(x != y && y != z && z != x);
  izh_net_destroy(a);
  izh_net_destroy(b);
}

static void names_of_rules(void **state) {
  (void)state;
  const char *const names[] = {"all_to_all",     "one_to_one",      "pairwise_bernoulli",
                               "fixed_indegree", "fixed_outdegree", "fixed_total_number",
                               "pairs",          "matrix"};
  for (int kind = 0; kind < IZH_RULE_COUNT; kind++)
    assert_string_equal(izh_rule_name((izh_rule_kind)kind), names[kind]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all_to_all_is_all),
      cmocka_unit_test(nothing_is_nothing),
      cmocka_unit_test(one_to_one_is_by_position),
      cmocka_unit_test(degrees_are_exact),
      cmocka_unit_test(totals_are_exact),
      cmocka_unit_test(pairs_are_the_given),
      cmocka_unit_test(wrong_pairs_are_named),
      cmocka_unit_test(impossible_numbers_say_so),
      cmocka_unit_test(totals_are_even),
      cmocka_unit_test(degrees_are_even),
      cmocka_unit_test(subsets_are_even),
      cmocka_unit_test(bernoulli_rows_are_binomial),
      cmocka_unit_test(bernoulli_pairs_are_even),
      cmocka_unit_test(bernoulli_neighbours_are_independent),
      cmocka_unit_test(extreme_probabilities),
      cmocka_unit_test(rows_depend_on_their_source),
      cmocka_unit_test(order_of_targets_does_not_matter),
      cmocka_unit_test(projections_do_not_know_each_other),
      cmocka_unit_test(names_of_rules),
  };
  return RUN_TESTS(tests);
}
