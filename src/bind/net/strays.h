/* What there is to say of neurons that went where their scheme is not stable (core/neuron/stray.h). */
#ifndef IZH_BIND_NET_STRAYS_H
#define IZH_BIND_NET_STRAYS_H

#include <lua.h>

#include "bind/net/network.h"

/* Counts those of the run that has just ended, for what the program says at its end. */
void bind_strays_end(lua_State *L, bind_network *owner);

#endif
