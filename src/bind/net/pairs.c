/* The option pairs of net:connect: a list of pairs, columns, or a file. */
#include "bind/net/pairs.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/files/columns.h"
#include "bind/files/files.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/value/vector.h"
#include "formats/array.h"
#include "formats/format.h"

static const char *const side_names[] = {"pre", "post"};

/* The option ids: "own" or "network"; whichever is usual without it. */
static bool read_own(lua_State *L, const bind_ends *ends, bool usual) {
  static const char *const words[] = {"network", "own", NULL};
  if (!bind_option(L, ends->options, "ids")) return usual;
  bool own = bind_word(L, "ids", -1, words) == 1;
  lua_pop(L, 1);
  return own;
}

/* From where ids count that a script gives: the option base, or 1. */
static uint32_t read_base(lua_State *L, const bind_ends *ends) {
  if (!bind_option(L, ends->options, "base")) return 1;
  uint32_t base = (uint32_t)bind_integer(L, "base", -1, 0, 1);
  lua_pop(L, 1);
  return base;
}

unsigned bind_overrides(lua_State *L, const bind_ends *ends) {
  unsigned overrides = 0;
  if (bind_option(L, ends->options, "weight")) overrides |= 1u << IZH_ROLE_WEIGHT, lua_pop(L, 1);
  if (bind_option(L, ends->options, "delay")) overrides |= 1u << IZH_ROLE_DELAY, lua_pop(L, 1);
  return overrides;
}

/* The most that an id may be, and the global index that it means. */
static uint32_t most_of(const bind_ends *ends, bool own, int side) {
  return own ? ends->side[side].ids.size : izh_net_size(ends->net);
}

static uint32_t index_of(const bind_ends *ends, bool own, int side, uint32_t id) {
  return own ? izh_ids_at(&ends->side[side].ids, id - 1) : id - 1;
}

/* --- what a script has --- */

/* { { pre, post }, … } at index. */
static void read_list(lua_State *L, int index, const bind_ends *ends, izh_rule *rule) {
  bool own = read_own(L, ends, false);
  uint32_t base = read_base(L, ends);
  rule->n = (uint64_t)bind_list(L, "pairs", index);
  uint32_t *pairs = lua_newuserdatauv(L, rule->n * 2 * sizeof *pairs, 0);
  for (uint64_t k = 0; k < rule->n; k++) {
    lua_rawgeti(L, index, (lua_Integer)k + 1);
    unsigned long long number = k + 1;
    if (!lua_istable(L, -1))
      bind_raise(L, "pairs[%llu] must be { pre, post } (got %s)", number, bind_shown(L, -1));
    if (lua_rawlen(L, -1) != 2)
      bind_raise(L, "pairs[%llu] must be { pre, post } (got a table of %llu)", number,
                 (unsigned long long)lua_rawlen(L, -1));
    for (int side = 0; side < 2; side++) {
      char what[48];
      snprintf(what, sizeof what, "pairs[%llu][%d]", number, side + 1);
      lua_rawgeti(L, -1, side + 1);
      int64_t most = (int64_t)most_of(ends, own, side) - 1 + base;
      uint32_t id = (uint32_t)bind_integer(L, what, -1, base, most);
      pairs[2 * k + (uint64_t)side] = index_of(ends, own, side, id + 1 - base);
      lua_pop(L, 1);
    }
    lua_pop(L, 1);
  }
  rule->pairs = pairs;
}

/* A column of values, times another if there is one, in a block pushed on the stack; NULL when there is none.
 */
static const double *push_values(lua_State *L, const char *from, const char *name, const izh_column *column,
                                 const izh_column *factor) {
  if (!column->values) return NULL;
  double *values = bind_buffer(L, column->n);
  for (size_t k = 0; k < column->n; k++) {
    values[k] = izh_column_at(column, k);
    if (factor && factor->values) values[k] *= izh_column_at(factor, k);
    if (!isfinite(values[k]))
      bind_raise(L, "%s: %s[%zu] must be finite (got %g)", from, name, k + 1, values[k]);
  }
  return values;
}

/* Raises what is wrong with an id. */
static _Noreturn void raise_id(lua_State *L, const bind_origin *origin, const izh_err *err) {
  const char *hint = origin->own ? "; they count within the population, as ids = \"own\" says" : "";
  bind_raise(L, "%s: %s%s", origin->from, err->message, hint);
}

bind_pairs bind_fill_pairs(lua_State *L, const bind_ends *ends, const bind_origin *origin,
                           const izh_edges_in *edges, izh_rule *rule) {
  izh_err err;
  rule->n = edges->n;
  uint32_t *pairs = lua_newuserdatauv(L, rule->n * 2 * sizeof *pairs, 0);
  const izh_column *columns[] = {&edges->pre, &edges->post};
  for (int side = 0; side < 2; side++)
    for (size_t k = 0; k < edges->n; k++) {
      double id = izh_column_at(columns[side], k);
      if (izh_id_check(columns[side], k, side_names[side], most_of(ends, origin->own, side), origin->has_base,
                       &err))
        raise_id(L, origin, &err);
      pairs[2 * k + (size_t)side] = index_of(ends, origin->own, side, (uint32_t)id);
    }
  rule->pairs = pairs;
  bind_pairs made = {.weight = push_values(L, origin->from, "weight", &edges->weight, &edges->count),
                     .delay = push_values(L, origin->from, "delay", &edges->delay, NULL)};
  if (origin->file) made.notes |= IZH_NOTE_FILE;
  if (edges->overridden >> IZH_ROLE_WEIGHT & 1) made.notes |= IZH_NOTE_WEIGHTS;
  if (edges->overridden >> IZH_ROLE_DELAY & 1) made.notes |= IZH_NOTE_DELAYS;
  if (made.weight && edges->count.values) made.notes |= IZH_NOTE_COUNTED;
  return made;
}

/* { pre = …, post = …, weight = …, delay = … } at index. */
static bind_pairs read_columns(lua_State *L, int index, const bind_ends *ends, izh_rule *rule) {
  static const char *const known[] = {"pre", "post", "weight", "delay", NULL};
  static const izh_role roles[] = {IZH_ROLE_PRE, IZH_ROLE_POST, IZH_ROLE_WEIGHT, IZH_ROLE_DELAY};
  bind_options(L, index, known);
  izh_edges_in edges = {.n = 0};
  izh_column *const columns[] = {&edges.pre, &edges.post, &edges.weight, &edges.delay};
  unsigned overrides = bind_overrides(L, ends);
  for (int c = 0; c < 4; c++) {
    if (!bind_option(L, index, known[c])) {
      if (c < 2) bind_raise(L, "pairs: there is no column %s", known[c]);
      continue;
    }
    char what[32];
    snprintf(what, sizeof what, "pairs.%s", known[c]);
    if (!bind_is_array(L, -1)) bind_wrong(L, what, "an array", -1);
    size_t n = bind_array_size(L, -1);
    double *values = bind_buffer(L, n);
    bind_array(L, what, lua_gettop(L) - 1, values, n);
    if (c == 0) edges.n = n;
    if (n != edges.n)
      bind_raise(L, "pairs: as many of %s as of pre are needed (got %zu and %zu)", known[c], n, edges.n);
    if (overrides >> roles[c] & 1)
      edges.overridden |= 1u << roles[c];
    else
      *columns[c] = (izh_column){.values = values, .n = n, .stride = 1, .unit = {1, 1}};
  }
  edges.pre.shift = edges.post.shift = 1.0 - read_base(L, ends);
  bind_origin origin = {.from = "pairs", .own = read_own(L, ends, false), .has_base = true};
  return bind_fill_pairs(L, ends, &origin, &edges, rule);
}

/* --- files --- */

static const char *const of_file[] = {"columns", "base", "unit", "population", NULL};

/* What is said of a file, beside its path or in the options of connect, as a table pushed on the stack. */
static void push_said(lua_State *L, int beside, const bind_ends *ends) {
  lua_createtable(L, 0, 4);
  for (const char *const *key = of_file; *key; key++) {
    bool inner = bind_option(L, beside, *key);
    if (bind_option(L, ends->options, *key)) {
      if (inner) bind_raise(L, "the option %s is given twice: beside the file, and to connect", *key);
      inner = true;
    }
    if (inner) lua_setfield(L, -2, *key);
  }
}

/* Options of files are a mistake where there is none. */
static void refuse_said(lua_State *L, const bind_ends *ends) {
  for (const char *const *key = of_file; *key; key++)
    if (strcmp(*key, "base") != 0 && bind_option(L, ends->options, *key))
      bind_raise(L, "the option %s goes with a file", *key);
}

static bool same_neurons(const izh_ids *a, const izh_ids *b) {
  if (a->size != b->size) return false;
  for (uint32_t k = 0; k < a->size; k++)
    if (izh_ids_at(a, k) != izh_ids_at(b, k)) return false;
  return true;
}

static bool share_neurons(lua_State *L, const izh_ids *a, const izh_ids *b) {
  uint32_t *place;
  izh_err err;
  bind_check(L, izh_ids_positions(a, &place, &err), &err);
  bool share = false;
  for (uint32_t k = 0; k < b->size && !share; k++)
    share = izh_ids_find(a, place, izh_ids_at(b, k)) != UINT32_MAX;
  izh_free(place);
  return share;
}

/* Edges between two populations of nodes are between two of ours, and edges within one are within one. */
static void check_nodes(lua_State *L, const bind_ends *ends, const char *path, const izh_table *table) {
  const izh_ids *pre = &ends->side[0].ids, *post = &ends->side[1].ids;
  const char *const *nodes = (const char *const *)table->nodes;
  if (!table->own || !nodes[0] || bind_option(L, ends->options, "ids")) return;
  bool one = strcmp(nodes[0], nodes[1]) == 0;
  if (!one && share_neurons(L, pre, post))
    bind_raise(L,
               "\"%s\": its edges go from nodes \"%s\" to other nodes, \"%s\": pre and post must be two "
               "populations (got %s and %s; ids = \"own\" takes them nevertheless)",
               path, nodes[0], nodes[1], ends->side[0].name, ends->side[1].name);
  if (one && !same_neurons(pre, post))
    bind_raise(
        L,
        "\"%s\": its edges are among the nodes \"%s\": pre and post must be one population (got %s and "
        "%s; ids = \"own\" takes them nevertheless)",
        path, nodes[0], ends->side[0].name, ends->side[1].name);
}

/* Delays that all are rounded to 0 are in another unit, or the step is too long for them. */
static void check_delays(lua_State *L, const bind_ends *ends, const bind_origin *origin,
                         const izh_edges_in *edges, const bind_pairs *made) {
  double most = 0, dt = izh_net_definition(ends->net)->dt_ms;
  for (size_t k = 0; k < edges->n && made->delay; k++) most = fmax(most, made->delay[k]);
  if (most == 0 || most >= dt / 2 || edges->has_unit) return;
  bind_raise(
      L,
      "%s: its delays are at most %.10g ms, less than half a step of %.10g ms: unit = \"s\" if they are in "
      "s, unit = \"ms\" takes them as 0",
      origin->from, most, dt);
}

/* The path at index; what is said of it beside it is in the table at `beside` (0: nothing). */
static bind_pairs read_file(lua_State *L, int index, int beside, const bind_ends *ends, izh_rule *rule) {
  const char *path = lua_tostring(L, index);
  push_said(L, beside, ends);
  izh_mapping mapping = bind_mapping(L, lua_gettop(L), path);
  mapping.overrides = bind_overrides(L, ends);
  izh_table *table = bind_load(L, index, IZH_CONTENT_EDGES, &mapping);
  izh_edges_in edges;
  izh_err err;
  bind_check(L, izh_edges_find(table, &mapping, &edges, &err), &err);
  check_nodes(L, ends, path, table);
  if (table->has_shape && !bind_option(L, ends->options, "autapses"))
    rule->autapses = true; /* the diagonal of a matrix is given */
  lua_pushfstring(L, "\"%s\"", path);
  bind_origin origin = {.from = lua_tostring(L, -1),
                        .own = read_own(L, ends, table->own),
                        .has_base = mapping.has_base || table->has_base,
                        .file = true};
  bind_pairs made = bind_fill_pairs(L, ends, &origin, &edges, rule);
  check_delays(L, ends, &origin, &edges, &made);
  return made;
}

bind_pairs bind_read_pairs(lua_State *L, const bind_ends *ends, izh_rule *rule) {
  int index = lua_gettop(L);
  luaL_checkstack(L, 40, NULL);
  if (lua_type(L, index) == LUA_TSTRING) return read_file(L, index, 0, ends, rule);
  if (!lua_istable(L, index))
    bind_wrong(L, "pairs", "a table of pairs of ids, { pre =, post = }, or the path of a file", index);
  if (bind_option(L, index, "file")) {
    static const char *const known[] = {"file", "population", "columns", "base", "unit", NULL};
    bind_options(L, index, known);
    bind_string(L, "pairs.file", -1);
    return read_file(L, lua_gettop(L), index, ends, rule);
  }
  refuse_said(L, ends);
  bool columns = bind_option(L, index, "pre");
  if (columns) lua_pop(L, 1);
  if (columns) return read_columns(L, index, ends, rule);
  read_list(L, index, ends, rule);
  return (bind_pairs){0};
}
