/* Populations: neurons of one model with a name. */
#ifndef IZH_CORE_POPULATION_H
#define IZH_CORE_POPULATION_H

#include "core/net/ids.h"
#include "core/net/net.h"
#include "core/neuron/model.h"

/* The peak at which a neuron with this u spikes, in mV. */
double izh_population_peak(const izh_net *net, uint32_t neuron);

typedef struct izh_population_def {
  const char *name; /* not empty, not taken */
  izh_model model;
  uint32_t size;
  const double *values[IZH_MODEL_QUANTITIES]; /* each [size], by the model's numbers; NULL: its default */
} izh_population_def;

/* Without a name or neurons yet, all values those of the model. */
izh_population_def izh_population_def_default(izh_model model);

/* Adds neurons after all that are there. *index is the population's number, from 0.
 * IZH_ARGUMENT: the name, or a value that is required; IZH_RANGE: a value out of its range; IZH_SIZE: more
 * than 2^32
 * - 2 neurons, or more memory than is free; IZH_MEMORY. The network is unchanged on failure. */
izh_status izh_population_add(izh_net *net, const izh_population_def *def, uint32_t *index, izh_err *err);

/* IZH_SIZE when a population of so many neurons would not fit into the free memory, before anything is asked
 * for. */
izh_status izh_population_size_check(const char *name, izh_model model, double size, izh_err *err);

uint32_t izh_population_count(const izh_net *net);
const char *izh_population_name(const izh_net *net, uint32_t pop);
izh_model izh_population_model(const izh_net *net, uint32_t pop);
izh_ids izh_population_ids(const izh_net *net, uint32_t pop);
/* How many steps there had been when it was added. */
int64_t izh_population_born(const izh_net *net, uint32_t pop);
/* The population that has a neuron. */
uint32_t izh_population_of(const izh_net *net, uint32_t neuron);

/* Reads or writes one quantity of some neurons of a population; values[ids->size] in the order of ids.
 * set: IZH_RANGE when a value is out of its range; nothing is changed then. */
void izh_population_get(const izh_net *net, uint32_t pop, const izh_ids *ids, int q, double *values);
izh_status izh_population_set(izh_net *net, uint32_t pop, const izh_ids *ids, int q, const double *values,
                              izh_err *err);

/* IZH_RANGE when one of them would be reset to its peak or above, and so fire in every step, once its
 * quantities are values[q][ids->size], by the model's numbers; NULL: what they are. izh_population_add makes
 * this check itself. */
izh_status izh_population_reset_check(const izh_net *net, uint32_t pop, const izh_ids *ids,
                                      const double *const *values, izh_err *err);

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

#endif
