/* How the synapses of a projection lie in memory, for the files of core only.
 *
 * They are in order of source position, delay, target. A row has the synapses of one source. The targets are
 * cut into blocks of neighbouring neurons; within a block a target takes 16 bits. A segment has the synapses
 * of one source, one delay and one block; they lie side by side. Its key is the number of its delay ×
 * n_blocks + its block; the keys ascend in a row. If most sources have synapses of most keys, the table of
 * segments is full: it has an entry for each key of each source, and nothing is searched. Else a bit for each
 * delay says whether a source has it, unless there are too many delays.
 *
 * Of a projection that is cut among ranks, a rank has the synapses onto its own neurons. These are ranges,
 * and a block may have several of them, so that a thread finds all synapses of a source and a delay in one
 * place. Its neurons then count range by range: each range begins at a multiple of IZH_TILE. */
#ifndef IZH_CORE_SYNAPSES_H
#define IZH_CORE_SYNAPSES_H

#include "core/net/comm.h"
#include "core/synapse/projection_private.h"

static const double IZH_LONGEST_DELAY = 1u << 31; /* steps */

/* Synapses begin … end - 1, with one delay, onto one block. */
typedef struct izh_segment {
  uint64_t begin, end;
  uint32_t delay; /* its number in delays */
  uint32_t block;
} izh_segment;

static inline uint64_t izh_keys(const izh_projection *p) {
  return (uint64_t)p->n_delays * p->n_blocks;
}

static inline uint64_t izh_present_words(const izh_projection *p) {
  return (p->n_delays + 63) / 64;
}

static inline uint64_t izh_segments_of(const izh_projection *p, uint32_t row) {
  return p->row_segment ? p->row_segment[row + 1] - p->row_segment[row] : izh_keys(p);
}

/* The s-th segment of a source, s < izh_segments_of. In a full table it may be empty. */
static inline izh_segment izh_segment_at(const izh_projection *p, uint32_t row, uint64_t s) {
  uint64_t key = s, first = p->row_start[row], at;
  izh_segment segment;
  if (p->row_segment) {
    at = p->row_segment[row] + s;
    key = p->segment_key[at];
    segment.end = at + 1 < p->row_segment[row + 1] ? first + p->segment_start[at + 1] : p->row_start[row + 1];
  } else {
    at = row * (izh_keys(p) + 1) + s;
    segment.end = first + p->segment_start[at + 1];
  }
  segment.begin = first + p->segment_start[at];
  segment.delay = (uint32_t)(key / p->n_blocks);
  segment.block = (uint32_t)(key % p->n_blocks);
  return segment;
}

/* The neurons of a block are numbered with 16 bits. */
enum { IZH_NEAR = 1 << 16, IZH_TILE = 64, IZH_TILES = IZH_NEAR / IZH_TILE };

/* The target of synapse k, in a segment of the given block. */
static inline uint32_t izh_target(const izh_projection *p, uint64_t k, uint32_t block) {
  if (p->target) return p->target[k];
  uint32_t near = p->tied ? p->tied[k].near : p->near[k];
  return near + (p->shift ? p->shift[(uint64_t)block * IZH_TILES + near / IZH_TILE] : p->block_first[block]);
}

/* The number of a neuron in its block. *reach: 0 at first; where the last one was found. */
static inline uint16_t izh_near(const izh_projection *p, uint32_t neuron, uint32_t block, uint32_t *reach) {
  if (!p->shift) return (uint16_t)(neuron - p->block_first[block]);
  if (neuron < p->reaches[*reach].first) *reach = 0;
  while (*reach + 1 < p->n_reaches && neuron >= p->reaches[*reach + 1].first) ++*reach;
  return (uint16_t)(neuron - p->reaches[*reach].shift);
}

/* Whether all synapses have the weight weight_one. */
static inline bool izh_one_weight(const izh_projection *p) {
  return !p->tied && !p->weight_single && !p->weight_double;
}

/* The weight of synapse k, before the gain. */
static inline double izh_base_weight(const izh_projection *p, uint64_t k) {
  return p->tied            ? (double)p->tied[k].weight
         : p->weight_single ? (double)p->weight_single[k]
         : p->weight_double ? p->weight_double[k]
                            : p->weight_one;
}

/* A delay in steps. */
static inline uint32_t izh_delay_round(double ms, double dt_ms) {
  return (uint32_t)(ms / dt_ms + 0.5);
}
/* The same; IZH_RANGE when it is negative or too long. */
izh_status izh_delay_steps(const izh_net *net, double ms, uint32_t *steps, izh_err *err);

/* How many synapses there are, with those of other ranks. */
static inline uint64_t izh_synapses_n(const izh_projection *p) {
  return p->cut ? p->n_all : p->n;
}

/* The longest delay in steps, of all ranks; 0 when there are no synapses. */
static inline uint32_t izh_longest_delay(const izh_projection *p) {
  return p->cut ? p->most_delay : p->n_delays > 0 ? p->delays[p->n_delays - 1] : 0;
}

/* Makes the synapses of a projection whose name, pre and position are set: those onto the wanted targets of
 * the wiring. *fault: where an error was found. */
izh_status izh_synapses_make(izh_net *net, izh_projection *p, const izh_projection_def *def,
                             const izh_wiring *wiring, izh_fault *fault, izh_err *err);
/* Checks n weights. IZH_RANGE when one is not finite; for drawn weights see izh_dist_check. */
izh_status izh_weights_check(const izh_values *weight, uint64_t n, izh_err *err);
/* Puts n drawn weights, in order of target, into single[position[0]], single[position[1]] … IZH_RANGE. */
izh_status izh_weights_put(uint32_t n, const double *drawn, const uint32_t *position, float *single,
                           izh_err *err);
/* The steps of making them. blocks.c: chooses the blocks and the form of the targets, which are in a range;
 * `segment` is the mean length of a segment, if there is one block; single: weights are in single precision.
 */
izh_status izh_blocks_choose(const izh_net *net, izh_projection *p, izh_part targets, double segment,
                             bool single, izh_err *err);
/* Makes room for so many synapses in the arrays of targets and weights that p has; false: no memory. */
bool izh_synapses_room(izh_projection *p, size_t *capacity, uint64_t want);
/* Makes the table of segments of row_segment, segment_key and segment_start, which are those of a table that
 * is not full; and gives back the memory that is not needed. */
izh_status izh_table_make(izh_projection *p, uint64_t segments, izh_err *err);
/* The bytes that the target of a synapse takes, if the targets are post. */
double izh_synapse_bytes(const izh_ids *post);
/* They as a part of the network's state; p->n is set. */
void izh_synapses_archive(izh_archive *a, const izh_net *net, izh_projection *p);

#endif
