/* What a script says of a file of others: the options columns, base, unit, population. */
#include "bind/files/columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"

/* One item of the table columns, whose name and value are on top of the stack: { times = "onset" },
 * { senders = 2 }, { port = false }, { [4] = false }. The table keeps what it points to. */
static izh_pick read_pick(lua_State *L) {
  izh_pick pick = {.key = NULL};
  bool out = lua_isboolean(L, -1) && !lua_toboolean(L, -1);
  if (out && lua_type(L, -2) == LUA_TNUMBER) {
    pick.number = (size_t)bind_integer(L, "columns: a number that is left out", -2, 1, INT32_MAX);
    return pick;
  }
  if (lua_type(L, -2) != LUA_TSTRING)
    bind_raise(L, "columns has what each is by name, such as { times = 1, senders = 2 } (got %s as a name)",
               bind_shown(L, -2));
  pick.key = lua_tostring(L, -2);
  char what[64];
  snprintf(what, sizeof what, "columns.%.40s", pick.key);
  if (lua_type(L, -1) == LUA_TSTRING)
    pick.name = bind_string(L, what, -1);
  else if (lua_type(L, -1) == LUA_TNUMBER)
    pick.number = (size_t)bind_integer(L, what, -1, 1, INT32_MAX);
  else if (!out)
    bind_wrong(L, what, "the name or number of a column, or false", -1);
  return pick;
}

/* By name, so that the first mistake is always the same one. */
static int compare_picks(const void *a, const void *b) {
  const izh_pick *x = a, *y = b;
  if (x->key && y->key) return strcmp(x->key, y->key);
  if (!x->key && !y->key) return (x->number > y->number) - (x->number < y->number);
  return x->key ? -1 : 1;
}

static void read_picks(lua_State *L, int index, izh_mapping *mapping) {
  if (!lua_istable(L, index))
    bind_wrong(L, "columns", "a table such as { times = \"onset\", senders = 2 }", index);
  size_t n = 0;
  lua_pushnil(L);
  for (; lua_next(L, index); n++) lua_pop(L, 1);
  izh_pick *picks = lua_newuserdatauv(L, n * sizeof *picks, 0);
  lua_pushnil(L);
  for (size_t k = 0; lua_next(L, index); k++, lua_pop(L, 1)) picks[k] = read_pick(L);
  qsort(picks, n, sizeof *picks, compare_picks);
  mapping->picks = picks;
  mapping->n_picks = n;
}

/* A word, or how many ms one is. */
static izh_unit read_unit(lua_State *L, int index) {
  izh_unit unit = {1, 1};
  if (lua_type(L, index) == LUA_TNUMBER) {
    unit.times = bind_number(L, "unit", index, 0, INFINITY);
    if (unit.times == 0) bind_raise(L, "unit must be > 0 (got 0)");
  } else if (lua_type(L, index) != LUA_TSTRING || !izh_unit_find(lua_tostring(L, index), &unit)) {
    bind_wrong(L, "unit", "\"ms\", \"s\", \"us\", \"ns\", or how many ms one is", index);
  }
  return unit;
}

izh_mapping bind_mapping(lua_State *L, int index, const char *path) {
  izh_mapping mapping = {.path = path};
  if (bind_option(L, index, "columns")) read_picks(L, lua_gettop(L), &mapping);
  if (bind_option(L, index, "unit")) {
    mapping.unit = read_unit(L, -1);
    mapping.has_unit = true;
  }
  if (bind_option(L, index, "base")) {
    mapping.base = (double)bind_integer(L, "base", -1, 0, 1);
    mapping.has_base = true;
  }
  if (bind_option(L, index, "population")) mapping.population = bind_string(L, "population", -1);
  return mapping;
}
