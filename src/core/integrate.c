/* One step of the neurons: the integrators of a fixed step, and the threshold. The order of operations is the
 * published one, to the bit. Compiled once for each instruction set, see isa.h. */
#include "core/ieee.h"
#include "core/isa.h"

/* --- the schemes --- */

IZH_ALWAYS_INLINE void move_izhikevich2003(izh_equations e, const izh_lanes *x) {
  double half = 0.5 * x->dt;
  for (uint32_t i = 0; i < x->n; i++) {
    double v = x->v[i], u = x->u[i];
    v = v + half * izh_dv(e, x, i, v, u);
    v = v + half * izh_dv(e, x, i, v, u);
    x->u[i] = u + x->dt * izh_du(e, x, i, v, u);
    x->v[i] = v;
  }
}

IZH_ALWAYS_INLINE void move_figure1(izh_equations e, const izh_lanes *x) {
  for (uint32_t i = 0; i < x->n; i++) {
    double v = x->v[i], u = x->u[i];
    v = v + x->dt * izh_dv(e, x, i, v, u);
    x->u[i] = u + x->dt * izh_du(e, x, i, v, u);
    x->v[i] = v;
  }
}

IZH_ALWAYS_INLINE void move_euler(izh_equations e, const izh_lanes *x) {
  for (uint32_t i = 0; i < x->n; i++) {
    double v = x->v[i], u = x->u[i];
    x->v[i] = v + x->dt * izh_dv(e, x, i, v, u);
    x->u[i] = u + x->dt * izh_du(e, x, i, v, u);
  }
}

IZH_ALWAYS_INLINE void move_rk4(izh_equations e, const izh_lanes *x) {
  double h = x->dt, half = 0.5 * h, sixth = h / 6;
  for (uint32_t i = 0; i < x->n; i++) {
    double v = x->v[i], u = x->u[i];
    double v1 = izh_dv(e, x, i, v, u), u1 = izh_du(e, x, i, v, u);
    double v2 = izh_dv(e, x, i, v + half * v1, u + half * u1),
           u2 = izh_du(e, x, i, v + half * v1, u + half * u1);
    double v3 = izh_dv(e, x, i, v + half * v2, u + half * u2),
           u3 = izh_du(e, x, i, v + half * v2, u + half * u2);
    double v4 = izh_dv(e, x, i, v + h * v3, u + h * u3), u4 = izh_du(e, x, i, v + h * v3, u + h * u3);
    x->v[i] = v + sixth * (v1 + 2 * v2 + 2 * v3 + v4);
    x->u[i] = u + sixth * (u1 + 2 * u2 + 2 * u3 + u4);
  }
}

/* --- the threshold --- */

IZH_ALWAYS_INLINE bool at_peak(izh_equations e, const izh_lanes *x, uint32_t i, bool strictly) {
  double v = x->v[i], peak = izh_peak(e, x, i, x->u[i]);
  return (strictly ? v > peak : v >= peak) & (v < IZH_V_HIGH); /* a runaway is not reset */
}

/* Resets those at the peak, or strictly above it; `first` is the index of the first neuron. */
IZH_ALWAYS_INLINE void fire(izh_equations e, const izh_lanes *x, bool strictly, uint32_t first,
                            izh_fired *fired) {
  uint32_t n = 0; /* mostly there are none, which vectors find out fast */
  for (uint32_t i = 0; i < x->n; i++) n += at_peak(e, x, i, strictly);
  for (uint32_t i = 0; n > 0; i++) {
    if (!at_peak(e, x, i, strictly)) continue;
    izh_reset(e, x, i, &x->v[i], &x->u[i]);
    fired->index[fired->n++] = first + i;
    n--;
  }
}

/* Which neuron is the first whose state is not within bounds; n when there is none. */
static uint32_t first_bad(const izh_lanes *x) {
  uint32_t bad = 0;
  for (uint32_t i = 0; i < x->n; i++) bad += !izh_state_ok(x->v[i], x->u[i]);
  if (bad == 0) return x->n;
  uint32_t i = 0;
  while (izh_state_ok(x->v[i], x->u[i])) i++;
  return i;
}

/* --- a step --- */

IZH_ALWAYS_INLINE void move(izh_equations e, izh_integrator integrator, const izh_lanes *x) {
  switch (integrator) {
  case IZH_INTEGRATOR_FIGURE1:
    move_figure1(e, x);
    break;
  case IZH_INTEGRATOR_EULER:
    move_euler(e, x);
    break;
  case IZH_INTEGRATOR_RK4:
    move_rk4(e, x);
    break;
  default:
    move_izhikevich2003(e, x);
    break;
  }
}

enum { BLOCK = 256 }; /* neurons whose numbers stay in the first cache from the step to the threshold */

IZH_ALWAYS_INLINE void step(izh_equations e, izh_integrator integrator, const izh_lanes *all, uint32_t first,
                            izh_fired *fired, uint32_t *bad) {
  for (uint32_t begin = 0; begin < all->n; begin += BLOCK) {
    izh_lanes x = *all;
    x.n = all->n - begin < BLOCK ? all->n - begin : BLOCK;
    x.v += begin;
    x.u += begin;
    x.input += begin;
    for (int q = 0; q < IZH_Q_COUNT; q++)
      if (x.q[q]) x.q[q] += begin;
    move(e, integrator, &x);
    uint32_t i = first_bad(&x);
    if (i < x.n && *bad == UINT32_MAX) *bad = first + begin + i;
    fire(e, &x, integrator == IZH_INTEGRATOR_FIGURE1, first + begin, fired);
  }
}

void IZH_ISA(step_lanes)(izh_equations e, izh_integrator integrator, const izh_lanes *x, uint32_t first,
                         izh_fired *fired, uint32_t *bad) {
  switch (e) {
  case IZH_EQUATIONS_2003:
    step(IZH_EQUATIONS_2003, integrator, x, first, fired, bad);
    break;
  case IZH_EQUATIONS_CLASS1:
    step(IZH_EQUATIONS_CLASS1, integrator, x, first, fired, bad);
    break;
  case IZH_EQUATIONS_ACCOMMODATION:
    step(IZH_EQUATIONS_ACCOMMODATION, integrator, x, first, fired, bad);
    break;
  case IZH_EQUATIONS_2007_PLAIN:
    step(IZH_EQUATIONS_2007_PLAIN, integrator, x, first, fired, bad);
    break;
  case IZH_EQUATIONS_2007:
    step(IZH_EQUATIONS_2007, integrator, x, first, fired, bad);
    break;
  }
}
