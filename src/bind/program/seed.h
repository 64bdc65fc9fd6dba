/* Seeds that a script does not choose: --seed, and that of math.random. */
#ifndef IZH_BIND_PROGRAM_SEED_H
#define IZH_BIND_PROGRAM_SEED_H

#include <lua.h>
#include <stdint.h>

/* The seed of a network, or of a sweep, that asks for this one: --seed moves the seeds of all by what makes
 * the first one's the given one. */
uint32_t bind_shift_seed(lua_State *L, uint32_t seed);
/* What making a network does for the script: its math.random follows the seed of the first. */
void bind_seed_script(lua_State *L, uint32_t seed);
/* Watches math.randomseed: when the script calls it, its first network does not choose for it. */
void bind_watch_seed(lua_State *L);

#endif
