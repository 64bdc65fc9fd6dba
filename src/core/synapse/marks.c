#include "core/synapse/marks.h"

#include <stdbool.h>
#include <string.h>

#include "base/alloc.h"
#include "base/sort.h"
#include "core/isa/isa.h"

/* `bits` has a bit for each candidate. `groups` has a bit for each word of `bits` that is not 0, if few of
 * them are. Between uses all are 0. */
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

/* Where so many marks or more come on a word, all words are looked at. */
static bool is_dense(uint32_t candidates, uint32_t marks) {
  return marks >= candidates / 64 / 8;
}

/* Marks what n words choose. Returns how many marks are new. */
static inline __attribute__((always_inline)) uint32_t mark(izh_marks *m, const uint32_t *words, uint32_t n,
                                                           uint32_t candidates, bool dense) {
  uint32_t threshold = -candidates % candidates, fresh = 0;
  uint64_t *bits = m->bits;
  for (uint32_t i = 0; i < n; i++) {
    uint64_t product = (uint64_t)words[i] * candidates; /* as izh_rng_below_32 */
    if ((uint32_t)product < threshold) continue;
    uint64_t k = product >> 32, before = bits[k / 64];
    bits[k / 64] = before | (uint64_t)1 << (k & 63);
    fresh += !(before >> (k & 63) & 1);
    if (!dense) m->groups[k / 4096] |= (uint64_t)1 << (k / 64 & 63);
  }
  return fresh;
}

/* Draws and marks `left` distinct candidates. It draws until enough are distinct; this favours none of them.
 */
static void draw_marks(izh_marks *m, uint32_t candidates, uint32_t left, izh_rng *rng) {
  bool dense = is_dense(candidates, left);
  while (left > 0) {
    if (rng->at == rng->have) izh_rng_refill(rng);
    uint32_t n = rng->have - rng->at < left ? rng->have - rng->at : left;
    const uint32_t *words = rng->words + rng->at;
    left -= dense ? mark(m, words, n, candidates, true) : mark(m, words, n, candidates, false);
    rng->at += n;
  }
}

/* The bits of the words in which a range of candidates begins and ends; of one word, those of both. */
static uint64_t bits_from(uint32_t begin) {
  return ~(uint64_t)0 << (begin & 63);
}

static uint64_t bits_to(uint32_t end) {
  return ~(uint64_t)0 >> (63 - ((end - 1) & 63));
}

static inline uint32_t *list_word(uint64_t bits, uint32_t word, uint32_t *out) {
  for (; bits; bits &= bits - 1) *out++ = word * 64 + (uint32_t)__builtin_ctzll(bits);
  return out;
}

/* Writes the candidates begin … end - 1 whose bit, with those of `turned` turned, is 1; returns the end of
 * what it wrote. */
static uint32_t *list(const izh_marks *m, uint32_t begin, uint32_t end, uint64_t turned, uint32_t *out) {
  if (begin >= end) return out;
  uint32_t first = begin / 64, last = (end - 1) / 64;
  uint64_t of_first = (m->bits[first] ^ turned) & bits_from(begin);
  if (first == last) return list_word(of_first & bits_to(end), first, out);
  out = list_word(of_first, first, out);
  for (uint32_t word = first + 1; word < last; word++) out = list_word(m->bits[word] ^ turned, word, out);
  return list_word((m->bits[last] ^ turned) & bits_to(end), last, out);
}

/* How many bits of candidates begin … end - 1 are 1. */
static uint32_t count(const izh_marks *m, uint32_t begin, uint32_t end) {
  if (begin >= end) return 0;
  uint32_t first = begin / 64, last = (end - 1) / 64;
  uint64_t ends[2] = {m->bits[first] & bits_from(begin), m->bits[last] & bits_to(end)};
  if (first == last) return (uint32_t)__builtin_popcountll(ends[0] & ends[1]);
  const izh_loops *loops = izh_loops_chosen();
  return (uint32_t)(loops->count_bits(ends, 2) + loops->count_bits(m->bits + first + 1, last - first - 1));
}

/* Sparse marks: writes the marked candidates into out, ascending. Clears the marks. */
static uint32_t *list_sparse(izh_marks *m, uint32_t candidates, uint32_t *out) {
  for (uint32_t group = 0; group <= (candidates - 1) / 4096; group++) {
    for (uint64_t some = m->groups[group]; some; some &= some - 1) {
      uint32_t word = group * 64 + (uint32_t)__builtin_ctzll(some);
      out = list_word(m->bits[word], word, out);
      m->bits[word] = 0;
    }
    m->groups[group] = 0;
  }
  return out;
}

void izh_marks_keep(const uint32_t *all, uint32_t n_all, const izh_part *range, uint32_t n, izh_part *number,
                    uint32_t *out) {
  for (uint32_t i = 0; i < n; i++) {
    uint32_t begin = (uint32_t)izh_lower_bound(all, n_all, range[i].begin);
    number[i] =
        (izh_part){begin, begin + (uint32_t)izh_lower_bound(all + begin, n_all - begin, range[i].end)};
    memmove(out, all + begin, (number[i].end - begin) * sizeof *out);
    out += number[i].end - begin;
  }
}

void izh_marks_sample_in(izh_marks *m, uint32_t candidates, uint32_t take, izh_rng *rng,
                         const izh_part *range, uint32_t n, izh_part *number, uint32_t *out) {
  bool others =
      take > candidates / 2; /* the chosen ones are marked, or all the others, whichever are fewer */
  uint32_t marks = others ? candidates - take : take, before = 0, at = 0;
  if (candidates > 0) draw_marks(m, candidates, marks, rng);
  if (candidates > 0 && !others && !is_dense(candidates, marks)) {
    izh_marks_keep(out, (uint32_t)(list_sparse(m, candidates, out) - out), range, n, number, out);
    return;
  }
  for (uint32_t i = 0; i < n; i++) {
    uint32_t skipped = count(m, at, range[i].begin);
    before += others ? range[i].begin - at - skipped : skipped;
    uint32_t *end = list(m, range[i].begin, range[i].end, others ? ~(uint64_t)0 : 0, out);
    number[i] = (izh_part){before, before + (uint32_t)(end - out)};
    before = number[i].end;
    at = range[i].end;
    out = end;
  }
  memset(m->bits, 0, ((size_t)candidates / 64 + 1) * sizeof *m->bits);
  memset(m->groups, 0, ((size_t)candidates / 4096 + 1) * sizeof *m->groups);
}

void izh_marks_sample(izh_marks *m, uint32_t candidates, uint32_t take, izh_rng *rng, uint32_t *out) {
  izh_part all = {0, candidates}, number;
  izh_marks_sample_in(m, candidates, take, rng, &all, 1, &number, out);
}
