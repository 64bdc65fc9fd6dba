/* izh.read: what a file holds, as Lua values. */
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/files/files.h"
#include "bind/files/json.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/open.h"
#include "bind/value/vector.h"

/* --- arrays --- */

static void push_column(lua_State *L, const izh_array *array, size_t column) {
  bind_vector *vector = bind_vector_push(L, array->rows);
  for (size_t i = 0; i < array->rows; i++) vector->x[i] = array->values[i * array->columns + column];
}

/* A word, or a list of words. */
static void push_words(lua_State *L, const izh_array *array) {
  const char *word = array->words;
  if (array->dimensions == 0) {
    lua_pushstring(L, word);
    return;
  }
  lua_createtable(L, array->rows < INT32_MAX ? (int)array->rows : 0, 0);
  for (size_t i = 0; i < array->rows; i++, word += strlen(word) + 1) {
    lua_pushstring(L, word);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

enum { MOST_COLUMNS = 100000 };

/* A number, a vector, or a list of the columns; or words. */
static void push_array(lua_State *L, const char *path, const izh_array *array) {
  if (array->words) {
    push_words(L, array);
  } else if (array->dimensions == 0) {
    lua_pushnumber(L, array->values[0]);
  } else if (array->dimensions == 1) {
    push_column(L, array, 0);
  } else {
    if (array->columns > MOST_COLUMNS)
      bind_raise(L, "an array in \"%s\" has %zu columns; %d at most can be read", path, array->columns,
                 MOST_COLUMNS);
    lua_createtable(L, (int)array->columns, 0);
    for (size_t k = 0; k < array->columns; k++) {
      push_column(L, array, k);
      lua_rawseti(L, -2, (lua_Integer)k + 1);
    }
    luaL_setmetatable(L, BIND_COLUMNS);
  }
}

/* --- tables of them --- */

/* Arrays of too many columns cannot be read, which matters to those only who ask for them. */
static void refuse_wide(izh_table *table, const char *path) {
  for (size_t i = 0; i < table->n; i++) {
    izh_array *array = &table->arrays[i];
    if (array->dimensions < 2 || array->columns <= MOST_COLUMNS || array->refused) continue;
    izh_err why;
    izh_fail(&why, IZH_FORMAT, "%s in \"%s\" has %zu columns; %d at most can be read", array->name, path,
             array->columns, MOST_COLUMNS);
    array->refused = izh_strdup(why.message);
  }
}

/* The messages of what cannot be read, by name, as a table pushed on the stack. */
static void push_refused(lua_State *L, const izh_table *table) {
  lua_createtable(L, 0, 4);
  for (size_t i = 0; i < table->n; i++) {
    if (!table->arrays[i].refused) continue;
    lua_pushstring(L, table->arrays[i].refused);
    lua_setfield(L, -2, table->arrays[i].name);
  }
}

/* What is asked of a table and is not in it. Upvalues are the messages, and what comes before a name in
 * them. A path, "spikes/V1/node_ids", is followed. */
static int find_member(lua_State *L) {
  lua_settop(L, 2);
  if (lua_type(L, 2) != LUA_TSTRING) return 0;
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_pushvalue(L, 2);
  lua_concat(L, 2);
  lua_rawget(L, lua_upvalueindex(1));
  if (lua_type(L, -1) == LUA_TSTRING) bind_raise_as(L, "read", "%s", lua_tostring(L, -1));
  const char *path = lua_tostring(L, 2), *slash = strchr(path, '/');
  if (!slash) return 0;
  lua_pushlstring(L, path, (size_t)(slash - path));
  lua_gettable(L, 1);
  if (!lua_istable(L, -1)) return 0;
  lua_pushstring(L, slash + 1);
  lua_gettable(L, -2);
  return 1;
}

/* Gives the table on top of the stack a metatable for what is not in it; the messages are at `refused`. */
static void set_missing(lua_State *L, int refused, const char *prefix) {
  lua_createtable(L, 0, 1);
  lua_pushvalue(L, refused);
  lua_pushstring(L, prefix);
  lua_pushcclosure(L, find_member, 2);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
}

/* The table of all arrays, by name, and by number if they are columns. */
static void push_table(lua_State *L, const char *path, const izh_table *table, bool numbered) {
  size_t refused = 0;
  lua_createtable(L, numbered ? (int)table->n : 0, (int)table->n);
  for (size_t i = 0; i < table->n; i++) {
    const izh_array *array = &table->arrays[i];
    refused += array->refused != NULL;
    if (array->refused && (numbered || refused == table->n)) bind_raise(L, "%s", array->refused);
    if (array->refused) continue;
    push_array(L, path, array);
    if (array->name[0]) {
      lua_pushvalue(L, -1);
      lua_setfield(L, -3, array->name);
    }
    if (numbered)
      lua_rawseti(L, -2, (lua_Integer)i + 1);
    else
      lua_pop(L, 1);
  }
  if (refused == 0) return;
  push_refused(L, table);
  lua_insert(L, -2);
  set_missing(L, lua_gettop(L) - 1, "");
}

/* Pushes the table of the group of a path in the tree at index, which is made unless it is there; returns the
 * name behind the groups. */
static const char *push_group(lua_State *L, int tree, int refused, const char *path) {
  const char *name = path;
  lua_pushvalue(L, tree);
  for (const char *slash; (slash = strchr(name, '/')) != NULL; name = slash + 1) {
    lua_pushlstring(L, name, (size_t)(slash - name));
    lua_pushvalue(L, -1);
    if (lua_rawget(L, -3) != LUA_TTABLE) {
      lua_pop(L, 1);
      lua_createtable(L, 0, 4);
      lua_pushlstring(L, path, (size_t)(slash + 1 - path));
      const char *prefix = lua_tostring(L, -1);
      lua_insert(L, -2);
      set_missing(L, refused, prefix);
      lua_remove(L, -2);
      lua_pushvalue(L, -2);
      lua_pushvalue(L, -2);
      lua_rawset(L, -5);
    }
    lua_replace(L, -3); /* the inner table in place of the outer one */
    lua_pop(L, 1);
  }
  return name;
}

/* The tree that the paths of arrays make: tables in tables. */
static void push_tree(lua_State *L, const char *path, const izh_table *table) {
  push_refused(L, table);
  int refused = lua_gettop(L), tree = refused + 1;
  lua_createtable(L, 0, 4);
  set_missing(L, refused, "");
  for (size_t i = 0; i < table->n; i++) {
    const izh_array *array = &table->arrays[i];
    const char *name = push_group(L, tree, refused, array->name);
    if (!array->refused) {
      push_array(L, path, array);
      lua_setfield(L, -2, name);
    }
    lua_pop(L, 1);
  }
}

/* --- izh.read(path) --- */

/* Of .npy its array; of .npz a table of arrays by name; of text a table of columns, by number and by name; of
 * HDF5 tables in tables; of .json its value. */
static int read_file(lua_State *L) {
  bind_arguments(L, 1);
  luaL_checkstack(L, 40, NULL);
  izh_layout layout = bind_file(L, 1, IZH_CONTENT_NUMBERS, false).format->layout;
  const char *path = lua_tostring(L, 1);
  if (layout == IZH_LAYOUT_VALUES) return bind_json_read(L, path);
  izh_table *table = bind_load(L, 1, IZH_CONTENT_NUMBERS, NULL);
  if (layout != IZH_LAYOUT_ARRAY) refuse_wide(table, path);
  if (layout == IZH_LAYOUT_ARRAY)
    push_array(L, path, &table->arrays[0]);
  else if (layout == IZH_LAYOUT_OWN)
    push_tree(L, path, table);
  else
    push_table(L, path, table, layout == IZH_LAYOUT_COLUMNS);
  return 1;
}

void bind_open_read(lua_State *L) {
  static const luaL_Reg functions[] = {{"read", read_file}, {NULL, NULL}};
  bind_functions(L, functions, NULL);
}
