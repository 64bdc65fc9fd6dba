/* Correlations of trains, against sums written out and published values. */
#include "helpers.h"

#include <stdbool.h>

#include "analysis/correlation.h"
#include "analysis/pairs.h"

/* Pearson's coefficient as one writes it down. */
static double pearson(const double *x, const double *y, size_t n) {
  double mx = 0, my = 0, xy = 0, xx = 0, yy = 0;
  for (size_t i = 0; i < n; i++) {
    mx += x[i] / (double)n;
    my += y[i] / (double)n;
  }
  for (size_t i = 0; i < n; i++) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
  }
  return xy / sqrt(xx * yy);
}

/* Two trains as a set; t[] holds them one after the other. */
static izh_trains both(izh_train a, izh_train b, double to_ms, double *t, size_t start[3]) {
  for (size_t i = 0; i < a.n; i++) t[i] = a.t_ms[i];
  for (size_t i = 0; i < b.n; i++) t[a.n + i] = b.t_ms[i];
  start[0] = 0;
  start[1] = a.n;
  start[2] = a.n + b.n;
  return (izh_trains){.n = 2, .start = start, .t_ms = t, .from_ms = 0, .to_ms = to_ms};
}

static double pair(izh_train a, izh_train b, double to_ms, const izh_measure *measure, const double *option) {
  double *t = malloc((a.n + b.n + 1) * sizeof *t), matrix[4];
  size_t start[3];
  izh_measured of = {.trains = both(a, b, to_ms, t, start), .option = option};
  izh_err err;
  assert_int_equal(izh_pairs(measure, &of, 2, matrix, &err), IZH_OK);
  assert_true(matrix[1] == matrix[2] || (isnan(matrix[1]) && isnan(matrix[2])));
  free(t);
  return matrix[1];
}

static double correlation(izh_train a, izh_train b, double to_ms, double bin_ms, bool binary) {
  return pair(a, b, to_ms, &izh_measure_correlation_coefficient, (double[]){bin_ms, binary});
}

static double tiling(izh_train a, izh_train b, double to_ms, double reach_ms) {
  return pair(a, b, to_ms, &izh_measure_spike_time_tiling_coefficient, &reach_ms);
}

static void correlation_is_pearsons(void **state) {
  (void)state;
  for (uint32_t seed = 0; seed < 20; seed++) {
    izh_train a = uniform_train(2 * seed, 50 + 10 * seed, 1000), b = uniform_train(2 * seed + 1, 150, 1000);
    for (size_t i = 0; i < 30; i++) ((double *)a.t_ms)[i] = b.t_ms[i]; /* some common spikes */
    qsort((double *)a.t_ms, a.n, sizeof(double), ascending);
    izh_bins bins = izh_bins_make(0, 1000, 7);
    double x[200] = {0}, y[200] = {0};
    izh_bins_count(&bins, a, x);
    izh_bins_count(&bins, b, y);
    assert_near(correlation(a, b, 1000, 7, false), pearson(x, y, bins.n), 1e-12);
    for (size_t k = 0; k < bins.n; k++) {
      x[k] = x[k] > 0;
      y[k] = y[k] > 0;
    }
    assert_near(correlation(a, b, 1000, 7, true), pearson(x, y, bins.n), 1e-12);
    train_free(a);
    train_free(b);
  }
}

static void correlation_of_special_trains(void **state) {
  (void)state;
  izh_train a = TRAIN(1, 12, 14, 38), opposite = TRAIN(25), clock = regular_train(10, 10);
  assert_near(correlation(a, a, 40, 10, false), 1, 1e-15);
  assert_near(correlation(TRAIN(1, 11), TRAIN(21, 31), 40, 10, false), -1, 1e-15);
  assert_nan(correlation(a, SILENT, 40, 10, false));
  assert_nan(correlation(clock, opposite, 100, 10, false)); /* one in every bin: nothing varies */
  assert_nan(correlation(a, a, 5, 10, false));              /* no bin */
  train_free(clock);
}

/* Copies of a Poisson train of which each spike is kept with probability p, are correlated by p. Standard
 * error of r is about 1/√k; 4 of them. */
static void thinned_copies(void **state) {
  (void)state;
  const double p = 0.4;
  enum { N = 200000 };
  izh_train mother = uniform_train(9, N, 1e7);
  double *t[2];
  size_t n[2] = {0};
  izh_rng rng = random_numbers(10);
  for (int k = 0; k < 2; k++) {
    t[k] = malloc(N * sizeof(double));
    for (size_t i = 0; i < N; i++)
      if (izh_rng_unit(&rng) < p) t[k][n[k]++] = mother.t_ms[i];
  }
  double r = correlation((izh_train){t[0], n[0]}, (izh_train){t[1], n[1]}, 1e7, 100, false);
  assert_near(r, p, 4 / sqrt(1e5));
  free(t[0]);
  free(t[1]);
  train_free(mother);
}

static void cross_correlation_written_out(void **state) {
  (void)state;
  enum { N = 60, REACH = 70 };
  double a[N], b[N], out[2 * REACH + 1], corrected[2 * REACH + 1];
  izh_rng rng = random_numbers(11);
  for (int i = 0; i < N; i++) {
    a[i] = (double)izh_rng_below(&rng, 3);
    b[i] = (double)izh_rng_below(&rng, 3);
  }
  izh_cross_correlation(a, b, N, REACH, false, out);
  izh_cross_correlation(a, b, N, REACH, true, corrected);
  for (int k = -REACH; k <= REACH; k++) {
    double want = 0;
    for (int t = 0; t < N; t++)
      if (t + k >= 0 && t + k < N) want += a[t] * b[t + k];
    assert_true(out[REACH + k] == want);
    if (abs(k) < N)
      assert_near(corrected[REACH + k], want * N / (N - abs(k)), 1e-12);
    else
      assert_nan(corrected[REACH + k]);
  }
  izh_cross_correlation_normalise(a, b, N, out, 2 * REACH + 1);
  assert_near(out[REACH], pearson(a, b, N), 1e-12);
  double shifted[N] = {0}; /* b fires 3 bins after a: the peak is at +3 */
  for (int t = 3; t < N; t++) shifted[t] = a[t - 3];
  izh_cross_correlation(a, shifted, N, 5, false, out);
  for (int k = 0; k <= 10; k++) assert_true(k == 8 || out[k] < out[8]);
  double none[N] = {0};
  izh_cross_correlation(a, none, N, 1, false, out);
  izh_cross_correlation_normalise(a, none, N, out, 3);
  assert_nan(out[1]);
}

static void autocorrelation_written_out(void **state) {
  (void)state;
  enum { REACH = 20 };
  izh_train train = uniform_train(12, 300, 1000);
  izh_bins bins = izh_bins_make(0, 1000, 3);
  double counts[400] = {0}, want[2 * REACH + 1], got[2 * REACH + 1] = {0};
  izh_bins_count(&bins, train, counts);
  izh_cross_correlation(counts, counts, bins.n, REACH, false, want);
  for (size_t k = 0; k < bins.n; k++) want[REACH] -= counts[k]; /* a spike with itself */
  izh_autocorrelation(&bins, train, REACH, got);
  for (int k = 0; k <= 2 * REACH; k++) assert_true(got[k] == want[k]);
  train_free(train);
}

static void tiling_coefficient(void **state) {
  (void)state;
  /* the trains and values of elephant's tests, which follow the authors' program */
  izh_train a = TRAIN(1.3, 7.56, 15.87, 28.23, 30.9, 34.2, 38.2, 43.2);
  izh_train b = TRAIN(1.02, 2.71, 18.82, 28.46, 28.79, 43.6);
  assert_near(tiling(a, b, 50, 5), 0.495860165593, 1e-12);
  assert_near(tiling(a, b, 50, 5000), 1, 0);
  assert_near(tiling(TRAIN(1, 5, 9), TRAIN(5), 10, 3), 1. / 3, 1e-12);
  assert_near(tiling(TRAIN(5), TRAIN(1, 5, 9), 10, 3), 1. / 3, 1e-12);
  assert_near(tiling(a, a, 50, 1), 1, 1e-12);
  assert_nan(tiling(a, SILENT, 50, 5));
  assert_nan(tiling(SILENT, SILENT, 50, 5));
  /* far apart: P = 0, so -(T_A + T_B)/2, T = 2 of 100 */
  assert_near(tiling(TRAIN(20), TRAIN(70), 100, 1), -0.02, 1e-15);
  assert_near(izh_tiled(TRAIN(1, 4, 50, 99), 0, 100, 3), (1 + 3 + 3 + 6 + 3 + 1) / 100., 1e-12);
  /* exactly as far as the reach counts, whatever the last digits are */
  assert_near(tiling(TRAIN(0.3), TRAIN(0.4), 100, 0.1), 1, 1e-12);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(correlation_is_pearsons),
      cmocka_unit_test(correlation_of_special_trains),
      cmocka_unit_test(thinned_copies),
      cmocka_unit_test(cross_correlation_written_out),
      cmocka_unit_test(autocorrelation_written_out),
      cmocka_unit_test(tiling_coefficient),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
