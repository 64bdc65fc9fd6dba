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
#include "bind/program/lockstep.h"
#include "bind/program/seed.h"
#include "core/net/net.h"

/* In the registry: the global variables of our own files; what these have required; their `require`. */
static const char GLOBALS[] = "izhlua.globals", OWN[] = "izhlua.own", REQUIRE[] = "izhlua.require";

/* Pushes a copy of the table at index but for its userdata, the standard streams of io, which a script may
 * put others in the place of; behind the copy is the table. */
static void push_copy(lua_State *L, int index) {
  index = lua_absindex(L, index);
  lua_newtable(L);
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
    if (lua_isuserdata(L, -1)) continue;
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, -5);
  }
  lua_createtable(L, 0, 1);
  lua_pushvalue(L, index);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
}

/* Methods of strings are found in a copy of the library first, so that ours, s:find(…), are what they were;
 * what a script adds to `string` is found behind it. */
static void keep_methods(lua_State *L) {
  lua_pushliteral(L, "");
  if (lua_getmetatable(L, -1)) {
    if (lua_getfield(L, -1, "__index") == LUA_TTABLE) {
      push_copy(L, -1);
      lua_setfield(L, -3, "__index");
    }
    lua_pop(L, 2);
  }
  lua_pop(L, 1);
}

/* Keeps a copy of the global variables, and of the libraries that they hold, for our own files: what a script
 * does to its own, such as io = nil, type = "RS" or table.sort = nil, is nothing to them. Their _G is the
 * script's; their `require` knows our files only. */
static void keep_globals(lua_State *L) {
  static const char *const libraries[] = {"coroutine", "debug",  "io",    "math",
                                          "os",        "string", "table", "utf8"};
  lua_newtable(L);
  lua_pushglobaltable(L);
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, -6);
  }
  lua_pop(L, 1);
  for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
    if (lua_getfield(L, -1, libraries[i]) == LUA_TTABLE) {
      push_copy(L, -1);
      lua_setfield(L, -3, libraries[i]);
    }
    lua_pop(L, 1);
  }
  lua_getfield(L, LUA_REGISTRYINDEX, REQUIRE);
  lua_setfield(L, -2, "require");
  lua_createtable(L, 0, 1);
  lua_getfield(L, LUA_REGISTRYINDEX, OWN);
  lua_setfield(L, -2, "loaded");
  lua_setfield(L, -2, "package");
  lua_setfield(L, LUA_REGISTRYINDEX, GLOBALS);
  keep_methods(L);
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
  bind_lockstep(L);
  lua_pushcfunction(L, own_files);
  lua_setfield(L, -2, "own_files");
  lua_pushstring(L, IZHLUA_VERSION);
  lua_setfield(L, -2, "version");
  return 1;
}

/* Pushes what is in a file of ours as a function, and its path, or says why there is none. */
static int load_own(lua_State *L, const char *path) {
  int status = luaL_loadfile(L, path);
  if (status != LUA_OK) return status;
  lua_getfield(L, LUA_REGISTRYINDEX, GLOBALS);
  lua_setupvalue(L, -2, 1); /* the first of a file is _ENV */
  lua_pushstring(L, path);
  return LUA_OK;
}

/* Pushes what the file of ours with a name gives: of izhlua.a.b it is izhlua/a/b.lua or izhlua/a/b/init.lua
 * in our folder. */
static void push_own(lua_State *L, const char *name) {
  static const char *const ends[] = {".lua", "/init.lua"};
  const char *stem = lua_pushfstring(L, "%s/%s", bind_host(L)->lua_dir, luaL_gsub(L, name, ".", "/"));
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    int status = load_own(L, lua_pushfstring(L, "%s%s", stem, ends[i]));
    if (status != LUA_OK && status != LUA_ERRFILE) lua_error(L);
    if (status != LUA_OK) continue;
    lua_pushstring(L, name);
    lua_insert(L, -2);
    lua_call(L, 2, 1);
    return;
  }
  lua_error(L); /* why the last one is not there */
}

/* `require` as our own files have it: the part in C is izhlua.core, and checks its arguments less than a
 * script should be trusted. So what these files require is kept where scripts do not see it. */
static int require_own(lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  lua_settop(L, 1);
  lua_getfield(L, LUA_REGISTRYINDEX, OWN);
  if (lua_getfield(L, 2, name) != LUA_TNIL) return 1;
  if (strcmp(name, "izhlua.core") == 0)
    open_core(L);
  else
    push_own(L, name);
  lua_pushvalue(L, -1);
  lua_setfield(L, 2, name);
  return 1;
}

/* The searcher of `require` for scripts, which is asked before all others: izhlua is found whatever
 * package.path says, whatever a script is called, and whatever the script has in a folder izhlua of its own.
 */
static int search_own(lua_State *L) {
  if (strcmp(luaL_checkstring(L, 1), "izhlua") != 0) return 0;
  lua_getfield(L, LUA_REGISTRYINDEX, REQUIRE);
  return 1;
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
  lua_newtable(L);
  lua_setfield(L, LUA_REGISTRYINDEX, OWN);
  lua_pushcfunction(L, require_own);
  lua_setfield(L, LUA_REGISTRYINDEX, REQUIRE);
  keep_globals(L);
  izh_stop_ask(host->interrupted);
  add_searcher(L);
}
