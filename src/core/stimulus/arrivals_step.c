/* The arrivals of a step. Compiled once for each instruction set, see isa.h. */
#include "base/ieee.h"
#include "core/isa/isa.h"
#include "core/random/philox_lanes.h"
#include "core/stimulus/arrivals.h"

enum { MOST = 64 };

/* Neurons whose four arrivals have all come. They need the next block. */
typedef struct empty {
  uint32_t n, at[MOST + IZH_LANES];
  double count[MOST + IZH_LANES]; /* arrivals of this step so far */
} empty;

/* The processes, and where their arrivals go. */
typedef struct step {
  const izh_arrivals *a;
  const izh_ids *neurons;
  izh_arrival_weight weight;
  double *slot;
  empty empty;
} step;

static void add_empty(empty *e, uint32_t i, double count) {
  e->at[e->n] = i;
  e->count[e->n++] = count;
}

/* Makes the random words of the next blocks of the neurons at[0] … at[m - 1], m ≤ IZH_LANES. */
static void draw_words(const step *s, const uint32_t *at, uint32_t m, uint32_t words[4][IZH_LANES]) {
  const izh_arrivals *a = s->a;
  uint32_t counter[4][IZH_LANES] = {{0}};
  for (uint32_t k = 0; k < m; k++) {
    uint64_t number = (a->drawn[at[k]] - 1) / IZH_ARRIVALS + 1;
    a->drawn[at[k]] = number * IZH_ARRIVALS + 1;
    counter[0][k] = (uint32_t)number;
    counter[1][k] = izh_ids_at(s->neurons, at[k]);
    counter[2][k] = (uint32_t)(number >> 32);
  }
  izh_philox_each(a->key, counter, words);
}

/* All this is compiled for both answers to `each`: has each neuron a time or a weight of its own. */

/* `from` and `to` of a neuron. */
static inline double from_at(const izh_arrivals *a, uint32_t i, bool each) {
  return each && a->to_each ? a->from_each[i] : a->from;
}

static inline double to_at(const izh_arrivals *a, uint32_t i, bool each) {
  return each && a->to_each ? a->to_each[i] : a->to;
}

/* Adds `count` arrivals to the slot of a neuron. */
static inline void put(step *s, uint32_t i, double count, bool each) {
  double weight = each && s->weight.each ? s->weight.weight * s->weight.each[i] : s->weight.weight;
  if (count > 0) s->slot[i] += weight * count;
}

/* Adds the arrivals of a neuron from its present block. */
static inline void settle(step *s, uint32_t i, bool each) {
  const izh_arrivals *a = s->a;
  const double *t = a->time + i, to = to_at(a, i, each), from = from_at(a, i, each);
  double count = 0;
  int c = 0;
  for (; c < 4 && t[(size_t)c * a->n] <= to; c++) count += t[(size_t)c * a->n] > from;
  if (c == 4) {
    add_empty(&s->empty, i, count);
    return;
  }
  a->next[i] = t[(size_t)c * a->n];
  put(s, i, count, each);
}

/* Blocks of arrivals side by side. */
typedef struct lanes {
  double time[4][IZH_LANES], from[IZH_LANES], to[IZH_LANES];
  double next[IZH_LANES];  /* the first arrival that has not come */
  double count[IZH_LANES]; /* arrivals of this step */
} lanes;

/* Makes the times of blocks from their words; time[3] has the last times before. Counts those that come. */
static inline void count_lanes(const uint32_t words[4][IZH_LANES], lanes *l) {
  for (int c = 0; c < 4; c++) {
    const double *before = l->time[(c + 3) % 4];
    IZH_VECTORIZE
    for (int k = 0; k < IZH_LANES; k++) l->time[c][k] = before[k] + izh_wait_of(words[c][k]);
  }
  IZH_VECTORIZE
  for (int k = 0; k < IZH_LANES; k++) {
    double next = l->time[3][k], count = l->count[k];
    for (int c = 3; c >= 0; c--) {
      double t = l->time[c][k];
      next = t > l->to[k] ? t : next;
      count += (t <= l->to[k]) & (t > l->from[k]);
    }
    l->next[k] = next;
    l->count[k] = count;
  }
}

/* Draws the next blocks of neurons that have none, and adds their arrivals. */
static inline void serve(step *s, bool each) {
  const izh_arrivals *a = s->a;
  empty *e = &s->empty;
  while (e->n > 0) {
    uint32_t m = e->n < IZH_LANES ? e->n : IZH_LANES, at[IZH_LANES], words[4][IZH_LANES];
    lanes l;
    e->n -= m;
    memcpy(at, e->at + e->n, sizeof at); /* always IZH_LANES, which is faster; the arrays have room for it */
    memcpy(l.count, e->count + e->n, sizeof l.count);
    for (uint32_t k = 0; k < IZH_LANES; k++) {
      uint32_t i = at[k < m ? k : 0];
      l.time[3][k] = a->time[(size_t)3 * a->n + i];
      l.from[k] = from_at(a, i, each);
      l.to[k] = to_at(a, i, each);
    }
    draw_words(s, at, m, words);
    count_lanes(words, &l);
    for (uint32_t k = 0; k < m; k++) {
      uint32_t i = at[k];
      for (int c = 0; c < 4; c++) a->time[(size_t)c * a->n + i] = l.time[c][k];
      a->next[i] = l.next[k];
      if (l.time[3][k] <= l.to[k])
        add_empty(e, i, l.count[k]);
      else
        put(s, i, l.count[k], each);
    }
  }
}

/* `to` of IZH_VECTOR neurons from i on. */
static inline izh_vreals to_of(const izh_arrivals *a, uint32_t i, bool each) {
  return each && a->to_each ? izh_vreals_at(a->to_each + i) : izh_vreals_all(a->to);
}

/* Does for IZH_VECTOR neurons from i on what settle does for one. */
static inline void settle_all(step *s, uint32_t i, bool each) {
  const izh_arrivals *a = s->a;
  izh_vreals from = each && a->to_each ? izh_vreals_at(a->from_each + i) : izh_vreals_all(a->from);
  izh_vreals to = to_of(a, i, each), one = izh_vreals_all(1), weight = izh_vreals_all(s->weight.weight);
  if (each && s->weight.each) weight *= izh_vreals_at(s->weight.each + i);
  izh_vreals t[4], count = izh_vreals_all(0), sum = izh_vreals_at(s->slot + i), next;
  izh_vwords come[4];
  for (int c = 0; c < 4; c++) {
    t[c] = izh_vreals_at(a->time + (size_t)c * a->n + i);
    come[c] = (izh_vwords)(t[c] <= to);
    count += (izh_vreals)((izh_vwords)one & come[c] & (izh_vwords)(t[c] > from));
  }
  next = izh_vreals_choose(come[2], t[3], t[2]);
  next = izh_vreals_choose(come[1], next, t[1]);
  next = izh_vreals_choose(come[0], next, t[0]);
  memcpy(a->next + i, &next, sizeof next);
  izh_vwords some = (izh_vwords)(count > 0) & ~come[3];
  sum = izh_vreals_choose(some, sum + weight * count, sum);
  memcpy(s->slot + i, &sum, sizeof sum);
  for (uint32_t left = izh_vmask_of(come[3]); left; left &= left - 1) {
    uint32_t k = (uint32_t)__builtin_ctz(left);
    add_empty(&s->empty, i + k, count[k]);
  }
}

static inline void run(step *s, izh_part part, bool each) {
  const izh_arrivals *a = s->a;
  uint32_t i = part.begin;
  for (; part.end - i >= IZH_VECTOR; i += IZH_VECTOR) {
    if (!izh_vmask_of((izh_vwords)(izh_vreals_at(a->next + i) <= to_of(a, i, each)))) continue;
    settle_all(s, i, each);
    if (s->empty.n > MOST - IZH_VECTOR) serve(s, each);
  }
  for (; i < part.end; i++)
    if (a->next[i] <= to_at(a, i, each)) settle(s, i, each);
  serve(s, each);
}

void IZH_ISA(arrivals)(const izh_arrivals *a, const izh_ids *neurons, izh_part part,
                       izh_arrival_weight weight, double *slot) {
  step s = {.a = a, .neurons = neurons, .weight = weight, .slot = slot};
  if (a->to_each || weight.each)
    run(&s, part, true);
  else
    run(&s, part, false);
}
