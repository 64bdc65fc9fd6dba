/* Calls of a script's functions at times of the network: at, every, and the handles that cancel them. */
#include "bind/net/schedule.h"

#include <lauxlib.h>
#include <math.h>

#include "base/alloc.h"
#include "base/sampler.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/net/leftover.h"
#include "bind/net/times.h"
#include "bind/open.h"
#include "core/net/net.h"

static const char CALL[] = "izhlua.call";

/* A scheduled call; its user value is the network. */
typedef struct call {
  uint64_t serial;
} call;

/* Pushes the handle of a call that the network at index 1 makes. */
static void handle_push(lua_State *L, uint64_t serial) {
  call *made = lua_newuserdatauv(L, sizeof *made, 1);
  made->serial = serial;
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  luaL_setmetatable(L, CALL);
}

/* Drops a function, and its place in the script, of the table of functions at index. */
static void forget(lua_State *L, int index, lua_Integer slot) {
  index = lua_absindex(L, index);
  lua_pushnil(L);
  lua_rawseti(L, index, slot);
  lua_pushnil(L);
  lua_rawseti(L, index, -slot);
}

/* --- a heap by time, then by order of call --- */

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
  uint64_t serial = room[owner->n_events].serial;
  sift_up(room, owner->n_events++);
  handle_push(L, serial);
  return 1;
}

/* net:at(ms, f) */
static int network_at(lua_State *L) {
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 3);
  double ms = bind_number(L, "the time", 2, -INFINITY, INFINITY);
  int64_t step;
  izh_err err;
  bind_check(L, izh_net_steps(owner->net, "the time", ms, &step, &err), &err);
  if (step < izh_net_now(owner->net))
    bind_raise(L, "%g ms has passed: it is %g ms", ms, izh_net_time_ms(owner->net));
  return schedule(L, owner, step, 0);
}

/* net:every(ms, f) */
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

void bind_call_due(lua_State *L, bind_network *owner) {
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
      forget(L, -2, event.slot);
    }
    if (owner->n_events > 0) sift_down(owner->events, owner->n_events, 0);
    lua_pushvalue(L, 1);
    bind_times_call(L, owner, &event.sampler, weight, 1, 0);
    if (weight > 0 && event.period > 0) keep_sampler(owner, &event);
    lua_pop(L, 1);
  }
}

/* --- handles --- */

/* call:cancel(): it is not made any more; whether it would have been. */
static int call_cancel(lua_State *L) {
  const call *self = luaL_testudata(L, 1, CALL);
  if (!self) bind_no_self(L, "a scheduled call", "call", 1);
  bind_arguments(L, 1);
  lua_getiuservalue(L, 1, 1);
  bind_network *owner = lua_touserdata(L, -1);
  bind_open_net(L, owner);
  bind_event *heap = owner->events;
  for (size_t i = 0; i < owner->n_events; i++) {
    if (heap[i].serial != self->serial) continue;
    lua_getiuservalue(L, -1, 2);
    forget(L, -1, heap[i].slot);
    heap[i] = heap[--owner->n_events];
    if (i < owner->n_events) {
      sift_down(heap, owner->n_events, i);
      sift_up(heap, i);
    }
    lua_pushboolean(L, true);
    return 1;
  }
  lua_pushboolean(L, false);
  return 1;
}

static int call_tostring(lua_State *L) {
  const call *self = luaL_checkudata(L, 1, CALL);
  lua_getiuservalue(L, 1, 1);
  const bind_network *owner = lua_touserdata(L, -1);
  for (size_t i = 0; owner->net && i < owner->n_events; i++) {
    const bind_event *event = &owner->events[i];
    if (event->serial != self->serial) continue;
    bind_text(L, "call at %.10g ms", izh_net_ms(owner->net, event->step));
    if (event->period > 0) bind_text(L, ", every %.10g ms", izh_net_ms(owner->net, event->period));
    lua_concat(L, event->period > 0 ? 2 : 1);
    return 1;
  }
  lua_pushliteral(L, "call that is not made any more");
  return 1;
}

void bind_open_schedule(lua_State *L) {
  static const luaL_Reg of_network[] = {{"at", network_at}, {"every", network_every}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"cancel", call_cancel}, {NULL, NULL}};
  static const luaL_Reg meta[] = {{"__tostring", call_tostring}, {NULL, NULL}};
  bind_type(L, CALL, (bind_members){"call", .methods = methods, .metamethods = meta});
  bind_methods(L, BIND_NETWORK, of_network);
}
