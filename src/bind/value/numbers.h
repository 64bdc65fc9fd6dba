/* A number for each of many neurons. */
#ifndef IZH_BIND_VALUE_NUMBERS_H
#define IZH_BIND_VALUE_NUMBERS_H

#include <lua.h>
#include <stdint.h>

#include "core/random/random.h"

/* Where the random numbers of n neurons come from. */
typedef struct bind_draws {
  izh_key key;
  uint32_t generation;
  const uint32_t *id; /* [n] of each, for the counter; NULL: 0 … n - 1 */
  uint32_t n;
} bind_draws;

/* The value at index as a number for each of n neurons: one number for all, a distribution, an array, or a
 * function(i, rng). A function may do anything, close the network too. */
void bind_numbers(lua_State *L, const char *key, int index, const bind_draws *draws, double *out);

#endif
