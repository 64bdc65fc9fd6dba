/* Running Lua code for the user: files, statements, chunks; and saying what went wrong.
 *
 * These are called with no Lua function running, so that no frame of this program shows in a traceback. */
#ifndef IZH_HOST_SCRIPT_H
#define IZH_HOST_SCRIPT_H

#include <lua.h>

#include "host/options.h"

enum { HOST_EXIT_FAILURE = 1, HOST_EXIT_USAGE = 2 };

/* lua_dir, where this program's own Lua files are, must outlive all that follows. */
void host_script_open(const char *lua_dir);

/* Runs the script that the options name with its arguments; the standard input when they name none.
 * Returns an exit status; all three leave the stack empty and have reported what failed. */
int host_run_script(lua_State *L, const host_options *options);

/* Runs the text of one -e option. */
int host_run_statement(lua_State *L, const char *text);

/* Calls the function below its argument_count arguments, which are all there is on the stack. On success the
 * results are all there is on the stack. */
int host_call(lua_State *L, int argument_count);

/* Says on stderr what the status and the error object on the top of the stack mean; returns an exit status.
 */
int host_report(lua_State *L, int status);

#endif
