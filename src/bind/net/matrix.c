/* The option matrix of net:connect: rows of weights, or a file. */
#include <lauxlib.h>
#include <stdio.h>

#include "bind/files/columns.h"
#include "bind/files/files.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/net/pairs.h"
#include "bind/value/vector.h"
#include "formats/matrix.h"

/* --- rows --- */

/* The numbers of the line on top of the stack, which are to be at out[0], out[step] … */
static void read_line(lua_State *L, size_t line, size_t n, double *out, size_t step) {
  const bind_vector *vector = luaL_testudata(L, -1, BIND_VECTOR);
  char what[64];
  for (size_t k = 0; k < n; k++) {
    if (vector) {
      out[k * step] = vector->x[k];
      continue;
    }
    snprintf(what, sizeof what, "matrix[%zu][%zu]", line + 1, k + 1);
    lua_rawgeti(L, -1, (lua_Integer)k + 1);
    if (lua_type(L, -1) != LUA_TNUMBER) bind_wrong(L, what, "a number", -1);
    out[k * step] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
}

/* How many numbers the line on top of the stack has. */
static size_t length_of(lua_State *L, size_t line) {
  char what[64];
  snprintf(what, sizeof what, "matrix[%zu]", line + 1);
  if (!bind_is_array(L, -1)) bind_wrong(L, what, "a list of numbers, the weights of a row", -1);
  if (lua_istable(L, -1)) bind_list(L, what, lua_gettop(L));
  return bind_array_size(L, -1);
}

/* As many lines of one length. */
static size_t check_lines(lua_State *L, int index, size_t lines) {
  size_t length = 0;
  for (size_t line = 0; line < lines; line++) {
    lua_rawgeti(L, index, (lua_Integer)line + 1);
    size_t now = length_of(L, line);
    if (line == 0) length = now;
    if (now != length)
      bind_raise(L, "all rows of the matrix must have as many numbers (matrix[1] has %d, matrix[%d] has %d)",
                 (int)length, (int)line + 1, (int)now);
    lua_pop(L, 1);
  }
  return length;
}

/* The list of rows at index, or of columns, which is what izh.read gives; its entries are pushed. */
static izh_table *push_rows(lua_State *L, int index) {
  size_t lines = (size_t)bind_list(L, "matrix", index), length = check_lines(L, index, lines);
  bool columns = bind_is_columns(L, index);
  double *values = bind_buffer(L, lines * length);
  for (size_t line = 0; line < lines; line++) {
    lua_rawgeti(L, index, (lua_Integer)line + 1);
    read_line(L, line, length, columns ? values + line : values + line * length, columns ? lines : 1);
    lua_pop(L, 1);
  }
  izh_array array = {.dimensions = 2,
                     .rows = columns ? length : lines,
                     .columns = columns ? lines : length,
                     .values = values};
  izh_table *table = bind_table_push(L);
  izh_err err;
  bind_check(L, izh_matrix_dense(&array, table, &err), &err);
  return table;
}

/* --- a file --- */

static izh_table *push_file(lua_State *L, int index, const izh_mapping *mapping) {
  izh_file file = bind_file(L, index, IZH_CONTENT_EDGES, false);
  const char *name = NULL;
  izh_err err;
  if (file.format->layout == IZH_LAYOUT_OWN)
    bind_raise(L, "a matrix cannot be read from a file %s", file.format->ending);
  for (size_t k = 0; k < mapping->n_picks; k++) name = mapping->picks[k].name;
  izh_table *table = bind_load(L, index, IZH_CONTENT_NUMBERS, name ? mapping : NULL);
  bind_check(L, izh_matrix_find(table, &file, name, &err), &err);
  return table;
}

/* --- both --- */

static void swap_sides(izh_table *table) {
  izh_array *arrays = table->arrays;
  double *pre = arrays[0].values;
  arrays[0].values = arrays[1].values;
  arrays[1].values = pre;
  size_t rows = table->shape[0];
  table->shape[0] = table->shape[1];
  table->shape[1] = rows;
}

static void check_shape(lua_State *L, const bind_ends *ends, const izh_table *table, bool transpose) {
  uint32_t pre = ends->side[0].ids.size, post = ends->side[1].ids.size;
  size_t rows = table->shape[transpose], columns = table->shape[!transpose];
  if (table->shape[0] == pre && table->shape[1] == post) return;
  bind_raise(
      L,
      "the matrix has %zu row%s and %zu column%s; a row for each of %u %s and a column for each of %u %s "
      "is needed%s",
      rows, izh_s(rows), columns, izh_s(columns), transpose ? post : pre, transpose ? "targets" : "sources",
      transpose ? pre : post, transpose ? "sources" : "targets",
      !transpose && rows == post && columns == pre ? " (transpose = true: a row for each target)" : "");
}

static bool read_transpose(lua_State *L, const bind_ends *ends) {
  if (!bind_option(L, ends->options, "transpose")) return false;
  bool transpose = bind_boolean(L, "transpose", -1);
  lua_pop(L, 1);
  return transpose;
}

bind_pairs bind_read_matrix(lua_State *L, const bind_ends *ends, izh_rule *rule) {
  int index = lua_gettop(L);
  luaL_checkstack(L, 40, NULL);
  bool transpose = read_transpose(L, ends), file = lua_type(L, index) == LUA_TSTRING;
  if (!file && !lua_istable(L, index))
    bind_wrong(L, "matrix", "a list of rows of weights, or the path of a file", index);
  if (!file && bind_option(L, ends->options, "columns")) bind_raise(L, "the option columns goes with a file");
  const char *from = file ? lua_pushfstring(L, "\"%s\"", lua_tostring(L, index)) : "matrix";
  izh_mapping mapping = {.path = from, .overrides = bind_overrides(L, ends)}, said = {.n_picks = 0};
  if (file) said = bind_mapping(L, ends->options, lua_tostring(L, index));
  izh_table *table = file ? push_file(L, index, &said) : push_rows(L, index);
  if (transpose) swap_sides(table);
  check_shape(L, ends, table, transpose);
  if (!bind_option(L, ends->options, "autapses")) rule->autapses = true; /* the diagonal is given */
  izh_edges_in edges;
  izh_err err;
  bind_check(L, izh_edges_find(table, &mapping, &edges, &err), &err);
  bind_origin origin = {.from = from, .own = true, .has_base = true, .file = file};
  return bind_fill_pairs(L, ends, &origin, &edges, rule);
}
