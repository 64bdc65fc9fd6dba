/* The inside of stray.c, for the files of core only. */
#ifndef IZH_CORE_STRAY_PRIVATE_H
#define IZH_CORE_STRAY_PRIVATE_H

#include "core/net/archive.h"
#include "core/neuron/model_code.h"
#include "core/neuron/stray.h"

/* What a network stores about strays. */
typedef struct izh_stray_marks {
  izh_strays all;
  uint8_t *marks; /* [size] one for each neuron; NULL while none has strayed */
  uint32_t size;  /* the size of the network when a neuron last strayed */
} izh_stray_marks;

typedef struct izh_population izh_population; /* see population_private.h */

/* How steep v' may be for the integrator of a network, in 1/ms. */
double izh_steepest(const izh_net *net);
/* Finds the v down to which the integrator is stable for all neurons of a population. To be called again when
 * the numbers of the population have changed. */
void izh_strays_prepare(const izh_net *net, izh_population *population);
/* The same for neurons x of the population in this step: conductances make v' steeper. */
double izh_strays_bound(const izh_population *population, const izh_neurons *x);
/* Counts the strays of the step that has just ended. fired[n_parts]: one for each part. IZH_MEMORY. */
izh_status izh_strays_count(izh_net *net, const izh_fired *fired, int n_parts, izh_err *err);
void izh_strays_archive(izh_archive *a, izh_net *net);

#endif
