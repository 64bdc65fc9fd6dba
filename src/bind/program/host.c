/* What the files of bind ask the program, and tell it. */
#include "bind/program/host.h"

#include <string.h>

#include "core/net/net.h"

/* In the registry. */
static const char HOST[] = "izhlua.host", BESIDE[] = "izhlua.beside";

void bind_set_host(lua_State *L, const izh_host *host) {
  lua_pushlightuserdata(L, (void *)host);
  lua_setfield(L, LUA_REGISTRYINDEX, HOST);
}

const izh_host *bind_host(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, HOST);
  const izh_host *host = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return host;
}

void bind_hear(lua_State *L, const izh_host *host, bool ours) {
  if (host->hear) host->hear(L, ours);
}

void bind_saved(lua_State *L, const char *path) {
  const izh_host *host = bind_host(L);
  izh_bind_written(L, path);
  if (host->saved) host->saved(path);
}

/* Pushes a path without its last three parts. */
static const char *push_prefix(lua_State *L, const char *path) {
  size_t length = strlen(path);
  for (int part = 0; part < 3; part++)
    while (length > 0 && path[--length] != '/') {}
  return lua_pushlstring(L, path, length);
}

const char *bind_modules(lua_State *L) {
  /* lib/izhlua beside share/izhlua/lua; by its name, since that may be a link in a build folder */
  lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.lua_dir");
  const char *path = lua_pushfstring(L, "%s/lib/izhlua", push_prefix(L, lua_tostring(L, -1)));
  lua_replace(L, -3);
  lua_pop(L, 1);
  return path;
}

void bind_run_beside_others(lua_State *L) {
  lua_pushboolean(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, BESIDE);
}

int bind_default_threads(lua_State *L) {
  const izh_host *host = bind_host(L);
  bool beside = lua_getfield(L, LUA_REGISTRYINDEX, BESIDE) == LUA_TBOOLEAN;
  lua_pop(L, 1);
  return beside ? 1 : host->threads > 0 ? host->threads : izh_net_def_default().threads;
}
