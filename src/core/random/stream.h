/* Random streams: each use of randomness in a network has its own. */
#ifndef IZH_CORE_STREAM_H
#define IZH_CORE_STREAM_H

#include "core/net/net.h"
#include "core/random/philox.h"

/* The stream of a use of randomness, such as ("projection", "excitation", "weight"): a hash of the words,
 * made unique in the network. It depends on the name alone (but for two names with one hash, of which the
 * later gets the next stream), so that adding a thing does not change the random numbers of the others.
 * IZH_MEMORY. */
izh_status izh_net_stream(izh_net *net, const char *kind, const char *name, const char *use, izh_key *key,
                          izh_err *err);

#endif
