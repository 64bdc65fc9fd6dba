/* Random numbers from Philox: sequences, distributions, and the Gaussian noise of the step loop.
 * Every function is pure: the same arguments give the same bits on every machine and in every thread. */
#ifndef IZH_CORE_RANDOM_H
#define IZH_CORE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "core/random/philox.h"

/* A sequence of numbers: all blocks of one key whose counter is (n, id, generation, 0), n = 0, 1, … */
typedef struct izh_rng {
  izh_key key;
  uint32_t id;
  uint32_t generation;
  uint32_t n;        /* how many blocks were made */
  uint32_t at, have; /* words[at] … words[have - 1] are not used yet */
  uint32_t words[4 * IZH_LANES];
} izh_rng;

izh_rng izh_rng_make(izh_key key, uint32_t id, uint32_t generation);
void izh_rng_refill(izh_rng *rng); /* makes more words: first one block, later IZH_LANES blocks at a time */
static inline uint32_t izh_rng_word(izh_rng *rng) {
  if (rng->at == rng->have) izh_rng_refill(rng);
  return rng->words[rng->at++];
}
double izh_rng_unit(izh_rng *rng);                    /* uniform on [0, 1), 53 bits */
double izh_rng_normal(izh_rng *rng);                  /* mean 0, standard deviation 1 */
uint64_t izh_rng_below(izh_rng *rng, uint64_t bound); /* uniform on 0 … bound - 1 without bias; bound > 0 */

/* The same for a bound of 32 bits (Lemire, "Fast random integer generation in an interval", 2019). The number
 * is the high half of a product. Some high halves would come once too often, so a product whose low half is
 * below the threshold is drawn again. threshold: 2^32 mod bound. */
static inline uint32_t izh_rng_below_32(izh_rng *rng, uint32_t bound, uint32_t threshold) {
  for (;;) {
    uint64_t product = (uint64_t)izh_rng_word(rng) * bound;
    if ((uint32_t)product >= threshold) return (uint32_t)(product >> 32);
  }
}

typedef enum izh_dist_kind {
  IZH_DIST_UNIFORM,     /* p[0] ≤ x < p[1] */
  IZH_DIST_NORMAL,      /* mean p[0], standard deviation p[1] ≥ 0 */
  IZH_DIST_LOGNORMAL,   /* e^x, x normal with mean p[0] and standard deviation p[1] ≥ 0 */
  IZH_DIST_EXPONENTIAL, /* mean p[0] > 0 */
  IZH_DIST_CHOICE,      /* one of choices[0 … n_choices - 1], all equally likely */
  IZH_DIST_GAMMA,       /* shape p[0] > 0, scale p[1] > 0: mean p[0] p[1] */
  IZH_DIST_BETA         /* on 0 … 1, with the shapes p[0] > 0 and p[1] > 0 */
} izh_dist_kind;

typedef struct izh_dist {
  izh_dist_kind kind;
  double p[2];
  const double *choices; /* [n_choices], not owned */
  size_t n_choices;
  bool whole;       /* a draw is rounded to the nearest whole number */
  bool bounded;     /* draws (rounded ones, if `whole`) outside low … high are drawn again */
  double low, high; /* low ≤ high */
} izh_dist;

/* IZH_RANGE when the numbers of a distribution are not as above, or not finite. */
izh_status izh_dist_check(const izh_dist *dist, izh_err *err);

/* The next draw of a sequence. A normal number is made from two uniform ones (Box and Muller 1958), in
 * double.
 */
double izh_dist_draw(const izh_dist *dist, izh_rng *rng); /* NaN when 10^5 draws are outside of the bounds */
/* The next n draws, into x[n]. */
void izh_dist_draws(const izh_dist *dist, izh_rng *rng, size_t n, double *x);
/* Passes over the next n draws, as if they had been drawn. Where each draw takes the same number of words, it
 * does so at once: for uniform, normal, lognormal and exponential ones, and a choice of 2, 4, 8 … numbers,
 * unless they are bounded. */
void izh_dist_pass(const izh_dist *dist, izh_rng *rng, size_t n);

/* Standard normal noise: the k-th draw of a key for the neurons first … first + n - 1, into z[n]. A Philox
 * block serves four neurons, as two Box–Muller pairs in single precision; the radius has 31 bits, so |z| is
 * at most about 6.7. Neuron 64 g + 16 c + l has number c of the block with counter (16 g + l, 0, k). `first`
 * may be any index. */
void izh_gauss(izh_key key, uint32_t first, uint32_t n, uint64_t k, float *z);

#endif
