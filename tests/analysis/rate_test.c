/* Kernels and the rate they give. */
#include "helpers.h"

#include "analysis/rate.h"

/* Area 1; standard deviation sigma about the mean for all but the exponential, whose is sigma too; alpha as
 * well. */
static void kernels_have_area_1_and_sd_sigma(void **state) {
  (void)state;
  const double sigma = 3, step = 1e-3;
  for (int k = 0; k < IZH_SMOOTHING_COUNT; k++) {
    double area = 0, mean = 0, square = 0;
    for (double t = -80 + step / 2; t < 80; t += step) {
      double at = izh_smoothing_at((izh_smoothing)k, sigma, t);
      assert_true(at >= 0);
      area += at * step;
      mean += t * at * step;
      square += t * t * at * step;
    }
    assert_near(area, 1, 1e-3);
    assert_near(sqrt(square - mean * mean), sigma, 3e-3);
    if (k < IZH_SMOOTHING_EXPONENTIAL)
      assert_near(mean, 0, 1e-3);
    else
      assert_true(izh_smoothing_at((izh_smoothing)k, sigma, -1e-9) == 0);
  }
}

/* The sum over all spikes and times, with nothing cut. */
static void the_rate_is_the_sum_of_kernels(void **state) {
  (void)state;
  enum { N = 200 };
  izh_train train = uniform_train(7, 40, 200);
  ((double *)train.t_ms)[5] = train.t_ms[4]; /* two at one time */
  for (int kernel = 0; kernel < IZH_SMOOTHING_COUNT; kernel++) {
    double rate[N];
    izh_instantaneous_rate(train, &(izh_rate_samples){(izh_smoothing)kernel, 4, 0, 1, rate, N});
    for (int k = 0; k < N; k++) {
      double want = 0;
      for (size_t i = 0; i < train.n; i++)
        want += 1000 * izh_smoothing_at((izh_smoothing)kernel, 4, k + 1 - train.t_ms[i]);
      assert_near(rate[k], want, 0.01);
    }
  }
  train_free(train);
}

/* A clock of 10 ms, a kernel much wider: 100 Hz, away from the ends. */
static void a_clock_has_a_constant_rate(void **state) {
  (void)state;
  izh_train clock = regular_train(100, 10);
  double rate[1000];
  izh_instantaneous_rate(clock, &(izh_rate_samples){IZH_SMOOTHING_GAUSSIAN, 20, 0, 1, rate, 1000});
  for (int k = 150; k < 850; k++) assert_near(rate[k], 100, 1e-3);
  double at_rest[3] = {1, 1, 1};
  izh_instantaneous_rate(SILENT, &(izh_rate_samples){IZH_SMOOTHING_GAUSSIAN, 20, 0, 1, at_rest, 3});
  for (int k = 0; k < 3; k++) assert_true(at_rest[k] == 0);
  train_free(clock);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(kernels_have_area_1_and_sd_sigma),
      cmocka_unit_test(the_rate_is_the_sum_of_kernels),
      cmocka_unit_test(a_clock_has_a_constant_rate),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
