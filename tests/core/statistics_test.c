/* What is random has the law it says: weights, delays, degrees, noise, Poisson sources. Seeds are fixed; the
 * level of every test is 1e-4. Sizes are such that the standard error is at or below one part in a thousand;
 * where a law is tested whole, the same numbers are refused for a law that is off by a few thousandths. */
#include "helpers.h"

static const double LEVEL = 1e-4;

static double normal_law(double x, const double *p) {
  return normal_cdf((x - p[0]) / p[1]);
}

static double lognormal_law(double x, const double *p) {
  return x > 0 ? normal_cdf((log(x) - p[0]) / p[1]) : 0;
}

static double exponential_law(double x, const double *p) {
  return x > 0 ? -expm1(-x / p[0]) : 0;
}

/* --- weights and delays --- */

enum { SOURCES = 2000, SYNAPSES = SOURCES * SOURCES };

static double *draw_weights(izh_dist_kind kind, double p0, double p1) {
  izh_net *net = net_make(1, IZH_INTEGRATOR_EULER, 21);
  population_make(net, "P", SOURCES, regular_spiking);
  izh_projection_def def = projection_def("x", everyone(net), everyone(net),
                                          (izh_rule){.kind = IZH_RULE_ALL_TO_ALL, .autapses = true});
  uint32_t index;
  MUST(connect(net, &def, drawn_values(kind, p0, p1), one_value(1), &index));
  double *weight = take(SYNAPSES, sizeof *weight);
  izh_projection_weights(net, index, weight);
  izh_net_destroy(net);
  return weight;
}

static void check_weights(izh_dist_kind kind, double p0, double p1, double (*law)(double, const double *)) {
  double *weight = draw_weights(kind, p0, p1);
  ASSERT_P(kolmogorov_p(weight, SYNAPSES, law, (const double[]){p0, p1}), LEVEL);
  assert_true(kolmogorov_p(weight, SYNAPSES, law, (const double[]){p0 * 1.003, p1 * 1.003}) < LEVEL);
  free(weight);
}

static void normal_weights(void **state) {
  (void)state;
  check_weights(IZH_DIST_NORMAL, -3, 0.5, normal_law);
}

static void lognormal_weights(void **state) {
  (void)state;
  check_weights(IZH_DIST_LOGNORMAL, 0.5, 0.7, lognormal_law);
}

static void exponential_weights(void **state) {
  (void)state;
  check_weights(IZH_DIST_EXPONENTIAL, 2, 0, exponential_law);
}

/* Delays are rounded to the grid: chi-square of the grid's cells against the law's share of each. */
static double delays_p(const double *delay, double mean, double sd) {
  enum { CELLS = 81 };
  double counts[CELLS] = {0}, expected[CELLS];
  for (uint32_t k = 0; k < SYNAPSES; k++) counts[(int)(delay[k] / 0.1 + 0.5)]++;
  double below = 0;
  for (int c = 0; c < CELLS; c++) {
    double until = c == CELLS - 1 ? 1 : normal_law((c + 0.5) * 0.1, (const double[]){mean, sd});
    expected[c] = SYNAPSES * (until - below);
    below = until;
  }
  return counts_p(counts + 10, expected + 10, 61,
                  1); /* 1 … 7 ms: five standard deviations less one cell's few */
}

static void normal_delays(void **state) {
  (void)state;
  izh_net *net = net_make(0.1, IZH_INTEGRATOR_EULER, 22);
  population_make(net, "P", SOURCES, regular_spiking);
  izh_projection_def def = projection_def("x", everyone(net), everyone(net),
                                          (izh_rule){.kind = IZH_RULE_ALL_TO_ALL, .autapses = true});
  uint32_t index;
  MUST(connect(net, &def, one_value(1), drawn_values(IZH_DIST_NORMAL, 4, 0.7), &index));
  double *delay = take(SYNAPSES, sizeof *delay);
  izh_projection_delays(net, index, delay);
  for (uint32_t k = 0; k < SYNAPSES; k++) assert_true(delay[k] >= 0 && delay[k] <= 8);
  ASSERT_P(delays_p(delay, 4, 0.7), LEVEL);
  assert_true(delays_p(delay, 4.004, 0.7) < LEVEL);
  assert_true(delays_p(delay, 4, 0.7021) < LEVEL);
  free(delay);
  izh_net_destroy(net);
}

/* --- degrees --- */

static void degrees(izh_rule rule, uint32_t n, double *in, double *out) {
  izh_net *net = net_make(1, IZH_INTEGRATOR_EULER, 23);
  population_make(net, "P", n, regular_spiking);
  izh_projection_def def = projection_def("x", everyone(net), everyone(net), rule);
  uint32_t index;
  MUST(connect(net, &def, one_value(1), one_value(1), &index));
  izh_synapse s = {0};
  while (izh_projection_next(net, index, &s)) {
    in[s.post]++;
    out[s.pre]++;
  }
  izh_net_destroy(net);
}

/* Chi-square of degrees against the binomial distribution of `trials` of probability p, in cells of 5
 * expected at least. */
static double binomial_p(const double *degree, uint32_t n, double trials, double p) {
  enum { MOST = 4000 };
  double counts[MOST] = {0}, expected[MOST] = {0}, cell_counts[MOST], cell_expected[MOST];
  for (uint32_t i = 0; i < n; i++) counts[(int)degree[i]]++;
  for (int k = 0; k < MOST && k <= trials; k++)
    expected[k] = n * exp(lgamma(trials + 1) - lgamma(k + 1) - lgamma(trials - k + 1) + k * log(p) +
                          (trials - k) * log1p(-p));
  size_t cells = 0;
  double c = 0, e = 0, done = 0;
  for (int k = 0; k < MOST; k++) {
    c += counts[k];
    e += expected[k];
    if (e < 5 || n - done - e < 5) continue; /* the rest goes into the last cell */
    cell_counts[cells] = c;
    cell_expected[cells++] = e;
    done += e;
    c = e = 0;
  }
  cell_counts[cells] = c;
  cell_expected[cells++] = n - done;
  return counts_p(cell_counts, cell_expected, cells, 1);
}

static double mean_of(const double *x, uint32_t n) {
  double sum = 0;
  for (uint32_t i = 0; i < n; i++) sum += x[i];
  return sum / n;
}

static void degrees_follow_their_rule(void **state) {
  (void)state;
  enum { N = 4000 };
  const double k = 500, p = 0.125, total = 2000000;
  const struct {
    izh_rule rule;
    double in_trials, in_p, out_trials, out_p; /* trials 0: the degree is fixed */
  } cases[] = {
      {{.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = p, .autapses = true}, N, p, N, p},
      {{.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = p}, N - 1, p, N - 1, p},
      {{.kind = IZH_RULE_FIXED_INDEGREE, .n = 500, .autapses = true, .multapses = true},
       0,
       k,
       N * k,
       1.0 / N},
      {{.kind = IZH_RULE_FIXED_INDEGREE, .n = 500, .autapses = true}, 0, k, N, k / N},
      {{.kind = IZH_RULE_FIXED_INDEGREE, .n = 500}, 0, k, N - 1, k / (N - 1)},
      {{.kind = IZH_RULE_FIXED_OUTDEGREE, .n = 500, .autapses = true, .multapses = true},
       N * k,
       1.0 / N,
       0,
       k},
      {{.kind = IZH_RULE_FIXED_OUTDEGREE, .n = 500}, N - 1, k / (N - 1), 0, k},
      {{.kind = IZH_RULE_FIXED_TOTAL_NUMBER, .n = 2000000, .autapses = true, .multapses = true},
       total,
       1.0 / N,
       total,
       1.0 / N},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    double in[N] = {0}, out[N] = {0};
    degrees(cases[i].rule, N, in, out);
    const double *degree[] = {in, out}, trials[] = {cases[i].in_trials, cases[i].out_trials},
                 chance[] = {cases[i].in_p, cases[i].out_p};
    for (int side = 0; side < 2; side++) {
      if (trials[side] == 0) {
        for (int j = 0; j < N; j++) assert_true(degree[side][j] == chance[side]);
        continue;
      }
      ASSERT_P(binomial_p(degree[side], N, trials[side], chance[side]), LEVEL);
      /* the mean degree: free of chance but for pairwise_bernoulli, whose error is 0.07 % */
      double expected = trials[side] * chance[side], sd = sqrt(expected * (1 - chance[side]) / N);
      ASSERT_P(normal_p((mean_of(degree[side], N) - expected) / sd), LEVEL);
    }
  }
}

/* --- noise --- */

/* The current of one noise stimulus, steps × n, of which the network does nothing. */
static double *noise_course(double correlation, uint32_t n, int steps) {
  izh_net *net = net_make(1, IZH_INTEGRATOR_EULER, 24);
  population_make(net, "P", n, regular_spiking);
  izh_stimulus_def def = {
      .name = "z", .target = everyone(net), .noise = {0.5, 2, 1, correlation, .window = {0, INFINITY}}};
  uint32_t index;
  MUST(izh_stimulus_add(net, &def, &index, &fault));
  izh_ids all = everyone(net);
  MUST(izh_population_hold(net, 0, &all, IZH_HOLD_LESION, NULL, &fault));
  double *z = take((size_t)steps * n, sizeof *z);
  for (int t = 0; t < steps; t++) {
    run(net, 1);
    izh_stimulus_values(net, index, z + (size_t)t * n);
  }
  izh_net_destroy(net);
  return z;
}

/* Kolmogorov and Smirnov; no correlation between neighbours in time or among neurons: z is normal, of
 * variance 1 / n. */
static void noise_is_white(void **state) {
  (void)state;
  enum { N = 200, STEPS = 15000 };
  double *z = noise_course(0, N, STEPS), in_time = 0, in_space = 0;
  for (size_t k = 0; k + N < (size_t)N * STEPS; k++) {
    in_time += (z[k] - 0.5) * (z[k + N] - 0.5) / 4;
    in_space += (z[k] - 0.5) * (z[k + 1] - 0.5) / 4;
  }
  double root = sqrt((double)N * (STEPS - 1));
  ASSERT_P(normal_p(in_time / root), LEVEL);
  ASSERT_P(normal_p(in_space / root), LEVEL);
  ASSERT_P(kolmogorov_p(z, (size_t)N * STEPS, normal_law, (const double[]){0.5, 2}), LEVEL);
  assert_true(kolmogorov_p(z, (size_t)N * STEPS, normal_law, (const double[]){0.508, 2}) < LEVEL);
  free(z);
}

/* Correlation c between any two neurons, none in time, and the same law for each. The product of two standard
 * normals of correlation c has the variance 1 + c². */
static void common_noise_has_its_correlation(void **state) {
  (void)state;
  enum { N = 2, STEPS = 1000000 };
  static const double c[] = {0.3, 0.9};
  for (int i = 0; i < 2; i++) {
    double *z = noise_course(c[i], N, STEPS), product = 0, later = 0, square = 0;
    for (size_t t = 0; t + 1 < STEPS; t++) {
      double a = (z[2 * t] - 0.5) / 2, b = (z[2 * t + 1] - 0.5) / 2, next = (z[2 * t + 3] - 0.5) / 2;
      product += a * b;
      later += a * next;
      square += a * a;
    }
    ASSERT_P(normal_p((product / STEPS - c[i]) / sqrt((1 + c[i] * c[i]) / STEPS)), LEVEL);
    ASSERT_P(normal_p((square / STEPS - 1) / sqrt(2.0 / STEPS)), LEVEL);
    ASSERT_P(normal_p(later / sqrt(STEPS)), LEVEL);
    free(z);
  }
}

/* --- Poisson sources --- */

/* How many spikes each of n neurons gets in each step of dt. */
static double *poisson_counts(double dt, double rate_hz, double sources, uint32_t n, int steps) {
  izh_net *net = net_make(dt, IZH_INTEGRATOR_EULER, 25);
  population_make(net, "P", n, regular_spiking);
  izh_stimulus_def def = {
      .name = "p",
      .kind = IZH_STIMULUS_POISSON,
      .target = everyone(net),
      .poisson = {rate_hz, sources, 1, {.kind = IZH_KERNEL_PULSE, .values = {dt}}, .window = {0, INFINITY}}};
  uint32_t index;
  MUST(izh_stimulus_add(net, &def, &index, &fault));
  izh_ids all = everyone(net);
  MUST(izh_population_hold(net, 0, &all, IZH_HOLD_LESION, NULL, &fault));
  run(net, 1); /* nothing can act yet */
  double *count = take((size_t)steps * n, sizeof *count);
  for (int t = 0; t < steps; t++) {
    run(net, 1);
    izh_stimulus_values(net, index, count + (size_t)t * n);
  }
  izh_net_destroy(net);
  return count;
}

/* The mean, the index of dispersion Σ(x - m)²/m (chi-square of n - 1), the whole distribution, and no
 * correlation between steps; at a small and a large rate × dt. */
static void counts_are_poisson(void **state) {
  (void)state;
  enum { N = 2000, STEPS = 1000, MOST = 60 };
  static const double rates[] = {1000, 50}, sources[] = {1, 400}, dts[] = {1, 0.5};
  const double n = (double)N * STEPS;
  for (int i = 0; i < 2; i++) {
    double m = rates[i] * sources[i] * dts[i] / 1000, sum = 0, squares = 0, products = 0;
    double counts[MOST] = {0}, expected[MOST];
    double *x = poisson_counts(dts[i], rates[i], sources[i], N, STEPS);
    for (size_t k = 0; k < (size_t)n; k++) {
      sum += x[k];
      squares += (x[k] - m) * (x[k] - m);
      if (k + N < (size_t)n) products += (x[k] - m) * (x[k + N] - m);
      counts[(int)fmin(x[k], MOST - 1)]++;
    }
    ASSERT_P(normal_p((sum - n * m) / sqrt(n * m)), LEVEL);
    ASSERT_P(normal_p((squares / m - n) / sqrt(n * (2 + 1 / m))), LEVEL);
    ASSERT_P(normal_p(products / (m * sqrt(n - N))), LEVEL);
    int cells = 0; /* counts that are expected less than 5 times are taken together */
    double rest = n, rest_counts = n;
    for (int k = 0; k < MOST; k++) {
      double share = n * exp(k * log(m) - m - lgamma(k + 1));
      if (share < 5) continue;
      counts[cells] = counts[k];
      expected[cells] = share;
      rest_counts -= counts[cells];
      rest -= expected[cells++];
    }
    if (rest > 1) {
      counts[cells] = rest_counts;
      expected[cells++] = rest;
    }
    ASSERT_P(counts_p(counts, expected, (size_t)cells, 1), LEVEL);
    free(x);
  }
}

/* Times between spikes are exponential: in steps, k of them with probability e^(-(k - 1) m) (1 - e^-m)
 * between two steps that have spikes. */
static void waiting_times_are_exponential(void **state) {
  (void)state;
  enum { N = 1000, STEPS = 20000, MOST = 400 };
  const double m = 0.05; /* 100 Hz in steps of 0.5 ms */
  double *x = poisson_counts(0.5, 100, 1, N, STEPS), counts[MOST] = {0}, expected[MOST], gaps = 0, length = 0;
  for (uint32_t i = 0; i < N; i++) {
    int last = -1;
    for (int t = 0; t < STEPS; t++) {
      if (x[(size_t)t * N + i] == 0) continue;
      if (last >= 0 &&
          t < STEPS - MOST) { /* the last ones would favour short gaps; gaps of MOST are rarer than 1e-8 */
        counts[t - last < MOST ? t - last : MOST - 1]++;
        gaps++;
        length += t - last;
      }
      last = t;
    }
  }
  double p = -expm1(-m);
  ASSERT_P(normal_p((length / gaps - 1 / p) / (sqrt(1 - p) / p / sqrt(gaps))), LEVEL);
  for (int k = 1; k < MOST; k++) expected[k] = gaps * exp(-(k - 1) * m) * p;
  ASSERT_P(counts_p(counts + 1, expected + 1, 180, 0), LEVEL);
  free(x);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(normal_weights),
      cmocka_unit_test(lognormal_weights),
      cmocka_unit_test(exponential_weights),
      cmocka_unit_test(normal_delays),
      cmocka_unit_test(degrees_follow_their_rule),
      cmocka_unit_test(noise_is_white),
      cmocka_unit_test(common_noise_has_its_correlation),
      cmocka_unit_test(counts_are_poisson),
      cmocka_unit_test(waiting_times_are_exponential),
  };
  return RUN_TESTS(tests);
}
