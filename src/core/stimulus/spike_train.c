#include <math.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "base/sort.h"
#include "core/stimulus/spike_input.h"

typedef struct train {
  izh_spike_input input;
  uint64_t *spikes; /* [n] step << 32 | position, ascending */
  uint64_t n;
  uint64_t at, until; /* the spikes of the present step are at ≤ k < until */
  bool to_all;        /* every neuron gets every spike; all positions are 0 */
} train;

static const izh_stimulus_quantity quantities[] = {
    {{"times", "ms", .help = "ascending times, one list for all neurons or one for each; or spikes",
      .required = true},
     .form = IZH_FORM_SPIKE_TIMES,
     .at = IZH_AT(spike_train.times),
     .fixed = true},
    IZH_WEIGHT_ROW(spike_train),
    IZH_KERNEL_ROW(spike_train),
};

static void describe(const izh_stimulus_def *def, char *text, size_t size) {
  const izh_spike_times *times = &def->spike_train.times;
  char neurons[32] = "";
  if (times->begin) snprintf(neurons, sizeof neurons, " of %u neuron%s", times->trains, izh_s(times->trains));
  snprintf(text, size, "spike_train: %llu spike%s%s, weight %.10g", (unsigned long long)times->n,
           izh_s(times->n), neurons, def->spike_train.weight);
}

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

static izh_status check(const izh_net *net, const izh_stimulus_def *def, izh_err *err) {
  const izh_spike_times *times = &def->spike_train.times;
  uint32_t size = def->target.size;
  if (!net) return IZH_OK;
  izh_status status = izh_spike_input_check(net, def->spike_train.weight, &def->spike_train.kernel, err);
  if (status) return status;
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
  for (uint32_t k = 0; k < size && !status; k++)
    status = train_check(net, times->ms + times->begin[k], times->begin[k + 1] - times->begin[k], err);
  return status;
}

static void fit(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus) {
  (void)net;
  izh_spike_input_fit(def->spike_train.weight, &def->spike_train.kernel, stimulus->state);
}

/* Makes the list of spikes, sorted by step, then position. */
static izh_status spikes_make(const izh_net *net, const izh_spike_times *times, const uint32_t *order,
                              train *own, izh_err *err) {
  uint64_t n = times->n, *keys = izh_alloc(2 * n, sizeof *keys);
  if (!keys) return izh_fail_memory(err, 2 * n * sizeof *keys);
  own->spikes = keys;
  own->n = n;
  own->to_all = !times->begin;
  uint64_t at = 0, step = 0;
  for (uint32_t k = 0; k < (times->begin ? times->trains : 1); k++) {
    uint32_t given = order ? order[k] : k; /* the index of the neuron in the caller's list */
    uint64_t begin = times->begin ? times->begin[given] : 0, end = times->begin ? times->begin[given + 1] : n;
    for (uint64_t i = begin; i < end; i++) {
      izh_status status = step_of(net, times->ms[i], &step, err);
      if (status) return status;
      keys[at++] = step << 32 | k;
    }
  }
  izh_sort_keys(keys, keys + n, n, 0);
  uint64_t *fit_keys = izh_realloc(keys, n, sizeof *fit_keys);
  if (fit_keys) own->spikes = fit_keys;
  return IZH_OK;
}

static izh_status make(izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus, izh_err *err) {
  izh_status status = izh_spike_input_make(net, stimulus, err);
  return status ? status : spikes_make(net, &def->spike_train.times, stimulus->order, stimulus->state, err);
}

static int blocks(void *state, void **list) {
  train *own = state;
  int n = izh_spike_input_blocks(&own->input, list);
  list[n++] = own->spikes;
  return n;
}

static bool spikes_valid(const train *own, uint32_t size) {
  if (own->at > own->until || own->until > own->n) return false;
  for (uint64_t i = 0; i < own->n; i++) {
    uint32_t position = (uint32_t)own->spikes[i];
    if (own->to_all ? position != 0 : position >= size) return false;
    if (i > 0 && own->spikes[i] < own->spikes[i - 1]) return false;
  }
  return true;
}

static void archive(izh_archive *a, izh_net *net, izh_stimulus *stimulus) {
  train *own = stimulus->state;
  izh_spike_input_archive(a, net, stimulus);
  izh_archive_u64(a, &own->n);
  own->spikes = izh_archive_array(a, own->spikes, own->n, sizeof *own->spikes);
  izh_archive_u64(a, &own->at);
  izh_archive_u64(a, &own->until);
  izh_archive_bool(a, &own->to_all);
  if (izh_archive_reads(a))
    izh_archive_require(a, spikes_valid(own, stimulus->def.target.size), "spikes of a spike train");
}

static void prepare(izh_net *net, izh_stimulus *stimulus) {
  train *own = stimulus->state;
  if (!izh_spike_input_prepare(net, stimulus)) return;
  uint64_t now = (uint64_t)net->now, at = own->until;
  while (at < own->n && own->spikes[at] >> 32 < now) at++; /* spikes from before the stimulus was added */
  own->at = at;
  while (at < own->n && own->spikes[at] >> 32 == now) at++;
  own->until = at;
}

static void add(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  const train *own = stimulus->state;
  double *slot = izh_spike_input_begin(net, stimulus, k), weight = own->input.weight;
  for (uint64_t at = own->at; at < own->until; at++) {
    uint32_t position = (uint32_t)own->spikes[at];
    if (own->to_all)
      for (uint32_t i = k.begin; i < k.end; i++) slot[i] += weight;
    else if (position >= k.begin && position < k.end)
      slot[position] += weight;
  }
  izh_spike_input_end(net, stimulus, k);
}

const izh_stimulus_type izh_spike_train_stimulus = {
    .info = {.name = "spike_train",
             .maker = "spike_train",
             .shown = "spike_train",
             .help =
                 "spikes at given times: one at time t acts from the first step that begins at t or later",
             IZH_QUANTITIES(quantities)},
    .state_size = sizeof(train),
    .describe = describe,
    .check = check,
    .fit = fit,
    .make = make,
    .blocks = blocks,
    .archive = archive,
    .prepare = prepare,
    .add = add,
    .current = izh_spike_input_current,
};
