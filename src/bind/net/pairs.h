/* Pairs of neurons, by id, that are connected. */
#ifndef IZH_BIND_NET_PAIRS_H
#define IZH_BIND_NET_PAIRS_H

#include <lua.h>

#include "core/net/net.h"
#include "core/synapse/projection.h"

/* Reads the option pairs at index into a rule; what it reads stays on the stack. */
typedef struct bind_pairs {
  const double *weight, *delay; /* [n] that came with them, or NULL */
} bind_pairs;
bind_pairs bind_read_pairs(lua_State *L, int index, const izh_net *net, izh_rule *rule);

#endif
