/* Counts in bins, the Fano factor, chi. Statistical tests are at 4 standard errors (level 6·10^-5 each). */
#include "helpers.h"

#include "analysis/bins.h"
#include "analysis/synchrony.h"

static void a_spike_at_the_end_of_a_bin_belongs_to_it(void **state) {
  (void)state;
  izh_bins bins = izh_bins_make(0, 1000, 5);
  assert_int_equal(bins.n, 200);
  assert_int_equal(izh_bins_find(&bins, 5), 0);
  assert_int_equal(izh_bins_find(&bins, 5.5), 1);
  assert_int_equal(izh_bins_find(&bins, 1000), 199);
  for (double dt = 1e-3; dt < 2; dt *= 10) /* sums of steps miss the ends of bins by rounding */
    for (int every = 1; every < 30; every += 4) {
      izh_bins fine = izh_bins_make(0, dt * 1e6, dt * every);
      double t = 0;
      for (int step = 1; step <= 100000; step++) {
        t += dt;
        assert_int_equal(izh_bins_find(&fine, dt * step), (step - 1) / every);
        if (step <= 1000) assert_int_equal(izh_bins_find(&fine, t), (step - 1) / every);
      }
    }
}

static void late_times_too(void **state) {
  (void)state;
  izh_bins late = izh_bins_make(1e8, 1e8 + 1000, 0.1);
  assert_int_equal(late.n, 10000);
  for (int k = 1; k <= 10000; k++) assert_int_equal(izh_bins_find(&late, 1e8 + 0.1 * k), k - 1);
}

static void a_rest_is_no_bin(void **state) {
  (void)state;
  izh_bins bins = izh_bins_make(100, 113, 5);
  assert_int_equal(bins.n, 2);
  assert_int_equal(izh_bins_find(&bins, 110), 1);
  assert_int_equal(izh_bins_find(&bins, 111), 2);
  double counts[2] = {0};
  izh_bins_count(&bins, TRAIN(101, 105, 106, 112, 113), counts);
  assert_true(counts[0] == 2 && counts[1] == 1);
  assert_int_equal(izh_bins_make(0, 3, 5).n, 0);
  assert_int_equal(izh_bins_make(0, 0, 5).n, 0);
  assert_int_equal(izh_bins_make(1e17, 1e17, 5).n, 0);
  assert_int_equal(izh_bins_make(1e300, 1e300, 5).n, 0);
  assert_int_equal(izh_bins_make(0, 0.3, 0.1).n, 3);
}

static void sparse_is_the_same(void **state) {
  (void)state;
  izh_bins bins = izh_bins_make(0, 1000, 7);
  izh_train train = uniform_train(4, 300, 1000);
  double counts[200] = {0};
  uint32_t bin[300], count[300];
  izh_bins_count(&bins, train, counts);
  size_t n = izh_bins_sparse(&bins, train, false, bin, count), empty = 0;
  for (size_t k = 0; k < bins.n; k++) empty += counts[k] == 0;
  assert_int_equal(n + empty, bins.n);
  double sum = 0, squares = 0;
  for (size_t i = 0; i < n; i++) {
    assert_true(counts[bin[i]] == count[i]);
    sum += count[i];
    squares += (double)count[i] * count[i];
  }
  izh_moments moments = izh_bins_moments(&bins, train);
  assert_true(moments.sum == sum && moments.squares == squares);
  assert_int_equal(izh_bins_sparse(&bins, train, true, bin, count), n);
  for (size_t i = 0; i < n; i++) assert_int_equal(count[i], 1);
  train_free(train);
}

static double fano(izh_train train, double to_ms, double bin_ms) {
  izh_bins bins = izh_bins_make(0, to_ms, bin_ms);
  return izh_fanofactor(izh_bins_moments(&bins, train), (double)bins.n);
}

/* A Poisson process has 1 with standard error √(2/k); gamma intervals of shape s, in long bins, 1/s; a clock
 * nearly 0. */
static void fano_of_known_processes(void **state) {
  (void)state;
  izh_train poisson = uniform_train(5, 500000, 1e7), gamma4 = gamma_train(6, 600000, 4, 20),
            clock = regular_train(1000, 10);
  assert_near(fano(poisson, 1e7, 100), 1, 4 * sqrt(2 / 1e5));
  assert_near(fano(gamma4, 1e7, 10000), 0.25,
              4 * 0.25 * sqrt(2 / 1e3) + 0.002); /* (1 - 1/s²)/6m more: m = 500 spikes */
  assert_near(fano(clock, 10000, 100), 0, 1e-15);
  assert_near(fano(TRAIN(1, 2, 3), 20, 10), 1.5, 1e-15); /* counts 3 and 0: variance 2.25, mean 1.5 */
  assert_nan(fano(SILENT, 100, 10));
  assert_nan(fano(TRAIN(1), 10, 10));
  assert_nan(fano(TRAIN(1), 5, 10));
  train_free(poisson);
  train_free(gamma4);
  train_free(clock);
}

/* n trains alike: 1. n on their own: 1/√n, whose square has a relative standard error of √(2/k). */
static void chi_of_counts(void **state) {
  (void)state;
  enum { N = 50, SPIKES = 2000 };
  size_t start[N + 1];
  double *t = malloc(N * SPIKES * sizeof *t), *sum = malloc(20000 * sizeof *sum);
  izh_trains trains = {.n = N, .start = start, .t_ms = t, .from_ms = 0, .to_ms = 1e5};
  for (size_t i = 0; i <= N; i++) start[i] = i * SPIKES;
  izh_bins bins = izh_bins_make(0, 1e5, 5);
  for (int alike = 0; alike < 2; alike++) {
    for (uint32_t i = 0; i < N; i++) {
      izh_train train = uniform_train(alike ? 1 : 100 + i, SPIKES, 1e5);
      for (size_t k = 0; k < SPIKES; k++) t[i * SPIKES + k] = train.t_ms[k];
      train_free(train);
    }
    double chi = izh_chi_of_counts(&bins, &trains, sum);
    if (alike)
      assert_near(chi, 1, 1e-12);
    else
      assert_near(chi * chi, 1. / N, 4. / N * sqrt(2. / (double)bins.n));
  }
  start[N] = start[N - 1]; /* a silent neuron more lowers chi: it varies with nobody */
  assert_near(izh_chi_of_counts(&bins, &trains, sum), sqrt((N - 1.) / N), 1e-12);
  for (size_t i = 0; i <= N; i++) start[i] = 0;
  assert_nan(izh_chi_of_counts(&bins, &trains, sum));
  trains.n = 0;
  assert_nan(izh_chi_of_counts(&bins, &trains, sum));
  bins.n = 0;
  assert_nan(izh_chi_of_counts(&bins, &trains, sum));
  assert_near(izh_chi(4, 2, 2), 1, 1e-15); /* two signals alike: the variance of the sum is 4 of either */
  assert_near(izh_chi(2, 2, 2), sqrt(0.5), 1e-15);
  assert_near(izh_variance((const double[]){1, 2, 3, 4}, 4), 1.25, 1e-15);
  assert_nan(izh_variance(NULL, 0));
  free(t);
  free(sum);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_spike_at_the_end_of_a_bin_belongs_to_it),
      cmocka_unit_test(late_times_too),
      cmocka_unit_test(a_rest_is_no_bin),
      cmocka_unit_test(sparse_is_the_same),
      cmocka_unit_test(fano_of_known_processes),
      cmocka_unit_test(chi_of_counts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
