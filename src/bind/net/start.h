/* The start of a network, which it keeps for explanations. */
#ifndef IZH_BIND_NET_START_H
#define IZH_BIND_NET_START_H

#include <lua.h>

#include "bind/net/network.h"

/* Before the network at index 1 runs: keeps a snapshot of its start, unless it has one. */
void bind_keep_start(lua_State *L, bind_network *owner);
/* The bytes that the start which the network at index keeps takes; 0 when it keeps none. */
double bind_start_bytes(lua_State *L, int index);

#endif
