#include "core/neuron/model.h"

#include "base/ieee.h"
#include "core/neuron/model_code.h"

/* The models of the baseline build, which runs on every processor. */
#define DECLARE(NAME, name) extern const izh_model_code izh_##name##_baseline;
#define DECLARE_SOURCE(NAME, name) extern const izh_model_code izh_##name##_source;
IZH_MODELS(DECLARE, DECLARE_SOURCE)

const izh_model_code *izh_model_code_of(izh_model model) {
#define ENTRY(NAME, name) &izh_##name##_baseline,
#define ENTRY_SOURCE(NAME, name) &izh_##name##_source,
  static const izh_model_code *const models[IZH_MODEL_COUNT] = {IZH_MODELS(ENTRY, ENTRY_SOURCE)};
  return models[model];
}

const izh_model_info *izh_model_describe(izh_model model) {
  return &izh_model_code_of(model)->info;
}

static izh_neurons neuron_of(const izh_model_code *code, const double *numbers, double *input) {
  izh_neurons x = {.input = input, .n = 1};
  for (int q = 0; q < code->info.n; q++) x.q[q] = &numbers[q];
  return x;
}

/* Sets quantity q of n neurons to its default. The default of u is its resting value at the v of the start.
 */
static void fill(const izh_model_code *code, int q, double *const *values, uint32_t n) {
  const izh_quantity *quantities = code->info.quantities;
  const char *like = quantities[q].like;
  const double *same = like ? values[izh_quantity_find(quantities, code->info.n, like)] : NULL;
  izh_neurons x = {.n = n};
  for (int k = 0; k < code->info.n; k++) x.q[k] = values[k];
  for (uint32_t i = 0; i < n; i++)
    values[q][i] = q == code->info.u ? code->start_u(&x, i) : same ? same[i] : quantities[q].otherwise;
}

void izh_model_defaults(izh_model model, double *const *values, uint32_t n, const double *const *given) {
  const izh_model_code *code = izh_model_code_of(model);
  int u = code->info.u;
  for (int q = 0; q < code->info.n; q++)
    if (!given[q] && q != u) fill(code, q, values, n);
  if (u >= 0 && !given[u]) fill(code, u, values, n); /* last, since it follows from the others */
}

void izh_model_complete(izh_model model, double *numbers, const bool *given) {
  double *values[IZH_MODEL_QUANTITIES];
  const double *those[IZH_MODEL_QUANTITIES];
  for (int q = 0; q < izh_model_describe(model)->n; q++) {
    values[q] = &numbers[q];
    those[q] = given[q] ? &numbers[q] : NULL;
  }
  izh_model_defaults(model, values, 1, those);
}

double izh_model_dv(izh_model model, const double *numbers, izh_model_state s) {
  const izh_model_code *code = izh_model_code_of(model);
  izh_neurons x = neuron_of(code, numbers, &s.input);
  return code->dv(false, &x, 0, s.v, s.u);
}

double izh_model_du(izh_model model, const double *numbers, izh_model_state s) {
  const izh_model_code *code = izh_model_code_of(model);
  izh_neurons x = neuron_of(code, numbers, &s.input);
  return code->du(false, &x, 0, s.v, s.u);
}

double izh_model_peak(izh_model model, const double *numbers, izh_model_state s) {
  const izh_model_code *code = izh_model_code_of(model);
  izh_neurons x = neuron_of(code, numbers, &s.input);
  return code->peak(false, &x, 0, s.u);
}

izh_model_state izh_model_reset(izh_model model, const double *numbers, izh_model_state s) {
  const izh_model_code *code = izh_model_code_of(model);
  izh_neurons x = neuron_of(code, numbers, &s.input);
  code->reset(false, &x, 0, &s.v, &s.u);
  return s;
}

/* The flow of a neuron at a v; *x is the distance of v from its origin. */
static izh_flow flow_at(const izh_model_code *code, const double *numbers, double v, double input,
                        double *x) {
  izh_neurons one = neuron_of(code, numbers, &input);
  izh_flow flow = code->flow(false, &one, 0, code->side >= 0 && v > numbers[code->side]);
  *x = v - flow.origin;
  return flow;
}

double izh_model_v_nullcline(izh_model model, const double *numbers, double v, double input) {
  double x;
  izh_flow f = flow_at(izh_model_code_of(model), numbers, v, input, &x);
  return f.pu == 0 ? (double)NAN : (f.p2 * x * x + f.p1 * x + f.p0) / f.pu;
}

double izh_model_u_nullcline(izh_model model, const double *numbers, double v) {
  double x;
  izh_flow f = flow_at(izh_model_code_of(model), numbers, v, 0, &x);
  double w = x - f.xb;
  return f.s == 0 ? (double)NAN : (f.r1 * x + f.r0 + f.b3 * (w * w * w)) / f.s;
}

double izh_model_knee(izh_model model, const double *numbers) {
  double x;
  izh_flow f = flow_at(izh_model_code_of(model), numbers, INFINITY, 0, &x);
  return f.p2 > 0 ? f.origin - f.p1 / (2 * f.p2) : (double)INFINITY;
}
