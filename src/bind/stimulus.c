/* Stimuli as Lua values: izh.noise and izh.current describe one, net:stimulate applies it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/private.h"

const char BIND_STIMULUS[] = "izhlua.stimulus", BIND_STIMULUS_SPEC[] = "izhlua.stimulus_spec";

static const char *const kind_names[] = {"noise", "current"};

/* --- descriptions --- */

/* What izh.noise and izh.current return. User values: the name, and the function of time of a current. */
typedef struct spec {
  izh_stimulus_kind kind;
  double mean, sd, every_ms;
  bool wave;   /* a current that is a function of time */
  bool window; /* a current from one time to another */
  uint32_t n;
  double data[]; /* [2 n]: times, then values */
} spec;

static spec *spec_push(lua_State *L, izh_stimulus_kind kind, uint32_t n) {
  spec *made = lua_newuserdatauv(L, sizeof *made + 2 * n * sizeof(double), 2);
  *made = (spec){.kind = kind, .n = n};
  luaL_setmetatable(L, BIND_STIMULUS_SPEC);
  return made;
}

/* Moves the option name of the table at 1 into the description on top of the stack. */
static void keep_name(lua_State *L, const char *function) {
  if (!bind_option(L, 1, "name")) return;
  bind_label(L, function, "name", -1);
  lua_setiuservalue(L, -2, 1);
}

/* izh.noise{ mean = 0, sd =, every = 1, name = } */
static int noise_new(lua_State *L) {
  static const char *const known[] = {"mean", "sd", "every", "name", NULL};
  bind_arguments(L, "noise", 1);
  bind_options(L, "noise", 1, known);
  double mean = bind_option_number(L, "noise", 1, "mean", 0, -INFINITY, INFINITY);
  double sd = bind_option_number(L, "noise", 1, "sd", -1, 0, INFINITY);
  double every = bind_option_number(L, "noise", 1, "every", 1, -INFINITY, INFINITY);
  if (sd < 0) bind_raise(L, "noise", "the option sd is missing");
  if (every <= 0) bind_raise(L, "noise", "every must be > 0 ms (got %g)", every);
  spec *made = spec_push(L, IZH_STIMULUS_NOISE, 0);
  made->mean = mean;
  made->sd = sd;
  made->every_ms = every;
  keep_name(L, "noise");
  return 1;
}

static int current_constant(lua_State *L, double amplitude, double from, double to) {
  spec *made = spec_push(L, IZH_STIMULUS_CURRENT, isinf(to) ? 1 : 2);
  made->window = true;
  made->data[0] = from;
  made->data[made->n] = amplitude;
  if (made->n == 2) made->data[1] = to;
  if (made->n == 2) made->data[3] = 0;
  return 1;
}

static int current_wave(lua_State *L) {
  spec *made = spec_push(L, IZH_STIMULUS_CURRENT, 0);
  made->wave = true;
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 2);
  return 1;
}

static int current_steps(lua_State *L) {
  int times = bind_option(L, 1, "times") ? lua_absindex(L, -1) : 0;
  int values = bind_option(L, 1, "values") ? lua_absindex(L, -1) : 0;
  if (!times || !values) bind_raise(L, "current", "times and values go together");
  if (bind_option(L, 1, "amplitude") || bind_option(L, 1, "from") || bind_option(L, 1, "to"))
    bind_raise(L, "current", "give times and values, or amplitude, from and to");
  if (!bind_is_array(L, times)) bind_wrong(L, "current", "times", "an array", times);
  if (!bind_is_array(L, values)) bind_wrong(L, "current", "values", "an array", values);
  size_t n = bind_array_size(L, times);
  if (n < 1) bind_raise(L, "current", "times must not be empty");
  if (n > INT32_MAX) bind_raise(L, "current", "at most %d times (got %zu)", INT32_MAX, n);
  spec *made = spec_push(L, IZH_STIMULUS_CURRENT, (uint32_t)n);
  bind_array(L, "current", "times", times, made->data, n);
  bind_array(L, "current", "values", values, made->data + n, n);
  for (size_t k = 1; k < n; k++)
    if (!(made->data[k] > made->data[k - 1]))
      bind_raise(L, "current", "times must ascend (times[%zu] is %g, the one before %g)", k + 1,
                 made->data[k], made->data[k - 1]);
  return 1;
}

/* izh.current(5), izh.current(function(t) return I end), izh.current{ amplitude =, from =, to = },
 * izh.current{ times = {…}, values = {…} } */
static int current_new(lua_State *L) {
  static const char *const known[] = {"amplitude", "from", "to", "times", "values", "name", NULL};
  bind_arguments(L, "current", 1);
  if (lua_type(L, 1) == LUA_TNUMBER)
    return current_constant(L, bind_number(L, "current", "the amplitude", 1, -INFINITY, INFINITY), 0,
                            INFINITY);
  if (lua_isfunction(L, 1)) return current_wave(L);
  if (!lua_istable(L, 1))
    bind_wrong(L, "current", "the argument", "a number, a function of time or options", 1);
  bind_options(L, "current", 1, known);
  if (bind_option(L, 1, "times") || bind_option(L, 1, "values")) {
    lua_pop(L, 1);
    current_steps(L);
  } else {
    if (!bind_option(L, 1, "amplitude")) bind_raise(L, "current", "the option amplitude is missing");
    double amplitude = bind_number(L, "current", "amplitude", -1, -INFINITY, INFINITY);
    double from = bind_option_number(L, "current", 1, "from", 0, -INFINITY, INFINITY);
    double to = bind_option_number(L, "current", 1, "to", INFINITY, -INFINITY, INFINITY);
    if (!(to > from)) bind_raise(L, "current", "to must be after from (got %g and %g ms)", to, from);
    current_constant(L, amplitude, from, to);
  }
  keep_name(L, "current");
  return 1;
}

static int spec_tostring(lua_State *L) {
  const spec *self = luaL_checkudata(L, 1, BIND_STIMULUS_SPEC);
  if (self->kind == IZH_STIMULUS_NOISE)
    bind_text(L, "noise: mean %.10g, sd %.10g, every %.10g ms", self->mean, self->sd, self->every_ms);
  else if (self->wave)
    lua_pushliteral(L, "current: a function of time");
  else
    bind_text(L, "current: %.10g from %.10g ms on%s", self->data[self->n], self->data[0],
              self->n > 1 ? " …" : "");
  return 1;
}

/* --- net:stimulate(target, stimulus) --- */

typedef struct handle {
  bind_network *owner;
  uint32_t index;
} handle;

static handle *self_at(lua_State *L, const char *function) {
  handle *self = luaL_testudata(L, 1, BIND_STIMULUS);
  if (!self) bind_no_self(L, function, "a stimulus", "stimulus");
  bind_open_net(L, function, self->owner);
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
static void check_times(lua_State *L, const izh_net *net, const spec *what) {
  izh_err err;
  int64_t step;
  for (uint32_t k = 0; k < what->n; k++) {
    char name[32];
    if (what->window)
      snprintf(name, sizeof name, "%s", k == 0 ? "from" : "to");
    else
      snprintf(name, sizeof name, "times[%u]", k + 1);
    bind_check(L, "stimulate", izh_net_steps(net, name, what->data[k], &step, &err), &err);
  }
}

int bind_network_stimulate(lua_State *L) {
  static const char function[] = "stimulate";
  bind_network *owner = bind_network_self(L, function);
  bind_arguments(L, function, 3);
  bind_neurons target = bind_neurons_at(L, function, "the target", 2, owner);
  const spec *what = luaL_testudata(L, 3, BIND_STIMULUS_SPEC);
  if (!what) bind_wrong(L, function, "the stimulus", "made by izh.noise or izh.current", 3);
  izh_stimulus_def def = {.kind = what->kind,
                          .target = target.ids,
                          .mean = what->mean,
                          .sd = what->sd,
                          .every_ms = what->every_ms,
                          .times_ms = what->data,
                          .values = what->data + what->n,
                          .n = what->n};
  if (lua_getiuservalue(L, 3, 1) == LUA_TSTRING)
    def.name = lua_tostring(L, -1);
  else
    def.name =
        bind_free_name(L, 1, "stimuli", lua_pushfstring(L, "%s.%s", target.name, kind_names[what->kind]));
  handle *made = lua_newuserdatauv(L, sizeof *made, 1);
  *made = (handle){.owner = owner};
  luaL_setmetatable(L, BIND_STIMULUS);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  check_times(L, owner->net, what);
  lua_Integer slot = 0;
  if (what->wave) {
    lua_getiuservalue(L, 3, 2);
    slot = bind_store(L, 1, owner); /* may run finalizers, which may stimulate: before there is room */
    bind_wave *room = izh_grow(owner->waves, &owner->cap_waves, owner->n_waves + 1, sizeof *room);
    if (!room) bind_raise(L, function, "out of memory");
    owner->waves = room;
  }
  bind_reserve(L, 1, "stimuli", def.name);
  izh_err err;
  izh_status status = izh_stimulus_add(owner->net, &def, &made->index, &err);
  bind_settle(L, !status);
  bind_check(L, function, status, &err);
  if (what->wave) owner->waves[owner->n_waves++] = (bind_wave){.stimulus = made->index, .slot = slot};
  return 1;
}

/* --- members --- */

static void set_noise(lua_State *L, const handle *self) {
  static const char *const known[] = {"mean", "sd", NULL};
  double mean, sd;
  izh_stimulus_noise(self->owner->net, self->index, &mean, &sd);
  if (!lua_istable(L, 2))
    bind_wrong(L, "set", "what to set of a noise", "a table such as { mean = 0, sd = 5 }", 2);
  bind_options(L, "set", 2, known);
  mean = bind_option_number(L, "set", 2, "mean", mean, -INFINITY, INFINITY);
  sd = bind_option_number(L, "set", 2, "sd", sd, 0, INFINITY);
  izh_err err;
  bind_check(L, "set", izh_stimulus_set_noise(self->owner->net, self->index, mean, sd, &err), &err);
}

static void set_current(lua_State *L, const handle *self) {
  static const char *const known[] = {"amplitude", NULL};
  if (lua_istable(L, 2)) {
    bind_options(L, "set", 2, known);
    lua_getfield(L, 2, "amplitude");
    lua_replace(L, 2);
  }
  double amplitude = bind_number(L, "set", "amplitude", 2, -INFINITY, INFINITY);
  izh_err err;
  bind_check(L, "set", izh_stimulus_set_current(self->owner->net, self->index, amplitude, &err), &err);
  drop_wave(L, self);
}

/* noise:set{ mean =, sd = }, current:set(amplitude), both from the next step on; also set("sd", 3). */
static int stimulus_set(lua_State *L) {
  handle *self = self_at(L, "set");
  bind_arguments(L, "set", 3);
  if (izh_stimulus_stopped(self->owner->net, self->index))
    bind_raise(L, "set", "the stimulus was stopped; apply another with net:stimulate");
  bool noise = izh_stimulus_kind_of(self->owner->net, self->index) == IZH_STIMULUS_NOISE;
  if (noise && lua_type(L, 2) == LUA_TSTRING && lua_isnil(L, 3))
    bind_raise(L, "set", "the value of %s is missing", bind_shown(L, 2));
  if (lua_type(L, 2) == LUA_TSTRING &&
      !lua_isnil(L, 3)) { /* a name and a value: the same as a table of one option */
    lua_createtable(L, 0, 1);
    lua_insert(L, 2);
    lua_settable(L, 2);
  } else if (!lua_isnil(L, 3)) {
    bind_raise(L, "set", "a value goes with the name of a quantity (got %s)", bind_shown(L, 2));
  }
  if (noise)
    set_noise(L, self);
  else
    set_current(L, self);
  return 0;
}

static int stimulus_stop(lua_State *L) {
  handle *self = self_at(L, "stop");
  bind_arguments(L, "stop", 1);
  izh_stimulus_stop(self->owner->net, self->index);
  drop_wave(L, self);
  return 0;
}

/* stimulus:get("current"): what it added to each of its neurons in the last step; noise also "mean" and "sd".
 */
static int stimulus_get(lua_State *L) {
  static const char *const of_noise[] = {"current", "mean", "sd", NULL}, *const of_current[] = {"current",
                                                                                                NULL};
  handle *self = self_at(L, "get");
  bind_arguments(L, "get", 2);
  const izh_net *net = self->owner->net;
  bool noise = izh_stimulus_kind_of(net, self->index) == IZH_STIMULUS_NOISE;
  int q = bind_word(L, "get", "quantity", 2, noise ? of_noise : of_current);
  if (q == 0) {
    izh_stimulus_values(net, self->index, bind_vector_push(L, izh_stimulus_size(net, self->index))->x);
    return 1;
  }
  double mean, sd;
  izh_stimulus_noise(net, self->index, &mean, &sd);
  lua_pushnumber(L, q == 1 ? mean : sd);
  return 1;
}

static bool stimulus_field(lua_State *L, const char *name) {
  handle *self = luaL_testudata(L, 1, BIND_STIMULUS);
  if (strcmp(name, "name") != 0) return false;
  lua_pushstring(L, izh_stimulus_name(bind_open_net(L, name, self->owner), self->index));
  return true;
}

static int stimulus_tostring(lua_State *L) {
  handle *self = luaL_checkudata(L, 1, BIND_STIMULUS);
  const izh_net *net = self->owner->net;
  if (!net) {
    lua_pushliteral(L, "stimulus of a closed network");
    return 1;
  }
  lua_pushfstring(L, "stimulus \"%s\": %s on %I neurons%s", izh_stimulus_name(net, self->index),
                  kind_names[izh_stimulus_kind_of(net, self->index)],
                  (LUAI_UACINT)izh_stimulus_size(net, self->index),
                  izh_stimulus_stopped(net, self->index) ? ", stopped" : "");
  return 1;
}

static const luaL_Reg functions[] = {{"noise", noise_new}, {"current", current_new}, {NULL, NULL}};
static const luaL_Reg methods[] = {
    {"set", stimulus_set}, {"get", stimulus_get}, {"stop", stimulus_stop}, {NULL, NULL}};
static const char *const fields[] = {"name", NULL};
static const luaL_Reg meta[] = {{"__tostring", stimulus_tostring}, {NULL, NULL}};
static const luaL_Reg no_methods[] = {{NULL, NULL}};
static const luaL_Reg spec_meta[] = {{"__tostring", spec_tostring}, {NULL, NULL}};

void bind_open_stimulus(lua_State *L) {
  bind_type(L, BIND_STIMULUS, "stimulus", methods, meta, stimulus_field, fields);
  bind_type(L, BIND_STIMULUS_SPEC, "stimulus", no_methods, spec_meta, NULL, NULL);
  luaL_setfuncs(L, functions, 0);
}
