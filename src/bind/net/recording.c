/* Recordings as Lua values, and net:record. */
#include "bind/net/recording.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bind/files/files.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/net/handle.h"
#include "bind/net/leftover.h"
#include "bind/net/network.h"
#include "bind/net/population.h"
#include "bind/net/projection.h"
#include "bind/open.h"
#include "bind/spikes/spikes.h"
#include "bind/value/vector.h"
#include "core/net/ids.h"
#include "core/net/net.h"
#include "core/neuron/model.h"
#include "core/neuron/population.h"
#include "core/record/recording.h"
#include "core/synapse/projection.h"
#include "formats/array.h"
#include "formats/format.h"
#include "formats/text.h"

const char BIND_RECORDING[] = "izhlua.recording";

typedef bind_handle handle;

void bind_recording_push(lua_State *L, int network, uint32_t index) {
  bind_handle_push(L, network, BIND_RECORDING)->index = index;
}

static handle *self_at(lua_State *L) {
  handle *self = luaL_testudata(L, 1, BIND_RECORDING);
  if (!self) bind_no_self(L, "a recording", "recording", 1);
  bind_open_handle(L, self);
  return self;
}

static izh_recording_info describe(const handle *self) {
  return izh_recording_describe(self->owner->net, self->index);
}

/* --- net:record(target, variables, { of = "each", every = 1, name =, to =, memory = }) --- */

static const char *const of_neurons[] = {"v", "u", "i", "i_exc", "i_inh", "i_ext", NULL},
                         *const of_projection[] = {"weight", NULL};

/* The variables at index, a name or a list of names, into out; how many they are. */
static int read_variables(lua_State *L, int index, bool weights, izh_variable *out) {
  const char *const *known = weights ? of_projection : of_neurons;
  izh_variable first = weights ? IZH_VARIABLE_WEIGHT : IZH_VARIABLE_V;
  if (lua_type(L, index) == LUA_TSTRING) {
    *out = first + (izh_variable)bind_word(L, "variable", index, known);
    return 1;
  }
  if (!lua_istable(L, index))
    bind_wrong(L, "what to record", weights ? "\"weight\"" : "a list of variables such as { \"v\", \"u\" }",
               index);
  lua_Integer n = bind_list(L, "what to record", index);
  if (n == 0) bind_raise(L, "what to record must not be empty");
  for (lua_Integer i = 0; i < n; i++) {
    lua_rawgeti(L, index, i + 1);
    izh_variable variable = first + (izh_variable)bind_word(L, "variable", -1, known);
    for (lua_Integer j = 0; j < i; j++)
      if (out[j] == variable) bind_raise(L, "variable %s is given twice", bind_shown(L, -1));
    out[i] = variable; /* distinct, so that they are never too many */
    lua_pop(L, 1);
  }
  return (int)n;
}

/* E.v, E.v+u, E.mean v */
static const char *push_name(lua_State *L, const char *target, const izh_recording_def *def) {
  const izh_variable *variables = def->variables;
  int n = def->n_variables;
  lua_pushfstring(L, "%s.%s", target, def->mean ? "mean " : "");
  for (int q = 0; q < n; q++) lua_pushfstring(L, "%s%s", q ? "+" : "", izh_variable_name(variables[q]));
  lua_concat(L, n + 1);
  return bind_free_name(L, 1, "recordings", lua_tostring(L, -1));
}

static unsigned long long read_memory(lua_State *L, unsigned long long otherwise) {
  static const char *const places[] = {"memory", "file", NULL};
  bool to_file = false;
  if (bind_option(L, 4, "to")) {
    to_file = bind_word(L, "to", -1, places) == 1;
    lua_pop(L, 1);
  }
  double megabytes = bind_option_number(L, 4, "memory", 1e-6 * (double)otherwise, 0, 1e9);
  return to_file ? 0 : (unsigned long long)(megabytes * 1e6);
}

static bool read_mean(lua_State *L, bool weights) {
  static const char *const words[] = {"each", "mean", NULL};
  if (!bind_option(L, 4, "of")) return false;
  bool mean = bind_word(L, "of", -1, words) == 1;
  lua_pop(L, 1);
  if (mean && weights) bind_raise(L, "of = \"mean\" is of neurons, not of weights");
  return mean;
}

static int network_record(lua_State *L) {
  static const char *const known[] = {"every", "name", "to", "memory", "of", NULL};
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 4);
  izh_recording_def def = izh_recording_def_default();
  bool weights = bind_projection_at(L, "the target", 2, owner, &def.projection);
  const char *target;
  if (weights) {
    target = izh_projection_describe(owner->net, def.projection).name;
  } else {
    if (!luaL_testudata(L, 2, BIND_POPULATION) && !luaL_testudata(L, 2, BIND_NETWORK))
      bind_wrong(L, "the target", "a population, a slice of one, the network, or a projection", 2);
    bind_neurons neurons = bind_targets_at(L, "the target", 2, owner);
    def.neurons = neurons.ids;
    target = neurons.name;
  }
  izh_variable variables[IZH_RECORDING_VARIABLES];
  def.variables = variables;
  def.n_variables = read_variables(L, 3, weights, variables);
  if (!lua_isnil(L, 4) && !lua_istable(L, 4)) bind_wrong(L, "options", "a table", 4); /* `of` is no neurons */
  if (!lua_isnil(L, 4)) bind_options(L, 4, known);
  int options = lua_isnil(L, 4) ? 0 : 4;
  if (options) def.every_ms = bind_option_number(L, 4, "every", def.every_ms, -INFINITY, INFINITY);
  if (options) def.memory = read_memory(L, def.memory);
  if (options) def.mean = read_mean(L, weights);
  if (bind_option(L, options, "name"))
    def.name = bind_label(L, "name", -1); /* stays on the stack */
  else
    def.name = push_name(L, target, &def);

  bind_made_at(L, 1, "record", def.name);
  handle *made = bind_handle_push(L, 1, BIND_RECORDING);
  bind_reserve(L, 1, "recordings", def.name);
  izh_err err;
  izh_status status = izh_recording_add(owner->net, &def, &made->index, &err);
  bind_settle(L, !status);
  bind_check(L, status, &err);
  return 1;
}

/* --- members --- */

static int recording_times(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 1);
  izh_recording_info info = describe(self);
  bind_vector *vector = bind_vector_push(L, info.samples);
  for (uint64_t j = 0; j < info.samples; j++)
    vector->x[j] = izh_net_ms(self->owner->net, info.first + (int64_t)j * info.every);
  return 1;
}

/* The place of the variable at index among those recorded. */
static int variable_at(lua_State *L, int index, const izh_recording_info *info) {
  const char *names[IZH_RECORDING_VARIABLES + 1] = {NULL};
  for (int q = 0; q < info->n_variables; q++) names[q] = izh_variable_name(info->variables[q]);
  const char *word = bind_string(L, "variable", index);
  for (int q = 0; q < info->n_variables; q++)
    if (strcmp(names[q], word) == 0) return q;
  for (int q = 0; q < IZH_VARIABLE_COUNT; q++)
    if (strcmp(izh_variable_name((izh_variable)q), word) == 0)
      bind_raise(L, "%s was not recorded by \"%s\": net:record(target, { \"%s\" }) records it", word,
                 info->name, word);
  bind_unknown(L, "variable", word, names);
}

/* Raises when the value at index is no position, but the id of a recorded neuron. */
static void refuse_id(lua_State *L, int index, const izh_recording_info *info) {
  double id = lua_type(L, index) == LUA_TNUMBER ? lua_tonumber(L, index) : 0;
  if (id >= 1 && id <= (double)info->n) return;
  for (uint32_t k = 0; k < info->neurons.size; k++)
    if (izh_ids_at(&info->neurons, k) + 1.0 == id)
      bind_raise(L,
                 "a recorded neuron is named by its position, 1 … %llu, not by its id: neuron %.0f is at %u",
                 (unsigned long long)info->n, id, k + 1);
}

/* The k-th recorded neuron, from 0; the only one need not be named. */
static uint64_t item_at(lua_State *L, int index, const izh_recording_info *info) {
  if (info->mean && !lua_isnoneornil(L, index))
    bind_raise(L, "\"%s\" is a recording of a mean, which is asked for without a number (got %s)", info->name,
               bind_shown(L, index));
  const char *what = info->variables[0] == IZH_VARIABLE_WEIGHT ? "synapse" : "neuron";
  if (info->n == 0) bind_raise(L, "there are no %ss in \"%s\"", what, info->name);
  if (lua_isnoneornil(L, index) && info->n == 1) return 0;
  if (*what == 'n') refuse_id(L, index, info);
  char text[64];
  snprintf(text, sizeof text, "the position among the recorded %ss", what);
  return (uint64_t)bind_integer(L, text, index, 1, (int64_t)info->n) - 1;
}

/* recording:values("v", k): its samples of the k-th neuron. */
static int recording_values(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 3);
  izh_recording_info info = describe(self);
  int variable = variable_at(L, 2, &info);
  uint64_t k = item_at(L, 3, &info);
  bind_vector *vector = bind_vector_push(L, info.samples);
  izh_err err;
  bind_check(L, izh_recording_values(self->owner->net, self->index, variable, k, vector->x, &err), &err);
  return 1;
}

/* recording:spikes(k): the times of the k-th neuron's spikes while the recording went on. */
static int recording_spikes(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 2);
  izh_recording_info info = describe(self);
  if (info.variables[0] == IZH_VARIABLE_WEIGHT) bind_raise(L, "\"%s\" is a recording of synapses", info.name);
  if (info.mean) bind_raise(L, "\"%s\" is a recording of a mean, which has no spikes", info.name);
  uint32_t neuron = izh_ids_at(&info.neurons, (uint32_t)item_at(L, 2, &info));
  const izh_net *net = self->owner->net;
  izh_ids one = izh_ids_range(neuron, 1);
  bind_check_kept(L, net, &one, info.begun, info.ended);
  izh_spikes all = izh_net_spikes(net);
  size_t n = 0;
  bind_vector *vector = NULL;
  for (int pass = 0; pass < 2; pass++) {
    n = 0;
    for (int64_t s = info.begun; s < info.ended; s++)
      for (uint64_t i = all.begin[s]; i < all.begin[s + 1] && all.index[i] <= neuron; i++) {
        if (all.index[i] != neuron) continue;
        if (pass) vector->x[n] = all.ms ? all.ms[i] : izh_net_ms(net, s + 1);
        n++;
      }
    if (!pass) vector = bind_vector_push(L, n);
  }
  return 1;
}

/* --- recording:save(path) --- */

/* What a source of a recording is filled from. */
typedef struct samples {
  const handle *self;
  int variable;
} samples;

static izh_status fill_samples(const void *context, size_t column, double *values, izh_err *err) {
  const samples *from = context;
  return izh_recording_values(from->self->owner->net, from->self->index, from->variable, column, values, err);
}

static izh_status fill_times(const void *context, size_t column, double *values, izh_err *err) {
  const samples *from = context;
  (void)column;
  (void)err;
  izh_recording_info info = describe(from->self);
  for (uint64_t j = 0; j < info.samples; j++)
    values[j] = izh_net_ms(from->self->owner->net, info.first + (int64_t)j * info.every);
  return IZH_OK;
}

static izh_status fill_neurons(const void *context, size_t column, double *values, izh_err *err) {
  const samples *from = context;
  (void)column;
  (void)err;
  izh_recording_info info = describe(from->self);
  for (uint32_t k = 0; k < info.neurons.size; k++) values[k] = izh_ids_at(&info.neurons, k) + 1.0;
  return IZH_OK;
}

/* times [samples]; neurons; and each variable [samples][neurons], column after column since that is how they
 * are kept. */
static izh_status save_arrays(const handle *self, const izh_recording_info *info, const izh_file *file,
                              izh_err *err) {
  izh_source all[IZH_RECORDING_VARIABLES + 2];
  samples from[IZH_RECORDING_VARIABLES];
  int n = 0;
  for (int q = 0; q < info->n_variables; q++) {
    from[q] = (samples){.self = self, .variable = q};
    all[n++] = (izh_source){.name = izh_variable_name(info->variables[q]),
                            .dimensions = 2,
                            .rows = info->samples,
                            .columns = info->n,
                            .fill = fill_samples,
                            .context = &from[q]};
  }
  if (file->format->layout == IZH_LAYOUT_ARRAY) return file->format->write(file, all, 1, err);
  all[n++] = (izh_source){.name = "times",
                          .dimensions = 1,
                          .rows = info->samples,
                          .columns = 1,
                          .fill = fill_times,
                          .context = from};
  if (info->variables[0] != IZH_VARIABLE_WEIGHT && !info->mean)
    all[n++] = (izh_source){.name = "neurons",
                            .element = IZH_ELEMENT_INT64,
                            .dimensions = 1,
                            .rows = info->neurons.size,
                            .columns = 1,
                            .fill = fill_neurons,
                            .context = from};
  return file->format->write(file, all, (size_t)n, err);
}

/* One line for each sample of each neuron: neuron, time_ms, and the variables. Of a mean, without neuron. */
static izh_status add_neuron(const handle *self, const izh_recording_info *info, izh_text *text, uint64_t k,
                             double *buffer, izh_err *err) {
  const double *columns[IZH_RECORDING_VARIABLES + 2];
  bool weights = info->variables[0] == IZH_VARIABLE_WEIGHT;
  double id = weights || info->mean ? (double)k + 1 : izh_ids_at(&info->neurons, (uint32_t)k) + 1.0,
         *times = buffer;
  fill_times(&(samples){.self = self}, 0, times, err);
  for (int q = 0; q < info->n_variables; q++) {
    double *values = buffer + (size_t)(q + 1) * info->samples;
    columns[q + 2] = values;
    izh_status status = izh_recording_values(self->owner->net, self->index, q, k, values, err);
    if (status) return status;
  }
  for (uint64_t j = 0; j < info->samples; j++) {
    columns[0] = &id;
    columns[1] = times + j;
    izh_status status = izh_text_add(text, columns + info->mean, 1, err);
    if (status) return status;
    for (int q = 0; q < info->n_variables; q++) columns[q + 2]++;
  }
  return IZH_OK;
}

static izh_status save_text(const handle *self, const izh_recording_info *info, const izh_file *file,
                            double *buffer, izh_err *err) {
  const char *names[IZH_RECORDING_VARIABLES + 2] = {
      info->variables[0] == IZH_VARIABLE_WEIGHT ? "synapse" : "neuron", "time_ms"};
  for (int q = 0; q < info->n_variables; q++) names[q + 2] = izh_variable_name(info->variables[q]);
  izh_text *text;
  izh_status status = izh_text_begin(file->path, file->format->separator, names + info->mean,
                                     (size_t)info->n_variables + 2 - info->mean, &text, err);
  if (status) return status;
  for (uint64_t k = 0; k < info->n && !status; k++) status = add_neuron(self, info, text, k, buffer, err);
  if (!status) return izh_text_commit(text, err);
  izh_text_abandon(text);
  return status;
}

static int recording_save(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 2);
  izh_file file = bind_file(L, 2, IZH_CONTENT_RECORDING, true);
  izh_recording_info info = describe(self);
  if (file.format->layout == IZH_LAYOUT_ARRAY && info.n_variables > 1)
    bind_raise(L, "a .npy file holds one variable, and \"%s\" has %d; a .npz file holds them all", info.name,
               info.n_variables);
  izh_err err;
  izh_status status;
  if (file.format->separator) {
    double *buffer = bind_buffer(L, info.samples * (size_t)(info.n_variables + 1));
    status = save_text(self, &info, &file, buffer, &err);
  } else {
    status = save_arrays(self, &info, &file, &err);
  }
  bind_check(L, status, &err);
  return 0;
}

static int recording_stop(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 1);
  izh_recording_stop(self->owner->net, self->index);
  return 0;
}

static bool push_field(lua_State *L, const char *name, const izh_net *net, const izh_recording_info *info) {
  if (strcmp(name, "name") == 0) {
    lua_pushstring(L, info->name);
  } else if (strcmp(name, "size") == 0) {
    lua_pushinteger(L, (lua_Integer)info->samples);
  } else if (strcmp(name, "every") == 0) {
    lua_pushnumber(L, izh_net_ms(net, info->every));
  } else if (strcmp(name, "of") == 0) {
    lua_pushstring(L, info->mean ? "mean" : "each");
  } else if (strcmp(name, "from") == 0) {
    lua_pushnumber(L, izh_net_ms(net, info->begun));
  } else if (strcmp(name, "to") == 0) {
    lua_pushnumber(L, izh_net_ms(net, info->ended));
  } else if (strcmp(name, "neurons") == 0) {
    bind_vector *ids = bind_vector_push(L, info->neurons.size);
    for (uint32_t k = 0; k < info->neurons.size; k++) ids->x[k] = izh_ids_at(&info->neurons, k) + 1.0;
  } else {
    lua_createtable(L, info->n_variables, 0);
    for (int q = 0; q < info->n_variables; q++) {
      lua_pushstring(L, izh_variable_name(info->variables[q]));
      lua_rawseti(L, -2, q + 1);
    }
  }
  return true;
}

static const char *const fields[] = {"name", "size",    "of",        "every", "from",
                                     "to",   "neurons", "variables", NULL};

static bool recording_field(lua_State *L, const char *name) {
  handle *self = luaL_testudata(L, 1, BIND_RECORDING);
  for (const char *const *field = fields; *field; field++) {
    if (strcmp(*field, name) != 0) continue;
    const izh_net *net = bind_open_handle(L, self);
    izh_recording_info info = describe(self);
    return push_field(L, name, net, &info);
  }
  return false;
}

static int recording_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)describe(self_at(L)).samples);
  return 1;
}

/* recording "E.v+u": v and u of 40 neurons every 1 ms, 1001 samples in 0 ≤ t ≤ 1000 ms */
static int recording_tostring(lua_State *L) {
  handle *self = luaL_checkudata(L, 1, BIND_RECORDING);
  if (bind_push_lost(L, "recording", self)) return 1;
  const izh_net *net = self->owner->net;
  izh_recording_info info = describe(self);
  luaL_Buffer text;
  luaL_buffinit(L, &text);
  lua_pushfstring(L, "recording \"%s\": ", info.name);
  luaL_addvalue(&text);
  for (int q = 0; q < info.n_variables; q++) {
    luaL_addstring(&text, q == 0 ? "" : q + 1 < info.n_variables ? ", " : " and ");
    luaL_addstring(&text, izh_variable_name(info.variables[q]));
  }
  const char *what = info.variables[0] == IZH_VARIABLE_WEIGHT ? "synapse" : "neuron";
  uint64_t n = info.mean ? info.neurons.size : info.n;
  bind_text(L, "%s of %llu %s%s every %.10g ms, ", info.mean ? ", the mean" : "", (unsigned long long)n, what,
            n == 1 ? "" : "s", izh_net_ms(net, info.every));
  luaL_addvalue(&text);
  if (info.samples == 0)
    lua_pushliteral(L, "no samples yet");
  else
    bind_text(L, "%llu sample%s in %.10g ≤ t ≤ %.10g ms", (unsigned long long)info.samples,
              info.samples == 1 ? "" : "s", izh_net_ms(net, info.first),
              izh_net_ms(net, info.first + (int64_t)(info.samples - 1) * info.every));
  luaL_addvalue(&text);
  if (info.in_file) luaL_addstring(&text, ", partly in a file");
  if (info.stopped) luaL_addstring(&text, ", stopped");
  luaL_pushresult(&text);
  return 1;
}

static const luaL_Reg methods[] = {{"times", recording_times},   {"values", recording_values},
                                   {"spikes", recording_spikes}, {"save", recording_save},
                                   {"stop", recording_stop},     {NULL, NULL}};
static const luaL_Reg meta[] = {{"__len", recording_len}, {"__tostring", recording_tostring}, {NULL, NULL}};

/* core.recorded(recording, k): the model and the peak in mV of the k-th recorded neuron, and the network's
 * seed. */
static int recorded(lua_State *L) {
  handle *self = self_at(L);
  izh_recording_info info = describe(self);
  const izh_net *net = self->owner->net;
  if (info.mean && info.neurons.size == 0) bind_raise(L, "there are no neurons in \"%s\"", info.name);
  uint32_t neuron = izh_ids_at(&info.neurons, (uint32_t)item_at(L, 2, &info));
  lua_pushstring(L, izh_model_describe(izh_population_model(net, izh_population_of(net, neuron)))->name);
  lua_pushnumber(L, izh_population_peak(net, neuron));
  lua_pushinteger(L, izh_net_definition(net)->seed);
  return 3;
}

static const luaL_Reg of_network[] = {{"record", network_record}, {NULL, NULL}};

void bind_open_recording(lua_State *L) {
  bind_methods(L, BIND_NETWORK, of_network);
  lua_pushcfunction(L, recorded);
  bind_name(L, "recorded");
  lua_setfield(L, -2, "recorded");
  bind_type(L, BIND_RECORDING,
            (bind_members){"recording", .methods = methods, .metamethods = meta, .field = recording_field,
                           .fields = fields});
}
