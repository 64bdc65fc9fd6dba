/* Distributions, and random numbers for functions of a script. */
#ifndef IZH_BIND_VALUE_RANDOM_H
#define IZH_BIND_VALUE_RANDOM_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/random/random.h"

bool bind_is_dist(lua_State *L, int index);
const izh_dist *bind_dist(lua_State *L, int index);

/* Pushes a source of random numbers for a script's function; bind_rng_at makes it that of one thing. */
izh_rng *bind_rng_push(lua_State *L, izh_key key, uint32_t generation);
void bind_rng_at(izh_rng *rng, uint32_t id);

#endif
