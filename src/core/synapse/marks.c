#include "core/synapse/marks.h"

#include <stdbool.h>
#include <string.h>

#include "base/alloc.h"

/* `bits` has a bit for each candidate. `groups` has a bit for each word of `bits` that is not 0. Between uses
 * all are 0. */
struct izh_marks {
  uint64_t *bits, *groups;
};

izh_marks *izh_marks_make(uint32_t candidates) {
  size_t words = (size_t)candidates / 64 + 1;
  izh_marks *m = izh_alloc(1, sizeof *m);
  if (!m) return NULL;
  m->bits = izh_alloc_zero(words + words / 64 + 1, sizeof *m->bits);
  if (!m->bits) {
    izh_free(m);
    return NULL;
  }
  m->groups = m->bits + words;
  return m;
}

void izh_marks_free(izh_marks *m) {
  if (m) izh_free(m->bits);
  izh_free(m);
}

/* Draws and marks `left` distinct candidates. It draws until enough are distinct; this favours none of them.
 */
static void draw_marks(izh_marks *m, uint32_t candidates, uint32_t left, izh_rng *rng) {
  uint32_t threshold = -candidates % candidates;
  while (left > 0) {
    if (rng->at == rng->have) izh_rng_refill(rng);
    uint32_t at = rng->at, have = rng->have;
    for (; at < have && left > 0; at++) {
      uint64_t product = (uint64_t)rng->words[at] * candidates; /* as izh_rng_below_32 */
      uint32_t k = (uint32_t)(product >> 32);
      if ((uint32_t)product < threshold) continue;
      uint64_t bit = (uint64_t)1 << (k & 63), before = m->bits[k / 64];
      m->bits[k / 64] = before | bit;
      m->groups[k / 4096] |= (uint64_t)1 << (k / 64 & 63);
      left -= !(before & bit);
    }
    rng->at = at;
  }
}

/* Writes the marked candidates into out, ascending, and clears the marks. */
static void list_marks(izh_marks *m, uint32_t candidates, uint32_t *out) {
  for (uint32_t group = 0; group <= (candidates - 1) / 4096; group++) {
    for (uint64_t some = m->groups[group]; some; some &= some - 1) {
      uint32_t word = group * 64 + (uint32_t)__builtin_ctzll(some);
      for (uint64_t left = m->bits[word]; left; left &= left - 1)
        *out++ = word * 64 + (uint32_t)__builtin_ctzll(left);
      m->bits[word] = 0;
    }
    m->groups[group] = 0;
  }
}

/* Writes the candidates that are not marked into out, ascending, and clears the marks. */
static void list_others(izh_marks *m, uint32_t candidates, uint32_t *out) {
  for (uint32_t k = 0; k < candidates; k++)
    if (!(m->bits[k / 64] >> (k & 63) & 1)) *out++ = k;
  memset(m->bits, 0, ((size_t)candidates / 64 + 1) * sizeof *m->bits);
  memset(m->groups, 0, ((size_t)candidates / 4096 + 1) * sizeof *m->groups);
}

/* Draws the chosen candidates or all the others, whichever are fewer. */
void izh_marks_sample(izh_marks *m, uint32_t candidates, uint32_t take, izh_rng *rng, uint32_t *out) {
  if (candidates == 0) return;
  bool others = take > candidates / 2;
  draw_marks(m, candidates, others ? candidates - take : take, rng);
  if (others)
    list_others(m, candidates, out);
  else
    list_marks(m, candidates, out);
}
