#include "core/random/stream.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "core/net/net_private.h"

/* The finisher of MurmurHash3: 0 stays 0, and different numbers stay different. */
static uint32_t mix(uint32_t x) {
  x = (x ^ x >> 16) * 0x85ebca6bu;
  x = (x ^ x >> 13) * 0xc2b2ae35u;
  return x ^ x >> 16;
}

/* FNV-1a, then the finisher of MurmurHash3. So names that differ only in the last letter differ in all bits
 * of the hash. */
static uint32_t hash_name(const char *name) {
  uint32_t hash = 2166136261u;
  for (const char *c = name; *c; c++) hash = (hash ^ (uint8_t)*c) * 16777619u;
  return mix(hash);
}

/* The entry of a name, or the free entry where it belongs. Two names with the same hash get neighbouring
 * streams, in order of their first use. */
static izh_stream_name *stream_slot(izh_stream_name *streams, size_t capacity, const char *name,
                                    uint32_t *hash) {
  for (;;) {
    size_t at = *hash & (capacity - 1);
    for (; streams[at].name; at = (at + 1) & (capacity - 1)) {
      if (streams[at].hash != *hash) continue;
      if (strcmp(streams[at].name, name) == 0) return &streams[at];
      break;
    }
    if (!streams[at].name) return &streams[at];
    ++*hash;
  }
}

static izh_status streams_grow(izh_net *net, izh_err *err) {
  if (net->n_streams < net->cap_streams / 2) return IZH_OK;
  size_t capacity = net->cap_streams ? net->cap_streams * 2 : 32;
  izh_stream_name *streams = izh_alloc_zero(capacity, sizeof *streams);
  if (!streams) return izh_fail_memory(err, capacity * sizeof *streams);
  for (size_t i = 0; i < net->cap_streams; i++) {
    if (!net->streams[i].name) continue;
    size_t at = net->streams[i].hash & (capacity - 1);
    while (streams[at].name) at = (at + 1) & (capacity - 1);
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
  char *full = izh_alloc(size, 1);
  if (!full) return izh_fail_memory(err, size);
  snprintf(full, size, "%s\n%s\n%s", kind, name, use);
  uint32_t hash = hash_name(full);
  izh_stream_name *slot = stream_slot(net->streams, net->cap_streams, full, &hash);
  if (slot->name) {
    izh_free(full);
  } else {
    *slot = (izh_stream_name){.hash = hash, .name = full};
    net->n_streams++;
  }
  *key = (izh_key){.seed = net->def.seed, .stream = hash};
  return IZH_OK;
}

izh_status izh_net_trial_stream(izh_net *net, const char *kind, const char *name, const char *use,
                                izh_key *key, izh_err *err) {
  izh_status status = izh_net_stream(net, kind, name, use, key, err);
  key->seed ^= mix(net->trial);
  return status;
}

double izh_streams_bytes(const izh_net *net) {
  const void *const table[] = {net->streams};
  double bytes = izh_alloc_bytes(table, 1);
  for (size_t i = 0; i < net->cap_streams; i++) {
    const void *const name[] = {net->streams[i].name};
    bytes += izh_alloc_bytes(name, 1);
  }
  return bytes;
}

/* Whether each name is where it is looked for, as streams_grow and izh_net_stream put it. */
static bool streams_valid(const izh_net *net) {
  for (size_t i = 0; i < net->cap_streams; i++) {
    const izh_stream_name *stream = &net->streams[i];
    if (!stream->name) continue;
    uint32_t hash = hash_name(stream->name);
    if (stream_slot(net->streams, net->cap_streams, stream->name, &hash) != stream || hash != stream->hash)
      return false;
  }
  return true;
}

/* Whether the table is at most half full, as streams_grow keeps it. */
static bool table_size_valid(uint64_t capacity, uint64_t n) {
  if (capacity == 0) return n == 0;
  return capacity >= 32 && (capacity & (capacity - 1)) == 0 && n <= capacity / 2 &&
         (capacity == 32 || n >= capacity / 4);
}

/* A name and its index in the table. */
static void stream_archive(izh_archive *a, izh_net *net, uint64_t at) {
  izh_archive_u64(a, &at);
  izh_archive_require(a, at < net->cap_streams && !net->streams[at].name, "names of random streams");
  if (a->mode == IZH_ARCHIVE_READ && a->status) return;
  izh_stream_name *stream = &net->streams[at];
  izh_archive_u32(a, &stream->hash);
  stream->name = izh_archive_text(a, stream->name);
}

void izh_streams_archive(izh_archive *a, izh_net *net) {
  uint64_t capacity = net->cap_streams, n = net->n_streams;
  bool reads = a->mode == IZH_ARCHIVE_READ;
  izh_archive_u64(a, &capacity);
  izh_archive_u64(a, &n);
  izh_archive_require(a, table_size_valid(capacity, n) && n <= a->left, "names of random streams");
  net->streams = reads ? izh_archive_room(a, capacity, sizeof *net->streams)
                       : izh_archive_derived(a, net->streams, capacity, sizeof *net->streams);
  if (!net->streams) capacity = n = 0;
  net->cap_streams = capacity;
  net->n_streams = n;
  for (size_t i = 0; izh_archive_visits(a, i, reads ? n : capacity); i++)
    if (reads || net->streams[i].name) stream_archive(a, net, i);
  if (izh_archive_reads(a)) izh_archive_require(a, streams_valid(net), "names of random streams");
}
