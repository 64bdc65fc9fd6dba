/* Times of spikes that a script gives. */
#ifndef IZH_BIND_NET_SPIKE_TIMES_H
#define IZH_BIND_NET_SPIKE_TIMES_H

#include <lua.h>

#include "core/stimulus/spike_times.h"

/* The times at index: one array for all neurons, a list of one for each, or spikes; name: of the option.
 * Pushes two values that keep them alive: where trains begin, or nil; and the times. */
izh_spike_times bind_spike_times(lua_State *L, const char *name, int index);

#endif
