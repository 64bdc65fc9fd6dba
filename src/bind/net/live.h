/* What a run shows on the terminal while it goes on. */
#ifndef IZH_BIND_NET_LIVE_H
#define IZH_BIND_NET_LIVE_H

#include <lua.h>
#include <stdint.h>

#include "bind/net/network.h"

/* A run begins that shows itself when asked (the option show), or when all do (--live). */
void bind_live_begin(bind_network *owner, bool asked);
/* Now and then in the run, which goes from a step to another: shows the network at stack index 1, if it is
 * time for that. */
void bind_live(lua_State *L, bind_network *owner, int64_t begin, int64_t end);
/* The run is over. */
void bind_live_end(bind_network *owner);

#endif
