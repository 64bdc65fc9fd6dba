/* A network of spiking neurons and its clock.
 *
 * Time is counted in steps of dt. A neuron has a global index from 0 in order of creation; users see the
 * id, which is one more. The step from t to t + dt delivers the spikes due at t, adds the stimuli,
 * integrates, and gives spikes whose time is t + dt. A spike at time t acts from t + delay on.
 *
 * A network is used by one thread at a time, several networks by as many threads at once. Inside a step a
 * network may use several threads itself (base/team.h). The numbers that come out do not depend on how many.
 */
#ifndef IZH_CORE_NET_H
#define IZH_CORE_NET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "core/net/ids.h"
#include "core/neuron/integrator.h"

typedef struct izh_net izh_net;

/* The instruction set that the inner loops are run with: the best that the processor has of "baseline",
 * "avx2", "avx512", until another is chosen, for all networks of the process. The spikes do not depend on it.
 * choose: IZH_ARGUMENT when the processor or the program does not have it. */
const char *izh_isa_name(void);
izh_status izh_isa_choose(const char *name, izh_err *err);

enum { IZH_MAX_THREADS = 1024 };

typedef struct izh_net_def {
  double dt_ms; /* 0.001 … 1 */
  izh_integrator integrator;
  double tolerance; /* of `exact`: what a truncated series may be off, in the units of v and u; 1e-15 … 1 */
  uint32_t seed;
  int threads;               /* at most so many, 1 … IZH_MAX_THREADS */
  uint32_t neurons_a_thread; /* fewer threads are used when each would own fewer neurons than this; ≥ 1 */
} izh_net_def;

/* dt 0.5 ms, izhikevich2003, tolerance 1e-11, seed 1, as many threads as processors, 4096 neurons a thread.
 */
izh_net_def izh_net_def_default(void);

/* IZH_RANGE, IZH_MEMORY. The network is the caller's, to be destroyed. */
izh_status izh_net_create(const izh_net_def *def, izh_net **net, izh_err *err);
void izh_net_destroy(izh_net *net); /* NULL is allowed */

const izh_net_def *izh_net_definition(const izh_net *net);
uint32_t izh_net_size(const izh_net *net);  /* neurons */
int64_t izh_net_now(const izh_net *net);    /* steps done */
double izh_net_time_ms(const izh_net *net); /* now, in ms */

/* The time of a step boundary. dt = 0.1 gives 0.3 for step 3, not 0.30000000000000004. */
double izh_net_ms(const izh_net *net, int64_t step);

/* The whole number of steps that a duration is. IZH_RANGE when it is not finite or not a multiple of dt: the
 * message begins with `what` and names the two nearest multiples. Negative durations are allowed. */
izh_status izh_net_steps(const izh_net *net, const char *what, double ms, int64_t *steps, izh_err *err);

/* The same of a duration of one step or more, as of a period. */
izh_status izh_net_period(const izh_net *net, const char *what, double ms, int64_t *steps, izh_err *err);

/* One step. IZH_DIVERGED when a state ceased to be finite or ran away (v < -1000 mV, v > 10^6 mV, |u| >
 * 10^6): the message has the neuron, the time and the parameters. The step is completed and counted in that
 * case; the neuron keeps its state and, when it is v that ran away, gives no spike. The run can go on once
 * its state is set; of several such neurons the first is named. IZH_MEMORY: the spikes of the step found no
 * room; the network must then not be stepped further. IZH_IO: a recording could not be stored; it has ended,
 * the step is completed, and the run can go on. */
izh_status izh_net_step(izh_net *net, izh_err *err);

/* As many steps as a duration is, a multiple of dt ≥ 0 (else IZH_RANGE). Ends after the first that fails, as
 * izh_net_step does, or with IZH_STOPPED when the user asked to stop (base/stop.h). */
izh_status izh_net_run(izh_net *net, double ms, izh_err *err);

/* The spikes with times from < t ≤ to (in steps): those of the step that ends at step boundary s are
 * index[begin[s - 1]] … index[begin[s] - 1], ascending; of one neuron by time: with `exact` it may spike more
 * than once in a step. Valid until the next step. */
typedef struct izh_spikes {
  const uint64_t *begin; /* [now + 1] */
  const uint32_t *index; /* [begin[now]] global neuron indices */
  const double *ms;      /* [begin[now]] located times, from < t ≤ to; NULL: that of the end of the step */
} izh_spikes;
izh_spikes izh_net_spikes(const izh_net *net);

/* From now on the spikes of these neurons are kept (NULL: of all, as it is from the beginning), and those of
 * others are dropped when they have been delivered. IZH_MEMORY. */
izh_status izh_net_keep_spikes(izh_net *net, const izh_ids *ids, izh_err *err);

/* Whether all spikes of the neurons are kept in the steps begin … end - 1; else the first that are not. */
typedef struct izh_missing {
  uint32_t neuron;
  int64_t from, to; /* steps from … to - 1 */
} izh_missing;
bool izh_net_kept(const izh_net *net, const izh_ids *ids, int64_t begin, int64_t end, izh_missing *missing);

/* The input of the last step done, in three parts; 0 before the first step of a neuron. Input is
 * ext + exc + inh, added in that order. Valid until neurons are added. */
typedef struct izh_currents {
  const double *ext; /* [size] of stimuli */
  const double *exc; /* [size] of synapses whose weight is positive */
  const double *inh; /* [size] of synapses whose weight is negative: ≤ 0 */
} izh_currents;
izh_currents izh_net_currents(const izh_net *net);

#endif
