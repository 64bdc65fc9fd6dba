/* Projections: the synapses made by one call of connect. */
#ifndef IZH_CORE_PROJECTION_H
#define IZH_CORE_PROJECTION_H

#include "core/random/random.h"
#include "core/synapse/kernel.h"
#include "core/synapse/stp.h"
#include "core/synapse/wiring.h"

/* A number for each synapse: the same for all, drawn, or given. */
typedef struct izh_values {
  enum { IZH_VALUES_ONE, IZH_VALUES_DRAWN, IZH_VALUES_GIVEN } kind;
  double one;
  izh_dist drawn;
  const double *given; /* [synapses]; the functions below say in which order */
  bool own;            /* they are given for those alone that this process has: see izh_projection_read */
} izh_values;

/* Notes: where a projection differs from what its pairs said. Printing it shows them. */
enum izh_notes {
  IZH_NOTE_COUNTED = 1, /* each weight was multiplied by the number of synapses that it stands for */
  IZH_NOTE_WEIGHTS = 2, /* the pairs had weights, but others were given */
  IZH_NOTE_DELAYS = 4,  /* the pairs had delays, but others were given */
  IZH_NOTE_FILE = 8,    /* the pairs came from a file */
  IZH_NOTES = 16
};

typedef struct izh_projection_def {
  const char *name; /* not empty, not taken */
  izh_ids pre, post;
  izh_rule rule;
  izh_values weight; /* finite, ≥ 0 if it is a conductance; drawn weights are rounded to single precision */
  izh_values delay;  /* ms ≥ 0; one for all must be a multiple of dt; others are rounded to a multiple */
  izh_kernel kernel; /* what a spike does on arrival */
  izh_stp stp;       /* short-term plasticity */
  /* The synapses are drawn again whenever a spike needs them, with the same bits. Only for rules that find
   * each row by itself (izh_rule_info), and weights and delays that are one or drawn: else IZH_ARGUMENT. */
  bool unstored;
  uint32_t notes; /* of izh_notes */
} izh_projection_def;

/* all_to_all, weight 0, no delay, a pulse of 1 ms; no name and no neurons. */
izh_projection_def izh_projection_def_default(void);

/* Adds a projection. Given weights and delays are in order of source position, then target index. *index is
 * the number of the projection, from 0. IZH_ARGUMENT, IZH_RANGE, IZH_SIZE (the message names the projection),
 * IZH_MEMORY, IZH_STOPPED. The network is unchanged on failure. */
izh_status izh_net_connect(izh_net *net, const izh_projection_def *def, uint32_t *index, izh_err *err);

/* The same one call at a time, for a caller that looks at the wiring before it gives weights or delays:
 * izh_projection_check; izh_projection_wire with the key, which keeps the rows if weights or delays are
 * given; izh_projection_add. */
izh_status izh_projection_check(izh_net *net, const izh_projection_def *def, izh_key *key, izh_err *err);
/* Checks only the name, for a caller that lets others act between check and add. */
izh_status izh_projection_name_check(const izh_net *net, const char *name, izh_err *err);
izh_status izh_projection_wire(const izh_net *net, const izh_projection_def *def, izh_key key,
                               izh_wiring **wiring, izh_err *err);
izh_status izh_projection_add(izh_net *net, const izh_projection_def *def, const izh_wiring *wiring,
                              uint32_t *index, izh_err *err);

typedef struct izh_projection_info {
  const char *name;
  izh_rule_kind rule;
  uint64_t size; /* synapses */
  uint64_t own;  /* of these, how many this process has */
  uint32_t n_pre;
  izh_kernel kernel;
  double delay_min_ms, delay_max_ms; /* 0 when there are no synapses */
  bool enabled, unstored;
  bool cut;       /* this process has a share of the synapses: see izh_projection_read */
  uint32_t notes; /* of izh_notes; setting weights removes the notes on weights */
} izh_projection_info;

uint32_t izh_projection_count(const izh_net *net);
izh_projection_info izh_projection_describe(const izh_net *net, uint32_t projection);

/* Walks over the synapses, in order of source position, delay, target: the order of all functions below.
 * Begin with an izh_synapse of zeros; false after the last synapse. Each call reads the present weight. */
typedef struct izh_synapse {
  uint64_t next, segment, within; /* the position of the walk */
  uint32_t row;
  uint32_t pre, post; /* global indices */
  double weight, delay_ms;
  int sign; /* 1: it excites its target; -1: it inhibits it; 0: its weight is 0, but not by scaling */
} izh_synapse;
bool izh_projection_next(const izh_net *net, uint32_t projection, izh_synapse *synapse);

void izh_projection_weights(const izh_net *net, uint32_t projection, double *weight /* [size] */);
void izh_projection_delays(const izh_net *net, uint32_t projection, double *delay_ms /* [size] */);

/* These three know the synapses that this process has. If a projection is cut among ranks, that is its share
 * of them, and all are read some at a time, by all ranks together, in the same order. */
typedef struct izh_piece {
  uint32_t row, end; /* it has the synapses of the sources from number row to end - 1 */
  uint64_t n;
  uint32_t *pre, *post;      /* [n] global indices */
  double *weight, *delay_ms; /* [n] */
  size_t capacity;           /* of these four */
  uint64_t changes;          /* of its weights, see izh_projection_changes */
  izh_synapse walk;          /* where a projection that is not cut is read on */
} izh_piece;

/* Reads the next synapses; a piece begins as zeros, and has none after the last ones. Of a projection that is
 * cut among ranks it reads those of the sources from number `end` on. IZH_ARGUMENT if this process is none of
 * the ranks; IZH_MEMORY. Fails on all ranks or on none. */
izh_status izh_projection_read(const izh_net *net, uint32_t projection, izh_piece *piece, izh_err *err);
void izh_piece_free(izh_piece *piece);
/* How often weights have been set or scaled. */
uint64_t izh_projection_changes(const izh_net *net, uint32_t projection);

/* The unit of the weights of a projection whose weights are conductances; NULL: that of its targets differs.
 */
const char *izh_conductance_unit(const izh_net *net, uint32_t projection);
/* 1: a conductance with this reversal potential excites the neuron; -1: it inhibits it. */
int izh_conductance_sign(const izh_net *net, double reversal, uint32_t neuron);

/* The short-term plasticity; U 0: there is none. */
izh_stp izh_projection_stp(const izh_net *net, uint32_t projection);
/* Of a projection that has it, u and x of each source, [n_pre] each, as a spike would find them now. */
void izh_projection_resources(const izh_net *net, uint32_t projection, double *u, double *x);
/* From now on x of each source is 1; false: there is no short-term plasticity. */
bool izh_projection_hold_resources(izh_net *net, uint32_t projection);

/* Multiplies every weight. This holds for all spikes that arrive from now on. IZH_RANGE when the factor, or
 * what the weights have been scaled by in all, is not finite. */
izh_status izh_projection_scale(izh_net *net, uint32_t projection, double factor, izh_err *err);
/* Replaces every weight, and undoes scaling. Given weights are in the order of the walk; synapses that are
 * not stored cannot have them: IZH_ARGUMENT. */
izh_status izh_projection_set_weights(izh_net *net, uint32_t projection, const izh_values *weight,
                                      izh_err *err);
/* A disabled projection delivers nothing. Spikes on their way arrive if it is enabled again before they are
 * due.
 */
void izh_projection_enable(izh_net *net, uint32_t projection, bool enabled);

/* What is on its way is lost: spikes that have not arrived, and the currents of those that have. Resources of
 * short-term plasticity are full. */
void izh_projections_forget(izh_net *net);

/* Whether the outgoing synapses of a population excite (+1) or inhibit (-1); 0: both, or there are none but
 * of weight 0. */
int izh_projections_sign(const izh_net *net, uint32_t population);

#endif
