/* Checked reading of what a script gives. */
#ifndef IZH_BIND_LUA_ARGUMENTS_H
#define IZH_BIND_LUA_ARGUMENTS_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

/* The value at index as a finite number lo … hi; `what` names it in errors. Strings are not numbers here. */
double bind_number(lua_State *L, const char *what, int index, double lo, double hi);
int64_t bind_integer(lua_State *L, const char *what, int index, int64_t lo, int64_t hi);
/* A string that is not empty and has no NUL byte. */
const char *bind_string(lua_State *L, const char *what, int index);
/* The same for a name that a script gives: UTF-8 without control characters, since figures show it. */
const char *bind_label(lua_State *L, const char *what, int index);
bool bind_boolean(lua_State *L, const char *what, int index);
/* Position of the string at index in known (ended by NULL). */
int bind_word(lua_State *L, const char *what, int index, const char *const *known);
/* Raises unless the value at index is a plain table whose keys are all in known. Plain, since a metatable
 * could run anything while options are read, or hide from this check what it would then give. */
void bind_options(lua_State *L, int index, const char *const *known);
/* Pushes option[key] of the table at index; false (and nothing pushed) when it is nil, or index is 0. */
bool bind_option(lua_State *L, int index, const char *key);
/* An option that is a number, or its default. */
double bind_option_number(lua_State *L, int index, const char *key, double otherwise, double lo, double hi);
/* How many items the list at index has; raises unless it is a table with the keys 1 … n and no other. */
lua_Integer bind_list(lua_State *L, const char *what, int index);
/* Raises when there are more than `most` arguments. */
void bind_arguments(lua_State *L, int most);

#endif
