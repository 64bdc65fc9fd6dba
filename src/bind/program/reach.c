/* What a function of a script can use. */
#include <lauxlib.h>
#include <stdbool.h>
#include <string.h>

#include "base/ranks.h"
#include "bind/net/network.h"
#include "bind/open.h"

/* On the stack of L: a set of what has been seen, and lists of what is to be looked at and of tables with
 * weak keys. */
enum { SEEN = 1, QUEUE, WEAK, FIXED = WEAK };

/* Whether a value may hold others. */
static bool may_hold(lua_State *L, int index) {
  int type = lua_type(L, index);
  return type == LUA_TTABLE || type == LUA_TFUNCTION || type == LUA_TUSERDATA || type == LUA_TTHREAD;
}

static bool is_seen(lua_State *L, int index) {
  lua_pushvalue(L, index);
  bool seen = lua_rawget(L, SEEN) != LUA_TNIL;
  lua_pop(L, 1);
  return seen;
}

/* Adds the value on top of the stack to what is to be looked at, if it may hold others; pops it. */
static void hold(lua_State *L) {
  if (!may_hold(L, -1) || is_seen(L, -1)) {
    lua_pop(L, 1);
    return;
  }
  lua_pushvalue(L, -1);
  lua_pushboolean(L, 1);
  lua_rawset(L, SEEN);
  lua_rawseti(L, QUEUE, (lua_Integer)lua_rawlen(L, QUEUE) + 1);
}

/* Those of a thread; its stack has room. */
static void hold_from(lua_State *L, lua_State *thread) {
  lua_xmove(thread, L, 1);
  hold(L);
}

static void look_at_thread(lua_State *L, lua_State *thread) {
  lua_Debug at;
  if (!lua_checkstack(thread, 4)) luaL_error(L, "out of memory");
  for (int i = 1; thread != L && i <= lua_gettop(thread); i++) {
    lua_pushvalue(thread, i);
    hold_from(L, thread);
  }
  for (int level = 0; lua_getstack(thread, level, &at); level++) {
    lua_getinfo(thread, "f", &at);
    hold_from(L, thread);
    for (int k = 1; lua_getlocal(thread, &at, k); k++) hold_from(L, thread);
    for (int k = -1; lua_getlocal(thread, &at, k); k--) hold_from(L, thread); /* of "..." */
  }
}

static bool has_weak_keys(lua_State *L, int table) {
  if (lua_type(L, table) != LUA_TTABLE || luaL_getmetafield(L, table, "__mode") == LUA_TNIL) return false;
  const char *mode = lua_tostring(L, -1);
  bool weak = mode && strchr(mode, 'k');
  lua_pop(L, 1);
  return weak;
}

/* A table with weak keys leads to a value only for those who have its key. */
static void hold_of_weak(lua_State *L) {
  for (lua_Integer i = 1; lua_rawgeti(L, WEAK, i) != LUA_TNIL; i++) {
    int table = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, table);)
      if (may_hold(L, -2) && !is_seen(L, -2))
        lua_pop(L, 1);
      else
        hold(L);
    lua_settop(L, FIXED);
  }
  lua_settop(L, FIXED);
}

/* Holds all that the value on top of the stack holds. */
static void look_at(lua_State *L) {
  int value = lua_gettop(L);
  if (lua_getmetatable(L, value)) hold(L);
  if (has_weak_keys(L, value)) {
    lua_pushvalue(L, value);
    lua_rawseti(L, WEAK, (lua_Integer)lua_rawlen(L, WEAK) + 1);
  } else if (lua_type(L, value) == LUA_TTABLE) {
    for (lua_pushnil(L); lua_next(L, value);) {
      hold(L);
      lua_pushvalue(L, -1);
      hold(L);
    }
  } else if (lua_type(L, value) == LUA_TFUNCTION) {
    for (int k = 1; lua_getupvalue(L, value, k); k++) hold(L);
  } else if (lua_type(L, value) == LUA_TUSERDATA) {
    for (int k = 1; lua_getiuservalue(L, value, k) != LUA_TNONE; k++) hold(L);
    lua_pop(L, 1);
  } else {
    look_at_thread(L, lua_tothread(L, value));
  }
}

static bool is_cut(lua_State *L) {
  const bind_network *owner = luaL_testudata(L, -1, BIND_NETWORK);
  return owner && owner->net && izh_net_is_cut(owner->net);
}

/* core.reaches_cut(f): can f use a network that is cut among ranks. Does it hold one, or something that holds
 * one, and so on. */
static int reaches_cut(lua_State *L) {
  bool found = false;
  luaL_checktype(L, 1, LUA_TFUNCTION);
  if (izh_ranks_size() == 1) return 0;
  lua_settop(L, 1);
  lua_gc(L, LUA_GCCOLLECT, 0); /* what is garbage is there on one rank and not on another */
  luaL_checkstack(L, 16, NULL);
  for (int i = 1; i <= FIXED; i++) lua_newtable(L);
  lua_rotate(L, 1, FIXED);
  hold(L);
  for (lua_Integer n; !found && (n = (lua_Integer)lua_rawlen(L, QUEUE)) > 0;) {
    lua_rawgeti(L, QUEUE, n);
    lua_pushnil(L);
    lua_rawseti(L, QUEUE, n);
    found = is_cut(L);
    if (!found) look_at(L);
    lua_settop(L, FIXED);
    if (lua_rawlen(L, QUEUE) == 0) hold_of_weak(L);
  }
  lua_pushboolean(L, found);
  return 1;
}

void bind_open_reach(lua_State *L) {
  lua_pushcfunction(L, reaches_cut);
  lua_setfield(L, -2, "reaches_cut");
}
