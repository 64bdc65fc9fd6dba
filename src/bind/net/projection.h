/* Projections. */
#ifndef IZH_BIND_NET_PROJECTION_H
#define IZH_BIND_NET_PROJECTION_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

#include "bind/net/list.h"
#include "bind/net/network.h"

extern const char BIND_PROJECTION[];

bind_push_handle bind_projection_push;
/* Is the value at index a projection; its number, when it belongs to owner, else it raises. */
bool bind_projection_at(lua_State *L, const char *what, int index, const bind_network *owner,
                        uint32_t *projection);

#endif
