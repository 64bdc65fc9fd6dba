/* Spikes from elsewhere. */
#ifndef IZH_BIND_SPIKES_SPIKES_NEW_H
#define IZH_BIND_SPIKES_SPIKES_NEW_H

#include <lua.h>

int bind_spikes_new(lua_State *L); /* izh.spikes */

#endif
