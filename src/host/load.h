/* Where dofile and loadfile look. */
#ifndef IZH_HOST_LOAD_H
#define IZH_HOST_LOAD_H

#include <lua.h>

/* Lets dofile and loadfile look in the folder first, as require does; and tells --watch what they load. */
void host_load_open(lua_State *L, const char *folder);

#endif
