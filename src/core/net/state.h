/* The complete state of a network. Another network with the same state goes on with the same bits. */
#ifndef IZH_CORE_STATE_H
#define IZH_CORE_STATE_H

#include <stddef.h>

#include "core/net/net.h"

/* Takes `size` bytes (izh_net_write), or fills them (izh_net_read). */
typedef izh_status izh_transfer(void *context, void *bytes, size_t size, izh_err *err);

/* Makes another network with the same state: neurons, synapses, spikes (kept ones, and those on their way),
 * stimuli, recordings with their samples, streams and counters of random numbers. IZH_SIZE when it needs more
 * memory than is free, IZH_MEMORY, IZH_IO (a recording in a file). The caller owns the copy and destroys it.
 */
izh_status izh_net_copy(const izh_net *net, izh_net **copy, izh_err *err);

/* Exchanges the states of two networks, but not their profiles (core/net/profile.h). */
void izh_net_swap(izh_net *a, izh_net *b);

/* The state as bytes. izh_net_write gives them to `put` piece by piece; izh_net_read takes them from `get`,
 * `size` bytes in all. The bytes are not trusted: IZH_FORMAT when they are not the state of a network,
 * IZH_SIZE when it needs more memory than is free. IZH_MEMORY; IZH_IO from put, get or a recording in a file.
 * The new network uses the given number of threads. The caller owns it and destroys it.
 *
 * The bytes do not depend on how many threads and ranks there are. If the network is cut among ranks, all of
 * them write together, and each gives all bytes; put must not fail on one of them alone. When it is read, a
 * rank keeps its share. */
izh_status izh_net_write(const izh_net *net, izh_transfer *put, void *context, izh_err *err);
izh_status izh_net_read(izh_transfer *get, void *context, uint64_t size, int threads, izh_net **net,
                        izh_err *err);
/* How many bytes izh_net_write gives. IZH_MEMORY. */
izh_status izh_net_length(const izh_net *net, uint64_t *size, izh_err *err);

/* The memory that a copy takes, in bytes. */
double izh_net_bytes(const izh_net *net);
/* The memory that it takes with the synapses of all ranks. They meet. */
izh_status izh_net_bytes_all(const izh_net *net, double *bytes, izh_err *err);

#endif
