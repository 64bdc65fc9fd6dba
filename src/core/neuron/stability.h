/* Where an integrator with a fixed step is unstable, and so no longer follows the equations. */
#ifndef IZH_CORE_STABILITY_H
#define IZH_CORE_STABILITY_H

#include "core/net/net.h"

/* Finds the first neuron, not held, whose v is, or will be after a step, where the integrator overshoots:
 * there (slope of v') × (length of a step) is below the limit of stability (-2 for Euler's method, -2.785 for
 * rk4). A strongly negative input brings v there. What v then does, even its spikes, comes from the
 * integrator and not from the equations. false: there is no such neuron. */
bool izh_net_unstable(const izh_net *net, uint32_t *neuron);

#endif
