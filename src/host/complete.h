/* Which names may stand where the user is typing one. */
#ifndef IZH_HOST_COMPLETE_H
#define IZH_HOST_COMPLETE_H

#include <lua.h>
#include <stddef.h>

/* Names in order, each once. The first `typed` bytes of each are already typed. */
typedef struct host_names {
  char **items;
  size_t count, capacity;
  size_t typed;
} host_names;

/* Finds the names that can complete the end of the text: globals, or fields and methods after a dot or a
 * colon. It looks only into tables and __index tables, and into our own types, so no code of a script runs.
 * *names is the caller's to free. */
void host_complete(lua_State *L, const char *text, size_t length, host_names *names);
void host_names_free(host_names *names);

#endif
