/* How a script gives the quantities of stimuli: a reader for each form. */
#include "bind/net/stimulus_forms.h"

#include <lauxlib.h>
#include <math.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/quantity.h"
#include "bind/net/connect.h"
#include "bind/net/spike_times.h"
#include "bind/net/stimulus_spec.h"
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

static void read_one(lua_State *L, const izh_stimulus_quantity *quantity) {
  bool given = bind_option_quantity(L, OPTIONS, &quantity->is, place_of(L, quantity));
  if (!given && quantity->is.required) bind_raise(L, "the option %s is missing", quantity->is.name);
}

/* One number, or what gives one for each neuron. An amplitude begins with its number. */
static void read_values(lua_State *L, const izh_stimulus_quantity *quantity) {
  double *one = place_of(L, quantity);
  const char *name = quantity->is.name;
  int type = bind_option(L, OPTIONS, name) ? lua_type(L, -1) : LUA_TNIL;
  if (type == LUA_TNIL || type == LUA_TNUMBER) {
    read_one(L, quantity);
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
  bind_keep_each(L, SPEC, name);
  *one = NAN;
}

static void read_number(lua_State *L, const izh_stimulus_quantity *quantity) {
  (quantity->each ? read_values : read_one)(L, quantity);
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
  izh_spike_times *place = place_of(L, quantity);
  push_times(L, quantity->is.name);
  *place = bind_spike_times(L, quantity->is.name, lua_gettop(L));
  keep(L, -1, BIND_SPEC_NUMBERS);
  keep(L, -2, BIND_SPEC_BEGIN);
}

/* --- all forms --- */

static const struct form {
  void (*read)(lua_State *L, const izh_stimulus_quantity *quantity);
  const char *type; /* for editors; NULL: that of the quantity itself */
  const char *options[4];
} forms[] = {
    [IZH_FORM_NUMBER] = {read_number, NULL, {NULL}},
    [IZH_FORM_AMPLITUDE] = {read_values, "izhlua.Values", {NULL}},
    [IZH_FORM_LEVELS] = {read_levels, "number[]|izhlua.Vector", {NULL}},
    [IZH_FORM_SPIKE_TIMES] = {read_spike_times,
                              "number[]|izhlua.Vector|(number[]|izhlua.Vector)[]|izhlua.Spikes",
                              {"file"}},
    [IZH_FORM_KERNEL] = {read_kernel, "izhlua.Synapse", {"width", "tau", "reversal"}},
    [IZH_FORM_WITH] = {NULL, "number[]|izhlua.Vector", {NULL}},
};

const char *bind_quantity_type(const izh_stimulus_quantity *quantity) {
  return forms[quantity->each ? IZH_FORM_AMPLITUDE : quantity->form].type;
}

const char *const *bind_form_options(izh_stimulus_form form) {
  return forms[form].options;
}

void bind_read_quantity(lua_State *L, const izh_stimulus_quantity *quantity) {
  if (forms[quantity->form].read) forms[quantity->form].read(L, quantity);
}
