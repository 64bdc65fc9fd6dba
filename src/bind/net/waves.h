/* Currents that are functions of time. */
#ifndef IZH_BIND_NET_WAVES_H
#define IZH_BIND_NET_WAVES_H

#include <lua.h>
#include <stddef.h>
#include <stdint.h>

#include "bind/net/network.h"

/* The first wave of a stimulus at or after this one, n_waves when there is none; waves are in order of
 * stimulus. */
size_t bind_first_wave(const bind_network *owner, uint32_t stimulus);
/* Makes what the functions give the currents of the step that begins now; the network is at stack index 1. */
void bind_call_waves(lua_State *L, bind_network *owner);

#endif
