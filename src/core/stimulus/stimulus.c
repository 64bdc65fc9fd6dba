#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "base/ranks.h"
#include "base/sort.h"
#include "core/net/comm.h"
#include "core/net/share.h"
#include "core/neuron/source_private.h"
#include "core/random/random.h"
#include "core/stimulus/spike_input.h"
#include "core/stimulus/stimulus_private.h"
#include "core/synapse/kernel_code.h"

/* --- the description of each kind --- */

static const izh_stimulus_type *type_of(izh_stimulus_kind kind) {
#define ENTRY(NAME, name) &izh_##name##_stimulus,
  static const izh_stimulus_type *const types[IZH_STIMULUS_COUNT] = {IZH_STIMULI(ENTRY)};
#undef ENTRY
  return types[kind];
}

const izh_stimulus_info *izh_stimulus_describe(izh_stimulus_kind kind) {
  return &type_of(kind)->info;
}

void *izh_stimulus_def_at(izh_stimulus_def *def, const izh_stimulus_quantity *quantity) {
  return (char *)def + quantity->at;
}

const double **izh_stimulus_def_each(izh_stimulus_def *def, const izh_stimulus_quantity *quantity) {
  return quantity->each ? (const double **)(void *)((char *)def + quantity->each) : NULL;
}

/* The values for each neuron in a definition; NULL when there is one for all. */
static const double *each_of(const izh_stimulus_def *def, const izh_stimulus_quantity *quantity) {
  const double *each = NULL;
  if (quantity->each) memcpy(&each, (const char *)def + quantity->each, sizeof each);
  return each;
}

static double number_of(const izh_stimulus_def *def, const izh_stimulus_quantity *quantity) {
  double number;
  memcpy(&number, (const char *)def + quantity->at, sizeof number);
  return number;
}

izh_stimulus_def izh_stimulus_def_default(izh_stimulus_kind kind) {
  izh_stimulus_def def;
  memset(&def, 0, sizeof def);
  def.kind = kind;
  const izh_stimulus_info *info = izh_stimulus_describe(kind);
  for (int i = 0; i < info->n; i++) {
    const izh_stimulus_quantity *q = &info->quantities[i];
    double number = q->is.required ? NAN : q->is.otherwise;
    if (q->form == IZH_FORM_NUMBER) *(double *)izh_stimulus_def_at(&def, q) = number;
    if (q->form == IZH_FORM_AMPLITUDE && !q->later)
      *(izh_amplitude *)izh_stimulus_def_at(&def, q) = (izh_amplitude){.one = number};
    if (q->form == IZH_FORM_KERNEL)
      *(izh_kernel *)izh_stimulus_def_at(&def, q) = izh_kernel_default(IZH_KERNEL_PULSE);
  }
  return def;
}

static izh_status amplitude_check(const izh_amplitude *amplitude, uint32_t n, izh_err *err) {
  for (uint32_t k = 0; k < n && amplitude->each; k++)
    if (!isfinite(amplitude->each[k]))
      return izh_fail(err, IZH_RANGE, "amplitude %u must be finite (got %g)", k + 1, amplitude->each[k]);
  if (amplitude->each || isfinite(amplitude->one)) return IZH_OK;
  return izh_fail(err, IZH_RANGE, "a current must be finite (got %g)", amplitude->one);
}

/* Without a network, NaN stands for one for each neuron. */
static izh_status number_check(const izh_net *net, const izh_stimulus_def *def,
                               const izh_stimulus_quantity *q, izh_err *err) {
  const double *each = each_of(def, q);
  char text[64];
  if (!each && q->each && !net && isnan(number_of(def, q))) return IZH_OK;
  if (!each) return izh_quantity_check(&q->is, number_of(def, q), err);
  for (uint32_t k = 0; k < def->target.size; k++) {
    const char *fault = izh_quantity_fault(&q->is, each[k], text, sizeof text);
    if (fault)
      return izh_fail(err, IZH_RANGE, "%s must be %s (got %g for neuron %u)", q->is.name, fault, each[k],
                      k + 1);
  }
  return IZH_OK;
}

/* net may be NULL: see izh_stimulus_type. */
static izh_status def_check(const izh_net *net, const izh_stimulus_def *def, izh_err *err) {
  const izh_stimulus_type *type = type_of(def->kind);
  izh_status status = type->check ? type->check(net, def, err) : IZH_OK;
  for (int i = 0; i < type->info.n && !status; i++) {
    const izh_stimulus_quantity *q = &type->info.quantities[i];
    if (q->form == IZH_FORM_NUMBER) status = number_check(net, def, q, err);
    if (q->form == IZH_FORM_AMPLITUDE && !q->later && net)
      status = amplitude_check((const izh_amplitude *)(const void *)((const char *)def + q->at),
                               def->target.size, err);
  }
  return status;
}

izh_status izh_stimulus_def_check(const izh_stimulus_def *def, izh_err *err) {
  return def_check(NULL, def, err);
}

void izh_stimulus_def_text(const izh_stimulus_def *def, char *text, size_t size) {
  type_of(def->kind)->describe(def, text, size);
}

/* Copies the numbers of a definition to another of the same kind; the fixed numbers only if `fixed`. */
static void numbers_copy(const izh_stimulus_def *from, izh_stimulus_def *to, bool fixed) {
  const izh_stimulus_info *info = izh_stimulus_describe(from->kind);
  for (int i = 0; i < info->n; i++) {
    const izh_stimulus_quantity *q = &info->quantities[i];
    size_t size = q->form == IZH_FORM_NUMBER   ? sizeof(double)
                  : q->form == IZH_FORM_KERNEL ? sizeof(izh_kernel)
                                               : 0;
    if (q->fixed && !fixed) continue;
    memcpy((char *)to + q->at, (const char *)from + q->at, size);
    if (q->each) *izh_stimulus_def_each(to, q) = each_of(from, q);
  }
}

const char *izh_stimulus_number_text(double number, char text[32]) {
  if (isnan(number)) return "(one for each)";
  snprintf(text, 32, "%.10g", number);
  return text;
}

int64_t izh_stimulus_steps(const izh_net *net, double ms) {
  int64_t steps = INT64_MAX;
  if (ms != INFINITY) izh_net_steps(net, "", ms, &steps, NULL);
  return steps;
}

/* --- making one --- */

void izh_stimulus_state_free(izh_stimulus *stimulus) {
  void *blocks[IZH_STATE_BLOCKS];
  int n = stimulus->state ? stimulus->type->blocks(stimulus->state, blocks) : 0;
  for (int i = 0; i < n; i++) izh_free(blocks[i]);
  izh_free(stimulus->state);
}

/* Frees the values for each neuron of a definition, but for those that are in `but`, too; it may be NULL. */
static void each_free(izh_stimulus_def *def, const izh_stimulus_def *but) {
  const izh_stimulus_info *info = izh_stimulus_describe(def->kind);
  for (int i = 0; i < info->n; i++) {
    const double *each = each_of(def, &info->quantities[i]);
    if (each && !(but && each == each_of(but, &info->quantities[i]))) izh_free((void *)(uintptr_t)each);
  }
}

static void stimulus_free(izh_stimulus *stimulus) {
  each_free(&stimulus->def, NULL);
  izh_free(stimulus->last);
  izh_free((void *)stimulus->def.name);
  izh_free((void *)stimulus->def.target.list);
  izh_free(stimulus->order);
  izh_stimulus_state_free(stimulus);
}

void izh_stimuli_free(izh_net *net) {
  for (size_t i = 0; i < net->n_stimuli; i++) stimulus_free(&net->stimuli[i]);
  izh_free(net->stimuli);
}

double izh_stimuli_bytes(const izh_net *net) {
  double sum = 0;
  for (size_t i = 0; i < net->n_stimuli; i++) {
    const izh_stimulus *s = &net->stimuli[i];
    void *blocks[IZH_STATE_BLOCKS + 4] = {(void *)s->def.target.list, s->order, s->state, s->last};
    int n = 4 + s->type->blocks(s->state, blocks + 4);
    sum += izh_alloc_bytes((const void *const *)blocks, (size_t)n);
    for (int q = 0; q < s->type->info.n; q++) {
      const void *each = each_of(&s->def, &s->type->info.quantities[q]);
      sum += izh_alloc_bytes(&each, 1);
    }
  }
  return sum;
}

/* Replaces the values for each neuron in def, which are in order of target and those of a caller, by copies
 * in order of position; those that are `of` the stimulus already stay. */
static izh_status each_copy(const izh_stimulus *stimulus, const izh_stimulus_def *of, izh_stimulus_def *def,
                            izh_err *err) {
  const izh_stimulus_info *info = &stimulus->type->info;
  uint32_t n = stimulus->def.target.size;
  izh_status status = IZH_OK;
  for (int i = 0; i < info->n; i++) {
    const double *given = each_of(def, &info->quantities[i]);
    if (!given || (of && given == each_of(of, &info->quantities[i]))) continue;
    double *copy = status ? NULL : izh_alloc(n, sizeof *copy);
    *izh_stimulus_def_each(def, &info->quantities[i]) = copy; /* NULL after a failure: all can be freed */
    *(double *)izh_stimulus_def_at(def, &info->quantities[i]) = NAN;
    if (!copy) status = izh_fail_memory(err, n * sizeof *copy);
    for (uint32_t k = 0; k < n && copy; k++) copy[k] = given[stimulus->order ? stimulus->order[k] : k];
  }
  return status;
}

static izh_status stimulus_fill(izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus,
                                izh_err *err) {
  stimulus->type = type_of(def->kind);
  stimulus->def.kind = def->kind;
  /* ascending, so that the neurons of a part have neighbouring positions */
  izh_status status = izh_ids_sort(&def->target, &stimulus->def.target, &stimulus->order, err);
  if (status) return status;
  stimulus->def.name = izh_strdup(def->name);
  if (!stimulus->def.name) return izh_fail_memory(err, strlen(def->name));
  numbers_copy(def, &stimulus->def, true);
  status = each_copy(stimulus, NULL, &stimulus->def, err);
  if (status) return status;
  stimulus->state = izh_alloc_zero(1, stimulus->type->state_size);
  if (!stimulus->state) return izh_fail_memory(err, stimulus->type->state_size);
  if (stimulus->type->room) status = stimulus->type->room(net, &stimulus->def, stimulus, err);
  if (status) return status;
  stimulus->type->fit(net, &stimulus->def, stimulus);
  return stimulus->type->make ? stimulus->type->make(net, def, stimulus, err) : IZH_OK;
}

izh_status izh_stimulus_add(izh_net *net, const izh_stimulus_def *def, uint32_t *index, izh_err *err) {
  izh_status status =
      izh_name_check("stimulus", def->name, net->stimuli, net->n_stimuli, sizeof *net->stimuli, err);
  if (!status) status = izh_sources_refuse(net, &def->target, "take no stimulus", err);
  if (!status) status = def_check(net, def, err);
  if (status) return status;
  izh_stimulus *room = izh_grow(net->stimuli, &net->cap_stimuli, net->n_stimuli + 1, sizeof *room);
  if (!room) return izh_fail_memory(err, sizeof *room);
  net->stimuli = room;
  izh_stimulus stimulus;
  memset(&stimulus, 0, sizeof stimulus);
  status = stimulus_fill(net, def, &stimulus, err);
  if (status) {
    stimulus_free(&stimulus);
    return status;
  }
  *index = (uint32_t)net->n_stimuli;
  net->stimuli[net->n_stimuli++] = stimulus;
  return IZH_OK;
}

/* --- the step --- */

void izh_stimuli_prepare(izh_net *net) {
  for (size_t i = 0; i < net->n_stimuli; i++) {
    izh_stimulus *stimulus = &net->stimuli[i];
    izh_free(stimulus->last);
    stimulus->last = NULL;
    stimulus->type->prepare(net, stimulus);
  }
}

static double kept(const izh_stimulus *stimulus, double current) {
  return stimulus->sign * current < 0 ? 0 : current;
}

enum { PIECE = 128 };

/* Adds only the current of one sign. To separate it from the currents of others, ext is first set aside. */
static void add_signed(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  const izh_ids *target = &stimulus->def.target;
  double before[PIECE], *ext = net->ext;
  for (izh_part piece = k; piece.begin < k.end; piece.begin = piece.end) {
    piece.end = k.end - piece.begin > PIECE ? piece.begin + PIECE : k.end;
    for (uint32_t i = piece.begin; i < piece.end; i++) {
      before[i - piece.begin] = ext[izh_ids_at(target, i)];
      ext[izh_ids_at(target, i)] = 0;
    }
    stimulus->type->add(net, stimulus, piece);
    for (uint32_t i = piece.begin; i < piece.end; i++) {
      uint32_t neuron = izh_ids_at(target, i);
      ext[neuron] = before[i - piece.begin] + kept(stimulus, ext[neuron]);
    }
  }
}

void izh_stimulus_add_part(const izh_net *net, const izh_stimulus *stimulus, izh_part part) {
  if (stimulus->stopped) return;
  izh_part k = izh_ids_within(&stimulus->def.target, part);
  if (k.begin >= k.end) return;
  if (stimulus->sign)
    add_signed(net, stimulus, k);
  else
    stimulus->type->add(net, stimulus, k);
}

/* --- what they are --- */

uint32_t izh_stimulus_count(const izh_net *net) {
  return (uint32_t)net->n_stimuli;
}

const char *izh_stimulus_name(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].def.name;
}

izh_stimulus_kind izh_stimulus_kind_of(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].def.kind;
}

uint32_t izh_stimulus_size(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].def.target.size;
}

void izh_stimulus_neurons(const izh_net *net, uint32_t index, uint32_t *neurons) {
  const izh_stimulus *stimulus = &net->stimuli[index];
  for (uint32_t k = 0; k < stimulus->def.target.size; k++)
    neurons[stimulus->order ? stimulus->order[k] : k] = izh_ids_at(&stimulus->def.target, k);
}

bool izh_stimulus_stopped(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].stopped;
}

/* At a position, in the last step. */
static double current_at(const izh_stimulus *stimulus, uint32_t k) {
  return stimulus->last ? stimulus->last[k] : stimulus->type->current(stimulus, k);
}

void izh_stimulus_values(const izh_net *net, uint32_t index, double *values) {
  const izh_stimulus *stimulus = &net->stimuli[index];
  for (uint32_t k = 0; k < stimulus->def.target.size; k++)
    values[stimulus->order ? stimulus->order[k] : k] = kept(stimulus, current_at(stimulus, k));
}

izh_status izh_stimulus_values_all(const izh_net *net, uint32_t index, double *values, izh_err *err) {
  const izh_stimulus *stimulus = &net->stimuli[index];
  const izh_ids *target = &stimulus->def.target;
  if (net->n_cut == 0) {
    izh_stimulus_values(net, index, values);
    return IZH_OK;
  }
  double *own = izh_alloc(target->size, sizeof *own);
  izh_status status = own ? izh_comm_check(net, err) : izh_fail_memory(err, target->size * sizeof *own);
  status = izh_ranks_meet(IZH_MEET_CURRENTS, status, err);
  for (uint32_t k = 0; k < target->size && !status; k++) own[k] = kept(stimulus, current_at(stimulus, k));
  if (!status) status = izh_comm_refresh_ids(net, target, own, sizeof *own, err);
  for (uint32_t k = 0; k < target->size && !status; k++)
    values[stimulus->order ? stimulus->order[k] : k] = own[k];
  izh_free(own);
  return status;
}

void izh_stimulus_numbers(const izh_net *net, uint32_t index, const izh_stimulus_quantity *quantity,
                          double *values) {
  const izh_stimulus *stimulus = &net->stimuli[index];
  const double *each = each_of(&stimulus->def, quantity);
  double one = number_of(&stimulus->def, quantity);
  for (uint32_t k = 0; k < stimulus->def.target.size; k++)
    values[stimulus->order ? stimulus->order[k] : k] = each ? each[k] : one;
}

/* --- changes --- */

izh_stimulus_def izh_stimulus_get(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].def;
}

/* Whether a definition has other values for each neuron than the stimulus. */
static bool has_other_values(const izh_stimulus *stimulus, const izh_stimulus_def *def) {
  const izh_stimulus_info *info = &stimulus->type->info;
  for (int i = 0; i < info->n; i++)
    if (each_of(def, &info->quantities[i]) != each_of(&stimulus->def, &info->quantities[i])) return true;
  return false;
}

/* Keeps the currents of the last step, which follow from values that are replaced. */
static izh_status keep_last(izh_stimulus *stimulus, izh_err *err) {
  uint32_t n = stimulus->def.target.size;
  if (stimulus->last) return IZH_OK;
  double *last = izh_alloc(n, sizeof *last);
  if (!last) return izh_fail_memory(err, n * sizeof *last);
  for (uint32_t k = 0; k < n; k++) last[k] = current_at(stimulus, k);
  stimulus->last = last;
  return IZH_OK;
}

izh_status izh_stimulus_set(izh_net *net, uint32_t index, const izh_stimulus_def *def, izh_err *err) {
  izh_stimulus *stimulus = &net->stimuli[index];
  izh_stimulus_def changed = stimulus->def;
  numbers_copy(def, &changed, false);
  izh_status status = def_check(net, &changed, err);
  if (status) return status;
  if (has_other_values(stimulus, &changed)) status = keep_last(stimulus, err);
  if (!status) status = each_copy(stimulus, &stimulus->def, &changed, err);
  if (!status && stimulus->type->room) status = stimulus->type->room(net, &changed, stimulus, err);
  if (status) {
    each_free(&changed, &stimulus->def);
    return status;
  }
  stimulus->type->fit(net, &changed, stimulus);
  each_free(&stimulus->def, &changed);
  stimulus->def = changed;
  return IZH_OK;
}

izh_status izh_stimulus_set_amplitude(izh_net *net, uint32_t index, izh_amplitude amplitude, izh_err *err) {
  izh_stimulus *stimulus = &net->stimuli[index];
  if (!stimulus->type->set_amplitude)
    return izh_fail(err, IZH_ARGUMENT, "a stimulus of kind %s has no amplitude", stimulus->type->info.name);
  izh_status status = amplitude_check(&amplitude, stimulus->def.target.size, err);
  return status ? status : stimulus->type->set_amplitude(stimulus, amplitude, err);
}

uint32_t izh_stimulus_generation(const izh_net *net, uint32_t stimulus) {
  return net->stimuli[stimulus].draws;
}

void izh_stimulus_drawn(izh_net *net, uint32_t stimulus) {
  net->stimuli[stimulus].draws++;
}

void izh_stimulus_stop(izh_net *net, uint32_t stimulus) {
  net->stimuli[stimulus].stopped = true;
}

bool izh_stimulus_calm(izh_net *net, uint32_t index) {
  izh_stimulus *stimulus = &net->stimuli[index];
  if (stimulus->stopped || !stimulus->type->redraw) return false;
  stimulus->calm = true;
  return true;
}

/* What its spikes do; NULL: it has none. */
static const izh_spike_input *spike_input(const izh_stimulus *stimulus) {
  const izh_stimulus_info *info = &stimulus->type->info;
  for (int i = 0; i < info->n; i++)
    if (info->quantities[i].form == IZH_FORM_KERNEL) return stimulus->state;
  return NULL;
}

bool izh_stimulus_jumps(const izh_net *net, uint32_t index) {
  const izh_spike_input *input = spike_input(&net->stimuli[index]);
  return input && izh_kernel_describe(input->kernel.kind)->jumps;
}

double izh_stimulus_reversal(const izh_net *net, uint32_t index) {
  const izh_spike_input *input = spike_input(&net->stimuli[index]);
  return input ? izh_kernel_reversal(&input->kernel) : NAN;
}

izh_status izh_stimulus_conductances(const izh_net *net, uint32_t index, double *values, izh_err *err) {
  const izh_stimulus *stimulus = &net->stimuli[index];
  const izh_spike_input *input = spike_input(stimulus);
  uint32_t n = stimulus->def.target.size;
  double *g = izh_alloc(n, sizeof *g);
  if (!g) return izh_fail_memory(err, n * sizeof *g);
  for (uint32_t k = 0; k < n; k++) g[k] = input && input->g ? input->g[k] : 0;
  izh_status status = izh_share_values(net, &stimulus->def.target, g, err);
  for (uint32_t k = 0; k < n; k++) values[stimulus->order ? stimulus->order[k] : k] = g[k];
  izh_free(g);
  return status;
}

void izh_stimulus_keep_sign(izh_net *net, uint32_t stimulus, int sign) {
  net->stimuli[stimulus].sign = sign;
}

izh_status izh_net_reseed(izh_net *net, uint32_t trial, izh_err *err) {
  net->trial = trial;
  izh_status first = izh_sources_reseed(net, err);
  for (size_t i = 0; i < net->n_stimuli; i++) {
    izh_stimulus *stimulus = &net->stimuli[i];
    izh_status status = stimulus->type->reseed ? stimulus->type->reseed(net, stimulus, err) : IZH_OK;
    if (!first) first = status;
  }
  return first;
}

uint32_t izh_stimuli_redraw(izh_net *net, uint32_t number) {
  uint32_t count = izh_sources_redraw(net, number);
  for (size_t i = 0; i < net->n_stimuli; i++) {
    izh_stimulus *stimulus = &net->stimuli[i];
    if (stimulus->stopped || !stimulus->type->redraw) continue;
    count++;
    if (number > 0) stimulus->type->redraw(stimulus, number);
  }
  return count;
}

/* --- their state --- */

static void numbers_archive(izh_archive *a, izh_stimulus_def *def) {
  const izh_stimulus_info *info = izh_stimulus_describe(def->kind);
  for (int i = 0; i < info->n; i++) {
    const izh_stimulus_quantity *q = &info->quantities[i];
    const double **each = izh_stimulus_def_each(def, q);
    if (q->form == IZH_FORM_NUMBER) izh_archive_f64(a, izh_stimulus_def_at(def, q));
    if (each) *each = izh_archive_optional(a, *each, def->target.size, sizeof **each);
    if (q->form == IZH_FORM_KERNEL) izh_kernel_archive(a, izh_stimulus_def_at(def, q));
  }
}

static bool is_permutation(izh_archive *a, const uint32_t *order, uint32_t n) {
  unsigned char *seen = izh_archive_room(a, n, 1);
  bool good = seen != NULL;
  for (uint32_t k = 0; k < n && good; k++) good = order[k] < n && !seen[order[k]]++;
  izh_free(seen);
  return good;
}

/* Checks what was read so far, and makes the state that follows from it. */
static void read_so_far(izh_archive *a, const izh_net *net, izh_stimulus *s) {
  uint32_t size = s->def.target.size;
  izh_archive_require(a, !s->order == !s->def.target.list, "list of neurons of a stimulus");
  if (s->order) izh_archive_require(a, is_permutation(a, s->order, size), "list of neurons of a stimulus");
  if (!a->status) a->status = def_check(net, &s->def, a->err);
  if (!a->status) s->state = izh_archive_room(a, 1, s->type->state_size);
  if (!a->status) s->type->fit(net, &s->def, s);
}

/* One number: + 1 stopped, + 2 calm, + 4 only the positive current, + 8 only the negative current. */
static void stage_archive(izh_archive *a, izh_stimulus *s) {
  uint32_t sign = s->sign < 0 ? 2 : (uint32_t)s->sign;
  uint32_t stage = izh_archive_choice(a, (s->stopped ? 1u : 0) + (s->calm ? 2u : 0) + 4 * sign, 12);
  s->stopped = stage % 2;
  s->calm = stage / 2 % 2;
  s->sign = stage / 4 == 2 ? -1 : (int)(stage / 4);
}

static void stimulus_archive(izh_archive *a, izh_net *net, izh_stimulus *s) {
  s->def.name = izh_archive_name(a, s->def.name);
  s->def.kind = (izh_stimulus_kind)izh_archive_choice(a, s->def.kind, IZH_STIMULUS_COUNT);
  s->type = type_of(s->def.kind);
  izh_archive_ids(a, &s->def.target, net->size, false);
  s->order = izh_archive_optional(a, s->order, s->def.target.size, sizeof *s->order);
  stage_archive(a, s);
  izh_archive_u32(a, &s->draws);
  numbers_archive(a, &s->def);
  if (s->last) izh_archive_refresh(a, net, &s->def.target, s->last, sizeof *s->last);
  s->last = izh_archive_optional(a, s->last, s->def.target.size, sizeof *s->last);
  if (a->mode == IZH_ARCHIVE_READ)
    read_so_far(a, net, s);
  else
    s->state = izh_archive_derived(a, s->state, 1, s->type->state_size);
  if (s->state) s->type->archive(a, net, s);
}

void izh_stimuli_archive(izh_archive *a, izh_net *net) {
  net->stimuli = izh_archive_items(a, net->stimuli, &net->n_stimuli, &net->cap_stimuli, sizeof *net->stimuli);
  for (size_t i = 0; izh_archive_visits(a, i, net->n_stimuli); i++)
    stimulus_archive(a, net, &net->stimuli[i]);
  izh_archive_names(a, net->stimuli, net->n_stimuli, sizeof *net->stimuli);
}
