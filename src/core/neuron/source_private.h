/* What a file of core/neuron/source gives to the rest of the core, and what it can use. Private to the core.
 */
#ifndef IZH_CORE_SOURCE_PRIVATE_H
#define IZH_CORE_SOURCE_PRIVATE_H

#include "core/net/net_private.h"
#include "core/neuron/source.h"

enum { IZH_SOURCE_BLOCKS = 4 }; /* no state owns more */

/* A kind of sources. The state of a population is p->source; it is all 0 at first. */
typedef struct izh_source_code {
  size_t state_size;
  /* Checks the definition, except for the ranges of its numbers; NULL: nothing. */
  izh_status (*check)(const izh_net *net, const izh_population_def *def, izh_err *err);
  izh_status (*make)(izh_net *net, izh_population *p, const izh_population_def *def, izh_err *err);
  /* Writes the memory blocks that the state owns into blocks[IZH_SOURCE_BLOCKS]; returns how many. */
  int (*blocks)(void *state, void **blocks);
  void (*archive)(izh_archive *a, izh_net *net, izh_population *p);
  /* Called when the quantities of the population have changed, from the next step on; NULL: it has none. */
  void (*fit)(const izh_net *net, izh_population *p);
  /* Fires the spikes of the step that begins now, by neuron, then by time. false: no memory. */
  bool (*step)(izh_net *net, izh_population *p);
  /* For sources that draw: see izh_net_reseed and izh_stimuli_redraw. NULL for others. */
  izh_status (*reseed)(izh_net *net, izh_population *p, izh_err *err);
  void (*redraw)(const izh_net *net, izh_population *p, uint32_t number);
} izh_source_code;

#define IZH_NO_SOURCE(NAME, name)
#define IZH_SOURCE_CODE(NAME, name) extern const izh_model_code izh_##name##_source;
IZH_MODELS(IZH_NO_SOURCE, IZH_SOURCE_CODE)
#undef IZH_SOURCE_CODE

/* Adds a spike of the i-th neuron of a population to net->sourced, unless it is lesioned. false: no memory.
 */
bool izh_source_fire(izh_net *net, const izh_population *p, uint32_t i, double ms);
/* The step at whose end a spike at this time is given: the first that ends at it or later. */
double izh_source_step(const izh_net *net, double ms);

/* All sources of a network. izh_sources_step fills net->sourced. */
izh_status izh_source_make(izh_net *net, izh_population *p, const izh_population_def *def, izh_err *err);
void izh_source_free(izh_population *p);
double izh_source_bytes(const izh_population *p);
void izh_source_archive(izh_archive *a, izh_net *net, izh_population *p);
izh_status izh_sources_step(izh_net *net, izh_err *err);
izh_status izh_sources_reseed(izh_net *net, izh_err *err);
uint32_t izh_sources_redraw(izh_net *net, uint32_t number);

#endif
