#include "host/locals.h"

#include <lauxlib.h>
#include <stdbool.h>

/* In the registry. */
static const char CHUNK[] = "izhlua.chunk", LOCALS[] = "izhlua.locals";

/* The table whose fields are the local variables of a function that returns; of several with one name the
 * last. */
static void push_locals(lua_State *L, lua_Debug *frame) {
  lua_newtable(L);
  const char *name;
  for (int n = 1; (name = lua_getlocal(L, frame, n)); n++) {
    if (name[0] == '(') /* a temporary value */
      lua_pop(L, 1);
    else
      lua_setfield(L, -2, name);
  }
}

/* Keeps the variables if the frame is that of the chunk. */
static bool keep_of_chunk(lua_State *L, lua_Debug *frame) {
  lua_getinfo(L, "f", frame);
  lua_getfield(L, LUA_REGISTRYINDEX, CHUNK);
  bool is_chunk = lua_rawequal(L, -1, -2);
  if (is_chunk) {
    push_locals(L, frame);
    lua_createtable(L, 0, 2);
    lua_pushglobaltable(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, "__index");
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
    lua_setfield(L, LUA_REGISTRYINDEX, LOCALS);
  }
  lua_pop(L, 2);
  return is_chunk;
}

/* The hook of returns. */
static void keep(lua_State *L, lua_Debug *frame) {
  if (lua_checkstack(L, 8) && keep_of_chunk(L, frame)) lua_sethook(L, NULL, 0, 0);
}

static int find_chunk(lua_State *L) {
  lua_Debug frame;
  luaL_checkstack(L, 8, NULL);
  for (int level = 0; lua_getstack(L, level, &frame); level++)
    if (keep_of_chunk(L, &frame)) break;
  return 0;
}

void host_locals_stopped(lua_State *L) {
  if (!lua_checkstack(L, 2)) return;
  bool watched = lua_getfield(L, LUA_REGISTRYINDEX, CHUNK) != LUA_TNIL;
  lua_pop(L, 1);
  if (!watched) return;
  lua_pushcfunction(L, find_chunk);
  if (lua_pcall(L, 0, 0, 0) != LUA_OK) lua_pop(L, 1); /* no memory: then the prompt has the globals only */
}

void host_locals_watch(lua_State *L, int chunk) {
  lua_pushvalue(L, chunk);
  lua_setfield(L, LUA_REGISTRYINDEX, CHUNK);
  lua_sethook(L, keep, LUA_MASKRET, 0);
}

void host_locals_push(lua_State *L) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, LOCALS) == LUA_TTABLE) return;
  lua_pop(L, 1);
  lua_pushglobaltable(L);
}
