/* The option pairs of net:connect: a list of pairs, columns, or a file. */
#include <math.h>
#include <stdio.h>

#include "bind/private.h"

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

enum { PRE, POST, WEIGHT, DELAY, COLUMNS };
static const char *const names[COLUMNS] = {"pre", "post", "weight", "delay"};

/* One side of the pairs from a column of ids. */
static void fill_side(lua_State *L, const char *from, int side, bind_column column, uint32_t size,
                      uint32_t *pairs) {
  for (size_t k = 0; k < column.n; k++) {
    double id = column.values[k * column.stride];
    if (!(id >= 1 && id <= size && id == floor(id)))
      bind_raise(L, "%s: %s[%zu] must be an id, a whole number 1 … %u (got %.10g)", from, names[side], k + 1,
                 size, id);
    pairs[2 * k + (size_t)side] = (uint32_t)id - 1;
  }
}

/* Makes the rule's pairs, and the values that come with them, of columns, in blocks pushed on the stack. */
static bind_pairs from_columns(lua_State *L, const char *from, const bind_column columns[COLUMNS],
                               uint32_t size, izh_rule *rule) {
  for (int c = 0; c < COLUMNS; c++) {
    if (c <= POST && !columns[c].values) bind_raise(L, "%s: there is no column %s", from, names[c]);
    if (columns[c].values && columns[c].n != columns[PRE].n)
      bind_raise(L, "%s: as many of %s as of pre are needed (got %zu and %zu)", from, names[c], columns[c].n,
                 columns[PRE].n);
  }
  rule->n = columns[PRE].n;
  uint32_t *pairs = lua_newuserdatauv(L, rule->n * 2 * sizeof *pairs, 0);
  fill_side(L, from, PRE, columns[PRE], size, pairs);
  fill_side(L, from, POST, columns[POST], size, pairs);
  rule->pairs = pairs;
  double *given[COLUMNS] = {NULL};
  for (int c = WEIGHT; c <= DELAY; c++) {
    if (!columns[c].values) continue;
    given[c] = bind_buffer(L, rule->n);
    for (size_t k = 0; k < rule->n; k++) {
      given[c][k] = columns[c].values[k * columns[c].stride];
      if (!isfinite(given[c][k]))
        bind_raise(L, "%s: %s[%zu] must be finite (got %g)", from, names[c], k + 1, given[c][k]);
    }
  }
  return (bind_pairs){.weight = given[WEIGHT], .delay = given[DELAY]};
}

/* { pre = …, post = …, weight = …, delay = … } at index. */
static bind_pairs read_columns(lua_State *L, int index, uint32_t size, izh_rule *rule) {
  static const char *const known[] = {"pre", "post", "weight", "delay", NULL};
  bind_options(L, index, known);
  bind_column columns[COLUMNS] = {{0}};
  for (int c = 0; c < COLUMNS; c++) {
    if (!bind_option(L, index, names[c])) continue;
    char what[32];
    snprintf(what, sizeof what, "pairs.%s", names[c]);
    if (!bind_is_array(L, -1)) bind_wrong(L, what, "an array", -1);
    size_t n = bind_array_size(L, -1);
    double *values = bind_buffer(L, n);
    bind_array(L, what, lua_gettop(L) - 1, values, n);
    columns[c] = (bind_column){.values = values, .n = n, .stride = 1};
  }
  return from_columns(L, "pairs", columns, size, rule);
}

/* The path at index; population: see bind_load. */
static bind_pairs read_file(lua_State *L, int index, const char *population, uint32_t size, izh_rule *rule) {
  static const char *const aliases[COLUMNS][4] = {{"pre", "source", NULL},
                                                  {"post", "target", NULL},
                                                  {"weight", "weights", NULL},
                                                  {"delay", "delay_ms", "delays", NULL}};
  const izh_table *table = bind_load(L, index, IZH_CONTENT_EDGES, population);
  bind_column columns[COLUMNS];
  for (size_t c = 0; c < COLUMNS; c++) columns[c] = bind_find_column(table, aliases[c], c);
  lua_pushfstring(L, "\"%s\"", lua_tostring(L, index));
  return from_columns(L, lua_tostring(L, -1), columns, size, rule);
}

bind_pairs bind_read_pairs(lua_State *L, int index, const izh_net *net, izh_rule *rule) {
  index = lua_absindex(L, index);
  luaL_checkstack(L, 20, NULL);
  uint32_t size = izh_net_size(net);
  if (lua_type(L, index) == LUA_TSTRING) return read_file(L, index, NULL, size, rule);
  if (!lua_istable(L, index))
    bind_wrong(L, "pairs", "a table of pairs of ids, { pre =, post = }, or the path of a file", index);
  if (bind_option(L, index, "file")) {
    static const char *const known[] = {"file", "population", NULL};
    bind_options(L, index, known);
    bind_string(L, "pairs.file", -1);
    int path = lua_gettop(L);
    const char *population = NULL;
    if (bind_option(L, index, "population")) population = bind_string(L, "pairs.population", -1);
    return read_file(L, path, population, size, rule);
  }
  bool columns = bind_option(L, index, "pre");
  if (columns) lua_pop(L, 1);
  if (columns) return read_columns(L, index, size, rule);
  read_list(L, index, size, rule);
  return (bind_pairs){0};
}
