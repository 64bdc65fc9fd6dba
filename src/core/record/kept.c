/* Which spikes are kept. All spikes stay in the list until the longest delay has passed. After that, those
 * that are not to be kept are dropped whenever the list would otherwise grow. */
#include <string.h>

#include "base/alloc.h"
#include "core/net/net_private.h"
#include "core/synapse/synapses.h"

struct izh_kept {
  int64_t begin;  /* the first step that this entry is about; the next entry ends it */
  bool all;       /* all spikes are kept, also of neurons that are added later */
  uint32_t size;  /* how many bits */
  uint64_t *bits; /* one for each neuron; NULL when the spikes of all or of none are kept */
};

static bool is_kept(const izh_kept *kept, uint32_t neuron) {
  return kept->all || (kept->bits && neuron < kept->size && (kept->bits[neuron / 64] >> (neuron % 64) & 1));
}

void izh_kept_free(izh_net *net) {
  for (size_t i = 0; i < net->n_kept; i++) izh_free(net->kept[i].bits);
  izh_free(net->kept);
}

double izh_kept_bytes(const izh_net *net) {
  const void *const list[] = {net->kept};
  double bytes = izh_alloc_bytes(list, 1);
  for (size_t i = 0; i < net->n_kept; i++) {
    const void *const bits[] = {net->kept[i].bits};
    bytes += izh_alloc_bytes(bits, 1);
  }
  return bytes;
}

izh_status izh_net_keep_spikes(izh_net *net, const izh_ids *ids, izh_err *err) {
  izh_kept *room = izh_grow(net->kept, &net->cap_kept, net->n_kept + 1, sizeof *room);
  if (!room) return izh_fail_memory(err, sizeof *room);
  net->kept = room;
  izh_kept kept = {.begin = net->now, .all = !ids, .size = net->size};
  if (ids && ids->size > 0) {
    size_t words = (size_t)net->size / 64 + 1;
    kept.bits = izh_alloc_zero(words, sizeof *kept.bits);
    if (!kept.bits) return izh_fail_memory(err, words * sizeof *kept.bits);
    for (uint32_t k = 0; k < ids->size; k++) {
      uint32_t i = izh_ids_at(ids, k);
      kept.bits[i / 64] |= UINT64_C(1) << (i % 64);
    }
  }
  if (net->n_kept > 0 && net->kept[net->n_kept - 1].begin == net->now)
    izh_free(net->kept[--net->n_kept].bits); /* no step has used it */
  net->kept[net->n_kept++] = kept;
  return IZH_OK;
}

bool izh_net_kept(const izh_net *net, const izh_ids *ids, int64_t begin, int64_t end, izh_missing *missing) {
  for (size_t i = 0; i < net->n_kept; i++) {
    const izh_kept *kept = &net->kept[i];
    int64_t from = kept->begin > begin ? kept->begin : begin;
    int64_t to = i + 1 < net->n_kept && net->kept[i + 1].begin < end ? net->kept[i + 1].begin : end;
    for (uint32_t k = 0; k < ids->size && from < to && !kept->all; k++) {
      if (is_kept(kept, izh_ids_at(ids, k))) continue;
      *missing = (izh_missing){.neuron = izh_ids_at(ids, k), .from = from, .to = to};
      return false;
    }
  }
  return true;
}

/* The first step whose spikes may still be on their way. */
static int64_t undelivered(const izh_net *net) {
  uint32_t longest = 0;
  for (size_t i = 0; i < net->n_projections; i++) {
    uint32_t delay = izh_longest_delay(&net->projections[i]);
    if (delay > longest) longest = delay;
  }
  int64_t first = net->now - 1 - (int64_t)longest;
  return first > 0 ? first : 0;
}

void izh_kept_drop(izh_net *net) {
  if (net->n_kept == 0) return; /* all spikes since the beginning are kept */
  int64_t end = undelivered(net), s = net->dropped;
  uint64_t *begin = net->spike_begin, at = begin[s], first = at;
  size_t entry = 0;
  for (; s < net->now; s++) {
    while (entry + 1 < net->n_kept && net->kept[entry + 1].begin <= s) entry++;
    const izh_kept *kept = &net->kept[entry];
    bool whole = s >= end || s < kept->begin || kept->all;
    uint64_t last = begin[s + 1];
    begin[s] = at;
    for (uint64_t k = first; k < last; k++) {
      if (!whole && !is_kept(kept, net->spike_index[k])) continue;
      net->spike_index[at] = net->spike_index[k];
      if (net->spike_ms) net->spike_ms[at] = net->spike_ms[k];
      at++;
    }
    first = last;
  }
  begin[net->now] = at;
  if (end > net->dropped) net->dropped = end;
}

void izh_kept_archive(izh_archive *a, izh_net *net) {
  net->kept = izh_archive_items(a, net->kept, &net->n_kept, &net->cap_kept, sizeof *net->kept);
  for (size_t i = 0; izh_archive_visits(a, i, net->n_kept); i++) {
    izh_kept *kept = &net->kept[i];
    izh_archive_i64(a, &kept->begin);
    izh_archive_bool(a, &kept->all);
    izh_archive_u32(a, &kept->size);
    kept->bits = izh_archive_optional(a, kept->bits, (uint64_t)kept->size / 64 + 1, sizeof *kept->bits);
    int64_t least = i > 0 ? kept[-1].begin + 1 : 0;
    izh_archive_require(a, kept->size <= net->size && kept->begin >= least && kept->begin <= net->now,
                        "list of kept spikes");
  }
  izh_archive_i64(a, &net->dropped);
  izh_archive_require(a, net->dropped >= 0 && net->dropped <= net->now, "list of kept spikes");
}
