/* Metatables with members by name, where a wrong name is an error. */
#ifndef IZH_BIND_LUA_TYPE_H
#define IZH_BIND_LUA_TYPE_H

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>

/* Pushes a field of the object at 1; false when it has none of that name. */
typedef bool bind_field(lua_State *L, const char *name);

/* What a type has. Lists are ended by NULL; all but the name may be NULL. */
typedef struct bind_members {
  const char *name; /* in messages: "population" */
  const luaL_Reg *methods, *metamethods;
  bind_field *field;
  const char *const *fields; /* the names of its fields */
} bind_members;

/* A metatable, registered under type, whose __index finds methods, then fields, then raises with the nearest
 * name. */
void bind_type(lua_State *L, const char *type, bind_members members);
/* Adds methods to a type. */
void bind_methods(lua_State *L, const char *type, const luaL_Reg *methods);
/* Makes the function on top of the stack a method of a type; pops it. */
void bind_extend(lua_State *L, const char *type, const char *name);
/* The function on top of the stack is called when a member is first asked for that the type does not have: it
 * adds more by bind_extend. Pops it. */
void bind_extend_later(lua_State *L, const char *type);

#endif
