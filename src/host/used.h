/* Notes the files that a script loads, reads and writes by itself, so that its figures carry what it needs
 * (bind.h). */
#ifndef IZH_HOST_USED_H
#define IZH_HOST_USED_H

#include <lua.h>

/* Puts functions that note a file and do what was done before in the place of the searcher of require and of
 * those that open and rename files. Without a sandbox, which has functions of its own that note them. */
void host_used_open(lua_State *L);

/* Notes a file that is opened with a mode of io.open. */
void host_used_note(lua_State *L, const char *path, const char *mode);

#endif
