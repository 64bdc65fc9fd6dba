/* Populations, and slices of them. */
#ifndef IZH_BIND_NET_POPULATION_H
#define IZH_BIND_NET_POPULATION_H

#include <lua.h>
#include <stdint.h>

#include "bind/net/handle.h"
#include "bind/net/list.h"
#include "core/net/ids.h"

extern const char BIND_POPULATION[];

typedef struct bind_population {
  bind_handle own;       /* of a population */
  const bind_handle *of; /* that of the population: &own or, of a slice, in its second user value */
  izh_ids ids;           /* its list, if any, follows */
  uint32_t list[];
} bind_population;

/* Some neurons of a network: a population, a slice of one, or the network. */
typedef struct bind_neurons {
  izh_ids ids;
  const char *name; /* for default names; lives as long as the value */
} bind_neurons;
/* The population, slice or network at index, which must belong to owner. */
bind_neurons bind_neurons_at(lua_State *L, const char *what, int index, const bind_network *owner);
/* The same for what cannot be a source: with the network its other neurons are meant. May push a block, which
 * keeps a list alive. */
bind_neurons bind_targets_at(lua_State *L, const char *what, int index, const bind_network *owner);
/* The same as bind_neurons_at of what an option `of` takes: also an id of the network, or a list of ids, of
 * which none may be there twice. Pushes blocks, which keep a list alive. */
izh_ids bind_ids_at(lua_State *L, const char *what, int index, const bind_network *owner);
bind_push_handle bind_population_push;

#endif
