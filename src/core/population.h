/* Populations: neurons of one model with a name. */
#ifndef IZH_CORE_POPULATION_H
#define IZH_CORE_POPULATION_H

#include "core/ids.h"
#include "core/net.h"

typedef enum izh_model {
  /* v' = 0.04 v² + 5 v + 140 - u + I, u' = a (b v - u); at v ≥ 30 mV: v = c, u = u + d (Izhikevich 2003, eqs
   * 1–3). v in mV, u and I in mV/ms, a in 1/ms. */
  IZH_MODEL_IZHIKEVICH2003,
  IZH_MODEL_COUNT
} izh_model;

/* Per-neuron numbers of a model, parameters first, then the state. */
enum { IZH_Q_A, IZH_Q_B, IZH_Q_C, IZH_Q_D, IZH_Q_V, IZH_Q_U, IZH_Q_COUNT };

const char *izh_model_name(izh_model model);            /* "izhikevich2003" */
const char *izh_model_quantity(izh_model model, int q); /* "a" … "u"; NULL for q = IZH_Q_COUNT */

typedef struct izh_population_def {
  const char *name; /* not empty, not taken */
  izh_model model;
  uint32_t size;
  const double *values[IZH_Q_COUNT]; /* each [size], finite */
} izh_population_def;

/* Adds neurons after all that are there. *index is the population's number, from 0.
 * IZH_ARGUMENT: the name; IZH_RANGE: a value that is not finite; IZH_SIZE: more than 2^32 - 2 neurons, or
 * more memory than is free; IZH_MEMORY. The network is unchanged on failure. */
izh_status izh_population_add(izh_net *net, const izh_population_def *def, uint32_t *index, izh_err *err);

/* IZH_SIZE when a population of so many neurons would not fit into the free memory, before anything is asked
 * for. */
izh_status izh_population_size_check(const char *name, double size, izh_err *err);

uint32_t izh_population_count(const izh_net *net);
const char *izh_population_name(const izh_net *net, uint32_t pop);
izh_model izh_population_model(const izh_net *net, uint32_t pop);
izh_ids izh_population_ids(const izh_net *net, uint32_t pop);
/* The population that has a neuron. */
uint32_t izh_population_of(const izh_net *net, uint32_t neuron);

/* Reads or writes one quantity of some neurons of a population; values[ids->size] in the order of ids.
 * set: IZH_RANGE when a value is not finite; nothing is changed then. */
void izh_population_get(const izh_net *net, uint32_t pop, const izh_ids *ids, int q, double *values);
izh_status izh_population_set(izh_net *net, uint32_t pop, const izh_ids *ids, int q, const double *values,
                              izh_err *err);

/* The generation (see izh_rng) of the next random values of this population, until izh_population_drawn says
 * that they were used: an assignment that fails leaves the numbers of the next one as they were. */
uint32_t izh_population_generation(const izh_net *net, uint32_t pop);
void izh_population_drawn(izh_net *net, uint32_t pop);

/* +1 when all synapses of the population's neurons are ≥ 0 (and one is not 0), -1 when all are ≤ 0, 0 when
 * they are mixed or there are none. Weights that were scaled to 0 keep the sign they had. */
int izh_population_sign(const izh_net *net, uint32_t pop);

#endif
