/* Projections: the synapses made by one call of connect. */
#ifndef IZH_CORE_PROJECTION_H
#define IZH_CORE_PROJECTION_H

#include "core/random/random.h"
#include "core/synapse/kernel.h"
#include "core/synapse/wiring.h"

/* A number for each synapse: one for all, drawn, or given. */
typedef struct izh_values {
  enum { IZH_VALUES_ONE, IZH_VALUES_DRAWN, IZH_VALUES_GIVEN } kind;
  double one;
  izh_dist drawn;
  const double *given; /* [synapses]; see the function for the order */
} izh_values;

/* What its pairs said and is not so as they said it, for those who print it. */
enum izh_notes {
  IZH_NOTE_COUNTED = 1, /* weights were multiplied by how many synapses each stands for */
  IZH_NOTE_WEIGHTS = 2, /* weights came with the pairs, and others were given */
  IZH_NOTE_DELAYS = 4,
  IZH_NOTE_FILE = 8, /* the pairs came from a file */
  IZH_NOTES = 16
};

typedef struct izh_projection_def {
  const char *name; /* not empty, not taken */
  izh_ids pre, post;
  izh_rule rule;
  izh_values weight; /* finite; drawn ones are rounded to single precision */
  izh_values delay; /* ms ≥ 0: one must be a multiple of dt; drawn and given ones are rounded to the grid */
  izh_kernel kernel; /* what a spike does on arrival */
  uint32_t notes;    /* of izh_notes */
} izh_projection_def;

/* All to all, one weight of 0, no delay, a pulse of 1 ms; no name and no neurons. */
izh_projection_def izh_projection_def_default(void);

/* Adds a projection. Given weights and delays are in order of source position, then target index.
 * *index is the projection's number. IZH_ARGUMENT, IZH_RANGE, IZH_SIZE (names the projection), IZH_MEMORY,
 * IZH_STOPPED; the network is unchanged on failure. */
izh_status izh_net_connect(izh_net *net, const izh_projection_def *def, uint32_t *index, izh_err *err);

/* The same in steps, for a caller that looks at the wiring before it gives weights or delays: check →
 * izh_wiring_make with the key → izh_wiring_keep, when weights or delays are given → add. */
izh_status izh_projection_check(izh_net *net, const izh_projection_def *def, izh_key *key, izh_err *err);
/* Of the name alone: for a caller that lets others act between check and add. */
izh_status izh_projection_name_check(const izh_net *net, const char *name, izh_err *err);
izh_status izh_projection_add(izh_net *net, const izh_projection_def *def, const izh_wiring *wiring,
                              uint32_t *index, izh_err *err);

typedef struct izh_projection_info {
  const char *name;
  izh_rule_kind rule;
  uint64_t size; /* synapses */
  uint32_t n_pre;
  izh_kernel kernel;
  double delay_min_ms, delay_max_ms; /* 0 when there are no synapses */
  bool enabled;
  uint32_t notes; /* of izh_notes; those of weights end when the weights are set */
} izh_projection_info;

uint32_t izh_projection_count(const izh_net *net);
izh_projection_info izh_projection_describe(const izh_net *net, uint32_t projection);

/* A walk over the synapses, by source position, delay, target: the order of get and set. Begin with an
 * izh_synapse of zeros; false after the last. Weights are read anew at each call. */
typedef struct izh_synapse {
  uint64_t next, row, segment; /* where the walk is */
  uint32_t pre, post;          /* global indices */
  double weight, delay_ms;
} izh_synapse;
bool izh_projection_next(const izh_net *net, uint32_t projection, izh_synapse *synapse);

void izh_projection_weights(const izh_net *net, uint32_t projection, double *weight /* [size] */);
void izh_projection_delays(const izh_net *net, uint32_t projection, double *delay_ms /* [size] */);

/* Multiplies every weight, for all spikes that arrive from now on. IZH_RANGE when factor is not finite. */
izh_status izh_projection_scale(izh_net *net, uint32_t projection, double factor, izh_err *err);
/* Replaces every weight; given ones in the order of the walk. */
izh_status izh_projection_set_weights(izh_net *net, uint32_t projection, const izh_values *weight,
                                      izh_err *err);
/* A disabled projection delivers nothing; spikes on the way arrive if it is enabled again before they are
 * due. */
void izh_projection_enable(izh_net *net, uint32_t projection, bool enabled);

/* +1 when all synapses of a population's neurons are ≥ 0 (and one is not 0), -1 when all are ≤ 0, 0 when they
 * are mixed or there are none. Weights that were scaled to 0 keep the sign they had. */
int izh_projections_sign(const izh_net *net, uint32_t population);

#endif
