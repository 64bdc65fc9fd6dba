/* The inner layer of a sandbox: the environment that the script sees, and the limits that this program keeps
 * itself. Tests build a program without it, to see that the outer layer holds alone. */
#ifndef IZH_HOST_SANDBOX_INSIDE_H
#define IZH_HOST_SANDBOX_INSIDE_H

#include <lua.h>
#include <stdbool.h>

#include "host/options.h"

/* Files, limits and standard streams. The current folder is that of the sandbox. False: has said why. */
bool host_inside_begin(const host_options *options);

/* Leaves of Lua's libraries what is allowed, and what our own files in Lua need; before the bindings are
 * opened.
 */
void host_inside_open(lua_State *L, const host_options *options);
/* Leaves to the script what is allowed; after they are. */
void host_inside_close(lua_State *L);

#endif
