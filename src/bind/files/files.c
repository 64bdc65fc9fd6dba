/* Files of numbers: their paths, what is read of them, and the saving of vectors. */
#include "bind/files/files.h"
#include "base/ranks.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "base/ranks.h"
#include "bind/bind.h"
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
    bind_raise(L, "the path must end in %s (got %s%s)", izh_format_endings(endings, content, write),
               bind_shown(L, index), write ? "" : izh_format_hint(path));
  izh_err err; /* what is read, another rank may have written just before */
  if (!write) bind_check(L, izh_ranks_meet(izh_ranks_hash_text(8, path), IZH_OK, &err), &err);
  if (write) izh_bind_written(L, path);
  return (izh_file){.path = path, .format = format, .modules = bind_modules(L)};
}

/* --- reading --- */

static const char TABLE[] = "izhlua.table";
const char BIND_COLUMNS[] = "izhlua.columns";

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

izh_table *bind_load(lua_State *L, int index, izh_content content, const izh_mapping *mapping) {
  index = lua_absindex(L, index);
  izh_file file = bind_file(L, index, content, false);
  izh_table *table = bind_table_push(L);
  izh_wanted wanted = {
      .content = content, .population = mapping ? mapping->population : NULL, .mapping = mapping};
  izh_err err;
  bind_check(L, file.format->read(&file, &wanted, table, &err), &err);
  izh_bind_used(L, file.path, NULL);
  return table;
}

bool bind_is_columns(lua_State *L, int index) {
  if (!lua_getmetatable(L, index)) return false;
  luaL_getmetatable(L, BIND_COLUMNS);
  bool is = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return is;
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

static const luaL_Reg functions[] = {{"vector", vector_new}, {NULL, NULL}};

void bind_open_files(lua_State *L) {
  luaL_newmetatable(L, TABLE);
  lua_pushcfunction(L, table_gc);
  lua_setfield(L, -2, "__gc");
  luaL_newmetatable(L, BIND_COLUMNS);
  lua_pop(L, 2);
  bind_functions(L, functions, NULL);
  lua_pushcfunction(L, vector_save);
  bind_extend(L, BIND_VECTOR, "save");
}
