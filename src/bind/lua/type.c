/* Metatables with members by name, where a wrong name is an error. */
#include "bind/lua/type.h"

#include <lauxlib.h>
#include <string.h>

#include "base/meaning.h"
#include "bind/lua/errors.h"

/* Calls the function that adds more methods to the type of the value at 1, if there is one, once. */
static bool add_methods(lua_State *L) {
  if (luaL_getmetafield(L, 1, "later") == LUA_TNIL) return false;
  lua_call(L, 0, 0);
  lua_getmetatable(L, 1); /* only now: if it failed, it is called again */
  lua_pushnil(L);
  lua_setfield(L, -2, "later");
  lua_pop(L, 1);
  return true;
}

/* Pushes how the items of a type are reached. */
static const char *push_items(lua_State *L, const char *type) {
  const char *const none = NULL, *says;
  izh_meaning("items", type, "items", &none, &says);
  return says ? lua_pushfstring(L, "; %s", says) : "";
}

/* Upvalues: the methods, the field function, the shown name of the type, the names of its fields. */
static int type_index(lua_State *L) {
  lua_settop(L, 2);
  if (lua_type(L, 2) == LUA_TSTRING) {
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
    bind_field **field = lua_touserdata(L, lua_upvalueindex(2));
    if (*field && (*field)(L, lua_tostring(L, 2))) return 1;
    lua_settop(L, 2);
    if (add_methods(L)) return type_index(L);
    const char *const *known = bind_keys(L, lua_upvalueindex(1), lua_touserdata(L, lua_upvalueindex(4)));
    bind_unknown_as(L, lua_tostring(L, lua_upvalueindex(3)), "member", lua_tostring(L, 2), known);
  }
  const char *type = lua_tostring(L, lua_upvalueindex(3));
  bind_raise_as(L, type, "a member is a name (got %s)%s", bind_shown(L, 2), push_items(L, type));
}

/* pairs; upvalue: the shown name of the type. */
static int type_pairs(lua_State *L) {
  const char *type = lua_tostring(L, lua_upvalueindex(1));
  bind_raise_as(L, type, "pairs cannot go through it%s", push_items(L, type));
}

/* Upvalues: the shown name of the type, its methods, the names of its fields. */
static int type_newindex(lua_State *L) {
  const char *type = lua_tostring(L, lua_upvalueindex(1)), *shown = bind_shown(L, 2), *advice = "";
  const char *const *field = lua_touserdata(L, lua_upvalueindex(3));
  const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : NULL;
  while (key && field && *field && strcmp(*field, key) != 0) field++;
  if (key && field && !*field && lua_getfield(L, lua_upvalueindex(2), "set") != LUA_TNIL) {
    const char *const none = NULL, *says;
    izh_meaning(key, type, "member", &none, &says);
    advice = says ? lua_pushfstring(L, ": %s", says)
                  : lua_pushfstring(L, ": values are changed by %s:set(…)", type);
  }
  bind_raise_as(L, type, "%s cannot be assigned%s", shown, advice);
}

/* What messages call a metamethod. */
static const char *name_of(const char *metamethod) {
  return strcmp(metamethod, "__len") == 0    ? "#"
         : strcmp(metamethod, "__call") == 0 ? "slice"
                                             : metamethod + 2;
}

void bind_type(lua_State *L, const char *type, bind_members members) {
  luaL_newmetatable(L, type);
  lua_newtable(L);
  if (members.methods) bind_functions(L, members.methods, NULL);
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "methods");
  bind_field **box =
      lua_newuserdatauv(L, sizeof *box, 0); /* a function pointer does not fit into void * by the letter */
  *box = members.field;
  lua_pushstring(L, members.name);
  lua_pushlightuserdata(L, (void *)members.fields);
  lua_pushcclosure(L, type_index, 4);
  lua_setfield(L, -2, "__index");
  lua_pushstring(L, members.name);
  lua_getfield(L, -2, "methods");
  lua_pushlightuserdata(L, (void *)members.fields);
  lua_pushcclosure(L, type_newindex, 3);
  lua_setfield(L, -2, "__newindex");
  lua_pushstring(L, members.name);
  lua_pushcclosure(L, type_pairs, 1);
  lua_setfield(L, -2, "__pairs");
  lua_pushstring(L, members.name); /* for Lua's own messages */
  lua_setfield(L, -2, "__name");
  for (const luaL_Reg *m = members.metamethods; m && m->name; m++) {
    lua_pushcfunction(L, m->func);
    bind_name(L, name_of(m->name));
    lua_setfield(L, -2, m->name);
  }
  lua_newtable(L); /* for completion at the prompt */
  for (const char *const *field = members.fields; field && *field; field++) {
    lua_pushboolean(L, true);
    lua_setfield(L, -2, *field);
  }
  lua_setfield(L, -2, "fields");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
}

void bind_extend_later(lua_State *L, const char *type) {
  luaL_getmetatable(L, type);
  lua_insert(L, -2);
  lua_setfield(L, -2, "later");
  lua_pop(L, 1);
}

void bind_extend(lua_State *L, const char *type, const char *name) {
  luaL_getmetatable(L, type);
  lua_getfield(L, -1, "methods");
  lua_pushvalue(L, -3);
  if (lua_iscfunction(L, -1)) bind_name(L, name);
  lua_setfield(L, -2, name);
  lua_pop(L, 3);
}

void bind_methods(lua_State *L, const char *type, const luaL_Reg *methods) {
  for (; methods->name; methods++) {
    lua_pushcfunction(L, methods->func);
    bind_extend(L, type, methods->name);
  }
}
