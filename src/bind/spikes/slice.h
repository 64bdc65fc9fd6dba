/* Some of given spikes. */
#ifndef IZH_BIND_SPIKES_SLICE_H
#define IZH_BIND_SPIKES_SLICE_H

#include <lua.h>

/* Pushes those of the spikes at index that the options from, to and of in the table at `options` choose. */
void bind_spikes_part(lua_State *L, int spikes, int options);

#endif
