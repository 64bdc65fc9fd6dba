/* Stimuli of a network as Lua values: net:stimulate applies what izh.noise and the like describe. */
#include "bind/net/stimulus.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/quantity.h"
#include "bind/lua/type.h"
#include "bind/net/handle.h"
#include "bind/net/leftover.h"
#include "bind/net/network.h"
#include "bind/net/population.h"
#include "bind/net/stimulus_spec.h"
#include "bind/net/waveforms.h"
#include "bind/open.h"
#include "bind/value/numbers.h"
#include "bind/value/vector.h"
#include "core/net/ids.h"
#include "core/net/net.h"
#include "core/random/stream.h"
#include "core/stimulus/stimulus.h"

const char BIND_STIMULUS[] = "izhlua.stimulus";

/* --- net:stimulate(target, stimulus) --- */

typedef bind_handle handle;

void bind_stimulus_push(lua_State *L, int network, uint32_t index) {
  bind_handle_push(L, network, BIND_STIMULUS)->index = index;
}

static handle *self_at(lua_State *L) {
  handle *self = luaL_testudata(L, 1, BIND_STIMULUS);
  if (!self) bind_no_self(L, "a stimulus", "stimulus", 1);
  bind_open_handle(L, self);
  return self;
}

/* Ends the function of time of the handle at stack index 1, if it has one. */
static void drop_wave(lua_State *L, const handle *self) {
  lua_getiuservalue(L, 1, 1);
  bind_drop_waveform(L, lua_gettop(L), self->index);
  lua_pop(L, 1);
}

/* A quantity of a stimulus that a script gives a value for each neuron. */
typedef struct valued {
  const char *stimulus, *quantity;
} valued;

/* Pushes the values of the neurons of draws, whose key this finds, from the value at index, and returns
 * them. */
static double *push_values(lua_State *L, const bind_network *owner, valued of, int index, bind_draws draws) {
  uint64_t restored = owner->restored;
  izh_err err;
  bind_check(L, izh_net_stream(owner->net, "stimulus", of.stimulus, of.quantity, &draws.key, &err), &err);
  double *values = bind_buffer(L, draws.n);
  bind_numbers(L, of.quantity, index, &draws, values);
  bind_same_net(L, owner, restored); /* a function may have done anything */
  return values;
}

/* Where the definition has the values of a quantity for each neuron; NULL when it has one for all, or is not
 * of a form that can have them. */
static const double **missing_values(izh_stimulus_def *def, const izh_stimulus_quantity *quantity) {
  izh_amplitude *amplitude = izh_stimulus_def_at(def, quantity); /* or only its number */
  bool of_amplitude = quantity->form == IZH_FORM_AMPLITUDE && !quantity->later;
  if (!(of_amplitude || quantity->each) || !isnan(amplitude->one)) return NULL;
  return of_amplitude ? &amplitude->each : izh_stimulus_def_each(def, quantity);
}

/* Fills in the values of each neuron, which the description at 3 has for a target, and pushes what belongs
 * to them; false when there are none. */
static bool complete(lua_State *L, const bind_network *owner, izh_stimulus_def *def) {
  const izh_stimulus_info *info = izh_stimulus_describe(def->kind);
  uint32_t n = def->target.size, *ids = NULL;
  for (int i = 0; i < info->n; i++) {
    const double **values = missing_values(def, &info->quantities[i]);
    const char *name = info->quantities[i].is.name;
    if (!values) continue;
    luaL_checkstack(L, LUA_MINSTACK, NULL);
    if (!ids) ids = lua_newuserdatauv(L, n * sizeof *ids, 0);
    for (uint32_t k = 0; k < n; k++) ids[k] = izh_ids_at(&def->target, k);
    bind_push_each(L, 3, name);
    *values =
        push_values(L, owner, (valued){def->name, name}, lua_gettop(L), (bind_draws){.id = ids, .n = n});
  }
  return ids != NULL;
}

/* When it first acts, if it is applied now: not before its first time. INFINITY: never. */
static double begins_ms(const izh_stimulus_def *def, double now) {
  const izh_stimulus_info *info = izh_stimulus_describe(def->kind);
  double begin = now;
  for (int i = 0; i < info->n; i++) {
    const void *value = izh_stimulus_def_at((izh_stimulus_def *)(uintptr_t)def, &info->quantities[i]);
    const izh_levels *levels = value;
    if (info->quantities[i].form == IZH_FORM_LEVELS && levels->n > 0) begin = fmax(now, levels->times_ms[0]);
    if (info->quantities[i].form != IZH_FORM_SPIKE_TIMES) continue;
    const izh_spike_times *times = value;
    if (times->n > 0) begin = INFINITY; /* no times are no mistake */
    for (uint64_t k = 0; k < times->n; k++)
      if (times->ms[k] >= now) begin = fmin(begin, times->ms[k]);
  }
  return begin;
}

static int network_stimulate(lua_State *L) {
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 3);
  bind_neurons target = bind_targets_at(L, "the target", 2, owner);
  const bind_stimulus_spec *what = luaL_testudata(L, 3, BIND_STIMULUS_SPEC);
  if (lua_type(L, 3) == LUA_TNUMBER)
    bind_raise(L, "the stimulus must be made by %s (got %s; izh.current(%s) is a constant current)",
               bind_stimulus_makers(L), bind_shown(L, 3), bind_shown(L, 3));
  if (!what) bind_wrong(L, "the stimulus", lua_pushfstring(L, "made by %s", bind_stimulus_makers(L)), 3);
  izh_stimulus_def def = what->def;
  def.target = target.ids;
  const char *maker = izh_stimulus_describe(def.kind)->maker;
  if (lua_getiuservalue(L, 3, BIND_SPEC_NAME) == LUA_TSTRING)
    def.name = lua_tostring(L, -1);
  else
    def.name = bind_free_name(L, 1, "stimuli", lua_pushfstring(L, "%s.%s", target.name, maker));
  bind_made_at(L, 1, "stimulate", def.name);
  double now = owner->net ? izh_net_time_ms(owner->net) : 0; /* a finalizer may have closed it */
  bind_begins_at(L, 1, "stimulate", def.name, begins_ms(&def, now));
  handle *made = bind_handle_push(L, 1, BIND_STIMULUS);
  int place = lua_gettop(L);
  bool drawn = complete(L, owner, &def);
  lua_Integer slot = 0;
  if (what->function) {
    bind_push_each(L, 3, bind_stimulus_amplitude(def.kind)->is.name);
    slot = bind_keep_waveform(L, 1);
  }
  lua_pushvalue(L, place);
  bind_reserve(L, 1, "stimuli", def.name);
  izh_err err;
  izh_status status = izh_stimulus_add(owner->net, &def, &made->index, &err);
  bind_settle(L, !status);
  bind_check(L, status, &err);
  if (what->function) bind_add_waveform(L, 1, made->index, slot);
  if (drawn) izh_stimulus_drawn(owner->net, made->index);
  return 1;
}

/* --- members --- */

enum { MOST = 24 };

/* Quantities by name; the names ended by NULL. */
typedef struct known {
  const char *word[MOST + 1];
  const izh_stimulus_quantity *quantity[MOST];
  int n;
} known;

/* Adds what can be set of a stimulus: all of it, or numbers only. */
static void add_settable(known *list, const handle *self, bool all) {
  const izh_stimulus_info *info = izh_stimulus_describe(izh_stimulus_kind_of(self->owner->net, self->index));
  for (int i = 0; i < info->n && list->n < MOST; i++) {
    const izh_stimulus_quantity *q = &info->quantities[i];
    if (q->fixed || !(all || q->form == IZH_FORM_NUMBER)) continue;
    list->quantity[list->n] = q;
    list->word[list->n++] = q->is.name;
  }
}

/* The option on top of the stack, a number or what gives one for each; leaves what it needs there. */
static izh_amplitude read_values(lua_State *L, const handle *self, const char *quantity) {
  int value = lua_gettop(L);
  if (lua_type(L, value) == LUA_TNUMBER)
    return (izh_amplitude){.one = bind_number(L, quantity, value, -INFINITY, INFINITY)};
  const izh_net *net = self->owner->net;
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  uint32_t n = izh_stimulus_size(net, self->index), *ids = lua_newuserdatauv(L, n * sizeof *ids, 0);
  izh_stimulus_neurons(net, self->index, ids);
  bind_draws draws = {.generation = izh_stimulus_generation(net, self->index), .id = ids, .n = n};
  valued of = {izh_stimulus_name(net, self->index), quantity};
  return (izh_amplitude){.one = 1, .each = push_values(L, self->owner, of, value, draws)};
}

/* Finds the values for each neuron among the options at 2, by the number of their quantity; leaves what they
 * need on the stack. Returns whether there are some. */
static bool read_all_values(lua_State *L, const handle *self, const double *values[MOST]) {
  const izh_stimulus_info *info = izh_stimulus_describe(izh_stimulus_kind_of(self->owner->net, self->index));
  bool some = false;
  for (int i = 0; i < info->n; i++) {
    if (!info->quantities[i].each || !bind_option(L, 2, info->quantities[i].is.name)) continue;
    if (lua_type(L, -1) != LUA_TNUMBER) values[i] = read_values(L, self, info->quantities[i].is.name).each;
    some = some || values[i];
  }
  return some;
}

/* Puts the numbers among the options at 2 and the values for each neuron into a definition. */
static void fill_numbers(lua_State *L, izh_stimulus_def *def, const double *const values[MOST]) {
  const izh_stimulus_info *info = izh_stimulus_describe(def->kind);
  for (int i = 0; i < info->n; i++) {
    const izh_stimulus_quantity *q = &info->quantities[i];
    const double **each = izh_stimulus_def_each(def, q);
    if (values[i])
      *each = values[i];
    else if (q->form == IZH_FORM_NUMBER && bind_option_quantity(L, 2, &q->is, izh_stimulus_def_at(def, q)) &&
             each)
      *each = NULL;
  }
}

/* The options at 2, all of which this kind has: everything is read before anything is changed. */
static void set_options(lua_State *L, const handle *self) {
  izh_net *net = self->owner->net;
  uint32_t index = self->index;
  izh_err err;
  const izh_stimulus_quantity *of_amplitude = bind_stimulus_amplitude(izh_stimulus_kind_of(net, index));
  bool given = of_amplitude && bind_option(L, 2, of_amplitude->is.name);
  izh_amplitude amplitude =
      given ? read_values(L, self, of_amplitude->is.name) : (izh_amplitude){.each = NULL};
  const double *values[MOST] = {NULL};
  bool drawn = read_all_values(L, self, values) || amplitude.each;
  izh_stimulus_def def = izh_stimulus_get(net, index); /* now: a function may have changed it */
  fill_numbers(L, &def, values);
  bind_check(L, izh_stimulus_set(net, index, &def, &err), &err);
  if (given) bind_check(L, izh_stimulus_set_amplitude(net, index, amplitude, &err), &err);
  if (drawn) izh_stimulus_drawn(net, index);
  if (given) drop_wave(L, self);
}

/* stimulus:set{ mean =, … }, set("mean", 3), and for a current set(amplitude), all from the next step on. */
static int stimulus_set(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 3);
  if (izh_stimulus_stopped(self->owner->net, self->index))
    bind_raise(L, "the stimulus was stopped; apply another with net:stimulate");
  known list = {.n = 0};
  add_settable(&list, self, true);
  const char *first = list.word[0];
  bool current = list.quantity[0]->form == IZH_FORM_AMPLITUDE;
  if (lua_type(L, 2) == LUA_TSTRING) {
    if (lua_isnil(L, 3)) bind_raise(L, "the value of %s is missing", bind_shown(L, 2));
    lua_createtable(L, 0, 1); /* a name and a value: the same as a table of one option */
    lua_insert(L, 2);
    lua_settable(L, 2);
  } else if (!lua_isnil(L, 3)) {
    bind_raise(L, "a value goes with the name of a quantity (got %s)", bind_shown(L, 2));
  } else if (current && lua_type(L, 2) == LUA_TNUMBER) {
    lua_settop(L, 2);
    lua_createtable(L, 0, 1);
    lua_insert(L, 2);
    lua_setfield(L, 2, first);
  }
  if (!lua_istable(L, 2))
    bind_wrong(L, "what to set",
               current ? "a number, the amplitude, or a table such as { amplitude = 5 }"
                       : lua_pushfstring(L, "a table such as { %s = 5 }", first),
               2);
  bind_options(L, 2, list.word);
  lua_pushnil(L);
  if (!lua_next(L, 2)) bind_raise(L, "there is nothing in the table to set");
  lua_settop(L, 2);
  set_options(L, self);
  return 0;
}

static int stimulus_stop(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 1);
  izh_stimulus_stop(self->owner->net, self->index);
  drop_wave(L, self);
  return 0;
}

/* stimulus:get("current"): what it added to each of its neurons in the last step; and what can be set, but
 * for the amplitude of a current, which is what it adds. */
static int stimulus_get(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 2);
  const izh_net *net = self->owner->net;
  known list = {.word = {"current"}, .n = 1};
  add_settable(&list, self, false);
  int which = bind_word(L, "quantity", 2, list.word);
  uint32_t n = izh_stimulus_size(net, self->index);
  izh_stimulus_def def = izh_stimulus_get(net, self->index);
  const izh_stimulus_quantity *quantity = list.quantity[which];
  const double **each = which > 0 ? izh_stimulus_def_each(&def, quantity) : NULL;
  izh_err err;
  if (which == 0)
    bind_check(L, izh_stimulus_values_all(net, self->index, bind_vector_push(L, n)->x, &err), &err);
  else if (each && *each)
    izh_stimulus_numbers(net, self->index, quantity, bind_vector_push(L, n)->x);
  else
    lua_pushnumber(L, *(double *)izh_stimulus_def_at(&def, quantity));
  return 1;
}

static bool stimulus_field(lua_State *L, const char *name) {
  handle *self = luaL_testudata(L, 1, BIND_STIMULUS);
  if (strcmp(name, "name") != 0) return false;
  lua_pushstring(L, izh_stimulus_name(bind_open_handle(L, self), self->index));
  return true;
}

static int stimulus_tostring(lua_State *L) {
  handle *self = luaL_checkudata(L, 1, BIND_STIMULUS);
  if (bind_push_lost(L, "stimulus", self)) return 1;
  const izh_net *net = self->owner->net;
  const char *shown = izh_stimulus_describe(izh_stimulus_kind_of(net, self->index))->shown;
  uint32_t n = izh_stimulus_size(net, self->index);
  lua_pushfstring(L, "stimulus \"%s\": %s on %I neuron%s%s", izh_stimulus_name(net, self->index), shown,
                  (LUAI_UACINT)n, n == 1 ? "" : "s",
                  izh_stimulus_stopped(net, self->index) ? ", stopped" : "");
  return 1;
}

static const luaL_Reg methods[] = {
    {"set", stimulus_set}, {"get", stimulus_get}, {"stop", stimulus_stop}, {NULL, NULL}};
static const char *const fields[] = {"name", NULL};
static const luaL_Reg meta[] = {{"__tostring", stimulus_tostring}, {NULL, NULL}};

static const luaL_Reg of_network[] = {{"stimulate", network_stimulate}, {NULL, NULL}};

void bind_open_stimulus(lua_State *L) {
  bind_methods(L, BIND_NETWORK, of_network);
  bind_type(L, BIND_STIMULUS,
            (bind_members){"stimulus", .methods = methods, .metamethods = meta, .field = stimulus_field,
                           .fields = fields});
}
