/* What tests in C share: calls that must succeed, blocks that must be freed, and the statistics that judge
 * random numbers. */
#ifndef IZH_TESTS_CHECKS_H
#define IZH_TESTS_CHECKS_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/status.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* --- calls that must succeed, or fail as said --- */

static izh_err fault; /* of the last call that was given &fault */

/* The call, which is given &fault, succeeds. */
#define MUST(call) expect_status((call), IZH_OK, NULL, __FILE__, __LINE__)
/* The call fails with this status, and its message contains these words (NULL: any). */
#define MUST_FAIL(call, status, words) expect_status((call), (status), (words), __FILE__, __LINE__)

static inline void expect_status(izh_status got, izh_status wanted, const char *words, const char *file,
                                 int line) {
  if (got != wanted) {
    print_error("status %d instead of %d; last message: %s\n", got, wanted, fault.message);
    _fail(file, line);
  }
  if (got && fault.status != got) {
    print_error("the message has status %d, the function returned %d\n", fault.status, got);
    _fail(file, line);
  }
  if (words && !strstr(fault.message, words)) {
    print_error("\"%s\" does not say \"%s\"\n", fault.message, words);
    _fail(file, line);
  }
}

/* Runs a program's tests, and fails also when something that was allocated has not been freed. */
#define RUN_TESTS(tests) (cmocka_run_group_tests(tests, NULL, NULL) + blocks_left())

static inline int blocks_left(void) {
  long left = izh_alloc_held();
  if (left != 0) print_error("%ld blocks were not freed\n", left);
  return left != 0;
}

static inline void *take(size_t count, size_t size) {
  void *block = calloc(count ? count : 1, size);
  assert_non_null(block);
  return block;
}

/* --- statistics --- */

static inline double normal_cdf(double x) {
  return 0.5 * erfc(-x * 0.70710678118654752440);
}

/* Two-sided p-value of a standard normal statistic. */
static inline double normal_p(double z) {
  return erfc(fabs(z) * 0.70710678118654752440);
}

/* Upper regularised incomplete gamma function Q(a, x): the series 6.5.29 below a + 1, the continued fraction
 * 6.5.31 above, of Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964. */
static inline double gamma_q(double a, double x) {
  if (x <= 0) return 1;
  double scale = exp(a * log(x) - x - lgamma(a));
  if (x < a + 1) {
    double term = 1 / a, sum = term;
    for (int n = 1; n < 10000 && term > sum * 1e-16; n++) sum += term *= x / (a + n);
    return 1 - scale * sum;
  }
  double fraction = 0; /* from the far end: x + 1 - a - 1 (1 - a) / (x + 3 - a - …) */
  for (int n = 500; n >= 1; n--) fraction = n * (n - a) / (x + 2 * n + 1 - a + fraction) * -1;
  return scale / (x + 1 - a + fraction);
}

/* Pearson's test: the probability of a chi-square of `freedom` degrees as great as this or greater. */
static inline double chi_square_p(double chi_square, double freedom) {
  return gamma_q(freedom / 2, chi_square / 2);
}

/* p-value of counts against what is expected of each of n cells, `lost` degrees of freedom estimated. */
static inline double counts_p(const double *counts, const double *expected, size_t n, size_t lost) {
  double chi_square = 0;
  for (size_t i = 0; i < n; i++)
    chi_square += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
  return chi_square_p(chi_square, (double)(n - lost));
}

/* p-value of counts that should be alike. */
static inline double uniform_counts_p(const double *counts, size_t n) {
  double sum = 0, chi_square = 0;
  for (size_t i = 0; i < n; i++) sum += counts[i];
  double mean = sum / (double)n;
  for (size_t i = 0; i < n; i++) chi_square += (counts[i] - mean) * (counts[i] - mean) / mean;
  return chi_square_p(chi_square, (double)n - 1);
}

static inline int compare_double(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* p-value of Kolmogorov and Smirnov's test of x[n], which is sorted, against a distribution function: the
 * limit law 1 - K(t) = 2 Σ (-1)^(k-1) exp(-2 k² t²) with Stephens' correction for finite n (J. R. Stat. Soc.
 * B 32:115, 1970), t = (√n + 0.12 + 0.11/√n) D. */
static inline double kolmogorov_p(double *x, size_t n, double (*cdf)(double, const double *),
                                  const double *parameters) {
  qsort(x, n, sizeof *x, compare_double);
  double distance = 0;
  for (size_t i = 0; i < n; i++) {
    double f = cdf(x[i], parameters);
    distance = fmax(distance, fmax(f - (double)i / (double)n, (double)(i + 1) / (double)n - f));
  }
  double root = sqrt((double)n), t = (root + 0.12 + 0.11 / root) * distance, sum = 0;
  if (t < 0.2) return 1;
  for (int k = 1; k <= 100; k++) sum += (k % 2 ? 2 : -2) * exp(-2.0 * k * k * t * t);
  return sum;
}

/* Fails with the number when a p-value is below the stated significance (or NaN). */
#define ASSERT_P(p, alpha)                                                                                   \
  do {                                                                                                       \
    double p_ = (p);                                                                                         \
    if (!(p_ >= (alpha))) fail_msg("%s = %g is below the significance level %g", #p, p_, (double)(alpha));   \
  } while (0)

/* Sanitizers write to all memory that is asked for. */
static inline void skip_sanitized(void) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  skip();
#endif
#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  skip();
#endif
#endif
}

#endif
