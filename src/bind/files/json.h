/* Values of scripts as JSON. */
#ifndef IZH_BIND_FILES_JSON_H
#define IZH_BIND_FILES_JSON_H

#include <lua.h>

/* Pushes the value in a file: an object as a table, a list of numbers as a vector (null is NaN there),
 * another list as a list (null is false). Raises what is wrong, with its line. Returns 1. */
int bind_json_read(lua_State *L, const char *path);
/* Writes the value at index, whole or not at all; names in alphabetical order, NaN as null. Raises what
 * cannot be written: functions, infinity, a table in itself. */
void bind_json_write(lua_State *L, int index, const char *path);

#endif
