/* What changes the state of neurons beside their equations: v may jump, and neurons may be held. */
#include <math.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "core/net/net_private.h"

/* --- jumps --- */

/* Lets v jump by by[x->n], but not in a refractory period. A neuron that is lifted over its peak is put at
 * the peak. It fires in this step, and no integrator has to follow v from a height that it does not reach by
 * itself. If v could fall from the peak within the step, the neuron is marked by an infinite `by`. */
static void jump(const izh_population *p, const izh_neurons *x, double *by) {
  const izh_model_code *code = izh_model_code_of(p->model);
  for (uint32_t i = 0; i < x->n; i++) {
    if (by[i] == 0 || izh_rests(x, i)) continue;
    double peak = code->peak(p->plain, x, i, x->u ? x->u[i] : 0), v = x->v[i] + by[i];
    bool lifted = v > peak && v < IZH_V_HIGH;
    x->v[i] = lifted ? peak : v;
    if (lifted && code->leaks) by[i] = INFINITY;
  }
}

void izh_jump(const izh_net *net, izh_part part) {
  for (size_t p = 0; p < net->n_populations && net->jumps; p++) {
    izh_neurons x = izh_population_neurons(net, &net->populations[p], part, NULL);
    if (x.n > 0) jump(&net->populations[p], &x, net->jump + x.first);
  }
}

/* --- held neurons --- */

/* The current that makes v' = 0. With it every integrator moves u as the held v asks, and hardly moves v:
 * only by rounding, or by the change of u within the step. After the step v gets its old value back. */
static double holding_current(const izh_population *p, const izh_neurons *x, uint32_t i) {
  const izh_model_code *code = izh_model_code_of(p->model);
  return x->input[i] - izh_rate(code, p->plain, x, i, x->v[i]) * code->input_by_dv(x, i);
}

/* Called for every held neuron of a part, with its population, its neighbours and its index among them. */
typedef void each_held(const izh_net *net, const izh_population *population, const izh_neurons *x,
                       uint32_t i);

static void for_held(const izh_net *net, izh_part part, double *input, each_held *f) {
  for (size_t p = 0; p < net->n_populations; p++) {
    const izh_population *population = &net->populations[p];
    if (!population->held) continue;
    izh_neurons x = izh_population_neurons(net, population, part, input);
    for (uint32_t i = 0; i < x.n; i++)
      if (population->held[x.first - population->first + i]) f(net, population, &x, i);
  }
}

static void begin(const izh_net *net, const izh_population *population, const izh_neurons *x, uint32_t i) {
  uint32_t own = x->first + i - population->first;
  population->held_v[own] = x->v[i];
  if (x->u) population->held_u[own] = x->u[i];
  x->input[i] = holding_current(population, x, i);
  net->jump[x->first + i] = 0;
}

static void end(const izh_net *net, const izh_population *population, const izh_neurons *x, uint32_t i) {
  (void)net;
  uint32_t own = x->first + i - population->first;
  x->v[i] = population->held_v[own];
  if (x->u && population->held[own] == IZH_HOLD_LESION) x->u[i] = population->held_u[own];
}

void izh_hold_begin(const izh_net *net, izh_part part, double *input) {
  if (net->holds) for_held(net, part, input, begin);
}

void izh_hold_end(const izh_net *net, izh_part part, izh_fired *fired, uint32_t before) {
  if (!net->holds) return;
  uint32_t kept = before;
  for (uint32_t k = before; k < fired->n; k++) {
    const izh_population *p = &net->populations[izh_population_of(net, fired->index[k])];
    uint32_t own = fired->index[k] - p->first;
    if (p->held && p->held[own]) { /* it fired, for example because its v was set above the peak */
      double *u = izh_population_u(p);
      if (u) u[own] = p->held_u[own];
      continue;
    }
    fired->index[kept] = fired->index[k];
    if (fired->ms) fired->ms[kept] = fired->ms[k];
    kept++;
  }
  fired->n = kept;
  for_held(net, part, NULL, end);
}

/* --- who is held --- */

static izh_status clamp_check(const izh_net *net, const izh_population *p, const izh_ids *ids,
                              const double *v, izh_err *err) {
  izh_status status = izh_sources_refuse(net, ids, "have no v to be clamped", err);
  if (status) return status;
  izh_neurons x = izh_population_neurons(net, p, (izh_part){p->first, p->first + p->size}, NULL);
  const izh_model_code *code = izh_model_code_of(p->model);
  for (uint32_t k = 0; k < ids->size; k++) {
    uint32_t i = izh_ids_at(ids, k) - p->first;
    double value = v ? v[k] : x.v[i], peak = code->peak(p->plain, &x, i, x.u ? x.u[i] : 0);
    if (value > IZH_V_LOW && value < peak) continue;
    return izh_fail(err, IZH_RANGE, "v of neuron %u must be above %g and below its peak of %g mV (got %g)",
                    izh_ids_at(ids, k) + 1, IZH_V_LOW, peak, value);
  }
  return IZH_OK;
}

static izh_status hold_room(izh_population *p, izh_err *err) {
  if (p->held) return IZH_OK;
  double *v = izh_alloc(p->size, sizeof *v), *u = izh_alloc(p->size, sizeof *u);
  uint8_t *held = izh_alloc_zero(p->size, sizeof *held);
  if (v && u && held) {
    p->held_v = v;
    p->held_u = u;
    p->held = held;
    return IZH_OK;
  }
  izh_free(v);
  izh_free(u);
  izh_free(held);
  return izh_fail_memory(err, p->size * (2 * sizeof *v + 1));
}

izh_status izh_population_hold(izh_net *net, uint32_t pop, const izh_ids *ids, izh_hold hold, const double *v,
                               izh_err *err) {
  izh_population *p = &net->populations[pop];
  if (hold == IZH_HOLD_NONE && !p->held) return IZH_OK;
  izh_status status = hold == IZH_HOLD_CLAMP ? clamp_check(net, p, ids, v, err) : IZH_OK;
  if (!status) status = hold_room(p, err);
  if (status) return status;
  net->holds = true;
  for (uint32_t k = 0; k < ids->size; k++) {
    uint32_t i = izh_ids_at(ids, k) - p->first;
    if (p->held[i] == IZH_HOLD_LESION && hold == IZH_HOLD_CLAMP) continue;
    p->held[i] = (uint8_t)hold;
    if (hold == IZH_HOLD_CLAMP && v) izh_population_v(p)[i] = v[k];
  }
  return IZH_OK;
}

void izh_population_held(const izh_net *net, uint32_t pop, const izh_ids *ids, izh_hold hold,
                         double *values) {
  const izh_population *p = &net->populations[pop];
  for (uint32_t k = 0; k < ids->size; k++)
    values[k] = (p->held ? p->held[izh_ids_at(ids, k) - p->first] : IZH_HOLD_NONE) == hold;
}
