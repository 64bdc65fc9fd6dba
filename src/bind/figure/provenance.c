/* Where a figure comes from: the script as it was when it began, and how it was called. */
#include <lauxlib.h>
#include <stdio.h>
#include <sys/stat.h>

#include "bind/bind.h"
#include "bind/open.h"
#include "bind/program/host.h"

static const char SCRIPT[] = "izhlua.script"; /* in the registry: the bytes of the script, or nil */

enum { LONGEST_SCRIPT = 1 << 24 };

/* Keeps what the script is now, for the metadata of figures that it saves later. */
static void keep_script(lua_State *L) {
  const izh_host *host = bind_host(L);
  struct stat info;
  FILE *file = host->script && stat(host->script, &info) == 0 && S_ISREG(info.st_mode) &&
                       info.st_size <= LONGEST_SCRIPT
                   ? fopen(host->script, "rb")
                   : NULL;
  if (!file) return;
  luaL_Buffer bytes;
  char *room = luaL_buffinitsize(L, &bytes, (size_t)info.st_size);
  size_t size = fread(room, 1, (size_t)info.st_size, file);
  fclose(file);
  luaL_pushresultsize(&bytes, size);
  lua_setfield(L, LUA_REGISTRYINDEX, SCRIPT);
}

/* core.provenance(): { script =, bytes =, script_at =, arguments = { … } }. The arguments are those of the
 * program, with the script at script_at. It is nil, as script, when there is none but a prompt or a
 * statement; bytes, those of the script, are nil then, and when it cannot be read twice. */
static int provenance(lua_State *L) {
  const izh_host *host = bind_host(L);
  lua_newtable(L);
  lua_pushstring(L, host->script);
  lua_setfield(L, -2, "script");
  lua_getfield(L, LUA_REGISTRYINDEX, SCRIPT);
  lua_setfield(L, -2, "bytes");
  for (int i = 1; host->script && i < host->argc; i++) {
    if (host->argv[i] != host->script) continue;
    lua_pushinteger(L, i);
    lua_setfield(L, -2, "script_at");
  }
  lua_newtable(L);
  for (int i = 1; i < host->argc; i++) {
    lua_pushstring(L, host->argv[i]);
    lua_rawseti(L, -2, i);
  }
  lua_setfield(L, -2, "arguments");
  return 1;
}

void bind_open_provenance(lua_State *L) {
  keep_script(L);
  static const luaL_Reg functions[] = {{"provenance", provenance}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
