/* What the tests of the measures share: trains made by hand and at random. */
#ifndef IZH_TESTS_ANALYSIS_HELPERS_H
#define IZH_TESTS_ANALYSIS_HELPERS_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "analysis/trains.h"
#include "core/random/random.h"

#define TRAIN(...)                                                                                           \
  ((izh_train){(const double[]){__VA_ARGS__}, sizeof((const double[]){__VA_ARGS__}) / sizeof(double)})
static const izh_train SILENT = {NULL, 0};

#define assert_near(got, want, tolerance) assert_near_at((got), (want), (tolerance), __LINE__)
static inline void assert_near_at(double got, double want, double tolerance, int line) {
  if (!(fabs(got - want) <= tolerance))
    fail_msg("line %d: got %.17g, want %.17g ± %g", line, got, want, tolerance);
}
#define assert_nan(got) assert_true(isnan(got) && !signbit(got))

/* Random trains are reproducible: every one has a seed. */
static inline izh_rng random_numbers(uint32_t seed) {
  return izh_rng_make((izh_key){seed, 0}, 0, 0);
}

/* A renewal process whose intervals are gamma distributed with the mean and a whole shape: 1 is Poisson. */
static inline izh_train gamma_train(uint32_t seed, size_t n, int shape, double mean_ms) {
  izh_rng rng = random_numbers(seed);
  double *t = malloc(n * sizeof *t), now = 0;
  for (size_t i = 0; i < n; i++) {
    for (int k = 0; k < shape; k++) now -= log(1 - izh_rng_unit(&rng)) * mean_ms / shape;
    t[i] = now;
  }
  return (izh_train){t, n};
}

static inline int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

/* n spikes anywhere in 0 … to, so a Poisson train given its number of spikes. */
static inline izh_train uniform_train(uint32_t seed, size_t n, double to_ms) {
  izh_rng rng = random_numbers(seed);
  double *t = malloc(n * sizeof *t + 1);
  for (size_t i = 0; i < n; i++) t[i] = to_ms * (1 - izh_rng_unit(&rng));
  qsort(t, n, sizeof *t, ascending);
  return (izh_train){t, n};
}

static inline izh_train regular_train(size_t n, double every_ms) {
  double *t = malloc(n * sizeof *t);
  for (size_t i = 0; i < n; i++) t[i] = every_ms * (double)(i + 1);
  return (izh_train){t, n};
}

static inline void train_free(izh_train train) {
  free((double *)train.t_ms);
}

#endif
