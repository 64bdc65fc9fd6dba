/* What the tests of the core share: networks made in a line, and the statistics that judge random numbers. */
#ifndef IZH_TESTS_CORE_HELPERS_H
#define IZH_TESTS_CORE_HELPERS_H

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
#include "core/net/net.h"
#include "core/neuron/population.h"
#include "core/random/random.h"
#include "core/random/stream.h"
#include "core/stimulus/stimulus.h"
#include "core/synapse/projection.h"

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

/* --- networks --- */

static inline izh_net *net_make(double dt_ms, izh_integrator integrator, uint32_t seed) {
  izh_net_def def = izh_net_def_default();
  def.dt_ms = dt_ms;
  def.integrator = integrator;
  def.seed = seed;
  def.threads = 1;
  izh_net *net = NULL;
  MUST(izh_net_create(&def, &net, &fault));
  return net;
}

/* The numbers of the models of 2003 and 2004, then those of izhikevich2007: their order is that of state
 * files. */
enum {
  IZH_Q_A,
  IZH_Q_B,
  IZH_Q_C,
  IZH_Q_D,
  IZH_Q_V,
  IZH_Q_U,
  IZH_Q_2003_COUNT,
  IZH_Q_CAPACITANCE = IZH_Q_2003_COUNT,
  IZH_Q_K,
  IZH_Q_VR,
  IZH_Q_VT,
  IZH_Q_VPEAK,
  IZH_Q_PEAK_U,
  IZH_Q_RESET_U,
  IZH_Q_U_MAX,
  IZH_Q_VB,
  IZH_Q_B_BELOW,
  IZH_Q_B3,
  IZH_Q_VU,
  IZH_Q_COUNT
};

/* Neurons of one kind: a, b, c, d, v and u the same for all. */
static inline izh_status population_add(izh_net *net, const char *name, uint32_t size,
                                        const double quantity[IZH_Q_2003_COUNT], uint32_t *index) {
  izh_population_def def = {.name = name, .size = size};
  double *values = calloc((size_t)size * IZH_Q_2003_COUNT + 1, sizeof *values);
  for (int q = 0; q < IZH_Q_2003_COUNT; q++) {
    double *of = values + (size_t)q * size;
    for (uint32_t i = 0; i < size; i++) of[i] = quantity[q];
    def.values[q] = of;
  }
  izh_status status = izh_population_add(net, &def, index, &fault);
  free(values);
  return status;
}

static const double regular_spiking[IZH_Q_2003_COUNT] = {0.02, 0.2, -65, 8, -65, -13};
static const double fast_spiking[IZH_Q_2003_COUNT] = {0.1, 0.2, -65, 2, -65, -13};

static inline uint32_t population_make(izh_net *net, const char *name, uint32_t size,
                                       const double quantity[IZH_Q_2003_COUNT]) {
  uint32_t index = 0;
  MUST(population_add(net, name, size, quantity, &index));
  return index;
}

/* The three calls of connect. */
static inline izh_status connect(izh_net *net, const izh_projection_def *def, izh_values weight,
                                 izh_values delay, uint32_t *index) {
  izh_key key;
  izh_wiring *wiring = NULL;
  izh_status status =
      izh_projection_check(net, def, izh_projection_value_bytes(&weight, &delay), &key, &fault);
  if (!status) status = izh_wiring_make(&def->rule, &def->pre, &def->post, key, &wiring, &fault);
  bool given = weight.kind == IZH_VALUES_GIVEN || delay.kind == IZH_VALUES_GIVEN;
  if (!status && given) status = izh_wiring_keep(wiring, &fault);
  if (!status) status = izh_projection_add(net, def, wiring, &weight, &delay, index, &fault);
  izh_wiring_free(wiring);
  return status;
}

static inline izh_values one_value(double value) {
  return (izh_values){.kind = IZH_VALUES_ONE, .one = value};
}

static inline izh_values given_values(const double *values) {
  return (izh_values){.kind = IZH_VALUES_GIVEN, .given = values};
}

static inline izh_values drawn_values(izh_dist_kind kind, double p0, double p1) {
  return (izh_values){.kind = IZH_VALUES_DRAWN, .drawn = {.kind = kind, .p = {p0, p1}}};
}

static inline izh_ids everyone(const izh_net *net) {
  return izh_ids_range(0, izh_net_size(net));
}

static inline izh_projection_def projection_def(const char *name, izh_ids pre, izh_ids post, izh_rule rule) {
  return (izh_projection_def){
      .name = name, .pre = pre, .post = post, .rule = rule, .kernel = {IZH_KERNEL_PULSE, 1}};
}

static inline uint32_t noise_make(izh_net *net, const char *name, izh_ids target, double mean, double sd) {
  izh_stimulus_def def = {
      .name = name, .kind = IZH_STIMULUS_NOISE, .target = target, .mean = mean, .sd = sd, .every_ms = 1};
  uint32_t index = 0;
  MUST(izh_stimulus_add(net, &def, &index, &fault));
  return index;
}

/* A constant current from time 0. */
static inline uint32_t current_make(izh_net *net, const char *name, izh_ids target, double value) {
  double zero = 0;
  izh_stimulus_def def = {.name = name,
                          .kind = IZH_STIMULUS_CURRENT,
                          .target = target,
                          .times_ms = &zero,
                          .values = &value,
                          .n = 1};
  uint32_t index = 0;
  MUST(izh_stimulus_add(net, &def, &index, &fault));
  return index;
}

static inline void run(izh_net *net, int64_t steps) {
  for (int64_t i = 0; i < steps; i++) MUST(izh_net_step(net, &fault));
}

static inline uint64_t spike_count(const izh_net *net) {
  return izh_net_spikes(net).begin[izh_net_now(net)];
}

/* FNV-1a, 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv): over the bytes of 64-bit numbers, least first. */
static const uint64_t hash_start = 14695981039346656037u;

static inline uint64_t hash_add(uint64_t hash, uint64_t number) {
  for (int byte = 0; byte < 8; byte++) hash = (hash ^ (number >> 8 * byte & 0xff)) * 1099511628211u;
  return hash;
}

static inline uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

/* Of all (step, index), and the time of each that is located, of the neurons below `size`. */
static inline uint64_t spikes_hash(const izh_net *net, uint32_t size) {
  izh_spikes spikes = izh_net_spikes(net);
  uint64_t hash = hash_start;
  for (int64_t step = 0; step < izh_net_now(net); step++)
    for (uint64_t k = spikes.begin[step]; k < spikes.begin[step + 1]; k++)
      if (spikes.index[k] < size) {
        hash = hash_add(hash_add(hash, (uint64_t)step), spikes.index[k]);
        if (spikes.ms) hash = hash_add(hash, bits_of(spikes.ms[k]));
      }
  return hash;
}

/* Of the bits of all states, in order of population. */
static inline uint64_t states_hash(const izh_net *net) {
  uint64_t hash = hash_start;
  for (uint32_t pop = 0; pop < izh_population_count(net); pop++) {
    izh_ids ids = izh_population_ids(net, pop);
    double *values = take(ids.size, sizeof *values);
    for (int q = 0; q < izh_model_describe(izh_population_model(net, pop))->n; q++) {
      izh_population_get(net, pop, &ids, q, values);
      for (uint32_t i = 0; i < ids.size; i++) hash = hash_add(hash, bits_of(values[i]));
    }
    free(values);
  }
  return hash;
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

#endif
