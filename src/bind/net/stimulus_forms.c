/* How a script gives the quantities of stimuli: a reader for each form. */
#include "bind/net/stimulus_forms.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/quantity.h"
#include "bind/net/projection.h"
#include "bind/net/stimulus_spec.h"
#include "bind/spikes/spikes.h"
#include "bind/spikes/spikes_new.h"
#include "bind/value/random.h"
#include "bind/value/vector.h"

enum { OPTIONS = 1, SPEC }; /* where they are on the stack */

/* Where the quantity is in the definition. */
static void *place_of(lua_State *L, const izh_stimulus_quantity *quantity) {
  bind_stimulus_spec *spec = lua_touserdata(L, SPEC);
  return izh_stimulus_def_at(&spec->def, quantity);
}

/* Keeps the value at index with the description. */
static void keep(lua_State *L, int index, int user_value) {
  lua_pushvalue(L, index);
  lua_setiuservalue(L, SPEC, user_value);
}

static void read_number(lua_State *L, const izh_stimulus_quantity *quantity) {
  bool given = bind_option_quantity(L, OPTIONS, &quantity->is, place_of(L, quantity));
  if (!given && quantity->is.required) bind_raise(L, "the option %s is missing", quantity->is.name);
}

/* One number, or what gives one for each neuron. */
static void read_amplitude(lua_State *L, const izh_stimulus_quantity *quantity) {
  izh_amplitude *amplitude = place_of(L, quantity);
  const char *name = quantity->is.name;
  int type = bind_option(L, OPTIONS, name) ? lua_type(L, -1) : LUA_TNIL;
  if (type == LUA_TNIL || type == LUA_TNUMBER) {
    read_number(L, quantity);
    return;
  }
  bool list = bind_is_array(L, -1);
  if (!list && !bind_is_dist(L, -1) && !lua_isfunction(L, -1))
    bind_wrong(L, name, "a number, a distribution, an array or a function", -1);
  if (list) { /* a copy, which the script cannot change */
    size_t n = bind_array_size(L, -1);
    bind_vector *copy = bind_vector_push(L, n);
    bind_array(L, name, -2, copy->x, n);
  }
  keep(L, -1, BIND_SPEC_AMPLITUDE);
  amplitude->one = NAN;
}

static void read_levels(lua_State *L, const izh_stimulus_quantity *quantity) {
  const char *names[] = {quantity[0].is.name, quantity[1].is.name};
  izh_levels *levels = place_of(L, quantity);
  bool both = bind_option(L, OPTIONS, names[0]);
  int times = lua_gettop(L), values = times + 1;
  both = bind_option(L, OPTIONS, names[1]) && both;
  if (!both) bind_raise(L, "%s and %s go together", names[0], names[1]);
  for (int i = 0; i < 2; i++)
    if (!bind_is_array(L, times + i)) bind_wrong(L, names[i], "an array", times + i);
  size_t n = bind_array_size(L, times);
  if (n < 1) bind_raise(L, "%s must not be empty", names[0]);
  if (n > INT32_MAX) bind_raise(L, "at most %d %s (got %zu)", INT32_MAX, names[0], n);
  double *numbers = bind_buffer(L, 2 * n);
  bind_array(L, names[0], times, numbers, n);
  bind_array(L, names[1], values, numbers + n, n);
  keep(L, -1, BIND_SPEC_NUMBERS);
  *levels = (izh_levels){.times_ms = numbers, .values = numbers + n, .n = (uint32_t)n};
}

static void read_kernel(lua_State *L, const izh_stimulus_quantity *quantity) {
  *(izh_kernel *)place_of(L, quantity) = bind_kernel(L, OPTIONS);
}

/* --- spike times --- */

/* Pushes a block of where the trains of n neurons begin, [n + 2] with room for counting, all 0. */
static uint64_t *begin_push(lua_State *L, size_t n) {
  uint64_t *begin = lua_newuserdatauv(L, (n + 2) * sizeof *begin, 0);
  memset(begin, 0, (n + 2) * sizeof *begin);
  keep(L, -1, BIND_SPEC_BEGIN);
  return begin;
}

static double *times_push(lua_State *L, size_t n) {
  double *ms = bind_buffer(L, n);
  keep(L, -1, BIND_SPEC_NUMBERS);
  return ms;
}

static izh_spike_times one_train(lua_State *L, const char *name, int times) {
  size_t n = bind_array_size(L, times);
  double *ms = times_push(L, n);
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
    if (pass > 0) ms = times_push(L, begin[lists]);
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
  double *ms = times_push(L, n);
  /* begin[k + 1] is where the next spike of the k-th goes, and in the end where the k + 1-th begins */
  for (size_t k = 0; k < n; k++) ms[begin[neuron_at(&neurons, ids[k]) + 1]++] = t[k];
  if (neurons.n == 1) return (izh_spike_times){.ms = ms, .n = n};
  return (izh_spike_times){.ms = ms, .n = n, .begin = begin, .trains = (uint32_t)neurons.n, .recorded = true};
}

/* Pushes what the times or the option file say, spikes in the latter case. */
static void push_times(lua_State *L, const char *name) {
  bool file = bind_option(L, OPTIONS, "file");
  if (file && bind_option(L, OPTIONS, name)) bind_raise(L, "give %s or file, not both", name);
  if (file) {
    bind_string(L, "file", -1);
    lua_pushcfunction(L, bind_spikes_new);
    lua_insert(L, -2);
    lua_call(L, 1, 1);
  } else if (!bind_option(L, OPTIONS, name)) {
    bind_raise(L, "the option %s is missing", name);
  }
}

static void read_spike_times(lua_State *L, const izh_stimulus_quantity *quantity) {
  const char *name = quantity->is.name;
  izh_spike_times *place = place_of(L, quantity);
  push_times(L, name);
  int times = lua_gettop(L);
  if (luaL_testudata(L, times, BIND_SPIKES))
    *place = trains_of_spikes(L, times);
  else if (!bind_is_array(L, times))
    bind_wrong(L, name, "an array, a list of one array for each neuron, or spikes", times);
  else
    *place = has_lists(L, times) ? own_trains(L, name, times) : one_train(L, name, times);
}

/* --- all forms --- */

static const struct form {
  void (*read)(lua_State *L, const izh_stimulus_quantity *quantity);
  const char *type; /* for editors; NULL: that of the quantity itself */
  const char *options[4];
} forms[] = {
    [IZH_FORM_NUMBER] = {read_number, NULL, {NULL}},
    [IZH_FORM_AMPLITUDE] = {read_amplitude, "izhlua.Values", {NULL}},
    [IZH_FORM_LEVELS] = {read_levels, "number[]|izhlua.Vector", {NULL}},
    [IZH_FORM_SPIKE_TIMES] = {read_spike_times,
                              "number[]|izhlua.Vector|(number[]|izhlua.Vector)[]|izhlua.Spikes",
                              {"file"}},
    [IZH_FORM_KERNEL] = {read_kernel, "izhlua.Synapse", {"width", "tau", "reversal"}},
    [IZH_FORM_WITH] = {NULL, "number[]|izhlua.Vector", {NULL}},
};

const char *bind_form_type(izh_stimulus_form form) {
  return forms[form].type;
}

const char *const *bind_form_options(izh_stimulus_form form) {
  return forms[form].options;
}

void bind_read_quantity(lua_State *L, const izh_stimulus_quantity *quantity) {
  if (forms[quantity->form].read) forms[quantity->form].read(L, quantity);
}
