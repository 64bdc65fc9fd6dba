/* Network bursts and avalanches of trains made by hand. */
#include "helpers.h"

#include "analysis/network_burst.h"

static void avalanches_by_hand(void **state) {
  (void)state;
  /* runs: 2 1 | 3 | 1 4 2 | 5 (cut off at the end) */
  const double counts[] = {0, 2, 1, 0, 3, 0, 0, 1, 4, 2, 0, 5};
  double size[7], duration[7], branching;
  assert_int_equal(izh_avalanches(counts, 12, size, duration, &branching), 3);
  assert_true(size[0] == 3 && size[1] == 3 && size[2] == 7);
  assert_true(duration[0] == 2 && duration[1] == 1 && duration[2] == 3);
  assert_near(branching, (0.5 + 0 + 4) / 3, 1e-15);
  assert_int_equal(izh_avalanches(counts + 1, 11, size, duration, &branching),
                   2); /* cut off at the beginning, too */
  assert_int_equal(izh_avalanches(counts, 0, size, duration, &branching), 0);
  assert_nan(branching);
  assert_int_equal(izh_avalanches((const double[]){1, 2, 3}, 3, size, duration, &branching), 0);
  assert_int_equal(izh_avalanches((const double[]){0, 0, 0}, 3, size, duration, &branching), 0);
}

/* A branching process: each spike of a bin causes a Poisson number, of mean sigma, in the next. Its branching
 * ratio is sigma; avalanches begin with one spike, so that the standard error is √(sigma / avalanches), and 4
 * are allowed. */
static void avalanches_of_a_branching_process(void **state) {
  (void)state;
  enum { BINS = 2000000 };
  double *counts = calloc(BINS, sizeof *counts), *size = malloc((BINS / 2 + 1) * sizeof *size);
  double *duration = malloc((BINS / 2 + 1) * sizeof *duration), branching;
  for (double sigma = 0.5; sigma < 1; sigma += 0.4) {
    izh_rng rng = random_numbers(30);
    double active = 0;
    for (size_t k = 0; k < BINS; k++) {
      double next = 0;
      for (int i = 0; i < (int)active; i++)
        for (double left = -log(1 - izh_rng_unit(&rng)); left < sigma; left -= log(1 - izh_rng_unit(&rng)))
          next++;
      if (active == 0 && izh_rng_unit(&rng) < 0.2) next = 1;
      counts[k] = active = next;
    }
    size_t n = izh_avalanches(counts, BINS, size, duration, &branching);
    assert_near(branching, sigma, 4 * sqrt(sigma / (double)n));
    double mean = 0;
    for (size_t i = 0; i < n; i++) mean += size[i] / (double)n;
    /* total progeny: mean 1/(1 - sigma), variance sigma/(1 - sigma)³ */
    assert_near(mean, 1 / (1 - sigma), 4 * sqrt(sigma / pow(1 - sigma, 3) / (double)n));
  }
  free(counts);
  free(size);
  free(duration);
}

enum { NEURONS = 10, MOST = 200 };

typedef struct made {
  double t[MOST];
  uint32_t place[MOST];
  size_t n;
} made;

static void add(made *m, double t, uint32_t neuron) {
  m->t[m->n] = t;
  m->place[m->n++] = neuron;
}

static size_t find(const made *m, const izh_burst_rule *rule, izh_network_burst *out) {
  izh_bins bins = izh_bins_make(0, 500, 5);
  double counts[100] = {0};
  uint32_t seen[NEURONS];
  izh_train pooled = {m->t, m->n};
  izh_bins_count(&bins, pooled, counts);
  return izh_network_bursts(&(izh_population_train){pooled, m->place, NEURONS}, &bins, counts, rule, seen,
                            out);
}

/* Neurons 0 … 7 fire at 101 … 108 ms, then 2 and 3 again at 112; all ten at 131 … 140; one alone eight times
 * at 301. */
static void network_bursts_by_hand(void **state) {
  (void)state;
  made m = {.n = 0};
  add(&m, 50, 4);
  for (uint32_t i = 0; i < 8; i++) add(&m, 101 + i, i);
  add(&m, 112, 2);
  add(&m, 112, 3);
  for (uint32_t i = 0; i < 10; i++) add(&m, 131 + i, 9 - i);
  for (uint32_t i = 0; i < 8; i++) add(&m, 301 + 0.1 * i, 5);
  izh_network_burst b[51];
  izh_burst_rule rule = {.high = 4, .low = 1, .min_gap_ms = 0, .min_participation = 0.3};
  assert_int_equal(find(&m, &rule, b), 2);
  assert_true(b[0].onset_ms == 101 && b[0].end_ms == 112 && b[0].n_spikes == 10 && b[0].n_neurons == 8);
  assert_true(b[0].first == 1 && b[0].peak == 5 && b[0].peak_ms == 102.5);
  assert_true(b[1].onset_ms == 131 && b[1].end_ms == 140 && b[1].n_spikes == 10 && b[1].n_neurons == 10);
  rule.min_participation = 0;
  assert_int_equal(find(&m, &rule, b), 3); /* the lone neuron's, too */
  assert_true(b[2].n_neurons == 1 && b[2].n_spikes == 8);
  rule.min_participation = 0.9;
  assert_int_equal(find(&m, &rule, b), 1);
  rule.min_participation = 0.3;
  rule.min_gap_ms = 20; /* bins end at 115 and begin at 130 */
  assert_int_equal(find(&m, &rule, b), 1);
  assert_true(b[0].onset_ms == 101 && b[0].end_ms == 140 && b[0].n_spikes == 20 && b[0].n_neurons == 10);
  rule.min_gap_ms = 15;
  assert_int_equal(find(&m, &rule, b), 2);
  rule.high = 9;
  assert_int_equal(find(&m, &rule, b), 0);
  m.n = 0;
  assert_int_equal(find(&m, &rule, b), 0);
}

static void levels(void **state) {
  (void)state;
  double low, high, counts[] = {100, 1, 4, 4, 1, 81, 0, 121};
  izh_count_split(counts, 8, &low, &high);
  assert_near(low, (0 + 1 + 1 + 2 + 2) / 5.0, 1e-15);
  assert_near(high, (9 + 10 + 11) / 3.0, 1e-15);
  izh_count_split((double[]){4, 4, 4}, 3, &low, &high);
  assert_true(low == 2 && high == 2);
  izh_count_split(NULL, 0, &low, &high);
  assert_nan(low);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(avalanches_by_hand),
      cmocka_unit_test(avalanches_of_a_branching_process),
      cmocka_unit_test(network_bursts_by_hand),
      cmocka_unit_test(levels),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
