#include "host/report.h"

#include <errno.h>
#include <lauxlib.h>
#include <string.h>
#include <unistd.h>

static int out = -1;

void host_report_to(int pipe) {
  out = pipe;
}

bool host_report_wanted(void) {
  return out >= 0;
}

/* A failed write is ignored: nobody reads any more. */
static void report(host_report_kind kind, const char *path) {
  char bytes[sizeof(host_report_head) + HOST_REPORT_PATH_MAX];
  size_t length = strlen(path);
  if (length > HOST_REPORT_PATH_MAX) return;
  host_report_head head = {.kind = kind, .length = (uint32_t)length};
  if (kind == HOST_REPORT_LOADED) head.stamp = izh_stamp_of(path);
  memcpy(bytes, &head, sizeof head);
  memcpy(bytes + sizeof head, path, length);
  while (write(out, bytes, sizeof head + length) < 0 && errno == EINTR) continue;
}

void host_report_saved(const char *path) {
  report(HOST_REPORT_SAVED, path);
}

void host_report_loaded(const char *path) {
  report(HOST_REPORT_LOADED, path);
}

/* The files that `require name` looks for, up to the one it finds. */
static void report_candidates(lua_State *L, const char *name) {
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_getfield(L, -1, "package");
  lua_getfield(L, -1, "path");
  const char *path = lua_tostring(L, -1), *slashed = luaL_gsub(L, name, ".", LUA_DIRSEP);
  while (path && *path) {
    size_t length = strcspn(path, LUA_PATH_SEP);
    lua_pushlstring(L, path, length);
    const char *file = luaL_gsub(L, lua_tostring(L, -1), LUA_PATH_MARK, slashed);
    report(HOST_REPORT_LOADED, file);
    bool found = access(file, R_OK) == 0;
    lua_pop(L, 2);
    if (found) break;
    path += length + (path[length] != '\0');
  }
}

/* Replaces the searcher of Lua files, its upvalue. */
static int search(lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  report_candidates(L, name);
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, 1, LUA_MULTRET);
  return lua_gettop(L);
}

void host_report_open(lua_State *L) {
  enum { LUA_SEARCHER = 2 };
  if (!host_report_wanted()) return;
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "searchers");
  lua_rawgeti(L, -1, LUA_SEARCHER);
  lua_pushcclosure(L, search, 1);
  lua_rawseti(L, -2, LUA_SEARCHER);
  lua_pop(L, 2);
}
