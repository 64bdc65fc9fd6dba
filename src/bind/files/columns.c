/* What a script says of a file of others: the options columns, base, unit, population. */
#include "bind/files/columns.h"

#include <math.h>
#include <stdio.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"

/* One item of the table columns, which is at index. */
static izh_pick read_pick(lua_State *L, int index, const char *key) {
  izh_pick pick = {.key = key};
  lua_pushstring(L, key);
  lua_rawget(L, index);
  char what[64];
  snprintf(what, sizeof what, "columns.%.40s", key);
  if (lua_type(L, -1) == LUA_TSTRING)
    pick.name = bind_string(L, what, -1); /* which the table keeps */
  else if (lua_type(L, -1) == LUA_TNUMBER)
    pick.number = (size_t)bind_integer(L, what, -1, 1, INT32_MAX);
  else if (!lua_isboolean(L, -1) || lua_toboolean(L, -1))
    bind_wrong(L, what, "the name or number of a column, or false", -1);
  lua_pop(L, 1);
  return pick;
}

static void read_picks(lua_State *L, int index, izh_mapping *mapping) {
  if (!lua_istable(L, index))
    bind_wrong(L, "columns", "a table such as { times = \"onset\", senders = 2 }", index);
  lua_pushnil(L);
  while (lua_next(L, index)) {
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING)
      bind_raise(L, "columns has what each is by name, such as { times = 1, senders = 2 } (got %s as a name)",
                 bind_shown(L, -1));
    mapping->n_picks++;
  }
  const char *const *keys = bind_keys(L, index, NULL);
  izh_pick *picks = lua_newuserdatauv(L, mapping->n_picks * sizeof *picks, 0);
  for (size_t k = 0; k < mapping->n_picks; k++) picks[k] = read_pick(L, index, keys[k]);
  mapping->picks = picks;
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
