/* The start of a network, which it keeps for explanations. */
#include "bind/net/start.h"

#include <lauxlib.h>

#include "bind/lua/errors.h"
#include "bind/net/state.h"
#include "bind/open.h"
#include "core/net/state.h"
#include "core/synapse/projection.h"

/* A network keeps its start if that takes no more: next to what making such a network takes, a copy is quick.
 */
static const double START_BYTES = 16e6;

/* Puts the start of the network at index 1 into its user value: nil when it is too large, or finds no room.
 */
static void set_start(lua_State *L, bool keep) {
  int top = lua_gettop(L);
  lua_getiuservalue(L, 1, 1);
  lua_pushcfunction(L, bind_network_snapshot);
  lua_pushvalue(L, 1);
  if (!keep || lua_pcall(L, 1, 1, 0) != LUA_OK) lua_pushnil(L);
  lua_setfield(L, top + 1, "start");
  lua_settop(L, top);
}

void bind_keep_start(lua_State *L, bind_network *owner) {
  bool known = owner->has_start && owner->start_restored == owner->restored;
  if (known && izh_net_now(owner->net) > 0) return;
  double bytes;
  izh_err err;
  bind_check(L, izh_net_bytes_all(owner->net, &bytes, &err), &err);
  set_start(L, bytes <= START_BYTES);
  owner->has_start = true;
  owner->start_restored = owner->restored;
}

double bind_start_bytes(lua_State *L, int index) {
  lua_getiuservalue(L, index, 1);
  lua_getfield(L, -1, "start");
  const bind_network *state = luaL_testudata(L, -1, BIND_SNAPSHOT); /* a snapshot begins with one */
  double bytes = state ? izh_net_bytes(state->net) : 0;
  lua_pop(L, 2);
  return bytes;
}

/* core.start(net): the snapshot that it keeps of its start, or nil; and whether it has run since it was made
 * or restored. */
static int start(lua_State *L) {
  const bind_network *owner = luaL_checkudata(L, 1, BIND_NETWORK);
  lua_getiuservalue(L, 1, 1);
  lua_getfield(L, -1, "start");
  lua_pushboolean(L, owner->has_start && owner->start_restored == owner->restored);
  return 2;
}

/* core.projections_at(snapshot, net): how many projections there were; nil for a snapshot of another network.
 */
static int projections_at(lua_State *L) {
  const bind_network *state = luaL_checkudata(L, 1, BIND_SNAPSHOT); /* begins with one, see state.c */
  lua_getiuservalue(L, 1, 3);
  if (!lua_rawequal(L, 2, -1)) return 0;
  lua_pushinteger(L, izh_projection_count(state->net));
  return 1;
}

void bind_open_start(lua_State *L) {
  static const luaL_Reg functions[] = {{"start", start}, {"projections_at", projections_at}, {NULL, NULL}};
  bind_functions(L, functions, "explain");
}
