#include "core/stimulus/arrivals.h"

static izh_block block_of(const izh_arrivals *a, const izh_ids *neurons, uint32_t i) {
  uint64_t number = (a->drawn[i] - 1) / IZH_ARRIVALS;
  return izh_philox(a->key, (uint32_t)number, izh_ids_at(neurons, i), (uint32_t)(number >> 32), 0);
}

void izh_arrivals_begin(izh_arrivals *a, const izh_ids *neurons, double at) {
  for (uint32_t i = 0; i < a->n; i++) {
    double t = at;
    uint64_t drawn = 0;
    izh_block block = {{0}};
    do {
      a->drawn[i] = drawn + 1;
      if (drawn % IZH_ARRIVALS == 0) block = block_of(a, neurons, i);
      t += izh_wait_of(block.w[drawn++ % IZH_ARRIVALS]);
    } while (t <= a->to);
    a->next[i] = t;
  }
  izh_arrivals_restore(a, neurons);
}

void izh_arrivals_note(izh_arrivals *a) {
  for (uint32_t i = 0; i < a->n; i++) {
    uint64_t first = (a->drawn[i] - 1) / IZH_ARRIVALS * IZH_ARRIVALS, arrived = 0;
    for (uint32_t k = 0; k < IZH_ARRIVALS; k++) arrived += a->time[(size_t)k * a->n + i] <= a->to;
    a->drawn[i] = first + arrived + 1;
  }
}

void izh_arrivals_restore(izh_arrivals *a, const izh_ids *neurons) {
  for (uint32_t i = 0; i < a->n; i++) {
    izh_block block = block_of(a, neurons, i);
    uint32_t next = (uint32_t)((a->drawn[i] - 1) % IZH_ARRIVALS);
    double t = a->next[i];
    for (uint32_t k = 0; k < IZH_ARRIVALS; k++) {
      if (k > next) t += izh_wait_of(block.w[k]);
      a->time[(size_t)k * a->n + i] = k < next ? -1 : t;
    }
  }
}
