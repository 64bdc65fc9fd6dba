/* Files of numbers: what scripts read, and the saving of vectors. */
#include <stdio.h>
#include <string.h>

#include "bind/private.h"
#include "formats/npy.h"
#include "formats/npz.h"
#include "formats/text.h"

/* --- paths --- */

static const char *const endings[BIND_FORMAT_COUNT] = {".npy", ".npz", ".csv", ".tsv",
                                                       ".txt", ".h5",  ".nwb", ".izh"};

/* Pushes ".npy, .csv or .txt". */
static const char *push_endings(lua_State *L, unsigned allowed) {
  luaL_Buffer text;
  luaL_buffinit(L, &text);
  bool first = true;
  for (int i = 0; i < BIND_FORMAT_COUNT; i++) {
    if (!(allowed >> i & 1)) continue;
    if (!first) luaL_addstring(&text, allowed >> (i + 1) ? ", " : " or ");
    luaL_addstring(&text, endings[i]);
    first = false;
  }
  luaL_pushresult(&text);
  return lua_tostring(L, -1);
}

bind_format bind_path(lua_State *L, const char *function, int index, unsigned allowed) {
  const char *path = bind_string(L, function, "the path", index);
  const char *ending = strrchr(path, '.');
  for (int i = 0; i < BIND_FORMAT_COUNT && ending; i++)
    if (allowed >> i & 1 && strcmp(ending, endings[i]) == 0) return (bind_format)i;
  bind_raise(L, function, "the path must end in %s (got %s)", push_endings(L, allowed), bind_shown(L, index));
}

char bind_separator(bind_format format) {
  return format == BIND_FORMAT_CSV ? ',' : format == BIND_FORMAT_TSV ? '\t' : ' ';
}

/* --- reading --- */

static const char TABLE[] = "izhlua.table";

static int table_gc(lua_State *L) {
  izh_table_free(lua_touserdata(L, 1));
  return 0;
}

/* Pushes a path without its last three parts. */
static const char *push_prefix(lua_State *L, const char *path) {
  size_t length = strlen(path);
  for (int part = 0; part < 3; part++)
    while (length > 0 && path[--length] != '/') {}
  return lua_pushlstring(L, path, length);
}

const char *bind_module_path(lua_State *L, const char *name) {
  /* lib/izhlua beside share/izhlua/lua; by its name, since that may be a link in a build folder */
  lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.lua_dir");
  const char *path = lua_pushfstring(L, "%s/lib/izhlua/%s", push_prefix(L, lua_tostring(L, -1)), name);
  lua_replace(L, -3);
  lua_pop(L, 1);
  return path;
}

const izh_h5 *bind_h5(lua_State *L, const char *function) {
  const izh_h5 *h5;
  izh_err err;
  bind_check(L, function, izh_h5_load(bind_module_path(L, "hdf5.so"), &h5, &err), &err);
  lua_pop(L, 1);
  return h5;
}

static izh_status load(lua_State *L, const char *function, bind_format format, const char *path,
                       bind_content content, const char *population, izh_table *table, izh_err *err) {
  switch (format) {
  case BIND_FORMAT_NPY:
    return izh_npy_load(path, table, err);
  case BIND_FORMAT_NPZ:
    return izh_npz_load(path, table, err);
  case BIND_FORMAT_H5:
  case BIND_FORMAT_NWB:
    if (content == BIND_CONTENT_SPIKES)
      return bind_h5(L, function)->load_spikes(path, population, table, err);
    return bind_h5(L, function)->load_edges(path, population, table, err);
  default:
    return izh_text_load(path, bind_separator(format), table, err);
  }
}

const izh_table *bind_load(lua_State *L, const char *function, int index, bind_content content,
                           const char *population) {
  static const unsigned hidden[] = {[BIND_CONTENT_NUMBERS] = 1u << BIND_FORMAT_H5 | 1u << BIND_FORMAT_NWB,
                                    [BIND_CONTENT_SPIKES] = 0,
                                    [BIND_CONTENT_EDGES] = 1u << BIND_FORMAT_NWB};
  index = lua_absindex(L, index);
  bind_format format = bind_path(L, function, index, BIND_FORMATS_OF_NUMBERS & ~hidden[content]);
  if (population && format < BIND_FORMAT_H5)
    bind_raise(L, function, "the option population is for .h5 files (the file is %s)", bind_shown(L, index));
  izh_table *table = lua_newuserdatauv(L, sizeof *table, 0);
  *table = (izh_table){0};
  luaL_setmetatable(L, TABLE);
  izh_err err;
  bind_check(L, function, load(L, function, format, lua_tostring(L, index), content, population, table, &err),
             &err);
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
      bind_raise(L, "read", "an array in \"%s\" has %zu columns; %d at most can be read", path,
                 array->columns, MOST_COLUMNS);
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
  bind_arguments(L, "read", 1);
  const izh_table *table = bind_load(L, "read", 1, BIND_CONTENT_NUMBERS, NULL);
  const char *path = lua_tostring(L, 1);
  size_t length = strlen(path);
  if (strcmp(path + length - 4, ".npy") == 0) {
    push_array(L, path, &table->arrays[0]);
    return 1;
  }
  bool numbered = strcmp(path + length - 4, ".npz") != 0;
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
  if (!vector) bind_no_self(L, "save", "a vector", "x");
  bind_arguments(L, "save", 2);
  bind_format format = bind_path(L, "save", 2,
                                 1u << BIND_FORMAT_NPY | 1u << BIND_FORMAT_CSV | 1u << BIND_FORMAT_TSV |
                                     1u << BIND_FORMAT_TXT);
  const char *path = lua_tostring(L, 2);
  izh_source source = {.name = format == BIND_FORMAT_TXT ? NULL : "value",
                       .dimensions = 1,
                       .rows = vector->n,
                       .columns = 1,
                       .values = vector->x};
  izh_err err;
  bind_check(L, "save",
             format == BIND_FORMAT_NPY ? izh_npy_save(path, &source, &err)
                                       : izh_text_save(path, bind_separator(format), &source, 1, &err),
             &err);
  return 0;
}

/* izh.vector{ 1, 2, 3 }, or a copy of a vector. */
static int vector_new(lua_State *L) {
  bind_arguments(L, "vector", 1);
  if (!bind_is_array(L, 1)) bind_wrong(L, "vector", "the numbers", "an array", 1);
  size_t n = bind_array_size(L, 1);
  bind_vector *vector = bind_vector_push(L, n);
  bind_array(L, "vector", "the numbers", 1, vector->x, n);
  return 1;
}

static const luaL_Reg functions[] = {{"read", read_file}, {"vector", vector_new}, {NULL, NULL}};

void bind_open_files(lua_State *L) {
  luaL_newmetatable(L, TABLE);
  lua_pushcfunction(L, table_gc);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_setfuncs(L, functions, 0);
  lua_pushcfunction(L, vector_save);
  bind_extend(L, BIND_VECTOR, "save");
}
