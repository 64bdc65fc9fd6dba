/* Calls of a script's functions at times of the network: net:at and net:every. */
#ifndef IZH_BIND_NET_SCHEDULE_H
#define IZH_BIND_NET_SCHEDULE_H

#include <lua.h>

#include "bind/net/network.h"

/* Makes the calls that are due. The network is at stack index 1. A call may schedule others, which are made
 * too if they are due. */
void bind_call_due(lua_State *L, bind_network *owner);

#endif
