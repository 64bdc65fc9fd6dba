#include "core/neuron/population.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "core/net/net_private.h"

static const char *const model_names[IZH_MODEL_COUNT] = {"izhikevich2003", "izhikevich2004class1",
                                                         "izhikevich2004accommodation", "izhikevich2007"};
static const char *const quantity_names[IZH_Q_COUNT] = {
    "a",  "b",     "c",      "d",       "v",     "u",  "C",       "k",  "vr",
    "vt", "vpeak", "peak_u", "reset_u", "u_max", "vb", "b_below", "b3", "vu"};

const char *izh_model_name(izh_model model) {
  return model_names[model];
}

int izh_model_quantities(izh_model model) {
  return model == IZH_MODEL_IZHIKEVICH2007 ? IZH_Q_COUNT : IZH_Q_2003_COUNT;
}

const char *izh_model_quantity(izh_model model, int q) {
  return q >= 0 && q < izh_model_quantities(model) ? quantity_names[q] : NULL;
}

static void population_free(izh_population *population) {
  izh_free(population->name);
  for (int q = 0; q < IZH_Q_COUNT; q++) izh_free(population->values[q]);
  izh_free(population->held);
  izh_free(population->held_v);
  izh_free(population->held_u);
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
    bytes += izh_alloc_bytes((const void *const *)p->values, IZH_Q_COUNT) +
             izh_alloc_bytes(blocks, sizeof blocks / sizeof *blocks);
  }
  return bytes;
}

static double bytes_of(izh_model model, double neurons) {
  double numbers = izh_model_quantities(model) + 4; /* three currents and a jump */
  return neurons * (numbers * sizeof(double) + sizeof(uint32_t));
}

izh_status izh_population_size_check(const char *name, izh_model model, double size, izh_err *err) {
  return izh_memory_check(err, bytes_of(model, size), "population \"%s\"", name);
}

/* What is wrong with a value of a quantity, NULL when nothing is. */
static const char *fault_of(int q, double value) {
  if (!isfinite(value)) return "finite";
  if ((q == IZH_Q_CAPACITANCE || q == IZH_Q_K) && !(value > 0)) return "> 0";
  return NULL;
}

static izh_status population_check(const izh_net *net, const izh_population_def *def, izh_err *err) {
  izh_status status = izh_name_check("population", def->name, err);
  if (status) return status;
  for (size_t i = 0; i < net->n_populations; i++)
    if (strcmp(net->populations[i].name, def->name) == 0)
      return izh_fail(err, IZH_ARGUMENT, "the name \"%s\" is taken by another population", def->name);
  if (def->size > UINT32_MAX - 1 - net->size)
    return izh_fail(err, IZH_SIZE, "population \"%s\" of %u would make more than %u neurons", def->name,
                    def->size, UINT32_MAX - 1);
  double need = bytes_of(def->model, def->size) + izh_channels_grow_bytes(net, net->size + def->size);
  status = izh_memory_check(err, need, "population \"%s\"", def->name);
  if (status) return status;
  for (int q = 0; q < izh_model_quantities(def->model); q++)
    for (uint32_t i = 0; i < def->size; i++) {
      const char *wanted = fault_of(q, def->values[q][i]);
      if (wanted)
        return izh_fail(err, IZH_RANGE, "%s of neuron %u of population \"%s\" must be %s (got %g)",
                        quantity_names[q], i + 1, def->name, wanted, def->values[q][i]);
    }
  return IZH_OK;
}

/* Room in everything that is as long as the network. What has grown when a later part fails does no harm. */
static izh_status net_grow(izh_net *net, uint32_t size, izh_err *err) {
  double **const currents[] = {&net->ext, &net->exc, &net->inh, &net->jump};
  for (int k = 0; k < 4; k++) {
    double *grown = izh_alloc(size, sizeof *grown); /* whose blocks begin where vectors like it */
    if (!grown) return izh_fail_memory(err, size * sizeof *grown);
    memcpy(grown, *currents[k], net->size * sizeof *grown);
    for (uint32_t i = net->size; i < size; i++) grown[i] = 0; /* before their first step */
    izh_free(*currents[k]);
    *currents[k] = grown;
  }
  uint32_t *fired = izh_realloc(net->fired, size, sizeof *fired);
  if (!fired) return izh_fail_memory(err, size * sizeof *fired);
  net->fired = fired;
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

/* Do the equations have none of what only some cells need: then fewer numbers are read in each step. */
static bool is_plain(const izh_population *p) {
  if (p->model != IZH_MODEL_IZHIKEVICH2007) return true;
  double *const *q = p->values;
  for (uint32_t i = 0; i < p->size; i++)
    if (q[IZH_Q_PEAK_U][i] != 0 || q[IZH_Q_RESET_U][i] != 0 || q[IZH_Q_U_MAX][i] < IZH_U_HIGH ||
        q[IZH_Q_B_BELOW][i] != q[IZH_Q_B][i] || q[IZH_Q_B3][i] != 0 || q[IZH_Q_VU][i] != q[IZH_Q_VR][i])
      return false;
  return true;
}

static izh_status population_copy(const izh_population_def *def, izh_population *population, izh_err *err) {
  *population = (izh_population){.model = def->model, .size = def->size};
  population->name = izh_strdup(def->name);
  bool whole = population->name != NULL;
  for (int q = 0; q < izh_model_quantities(def->model) && whole; q++) {
    population->values[q] = izh_alloc(def->size, sizeof(double));
    whole = population->values[q] != NULL;
    if (whole && def->size > 0) memcpy(population->values[q], def->values[q], def->size * sizeof(double));
  }
  if (whole) {
    population->plain = is_plain(population);
    return IZH_OK;
  }
  population_free(population);
  return izh_fail_memory(err, (unsigned long long)def->size * sizeof(double) *
                                  (unsigned)izh_model_quantities(def->model));
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
  *index = (uint32_t)net->n_populations;
  net->populations[net->n_populations++] = population;
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

izh_ids izh_population_ids(const izh_net *net, uint32_t pop) {
  return izh_ids_range(net->populations[pop].first, net->populations[pop].size);
}

uint32_t izh_population_of(const izh_net *net, uint32_t neuron) {
  uint32_t low = 0, high = (uint32_t)net->n_populations;
  while (high - low > 1) { /* the last population that begins at or before the neuron */
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
  if (p->model != IZH_MODEL_IZHIKEVICH2007) return IZH_PEAK_2003;
  uint32_t i = neuron - p->first;
  return p->values[IZH_Q_VPEAK][i] + p->values[IZH_Q_PEAK_U][i] * p->values[IZH_Q_U][i];
}

void izh_population_get(const izh_net *net, uint32_t pop, const izh_ids *ids, int q, double *values) {
  const izh_population *population = &net->populations[pop];
  for (uint32_t k = 0; k < ids->size; k++)
    values[k] = population->values[q][izh_ids_at(ids, k) - population->first];
}

izh_status izh_population_set(izh_net *net, uint32_t pop, const izh_ids *ids, int q, const double *values,
                              izh_err *err) {
  izh_population *population = &net->populations[pop];
  for (uint32_t k = 0; k < ids->size; k++) {
    const char *wanted = fault_of(q, values[k]);
    if (wanted)
      return izh_fail(err, IZH_RANGE, "%s of neuron %u must be %s (got %g)", quantity_names[q],
                      izh_ids_at(ids, k) + 1, wanted, values[k]);
  }
  for (uint32_t k = 0; k < ids->size; k++)
    population->values[q][izh_ids_at(ids, k) - population->first] = values[k];
  population->plain = is_plain(population);
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
  for (int q = 0; q < izh_model_quantities(p->model); q++)
    for (uint32_t i = 0; i < p->size; i++) /* a state may have diverged, and be set again later */
      if (q != IZH_Q_V && q != IZH_Q_U && fault_of(q, p->values[q][i])) return false;
  for (uint32_t i = 0; i < p->size && p->held; i++)
    if (p->held[i] > IZH_HOLD_LESION) return false;
  return true;
}

static void population_archive(izh_archive *a, izh_population *p) {
  p->name = izh_archive_name(a, p->name);
  p->model = (izh_model)izh_archive_choice(a, p->model, IZH_MODEL_COUNT);
  izh_archive_u32(a, &p->size);
  izh_archive_u32(a, &p->draws);
  for (int q = 0; q < izh_model_quantities(p->model); q++)
    p->values[q] = izh_archive_array(a, p->values[q], p->size, sizeof *p->values[q]);
  p->held = izh_archive_optional(a, p->held, p->size, sizeof *p->held);
  p->held_v = izh_archive_derived(a, p->held_v, p->size, sizeof *p->held_v);
  p->held_u = izh_archive_derived(a, p->held_u, p->size, sizeof *p->held_u);
  if (!izh_archive_reads(a)) return;
  izh_archive_require(a, values_valid(p), "the values of a population");
  p->plain = is_plain(p);
  if (!p->held) return;
  p->held_v = izh_archive_room(a, p->size, sizeof *p->held_v);
  p->held_u = izh_archive_room(a, p->size, sizeof *p->held_u);
}

void izh_populations_archive(izh_archive *a, izh_net *net) {
  net->populations = izh_archive_items(a, net->populations, &net->n_populations, &net->cap_populations,
                                       sizeof *net->populations);
  for (size_t i = 0; izh_archive_visits(a, i, net->n_populations); i++) {
    izh_population *p = &net->populations[i];
    population_archive(a, p);
    if (!izh_archive_reads(a)) continue;
    izh_archive_require(a, p->size <= UINT32_MAX - 1 - net->size, "the size of a population");
    p->first = net->size;
    net->size += p->size;
    net->holds |= p->held != NULL;
  }
  izh_archive_names(a, net->populations, net->n_populations, sizeof *net->populations);
}
