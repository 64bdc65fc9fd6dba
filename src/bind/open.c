/* Making `require "izhlua"` work: the part in C is the module izhlua.core, which izhlua/init.lua completes.
 */
#include "bind/open.h"

#include <dirent.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "base/output.h"
#include "base/stop.h"
#include "bind/bind.h"
#include "bind/lua/errors.h"
#include "bind/program/host.h"
#include "bind/program/seed.h"
#include "core/net/net.h"

static const char GLOBALS[] = "izhlua.globals";

/* Keeps a copy of the global variables for our own files: what a script does to its own, such as io = nil or
 * type = "RS", is nothing to them. Their _G is the script's. */
static void keep_globals(lua_State *L) {
  lua_newtable(L);
  lua_pushglobaltable(L);
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, -6);
  }
  lua_pop(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, GLOBALS);
}

/* Copies the names of our own files in a folder, each with its NUL, without ".lua", as far as there is room
 * (NULL: none is wanted). Returns how many bytes they take. */
static size_t own_names(const char *folder, char *names, size_t room) {
  DIR *dir = opendir(folder);
  size_t bytes = 0;
  for (const struct dirent *entry; dir && (entry = readdir(dir));) {
    size_t length = strlen(entry->d_name);
    if (length < 5 || strcmp(entry->d_name + length - 4, ".lua") != 0) continue;
    length -= 3; /* the NUL counts */
    if (names && bytes + length > room) continue;
    if (names) snprintf(names + bytes, length, "%s", entry->d_name);
    bytes += length;
  }
  if (dir) closedir(dir);
  return bytes;
}

/* core.own_files(folder): the names of our own files in izhlua/folder, without ".lua", in no order. */
static int own_files(lua_State *L) {
  const char *folder = lua_pushfstring(L, "%s/izhlua/%s", bind_host(L)->lua_dir, luaL_checkstring(L, 1));
  size_t room = own_names(folder, NULL, 0);
  char *names = lua_newuserdatauv(L, room, 0); /* Lua's, since what follows may raise */
  size_t bytes = own_names(folder, names, room);
  lua_newtable(L);
  for (size_t at = 0; at < bytes; at += strlen(names + at) + 1) {
    lua_pushstring(L, names + at);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
  }
  return 1;
}

static int open_core(lua_State *L) {
  const izh_host *host = bind_host(L);
  izh_err err;
  if (host->isa && izh_isa_choose(host->isa, &err)) bind_raise_as(L, "IZHLUA_ISA", "%s", err.message);
  lua_newtable(L);
#define BIND_OPEN(name) bind_open_##name(L);
  BIND_OPENERS(BIND_OPEN)
#undef BIND_OPEN
  lua_pushcfunction(L, own_files);
  lua_setfield(L, -2, "own_files");
  lua_pushstring(L, IZHLUA_VERSION);
  lua_setfield(L, -2, "version");
  return 1;
}

/* Pushes what is in a file of ours as a function, or says why there is none. */
static int load_own(lua_State *L, const char *path) {
  int status = luaL_loadfile(L, path);
  if (status != LUA_OK) return status;
  lua_getfield(L, LUA_REGISTRYINDEX, GLOBALS);
  lua_setupvalue(L, -2, 1); /* the first of a file is _ENV */
  lua_pushstring(L, path);
  return LUA_OK;
}

/* The searcher of `require` for what is ours: izhlua.core, and of each name
 * izhlua.a.b the file izhlua/a/b.lua or izhlua/a/b/init.lua in our folder. It is asked before all others: a
 * file is found whatever package.path says, whatever a script is called, and whatever the script has in a
 * folder izhlua of its own. */
static int search_own(lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  if (strcmp(name, "izhlua") != 0 && strncmp(name, "izhlua.", 7) != 0) return 0;
  if (strcmp(name, "izhlua.core") == 0) {
    lua_pushcfunction(L, open_core);
    return 1;
  }
  static const char *const ends[] = {".lua", "/init.lua"};
  const char *stem = lua_pushfstring(L, "%s/%s", bind_host(L)->lua_dir, luaL_gsub(L, name, ".", "/"));
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    int status = load_own(L, lua_pushfstring(L, "%s%s", stem, ends[i]));
    if (status == LUA_OK) return 2;
    if (status != LUA_ERRFILE) return lua_error(L);
  }
  return 1; /* why the last one is not there */
}

/* Puts our searcher in front of the others. */
static void add_searcher(lua_State *L) {
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "searchers");
  for (lua_Integer i = luaL_len(L, -1); i > 0; i--) {
    lua_rawgeti(L, -1, i);
    lua_rawseti(L, -2, i + 1);
  }
  lua_pushcfunction(L, search_own);
  lua_rawseti(L, -2, 1);
  lua_pop(L, 2);
}

void izh_bind_open(lua_State *L, const izh_host *host) {
  bind_set_host(L, host);
  lua_pushstring(L, host->lua_dir);
  lua_setfield(L, LUA_REGISTRYINDEX, "izhlua.lua_dir");
  bind_watch_seed(L);
  keep_globals(L);
  izh_stop_ask(host->interrupted);
  add_searcher(L);
}
