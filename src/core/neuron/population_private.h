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
  int64_t born;                         /* the step before its first */
  double *values[IZH_MODEL_QUANTITIES]; /* each [size]; NULL for those that the model does not have */
  bool plain;                           /* see izh_model_code */
  uint32_t draws;                       /* generation of the next random assignment */
  uint8_t *held;                        /* [size] an izh_hold of each; NULL: all are free */
  double *held_v, *held_u; /* [size] of those that are held, when the step began; NULL with held */
} izh_population;

/* The state of a population; u is NULL where the model has none. */
double *izh_population_v(const izh_population *population);
double *izh_population_u(const izh_population *population);

/* The neurons of a population that are in a part, of which input is; n is 0 when there are none. */
izh_neurons izh_population_neurons(const izh_net *net, const izh_population *population, izh_part part,
                                   double *input);

/* One step of the neurons of a part, whose input is input[part.end - part.begin]; appends those that spiked
 * to *fired. *bad is set to the first neuron of the part whose state diverged. false: located spikes found no
 * memory. */
bool izh_population_step(const izh_net *net, const izh_population *population, izh_part part, double *input,
                         izh_fired *fired, uint32_t *bad);

void izh_populations_free(izh_net *net);
double izh_populations_bytes(const izh_net *net);
void izh_populations_archive(izh_archive *a, izh_net *net);

/* exact.c: the step of some neurons by the scheme "exact". */
bool izh_integrate_exactly(const izh_net *net, const izh_population *population, const izh_neurons *x,
                           izh_fired *fired, uint32_t *bad);
void izh_fired_free(izh_fired *fired);

/* hold.c: for the neurons of a part. Before the step is integrated, and after it: those that are held have
 * another input, keep what they had, and give no spike; fired has spikes of the part from number `before` on.
 * Between the two v jumps. */
void izh_hold_begin(const izh_net *net, izh_part part, double *input);
void izh_hold_end(const izh_net *net, izh_part part, izh_fired *fired, uint32_t before);
void izh_jump(const izh_net *net, izh_part part);

#endif
