/* What a script says of a population of sources beside its quantities. */
#ifndef IZH_BIND_NET_SOURCE_H
#define IZH_BIND_NET_SOURCE_H

#include <lua.h>
#include <stdbool.h>

#include "core/neuron/model.h"
#include "core/stimulus/spike_times.h"

/* Whether sources have this name; fills in the names of all, ended by NULL. */
bool bind_is_source(const char *name, const char *names[IZH_MODEL_COUNT + 1]);
/* The options beside the quantities, ended by NULL, when sources are made, or set later. None for neurons. */
const char *const *bind_source_words(izh_model model, bool made);

typedef struct bind_source {
  int function; /* the stack index of the rate, when it is a function of time; else 0 */
  double max;   /* its upper bound */
  bool has_times;
  izh_spike_times times;
} bind_source;

/* Reads these options of the table at index; what belongs to them stays on the stack. made: for `size` new
 * sources. */
bind_source bind_read_source(lua_State *L, int index, izh_model model, bool made, uint32_t size);

#endif
