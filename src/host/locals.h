/* The local variables of a script, as the prompt after it sees them. */
#ifndef IZH_HOST_LOCALS_H
#define IZH_HOST_LOCALS_H

#include <lua.h>

/* Keeps what the local variables of the chunk at index, which is called next, are when it returns. Lua then
 * calls a hook at each return of a function, so this is for scripts that a prompt follows. */
void host_locals_watch(lua_State *L, int chunk);

/* The same as they are now, for a chunk that is to be stopped. */
void host_locals_stopped(lua_State *L);

/* Pushes the table of the variables that the prompt has: the locals that were kept, and the globals behind
 * them. */
void host_locals_push(lua_State *L);

#endif
