/* Random streams: each use of randomness in a network has a stream of its own. */
#ifndef IZH_CORE_STREAM_H
#define IZH_CORE_STREAM_H

#include "core/net/net.h"
#include "core/random/philox.h"

/* The stream of a use of randomness, such as ("projection", "excitation", "weight"): a hash of the three
 * strings, made unique in the network. It depends only on them, so adding an object does not change the
 * random numbers of the others. (If two uses have the same hash, the later one gets the next free stream.)
 * IZH_MEMORY. */
izh_status izh_net_stream(izh_net *net, const char *kind, const char *name, const char *use, izh_key *key,
                          izh_err *err);

/* The same for a use that differs from trial to trial: each trial has another key (izh_net_reseed). In trial
 * 0 it is the key above. */
izh_status izh_net_trial_stream(izh_net *net, const char *kind, const char *name, const char *use,
                                izh_key *key, izh_err *err);

#endif
