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

/* --- the synapses of all ranks --- */

enum { PRE, POST, WEIGHT, DELAY, SYNAPSE_COLUMNS };

/* One of these numbers of a synapse. */
static double number_of(const izh_piece *piece, int column, uint64_t k) {
  return column == PRE      ? piece->pre[k] + 1.0
         : column == POST   ? piece->post[k] + 1.0
         : column == WEIGHT ? piece->weight[k]
                            : piece->delay_ms[k];
}

/* Reads the columns that are not NULL, each [size], in one pass. */
static izh_status read_columns(const handle *self, double *const columns[SYNAPSE_COLUMNS], izh_err *err) {
  izh_piece piece = {0};
  izh_status status;
  uint64_t at = 0;
  do {
    status = izh_projection_read(self->owner->net, self->index, &piece, err);
    for (int c = 0; c < SYNAPSE_COLUMNS && !status; c++)
      for (uint64_t k = 0; columns[c] && k < piece.n; k++) columns[c][at + k] = number_of(&piece, c, k);
    at += piece.n;
  } while (!status && piece.n > 0);
  izh_piece_free(&piece);
  return status;
}

static izh_status read_column(const handle *self, int column, double *values, izh_err *err) {
  double *columns[SYNAPSE_COLUMNS] = {0};
  columns[column] = values;
  return read_columns(self, columns, err);
}

/* --- members that look at synapses --- */

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
  izh_projection_info info = izh_projection_describe(net, self->index);
  bind_vector *vector = bind_vector_push(L, info.size);
  izh_err err;
  if (info.cut)
    bind_check(L, read_column(self, q == 0 ? WEIGHT : DELAY, vector->x, &err), &err);
  else if (q == 0)
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

/* The same where other ranks have some of the synapses. */
static void call_for_all(lua_State *L, const handle *self, int index, uint64_t n, double *given) {
  double *pre = bind_buffer(L, n), *post = bind_buffer(L, n);
  izh_err err;
  bind_check(L, read_columns(self, (double *[SYNAPSE_COLUMNS]){[PRE] = pre, [POST] = post}, &err), &err);
  for (uint64_t k = 0; k < n; k++) {
    bind_open_handle(L, self);
    given[k] = call_for_synapse(L, "weight", index, (uint32_t)pre[k] - 1, (uint32_t)post[k] - 1);
  }
  lua_pop(L, 2);
}

/* Weights from the function at index, in the order of the walk; it may close or restore the network on the
 * way.
 */
static double *call_for_walk(lua_State *L, const handle *self, int index, uint64_t n) {
  double *given = bind_buffer(L, n);
  if (izh_projection_describe(self->owner->net, self->index).cut) {
    call_for_all(L, self, index, n, given);
    return given;
  }
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

/* Where a walk is over the synapses of all ranks. */
typedef struct walk_of_all {
  izh_piece piece;
  uint64_t at; /* the next of the piece */
  uint64_t restored;
} walk_of_all;

static int walk_gc(lua_State *L) {
  walk_of_all *walk = lua_touserdata(L, 1);
  izh_piece_free(&walk->piece);
  return 0;
}

/* Reads on, until there is a next synapse or none is left. What was read before the weights changed is read
 * again. */
static void read_on(lua_State *L, const handle *self, walk_of_all *walk) {
  const izh_net *net = bind_open_handle(L, self);
  izh_piece *piece = &walk->piece;
  izh_err err;
  if (piece->n > 0 && (walk->restored != self->owner->restored ||
                       piece->changes != izh_projection_changes(net, self->index))) {
    piece->n = 0;
    piece->end = piece->row;
  }
  walk->restored = self->owner->restored;
  while (walk->at >= piece->n) {
    walk->at -= piece->n;
    bind_check(L, izh_projection_read(net, self->index, piece, &err), &err);
    if (piece->n == 0) return;
  }
}

static int next_of_all(lua_State *L) {
  const handle *self = lua_touserdata(L, lua_upvalueindex(1));
  walk_of_all *walk = lua_touserdata(L, lua_upvalueindex(2));
  read_on(L, self, walk);
  if (walk->piece.n == 0) return 0;
  uint64_t k = walk->at++;
  lua_pushinteger(L, (lua_Integer)walk->piece.pre[k] + 1);
  lua_pushinteger(L, (lua_Integer)walk->piece.post[k] + 1);
  lua_pushnumber(L, walk->piece.weight[k]);
  lua_pushnumber(L, walk->piece.delay_ms[k]);
  return 4;
}

static void push_walk_of_all(lua_State *L) {
  walk_of_all *walk = lua_newuserdatauv(L, sizeof *walk, 0);
  *walk = (walk_of_all){0};
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, walk_gc);
  lua_setfield(L, -2, "__gc");
  lua_setmetatable(L, -2);
  lua_pushcclosure(L, next_of_all, 2);
}

static int projection_synapses(lua_State *L) {
  const handle *self = self_at(L);
  bind_arguments(L, 1);
  if (izh_projection_describe(self->owner->net, self->index).cut) {
    push_walk_of_all(L);
    bind_name(L, "synapses");
    return 1;
  }
  izh_synapse *synapse = lua_newuserdatauv(L, sizeof *synapse, 0);
  *synapse = (izh_synapse){0};
  lua_pushcclosure(L, next_synapse, 2);
  bind_name(L, "synapses");
  return 1;
}

/* --- projection:save(path) --- */

typedef struct synapse_column {
  const handle *self;
  int which;
  const double *values; /* [size], or NULL: they are read when they are wanted */
} synapse_column;

static izh_status fill_column(const void *context, size_t column, double *values, izh_err *err) {
  const synapse_column *of = context;
  (void)column;
  if (of->values) {
    memcpy(values, of->values,
           izh_projection_describe(of->self->owner->net, of->self->index).size * sizeof *values);
    return IZH_OK;
  }
  return read_column(of->self, of->which, values, err);
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

/* Reads all columns into blocks pushed on the stack. */
static izh_status hold_columns(lua_State *L, const handle *self, synapse_column columns[SYNAPSE_COLUMNS],
                               izh_err *err) {
  double *values[SYNAPSE_COLUMNS];
  for (int c = 0; c < SYNAPSE_COLUMNS; c++)
    columns[c].values = values[c] =
        bind_buffer(L, izh_projection_describe(self->owner->net, self->index).size);
  return read_columns(self, values, err);
}

static izh_status save_arrays(lua_State *L, const handle *self, const izh_file *file, izh_err *err) {
  izh_source sources[SYNAPSE_COLUMNS];
  synapse_column columns[SYNAPSE_COLUMNS];
  make_sources(self, columns, sources);
  if (!file->format->write_edges) return file->format->write(file, sources, SYNAPSE_COLUMNS, err);
  if (izh_projection_describe(self->owner->net, self->index).cut) {
    izh_status status = hold_columns(L, self, columns, err); /* which a process of its own is to write */
    if (status) return status;
  }
  uint32_t n;
  const izh_population_out *populations = push_populations(L, self->owner->net, &n);
  izh_edges_out edges = {.name = izh_projection_describe(self->owner->net, self->index).name,
                         .columns = sources,
                         .n_populations = n,
                         .populations = populations};
  return file->format->write_edges(file, &edges, err);
}

enum { LINES = 4096 };

/* Adds the synapses of a piece. */
static izh_status add_piece(izh_text *text, const izh_piece *piece, izh_err *err) {
  double some[SYNAPSE_COLUMNS][LINES], *columns[SYNAPSE_COLUMNS];
  izh_status status = IZH_OK;
  for (int c = 0; c < SYNAPSE_COLUMNS; c++) columns[c] = some[c];
  for (uint64_t at = 0; at < piece->n && !status; at += LINES) {
    size_t n = piece->n - at < LINES ? (size_t)(piece->n - at) : LINES;
    for (int c = 0; c < SYNAPSE_COLUMNS; c++)
      for (size_t k = 0; k < n; k++) some[c][k] = number_of(piece, c, at + k);
    status = izh_text_add(text, (const double *const *)columns, n, err);
  }
  return status;
}

/* Piece by piece, since there may be many. */
static izh_status save_text(const handle *self, const izh_file *file, izh_err *err) {
  static const char *const names[SYNAPSE_COLUMNS] = {"pre", "post", "weight", "delay_ms"};
  izh_text *text;
  izh_status status = izh_text_begin(file->path, file->format->separator, names, SYNAPSE_COLUMNS, &text, err);
  if (status) return status;
  izh_piece piece = {0};
  do {
    status = izh_projection_read(self->owner->net, self->index, &piece, err);
    if (!status) status = add_piece(text, &piece, err);
  } while (!status && piece.n > 0);
  izh_piece_free(&piece);
  if (!status) return izh_text_commit(text, err);
  izh_text_abandon(text);
  return status;
}

static int projection_save(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 2);
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
