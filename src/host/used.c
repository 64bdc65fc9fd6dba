#include "host/used.h"

#include <lauxlib.h>

#include "bind/bind.h"

/* These stand for a function in C, and call it from C, so that error messages and tracebacks do not change.
 * Their first upvalues are those of the function, which so finds them in their place. */
enum { THEIRS = 3, FUNCTION, MODE };

static int call_function(lua_State *L) {
  return lua_tocfunction(L, lua_upvalueindex(FUNCTION))(L);
}

/* The searcher of Lua files. What it has found is a function and the path of its file. */
static int search(lua_State *L) {
  int results = call_function(L);
  if (results == 2 && lua_isfunction(L, -2) && lua_type(L, -1) == LUA_TSTRING)
    izh_bind_used(L, lua_tostring(L, -1), lua_tostring(L, 1));
  return results;
}

void host_used_note(lua_State *L, const char *path, const char *mode) {
  if (mode[0] == 'r')
    izh_bind_used(L, path, NULL);
  else
    izh_bind_written(L, path);
}

/* A function that opens a path. Its mode is the second argument, unless an upvalue says it. */
static int open_file(lua_State *L) {
  const char *mode = lua_tostring(L, lua_upvalueindex(MODE));
  if (!mode && lua_type(L, 2) == LUA_TSTRING) mode = lua_tostring(L, 2);
  if (lua_type(L, 1) == LUA_TSTRING) host_used_note(L, lua_tostring(L, 1), mode ? mode : "r");
  return call_function(L);
}

/* os.rename */
static int rename_file(lua_State *L) {
  if (lua_type(L, 2) == LUA_TSTRING) izh_bind_written(L, lua_tostring(L, 2));
  return call_function(L);
}

/* Replaces the function on the top by one that stands for it. */
static void stand_for(lua_State *L, lua_CFunction with, const char *mode) {
  int function = lua_gettop(L);
  for (int i = 1; i <= THEIRS; i++)
    if (!lua_getupvalue(L, function, i)) lua_pushnil(L);
  lua_pushvalue(L, function);
  lua_pushstring(L, mode);
  lua_pushcclosure(L, with, MODE);
  lua_replace(L, function);
}

void host_used_open(lua_State *L) {
  enum { LUA_SEARCHER = 3 /* after that of bind */ };
  static const char *const openers[][2] = {{"open", NULL}, {"lines", "r"}, {"input", "r"}, {"output", "w"}};
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "searchers");
  lua_rawgeti(L, -1, LUA_SEARCHER);
  stand_for(L, search, NULL);
  lua_rawseti(L, -2, LUA_SEARCHER);
  lua_getglobal(L, "io");
  for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
    lua_getfield(L, -1, openers[i][0]);
    stand_for(L, open_file, openers[i][1]);
    lua_setfield(L, -2, openers[i][0]);
  }
  lua_getglobal(L, "os");
  lua_getfield(L, -1, "rename");
  stand_for(L, rename_file, NULL);
  lua_setfield(L, -2, "rename");
  lua_pop(L, 4);
}
