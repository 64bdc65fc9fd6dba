/* The clock of a network: run, step, run_until. Scripts' functions are called only between steps.
 */
#include <lauxlib.h>
#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/ranks.h"
#include "base/sampler.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/net/leftover.h"
#include "bind/net/live.h"
#include "bind/net/network.h"
#include "bind/net/schedule.h"
#include "bind/net/start.h"
#include "bind/net/strays.h"
#include "bind/net/times.h"
#include "bind/net/waveforms.h"
#include "bind/open.h"
#include "bind/program/host.h"
#include "bind/program/remark.h"
#include "core/net/net.h"

static int64_t steps_of(lua_State *L, const char *what, const izh_net *net, double ms) {
  int64_t steps;
  izh_err err;
  bind_check(L, izh_net_steps(net, what, ms, &steps, &err), &err);
  return steps;
}

/* --- the run --- */

static const char GUARD[] = "izhlua.guard";

/* Clears owner->runner however the run ends. A coroutine that failed keeps its guard open until it is closed,
 * perhaps when the network runs in another thread. */
static int guard_close(lua_State *L) {
  bind_network **guard = lua_touserdata(L, 1);
  if ((*guard)->runner != L) return 0;
  (*guard)->runner = NULL;
  if ((*guard)->returns) (*guard)->host->wait(L, false);
  (*guard)->returns = false;
  bind_live_end(*guard);
  bind_times_end(*guard);
  bind_strays_end(L, *guard);
  return 0;
}

static bind_network *start(lua_State *L) {
  bind_network *owner = bind_network_self(L);
  if (bind_network_running(owner))
    bind_raise(L, "the network is running already: a function that it calls cannot run it");
  return owner;
}

static void guard_push(lua_State *L, bind_network *owner) {
  lua_getiuservalue(L, 1, 1);
  lua_pushthread(L);
  lua_setfield(L, -2, "runner");
  lua_pop(L, 1);
  bind_network **guard = lua_newuserdatauv(L, sizeof *guard, 0);
  *guard = owner;
  luaL_setmetatable(L, GUARD);
  lua_toclose(L, -1);
  owner->runner = L;
  if (owner->returns) owner->host->wait(L, true);
  owner->before = izh_net_strays(owner->net);
}

/* Tells the user how far the run is. */
static void report(lua_State *L, bind_network *owner, int64_t begin, int64_t end) {
  if (owner->shows) {
    bind_live(L, owner, begin, end);
    return;
  }
  int64_t now = izh_net_now(owner->net);
  owner->host->progress(izh_net_ms(owner->net, now - begin), izh_net_ms(owner->net, end - begin), "ms",
                        1e-9 * (double)(izh_clock() - owner->times.begun));
}

/* false: Ctrl-C came, and the run is to return. */
static bool one_step(lua_State *L, bind_network *owner) {
  bind_call_waveforms(L, owner);
  izh_err err;
  bind_hear(L, owner->host, true);
  izh_status status = izh_net_step(owner->net, &err);
  if (!status && owner->host->interrupted && owner->host->interrupted())
    status = izh_fail(&err, IZH_STOPPED, "interrupted");
  if (!status) return !(owner->returns && owner->host->take());
  owner->diverged = err.neuron;
  bind_hear(L, owner->host, false);
  bind_check(L, status, &err);
  return false;
}

/* Runs from now to a step boundary. `until`, if any, is the function at stack index 2: true ends the run.
 * True if it, or Ctrl-C, ended the run. */
static bool advance(lua_State *L, bind_network *owner, int64_t end, bool until) {
  bind_hear(L, owner->host, true);
  guard_push(L, owner); /* first: no hook closes the network from now on */
  bind_keep_start(L, owner);
  int64_t begin = izh_net_now(owner->net);
  owner->diverged = 0;
  bind_times_begin(owner);
  bind_live_begin(owner, owner->shows);
  for (;;) {
    bind_call_due(L, owner);
    if (until) {
      lua_pushvalue(L, 2);
      lua_pushvalue(L, 1);
      bind_times_call(L, owner, &owner->times.conditions,
                      izh_sampler_begin(&owner->times.conditions, BIND_TIMED), 1, 1);
      bool met = lua_toboolean(L, -1);
      lua_pop(L, 1);
      if (met) return true;
    }
    if (izh_net_now(owner->net) >= end) break;
    if (!one_step(L, owner)) return true;
    /* the clock is looked at often enough for large networks, and does not slow down small ones */
    if ((owner->host->progress || owner->shows) &&
        (izh_net_size(owner->net) > 5000 || izh_net_now(owner->net) % 32 == 0))
      report(L, owner, begin, end);
  }
  bind_hear(L, owner->host, false);
  return false;
}

static void finish(const bind_network *owner, int64_t begin) {
  if (owner->host->progress)
    owner->host->progress(izh_net_ms(owner->net, izh_net_now(owner->net) - begin),
                          izh_net_ms(owner->net, izh_net_now(owner->net) - begin), "ms", 0);
}

/* The option show at stack index 3. */
static bool read_show(lua_State *L) {
  bool shows = bind_option(L, 3, "show") && bind_boolean(L, "show", -1);
  lua_settop(L, 3);
  return shows;
}

/* The option on_interrupt at stack index 3: is the run to return. */
static bool read_return(lua_State *L, const bind_network *owner) {
  static const char *const words[] = {"error", "return", NULL};
  if (!bind_option(L, 3, "on_interrupt")) return false;
  bool returns = bind_word(L, "on_interrupt", -1, words) == 1;
  lua_pop(L, 1);
  if (returns && izh_ranks_size() > 1)
    bind_raise(L, "on_interrupt = \"return\" does not go with several ranks (mpirun)");
  if (returns && !owner->host->wait)
    bind_raise(L, "on_interrupt = \"return\" needs the program izhlua: this one handles Ctrl-C by itself");
  return returns;
}

static void say_cut(lua_State *L, const bind_network *owner, int64_t end) {
  char text[96];
  snprintf(text, sizeof text, "Ctrl-C ended the run at %.10g ms, before %.10g ms",
           izh_net_time_ms(owner->net), izh_net_ms(owner->net, end));
  bind_remark(L, bind_place(L), "run", text);
}

/* net:run(ms [, { on_interrupt = "return", show = true }]): with on_interrupt, whether it ran for so long. */
static int network_run(lua_State *L) {
  static const char *const known[] = {"on_interrupt", "show", NULL};
  bind_network *owner = start(L);
  bind_arguments(L, 3);
  double ms = bind_number(L, "the duration", 2, 0, INFINITY);
  if (izh_net_now(owner->net) == 0) bind_made_at(L, 1, "network", "");
  int64_t begin = izh_net_now(owner->net), end = begin + steps_of(L, "the duration", owner->net, ms);
  bool given = !lua_isnil(L, 3);
  if (given) bind_options(L, 3, known);
  bool returns = given && read_return(L, owner);
  owner->returns = returns;
  owner->shows = given && read_show(L);
  bool cut = advance(L, owner, end, false);
  finish(owner, begin);
  if (cut) say_cut(L, owner, end);
  lua_pushboolean(L, !cut);
  return returns;
}

static int network_step(lua_State *L) {
  bind_network *owner = start(L);
  bind_arguments(L, 2);
  int64_t steps = lua_isnil(L, 2) ? 1 : bind_integer(L, "the number of steps", 2, 0, INT64_C(1) << 50);
  int64_t begin = izh_net_now(owner->net);
  advance(L, owner, begin + steps, false);
  finish(owner, begin);
  return 0;
}

/* net:run_until(f [, { max = ms, show = true }]): true when f became true, false when max was reached. */
static int network_run_until(lua_State *L) {
  static const char *const known[] = {"max", "show", NULL};
  bind_network *owner = start(L);
  bind_arguments(L, 3);
  if (!lua_isfunction(L, 2)) bind_wrong(L, "the condition", "a function", 2);
  int64_t begin = izh_net_now(owner->net), end = INT64_MAX;
  if (!lua_isnil(L, 3)) {
    bind_options(L, 3, known);
    if (bind_option(L, 3, "max")) {
      double ms = bind_number(L, "max", -1, 0, INFINITY);
      end = begin + steps_of(L, "max", owner->net, ms);
    }
    owner->shows = read_show(L);
  }
  bool met = advance(L, owner, end, true);
  finish(owner, begin);
  lua_pushboolean(L, met);
  return 1;
}

static const luaL_Reg of_network[] = {
    {"run", network_run}, {"step", network_step}, {"run_until", network_run_until}, {NULL, NULL}};

void bind_open_run(lua_State *L) {
  bind_methods(L, BIND_NETWORK, of_network);
  luaL_newmetatable(L, GUARD);
  lua_pushcfunction(L, guard_close);
  lua_setfield(L, -2, "__close");
  lua_pop(L, 1);
}
