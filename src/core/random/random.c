#include "core/random/random.h"

#include <math.h>

#include "base/exactmath.h"
#include "base/ieee.h"
#include "core/isa/isa.h"

izh_rng izh_rng_make(izh_key key, uint32_t id, uint32_t generation) {
  return (izh_rng){.key = key, .id = id, .generation = generation};
}

void izh_rng_refill(izh_rng *rng) {
  rng->at = 0;
  if (rng->n == 0) { /* for many sequences one block is enough */
    izh_block block = izh_philox(rng->key, rng->n++, rng->id, rng->generation, 0);
    for (rng->have = 0; rng->have < 4; rng->have++) rng->words[rng->have] = block.w[rng->have];
    return;
  }
  izh_loops_chosen()->words(rng->key, rng->n, rng->id, rng->generation, rng->words);
  rng->n += IZH_LANES;
  rng->have = 4 * IZH_LANES;
}

static inline uint64_t rng_word64(izh_rng *rng) {
  uint64_t high = izh_rng_word(rng);
  return high << 32 | izh_rng_word(rng);
}

static inline double unit(izh_rng *rng) {
  return (double)(rng_word64(rng) >> 11) * 0x1p-53;
}

double izh_rng_unit(izh_rng *rng) {
  return unit(rng);
}

double izh_rng_normal(izh_rng *rng) {
  double u = 1 - izh_rng_unit(rng); /* (0, 1]: its logarithm is finite */
  double sine, cosine;
  izh_sincospi(2 * izh_rng_unit(rng), &sine, &cosine);
  return sqrt(-2 * izh_log(u)) * cosine;
}

uint64_t izh_rng_below(izh_rng *rng, uint64_t bound) {
  if (bound <= UINT32_MAX) return izh_rng_below_32(rng, (uint32_t)bound, -(uint32_t)bound % (uint32_t)bound);
  uint64_t threshold = -bound % bound; /* as for 32 bits */
  for (;;) {
    unsigned __int128 product = (unsigned __int128)rng_word64(rng) * bound;
    if ((uint64_t)product >= threshold) return (uint64_t)(product >> 64);
  }
}

izh_status izh_dist_check(const izh_dist *dist, izh_err *err) {
  double a = dist->p[0], b = dist->p[1];
  switch (dist->kind) {
  case IZH_DIST_UNIFORM:
    if (isfinite(a) && isfinite(b) && a <= b && isfinite(b - a)) return IZH_OK;
    return izh_fail(err, IZH_RANGE, "uniform needs two finite numbers lo ≤ hi (got %g, %g)", a, b);
  case IZH_DIST_NORMAL:
    if (isfinite(a) && isfinite(b) && b >= 0) return IZH_OK;
    return izh_fail(err, IZH_RANGE, "normal needs a finite mean and sd ≥ 0 (got %g, %g)", a, b);
  case IZH_DIST_LOGNORMAL:
    if (isfinite(a) && isfinite(b) && b >= 0) return IZH_OK;
    return izh_fail(err, IZH_RANGE, "lognormal needs a finite mu and sigma ≥ 0 (got %g, %g)", a, b);
  case IZH_DIST_EXPONENTIAL:
    if (isfinite(a) && a > 0) return IZH_OK;
    return izh_fail(err, IZH_RANGE, "exponential needs a finite mean > 0 (got %g)", a);
  case IZH_DIST_CHOICE:
    if (dist->n_choices == 0) return izh_fail(err, IZH_RANGE, "choice needs at least one number");
    for (size_t i = 0; i < dist->n_choices; i++)
      if (!isfinite(dist->choices[i]))
        return izh_fail(err, IZH_RANGE, "choice needs finite numbers (number %zu is %g)", i + 1,
                        dist->choices[i]);
    return IZH_OK;
  case IZH_DIST_GAMMA:
    if (isfinite(a) && isfinite(b) && a > 0 && b > 0) return IZH_OK;
    return izh_fail(err, IZH_RANGE, "gamma needs a finite shape > 0 and scale > 0 (got %g, %g)", a, b);
  case IZH_DIST_BETA:
    if (isfinite(a) && isfinite(b) && a > 0 && b > 0) return IZH_OK;
    return izh_fail(err, IZH_RANGE, "beta needs two finite numbers a > 0 and b > 0 (got %g, %g)", a, b);
  }
  return izh_fail(err, IZH_ARGUMENT, "unknown distribution");
}

/* A sum that rounds up to `high` counts as `low`, since `high` is not in the range. */
static inline double uniform_draw(double low, double high, izh_rng *rng) {
  double x = low + (high - low) * unit(rng);
  return x < high ? x : low;
}

/* The logarithm of a gamma number of scale 1 (Marsaglia and Tsang, "A simple method for generating gamma
 * variables", 2000). Below a shape of 1, one of shape + 1 times u^(1 / shape); its logarithm, since it may be
 * too small for a double. */
static double log_gamma_draw(double shape, izh_rng *rng) {
  double log_factor = shape < 1 ? izh_log(1 - unit(rng)) / shape : 0;
  double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / (3 * sqrt(d));
  for (;;) {
    double x = izh_rng_normal(rng), v = 1 + c * x;
    if (v <= 0) continue;
    v = v * v * v;
    if (izh_log(1 - unit(rng)) < 0.5 * x * x + d - d * v + d * izh_log(v)) return izh_log(d * v) + log_factor;
  }
}

static double plain_draw(const izh_dist *dist, izh_rng *rng) {
  switch (dist->kind) {
  case IZH_DIST_UNIFORM:
    return uniform_draw(dist->p[0], dist->p[1], rng);
  case IZH_DIST_NORMAL:
    return dist->p[0] + dist->p[1] * izh_rng_normal(rng);
  case IZH_DIST_LOGNORMAL:
    return izh_exp(dist->p[0] + dist->p[1] * izh_rng_normal(rng));
  case IZH_DIST_EXPONENTIAL:
    return -dist->p[0] * izh_log(1 - izh_rng_unit(rng));
  case IZH_DIST_CHOICE:
    return dist->choices[izh_rng_below(rng, dist->n_choices)];
  case IZH_DIST_GAMMA:
    return dist->p[1] * izh_exp(log_gamma_draw(dist->p[0], rng));
  case IZH_DIST_BETA: {
    double x = log_gamma_draw(dist->p[0], rng), y = log_gamma_draw(dist->p[1], rng);
    return 1 / (1 + izh_exp(y - x));
  }
  }
  return NAN;
}

enum { MOST_DRAWS = 100000 };

double izh_dist_draw(const izh_dist *dist, izh_rng *rng) {
  for (int k = 0; k < MOST_DRAWS; k++) {
    double x = plain_draw(dist, rng);
    if (dist->whole) x = round(x);
    if (!dist->bounded || (x >= dist->low && x <= dist->high)) return x;
  }
  return NAN;
}

/* Reads the words directly from the buffer: counting each one in *rng would cost more than making it. */
static void uniform_draws(double low, double high, izh_rng *rng, size_t n, double *x) {
  for (size_t i = 0; i < n;) {
    if (rng->have - rng->at < 2) {
      x[i++] = uniform_draw(low, high, rng);
      continue;
    }
    size_t take = (rng->have - rng->at) / 2;
    if (take > n - i) take = n - i;
    const uint32_t *word = rng->words + rng->at;
    for (size_t k = 0; k < take; k++) {
      uint64_t bits = (uint64_t)word[2 * k] << 32 | word[2 * k + 1];
      double value = low + (high - low) * ((double)(int64_t)(bits >> 11) * 0x1p-53);
      x[i + k] = value < high ? value : low;
    }
    rng->at += (uint32_t)(2 * take);
    i += take;
  }
}

static void choice_draws(const double *choices, uint32_t bound, izh_rng *rng, size_t n, double *x) {
  uint32_t threshold = -bound % bound;
  for (size_t i = 0; i < n;) {
    if (rng->at == rng->have) izh_rng_refill(rng);
    uint32_t at = rng->at, have = rng->have;
    for (; at < have && i < n; at++) {
      uint64_t product = (uint64_t)rng->words[at] * bound; /* as izh_rng_below_32 */
      x[i] = choices[product >> 32];
      i += (uint32_t)product >= threshold;
    }
    rng->at = at;
  }
}

void izh_dist_draws(const izh_dist *dist, izh_rng *rng, size_t n, double *x) {
  bool plain = !dist->whole && !dist->bounded;
  if (plain && dist->kind == IZH_DIST_UNIFORM)
    uniform_draws(dist->p[0], dist->p[1], rng, n, x);
  else if (plain && dist->kind == IZH_DIST_CHOICE && dist->n_choices <= UINT32_MAX)
    choice_draws(dist->choices, (uint32_t)dist->n_choices, rng, n, x);
  else
    for (size_t i = 0; i < n; i++) x[i] = izh_dist_draw(dist, rng);
}

/* --- draws that nobody wants --- */

/* How many words each draw takes; 0: not always the same number. */
static uint64_t words_of(const izh_dist *dist) {
  if (dist->bounded) return 0;
  switch (dist->kind) {
  case IZH_DIST_UNIFORM:
  case IZH_DIST_EXPONENTIAL:
    return 2;
  case IZH_DIST_NORMAL:
  case IZH_DIST_LOGNORMAL:
    return 4;
  case IZH_DIST_CHOICE: /* a power of 2 divides 2^32, so no word is drawn again */
    return dist->n_choices <= UINT32_MAX && (dist->n_choices & (dist->n_choices - 1)) == 0;
  case IZH_DIST_GAMMA:
  case IZH_DIST_BETA:
    return 0;
  }
  return 0;
}

static void words_pass(izh_rng *rng, uint64_t n) {
  uint64_t left = rng->have - rng->at;
  if (n <= left) {
    rng->at += (uint32_t)n;
    return;
  }
  uint64_t next = 4 * (uint64_t)rng->n + (n - left); /* the number of the next word */
  rng->n = (uint32_t)(next / 4);
  rng->at = rng->have = 0;
  if (next % 4 == 0) return;
  izh_rng_refill(rng);
  rng->at = (uint32_t)(next % 4);
}

/* Counts the words that choice_draws would draw again. */
static void choice_pass(uint32_t bound, izh_rng *rng, size_t n) {
  uint32_t threshold = -bound % bound;
  while (n > 0) {
    if (rng->at == rng->have) izh_rng_refill(rng);
    uint32_t take = rng->have - rng->at, again = 0;
    if (take > n) take = (uint32_t)n;
    for (uint32_t k = 0; k < take; k++) again += rng->words[rng->at + k] * bound < threshold;
    rng->at += take;
    n -= take - again;
  }
}

void izh_dist_pass(const izh_dist *dist, izh_rng *rng, size_t n) {
  uint64_t words = words_of(dist);
  if (words > 0)
    words_pass(rng, words * n);
  else if (dist->kind == IZH_DIST_CHOICE && !dist->bounded && dist->n_choices <= UINT32_MAX)
    choice_pass((uint32_t)dist->n_choices, rng, n);
  else
    for (size_t i = 0; i < n; i++) (void)izh_dist_draw(dist, rng);
}

void izh_gauss(izh_key key, uint32_t first, uint32_t n, uint64_t k, float *z) {
  izh_loops_chosen()->gauss(key, first, n, k, z);
}
