/* Adds the weights of synapses to the sums of their targets. Compiled once for each instruction set, see
 * isa.h. The additions to a sum are made in the order of the runs, and of the synapses in a run. */
#include "core/isa/isa.h"
#include "core/synapse/projection_private.h"

#define INLINE static inline __attribute__((always_inline))

enum { AHEAD = 4 };    /* memory is prefetched so many runs ahead */
enum { TOGETHER = 8 }; /* so many weights are computed as a vector */
enum { PACKED = 256 }; /* targets in a pack */
enum { DENSE = 16 };   /* a run of so many synapses or more is searched for neighbouring targets */

typedef enum weights { ONE, SINGLE, DOUBLE } weights;

/* What the loops need of a projection, as a copy: so the compiler knows that no store changes it. */
typedef struct synapses {
  const uint16_t *near;
  const uint32_t *target;
  const float *single;
  const double *full;
  double gain, one; /* one: the weight of all synapses, scaled */
  uint64_t n;
  bool distinct, mixed;
  int sign;
} synapses;

INLINE double weight_at(const synapses *s, weights kind, uint64_t k) {
  return kind == SINGLE ? s->gain * (double)s->single[k] : kind == DOUBLE ? s->gain * s->full[k] : s->one;
}

INLINE uint32_t target_at(const synapses *s, bool near, uint64_t k) {
  return near ? s->near[k] : s->target[k];
}

/* Synapses begin … end - 1 have the targets first, first + 1, … */
INLINE void add_row(const synapses s, weights kind, uint64_t begin, uint64_t end, double *restrict sum) {
  for (uint64_t k = 0; k < end - begin; k++) sum[k] += weight_at(&s, kind, begin + k);
}

/* A weight adds 0 to the sum of the other sign, which changes nothing. */
INLINE void add_row_mixed(const synapses s, weights kind, uint64_t begin, uint64_t end, double *exc,
                          double *inh) {
  for (uint64_t k = 0; k < end - begin; k++) {
    double weight = weight_at(&s, kind, begin + k);
    exc[k] += weight > 0 ? weight : 0;
    inh[k] += weight < 0 ? weight : 0;
  }
}

INLINE void add_some(const synapses s, weights kind, bool near, uint64_t begin, uint64_t end,
                     double *restrict sum) {
  for (; end - begin >= TOGETHER; begin += TOGETHER) {
    double weight[TOGETHER];
    for (int i = 0; i < TOGETHER; i++) weight[i] = weight_at(&s, kind, begin + (uint64_t)i);
    for (int i = 0; i < TOGETHER; i++) sum[target_at(&s, near, begin + (uint64_t)i)] += weight[i];
  }
  for (uint64_t k = begin; k < end; k++) sum[target_at(&s, near, k)] += weight_at(&s, kind, k);
}

INLINE void add_some_mixed(const synapses s, weights kind, bool near, uint64_t begin, uint64_t end,
                           double *const sums[2]) {
  for (uint64_t k = begin; k < end; k++) {
    double weight = weight_at(&s, kind, k);
    sums[weight < 0][target_at(&s, near, k)] += weight;
  }
}

/* The end of the neighbouring targets at the beginning of a run. The targets ascend, and are distinct. */
INLINE uint64_t neighbours(const synapses *s, bool near, uint64_t begin, uint64_t end) {
  uint32_t first = target_at(s, near, begin);
  uint64_t low = begin + 1, high = end;
  while (low < high) {
    uint64_t middle = low + (high - low) / 2;
    if (target_at(s, near, middle) - first == middle - begin)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

INLINE void add_run(const synapses *s, weights kind, bool near, const izh_run *run, double *const slots[2]) {
  double *const sums[2] = {slots[0] + run->base, slots[1] + run->base};
  uint64_t begin = run->begin, end = run->end;
  /* the targets are neighbours, with at most one left out, as all_to_all without autapses makes them */
  while (end - begin >= DENSE && s->distinct &&
         target_at(s, near, end - 1) - target_at(s, near, begin) <= end - begin) {
    uint64_t stop = neighbours(s, near, begin, end);
    uint32_t first = target_at(s, near, begin);
    if (s->mixed)
      add_row_mixed(*s, kind, begin, stop, sums[IZH_EXC] + first, sums[IZH_INH] + first);
    else
      add_row(*s, kind, begin, stop, sums[s->sign] + first);
    begin = stop;
  }
  if (s->mixed)
    add_some_mixed(*s, kind, near, begin, end, sums);
  else
    add_some(*s, kind, near, begin, end, sums[s->sign]);
}

INLINE void fetch(const void *array, uint64_t begin, uint64_t end, size_t size) {
  const char *from = (const char *)array + begin * size, *to = (const char *)array + end * size;
  for (; from < to; from += 64) __builtin_prefetch(from);
}

INLINE void fetch_run(const synapses *s, weights kind, bool near, const izh_run *run) {
  if (near)
    fetch(s->near, run->begin, run->end, sizeof *s->near);
  else
    fetch(s->target, run->begin, run->end, sizeof *s->target);
  if (kind == SINGLE) fetch(s->single, run->begin, run->end, sizeof *s->single);
  if (kind == DOUBLE) fetch(s->full, run->begin, run->end, sizeof *s->full);
}

/* A pack: short runs, one after the other. A processor cannot predict where a short run ends, and that costs
 * more than its synapses; a pack has one end for many runs. */
typedef struct pack {
  uint32_t n;
  uint32_t target[PACKED];
  float weight[PACKED]; /* of SINGLE */
} pack;

/* Appends a run to the pack. Always copies DENSE synapses; the next run overwrites those that are too many.
 */
INLINE void pack_run(const synapses *s, weights kind, const izh_run *run, pack *together) {
  for (int i = 0; i < DENSE; i++)
    together->target[together->n + (uint32_t)i] = run->base + s->near[run->begin + (uint64_t)i];
  for (int i = 0; i < DENSE && kind == SINGLE; i++)
    together->weight[together->n + (uint32_t)i] = s->single[run->begin + (uint64_t)i];
  together->n += (uint32_t)(run->end - run->begin);
}

INLINE void add_pack(const synapses *s, weights kind, pack *together, double *restrict sum) {
  for (uint32_t k = 0; k < together->n; k++)
    sum[together->target[k]] += kind == SINGLE ? s->gain * (double)together->weight[k] : s->one;
  together->n = 0;
}

INLINE void add_runs(const synapses *s, weights kind, bool near, const izh_run *runs, uint32_t n,
                     double *const slots[2]) {
  bool packs = near && kind != DOUBLE && !s->mixed;
  pack together;
  together.n = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (i + AHEAD < n) fetch_run(s, kind, near, &runs[i + AHEAD]);
    if (packs && runs[i].end - runs[i].begin < DENSE && runs[i].begin + DENSE <= s->n) {
      if (together.n > PACKED - DENSE) add_pack(s, kind, &together, slots[s->sign]);
      pack_run(s, kind, &runs[i], &together);
    } else {
      if (packs) add_pack(s, kind, &together, slots[s->sign]); /* first, to keep the order */
      add_run(s, kind, near, &runs[i], slots);
    }
  }
  if (packs) add_pack(s, kind, &together, slots[s->sign]);
}

void IZH_ISA(deliver)(const izh_projection *p, double gain, const izh_run *runs, uint32_t n,
                      double *const slots[2]) {
  bool turned = __builtin_signbit(p->gain);
  const synapses s = {.near = p->near,
                      .target = p->target,
                      .single = p->weight_single,
                      .full = p->weight_double,
                      .gain = gain,
                      .one = gain * p->weight_one,
                      .n = p->n,
                      .distinct = p->distinct,
                      .mixed = p->has[IZH_EXC] && p->has[IZH_INH],
                      .sign = p->has[turned ? IZH_EXC : IZH_INH] ? IZH_INH : IZH_EXC};
  weights kind = s.single ? SINGLE : s.full ? DOUBLE : ONE;
  if (kind == SINGLE && s.near)
    add_runs(&s, SINGLE, true, runs, n, slots);
  else if (kind == SINGLE)
    add_runs(&s, SINGLE, false, runs, n, slots);
  else if (kind == DOUBLE && s.near)
    add_runs(&s, DOUBLE, true, runs, n, slots);
  else if (kind == DOUBLE)
    add_runs(&s, DOUBLE, false, runs, n, slots);
  else if (s.near)
    add_runs(&s, ONE, true, runs, n, slots);
  else
    add_runs(&s, ONE, false, runs, n, slots);
}
