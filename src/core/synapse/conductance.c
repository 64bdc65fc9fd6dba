#include "core/synapse/conductance.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "core/isa/isa.h"
#include "core/synapse/projection.h"

void izh_conductance_begin(const izh_net *net, izh_part part) {
  size_t length = (part.end - part.begin) * sizeof(double);
  memset(net->exc + part.begin, 0, length);
  memset(net->inh + part.begin, 0, length);
  memset(net->leak + part.begin, 0, length);
  for (int k = 0; k < IZH_CONDUCTANCES && net->watches; k++) memset(net->watched[k] + part.begin, 0, length);
}

/* Keeps the conductances of a channel. */
static void watch(const izh_net *net, const izh_conduction *c, uint32_t first) {
  for (uint32_t i = 0; i < c->n; i++) {
    bool inhibits = c->reversal < (c->threshold ? c->threshold[i] : IZH_THRESHOLD);
    net->watched[inhibits ? IZH_CONDUCTANCE_INH : IZH_CONDUCTANCE_EXC][first + i] += c->g[i];
  }
}

void izh_conductance_add(const izh_net *net, const izh_channel *channel, izh_part part) {
  izh_filter_add(&channel->of[IZH_EXC], net->now, part, net->conductance, true);
  for (size_t p = 0; p < net->n_populations; p++) {
    izh_neurons x = izh_population_neurons(net, &net->populations[p], part, NULL);
    if (x.n == 0) continue;
    const izh_model_code *code = izh_model_code_of(net->populations[p].model);
    izh_conduction c = {.g = net->conductance + x.first,
                        .v = x.v,
                        .threshold = code->threshold < 0 ? NULL : x.q[code->threshold],
                        .reversal = izh_kernel_reversal(&channel->kernel),
                        .exc = net->exc + x.first,
                        .inh = net->inh + x.first,
                        .leak = net->leak + x.first,
                        .n = x.n};
    izh_loops_chosen()->conduct(&c);
    if (net->watches) watch(net, &c, x.first);
  }
}

void izh_conductance_end(const izh_net *net, izh_part part, double *input) {
  for (size_t p = 0; p < net->n_populations; p++) {
    izh_neurons x = izh_population_neurons(net, &net->populations[p], part, input);
    const izh_model_code *code = izh_model_code_of(net->populations[p].model);
    double *g = net->leak + x.first;
    if (net->watches) memcpy(net->watched[IZH_CONDUCTANCE_ALL] + x.first, g, x.n * sizeof *g);
    for (uint32_t i = 0; i < x.n; i++) {
      x.input[i] += g[i] * x.v[i];
      g[i] /= code->input_by_dv(&x, i);
    }
  }
}

int izh_conductance_sign(const izh_net *net, double reversal, uint32_t neuron) {
  const izh_population *p = &net->populations[izh_population_of(net, neuron)];
  int threshold = izh_model_code_of(p->model)->threshold;
  return reversal < (threshold < 0 ? IZH_THRESHOLD : p->values[threshold][neuron - p->first]) ? -1 : 1;
}

void izh_conductance_flow(const izh_net *net, const izh_ids *target, izh_part k, const izh_kernel *kernel,
                          double *g) {
  double reversal = izh_kernel_reversal(kernel);
  const izh_population *p = NULL;
  for (uint32_t i = k.begin; i < k.end; i++) {
    uint32_t neuron = izh_ids_at(target, i);
    if (!p || neuron - p->first >= p->size) p = &net->populations[izh_population_of(net, neuron)];
    net->leak[neuron] += g[i];
    g[i] *= reversal - izh_population_v(p)[neuron - p->first];
  }
}

izh_status izh_conductance_check(double reversal, double weight, izh_err *err) {
  if (isnan(reversal) || weight >= 0) return IZH_OK;
  return izh_fail(err, IZH_RANGE,
                  "the weight of a conductance must be ≥ 0 (got %g): its reversal says if it inhibits",
                  weight);
}

izh_status izh_conductance_need(izh_net *net, const izh_kernel *kernel, izh_err *err) {
  return kernel->conducts && !net->leak ? izh_conductance_room(net, net->size, err) : IZH_OK;
}

static double *grown(const double *array, uint32_t old, uint32_t size) {
  double *made = izh_alloc_zero(size, sizeof *made);
  if (made && array) memcpy(made, array, old * sizeof *made);
  return made;
}

static izh_status watch_room(izh_net *net, uint32_t size, izh_err *err) {
  for (int k = 0; k < IZH_CONDUCTANCES; k++) {
    double *larger = grown(net->watched[k], net->size, size);
    if (!larger) return izh_fail_memory(err, size * sizeof *larger);
    izh_free(net->watched[k]);
    net->watched[k] = larger;
  }
  return IZH_OK;
}

izh_status izh_conductance_room(izh_net *net, uint32_t size, izh_err *err) {
  izh_status status = net->watches ? watch_room(net, size, err) : IZH_OK;
  if (status) return status;
  double *leak = grown(net->leak, net->size, size), *conductance = grown(NULL, 0, size);
  if (!leak || !conductance) {
    izh_free(leak);
    izh_free(conductance);
    return izh_fail_memory(err, 2 * size * sizeof *leak);
  }
  izh_free(net->leak);
  izh_free(net->conductance);
  net->leak = leak;
  net->conductance = conductance;
  return IZH_OK;
}

void izh_conductance_archive(izh_archive *a, izh_net *net) {
  net->leak = izh_archive_derived(a, net->leak, net->size, sizeof *net->leak);
  net->conductance = izh_archive_derived(a, net->conductance, net->size, sizeof *net->conductance);
  for (int k = 0; k < IZH_CONDUCTANCES; k++)
    net->watched[k] = izh_archive_derived(a, net->watched[k], net->size, sizeof *net->watched[k]);
  for (size_t i = 0; i < net->n_channels && izh_archive_reads(a); i++)
    a->status = izh_conductance_need(net, &net->channels[i].kernel, a->err);
}
