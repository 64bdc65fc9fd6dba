/* Where the time of a network's last run went: what lua/izhlua/profile.lua makes a table of. */
#include <lua.h>
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/ranks.h"
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

/* What differs among ranks: counts, ns, then bytes. */
enum {
  TIMED, /* steps */
  THREADS,
  TOTAL,
  CALLBACKS,
  PHASE,
  NEURONS = PHASE + IZH_PHASE_COUNT,
  SPIKES,
  STIMULI,
  RECORDINGS,
  START,
  PROJECTION
};

/* What is known of the parts is what the timed steps and calls took, times how many each stands for: they are
 * made to sum up to the whole time, which is known exactly but for the run of a coroutine that has died. */
static void measure_times(const bind_network *owner, const izh_profile *profile, double *numbers) {
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
  numbers[TOTAL] = total;
  numbers[CALLBACKS] = scale * called;
  for (int phase = 0; phase < IZH_PHASE_COUNT; phase++) numbers[PHASE + phase] = scale * profile->ns[phase];
}

/* Of the network at index 1. */
static void measure_memory(lua_State *L, const izh_net *net, double *numbers) {
  izh_net_memory memory = izh_net_memory_of(net);
  numbers[NEURONS] = memory.neurons;
  numbers[SPIKES] = memory.spikes;
  numbers[STIMULI] = memory.stimuli;
  numbers[RECORDINGS] = memory.recordings;
  numbers[START] = bind_start_bytes(L, 1);
  for (uint32_t i = 0; i < izh_projection_count(net); i++)
    numbers[PROJECTION + i] = izh_projection_memory(net, i);
}

static double work_of(const double *numbers) {
  return numbers[TOTAL] - numbers[PHASE + IZH_PHASE_THREADS] - numbers[PHASE + IZH_PHASE_EXCHANGE];
}

/* Makes of this rank's numbers the means over all ranks; of the steps that were timed, the fewest; of the
 * threads, the most. Returns the imbalance: the most work of a rank by the mean. */
static double average(lua_State *L, double *numbers, size_t n) {
  size_t ranks = (size_t)izh_ranks_size();
  double *all = lua_newuserdatauv(L, ranks * n * sizeof *all, 0), most = 0, sum = 0;
  memcpy(all + (size_t)izh_rank() * n, numbers, n * sizeof *all);
  izh_ranks_gather(all, n * sizeof *all);
  for (size_t i = TOTAL; i < n; i++) numbers[i] = 0;
  for (size_t k = 0; k < ranks; k++) {
    const double *of = all + k * n;
    double work = work_of(of);
    sum += work;
    if (work > most) most = work;
    numbers[TIMED] = fmin(numbers[TIMED], of[TIMED]);
    numbers[THREADS] = fmax(numbers[THREADS], of[THREADS]);
    for (size_t i = TOTAL; i < n; i++) numbers[i] += of[i] / (double)ranks;
  }
  lua_pop(L, 1);
  return sum > 0 ? most * (double)ranks / sum : 1;
}

/* ms = { total =, callbacks =, delivery = … }. */
static void set_ms(lua_State *L, const double *numbers) {
  lua_createtable(L, 0, IZH_PHASE_COUNT + 2);
  set(L, "total", 1e-6 * numbers[TOTAL]);
  set(L, "callbacks", 1e-6 * numbers[CALLBACKS]);
  for (int phase = 0; phase < IZH_PHASE_COUNT; phase++)
    set(L, izh_phase_name((izh_phase)phase), 1e-6 * numbers[PHASE + phase]);
  lua_setfield(L, -2, "ms");
}

static void set_memory(lua_State *L, const izh_net *net, const double *numbers) {
  double projections = 0, rest = 0;
  for (int i = NEURONS; i < PROJECTION; i++) rest += numbers[i];
  uint32_t n = izh_projection_count(net);
  lua_createtable(L, (int)n, 0);
  for (uint32_t i = 0; i < n; i++) {
    izh_projection_info info = izh_projection_describe(net, i);
    projections += numbers[PROJECTION + i];
    lua_createtable(L, 0, 4);
    lua_pushstring(L, info.name);
    lua_setfield(L, -2, "name");
    set_whole(L, "synapses", info.size);
    set(L, "bytes", numbers[PROJECTION + i]);
    double parts = info.cut ? izh_ranks_size() : 1;
    set(L, "bytes_per_synapse", info.size > 0 ? parts * numbers[PROJECTION + i] / (double)info.size : NAN);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "projections");
  lua_createtable(L, 0, 7);
  set(L, "total", rest + projections);
  set(L, "neurons", numbers[NEURONS]);
  set(L, "projections", projections);
  set(L, "spikes", numbers[SPIKES]);
  set(L, "stimuli", numbers[STIMULI]);
  set(L, "recordings", numbers[RECORDINGS]);
  set(L, "start", numbers[START]);
  lua_setfield(L, -2, "bytes");
}

/* What there is only with several ranks. */
static void set_ranks(lua_State *L, const izh_profile *profile, double imbalance) {
  set_whole(L, "ranks", (uint64_t)izh_ranks_size());
  set_whole(L, "exchanged_bytes", profile->exchanged);
  set(L, "imbalance", imbalance);
}

/* core.profile(net) */
static int core_profile(lua_State *L) {
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 1);
  if (!owner->times.begun) bind_raise(L, "the network has not run yet");
  izh_profile profile = izh_net_profile(owner->net);
  size_t n = PROJECTION + izh_projection_count(owner->net);
  double *numbers = lua_newuserdatauv(L, n * sizeof *numbers, 0);
  numbers[TIMED] = (double)profile.timed;
  numbers[THREADS] = profile.threads;
  measure_times(owner, &profile, numbers);
  measure_memory(L, owner->net, numbers);
  double imbalance = izh_ranks_size() > 1 ? average(L, numbers, n) : 1;
  lua_createtable(L, 0, 16);
  set_ms(L, numbers);
  set_memory(L, owner->net, numbers);
  if (izh_ranks_size() > 1) set_ranks(L, &profile, imbalance);
  set_whole(L, "steps", profile.steps);
  set_whole(L, "timed_steps", (uint64_t)numbers[TIMED]);
  set_whole(L, "threads", (uint64_t)numbers[THREADS]);
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
