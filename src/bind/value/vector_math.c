/* Calculating with vectors: each result is a new one. */
#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/sort.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/open.h"
#include "bind/value/vector.h"

static const bind_vector *self_at(lua_State *L) {
  const bind_vector *vector = luaL_testudata(L, 1, BIND_VECTOR);
  if (!vector) bind_no_self(L, "a vector", "x", 1);
  return vector;
}

/* --- arithmetic --- */

/* A vector, or a number that stands for as many as there are. */
typedef struct operand {
  const bind_vector *vector;
  double number;
} operand;

static operand operand_at(lua_State *L, const char *sign, int index) {
  operand o = {.vector = luaL_testudata(L, index, BIND_VECTOR)};
  if (!o.vector && lua_type(L, index) != LUA_TNUMBER)
    bind_raise_as(L, "vector", "%s goes with numbers and vectors (got %s)", sign, bind_shown(L, index));
  if (!o.vector) o.number = lua_tonumber(L, index);
  return o;
}

static double calculate(char sign, double a, double b) {
  return sign == '+' ? a + b : sign == '-' ? a - b : sign == '*' ? a * b : sign == '/' ? a / b : pow(a, b);
}

static int arithmetic(lua_State *L, const char *sign) {
  operand a = operand_at(L, sign, 1), b = operand_at(L, sign, 2);
  size_t n = a.vector ? a.vector->n : b.vector->n;
  if (a.vector && b.vector && b.vector->n != n)
    bind_raise_as(L, "vector", "%s goes with vectors of one length (got %zu and %zu numbers)", sign, n,
                  b.vector->n);
  bind_vector *out = bind_vector_push(L, n);
  for (size_t i = 0; i < n; i++)
    out->x[i] = calculate(*sign, a.vector ? a.vector->x[i] : a.number, b.vector ? b.vector->x[i] : b.number);
  return 1;
}

static int vector_add(lua_State *L) {
  return arithmetic(L, "+");
}

static int vector_sub(lua_State *L) {
  return arithmetic(L, "-");
}

static int vector_mul(lua_State *L) {
  return arithmetic(L, "*");
}

static int vector_div(lua_State *L) {
  return arithmetic(L, "/");
}

static int vector_pow(lua_State *L) {
  return arithmetic(L, "^");
}

static int vector_unm(lua_State *L) {
  const bind_vector *x = self_at(L);
  bind_vector *out = bind_vector_push(L, x->n);
  for (size_t i = 0; i < x->n; i++) out->x[i] = -x->x[i];
  return 1;
}

/* --- order --- */

enum { TOP = 63 };

/* A key that ascends as numbers do, NaN last. */
static uint64_t key_of(double x) {
  if (isnan(x)) return UINT64_MAX;
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits >> TOP ? ~bits : bits | (uint64_t)1 << TOP;
}

static double number_of(uint64_t key) {
  if (key == UINT64_MAX) return NAN;
  uint64_t bits = key >> TOP ? key ^ (uint64_t)1 << TOP : ~key;
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/* Pushes the vector, sorted. */
static bind_vector *push_sorted(lua_State *L, const bind_vector *x) {
  size_t n = x->n;
  bind_vector *out = bind_vector_push(L, n);
  uint64_t *keys = lua_newuserdatauv(L, 2 * n * sizeof *keys, 0);
  for (size_t i = 0; i < n; i++) keys[i] = key_of(x->x[i]);
  izh_sort_keys(keys, keys + n, n, 0);
  for (size_t i = 0; i < n; i++) out->x[i] = number_of(keys[i]);
  lua_pop(L, 1);
  return out;
}

static int vector_sort(lua_State *L) {
  const bind_vector *x = self_at(L);
  bind_arguments(L, 1);
  push_sorted(L, x);
  return 1;
}

/* Between the numbers on either side of position p (n - 1), as numpy does. NaN when there is one, or none. */
static double quantile_of(const bind_vector *sorted, double p) {
  size_t n = sorted->n;
  if (n == 0 || isnan(sorted->x[n - 1])) return NAN;
  double at = p * (double)(n - 1), below = floor(at);
  size_t i = (size_t)below, next = i + 1 < n ? i + 1 : i;
  double low = sorted->x[i], high = sorted->x[next], part = at - below;
  return part == 0 || low == high ? low : low + (high - low) * part;
}

static int vector_quantile(lua_State *L) {
  const bind_vector *x = self_at(L);
  bind_arguments(L, 2);
  double p = bind_number(L, "the share", 2, 0, 1);
  lua_pushnumber(L, quantile_of(push_sorted(L, x), p));
  return 1;
}

static int vector_median(lua_State *L) {
  const bind_vector *x = self_at(L);
  bind_arguments(L, 1);
  lua_pushnumber(L, quantile_of(push_sorted(L, x), 0.5));
  return 1;
}

/* --- the rest --- */

/* x:slice(first, last): positions, both included; last may be left out. */
static int vector_slice(lua_State *L) {
  const bind_vector *x = self_at(L);
  bind_arguments(L, 3);
  int64_t n = (int64_t)x->n, first = bind_integer(L, "the first position", 2, 1, n + 1);
  int64_t last = lua_isnil(L, 3) ? n : bind_integer(L, "the last position", 3, first - 1, n);
  bind_vector_copy(L, x->x + first - 1, (size_t)(last - first + 1));
  return 1;
}

static int vector_cumsum(lua_State *L) {
  const bind_vector *x = self_at(L);
  bind_arguments(L, 1);
  bind_vector *out = bind_vector_push(L, x->n);
  double sum = 0;
  for (size_t i = 0; i < x->n; i++) out->x[i] = sum += x->x[i];
  return 1;
}

/* x:map(f): f(x[i], i) for each. */
static int vector_map(lua_State *L) {
  const bind_vector *x = self_at(L);
  bind_arguments(L, 2);
  if (!lua_isfunction(L, 2)) bind_wrong(L, "the argument", "a function(number, position)", 2);
  bind_vector *out = bind_vector_push(L, x->n);
  for (size_t i = 0; i < x->n; i++) {
    lua_pushvalue(L, 2);
    lua_pushnumber(L, x->x[i]);
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_call(L, 2, 1);
    if (lua_type(L, -1) != LUA_TNUMBER)
      bind_raise(L, "the function must return a number (got %s for number %zu)", bind_shown(L, -1), i + 1);
    out->x[i] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
  return 1;
}

void bind_open_vector_math(lua_State *L) {
  static const luaL_Reg methods[] = {{"sort", vector_sort},
                                     {"median", vector_median},
                                     {"quantile", vector_quantile},
                                     {"slice", vector_slice},
                                     {"cumsum", vector_cumsum},
                                     {"map", vector_map},
                                     {NULL, NULL}};
  static const luaL_Reg operators[] = {{"__add", vector_add}, {"__sub", vector_sub}, {"__mul", vector_mul},
                                       {"__div", vector_div}, {"__pow", vector_pow}, {"__unm", vector_unm},
                                       {NULL, NULL}};
  bind_methods(L, BIND_VECTOR, methods);
  luaL_getmetatable(L, BIND_VECTOR);
  luaL_setfuncs(L, operators, 0);
  lua_pop(L, 1);
}
