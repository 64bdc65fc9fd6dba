#include "host/load.h"

#include <string.h>
#include <unistd.h>

#include "bind/bind.h"
#include "host/report.h"

/* Pushes the path of a file in the folder; the name itself when there is none, or the name is a whole path.
 */
static const char *push_path(lua_State *L, const char *folder, const char *name) {
  if (name[0] == '/' || strcmp(folder, ".") == 0) return lua_pushstring(L, name);
  const char *path = lua_pushfstring(L, "%s/%s", folder, name);
  return access(path, R_OK) == 0 ? path : lua_pushstring(L, name);
}

/* Replaces loadfile or dofile, its first upvalue; the second is the folder. It calls that function from C, so
 * that error messages do not change. */
static int load_file(lua_State *L) {
  if (lua_type(L, 1) == LUA_TSTRING) {
    const char *path = push_path(L, lua_tostring(L, lua_upvalueindex(2)), lua_tostring(L, 1));
    if (host_report_wanted()) host_report_loaded(path);
    izh_bind_used(L, path, NULL);
    lua_replace(L, 1);
  }
  return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void host_load_open(lua_State *L, const char *folder) {
  static const char *const names[] = {"loadfile", "dofile"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    lua_getglobal(L, names[i]);
    lua_pushstring(L, folder);
    lua_pushcclosure(L, load_file, 2);
    lua_setglobal(L, names[i]);
  }
}
