/* Delivery: when a spike reaches a synapse, its weight is added to a sum of the target. Private to the core.
 */
#ifndef IZH_CORE_DELIVERY_H
#define IZH_CORE_DELIVERY_H

#include "core/synapse/projection_private.h"

/* Once a step, before the parts are run. */
void izh_projection_prepare(izh_net *net, const izh_projection *projection);
/* Adds what arrives now at the neurons of a part, in order of delay, source, synapse. Returns the number of
 * synaptic events. thread: the number of the calling thread, below net->def.threads. */
uint64_t izh_projection_deliver(const izh_net *net, const izh_projection *projection, izh_part part,
                                int thread);

#endif
