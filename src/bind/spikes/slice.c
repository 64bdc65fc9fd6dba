/* Some of given spikes, as spikes: s:slice, and what options from, to and of of measures mean. */
#include "bind/spikes/slice.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "analysis/trains.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/lua/window.h"
#include "bind/net/handle.h"
#include "bind/net/population.h"
#include "bind/open.h"
#include "bind/spikes/spikes.h"
#include "bind/value/vector.h"

/* What option `of` at index means, an id, ids, or a population: for each neuron of the set, is it chosen.
 * Pushes blocks. */
static const unsigned char *push_chosen(lua_State *L, int index, const izh_id_set *set) {
  index = lua_absindex(L, index);
  double one;
  const double *ids = &one;
  size_t n = 1;
  const bind_population *population = luaL_testudata(L, index, BIND_POPULATION);
  if (population) {
    bind_open_handle(L, population->of);
    lua_getfield(L, index, "ids");
    index = lua_gettop(L);
  }
  if (bind_is_array(L, index)) {
    n = bind_array_size(L, index);
    double *list = bind_buffer(L, n);
    bind_array(L, "of", index, list, n);
    ids = list;
  } else if (lua_type(L, index) == LUA_TNUMBER && isfinite(lua_tonumber(L, index))) {
    one = lua_tonumber(L, index);
  } else {
    bind_wrong(L, "of", "a population, a slice of one, an id, or a list of ids", index);
  }
  unsigned char *chosen = lua_newuserdatauv(L, set->n, 0);
  memset(chosen, 0, set->n);
  for (size_t i = 0; i < n; i++) {
    size_t at = izh_id_set_find(set, ids[i]);
    if (at == set->n)
      bind_raise(L, "these are not spikes of neuron %.15g: net:spikes{ of = … } chooses whose they are",
                 ids[i]);
    chosen[at] = 1;
  }
  return chosen;
}

static bool is_chosen(const bind_spikes *self, const unsigned char *chosen, size_t i) {
  return !chosen || chosen[izh_id_set_find(&self->neurons, self->id[i])];
}

/* The chosen neurons (NULL: all), in a block pushed on the stack. */
static izh_id_set push_chosen_ids(lua_State *L, const bind_spikes *self, const unsigned char *chosen) {
  const izh_id_set *set = &self->neurons;
  if (!chosen) return *set;
  double *list = bind_buffer(L, set->n);
  size_t n = 0;
  for (size_t k = 0; k < set->n; k++)
    if (chosen[k]) list[n++] = bind_spikes_id(self, k);
  return (izh_id_set){.n = n, .list = list};
}

/* Makes *like know since when the chosen neurons were there, in a block pushed on the stack. */
static void push_begun(lua_State *L, const bind_spikes *self, const unsigned char *chosen,
                       bind_spikes *like) {
  double *begun = bind_buffer(L, like->neurons.n);
  size_t n = 0;
  for (size_t k = 0; k < self->neurons.n; k++)
    if (!chosen || chosen[k]) begun[n++] = self->begun_ms[k];
  bind_spikes_begin(like, begun);
}

/* How many spikes there are up to a time. */
static size_t count_until(const bind_spikes *self, double t_ms) {
  size_t low = 0, high = self->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (self->t_ms[middle] <= t_ms)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void bind_spikes_part(lua_State *L, int index, int options) {
  bind_spikes self = bind_spikes_at(L, index), like = self;
  bind_read_window(L, options, BIND_SPAN_SPIKES, &like.from_ms, &like.to_ms);
  const unsigned char *chosen = NULL;
  if (bind_option(L, options, "of")) chosen = push_chosen(L, -1, &self.neurons);
  like.neurons = push_chosen_ids(L, &self, chosen);
  like.begun_ms = NULL;
  if (self.begun_ms) push_begun(L, &self, chosen, &like);
  size_t begin = count_until(&self, like.from_ms), end = count_until(&self, like.to_ms), n = 0, at = 0;
  for (size_t i = begin; i < end; i++) n += is_chosen(&self, chosen, i);
  double *data = bind_spikes_push(L, n, &like);
  for (size_t i = begin; i < end; i++) {
    if (!is_chosen(&self, chosen, i)) continue;
    data[at] = self.t_ms[i];
    data[n + at++] = self.id[i];
  }
}

/* s:slice{ of =, from =, to = }: those of some neurons, or of a shorter window. */
static int spikes_slice(lua_State *L) {
  static const char *const known[] = {"of", "from", "to", NULL};
  if (!luaL_testudata(L, 1, BIND_SPIKES)) bind_no_self(L, "spikes", "spikes", 1);
  bind_arguments(L, 2);
  bind_options(L, 2, known);
  bind_spikes_part(L, 1, 2);
  return 1;
}

void bind_open_slice(lua_State *L) {
  static const luaL_Reg methods[] = {{"slice", spikes_slice}, {NULL, NULL}};
  bind_methods(L, BIND_SPIKES, methods);
}
