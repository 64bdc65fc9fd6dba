/* The inside of stray.c, for the files of core only. */
#ifndef IZH_CORE_STRAY_PRIVATE_H
#define IZH_CORE_STRAY_PRIVATE_H

#include "core/net/archive.h"
#include "core/neuron/model_code.h"
#include "core/neuron/stray.h"

/* What a network keeps of them. */
typedef struct izh_stray_marks {
  izh_strays all;
  uint8_t *marks; /* [size] of neurons; NULL as long as none has strayed */
  uint32_t size;  /* of the network when one last did */
} izh_stray_marks;

typedef struct izh_population izh_population; /* see population_private.h */

/* How steep v' may be for the scheme of a network, 1/ms. */
double izh_steepest(const izh_net *net);
/* Finds down to which v the scheme is stable for all neurons of a population. Again after its numbers have
 * changed. */
void izh_strays_prepare(const izh_net *net, izh_population *population);
/* Counts those of the step that has just ended, fired[n_parts] by part. IZH_MEMORY. */
izh_status izh_strays_count(izh_net *net, const izh_fired *fired, int n_parts, izh_err *err);
void izh_strays_archive(izh_archive *a, izh_net *net);

#endif
