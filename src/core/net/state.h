/* The complete state of a network: another network that has it goes on with the same bits. */
#ifndef IZH_CORE_STATE_H
#define IZH_CORE_STATE_H

#include <stddef.h>

#include "core/net/net.h"

/* Writes so many bytes, or fills them. */
typedef izh_status izh_transfer(void *context, void *bytes, size_t size, izh_err *err);

/* Another network with the same state: neurons, synapses, spikes (kept ones, and those on their way),
 * stimuli, recordings with what they have, streams and counters of random numbers. IZH_SIZE when it needs
 * more memory than is free, IZH_MEMORY, IZH_IO (a recording in a file). The copy is the caller's, to be
 * destroyed. */
izh_status izh_net_copy(const izh_net *net, izh_net **copy, izh_err *err);

/* Exchanges the states of two networks, but not what is known of where their time went (core/profile.h). */
void izh_net_swap(izh_net *a, izh_net *b);

/* The state as bytes: given to `put` piece by piece, or taken from `get`, of which there are `size`. What is
 * read need not be right: IZH_FORMAT when it is not the state of a network, IZH_SIZE when it needs more
 * memory than is free, IZH_MEMORY, IZH_IO of put, get or a recording in a file. The network that was read has
 * the given number of threads and is the caller's, to be destroyed. */
izh_status izh_net_write(const izh_net *net, izh_transfer *put, void *context, izh_err *err);
izh_status izh_net_read(izh_transfer *get, void *context, uint64_t size, int threads, izh_net **net,
                        izh_err *err);
/* How many bytes izh_net_write gives. IZH_MEMORY. */
izh_status izh_net_length(const izh_net *net, uint64_t *size, izh_err *err);

/* The memory that a copy takes. */
double izh_net_bytes(const izh_net *net);

#endif
