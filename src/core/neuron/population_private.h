/* The inside of populations, for the files of core only. */
#ifndef IZH_CORE_POPULATION_PRIVATE_H
#define IZH_CORE_POPULATION_PRIVATE_H

#include "core/net/archive.h"
#include "core/net/part.h"
#include "core/neuron/model_code.h"
#include "core/neuron/population.h"

typedef struct izh_population {
  char *name;
  izh_model model;
  uint32_t first, size;
  uint32_t ranks; /* it is cut among so many: see comm.h; 0: it is whole on every rank */
  int64_t born;   /* how many steps the network had done when it was added */
  double *values[IZH_MODEL_QUANTITIES]; /* each [size]; NULL for quantities that the model does not have */
  bool plain;                           /* see izh_model_code */
  double stable_mv;                     /* see izh_neurons; without conductances */
  double flattest, steepest;            /* the least p2 of izh_flow, and the greatest -p1 */
  uint32_t colour;                      /* see izh_population_colour */
  uint32_t draws;                       /* generation of the next random assignment */
  uint8_t *held;                        /* [size] an izh_hold for each neuron; NULL: none is held */
  double *held_v, *held_u; /* [size] v and u of held neurons when the step began; NULL if `held` is */
  void *source;            /* the state of sources, see source_private.h; NULL for neurons */
} izh_population;

/* The state of a population of neurons; u is NULL where the model has none. */
double *izh_population_v(const izh_population *population);
double *izh_population_u(const izh_population *population);

/* The neurons of a population that are in a part; n is 0 when there are none, or only sources. input: the
 * input of the part's neurons, or NULL. */
izh_neurons izh_population_neurons(const izh_net *net, const izh_population *population, izh_part part,
                                   double *input);

/* Does one step of the neurons of a part, with input[part.end - part.begin]. Appends those that spiked to
 * *fired. If *bad is UINT32_MAX, it becomes the first neuron whose state diverged. false: there was no memory
 * for located spikes. */
bool izh_population_step(const izh_net *net, const izh_population *population, izh_part part, double *input,
                         izh_fired *fired, uint32_t *bad);

void izh_populations_free(izh_net *net);
double izh_populations_bytes(const izh_net *net);
void izh_populations_archive(izh_archive *a, izh_net *net);

/* exact.c: does a step of some neurons with the integrator "exact". false: no memory. */
bool izh_integrate_exactly(const izh_net *net, const izh_population *population, const izh_neurons *x,
                           izh_fired *fired, uint32_t *bad);
void izh_fired_free(izh_fired *fired);

/* hold.c: held neurons of a part. Before a step is integrated, izh_hold_begin saves their state and gives
 * them the input that holds them. After the step, izh_hold_end puts the state back and removes their spikes;
 * the spikes of the part begin at number `before` of *fired. */
void izh_hold_begin(const izh_net *net, izh_part part, double *input);
void izh_hold_end(const izh_net *net, izh_part part, izh_fired *fired, uint32_t before);
/* hold.c: lets v of the neurons of a part jump. After izh_hold_begin, before the step is integrated. */
void izh_jump(const izh_net *net, izh_part part);

#endif
