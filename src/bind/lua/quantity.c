#include "bind/lua/quantity.h"

#include <lauxlib.h>
#include <math.h>

#include "bind/lua/arguments.h"

static void set_text(lua_State *L, const char *field, const char *text) {
  lua_pushstring(L, text); /* nil for NULL */
  lua_setfield(L, -2, field);
}

static void set_number(lua_State *L, const char *field, double number) {
  if (!isfinite(number)) return;
  lua_pushnumber(L, number);
  lua_setfield(L, -2, field);
}

static void set_flag(lua_State *L, const char *field, bool flag) {
  lua_pushboolean(L, flag);
  lua_setfield(L, -2, field);
}

void bind_push_quantity(lua_State *L, const izh_quantity *quantity) {
  double low, high;
  izh_quantity_range(quantity, &low, &high);
  lua_createtable(L, 0, 10);
  set_text(L, "name", quantity->name);
  set_text(L, "unit", quantity->unit);
  set_text(L, "help", quantity->help);
  set_flag(L, "required", quantity->required);
  if (!quantity->required && !quantity->like) set_number(L, "default", quantity->otherwise);
  set_text(L, "like", quantity->like);
  set_number(L, "low", low);
  set_number(L, "high", high);
  set_flag(L, "above", quantity->above);
  set_flag(L, "whole", quantity->whole);
}

void bind_push_quantities(lua_State *L, const izh_quantity *quantities, int n) {
  luaL_checkstack(L, 4, NULL);
  lua_createtable(L, n, 0);
  for (int i = 0; i < n; i++) {
    bind_push_quantity(L, &quantities[i]);
    lua_rawseti(L, -2, i + 1);
  }
}

bool bind_option_quantity(lua_State *L, int index, const izh_quantity *quantity, double *number) {
  const char *name = quantity->name;
  double low, high;
  izh_quantity_range(quantity, &low, &high);
  if (quantity->above) low = -INFINITY; /* the core says "> 0" */
  if (!bind_option(L, index, name)) return false;
  if (quantity->whole)
    *number = (double)bind_integer(L, name, -1, (int64_t)low, (int64_t)high);
  else
    *number = bind_number(L, name, -1, low, high);
  lua_pop(L, 1);
  return true;
}
