/* The files of bind that give Lua something. */
#ifndef IZH_BIND_OPEN_H
#define IZH_BIND_OPEN_H

#include <lua.h>

/* In this order: a type is made before a file adds methods to it. */
#define BIND_OPENERS(X)                                                                                      \
  X(tools)                                                                                                   \
  X(remarks)                                                                                                 \
  X(vector)                                                                                                  \
  X(vector_math)                                                                                             \
  X(random)                                                                                                  \
  X(files)                                                                                                   \
  X(read)                                                                                                    \
  X(write)                                                                                                   \
  X(workers)                                                                                                 \
  X(reach)                                                                                                   \
  X(models)                                                                                                  \
  X(network)                                                                                                 \
  X(population)                                                                                              \
  X(connect)                                                                                                 \
  X(projection)                                                                                              \
  X(synapse_kinds)                                                                                           \
  X(stimulus)                                                                                                \
  X(stimulus_spec)                                                                                           \
  X(recording)                                                                                               \
  X(run)                                                                                                     \
  X(schedule)                                                                                                \
  X(strays)                                                                                                  \
  X(state)                                                                                                   \
  X(start)                                                                                                   \
  X(profile)                                                                                                 \
  X(explain)                                                                                                 \
  X(spikes)                                                                                                  \
  X(spikes_new)                                                                                              \
  X(slice)                                                                                                   \
  X(measures)                                                                                                \
  X(figure)                                                                                                  \
  X(movie)                                                                                                   \
  X(plot)                                                                                                    \
  X(raster)                                                                                                  \
  X(used)                                                                                                    \
  X(provenance)                                                                                              \
  X(declared)

/* Each makes the metatables of its file, and adds its functions to the table on top of the stack. */
#define BIND_DECLARE(name) void bind_open_##name(lua_State *L);
BIND_OPENERS(BIND_DECLARE)
#undef BIND_DECLARE

#endif
