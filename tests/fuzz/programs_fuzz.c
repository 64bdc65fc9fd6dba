/* Random programs (programs.lua), each in a Lua of its own: the input is what they choose. Every
 * COLLECT_EVERY-th allocation of Lua fails at first, so that it collects everything there, and tries again.
 */
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "bind/bind.h"
#include "fuzz.h"

enum { CALLS = 1000, COLLECT_EVERY = 50, ASKED_MOST = 400 };

static const uint8_t *next, *end;
static unsigned long allocations;
static bool collecting; /* Lua cannot while it is made */
static unsigned asked;

static void *allocate(void *data, void *block, size_t old_size, size_t size) {
  (void)data;
  bool grows = size > 0 && (!block || size > old_size);
  if (grows && collecting && ++allocations % COLLECT_EVERY == 0) return NULL;
  if (size > 0) return realloc(block, size);
  free(block);
  return NULL;
}

/* Nothing may run for long: as after Ctrl-C, when a call has asked so often. */
static bool interrupted(void) {
  return ++asked > ASKED_MOST;
}

/* What a worker of a sweep does is short, and it has no workers of its own. */
static void in_worker(void) {
  enum { SHORT = 100 };
  static bool once;
  if (once) _exit(EXIT_FAILURE);
  once = true;
  if (end - next > SHORT) end = next + SHORT;
}

static const izh_host host = {.lua_dir = FUZZ_LUA, .interrupted = interrupted, .forked = in_worker};

/* An error in a finalizer; those of the programs raise none. */
static void warn(void *data, const char *message, int more) {
  (void)data;
  fputs(message, stderr);
  if (!more) abort();
}

static int choose(lua_State *L) {
  lua_Integer n = luaL_checkinteger(L, 1);
  if (next == end) return 0;
  asked = 0;
  unsigned value = *next++;
  if (n > 64 && next < end) value = value << 8 | *next++;
  lua_pushinteger(L, value % (unsigned)n + 1);
  return 1;
}

static int run(lua_State *L) {
  luaL_openlibs(L);
  izh_bind_open(L, &host);
  if (luaL_loadfile(L, FUZZ_SOURCE "/programs.lua")) return lua_error(L);
  lua_pushliteral(L, FUZZ_LUA "/izhlua/meta.lua");
  lua_pushliteral(L, FUZZ_LUA);
  lua_pushcfunction(L, choose);
  lua_pushinteger(L, CALLS);
  lua_call(L, 4, 1);
  return 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static long held = -1; /* what is kept from call to call, after the first */
  next = data;
  end = data + size;
  fuzz_empty_folder();
  lua_State *L = lua_newstate(allocate, NULL);
  if (!L) abort();
  lua_setwarnf(L, warn, NULL);
  collecting = true;
  allocations = 0;
  lua_pushcfunction(L, run);
  int status = lua_pcall(L, 0, 1, 0);
  if (lua_isstring(L, -1)) fprintf(stderr, "%s\n", lua_tostring(L, -1));
  if (status != LUA_OK || lua_isstring(L, -1)) abort();
  collecting = false;
  lua_close(L);
  if (held < 0) held = izh_alloc_held();
  if (izh_alloc_held() > held) {
    fprintf(stderr, "%ld blocks are lost\n", izh_alloc_held() - held);
    abort();
  }
  return 0;
}
