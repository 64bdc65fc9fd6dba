/* What a script says of a file of others. */
#ifndef IZH_BIND_FILES_COLUMNS_H
#define IZH_BIND_FILES_COLUMNS_H

#include <lua.h>

#include "formats/columns.h"

/* What the options columns, unit, base and population in the table at index (0: none) say of the file at a
 * path; what they need stays on the stack. */
izh_mapping bind_mapping(lua_State *L, int index, const char *path);

#endif
