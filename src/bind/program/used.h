/* The files that a run has used: scripts that it loaded, data that it read. Figures carry them. */
#ifndef IZH_BIND_PROGRAM_USED_H
#define IZH_BIND_PROGRAM_USED_H

#include <lua.h>
#include <stddef.h>

/* izh_bind_used (bind.h) notes them. What a worker has noted, for its parent: pushes it as a string; notes
 * what is in such a string. */
void bind_used_pack(lua_State *L);
void bind_used_unpack(lua_State *L, const char *bytes, size_t size);

#endif
