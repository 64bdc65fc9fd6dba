/* How an error came about. */
#ifndef IZH_HOST_TRACEBACK_H
#define IZH_HOST_TRACEBACK_H

#include <lua.h>

/* Replaces the message on the top by one with a traceback: the lines of the script, not those of C functions
 * and of the program's own files in the folder lua_dir, which IZHLUA_TRACE=1 in the environment shows as
 * well. */
void host_traceback(lua_State *L, const char *lua_dir);

#endif
