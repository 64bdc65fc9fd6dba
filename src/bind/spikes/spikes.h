/* Spikes as Lua values. */
#ifndef IZH_BIND_SPIKES_SPIKES_H
#define IZH_BIND_SPIKES_SPIKES_H

#include <lua.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis/trains.h"
#include "core/net/net.h"

extern const char BIND_SPIKES[];

/* The neurons that spikes are of, silent ones included, as ids in ascending order. */
typedef izh_id_set bind_spikes_ids;
bind_spikes_ids bind_spikes_neurons(lua_State *L, int index);

/* How many spikes the value at index has, and their times and ids, which live as long as it. */
size_t bind_spikes_arrays(lua_State *L, int index, const double **t_ms, const double **ids);

/* All of that at once. */
typedef struct bind_spikes {
  size_t n;
  const double *t_ms, *id; /* [n] in order of time, then of id */
  bind_spikes_ids neurons;
  double from_ms, to_ms;  /* from < t ≤ to */
  double dt_ms;           /* of the network; 0 for spikes from elsewhere */
  const double *begun_ms; /* [neurons.n] as that of izh_trains; NULL: all were there all the time */
} bind_spikes;
bind_spikes bind_spikes_at(lua_State *L, int index);
/* The id of the k-th neuron, from 0. */
double bind_spikes_id(const bind_spikes *of, size_t k);
/* Pushes spikes with the neurons, window and dt of *like, whose lists are copied; [n] times and [n] ids are
 * to be filled. */
double *bind_spikes_push(lua_State *L, size_t n, const bind_spikes *like);
/* begun[neurons.n], ascending, is when each neuron of *like was added: those of after the window are left
 * out, and the window begins with the first of the others. begun is kept. */
void bind_spikes_begin(bind_spikes *like, double *begun);
/* Raises unless the spikes of the neurons in the steps begin … end - 1 are kept. */
void bind_check_kept(lua_State *L, const izh_net *net, const izh_ids *ids, int64_t begin, int64_t end);

#endif
