/* The Lua state that a script runs in. */
#ifndef IZH_HOST_STATE_H
#define IZH_HOST_STATE_H

#include <lua.h>

#include "bind/bind.h"
#include "host/options.h"

/* Makes the state: libraries, bindings, arg, package.path, a seeded math.random. NULL, with a message on
 * stderr, when it cannot be made. *host must outlive it. */
lua_State *host_state_new(const host_options *options, const izh_host *host);

/* Pushes the folder of the script, "." when there is none. */
const char *host_push_folder(lua_State *L, const host_options *options);

/* This process is a worker from now on (bind.h): os.exit is an error in it. */
void host_state_forked(void);

/* Closes the state, then the standard output, and opens figures in the viewer (viewer.h). Returns the exit
 * status of the program, which is `status` unless something that was printed got lost, or the user stopped
 * the cleanup of the script. */
int host_state_close(lua_State *L, int status);

#endif
