/* The inside of a network, for the files of core only. */
#ifndef IZH_CORE_NET_PRIVATE_H
#define IZH_CORE_NET_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/net/archive.h"
#include "core/net/net.h"
#include "core/net/part.h"
#include "core/net/repeat.h"
#include "core/net/tempo.h"
#include "core/net/timing.h"
#include "core/neuron/population_private.h"
#include "core/neuron/stray_private.h"
#include "core/random/stream_private.h"
#include "core/record/record_private.h"

typedef struct izh_projection izh_projection; /* see projection_private.h */
typedef struct izh_channel izh_channel;       /* see channel.h */
typedef struct izh_stimulus izh_stimulus;     /* see stimulus_private.h */

/* What is given to neurons: see repeat.h. */
typedef struct izh_given {
  double *jump, *g; /* [size] or NULL */
  double reversal;
  uint32_t size; /* of the network then */
} izh_given;

struct izh_net {
  izh_net_def def;
  int64_t steps_a_ms; /* 1 / dt when that is a whole number, else 0 */
  int64_t now;
  uint32_t size;
  bool failed;    /* there was no memory for the spikes of a step */
  uint32_t trial; /* see izh_net_reseed */

  izh_population *populations;
  izh_projection *projections;
  izh_stimulus *stimuli;
  izh_channel *channels;
  izh_recording *recordings;
  size_t n_populations, n_projections, n_stimuli, n_channels, n_recordings;
  size_t cap_populations, cap_projections, cap_stimuli, cap_channels, cap_recordings;

  double *ext, *exc, *inh; /* [size] the currents of the present step: see izh_currents */
  double *leak;            /* [size] see izh_neurons; NULL: there are no conductances (conductance.h) */
  double *conductance;     /* [size] scratch; NULL if leak is */
  bool watches;            /* conductances are kept: see repeat.h */
  double *watched[IZH_CONDUCTANCES]; /* [size] if watches and leak; else NULL */
  double *jump;      /* [size] how far v jumps before the step is integrated; unused while !jumps */
  bool holds;        /* there are or were held neurons */
  bool has_sources;  /* there is a population of sources */
  bool jumps;        /* there is or was a projection or stimulus that makes v jump */
  uint32_t *fired;   /* [size] scratch: each part of the network writes from its first neuron on */
  uint32_t *strayed; /* [size] scratch, the same */
  izh_stray_marks strays;
  izh_fired *located; /* [IZH_MAX_THREADS] one for each part, if spikes are located in the step; else NULL */

  izh_given given;
  size_t n_cut;      /* populations that are cut among ranks: see comm.h */
  izh_fired shared;  /* the spikes and strays of all ranks in this step, if there are such populations */
  uint64_t *brought; /* what this rank brings to them */
  size_t cap_brought;
  izh_fired sourced; /* the spikes that sources give in this step */

  uint64_t *spike_begin; /* see izh_spikes */
  uint32_t *spike_index;
  double *spike_ms; /* NULL unless spikes are located */
  size_t cap_spike_begin, cap_spike_index, cap_spike_ms;
  izh_kept *kept;  /* [n_kept] see kept.c; n_kept 0: all spikes are kept */
  int64_t dropped; /* spikes of earlier steps that are not to be kept have been dropped */
  size_t n_kept, cap_kept;

  izh_timing timing;
  izh_tempo tempo;

  izh_stream_name *streams; /* [cap_streams] a hash table with open addressing */
  size_t n_streams, cap_streams;
};

/* step.c: writes the parts of the network that threads own into parts[IZH_MAX_THREADS], when several threads
 * do a step; returns how many. Their borders are multiples of 64, unless neurons_a_thread is 1 … 127. Of a
 * network that is cut among ranks (comm.h), some parts are those of others. threads (may be NULL): [n] the
 * thread of each part. */
int izh_parts_make(const izh_net *net, izh_part *parts, int *threads);

/* repeat.c: adds what is given to the neurons of a part, after all stimuli. */
void izh_given_add(const izh_net *net, izh_part part);
void izh_given_free(izh_given *given);
void izh_given_archive(izh_archive *a, izh_given *given);

/* The input of a neuron in the last step. */
static inline double izh_net_input(const izh_net *net, uint32_t neuron) {
  return net->ext[neuron] + net->exc[neuron] + net->inh[neuron];
}

/* IZH_ARGUMENT when a name is empty, or already taken by one of n items. An item has `size` bytes, and its
 * first member is its name. what: "population". */
izh_status izh_name_check(const char *what, const char *name, const void *items, size_t n, size_t size,
                          izh_err *err);

/* net.c: checks the definition and makes a network that has no arrays yet. */
izh_status izh_net_begin(const izh_net_def *def, izh_net **net, izh_err *err);

/* comm.c: collects the spikes of all parts in the step that ends now. fired[n_parts]: one for each part, in
 * order of neuron. */
izh_status izh_comm_exchange(izh_net *net, const izh_fired *fired, int n_parts, izh_err *err);

#endif
