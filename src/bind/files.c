/* Files of numbers: what scripts read, and the saving of vectors. */
#include <stdio.h>
#include <string.h>

#include "bind/private.h"

/* --- paths --- */

/* Pushes a path without its last three parts. */
static const char *push_prefix(lua_State *L, const char *path) {
  size_t length = strlen(path);
  for (int part = 0; part < 3; part++)
    while (length > 0 && path[--length] != '/') {}
  return lua_pushlstring(L, path, length);
}

const char *bind_modules(lua_State *L) {
  /* lib/izhlua beside share/izhlua/lua; by its name, since that may be a link in a build folder */
  lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.lua_dir");
  const char *path = lua_pushfstring(L, "%s/lib/izhlua", push_prefix(L, lua_tostring(L, -1)));
  lua_replace(L, -3);
  lua_pop(L, 1);
  return path;
}

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

static int table_gc(lua_State *L) {
  izh_table_free(lua_touserdata(L, 1));
  return 0;
}

const izh_table *bind_load(lua_State *L, int index, izh_content content, const char *population) {
  index = lua_absindex(L, index);
  izh_file file = bind_file(L, index, content, false);
  if (population && !file.format->populations)
    bind_raise(L, "the option population is for .h5 files (the file is %s)", bind_shown(L, index));
  izh_table *table = lua_newuserdatauv(L, sizeof *table, 0);
  *table = (izh_table){0};
  luaL_setmetatable(L, TABLE);
  izh_wanted wanted = {.content = content, .population = population};
  izh_err err;
  bind_check(L, file.format->read(&file, &wanted, table, &err), &err);
  return table;
}

static bind_column column_of(const izh_array *array, size_t k) {
  if (k >= array->columns) return (bind_column){0};
  return (bind_column){.values = array->values + k, .n = array->rows, .stride = array->columns};
}

bind_column bind_find_column(const izh_table *table, const char *const *names, size_t place) {
  bool named = false;
  for (size_t i = 0; i < table->n; i++) {
    named |= table->arrays[i].name[0] != '\0';
    for (const char *const *name = names; *name; name++)
      if (strcmp(*name, table->arrays[i].name) == 0) return column_of(&table->arrays[i], 0);
  }
  if (named) return (bind_column){0};
  if (table->n == 1) return column_of(&table->arrays[0], place);
  return place < table->n ? column_of(&table->arrays[place], 0) : (bind_column){0};
}

static void push_column(lua_State *L, bind_column column) {
  bind_vector *vector = bind_vector_push(L, column.n);
  for (size_t i = 0; i < column.n; i++) vector->x[i] = column.values[i * column.stride];
}

enum { MOST_COLUMNS = 100000 };

/* A number, a vector, or a list of the columns. */
static void push_array(lua_State *L, const char *path, const izh_array *array) {
  if (array->dimensions == 0) {
    lua_pushnumber(L, array->values[0]);
  } else if (array->dimensions == 1) {
    push_column(L, column_of(array, 0));
  } else {
    if (array->columns > MOST_COLUMNS)
      bind_raise(L, "an array in \"%s\" has %zu columns; %d at most can be read", path, array->columns,
                 MOST_COLUMNS);
    lua_createtable(L, (int)array->columns, 0);
    for (size_t k = 0; k < array->columns; k++) {
      push_column(L, column_of(array, k));
      lua_rawseti(L, -2, (lua_Integer)k + 1);
    }
  }
}

/* izh.read(path): of .npy its array; of .npz a table of arrays by name; of text a table of columns, by number
 * and by name. */
static int read_file(lua_State *L) {
  bind_arguments(L, 1);
  izh_layout layout = bind_file(L, 1, IZH_CONTENT_NUMBERS, false).format->layout;
  const izh_table *table = bind_load(L, 1, IZH_CONTENT_NUMBERS, NULL);
  const char *path = lua_tostring(L, 1);
  if (layout == IZH_LAYOUT_ARRAY) {
    push_array(L, path, &table->arrays[0]);
    return 1;
  }
  bool numbered = layout == IZH_LAYOUT_COLUMNS;
  lua_createtable(L, numbered ? (int)table->n : 0, (int)table->n);
  for (size_t i = 0; i < table->n; i++) {
    push_array(L, path, &table->arrays[i]);
    if (table->arrays[i].name[0]) {
      lua_pushvalue(L, -1);
      lua_setfield(L, -3, table->arrays[i].name);
    }
    if (numbered)
      lua_rawseti(L, -2, (lua_Integer)i + 1);
    else
      lua_pop(L, 1);
  }
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
  lua_pop(L, 1);
  bind_functions(L, functions, NULL);
  lua_pushcfunction(L, vector_save);
  bind_extend(L, BIND_VECTOR, "save");
}
