/* Adds the weights of synapses to the sums of their targets. Compiled once for each instruction set, see
 * isa.h. The additions to a sum are made in the order of the runs, and of the synapses in a run. */
#include <string.h>

#include "core/isa/isa.h"
#include "core/synapse/synapses.h"

#define INLINE static inline __attribute__((always_inline))

enum { LINE = 64 };     /* bytes of a line of the cache */
enum { FETCHED = 512 }; /* bytes of a row that are prefetched; then the processor goes on by itself */
enum { TOGETHER = 8 };  /* so many weights are computed as a vector */
enum { PACKED = 256 };  /* targets in a pack */
enum { DENSE = 16 };    /* a run of so many synapses or more is searched for neighbouring targets */

/* How targets and weights are kept, a loop for each: near, or tied to the weights, both also with shifts;
 * far. */
#define FORMS(FORM)                                                                                          \
  FORM(NEAR_ONE)                                                                                             \
  FORM(NEAR_SINGLE)                                                                                          \
  FORM(NEAR_DOUBLE)                                                                                          \
  FORM(TIED)                                                                                                 \
  FORM(SHIFTED_ONE)                                                                                          \
  FORM(SHIFTED_SINGLE) FORM(SHIFTED_DOUBLE) FORM(SHIFTED_TIED) FORM(FAR_ONE) FORM(FAR_SINGLE) FORM(FAR_DOUBLE)
#define MEMBER(FORM) FORM,
typedef enum form { FORMS(MEMBER) } form;

/* What the loops need of a projection, as a copy: so the compiler knows that no store changes it. */
typedef struct synapses {
  const uint16_t *near;
  const uint32_t *target;
  const izh_tied *tied;
  const uint32_t *shift;
  const float *single;
  const double *full;
  double gain, one; /* one: the weight of all synapses, scaled */
  uint64_t n;
  bool distinct, mixed;
  int sign;
} synapses;

INLINE bool is_single(form f) {
  return f == NEAR_SINGLE || f == SHIFTED_SINGLE || f == FAR_SINGLE;
}

INLINE bool is_double(form f) {
  return f == NEAR_DOUBLE || f == SHIFTED_DOUBLE || f == FAR_DOUBLE;
}

INLINE bool is_far(form f) {
  return f == FAR_ONE || f == FAR_SINGLE || f == FAR_DOUBLE;
}

INLINE bool is_tied(form f) {
  return f == TIED || f == SHIFTED_TIED;
}

INLINE bool is_shifted(form f) {
  return f == SHIFTED_ONE || f == SHIFTED_SINGLE || f == SHIFTED_DOUBLE || f == SHIFTED_TIED;
}

INLINE double weight_at(const synapses *s, form f, uint64_t k) {
  return is_tied(f)     ? s->gain * (double)s->tied[k].weight
         : is_single(f) ? s->gain * (double)s->single[k]
         : is_double(f) ? s->gain * s->full[k]
                        : s->one;
}

INLINE uint32_t target_at(const synapses *s, form f, uint64_t k) {
  if (is_far(f)) return s->target[k];
  uint32_t near = is_tied(f) ? s->tied[k].near : s->near[k];
  return is_shifted(f) ? near + s->shift[near / IZH_TILE] : near;
}

/* Synapses begin … end - 1 have the targets first, first + 1, … */
INLINE void add_row(const synapses s, form f, uint64_t begin, uint64_t end, double *restrict sum) {
  for (uint64_t k = 0; k < end - begin; k++) sum[k] += weight_at(&s, f, begin + k);
}

/* A weight adds 0 to the sum of the other sign, which changes nothing. */
INLINE void add_row_mixed(const synapses s, form f, uint64_t begin, uint64_t end, double *exc, double *inh) {
  for (uint64_t k = 0; k < end - begin; k++) {
    double weight = weight_at(&s, f, begin + k);
    exc[k] += weight > 0 ? weight : 0;
    inh[k] += weight < 0 ? weight : 0;
  }
}

INLINE void add_some(const synapses s, form f, uint64_t begin, uint64_t end, double *restrict sum) {
  for (; end - begin >= TOGETHER; begin += TOGETHER) {
    double weight[TOGETHER];
    for (int i = 0; i < TOGETHER; i++) weight[i] = weight_at(&s, f, begin + (uint64_t)i);
    for (int i = 0; i < TOGETHER; i++) sum[target_at(&s, f, begin + (uint64_t)i)] += weight[i];
  }
  for (uint64_t k = begin; k < end; k++) sum[target_at(&s, f, k)] += weight_at(&s, f, k);
}

INLINE void add_some_mixed(const synapses s, form f, uint64_t begin, uint64_t end, double *const sums[2]) {
  for (uint64_t k = begin; k < end; k++) {
    double weight = weight_at(&s, f, k);
    sums[weight < 0][target_at(&s, f, k)] += weight;
  }
}

/* The end of the neighbouring targets at the beginning of a run. The targets ascend, and are distinct. */
INLINE uint64_t neighbours(const synapses *s, form f, uint64_t begin, uint64_t end) {
  uint32_t first = target_at(s, f, begin);
  uint64_t low = begin + 1, high = end;
  while (low < high) {
    uint64_t middle = low + (high - low) / 2;
    if (target_at(s, f, middle) - first == middle - begin)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

INLINE void add_run(const synapses *all, form f, const izh_run *run, double *const slots[2]) {
  synapses of_run = *all, *s = &of_run;
  uint32_t base = is_shifted(f) ? 0 : run->base;
  if (is_shifted(f)) s->shift += run->base;
  double *const sums[2] = {slots[0] + base, slots[1] + base};
  uint64_t begin = run->begin, end = run->end;
  /* the targets are neighbours, with at most one left out, as all_to_all without autapses makes them */
  while (end - begin >= DENSE && s->distinct &&
         target_at(s, f, end - 1) - target_at(s, f, begin) <= end - begin) {
    uint64_t stop = neighbours(s, f, begin, end);
    uint32_t first = target_at(s, f, begin);
    if (s->mixed)
      add_row_mixed(*s, f, begin, stop, sums[IZH_EXC] + first, sums[IZH_INH] + first);
    else
      add_row(*s, f, begin, stop, sums[s->sign] + first);
    begin = stop;
  }
  if (s->mixed)
    add_some_mixed(*s, f, begin, end, sums);
  else
    add_some(*s, f, begin, end, sums[s->sign]);
}

/* Into the second cache: more lines can be on their way to it at a time. */
INLINE void fetch(const void *array, uint64_t begin, uint64_t end, size_t size) {
  const char *from = (const char *)array + begin * size, *to = (const char *)array + end * size;
  if (to - from > FETCHED) to = from + FETCHED;
  for (from -= (uintptr_t)from % LINE; from < to; from += LINE) __builtin_prefetch(from, 0, 2);
}

INLINE void fetch_run(const synapses *s, form f, const izh_run *run) {
  if (is_tied(f))
    fetch(s->tied, run->begin, run->end, sizeof *s->tied);
  else if (is_far(f))
    fetch(s->target, run->begin, run->end, sizeof *s->target);
  else
    fetch(s->near, run->begin, run->end, sizeof *s->near);
  if (is_single(f)) fetch(s->single, run->begin, run->end, sizeof *s->single);
  if (is_double(f)) fetch(s->full, run->begin, run->end, sizeof *s->full);
}

/* A pack: short runs, one after the other. A processor cannot predict where a short run ends, and that costs
 * more than its synapses; a pack has one end for many runs. */
typedef struct pack {
  uint32_t n;
  uint32_t target[PACKED];
  float weight[PACKED]; /* if they are in single precision */
} pack;

typedef uint16_t shorts __attribute__((vector_size(TOGETHER * sizeof(uint16_t))));
typedef uint32_t words __attribute__((vector_size(TOGETHER * sizeof(uint32_t))));

/* Appends a run to the pack. Always copies DENSE synapses; the next run overwrites those that are too many.
 */
INLINE void pack_run(const synapses *s, form f, const izh_run *run, pack *together) {
  const uint16_t *near = s->near + run->begin;
  uint32_t *target = together->target + together->n;
  for (int i = 0; i < DENSE && is_shifted(f); i++)
    target[i] = near[i] + s->shift[run->base + near[i] / IZH_TILE];
  for (int i = 0; i < DENSE && !is_shifted(f);
       i += TOGETHER) { /* as vectors: compilers do not make them of this loop */
    shorts from;
    memcpy(&from, near + i, sizeof from);
    words to = __builtin_convertvector(from, words) + run->base;
    memcpy(target + i, &to, sizeof to);
  }
  if (is_single(f)) memcpy(together->weight + together->n, s->single + run->begin, DENSE * sizeof *s->single);
  together->n += (uint32_t)(run->end - run->begin);
}

INLINE void add_pack(const synapses *s, form f, pack *together, double *restrict sum) {
  for (uint32_t k = 0; k < together->n; k++)
    sum[together->target[k]] += is_single(f) ? s->gain * (double)together->weight[k] : s->one;
  together->n = 0;
}

INLINE void add_runs(const synapses *s, form f, const izh_run *runs, uint32_t n, uint32_t known,
                     double *const slots[2]) {
  bool packs = !is_far(f) && !is_double(f) && !is_tied(f) && !s->mixed;
  pack together;
  together.n = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (i + IZH_RUNS_AHEAD < known) fetch_run(s, f, &runs[i + IZH_RUNS_AHEAD]);
    if (packs && runs[i].end - runs[i].begin < DENSE && runs[i].begin + DENSE <= s->n) {
      if (together.n > PACKED - DENSE) add_pack(s, f, &together, slots[s->sign]);
      pack_run(s, f, &runs[i], &together);
    } else {
      if (packs) add_pack(s, f, &together, slots[s->sign]); /* first, to keep the order */
      add_run(s, f, &runs[i], slots);
    }
  }
  if (packs) add_pack(s, f, &together, slots[s->sign]);
}

static form form_of(const izh_projection *p) {
  if (p->tied) return p->shift ? SHIFTED_TIED : TIED;
  if (p->weight_single) return p->target ? FAR_SINGLE : p->shift ? SHIFTED_SINGLE : NEAR_SINGLE;
  if (p->weight_double) return p->target ? FAR_DOUBLE : p->shift ? SHIFTED_DOUBLE : NEAR_DOUBLE;
  return p->target ? FAR_ONE : p->shift ? SHIFTED_ONE : NEAR_ONE;
}

void IZH_ISA(deliver)(const izh_projection *p, double gain, const izh_run *runs, uint32_t n, uint32_t known,
                      double *const slots[2]) {
  bool turned = __builtin_signbit(p->gain);
  const synapses s = {.near = p->near,
                      .target = p->target,
                      .tied = p->tied,
                      .shift = p->shift,
                      .single = p->weight_single,
                      .full = p->weight_double,
                      .gain = gain,
                      .one = gain * p->weight_one,
                      .n = p->n,
                      .distinct = p->distinct,
                      .mixed = p->has[IZH_EXC] && p->has[IZH_INH],
                      .sign = p->has[turned ? IZH_EXC : IZH_INH] ? IZH_INH : IZH_EXC};
  switch (form_of(p)) {
#define CASE(FORM)                                                                                           \
  case FORM:                                                                                                 \
    add_runs(&s, FORM, runs, n, known, slots);                                                               \
    break;
    FORMS(CASE)
  }
}
