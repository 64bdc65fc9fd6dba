#include "host/coroutine.h"

#include <lauxlib.h>
#include <stdbool.h>

#include "host/interrupt.h"

static bool is_broken(lua_State *co) {
  return lua_status(co) != LUA_OK && lua_status(co) != LUA_YIELD;
}

/* Lets co run with the arguments that are on top of L. Its results replace them; -1: an error object does. */
static int resume(lua_State *L, lua_State *co, int argument_count) {
  int result_count;
  if (!lua_checkstack(co, argument_count)) {
    lua_pushliteral(L, "too many arguments to resume");
    return -1;
  }
  lua_xmove(L, co, argument_count);
  host_thread thread;
  host_interrupt_enter(&thread, co);
  int status = lua_resume(co, L, argument_count, &result_count);
  /* The script can no longer close it, but its variables must be closed. */
  if (is_broken(co) && host_interrupted()) lua_resetthread(co);
  host_interrupt_leave(&thread);
  if (status != LUA_OK && status != LUA_YIELD) {
    lua_xmove(co, L, 1);
    return -1;
  }
  if (!lua_checkstack(L, result_count + 1)) {
    lua_pop(co, result_count);
    lua_pushliteral(L, "too many results to resume");
    return -1;
  }
  lua_xmove(co, L, result_count);
  return result_count;
}

static int coroutine_resume(lua_State *L) {
  lua_State *co = lua_tothread(L, 1);
  luaL_argexpected(L, co, 1, "coroutine");
  int result_count = resume(L, co, lua_gettop(L) - 1);
  int value_count = result_count < 0 ? 1 : result_count;
  lua_pushboolean(L, result_count >= 0);
  lua_insert(L, -(value_count + 1));
  return value_count + 1;
}

/* Closes the variables of co, which may take long. */
static int reset(lua_State *co) {
  host_thread thread;
  host_interrupt_enter(&thread, co);
  int status = lua_resetthread(co);
  host_interrupt_leave(&thread);
  return status;
}

static int wrapped(lua_State *L) {
  lua_State *co = lua_tothread(L, lua_upvalueindex(1));
  int result_count = resume(L, co, lua_gettop(L));
  if (result_count >= 0) return result_count;
  if (is_broken(co)) {
    reset(co); /* one of its variables may raise another error */
    lua_xmove(co, L, 1);
  }
  if (lua_type(L, -1) == LUA_TSTRING) { /* also say where it was called from */
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

/* It is neither running nor waiting for one that it resumed. */
static bool can_be_closed(lua_State *L, lua_State *co) {
  lua_Debug frame;
  return co != L && (lua_status(co) != LUA_OK || !lua_getstack(co, 0, &frame));
}

/* Upvalue: Lua's own. */
static int coroutine_close(lua_State *L) {
  lua_State *co = lua_tothread(L, 1);
  if (!co || !can_be_closed(L, co)) return lua_tocfunction(L, lua_upvalueindex(1))(L); /* which says so */
  bool closed = reset(co) == LUA_OK;
  lua_pushboolean(L, closed);
  if (closed) return 1;
  lua_xmove(co, L, 1);
  return 2;
}

static int coroutine_wrap(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  lua_pushcclosure(L, wrapped, 1);
  return 1;
}

void host_coroutine_open(lua_State *L) {
  static const luaL_Reg functions[] = {{"resume", coroutine_resume}, {"wrap", coroutine_wrap}, {NULL, NULL}};
  lua_getglobal(L, "coroutine");
  luaL_setfuncs(L, functions, 0);
  lua_getfield(L, -1, "close");
  lua_pushcclosure(L, coroutine_close, 1);
  lua_setfield(L, -2, "close");
  lua_pop(L, 1);
}
