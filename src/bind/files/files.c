/* Files of numbers: what scripts read, and the saving of vectors. */
#include "bind/files/files.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/open.h"
#include "bind/program/host.h"
#include "bind/value/vector.h"

/* --- paths --- */

izh_file bind_file(lua_State *L, int index, izh_content content, bool write) {
  index = lua_absindex(L, index);
  const char *path = bind_string(L, "the path", index);
  const izh_format *format = izh_format_find(path, content, write);
  char endings[IZH_ENDINGS_SIZE];
  if (!format)
    bind_raise(L, "the path must end in %s (got %s)", izh_format_endings(endings, content, write),
               bind_shown(L, index));
  return (izh_file){.path = path, .format = format, .modules = bind_modules(L)};
}

/* --- reading --- */

static const char TABLE[] = "izhlua.table";
static const char COLUMNS[] = "izhlua.columns"; /* a metatable without members, by which they are known */

static int table_gc(lua_State *L) {
  izh_table_free(lua_touserdata(L, 1));
  return 0;
}

izh_table *bind_table_push(lua_State *L) {
  izh_table *table = lua_newuserdatauv(L, sizeof *table, 0);
  *table = (izh_table){0};
  luaL_setmetatable(L, TABLE);
  return table;
}

izh_table *bind_load(lua_State *L, int index, izh_content content, const char *population) {
  index = lua_absindex(L, index);
  izh_file file = bind_file(L, index, content, false);
  izh_table *table = bind_table_push(L);
  izh_wanted wanted = {.content = content, .population = population};
  izh_err err;
  bind_check(L, file.format->read(&file, &wanted, table, &err), &err);
  return table;
}

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
    luaL_setmetatable(L, COLUMNS);
  }
}

bool bind_is_columns(lua_State *L, int index) {
  if (!lua_getmetatable(L, index)) return false;
  luaL_getmetatable(L, COLUMNS);
  bool is = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return is;
}

/* What is asked of a table that izh.read made and is not in it: arrays that cannot be read say why (their
 * messages, by name, are the upvalue). */
static int say_why(lua_State *L) {
  lua_settop(L, 2);
  lua_rawget(L, lua_upvalueindex(1));
  if (lua_type(L, -1) == LUA_TSTRING) bind_raise_as(L, "read", "%s", lua_tostring(L, -1));
  return 1;
}

/* Gives the table on top of the stack a metatable for what cannot be read. */
static void set_refused(lua_State *L, const izh_table *table) {
  lua_createtable(L, 0, 1);
  lua_createtable(L, 0, 4);
  for (size_t i = 0; i < table->n; i++) {
    if (!table->arrays[i].refused) continue;
    lua_pushstring(L, table->arrays[i].refused);
    lua_setfield(L, -2, table->arrays[i].name);
  }
  lua_pushcclosure(L, say_why, 1);
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
  if (refused > 0) set_refused(L, table);
}

/* izh.read(path): of .npy its array; of .npz a table of arrays by name; of text a table of columns, by number
 * and by name. */
static int read_file(lua_State *L) {
  bind_arguments(L, 1);
  izh_layout layout = bind_file(L, 1, IZH_CONTENT_NUMBERS, false).format->layout;
  const izh_table *table = bind_load(L, 1, IZH_CONTENT_NUMBERS, NULL);
  if (layout == IZH_LAYOUT_ARRAY)
    push_array(L, lua_tostring(L, 1), &table->arrays[0]);
  else
    push_table(L, lua_tostring(L, 1), table, layout == IZH_LAYOUT_COLUMNS);
  return 1;
}

/* --- vector:save(path) --- */

static int vector_save(lua_State *L) {
  bind_vector *vector = luaL_testudata(L, 1, BIND_VECTOR);
  if (!vector) bind_no_self(L, "a vector", "x", 1);
  bind_arguments(L, 2);
  izh_file file = bind_file(L, 2, IZH_CONTENT_NUMBERS, true);
  izh_source source = {
      .name = "value", .dimensions = 1, .rows = vector->n, .columns = 1, .values = vector->x};
  izh_err err;
  bind_check(L, file.format->write(&file, &source, 1, &err), &err);
  return 0;
}

/* izh.vector{ 1, 2, 3 }, or a copy of a vector. */
static int vector_new(lua_State *L) {
  bind_arguments(L, 1);
  if (!bind_is_array(L, 1)) bind_wrong(L, "the numbers", "an array", 1);
  size_t n = bind_array_size(L, 1);
  bind_vector *vector = bind_vector_push(L, n);
  bind_array(L, "the numbers", 1, vector->x, n);
  return 1;
}

static const luaL_Reg functions[] = {{"read", read_file}, {"vector", vector_new}, {NULL, NULL}};

void bind_open_files(lua_State *L) {
  luaL_newmetatable(L, TABLE);
  lua_pushcfunction(L, table_gc);
  lua_setfield(L, -2, "__gc");
  luaL_newmetatable(L, COLUMNS);
  lua_pop(L, 2);
  bind_functions(L, functions, NULL);
  lua_pushcfunction(L, vector_save);
  bind_extend(L, BIND_VECTOR, "save");
}
