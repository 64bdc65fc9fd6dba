/* What izh.parameters declares, for a program that wants to know. */
#include <lauxlib.h>

#include "bind/open.h"
#include "bind/program/host.h"

/* core.declare(json) */
static int declare(lua_State *L) {
  bind_host(L)->declared(luaL_checkstring(L, 1));
  return 0;
}

/* There is core.declare only where somebody wants to know. */
void bind_open_declared(lua_State *L) {
  if (!bind_host(L)->declared) return;
  lua_pushcfunction(L, declare);
  lua_setfield(L, -2, "declare");
}
