/* Where the time of a run goes. Some steps are timed (base/sampler.h): one of 16, or of 64 when the network
 * is so small that reading the clock would count. What is counted is counted in every step. None of it can
 * reach a spike. */
#ifndef IZH_CORE_PROFILE_H
#define IZH_CORE_PROFILE_H

#include "core/net/net.h"

/* With several threads, it is the time of the one that called; what it waits for the others is a phase. */
typedef enum izh_phase {
  IZH_PHASE_DELIVERY,  /* weights of the spikes that arrive, to the sums of their targets */
  IZH_PHASE_CURRENTS,  /* synaptic currents of these sums, and the sum of all currents */
  IZH_PHASE_NOISE,     /* drawn, and added */
  IZH_PHASE_STIMULI,   /* all other stimuli */
  IZH_PHASE_UPDATE,    /* the equations, thresholds, clamps */
  IZH_PHASE_THREADS,   /* beginning the others, and waiting for them */
  IZH_PHASE_EXCHANGE,  /* of the spikes */
  IZH_PHASE_RECORDING, /* of variables and weights */
  IZH_PHASE_OTHER,
  IZH_PHASE_COUNT
} izh_phase;

/* "delivery" … "other", in this order; that of THREADS is "waiting". */
const char *izh_phase_name(izh_phase phase);

typedef struct izh_profile {
  uint64_t steps, timed;      /* done; those of them whose phases were timed */
  uint64_t updates;           /* of a neuron for a step */
  uint64_t spikes;            /* given */
  uint64_t events;            /* spikes that arrived, each counted at each of its synapses */
  double ns[IZH_PHASE_COUNT]; /* of all steps, by what the timed ones took */
  int threads;                /* the most that a step was divided among */
} izh_profile;

/* From now on the profile is that of what follows. */
void izh_net_profile_begin(izh_net *net);
izh_profile izh_net_profile(const izh_net *net);

/* Memory in bytes. */
typedef struct izh_net_memory {
  double neurons; /* state, parameters and currents, with the sums of what arrives; and random streams */
  double spikes;  /* those that are kept, with the room to keep more */
  double stimuli;
  double recordings; /* what is in files does not count */
} izh_net_memory;
izh_net_memory izh_net_memory_of(const izh_net *net);
double izh_projection_memory(const izh_net *net, uint32_t projection);

#endif
