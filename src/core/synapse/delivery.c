/* Finds the synapses that the spikes which are due reach. The rows of the sources lie far apart in memory. So
 * several rows are looked up together, and are prefetched before they are needed. */
#include "core/synapse/delivery.h"

#include <math.h>
#include <string.h>

#include "base/sort.h"
#include "core/isa/isa.h"
#include "core/net/comm.h"
#include "core/synapse/stp_private.h"
#include "core/synapse/synapses.h"
#include "core/synapse/unstored.h"

enum { BATCH = 64, RUNS = 256 };
enum { IN_CACHE = 1 << 18 }; /* a projection of fewer synapses needs no prefetching */
enum { FAR = 1 << 17 };      /* so many words that say which delays sources have are not in the cache */

typedef struct delivery {
  const izh_projection *p;
  izh_part part;
  uint32_t first_block, end_block; /* the blocks with targets in the part */
  bool cut;                        /* some of these blocks have targets in other parts, too */
  bool at_hand;                    /* the projection is small: nothing is prefetched */
  double gain;                     /* what weights are multiplied by */
  double *slots[2];
  uint32_t row[BATCH],
      delay[BATCH];     /* [n_due] of each spike that is due: its source, the number of its delay */
  uint32_t seen[BATCH]; /* [n_seen] sources of spikes that may be due */
  uint32_t n_seen, n_due, n_runs;
  uint64_t arrived; /* synaptic events */
  izh_run runs[RUNS];
} delivery;

/* Whether some scaled weights have a sign. Weights that were scaled to 0 keep their sign. */
static bool has_sign(const izh_projection *p, int sign) {
  return p->has[signbit(p->gain) ? !sign : sign];
}

void izh_projection_prepare(izh_net *net, const izh_projection *p) {
  izh_channel *channel = &net->channels[p->channel];
  net->jumps |= izh_kernel_describe(channel->kernel.kind)->jumps;
  for (int sign = 0; sign < 2; sign++) channel->used[sign] |= has_sign(p, sign);
}

/* Adds the weights of all runs but the last `left` ones, which have been fetched and are added next time. */
static void add_runs(delivery *d, uint32_t left) {
  uint32_t n = d->n_runs - left;
  for (uint32_t i = 0; i < n; i++) d->arrived += d->runs[i].end - d->runs[i].begin;
  izh_loops_chosen()->deliver(d->p, d->gain, d->runs, n, d->at_hand ? 0 : d->n_runs, d->slots);
  memmove(d->runs, d->runs + n, left * sizeof *d->runs);
  d->n_runs = left;
}

/* Among the synapses begin … end - 1 onto a block, the first whose target is not below `neuron`. */
static uint64_t first_from(const izh_projection *p, uint64_t begin, uint64_t end, uint32_t block,
                           uint32_t neuron) {
  while (begin < end) {
    uint64_t middle = begin + (end - begin) / 2;
    if (izh_target(p, middle, block) < neuron)
      begin = middle + 1;
    else
      end = middle;
  }
  return begin;
}

static inline void add_segment(delivery *d, uint64_t begin, uint64_t end, uint32_t block) {
  const izh_projection *p = d->p;
  if (d->cut) {
    begin = first_from(p, begin, end, block, d->part.begin);
    end = first_from(p, begin, end, block, d->part.end);
  }
  if (begin == end) return;
  if (d->n_runs == RUNS) add_runs(d, IZH_RUNS_AHEAD);
  d->runs[d->n_runs++] = (izh_run){begin, end,
                                   p->target  ? 0
                                   : p->shift ? block * IZH_TILES
                                              : p->block_first[block]};
}

/* In a full table the segments of one source and one delay follow one another, in order of block. */
static inline void add_full(delivery *d, uint32_t row, uint32_t delay) {
  const izh_projection *p = d->p;
  uint64_t begin = p->row_start[row];
  const uint32_t *start = p->segment_start + row * (izh_keys(p) + 1) + (uint64_t)delay * p->n_blocks;
  for (uint32_t b = d->first_block; b < d->end_block; b++)
    add_segment(d, begin + start[b], begin + start[b + 1], b);
}

static bool is_present(const izh_projection *p, uint32_t row, uint32_t delay) {
  return !p->present || p->present[row * izh_present_words(p) + delay / 64] >> (delay & 63) & 1;
}

/* The number of a source's first segment whose key is ≥ key. With one block, that is how many of the source's
 * delays come before. */
static uint64_t segment_from(const izh_projection *p, uint32_t row, uint32_t key) {
  uint64_t first = p->row_segment[row];
  if (!p->present || p->n_blocks > 1)
    return izh_lower_bound(p->segment_key + first, p->row_segment[row + 1] - first, key);
  const uint64_t *present = p->present + row * izh_present_words(p);
  uint64_t before = (uint64_t)__builtin_popcountll(present[key / 64] & (((uint64_t)1 << (key & 63)) - 1));
  for (uint32_t w = 0; w < key / 64; w++) before += (uint64_t)__builtin_popcountll(present[w]);
  return before;
}

static void add_sparse(delivery *d, uint32_t row, uint32_t delay) {
  const izh_projection *p = d->p;
  uint32_t key = delay * p->n_blocks, end = key + d->end_block;
  uint64_t n = izh_segments_of(p, row);
  const uint32_t *keys = p->segment_key + p->row_segment[row];
  for (uint64_t s = segment_from(p, row, key + d->first_block); s < n && keys[s] < end; s++) {
    izh_segment segment = izh_segment_at(p, row, s);
    add_segment(d, segment.begin, segment.end, segment.block);
  }
}

/* Of a source whose synapses are not stored: see izh_unstored_find. */
static void add_drawn(const izh_net *net, delivery *d, uint32_t row, uint32_t delay, int64_t emitted,
                      uint64_t k, int thread) {
  bool own;
  izh_segment segment = izh_unstored_find(net, d->p, row, delay, emitted, k, thread, &own);
  add_segment(d, segment.begin, segment.end, 0);
  if (own) add_runs(d, 0);
}

static void add_due(delivery *d) {
  bool full = d->p->row_segment == NULL;
  for (uint32_t i = 0; i < d->n_due && full; i++) add_full(d, d->row[i], d->delay[i]);
  for (uint32_t i = 0; i < d->n_due && !full; i++) add_sparse(d, d->row[i], d->delay[i]);
  d->n_due = 0;
}

static inline void note_due(delivery *d, uint32_t row, uint32_t delay) {
  const izh_projection *p = d->p;
  if (p->row_segment && !is_present(p, row, delay)) return;
  if (d->n_due == BATCH) add_due(d);
  if (!p->row_segment)
    __builtin_prefetch(&p->segment_start[row * (izh_keys(p) + 1) + (uint64_t)delay * p->n_blocks]);
  __builtin_prefetch(&p->row_start[row]);
  d->row[d->n_due] = row;
  d->delay[d->n_due++] = delay;
}

/* Of many sources most have no synapse here with the delay. Then to look whether they have is most of the
 * work, since what is looked at is not in the cache: so several looks are made together. */
static void look(delivery *d, uint32_t delay) {
  for (uint32_t i = 0; i < d->n_seen; i++) {
    if (!is_present(d->p, d->seen[i], delay)) continue;
    __builtin_prefetch(&d->p->row_segment[d->seen[i]]);
    note_due(d, d->seen[i], delay);
  }
  d->n_seen = 0;
}

static inline void see(delivery *d, uint32_t row, uint32_t delay) {
  if (d->n_seen == BATCH) look(d, delay);
  __builtin_prefetch(&d->p->present[row * izh_present_words(d->p) + delay / 64]);
  d->seen[d->n_seen++] = row;
}

/* Finds the blocks that have targets in the part. */
static void find_blocks(const izh_net *net, delivery *d) {
  const izh_projection *p = d->p;
  uint32_t first = 0, end = p->n_blocks;
  while (first < end && p->block_first[first + 1] <= d->part.begin) first++;
  while (end > first && p->block_first[end - 1] >= d->part.end) end--;
  d->first_block = first;
  d->end_block = end;
  d->cut = first < end && (izh_comm_next(net, p->block_first[first]) < d->part.begin ||
                           izh_comm_next(net, d->part.end) < p->block_first[end]);
}

uint64_t izh_projection_deliver(const izh_net *net, const izh_projection *p, izh_part part, int thread) {
  if (!p->enabled || p->n == 0) return 0;
  const izh_channel *channel = &net->channels[p->channel];
  delivery d; /* large, so it is not cleared: only what is needed is set */
  d.p = p;
  d.part = part;
  d.gain = p->gain;
  d.slots[0] = d.slots[1] = net->jump;
  d.n_seen = d.n_due = d.n_runs = 0;
  d.arrived = 0;
  for (int sign = 0; sign < 2 && !izh_kernel_describe(channel->kernel.kind)->jumps; sign++)
    d.slots[sign] = izh_channel_slot(net, channel, sign);
  find_blocks(net, &d);
  if (d.first_block == d.end_block) return 0;
  d.at_hand = p->n < IN_CACHE && !p->unstored;
  bool far = p->present && !p->stp && p->pre.size * izh_present_words(p) >= FAR;
  for (uint32_t k = 0; k < p->n_delays; k++) {
    int64_t emitted = net->now - 1 - p->delays[k]; /* the step that gave the spikes */
    if (emitted < p->born) break;
    const uint32_t *spikes = net->spike_index + net->spike_begin[emitted];
    uint64_t n = net->spike_begin[emitted + 1] - net->spike_begin[emitted];
    if (n == 0) continue;
    uint64_t of_sources = 0;
    for (uint64_t i = izh_lower_bound(spikes, n, p->pre.first); i < n && spikes[i] <= p->pre.last; i++) {
      uint32_t row = izh_ids_find(&p->pre, p->position, spikes[i]);
      if (row == UINT32_MAX) continue;
      /* each spike brings another part of its weight */
      if (p->stp) d.gain = p->gain * izh_stp_part(p->stp, emitted, of_sources);
      if (p->unstored)
        add_drawn(net, &d, row, k, emitted, of_sources, thread);
      else if (d.at_hand && !p->row_segment)
        add_full(&d, row, k);
      else if (far)
        see(&d, row, k);
      else
        note_due(&d, row, k);
      if (p->stp) {
        add_due(&d);
        add_runs(&d, 0);
      }
      of_sources++;
    }
    look(&d, k);
  }
  add_due(&d);
  add_runs(&d, 0);
  return d.arrived;
}
