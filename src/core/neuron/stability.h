/* Where a scheme of a fixed step is no longer what its equations say. */
#ifndef IZH_CORE_STABILITY_H
#define IZH_CORE_STABILITY_H

#include "core/net/net.h"

/* The first neuron, not held, whose v is now, or comes in a step, where the scheme overshoots: the slope of
 * v' there, by the length of a step, is below what the scheme is stable for (-2 for Euler's method, -2.785
 * for rk4). Too negative an input brings v there; what it then does, spikes too, is of the scheme. false:
 * there is none. */
bool izh_net_unstable(const izh_net *net, uint32_t *neuron);

#endif
