/* The seeds that a program and a script are given, and do not choose. */
#include "bind/program/seed.h"

#include "bind/bind.h"
#include "bind/program/host.h"

/* In the registry: what --seed moves all seeds by; math.randomseed as it was; has the script chosen. */
static const char SHIFT[] = "izhlua.seed_shift", RANDOMSEED[] = "izhlua.randomseed",
                  SEEDED[] = "izhlua.script_seeded";

uint32_t bind_shift_seed(lua_State *L, uint32_t seed) {
  const izh_host *host = bind_host(L);
  if (!host->has_seed) return seed;
  uint32_t shift = host->seed - seed;
  if (lua_getfield(L, LUA_REGISTRYINDEX, SHIFT) == LUA_TNUMBER) {
    shift = (uint32_t)lua_tointeger(L, -1);
  } else {
    lua_pushinteger(L, shift);
    lua_setfield(L, LUA_REGISTRYINDEX, SHIFT);
  }
  lua_pop(L, 1);
  return seed + shift;
}

void bind_seed_script(lua_State *L, uint32_t seed) {
  lua_getfield(L, LUA_REGISTRYINDEX, SEEDED);
  if (!lua_toboolean(L, -1)) {
    lua_pushboolean(L, 1);
    lua_setfield(L, LUA_REGISTRYINDEX, SEEDED);
    lua_getfield(L, LUA_REGISTRYINDEX, RANDOMSEED);
    lua_pushinteger(L, seed);
    lua_call(L, 1, 0);
  }
  lua_pop(L, 1);
}

/* math.randomseed, which also says that the script has chosen: its first network does not choose for it then.
 */
static int script_randomseed(lua_State *L) {
  lua_pushboolean(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, SEEDED);
  lua_getfield(L, LUA_REGISTRYINDEX, RANDOMSEED);
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

void bind_watch_seed(lua_State *L) {
  lua_getglobal(L, "math");
  lua_getfield(L, -1, "randomseed");
  lua_setfield(L, LUA_REGISTRYINDEX, RANDOMSEED);
  lua_pushcfunction(L, script_randomseed);
  lua_setfield(L, -2, "randomseed");
  lua_pop(L, 1);
  lua_pushboolean(L, bind_host(L)->has_seed); /* then the program has seeded it already */
  lua_setfield(L, LUA_REGISTRYINDEX, SEEDED);
}
