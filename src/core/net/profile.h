/* Where the time of a run goes. Some steps are timed (base/sampler.h): about one in 16, or one in 64 when the
 * network is so small that reading the clock takes a noticeable time. The counts are of all steps. None of
 * this can change a spike. */
#ifndef IZH_CORE_PROFILE_H
#define IZH_CORE_PROFILE_H

#include "core/net/net.h"

/* With several threads, these are the phases of the calling thread; one of them is waiting for the others.
 * Waiting for slower ranks is counted as that, too. */
typedef enum izh_phase {
  IZH_PHASE_DELIVERY,  /* adding the weights of arriving spikes to the sums of their targets */
  IZH_PHASE_CURRENTS,  /* the synaptic currents of these sums, and the sum of all currents */
  IZH_PHASE_NOISE,     /* drawing noise and adding it */
  IZH_PHASE_STIMULI,   /* all other stimuli */
  IZH_PHASE_UPDATE,    /* the equations, thresholds, clamps */
  IZH_PHASE_THREADS,   /* starting the other threads and waiting for them, and for slower ranks */
  IZH_PHASE_EXCHANGE,  /* the exchange of spikes */
  IZH_PHASE_RECORDING, /* recording of variables and weights */
  IZH_PHASE_OTHER,
  IZH_PHASE_COUNT
} izh_phase;

/* "delivery" … "other"; IZH_PHASE_THREADS is "waiting". */
const char *izh_phase_name(izh_phase phase);

typedef struct izh_profile {
  uint64_t steps, timed;      /* how many steps were done; how many of them were timed */
  uint64_t updates;           /* one for each neuron in each step */
  uint64_t spikes;            /* that neurons gave */
  uint64_t exchanged;         /* bytes that ranks brought to the exchanges of steps, together */
  uint64_t events;            /* synaptic events: a spike that arrives counts once at each of its synapses */
  double ns[IZH_PHASE_COUNT]; /* of all steps, estimated from the timed ones */
  int threads;                /* the most threads that a step used */
} izh_profile;

/* Begins a new profile: it covers what follows. */
void izh_net_profile_begin(izh_net *net);
izh_profile izh_net_profile(const izh_net *net);

/* Memory in bytes. */
typedef struct izh_net_memory {
  double neurons; /* state, parameters, currents, sums of what arrives; and the random streams */
  double spikes;  /* kept spikes, and the room for more */
  double stimuli;
  double recordings; /* without what is in files */
} izh_net_memory;
izh_net_memory izh_net_memory_of(const izh_net *net);
double izh_projection_memory(const izh_net *net, uint32_t projection);

#endif
