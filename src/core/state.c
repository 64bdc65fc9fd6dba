#include "core/state.h"

#include <limits.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "core/net_private.h"

static void streams_archive(izh_archive *a, izh_net *net) {
  size_t n = net->cap_streams;
  net->streams = izh_archive_items(a, net->streams, &n, &net->cap_streams, sizeof *net->streams);
  for (size_t i = 0; i < n; i++) net->streams[i].words = izh_archive_text(a, net->streams[i].words);
}

static void currents_archive(izh_archive *a, izh_net *net) {
  double **const all[] = {&net->ext, &net->exc, &net->inh, &net->jump};
  for (int k = 0; k < 4; k++) *all[k] = izh_archive_array(a, *all[k], net->size, sizeof **all[k]);
  net->fired = izh_archive_array(a, net->fired, net->size, sizeof *net->fired);
  net->located = izh_archive_zeros(a, net->located, IZH_MAX_THREADS, sizeof *net->located);
}

static void spikes_archive(izh_archive *a, izh_net *net) {
  size_t steps = (size_t)net->now + 1, spikes = net->spike_begin[net->now], located = spikes;
  net->spike_begin = izh_archive_items(a, net->spike_begin, &steps, &net->cap_spike_begin, sizeof(uint64_t));
  net->spike_index = izh_archive_items(a, net->spike_index, &spikes, &net->cap_spike_index, sizeof(uint32_t));
  net->spike_ms = izh_archive_items(a, net->spike_ms, &located, &net->cap_spike_ms, sizeof(double));
}

static void populations_archive(izh_archive *a, izh_net *net) {
  net->populations = izh_archive_items(a, net->populations, &net->n_populations, &net->cap_populations,
                                       sizeof *net->populations);
  for (size_t i = 0; i < net->n_populations; i++) izh_population_archive(a, &net->populations[i]);
}

static void channels_archive(izh_archive *a, izh_net *net) {
  net->channels =
      izh_archive_items(a, net->channels, &net->n_channels, &net->cap_channels, sizeof *net->channels);
  for (size_t i = 0; i < net->n_channels; i++) izh_channel_archive(a, &net->channels[i]);
}

static void projections_archive(izh_archive *a, izh_net *net) {
  net->projections = izh_archive_items(a, net->projections, &net->n_projections, &net->cap_projections,
                                       sizeof *net->projections);
  for (size_t i = 0; i < net->n_projections; i++) izh_projection_archive(a, &net->projections[i]);
}

static void stimuli_archive(izh_archive *a, izh_net *net) {
  net->stimuli = izh_archive_items(a, net->stimuli, &net->n_stimuli, &net->cap_stimuli, sizeof *net->stimuli);
  for (size_t i = 0; i < net->n_stimuli; i++) izh_stimulus_archive(a, &net->stimuli[i]);
}

static void net_archive(izh_archive *a, izh_net *net) {
  streams_archive(a, net);
  spikes_archive(a, net);
  izh_kept_archive(a, net);
  populations_archive(a, net);
  currents_archive(a, net);
  channels_archive(a, net);
  projections_archive(a, net);
  stimuli_archive(a, net);
  izh_recordings_archive(a, net);
}

double izh_net_bytes(const izh_net *net) {
  izh_archive a = {.mode = IZH_ARCHIVE_MEASURE};
  net_archive(&a, (izh_net *)net); /* which is not changed */
  return a.bytes;
}

static izh_status fits(double need, izh_err *err) {
  unsigned long long free = izh_memory_free();
  if (need <= (double)free) return IZH_OK;
  char need_text[IZH_BYTES_TEXT_SIZE], free_text[IZH_BYTES_TEXT_SIZE];
  return izh_fail(err, IZH_SIZE, "a copy of this network needs %s, %s are free",
                  izh_bytes_text(need_text, need < 1.8e19 ? (unsigned long long)need : ULLONG_MAX),
                  izh_bytes_text(free_text, free));
}

izh_status izh_net_copy(const izh_net *net, izh_net **result, izh_err *err) {
  izh_status status = fits(izh_net_bytes(net), err);
  if (status) return status;
  izh_net *copy = izh_alloc(1, sizeof *copy);
  if (!copy) return izh_fail_memory(err, sizeof *copy);
  *copy = *net;
  izh_net_profile_begin(copy);
  izh_archive a = {.mode = IZH_ARCHIVE_COPY, .err = err};
  net_archive(&a, copy);
  if (a.status) {
    izh_net_destroy(copy);
    return a.status;
  }
  *result = copy;
  return IZH_OK;
}

void izh_net_swap(izh_net *a, izh_net *b) {
  izh_net swap = *a;
  *a = *b;
  *b = swap;
  b->timing = a->timing;
  a->timing = swap.timing;
}
