#include "core/neuron/stray.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "core/net/net_private.h"

/* --- where an integrator is stable --- */

/* The greatest l dt for which each integrator is stable: see stray.h. */
static const double reach[IZH_INTEGRATOR_COUNT] = {
#define ENTRY(NAME, name, strictly, range, help) [IZH_INTEGRATOR_##NAME] = range,
    IZH_INTEGRATORS(ENTRY)};
#undef ENTRY

double izh_steepest(const izh_net *net) {
  return reach[net->def.integrator] / net->def.dt_ms;
}

static double stable_of(const izh_net *net, const izh_population *p, const izh_neurons *x, uint32_t i) {
  izh_flow f = izh_model_code_of(p->model)->flow(p->plain, x, i, false);
  return izh_flow_stable(&f, izh_steepest(net));
}

/* Some neurons of a population. `flow` needs an input; any will do, since the slope of v' does not depend on
 * it. */
static izh_neurons neurons_of(const izh_net *net, const izh_population *p, izh_part part) {
  izh_neurons x = izh_population_neurons(net, p, part, NULL);
  x.input = x.v;
  return x;
}

double izh_net_stable_mv(const izh_net *net, uint32_t neuron) {
  const izh_population *p = &net->populations[izh_population_of(net, neuron)];
  izh_neurons x = neurons_of(net, p, (izh_part){neuron, neuron + 1});
  return x.n > 0 ? stable_of(net, p, &x, 0) : -(double)INFINITY;
}

void izh_strays_prepare(const izh_net *net, izh_population *p) {
  izh_neurons x = neurons_of(net, p, (izh_part){p->first, p->first + p->size});
  p->stable_mv = p->steepest = -INFINITY;
  p->flattest = INFINITY;
  for (uint32_t i = 0; i < x.n; i++) {
    izh_flow f = izh_model_code_of(p->model)->flow(p->plain, &x, i, false);
    p->stable_mv = fmax(p->stable_mv, izh_flow_stable(&f, izh_steepest(net)));
    p->flattest = fmin(p->flattest, f.p2);
    p->steepest = fmax(p->steepest, -f.p1);
  }
}

double izh_strays_bound(const izh_population *p, const izh_neurons *x) {
  if (!x->leak) return p->stable_mv;
  double most = 0;
  for (uint32_t i = 0; i < x->n; i++) most = x->leak[i] > most ? x->leak[i] : most;
  if (p->flattest > 0) return p->stable_mv + most / (2 * p->flattest);
  return p->steepest + most > x->steepest ? INFINITY : -INFINITY;
}

/* --- which neurons have strayed --- */

enum { STRAYED = 1, DOUBTED = 2 }; /* the neuron has strayed; its next spike may be an artefact */

static bool make_room(izh_net *net) {
  izh_stray_marks *s = &net->strays;
  if (s->size >= net->size) return true;
  uint8_t *marks = izh_realloc(s->marks, net->size, sizeof *marks);
  if (!marks) return false;
  memset(marks + s->size, 0, net->size - s->size);
  s->marks = marks;
  s->size = net->size;
  return true;
}

static bool is_held(const izh_net *net, uint32_t neuron) {
  const izh_population *p = &net->populations[izh_population_of(net, neuron)];
  return p->held && p->held[neuron - p->first];
}

static void mark(izh_net *net, uint32_t neuron) {
  izh_stray_marks *s = &net->strays;
  if (is_held(net, neuron)) return;
  if (s->all.neurons == 0) {
    s->all.first = neuron;
    s->all.step = net->now;
  }
  s->all.neurons += !(s->marks[neuron] & STRAYED);
  s->all.steps++;
  s->marks[neuron] |= STRAYED | DOUBTED;
}

static void doubt_spikes(izh_net *net) {
  izh_stray_marks *s = &net->strays;
  for (uint64_t k = net->spike_begin[net->now - 1]; k < net->spike_begin[net->now]; k++) {
    uint32_t neuron = net->spike_index[k];
    if (neuron >= s->size || !(s->marks[neuron] & DOUBTED)) continue;
    s->marks[neuron] &= (uint8_t)~DOUBTED;
    s->all.spikes++;
  }
}

izh_status izh_strays_count(izh_net *net, const izh_fired *fired, int n_parts, izh_err *err) {
  for (int p = 0; p < n_parts; p++) {
    if (fired[p].n_strays == 0) continue;
    if (!make_room(net)) return izh_fail_memory(err, net->size);
    for (uint32_t k = 0; k < fired[p].n_strays; k++) mark(net, fired[p].stray[k]);
  }
  if (net->strays.all.neurons > 0) doubt_spikes(net);
  return IZH_OK;
}

izh_strays izh_net_strays(const izh_net *net) {
  return net->strays.all;
}

bool izh_net_strayed(const izh_net *net, uint32_t neuron) {
  return neuron < net->strays.size && net->strays.marks[neuron] & STRAYED;
}

void izh_strays_archive(izh_archive *a, izh_net *net) {
  izh_stray_marks *s = &net->strays;
  izh_archive_u32(a, &s->all.neurons);
  izh_archive_u64(a, &s->all.steps);
  izh_archive_u64(a, &s->all.spikes);
  izh_archive_u32(a, &s->all.first);
  izh_archive_i64(a, &s->all.step);
  izh_archive_u32(a, &s->size);
  s->marks = izh_archive_optional(a, s->marks, s->size, sizeof *s->marks);
  net->strayed = izh_archive_derived(a, net->strayed, net->size, sizeof *net->strayed);
  if (!izh_archive_reads(a)) return;
  net->strayed = izh_archive_room(a, net->size, sizeof *net->strayed);
  bool marked = s->size <= net->size && (s->size > 0) == (s->marks != NULL);
  for (uint32_t i = 0; i < s->size && marked; i++) marked = s->marks[i] <= (STRAYED | DOUBTED);
  marked = marked && (s->all.neurons == 0 || (s->all.first < net->size && s->all.step <= net->now));
  izh_archive_require(a, marked, "marks of strays");
  for (size_t i = 0; i < net->n_populations; i++) izh_strays_prepare(net, &net->populations[i]);
}
