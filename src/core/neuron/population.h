/* Populations: neurons of one model with a name. */
#ifndef IZH_CORE_POPULATION_H
#define IZH_CORE_POPULATION_H

#include "core/net/ids.h"
#include "core/net/net.h"

typedef enum izh_model {
  /* v' = 0.04 v² + 5 v + 140 - u + I, u' = a (b v - u); at v ≥ 30 mV: v = c, u = u + d (Izhikevich 2003, eqs
   * 1–3). v in mV, u and I in mV/ms, a in 1/ms. */
  IZH_MODEL_IZHIKEVICH2003,
  /* The same with v' = 0.04 v² + 4.1 v + 108 - u + I: figure 1 G and L of Izhikevich, "Which model to use for
   * cortical spiking neurons?", IEEE Trans. Neural Networks 15:1063, 2004. */
  IZH_MODEL_IZHIKEVICH2004_CLASS1,
  /* The same with u' = a b (v + 65): figure 1 R there. */
  IZH_MODEL_IZHIKEVICH2004_ACCOMMODATION,
  /* C v' = k (v - vr) (v - vt) - u + I, u' = a (U(v) - u); at v ≥ vpeak + peak_u u: v = c + reset_u u, then
   * u = min(u + d, u_max). U(v) = b (v - vu), with b_below in place of b for v ≤ vb, and for v > vb also
   * b3 (v - vb)³. v in mV, u and I in pA, C in pF, k in nS/mV, a in 1/ms, b and b_below in nS, b3 in nS/mV².
   * (Izhikevich, "Dynamical Systems in Neuroscience", 2007, chapter 8: the plain cell has vu = vr and none of
   * the rest; fast-spiking, low-threshold, thalamic and reticular cells need one or more of it.) */
  IZH_MODEL_IZHIKEVICH2007,
  IZH_MODEL_COUNT
} izh_model;

/* Per-neuron numbers: those of every model, then those of izhikevich2007. */
enum {
  IZH_Q_A,
  IZH_Q_B,
  IZH_Q_C,
  IZH_Q_D,
  IZH_Q_V,
  IZH_Q_U,
  IZH_Q_2003_COUNT,
  IZH_Q_CAPACITANCE = IZH_Q_2003_COUNT, /* > 0 */
  IZH_Q_K,                              /* > 0 */
  IZH_Q_VR,
  IZH_Q_VT,
  IZH_Q_VPEAK,
  IZH_Q_PEAK_U,
  IZH_Q_RESET_U,
  IZH_Q_U_MAX,
  IZH_Q_VB,
  IZH_Q_B_BELOW,
  IZH_Q_B3,
  IZH_Q_VU,
  IZH_Q_COUNT
};

const char *izh_model_name(izh_model model);            /* "izhikevich2003" … */
int izh_model_quantities(izh_model model);              /* it has those numbered below this */
const char *izh_model_quantity(izh_model model, int q); /* "a" …; NULL when the model has no such one */

/* The peak at which a neuron with this u spikes, in mV. */
double izh_population_peak(const izh_net *net, uint32_t neuron);

typedef struct izh_population_def {
  const char *name; /* not empty, not taken */
  izh_model model;
  uint32_t size;
  const double *values[IZH_Q_COUNT]; /* each [size], finite; those that the model has */
} izh_population_def;

/* Adds neurons after all that are there. *index is the population's number, from 0.
 * IZH_ARGUMENT: the name; IZH_RANGE: a value that is not finite, or C or k not > 0; IZH_SIZE: more than 2^32
 * - 2 neurons, or more memory than is free; IZH_MEMORY. The network is unchanged on failure. */
izh_status izh_population_add(izh_net *net, const izh_population_def *def, uint32_t *index, izh_err *err);

/* IZH_SIZE when a population of so many neurons would not fit into the free memory, before anything is asked
 * for. */
izh_status izh_population_size_check(const char *name, izh_model model, double size, izh_err *err);

uint32_t izh_population_count(const izh_net *net);
const char *izh_population_name(const izh_net *net, uint32_t pop);
izh_model izh_population_model(const izh_net *net, uint32_t pop);
izh_ids izh_population_ids(const izh_net *net, uint32_t pop);
/* The population that has a neuron. */
uint32_t izh_population_of(const izh_net *net, uint32_t neuron);

/* Reads or writes one quantity of some neurons of a population; values[ids->size] in the order of ids.
 * set: IZH_RANGE when a value is not finite, or C or k not > 0; nothing is changed then. */
void izh_population_get(const izh_net *net, uint32_t pop, const izh_ids *ids, int q, double *values);
izh_status izh_population_set(izh_net *net, uint32_t pop, const izh_ids *ids, int q, const double *values,
                              izh_err *err);

/* What keeps a neuron from going its own way. */
typedef enum izh_hold {
  IZH_HOLD_NONE,
  /* voltage clamp: v stays what it is, u follows it by its own equation, no spikes. v may be set */
  IZH_HOLD_CLAMP,
  /* lesion, for ever: v and u stay what they are, no spikes. Spikes on the way arrive */
  IZH_HOLD_LESION
} izh_hold;

/* Holds some neurons of a population, from the next step on, or lets them go. A lesioned neuron stays
 * lesioned. A clamp begins with v[ids->size], or with the present v when that is NULL. IZH_RANGE when a v is
 * not below the neuron's peak, or above -1000 mV; IZH_MEMORY; nothing is changed then. */
izh_status izh_population_hold(izh_net *net, uint32_t pop, const izh_ids *ids, izh_hold hold, const double *v,
                               izh_err *err);
/* Which of them are held in this way: values[ids->size] of 1 and 0. */
void izh_population_held(const izh_net *net, uint32_t pop, const izh_ids *ids, izh_hold hold, double *values);

/* The generation (see izh_rng) of the next random values of this population, until izh_population_drawn says
 * that they were used: an assignment that fails leaves the numbers of the next one as they were. */
uint32_t izh_population_generation(const izh_net *net, uint32_t pop);
void izh_population_drawn(izh_net *net, uint32_t pop);

/* +1 when all synapses of the population's neurons are ≥ 0 (and one is not 0), -1 when all are ≤ 0, 0 when
 * they are mixed or there are none. Weights that were scaled to 0 keep the sign they had. */
int izh_population_sign(const izh_net *net, uint32_t pop);

#endif
