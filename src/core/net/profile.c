#include "core/net/profile.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "core/net/net_private.h"
#include "core/stimulus/stimulus_private.h"
#include "core/synapse/projection_private.h"

enum { SMALL = 1024 };                    /* a network of fewer neurons is small */
enum { EVERY = 16, EVERY_OF_SMALL = 64 }; /* of so many steps about one is timed */

static const char *const phase_names[IZH_PHASE_COUNT] = {
    [IZH_PHASE_DELIVERY] = "delivery", [IZH_PHASE_CURRENTS] = "currents",   [IZH_PHASE_NOISE] = "noise",
    [IZH_PHASE_STIMULI] = "stimuli",   [IZH_PHASE_UPDATE] = "update",       [IZH_PHASE_THREADS] = "waiting",
    [IZH_PHASE_EXCHANGE] = "exchange", [IZH_PHASE_RECORDING] = "recording", [IZH_PHASE_OTHER] = "other"};

const char *izh_phase_name(izh_phase phase) {
  return phase_names[phase];
}

void izh_net_profile_begin(izh_net *net) {
  net->timing = (izh_timing){0};
}

izh_profile izh_net_profile(const izh_net *net) {
  return net->timing.profile;
}

/* --- in a step --- */

izh_timing *izh_timing_begin(izh_net *net) {
  izh_timing *timing = &net->timing;
  timing->weight = izh_sampler_begin(&timing->sampler, net->size < SMALL ? EVERY_OF_SMALL : EVERY);
  if (timing->weight == 0) return NULL;
  for (int phase = 0; phase < IZH_PHASE_COUNT; phase++) timing->ns[phase] = 0;
  uint64_t before = izh_clock();
  timing->since = izh_clock();
  timing->reading = timing->since - before;
  return timing;
}

void izh_timing_add(izh_timing *timing, izh_phase phase) {
  uint64_t now = izh_clock(), passed = now - timing->since;
  timing->since = now;
  if (passed > timing->reading) timing->ns[phase] += passed - timing->reading;
}

void izh_timing_move(izh_timing *timing, izh_phase from, izh_phase to, uint64_t ns) {
  if (!timing) return;
  if (ns > timing->ns[from]) ns = timing->ns[from];
  timing->ns[from] -= ns;
  timing->ns[to] += ns;
}

/* Adds a timed step to the profile, multiplied by the number of steps that it stands for. */
static void end_timed(izh_timing *timing) {
  uint64_t step = 0;
  for (int phase = 0; phase < IZH_PHASE_COUNT; phase++) step += timing->ns[phase];
  if (!izh_sampler_end(&timing->sampler, step)) return;
  timing->profile.timed++;
  for (int phase = 0; phase < IZH_PHASE_COUNT; phase++)
    timing->profile.ns[phase] += (double)(timing->weight * timing->ns[phase]);
}

void izh_timing_end(izh_net *net, int threads, uint64_t arrived) {
  izh_profile *profile = &net->timing.profile;
  profile->steps++;
  profile->updates += net->size;
  profile->spikes += net->spike_begin[net->now] - net->spike_begin[net->now - 1];
  profile->events += arrived;
  if (threads > profile->threads) profile->threads = threads;
  if (net->timing.weight > 0) end_timed(&net->timing);
}

/* --- memory --- */

double izh_projection_memory(const izh_net *net, uint32_t projection) {
  return izh_projection_bytes(&net->projections[projection]);
}

izh_net_memory izh_net_memory_of(const izh_net *net) {
  const void *const currents[] = {net->ext,   net->exc,     net->inh,         net->jump,
                                  net->fired, net->strayed, net->strays.marks};
  const void *const spikes[] = {net->spike_begin, net->spike_index, net->spike_ms};
  return (izh_net_memory){
      .neurons = izh_populations_bytes(net) + izh_channels_bytes(net) + izh_streams_bytes(net) +
                 izh_alloc_bytes(currents, sizeof currents / sizeof *currents),
      .spikes = izh_alloc_bytes(spikes, sizeof spikes / sizeof *spikes) + izh_kept_bytes(net),
      .stimuli = izh_stimuli_bytes(net),
      .recordings = izh_recordings_bytes(net),
  };
}
