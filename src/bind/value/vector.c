/* Vectors and arrays. */
#include "bind/value/vector.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/open.h"

const char BIND_VECTOR[] = "izhlua.vector";

bind_vector *bind_vector_push(lua_State *L, size_t n) {
  bind_vector *vector = lua_newuserdatauv(L, sizeof *vector + n * sizeof(double), 0);
  vector->n = n;
  memset(vector->x, 0, n * sizeof(double));
  luaL_setmetatable(L, BIND_VECTOR);
  return vector;
}

bind_vector *bind_vector_copy(lua_State *L, const double *x, size_t n) {
  bind_vector *vector = bind_vector_push(L, n);
  memcpy(vector->x, x, n * sizeof(double));
  return vector;
}

double *bind_buffer(lua_State *L, size_t n) {
  return lua_newuserdatauv(L, n * sizeof(double), 0);
}

static bind_vector *vector_at(lua_State *L) {
  bind_vector *vector = luaL_testudata(L, 1, BIND_VECTOR);
  if (!vector) bind_no_self(L, "a vector", "x", 1);
  return vector;
}

/* The vector of a method that takes nothing else. */
static const bind_vector *vector_alone(lua_State *L) {
  const bind_vector *vector = vector_at(L);
  bind_arguments(L, 1);
  return vector;
}

static int vector_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)vector_at(L)->n);
  return 1;
}

/* x[i]: nil outside 1 … #x, so that ipairs ends; a name: the method. */
static int vector_index(lua_State *L) {
  const bind_vector *vector = vector_at(L);
  if (lua_type(L, 2) == LUA_TNUMBER) {
    lua_Integer i = lua_tointeger(L, 2); /* 0 when it is not whole */
    if (i >= 1 && (size_t)i <= vector->n)
      lua_pushnumber(L, vector->x[i - 1]);
    else
      lua_pushnil(L);
    return 1;
  }
  lua_pushvalue(L, lua_upvalueindex(1)); /* the __index of bind_type */
  lua_insert(L, 1);
  lua_call(L, 2, 1);
  return 1;
}

static int vector_next(lua_State *L) {
  const bind_vector *vector = vector_at(L);
  lua_Integer i = lua_tointeger(L, 2); /* 0 for nil: before the first */
  if (i < 0 || (size_t)i >= vector->n) return 0;
  lua_pushinteger(L, i + 1);
  lua_pushnumber(L, vector->x[i]);
  return 2;
}

/* pairs is ipairs: a vector is a sequence. */
static int vector_pairs(lua_State *L) {
  lua_pushcfunction(L, vector_next);
  bind_name(L, "pairs");
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}

/* Neumaier's compensated sum: the mean of 10^7 rates is right to the last digits. */
static double sum(const double *x, size_t n, double shift, bool squared) {
  double total = 0, lost = 0;
  for (size_t i = 0; i < n; i++) {
    double term = x[i] - shift;
    if (squared) term *= term;
    double next = total + term;
    lost += fabs(total) >= fabs(term) ? (total - next) + term : (term - next) + total;
    total = next;
  }
  return total + lost;
}

static double mean(const bind_vector *vector) {
  if (vector->n == 0) return NAN; /* 0/0 would print as -nan */
  return sum(vector->x, vector->n, 0, false) / (double)vector->n;
}

static int vector_sum(lua_State *L) {
  const bind_vector *vector = vector_alone(L);
  lua_pushnumber(L, sum(vector->x, vector->n, 0, false));
  return 1;
}

static int vector_mean(lua_State *L) {
  lua_pushnumber(L, mean(vector_alone(L))); /* NaN when empty */
  return 1;
}

static int vector_sd(lua_State *L) {
  const bind_vector *vector = vector_alone(L);
  double squares = sum(vector->x, vector->n, mean(vector), true);
  lua_pushnumber(L, vector->n > 1 ? sqrt(squares / (double)(vector->n - 1)) : (double)NAN);
  return 1;
}

static int vector_extreme(lua_State *L, double sign) {
  const bind_vector *vector = vector_alone(L);
  double best = vector->n > 0 ? vector->x[0] : (double)NAN;
  for (size_t i = 1; i < vector->n; i++)
    if (sign * vector->x[i] > sign * best || isnan(vector->x[i])) best = vector->x[i];
  lua_pushnumber(L, best);
  return 1;
}

static int vector_min(lua_State *L) {
  return vector_extreme(L, -1);
}

static int vector_max(lua_State *L) {
  return vector_extreme(L, 1);
}

static int vector_totable(lua_State *L) {
  const bind_vector *vector = vector_alone(L);
  lua_createtable(L, vector->n < INT32_MAX ? (int)vector->n : 0, 0);
  for (size_t i = 0; i < vector->n; i++) {
    lua_pushnumber(L, vector->x[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static int vector_tostring(lua_State *L) {
  const bind_vector *vector = vector_at(L);
  luaL_Buffer text;
  luaL_buffinit(L, &text);
  lua_pushfstring(L, "vector of %I:", (LUAI_UACINT)vector->n);
  luaL_addvalue(&text);
  for (size_t i = 0; i < vector->n && i < 6; i++) {
    char number[40];
    snprintf(number, sizeof number, "%s %.14g", i ? "," : "", vector->x[i]);
    luaL_addstring(&text, number);
  }
  if (vector->n > 6) luaL_addstring(&text, ", …");
  luaL_pushresult(&text);
  return 1;
}

/* --- arrays --- */

bool bind_is_array(lua_State *L, int index) {
  return lua_istable(L, index) || luaL_testudata(L, index, BIND_VECTOR);
}

size_t bind_array_size(lua_State *L, int index) {
  const bind_vector *vector = luaL_testudata(L, index, BIND_VECTOR);
  return vector ? vector->n : (size_t)lua_rawlen(L, index);
}

void bind_array(lua_State *L, const char *what, int index, double *out, size_t n) {
  index = lua_absindex(L, index);
  const bind_vector *vector = luaL_testudata(L, index, BIND_VECTOR);
  size_t length = bind_array_size(L, index);
  if (length != n)
    bind_raise(L, "%s must have %zu number%s (got an array of %zu)", what, n, n == 1 ? "" : "s", length);
  for (size_t i = 0; i < n; i++) {
    if (vector) {
      out[i] = vector->x[i];
    } else {
      lua_rawgeti(L, index, (lua_Integer)i + 1);
      if (lua_type(L, -1) != LUA_TNUMBER)
        bind_raise(L, "%s[%zu] must be a number (got %s)", what, i + 1, bind_shown(L, -1));
      out[i] = lua_tonumber(L, -1);
      lua_pop(L, 1);
    }
    if (isfinite(out[i])) continue;
    lua_pushnumber(L, out[i]);
    bind_raise(L, "%s[%zu] must be finite (got %s)", what, i + 1, bind_shown(L, -1));
  }
}

static const luaL_Reg vector_methods[] = {
    {"mean", vector_mean}, {"sd", vector_sd},           {"min", vector_min}, {"max", vector_max},
    {"sum", vector_sum},   {"totable", vector_totable}, {NULL, NULL}};
static const luaL_Reg vector_meta[] = {
    {"__len", vector_len}, {"__tostring", vector_tostring}, {"__pairs", vector_pairs}, {NULL, NULL}};

void bind_open_vector(lua_State *L) {
  bind_type(L, BIND_VECTOR, (bind_members){"vector", .methods = vector_methods, .metamethods = vector_meta});
  luaL_getmetatable(L, BIND_VECTOR); /* numbers first, then what bind_type does with names */
  lua_getfield(L, -1, "__index");
  lua_pushcclosure(L, vector_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
