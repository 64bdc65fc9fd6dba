/* Vectors, distributions and random numbers as Lua values. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bind/private.h"

const char BIND_DIST[] = "izhlua.distribution", BIND_VECTOR[] = "izhlua.vector", BIND_RNG[] = "izhlua.rng";

/* --- vectors --- */

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

lua_Integer bind_list(lua_State *L, const char *what, int index) {
  lua_Integer n = (lua_Integer)lua_rawlen(L, index), items = 0;
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
    items++;
    if (lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1 && lua_tointeger(L, -2) <= n) continue;
    bind_raise(L, "%s must be a list without gaps or names (got one at %s)", what, bind_shown(L, -2));
  }
  if (items < n) bind_raise(L, "%s must be a list without gaps", what);
  return n;
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

/* --- distributions --- */

static const char *const dist_names[] = {"uniform", "normal", "lognormal", "exponential", "choice"};

/* The numbers of a choice are kept behind the distribution, in the same block. */
static izh_dist *dist_push(lua_State *L, izh_dist_kind kind, size_t n_choices) {
  izh_dist *dist = lua_newuserdatauv(L, sizeof *dist + n_choices * sizeof(double), 0);
  *dist = (izh_dist){.kind = kind, .choices = (const double *)(dist + 1), .n_choices = n_choices};
  luaL_setmetatable(L, BIND_DIST);
  return dist;
}

/* The message of the core begins with the name of the distribution, which is also that of the function. */
static int dist_finish(lua_State *L, const izh_dist *dist) {
  const char *name = dist_names[dist->kind];
  izh_err err;
  if (izh_dist_check(dist, &err) != IZH_OK) bind_raise(L, "it%s", err.message + strlen(name));
  return 1;
}

static int dist_two(lua_State *L, izh_dist_kind kind, const char *first, const char *second) {
  bind_arguments(L, 2);
  double a = bind_number(L, first, 1, -INFINITY, INFINITY);
  double b = bind_number(L, second, 2, kind == IZH_DIST_UNIFORM ? a : 0, INFINITY);
  izh_dist *dist = dist_push(L, kind, 0);
  dist->p[0] = a;
  dist->p[1] = b;
  return dist_finish(L, dist);
}

static int dist_uniform(lua_State *L) {
  return dist_two(L, IZH_DIST_UNIFORM, "lo", "hi");
}

static int dist_normal(lua_State *L) {
  return dist_two(L, IZH_DIST_NORMAL, "mean", "sd");
}

static int dist_lognormal(lua_State *L) {
  return dist_two(L, IZH_DIST_LOGNORMAL, "mu", "sigma");
}

static int dist_exponential(lua_State *L) {
  bind_arguments(L, 1);
  double a = bind_number(L, "mean", 1, 0, INFINITY);
  if (a == 0) bind_raise(L, "mean must be > 0 (got 0)");
  izh_dist *dist = dist_push(L, IZH_DIST_EXPONENTIAL, 0);
  dist->p[0] = a;
  return dist_finish(L, dist);
}

static int dist_choice(lua_State *L) {
  bind_arguments(L, 1);
  if (!bind_is_array(L, 1)) bind_wrong(L, "numbers", "an array", 1);
  size_t n = bind_array_size(L, 1);
  if (n == 0) bind_raise(L, "numbers must not be empty");
  izh_dist *dist = dist_push(L, IZH_DIST_CHOICE, n);
  bind_array(L, "numbers", 1, (double *)(dist + 1), n);
  return dist_finish(L, dist);
}

bool bind_is_dist(lua_State *L, int index) {
  return luaL_testudata(L, index, BIND_DIST) != NULL;
}

const izh_dist *bind_dist(lua_State *L, int index) {
  return luaL_checkudata(L, index, BIND_DIST);
}

static int dist_tostring(lua_State *L) {
  const izh_dist *dist = bind_dist(L, 1);
  char text[96];
  if (dist->kind == IZH_DIST_CHOICE)
    snprintf(text, sizeof text, "choice of %zu numbers", dist->n_choices);
  else if (dist->kind == IZH_DIST_EXPONENTIAL)
    snprintf(text, sizeof text, "exponential(%.14g)", dist->p[0]);
  else
    snprintf(text, sizeof text, "%s(%.14g, %.14g)", dist_names[dist->kind], dist->p[0], dist->p[1]);
  lua_pushstring(L, text);
  return 1;
}

/* --- random numbers for functions of a script --- */

izh_rng *bind_rng_push(lua_State *L, izh_key key, uint32_t generation) {
  izh_rng *rng = lua_newuserdatauv(L, sizeof *rng, 0);
  *rng = izh_rng_make(key, 0, generation);
  luaL_setmetatable(L, BIND_RNG);
  return rng;
}

void bind_rng_at(izh_rng *rng, uint32_t id) {
  *rng = izh_rng_make(rng->key, id, rng->generation);
}

static izh_rng *rng_at(lua_State *L) {
  izh_rng *rng = luaL_testudata(L, 1, BIND_RNG);
  if (!rng) bind_no_self(L, "a source of random numbers", "rng", 1);
  return rng;
}

/* One draw of a distribution whose two numbers default to those given; second is NULL when there is one. */
static int rng_draw(lua_State *L, izh_dist_kind kind, const char *first, double a, const char *second,
                    double b) {
  izh_rng *rng = rng_at(L);
  bind_arguments(L, second ? 3 : 2);
  izh_dist dist = {.kind = kind};
  dist.p[0] = lua_isnil(L, 2) ? a : bind_number(L, first, 2, second ? -INFINITY : 0, INFINITY);
  double least = kind == IZH_DIST_UNIFORM ? dist.p[0] : 0;
  dist.p[1] = !second || lua_isnil(L, 3) ? b : bind_number(L, second, 3, least, INFINITY);
  dist_finish(L, &dist);
  lua_pushnumber(L, izh_dist_draw(&dist, rng));
  return 1;
}

static int rng_uniform(lua_State *L) {
  return rng_draw(L, IZH_DIST_UNIFORM, "lo", 0, "hi", 1);
}

static int rng_normal(lua_State *L) {
  return rng_draw(L, IZH_DIST_NORMAL, "mean", 0, "sd", 1);
}

static int rng_lognormal(lua_State *L) {
  return rng_draw(L, IZH_DIST_LOGNORMAL, "mu", 0, "sigma", 1);
}

static int rng_exponential(lua_State *L) {
  return rng_draw(L, IZH_DIST_EXPONENTIAL, "mean", 1, NULL, 0);
}

/* rng:integer(lo, hi): whole numbers, both ends included. */
static int rng_integer(lua_State *L) {
  izh_rng *rng = rng_at(L);
  bind_arguments(L, 3);
  int64_t lo = bind_integer(L, "lo", 2, -(INT64_C(1) << 53), INT64_C(1) << 53);
  int64_t hi = bind_integer(L, "hi", 3, lo, INT64_C(1) << 53);
  lua_pushinteger(L, lo + (int64_t)izh_rng_below(rng, (uint64_t)(hi - lo) + 1));
  return 1;
}

/* --- registration --- */

static const luaL_Reg vector_methods[] = {
    {"mean", vector_mean}, {"sd", vector_sd},           {"min", vector_min}, {"max", vector_max},
    {"sum", vector_sum},   {"totable", vector_totable}, {NULL, NULL}};
static const luaL_Reg vector_meta[] = {
    {"__len", vector_len}, {"__tostring", vector_tostring}, {"__pairs", vector_pairs}, {NULL, NULL}};

/* Not Lua's own text, which shows an address. */
static int rng_tostring(lua_State *L) {
  lua_pushliteral(L, "source of random numbers");
  return 1;
}

static const luaL_Reg rng_meta[] = {{"__tostring", rng_tostring}, {NULL, NULL}};
static const luaL_Reg rng_methods[] = {{"uniform", rng_uniform},     {"normal", rng_normal},
                                       {"lognormal", rng_lognormal}, {"exponential", rng_exponential},
                                       {"integer", rng_integer},     {NULL, NULL}};

static const luaL_Reg no_methods[] = {{NULL, NULL}};
static const luaL_Reg dist_meta[] = {{"__tostring", dist_tostring}, {NULL, NULL}};

static const luaL_Reg functions[] = {{"uniform", dist_uniform},     {"normal", dist_normal},
                                     {"lognormal", dist_lognormal}, {"exponential", dist_exponential},
                                     {"choice", dist_choice},       {NULL, NULL}};

/* --- a number for each neuron --- */

static uint32_t id_at(const bind_draws *draws, uint32_t k) {
  return draws->id ? draws->id[k] : k;
}

static void numbers_from_function(lua_State *L, const char *key, int index, const bind_draws *draws,
                                  double *out) {
  izh_rng *rng = bind_rng_push(L, draws->key, draws->generation);
  for (uint32_t k = 0; k < draws->n; k++) {
    bind_rng_at(rng, id_at(draws, k));
    lua_pushvalue(L, index);
    lua_pushinteger(L, (lua_Integer)k + 1);
    lua_pushvalue(L, -3);
    lua_call(L, 2, 1);
    if (lua_type(L, -1) != LUA_TNUMBER || !isfinite(lua_tonumber(L, -1)))
      bind_raise(L, "the function for %s must return a finite number (got %s for neuron %u)", key,
                 bind_shown(L, -1), k + 1);
    out[k] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

static void numbers_from_distribution(lua_State *L, const char *key, int index, const bind_draws *draws,
                                      double *out) {
  for (uint32_t k = 0; k < draws->n; k++) {
    izh_rng rng = izh_rng_make(draws->key, id_at(draws, k), draws->generation);
    out[k] = izh_dist_draw(bind_dist(L, index), &rng);
    if (!isfinite(out[k]))
      bind_raise(L, "%s must be finite (%s gave %g for neuron %u)", key, bind_shown(L, index), out[k], k + 1);
  }
}

void bind_numbers(lua_State *L, const char *key, int index, const bind_draws *draws, double *out) {
  if (bind_is_dist(L, index)) {
    numbers_from_distribution(L, key, index, draws, out);
  } else if (bind_is_array(L, index)) {
    bind_array(L, key, index, out, draws->n);
  } else if (lua_isfunction(L, index)) {
    numbers_from_function(L, key, index, draws, out);
  } else if (lua_type(L, index) == LUA_TNUMBER) {
    double value = bind_number(L, key, index, -INFINITY, INFINITY);
    for (uint32_t k = 0; k < draws->n; k++) out[k] = value;
  } else {
    bind_wrong(L, key, "a number, a distribution, an array or a function", index);
  }
}

void bind_open_values(lua_State *L) {
  bind_type(L, BIND_VECTOR, "vector", vector_methods, vector_meta, NULL, NULL);
  luaL_getmetatable(L, BIND_VECTOR); /* numbers first, then what bind_type does with names */
  lua_getfield(L, -1, "__index");
  lua_pushcclosure(L, vector_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  bind_type(L, BIND_DIST, "distribution", no_methods, dist_meta, NULL, NULL);
  bind_type(L, BIND_RNG, "rng", rng_methods, rng_meta, NULL, NULL);
  bind_functions(L, functions, NULL);
}
