/* Neuron models: the quantities of each, and its equations for one neuron. Sources are in the same list: they
 * have quantities, but no equations and no v (core/neuron/source.h).
 *
 * A model is a file in core/neuron/model and a line here; a source is a file in core/neuron/source and a line
 * here. */
#ifndef IZH_CORE_MODEL_H
#define IZH_CORE_MODEL_H

#include "base/quantity.h"

/* State files store the position in this list: new models are added at the end. */
#define IZH_MODELS(MODEL, SOURCE)                                                                            \
  MODEL(IZHIKEVICH2003, izhikevich2003)                                                                      \
  MODEL(IZHIKEVICH2004_CLASS1, izhikevich2004class1)                                                         \
  MODEL(IZHIKEVICH2004_ACCOMMODATION, izhikevich2004accommodation)                                           \
  MODEL(IZHIKEVICH2007, izhikevich2007)                                                                      \
  MODEL(LIF, lif)                                                                                            \
  MODEL(QIF, qif)                                                                                            \
  SOURCE(POISSON, poisson)                                                                                   \
  SOURCE(SPIKE_SOURCE, spike_source)

#define IZH_MODEL_MEMBER(NAME, name) IZH_MODEL_##NAME,
typedef enum izh_model { IZH_MODELS(IZH_MODEL_MEMBER, IZH_MODEL_MEMBER) IZH_MODEL_COUNT } izh_model;

enum { IZH_MODEL_QUANTITIES = 24 }; /* no model has more */

typedef struct izh_model_info {
  const char *name;               /* "izhikevich2003" … */
  const char *help;               /* the equations, and their source; of a source what it does */
  const char *shown_unit;         /* unit of the input and of u in figures and reports: "a.u.", "pA" */
  const izh_quantity *quantities; /* [n] the parameters, and the state at the start */
  int n;
  int v, u; /* the indices of v and u among the quantities; u is -1 when the model has none, v for a source */
  bool source; /* the functions below are not for it */
  bool thins;  /* its first quantity, a rate, may be a function of time: see source.h */
  bool times;  /* it needs the times of its spikes */
} izh_model_info;

const izh_model_info *izh_model_describe(izh_model model);

/* Sets those numbers[n] of one neuron that are not given to their defaults. */
void izh_model_complete(izh_model model, double *numbers, const bool *given);

/* The equations of a neuron with the quantities numbers[n], at a state v, u and an input. u is not used if
 * the model has none. */
typedef struct izh_model_state {
  double v, u, input;
} izh_model_state;
double izh_model_dv(izh_model model, const double *numbers, izh_model_state s);   /* v', in mV/ms */
double izh_model_du(izh_model model, const double *numbers, izh_model_state s);   /* u', per ms */
double izh_model_peak(izh_model model, const double *numbers, izh_model_state s); /* v of a spike, in mV */
/* The state after a spike in state s. */
izh_model_state izh_model_reset(izh_model model, const double *numbers, izh_model_state s);
/* The nullclines: the u at which v' = 0, and the u at which u' = 0, for a given v. NaN when v' (u') does not
 * depend on u. */
double izh_model_v_nullcline(izh_model model, const double *numbers, double v, double input);
double izh_model_u_nullcline(izh_model model, const double *numbers, double v);
/* The v at which v' is least, in mV; above it, v drives itself up. Infinity when there is no such v. */
double izh_model_knee(izh_model model, const double *numbers);

#endif
