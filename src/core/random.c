#include "core/random.h"

#include <math.h>

#include "core/exactmath.h"
#include "core/ieee.h"

izh_rng izh_rng_make(izh_key key, uint32_t id, uint32_t generation) {
  return (izh_rng){.key = key, .id = id, .generation = generation};
}

uint32_t izh_rng_word(izh_rng *rng) {
  if (rng->left == 0) {
    rng->block = izh_philox(rng->key, rng->n++, rng->id, rng->generation, 0);
    rng->left = 4;
  }
  return rng->block.w[4 - rng->left--];
}

static uint64_t rng_word64(izh_rng *rng) {
  uint64_t high = izh_rng_word(rng);
  return high << 32 | izh_rng_word(rng);
}

double izh_rng_unit(izh_rng *rng) {
  return (double)(rng_word64(rng) >> 11) * 0x1p-53;
}

double izh_rng_normal(izh_rng *rng) {
  double u = 1 - izh_rng_unit(rng); /* (0, 1]: its logarithm is finite */
  double sine, cosine;
  izh_sincospi(2 * izh_rng_unit(rng), &sine, &cosine);
  return sqrt(-2 * izh_log(u)) * cosine;
}

/* Lemire, "Fast random integer generation in an interval", 2019: the high half of a product is uniform once
 * the few low halves that would count once too often are drawn again. */
uint64_t izh_rng_below(izh_rng *rng, uint64_t bound) {
  if (bound <= UINT32_MAX) {
    uint32_t small = (uint32_t)bound, threshold = -small % small;
    for (;;) {
      uint64_t product = (uint64_t)izh_rng_word(rng) * small;
      if ((uint32_t)product >= threshold) return product >> 32;
    }
  }
  uint64_t threshold = -bound % bound;
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
  }
  return izh_fail(err, IZH_ARGUMENT, "unknown distribution");
}

/* A sum that rounds up to `high` counts as `low`: each of the two ends has half of a number's share. */
static double uniform_draw(double low, double high, izh_rng *rng) {
  double x = low + (high - low) * izh_rng_unit(rng);
  return x < high ? x : low;
}

double izh_dist_draw(const izh_dist *dist, izh_rng *rng) {
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
  }
  return NAN;
}
