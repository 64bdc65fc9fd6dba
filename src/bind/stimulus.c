/* Stimuli of a network as Lua values: net:stimulate applies what izh.noise and the like describe. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/private.h"

const char BIND_STIMULUS[] = "izhlua.stimulus";

/* What makes each kind: it is in default names. */
static const char *const makers[IZH_STIMULUS_COUNT] = {
    [IZH_STIMULUS_NOISE] = "noise",       [IZH_STIMULUS_CURRENT] = "current",
    [IZH_STIMULUS_RAMP] = "current",      [IZH_STIMULUS_SINE] = "current",
    [IZH_STIMULUS_TRAIN] = "current",     [IZH_STIMULUS_POISSON] = "poisson",
    [IZH_STIMULUS_SPIKES] = "spike_train"};

/* --- net:stimulate(target, stimulus) --- */

typedef bind_handle handle;

void bind_stimulus_push(lua_State *L, int network, uint32_t index) {
  bind_handle_push(L, network, BIND_STIMULUS)->index = index;
}

static handle *self_at(lua_State *L, const char *function) {
  handle *self = luaL_testudata(L, 1, BIND_STIMULUS);
  if (!self) bind_no_self(L, function, "a stimulus", "stimulus");
  bind_open_handle(L, function, self);
  return self;
}

/* Ends the function of time of the handle at stack index 1, if it has one. */
static void drop_wave(lua_State *L, const handle *self) {
  bind_network *owner = self->owner;
  size_t at = bind_first_wave(owner, self->index);
  if (at == owner->n_waves || owner->waves[at].stimulus != self->index) return;
  lua_getiuservalue(L, 1, 1);
  bind_forget(L, -1, owner->waves[at].slot);
  lua_pop(L, 1);
  memmove(owner->waves + at, owner->waves + at + 1, (owner->n_waves - at - 1) * sizeof *owner->waves);
  owner->n_waves--;
}

/* The times of a current must be on the grid: the error says which one is not. */
static void check_times(lua_State *L, const izh_net *net, const bind_stimulus_spec *what) {
  izh_err err;
  int64_t step;
  for (uint32_t k = 0; k < what->def.n; k++) {
    char name[32];
    if (what->window)
      snprintf(name, sizeof name, "%s", k == 0 ? "from" : "to");
    else
      snprintf(name, sizeof name, "times[%u]", k + 1);
    bind_check(L, "stimulate", izh_net_steps(net, name, what->data[k], &step, &err), &err);
  }
}

/* Pushes the amplitudes of some neurons from the value at index, and returns them. */
static double *push_amplitudes(lua_State *L, const char *function, const bind_network *owner,
                               const char *name, int index, uint32_t generation, uint32_t *ids, uint32_t n) {
  bind_draws draws = {.generation = generation, .id = ids, .n = n};
  uint64_t restored = owner->restored;
  izh_err err;
  bind_check(L, function, izh_net_stream(owner->net, "stimulus", name, "amplitude", &draws.key, &err), &err);
  double *amplitudes = bind_buffer(L, n);
  bind_numbers(L, function, "amplitude", index, &draws, amplitudes);
  bind_same_net(L, function, owner, restored); /* a function may have done anything */
  return amplitudes;
}

/* Fills in what the description at 3 leaves to be said of its target; pushes what belongs to it. */
static void complete(lua_State *L, const bind_network *owner, const bind_stimulus_spec *what,
                     izh_stimulus_def *def) {
  uint32_t n = def->target.size;
  if (def->kind == IZH_STIMULUS_CURRENT) {
    def->times_ms = what->data;
    def->values = what->data + def->n;
  }
  if (def->kind == IZH_STIMULUS_SPIKES) def->spikes_ms = what->data;
  if (what->own && what->lists != n)
    bind_raise(L, "stimulate", "times must have one list for each of %u neuron%s (got %u)", n,
               n == 1 ? "" : "s", what->lists);
  if (what->own) {
    lua_getiuservalue(L, 3, 3);
    def->begin = lua_touserdata(L, -1);
  }
  if (!what->each) return;
  uint32_t *ids = lua_newuserdatauv(L, n * sizeof *ids, 0);
  for (uint32_t k = 0; k < n; k++) ids[k] = izh_ids_at(&def->target, k);
  lua_getiuservalue(L, 3, 2);
  def->amplitudes = push_amplitudes(L, "stimulate", owner, def->name, lua_absindex(L, -1), 0, ids, n);
}

static void keep_wave(lua_State *L, bind_network *owner, lua_Integer *slot) {
  lua_getiuservalue(L, 3, 2);
  *slot = bind_store(L, 1, owner); /* may run finalizers, which may stimulate: before there is room */
  bind_wave *room = izh_grow(owner->waves, &owner->cap_waves, owner->n_waves + 1, sizeof *room);
  if (!room) bind_raise(L, "stimulate", "out of memory");
  owner->waves = room;
}

int bind_network_stimulate(lua_State *L) {
  static const char function[] = "stimulate";
  bind_network *owner = bind_network_self(L, function);
  bind_arguments(L, function, 3);
  bind_neurons target = bind_neurons_at(L, function, "the target", 2, owner);
  const bind_stimulus_spec *what = luaL_testudata(L, 3, BIND_STIMULUS_SPEC);
  if (!what)
    bind_wrong(L, function, "the stimulus", "made by izh.noise, izh.current, izh.poisson or izh.spike_train",
               3);
  izh_stimulus_def def = what->def;
  def.target = target.ids;
  if (lua_getiuservalue(L, 3, 1) == LUA_TSTRING)
    def.name = lua_tostring(L, -1);
  else
    def.name = bind_free_name(L, 1, "stimuli", lua_pushfstring(L, "%s.%s", target.name, makers[def.kind]));
  handle *made = bind_handle_push(L, 1, BIND_STIMULUS);
  int place = lua_gettop(L);
  check_times(L, owner->net, what);
  complete(L, owner, what, &def);
  lua_Integer slot = 0;
  if (what->wave) keep_wave(L, owner, &slot);
  lua_pushvalue(L, place);
  bind_reserve(L, 1, "stimuli", def.name);
  izh_err err;
  izh_status status = izh_stimulus_add(owner->net, &def, &made->index, &err);
  bind_settle(L, !status);
  bind_check(L, function, status, &err);
  if (what->wave) owner->waves[owner->n_waves++] = (bind_wave){.stimulus = made->index, .slot = slot};
  if (what->each) izh_stimulus_drawn(owner->net, made->index);
  return 1;
}

/* --- members --- */

/* What can be set of a stimulus, and read: each kind has some of them. */
static const char *const settable[IZH_STIMULUS_COUNT][5] = {
    [IZH_STIMULUS_NOISE] = {"mean", "sd", "correlation"},
    [IZH_STIMULUS_CURRENT] = {"amplitude"},
    [IZH_STIMULUS_RAMP] = {"amplitude"},
    [IZH_STIMULUS_SINE] = {"amplitude", "frequency", "phase", "offset"},
    [IZH_STIMULUS_TRAIN] = {"amplitude", "width", "period"},
    [IZH_STIMULUS_POISSON] = {"rate", "weight"},
    [IZH_STIMULUS_SPIKES] = {"weight"},
};

/* The option of the table at 2, or what it is now. */
static double option(lua_State *L, const char *key, double now) {
  return bind_option_number(L, "set", 2, key, now, -INFINITY, INFINITY);
}

static izh_status set_noise(lua_State *L, izh_net *net, uint32_t index, izh_err *err) {
  izh_noise noise = izh_stimulus_noise(net, index);
  noise.mean = option(L, "mean", noise.mean);
  noise.sd = bind_option_number(L, "set", 2, "sd", noise.sd, 0, INFINITY);
  noise.correlation = bind_option_number(L, "set", 2, "correlation", noise.correlation, 0, 1);
  return izh_stimulus_set_noise(net, index, &noise, err);
}

static izh_status set_wave(lua_State *L, izh_net *net, uint32_t index, izh_err *err) {
  izh_wave wave = izh_stimulus_wave(net, index);
  wave.frequency_hz = option(L, "frequency", wave.frequency_hz);
  wave.phase_deg = option(L, "phase", wave.phase_deg);
  wave.offset = option(L, "offset", wave.offset);
  wave.width_ms = option(L, "width", wave.width_ms);
  wave.period_ms = option(L, "period", wave.period_ms);
  return izh_stimulus_set_wave(net, index, &wave, err);
}

static izh_status set_events(lua_State *L, izh_net *net, uint32_t index, izh_err *err) {
  double weight = option(L, "weight", izh_stimulus_weight(net, index));
  izh_status status = IZH_OK;
  if (izh_stimulus_kind_of(net, index) == IZH_STIMULUS_POISSON)
    status = izh_stimulus_set_rate(net, index, option(L, "rate", izh_stimulus_rate(net, index)), err);
  return status ? status : izh_stimulus_set_weight(net, index, weight, err);
}

typedef struct amplitude {
  double one;
  const double *each; /* NULL: one for all */
} amplitude;

/* The option amplitude, which is on top of the stack; leaves what it needs there. */
static amplitude read_amplitude(lua_State *L, const handle *self) {
  int value = lua_gettop(L);
  if (lua_type(L, value) == LUA_TNUMBER)
    return (amplitude){.one = bind_number(L, "set", "amplitude", value, -INFINITY, INFINITY)};
  const izh_net *net = self->owner->net;
  uint32_t n = izh_stimulus_size(net, self->index), *ids = lua_newuserdatauv(L, n * sizeof *ids, 0);
  izh_stimulus_neurons(net, self->index, ids);
  return (amplitude){.one = 1,
                     .each = push_amplitudes(L, "set", self->owner, izh_stimulus_name(net, self->index),
                                             value, izh_stimulus_generation(net, self->index), ids, n)};
}

/* The options at 2, all of which this kind has: everything is read before anything is changed. */
static void set_options(lua_State *L, const handle *self) {
  izh_net *net = self->owner->net;
  uint32_t index = self->index;
  izh_stimulus_kind kind = izh_stimulus_kind_of(net, index);
  izh_status status = IZH_OK;
  izh_err err;
  bool has_amplitude = strcmp(settable[kind][0], "amplitude") == 0 && bind_option(L, 2, "amplitude");
  amplitude given = has_amplitude ? read_amplitude(L, self) : (amplitude){0};
  if (kind == IZH_STIMULUS_NOISE) status = set_noise(L, net, index, &err);
  if (kind == IZH_STIMULUS_SINE || kind == IZH_STIMULUS_TRAIN) status = set_wave(L, net, index, &err);
  if (kind == IZH_STIMULUS_POISSON || kind == IZH_STIMULUS_SPIKES) status = set_events(L, net, index, &err);
  if (!status && has_amplitude) status = izh_stimulus_set_amplitude(net, index, given.one, given.each, &err);
  bind_check(L, "set", status, &err);
  if (given.each) izh_stimulus_drawn(net, index);
  if (has_amplitude) drop_wave(L, self);
}

/* stimulus:set{ mean =, … }, set("mean", 3), and for a current set(amplitude), all from the next step on. */
static int stimulus_set(lua_State *L) {
  handle *self = self_at(L, "set");
  bind_arguments(L, "set", 3);
  if (izh_stimulus_stopped(self->owner->net, self->index))
    bind_raise(L, "set", "the stimulus was stopped; apply another with net:stimulate");
  const char *const *known = settable[izh_stimulus_kind_of(self->owner->net, self->index)];
  bool current = strcmp(known[0], "amplitude") == 0;
  if (lua_type(L, 2) == LUA_TSTRING) {
    if (lua_isnil(L, 3)) bind_raise(L, "set", "the value of %s is missing", bind_shown(L, 2));
    lua_createtable(L, 0, 1); /* a name and a value: the same as a table of one option */
    lua_insert(L, 2);
    lua_settable(L, 2);
  } else if (!lua_isnil(L, 3)) {
    bind_raise(L, "set", "a value goes with the name of a quantity (got %s)", bind_shown(L, 2));
  } else if (current && lua_type(L, 2) == LUA_TNUMBER) {
    lua_settop(L, 2);
    lua_createtable(L, 0, 1);
    lua_insert(L, 2);
    lua_setfield(L, 2, "amplitude");
  }
  if (!lua_istable(L, 2))
    bind_wrong(L, "set", "what to set",
               current ? "a number, the amplitude, or a table such as { amplitude = 5 }"
                       : lua_pushfstring(L, "a table such as { %s = 5 }", known[0]),
               2);
  bind_options(L, "set", 2, known);
  lua_pushnil(L);
  if (!lua_next(L, 2)) bind_raise(L, "set", "there is nothing in the table to set");
  lua_settop(L, 2);
  set_options(L, self);
  return 0;
}

static int stimulus_stop(lua_State *L) {
  handle *self = self_at(L, "stop");
  bind_arguments(L, "stop", 1);
  izh_stimulus_stop(self->owner->net, self->index);
  drop_wave(L, self);
  return 0;
}

static double number_of(const izh_net *net, uint32_t index, const char *quantity) {
  izh_noise noise = izh_stimulus_noise(net, index);
  izh_wave wave = izh_stimulus_wave(net, index);
  const struct {
    const char *name;
    double value;
  } numbers[] = {{"mean", noise.mean},
                 {"sd", noise.sd},
                 {"correlation", noise.correlation},
                 {"frequency", wave.frequency_hz},
                 {"phase", wave.phase_deg},
                 {"offset", wave.offset},
                 {"width", wave.width_ms},
                 {"period", wave.period_ms},
                 {"rate", izh_stimulus_rate(net, index)},
                 {"weight", izh_stimulus_weight(net, index)}};
  size_t i = 0;
  while (strcmp(numbers[i].name, quantity) != 0) i++; /* all that is settable, but for the amplitude */
  return numbers[i].value;
}

/* stimulus:get("current"): what it added to each of its neurons in the last step; and what can be set, but
 * for the amplitude of a current, which is what it adds. */
static int stimulus_get(lua_State *L) {
  handle *self = self_at(L, "get");
  bind_arguments(L, "get", 2);
  const izh_net *net = self->owner->net;
  const char *const *own = settable[izh_stimulus_kind_of(net, self->index)];
  const char *known[6] = {"current"};
  for (int i = 0, n = 1; own[i]; i++)
    if (strcmp(own[i], "amplitude") != 0) known[n++] = own[i];
  int q = bind_word(L, "get", "quantity", 2, known);
  if (q > 0)
    lua_pushnumber(L, number_of(net, self->index, known[q]));
  else
    izh_stimulus_values(net, self->index, bind_vector_push(L, izh_stimulus_size(net, self->index))->x);
  return 1;
}

static bool stimulus_field(lua_State *L, const char *name) {
  handle *self = luaL_testudata(L, 1, BIND_STIMULUS);
  if (strcmp(name, "name") != 0) return false;
  lua_pushstring(L, izh_stimulus_name(bind_open_handle(L, name, self), self->index));
  return true;
}

static int stimulus_tostring(lua_State *L) {
  static const char *const forms[IZH_STIMULUS_COUNT] = {[IZH_STIMULUS_RAMP] = " (ramp)",
                                                        [IZH_STIMULUS_SINE] = " (sine)",
                                                        [IZH_STIMULUS_TRAIN] = " (pulse train)"};
  handle *self = luaL_checkudata(L, 1, BIND_STIMULUS);
  if (bind_push_lost(L, "stimulus", self)) return 1;
  const izh_net *net = self->owner->net;
  izh_stimulus_kind kind = izh_stimulus_kind_of(net, self->index);
  uint32_t n = izh_stimulus_size(net, self->index);
  lua_pushfstring(L, "stimulus \"%s\": %s%s on %I neuron%s%s", izh_stimulus_name(net, self->index),
                  makers[kind], forms[kind] ? forms[kind] : "", (LUAI_UACINT)n, n == 1 ? "" : "s",
                  izh_stimulus_stopped(net, self->index) ? ", stopped" : "");
  return 1;
}

static const luaL_Reg methods[] = {
    {"set", stimulus_set}, {"get", stimulus_get}, {"stop", stimulus_stop}, {NULL, NULL}};
static const char *const fields[] = {"name", NULL};
static const luaL_Reg meta[] = {{"__tostring", stimulus_tostring}, {NULL, NULL}};

void bind_open_stimulus(lua_State *L) {
  bind_type(L, BIND_STIMULUS, "stimulus", methods, meta, stimulus_field, fields);
}
