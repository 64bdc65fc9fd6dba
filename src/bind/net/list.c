/* Lists that are sequences and maps by name. */
#include "bind/net/list.h"

#include <lauxlib.h>
#include <string.h>

#include "bind/lua/errors.h"

const char *const bind_lists[BIND_LISTS] = {"populations", "projections", "stimuli", "recordings"};

/* The list object is an empty table: its items are in its metatable, where a script cannot change them. The
 * fields of the metatable: items, in order of creation; names, the position of each name; what, for errors.
 */
void bind_reserve(lua_State *L, int network, const char *list, const char *name) {
  luaL_checkstack(L, 10, NULL);
  int handle = lua_gettop(L);
  lua_getiuservalue(L, network, 1);
  lua_getfield(L, -1, list);
  lua_getmetatable(L, -1);
  lua_getfield(L, -1, "items");
  lua_getfield(L, -2, "names");
  lua_pushstring(L, name);
  for (int i = 0; i < 3; i++) lua_remove(L, handle + 1); /* handle, items, names, name */
  lua_pushvalue(L, -1);
  if (lua_rawget(L, -3) == LUA_TNUMBER) return; /* the core will say that the name is taken */
  /* whichever of these fails, the list is as it was: a name whose place is false is none */
  lua_pop(L, 1);
  lua_pushvalue(L, -1);
  lua_pushboolean(L, false);
  lua_rawset(L, -4);
  lua_Integer n = (lua_Integer)lua_rawlen(L, -3) + 1;
  lua_pushvalue(L, handle);
  lua_rawseti(L, -4, n);
  lua_pushvalue(L, -1);
  lua_pushinteger(L, n);
  lua_rawset(L, -4);
  lua_pushnil(L);
}

void bind_settle(lua_State *L, bool added) {
  if (!added && lua_isnil(L, -1)) { /* nil: the place was reserved */
    lua_pushnil(L);
    lua_rawseti(L, -5, (lua_Integer)lua_rawlen(L, -5));
    lua_pushvalue(L, -2);
    lua_pushnil(L);
    lua_rawset(L, -5);
  }
  lua_pop(L, 4);
}

/* Pushes a field of the metatable of the list that is the first argument. */
static void push_of_list(lua_State *L, const char *field) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_getmetafield(L, 1, field);
}

/* The names of the items, in order of creation, ended by NULL, in a block pushed on the stack. */
static const char **push_names(lua_State *L) {
  push_of_list(L, "items");
  size_t n = (size_t)lua_rawlen(L, -1);
  push_of_list(L, "names");
  const char **known = lua_newuserdatauv(L, (n + 1) * sizeof *known, 0);
  memset(known, 0, (n + 1) * sizeof *known);
  for (lua_pushnil(L); lua_next(L, -3); lua_pop(L, 1)) {
    size_t at = (size_t)lua_tointeger(L, -1);
    if (at >= 1 && at <= n) known[at - 1] = lua_tostring(L, -2);
  }
  return known;
}

/* list[i], nil beyond the end; list.name, an error when there is none. */
static int list_index(lua_State *L) {
  push_of_list(L, "items");
  if (lua_type(L, 2) != LUA_TSTRING) {
    lua_pushvalue(L, 2);
    if (lua_isnil(L, 2)) return 1;
    lua_rawget(L, -2);
    return 1;
  }
  push_of_list(L, "names");
  lua_pushvalue(L, 2);
  if (lua_rawget(L, -2) == LUA_TNUMBER) {
    lua_rawget(L, -3);
    return 1;
  }
  push_of_list(L, "what");
  const char *what = lua_tostring(L, -1);
  const char **known = push_names(L);
  if (!known[0]) bind_raise_as(L, what, "there are none yet (asked for %s)", bind_shown(L, 2));
  bind_unknown_as(L, what, "name", lua_tostring(L, 2), known);
}

static int list_newindex(lua_State *L) {
  push_of_list(L, "what");
  const char *what = lua_tostring(L, -1);
  bind_raise_as(L, what, "%s cannot be assigned: methods of the network add to this list", bind_shown(L, 2));
}

static int list_len(lua_State *L) {
  push_of_list(L, "items");
  lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
  return 1;
}

/* pairs: name, handle in order of creation. The control value is the name, from which the place is found. */
static int list_next(lua_State *L) {
  lua_settop(L, 2);
  push_of_list(L, "names");
  lua_Integer at = 0;
  if (!lua_isnil(L, 2)) {
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    at = lua_tointeger(L, -1);
  }
  push_of_list(L, "items");
  if (lua_rawgeti(L, -1, at + 1) == LUA_TNIL) return 1;
  lua_getfield(L, -1, "name");
  lua_insert(L, -2);
  return 2;
}

static int list_pairs(lua_State *L) {
  lua_pushcfunction(L, list_next);
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}

/* network.populations: "E", "I" */
static int list_tostring(lua_State *L) {
  const char **known = push_names(L);
  luaL_Buffer text;
  luaL_buffinit(L, &text);
  push_of_list(L, "what");
  luaL_addvalue(&text);
  luaL_addstring(&text, ":");
  for (size_t i = 0; known[i]; i++) {
    lua_pushfstring(L, "%s \"%s\"", i ? "," : "", known[i]);
    luaL_addvalue(&text);
  }
  luaL_pushresult(&text);
  return 1;
}

void bind_list_push(lua_State *L, const char *what) {
  static const luaL_Reg meta[] = {{"__index", list_index}, {"__newindex", list_newindex}, {"__len", list_len},
                                  {"__pairs", list_pairs}, {"__tostring", list_tostring}, {NULL, NULL}};
  lua_newtable(L);
  luaL_newlib(L, meta);
  lua_newtable(L);
  lua_setfield(L, -2, "items");
  lua_newtable(L);
  lua_setfield(L, -2, "names");
  lua_newtable(L);
  lua_setfield(L, -2, "serials");
  lua_pushstring(L, what);
  lua_setfield(L, -2, "what");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
}

/* Adds the handles of the things 0 … n - 1, which push_handle makes, to an empty list. */
void bind_list_fill(lua_State *L, int network, const char *list, uint32_t n, bind_push_handle *push_handle) {
  lua_getiuservalue(L, network, 1);
  lua_getfield(L, -1, list);
  lua_getmetatable(L, -1);
  lua_getfield(L, -1, "items");
  lua_getfield(L, -2, "names");
  for (uint32_t i = 0; i < n; i++) {
    push_handle(L, network, i);
    lua_getfield(L, -1, "name");
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_rawset(L, -4);
    lua_rawseti(L, -3, (lua_Integer)i + 1);
  }
  lua_pop(L, 5);
}

/* Whether the name on top of the stack is taken, in the table of names at index; leaves it there. */
static bool is_taken(lua_State *L, int names) {
  lua_pushvalue(L, -1);
  lua_rawget(L, names);
  bool taken = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return taken;
}

const char *bind_free_name(lua_State *L, int network, const char *list, const char *base) {
  luaL_checkstack(L, 10, NULL);
  lua_getiuservalue(L, network, 1);
  lua_getfield(L, -1, list);
  lua_getmetatable(L, -1);
  lua_getfield(L, -1, "names");
  lua_getfield(L, -2, "serials"); /* where the search for a name went last time */
  int serials = lua_gettop(L), names = serials - 1;
  lua_pushstring(L, base);
  if (is_taken(L, names)) {
    lua_getfield(L, serials, base);
    lua_Integer serial = lua_isnil(L, -1) ? 2 : lua_tointeger(L, -1);
    lua_pop(L, 2);
    while (lua_pushfstring(L, "%s.%I", base, (LUAI_UACINT)serial), is_taken(L, names)) {
      lua_pop(L, 1);
      serial++;
    }
    lua_pushinteger(L, serial);
    lua_setfield(L, serials, base);
  }
  for (int i = 0; i < 5; i++) lua_remove(L, serials - 4);
  return lua_tostring(L, -1);
}
