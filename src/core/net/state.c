#include "core/net/state.h"

#include <math.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "base/memory.h"
#include "base/ranks.h"
#include "core/net/comm.h"
#include "core/net/net_private.h"
#include "core/stimulus/stimulus_private.h"
#include "core/synapse/projection_private.h"

/* The currents of the last step, which recordings and scripts read; and scratch. */
static void currents_archive(izh_archive *a, izh_net *net) {
  uint32_t n = net->size;
  izh_ids all = izh_ids_range(0, n);
  double *const currents[] = {net->ext, net->exc, net->inh};
  for (int k = 0; k < 3; k++) izh_archive_refresh(a, net, &all, currents[k], sizeof *currents[k]);
  net->ext = izh_archive_array(a, net->ext, n, sizeof *net->ext);
  net->exc = izh_archive_array(a, net->exc, n, sizeof *net->exc);
  net->inh = izh_archive_array(a, net->inh, n, sizeof *net->inh);
  net->jump = izh_archive_derived(a, net->jump, n, sizeof *net->jump);
  net->fired = izh_archive_derived(a, net->fired, n, sizeof *net->fired);
  izh_given_archive(a, &net->given);
  net->located = izh_archive_zeros(a, net->located, IZH_MAX_THREADS, sizeof *net->located);
  if (a->mode == IZH_ARCHIVE_COPY) {
    net->sourced = net->shared = (izh_fired){0};
    net->brought = NULL;
    net->cap_brought = 0;
  }
  if (!izh_archive_reads(a)) return;
  net->jump = izh_archive_room(a, n, sizeof *net->jump);
  net->fired = izh_archive_room(a, n, sizeof *net->fired);
}

static bool spikes_valid(const izh_net *net) {
  const uint64_t *begin = net->spike_begin;
  bool located = net->spike_ms;
  for (int64_t step = 0; step < net->now; step++) {
    if (begin[step] > begin[step + 1]) return false;
    for (uint64_t k = begin[step]; k < begin[step + 1]; k++) {
      if (net->spike_index[k] >= net->size || (located && !isfinite(net->spike_ms[k]))) return false;
      if (k > begin[step] && net->spike_index[k] < net->spike_index[k - 1]) return false;
    }
  }
  return true;
}

/* A growing array of numbers. In `copy` and `read` its capacity becomes n. */
static void *numbers_archive(izh_archive *a, const void *numbers, uint64_t n, size_t *capacity, size_t size) {
  void *array = izh_archive_array(a, numbers, n, size);
  if (array != numbers) *capacity = array ? n : 0;
  return array;
}

static void spikes_archive(izh_archive *a, izh_net *net) {
  uint64_t steps = (uint64_t)net->now + 1, n = net->spike_begin ? net->spike_begin[net->now] : 0;
  bool located = net->located != NULL;
  net->spike_begin = numbers_archive(a, net->spike_begin, steps, &net->cap_spike_begin, sizeof(uint64_t));
  if (izh_archive_reads(a)) {
    n = net->spike_begin[net->now];
    bool good = net->spike_begin[0] == 0;
    for (uint64_t k = 0; k + 1 < steps; k++) good = good && net->spike_begin[k] <= net->spike_begin[k + 1];
    izh_archive_require(a, good, "list of spikes");
  }
  net->spike_index = numbers_archive(a, net->spike_index, n, &net->cap_spike_index, sizeof(uint32_t));
  if (located) net->spike_ms = numbers_archive(a, net->spike_ms, n, &net->cap_spike_ms, sizeof(double));
  if (izh_archive_reads(a)) izh_archive_require(a, spikes_valid(net), "list of spikes");
}

static void net_archive(izh_archive *a, izh_net *net) {
  izh_archive_i64(a, &net->now);
  izh_archive_bool(a, &net->failed);
  izh_archive_u32(a, &net->trial);
  izh_archive_require(a, net->now >= 0 && net->now < INT64_MAX, "time");
  izh_streams_archive(a, net);
  izh_populations_archive(a, net);
  izh_strays_archive(a, net);
  spikes_archive(a, net);
  izh_kept_archive(a, net);
  currents_archive(a, net);
  izh_channels_archive(a, net);
  izh_projections_archive(a, net);
  izh_stimuli_archive(a, net);
  izh_recordings_archive(a, net);
}

double izh_net_bytes(const izh_net *net) {
  izh_archive a = {.mode = IZH_ARCHIVE_MEASURE};
  net_archive(&a, (izh_net *)net); /* this mode changes nothing */
  return a.bytes;
}

izh_status izh_net_bytes_all(const izh_net *net, double *bytes, izh_err *err) {
  *bytes = izh_net_bytes(net);
  if (net->n_cut == 0) return IZH_OK;
  izh_archive own = {.mode = IZH_ARCHIVE_MEASURE};
  izh_projections_archive(&own, (izh_net *)net);
  izh_ranks_load load = {.counts = {(uint64_t)own.bytes}};
  izh_status status = izh_ranks_meet_with(IZH_MEET_BYTES, izh_comm_check(net, err), &load, err);
  if (status) return status;
  *bytes -= own.bytes;
  for (int rank = 0; rank < izh_ranks_size(); rank++) *bytes += (double)izh_ranks_counts(rank)[0];
  return IZH_OK;
}

izh_status izh_net_copy(const izh_net *net, izh_net **result, izh_err *err) {
  izh_status status = izh_memory_check(err, izh_net_bytes(net), "a copy of this network");
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

/* --- as bytes --- */

static void def_archive(izh_archive *a, izh_net_def *def) {
  izh_archive_f64(a, &def->dt_ms);
  def->integrator = (izh_integrator)izh_archive_choice(a, def->integrator, IZH_INTEGRATOR_COUNT);
  izh_archive_f64(a, &def->tolerance);
  izh_archive_u32(a, &def->seed);
}

/* Writes the state, or only counts its bytes when put is NULL. */
static izh_status write(const izh_net *net, izh_transfer *put, void *context, uint64_t *size, izh_err *err) {
  izh_archive a = {.mode = IZH_ARCHIVE_WRITE, .transfer = put, .context = context, .err = err};
  def_archive(&a, &((izh_net *)net)->def); /* this mode changes nothing */
  net_archive(&a, (izh_net *)net);
  *size = a.left;
  return a.status;
}

izh_status izh_net_write(const izh_net *net, izh_transfer *put, void *context, izh_err *err) {
  uint64_t size;
  izh_status status = izh_comm_check(net, err);
  return status ? status : write(net, put, context, &size, err);
}

izh_status izh_net_length(const izh_net *net, uint64_t *size, izh_err *err) {
  izh_status status = izh_comm_check(net, err);
  return status ? status : write(net, NULL, NULL, size, err);
}

izh_status izh_net_read(izh_transfer *get, void *context, uint64_t size, int threads, izh_net **result,
                        izh_err *err) {
  /* of a network that is cut among ranks, this one gets its share */
  izh_status status = izh_memory_check(err, (double)size / izh_ranks_size(), "the network in it");
  if (status) return status;
  izh_archive a = {.mode = IZH_ARCHIVE_READ, .transfer = get, .context = context, .left = size, .err = err};
  izh_net_def def = izh_net_def_default();
  def.threads = threads;
  def_archive(&a, &def);
  izh_net *net = NULL;
  if (!a.status) a.status = izh_net_begin(&def, &net, err);
  if (a.status) return a.status;
  net_archive(&a, net);
  izh_archive_require(&a, a.left == 0, "length");
  if (a.status) {
    izh_net_destroy(net);
    return a.status;
  }
  *result = net;
  return IZH_OK;
}
