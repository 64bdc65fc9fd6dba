/* What is left of a network at its end that came to nothing: calls that were never due, recordings without
 * samples, stimuli that never began, projections without synapses or made too late, a run of no neurons. */
#ifndef IZH_BIND_NET_LEFTOVER_H
#define IZH_BIND_NET_LEFTOVER_H

#include <lua.h>

#include "bind/net/network.h"

/* Says (bind/program/remark.h) what there is of the network at index, which is about to be freed. */
void bind_leftovers(lua_State *L, int network);
/* A scheduled call is made for the first time; the table of functions is on top of the stack. */
void bind_event_came(lua_State *L, const bind_event *event);
/* `function` has made a thing of this name at the script's present line. */
void bind_made_at(lua_State *L, int network, const char *function, const char *name);
/* That thing cannot act before this time. */
void bind_begins_at(lua_State *L, int network, const char *function, const char *name, double ms);
/* The network was cloned, saved or kept as a snapshot: what it has so far may act there. */
void bind_copied(lua_State *L, int network);

#endif
