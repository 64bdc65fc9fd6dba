#include "core/net/net.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/processors.h"
#include "core/net/net_private.h"

izh_net_def izh_net_def_default(void) {
  int processors = izh_processors();
  return (izh_net_def){.dt_ms = 0.5,
                       .integrator = IZH_INTEGRATOR_IZHIKEVICH2003,
                       .tolerance = 1e-11,
                       .seed = 1,
                       .threads = processors < IZH_MAX_THREADS ? processors : IZH_MAX_THREADS,
                       .neurons_a_thread = 4096};
}

static izh_status def_check(const izh_net_def *def, izh_err *err) {
  if (!(def->dt_ms >= 0.001 && def->dt_ms <= 1))
    return izh_fail(err, IZH_RANGE, "dt must be 0.001 … 1 ms (got %g)", def->dt_ms);
  if (def->threads < 1 || def->threads > IZH_MAX_THREADS)
    return izh_fail(err, IZH_RANGE, "threads must be 1 … %d (got %d)", IZH_MAX_THREADS, def->threads);
  if (def->neurons_a_thread < 1) return izh_fail(err, IZH_RANGE, "neurons_a_thread must be ≥ 1 (got 0)");
  if ((unsigned)def->integrator >= IZH_INTEGRATOR_COUNT)
    return izh_fail(err, IZH_RANGE, "unknown integrator %d", (int)def->integrator);
  if (!(def->tolerance >= 1e-15 && def->tolerance <= 1))
    return izh_fail(err, IZH_RANGE, "tolerance must be 1e-15 … 1 (got %g)", def->tolerance);
  return IZH_OK;
}

izh_status izh_net_begin(const izh_net_def *def, izh_net **result, izh_err *err) {
  izh_status status = def_check(def, err);
  if (status) return status;
  izh_net *net = izh_alloc_zero(1, sizeof *net);
  bool locates = def->integrator == IZH_INTEGRATOR_EXACT;
  if (net && locates) net->located = izh_alloc_zero(IZH_MAX_THREADS, sizeof *net->located);
  if (!net || (locates && !net->located)) {
    izh_free(net);
    return izh_fail_memory(err, sizeof *net);
  }
  net->def = *def;
  double steps_a_ms = round(1 / def->dt_ms);
  if (fabs(steps_a_ms * def->dt_ms - 1) < 1e-12) net->steps_a_ms = (int64_t)steps_a_ms;
  *result = net;
  return IZH_OK;
}

izh_status izh_net_create(const izh_net_def *def, izh_net **result, izh_err *err) {
  izh_net *net = NULL;
  izh_status status = izh_net_begin(def, &net, err);
  if (status) return status;
  net->spike_begin = izh_grow(NULL, &net->cap_spike_begin, 1, sizeof *net->spike_begin);
  if (net->spike_begin) net->spike_index = izh_grow(NULL, &net->cap_spike_index, 1, sizeof *net->spike_index);
  /* valid pointers to nothing, so that a network without neurons can step */
  net->fired = izh_alloc(0, sizeof *net->fired);
  net->ext = izh_alloc(0, sizeof *net->ext);
  net->exc = izh_alloc(0, sizeof *net->exc);
  net->inh = izh_alloc(0, sizeof *net->inh);
  net->jump = izh_alloc(0, sizeof *net->jump);
  if (!net->spike_index || !net->fired || !net->ext || !net->exc || !net->inh || !net->jump) {
    izh_net_destroy(net);
    return izh_fail_memory(err, sizeof *net);
  }
  net->spike_begin[0] = 0;
  *result = net;
  return IZH_OK;
}

void izh_net_destroy(izh_net *net) {
  if (!net) return;
  izh_populations_free(net);
  for (size_t i = 0; i < net->n_projections; i++) izh_projection_free(&net->projections[i]);
  for (size_t i = 0; i < net->n_stimuli; i++) izh_stimulus_free(&net->stimuli[i]);
  for (size_t i = 0; i < net->n_channels; i++) izh_channel_free(&net->channels[i]);
  for (size_t i = 0; i < net->cap_streams; i++) izh_free(net->streams[i].words);
  izh_recordings_free(net);
  izh_kept_free(net);
  izh_free(net->projections);
  izh_free(net->stimuli);
  izh_free(net->channels);
  izh_free(net->streams);
  izh_free(net->ext);
  izh_free(net->exc);
  izh_free(net->inh);
  izh_free(net->jump);
  izh_free(net->fired);
  for (int p = 0; net->located && p < IZH_MAX_THREADS; p++) izh_fired_free(&net->located[p]);
  izh_free(net->located);
  izh_free(net->spike_ms);
  izh_free(net->spike_begin);
  izh_free(net->spike_index);
  izh_free(net);
}

const izh_net_def *izh_net_definition(const izh_net *net) {
  return &net->def;
}

uint32_t izh_net_size(const izh_net *net) {
  return net->size;
}

int64_t izh_net_now(const izh_net *net) {
  return net->now;
}

double izh_net_time_ms(const izh_net *net) {
  return izh_net_ms(net, net->now);
}

double izh_net_ms(const izh_net *net, int64_t step) {
  return net->steps_a_ms ? (double)step / (double)net->steps_a_ms : (double)step * net->def.dt_ms;
}

izh_status izh_net_steps(const izh_net *net, const char *what, double ms, int64_t *steps, izh_err *err) {
  if (!isfinite(ms)) return izh_fail(err, IZH_RANGE, "%s must be a finite number of ms (got %g)", what, ms);
  double exact = net->steps_a_ms ? ms * (double)net->steps_a_ms : ms / net->def.dt_ms;
  if (fabs(exact) > 1e15) return izh_fail(err, IZH_RANGE, "%s of %g ms is too long", what, ms);
  double whole = round(exact);
  /* a sum of decimal fractions is off by some last bits; anything more is not on the grid */
  if (fabs(exact - whole) > 1e-9 * (fabs(whole) > 1 ? fabs(whole) : 1) || fabs(exact - whole) > 1e-3) {
    double below = floor(exact);
    return izh_fail(err, IZH_RANGE,
                    "%s must be a multiple of dt = %.10g ms: %.10g ms is not, %.10g and %.10g are", what,
                    net->def.dt_ms, ms, izh_net_ms(net, (int64_t)below), izh_net_ms(net, (int64_t)below + 1));
  }
  *steps = (int64_t)whole;
  return IZH_OK;
}

izh_currents izh_net_currents(const izh_net *net) {
  return (izh_currents){.ext = net->ext, .exc = net->exc, .inh = net->inh};
}

izh_spikes izh_net_spikes(const izh_net *net) {
  return (izh_spikes){.begin = net->spike_begin, .index = net->spike_index, .ms = net->spike_ms};
}

izh_status izh_name_check(const char *what, const char *name, izh_err *err) {
  if (name && name[0]) return IZH_OK;
  return izh_fail(err, IZH_ARGUMENT, "the name of a %s must not be empty", what);
}

/* --- streams --- */

/* FNV-1a, then the finisher of MurmurHash3, so that names that differ in the last letter differ in all bits.
 */
static uint32_t hash_words(const char *words) {
  uint32_t hash = 2166136261u;
  for (const char *c = words; *c; c++) hash = (hash ^ (uint8_t)*c) * 16777619u;
  hash = (hash ^ hash >> 16) * 0x85ebca6bu;
  hash = (hash ^ hash >> 13) * 0xc2b2ae35u;
  return hash ^ hash >> 16;
}

/* The entry of the words, or the free one where they belong. Two different words with one hash get
 * neighbouring streams, in order of their first use. */
static izh_stream_name *stream_slot(izh_stream_name *streams, size_t capacity, const char *words,
                                    uint32_t *hash) {
  for (;;) {
    size_t at = *hash & (capacity - 1);
    for (; streams[at].words; at = (at + 1) & (capacity - 1)) {
      if (streams[at].hash != *hash) continue;
      if (strcmp(streams[at].words, words) == 0) return &streams[at];
      break;
    }
    if (!streams[at].words) return &streams[at];
    ++*hash;
  }
}

static izh_status streams_grow(izh_net *net, izh_err *err) {
  if (net->n_streams < net->cap_streams / 2) return IZH_OK;
  size_t capacity = net->cap_streams ? net->cap_streams * 2 : 32;
  izh_stream_name *streams = izh_alloc_zero(capacity, sizeof *streams);
  if (!streams) return izh_fail_memory(err, capacity * sizeof *streams);
  for (size_t i = 0; i < net->cap_streams; i++) {
    if (!net->streams[i].words) continue;
    size_t at = net->streams[i].hash & (capacity - 1);
    while (streams[at].words) at = (at + 1) & (capacity - 1);
    streams[at] = net->streams[i];
  }
  izh_free(net->streams);
  net->streams = streams;
  net->cap_streams = capacity;
  return IZH_OK;
}

izh_status izh_net_stream(izh_net *net, const char *kind, const char *name, const char *use, izh_key *key,
                          izh_err *err) {
  izh_status status = streams_grow(net, err);
  if (status) return status;
  size_t size = strlen(kind) + strlen(name) + strlen(use) + 3;
  char *words = izh_alloc(size, 1);
  if (!words) return izh_fail_memory(err, size);
  snprintf(words, size, "%s\n%s\n%s", kind, name, use);
  uint32_t hash = hash_words(words);
  izh_stream_name *slot = stream_slot(net->streams, net->cap_streams, words, &hash);
  if (slot->words) {
    izh_free(words);
  } else {
    *slot = (izh_stream_name){.hash = hash, .words = words};
    net->n_streams++;
  }
  *key = (izh_key){.seed = net->def.seed, .stream = hash};
  return IZH_OK;
}

double izh_streams_bytes(const izh_net *net) {
  const void *const table[] = {net->streams};
  double bytes = izh_alloc_bytes(table, 1);
  for (size_t i = 0; i < net->cap_streams; i++) {
    const void *const words[] = {net->streams[i].words};
    bytes += izh_alloc_bytes(words, 1);
  }
  return bytes;
}

/* Is the table as streams_grow and izh_net_stream make it: less than half full, and each name where it is
 * looked for. */
static bool streams_valid(const izh_net *net) {
  for (size_t i = 0; i < net->cap_streams; i++) {
    const izh_stream_name *stream = &net->streams[i];
    if (!stream->words) continue;
    uint32_t hash = hash_words(stream->words);
    if (stream_slot(net->streams, net->cap_streams, stream->words, &hash) != stream || hash != stream->hash)
      return false;
  }
  return true;
}

static bool table_size_valid(uint64_t capacity, uint64_t n) {
  if (capacity == 0) return n == 0;
  return capacity >= 32 && (capacity & (capacity - 1)) == 0 && n <= capacity / 2 &&
         (capacity == 32 || n >= capacity / 4);
}

/* A name, and its place in the table. */
static void stream_archive(izh_archive *a, izh_net *net, uint64_t at) {
  izh_archive_u64(a, &at);
  izh_archive_require(a, at < net->cap_streams && !net->streams[at].words, "the names of random streams");
  if (a->mode == IZH_ARCHIVE_READ && a->status) return;
  izh_stream_name *stream = &net->streams[at];
  izh_archive_u32(a, &stream->hash);
  stream->words = izh_archive_text(a, stream->words);
}

void izh_streams_archive(izh_archive *a, izh_net *net) {
  uint64_t capacity = net->cap_streams, n = net->n_streams;
  bool reads = a->mode == IZH_ARCHIVE_READ;
  izh_archive_u64(a, &capacity);
  izh_archive_u64(a, &n);
  izh_archive_require(a, table_size_valid(capacity, n) && n <= a->left, "the names of random streams");
  net->streams = reads ? izh_archive_room(a, capacity, sizeof *net->streams)
                       : izh_archive_derived(a, net->streams, capacity, sizeof *net->streams);
  if (!net->streams) capacity = n = 0;
  net->cap_streams = capacity;
  net->n_streams = n;
  for (size_t i = 0; izh_archive_visits(a, i, reads ? n : capacity); i++)
    if (reads || net->streams[i].words) stream_archive(a, net, i);
  if (izh_archive_reads(a)) izh_archive_require(a, streams_valid(net), "the names of random streams");
}
