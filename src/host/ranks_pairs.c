/* pairs in one order on all ranks. Lua mixes addresses and the clock into the hashes of strings, so that the
 * order of pairs differs from process to process: a script that makes populations in this order would not do
 * the same on all ranks. Here numbers come first, then strings, each in order, then what has no order. */
#include <lauxlib.h>
#include <stdbool.h>

#include "base/ranks.h"
#include "host/ranks.h"

/* For table.sort: does the first key come before the second. */
static int before(lua_State *L) {
  bool numbers[2] = {lua_type(L, 1) == LUA_TNUMBER, lua_type(L, 2) == LUA_TNUMBER};
  lua_pushboolean(L, numbers[0] != numbers[1] ? numbers[0] : lua_compare(L, 1, 2, LUA_OPLT));
  return 1;
}

/* Pushes the keys of the table at 1 as a list. Upvalue 2: table.sort. */
static void push_keys(lua_State *L) {
  int ordered = lua_gettop(L) + 1;
  lua_newtable(L);
  lua_newtable(L); /* the others */
  for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
    bool has_order = lua_type(L, -2) == LUA_TNUMBER || lua_type(L, -2) == LUA_TSTRING;
    int list = has_order ? ordered : ordered + 1;
    lua_pushvalue(L, -2);
    lua_rawseti(L, list, (lua_Integer)lua_rawlen(L, list) + 1);
  }
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_pushvalue(L, ordered);
  lua_pushcfunction(L, before);
  lua_call(L, 2, 0);
  lua_Integer n = (lua_Integer)lua_rawlen(L, ordered);
  for (lua_Integer k = 1; lua_rawgeti(L, ordered + 1, k) != LUA_TNIL; k++) lua_rawseti(L, ordered, n + k);
  lua_settop(L, ordered);
}

/* The iterator. Upvalues: the keys, how many have been given. A key whose value is gone is left out. */
static int next_pair(lua_State *L) {
  lua_Integer k = lua_tointeger(L, lua_upvalueindex(2));
  lua_settop(L, 1);
  while (lua_rawgeti(L, lua_upvalueindex(1), ++k) != LUA_TNIL) {
    lua_pushvalue(L, -1);
    if (lua_rawget(L, 1) == LUA_TNIL) {
      lua_settop(L, 1);
      continue;
    }
    lua_pushinteger(L, k);
    lua_replace(L, lua_upvalueindex(2));
    return 2;
  }
  return 1; /* nil */
}

/* Upvalues: Lua's pairs, table.sort. */
static int pairs(lua_State *L) {
  luaL_checkany(L, 1);
  bool plain = lua_type(L, 1) == LUA_TTABLE && luaL_getmetafield(L, 1, "__pairs") == LUA_TNIL;
  if (plain) lua_settop(L, 1);
  if (!plain || izh_ranks_size() == 1) {
    lua_settop(L, 1);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
  }
  push_keys(L);
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, next_pair, 2);
  lua_pushvalue(L, 1);
  return 2;
}

void host_ranks_pairs(lua_State *L) {
  lua_getglobal(L, "pairs");
  lua_getglobal(L, "table");
  lua_getfield(L, -1, "sort");
  lua_remove(L, -2);
  lua_pushcclosure(L, pairs, 2);
  lua_setglobal(L, "pairs");
}
