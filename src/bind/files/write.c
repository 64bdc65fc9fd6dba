/* izh.write: what a script has, by name, in a file. */
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "bind/files/files.h"
#include "bind/files/json.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/open.h"
#include "bind/value/vector.h"
#include "formats/text.h"

/* What is written, item by item; all that they point at is on the stack. */
typedef struct items {
  size_t n;
  izh_array *arrays; /* [n] with names; two dimensions are column after column */
} items;

/* --- values --- */

static bool is_word(lua_State *L, int list) {
  bool is = lua_istable(L, list) && lua_rawgeti(L, list, 1) == LUA_TSTRING;
  if (lua_istable(L, list)) lua_pop(L, 1);
  return is;
}

/* A list of words, with a NUL behind each, in a block pushed on the stack. */
static izh_array read_words(lua_State *L, const char *name, int index) {
  lua_Integer n = bind_list(L, name, index);
  size_t size = 0, length;
  char *words = NULL, *at = NULL;
  for (int pass = 0; pass < 2; pass++) {
    if (pass == 1) words = at = lua_newuserdatauv(L, size + 1, 0);
    for (lua_Integer k = 1; k <= n; k++) {
      lua_rawgeti(L, index, k);
      if (lua_type(L, -1) != LUA_TSTRING)
        bind_raise(L, "%s[%d] must be a word, as those before (got %s)", name, (int)k, bind_shown(L, -1));
      const char *word = lua_tolstring(L, -1, &length);
      if (strlen(word) != length) bind_raise(L, "%s[%d] must not contain a NUL byte", name, (int)k);
      if (pass == 1) memcpy(at, word, length + 1), at += length + 1;
      size += length + 1;
      lua_pop(L, 1);
    }
  }
  return (izh_array){.dimensions = 1, .rows = (size_t)n, .columns = 1, .words = words};
}

/* The numbers of the array at index, NaN and infinite ones too. */
static void read_numbers(lua_State *L, const char *name, int index, double *out) {
  const bind_vector *vector = luaL_testudata(L, index, BIND_VECTOR);
  if (vector) {
    memcpy(out, vector->x, vector->n * sizeof *out);
    return;
  }
  lua_Integer n = bind_list(L, name, index);
  for (lua_Integer k = 1; k <= n; k++) {
    if (lua_rawgeti(L, index, k) != LUA_TNUMBER)
      bind_raise(L, "%s[%d] must be a number (got %s)", name, (int)k, bind_shown(L, -1));
    out[k - 1] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
}

/* A list of arrays of one length: columns. */
static izh_array read_columns(lua_State *L, const char *name, int index) {
  izh_array array = {.dimensions = 2, .columns = (size_t)bind_list(L, name, index)};
  for (int pass = 0; pass < 2; pass++) {
    if (pass == 1) array.values = bind_buffer(L, array.rows * array.columns);
    for (size_t k = 0; k < array.columns; k++) {
      lua_rawgeti(L, index, (lua_Integer)k + 1);
      int column = lua_gettop(L);
      if (!bind_is_array(L, column))
        bind_raise(L, "%s[%d] must be a column of numbers, as those before (got %s)", name, (int)k + 1,
                   bind_shown(L, column));
      size_t n = bind_array_size(L, column);
      if (k == 0) array.rows = n;
      if (n != array.rows)
        bind_raise(L, "the columns of %s must be of one length (got %d and %d)", name, (int)array.rows,
                   (int)n);
      if (pass == 1) read_numbers(L, name, column, array.values + k * array.rows);
      lua_settop(L, column - 1);
    }
  }
  return array;
}

static bool has_columns(lua_State *L, int index) {
  if (!lua_istable(L, index)) return false;
  lua_rawgeti(L, index, 1);
  bool has = bind_is_array(L, -1);
  lua_pop(L, 1);
  return has;
}

/* The word at index; the value keeps it. */
static izh_array read_word(lua_State *L, const char *name, int index) {
  size_t length;
  const char *word = lua_tolstring(L, index, &length);
  if (strlen(word) != length) bind_raise(L, "%s must not contain a NUL byte", name);
  return (izh_array){.rows = 1, .columns = 1, .words = (char *)(uintptr_t)word};
}

/* The value at index: a number, numbers, columns of numbers, a word, or words. */
static izh_array read_value(lua_State *L, const char *name, int index) {
  if (lua_type(L, index) == LUA_TNUMBER) {
    izh_array one = {.dimensions = 0, .rows = 1, .columns = 1, .values = bind_buffer(L, 1)};
    one.values[0] = lua_tonumber(L, index);
    return one;
  }
  if (lua_type(L, index) == LUA_TSTRING) return read_word(L, name, index);
  if (!bind_is_array(L, index)) bind_wrong(L, name, "numbers, a number, columns of numbers, or words", index);
  if (is_word(L, index)) return read_words(L, name, index);
  if (has_columns(L, index)) return read_columns(L, name, index);
  izh_array array = {.dimensions = 1, .rows = bind_array_size(L, index), .columns = 1};
  array.values = bind_buffer(L, array.rows);
  read_numbers(L, name, index, array.values);
  return array;
}

/* --- tables --- */

/* The k-th value of the list part, and the name that it also has; "" when it has none. What is pushed stays.
 */
static void read_item(lua_State *L, int table, lua_Integer k, const char *const *keys, izh_array *array) {
  lua_rawgeti(L, table, k);
  int value = lua_gettop(L);
  const char *name = "";
  for (const char *const *key = keys; *key; key++) {
    lua_pushstring(L, *key);
    lua_rawget(L, table);
    if (lua_rawequal(L, -1, value)) name = *key;
    lua_pop(L, 1);
  }
  *array = read_value(L, *name ? name : "a column", value);
  array->name = (char *)(uintptr_t)name;
}

static bool is_taken(const items *all, const char *name) {
  for (size_t k = 0; k < all->n; k++)
    if (strcmp(all->arrays[k].name, name) == 0) return true;
  return false;
}

/* The values in the table at index: those of its list, as izh.read gives columns, and then by name. */
static items read_items(lua_State *L, int table) {
  const char *const *keys = bind_keys(L, table, NULL);
  size_t names = 0, list = lua_rawlen(L, table);
  while (keys[names]) names++;
  items all = {.arrays = lua_newuserdatauv(L, (names + list) * sizeof *all.arrays, 0)};
  for (size_t k = 0; k < list; k++, all.n++) {
    luaL_checkstack(L, 20, NULL);
    read_item(L, table, (lua_Integer)k + 1, keys, &all.arrays[k]);
  }
  for (const char *const *key = keys; *key; key++) {
    if (list > 0 && is_taken(&all, *key)) continue;
    luaL_checkstack(L, 20, NULL);
    lua_pushstring(L, *key);
    lua_rawget(L, table);
    all.arrays[all.n] = read_value(L, *key, lua_gettop(L));
    all.arrays[all.n++].name = (char *)(uintptr_t)*key;
  }
  return all;
}

/* --- files --- */

static void write_sources(lua_State *L, const izh_file *file, const items *all) {
  bool one = file->format->layout == IZH_LAYOUT_ARRAY;
  izh_source *sources = lua_newuserdatauv(L, (all->n + 1) * sizeof *sources, 0);
  if (one && all->n != 1)
    bind_raise(L, "a %s file holds one array (got %d); a .npz file holds several", file->format->ending,
               (int)all->n);
  for (size_t k = 0; k < all->n; k++) {
    const izh_array *array = &all->arrays[k];
    if (!one && !array->name[0])
      bind_raise(L, "each array of a %s file needs a name: { name = values }", file->format->ending);
    sources[k] = (izh_source){.name = array->name,
                              .dimensions = array->dimensions,
                              .rows = array->rows,
                              .columns = array->columns,
                              .words = array->words,
                              .values = array->values};
  }
  izh_err err;
  bind_check(L, file->format->write(file, sources, all->n, &err), &err);
}

/* Columns of one length; one of two dimensions is several. */
static void write_columns(lua_State *L, const izh_file *file, const items *all) {
  for (size_t k = 0; k < all->n; k++) {
    const izh_array *array = &all->arrays[k];
    const char *name = array->name[0] ? array->name : "a column";
    if (array->dimensions != 1)
      bind_raise(L, "%s must be a list of numbers or words in a %s file", name, file->format->ending);
    if (array->rows != all->arrays[0].rows)
      bind_raise(L, "the columns of a %s file must be of one length (%s has %d, %s has %d)",
                 file->format->ending, all->arrays[0].name[0] ? all->arrays[0].name : "the first",
                 (int)all->arrays[0].rows, name, (int)array->rows);
  }
  izh_err err;
  bind_check(L, izh_text_write(file->path, file->format->separator, all->arrays, all->n, &err), &err);
}

/* izh.write(path, { name = values }), or the values alone. */
static int write_file(lua_State *L) {
  bind_arguments(L, 2);
  luaL_checkstack(L, 40, NULL);
  izh_file file = bind_file(L, 1, IZH_CONTENT_TABLE, true);
  if (file.format->layout == IZH_LAYOUT_VALUES) {
    if (lua_isnoneornil(L, 2)) bind_wrong(L, "what is written", "a table of values by name", 2);
    bind_json_write(L, 2, file.path);
    return 0;
  }
  if (!bind_is_array(L, 2)) bind_wrong(L, "what is written", "a table of values by name", 2);
  bool alone = !lua_istable(L, 2) || lua_rawgeti(L, 2, 1) == LUA_TNUMBER || lua_type(L, -1) == LUA_TSTRING;
  lua_settop(L, 2);
  alone = alone || (file.format->layout == IZH_LAYOUT_ARRAY && has_columns(L, 2));
  items all = {.n = 1};
  izh_array array;
  if (alone) {
    array = read_value(L, "value", 2);
    array.name = (char *)(uintptr_t) "value";
    all.arrays = &array;
  } else {
    all = read_items(L, 2);
  }
  if (all.n == 0) bind_raise(L, "there is nothing to write: the table is empty");
  if (file.format->layout == IZH_LAYOUT_COLUMNS)
    write_columns(L, &file, &all);
  else
    write_sources(L, &file, &all);
  return 0;
}

void bind_open_write(lua_State *L) {
  static const luaL_Reg functions[] = {{"write_table", write_file}, {NULL, NULL}};
  bind_functions(L, functions, "write");
}
