#include "core/random/stream.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "core/net/net_private.h"

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
