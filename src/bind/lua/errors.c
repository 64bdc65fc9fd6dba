/* Errors that a script sees. */
#include "bind/lua/errors.h"

#include <lauxlib.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/meaning.h"
#include "base/nearest.h"

/* Is a chunk a file below the folder. */
static bool is_below(const char *source, const char *folder) {
  size_t length = strlen(folder);
  return length > 0 && source[0] == '@' && strncmp(source + 1, folder, length) == 0 &&
         source[1 + length] == '/';
}

/* C functions, and our own Lua files, are not where the mistake is. */
const char *bind_place(lua_State *L) {
  const char *own = "";
  if (lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.lua_dir") == LUA_TSTRING) own = lua_tostring(L, -1);
  lua_Debug at;
  for (int level = 1; lua_getstack(L, level, &at); level++) {
    lua_getinfo(L, "Sl", &at);
    if (at.currentline <= 0) continue;
    if (is_below(at.source, own)) continue;
    lua_pop(L, 1);
    return lua_pushfstring(L, "%s:%d: ", at.short_src, at.currentline);
  }
  lua_pop(L, 1);
  return lua_pushliteral(L, "");
}

/* --- the names of functions --- */

static const char NAMES[] = "izhlua.names";

void bind_name(lua_State *L, const char *name) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, NAMES) != LUA_TTABLE) {
    lua_pop(L, 1);
    lua_newtable(L);
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode"); /* a name does not keep its function */
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, NAMES);
  }
  lua_pushvalue(L, -2);
  lua_pushstring(L, name);
  lua_rawset(L, -3);
  lua_pop(L, 1);
}

void bind_functions(lua_State *L, const luaL_Reg *functions, const char *name) {
  for (; functions->name; functions++) {
    lua_pushcfunction(L, functions->func);
    bind_name(L, name ? name : functions->name);
    lua_setfield(L, -2, functions->name);
  }
}

/* Pushes the name of the running function: the one it was given, or else its first argument that is a string
 * (of those that our own files in Lua call with the name, and of members that are asked for). */
static const char *push_name(lua_State *L) {
  lua_Debug running;
  lua_getfield(L, LUA_REGISTRYINDEX, NAMES);
  lua_getstack(L, 0, &running);
  lua_getinfo(L, "f", &running);
  if (lua_rawget(L, -2) == LUA_TSTRING) {
    lua_remove(L, -2);
    return lua_tostring(L, -1);
  }
  lua_pop(L, 2);
  lua_pushvalue(L, lua_type(L, 1) == LUA_TSTRING ? 1 : 2);
  return lua_tostring(L, -1);
}

/* --- raising --- */

/* Raises "file:line: name: message"; name NULL: that of the running function. */
static _Noreturn void raise(lua_State *L, const char *name, const char *format, va_list args) {
  char message[IZH_ERR_MESSAGE_SIZE];
  izh_message(message, format, args);
  luaL_checkstack(L, 8, NULL);
  if (!name) name = push_name(L);
  bind_place(L);
  lua_pushfstring(L, "%s: %s", name, message);
  lua_concat(L, 2);
  lua_error(L);
  __builtin_unreachable();
}

void bind_raise(lua_State *L, const char *format, ...) {
  va_list args;
  va_start(args, format);
  raise(L, NULL, format, args);
}

void bind_raise_as(lua_State *L, const char *name, const char *format, ...) {
  va_list args;
  va_start(args, format);
  raise(L, name, format, args);
}

const char *bind_text(lua_State *L, const char *format, ...) {
  char text[IZH_ERR_MESSAGE_SIZE];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  return lua_pushstring(L, text);
}

void bind_check(lua_State *L, izh_status status, const izh_err *err) {
  if (status != IZH_OK) bind_raise(L, "%s", err->message);
}

void bind_dot(lua_State *L) {
  const char *name = push_name(L);
  bind_raise_as(L, name, "call it with a dot: izh.%s(…)", name);
}

enum { LONGEST_SHOWN = 60 }; /* bytes of a string; a message has room for more than one */

/* Pushes the text, or its beginning when it is long, cut between two characters. */
static const char *push_short(lua_State *L, const char *text) {
  size_t length = strlen(text);
  if (length <= LONGEST_SHOWN) return lua_pushstring(L, text);
  length = LONGEST_SHOWN;
  while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) length--;
  lua_pushlstring(L, text, length);
  lua_pushliteral(L, "…");
  lua_concat(L, 2);
  return lua_tostring(L, -1);
}

static const char *show_number(lua_State *L, int index) {
  lua_Number number = lua_tonumber(L, index);
  if (isnan(number)) return lua_pushliteral(L, "NaN");
  if (isinf(number)) return lua_pushstring(L, number > 0 ? "infinity" : "-infinity");
  return luaL_tolstring(L, index, NULL);
}

const char *bind_shown(lua_State *L, int index) {
  index = lua_absindex(L, index);
  switch (lua_type(L, index)) {
  case LUA_TNONE:
  case LUA_TNIL:
    return lua_pushliteral(L, "nothing");
  case LUA_TTABLE:
    return lua_pushliteral(L, "a table");
  case LUA_TFUNCTION:
    return lua_pushliteral(L, "a function");
  case LUA_TSTRING: {
    size_t length;
    const char *text = lua_tolstring(L, index, &length);
    if (strlen(text) != length) return lua_pushliteral(L, "a string with a NUL byte");
    text = push_short(L, text);
    return lua_pushfstring(L, "\"%s\"", text);
  }
  case LUA_TNUMBER:
    return show_number(L, index);
  default:
    return luaL_tolstring(L, index, NULL);
  }
}

void bind_wrong(lua_State *L, const char *what, const char *allowed, int index) {
  bind_raise(L, "%s must be %s (got %s)", what, allowed, bind_shown(L, index));
}

void bind_no_self(lua_State *L, const char *type, const char *example, int index) {
  const char *got = bind_shown(L, index), *name = push_name(L);
  bind_raise_as(L, name, "must be called on %s, with a colon: %s:%s(…) (got %s)", type, example, name, got);
}

void bind_unknown(lua_State *L, const char *what, const char *word, const char *const *known) {
  bind_unknown_as(L, push_name(L), what, word, known);
}

void bind_unknown_as(lua_State *L, const char *name, const char *what, const char *word,
                     const char *const *known) {
  const char *says = NULL, *near = known[0] ? izh_meaning(word, name, what, known, &says) : NULL;
  if (!near && !says) near = izh_nearest(word, known);
  word = push_short(L, word);
  if (says) bind_raise_as(L, name, "unknown %s \"%s\" (%s)", what, word, says);
  if (near) bind_raise_as(L, name, "unknown %s \"%s\" (did you mean \"%s\"?)", what, word, near);
  if (!known[0]) bind_raise_as(L, name, "there is no %s \"%s\"", what, word);
  luaL_Buffer all;
  luaL_buffinit(L, &all);
  for (const char *const *one = known; *one; one++) {
    if (one != known) luaL_addstring(&all, ", ");
    luaL_addstring(&all, *one);
  }
  luaL_pushresult(&all);
  bind_raise_as(L, name, "unknown %s \"%s\" (known: %s)", what, word, lua_tostring(L, -1));
}

static int compare_names(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *bind_keys(lua_State *L, int index, const char *const *more) {
  size_t n = 0, count = 0;
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) n += lua_type(L, -2) == LUA_TSTRING;
  for (const char *const *one = more; one && *one; one++) n++;
  const char **keys = lua_newuserdatauv(L, (n + 1) * sizeof *keys, 1);
  for (const char *const *one = more; one && *one; one++) keys[count++] = *one;
  lua_newtable(L); /* keeps the keys alive: a finalizer may take them out of the table, or has put more in */
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
    if (lua_type(L, -2) != LUA_TSTRING || count == n) continue;
    keys[count++] = lua_tostring(L, -2);
    lua_pushvalue(L, -2);
    lua_rawseti(L, -4, (lua_Integer)count);
  }
  lua_setiuservalue(L, -2, 1);
  keys[count] = NULL;
  qsort(keys, count, sizeof *keys, compare_names);
  return keys;
}
