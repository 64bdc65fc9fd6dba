/* Times of spikes that a script gives. */
#include "bind/net/spike_times.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/spikes/spikes.h"
#include "bind/value/vector.h"

/* Pushes a block of where the trains of n neurons begin, [n + 2] with room for counting, all 0. */
static uint64_t *begin_push(lua_State *L, size_t n) {
  uint64_t *begin = lua_newuserdatauv(L, (n + 2) * sizeof *begin, 0);
  memset(begin, 0, (n + 2) * sizeof *begin);
  return begin;
}

static izh_spike_times one_train(lua_State *L, const char *name, int times) {
  size_t n = bind_array_size(L, times);
  lua_pushnil(L);
  double *ms = bind_buffer(L, n);
  bind_array(L, name, times, ms, n);
  return (izh_spike_times){.ms = ms, .n = n};
}

/* Is the table at index a list of arrays, one for each neuron. */
static bool has_lists(lua_State *L, int index) {
  if (!lua_istable(L, index)) return false;
  lua_rawgeti(L, index, 1);
  bool lists = bind_is_array(L, -1);
  lua_pop(L, 1);
  return lists;
}

static izh_spike_times own_trains(lua_State *L, const char *name, int times) {
  lua_Integer lists = bind_list(L, name, times);
  if (lists > INT32_MAX) bind_raise(L, "at most %d trains", INT32_MAX);
  uint64_t *begin = begin_push(L, (size_t)lists);
  double *ms = NULL;
  for (int pass = 0; pass < 2; pass++) { /* how many there are, then the times */
    if (pass > 0) ms = bind_buffer(L, begin[lists]);
    for (lua_Integer k = 0; k < lists; k++) {
      char what[48];
      snprintf(what, sizeof what, "%s[%lld]", name, (long long)k + 1);
      lua_rawgeti(L, times, k + 1);
      if (!bind_is_array(L, -1)) bind_wrong(L, what, "an array", -1);
      if (pass == 0)
        begin[k + 1] = begin[k] + bind_array_size(L, -1);
      else
        bind_array(L, what, -1, ms + begin[k], begin[k + 1] - begin[k]);
      lua_pop(L, 1);
    }
  }
  return (izh_spike_times){.ms = ms, .n = begin[lists], .begin = begin, .trains = (uint32_t)lists};
}

/* Where an id is among the neurons of spikes. */
static size_t neuron_at(const bind_spikes_ids *neurons, double id) {
  if (!neurons->list) return (size_t)(id - neurons->first);
  size_t low = 0, high = neurons->n;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (neurons->list[middle] <= id)
      low = middle;
    else
      high = middle;
  }
  return low;
}

/* Spikes at index: a train for each of their neurons, in order of id; that of an only one is for all. */
static izh_spike_times trains_of_spikes(lua_State *L, int index) {
  const double *t, *ids;
  size_t n = bind_spikes_arrays(L, index, &t, &ids);
  bind_spikes_ids neurons = bind_spikes_neurons(L, index);
  if (neurons.n > INT32_MAX) bind_raise(L, "at most %d trains", INT32_MAX);
  uint64_t *begin = begin_push(L, neurons.n);
  for (size_t k = 0; k < n; k++) begin[neuron_at(&neurons, ids[k]) + 2]++;
  for (size_t k = 2; k < neurons.n + 2; k++) begin[k] += begin[k - 1];
  double *ms = bind_buffer(L, n);
  /* begin[k + 1] is where the next spike of the k-th goes, and in the end where the k + 1-th begins */
  for (size_t k = 0; k < n; k++) ms[begin[neuron_at(&neurons, ids[k]) + 1]++] = t[k];
  if (neurons.n == 1) return (izh_spike_times){.ms = ms, .n = n};
  return (izh_spike_times){.ms = ms, .n = n, .begin = begin, .trains = (uint32_t)neurons.n, .recorded = true};
}

izh_spike_times bind_spike_times(lua_State *L, const char *name, int index) {
  if (luaL_testudata(L, index, BIND_SPIKES)) return trains_of_spikes(L, index);
  if (!bind_is_array(L, index))
    bind_wrong(L, name, "an array, a list of one array for each neuron, or spikes", index);
  return has_lists(L, index) ? own_trains(L, name, index) : one_train(L, name, index);
}
