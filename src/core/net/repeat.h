/* To repeat what neurons got in another network of the same scheme: what conductances were in a step, and
 * conductances and jumps of v that are given to neurons, beside those of synapses and stimuli. */
#ifndef IZH_CORE_REPEAT_H
#define IZH_CORE_REPEAT_H

#include "core/net/net.h"

typedef enum izh_conductance {
  IZH_CONDUCTANCE_ALL, /* of synapses and stimuli, to the bit what acted */
  IZH_CONDUCTANCE_EXC, /* of synapses that excite */
  IZH_CONDUCTANCE_INH, /* of those that inhibit */
  IZH_CONDUCTANCES
} izh_conductance;

bool izh_net_conducts(const izh_net *net); /* there are or were synapses or stimuli that give conductances */
/* From the next step on the conductances of each step can be read. IZH_MEMORY. */
izh_status izh_net_watch(izh_net *net, izh_err *err);
/* [size] the conductances of the last step, each the mean over it, in units of weights; 0 before the first
 * step that was watched. NULL: they are not watched, or there are none. Valid until neurons are added. */
const double *izh_net_conductances(const izh_net *net, izh_conductance which);

/* Until it is called again, v of the neurons jumps by jump[size] in each step, and they have conductances
 * g[size], whose reversal potential is `reversal`, in mV. Either may be NULL: there are none. It goes with
 * the neurons that there are; when neurons are added nothing is given any more. IZH_MEMORY. */
izh_status izh_net_give(izh_net *net, const double *jump, const double *g, double reversal, izh_err *err);

#endif
