/* Where the time of a network's last run went: what lua/izhlua/profile.lua makes a table of. */
#include <lua.h>

#include "base/clock.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/net/network.h"
#include "bind/net/start.h"
#include "bind/net/times.h"
#include "bind/open.h"
#include "core/net/net.h"
#include "core/net/profile.h"
#include "core/synapse/projection.h"

static void set(lua_State *L, const char *key, double value) {
  lua_pushnumber(L, value);
  lua_setfield(L, -2, key);
}

static void set_whole(lua_State *L, const char *key, uint64_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  lua_setfield(L, -2, key);
}

/* ms = { total =, callbacks =, delivery = … }. What is known of the parts is what the timed steps and calls
 * took, times how many each stands for: they are made to sum up to the whole time, which is known exactly but
 * for the run of a coroutine that has died. */
static void set_ms(lua_State *L, const bind_network *owner, const izh_profile *profile) {
  const bind_times *times = &owner->times;
  bool running = bind_network_running(owner);
  double called = bind_times_called(owner), sum = called;
  for (int phase = 0; phase < IZH_PHASE_COUNT; phase++) sum += profile->ns[phase];
  double total = sum;
  if (times->ended)
    total = (double)(times->ended - times->begun);
  else if (running)
    total = (double)(izh_clock() - times->begun);
  double scale = sum > 0 ? total / sum : 0;
  lua_createtable(L, 0, IZH_PHASE_COUNT + 2);
  set(L, "total", 1e-6 * total);
  set(L, "callbacks", 1e-6 * scale * called);
  for (int phase = 0; phase < IZH_PHASE_COUNT; phase++)
    set(L, izh_phase_name((izh_phase)phase), 1e-6 * scale * profile->ns[phase]);
  lua_setfield(L, -2, "ms");
}

/* Of the network at index 1. */
static void set_memory(lua_State *L, const izh_net *net) {
  izh_net_memory memory = izh_net_memory_of(net);
  double start = bind_start_bytes(L, 1), projections = 0;
  double total = memory.neurons + memory.spikes + memory.stimuli + memory.recordings + start;
  uint32_t n = izh_projection_count(net);
  lua_createtable(L, (int)n, 0);
  for (uint32_t i = 0; i < n; i++) {
    izh_projection_info info = izh_projection_describe(net, i);
    double bytes = izh_projection_memory(net, i);
    projections += bytes;
    lua_createtable(L, 0, 3);
    lua_pushstring(L, info.name);
    lua_setfield(L, -2, "name");
    set_whole(L, "synapses", info.size);
    set(L, "bytes", bytes);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "projections");
  lua_createtable(L, 0, 7);
  set(L, "total", total + projections);
  set(L, "neurons", memory.neurons);
  set(L, "projections", projections);
  set(L, "spikes", memory.spikes);
  set(L, "stimuli", memory.stimuli);
  set(L, "recordings", memory.recordings);
  set(L, "start", start);
  lua_setfield(L, -2, "bytes");
}

/* core.profile(net) */
static int core_profile(lua_State *L) {
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 1);
  if (!owner->times.begun) bind_raise(L, "the network has not run yet");
  izh_profile profile = izh_net_profile(owner->net);
  lua_createtable(L, 0, 12);
  set_ms(L, owner, &profile);
  set_memory(L, owner->net);
  set_whole(L, "steps", profile.steps);
  set_whole(L, "timed_steps", profile.timed);
  set_whole(L, "threads", (uint64_t)profile.threads);
  set_whole(L, "neuron_updates", profile.updates);
  set_whole(L, "synaptic_events", profile.events);
  set_whole(L, "spikes", profile.spikes);
  set(L, "dt", izh_net_definition(owner->net)->dt_ms);
  return 1;
}

void bind_open_profile(lua_State *L) {
  lua_pushcfunction(L, core_profile);
  bind_name(L, "profile");
  lua_setfield(L, -2, "profile");
}
