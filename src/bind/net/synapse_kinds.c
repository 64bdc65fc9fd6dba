/* What our own Lua files see of synapses and of rules of connection. */
#include <lauxlib.h>

#include "bind/lua/quantity.h"
#include "bind/open.h"
#include "core/synapse/kernel.h"
#include "core/synapse/rule.h"
#include "core/synapse/stp.h"

/* Appends { name =, help =, quantities = { … } } to the list on top of the stack. */
static void add_kind(lua_State *L, const char *name, const char *help, const izh_quantity *quantities,
                     int n) {
  lua_newtable(L);
  lua_pushstring(L, name);
  lua_setfield(L, -2, "name");
  lua_pushstring(L, help);
  lua_setfield(L, -2, "help");
  bind_push_quantities(L, quantities, n);
  lua_setfield(L, -2, "quantities");
  lua_rawseti(L, -2, luaL_len(L, -2) + 1);
}

/* Gives the quantity of the last kind of the list on top of the stack a type for editors. */
static void set_type(lua_State *L, const char *type) {
  lua_rawgeti(L, -1, luaL_len(L, -1));
  lua_getfield(L, -1, "quantities");
  lua_rawgeti(L, -1, 1);
  lua_pushstring(L, type);
  lua_setfield(L, -2, "type");
  lua_pop(L, 3);
}

/* describe_synapses(): a list of the kernels, one of the rules, and the quantities of stp. */
static int describe_synapses(lua_State *L) {
  lua_newtable(L);
  for (int kind = 0; kind < IZH_KERNEL_COUNT; kind++) {
    const izh_kernel_info *info = izh_kernel_describe((izh_kernel_kind)kind);
    add_kind(L, info->name, info->help, info->quantities, info->n);
  }
  lua_newtable(L);
  for (int kind = 0; kind < IZH_RULE_COUNT; kind++) {
    const izh_rule_info *info = izh_rule_describe((izh_rule_kind)kind);
    add_kind(L, info->name, info->help, info->quantities, info->n);
    if (info->by_pair) set_type(L, "number|fun(pre: integer, post: integer): number");
    if (info->each_of) set_type(L, "izhlua.Values");
  }
  bind_push_quantities(L, izh_stp_quantities, IZH_STP_QUANTITIES);
  return 3;
}

void bind_open_synapse_kinds(lua_State *L) {
  lua_pushcfunction(L, describe_synapses);
  lua_setfield(L, -2, "describe_synapses");
}
