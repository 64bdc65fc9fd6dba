/* Memory that runs out: a script is run again and again, and each time more allocations succeed before the
 * rest fail, those of Lua and those of the core in turn. Nothing may crash or leak, and the network that a
 * failed call leaves behind must be whole. test_lua_alloc SCRIPT STEP    so many more each time; the
 * environment variable ALLOC_STEP says another step: with 1, every allocation is the first that fails
 *   test_lua_alloc                opening the library, in place of a script */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/bind.h"

/* The lists and the core tell the same, and the network goes on. */
static const char inspection[] =
    "if not net then return end\n"
    "local size, synapses = 0, 0\n"
    "for name, population in pairs(net.populations) do\n"
    "  assert(population == net.populations[name] and population.name == name)\n"
    "  size = size + population.size\n"
    "end\n"
    "assert(size == net.size, 'size')\n"
    "for name, projection in pairs(net.projections) do\n"
    "  assert(projection == net.projections[name] and projection.name == name)\n"
    "  for _ in projection:synapses() do synapses = synapses + 1 end\n"
    "end\n"
    "assert(tostring(net):find(' ' .. synapses .. ' synapses'), 'synapses')\n"
    "for name, stimulus in pairs(net.stimuli) do assert(stimulus == net.stimuli[name]) end\n"
    "for name, rec in pairs(net.recordings) do assert(rec == net.recordings[name] and rec.name == name) end\n"
    "net:population('afterwards', 2, 'RS')\n"
    "net:connect(net, net, { weight = 1, name = 'afterwards' })\n"
    "net:run(3)\n"
    "assert(net:spikes().to == net.time)\n";

typedef struct budget {
  bool limited;
  long left; /* allocations that still succeed */
} budget;

static void *limited_alloc(void *data, void *block, size_t old_size, size_t size) {
  budget *b = data;
  if (size == 0) {
    free(block);
    return NULL;
  }
  bool grows = !block || size > old_size;
  if (b->limited && grows && b->left-- <= 0) return NULL;
  return realloc(block, size);
}

static const izh_host host = {.lua_dir = LUA_FOLDER};

static int open_all(lua_State *L) {
  luaL_openlibs(L);
  izh_bind_open(L, &host);
  return 0;
}

static int run_text(lua_State *L) {
  const char *text = lua_touserdata(L, 1);
  if (luaL_loadbufferx(L, text, strlen(text), "=script", "t")) return lua_error(L);
  lua_call(L, 0, 0);
  return 0;
}

/* Runs the text, without raising. Pushes nothing but, on failure, the error. */
static int run(lua_State *L, const char *text) {
  lua_pushcfunction(L, run_text);
  lua_pushlightuserdata(L, (void *)text);
  return lua_pcall(L, 1, 0, 0);
}

static const char *script; /* its path */
static long step;

static int run_file(lua_State *L) {
  if (luaL_loadfilex(L, lua_touserdata(L, 1), "t")) return lua_error(L);
  lua_call(L, 0, 0);
  return 0;
}

static int run_script(lua_State *L) {
  lua_pushcfunction(L, run_file);
  lua_pushlightuserdata(L, (void *)script);
  return lua_pcall(L, 1, 0, 0);
}

static void inspect(lua_State *L) {
  lua_settop(L, 0);
  if (run(L, inspection)) fail_msg("after a failure: %s", lua_tostring(L, -1));
}

static lua_State *open_state(budget *b) {
  lua_State *L = lua_newstate(limited_alloc, b);
  assert_non_null(L);
  lua_pushcfunction(L, open_all);
  assert_int_equal(lua_pcall(L, 0, 0, 0), LUA_OK);
  assert_int_equal(run(L, "require 'izhlua'"), LUA_OK);
  return L;
}

static int print_points(const char *what, long n) {
  return printf("%s: %ld failing allocations of %s\n", script, n / step, what);
}

static void test_lua_runs_out(void **state) {
  (void)state;
  long held = izh_alloc_held();
  int result = LUA_ERRMEM;
  long n = 0;
  for (; result != LUA_OK; n += step) {
    budget b = {0};
    lua_State *L = open_state(&b);
    /* a finalizer for whose call Lua finds no memory is lost, with what it would free: none are called now */
    lua_gc(L, LUA_GCSTOP);
    b = (budget){.limited = true, .left = n};
    result = run_script(L);
    b.limited = false;
    lua_gc(L, LUA_GCRESTART);
    bool known = result == LUA_OK || result == LUA_ERRMEM ||
                 strstr(lua_tostring(L, -1), "not enough memory"); /* in a worker */
    if (!known) fail_msg("n = %ld: %s", n, lua_tostring(L, -1));
    inspect(L);
    lua_close(L);
    assert_int_equal(izh_alloc_held(), held);
  }
  print_points("Lua", n);
}

static void test_core_runs_out(void **state) {
  (void)state;
  long held = izh_alloc_held();
  int result = LUA_ERRRUN;
  long n = 1;
  for (; result != LUA_OK; n += step) {
    budget b = {0};
    lua_State *L = open_state(&b);
    izh_alloc_fail_at(n);
    result = run_script(L);
    izh_alloc_fail_at(0);
    bool known = result == LUA_OK || strstr(lua_tostring(L, -1), "out of memory") ||
                 strstr(lua_tostring(L, -1), "the worker "); /* ended: what it said had no room here */
    if (!known) fail_msg("n = %ld: %s", n, lua_tostring(L, -1));
    if (result != LUA_OK && !strstr(lua_tostring(L, -1), ".lua:"))
      fail_msg("n = %ld: no place in: %s", n, lua_tostring(L, -1));
    bool stepping = result != LUA_OK && strstr(lua_tostring(L, -1), ": run");
    if (!stepping) inspect(L); /* a step that found no room for its spikes ends a network */
    lua_close(L);
    assert_int_equal(izh_alloc_held(), held);
  }
  print_points("the core", n);
}

static void test_opening_runs_out(void **state) {
  (void)state;
  int result = LUA_ERRMEM;
  for (long n = 0; result != LUA_OK; n += step) {
    budget b = {0};
    lua_State *L = lua_newstate(limited_alloc, &b);
    assert_non_null(L);
    b = (budget){.limited = true, .left = n};
    lua_pushcfunction(L, open_all);
    result = lua_pcall(L, 0, 0, 0);
    if (result == LUA_OK) result = run(L, "require 'izhlua'");
    b.limited = false;
    lua_close(L);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest opening[] = {cmocka_unit_test(test_opening_runs_out)};
  const struct CMUnitTest of_script[] = {cmocka_unit_test(test_lua_runs_out),
                                         cmocka_unit_test(test_core_runs_out)};
  const char *given = getenv("ALLOC_STEP");
  step = given ? atol(given) : argc > 2 ? atol(argv[2]) : 7;
  if (argc < 3) return cmocka_run_group_tests(opening, NULL, NULL);
  script = argv[1];
  return cmocka_run_group_tests(of_script, NULL, NULL);
}
