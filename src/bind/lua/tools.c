/* What our own files in Lua use to check what a script gives, and to raise errors: core.… */
#include <errno.h>
#include <lauxlib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/nearest.h"
#include "base/output.h"
#include "base/ranks.h"
#include "bind/bind.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/window.h"
#include "bind/open.h"

/* core.raise(function, message): an error at the script's line. */
static int raise(lua_State *L) {
  bind_raise(L, "%s", luaL_checkstring(L, 2));
}

/* core.wrong(function, what, allowed, value): `what must be allowed (got value)`. */
static int wrong(lua_State *L) {
  luaL_checkany(L, 4);
  bind_wrong(L, luaL_checkstring(L, 2), luaL_checkstring(L, 3), 4);
}

/* The strings of the list at index, ended by NULL, in a block pushed on the stack. */
static const char *const *push_words(lua_State *L, int index) {
  lua_Integer n = luaL_len(L, index);
  const char **words = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof *words, 0);
  for (lua_Integer i = 0; i < n; i++) {
    lua_rawgeti(L, index, i + 1);
    words[i] = luaL_checkstring(L, -1); /* kept alive by the list */
    lua_pop(L, 1);
  }
  words[n] = NULL;
  return words;
}

/* core.options(function, table, known): raises unless all keys are in the list known. */
static int options(lua_State *L) {
  luaL_checktype(L, 3, LUA_TTABLE);
  bind_options(L, 2, push_words(L, 3));
  return 0;
}

/* core.unknown(function, what, word, known) */
static int unknown(lua_State *L) {
  luaL_checktype(L, 4, LUA_TTABLE);
  bind_unknown(L, luaL_checkstring(L, 2), luaL_checkstring(L, 3), push_words(L, 4));
}

/* core.list(function, what, table): how many items; raises when it has more than a list 1 … n. */
static int list(lua_State *L) {
  lua_pushinteger(L, bind_list(L, luaL_checkstring(L, 2), 3));
  return 1;
}

/* core.window(function, options, what, begin, end): the options from and to, a window in that of what,
 * "network", "spikes" or "recording". */
static int window(lua_State *L) {
  int span = luaL_checkoption(L, 3, NULL, bind_spans);
  double from = luaL_checknumber(L, 4), to = luaL_checknumber(L, 5);
  bind_read_window(L, 2, (bind_span)span, &from, &to);
  lua_pushnumber(L, from);
  lua_pushnumber(L, to);
  return 2;
}

/* core.no_self(function, type, example, value): see bind_no_self. */
static int no_self(lua_State *L) {
  lua_settop(L, 4);
  bind_no_self(L, luaL_checkstring(L, 2), luaL_checkstring(L, 3), 4);
}

/* core.no_more(function, …): raises when anything follows. */
static int no_more(lua_State *L) {
  bind_arguments(L, 1);
  return 0;
}

/* core.nearest(word, known): the known word that was meant, or nil. */
static int nearest(lua_State *L) {
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_pushstring(L, izh_nearest(luaL_checkstring(L, 1), push_words(L, 2)));
  return 1;
}

/* core.write(function, path, text): a file that appears whole or not at all. */
static int write_file(lua_State *L) {
  const char *path = luaL_checkstring(L, 2);
  size_t size;
  const char *text = luaL_checklstring(L, 3, &size);
  izh_output *out;
  izh_err err;
  izh_bind_written(L, path);
  bind_check(L, izh_output_begin(path, &out, &err), &err);
  izh_output_write(out, text, size, &err);
  bind_check(L, izh_output_commit(out, &err), &err);
  return 0;
}

/* The open file of io.open at index. */
static FILE *stream_at(lua_State *L, int index) {
  return ((luaL_Stream *)luaL_checkudata(L, index, LUA_FILEHANDLE))->f;
}

/* core.lock(file): false when another program, or another part of this one, has locked it. The lock ends when
 * the file is closed, in processes that were forked meanwhile, too. Of several ranks, one writes it. */
static int lock(lua_State *L) {
  bool taken =
      !izh_ranks_silent() && flock(fileno(stream_at(L, 1)), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  lua_pushboolean(L, !taken); /* a file system may have no locks */
  return 1;
}

/* core.cut(file, size): its first bytes remain. Returns nil, or why that failed. Of several ranks, one cuts.
 */
static int cut(lua_State *L) {
  bool done = izh_ranks_silent() || ftruncate(fileno(stream_at(L, 1)), luaL_checkinteger(L, 2)) == 0;
  lua_pushstring(L, done ? NULL : strerror(errno));
  return 1;
}

void bind_open_tools(lua_State *L) {
  static const luaL_Reg functions[] = {{"raise", raise},      {"wrong", wrong},     {"options", options},
                                       {"unknown", unknown},  {"list", list},       {"no_self", no_self},
                                       {"no_more", no_more},  {"nearest", nearest}, {"window", window},
                                       {"write", write_file}, {"lock", lock},       {"cut", cut},
                                       {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
