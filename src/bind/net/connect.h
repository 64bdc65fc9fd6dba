/* net:connect, and what it shares with other functions that are given weights or a synapse. */
#ifndef IZH_BIND_NET_CONNECT_H
#define IZH_BIND_NET_CONNECT_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/synapse/kernel.h"
#include "core/synapse/projection.h"

/* The options synapse, width and tau of the table at index. */
izh_kernel bind_kernel(lua_State *L, int index);
/* The value at index: a number ≥ least, a distribution, an array of n numbers where there may be one, or a
 * function of pre and post. What a function gives is not known yet: given is NULL then. */
izh_values bind_synapse_values(lua_State *L, const char *key, int index, bool array, uint64_t n,
                               double least);
/* Calls the script's function at index for a pair of neurons, and pushes what it returns. */
void bind_call_for_pair(lua_State *L, int index, uint32_t pre, uint32_t post);

#endif
