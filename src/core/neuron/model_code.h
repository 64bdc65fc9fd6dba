/* What a file of core/neuron/model gives to the rest of the core. Private to the core. */
#ifndef IZH_CORE_MODEL_CODE_H
#define IZH_CORE_MODEL_CODE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/neuron/integrator.h"
#include "core/neuron/model.h"

#define INLINE static inline __attribute__((always_inline))

/* The bounds of a state: beyond them, it has run away. */
static const double IZH_V_LOW = -1000, IZH_V_HIGH = 1e6, IZH_U_HIGH = 1e6;

/* The threshold in mV of a neuron at rest, in models that have no quantity for it: it depends on the cell,
 * and this is that of regular-spiking cells of 2003. */
static const double IZH_THRESHOLD = -50;

static inline bool izh_state_ok(double v, double u) { /* false for NaN, as all comparisons with NaN */
  return (v > IZH_V_LOW) & (v < IZH_V_HIGH) & (u > -IZH_U_HIGH) & (u < IZH_U_HIGH); /* & needs no branches */
}

/* Neighbouring neurons of one population: their quantities and their input. */
typedef struct izh_neurons {
  double *v, *u;                         /* [n]; u is NULL for a model without u */
  const double *q[IZH_MODEL_QUANTITIES]; /* each [n] */
  double *input; /* [n]; a loop with a fixed step overwrites it by the lowest v at which it evaluated v' */
  const double *leak;   /* [n] 1/ms: how much v' falls with each mV, by conductances; or NULL */
  double *left;         /* [n] ms of their refractory periods that are left; NULL: they have none */
  const double *lifted; /* [n] infinity for neurons that a jump of v has brought to their peak; or NULL */
  uint32_t n, first;    /* how many; the index of the first one in the network */
  double dt;
  /* see stray.h: how steep v' may be; the v down to which it is not steeper in any neuron of the population
   */
  double steepest, stable_mv;
} izh_neurons;

/* The equations in the form that a series needs, with x = v - origin:
 *   x' = p2 x² + p1 x + p0 - pu u
 *   u' = a (r1 x + r0 + b3 (x - xb)³ - s u) */
typedef struct izh_flow {
  double origin, p2, p1, p0, pu;
  double a, r1, r0, b3, xb, s;
} izh_flow;

/* The v down to which v' is not steeper than this; see stray.h. */
static inline double izh_flow_stable(const izh_flow *f, double steepest) {
  if (f->p2 > 0) return f->origin - (steepest + f->p1) / (2 * f->p2);
  return -f->p1 > steepest ? (double)INFINITY : -(double)INFINITY;
}

/* The spikes that a part of the network gives in a step, by neuron, then by time. */
typedef struct izh_fired {
  uint32_t *index;
  double *ms; /* their times, for spikes that are located within the step; else NULL */
  uint32_t n;
  size_t cap_index, cap_ms;  /* only for located spikes, whose number has no bound */
  uint64_t arrived;          /* synaptic events of the part in this step */
  uint32_t *stray, n_strays; /* [n_strays] strays, see stray.h */
} izh_fired;

/* Does one step of neurons with a fixed-step integrator. Appends those that spiked to *fired. If *bad is
 * UINT32_MAX, it becomes the first neuron whose state diverged. */
typedef void izh_step_neurons(bool plain, izh_integrator integrator, const izh_neurons *x, izh_fired *fired,
                              uint32_t *bad);

/* A model. plain: the quantities that only some cells need have neutral values in the whole population, so
 * the equations leave them out. The functions are for neuron i of izh_neurons. */
typedef struct izh_model_code {
  izh_model_info info;
  const struct izh_source_code *source; /* of a source, which has none of the following; else NULL */
  /* whether a population of n neurons is plain; NULL: it always is */
  bool (*is_plain)(double *const *values, uint32_t n);
  int side;       /* unless plain: the quantity that is the voltage at which u' changes; -1: none */
  int peak_slope; /* unless plain: the quantity that is the slope of the peak against u; -1: none */
  int threshold;  /* the quantity that is the threshold of a neuron at rest; -1: IZH_THRESHOLD */
  int refractory; /* the quantity that is the refractory period, unless the population is plain; the next
                     quantity is what is left of it; 0: there is none */
  bool leaks;     /* v may fall although it is at the peak */
  double (*dv)(bool plain, const izh_neurons *x, uint32_t i, double v, double u);
  double (*du)(bool plain, const izh_neurons *x, uint32_t i, double v, double u);
  double (*peak)(bool plain, const izh_neurons *x, uint32_t i, double u);
  void (*reset)(bool plain, const izh_neurons *x, uint32_t i, double *v, double *u);
  double (*input_by_dv)(const izh_neurons *x, uint32_t i); /* the current that changes v' by 1 mV/ms */
  double (*start_u)(const izh_neurons *x, uint32_t i);     /* the default of u */
  izh_flow (*flow)(bool plain, const izh_neurons *x, uint32_t i, bool above); /* above: v is above `side` */
  izh_step_neurons *step;
} izh_model_code;

const izh_model_code *izh_model_code_of(izh_model model);

/* Whether a neuron rests in a step of fixed length: its refractory period is rounded to whole steps. */
static inline bool izh_rests(const izh_neurons *x, uint32_t i) {
  return x->left && x->left[i] > 0.5 * x->dt;
}

/* v' of a neuron, with what conductances do. */
static inline double izh_rate(const izh_model_code *code, bool plain, const izh_neurons *x, uint32_t i,
                              double v) {
  double rate = code->dv(plain, x, i, v, x->u ? x->u[i] : 0);
  return x->leak ? rate - x->leak[i] * v : rate;
}

/* The flow of a neuron, with what conductances do. */
static inline izh_flow izh_leaky(const izh_neurons *x, uint32_t i, izh_flow f) {
  if (!x->leak) return f;
  f.p1 -= x->leak[i];
  f.p0 -= x->leak[i] * f.origin;
  return f;
}

/* Fills the values, each [n], of the quantities that are not given (given[q] NULL) with their defaults. */
void izh_model_defaults(izh_model model, double *const *values, uint32_t n, const double *const *given);

/* Does one step of neurons of a model, in the build for the chosen instruction set: see core/isa/isa.h. */
typedef void izh_step_model(izh_model model, bool plain, izh_integrator integrator, const izh_neurons *x,
                            izh_fired *fired, uint32_t *bad);

#endif
