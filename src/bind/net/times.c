/* How long a run takes, and the functions of a script that it calls. */
#include "bind/net/times.h"

#include "base/clock.h"
#include "bind/program/host.h"
#include "core/net/profile.h"

void bind_times_begin(bind_network *owner) {
  izh_net_profile_begin(owner->net);
  owner->times = (bind_times){.begun = izh_clock()};
}

/* What the call that goes on now has taken so far: nothing when it is not timed. */
static double going_on(const bind_times *times) {
  return times->weight > 0 ? (double)(times->weight * (izh_clock() - times->since)) : 0;
}

void bind_times_end(bind_network *owner) {
  owner->times.called += going_on(&owner->times); /* of a function that failed */
  owner->times.weight = 0;
  owner->times.ended = izh_clock();
}

void bind_times_call(lua_State *L, bind_network *owner, izh_sampler *sampler, uint64_t weight, int arguments,
                     int results) {
  bind_times *times = &owner->times;
  bind_hear(L, owner->host, false);
  times->weight = weight;
  if (weight > 0) times->since = izh_clock();
  lua_call(L, arguments, results);
  times->weight = 0;
  if (weight == 0) return;
  uint64_t ns = izh_clock() - times->since;
  if (izh_sampler_end(sampler, ns)) times->called += (double)(weight * ns);
}

double bind_times_called(const bind_network *owner) {
  const bind_times *times = &owner->times;
  return times->called + (bind_network_running(owner) ? going_on(times) : 0);
}
