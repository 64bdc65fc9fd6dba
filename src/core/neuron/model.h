/* The equations of the models, one neuron at a time: for the integrators, which are compiled once for each
 * model. Private to the core. */
#ifndef IZH_CORE_MODEL_H
#define IZH_CORE_MODEL_H

#include "core/net/net_private.h"

/* The numbers of some neurons side by side, and what enters them. */
typedef struct izh_lanes {
  double *v, *u;
  const double *q[IZH_Q_COUNT]; /* see izh_population */
  double *input;                /* the current of each */
  uint32_t n, first;            /* how many; the index of the first in the network */
  double dt;
} izh_lanes;

/* Which equations: a model, or what is left of izhikevich2007 when its special rules change nothing. Always a
 * constant where it is used, so that the compiler keeps one case. */
typedef enum izh_equations {
  IZH_EQUATIONS_2003,
  IZH_EQUATIONS_CLASS1,
  IZH_EQUATIONS_ACCOMMODATION,
  IZH_EQUATIONS_2007_PLAIN,
  IZH_EQUATIONS_2007
} izh_equations;

static inline izh_equations izh_equations_of(const izh_population *p) {
  if (p->model == IZH_MODEL_IZHIKEVICH2007) return p->plain ? IZH_EQUATIONS_2007_PLAIN : IZH_EQUATIONS_2007;
  return p->model == IZH_MODEL_IZHIKEVICH2004_CLASS1          ? IZH_EQUATIONS_CLASS1
         : p->model == IZH_MODEL_IZHIKEVICH2004_ACCOMMODATION ? IZH_EQUATIONS_ACCOMMODATION
                                                              : IZH_EQUATIONS_2003;
}

#define IZH_ALWAYS_INLINE static inline __attribute__((always_inline))

IZH_ALWAYS_INLINE double izh_dv(izh_equations e, const izh_lanes *x, uint32_t i, double v, double u) {
  double I = x->input[i];
  if (e == IZH_EQUATIONS_CLASS1) return 0.04 * (v * v) + 4.1 * v + 108 - u + I;
  if (e == IZH_EQUATIONS_2007 || e == IZH_EQUATIONS_2007_PLAIN)
    return (x->q[IZH_Q_K][i] * ((v - x->q[IZH_Q_VR][i]) * (v - x->q[IZH_Q_VT][i])) - u + I) /
           x->q[IZH_Q_CAPACITANCE][i];
  return 0.04 * (v * v) + 5 * v + 140 - u + I;
}

IZH_ALWAYS_INLINE double izh_du(izh_equations e, const izh_lanes *x, uint32_t i, double v, double u) {
  double a = x->q[IZH_Q_A][i], b = x->q[IZH_Q_B][i];
  if (e == IZH_EQUATIONS_ACCOMMODATION) return a * (b * (v + 65));
  if (e == IZH_EQUATIONS_2007_PLAIN) return a * (b * (v - x->q[IZH_Q_VR][i]) - u);
  if (e == IZH_EQUATIONS_2007) {
    double w = v - x->q[IZH_Q_VB][i];
    double U = (w > 0 ? b : x->q[IZH_Q_B_BELOW][i]) * (v - x->q[IZH_Q_VU][i]);
    double cubic = x->q[IZH_Q_B3][i] * (w * w * w);
    return a * (U + (w > 0 ? cubic : 0) - u);
  }
  return a * (b * v - u);
}

/* The v at which a neuron with this u spikes. */
IZH_ALWAYS_INLINE double izh_peak(izh_equations e, const izh_lanes *x, uint32_t i, double u) {
  if (e == IZH_EQUATIONS_2007_PLAIN) return x->q[IZH_Q_VPEAK][i];
  if (e == IZH_EQUATIONS_2007) return x->q[IZH_Q_VPEAK][i] + x->q[IZH_Q_PEAK_U][i] * u;
  return IZH_PEAK_2003;
}

/* What a spike makes of v and u. */
IZH_ALWAYS_INLINE void izh_reset(izh_equations e, const izh_lanes *x, uint32_t i, double *v, double *u) {
  *v = x->q[IZH_Q_C][i];
  double old = *u;
  *u += x->q[IZH_Q_D][i];
  if (e != IZH_EQUATIONS_2007) return;
  *v += x->q[IZH_Q_RESET_U][i] * old;
  if (*u > x->q[IZH_Q_U_MAX][i]) *u = x->q[IZH_Q_U_MAX][i];
}

/* The neurons of a population that are in a part, of which input is; n is 0 when there are none. */
static inline izh_lanes izh_lanes_of(const izh_net *net, const izh_population *population, izh_part part,
                                     double *input) {
  uint32_t begin = part.begin > population->first ? part.begin : population->first;
  uint32_t end = population->first + population->size;
  if (end > part.end) end = part.end;
  if (begin >= end) return (izh_lanes){.n = 0};
  uint32_t from = begin - population->first;
  izh_lanes x = {.n = end - begin, .first = begin, .dt = net->def.dt_ms};
  if (input) x.input = input + (begin - part.begin);
  for (int q = 0; q < izh_model_quantities(population->model); q++) x.q[q] = population->values[q] + from;
  x.v = population->values[IZH_Q_V] + from;
  x.u = population->values[IZH_Q_U] + from;
  return x;
}

static inline bool izh_state_ok(double v, double u) { /* a comparison with NaN is false */
  return (v > IZH_V_LOW) & (v < IZH_V_HIGH) & (u > -IZH_U_HIGH) & (u < IZH_U_HIGH); /* & needs no branches */
}

#endif
