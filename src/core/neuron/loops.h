/* The loops over the neurons of one model. A file in core/neuron/model includes this at its end; it is
 * compiled once for each instruction set (core/isa/isa.h). Before, it defines the functions of izh_model_code
 * as static inline functions, and
 * - MODEL: the name of the model
 * - HAS_U: 1 if the model has u; 0 if not: then it has no du and no start_u
 * - VARIANTS: 1 if a population may be plain or not; 0 if all populations are plain
 * - peaks: as peak, for the neurons i … i + IZH_VECTOR - 1 at once
 * - RESTS: 1 if a population that is not plain has refractory periods
 * - PEAK_INSIDE: 1 if every peak is within the bounds of v
 * - ABOUT: the other fields of izh_model_code */
#include "base/ieee.h"
#include "core/isa/isa.h"
#include "core/isa/vector.h"
#include "core/neuron/model_code.h"

#if !RESTS
enum { REFRACTORY };
#endif

#if !HAS_U
INLINE double du(bool plain, const izh_neurons *x, uint32_t i, double v, double u) {
  (void)plain, (void)x, (void)i, (void)v, (void)u;
  return 0;
}

static double start_u(const izh_neurons *x, uint32_t i) {
  (void)x, (void)i;
  return 0;
}
#endif

INLINE double u_at(const izh_neurons *x, uint32_t i) {
  return HAS_U ? x->u[i] : 0;
}

INLINE void put(const izh_neurons *x, uint32_t i, double v, double u) {
  if (HAS_U) x->u[i] = u;
  x->v[i] = v;
}

/* The lower number, without a branch, so that the loop can be vectorized. */
INLINE double lower(double a, double b) {
  return a < b ? a : b;
}

/* v', with what conductances do (leaky); 0 in a refractory period. */
INLINE double rate(bool plain, bool leaky, const izh_neurons *x, uint32_t i, double v, double u) {
  double slope = dv(plain, x, i, v, u);
  if (leaky) slope -= x->leak[i] * v;
  return RESTS && !plain && x->left[i] > 0.5 * x->dt ? 0 : slope;
}

/* A step of the refractory periods passes. */
INLINE void rest(const izh_neurons *x) {
  for (uint32_t i = 0; i < x->n; i++) x->left[i] = x->left[i] > x->dt ? x->left[i] - x->dt : 0;
}

/* --- the schemes --- */

INLINE void move_izhikevich2003(bool plain, bool leaky, const izh_neurons *x) {
  double half = 0.5 * x->dt;
  IZH_VECTORIZE for (uint32_t i = 0; i < x->n; i++) {
    double begin = x->v[i], u = u_at(x, i);
    double middle = begin + half * rate(plain, leaky, x, i, begin, u);
    double v = middle + half * rate(plain, leaky, x, i, middle, u);
    x->input[i] = lower(begin, middle);
    put(x, i, v, u + x->dt * du(plain, x, i, v, u));
  }
}

INLINE void move_figure1(bool plain, bool leaky, const izh_neurons *x) {
  IZH_VECTORIZE for (uint32_t i = 0; i < x->n; i++) {
    double begin = x->v[i], u = u_at(x, i);
    double v = begin + x->dt * rate(plain, leaky, x, i, begin, u);
    x->input[i] = begin;
    put(x, i, v, u + x->dt * du(plain, x, i, v, u));
  }
}

INLINE void move_euler(bool plain, bool leaky, const izh_neurons *x) {
  IZH_VECTORIZE for (uint32_t i = 0; i < x->n; i++) {
    double v = x->v[i], u = u_at(x, i);
    put(x, i, v + x->dt * rate(plain, leaky, x, i, v, u), u + x->dt * du(plain, x, i, v, u));
    x->input[i] = v;
  }
}

INLINE void move_rk4(bool plain, bool leaky, const izh_neurons *x) {
  double h = x->dt, half = 0.5 * h, sixth = h / 6;
  IZH_VECTORIZE for (uint32_t i = 0; i < x->n; i++) {
    double v = x->v[i], u = u_at(x, i);
    double v1 = rate(plain, leaky, x, i, v, u), u1 = du(plain, x, i, v, u);
    double va = v + half * v1, ua = u + half * u1;
    double v2 = rate(plain, leaky, x, i, va, ua), u2 = du(plain, x, i, va, ua);
    double vb = v + half * v2, ub = u + half * u2;
    double v3 = rate(plain, leaky, x, i, vb, ub), u3 = du(plain, x, i, vb, ub);
    double vc = v + h * v3, uc = u + h * u3;
    double v4 = rate(plain, leaky, x, i, vc, uc), u4 = du(plain, x, i, vc, uc);
    x->input[i] = lower(lower(v, va), lower(vb, vc));
    put(x, i, v + sixth * (v1 + 2 * v2 + 2 * v3 + v4), u + sixth * (u1 + 2 * u2 + 2 * u3 + u4));
  }
}

/* --- the threshold --- */

INLINE bool at_peak(bool plain, const izh_neurons *x, uint32_t i, bool strictly) {
  double v = x->v[i], top = peak(plain, x, i, u_at(x, i));
  bool there = strictly ? v > top : v >= top;
  if (x->lifted) there |= isinf(x->lifted[i]);
  return there & (v < IZH_V_HIGH); /* a runaway is not reset */
}

INLINE bool strikes(bool plain, const izh_neurons *x, uint32_t i) {
  return !izh_state_ok(x->v[i], u_at(x, i)) || at_peak(plain, x, i, false) || x->input[i] < x->stable_mv;
}

/* Bit k is set when neuron i + k, k < n ≤ 64, may be at its peak, beyond its bounds, or at a v where the
 * integrator is not stable. */
INLINE uint64_t striking(bool plain, const izh_neurons *x, uint32_t i, uint32_t n) {
  const izh_vreals v_low = izh_vreals_all(IZH_V_LOW), v_high = izh_vreals_all(IZH_V_HIGH),
                   u_low = izh_vreals_all(-IZH_U_HIGH), u_high = izh_vreals_all(IZH_U_HIGH),
                   stable = izh_vreals_all(x->stable_mv);
  uint64_t bits = 0;
  uint32_t k = 0;
  for (; k + IZH_VECTOR <= n && !x->lifted; k += IZH_VECTOR) {
    izh_vreals v = izh_vreals_at(x->v + i + k), u = v_low;
    izh_vtest usual = izh_vtest_all();
    if (HAS_U) {
      u = izh_vreals_at(x->u + i + k);
      usual = izh_vreals_inside(usual, u, u_low, u_high);
    }
    if (!PEAK_INSIDE) usual = izh_vreals_inside(usual, v, v_low, v_high);
    usual = izh_vreals_inside(usual, v, v_low, peaks(plain, x, i + k, u));
    usual = izh_vreals_least(usual, izh_vreals_at(x->input + i + k), stable);
    bits |= (uint64_t)(izh_vtest_mask(usual) ^ IZH_VMASK_ALL) << k;
  }
  for (; k < n; k++) bits |= (uint64_t)strikes(plain, x, i + k) << k;
  return bits;
}

/* Notes a stray. The caller found that v is below the bound of some neuron; this checks the bound of this
 * neuron. */
static void note_stray(bool plain, const izh_neurons *x, uint32_t i, izh_fired *fired) {
  izh_flow f = izh_leaky(x, i, flow(plain, x, i, false));
  if (x->input[i] < izh_flow_stable(&f, x->steepest)) fired->stray[fired->n_strays++] = x->first + i;
}

/* Resets the neurons at the peak (strictly: above it), and finds the first neuron that has run away. */
INLINE void fire(bool plain, const izh_neurons *x, bool strictly, izh_fired *fired, uint32_t *bad) {
  for (uint32_t begin = 0; begin < x->n; begin += 64) {
    uint64_t bits = striking(plain, x, begin, x->n - begin < 64 ? x->n - begin : 64);
    for (; bits != 0; bits &= bits - 1) {
      uint32_t i = begin + (uint32_t)__builtin_ctzll(bits);
      double v = x->v[i], u = u_at(x, i);
      if (x->input[i] < x->stable_mv) note_stray(plain, x, i, fired);
      if (!izh_state_ok(v, u) && *bad == UINT32_MAX) *bad = x->first + i;
      if (!at_peak(plain, x, i, strictly)) continue;
      reset(plain, x, i, &v, &u);
      put(x, i, v, u);
      if (RESTS && !plain) x->left[i] = x->q[REFRACTORY][i];
      fired->index[fired->n++] = x->first + i;
    }
  }
}

/* --- a step --- */

INLINE void step_kind(bool plain, bool leaky, izh_integrator integrator, const izh_neurons *given,
                      izh_fired *fired, uint32_t *bad) {
  izh_neurons x = *given; /* a copy: the compiler knows that nothing else points to it */
  bool strict = false;
  switch (integrator) {
#define CASE(NAME, name, strictly, range, help)                                                              \
  case IZH_INTEGRATOR_##NAME:                                                                                \
    move_##name(plain, leaky, &x);                                                                           \
    strict = strictly;                                                                                       \
    break;
    IZH_FIXED_STEP_INTEGRATORS(CASE)
  default:
    break;
  }
  if (RESTS && !plain) rest(&x);
  fire(plain, &x, strict, fired, bad);
}

static void step(bool plain, izh_integrator integrator, const izh_neurons *x, izh_fired *fired,
                 uint32_t *bad) {
  bool simple = plain || !VARIANTS;
  if (simple && !x->leak)
    step_kind(true, false, integrator, x, fired, bad);
  else if (simple)
    step_kind(true, true, integrator, x, fired, bad);
  else if (!x->leak)
    step_kind(false, false, integrator, x, fired, bad);
  else
    step_kind(false, true, integrator, x, fired, bad);
}

const izh_model_code IZH_ISA_PASTE(MODEL, IZH_ISA_SUFFIX);
const izh_model_code IZH_ISA_PASTE(MODEL, IZH_ISA_SUFFIX) = {ABOUT,
                                                             .dv = dv,
                                                             .du = du,
                                                             .peak = peak,
                                                             .reset = reset,
                                                             .input_by_dv = input_by_dv,
                                                             .start_u = start_u,
                                                             .flow = flow,
                                                             .step = step};
