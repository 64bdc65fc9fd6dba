#include "host/complete.h"

#include <ctype.h>
#include <lauxlib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "host/locals.h"

enum { CHAIN_LENGTH = 16 }; /* of __index tables; bounded, since they may form a circle */

typedef struct search {
  const char *text; /* what is typed: names, dots and colons */
  size_t length;
  host_names *names;
} search;

static bool is_name_byte(char byte) {
  return isalnum((unsigned char)byte) || byte == '_';
}

/* Pushes a metafield of the value on the top if that is a table. */
static bool push_metatable_field(lua_State *L, const char *name) {
  int type = luaL_getmetafield(L, -1, name);
  if (type != LUA_TNIL && type != LUA_TTABLE) lua_pop(L, 1);
  return type == LUA_TTABLE;
}

/* Replaces the value on the top by the next table in which its fields are looked up. In the first step this
 * is the value itself, if it is a table. Then it is its __index table. False, and the value is popped, when
 * there is none. */
static bool step_into(lua_State *L, bool first) {
  if (first && lua_istable(L, -1)) return true;
  bool found = push_metatable_field(L, "__index");
  lua_remove(L, found ? -2 : -1);
  return found;
}

/* The tables in a metatable of ours that say which names the type has, its __index being a function. */
static const char *const type_tables[] = {"methods", "fields", "names", NULL};

static bool is_ours(lua_State *L) {
  for (const char *const *table = type_tables; *table; table++) {
    if (!push_metatable_field(L, *table)) continue;
    lua_pop(L, 1);
    return true;
  }
  return false;
}

/* Replaces the value on the top by its field. False, and the value is popped, when there is none; or an
 * error. */
static bool enter_field(lua_State *L, const char *name, size_t length) {
  if (is_ours(L)) {
    lua_pushlstring(L, name, length);
    lua_gettable(L, -2);
    lua_remove(L, -2);
    return true;
  }
  for (int i = 0; i < CHAIN_LENGTH && step_into(L, i == 0); i++) {
    lua_pushlstring(L, name, length);
    lua_rawget(L, -2);
    if (!lua_isnil(L, -1)) {
      lua_remove(L, -2);
      return true;
    }
    lua_pop(L, 1);
  }
  return false;
}

static void add_name(lua_State *L, host_names *names, const char *name) {
  char **items = izh_grow(names->items, &names->capacity, names->count + 1, sizeof *items);
  if (items) names->items = items;
  char *copy = items ? izh_strdup(name) : NULL;
  if (!copy) luaL_error(L, "not enough memory");
  names->items[names->count++] = copy;
}

static bool is_name(const char *text) {
  size_t length = 0;
  while (is_name_byte(text[length])) length++;
  return length > 0 && text[length] == '\0' && !isdigit((unsigned char)text[0]);
}

/* Adds the names in the table on the top that begin with what is typed; after a colon, functions only. */
static void add_names(lua_State *L, const search *wanted, const char *typed, bool methods) {
  size_t length = wanted->names->typed;
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
    const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
    if (strncmp(name, typed, length) != 0 || !is_name(name)) continue;
    if (!methods || lua_isfunction(L, -1)) add_name(L, wanted->names, name);
  }
}

/* Adds the names that the type of the value on the top has. */
static void add_names_of_type(lua_State *L, const search *wanted, const char *typed, bool methods) {
  if (luaL_getmetafield(L, -1, "later") == LUA_TFUNCTION) {
    lua_call(L, 0, 0); /* more methods: see bind/lua/type.h */
    lua_getmetatable(L, -1);
    lua_pushnil(L);
    lua_setfield(L, -2, "later");
    lua_pop(L, 1);
  }
  for (const char *const *table = type_tables; *table; table++) {
    if (!push_metatable_field(L, *table)) continue;
    add_names(L, wanted, typed, methods);
    lua_pop(L, 1);
  }
}

static int collect(lua_State *L) {
  const search *wanted = lua_touserdata(L, 1);
  const char *name = wanted->text, *end = wanted->text + wanted->length;
  bool methods = false;
  host_locals_push(L);
  for (;;) {
    const char *stop = name;
    while (stop < end && is_name_byte(*stop)) stop++;
    if (stop == end) break;
    if (!enter_field(L, name, (size_t)(stop - name))) return 0;
    methods = *stop == ':';
    name = stop + 1;
  }
  wanted->names->typed = (size_t)(end - name);
  add_names_of_type(L, wanted, name, methods);
  for (int i = 0; i < CHAIN_LENGTH && step_into(L, i == 0); i++) add_names(L, wanted, name, methods);
  return 0;
}

static int compare(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort_and_thin(host_names *names) {
  if (names->count == 0) return;
  qsort(names->items, names->count, sizeof *names->items, compare);
  size_t kept = 1;
  for (size_t i = 1; i < names->count; i++) {
    if (strcmp(names->items[i], names->items[kept - 1]) == 0)
      izh_free(names->items[i]);
    else
      names->items[kept++] = names->items[i];
  }
  names->count = kept;
}

void host_complete(lua_State *L, const char *text, size_t length, host_names *names) {
  *names = (host_names){0};
  size_t start = length;
  while (start > 0 && (is_name_byte(text[start - 1]) || strchr(".:", text[start - 1]))) start--;
  if (start == length) return;
  search wanted = {text + start, length - start, names};
  lua_pushcfunction(L, collect);
  lua_pushlightuserdata(L, &wanted);
  if (lua_pcall(L, 1, 0, 0) != LUA_OK) lua_pop(L, 1);
  sort_and_thin(names);
}

void host_names_free(host_names *names) {
  for (size_t i = 0; i < names->count; i++) izh_free(names->items[i]);
  izh_free(names->items);
  *names = (host_names){0};
}
