/* The complete state of a network: another network that has it goes on with the same bits. */
#ifndef IZH_CORE_STATE_H
#define IZH_CORE_STATE_H

#include "core/net.h"

/* Another network with the same state: neurons, synapses, spikes (kept ones, and those on their way),
 * stimuli, recordings with what they have, streams and counters of random numbers. IZH_SIZE when it needs
 * more memory than is free, IZH_MEMORY, IZH_IO (a recording in a file). The copy is the caller's, to be
 * destroyed. */
izh_status izh_net_copy(const izh_net *net, izh_net **copy, izh_err *err);

/* Exchanges the states of two networks, but not what is known of where their time went (core/profile.h). */
void izh_net_swap(izh_net *a, izh_net *b);

/* The memory that a copy takes. */
double izh_net_bytes(const izh_net *net);

#endif
