/* Descriptions of stimuli as Lua values: izh.noise, izh.current, izh.poisson, izh.spike_train. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bind/private.h"

const char BIND_STIMULUS_SPEC[] = "izhlua.stimulus_spec";

/* n: numbers that follow it */
static bind_stimulus_spec *spec_push(lua_State *L, izh_stimulus_kind kind, size_t n) {
  bind_stimulus_spec *made = lua_newuserdatauv(L, sizeof *made + n * sizeof(double), 3);
  memset(made, 0, sizeof *made);
  made->def.kind = kind;
  luaL_setmetatable(L, BIND_STIMULUS_SPEC);
  return made;
}

/* Moves the option name of the table at 1 into the description on top of the stack. */
static void keep_name(lua_State *L, const char *function) {
  if (!bind_option(L, 1, "name")) return;
  bind_label(L, function, "name", -1);
  lua_setiuservalue(L, -2, 1);
}

/* A number that must be among the options at 1. */
static double required(lua_State *L, const char *function, const char *key, double lo, double hi) {
  if (!bind_option(L, 1, key)) bind_raise(L, function, "the option %s is missing", key);
  double number = bind_number(L, function, key, -1, lo, hi);
  lua_pop(L, 1);
  return number;
}

/* --- izh.noise{ sd =, mean = 0, every = 1, correlation = 0 } --- */

static int noise_new(lua_State *L) {
  static const char *const known[] = {"mean", "sd", "every", "correlation", "name", NULL};
  bind_arguments(L, "noise", 1);
  bind_options(L, "noise", 1, known);
  double mean = bind_option_number(L, "noise", 1, "mean", 0, -INFINITY, INFINITY);
  double sd = required(L, "noise", "sd", 0, INFINITY);
  double every = bind_option_number(L, "noise", 1, "every", 1, -INFINITY, INFINITY);
  double correlation = bind_option_number(L, "noise", 1, "correlation", 0, 0, 1);
  if (every <= 0) bind_raise(L, "noise", "every must be > 0 ms (got %g)", every);
  bind_stimulus_spec *made = spec_push(L, IZH_STIMULUS_NOISE, 0);
  made->def.mean = mean;
  made->def.sd = sd;
  made->def.every_ms = every;
  made->def.correlation = correlation;
  keep_name(L, "noise");
  return 1;
}

/* --- izh.current --- */

/* The forms of a current that is given by a table. A form is known by the options that no other has. */
enum { LEVEL, VALUES, RAMP, SINE, TRAIN, FORMS };

static const struct form {
  const char *name; /* how errors call it */
  izh_stimulus_kind kind;
  const char *own[4]; /* options that say that it is this form */
  const char *options[8];
} forms[FORMS] = {
    [LEVEL] = {"a constant", IZH_STIMULUS_CURRENT, {NULL}, {"amplitude", "from", "to", "name", NULL}},
    [VALUES] = {"values at times",
                IZH_STIMULUS_CURRENT,
                {"times", "values", NULL},
                {"times", "values", "amplitude", "name", NULL}},
    [RAMP] = {"a ramp",
              IZH_STIMULUS_RAMP,
              {"start", "slope", "stop", NULL},
              {"start", "slope", "stop", "from", "to", "name", NULL}},
    [SINE] = {"a sine",
              IZH_STIMULUS_SINE,
              {"frequency", "phase", "offset", NULL},
              {"amplitude", "frequency", "phase", "offset", "from", "to", "name", NULL}},
    [TRAIN] = {"a pulse train",
               IZH_STIMULUS_TRAIN,
               {"width", "period", "n", NULL},
               {"amplitude", "width", "period", "n", "from", "to", "name", NULL}},
};

/* Which of the options in list is given; NULL: none. */
static const char *given_of(lua_State *L, const char *const *list) {
  for (; *list; list++)
    if (bind_option(L, 1, *list)) {
      lua_pop(L, 1);
      return *list;
    }
  return NULL;
}

static bool is_in(const char *word, const char *const *list) {
  while (*list && strcmp(*list, word) != 0) list++;
  return *list != NULL;
}

static const struct form *find_form(lua_State *L) {
  static const char *const known[] = {"amplitude", "from", "to",        "times", "values", "start",
                                      "slope",     "stop", "frequency", "phase", "offset", "width",
                                      "period",    "n",    "name",      NULL};
  bind_options(L, "current", 1, known);
  const struct form *form = &forms[LEVEL];
  const char *because = NULL;
  for (int f = VALUES; f < FORMS && !because; f++) {
    because = given_of(L, forms[f].own);
    if (because) form = &forms[f];
  }
  for (const char *const *option = known; *option; option++) {
    if (is_in(*option, form->options) || !bind_option(L, 1, *option)) continue;
    bind_raise(L, "current", "%s makes it %s, which has no option %s", because, form->name, *option);
  }
  return form;
}

/* The option amplitude: one number, or what gives one for each neuron, which is left on the stack. */
static double read_amplitude(lua_State *L, bool *each) {
  *each = false;
  if (!bind_option(L, 1, "amplitude")) bind_raise(L, "current", "the option amplitude is missing");
  if (lua_type(L, -1) == LUA_TNUMBER) return bind_number(L, "current", "amplitude", -1, -INFINITY, INFINITY);
  bool list = bind_is_array(L, -1);
  if (!list && !bind_is_dist(L, -1) && !lua_isfunction(L, -1))
    bind_wrong(L, "current", "amplitude", "a number, a distribution, an array or a function", -1);
  *each = true;
  if (list) { /* a copy, which the script cannot change */
    size_t n = bind_array_size(L, -1);
    bind_vector *copy = bind_vector_push(L, n);
    bind_array(L, "current", "amplitude", -2, copy->x, n);
  }
  return 1;
}

static bool has_amplitude(lua_State *L) {
  static const char *const amplitude[] = {"amplitude", NULL};
  return given_of(L, amplitude);
}

/* Keeps what is at index as the second user value of the description on top of the stack. */
static void keep_value(lua_State *L, int index) {
  lua_pushvalue(L, index);
  lua_setiuservalue(L, -2, 2);
}

static bind_stimulus_spec *level_push(lua_State *L, double amplitude, double from, double to) {
  uint32_t n = isinf(to) ? 1 : 2;
  bind_stimulus_spec *made = spec_push(L, IZH_STIMULUS_CURRENT, 2 * n);
  made->window = true;
  made->def.n = n;
  made->data[0] = from;
  made->data[n] = amplitude;
  if (n == 2) made->data[1] = to;
  if (n == 2) made->data[3] = 0;
  return made;
}

static void read_window(lua_State *L, double *from, double *to) {
  *from = bind_option_number(L, "current", 1, "from", 0, -INFINITY, INFINITY);
  *to = bind_option_number(L, "current", 1, "to", INFINITY, -INFINITY, INFINITY);
  if (!(*to > *from)) bind_raise(L, "current", "to must be after from (got %g and %g ms)", *to, *from);
}

static void level_new(lua_State *L) {
  bool each;
  double from, to, amplitude = read_amplitude(L, &each);
  int value = lua_absindex(L, -1);
  read_window(L, &from, &to);
  level_push(L, amplitude, from, to)->each = each;
  if (each) keep_value(L, value);
}

static void values_new(lua_State *L) {
  int times = bind_option(L, 1, "times") ? lua_absindex(L, -1) : 0;
  int values = bind_option(L, 1, "values") ? lua_absindex(L, -1) : 0;
  if (!times || !values) bind_raise(L, "current", "times and values go together");
  if (!bind_is_array(L, times)) bind_wrong(L, "current", "times", "an array", times);
  if (!bind_is_array(L, values)) bind_wrong(L, "current", "values", "an array", values);
  size_t n = bind_array_size(L, times);
  if (n < 1) bind_raise(L, "current", "times must not be empty");
  if (n > INT32_MAX) bind_raise(L, "current", "at most %d times (got %zu)", INT32_MAX, n);
  bool each = false;
  lua_pushnil(L);
  double amplitude = has_amplitude(L) ? read_amplitude(L, &each) : 1;
  int factors = lua_absindex(L, -1);
  bind_stimulus_spec *made = spec_push(L, IZH_STIMULUS_CURRENT, 2 * n);
  made->def.n = (uint32_t)n;
  bind_array(L, "current", "times", times, made->data, n);
  bind_array(L, "current", "values", values, made->data + n, n);
  for (size_t k = 1; k < n; k++)
    if (!(made->data[k] > made->data[k - 1]))
      bind_raise(L, "current", "times must ascend (times[%zu] is %g, the one before %g)", k + 1,
                 made->data[k], made->data[k - 1]);
  for (size_t k = n; k < 2 * n; k++) made->data[k] *= amplitude; /* one for all; 1 when each has its own */
  made->each = each;
  if (each) keep_value(L, factors);
}

static void ramp_new(lua_State *L) {
  static const char *const own[] = {"slope", "stop", NULL};
  izh_wave wave = {.start = bind_option_number(L, "current", 1, "start", 0, -INFINITY, INFINITY)};
  read_window(L, &wave.from_ms, &wave.to_ms);
  const char *how = given_of(L, own);
  if (!how) bind_raise(L, "current", "a ramp needs the option slope, or stop and to");
  double number = required(L, "current", how, -INFINITY, INFINITY);
  if (strcmp(how, "stop") == 0 && isinf(wave.to_ms)) bind_raise(L, "current", "stop needs the option to");
  if (strcmp(how, "slope") == 0 && given_of(L, own + 1))
    bind_raise(L, "current", "give slope or stop, not both");
  wave.slope = strcmp(how, "slope") == 0 ? number : (number - wave.start) / (wave.to_ms - wave.from_ms);
  spec_push(L, IZH_STIMULUS_RAMP, 0)->def.wave = wave;
}

/* A sine or a pulse train. */
static void wave_new(lua_State *L, izh_stimulus_kind kind) {
  bool each;
  izh_wave wave = {0};
  double amplitude = read_amplitude(L, &each);
  int value = lua_absindex(L, -1);
  read_window(L, &wave.from_ms, &wave.to_ms);
  if (kind == IZH_STIMULUS_SINE) {
    wave.frequency_hz = required(L, "current", "frequency", 0, INFINITY);
    wave.phase_deg = bind_option_number(L, "current", 1, "phase", 0, -INFINITY, INFINITY);
    wave.offset = bind_option_number(L, "current", 1, "offset", 0, -INFINITY, INFINITY);
  } else {
    wave.width_ms = required(L, "current", "width", -INFINITY, INFINITY);
    wave.period_ms = required(L, "current", "period", -INFINITY, INFINITY);
    if (bind_option(L, 1, "n"))
      wave.pulses = (uint64_t)bind_integer(L, "current", "n", -1, 1, INT64_C(1) << 53);
  }
  bind_stimulus_spec *made = spec_push(L, kind, 0);
  made->def.wave = wave;
  made->def.amplitude = amplitude;
  made->each = each;
  if (each) keep_value(L, value);
}

static int current_new(lua_State *L) {
  bind_arguments(L, "current", 1);
  if (lua_type(L, 1) == LUA_TNUMBER) {
    level_push(L, bind_number(L, "current", "the amplitude", 1, -INFINITY, INFINITY), 0, INFINITY);
    return 1;
  }
  if (lua_isfunction(L, 1)) {
    spec_push(L, IZH_STIMULUS_CURRENT, 0)->wave = true;
    keep_value(L, 1);
    return 1;
  }
  if (!lua_istable(L, 1))
    bind_wrong(L, "current", "the argument", "a number, a function of time or options", 1);
  const struct form *form = find_form(L);
  if (form == &forms[LEVEL])
    level_new(L);
  else if (form == &forms[VALUES])
    values_new(L);
  else if (form == &forms[RAMP])
    ramp_new(L);
  else
    wave_new(L, form->kind);
  keep_name(L, "current");
  return 1;
}

/* --- izh.poisson{ rate =, weight =, n = 1, synapse … } --- */

static int poisson_new(lua_State *L) {
  static const char *const known[] = {"rate", "weight", "n", "synapse", "width", "tau", "name", NULL};
  bind_arguments(L, "poisson", 1);
  bind_options(L, "poisson", 1, known);
  izh_stimulus_def def = {.rate_hz = required(L, "poisson", "rate", 0, INFINITY),
                          .weight = required(L, "poisson", "weight", -INFINITY, INFINITY),
                          .sources = 1,
                          .kernel = bind_kernel(L, "poisson", 1)};
  if (bind_option(L, 1, "n")) def.sources = (double)bind_integer(L, "poisson", "n", -1, 1, INT32_MAX);
  def.kind = IZH_STIMULUS_POISSON;
  spec_push(L, def.kind, 0)->def = def;
  keep_name(L, "poisson");
  return 1;
}

/* --- izh.spike_train{ times =, weight =, synapse … } --- */

/* Is the table at index a list of arrays, one for each neuron. */
static bool has_lists(lua_State *L, int index) {
  if (!lua_istable(L, index)) return false;
  lua_rawgeti(L, index, 1);
  bool lists = bind_is_array(L, -1);
  lua_pop(L, 1);
  return lists;
}

static bind_stimulus_spec *one_train(lua_State *L, int times) {
  size_t n = bind_array_size(L, times);
  bind_stimulus_spec *made = spec_push(L, IZH_STIMULUS_SPIKES, n);
  made->def.n_spikes = n;
  bind_array(L, "spike_train", "times", times, made->data, n);
  return made;
}

/* A train for each neuron: where they begin is the third user value. */
static bind_stimulus_spec *own_trains(lua_State *L, int times) {
  lua_Integer lists = bind_list(L, "spike_train", "times", times);
  if (lists > INT32_MAX) bind_raise(L, "spike_train", "at most %d trains", INT32_MAX);
  uint64_t *begin = lua_newuserdatauv(L, ((size_t)lists + 1) * sizeof *begin, 0);
  begin[0] = 0;
  for (lua_Integer k = 0; k < lists; k++) {
    lua_rawgeti(L, times, k + 1);
    char what[48];
    snprintf(what, sizeof what, "times[%lld]", (long long)k + 1);
    if (!bind_is_array(L, -1)) bind_wrong(L, "spike_train", what, "an array", -1);
    begin[k + 1] = begin[k] + bind_array_size(L, -1);
    lua_pop(L, 1);
  }
  bind_stimulus_spec *made = spec_push(L, IZH_STIMULUS_SPIKES, begin[lists]);
  made->def.n_spikes = begin[lists];
  made->lists = (uint32_t)lists;
  made->own = true;
  for (lua_Integer k = 0; k < lists; k++) {
    lua_rawgeti(L, times, k + 1);
    char what[48];
    snprintf(what, sizeof what, "times[%lld]", (long long)k + 1);
    bind_array(L, "spike_train", what, -1, made->data + begin[k], begin[k + 1] - begin[k]);
    lua_pop(L, 1);
  }
  lua_pushvalue(L, -2);
  lua_setiuservalue(L, -2, 3);
  return made;
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
static bind_stimulus_spec *trains_of_spikes(lua_State *L, int index) {
  const double *t, *ids;
  size_t n = bind_spikes_arrays(L, index, &t, &ids);
  bind_spikes_ids neurons = bind_spikes_neurons(L, index);
  if (neurons.n > INT32_MAX) bind_raise(L, "spike_train", "at most %d trains", INT32_MAX);
  uint64_t *begin = lua_newuserdatauv(L, (neurons.n + 2) * sizeof *begin, 0);
  memset(begin, 0, (neurons.n + 2) * sizeof *begin);
  for (size_t k = 0; k < n; k++) begin[neuron_at(&neurons, ids[k]) + 2]++;
  for (size_t k = 2; k < neurons.n + 2; k++) begin[k] += begin[k - 1];
  bind_stimulus_spec *made = spec_push(L, IZH_STIMULUS_SPIKES, n);
  made->def.n_spikes = n;
  /* begin[k + 1] is where the next spike of the k-th goes, and in the end where the k + 1-th begins */
  for (size_t k = 0; k < n; k++) made->data[begin[neuron_at(&neurons, ids[k]) + 1]++] = t[k];
  if (neurons.n == 1) return made;
  made->lists = (uint32_t)neurons.n;
  made->own = true;
  lua_pushvalue(L, -2);
  lua_setiuservalue(L, -2, 3);
  return made;
}

/* Pushes what the option times or file says, spikes in the latter case. */
static void push_times(lua_State *L) {
  bool file = bind_option(L, 1, "file");
  if (file && bind_option(L, 1, "times")) bind_raise(L, "spike_train", "give times or file, not both");
  if (file) {
    bind_string(L, "spike_train", "file", -1);
    lua_pushcfunction(L, bind_spikes_new);
    lua_insert(L, -2);
    lua_call(L, 1, 1);
  } else if (!bind_option(L, 1, "times")) {
    bind_raise(L, "spike_train", "the option times is missing");
  }
}

static int spike_train_new(lua_State *L) {
  static const char *const known[] = {"times", "file", "weight", "synapse", "width", "tau", "name", NULL};
  bind_arguments(L, "spike_train", 1);
  bind_options(L, "spike_train", 1, known);
  push_times(L);
  int times = lua_absindex(L, -1);
  bool spikes = luaL_testudata(L, times, BIND_SPIKES) != NULL;
  if (!spikes && !bind_is_array(L, times))
    bind_wrong(L, "spike_train", "times", "an array, a list of one array for each neuron, or spikes", times);
  double weight = required(L, "spike_train", "weight", -INFINITY, INFINITY);
  izh_kernel kernel = bind_kernel(L, "spike_train", 1);
  bind_stimulus_spec *made = spikes                ? trains_of_spikes(L, times)
                             : has_lists(L, times) ? own_trains(L, times)
                                                   : one_train(L, times);
  made->def.weight = weight;
  made->def.kernel = kernel;
  keep_name(L, "spike_train");
  return 1;
}

/* --- how they print --- */

static void current_tostring(lua_State *L, const bind_stimulus_spec *self) {
  const izh_wave *w = &self->def.wave;
  if (self->wave)
    lua_pushliteral(L, "current: a function of time");
  else if (self->def.kind == IZH_STIMULUS_RAMP)
    bind_text(L, "current: a ramp of %.10g each ms, from %.10g at %.10g ms", w->slope, w->start, w->from_ms);
  else if (self->def.kind == IZH_STIMULUS_SINE)
    bind_text(L, "current: a sine of %.10g Hz, from %.10g ms", w->frequency_hz, w->from_ms);
  else if (self->def.kind == IZH_STIMULUS_TRAIN)
    bind_text(L, "current: pulses of %.10g ms every %.10g ms, from %.10g ms", w->width_ms, w->period_ms,
              w->from_ms);
  else if (self->each)
    bind_text(L, "current: an amplitude for each neuron from %.10g ms on%s", self->data[0],
              self->def.n > 1 ? " …" : "");
  else
    bind_text(L, "current: %.10g from %.10g ms on%s", self->data[self->def.n], self->data[0],
              self->def.n > 1 ? " …" : "");
}

static int spec_tostring(lua_State *L) {
  const bind_stimulus_spec *self = luaL_checkudata(L, 1, BIND_STIMULUS_SPEC);
  const izh_stimulus_def *def = &self->def;
  if (def->kind == IZH_STIMULUS_NOISE) {
    bind_text(L, "noise: mean %.10g, sd %.10g, every %.10g ms", def->mean, def->sd, def->every_ms);
    if (def->correlation > 0) bind_text(L, ", correlation %.10g", def->correlation);
    if (def->correlation > 0) lua_concat(L, 2);
  } else if (def->kind == IZH_STIMULUS_POISSON) {
    bind_text(L, "poisson: %.10g × %.10g Hz, weight %.10g", def->sources, def->rate_hz, def->weight);
  } else if (def->kind == IZH_STIMULUS_SPIKES) {
    bind_text(L, "spike_train: %llu spikes", (unsigned long long)def->n_spikes);
    if (self->own) bind_text(L, " of %u neurons", self->lists);
    bind_text(L, ", weight %.10g", def->weight);
    lua_concat(L, self->own ? 3 : 2);
  } else {
    current_tostring(L, self);
  }
  return 1;
}

static const luaL_Reg functions[] = {{"noise", noise_new},
                                     {"current", current_new},
                                     {"poisson", poisson_new},
                                     {"spike_train", spike_train_new},
                                     {NULL, NULL}};
static const luaL_Reg no_methods[] = {{NULL, NULL}};
static const luaL_Reg spec_meta[] = {{"__tostring", spec_tostring}, {NULL, NULL}};

void bind_open_stimulus_spec(lua_State *L) {
  bind_type(L, BIND_STIMULUS_SPEC, "stimulus", no_methods, spec_meta, NULL, NULL);
  luaL_setfuncs(L, functions, 0);
}
