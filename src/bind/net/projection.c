/* Projections as Lua values. */
#include "bind/net/projection.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "bind/files/files.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/net/connect.h"
#include "bind/net/handle.h"
#include "bind/open.h"
#include "bind/program/host.h"
#include "bind/value/numbers.h"
#include "bind/value/vector.h"
#include "core/neuron/population.h"
#include "core/synapse/projection.h"
#include "formats/array.h"
#include "formats/format.h"
#include "formats/text.h"

const char BIND_PROJECTION[] = "izhlua.projection";

typedef bind_handle handle;

void bind_projection_push(lua_State *L, int network, uint32_t index) {
  bind_handle_push(L, network, BIND_PROJECTION)->index = index;
}

static handle *self_at(lua_State *L) {
  handle *self = luaL_testudata(L, 1, BIND_PROJECTION);
  if (!self) bind_no_self(L, "a projection", "projection", 1);
  bind_open_handle(L, self);
  return self;
}

/* Raises if this process has only its share of the synapses. */
static void check_whole(lua_State *L, const handle *self, const char *what) {
  izh_err err;
  bind_check(L, izh_projection_whole(self->owner->net, self->index, what, &err), &err);
}

bool bind_projection_at(lua_State *L, const char *what, int index, const bind_network *owner,
                        uint32_t *projection) {
  const handle *self = luaL_testudata(L, index, BIND_PROJECTION);
  if (!self) return false;
  if (self->owner != owner) bind_raise(L, "%s belongs to another network", what);
  bind_open_handle(L, self);
  *projection = self->index;
  return true;
}

/* --- members --- */

static int projection_scale(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 2);
  double factor = bind_number(L, "the factor", 2, -INFINITY, INFINITY);
  izh_err err;
  bind_check(L, izh_projection_scale(self->owner->net, self->index, factor, &err), &err);
  return 0;
}

static int enable(lua_State *L, bool enabled) {
  handle *self = self_at(L);
  bind_arguments(L, 1);
  izh_projection_enable(self->owner->net, self->index, enabled);
  return 0;
}

static int projection_enable(lua_State *L) {
  return enable(L, true);
}

static int projection_disable(lua_State *L) {
  return enable(L, false);
}

static const char *const quantities[] = {"weight", "delay", "u", "x", NULL};

/* u or x of each source. */
static void push_resources(lua_State *L, const handle *self, bool x) {
  const izh_net *net = self->owner->net;
  uint32_t n = izh_projection_describe(net, self->index).n_pre;
  if (izh_projection_stp(net, self->index).U == 0)
    bind_raise(L, "this projection has no %s: it was made without the option stp", x ? "x" : "u");
  bind_vector *of[2] = {bind_vector_push(L, n), bind_vector_push(L, n)};
  izh_projection_resources(net, self->index, of[0]->x, of[1]->x);
  lua_pushvalue(L, x ? -1 : -2);
}

static int projection_get(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 2);
  int q = bind_word(L, "quantity", 2, quantities);
  const izh_net *net = self->owner->net;
  if (q > 1) {
    push_resources(L, self, q == 3);
    return 1;
  }
  check_whole(L, self, "read");
  bind_vector *vector = bind_vector_push(L, izh_projection_describe(net, self->index).size);
  if (q == 0)
    izh_projection_weights(net, self->index, vector->x);
  else
    izh_projection_delays(net, self->index, vector->x);
  return 1;
}

/* What the script's function at index gives for a synapse between two neurons. */
static double call_for_synapse(lua_State *L, const char *key, int index, uint32_t pre, uint32_t post) {
  bind_call_for_pair(L, index, pre, post);
  double number = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : NAN;
  if (!isfinite(number))
    bind_raise(L, "the function for %s must return a finite number (got %s for %u → %u)", key,
               bind_shown(L, -1), pre + 1, post + 1);
  lua_pop(L, 1);
  return number;
}

/* Weights from the function at index, in the order of the walk; it may close or restore the network on the
 * way.
 */
static double *call_for_walk(lua_State *L, const handle *self, int index, uint64_t n) {
  double *given = bind_buffer(L, n);
  izh_synapse synapse = {0};
  for (uint64_t k = 0; izh_projection_next(bind_open_handle(L, self), self->index, &synapse); k++)
    given[k] = call_for_synapse(L, "weight", index, synapse.pre, synapse.post);
  return given;
}

/* proj:set("weight", value) or proj:set{ weight = value }. */
static int projection_set(lua_State *L) {
  static const char *const to_set[] = {"weight", "delay", NULL};
  handle *self = self_at(L);
  bind_arguments(L, 3);
  if (lua_type(L, 2) != LUA_TSTRING && !lua_istable(L, 2))
    bind_wrong(L, "what to set", "\"weight\" or a table { weight = … }", 2);
  if (lua_istable(L, 2)) {
    if (!lua_isnil(L, 3)) bind_raise(L, "a value goes with the name of a quantity (got a table)");
    bind_options(L, 2, to_set);
    if (bind_option(L, 2, "delay"))
      lua_pushliteral(L, "delay");
    else
      lua_pushliteral(L, "weight");
    lua_getfield(L, 2, lua_tostring(L, -1));
    lua_replace(L, 3);
    lua_replace(L, 2);
  }
  if (bind_word(L, "quantity", 2, to_set) == 1)
    bind_raise(L, "the delays of a projection cannot change, since spikes are on the way; connect anew, and "
                  "disable this one");
  izh_net *net = self->owner->net;
  if (lua_type(L, 3) != LUA_TNUMBER) check_whole(L, self, "given a weight each");
  izh_projection_info info = izh_projection_describe(net, self->index);
  uint64_t n = info.size;
  izh_values weight = {.kind = IZH_VALUES_GIVEN};
  bool refused = info.unstored && (lua_isfunction(L, 3) || bind_is_array(L, 3)); /* the core says why */
  if (!refused) weight = bind_synapse_values(L, "weight", 3, true, n, -INFINITY);
  if (lua_isfunction(L, 3) && !refused) weight.given = call_for_walk(L, self, 3, n);
  izh_err err;
  net = bind_open_handle(L, self);
  bind_check(L, izh_projection_set_weights(net, self->index, &weight, &err), &err);
  return 0;
}

/* The iterator of synapses(): upvalues are the projection and where the walk is. */
static int next_synapse(lua_State *L) {
  const handle *self = lua_touserdata(L, lua_upvalueindex(1));
  izh_synapse *synapse = lua_touserdata(L, lua_upvalueindex(2));
  if (!izh_projection_next(bind_open_handle(L, self), self->index, synapse)) return 0;
  lua_pushinteger(L, (lua_Integer)synapse->pre + 1);
  lua_pushinteger(L, (lua_Integer)synapse->post + 1);
  lua_pushnumber(L, synapse->weight);
  lua_pushnumber(L, synapse->delay_ms);
  return 4;
}

static int projection_synapses(lua_State *L) {
  const handle *self = self_at(L);
  bind_arguments(L, 1);
  check_whole(L, self, "read");
  izh_synapse *synapse = lua_newuserdatauv(L, sizeof *synapse, 0);
  *synapse = (izh_synapse){0};
  lua_pushcclosure(L, next_synapse, 2);
  bind_name(L, "synapses");
  return 1;
}

/* --- projection:save(path) --- */

enum { PRE, POST, WEIGHT, DELAY, SYNAPSE_COLUMNS, PIECE = 4096 };

typedef struct synapse_column {
  const handle *self;
  int which;
} synapse_column;

/* Takes n synapses of a walk apart into the columns; fewer at the end. */
static size_t walk(const handle *self, izh_synapse *synapse, size_t n,
                   double *const columns[SYNAPSE_COLUMNS]) {
  size_t k = 0;
  for (; k < n && izh_projection_next(self->owner->net, self->index, synapse); k++) {
    if (columns[PRE]) columns[PRE][k] = synapse->pre + 1.0;
    if (columns[POST]) columns[POST][k] = synapse->post + 1.0;
    if (columns[WEIGHT]) columns[WEIGHT][k] = synapse->weight;
    if (columns[DELAY]) columns[DELAY][k] = synapse->delay_ms;
  }
  return k;
}

static izh_status fill_column(const void *context, size_t column, double *values, izh_err *err) {
  const synapse_column *of = context;
  (void)column;
  (void)err;
  double *columns[SYNAPSE_COLUMNS] = {NULL};
  columns[of->which] = values;
  izh_synapse synapse = {0};
  walk(of->self, &synapse, SIZE_MAX, columns);
  return IZH_OK;
}

/* The sources of all columns, which are filled from `columns`. */
static void make_sources(const handle *self, synapse_column columns[SYNAPSE_COLUMNS],
                         izh_source sources[SYNAPSE_COLUMNS]) {
  static const char *const names[SYNAPSE_COLUMNS] = {"pre", "post", "weight", "delay"};
  for (int c = 0; c < SYNAPSE_COLUMNS; c++) {
    columns[c] = (synapse_column){.self = self, .which = c};
    sources[c] = (izh_source){.name = names[c],
                              .element = c < WEIGHT ? IZH_ELEMENT_INT64 : IZH_ELEMENT_DOUBLE,
                              .dimensions = 1,
                              .rows = izh_projection_describe(self->owner->net, self->index).size,
                              .columns = 1,
                              .fill = fill_column,
                              .context = &columns[c]};
  }
}

/* All neurons, by population, in a block pushed on the stack. */
static izh_population_out *push_populations(lua_State *L, const izh_net *net, uint32_t *n) {
  *n = izh_population_count(net);
  izh_population_out *populations = lua_newuserdatauv(L, *n * sizeof *populations, 0);
  for (uint32_t p = 0; p < *n; p++)
    populations[p] =
        (izh_population_out){.name = izh_population_name(net, p), .size = izh_population_ids(net, p).size};
  return populations;
}

static izh_status save_arrays(lua_State *L, const handle *self, const izh_file *file, izh_err *err) {
  izh_source sources[SYNAPSE_COLUMNS];
  synapse_column columns[SYNAPSE_COLUMNS];
  make_sources(self, columns, sources);
  if (!file->format->write_edges) return file->format->write(file, sources, SYNAPSE_COLUMNS, err);
  uint32_t n;
  const izh_population_out *populations = push_populations(L, self->owner->net, &n);
  izh_edges_out edges = {.name = izh_projection_describe(self->owner->net, self->index).name,
                         .columns = sources,
                         .n_populations = n,
                         .populations = populations};
  return file->format->write_edges(file, &edges, err);
}

/* Piece by piece, since there may be many. */
static izh_status save_text(const handle *self, const izh_file *file, izh_err *err) {
  static const char *const names[SYNAPSE_COLUMNS] = {"pre", "post", "weight", "delay_ms"};
  double piece[SYNAPSE_COLUMNS][PIECE], *columns[SYNAPSE_COLUMNS];
  for (int c = 0; c < SYNAPSE_COLUMNS; c++) columns[c] = piece[c];
  izh_text *text;
  izh_status status = izh_text_begin(file->path, file->format->separator, names, SYNAPSE_COLUMNS, &text, err);
  if (status) return status;
  izh_synapse synapse = {0};
  for (size_t n = PIECE; n == PIECE && !status;) {
    n = walk(self, &synapse, PIECE, columns);
    status = izh_text_add(text, (const double *const *)columns, n, err);
  }
  if (!status) return izh_text_commit(text, err);
  izh_text_abandon(text);
  return status;
}

static int projection_save(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 2);
  check_whole(L, self, "saved");
  izh_file file = bind_file(L, 2, IZH_CONTENT_EDGES, true);
  izh_err err;
  bind_check(L, file.format->separator ? save_text(self, &file, &err) : save_arrays(L, self, &file, &err),
             &err);
  return 0;
}

static bool projection_field(lua_State *L, const char *name) {
  handle *self = luaL_testudata(L, 1, BIND_PROJECTION);
  bool is_size = strcmp(name, "size") == 0, is_name = strcmp(name, "name") == 0;
  if (!is_size && !is_name && strcmp(name, "enabled") != 0) return false;
  izh_projection_info info = izh_projection_describe(bind_open_handle(L, self), self->index);
  if (is_size)
    lua_pushinteger(L, (lua_Integer)info.size);
  else if (is_name)
    lua_pushstring(L, info.name);
  else
    lua_pushboolean(L, info.enabled);
  return true;
}

/* What is not as the pairs said. */
static void push_notes(lua_State *L, const izh_projection_info *info) {
  const char *from = info->notes & IZH_NOTE_FILE             ? "the file"
                     : izh_rule_describe(info->rule)->matrix ? "the matrix"
                                                             : "pairs";
  bool weight = info->notes & IZH_NOTE_WEIGHTS, delay = info->notes & IZH_NOTE_DELAYS;
  lua_pushstring(L, info->notes & IZH_NOTE_COUNTED ? ", weights × nsyns" : "");
  if (weight || delay)
    lua_pushfstring(L, ", %s of the option%s, not of %s",
                    weight && delay ? "weight and delay"
                    : weight        ? "weight"
                                    : "delay",
                    weight && delay ? "s" : "", from);
  else
    lua_pushliteral(L, "");
  lua_concat(L, 2);
}

/* ", weights in nS", for conductances. */
static void push_unit(lua_State *L, const handle *self, const izh_kernel *kernel) {
  const char *unit =
      isnan(izh_kernel_reversal(kernel)) ? NULL : izh_conductance_unit(self->owner->net, self->index);
  lua_pushfstring(L, unit ? ", weights in %s" : "", unit);
}

/* ", stp of U 0.5, tau_rec 800 ms, tau_fac 0 ms" */
static void push_stp(lua_State *L, const handle *self) {
  izh_stp stp = izh_projection_stp(self->owner->net, self->index);
  if (stp.U == 0)
    lua_pushliteral(L, "");
  else
    bind_text(L, ", stp of U %.10g, tau_rec %.10g ms, tau_fac %.10g ms", stp.U, stp.tau_rec_ms,
              stp.tau_fac_ms);
}

static int projection_tostring(lua_State *L) {
  handle *self = luaL_checkudata(L, 1, BIND_PROJECTION);
  if (bind_push_lost(L, "projection", self)) return 1;
  izh_projection_info info = izh_projection_describe(self->owner->net, self->index);
  lua_pushfstring(L, "projection \"%s\": %I synapse%s, %s", info.name, (LUAI_UACINT)info.size,
                  info.size == 1 ? "" : "s", izh_rule_name(info.rule));
  if (info.delay_min_ms == info.delay_max_ms)
    bind_text(L, ", delay %.10g ms", info.delay_min_ms);
  else
    bind_text(L, ", delays %.10g … %.10g ms", info.delay_min_ms, info.delay_max_ms);
  char kernel[120];
  izh_kernel_text(&info.kernel, kernel, sizeof kernel);
  lua_pushfstring(L, "%s%s", *kernel ? ", " : "", kernel);
  push_unit(L, self, &info.kernel);
  push_stp(L, self);
  push_notes(L, &info);
  lua_pushfstring(L, "%s%s", info.unstored ? ", not stored" : "", info.enabled ? "" : ", disabled");
  lua_concat(L, 7);
  return 1;
}

static const luaL_Reg methods[] = {{"scale", projection_scale},     {"set", projection_set},
                                   {"get", projection_get},         {"synapses", projection_synapses},
                                   {"save", projection_save},       {"enable", projection_enable},
                                   {"disable", projection_disable}, {NULL, NULL}};
static const char *const fields[] = {"size", "name", "enabled", NULL};
static const luaL_Reg meta[] = {{"__tostring", projection_tostring}, {NULL, NULL}};

void bind_open_projection(lua_State *L) {
  bind_type(L, BIND_PROJECTION,
            (bind_members){"projection", .methods = methods, .metamethods = meta, .field = projection_field,
                           .fields = fields});
}
