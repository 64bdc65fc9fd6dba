/* Memory that runs out: a script is run again and again, and each time one more allocation succeeds before
 * the rest fail, those of Lua and those of the core in turn. Nothing may crash or leak, and the network that
 * a failed call leaves behind must be whole. */
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

/* Every kind of call that allocates. `net` stays for the inspection afterwards. */
static const char scenario[] =
    "local izh = require 'izhlua'\n"
    "net = izh.network{ seed = 3, dt = 0.5 }\n"
    "local E = net:population('excitatory cells whose name is a long string', 8, 'E2003')\n"
    "local I = net:population('I', 4, 'RS', { a = izh.uniform(0.02, 0.1), d = { 1, 2, 3, 4 },\n"
    "  c = function(i, rng) return -65 + rng:uniform() end })\n"
    "net:connect(E, net, { rule = 'pairwise_bernoulli', p = 0.5, weight = izh.uniform(0, 1),\n"
    "  delay = izh.uniform(0, 3) })\n"
    "net:connect(I, E, { rule = 'fixed_indegree', n = 2, weight = function() return -1 end, name = "
    "'inhibition' })\n"
    "net:connect(E{ 5, 2 }, I, { rule = 'fixed_total_number', n = 3, weight = izh.choice{ 1, 2 }, width = 2 "
    "})\n"
    "net:connect(E, I, { rule = 'pairs', pairs = { { 2, 9 }, { 1, 10 } }, weight = { 1, 2 } })\n"
    "net:stimulate(E, izh.noise{ sd = 5 })\n"
    "net:stimulate(I{ 3, 1 }, izh.noise{ sd = 5, name = 'n' })\n"
    "net:stimulate(I, izh.current{ times = { 1, 2 }, values = { 3, 4 } })\n"
    "net:stimulate(I, izh.current(function(t) return t end))\n"
    "net:at(2, function(net) net.projections.inhibition:scale(2) end)\n"
    "net:every(1, function(net) return net:spikes().size end)\n"
    "net:record_spikes(E)\n"
    "net:record_spikes(true)\n"
    "local rec = net:record(E{ 5, 2 }, { 'v', 'u' }, { every = 0.5, to = 'file' })\n"
    "net:record(net.projections.inhibition, 'weight')\n"
    "net:run(4)\n"
    "net:run_until(function(net) return net.time >= 5 end)\n"
    "net.projections.inhibition:set('weight', izh.normal(0, 1))\n"
    "net.projections.inhibition:set('weight', function() return 1 end)\n"
    "for pre, post in net.projections.inhibition:synapses() do assert(pre > 8 and post <= 8) end\n"
    "I:set{ v = izh.uniform(-70, -60) }\n"
    "net.stimuli.n:set{ sd = 3 }\n"
    "local data = izh.spikes{ times = { 2, 1 }, senders = { 1, 2 }, neurons = { 5, 1, 2 } }\n"
    "data:save('alloc.csv')\n"
    "assert(izh.spikes('alloc.csv').size == 2)\n"
    "rec:save('alloc.npz')\n"
    "assert(#izh.read('alloc.npz').times == rec.size and #rec:values('v', 2) == rec.size and #rec:spikes(1) "
    ">= 0)\n"
    "net.projections.inhibition:save('alloc.npz')\n"
    "net:connect(net, net, { rule = 'pairs', pairs = 'alloc.npz', name = 'again' })\n"
    "net:connect(net, net, { rule = 'pairs', pairs = { pre = { 1 }, post = { 2 } }, weight = 1, name = "
    "'columns' })\n"
    "net:stimulate(I{ 1, 2, 3 }, izh.spike_train{ times = data, weight = 1 })\n"
    "local clone = net:clone()\n"
    "clone:run(1)\n"
    "assert(clone.time == 6 and clone.projections.inhibition.size == net.projections.inhibition.size)\n"
    "local snapshot = net:snapshot()\n"
    "net:population('late', 2, 'RS')\n"
    "net:restore(snapshot)\n"
    "assert(#net.populations == 2 and E.name and tostring(snapshot):find('snapshot at t = 5 ms', 1, true))\n"
    "local plain = izh.network{ dt = 1 }\n"
    "plain:connect(plain:population('P', 3, 'RS'), plain, { weight = izh.uniform(0, 1), delay = "
    "izh.uniform(0, 3) })\n"
    "plain:stimulate(plain, izh.poisson{ rate = 100, weight = 5 })\n"
    "plain:record(plain, 'v')\n"
    "plain:run(5)\n"
    "plain:save('alloc.izh')\n"
    "assert(izh.load('alloc.izh').recordings[1].size == 6)\n"
    "local core = debug.getregistry()['izhlua.own']['izhlua.core']\n"
    "core.scale_synapses(net, -1, 2, { 1, 1, 0, 1 })\n"
    "assert(#core.pathways(net) > 0 and #core.in_degrees(net) == 12 and core.cell(net, 9).a and "
    "core.redraw(net, 2) == 2)\n"
    "local s = net:spikes{ of = I{ 2, 1 }, from = 1 }\n"
    "for _, m in ipairs{ 'isi', 'synchrony', 'victor_purpura_distance', 'burst', 'bursts', 'avalanches' } "
    "do\n"
    "  s[m](s)\n"
    "end\n"
    "s:welch_psd{ n_segments = 1, bin = 0.5, from = 1 }\n"
    "s:cross_correlation_histogram(s)\n"
    "izh.analysis.cv({ { 1, 3, 2 }, {} }, { of = 1 })\n"
    "return #s:times() + #s:senders() + #s:slice{ to = 2 } + #E:get('v'), tostring(E), "
    "tostring(net.populations)\n";

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

static void test_lua_runs_out(void **state) {
  (void)state;
  long held = izh_alloc_held();
  int result = LUA_ERRMEM;
  long n = 0;
  for (; result != LUA_OK; n++) {
    budget b = {0};
    lua_State *L = open_state(&b);
    /* a finalizer for whose call Lua finds no memory is lost, with what it would free: none are called now */
    lua_gc(L, LUA_GCSTOP);
    b = (budget){.limited = true, .left = n};
    result = run(L, scenario);
    b.limited = false;
    lua_gc(L, LUA_GCRESTART);
    if (result != LUA_OK && result != LUA_ERRMEM) fail_msg("n = %ld: %s", n, lua_tostring(L, -1));
    inspect(L);
    lua_close(L);
    assert_int_equal(izh_alloc_held(), held);
  }
  assert_true(n > 100);
}

static void test_core_runs_out(void **state) {
  (void)state;
  long held = izh_alloc_held();
  int result = LUA_ERRRUN;
  long n = 1;
  for (; result != LUA_OK; n++) {
    budget b = {0};
    lua_State *L = open_state(&b);
    izh_alloc_fail_at(n);
    result = run(L, scenario);
    izh_alloc_fail_at(0);
    if (result != LUA_OK && !strstr(lua_tostring(L, -1), "out of memory"))
      fail_msg("n = %ld: %s", n, lua_tostring(L, -1));
    if (result != LUA_OK && strncmp(lua_tostring(L, -1), "script:", 7) != 0)
      fail_msg("n = %ld: no place in: %s", n, lua_tostring(L, -1));
    bool stepping = result != LUA_OK && strstr(lua_tostring(L, -1), ": run");
    if (!stepping) inspect(L); /* a step that found no room for its spikes ends a network */
    lua_close(L);
    assert_int_equal(izh_alloc_held(), held);
  }
  assert_true(n > 50);
}

/* Opening the library: every seventh failure, to be quick. */
static void test_opening_runs_out(void **state) {
  (void)state;
  int result = LUA_ERRMEM;
  for (long n = 0; result != LUA_OK; n += 7) {
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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_lua_runs_out),
      cmocka_unit_test(test_core_runs_out),
      cmocka_unit_test(test_opening_runs_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
