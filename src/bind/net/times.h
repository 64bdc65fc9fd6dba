/* How long a run takes, and the functions of a script that it calls. */
#ifndef IZH_BIND_NET_TIMES_H
#define IZH_BIND_NET_TIMES_H

#include <lua.h>
#include <stdint.h>

#include "bind/net/network.h"

enum { BIND_TIMED = 16 }; /* calls of which one is timed */
/* A run begins, ends. */
void bind_times_begin(bind_network *owner);
void bind_times_end(bind_network *owner);
/* lua_call of a function of the script in a run, which stands for so many. */
void bind_times_call(lua_State *L, bind_network *owner, izh_sampler *sampler, uint64_t weight, int arguments,
                     int results);
/* The time in functions of the script so far, in ns. */
double bind_times_called(const bind_network *owner);

#endif
