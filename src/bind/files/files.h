/* Files of numbers, spikes and edges. */
#ifndef IZH_BIND_FILES_FILES_H
#define IZH_BIND_FILES_FILES_H

#include <lua.h>
#include <stdbool.h>

#include "formats/columns.h"
#include "formats/format.h"

/* The file whose path is at index: its ending must be one of a format that reads, or writes, some content. */
izh_file bind_file(lua_State *L, int index, izh_content content, bool write);
/* Reads the file whose path is at index; what it holds is on the stack, and freed by Lua. Of arrays that the
 * mapping (NULL: all) does not ask for but the shape may be known. */
izh_table *bind_load(lua_State *L, int index, izh_content content, const izh_mapping *mapping);
/* A table that is empty, on the stack, and freed by Lua. */
izh_table *bind_table_push(lua_State *L);
/* The metatable, without members, of lists of columns that izh.read made. */
extern const char BIND_COLUMNS[];
/* Is the value at index a list of columns that izh.read made of an array of two dimensions. */
bool bind_is_columns(lua_State *L, int index);

#endif
