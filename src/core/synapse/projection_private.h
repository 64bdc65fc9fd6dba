/* The inside of a projection. synapses.h says how its synapses lie in memory. Private to the core. */
#ifndef IZH_CORE_PROJECTION_PRIVATE_H
#define IZH_CORE_PROJECTION_PRIVATE_H

#include "core/net/net_private.h"
#include "core/synapse/channel.h"
#include "core/synapse/projection.h"

/* A target in a block and its weight, side by side: a spike finds both with one look into memory. */
typedef struct __attribute__((packed)) izh_tied {
  uint16_t near;
  float weight;
} izh_tied;

/* The neurons from `first` on, up to the next range, have the number neuron - shift in their block. */
typedef struct izh_reach {
  uint32_t first, shift;
} izh_reach;

struct izh_projection {
  char *name;
  izh_ids pre;        /* its list, if any, is owned */
  uint32_t *position; /* the table of izh_ids_positions for pre */
  izh_rule_kind rule;
  uint64_t n;
  /* It is cut among ranks: it has the synapses onto this rank's neurons, and these are the numbers of all. */
  bool cut;
  uint64_t n_all;
  uint32_t least_delay, most_delay; /* in steps */
  izh_part targets;                 /* the range of all targets */
  uint32_t n_blocks, *block_first;  /* [n_blocks + 1] global indices; see synapses.h */
  uint32_t *shift; /* [n_blocks][IZH_TILES] a neuron minus its number in the block; NULL: it is block_first */
  izh_reach *reaches; /* [n_reaches] ascending; NULL if shift is */
  uint32_t n_reaches;
  uint64_t *row_start;   /* [pre.size + 1] */
  uint64_t *row_segment; /* [pre.size + 1]; NULL: the table is full */
  uint32_t *segment_key; /* [segments] ascending in a row; NULL: the table is full */
  uint64_t *present; /* [pre.size][izh_present_words] which delays a source has, a bit for each; or NULL */
  uint32_t
      *segment_start; /* [segments], full table: [pre.size][keys + 1]; counted from the start of the row */
  /* Targets, ascending in a segment: one of these three, the others are NULL. near: the number in the block.
   * target: as global indices. tied: as near, with drawn weights */
  uint16_t *near;        /* [n] */
  uint32_t *target;      /* [n] */
  izh_tied *tied;        /* [n] */
  float *weight_single;  /* [n] drawn weights that are not tied, or NULL */
  double *weight_double; /* [n] given weights, or NULL; no weights at all: every weight is weight_one */
  double weight_one;
  bool distinct;    /* a pair has at most one synapse */
  bool has[2];      /* whether it has weights of each sign, before the gain */
  double gain;      /* all weights are multiplied by it: see izh_projection_scale */
  uint32_t *delays; /* [n_delays] distinct delays in steps, ascending */
  uint32_t n_delays;
  uint32_t channel; /* index of its channel */
  int64_t born;     /* spikes of earlier steps do not travel on it */
  uint32_t draws;   /* generation of the next random weights */
  uint64_t changes; /* how often weights were set or scaled */
  uint32_t notes;   /* of izh_notes */
  bool enabled;
  struct izh_unstored *unstored; /* NULL: the synapses are stored. Else target and weight_single have rows
                                    that are drawn: see unstored.h */
  struct izh_stp_state *stp;     /* NULL: there is no short-term plasticity; see stp_private.h */
};

double izh_projection_bytes(const izh_projection *projection);
void izh_projection_free(izh_projection *projection);
/* Writes the weights that this process has, in order of the walk, to out[0], out[stride], out[2 stride] … */
void izh_projection_sample(const izh_projection *projection, double *out, size_t stride);
/* The same for those of all ranks, which do it together. IZH_MEMORY. */
izh_status izh_projection_sample_all(const izh_net *net, uint32_t projection, double *out, size_t stride,
                                     izh_err *err);
void izh_projections_archive(izh_archive *a, izh_net *net);

#endif
