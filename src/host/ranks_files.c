/* What a script has of Lua for files and commands, where it is one of several ranks. All ranks meet at each
 * of these calls, so that what rank 0 has written before is there for all. What changes something outside,
 * rank 0 does alone; its result is known to all.
 *
 * A process that a rank has forked for a case of a sweep does all of it itself, as without ranks: no other
 * does the same, unless all ranks run the case together. */
#include <errno.h>
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ranks.h"
#include "bind/bind.h"
#include "host/ranks.h"

enum { RESULTS = 3 };

/* The results of a function, as they go from rank 0 to the others. */
typedef struct results {
  int n;
  int type[RESULTS];
  lua_Integer number[RESULTS];
  char text[RESULTS][IZH_RANKS_TEXT];
} results;

static results results_read(lua_State *L, int first) {
  results got = {.n = lua_gettop(L) - first + 1};
  if (got.n > RESULTS) got.n = RESULTS;
  for (int i = 0; i < got.n; i++) {
    got.type[i] = lua_type(L, first + i);
    if (got.type[i] == LUA_TNUMBER) got.number[i] = lua_tointeger(L, first + i);
    if (got.type[i] == LUA_TBOOLEAN) got.number[i] = lua_toboolean(L, first + i);
    if (got.type[i] == LUA_TSTRING)
      snprintf(got.text[i], sizeof got.text[i], "%s", lua_tostring(L, first + i));
  }
  return got;
}

static int results_push(lua_State *L, const results *got) {
  for (int i = 0; i < got->n; i++) {
    if (got->type[i] == LUA_TNUMBER)
      lua_pushinteger(L, got->number[i]);
    else if (got->type[i] == LUA_TBOOLEAN)
      lua_pushboolean(L, got->number[i] != 0);
    else if (got->type[i] == LUA_TSTRING)
      lua_pushstring(L, got->text[i]);
    else
      lua_pushnil(L);
  }
  return got->n;
}

/* The results of every rank; [izh_ranks_size()], on the stack. */
static const results *gather(lua_State *L, const results *mine) {
  results *all = lua_newuserdatauv(L, (size_t)izh_ranks_size() * sizeof *all, 0);
  memset(all, 0, (size_t)izh_ranks_size() * sizeof *all);
  all[izh_rank()] = *mine;
  izh_ranks_gather(all, sizeof *all);
  return all;
}

/* Meets at the function that the upvalues name, and its arguments. */
static void meet(lua_State *L) {
  const char *name = lua_tostring(L, lua_upvalueindex(2));
  uint64_t hash = izh_ranks_hash_text(1, name);
  luaL_where(L, 1);
  izh_ranks_doing(lua_pushfstring(L, "%s%s", lua_tostring(L, -1), name));
  hash = izh_ranks_hash_text(hash, lua_tostring(L, -1));
  lua_pop(L, 2);
  for (int i = 1; i <= lua_gettop(L); i++)
    if (lua_type(L, i) == LUA_TSTRING) hash = izh_ranks_hash_text(hash, lua_tostring(L, i));
  izh_err err;
  if (izh_ranks_meet(hash, IZH_OK, &err)) luaL_error(L, "%s", err.message);
}

/* Calls Lua's function, upvalue 1, with the arguments; the results follow them. An error becomes a result. */
static int call(lua_State *L, bool *raised) {
  int n = lua_gettop(L);
  luaL_checkstack(L, n + 8, NULL);
  lua_pushvalue(L, lua_upvalueindex(1));
  for (int i = 1; i <= n; i++) lua_pushvalue(L, i);
  *raised = lua_pcall(L, n, LUA_MULTRET, 0) != LUA_OK;
  return n + 1;
}

static int finish(lua_State *L, int status, lua_KContext context) {
  (void)status, (void)context;
  return lua_gettop(L);
}

/* Calls Lua's function as it is. */
static int plainly(lua_State *L) {
  int n = lua_gettop(L);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_callk(L, n, LUA_MULTRET, 0, finish);
  return finish(L, LUA_OK, 0);
}

/* What every rank does, after what others did before is done. */
static int by_all(lua_State *L) {
  if (izh_ranks_size() > 1) meet(L);
  return plainly(L);
}

/* Rank 0 does it; all get its results. Upvalues: Lua's function, its name. */
static int by_one(lua_State *L) {
  results mine = {0};
  bool raised = false;
  if (izh_ranks_left()) return plainly(L);
  meet(L);
  fflush(stdout); /* before what a command prints */
  if (izh_rank() == 0) {
    mine = results_read(L, call(L, &raised));
    if (raised) mine.n = -1;
    if (raised) snprintf(mine.text[0], sizeof mine.text[0], "%s", lua_tostring(L, -1));
  }
  const results *all = gather(L, &mine);
  if (all[0].n < 0) {
    lua_pushstring(L, all[0].text[0]);
    return lua_error(L);
  }
  return results_push(L, all);
}

/* In the registry: the files that rank 0 writes for all, as keys. */
static const char SHARED[] = "izhlua.shared_files";

/* The file at index is such a one. */
static void share(lua_State *L, int index) {
  index = lua_absindex(L, index);
  lua_getfield(L, LUA_REGISTRYINDEX, SHARED);
  lua_pushvalue(L, index);
  lua_pushboolean(L, 1);
  lua_rawset(L, -3);
  lua_pop(L, 1);
}

/* Raises in a process that a rank has forked if the file on top of the stack is such a one: what a process of
 * rank 0 writes there would be written, but not what others do. */
static void check_own(lua_State *L) {
  if (!izh_ranks_left()) return;
  lua_getfield(L, LUA_REGISTRYINDEX, SHARED);
  lua_pushvalue(L, -2);
  if (lua_rawget(L, -2) != LUA_TNIL)
    luaL_error(L,
               "%s: with several ranks (mpirun) a case of a sweep cannot write to a file that was opened "
               "before it; open it in the case, with mode \"a\"",
               lua_tostring(L, lua_upvalueindex(2)));
  lua_pop(L, 2);
}

/* file:write(…) */
static int write_method(lua_State *L) {
  lua_pushvalue(L, 1);
  check_own(L);
  lua_pop(L, 1);
  return plainly(L);
}

/* io.write(…) */
static int write_default(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, "_IO_output"); /* Lua's name for it */
  check_own(L);
  lua_pop(L, 1);
  return plainly(L);
}

/* Opens a file, on all ranks or none; rank 0 alone writes. The mode is at 2, unless upvalue 3 says it. */
static int by_mode(lua_State *L) {
  const char *mode = lua_tostring(L, lua_upvalueindex(3));
  bool raised = false;
  if (lua_type(L, 1) != LUA_TSTRING) return by_all(L);
  if (!mode) mode = luaL_optstring(L, 2, "r");
  if (izh_ranks_left()) return plainly(L);
  meet(L);
  if (strchr(mode, '+'))
    return luaL_error(L, "%s: with several ranks a file is read or written, not both (mode \"%s\")",
                      lua_tostring(L, lua_upvalueindex(2)), mode);
  if (mode[0] != 'r' && izh_rank() > 0) {
    lua_pushliteral(L, "/dev/null");
    lua_replace(L, 1);
  }
  int first = call(L, &raised);
  results mine = results_read(L, first);
  int n = lua_gettop(L) - first + 1;
  const results *all = gather(L, &mine);
  for (int k = 0; k < izh_ranks_size(); k++) {
    if (all[k].type[0] == LUA_TSTRING) return luaL_error(L, "%s", all[k].text[0]); /* it was raised */
    if (all[k].type[0] == LUA_TNIL) return results_push(L, &all[k]);
  }
  lua_pop(L, 1);
  if (mode[0] != 'r') share(L, first);
  return n;
}

static int refuse(lua_State *L) {
  if (izh_ranks_left()) return plainly(L);
  return luaL_error(L, "%s does not go with several ranks (mpirun)", lua_tostring(L, lua_upvalueindex(2)));
}

/* Puts another in the place of a function of a library. mode: see by_mode; NULL: it is an argument. */
static void replace(lua_State *L, const char *library, const char *name, lua_CFunction with,
                    const char *mode) {
  lua_getglobal(L, library);
  if (lua_getfield(L, -1, name) == LUA_TFUNCTION) {
    lua_pushfstring(L, "%s.%s", library, name);
    lua_pushstring(L, mode);
    lua_pushcclosure(L, with, 3);
    lua_setfield(L, -2, name);
  } else {
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* The same for file:write. */
static void replace_write(lua_State *L) {
  luaL_getmetatable(L, LUA_FILEHANDLE);
  lua_getfield(L, -1, "__index");
  lua_getfield(L, -1, "write");
  lua_pushliteral(L, "write");
  lua_pushcclosure(L, write_method, 2);
  lua_setfield(L, -2, "write");
  lua_pop(L, 2);
}

static void make_shared(lua_State *L) {
  lua_newtable(L);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_setfield(L, LUA_REGISTRYINDEX, SHARED);
}

void host_ranks_open(lua_State *L) {
  if (izh_ranks_size() == 1) return;
  make_shared(L);
  host_ranks_pairs(L);
  replace(L, "io", "open", by_mode, NULL);
  replace(L, "io", "lines", by_mode, "r");
  replace(L, "io", "input", by_mode, "r");
  replace(L, "io", "output", by_mode, "w");
  replace(L, "io", "popen", refuse, NULL);
  replace(L, "io", "write", write_default, NULL);
  replace_write(L);
  replace(L, "_G", "dofile", by_all, NULL);
  replace(L, "_G", "loadfile", by_all, NULL);
  replace(L, "os", "execute", by_one, NULL);
  replace(L, "os", "remove", by_one, NULL);
  replace(L, "os", "rename", by_one, NULL);
  replace(L, "os", "tmpname", by_one, NULL);
}
