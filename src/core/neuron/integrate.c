/* One step of the neurons: the integrators of a fixed step, and the threshold. The order of operations is the
 * published one, to the bit. Compiled once for each instruction set, see isa.h. */
#include "base/ieee.h"
#include "core/isa/isa.h"
#include "core/isa/vector.h"

/* --- the schemes --- */

IZH_ALWAYS_INLINE void move_izhikevich2003(izh_equations e, const izh_lanes *x) {
  double half = 0.5 * x->dt;
  IZH_EACH_LANE for (uint32_t i = 0; i < x->n; i++) {
    double v = x->v[i], u = x->u[i];
    v = v + half * izh_dv(e, x, i, v, u);
    v = v + half * izh_dv(e, x, i, v, u);
    x->u[i] = u + x->dt * izh_du(e, x, i, v, u);
    x->v[i] = v;
  }
}

IZH_ALWAYS_INLINE void move_figure1(izh_equations e, const izh_lanes *x) {
  IZH_EACH_LANE for (uint32_t i = 0; i < x->n; i++) {
    double v = x->v[i], u = x->u[i];
    v = v + x->dt * izh_dv(e, x, i, v, u);
    x->u[i] = u + x->dt * izh_du(e, x, i, v, u);
    x->v[i] = v;
  }
}

IZH_ALWAYS_INLINE void move_euler(izh_equations e, const izh_lanes *x) {
  IZH_EACH_LANE for (uint32_t i = 0; i < x->n; i++) {
    double v = x->v[i], u = x->u[i];
    x->v[i] = v + x->dt * izh_dv(e, x, i, v, u);
    x->u[i] = u + x->dt * izh_du(e, x, i, v, u);
  }
}

IZH_ALWAYS_INLINE void move_rk4(izh_equations e, const izh_lanes *x) {
  double h = x->dt, half = 0.5 * h, sixth = h / 6;
  IZH_EACH_LANE for (uint32_t i = 0; i < x->n; i++) {
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

/* Bit k is set when neuron i + k, k < n ≤ 64, may be at its peak or beyond its bounds. */
IZH_ALWAYS_INLINE uint64_t striking(izh_equations e, const izh_lanes *x, uint32_t i, uint32_t n) {
  const izh_vreals v_low = izh_vreals_all(IZH_V_LOW), v_high = izh_vreals_all(IZH_V_HIGH),
                   u_low = izh_vreals_all(-IZH_U_HIGH), u_high = izh_vreals_all(IZH_U_HIGH);
  izh_vreals peak = izh_vreals_all(IZH_PEAK_2003);
  uint64_t bits = 0;
  uint32_t k = 0;
  for (; k + IZH_VECTOR <= n; k += IZH_VECTOR) {
    izh_vreals v = izh_vreals_at(x->v + i + k), u = izh_vreals_at(x->u + i + k);
    izh_vmask usual = izh_vreals_inside(IZH_VMASK_ALL, u, u_low, u_high);
    if (e == IZH_EQUATIONS_2007_PLAIN || e == IZH_EQUATIONS_2007) {
      peak = izh_vreals_at(x->q[IZH_Q_VPEAK] + i + k);
      if (e == IZH_EQUATIONS_2007) peak += izh_vreals_at(x->q[IZH_Q_PEAK_U] + i + k) * u;
      usual = izh_vreals_inside(usual, v, v_low, v_high); /* a peak may be beyond */
    }
    usual = izh_vreals_inside(usual, v, v_low, peak);
    bits |= (uint64_t)(usual ^ IZH_VMASK_ALL) << k;
  }
  for (; k < n; k++)
    bits |= (uint64_t)(!izh_state_ok(x->v[i + k], x->u[i + k]) || at_peak(e, x, i + k, false)) << k;
  return bits;
}

/* Resets those at the peak, or strictly above it, and finds the first that has run away. */
IZH_ALWAYS_INLINE void fire(izh_equations e, const izh_lanes *x, bool strictly, izh_fired *fired,
                            uint32_t *bad) {
  for (uint32_t begin = 0; begin < x->n; begin += 64) {
    uint64_t bits = striking(e, x, begin, x->n - begin < 64 ? x->n - begin : 64);
    for (; bits != 0; bits &= bits - 1) {
      uint32_t i = begin + (uint32_t)__builtin_ctzll(bits);
      if (!izh_state_ok(x->v[i], x->u[i]) && *bad == UINT32_MAX) *bad = x->first + i;
      if (!at_peak(e, x, i, strictly)) continue;
      izh_reset(e, x, i, &x->v[i], &x->u[i]);
      fired->index[fired->n++] = x->first + i;
    }
  }
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

IZH_ALWAYS_INLINE void step(izh_equations e, izh_integrator integrator, const izh_lanes *given,
                            izh_fired *fired, uint32_t *bad) {
  izh_lanes x = *given; /* of which the compiler knows that nothing else points at it */
  move(e, integrator, &x);
  fire(e, &x, integrator == IZH_INTEGRATOR_FIGURE1, fired, bad);
}

void IZH_ISA(step_lanes)(izh_equations e, izh_integrator integrator, const izh_lanes *x, izh_fired *fired,
                         uint32_t *bad) {
  switch (e) {
  case IZH_EQUATIONS_2003:
    step(IZH_EQUATIONS_2003, integrator, x, fired, bad);
    break;
  case IZH_EQUATIONS_CLASS1:
    step(IZH_EQUATIONS_CLASS1, integrator, x, fired, bad);
    break;
  case IZH_EQUATIONS_ACCOMMODATION:
    step(IZH_EQUATIONS_ACCOMMODATION, integrator, x, fired, bad);
    break;
  case IZH_EQUATIONS_2007_PLAIN:
    step(IZH_EQUATIONS_2007_PLAIN, integrator, x, fired, bad);
    break;
  case IZH_EQUATIONS_2007:
    step(IZH_EQUATIONS_2007, integrator, x, fired, bad);
    break;
  }
}
