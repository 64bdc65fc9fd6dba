#include "core/stimulus.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "core/ieee.h"
#include "core/net_private.h"
#include "core/random.h"
#include "core/sort.h"

void izh_stimulus_free(izh_stimulus *stimulus) {
  izh_free(stimulus->name);
  izh_free((void *)stimulus->target.list);
  izh_free(stimulus->order);
  izh_free(stimulus->z);
  izh_free(stimulus->steps);
  izh_free(stimulus->values);
}

static izh_status noise_check(double mean, double sd, izh_err *err) {
  if (!isfinite(mean)) return izh_fail(err, IZH_RANGE, "mean must be finite (got %g)", mean);
  if (!isfinite(sd) || sd < 0) return izh_fail(err, IZH_RANGE, "sd must be finite and ≥ 0 (got %g)", sd);
  return IZH_OK;
}

static izh_status current_check(const izh_net *net, const izh_stimulus_def *def, izh_err *err) {
  for (uint32_t k = 0; k < def->n; k++) {
    int64_t step;
    izh_status status = izh_net_steps(net, "time", def->times_ms[k], &step, err);
    if (status) return status;
    if (k > 0 && !(def->times_ms[k] > def->times_ms[k - 1]))
      return izh_fail(err, IZH_RANGE, "times must ascend (time %u is %g, the one before %g)", k + 1,
                      def->times_ms[k], def->times_ms[k - 1]);
    if (!isfinite(def->values[k]))
      return izh_fail(err, IZH_RANGE, "value %u must be finite (got %g)", k + 1, def->values[k]);
  }
  return IZH_OK;
}

static izh_status stimulus_check(const izh_net *net, const izh_stimulus_def *def, int64_t *every,
                                 izh_err *err) {
  izh_status status = izh_name_check("stimulus", def->name, err);
  if (status) return status;
  for (size_t i = 0; i < net->n_stimuli; i++)
    if (strcmp(net->stimuli[i].name, def->name) == 0)
      return izh_fail(err, IZH_ARGUMENT, "the name \"%s\" is taken by another stimulus", def->name);
  if (def->kind == IZH_STIMULUS_CURRENT) return current_check(net, def, err);
  status = noise_check(def->mean, def->sd, err);
  if (status) return status;
  status = izh_net_steps(net, "every (1 ms when not given)", def->every_ms, every, err);
  if (status) return status;
  if (*every <= 0) return izh_fail(err, IZH_RANGE, "every must be > 0 ms (got %g)", def->every_ms);
  return IZH_OK;
}

static izh_status stimulus_fill(izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus,
                                izh_err *err) {
  /* ascending, so that a part of the network finds its own neurons side by side */
  izh_status status = izh_ids_sort(&def->target, &stimulus->target, &stimulus->order, err);
  if (status) return status;
  stimulus->name = izh_strdup(def->name);
  if (!stimulus->name) return izh_fail_memory(err, strlen(def->name));
  if (def->kind == IZH_STIMULUS_NOISE) {
    stimulus->z = izh_alloc(def->target.size, sizeof *stimulus->z);
    if (!stimulus->z) return izh_fail_memory(err, def->target.size * sizeof *stimulus->z);
    return izh_net_stream(net, "stimulus", def->name, "noise", &stimulus->key, err);
  }
  stimulus->steps = izh_alloc(def->n, sizeof *stimulus->steps);
  stimulus->values = izh_alloc(def->n, sizeof *stimulus->values);
  if (!stimulus->steps || !stimulus->values) return izh_fail_memory(err, def->n * 2 * sizeof(double));
  for (uint32_t k = 0; k < def->n; k++) {
    stimulus->values[k] = def->values[k];
    status = izh_net_steps(net, "time", def->times_ms[k], &stimulus->steps[k], err);
    if (status) return status;
  }
  return IZH_OK;
}

izh_status izh_stimulus_add(izh_net *net, const izh_stimulus_def *def, uint32_t *index, izh_err *err) {
  int64_t every = 1;
  izh_status status = stimulus_check(net, def, &every, err);
  if (status) return status;
  izh_stimulus *room = izh_grow(net->stimuli, &net->cap_stimuli, net->n_stimuli + 1, sizeof *room);
  if (!room) return izh_fail_memory(err, sizeof *room);
  net->stimuli = room;
  izh_stimulus stimulus = {
      .kind = def->kind, .mean = def->mean, .sd = def->sd, .every = every, .drawn = -1, .n = def->n};
  status = stimulus_fill(net, def, &stimulus, err);
  if (status) {
    izh_stimulus_free(&stimulus);
    return status;
  }
  *index = (uint32_t)net->n_stimuli;
  net->stimuli[net->n_stimuli++] = stimulus;
  return IZH_OK;
}

/* In the step from now on: which draw of noise holds, which value of a current. */
void izh_stimulus_prepare(const izh_net *net, izh_stimulus *stimulus) {
  stimulus->used_mean = stimulus->used_sd = 0;
  if (stimulus->stopped) return;
  if (stimulus->kind == IZH_STIMULUS_NOISE) {
    stimulus->used_mean = stimulus->mean;
    stimulus->used_sd = stimulus->sd;
    return;
  }
  while (stimulus->at < stimulus->n && stimulus->steps[stimulus->at] <= net->now) stimulus->at++;
  if (stimulus->at > 0) stimulus->used_mean = stimulus->values[stimulus->at - 1];
}

/* The positions in the target, begin ≤ k < end, of the neurons of a part. */
static izh_part positions(const izh_ids *target, izh_part part) {
  if (target->list)
    return (izh_part){(uint32_t)izh_lower_bound(target->list, target->size, part.begin),
                      (uint32_t)izh_lower_bound(target->list, target->size, part.end)};
  uint32_t end = target->first + target->size;
  uint32_t from = part.begin > target->first ? part.begin : target->first,
           to = part.end < end ? part.end : end;
  if (from >= to) return (izh_part){0, 0};
  return (izh_part){from - target->first, to - target->first};
}

static void draw_noise(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  uint64_t draw = (uint64_t)(net->now / stimulus->every);
  const izh_ids *target = &stimulus->target;
  if (!target->list) {
    izh_gauss(stimulus->key, target->first + k.begin, k.end - k.begin, draw, stimulus->z + k.begin);
    return;
  }
  for (uint32_t i = k.begin; i < k.end; i++)
    izh_gauss(stimulus->key, target->list[i], 1, draw, stimulus->z + i);
}

void izh_stimulus_add_part(const izh_net *net, izh_stimulus *stimulus, izh_part part) {
  if (stimulus->stopped) return;
  izh_part k = positions(&stimulus->target, part);
  if (k.begin == k.end) return;
  double mean = stimulus->used_mean, sd = stimulus->used_sd;
  const uint32_t *list = stimulus->target.list;
  double *input = net->ext;
  if (stimulus->kind == IZH_STIMULUS_NOISE) {
    if (stimulus->drawn != net->now / stimulus->every) draw_noise(net, stimulus, k);
    const float *z = stimulus->z;
    if (list)
      for (uint32_t i = k.begin; i < k.end; i++) input[list[i]] += mean + sd * (double)z[i];
    else
      for (uint32_t i = k.begin; i < k.end; i++)
        input[stimulus->target.first + i] += mean + sd * (double)z[i];
  } else if (mean != 0) {
    for (uint32_t i = k.begin; i < k.end; i++) input[izh_ids_at(&stimulus->target, i)] += mean;
  }
}

void izh_stimulus_done(const izh_net *net, izh_stimulus *stimulus) {
  if (!stimulus->stopped) stimulus->drawn = net->now / stimulus->every;
}

uint32_t izh_stimulus_count(const izh_net *net) {
  return (uint32_t)net->n_stimuli;
}

const char *izh_stimulus_name(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].name;
}

izh_stimulus_kind izh_stimulus_kind_of(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].kind;
}

uint32_t izh_stimulus_size(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].target.size;
}

bool izh_stimulus_stopped(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].stopped;
}

izh_status izh_stimulus_set_noise(izh_net *net, uint32_t stimulus, double mean, double sd, izh_err *err) {
  izh_status status = noise_check(mean, sd, err);
  if (status) return status;
  net->stimuli[stimulus].mean = mean;
  net->stimuli[stimulus].sd = sd;
  return IZH_OK;
}

void izh_stimulus_noise(const izh_net *net, uint32_t stimulus, double *mean, double *sd) {
  *mean = net->stimuli[stimulus].mean;
  *sd = net->stimuli[stimulus].sd;
}

izh_status izh_stimulus_set_current(izh_net *net, uint32_t index, double value, izh_err *err) {
  if (!isfinite(value)) return izh_fail(err, IZH_RANGE, "a current must be finite (got %g)", value);
  izh_stimulus *stimulus = &net->stimuli[index];
  if (stimulus->n == 0) {
    int64_t *steps = izh_realloc(stimulus->steps, 1, sizeof *steps);
    if (!steps) return izh_fail_memory(err, sizeof *steps);
    stimulus->steps = steps;
    double *values = izh_realloc(stimulus->values, 1, sizeof *values);
    if (!values) return izh_fail_memory(err, sizeof *values);
    stimulus->values = values;
  }
  stimulus->steps[0] = net->now;
  stimulus->values[0] = value;
  stimulus->n = 1;
  stimulus->at = 0;
  return IZH_OK;
}

void izh_stimulus_stop(izh_net *net, uint32_t stimulus) {
  net->stimuli[stimulus].stopped = true;
}

void izh_stimulus_values(const izh_net *net, uint32_t index, double *values) {
  const izh_stimulus *stimulus = &net->stimuli[index];
  for (uint32_t k = 0; k < stimulus->target.size; k++) {
    double value = stimulus->used_mean;
    if (stimulus->used_sd > 0) value += stimulus->used_sd * (double)stimulus->z[k];
    values[stimulus->order ? stimulus->order[k] : k] = value;
  }
}
