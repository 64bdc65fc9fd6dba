/* What a file of core/neuron/model gives the rest of the core. Private to it. */
#ifndef IZH_CORE_MODEL_CODE_H
#define IZH_CORE_MODEL_CODE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/neuron/integrator.h"
#include "core/neuron/model.h"

#define INLINE static inline __attribute__((always_inline))

/* What a state must stay within: beyond it, it has run away. */
static const double IZH_V_LOW = -1000, IZH_V_HIGH = 1e6, IZH_U_HIGH = 1e6;

static inline bool izh_state_ok(double v, double u) { /* a comparison with NaN is false */
  return (v > IZH_V_LOW) & (v < IZH_V_HIGH) & (u > -IZH_U_HIGH) & (u < IZH_U_HIGH); /* & needs no branches */
}

/* The numbers of neighbouring neurons side by side, and what enters them. */
typedef struct izh_neurons {
  double *v, *u; /* u is NULL for a model without */
  const double *q[IZH_MODEL_QUANTITIES];
  double *input;        /* the current of each */
  const double *lifted; /* infinity for those that a jump of v has brought to their peak; or NULL */
  uint32_t n, first;    /* how many; the index of the first in the network */
  double dt;
} izh_neurons;

/* The equations as a series needs them: x' = p2 x² + p1 x + p0 - pu u, u' = a (r1 x + r0 + b3 (x - xb)³ - s
 * u), where x = v - origin. */
typedef struct izh_flow {
  double origin, p2, p1, p0, pu;
  double a, r1, r0, b3, xb, s;
} izh_flow;

/* The spikes that a part of the network gives in a step, by neuron, then by time. */
typedef struct izh_fired {
  uint32_t *index;
  double *ms; /* when, for spikes that are located within the step; else NULL */
  uint32_t n;
  size_t cap_index, cap_ms; /* of located ones, whose number has no bound */
  uint64_t arrived;         /* at how many synapses of the part spikes have arrived in the step */
} izh_fired;

/* One step of neurons by an integrator of a fixed step: appends those that spiked to *fired; *bad becomes the
 * first neuron whose state diverged, unless there is one. */
typedef void izh_step_neurons(bool plain, izh_integrator integrator, const izh_neurons *x, izh_fired *fired,
                              uint32_t *bad);

/* plain: what only some cells need changes nothing. For one neuron, number i of those side by side: */
typedef struct izh_model_code {
  izh_model_info info;
  /* is a population of so many neurons plain; NULL: it always is */
  bool (*is_plain)(double *const *values, uint32_t n);
  int side;       /* the quantity that is the v on whose two sides u' differs, unless plain; -1: none */
  int peak_slope; /* the quantity by which the peak rises with u, unless plain; -1: none */
  bool leaks;     /* v may fall at the peak */
  double (*dv)(bool plain, const izh_neurons *x, uint32_t i, double v, double u);
  double (*du)(bool plain, const izh_neurons *x, uint32_t i, double v, double u);
  double (*peak)(bool plain, const izh_neurons *x, uint32_t i, double u);
  void (*reset)(bool plain, const izh_neurons *x, uint32_t i, double *v, double *u);
  double (*input_by_dv)(const izh_neurons *x, uint32_t i); /* the current that changes v' by 1 */
  double (*start_u)(const izh_neurons *x, uint32_t i);     /* u at the start, when it is not given */
  izh_flow (*flow)(bool plain, const izh_neurons *x, uint32_t i, bool above); /* above `side`, or not */
  izh_step_neurons *step;
} izh_model_code;

const izh_model_code *izh_model_code_of(izh_model model);

/* Fills the values, each [n], of the quantities that are not given (NULL) with their defaults. */
void izh_model_defaults(izh_model model, double *const *values, uint32_t n, const double *const *given);

/* One step of neurons of a model, in the build for the instruction set that is chosen: see core/isa/isa.h. */
typedef void izh_step_model(izh_model model, bool plain, izh_integrator integrator, const izh_neurons *x,
                            izh_fired *fired, uint32_t *bad);

#endif
