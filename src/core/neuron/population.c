#include "core/neuron/population.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "core/isa/isa.h"
#include "core/net/comm.h"
#include "core/net/net_private.h"
#include "core/neuron/source_private.h"
#include "core/synapse/conductance.h"
#include "core/synapse/projection_private.h"

double *izh_population_v(const izh_population *p) {
  return p->values[izh_model_describe(p->model)->v];
}

double *izh_population_u(const izh_population *p) {
  int u = izh_model_describe(p->model)->u;
  return u < 0 ? NULL : p->values[u];
}

izh_neurons izh_population_neurons(const izh_net *net, const izh_population *p, izh_part part,
                                   double *input) {
  uint32_t begin = part.begin > p->first ? part.begin : p->first, end = p->first + p->size;
  if (end > part.end) end = part.end;
  const izh_model_info *model = izh_model_describe(p->model);
  if (begin >= end || model->source) return (izh_neurons){.n = 0};
  uint32_t from = begin - p->first;
  izh_neurons x = {.n = end - begin, .first = begin, .dt = net->def.dt_ms};
  int refractory = izh_model_code_of(p->model)->refractory;
  if (refractory > 0 && !p->plain) x.left = p->values[refractory + 1] + from;
  if (net->leak) x.leak = net->leak + begin;
  if (input) x.input = input + (begin - part.begin);
  for (int q = 0; q < model->n; q++) x.q[q] = p->values[q] + from;
  x.v = p->values[model->v] + from;
  if (model->u >= 0) x.u = p->values[model->u] + from;
  return x;
}

bool izh_population_step(const izh_net *net, const izh_population *p, izh_part part, double *input,
                         izh_fired *fired, uint32_t *bad) {
  izh_neurons x = izh_population_neurons(net, p, part, input);
  if (x.n == 0) return true;
  if (net->def.integrator == IZH_INTEGRATOR_EXACT) return izh_integrate_exactly(net, p, &x, fired, bad);
  x.steepest = izh_steepest(net);
  x.stable_mv = izh_strays_bound(p, &x);
  if (net->jumps && izh_model_code_of(p->model)->leaks) x.lifted = net->jump + x.first;
  izh_loops_chosen()->step_model(p->model, p->plain, net->def.integrator, &x, fired, bad);
  return true;
}

static void population_free(izh_population *population) {
  izh_free(population->name);
  for (int q = 0; q < IZH_MODEL_QUANTITIES; q++) izh_free(population->values[q]);
  izh_free(population->held);
  izh_free(population->held_v);
  izh_free(population->held_u);
  izh_source_free(population);
}

void izh_populations_free(izh_net *net) {
  for (size_t i = 0; i < net->n_populations; i++) population_free(&net->populations[i]);
  izh_free(net->populations);
}

double izh_populations_bytes(const izh_net *net) {
  double bytes = 0;
  for (size_t i = 0; i < net->n_populations; i++) {
    const izh_population *p = &net->populations[i];
    const void *const blocks[] = {p->held, p->held_v, p->held_u};
    bytes += izh_alloc_bytes((const void *const *)p->values, IZH_MODEL_QUANTITIES) +
             izh_alloc_bytes(blocks, sizeof blocks / sizeof *blocks) + izh_source_bytes(p);
  }
  return bytes;
}

static double bytes_of(izh_model model, double neurons) {
  const izh_model_info *info = izh_model_describe(model);
  double numbers = info->n + 4;   /* the quantities, three currents and a jump */
  if (info->source) numbers += 6; /* about what its state takes */
  return neurons * (numbers * sizeof(double) + 2 * sizeof(uint32_t));
}

izh_status izh_population_size_check(const char *name, izh_model model, double size, izh_err *err) {
  return izh_memory_check(err, bytes_of(model, size), "population \"%s\"", name);
}

static izh_status population_check(const izh_net *net, const izh_population_def *def, izh_err *err) {
  izh_status status = izh_name_check("population", def->name, net->populations, net->n_populations,
                                     sizeof *net->populations, err);
  if (status) return status;
  if (def->size > UINT32_MAX - 1 - net->size)
    return izh_fail(err, IZH_SIZE, "population \"%s\" of %u would make more than %u neurons", def->name,
                    def->size, UINT32_MAX - 1);
  double need = bytes_of(def->model, def->size) + izh_channels_grow_bytes(net, net->size + def->size);
  status = izh_memory_check(err, need, "population \"%s\"", def->name);
  if (status) return status;
  const izh_model_info *model = izh_model_describe(def->model);
  const izh_source_code *source = izh_model_code_of(def->model)->source;
  status = source && source->check ? source->check(net, def, err) : IZH_OK;
  if (status) return status;
  for (int q = 0; q < model->n; q++) {
    const izh_quantity *quantity = &model->quantities[q];
    if (!def->values[q] && quantity->required && def->size > 0)
      return izh_fail(err, IZH_ARGUMENT, "the %s has no %s", source ? "source" : "cell", quantity->name);
    for (uint32_t i = 0; i < def->size && def->values[q]; i++) {
      char text[64];
      const char *wanted = izh_quantity_fault(quantity, def->values[q][i], text, sizeof text);
      if (wanted)
        return izh_fail(err, IZH_RANGE, "%s of neuron %u of population \"%s\" must be %s (got %g)",
                        quantity->name, i + 1, def->name, wanted, def->values[q][i]);
    }
  }
  return IZH_OK;
}

/* Checks a neuron with these numbers. Where the reset and the peak depend on u, it checks them at u = 0: at
 * some other u they may meet. If the peak rises with u, every reset is allowed: at a larger u the peak is
 * above it. */
static izh_status reset_check(const izh_population *p, const double *numbers, uint32_t id, izh_err *err) {
  double peak = izh_model_peak(p->model, numbers, (izh_model_state){0});
  double v = izh_model_reset(p->model, numbers, (izh_model_state){.v = peak}).v;
  if (v < peak || izh_model_peak(p->model, numbers, (izh_model_state){.u = 1}) > peak) return IZH_OK;
  return izh_fail(
      err, IZH_RANGE,
      "c must be below the peak of %.10g mV, or the neuron fires in every step (got %.10g for neuron %u "
      "of population \"%s\"%s)",
      peak, v, id - p->first + 1, p->name, v > 0 ? "; is it negative?" : "");
}

izh_status izh_population_reset_check(const izh_net *net, uint32_t pop, const izh_ids *ids,
                                      const double *const *values, izh_err *err) {
  const izh_population *p = &net->populations[pop];
  for (uint32_t k = 0; k < ids->size && !izh_population_is_source(net, pop); k++) {
    double numbers[IZH_MODEL_QUANTITIES];
    uint32_t id = izh_ids_at(ids, k);
    for (int q = 0; q < izh_model_describe(p->model)->n; q++)
      numbers[q] = values && values[q] ? values[q][k] : p->values[q][id - p->first];
    izh_status status = reset_check(p, numbers, id, err);
    if (status) return status;
  }
  return IZH_OK;
}

/* Grows all arrays that have one entry for each neuron of the network. If a later one fails, the larger
 * arrays do no harm. */
static izh_status net_grow(izh_net *net, uint32_t size, izh_err *err) {
  double **const currents[] = {&net->ext, &net->exc, &net->inh, &net->jump};
  for (int k = 0; k < 4; k++) {
    double *grown = izh_alloc(size, sizeof *grown); /* not izh_realloc: this block is aligned for vectors */
    if (!grown) return izh_fail_memory(err, size * sizeof *grown);
    memcpy(grown, *currents[k], net->size * sizeof *grown);
    for (uint32_t i = net->size; i < size; i++) grown[i] = 0; /* before their first step */
    izh_free(*currents[k]);
    *currents[k] = grown;
  }
  if (net->leak) {
    izh_status status = izh_conductance_room(net, size, err);
    if (status) return status;
  }
  uint32_t *fired = izh_realloc(net->fired, size, sizeof *fired);
  if (!fired) return izh_fail_memory(err, size * sizeof *fired);
  net->fired = fired;
  uint32_t *strayed = izh_realloc(net->strayed, size, sizeof *strayed);
  if (!strayed) return izh_fail_memory(err, size * sizeof *strayed);
  net->strayed = strayed;
  for (size_t i = 0; i < net->n_channels; i++) {
    izh_status status = izh_channel_grow(&net->channels[i], size, err);
    if (status) return status;
  }
  izh_population *room =
      izh_grow(net->populations, &net->cap_populations, net->n_populations + 1, sizeof *room);
  if (!room) return izh_fail_memory(err, sizeof *room);
  net->populations = room;
  return IZH_OK;
}

static void find_plain(izh_population *p) {
  const izh_model_code *code = izh_model_code_of(p->model);
  p->plain = !code->is_plain || code->is_plain(p->values, p->size);
}

static izh_status population_copy(const izh_population_def *def, izh_population *p, izh_err *err) {
  const izh_model_info *model = izh_model_describe(def->model);
  *p = (izh_population){.model = def->model, .size = def->size};
  p->name = izh_strdup(def->name);
  bool whole = p->name != NULL;
  for (int q = 0; q < model->n && whole; q++)
    whole = (p->values[q] = izh_alloc(def->size, sizeof(double))) != NULL;
  if (!whole) {
    population_free(p);
    return izh_fail_memory(err, (unsigned long long)def->size * sizeof(double) * (unsigned)model->n);
  }
  for (int q = 0; q < model->n; q++)
    if (def->values[q] && def->size > 0) memcpy(p->values[q], def->values[q], def->size * sizeof(double));
  izh_model_defaults(def->model, p->values, p->size, def->values);
  find_plain(p);
  return IZH_OK;
}

izh_population_def izh_population_def_default(izh_model model) {
  return (izh_population_def){.model = model};
}

izh_status izh_population_add(izh_net *net, const izh_population_def *def, uint32_t *index, izh_err *err) {
  izh_status status = population_check(net, def, err);
  if (status) return status;
  status = net_grow(net, net->size + def->size, err);
  if (status) return status;
  izh_population population;
  status = population_copy(def, &population, err);
  if (status) return status;
  population.first = net->size;
  population.born = net->now;
  population.colour = def->colour;
  population.ranks = izh_comm_ranks_for(net, def);
  if (izh_model_describe(def->model)->source) status = izh_source_make(net, &population, def, err);
  izh_strays_prepare(net, &population);
  net->populations[net->n_populations] = population; /* not counted until it has been checked */
  izh_ids ids = izh_ids_range(population.first, population.size);
  if (!status) status = izh_population_reset_check(net, (uint32_t)net->n_populations, &ids, NULL, err);
  if (status) {
    population_free(&population);
    return status;
  }
  net->has_sources |= population.source != NULL;
  net->n_cut += population.ranks > 0;
  *index = (uint32_t)net->n_populations++;
  net->size += def->size;
  return IZH_OK;
}

uint32_t izh_population_count(const izh_net *net) {
  return (uint32_t)net->n_populations;
}

const char *izh_population_name(const izh_net *net, uint32_t pop) {
  return net->populations[pop].name;
}

izh_model izh_population_model(const izh_net *net, uint32_t pop) {
  return net->populations[pop].model;
}

uint32_t izh_population_colour(const izh_net *net, uint32_t pop) {
  return net->populations[pop].colour;
}

int64_t izh_population_born(const izh_net *net, uint32_t pop) {
  return net->populations[pop].born;
}

izh_ids izh_population_ids(const izh_net *net, uint32_t pop) {
  return izh_ids_range(net->populations[pop].first, net->populations[pop].size);
}

uint32_t izh_population_of(const izh_net *net, uint32_t neuron) {
  uint32_t low = 0, high = (uint32_t)net->n_populations;
  while (high - low > 1) { /* finds the last population that begins at or before the neuron */
    uint32_t middle = low + (high - low) / 2;
    if (net->populations[middle].first <= neuron)
      low = middle;
    else
      high = middle;
  }
  return low;
}

double izh_population_peak(const izh_net *net, uint32_t neuron) {
  const izh_population *p = &net->populations[izh_population_of(net, neuron)];
  izh_neurons x = izh_population_neurons(net, p, (izh_part){neuron, neuron + 1}, NULL);
  if (x.n == 0) return (double)INFINITY;
  return izh_model_code_of(p->model)->peak(p->plain, &x, 0, x.u ? *x.u : 0);
}

static bool moves(const izh_population *p, int q) {
  const izh_model_info *model = izh_model_describe(p->model);
  int refractory = izh_model_code_of(p->model)->refractory;
  return q == model->v || q == model->u || (refractory > 0 && q == refractory + 1);
}

bool izh_population_moves(const izh_net *net, uint32_t pop, int q) {
  return moves(&net->populations[pop], q);
}

izh_status izh_population_refresh(izh_net *net, uint32_t pop, const izh_ids *ids, int q, izh_err *err) {
  const izh_population *p = &net->populations[pop];
  if (ids->size == 0) return IZH_OK;
  return izh_comm_refresh(p, p->values[q], ids->first - p->first, ids->last + 1 - p->first, err);
}

void izh_population_get(const izh_net *net, uint32_t pop, const izh_ids *ids, int q, double *values) {
  const izh_population *population = &net->populations[pop];
  for (uint32_t k = 0; k < ids->size; k++)
    values[k] = population->values[q][izh_ids_at(ids, k) - population->first];
}

izh_status izh_population_set(izh_net *net, uint32_t pop, const izh_ids *ids, int q, const double *values,
                              izh_err *err) {
  izh_population *population = &net->populations[pop];
  const izh_quantity *quantity = &izh_model_describe(population->model)->quantities[q];
  for (uint32_t k = 0; k < ids->size; k++) {
    char text[64];
    const char *wanted = izh_quantity_fault(quantity, values[k], text, sizeof text);
    if (wanted)
      return izh_fail(err, IZH_RANGE, "%s of neuron %u must be %s (got %g)", quantity->name,
                      izh_ids_at(ids, k) + 1, wanted, values[k]);
  }
  for (uint32_t k = 0; k < ids->size; k++)
    population->values[q][izh_ids_at(ids, k) - population->first] = values[k];
  find_plain(population);
  const izh_model_info *model = izh_model_describe(population->model);
  const izh_source_code *source = izh_model_code_of(population->model)->source;
  if (source) source->fit(net, population);
  if (q != model->v && q != model->u) izh_strays_prepare(net, population);
  return IZH_OK;
}

uint32_t izh_population_generation(const izh_net *net, uint32_t pop) {
  return net->populations[pop].draws;
}

void izh_population_drawn(izh_net *net, uint32_t pop) {
  net->populations[pop].draws++;
}

/* --- their state --- */

static bool values_valid(const izh_population *p) {
  const izh_model_info *model = izh_model_describe(p->model);
  char text[64];
  for (int q = 0; q < model->n; q++)
    for (uint32_t i = 0; i < p->size; i++) /* v and u may have any value: a state may have diverged */
      if (q != model->v && q != model->u &&
          izh_quantity_fault(&model->quantities[q], p->values[q][i], text, sizeof text))
        return false;
  for (uint32_t i = 0; i < p->size && p->held; i++)
    if (p->held[i] > IZH_HOLD_LESION) return false;
  return true;
}

static void population_archive(izh_archive *a, izh_net *net, izh_population *p) {
  p->name = izh_archive_name(a, p->name);
  p->model = (izh_model)izh_archive_choice(a, p->model, IZH_MODEL_COUNT);
  izh_archive_u32(a, &p->size);
  izh_archive_u32(a, &p->draws);
  izh_archive_u32(a, &p->colour);
  izh_archive_i64(a, &p->born);
  izh_ids ids = izh_ids_range(p->first, p->size);
  for (int q = 0; q < izh_model_describe(p->model)->n && p->ranks > 0; q++)
    if (moves(p, q)) izh_archive_refresh(a, net, &ids, p->values[q], sizeof *p->values[q]);
  for (int q = 0; q < izh_model_describe(p->model)->n; q++)
    p->values[q] = izh_archive_array(a, p->values[q], p->size, sizeof *p->values[q]);
  p->held = izh_archive_optional(a, p->held, p->size, sizeof *p->held);
  p->held_v = izh_archive_derived(a, p->held_v, p->size, sizeof *p->held_v);
  p->held_u = izh_archive_derived(a, p->held_u, p->size, sizeof *p->held_u);
  if (izh_archive_reads(a)) {
    izh_archive_require(a, values_valid(p), "values of a population");
    find_plain(p);
    if (p->held) p->held_v = izh_archive_room(a, p->size, sizeof *p->held_v);
    if (p->held) p->held_u = izh_archive_room(a, p->size, sizeof *p->held_u);
  }
  izh_source_archive(a, net, p);
}

void izh_populations_archive(izh_archive *a, izh_net *net) {
  net->populations = izh_archive_items(a, net->populations, &net->n_populations, &net->cap_populations,
                                       sizeof *net->populations);
  for (size_t i = 0; izh_archive_visits(a, i, net->n_populations); i++) {
    izh_population *p = &net->populations[i];
    population_archive(a, net, p);
    if (!izh_archive_reads(a)) continue;
    izh_archive_require(a, p->size <= UINT32_MAX - 1 - net->size, "size of a population");
    izh_archive_require(a, p->born >= 0 && p->born <= net->now, "beginning of a population");
    p->first = net->size;
    net->size += p->size;
    p->ranks = izh_comm_ranks_for(net, &(izh_population_def){.model = p->model, .size = p->size});
    net->n_cut += p->ranks > 0;
    net->holds |= p->held != NULL;
    net->has_sources |= p->source != NULL;
  }
  izh_archive_names(a, net->populations, net->n_populations, sizeof *net->populations);
}
