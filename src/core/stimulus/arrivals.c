#include "core/stimulus/arrivals.h"

static izh_block block_of(const izh_arrivals *a, const izh_ids *neurons, uint32_t i) {
  uint64_t number = (a->drawn[i] - 1) / IZH_ARRIVALS;
  return izh_philox(a->key, (uint32_t)number, izh_ids_at(neurons, i), (uint32_t)(number >> 32), 0);
}

/* Makes `time` of a process from its `next` and its drawn. */
static void restore_one(izh_arrivals *a, const izh_ids *neurons, uint32_t i) {
  izh_block block = block_of(a, neurons, i);
  uint32_t next = (uint32_t)((a->drawn[i] - 1) % IZH_ARRIVALS);
  double t = a->next[i];
  for (uint32_t k = 0; k < IZH_ARRIVALS; k++) {
    if (k > next) t += izh_wait_of(block.w[k]);
    a->time[(size_t)k * a->n + i] = k < next ? -1 : t;
  }
}

void izh_arrivals_begin(izh_arrivals *a, const izh_ids *neurons, uint32_t i, double at) {
  double t = at, to = izh_arrivals_to(a, i);
  uint64_t drawn = 0;
  izh_block block = {{0}};
  do {
    a->drawn[i] = drawn + 1;
    if (drawn % IZH_ARRIVALS == 0) block = block_of(a, neurons, i);
    t += izh_wait_of(block.w[drawn++ % IZH_ARRIVALS]);
  } while (t <= to);
  a->next[i] = t;
  restore_one(a, neurons, i);
}

void izh_arrivals_note(izh_arrivals *a) {
  for (uint32_t i = 0; i < a->n; i++) {
    double to = izh_arrivals_to(a, i);
    uint64_t first = (a->drawn[i] - 1) / IZH_ARRIVALS * IZH_ARRIVALS, arrived = 0;
    for (uint32_t k = 0; k < IZH_ARRIVALS; k++) arrived += a->time[(size_t)k * a->n + i] <= to;
    a->drawn[i] = first + arrived + 1;
  }
}

void izh_arrivals_restore(izh_arrivals *a, const izh_ids *neurons) {
  for (uint32_t i = 0; i < a->n; i++) restore_one(a, neurons, i);
}
