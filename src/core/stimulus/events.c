/* Spikes from outside: Poisson sources, and trains of given times. They act through synapses of their own. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/exactmath.h"
#include "base/ieee.h"
#include "base/sort.h"
#include "core/net/net_private.h"

/* --- checks --- */

static izh_status at_least_0(const char *what, double value, izh_err *err) {
  if (isfinite(value) && value >= 0) return IZH_OK;
  return izh_fail(err, IZH_RANGE, "%s must be finite and ≥ 0 (got %g)", what, value);
}

/* More spikes than this in all would take for ever, rather than mean anything. */
static const double GREATEST_HZ = 1e7;

static izh_status rate_check(double rate_hz, double sources, izh_err *err) {
  izh_status status = at_least_0("rate", rate_hz, err);
  if (status || rate_hz * sources <= GREATEST_HZ) return status;
  return izh_fail(err, IZH_RANGE, "n × rate must be at most %g Hz (got %g × %g)", GREATEST_HZ, sources,
                  rate_hz);
}

/* The first step that begins at a time or later. A time that is on the grid but for its last bits is on it.
 */
static izh_status step_of(const izh_net *net, double ms, uint64_t *step, izh_err *err) {
  double exact = net->steps_a_ms ? ms * (double)net->steps_a_ms : ms / net->def.dt_ms, whole = round(exact);
  if (!(fabs(exact - whole) <= 1e-9 * (whole > 1 ? whole : 1))) whole = ceil(exact);
  if (!(whole < UINT32_MAX))
    return izh_fail(err, IZH_RANGE, "times must be below %.10g ms at dt = %.10g ms (got %g)",
                    UINT32_MAX * net->def.dt_ms, net->def.dt_ms, ms);
  *step = (uint64_t)whole;
  return IZH_OK;
}

/* The times of one train. */
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

izh_status izh_events_check(const izh_net *net, const izh_stimulus_def *def, izh_err *err) {
  if (!isfinite(def->weight)) return izh_fail(err, IZH_RANGE, "weight must be finite (got %g)", def->weight);
  izh_status status = izh_kernel_check(net, &def->kernel, err);
  if (status) return status;
  if (def->kind == IZH_STIMULUS_POISSON) {
    status = at_least_0("n", def->sources, err);
    return status ? status : rate_check(def->rate_hz, def->sources, err);
  }
  if (!def->begin) return train_check(net, def->spikes_ms, def->n_spikes, err);
  for (uint32_t k = 0; k < def->target.size && !status; k++)
    status = train_check(net, def->spikes_ms + def->begin[k], def->begin[k + 1] - def->begin[k], err);
  return status;
}

/* --- Poisson sources --- */

/* The m-th waiting time of a neuron, of a process of rate 1: the superposition of n sources of a rate is one
 * process of n times that rate, and a change of rate is a change of the speed at which its time passes. So
 * the spikes do not depend on dt, whatever the rate. */
static double waiting_time(izh_key key, uint32_t neuron, uint64_t m) {
  izh_block block = izh_philox(key, (uint32_t)(m / 4), neuron, (uint32_t)(m / 4 >> 32), 0);
  return -izh_log(((double)block.w[m % 4] + 0.5) * 0x1p-32);
}

static izh_status poisson_make(izh_net *net, const izh_stimulus_def *def, const izh_ids *target,
                               izh_events *events, izh_err *err) {
  izh_status status = izh_net_stream(net, "stimulus", def->name, "poisson", &events->key, err);
  if (status) return status;
  uint32_t n = target->size;
  events->rate_hz = def->rate_hz;
  events->sources = def->sources;
  events->since = net->now;
  events->next = izh_alloc(n, sizeof *events->next);
  events->drawn = izh_alloc(n, sizeof *events->drawn);
  if (!events->next || !events->drawn) return izh_fail_memory(err, n * 2 * sizeof(double));
  for (uint32_t k = 0; k < n; k++) {
    events->next[k] = waiting_time(events->key, izh_ids_at(target, k), 0);
    events->drawn[k] = 1;
  }
  return IZH_OK;
}

/* What a source waits for has no memory: from now on it waits as others would have from the beginning. */
void izh_events_redraw(izh_stimulus *stimulus, uint32_t number) {
  izh_events *events = &stimulus->events;
  events->key.seed += number;
  for (uint32_t k = 0; k < stimulus->target.size; k++) {
    events->next[k] = events->passed + waiting_time(events->key, izh_ids_at(&stimulus->target, k), 0);
    events->drawn[k] = 1;
  }
}

/* Adds what has come since the step before to slot, by position. */
static void poisson_arrive(const izh_stimulus *stimulus, izh_part k, double *slot) {
  const izh_events *events = &stimulus->events;
  double passed = events->passed, *next = events->next;
  for (uint32_t i = k.begin; i < k.end; i++) {
    if (next[i] > passed) continue;
    uint32_t neuron = izh_ids_at(&stimulus->target, i);
    double count = 0;
    for (; next[i] <= passed; count++) next[i] += waiting_time(events->key, neuron, events->drawn[i]++);
    slot[i] += events->weight * count;
  }
}

/* --- given spikes --- */

/* Each spike as its step and the position of its neuron, in that order. */
static izh_status spikes_make(const izh_net *net, const izh_stimulus_def *def, const uint32_t *order,
                              izh_events *events, izh_err *err) {
  uint64_t n = def->n_spikes, *keys = izh_alloc(2 * n, sizeof *keys);
  if (!keys) return izh_fail_memory(err, 2 * n * sizeof *keys);
  events->spikes = keys;
  events->n = n;
  events->to_all = !def->begin;
  uint64_t at = 0, step = 0;
  for (uint32_t k = 0; k < (def->begin ? def->target.size : 1); k++) {
    uint32_t given = order ? order[k] : k; /* the caller's number of the neuron at position k */
    uint64_t begin = def->begin ? def->begin[given] : 0, end = def->begin ? def->begin[given + 1] : n;
    for (uint64_t i = begin; i < end; i++) {
      izh_status status = step_of(net, def->spikes_ms[i], &step, err);
      if (status) return status;
      keys[at++] = step << 32 | k;
    }
  }
  izh_sort_keys(keys, keys + n, n, 0);
  uint64_t *fit = izh_realloc(keys, n, sizeof *fit);
  if (fit) events->spikes = fit;
  return IZH_OK;
}

static void spikes_arrive(const izh_events *events, izh_part k, double *slot) {
  for (uint64_t at = events->at; at < events->until; at++) {
    uint32_t position = (uint32_t)events->spikes[at];
    if (events->to_all)
      for (uint32_t i = k.begin; i < k.end; i++) slot[i] += events->weight;
    else if (position >= k.begin && position < k.end)
      slot[position] += events->weight;
  }
}

/* --- both --- */

izh_status izh_events_make(izh_net *net, const izh_stimulus_def *def, const izh_ids *target,
                           const uint32_t *order, izh_events *events, izh_err *err) {
  events->weight = def->weight;
  events->kernel = def->kernel;
  events->current = izh_alloc_zero(target->size, sizeof *events->current);
  if (!events->current) return izh_fail_memory(err, target->size * sizeof *events->current);
  izh_status status = izh_filter_make(net, &def->kernel, target->size, &events->filter, err);
  if (status) return status;
  if (def->kind == IZH_STIMULUS_POISSON) return poisson_make(net, def, target, events, err);
  return spikes_make(net, def, order, events, err);
}

void izh_events_free(izh_events *events) {
  izh_free(events->current);
  izh_filter_free(&events->filter);
  izh_free(events->next);
  izh_free(events->drawn);
  izh_free(events->spikes);
}

double izh_events_bytes(const izh_events *events) {
  const void *const blocks[] = {events->current, events->next, events->drawn, events->spikes};
  return izh_alloc_bytes(blocks, sizeof blocks / sizeof *blocks) + izh_filter_bytes(&events->filter);
}

void izh_events_silence(izh_stimulus *stimulus) {
  izh_events *events = &stimulus->events;
  if (events->silent || !events->current) return;
  memset(events->current, 0, stimulus->target.size * sizeof *events->current);
  events->silent = true;
}

static double passed_now(const izh_net *net, const izh_events *events) {
  double per_ms = events->rate_hz * events->sources / 1000;
  return events->passed_before + per_ms * izh_net_ms(net, net->now - events->since);
}

void izh_events_prepare(izh_net *net, izh_stimulus_kind kind, izh_events *events) {
  net->jumps |= events->kernel.kind == IZH_KERNEL_DELTA;
  if (kind == IZH_STIMULUS_POISSON) {
    events->passed = passed_now(net, events);
    return;
  }
  uint64_t now = (uint64_t)net->now, at = events->until;
  while (at < events->n && events->spikes[at] >> 32 < now) at++; /* past when the stimulus was added */
  events->at = at;
  while (at < events->n && events->spikes[at] >> 32 == now) at++;
  events->until = at;
}

void izh_events_add(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  const izh_events *events = &stimulus->events;
  bool jumps = events->kernel.kind == IZH_KERNEL_DELTA;
  double *current = events->current, *slot = jumps ? current : izh_filter_slot(&events->filter, net->now);
  for (uint32_t i = k.begin; i < k.end && jumps; i++) current[i] = 0;
  if (!jumps) izh_filter_begin(&events->filter, net->now, k);
  if (stimulus->kind == IZH_STIMULUS_POISSON)
    poisson_arrive(stimulus, k, slot);
  else
    spikes_arrive(events, k, slot);
  if (!jumps) izh_filter_add(&events->filter, net->now, k, current, true);
  double *sum = jumps ? net->jump : net->ext;
  for (uint32_t i = k.begin; i < k.end; i++) sum[izh_ids_at(&stimulus->target, i)] += current[i];
  for (uint32_t i = k.begin; i < k.end && jumps; i++) current[i] = 0; /* a jump is not a current */
}

/* A new speed of the time of the sources, from now on. */
izh_status izh_stimulus_set_rate(izh_net *net, uint32_t stimulus, double rate_hz, izh_err *err) {
  izh_status status = rate_check(rate_hz, net->stimuli[stimulus].events.sources, err);
  if (status) return status;
  izh_events *events = &net->stimuli[stimulus].events;
  izh_events_prepare(net, IZH_STIMULUS_POISSON, events);
  events->passed_before = events->passed;
  events->since = net->now;
  events->rate_hz = rate_hz;
  return IZH_OK;
}

double izh_stimulus_rate(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].events.rate_hz;
}

izh_status izh_stimulus_set_weight(izh_net *net, uint32_t stimulus, double weight, izh_err *err) {
  if (!isfinite(weight)) return izh_fail(err, IZH_RANGE, "weight must be finite (got %g)", weight);
  net->stimuli[stimulus].events.weight = weight;
  return IZH_OK;
}

double izh_stimulus_weight(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].events.weight;
}

/* --- their state --- */

static const double LONGEST_TIME = 1e15; /* of sources: a waiting time still counts beside it */

/* Are sources as the steps up to now leave them: less is due at once than would take for ever to deliver. */
static bool sources_valid(const izh_net *net, const izh_events *events, uint32_t size, bool stopped) {
  if (at_least_0("n", events->sources, NULL) || at_least_0("rate", events->rate_hz, NULL) ||
      rate_check(events->rate_hz, events->sources, NULL))
    return false;
  if (!events->next || !events->drawn || events->since < 0 || events->since > net->now) return false;
  double passed = passed_now(net, events), most = 1.001 * GREATEST_HZ / 1000; /* of a step of a ms */
  bool good = events->passed_before >= 0 && events->passed >= 0 && events->passed <= LONGEST_TIME &&
              passed <= LONGEST_TIME;
  for (uint32_t k = 0; k < size && good; k++)
    good = events->drawn[k] >= 1 && events->next[k] >= 0 && events->next[k] <= 2 * LONGEST_TIME &&
           (stopped || passed - events->next[k] <= most);
  return good;
}

static bool spikes_valid(const izh_events *events, uint32_t size) {
  if (!events->spikes || events->at > events->until || events->until > events->n) return false;
  for (uint64_t i = 0; i < events->n; i++) {
    uint32_t position = (uint32_t)events->spikes[i];
    if (events->to_all ? position != 0 : position >= size) return false;
    if (i > 0 && events->spikes[i] < events->spikes[i - 1]) return false;
  }
  return true;
}

static void events_check(izh_archive *a, izh_net *net, izh_stimulus *stimulus) {
  izh_events *events = &stimulus->events;
  uint32_t size = stimulus->target.size;
  izh_archive_require(a, isfinite(events->weight), "the weight of a stimulus");
  if (stimulus->kind == IZH_STIMULUS_SPIKES) {
    izh_archive_require(a, !events->next && !events->drawn && spikes_valid(events, size), "given spikes");
    return;
  }
  izh_archive_require(a, !events->spikes && sources_valid(net, events, size, stimulus->stopped),
                      "Poisson sources");
  if (izh_archive_reads(a))
    a->status = izh_net_stream(net, "stimulus", stimulus->name, "poisson", &events->key, a->err);
}

void izh_events_archive(izh_archive *a, izh_net *net, izh_stimulus *stimulus) {
  izh_events *events = &stimulus->events;
  uint32_t size = stimulus->target.size;
  izh_archive_f64(a, &events->weight);
  izh_kernel_archive(a, &events->kernel);
  izh_filter_archive(a, net, &events->kernel, &events->filter, true, size);
  events->current = izh_archive_array(a, events->current, size, sizeof *events->current);
  izh_archive_f64(a, &events->rate_hz);
  izh_archive_f64(a, &events->sources);
  izh_archive_f64(a, &events->passed_before);
  izh_archive_f64(a, &events->passed);
  izh_archive_i64(a, &events->since);
  events->next = izh_archive_optional(a, events->next, size, sizeof *events->next);
  events->drawn = izh_archive_optional(a, events->drawn, size, sizeof *events->drawn);
  izh_archive_u64(a, &events->n);
  events->spikes = izh_archive_optional(a, events->spikes, events->n, sizeof *events->spikes);
  izh_archive_u64(a, &events->at);
  izh_archive_u64(a, &events->until);
  izh_archive_bool(a, &events->to_all);
  izh_archive_bool(a, &events->silent);
  if (izh_archive_reads(a)) events_check(a, net, stimulus);
}
