#include "core/stimulus/stimulus.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "base/sort.h"
#include "core/isa/isa.h"
#include "core/net/net_private.h"
#include "core/random/random.h"

void izh_stimulus_free(izh_stimulus *stimulus) {
  izh_free(stimulus->name);
  izh_free((void *)stimulus->target.list);
  izh_free(stimulus->order);
  izh_free(stimulus->z);
  izh_free(stimulus->steps);
  izh_free(stimulus->values);
  izh_free(stimulus->amplitudes);
  izh_free(stimulus->before);
  izh_events_free(&stimulus->events);
}

double izh_stimulus_bytes(const izh_stimulus *s) {
  const void *const blocks[] = {s->target.list, s->order,      s->z,     s->steps,
                                s->values,      s->amplitudes, s->before};
  return izh_alloc_bytes(blocks, sizeof blocks / sizeof *blocks) + izh_events_bytes(&s->events);
}

static bool has_events(izh_stimulus_kind kind) {
  return kind == IZH_STIMULUS_POISSON || kind == IZH_STIMULUS_SPIKES;
}

static bool has_wave(izh_stimulus_kind kind) {
  return kind == IZH_STIMULUS_RAMP || kind == IZH_STIMULUS_SINE || kind == IZH_STIMULUS_TRAIN;
}

/* --- making one --- */

static izh_status noise_check(const izh_noise *noise, izh_err *err) {
  if (!isfinite(noise->mean)) return izh_fail(err, IZH_RANGE, "mean must be finite (got %g)", noise->mean);
  if (!isfinite(noise->sd) || noise->sd < 0)
    return izh_fail(err, IZH_RANGE, "sd must be finite and ≥ 0 (got %g)", noise->sd);
  if (noise->correlation >= 0 && noise->correlation <= 1) return IZH_OK;
  return izh_fail(err, IZH_RANGE, "correlation must be 0 … 1 (got %g)", noise->correlation);
}

static izh_noise noise_of(const izh_stimulus_def *def) {
  return (izh_noise){.mean = def->mean, .sd = def->sd, .correlation = def->correlation};
}

static izh_status amplitude_check(double amplitude, const double *amplitudes, uint32_t n, izh_err *err) {
  for (uint32_t k = 0; k < n && amplitudes; k++)
    if (!isfinite(amplitudes[k]))
      return izh_fail(err, IZH_RANGE, "amplitude %u must be finite (got %g)", k + 1, amplitudes[k]);
  if (amplitudes || isfinite(amplitude)) return IZH_OK;
  return izh_fail(err, IZH_RANGE, "a current must be finite (got %g)", amplitude);
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
  status = amplitude_check(def->amplitude, def->amplitudes, def->target.size, err);
  if (status) return status;
  if (def->kind == IZH_STIMULUS_CURRENT) return current_check(net, def, err);
  if (has_events(def->kind)) return izh_events_check(net, def, err);
  izh_stimulus scratch = {.kind = def->kind};
  if (has_wave(def->kind)) return izh_wave_fit(net, def->kind, &def->wave, &scratch, err);
  izh_noise noise = noise_of(def);
  status = noise_check(&noise, err);
  if (status) return status;
  status = izh_net_steps(net, "every (1 ms when not given)", def->every_ms, every, err);
  if (status) return status;
  if (*every <= 0) return izh_fail(err, IZH_RANGE, "every must be > 0 ms (got %g)", def->every_ms);
  return IZH_OK;
}

/* Amplitudes in order of target become those of the positions; NULL is none. */
static izh_status amplitudes_copy(const izh_stimulus *stimulus, const double *given, double **copy,
                                  izh_err *err) {
  *copy = NULL;
  if (!given) return IZH_OK;
  uint32_t n = stimulus->target.size;
  *copy = izh_alloc(n, sizeof **copy);
  if (!*copy) return izh_fail_memory(err, n * sizeof **copy);
  for (uint32_t k = 0; k < n; k++) (*copy)[k] = given[stimulus->order ? stimulus->order[k] : k];
  return IZH_OK;
}

static izh_status current_fill(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus,
                               izh_err *err) {
  stimulus->n = def->n;
  stimulus->steps = izh_alloc(def->n, sizeof *stimulus->steps);
  stimulus->values = izh_alloc(def->n, sizeof *stimulus->values);
  if (!stimulus->steps || !stimulus->values) return izh_fail_memory(err, def->n * 2 * sizeof(double));
  for (uint32_t k = 0; k < def->n; k++) {
    stimulus->values[k] = def->values[k];
    izh_status status = izh_net_steps(net, "time", def->times_ms[k], &stimulus->steps[k], err);
    if (status) return status;
  }
  return IZH_OK;
}

static izh_status noise_fill(izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus,
                             izh_err *err) {
  stimulus->noise = noise_of(def);
  stimulus->z = izh_alloc_zero(def->target.size, sizeof *stimulus->z);
  if (!stimulus->z) return izh_fail_memory(err, def->target.size * sizeof *stimulus->z);
  izh_status status = izh_net_stream(net, "stimulus", def->name, "noise", &stimulus->key, err);
  return status ? status : izh_net_stream(net, "stimulus", def->name, "common", &stimulus->common_key, err);
}

static izh_status stimulus_fill(izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus,
                                izh_err *err) {
  /* ascending, so that a part of the network finds its own neurons side by side */
  izh_status status = izh_ids_sort(&def->target, &stimulus->target, &stimulus->order, err);
  if (status) return status;
  stimulus->name = izh_strdup(def->name);
  if (!stimulus->name) return izh_fail_memory(err, strlen(def->name));
  stimulus->amplitude = def->amplitude;
  status = amplitudes_copy(stimulus, def->amplitudes, &stimulus->amplitudes, err);
  if (status) return status;
  if (def->kind == IZH_STIMULUS_NOISE) return noise_fill(net, def, stimulus, err);
  if (def->kind == IZH_STIMULUS_CURRENT) return current_fill(net, def, stimulus, err);
  if (has_wave(def->kind)) return izh_wave_fit(net, def->kind, &def->wave, stimulus, err);
  return izh_events_make(net, def, &stimulus->target, stimulus->order, &stimulus->events, err);
}

izh_status izh_stimulus_add(izh_net *net, const izh_stimulus_def *def, uint32_t *index, izh_err *err) {
  int64_t every = 1;
  izh_status status = stimulus_check(net, def, &every, err);
  if (status) return status;
  izh_stimulus *room = izh_grow(net->stimuli, &net->cap_stimuli, net->n_stimuli + 1, sizeof *room);
  if (!room) return izh_fail_memory(err, sizeof *room);
  net->stimuli = room;
  izh_stimulus stimulus = {.kind = def->kind, .every = every, .drawn = -1};
  status = stimulus_fill(net, def, &stimulus, err);
  if (status) {
    izh_stimulus_free(&stimulus);
    return status;
  }
  *index = (uint32_t)net->n_stimuli;
  net->stimuli[net->n_stimuli++] = stimulus;
  return IZH_OK;
}

/* --- the step --- */

/* z = √c common + √(1 - c) own: of variance 1, and any two of correlation c. With c = 0, z is own to the bit.
 */
static void prepare_noise(const izh_net *net, izh_stimulus *stimulus) {
  izh_noise noise = stimulus->noise;
  float common = 0;
  if (noise.correlation > 0)
    izh_gauss(stimulus->common_key, 0, 1, (uint64_t)(net->now / stimulus->every), &common);
  stimulus->base = noise.mean + noise.sd * (sqrt(noise.correlation) * (double)common);
  stimulus->scale = noise.sd * sqrt(1 - noise.correlation);
}

/* What is the same for all neurons in the step from now on. */
void izh_stimulus_prepare(izh_net *net, izh_stimulus *stimulus) {
  stimulus->base = stimulus->scale = 0;
  izh_free(stimulus->before);
  stimulus->before = NULL;
  if (stimulus->stopped) {
    izh_events_silence(stimulus);
    return;
  }
  if (stimulus->kind == IZH_STIMULUS_NOISE) {
    prepare_noise(net, stimulus);
    return;
  }
  if (has_events(stimulus->kind)) {
    izh_events_prepare(net, stimulus->kind, &stimulus->events);
    return;
  }
  double value = 0, offset = 0, amplitude = stimulus->amplitude;
  if (has_wave(stimulus->kind)) {
    value = izh_wave_value(net, stimulus, &offset);
  } else {
    while (stimulus->at < stimulus->n && stimulus->steps[stimulus->at] <= net->now) stimulus->at++;
    if (stimulus->at > 0) value = stimulus->values[stimulus->at - 1];
    amplitude = 1;
  }
  stimulus->base = stimulus->amplitudes ? offset : offset + amplitude * value;
  stimulus->scale = stimulus->amplitudes ? value : 0;
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

static void add_noise(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  if (stimulus->drawn != net->now / stimulus->every) draw_noise(net, stimulus, k);
  const uint32_t *list = stimulus->target.list;
  double *ext = net->ext, base = stimulus->base, scale = stimulus->scale;
  const float *z = stimulus->z;
  if (list)
    for (uint32_t i = k.begin; i < k.end; i++) ext[list[i]] += base + scale * (double)z[i];
  else
    izh_loops_chosen()->add_noise(ext + stimulus->target.first + k.begin, z + k.begin, k.end - k.begin, base,
                                  scale);
}

void izh_stimulus_add_part(const izh_net *net, izh_stimulus *stimulus, izh_part part) {
  if (stimulus->stopped) return;
  izh_part k = positions(&stimulus->target, part);
  if (k.begin == k.end) return;
  const izh_ids *target = &stimulus->target;
  double base = stimulus->base, scale = stimulus->scale;
  if (stimulus->kind == IZH_STIMULUS_NOISE)
    add_noise(net, stimulus, k);
  else if (has_events(stimulus->kind))
    izh_events_add(net, stimulus, k);
  else if (stimulus->amplitudes)
    for (uint32_t i = k.begin; i < k.end; i++)
      net->ext[izh_ids_at(target, i)] += base + scale * stimulus->amplitudes[i];
  else if (base != 0)
    for (uint32_t i = k.begin; i < k.end; i++) net->ext[izh_ids_at(target, i)] += base;
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

void izh_stimulus_neurons(const izh_net *net, uint32_t index, uint32_t *neurons) {
  const izh_stimulus *stimulus = &net->stimuli[index];
  for (uint32_t k = 0; k < stimulus->target.size; k++)
    neurons[stimulus->order ? stimulus->order[k] : k] = izh_ids_at(&stimulus->target, k);
}

/* --- changes --- */

izh_status izh_stimulus_set_noise(izh_net *net, uint32_t stimulus, const izh_noise *noise, izh_err *err) {
  izh_status status = noise_check(noise, err);
  if (status) return status;
  net->stimuli[stimulus].noise = *noise;
  return IZH_OK;
}

izh_noise izh_stimulus_noise(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].noise;
}

/* Makes a current or a ramp constant from now on. */
static izh_status make_constant(const izh_net *net, izh_stimulus *stimulus, double value, izh_err *err) {
  if (stimulus->n == 0) {
    int64_t *steps = izh_realloc(stimulus->steps, 1, sizeof *steps);
    if (!steps) return izh_fail_memory(err, sizeof *steps);
    stimulus->steps = steps;
    double *values = izh_realloc(stimulus->values, 1, sizeof *values);
    if (!values) return izh_fail_memory(err, sizeof *values);
    stimulus->values = values;
  }
  stimulus->kind = IZH_STIMULUS_CURRENT;
  stimulus->steps[0] = net->now;
  stimulus->values[0] = value;
  stimulus->n = 1;
  stimulus->at = 0;
  return IZH_OK;
}

izh_status izh_stimulus_set_amplitude(izh_net *net, uint32_t index, double amplitude,
                                      const double *amplitudes, izh_err *err) {
  izh_stimulus *stimulus = &net->stimuli[index];
  izh_status status = amplitude_check(amplitude, amplitudes, stimulus->target.size, err);
  if (status) return status;
  double *copy;
  status = amplitudes_copy(stimulus, amplitudes, &copy, err);
  if (status) return status;
  if (stimulus->kind == IZH_STIMULUS_CURRENT || stimulus->kind == IZH_STIMULUS_RAMP)
    status = make_constant(net, stimulus, amplitudes ? 1 : amplitude, err);
  if (status) {
    izh_free(copy);
    return status;
  }
  if (stimulus->scale != 0 && !stimulus->before)
    stimulus->before = stimulus->amplitudes;
  else
    izh_free(stimulus->amplitudes);
  stimulus->amplitudes = copy;
  stimulus->amplitude = amplitude;
  return IZH_OK;
}

double izh_stimulus_amplitude(const izh_net *net, uint32_t stimulus, const double **amplitudes) {
  *amplitudes = net->stimuli[stimulus].amplitudes;
  return net->stimuli[stimulus].amplitude;
}

izh_status izh_stimulus_set_wave(izh_net *net, uint32_t stimulus, const izh_wave *wave, izh_err *err) {
  izh_stimulus changed = net->stimuli[stimulus];
  izh_status status = izh_wave_fit(net, changed.kind, wave, &changed, err);
  if (!status) net->stimuli[stimulus] = changed;
  return status;
}

izh_wave izh_stimulus_wave(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].wave;
}

uint32_t izh_stimuli_redraw(izh_net *net, uint32_t number) {
  uint32_t count = 0;
  for (size_t i = 0; i < net->n_stimuli; i++) {
    izh_stimulus *stimulus = &net->stimuli[i];
    bool noise = stimulus->kind == IZH_STIMULUS_NOISE, poisson = stimulus->kind == IZH_STIMULUS_POISSON;
    if (stimulus->stopped || (!noise && !poisson)) continue;
    count++;
    if (number == 0) continue;
    stimulus->key.seed += number;
    stimulus->common_key.seed += number;
    stimulus->drawn = -1;
    if (poisson) izh_events_redraw(stimulus, number);
  }
  return count;
}

void izh_stimulus_stop(izh_net *net, uint32_t stimulus) {
  net->stimuli[stimulus].stopped = true;
}

uint32_t izh_stimulus_generation(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].draws;
}

void izh_stimulus_drawn(izh_net *net, uint32_t stimulus) {
  net->stimuli[stimulus].draws++;
}

void izh_stimulus_values(const izh_net *net, uint32_t index, double *values) {
  const izh_stimulus *stimulus = &net->stimuli[index];
  const double *amplitudes = stimulus->before ? stimulus->before : stimulus->amplitudes;
  for (uint32_t k = 0; k < stimulus->target.size; k++) {
    double value = stimulus->base;
    if (stimulus->scale != 0)
      value += stimulus->scale * (stimulus->z ? (double)stimulus->z[k] : amplitudes[k]);
    if (has_events(stimulus->kind)) value = stimulus->events.current[k];
    values[stimulus->order ? stimulus->order[k] : k] = value;
  }
}

/* --- their state --- */

static bool is_permutation(izh_archive *a, const uint32_t *order, uint32_t n) {
  unsigned char *seen = izh_archive_room(a, n, 1);
  bool good = seen != NULL;
  for (uint32_t k = 0; k < n && good; k++) good = order[k] < n && !seen[order[k]]++;
  izh_free(seen);
  return good;
}

static bool pieces_valid(const izh_stimulus *s) {
  if ((s->n > 0 && (!s->steps || !s->values)) || s->at > s->n) return false;
  for (uint32_t k = 0; k < s->n; k++)
    if (!isfinite(s->values[k]) || (k > 0 && s->steps[k] <= s->steps[k - 1])) return false;
  return true;
}

static void state_check(izh_archive *a, izh_net *net, izh_stimulus *s) {
  uint32_t size = s->target.size;
  bool noise = s->kind == IZH_STIMULUS_NOISE;
  izh_archive_require(a, !s->order == !s->target.list, "the neurons of a stimulus");
  if (s->order) izh_archive_require(a, is_permutation(a, s->order, size), "the neurons of a stimulus");
  izh_archive_require(a, s->every > 0 && !s->z == !noise && !noise_check(&s->noise, NULL), "noise");
  izh_archive_require(a, pieces_valid(s) && (s->steps || s->kind != IZH_STIMULUS_CURRENT),
                      "the times of a current");
  izh_archive_require(a, !amplitude_check(s->amplitude, s->amplitudes, size, NULL), "amplitudes");
  izh_archive_require(a, s->scale == 0 || noise || s->amplitudes || s->before, "amplitudes");
  s->drawn = -1; /* the noise is drawn again: the same */
  if (noise && izh_archive_reads(a))
    a->status = izh_net_stream(net, "stimulus", s->name, "noise", &s->key, a->err);
  if (noise && izh_archive_reads(a))
    a->status = izh_net_stream(net, "stimulus", s->name, "common", &s->common_key, a->err);
}

static void wave_archive(izh_archive *a, const izh_net *net, izh_stimulus *s) {
  izh_wave *w = &s->wave;
  double *const numbers[] = {&w->from_ms,      &w->to_ms,     &w->start,    &w->slope,    &w->offset,
                             &w->frequency_hz, &w->phase_deg, &w->width_ms, &w->period_ms};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) izh_archive_f64(a, numbers[i]);
  izh_archive_u64(a, &w->pulses);
  izh_wave wave = *w;
  if (izh_archive_reads(a)) a->status = izh_wave_fit(net, s->kind, &wave, s, a->err);
}

static void stimulus_archive(izh_archive *a, izh_net *net, izh_stimulus *s) {
  s->name = izh_archive_name(a, s->name);
  s->kind = (izh_stimulus_kind)izh_archive_choice(a, s->kind, IZH_STIMULUS_COUNT);
  izh_archive_ids(a, &s->target, net->size, false);
  uint32_t size = s->target.size;
  s->order = izh_archive_optional(a, s->order, size, sizeof *s->order);
  izh_archive_bool(a, &s->stopped);
  izh_archive_i64(a, &s->every);
  izh_archive_f64(a, &s->noise.mean);
  izh_archive_f64(a, &s->noise.sd);
  izh_archive_f64(a, &s->noise.correlation);
  s->z = izh_archive_optional(a, s->z, size, sizeof *s->z); /* of the last step, which can be asked for */
  izh_archive_u32(a, &s->n);
  izh_archive_u32(a, &s->at);
  s->steps = izh_archive_optional(a, s->steps, s->n, sizeof *s->steps);
  s->values = izh_archive_optional(a, s->values, s->n, sizeof *s->values);
  if (has_wave(s->kind)) wave_archive(a, net, s);
  izh_archive_f64(a, &s->amplitude);
  s->amplitudes = izh_archive_optional(a, s->amplitudes, size, sizeof *s->amplitudes);
  s->before = izh_archive_optional(a, s->before, size, sizeof *s->before);
  izh_archive_u32(a, &s->draws);
  izh_archive_f64(a, &s->base);
  izh_archive_f64(a, &s->scale);
  if (has_events(s->kind)) izh_events_archive(a, net, s);
  if (izh_archive_reads(a)) state_check(a, net, s);
}

void izh_stimuli_archive(izh_archive *a, izh_net *net) {
  net->stimuli = izh_archive_items(a, net->stimuli, &net->n_stimuli, &net->cap_stimuli, sizeof *net->stimuli);
  for (size_t i = 0; izh_archive_visits(a, i, net->n_stimuli); i++)
    stimulus_archive(a, net, &net->stimuli[i]);
  izh_archive_names(a, net->stimuli, net->n_stimuli, sizeof *net->stimuli);
}
