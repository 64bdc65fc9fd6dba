/* The laws of the random numbers. Seeds are fixed, so a test gives one answer for ever; its p-values are
 * compared with the significance level ALPHA, unless a test says another. */
#include "base/exactmath.h"
#include "helpers.h"

#define ALPHA 1e-4

enum { DRAWS = 100000 };

static const izh_key key = {20240229, 0x51a7};

static double uniform_cdf(double x, const double *p) {
  return x < p[0] ? 0 : x > p[1] ? 1 : (x - p[0]) / (p[1] - p[0]);
}

static double gaussian_cdf(double x, const double *p) {
  return normal_cdf((x - p[0]) / p[1]);
}

static double lognormal_cdf(double x, const double *p) {
  return x <= 0 ? 0 : normal_cdf((log(x) - p[0]) / p[1]);
}

static double exponential_cdf(double x, const double *p) {
  return x <= 0 ? 0 : -expm1(-x / p[0]);
}

/* A sample of a distribution. One sequence has all of it, or each of many sequences a few. */
static double *sample(const izh_dist *dist, uint32_t draws_an_id) {
  double *x = take(DRAWS, sizeof *x);
  izh_rng rng = {0};
  for (uint32_t k = 0; k < DRAWS; k++) {
    if (k % draws_an_id == 0) rng = izh_rng_make(key, k / draws_an_id, 0);
    x[k] = izh_dist_draw(dist, &rng);
  }
  return x;
}

/* Mean and variance are those of the law within what their standard errors allow. */
static void check_moments(const double *x, double mean, double sd, double kurtosis) {
  double sum = 0, squares = 0;
  for (int k = 0; k < DRAWS; k++) {
    sum += x[k];
    squares += (x[k] - mean) * (x[k] - mean);
  }
  ASSERT_P(normal_p((sum / DRAWS - mean) / (sd / sqrt(DRAWS))), ALPHA);
  ASSERT_P(normal_p((squares / DRAWS / (sd * sd) - 1) / sqrt((kurtosis - 1) / DRAWS)), ALPHA);
}

static void check_law(izh_dist_kind kind, double p0, double p1, double (*cdf)(double, const double *),
                      double mean, double sd, double kurtosis) {
  izh_dist dist = {.kind = kind, .p = {p0, p1}};
  MUST(izh_dist_check(&dist, &fault));
  const uint32_t lengths[] = {3, DRAWS};
  for (size_t i = 0; i < COUNT_OF(lengths); i++) {
    double *x = sample(&dist, lengths[i]);
    check_moments(x, mean, sd, kurtosis);
    ASSERT_P(kolmogorov_p(x, DRAWS, cdf, dist.p), ALPHA);
    free(x);
  }
}

static void laws_of_distributions(void **state) {
  (void)state;
  check_law(IZH_DIST_UNIFORM, -3, 5, uniform_cdf, 1, 8 / sqrt(12), 1.8);
  check_law(IZH_DIST_NORMAL, 2, 7, gaussian_cdf, 2, 7, 3);
  check_law(IZH_DIST_EXPONENTIAL, 4, 0, exponential_cdf, 4, 4, 9);
  double s2 = 0.25, w = exp(s2);
  check_law(IZH_DIST_LOGNORMAL, 1, 0.5, lognormal_cdf, exp(1 + s2 / 2), sqrt(w - 1) * exp(1 + s2 / 2),
            w * w * w * w + 2 * w * w * w + 3 * w * w - 3);
}

static void choice_is_even(void **state) {
  (void)state;
  const double choices[] = {3, -1, 4, 1.5, 9, 2, 6};
  double counts[COUNT_OF(choices)] = {0};
  izh_dist dist = {.kind = IZH_DIST_CHOICE, .choices = choices, .n_choices = COUNT_OF(choices)};
  izh_rng rng = izh_rng_make(key, 5, 0);
  for (int k = 0; k < DRAWS; k++) {
    double x = izh_dist_draw(&dist, &rng);
    size_t which = 0;
    while (which < COUNT_OF(choices) && choices[which] != x) which++;
    assert_true(which < COUNT_OF(choices));
    counts[which]++;
  }
  ASSERT_P(uniform_counts_p(counts, COUNT_OF(choices)), ALPHA);
}

/* lo ≤ x < hi holds to the last bit, also where adding lo rounds to hi. */
static void uniform_stays_below_its_end(void **state) {
  (void)state;
  const double ends[][2] = {
      {1, 1 + 0x1p-52}, {1, 1 + 0x1p-50}, {1e15, 1e15 + 0.5}, {-1 - 0x1p-51, -1}, {0, 1}};
  izh_rng rng = izh_rng_make(key, 6, 0);
  for (size_t i = 0; i < COUNT_OF(ends); i++) {
    izh_dist dist = {.kind = IZH_DIST_UNIFORM, .p = {ends[i][0], ends[i][1]}};
    MUST(izh_dist_check(&dist, &fault));
    for (int k = 0; k < 10000; k++) {
      double x = izh_dist_draw(&dist, &rng);
      assert_true(x >= ends[i][0] && x < ends[i][1]);
    }
  }
  izh_dist point = {.kind = IZH_DIST_UNIFORM, .p = {3, 3}};
  assert_true(izh_dist_draw(&point, &rng) == 3);
}

/* Counts of x in 64 cells of equal width of [0, bound). */
static void check_below(uint64_t bound, uint32_t id) {
  enum { CELLS = 64 };
  double counts[CELLS] = {0}, expected[CELLS];
  izh_rng rng = izh_rng_make(key, id, 1);
  for (int k = 0; k < DRAWS; k++) {
    uint64_t x = izh_rng_below(&rng, bound);
    assert_true(x < bound);
    counts[(unsigned)((unsigned __int128)x * CELLS / bound)]++;
  }
  for (unsigned c = 0; c < CELLS; c++) { /* the numbers that fall into a cell */
    unsigned __int128 from = ((unsigned __int128)bound * c + CELLS - 1) / CELLS;
    unsigned __int128 to = ((unsigned __int128)bound * (c + 1) + CELLS - 1) / CELLS;
    expected[c] = DRAWS * ((double)(uint64_t)(to - from) / (double)bound);
  }
  ASSERT_P(counts_p(counts, expected, CELLS, 1), ALPHA);
}

static void below_is_even(void **state) {
  (void)state;
  const uint64_t bounds[] = {64,          100,         1000,       0x7fffffff,          0x80000000,
                             0xc0000000,  0xfffffffe,  0xffffffff, 0x100000000,         0x100000001,
                             0x180000000, 0x300000000, 1ull << 62, 0xc000000000000000u, UINT64_MAX};
  for (uint32_t i = 0; i < COUNT_OF(bounds); i++) check_below(bounds[i], i);
  for (uint32_t bound = 2; bound < 40; bound++) {
    double counts[40] = {0};
    izh_rng rng = izh_rng_make(key, bound, 2);
    for (int k = 0; k < 20000; k++) counts[izh_rng_below(&rng, bound)]++;
    ASSERT_P(uniform_counts_p(counts, bound), ALPHA);
  }
  izh_rng rng = izh_rng_make(key, 0, 3);
  for (int k = 0; k < 100; k++) assert_int_equal(izh_rng_below(&rng, 1), 0);
}

/* The remainder of the high word tells bias from none where a bound is three quarters of 2^32: without the
 * rejection one number in three would come twice as often. */
static void below_has_no_favourites(void **state) {
  (void)state;
  const uint64_t bounds[] = {0xc0000000, 0xc000000000000000u};
  for (uint32_t i = 0; i < 2; i++) {
    double counts[3] = {0};
    izh_rng rng = izh_rng_make(key, i, 4);
    for (int k = 0; k < DRAWS; k++) counts[izh_rng_below(&rng, bounds[i]) % 3]++;
    ASSERT_P(uniform_counts_p(counts, 3), ALPHA);
  }
}

static void unit_uses_53_bits(void **state) {
  (void)state;
  izh_rng rng = izh_rng_make(key, 0, 5);
  double ones[53] = {0}, half[53];
  for (int k = 0; k < DRAWS; k++) {
    double x = izh_rng_unit(&rng);
    assert_true(x >= 0 && x < 1);
    uint64_t bits = (uint64_t)(x * 0x1p53);
    for (int b = 0; b < 53; b++) ones[b] += (double)(bits >> b & 1);
  }
  for (int b = 0; b < 53; b++) half[b] = DRAWS / 2;
  double chi_square = 0;
  for (int b = 0; b < 53; b++) chi_square += pow(ones[b] - half[b], 2) / (DRAWS / 4.0);
  ASSERT_P(chi_square_p(chi_square, 53), ALPHA);
}

/* --- the noise of the step loop --- */

enum { NOISE = 1 << 20 };

static float *noise(uint32_t stream, uint32_t neurons) {
  float *z = take(NOISE, sizeof *z);
  for (uint32_t k = 0; k < NOISE / neurons; k++)
    izh_gauss((izh_key){20240229, stream}, 0, neurons, k, z + (size_t)k * neurons);
  return z;
}

static void noise_is_normal(void **state) {
  (void)state;
  const uint32_t neurons[] = {4, 1024, NOISE};
  for (uint32_t i = 0; i < COUNT_OF(neurons); i++) {
    float *z = noise(i, neurons[i]);
    double *x = take(NOISE, sizeof *x);
    for (int k = 0; k < NOISE; k++) x[k] = (double)z[k];
    ASSERT_P(kolmogorov_p(x, NOISE, gaussian_cdf, (double[]){0, 1}), ALPHA);
    free(x);
    free(z);
  }
}

/* The k-th moment of a standard normal has variance (E x^2k - (E x^k)²) / n: 1, 2, 15, 96 for k = 1 … 4. */
static void noise_has_the_moments(void **state) {
  (void)state;
  const double moment[] = {0, 1, 0, 3}, variance[] = {1, 2, 15, 96};
  float *z = noise(9, 1024);
  for (int k = 0; k < 4; k++) {
    double sum = 0;
    for (int i = 0; i < NOISE; i++) sum += pow((double)z[i], k + 1);
    ASSERT_P(normal_p((sum / NOISE - moment[k]) / sqrt(variance[k] / NOISE)), ALPHA);
  }
  free(z);
}

/* The number of z beyond a limit is Poisson distributed, here nearly normal; both sides are as likely. */
static void noise_has_the_tails(void **state) {
  (void)state;
  enum { N = 1 << 16, ROUNDS = 200 };
  float *z = take(N, sizeof *z);
  double over4 = 0, over5 = 0, above = 0;
  for (uint32_t k = 0; k < ROUNDS; k++) {
    izh_gauss((izh_key){1, 77}, 0, N, k, z);
    for (int i = 0; i < N; i++) {
      assert_true(fabsf(z[i]) < 6.7f);
      over4 += fabsf(z[i]) > 4;
      above += z[i] > 4;
      over5 += fabsf(z[i]) > 5;
    }
  }
  free(z);
  double expected4 = (double)N * ROUNDS * normal_p(4), expected5 = (double)N * ROUNDS * normal_p(5);
  ASSERT_P(normal_p((over4 - expected4) / sqrt(expected4)), ALPHA); /* 830 expected */
  ASSERT_P(normal_p((over5 - expected5) / sqrt(expected5)), ALPHA); /* 7.5 expected */
  ASSERT_P(normal_p((above - over4 / 2) / sqrt(over4 / 4)), ALPHA);
}

/* √n times the correlation of two independent normals is nearly standard normal. */
static double correlation_p(const float *x, const float *y, size_t n, size_t stride) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += (double)x[i * stride] * (double)y[i * stride];
  return normal_p(sum / sqrt((double)n));
}

static void squares_of(float *to, const float *from) {
  for (int i = 0; i < NOISE; i++) to[i] = (from[i] * from[i] - 1) * 0.70710678f;
}

/* Between neurons that share a block, neighbours, consecutive draws and streams; and of the squares, which a
 * common radius would correlate. */
static void noise_is_uncorrelated(void **state) {
  (void)state;
  float *z = noise(3, 1024), *other = noise(4, 1024), *squares = take(NOISE, sizeof *squares);
  squares_of(squares, z);
  const float *both[] = {z, squares};
  for (int s = 0; s < 2; s++) {
    for (int i = 0; i < 4; i++)
      for (int j = i + 1; j < 4; j++) ASSERT_P(correlation_p(both[s] + i, both[s] + j, NOISE / 4, 4), ALPHA);
    const size_t lags[] = {1, 2, 3, 4, 63, 64, 1024, 2048};
    for (size_t k = 0; k < COUNT_OF(lags); k++)
      ASSERT_P(correlation_p(both[s], both[s] + lags[k], NOISE - lags[k], 1), ALPHA);
  }
  ASSERT_P(correlation_p(z, other, NOISE, 1), ALPHA);
  free(z);
  free(other);
  free(squares);
}

/* --- draws that are passed over --- */

/* The draws after those that were passed over are the same as without. */
static void passing_skips_draws(void **state) {
  (void)state;
  const double choices[] = {3, -1, 4, 1.5, 9, 2, 6, 8};
  const izh_dist dists[] = {{.kind = IZH_DIST_UNIFORM, .p = {0, 1}},
                            {.kind = IZH_DIST_NORMAL, .p = {0, 1}},
                            {.kind = IZH_DIST_LOGNORMAL, .p = {0, 1}},
                            {.kind = IZH_DIST_EXPONENTIAL, .p = {1}},
                            {.kind = IZH_DIST_GAMMA, .p = {0.5, 1}},
                            {.kind = IZH_DIST_BETA, .p = {2, 0.5}},
                            {.kind = IZH_DIST_CHOICE, .choices = choices, .n_choices = 1},
                            {.kind = IZH_DIST_CHOICE, .choices = choices, .n_choices = 7},
                            {.kind = IZH_DIST_CHOICE, .choices = choices, .n_choices = 8},
                            {.kind = IZH_DIST_NORMAL, .p = {0, 1}, .whole = true},
                            {.kind = IZH_DIST_UNIFORM, .p = {0, 1}, .bounded = true, .low = 0, .high = 0.5}};
  enum { MANY = 400 };
  const size_t runs[] = {0, 1, 2, 3, 5, 17, 31, 32, 33, 64, 77, 1, 0, 10};
  for (size_t i = 0; i < COUNT_OF(dists); i++)
    for (size_t first = 0; first < COUNT_OF(runs); first++) { /* passes and draws take turns */
      double all[MANY], some[MANY];
      izh_rng rng = izh_rng_make(key, 7, 3);
      izh_dist_draws(&dists[i], &rng, MANY, all);
      rng = izh_rng_make(key, 7, 3);
      for (size_t at = 0, k = first; k < COUNT_OF(runs); at += runs[k++])
        if (k % 2 == 0) {
          izh_dist_pass(&dists[i], &rng, runs[k]);
        } else {
          izh_dist_draws(&dists[i], &rng, runs[k], some + at);
          assert_memory_equal(some + at, all + at, runs[k] * sizeof *some);
        }
    }
}

/* A number of choices that makes many words be drawn again. */
static void passing_counts_what_is_drawn_again(void **state) {
  (void)state;
  enum { CHOICES = 3 << 20, MANY = 100000 };
  double *choices = take(CHOICES, sizeof *choices), *all = take(MANY, sizeof *all), last;
  for (int k = 0; k < CHOICES; k++) choices[k] = k;
  izh_dist dist = {.kind = IZH_DIST_CHOICE, .choices = choices, .n_choices = CHOICES};
  izh_rng rng = izh_rng_make(key, 8, 0);
  izh_dist_draws(&dist, &rng, MANY, all);
  assert_true(rng.n * 4ull - (rng.have - rng.at) > MANY); /* some were */
  rng = izh_rng_make(key, 8, 0);
  izh_dist_pass(&dist, &rng, MANY - 1);
  izh_dist_draws(&dist, &rng, 1, &last);
  assert_true(last == all[MANY - 1]);
  free(choices);
  free(all);
}

/* --- what distributions refuse --- */

static void refuse(izh_dist_kind kind, double p0, double p1, const char *words) {
  izh_dist dist = {.kind = kind, .p = {p0, p1}};
  MUST_FAIL(izh_dist_check(&dist, &fault), IZH_RANGE, words);
}

static void checks_refuse(void **state) {
  (void)state;
  const double strange[] = {NAN, INFINITY, -INFINITY};
  for (size_t i = 0; i < COUNT_OF(strange); i++) {
    double x = strange[i];
    refuse(IZH_DIST_UNIFORM, x, 1, "uniform");
    refuse(IZH_DIST_UNIFORM, 0, x, "uniform");
    refuse(IZH_DIST_NORMAL, x, 1, "normal");
    refuse(IZH_DIST_NORMAL, 0, x, "sd");
    refuse(IZH_DIST_LOGNORMAL, x, 1, "mu");
    refuse(IZH_DIST_LOGNORMAL, 0, x, "sigma");
    refuse(IZH_DIST_EXPONENTIAL, x, 0, "mean");
    const double choices[] = {1, x};
    izh_dist choice = {.kind = IZH_DIST_CHOICE, .choices = choices, .n_choices = 2};
    MUST_FAIL(izh_dist_check(&choice, &fault), IZH_RANGE, "number 2");
  }
  refuse(IZH_DIST_UNIFORM, 2, 1, "lo ≤ hi (got 2, 1)");
  refuse(IZH_DIST_UNIFORM, -1e308, 1e308, "uniform");
  refuse(IZH_DIST_NORMAL, 0, -1, "sd ≥ 0");
  refuse(IZH_DIST_LOGNORMAL, 0, -1, "sigma ≥ 0");
  refuse(IZH_DIST_EXPONENTIAL, 0, 0, "mean > 0");
  refuse(IZH_DIST_EXPONENTIAL, -1, 0, "mean > 0");
  refuse(IZH_DIST_CHOICE, 0, 0, "at least one");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(laws_of_distributions),
      cmocka_unit_test(choice_is_even),
      cmocka_unit_test(uniform_stays_below_its_end),
      cmocka_unit_test(below_is_even),
      cmocka_unit_test(below_has_no_favourites),
      cmocka_unit_test(unit_uses_53_bits),
      cmocka_unit_test(noise_is_normal),
      cmocka_unit_test(noise_has_the_moments),
      cmocka_unit_test(noise_has_the_tails),
      cmocka_unit_test(noise_is_uncorrelated),
      cmocka_unit_test(passing_skips_draws),
      cmocka_unit_test(passing_counts_what_is_drawn_again),
      cmocka_unit_test(checks_refuse),
  };
  return RUN_TESTS(tests);
}
