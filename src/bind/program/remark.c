#include "bind/program/remark.h"

#include <lauxlib.h>
#include <stdbool.h>

#include "bind/lua/errors.h"
#include "bind/open.h"
#include "bind/program/host.h"

static const char CAME[] = "izhlua.came"; /* in the registry: the set of what has come to something */

/* Pushes the set and "place: function". */
static const char *push_about(lua_State *L, const char *place, const char *function) {
  luaL_checkstack(L, 8, NULL);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, CAME);
  return lua_pushfstring(L, "%s%s", place, function);
}

void bind_remark(lua_State *L, const char *place, const char *function, const char *text) {
  const izh_host *host = bind_host(L);
  if (!host->remark || !place) return;
  const char *about = push_about(L, place, function);
  if (lua_getfield(L, -2, about) == LUA_TNIL) host->remark(about, text);
  lua_pop(L, 3);
}

void bind_came(lua_State *L, const char *place, const char *function) {
  const izh_host *host = bind_host(L);
  if (!host->remark || !place) return;
  const char *about = push_about(L, place, function);
  if (lua_getfield(L, -2, about) == LUA_TNIL) {
    host->remark(about, NULL);
    lua_pushboolean(L, true);
    lua_setfield(L, -4, about);
  }
  lua_pop(L, 3);
}

/* core.place() */
static int place(lua_State *L) {
  bind_place(L);
  return 1;
}

/* core.remark(place, function, text): see remark.h; place may be nil. */
static int remark(lua_State *L) {
  bind_remark(L, luaL_optstring(L, 1, NULL), luaL_checkstring(L, 2), luaL_checkstring(L, 3));
  return 0;
}

/* core.came(place, function) */
static int came(lua_State *L) {
  bind_came(L, luaL_optstring(L, 1, NULL), luaL_checkstring(L, 2));
  return 0;
}

void bind_open_remarks(lua_State *L) {
  static const luaL_Reg functions[] = {{"place", place}, {"remark", remark}, {"came", came}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
