/* coroutine.resume and coroutine.wrap that tell interrupt.h which thread runs. */
#ifndef IZH_HOST_COROUTINE_H
#define IZH_HOST_COROUTINE_H

#include <lua.h>

/* Puts them into the coroutine library, in the place of Lua's own. May raise a Lua error. */
void host_coroutine_open(lua_State *L);

#endif
