#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "bind/lua/quantity.h"
#include "bind/open.h"
#include "core/neuron/integrator.h"
#include "core/neuron/model.h"

/* The model, upvalue 1, and the numbers of the cell at 1. */
static izh_model model_at(lua_State *L, double numbers[IZH_MODEL_QUANTITIES]) {
  izh_model model = (izh_model)lua_tointeger(L, lua_upvalueindex(1));
  const izh_model_info *info = izh_model_describe(model);
  bool given[IZH_MODEL_QUANTITIES];
  luaL_checktype(L, 1, LUA_TTABLE);
  for (int q = 0; q < info->n; q++) {
    given[q] = lua_getfield(L, 1, info->quantities[q].name) == LUA_TNUMBER;
    numbers[q] = given[q] ? lua_tonumber(L, -1) : (double)NAN;
    lua_pop(L, 1);
  }
  izh_model_complete(model, numbers, given);
  return model;
}

static int push_two(lua_State *L, double a, double b) {
  lua_pushnumber(L, a);
  lua_pushnumber(L, b);
  return 2;
}

static int model_slope(lua_State *L) {
  double numbers[IZH_MODEL_QUANTITIES];
  izh_model model = model_at(L, numbers);
  izh_model_state s = {luaL_checknumber(L, 2), luaL_checknumber(L, 3), luaL_checknumber(L, 4)};
  return push_two(L, izh_model_dv(model, numbers, s), izh_model_du(model, numbers, s));
}

static int model_peak(lua_State *L) {
  double numbers[IZH_MODEL_QUANTITIES];
  izh_model model = model_at(L, numbers);
  lua_pushnumber(L, izh_model_peak(model, numbers, (izh_model_state){.u = luaL_checknumber(L, 2)}));
  return 1;
}

static int model_reset(lua_State *L) {
  double numbers[IZH_MODEL_QUANTITIES];
  izh_model model = model_at(L, numbers);
  izh_model_state s = {.v = luaL_checknumber(L, 2), .u = luaL_checknumber(L, 3)};
  s = izh_model_reset(model, numbers, s);
  return push_two(L, s.v, s.u);
}

static int model_v_nullcline(lua_State *L) {
  double numbers[IZH_MODEL_QUANTITIES];
  izh_model model = model_at(L, numbers);
  lua_pushnumber(L, izh_model_v_nullcline(model, numbers, luaL_checknumber(L, 2), luaL_checknumber(L, 3)));
  return 1;
}

static int model_u_nullcline(lua_State *L) {
  double numbers[IZH_MODEL_QUANTITIES];
  izh_model model = model_at(L, numbers);
  lua_pushnumber(L, izh_model_u_nullcline(model, numbers, luaL_checknumber(L, 2)));
  return 1;
}

static int model_knee(lua_State *L) {
  double numbers[IZH_MODEL_QUANTITIES];
  izh_model model = model_at(L, numbers);
  lua_pushnumber(L, izh_model_knee(model, numbers));
  return 1;
}

static void set_text(lua_State *L, const char *field, const char *text) {
  lua_pushstring(L, text);
  lua_setfield(L, -2, field);
}

static void push_model(lua_State *L, izh_model model) {
  static const luaL_Reg functions[] = {{"slope", model_slope},
                                       {"peak", model_peak},
                                       {"reset", model_reset},
                                       {"v_nullcline", model_v_nullcline},
                                       {"u_nullcline", model_u_nullcline},
                                       {"knee", model_knee},
                                       {NULL, NULL}};
  const izh_model_info *info = izh_model_describe(model);
  lua_newtable(L);
  set_text(L, "name", info->name);
  set_text(L, "help", info->help);
  set_text(L, "unit", info->shown_unit);
  lua_newtable(L);
  if (info->v >= 0) lua_pushliteral(L, "v");
  if (info->v >= 0) lua_rawseti(L, -2, 1);
  if (info->u >= 0) lua_pushliteral(L, "u");
  if (info->u >= 0) lua_rawseti(L, -2, 2);
  lua_setfield(L, -2, "state");
  bind_push_quantities(L, info->quantities, info->n);
  lua_setfield(L, -2, "quantities");
  lua_pushinteger(L, model);
  luaL_setfuncs(L, info->source ? functions + sizeof functions / sizeof *functions - 1 : functions, 1);
}

/* The models as a list and by name, the integrators, and the sources, which the first table has by name only.
 */
static int describe_models(lua_State *L) {
  lua_newtable(L);
  lua_newtable(L);
  for (int m = 0; m < IZH_MODEL_COUNT; m++) {
    const izh_model_info *info = izh_model_describe((izh_model)m);
    push_model(L, (izh_model)m);
    lua_pushvalue(L, -1);
    lua_setfield(L, -4, info->name);
    int list = info->source ? -2 : -3;
    lua_rawseti(L, list, (lua_Integer)lua_rawlen(L, list) + 1);
  }
  lua_newtable(L);
  for (int i = 0; i < IZH_INTEGRATOR_COUNT; i++) {
    lua_newtable(L);
    set_text(L, "name", izh_integrator_name((izh_integrator)i));
    set_text(L, "help", izh_integrator_help((izh_integrator)i));
    lua_rawseti(L, -2, i + 1);
  }
  lua_rotate(L, -2, 1);
  return 3;
}

void bind_open_models(lua_State *L) {
  lua_pushcfunction(L, describe_models);
  lua_setfield(L, -2, "describe_models");
}
