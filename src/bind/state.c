/* The state of a network as a whole: net:clone(). */
#include <string.h>

#include "base/alloc.h"
#include "bind/private.h"
#include "core/state.h"

/* Copies an array of n items into C memory; raises when there is none. */
static void *copy_array(lua_State *L, const char *function, const void *items, size_t n, size_t size) {
  void *copy = izh_alloc(n, size);
  if (!copy) bind_raise(L, function, "out of memory");
  if (n > 0) memcpy(copy, items, n * size);
  return copy;
}

/* The functions in the slots of the network at `from` that one at `to` has, too. */
static void copy_functions(lua_State *L, int from, int to) {
  const bind_network *copy = lua_touserdata(L, to);
  lua_getiuservalue(L, from, 2);
  lua_getiuservalue(L, to, 2);
  for (size_t i = 0; i < copy->n_events; i++) {
    lua_rawgeti(L, -2, copy->events[i].slot);
    lua_rawseti(L, -2, copy->events[i].slot);
  }
  for (size_t i = 0; i < copy->n_waves; i++) {
    lua_rawgeti(L, -2, copy->waves[i].slot);
    lua_rawseti(L, -2, copy->waves[i].slot);
  }
  lua_pop(L, 2);
}

/* Makes the empty network at `to` a copy of that at `from`, but for its lists. Lua's collector does not run
 * in it (raw access does not call it), so that no finalizer changes the one or sees the other half done. */
static void copy_state(lua_State *L, const char *function, int from, int to) {
  const bind_network *owner = lua_touserdata(L, from);
  bind_network *copy = lua_touserdata(L, to);
  izh_err err;
  bind_check(L, function, izh_net_copy(owner->net, &copy->net, &err), &err);
  copy->events = copy_array(L, function, owner->events, owner->n_events, sizeof *owner->events);
  copy->n_events = copy->cap_events = owner->n_events;
  copy->waves = copy_array(L, function, owner->waves, owner->n_waves, sizeof *owner->waves);
  copy->n_waves = copy->cap_waves = owner->n_waves;
  copy->serial = owner->serial;
  copy->slots = owner->slots;
  copy_functions(L, from, to);
}

/* Lua's collector does not know how much memory the core holds: it is told, so that networks that nothing
 * refers to any more are freed before there is no room for another. */
static void tell_collector(lua_State *L, const izh_net *net) {
  double kilobytes = izh_net_bytes(net) / 1024;
  lua_gc(L, LUA_GCSTEP, kilobytes < 1e9 ? (int)kilobytes : 1000000000);
}

/* net:clone() */
int bind_network_clone(lua_State *L) {
  bind_network *owner = bind_network_self(L, "clone");
  bind_arguments(L, "clone", 1);
  tell_collector(L, owner->net); /* finalizers cannot close the network */
  bind_network_push(L, owner->host);
  copy_state(L, "clone", 1, 2);
  bind_network_fill(L, 2);
  return 1;
}
