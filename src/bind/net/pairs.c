/* The option pairs of net:connect: a list of pairs, columns, or a file. */
#include "bind/net/pairs.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>

#include "bind/files/columns.h"
#include "bind/files/files.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/value/vector.h"
#include "formats/array.h"
#include "formats/columns.h"
#include "formats/format.h"

/* { { pre, post }, … } at index. */
static void read_list(lua_State *L, int index, uint32_t size, izh_rule *rule) {
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
      pairs[2 * k + (uint64_t)side] = (uint32_t)bind_integer(L, what, -1, 1, size) - 1;
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
static _Noreturn void raise_id(lua_State *L, const char *from, const izh_edges_in *edges, double id,
                               const izh_err *err) {
  bool matrix = edges->square && (id < 1 || id != floor(id));
  bind_raise(L, "%s: %s%s", from, err->message,
             matrix ? "; a square matrix of weights is for rule = \"matrix\"" : "");
}

/* The pairs, and the values that come with them, in blocks pushed on the stack. */
static bind_pairs fill(lua_State *L, const char *from, const izh_edges_in *edges, bool has_base,
                       uint32_t size, izh_rule *rule) {
  izh_err err;
  rule->n = edges->n;
  uint32_t *pairs = lua_newuserdatauv(L, rule->n * 2 * sizeof *pairs, 0);
  const izh_column *sides[] = {&edges->pre, &edges->post};
  static const char *const names[] = {"pre", "post"};
  for (int side = 0; side < 2; side++)
    for (size_t k = 0; k < edges->n; k++) {
      if (izh_id_check(sides[side], k, names[side], size, has_base || edges->square, &err))
        raise_id(L, from, edges, izh_column_at(sides[side], k), &err);
      pairs[2 * k + (size_t)side] = (uint32_t)izh_column_at(sides[side], k) - 1;
    }
  rule->pairs = pairs;
  return (bind_pairs){.weight = push_values(L, from, "weight", &edges->weight, &edges->count),
                      .delay = push_values(L, from, "delay", &edges->delay, NULL)};
}

/* { pre = …, post = …, weight = …, delay = … } at index. */
static bind_pairs read_columns(lua_State *L, int index, uint32_t size, izh_rule *rule) {
  static const char *const known[] = {"pre", "post", "weight", "delay", NULL};
  bind_options(L, index, known);
  izh_edges_in edges = {.n = 0};
  izh_column *const columns[] = {&edges.pre, &edges.post, &edges.weight, &edges.delay};
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
    *columns[c] = (izh_column){.values = values, .n = n, .stride = 1, .unit = {1, 1}};
  }
  return fill(L, "pairs", &edges, true, size, rule);
}

/* The path at index; what is said of it is in the table at options (0: none). */
static bind_pairs read_file(lua_State *L, int index, int options, uint32_t size, izh_rule *rule) {
  izh_mapping mapping = bind_mapping(L, options, lua_tostring(L, index));
  const izh_table *table = bind_load(L, index, IZH_CONTENT_EDGES, mapping.population);
  izh_edges_in edges;
  izh_err err;
  bind_check(L, izh_edges_find(table, &mapping, &edges, &err), &err);
  lua_pushfstring(L, "\"%s\"", lua_tostring(L, index));
  return fill(L, lua_tostring(L, -1), &edges, mapping.has_base || table->has_base, size, rule);
}

bind_pairs bind_read_pairs(lua_State *L, int index, const izh_net *net, izh_rule *rule) {
  index = lua_absindex(L, index);
  luaL_checkstack(L, 30, NULL);
  uint32_t size = izh_net_size(net);
  if (lua_type(L, index) == LUA_TSTRING) return read_file(L, index, 0, size, rule);
  if (!lua_istable(L, index))
    bind_wrong(L, "pairs", "a table of pairs of ids, { pre =, post = }, or the path of a file", index);
  if (bind_option(L, index, "file")) {
    static const char *const known[] = {"file", "population", "columns", "base", "unit", NULL};
    bind_options(L, index, known);
    bind_string(L, "pairs.file", -1);
    return read_file(L, lua_gettop(L), index, size, rule);
  }
  bool columns = bind_option(L, index, "pre");
  if (columns) lua_pop(L, 1);
  if (columns) return read_columns(L, index, size, rule);
  read_list(L, index, size, rule);
  return (bind_pairs){0};
}
