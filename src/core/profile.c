#include "core/profile.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "core/net_private.h"

enum { SMALL = 1024, EVERY = 16, EVERY_OF_SMALL = 64 }; /* neurons; steps of which one is timed */

void izh_net_profile_begin(izh_net *net) {
  net->timing = (izh_timing){0};
}

izh_profile izh_net_profile(const izh_net *net) {
  return net->timing.profile;
}

/* --- in a step --- */

izh_timing *izh_timing_begin(izh_net *net) {
  izh_timing *timing = &net->timing;
  timing->weight = izh_sampler_weight(&timing->sampler, net->size < SMALL ? EVERY_OF_SMALL : EVERY);
  if (timing->weight == 0) return NULL;
  timing->since = izh_clock();
  return timing;
}

void izh_timing_add(izh_timing *timing, izh_phase phase) {
  uint64_t now = izh_clock();
  timing->profile.ns[phase] += (double)(timing->weight * (now - timing->since));
  timing->since = now;
}

void izh_timing_end(izh_net *net, int threads, uint64_t arrived) {
  izh_profile *profile = &net->timing.profile;
  profile->steps++;
  profile->timed += net->timing.weight > 0;
  profile->updates += net->size;
  profile->spikes += net->spike_begin[net->now] - net->spike_begin[net->now - 1];
  profile->events += arrived;
  if (threads > profile->threads) profile->threads = threads;
}

/* --- memory --- */

double izh_projection_memory(const izh_net *net, uint32_t projection) {
  return izh_projection_bytes(&net->projections[projection]);
}

izh_net_memory izh_net_memory_of(const izh_net *net) {
  const void *const currents[] = {net->ext, net->exc, net->inh, net->input, net->jump, net->fired};
  const void *const spikes[] = {net->spike_begin, net->spike_index, net->spike_ms};
  izh_net_memory memory = {
      .neurons = izh_populations_bytes(net) + izh_channels_bytes(net) +
                 izh_alloc_bytes(currents, sizeof currents / sizeof *currents),
      .spikes = izh_alloc_bytes(spikes, sizeof spikes / sizeof *spikes),
      .recordings = izh_recordings_bytes(net),
  };
  for (size_t i = 0; i < net->n_stimuli; i++) memory.stimuli += izh_stimulus_bytes(&net->stimuli[i]);
  return memory;
}
