/* Distances, against published examples and other ways to compute them. */
#include "helpers.h"

#include <stdbool.h>

#include "analysis/distance.h"
#include "analysis/pairs.h"
#include "base/alloc.h"

static double victor_purpura(izh_train a, izh_train b, double q) {
  double *row = malloc((b.n + 1) * sizeof *row), d = izh_victor_purpura(a, b, q, row);
  free(row);
  return d;
}

/* The algorithm of the paper: the whole table. */
static double whole_table(izh_train a, izh_train b, double q) {
  size_t w = b.n + 1;
  double *g = malloc((a.n + 1) * w * sizeof *g);
  for (size_t i = 0; i <= a.n; i++)
    for (size_t j = 0; j <= b.n; j++) {
      if (i == 0 || j == 0) {
        g[i * w + j] = (double)(i + j);
        continue;
      }
      double moved = g[(i - 1) * w + j - 1] + q * fabs(a.t_ms[i - 1] - b.t_ms[j - 1]);
      g[i * w + j] = fmin(fmin(g[(i - 1) * w + j], g[i * w + j - 1]) + 1, moved);
    }
  double d = g[a.n * w + b.n];
  free(g);
  return d;
}

static void victor_purpura_is_the_least_cost(void **state) {
  (void)state;
  const double qs[] = {0, 1e-4, 1e-3, 0.01, 0.05, 0.2, 1, 1e3};
  for (uint32_t seed = 0; seed < 60; seed++) {
    izh_train a = uniform_train(2 * seed, seed % 13, 1000),
              b = uniform_train(2 * seed + 1, seed % 29 * 3, 1000);
    if (a.n > 2 && b.n > 2) ((double *)a.t_ms)[0] = ((double *)a.t_ms)[1] = b.t_ms[1]; /* equal times */
    qsort((double *)a.t_ms, a.n, sizeof(double), ascending);
    for (size_t k = 0; k < sizeof qs / sizeof *qs; k++) {
      assert_near(victor_purpura(a, b, qs[k]), whole_table(a, b, qs[k]), 1e-9);
      assert_near(victor_purpura(b, a, qs[k]), whole_table(a, b, qs[k]), 1e-9);
    }
    train_free(a);
    train_free(b);
  }
}

static void victor_purpura_by_hand(void **state) {
  (void)state;
  assert_near(victor_purpura(TRAIN(10, 20, 30), TRAIN(12, 24, 30), 0.1), 0.6,
              1e-12); /* of elephant's documentation */
  assert_near(victor_purpura(TRAIN(10), TRAIN(15), 0.1), 0.5, 1e-12);
  assert_near(victor_purpura(TRAIN(10), TRAIN(100), 0.1), 2, 1e-12);
  assert_near(victor_purpura(TRAIN(10), SILENT, 0.1), 1, 0);
  assert_near(victor_purpura(SILENT, SILENT, 0.1), 0, 0);
  assert_near(victor_purpura(TRAIN(1, 2, 3), TRAIN(500), 0), 2, 0);
}

/* By integration of the two traces in steps of 0.001 ms, which is right to about 10^-4. */
static double integrated_van_rossum(izh_train a, izh_train b, double tau, double to) {
  const double h = 1e-3;
  double sum = 0, f = 0, g = 0, decay = exp(-h / tau);
  size_t i = 0, j = 0;
  for (double t = h / 2; t < to + 20 * tau; t += h) {
    f *= decay;
    g *= decay;
    for (; i < a.n && a.t_ms[i] <= t; i++) f += exp(-(t - a.t_ms[i]) / tau);
    for (; j < b.n && b.t_ms[j] <= t; j++) g += exp(-(t - b.t_ms[j]) / tau);
    sum += (f - g) * (f - g) * h;
  }
  return sqrt(2 / tau * sum);
}

/* By the sums over pairs of spikes of Houghton and Kreuz, quadratic. */
static double overlap(izh_train a, izh_train b, double tau) {
  double sum = 0;
  for (size_t i = 0; i < a.n; i++)
    for (size_t j = 0; j < b.n; j++) sum += exp(-fabs(a.t_ms[i] - b.t_ms[j]) / tau);
  return sum;
}

static void van_rossum_is_the_integral(void **state) {
  (void)state;
  for (uint32_t seed = 0; seed < 30; seed++) {
    izh_train a = uniform_train(300 + seed, seed, 200), b = uniform_train(400 + seed, 30 - seed, 200);
    for (double tau = 2; tau < 3000; tau *= 5) {
      double d = izh_van_rossum(a, b, tau);
      double squared = overlap(a, a, tau) + overlap(b, b, tau) - 2 * overlap(a, b, tau);
      assert_near(d * d, squared, 1e-9);
      assert_true(izh_van_rossum(b, a, tau) == d);
      if (seed < 4 && tau < 20) assert_near(d, integrated_van_rossum(a, b, tau, 200), 1e-3);
    }
    train_free(a);
    train_free(b);
  }
  assert_near(izh_van_rossum(TRAIN(5), SILENT, 10), 1, 1e-15);
  assert_near(izh_van_rossum(TRAIN(5), TRAIN(15), 10), sqrt(2 * (1 - exp(-1))), 1e-12);
  assert_true(izh_van_rossum(TRAIN(1, 2, 50), TRAIN(1, 2, 50), 7) == 0);
  assert_true(izh_van_rossum(SILENT, SILENT, 10) == 0);
}

/* The worked examples of PySpike's tests, done there with pen and paper. */
static void isi_distance_of_worked_examples(void **state) {
  (void)state;
  izh_train a = TRAIN(0.2, 0.4, 0.6, 0.7), b = TRAIN(0.3, 0.45, 0.8, 0.9, 0.95);
  const double t[] = {0.0, 0.2, 0.3, 0.4, 0.45, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0};
  const double d[] = {0.1 / 0.3,   0.1 / 0.3,   0.05 / 0.2, 0.05 / 0.2, 0.15 / 0.35,
                      0.25 / 0.35, 0.05 / 0.35, 0.2 / 0.3,  0.25 / 0.3, 0.25 / 0.3};
  double want = 0;
  for (int k = 0; k < 10; k++) want += (t[k + 1] - t[k]) * d[k];
  assert_near(izh_isi_distance(a, b, 0, 1), want, 1e-14);
  assert_near(izh_isi_distance(b, a, 0, 1), want, 1e-14);
  izh_train c = TRAIN(0.2, 0.4, 0.6), e = TRAIN(0.1, 0.4, 0.5, 0.6);
  want = 0.1 / 3 + 0.1 / 3 + 0.2 / 3 + 0.1 / 2 + 0.1 / 2 + 0;
  assert_near(izh_isi_distance(c, e, 0, 1), want, 1e-14);
}

static void spike_distance_of_worked_examples(void **state) {
  (void)state;
  izh_train a = TRAIN(0.2, 0.4, 0.6, 0.7), b = TRAIN(0.3, 0.45, 0.8, 0.9, 0.95);
  const double t[] = {0.0, 0.2, 0.3, 0.4, 0.45, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0};
  const double s1[] = {
      0.1, 0.1, (0.1 * 0.1 + 0.05 * 0.1) / 0.2, 0.05, (0.05 * 0.15 * 2) / 0.2, 0.15, 0.1, 0.1, 0.1, 0.1, 0.1};
  const double s2[] = {0.1,
                       0.1,
                       0.1,
                       (0.1 * 0.05 * 2) / .15,
                       0.05,
                       (0.05 * 0.2 + 0.1 * 0.15) / 0.35,
                       (0.05 * 0.1 + 0.1 * 0.25) / 0.35,
                       0.1,
                       0.1,
                       0.05,
                       0.05};
  const double i1[] = {0.2, 0.2, 0.2, 0.2, 0.2, 0.1, 0.3, 0.3, 0.3, 0.3};
  const double i2[] = {0.3, 0.3, 0.15, 0.15, 0.35, 0.35, 0.35, 0.1, 0.05, 0.05};
  double want = 0;
  for (int k = 0; k < 10; k++) {
    double square = 0.5 * (i1[k] + i2[k]) * (i1[k] + i2[k]);
    double from = (s1[k] * i2[k] + s2[k] * i1[k]) / square,
           to = (s1[k + 1] * i2[k] + s2[k + 1] * i1[k]) / square;
    want += (t[k + 1] - t[k]) * (from + to) / 2;
  }
  assert_near(izh_spike_distance(a, b, 0, 1), want, 1e-14);
  assert_near(izh_spike_distance(b, a, 0, 1), want, 1e-14);
}

/* S(t) straight from its definition at a time that is no spike. */
typedef struct around {
  double before, after, interval;
  double near_before, near_after;
} around;

static double nearest_of(izh_train train, double t, double from, double to) {
  size_t n = train.n;
  double first = n > 1 ? fmin(from, 2 * train.t_ms[0] - train.t_ms[1]) : from;
  double last = n > 1 ? fmax(to, 2 * train.t_ms[n - 1] - train.t_ms[n - 2]) : to;
  double best = fmin(fabs(t - first), fabs(t - last));
  for (size_t i = 0; i < n; i++) best = fmin(best, fabs(t - train.t_ms[i]));
  return best;
}

static double weight_at(izh_train a, izh_train b, double t, double from, double to, double *interval) {
  size_t k = 0, n = a.n;
  while (k < n && a.t_ms[k] <= t) k++;
  if (k == 0) {
    *interval = n > 1 ? fmax(a.t_ms[0] - from, a.t_ms[1] - a.t_ms[0]) : a.t_ms[0] - from;
    return nearest_of(b, a.t_ms[0], from, to);
  }
  if (k == n) {
    *interval = n > 1 ? fmax(to - a.t_ms[n - 1], a.t_ms[n - 1] - a.t_ms[n - 2]) : to - a.t_ms[0];
    return nearest_of(b, a.t_ms[n - 1], from, to);
  }
  double before = a.t_ms[k - 1], after = a.t_ms[k];
  *interval = after - before;
  return (nearest_of(b, before, from, to) * (after - t) + nearest_of(b, after, from, to) * (t - before)) /
         *interval;
}

/* The midpoint rule; S jumps at spikes, so that the error is about a step for each of them. */
static void kreuz_distances_are_the_integrals(void **state) {
  (void)state;
  const double from = 100, to = 200, h = 2e-3;
  for (uint32_t seed = 0; seed < 24; seed++) {
    izh_train a = uniform_train(500 + seed, 1 + seed / 2, 100),
              b = uniform_train(600 + seed, 1 + seed % 7, 100);
    for (size_t i = 0; i < a.n; i++) ((double *)a.t_ms)[i] += from;
    for (size_t i = 0; i < b.n; i++) ((double *)b.t_ms)[i] += from;
    if (a.n > 3 && b.n > 3) ((double *)a.t_ms)[2] = b.t_ms[1]; /* an equal time */
    qsort((double *)a.t_ms, a.n, sizeof(double), ascending);
    double isi = 0, spike = 0;
    for (double t = from + h / 2; t < to; t += h) {
      double ia, ib, sa = weight_at(a, b, t, from, to, &ia), sb = weight_at(b, a, t, from, to, &ib);
      isi += h * fabs(ia - ib) / fmax(ia, ib);
      spike += h * (sa * ib + sb * ia) / (2 * (ia + ib) / 2 * (ia + ib) / 2);
    }
    double error = h * (double)(a.n + b.n) / (to - from);
    assert_near(izh_isi_distance(a, b, from, to), isi / (to - from), error);
    assert_near(izh_spike_distance(a, b, from, to), spike / (to - from), error);
    assert_near(izh_spike_distance(b, a, from, to), izh_spike_distance(a, b, from, to), 1e-12);
    train_free(a);
    train_free(b);
  }
}

static void kreuz_distances_of_special_trains(void **state) {
  (void)state;
  izh_train slow = regular_train(9, 10), fast = regular_train(19, 5), few = TRAIN(50);
  assert_near(izh_isi_distance(slow, fast, 0, 100), 0.5, 1e-12);
  assert_true(izh_isi_distance(slow, slow, 0, 100) == 0);
  assert_true(izh_spike_distance(slow, slow, 0, 100) == 0);
  assert_true(izh_isi_distance(SILENT, SILENT, 0, 100) == 0);
  assert_true(izh_spike_distance(SILENT, SILENT, 0, 100) == 0);
  assert_near(izh_isi_distance(SILENT, few, 0, 100), 0.5, 1e-12); /* intervals 100 and 50 */
  double d = izh_spike_distance(SILENT, few, 0, 100);
  assert_true(d > 0 && d <= 1);
  assert_true(izh_spike_distance(few, SILENT, 0, 100) == d);
  assert_nan(izh_isi_distance(few, few, 50, 50));
  assert_nan(izh_spike_distance(few, few, 50, 50));
  izh_train at_end = TRAIN(40, 100), twins = TRAIN(30, 30, 60);
  assert_true(izh_spike_distance(at_end, twins, 0, 100) > 0);
  assert_true(izh_isi_distance(at_end, twins, 0, 100) > 0);
  train_free(slow);
  train_free(fast);
}

/* A copy with every spike moved a little is near, and the further the spikes moved the further it is. */
static void jittered_copies(void **state) {
  (void)state;
  izh_train a = uniform_train(20, 100, 10000);
  double last[4] = {0};
  for (double jitter = 0.1; jitter < 100; jitter *= 3) {
    izh_rng rng = random_numbers(21);
    double t[100];
    for (size_t i = 0; i < 100; i++) t[i] = a.t_ms[i] + jitter * (izh_rng_unit(&rng) - 0.5);
    qsort(t, 100, sizeof *t, ascending);
    izh_train b = {t, 100};
    const double d[4] = {victor_purpura(a, b, 0.01), izh_van_rossum(a, b, 20),
                         izh_isi_distance(a, b, -50, 10050), izh_spike_distance(a, b, -50, 10050)};
    for (int k = 0; k < 4; k++) {
      assert_true(d[k] > last[k]);
      last[k] = d[k];
    }
    if (jitter < 1)
      assert_near(d[0], 0.01 * jitter * 25, 0.01 * jitter * 4 * sqrt(100 / 48.)); /* mean |U - ½| = ¼ */
  }
  train_free(a);
}

static izh_trains many(size_t n, size_t *start, double **t) {
  *t = malloc(n * 20 * sizeof **t);
  start[0] = 0;
  for (size_t i = 0; i < n; i++) {
    izh_train train = uniform_train((uint32_t)(1000 + i), i % 20, 500);
    for (size_t k = 0; k < train.n; k++) (*t)[start[i] + k] = train.t_ms[k];
    start[i + 1] = start[i] + train.n;
    train_free(train);
  }
  return (izh_trains){.n = n, .start = start, .t_ms = *t, .from_ms = 0, .to_ms = 500};
}

static const izh_measure *const distances[] = {&izh_measure_victor_purpura_distance,
                                               &izh_measure_van_rossum_distance, &izh_measure_isi_distance,
                                               &izh_measure_spike_distance};

static void matrices_hold_every_pair(void **state) {
  (void)state;
  enum { N = 37 };
  size_t start[N + 1];
  double *t, matrix[N * N];
  izh_trains trains = many(N, start, &t);
  izh_err err;
  for (int k = 0; k < 4; k++) {
    double option = k == 0 ? 50 : 0.05; /* 50/s is 0.05/ms */
    izh_measured of = {.trains = trains, .option = &option};
    int threads = 1 + k % 3 * 30; /* also more than there are trains */
    assert_int_equal(izh_pairs(distances[k], &of, threads, matrix, &err), IZH_OK);
    for (size_t i = 0; i < N; i++)
      for (size_t j = 0; j < N; j++) {
        izh_train a = izh_trains_at(&trains, i < j ? i : j), b = izh_trains_at(&trains, i < j ? j : i);
        double want = k == 0   ? victor_purpura(a, b, 0.05)
                      : k == 1 ? izh_van_rossum(a, b, 0.05)
                      : k == 2 ? izh_isi_distance(a, b, 0, 500)
                               : izh_spike_distance(a, b, 0, 500);
        assert_true(matrix[i * N + j] == want);
        if (i == j) assert_true(want == 0);
      }
  }
  free(t);
}

static void memory_that_runs_out(void **state) {
  (void)state;
  enum { N = 5 };
  size_t start[N + 1];
  double *t, matrix[N * N];
  izh_trains trains = many(N, start, &t);
  const izh_measure *const measures[] = {&izh_measure_correlation_coefficient,
                                         &izh_measure_spike_time_tiling_coefficient,
                                         distances[0],
                                         distances[1],
                                         distances[2],
                                         distances[3]};
  izh_measured of = {.trains = trains, .option = (double[]){5, 0}};
  for (int k = 0; k < 6; k++) {
    long held = izh_alloc_held();
    izh_status status = IZH_MEMORY;
    for (long n = 1; status == IZH_MEMORY; n++) {
      izh_err err;
      izh_alloc_fail_at(n);
      status = izh_pairs(measures[k], &of, 3, matrix, &err);
      izh_alloc_fail_at(0);
      assert_int_equal(izh_alloc_held(), held);
      assert_true(n < 20);
    }
    assert_int_equal(status, IZH_OK);
  }
  of.trains.n = 0;
  assert_int_equal(izh_pairs(measures[1], &of, 3, matrix, NULL), IZH_OK);
  free(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(victor_purpura_is_the_least_cost),
      cmocka_unit_test(victor_purpura_by_hand),
      cmocka_unit_test(van_rossum_is_the_integral),
      cmocka_unit_test(isi_distance_of_worked_examples),
      cmocka_unit_test(spike_distance_of_worked_examples),
      cmocka_unit_test(kreuz_distances_are_the_integrals),
      cmocka_unit_test(kreuz_distances_of_special_trains),
      cmocka_unit_test(jittered_copies),
      cmocka_unit_test(matrices_hold_every_pair),
      cmocka_unit_test(memory_that_runs_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
