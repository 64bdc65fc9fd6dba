/* Errors that a script sees, and the names of functions in them.
 *
 * Every function that Lua calls has the same shape: check all arguments, make the empty userdata, call the
 * core, then raise or return. Memory held across a call that may raise belongs to Lua (a userdata), so that
 * nothing leaks.
 */
#ifndef IZH_BIND_LUA_ERRORS_H
#define IZH_BIND_LUA_ERRORS_H

#include <lauxlib.h>
#include <lua.h>

#include "base/status.h"

/* An error begins with the name of the C function that runs: Lua says which one that is, and the registry
 * keeps the names. A function without one is called from our own files in Lua, with the name as its first
 * argument. */

/* The function on top of the stack is called so in messages. */
void bind_name(lua_State *L, const char *name);
/* Adds functions to the table on top of the stack; in messages each has its own name, or this one. */
void bind_functions(lua_State *L, const luaL_Reg *functions, const char *name);

/* Pushes "file:line: " of the script's innermost line; "" when there is none. */
const char *bind_place(lua_State *L);
/* Raises "file:line: name: message": the script's line that called us, and the name of the running function.
 * Does not return. */
_Noreturn void bind_raise(lua_State *L, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same with another name. */
_Noreturn void bind_raise_as(lua_State *L, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Raises what the core said, unless status is IZH_OK. */
void bind_check(lua_State *L, izh_status status, const izh_err *err);
/* Pushes a text made as by printf, of at most IZH_ERR_MESSAGE_SIZE bytes: unlike lua_pushfstring it writes 3
 * ms, not 3.0 ms. */
const char *bind_text(lua_State *L, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* How a value is shown in an error: `3`, `"six"`, `a table`, `nothing`, `population "E": …`. Pushes the text.
 */
const char *bind_shown(lua_State *L, int index);
/* Raises `function: what must be allowed (got …)`. */
_Noreturn void bind_wrong(lua_State *L, const char *what, const char *allowed, int index);
/* Raises what a function of izh says that was called with a colon. */
_Noreturn void bind_dot(lua_State *L);
/* Raises what a method says when the value at index is not of its type: mostly a dot in place of a colon. */
_Noreturn void bind_no_self(lua_State *L, const char *type, const char *example, int index);
/* Raises `function: unknown what "word" (did you mean …?)`. */
_Noreturn void bind_unknown(lua_State *L, const char *what, const char *word, const char *const *known);
_Noreturn void bind_unknown_as(lua_State *L, const char *name, const char *what, const char *word,
                               const char *const *known);

/* The string keys of the table at index, and more (ended by NULL; may be NULL), in alphabetical order,
 * ended by NULL, in a block pushed on the stack. */
const char *const *bind_keys(lua_State *L, int index, const char *const *more);

#endif
