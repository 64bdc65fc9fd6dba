/* Populations: named groups of neurons of one model, or of sources of one kind. */
#ifndef IZH_CORE_POPULATION_H
#define IZH_CORE_POPULATION_H

#include "core/net/ids.h"
#include "core/net/net.h"
#include "core/neuron/model.h"
#include "core/neuron/source.h"
#include "core/stimulus/spike_times.h"

/* The v at which a neuron spikes with its present u, in mV; infinity for a source. */
double izh_population_peak(const izh_net *net, uint32_t neuron);

typedef struct izh_population_def {
  const char *name; /* not empty, not taken */
  izh_model model;
  uint32_t size;
  uint32_t colour;                            /* see izh_population_colour */
  const double *values[IZH_MODEL_QUANTITIES]; /* each [size], by quantity of the model; NULL: its default */
  const izh_spike_times *times;               /* of a spike_source */
} izh_population_def;

/* No name, no neurons, and the model's default for each quantity. */
izh_population_def izh_population_def_default(izh_model model);

/* Adds a population; its neurons come after all others. *index is the number of the population, from 0.
 * IZH_ARGUMENT: the name, or a required value is missing. IZH_RANGE: a value is out of its range. IZH_SIZE:
 * the network would have more than 2³² - 2 neurons, or need more memory than is free. IZH_MEMORY. The network
 * is unchanged on failure. */
izh_status izh_population_add(izh_net *net, const izh_population_def *def, uint32_t *index, izh_err *err);

/* IZH_SIZE when a population of `size` neurons would not fit into the free memory. Allocates nothing. */
izh_status izh_population_size_check(const char *name, izh_model model, double size, izh_err *err);

uint32_t izh_population_count(const izh_net *net);
const char *izh_population_name(const izh_net *net, uint32_t pop);
izh_model izh_population_model(const izh_net *net, uint32_t pop);
izh_ids izh_population_ids(const izh_net *net, uint32_t pop);
/* A note for figures, which changes nothing else: 0x1RRGGBB, or 0 for a chosen colour. */
uint32_t izh_population_colour(const izh_net *net, uint32_t pop);
/* How many steps the network had done when the population was added. */
int64_t izh_population_born(const izh_net *net, uint32_t pop);
/* The population of a neuron. */
uint32_t izh_population_of(const izh_net *net, uint32_t neuron);

/* Whether steps change a quantity. */
bool izh_population_moves(const izh_net *net, uint32_t pop, int q);
/* Before izh_population_get, where a population may be cut among ranks: gets the present values of one
 * quantity of these neurons from the ranks that own them. All ranks call it together. IZH_ARGUMENT,
 * IZH_MEMORY, IZH_STOPPED. */
izh_status izh_population_refresh(izh_net *net, uint32_t pop, const izh_ids *ids, int q, izh_err *err);

/* Reads or sets one quantity of some neurons of a population; values[ids->size] in the order of ids. set:
 * IZH_RANGE when a value is out of its range; then nothing is changed. */
void izh_population_get(const izh_net *net, uint32_t pop, const izh_ids *ids, int q, double *values);
izh_status izh_population_set(izh_net *net, uint32_t pop, const izh_ids *ids, int q, const double *values,
                              izh_err *err);

/* IZH_RANGE when one of the neurons would be reset to its peak or above, and so fire in every step, if its
 * quantities were values[q][ids->size], by quantity of the model; NULL: the present values.
 * izh_population_add makes this check itself. */
izh_status izh_population_reset_check(const izh_net *net, uint32_t pop, const izh_ids *ids,
                                      const double *const *values, izh_err *err);

/* How a neuron is held. */
typedef enum izh_hold {
  IZH_HOLD_NONE,
  /* voltage clamp: v does not change, unless it is set; u follows it by its own equation; no spikes */
  IZH_HOLD_CLAMP,
  /* lesion: v and u do not change; no spikes, but spikes already on their way still arrive */
  IZH_HOLD_LESION
} izh_hold;

/* Holds some neurons of a population from the next step on, or releases them (IZH_HOLD_NONE): they go on from
 * the state in which they were held. A clamp does not end a lesion. It begins at v[ids->size]; if v is NULL,
 * at the present v. IZH_RANGE when a v is not between -1000 mV and the neuron's peak; IZH_MEMORY. On failure
 * nothing is changed. */
izh_status izh_population_hold(izh_net *net, uint32_t pop, const izh_ids *ids, izh_hold hold, const double *v,
                               izh_err *err);
/* Which of the neurons are held in this way, or not (IZH_HOLD_NONE): values[ids->size] of 1 and 0. */
void izh_population_held(const izh_net *net, uint32_t pop, const izh_ids *ids, izh_hold hold, double *values);

/* The generation (see izh_rng) of the next random values of this population. izh_population_drawn says that
 * they were used, and begins the next generation. So an assignment that fails does not change the random
 * numbers of the next one. */
uint32_t izh_population_generation(const izh_net *net, uint32_t pop);
void izh_population_drawn(izh_net *net, uint32_t pop);

#endif
