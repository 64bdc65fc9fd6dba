/* The state of a network as a whole. */
#ifndef IZH_BIND_NET_STATE_H
#define IZH_BIND_NET_STATE_H

#include <lua.h>

extern const char BIND_SNAPSHOT[];

int bind_network_snapshot(lua_State *L); /* the method */

#endif
