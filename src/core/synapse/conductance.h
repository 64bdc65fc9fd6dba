/* Conductances: the current of a channel with a reversal potential E is g (E - v), where v moves within the
 * step. Private to the core.
 *
 * g is constant within a step: it is the mean of the kernel over the step. With v at its beginning, before
 * jumps, the current is part of exc or inh, as recordings show it: of inh if E is below the threshold of the
 * neuron. For the rest of the step izh_neurons has `leak`, the sum of all g, by which v' falls as v rises. */
#ifndef IZH_CORE_CONDUCTANCE_H
#define IZH_CORE_CONDUCTANCE_H

#include "core/net/net_private.h"
#include "core/synapse/channel.h"

/* In each step of a network that has conductances (net->leak), for a part: izh_conductance_begin, which sets
 * exc and inh to 0; izh_conductance_add for each channel; after the input has been summed,
 * izh_conductance_end. */
void izh_conductance_begin(const izh_net *net, izh_part part);
void izh_conductance_add(const izh_net *net, const izh_channel *channel, izh_part part);
/* Makes `input`, which has the current at the v of now, the input at v = 0 mV; and finds `leak`. */
void izh_conductance_end(const izh_net *net, izh_part part, double *input);

/* For spikes from outside: turns the conductances g[k.begin] … of the neurons `target` into their currents.
 */
void izh_conductance_flow(const izh_net *net, const izh_ids *target, izh_part k, const izh_kernel *kernel,
                          double *g);

/* Checks a weight; reversal NaN: it is no conductance. IZH_RANGE. */
izh_status izh_conductance_check(double reversal, double weight, izh_err *err);

/* Makes the arrays that a network has for each neuron, if the kernel is a conductance. IZH_MEMORY. */
izh_status izh_conductance_need(izh_net *net, const izh_kernel *kernel, izh_err *err);
/* Grows them before neurons are added. IZH_MEMORY. */
izh_status izh_conductance_room(izh_net *net, uint32_t size, izh_err *err);
void izh_conductance_archive(izh_archive *a, izh_net *net);

#endif
