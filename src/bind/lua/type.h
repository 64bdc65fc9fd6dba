/* Metatables with members by name, where a wrong name is an error. */
#ifndef IZH_BIND_LUA_TYPE_H
#define IZH_BIND_LUA_TYPE_H

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>

/* A metatable whose __index finds methods, then fields by calling `field` (may be NULL), then raises with
 * the nearest name. Leaves it registered under type. fields: their names, ended by NULL; NULL for none. */
typedef bool bind_field(lua_State *L,
                        const char *name); /* object at 1; pushes and returns true when it has it */
void bind_type(lua_State *L, const char *type, const char *shown, const luaL_Reg *methods,
               const luaL_Reg *metamethods, bind_field *field, const char *const *fields);
/* Adds methods to a type. */
void bind_methods(lua_State *L, const char *type, const luaL_Reg *methods);
/* Makes the function on top of the stack a method of a type; pops it. */
void bind_extend(lua_State *L, const char *type, const char *name);
/* The function on top of the stack is called when a member is first asked for that the type does not have: it
 * adds more by bind_extend. Pops it. */
void bind_extend_later(lua_State *L, const char *type);

#endif
