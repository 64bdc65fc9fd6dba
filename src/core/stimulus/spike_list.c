#include "core/stimulus/spike_list.h"

#include <math.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "base/sort.h"
#include "core/net/net_private.h"

/* The first step that begins at a time or later. A time that is a multiple of dt but for its last bits counts
 * as one. */
static izh_status step_of(const izh_net *net, double ms, uint64_t *step, izh_err *err) {
  double exact = net->steps_a_ms ? ms * (double)net->steps_a_ms : ms / net->def.dt_ms, whole = round(exact);
  if (!(fabs(exact - whole) <= 1e-9 * (whole > 1 ? whole : 1))) whole = ceil(exact);
  if (!(whole < UINT32_MAX))
    return izh_fail(err, IZH_RANGE, "times must be below %.10g ms at dt = %.10g ms (got %g)",
                    UINT32_MAX * net->def.dt_ms, net->def.dt_ms, ms);
  *step = (uint64_t)whole;
  return IZH_OK;
}

/* Checks the times of one train. */
static izh_status train_check(const izh_net *net, const double *ms, uint64_t n, izh_err *err) {
  for (uint64_t k = 0; k < n; k++) {
    unsigned long long number = k + 1;
    uint64_t step;
    if (!isfinite(ms[k]) || ms[k] < 0)
      return izh_fail(err, IZH_RANGE, "times must be finite and ≥ 0 (time %llu is %g)", number, ms[k]);
    if (k > 0 && ms[k] < ms[k - 1])
      return izh_fail(err, IZH_RANGE, "times must ascend (time %llu is %g, the one before %g)", number, ms[k],
                      ms[k - 1]);
    izh_status status = step_of(net, ms[k], &step, err);
    if (status) return status;
  }
  return IZH_OK;
}

izh_status izh_spike_times_check(const izh_net *net, const izh_spike_times *times, uint32_t size,
                                 izh_err *err) {
  if (!times->begin) return train_check(net, times->ms, times->n, err);
  if (times->trains != size && times->recorded)
    return izh_fail(
        err, IZH_RANGE,
        "the spikes must have a train for each of %u neuron%s (got %u; izh.spikes{ …, neurons = %u } "
        "has those of 1 … %u, silent ones included)",
        size, size == 1 ? "" : "s", times->trains, size, size);
  if (times->trains != size)
    return izh_fail(err, IZH_RANGE, "times must have one list for each of %u neuron%s (got %u)", size,
                    size == 1 ? "" : "s", times->trains);
  izh_status status = IZH_OK;
  for (uint32_t k = 0; k < size && !status; k++)
    status = train_check(net, times->ms + times->begin[k], times->begin[k + 1] - times->begin[k], err);
  return status;
}

/* Writes the spikes of all trains as step << 32 | what, train by train: `what` is the position of the neuron,
 * or the number of the spike. */
static izh_status list_spikes(const izh_net *net, const izh_spike_times *times, const uint32_t *order,
                              bool number, uint64_t *keys, izh_err *err) {
  uint64_t at = 0, step = 0;
  for (uint32_t k = 0; k < (times->begin ? times->trains : 1); k++) {
    uint32_t given = order ? order[k] : k; /* the index of the neuron in the caller's list */
    uint64_t begin = times->begin ? times->begin[given] : 0,
             end = times->begin ? times->begin[given + 1] : times->n;
    for (uint64_t i = begin; i < end; i++) {
      izh_status status = step_of(net, times->ms[i], &step, err);
      if (status) return status;
      keys[at++] = step << 32 | (number ? i : k);
    }
  }
  return IZH_OK;
}

/* Sorting by step keeps the order of neurons and, in a train, that of times: so both lists below agree. */
izh_status izh_spike_list_make(const izh_net *net, const izh_spike_times *times, const uint32_t *order,
                               izh_spike_list *list, double **ms, izh_err *err) {
  uint64_t n = times->n, *keys = izh_alloc(2 * n, sizeof *keys);
  if (!keys) return izh_fail_memory(err, 2 * n * sizeof *keys);
  list->spikes = keys;
  list->n = n;
  list->to_all = !times->begin;
  izh_status status = IZH_OK;
  if (ms) {
    if (n > UINT32_MAX)
      return izh_fail(err, IZH_SIZE, "at most %u spikes (got %llu)", UINT32_MAX, (unsigned long long)n);
    *ms = izh_alloc(n, sizeof **ms);
    if (!*ms) return izh_fail_memory(err, n * sizeof **ms);
    status = list_spikes(net, times, order, true, keys, err);
    if (!status) izh_sort_keys(keys, keys + n, n, 32);
    for (uint64_t i = 0; i < n && !status; i++) (*ms)[i] = times->ms[(uint32_t)keys[i]];
  }
  if (!status) status = list_spikes(net, times, order, false, keys, err);
  if (status) return status;
  izh_sort_keys(keys, keys + n, n, 32);
  uint64_t *fit_keys = izh_realloc(keys, n, sizeof *fit_keys);
  if (fit_keys) list->spikes = fit_keys;
  return IZH_OK;
}

void izh_spike_list_move(izh_spike_list *list, uint64_t step) {
  uint64_t at = list->until;
  while (at < list->n && list->spikes[at] >> 32 < step) at++;
  list->at = at;
  while (at < list->n && list->spikes[at] >> 32 == step) at++;
  list->until = at;
}

static bool spikes_valid(const izh_spike_list *list, uint32_t size) {
  if (list->at > list->until || list->until > list->n) return false;
  for (uint64_t i = 0; i < list->n; i++) {
    uint32_t position = (uint32_t)list->spikes[i];
    if (list->to_all ? position != 0 : position >= size) return false;
    if (i > 0 && list->spikes[i] < list->spikes[i - 1]) return false;
  }
  return true;
}

void izh_spike_list_archive(izh_archive *a, izh_spike_list *list, uint32_t size) {
  izh_archive_u64(a, &list->n);
  list->spikes = izh_archive_array(a, list->spikes, list->n, sizeof *list->spikes);
  izh_archive_u64(a, &list->at);
  izh_archive_u64(a, &list->until);
  izh_archive_bool(a, &list->to_all);
  if (izh_archive_reads(a)) izh_archive_require(a, spikes_valid(list, size), "list of given spikes");
}
