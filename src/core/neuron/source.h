/* Sources: neurons that give spikes from outside, and take nothing. A population of sources has ids, spikes,
 * projections and a lesion as others have; it has no v and no input. */
#ifndef IZH_CORE_SOURCE_H
#define IZH_CORE_SOURCE_H

#include <stddef.h>

#include "core/net/ids.h"
#include "core/net/net.h"

bool izh_population_is_source(const izh_net *net, uint32_t pop);

/* IZH_ARGUMENT when one of the neurons is a source: "population "input" is of sources, which WHAT". */
izh_status izh_sources_refuse(const izh_net *net, const izh_ids *ids, const char *what, izh_err *err);

/* --- Poisson sources whose rate is a function of time ---
 *
 * Their quantity `rate` is an upper bound: candidates come at that rate, and each becomes a spike with the
 * probability rate(t) / bound at its own time t. So the spikes are the same at every dt. Before each step the
 * caller asks for its candidates, and gives the rate at the time of each; otherwise there are no spikes. */

/* Whether the spikes of a population are chosen so. It must be of Poisson sources. */
void izh_source_thin(izh_net *net, uint32_t pop, bool thinned);

typedef struct izh_candidate {
  uint32_t source; /* its number in the population, from 0 */
  double ms;
} izh_candidate;

/* The candidates of the step that begins now, in order of source, then of time; valid until the next call.
 * IZH_MEMORY. */
izh_status izh_source_candidates(izh_net *net, uint32_t pop, const izh_candidate **list, size_t *n,
                                 izh_err *err);
/* The rate at each of these candidates, 0 … the bound. */
void izh_source_rates(izh_net *net, uint32_t pop, const double *rate_hz /* [n] */);

#endif
