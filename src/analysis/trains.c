#include "analysis/trains.h"

#include <math.h>
#include <string.h>

size_t izh_id_set_find(const izh_id_set *set, double id) {
  if (!set->list) {
    double at = id - set->first;
    return at >= 0 && at < (double)set->n && at == floor(at) ? (size_t)at : set->n;
  }
  size_t low = 0, high = set->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (set->list[middle] < id)
      low = middle + 1;
    else
      high = middle;
  }
  return low < set->n && set->list[low] == id ? low : set->n;
}

/* First finds by how much the number increases in each part, then sums this. */
void izh_trains_present(const izh_trains *trains, double width_ms, double *out, size_t n) {
  memset(out, 0, n * sizeof *out);
  for (size_t i = 0; i < trains->n; i++) {
    double at = trains->begun_ms ? (trains->begun_ms[i] - trains->from_ms) / width_ms : 0, part = floor(at);
    if (part >= (double)n) continue;
    out[(size_t)part] += part + 1 - at;
    if (part + 1 < (double)n) out[(size_t)part + 1] += at - part;
  }
  for (size_t k = 1; k < n; k++) out[k] += out[k - 1];
}

void izh_trains_group(const double *t_ms, const double *id, size_t n, const izh_id_set *neurons,
                      size_t *start, double *out_ms) {
  memset(start, 0, (neurons->n + 1) * sizeof *start);
  for (size_t i = 0; i < n; i++) start[izh_id_set_find(neurons, id[i]) + 1]++;
  for (size_t k = 0; k < neurons->n; k++) start[k + 1] += start[k];
  /* while train k is filled, start[k] moves to its end, where the next train begins; then all move back */
  for (size_t i = 0; i < n; i++) out_ms[start[izh_id_set_find(neurons, id[i])]++] = t_ms[i];
  memmove(start + 1, start, neurons->n * sizeof *start);
  start[0] = 0;
}
