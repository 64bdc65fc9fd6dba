/* Distributions, and random numbers for functions of a script. */
#include "bind/value/random.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/open.h"
#include "bind/value/vector.h"

static const char DIST[] = "izhlua.distribution", RNG[] = "izhlua.rng";

/* --- distributions --- */

static const char *const dist_names[] = {"uniform", "normal", "lognormal", "exponential",
                                         "choice",  "gamma",  "beta"};

/* The numbers of a choice are kept behind the distribution, in the same block. */
static izh_dist *dist_push(lua_State *L, izh_dist_kind kind, size_t n_choices) {
  izh_dist *dist = lua_newuserdatauv(L, sizeof *dist + n_choices * sizeof(double), 0);
  *dist = (izh_dist){.kind = kind, .choices = (const double *)(dist + 1), .n_choices = n_choices};
  luaL_setmetatable(L, DIST);
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
  double b =
      bind_number(L, second, 2, kind == IZH_DIST_UNIFORM ? a : 0, INFINITY); /* the core has the rest */
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

static int dist_gamma(lua_State *L) {
  return dist_two(L, IZH_DIST_GAMMA, "shape", "scale");
}

static int dist_beta(lua_State *L) {
  return dist_two(L, IZH_DIST_BETA, "a", "b");
}

/* Pushes a copy of the distribution at 1. */
static izh_dist *dist_copy(lua_State *L) {
  if (!bind_is_dist(L, 1)) bind_wrong(L, "the first argument", "a distribution such as izh.normal(5, 2)", 1);
  const izh_dist *from = bind_dist(L, 1);
  izh_dist *copy = dist_push(L, from->kind, from->n_choices);
  const double *choices = copy->choices;
  if (from->n_choices > 0) memcpy(copy + 1, from->choices, from->n_choices * sizeof(double));
  *copy = *from;
  copy->choices = choices;
  return copy;
}

/* izh.truncated(dist, lo, hi): its draws within lo … hi; either may be infinite. */
static int dist_truncated(lua_State *L) {
  bind_arguments(L, 3);
  izh_dist *dist = dist_copy(L);
  double bound[2];
  for (int i = 0; i < 2; i++) {
    const char *what = i == 0 ? "lo" : "hi";
    if (lua_type(L, i + 2) != LUA_TNUMBER || isnan(lua_tonumber(L, i + 2)))
      bind_wrong(L, what, "a number", i + 2);
    bound[i] = lua_tonumber(L, i + 2);
  }
  if (dist->bounded) bound[0] = fmax(bound[0], dist->low);
  if (dist->bounded) bound[1] = fmin(bound[1], dist->high);
  if (bound[0] > bound[1]) bind_raise(L, "lo must be at most hi (got %.14g, %.14g)", bound[0], bound[1]);
  dist->bounded = true;
  dist->low = bound[0];
  dist->high = bound[1];
  izh_rng rng = izh_rng_make((izh_key){0}, 0, 0);
  if (isnan(izh_dist_draw(dist, &rng)))
    bind_raise(L, "hardly any draw of %s is within %.14g … %.14g", bind_shown(L, 1), bound[0], bound[1]);
  return 1;
}

/* izh.integer(dist): its draws, rounded. */
static int dist_integer(lua_State *L) {
  bind_arguments(L, 1);
  dist_copy(L)->whole = true;
  return 1;
}

bool bind_is_dist(lua_State *L, int index) {
  return luaL_testudata(L, index, DIST) != NULL;
}

const izh_dist *bind_dist(lua_State *L, int index) {
  return luaL_checkudata(L, index, DIST);
}

static int dist_tostring(lua_State *L) {
  const izh_dist *dist = bind_dist(L, 1);
  char text[96];
  if (dist->kind == IZH_DIST_CHOICE)
    snprintf(text, sizeof text, "choice of %zu number%s", dist->n_choices, izh_s(dist->n_choices));
  else if (dist->kind == IZH_DIST_EXPONENTIAL)
    snprintf(text, sizeof text, "exponential(%.14g)", dist->p[0]);
  else
    snprintf(text, sizeof text, "%s(%.14g, %.14g)", dist_names[dist->kind], dist->p[0], dist->p[1]);
  lua_pushstring(L, text);
  if (dist->whole) {
    lua_pushfstring(L, "integer(%s)", lua_tostring(L, -1));
    lua_replace(L, -2);
  }
  if (dist->bounded) bind_text(L, "truncated(%s, %.14g, %.14g)", lua_tostring(L, -1), dist->low, dist->high);
  return 1;
}

/* A script that calculates with a distribution means its draws. */
static int dist_arithmetic(lua_State *L) {
  bind_raise_as(
      L, "distribution",
      "one cannot calculate with it: choose its parameters, or draw in a function(i, rng) return 2 * "
      "rng:uniform() end");
}

/* --- random numbers for functions of a script --- */

izh_rng *bind_rng_push(lua_State *L, izh_key key, uint32_t generation) {
  izh_rng *rng = lua_newuserdatauv(L, sizeof *rng, 0);
  *rng = izh_rng_make(key, 0, generation);
  luaL_setmetatable(L, RNG);
  return rng;
}

void bind_rng_at(izh_rng *rng, uint32_t id) {
  *rng = izh_rng_make(rng->key, id, rng->generation);
}

static izh_rng *rng_at(lua_State *L) {
  izh_rng *rng = luaL_testudata(L, 1, RNG);
  if (!rng) bind_no_self(L, "a source of random numbers", "rng", 1);
  return rng;
}

/* One draw of a distribution whose two numbers default to those given; NaN: none. second is NULL when there
 * is one number. */
static int rng_draw(lua_State *L, izh_dist_kind kind, const char *first, double a, const char *second,
                    double b) {
  izh_rng *rng = rng_at(L);
  bind_arguments(L, second ? 3 : 2);
  izh_dist dist = {.kind = kind};
  dist.p[0] = lua_isnil(L, 2) && !isnan(a) ? a : bind_number(L, first, 2, second ? -INFINITY : 0, INFINITY);
  double least = kind == IZH_DIST_UNIFORM ? dist.p[0] : 0;
  dist.p[1] = !second || (lua_isnil(L, 3) && !isnan(b)) ? b : bind_number(L, second, 3, least, INFINITY);
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

static int rng_gamma(lua_State *L) {
  return rng_draw(L, IZH_DIST_GAMMA, "shape", NAN, "scale", 1);
}

static int rng_beta(lua_State *L) {
  return rng_draw(L, IZH_DIST_BETA, "a", NAN, "b", NAN);
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

/* Not Lua's own text, which shows an address. */
static int rng_tostring(lua_State *L) {
  lua_pushliteral(L, "source of random numbers");
  return 1;
}

static const luaL_Reg rng_meta[] = {{"__tostring", rng_tostring}, {NULL, NULL}};
static const luaL_Reg rng_methods[] = {{"uniform", rng_uniform},     {"normal", rng_normal},
                                       {"lognormal", rng_lognormal}, {"exponential", rng_exponential},
                                       {"gamma", rng_gamma},         {"beta", rng_beta},
                                       {"integer", rng_integer},     {NULL, NULL}};

static const luaL_Reg dist_meta[] = {{"__tostring", dist_tostring},
                                     {"__add", dist_arithmetic},
                                     {"__sub", dist_arithmetic},
                                     {"__mul", dist_arithmetic},
                                     {"__div", dist_arithmetic},
                                     {"__unm", dist_arithmetic},
                                     {NULL, NULL}};

static const luaL_Reg functions[] = {{"uniform", dist_uniform},     {"normal", dist_normal},
                                     {"lognormal", dist_lognormal}, {"exponential", dist_exponential},
                                     {"choice", dist_choice},       {"gamma", dist_gamma},
                                     {"beta", dist_beta},           {"truncated", dist_truncated},
                                     {"integer", dist_integer},     {NULL, NULL}};

void bind_open_random(lua_State *L) {
  bind_type(L, DIST, (bind_members){"distribution", .metamethods = dist_meta});
  bind_type(L, RNG, (bind_members){"rng", .methods = rng_methods, .metamethods = rng_meta});
  bind_functions(L, functions, NULL);
}
