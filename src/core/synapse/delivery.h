/* Delivery: the weights of the synapses that spikes have reached are added to the sums of their targets.
 * Private to the core. */
#ifndef IZH_CORE_DELIVERY_H
#define IZH_CORE_DELIVERY_H

#include "core/synapse/projection_private.h"

/* Once a step, before its parts. */
void izh_projection_prepare(izh_net *net, const izh_projection *projection);
/* Adds what arrives now at the neurons of a part, in order of delay, source, synapse; at how many synapses.
 */
uint64_t izh_projection_deliver(const izh_net *net, const izh_projection *projection, izh_part part);

#endif
