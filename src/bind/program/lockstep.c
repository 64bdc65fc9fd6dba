#include "bind/program/lockstep.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <string.h>

#include "base/ranks.h"
#include "bind/lua/errors.h"
#include "bind/net/network.h"
#include "bind/net/population.h"
#include "bind/net/projection.h"
#include "bind/net/recording.h"
#include "bind/net/stimulus.h"

/* --- what a call is --- */

static uint64_t hash_value(lua_State *L, int index, uint64_t hash) {
  int type = lua_type(L, index);
  hash = izh_ranks_hash(hash, &type, sizeof type);
  if (type == LUA_TNUMBER) {
    lua_Number number = lua_tonumber(L, index);
    hash = izh_ranks_hash(hash, &number, sizeof number);
  } else if (type == LUA_TSTRING) {
    size_t size;
    const char *text = lua_tolstring(L, index, &size);
    hash = izh_ranks_hash(hash, text, size);
  } else if (type == LUA_TBOOLEAN) {
    int truth = lua_toboolean(L, index);
    hash = izh_ranks_hash(hash, &truth, sizeof truth);
  }
  return hash;
}

/* The order of the items has no meaning: their hashes are added. */
static uint64_t hash_table(lua_State *L, int index) {
  uint64_t sum = 0;
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) sum += hash_value(L, -1, hash_value(L, -2, 2));
  return sum;
}

static uint64_t hash_arguments(lua_State *L, uint64_t hash) {
  for (int i = 1; i <= lua_gettop(L); i++) {
    hash = hash_value(L, i, hash);
    if (lua_type(L, i) != LUA_TTABLE) continue;
    uint64_t of = hash_table(L, i);
    hash = izh_ranks_hash(hash, &of, sizeof of);
  }
  return hash;
}

/* --- the call --- */

/* Upvalues: the function, in a box; its name. */
static int call(lua_State *L) {
  const lua_CFunction *function = lua_touserdata(L, lua_upvalueindex(1));
  bool cleanup = lua_gc(L, LUA_GCISRUNNING) < 0; /* in a finalizer, which runs when it likes */
  if (izh_ranks_size() == 1 || cleanup) return (*function)(L);
  luaL_checkstack(L, 8, NULL);
  uint64_t hash = hash_arguments(L, 1);
  const char *place = bind_place(L);
  const char *doing = lua_pushfstring(L, "%s%s", place, lua_tostring(L, lua_upvalueindex(2)));
  izh_ranks_doing(doing);
  hash = izh_ranks_hash_text(hash, doing);
  lua_pop(L, 2);
  izh_err err;
  bind_check(L, izh_ranks_meet(hash, IZH_OK, &err), &err);
  return (*function)(L);
}

/* Puts another function in the place of the one on top of the stack, if that is one in C without upvalues. */
static void wrap(lua_State *L, lua_CFunction with, const char *name) {
  lua_CFunction function = lua_tocfunction(L, -1);
  if (!function || lua_getupvalue(L, -1, 1)) {
    if (function) lua_pop(L, 1);
    return;
  }
  lua_CFunction *box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = function;
  lua_pushstring(L, name);
  lua_pushcclosure(L, with, 2);
  bind_name(L, name);
  lua_replace(L, -2);
}

/* The methods of a type. Fields of a table may be assigned while it is walked through. */
static void wrap_methods(lua_State *L, const char *type) {
  luaL_getmetatable(L, type);
  lua_getfield(L, -1, "methods");
  for (lua_pushnil(L); lua_next(L, -2);) {
    wrap(L, call, lua_tostring(L, -2));
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, -4);
  }
  lua_pop(L, 2);
}

void bind_lockstep(lua_State *L) {
  const char *const types[] = {BIND_NETWORK, BIND_POPULATION, BIND_PROJECTION, BIND_STIMULUS, BIND_RECORDING};
  static const char *const functions[] = {"network", "load", "read", "write_table", "profile"};
  if (izh_ranks_size() == 1) return;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) wrap_methods(L, types[i]);
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    lua_getfield(L, -1, functions[i]);
    wrap(L, call, strcmp(functions[i], "write_table") == 0 ? "write" : functions[i]);
    lua_setfield(L, -2, functions[i]);
  }
}
