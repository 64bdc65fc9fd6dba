#include "host/sandbox_inside.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/processors.h"
#include "base/sandbox.h"
#include "base/team.h"
#include "host/interrupt.h"
#include "host/sandbox_files.h"
#include "host/state.h"
#include "host/visible.h"

enum { PROCESSES_EACH = 8, PROCESSES_MORE = 16 }; /* of each processor, for sweeps within sweeps; and more */

bool host_inside_begin(const host_options *options) {
  izh_err err;
  int processors = izh_processors();
  if (izh_sandbox_begin(".", options->memory, options->memory, PROCESSES_EACH * processors + PROCESSES_MORE,
                        &err)) {
    fprintf(stderr, "izhlua: %s\n", err.message);
    return false;
  }
  if (!host_visible_begin()) {
    fputs("izhlua: not enough memory\n", stderr);
    return false;
  }
  izh_team_limit(processors);
  host_interrupt_after(options->seconds);
  return true;
}

/* --- the environment --- */

/* All that a script has of Lua's libraries. What is not in this list is not there, or an error. */
static const char *const allowed[] = {
    "_G", "_VERSION", "arg", "assert", "collectgarbage", "dofile", "error", "getmetatable", "ipairs", "load",
    "loadfile", "next", "pairs", "pcall", "print", "rawequal", "rawget", "rawlen", "rawset", "require",
    "select", "setmetatable", "tonumber", "tostring", "type", "warn", "xpcall",
    /* libraries */
    "coroutine", "debug", "io", "math", "os", "string", "table", "utf8",
    /* their functions */
    "coroutine.close", "coroutine.create", "coroutine.isyieldable", "coroutine.resume", "coroutine.running",
    "coroutine.status", "coroutine.wrap", "coroutine.yield", "debug.traceback", "io.close", "io.flush",
    "io.input", "io.lines", "io.open", "io.output", "io.read", "io.stderr", "io.stdin", "io.stdout",
    "io.tmpfile", "io.type", "io.write", "math.abs", "math.acos", "math.asin", "math.atan", "math.ceil",
    "math.cos", "math.deg", "math.exp", "math.floor", "math.fmod", "math.huge", "math.log", "math.max",
    "math.maxinteger", "math.min", "math.mininteger", "math.modf", "math.pi", "math.rad", "math.random",
    "math.randomseed", "math.sin", "math.sqrt", "math.tan", "math.tointeger", "math.type", "math.ult",
    "os.clock", "os.date", "os.difftime", "os.remove", "os.rename", "os.time", "os.tmpname", "string.byte",
    "string.char", "string.find", "string.format", "string.gmatch", "string.gsub", "string.len",
    "string.lower", "string.match", "string.pack", "string.packsize", "string.rep", "string.reverse",
    "string.sub", "string.unpack", "string.upper", "table.concat", "table.insert", "table.move", "table.pack",
    "table.remove", "table.sort", "table.unpack", "utf8.char", "utf8.charpattern", "utf8.codepoint",
    "utf8.codes", "utf8.len", "utf8.offset"};

/* What our own files in Lua use, and the making of the state. */
static const char *const ours[] = {"os.exit", "os.getenv", "package"};

static bool is_in(const char *name, const char *const *list, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (strcmp(name, list[i]) == 0) return true;
  return false;
}

static bool is_allowed(const char *name, bool for_us) {
  return is_in(name, allowed, sizeof allowed / sizeof *allowed) ||
         (for_us && is_in(name, ours, sizeof ours / sizeof *ours));
}

static int refuse(lua_State *L) {
  return luaL_error(L, "%s: not allowed in a sandbox", lua_tostring(L, lua_upvalueindex(1)));
}

/* Pushes what takes the place of a value: for a function one that says that it is not allowed, else nil. */
static void push_instead(lua_State *L, int index, const char *name) {
  if (!lua_isfunction(L, index)) {
    lua_pushnil(L);
    return;
  }
  lua_pushstring(L, name);
  lua_pushcclosure(L, refuse, 1);
}

/* Leaves in the table on top what is allowed; prefix: what a name has before it in the list. */
static void restrict_table(lua_State *L, const char *prefix, bool for_us) {
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 2)) {
    const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
    name = lua_pushfstring(L, "%s%s", prefix, name);
    if (is_allowed(name, for_us)) continue;
    lua_pushvalue(L, -3);
    push_instead(L, -3, name);
    lua_rawset(L, -6);
  }
}

/* Leaves of all that is loaded what is allowed: so `require "os"` gives no more than the variable os. */
static void restrict_all(lua_State *L, bool for_us) {
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
    const char *name = lua_tostring(L, -2);
    bool is_global = strcmp(name, "_G") == 0;
    if (strcmp(name, "package") == 0 || !lua_istable(L, -1)) continue;
    const char *prefix = lua_pushfstring(L, is_global ? "" : "%s.", name);
    lua_pushvalue(L, -2);
    restrict_table(L, prefix, for_us);
    lua_pop(L, 2);
  }
  if (!for_us) {
    lua_pushnil(L);
    lua_setfield(L, -2, "package");
  }
  lua_pop(L, 1);
}

/* A state of Lua takes its memory from what the sandbox has. */
static void *allocate(void *context, void *block, size_t old, size_t size) {
  (void)context;
  if (!block) old = 0; /* it is the kind of the object */
  if (size > old && !izh_sandbox_take_memory(size - old)) return NULL;
  if (size < old) izh_sandbox_free_memory(old - size);
  if (size == 0) {
    free(block);
    return NULL;
  }
  void *moved = realloc(block, size);
  if (!moved && size > old) izh_sandbox_free_memory(size - old);
  return moved;
}

static int restrict_for(lua_State *L) {
  restrict_all(L, lua_toboolean(L, 1));
  return 0;
}

static void call_restrict(lua_State *L, bool for_us) {
  lua_pushcfunction(L, restrict_for);
  lua_pushboolean(L, for_us);
  lua_call(L, 1, 0);
}

void host_inside_open(lua_State *L, const host_options *options) {
  lua_setallocf(L, allocate, NULL);
  host_sandbox_files(L, host_push_folder(L, options));
  lua_pop(L, 1);
  call_restrict(L, true);
}

void host_inside_close(lua_State *L) {
  call_restrict(L, false);
}
