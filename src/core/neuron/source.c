#include "core/neuron/source.h"

#include <math.h>

#include "base/alloc.h"
#include "core/neuron/source_private.h"

static const izh_source_code *code_of(const izh_population *p) {
  return izh_model_code_of(p->model)->source;
}

bool izh_population_is_source(const izh_net *net, uint32_t pop) {
  return code_of(&net->populations[pop]) != NULL;
}

izh_status izh_sources_refuse(const izh_net *net, const izh_ids *ids, const char *what, izh_err *err) {
  for (size_t k = 0; k < net->n_populations && net->has_sources; k++) {
    const izh_population *p = &net->populations[k];
    if (!code_of(p)) continue;
    for (uint32_t i = 0; i < ids->size; i++) {
      if (izh_ids_at(ids, i) - p->first >= p->size) continue;
      return izh_fail(err, IZH_ARGUMENT, "population \"%s\" is of sources, which %s", p->name, what);
    }
  }
  return IZH_OK;
}

/* --- the state of one population --- */

izh_status izh_source_make(izh_net *net, izh_population *p, const izh_population_def *def, izh_err *err) {
  const izh_source_code *code = code_of(p);
  p->source = izh_alloc_zero(1, code->state_size);
  return p->source ? code->make(net, p, def, err) : izh_fail_memory(err, code->state_size);
}

void izh_source_free(izh_population *p) {
  void *blocks[IZH_SOURCE_BLOCKS];
  int n = p->source ? code_of(p)->blocks(p->source, blocks) : 0;
  for (int i = 0; i < n; i++) izh_free(blocks[i]);
  izh_free(p->source);
}

double izh_source_bytes(const izh_population *p) {
  void *blocks[IZH_SOURCE_BLOCKS + 1] = {p->source};
  int n = p->source ? 1 + code_of(p)->blocks(p->source, blocks + 1) : 0;
  return izh_alloc_bytes((const void *const *)blocks, (size_t)n);
}

void izh_source_archive(izh_archive *a, izh_net *net, izh_population *p) {
  const izh_source_code *code = code_of(p);
  if (!code) return;
  if (a->mode == IZH_ARCHIVE_READ)
    p->source = izh_archive_room(a, 1, code->state_size);
  else
    p->source = izh_archive_derived(a, p->source, 1, code->state_size);
  if (p->source) code->archive(a, net, p);
}

/* --- all of a network --- */

double izh_source_step(const izh_net *net, double ms) {
  return ceil(net->steps_a_ms ? ms * (double)net->steps_a_ms : ms / net->def.dt_ms);
}

bool izh_source_fire(izh_net *net, const izh_population *p, uint32_t i, double ms) {
  izh_fired *fired = &net->sourced;
  if (p->held && p->held[i]) return true;
  uint32_t *index = izh_grow(fired->index, &fired->cap_index, (size_t)fired->n + 1, sizeof *index);
  if (!index) return false;
  fired->index = index;
  if (net->located) {
    double *times = izh_grow(fired->ms, &fired->cap_ms, (size_t)fired->n + 1, sizeof *times);
    if (!times) return false;
    fired->ms = times;
    times[fired->n] = ms;
  }
  index[fired->n++] = p->first + i;
  return true;
}

izh_status izh_sources_step(izh_net *net, izh_err *err) {
  net->sourced.n = 0;
  for (size_t k = 0; k < net->n_populations; k++) {
    izh_population *p = &net->populations[k];
    if (code_of(p) && !code_of(p)->step(net, p))
      return izh_fail_memory(err, net->sourced.cap_index * sizeof(uint32_t));
  }
  return IZH_OK;
}

izh_status izh_sources_reseed(izh_net *net, izh_err *err) {
  izh_status first = IZH_OK;
  for (size_t k = 0; k < net->n_populations; k++) {
    const izh_source_code *code = code_of(&net->populations[k]);
    izh_status status = code && code->reseed ? code->reseed(net, &net->populations[k], err) : IZH_OK;
    if (!first) first = status;
  }
  return first;
}

uint32_t izh_sources_redraw(izh_net *net, uint32_t number) {
  uint32_t count = 0;
  for (size_t k = 0; k < net->n_populations; k++) {
    const izh_source_code *code = code_of(&net->populations[k]);
    if (!code || !code->redraw) continue;
    count++;
    if (number > 0) code->redraw(net, &net->populations[k], number);
  }
  return count;
}
