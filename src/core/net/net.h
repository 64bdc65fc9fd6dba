/* A network of spiking neurons and its clock.
 *
 * Time is counted in steps of dt. A neuron has a global index, from 0 in order of creation. Users see its id,
 * which is the index + 1. The step from t to t + dt delivers the spikes due at t, adds the stimuli,
 * integrates, and gives spikes whose time is t + dt. A spike at time t acts from t + delay on.
 *
 * Only one thread may use a network at a time; several threads may each use a network of their own. Inside a
 * step a network may use several threads itself (base/team.h). The results do not depend on how many. */
#ifndef IZH_CORE_NET_H
#define IZH_CORE_NET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "core/net/ids.h"
#include "core/neuron/integrator.h"

typedef struct izh_net izh_net;

/* The instruction set of the inner loops: "baseline", "avx2" or "avx512". It is the best that the processor
 * has, until another is chosen, and holds for all networks of the process. The spikes do not depend on it.
 * izh_isa_choose: IZH_ARGUMENT when the processor or the program does not have it. */
const char *izh_isa_name(void);
izh_status izh_isa_choose(const char *name, izh_err *err);

enum { IZH_MAX_THREADS = 1024 };

typedef struct izh_net_def {
  double dt_ms; /* 0.001 … 1 */
  izh_integrator integrator;
  double tolerance; /* of `exact`: largest error of a truncated series, in the units of v and u; 1e-15 … 1 */
  uint32_t seed;
  int threads;               /* at most so many threads, 1 … IZH_MAX_THREADS */
  uint32_t neurons_a_thread; /* each thread owns so many neurons, or more; so there may be fewer threads. 0:
                                the network does its steps with several threads while that is faster */
} izh_net_def;

/* dt 0.5 ms, izhikevich2003, tolerance 1e-11, seed 1, as many threads as there are processors, while
 * that is faster. */
izh_net_def izh_net_def_default(void);

/* IZH_RANGE, IZH_MEMORY. The caller owns the network and destroys it. */
izh_status izh_net_create(const izh_net_def *def, izh_net **net, izh_err *err);
void izh_net_destroy(izh_net *net); /* NULL is allowed */

const izh_net_def *izh_net_definition(const izh_net *net);
uint32_t izh_net_size(const izh_net *net); /* neurons */
bool izh_net_is_cut(const izh_net *net);   /* this process has a share of it, and other ranks have the rest */
int64_t izh_net_now(const izh_net *net);   /* steps done */
double izh_net_time_ms(const izh_net *net); /* now, in ms */

/* The time of a step boundary. dt = 0.1 gives 0.3 for step 3, not 0.30000000000000004. */
double izh_net_ms(const izh_net *net, int64_t step);

/* A duration as a whole number of steps. IZH_RANGE when it is not finite or not a multiple of dt; the message
 * begins with `what` and names the two nearest multiples. Negative durations are allowed. */
izh_status izh_net_steps(const izh_net *net, const char *what, double ms, int64_t *steps, izh_err *err);

/* The same for a period: at least one step. */
izh_status izh_net_period(const izh_net *net, const char *what, double ms, int64_t *steps, izh_err *err);

/* Does one step. It can fail in these ways:
 * - IZH_DIVERGED: the state of a neuron is no longer finite, or ran away (v < -1000 mV, v > 10^6 mV, |u| >
 *   10^6). The message has the neuron, the time and the parameters; of several such neurons it names the
 * first. The step is completed and counted. The neuron keeps its state; if v ran away, it gives no spike. The
 * run can go on once its state is set.
 * - IZH_MEMORY: there was no memory for the spikes of the step. The network must not be stepped any more.
 * - IZH_IO: a recording could not be stored, and has ended. The step is completed, and the run can go on. */
izh_status izh_net_step(izh_net *net, izh_err *err);

/* Steps the network for a duration, a multiple of dt ≥ 0 (else IZH_RANGE). Ends at the first step that fails,
 * with its status, or with IZH_STOPPED when the user wants to stop (base/stop.h). */
izh_status izh_net_run(izh_net *net, double ms, izh_err *err);

/* The spikes so far. The step that ends at step boundary s gave the spikes begin[s - 1] ≤ k < begin[s], in
 * ascending order of index[k]. With `exact` a neuron may spike several times in a step; these spikes are in
 * order of time. Valid until the next step. */
typedef struct izh_spikes {
  const uint64_t *begin; /* [now + 1] */
  const uint32_t *index; /* [begin[now]] global neuron indices */
  const double *ms; /* [begin[now]] located times; NULL: each spike has the time of the end of its step */
} izh_spikes;
izh_spikes izh_net_spikes(const izh_net *net);

/* From now on only the spikes of these neurons are kept; those of the others are dropped after their
 * delivery. ids NULL: the spikes of all neurons are kept, as at the beginning. IZH_MEMORY. */
izh_status izh_net_keep_spikes(izh_net *net, const izh_ids *ids, izh_err *err);

/* Whether all spikes of the neurons in the steps begin … end - 1 are kept. If not, *missing tells the first
 * gap. */
typedef struct izh_missing {
  uint32_t neuron;
  int64_t from, to; /* the steps from … to - 1 */
} izh_missing;
bool izh_net_kept(const izh_net *net, const izh_ids *ids, int64_t begin, int64_t end, izh_missing *missing);

/* The input of the last step that was done, as three currents; 0 before the first step of a neuron. The input
 * is ext + exc + inh, added in that order. Valid until neurons are added. */
typedef struct izh_currents {
  const double *ext; /* [size] the current of stimuli */
  /* [size] the current of synapses with a positive weight; and of conductances, at the v with which the step
   * began, if their reversal potential is at or above the threshold of the neuron */
  const double *exc;
  /* [size] of synapses with a negative weight; and of other conductances, which may be > 0 below their
   * reversal potential */
  const double *inh;
  const double
      *jump; /* [size] how far delta synapses made v jump before the step; NULL: nothing makes v jump */
} izh_currents;
izh_currents izh_net_currents(const izh_net *net);

#endif
