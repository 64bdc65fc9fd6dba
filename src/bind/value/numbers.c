/* A number for each of many neurons. */
#include "bind/value/numbers.h"

#include <math.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/value/random.h"
#include "bind/value/vector.h"

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
