/* The clock of a network: run, step, run_until, at, every. Scripts' functions are called only between steps.
 */
#include <lauxlib.h>
#include <math.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/sampler.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/net/leftover.h"
#include "bind/net/network.h"
#include "bind/net/start.h"
#include "bind/net/strays.h"
#include "bind/net/times.h"
#include "bind/net/waveforms.h"
#include "bind/open.h"
#include "bind/program/host.h"
#include "core/net/net.h"

/* --- scheduled calls: a heap by time, then by order of call --- */

static bool before(const bind_event *a, const bind_event *b) {
  return a->step != b->step ? a->step < b->step : a->serial < b->serial;
}

static void sift_up(bind_event *heap, size_t at) {
  bind_event event = heap[at];
  for (; at > 0 && before(&event, &heap[(at - 1) / 2]); at = (at - 1) / 2) heap[at] = heap[(at - 1) / 2];
  heap[at] = event;
}

static void sift_down(bind_event *heap, size_t n, size_t at) {
  bind_event event = heap[at];
  for (size_t child; (child = 2 * at + 1) < n; at = child) {
    if (child + 1 < n && before(&heap[child + 1], &heap[child])) child++;
    if (!before(&heap[child], &event)) break;
    heap[at] = heap[child];
  }
  heap[at] = event;
}

static int64_t steps_of(lua_State *L, const char *what, const izh_net *net, double ms) {
  int64_t steps;
  izh_err err;
  bind_check(L, izh_net_steps(net, what, ms, &steps, &err), &err);
  return steps;
}

/* The function at index is called at a step, and then every period. */
static int schedule(lua_State *L, bind_network *owner, int64_t step, int64_t period) {
  if (!lua_isfunction(L, 3)) bind_wrong(L, "what to call", "a function", 3);
  lua_pushvalue(L, 3);
  lua_Integer slot =
      bind_store(L, 1, owner); /* may run finalizers, which may schedule: before there is room */
  bind_place(L);
  bind_store_place(L, 1, slot);
  bind_event *room = izh_grow(owner->events, &owner->cap_events, owner->n_events + 1, sizeof *room);
  if (!room) bind_raise(L, "out of memory");
  owner->events = room;
  room[owner->n_events] =
      (bind_event){.step = step, .period = period, .serial = owner->serial++, .slot = slot};
  sift_up(room, owner->n_events++);
  return 0;
}

static int network_at(lua_State *L) {
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 3);
  double ms = bind_number(L, "the time", 2, -INFINITY, INFINITY);
  int64_t step = steps_of(L, "the time", owner->net, ms);
  if (step < izh_net_now(owner->net))
    bind_raise(L, "%g ms has passed: it is %g ms", ms, izh_net_time_ms(owner->net));
  return schedule(L, owner, step, 0);
}

static int network_every(lua_State *L) {
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 3);
  double ms = bind_number(L, "the interval", 2, -INFINITY, INFINITY);
  int64_t period;
  izh_err err;
  bind_check(L, izh_net_period(owner->net, "the interval", ms, &period, &err), &err);
  return schedule(L, owner, izh_net_now(owner->net) + period, period);
}

/* The call has perhaps moved its event in the heap. */
static void keep_sampler(bind_network *owner, const bind_event *event) {
  for (size_t i = 0; i < owner->n_events; i++)
    if (owner->events[i].serial == event->serial) owner->events[i].sampler = event->sampler;
}

/* Calls what is due. The network is at stack index 1. A call may schedule others, which are heard if they are
 * due. */
static void call_due(lua_State *L, bind_network *owner) {
  while (owner->n_events > 0 && owner->events[0].step <= izh_net_now(owner->net)) {
    uint64_t weight = izh_sampler_begin(&owner->events[0].sampler, BIND_TIMED);
    bind_event event = owner->events[0];
    lua_getiuservalue(L, 1, 2);
    if (!event.called) bind_event_came(L, &event);
    lua_rawgeti(L, -1, event.slot);
    if (event.period > 0) {
      owner->events[0].step += event.period;
      owner->events[0].called = true;
    } else {
      owner->events[0] = owner->events[--owner->n_events];
      lua_pushnil(L);
      lua_rawseti(L, -3, event.slot);
      lua_pushnil(L);
      lua_rawseti(L, -3, -event.slot);
    }
    if (owner->n_events > 0) sift_down(owner->events, owner->n_events, 0);
    lua_pushvalue(L, 1);
    bind_times_call(L, owner, &event.sampler, weight, 1, 0);
    if (weight > 0 && event.period > 0) keep_sampler(owner, &event);
    lua_pop(L, 1);
  }
}

/* --- the run --- */

static const char GUARD[] = "izhlua.guard";

/* Clears owner->runner however the run ends. A coroutine that failed keeps its guard open until it is closed,
 * perhaps when the network runs in another thread. */
static int guard_close(lua_State *L) {
  bind_network **guard = lua_touserdata(L, 1);
  if ((*guard)->runner != L) return 0;
  (*guard)->runner = NULL;
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
  owner->before = izh_net_strays(owner->net);
}

static void report(const bind_network *owner, int64_t begin, int64_t end) {
  int64_t now = izh_net_now(owner->net);
  owner->host->progress(izh_net_ms(owner->net, now - begin), izh_net_ms(owner->net, end - begin), "ms",
                        1e-9 * (double)(izh_clock() - owner->times.begun));
}

static void one_step(lua_State *L, bind_network *owner) {
  bind_call_waveforms(L, owner);
  izh_err err;
  bind_hear(L, owner->host, true);
  izh_status status = izh_net_step(owner->net, &err);
  if (!status && owner->host->interrupted && owner->host->interrupted())
    status = izh_fail(&err, IZH_STOPPED, "interrupted");
  if (!status) return;
  owner->diverged = err.neuron;
  bind_hear(L, owner->host, false);
  bind_check(L, status, &err);
}

/* Runs from now to a step boundary. `until`, if any, is the function at stack index 2: true ends the run. */
static bool advance(lua_State *L, bind_network *owner, int64_t end, bool until) {
  bind_hear(L, owner->host, true);
  guard_push(L, owner); /* first: no hook closes the network from now on */
  bind_keep_start(L, owner);
  int64_t begin = izh_net_now(owner->net);
  owner->diverged = 0;
  bind_times_begin(owner);
  for (;;) {
    call_due(L, owner);
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
    one_step(L, owner);
    /* the clock is looked at often enough for large networks, and does not slow down small ones */
    if (owner->host->progress && (izh_net_size(owner->net) > 5000 || izh_net_now(owner->net) % 32 == 0))
      report(owner, begin, end);
  }
  bind_hear(L, owner->host, false);
  return false;
}

static void finish(const bind_network *owner, int64_t begin) {
  if (owner->host->progress)
    owner->host->progress(izh_net_ms(owner->net, izh_net_now(owner->net) - begin),
                          izh_net_ms(owner->net, izh_net_now(owner->net) - begin), "ms", 0);
}

static int network_run(lua_State *L) {
  bind_network *owner = start(L);
  bind_arguments(L, 2);
  double ms = bind_number(L, "the duration", 2, 0, INFINITY);
  int64_t begin = izh_net_now(owner->net);
  advance(L, owner, begin + steps_of(L, "the duration", owner->net, ms), false);
  finish(owner, begin);
  return 0;
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

/* net:run_until(f [, { max = ms }]): true when f became true, false when max was reached. */
static int network_run_until(lua_State *L) {
  static const char *const known[] = {"max", NULL};
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
  }
  bool met = advance(L, owner, end, true);
  finish(owner, begin);
  lua_pushboolean(L, met);
  return 1;
}

static const luaL_Reg of_network[] = {
    {"run", network_run}, {"step", network_step},   {"run_until", network_run_until},
    {"at", network_at},   {"every", network_every}, {NULL, NULL}};

void bind_open_run(lua_State *L) {
  bind_methods(L, BIND_NETWORK, of_network);
  luaL_newmetatable(L, GUARD);
  lua_pushcfunction(L, guard_close);
  lua_setfield(L, -2, "__close");
  lua_pop(L, 1);
}
