/* What Poisson sources and spike trains share: spikes from outside, which act through filters of their own.
 * Private to the core. */
#ifndef IZH_CORE_SPIKE_INPUT_H
#define IZH_CORE_SPIKE_INPUT_H

#include "core/stimulus/stimulus_private.h"
#include "core/synapse/filter.h"

/* The first member of the state of such a stimulus. */
typedef struct izh_spike_input {
  double weight; /* of the spikes that arrive from now on */
  izh_kernel kernel;
  izh_filter filter; /* of the positions: see stimulus_private.h */
  double *current;   /* [target.size] in the last step */
  double *g;         /* [target.size] the conductances in the last step; NULL: it has none */
  bool silent;       /* it was stopped, and its currents have been set to 0 */
} izh_spike_input;

void izh_spike_input_fit(double weight, const izh_kernel *kernel, izh_spike_input *input);
/* Checks what a spike does. IZH_RANGE. */
izh_status izh_spike_input_check(const izh_net *net, double weight, const izh_kernel *kernel, izh_err *err);
izh_status izh_spike_input_make(izh_net *net, izh_stimulus *stimulus, izh_err *err);
int izh_spike_input_blocks(izh_spike_input *input, void **blocks); /* see izh_stimulus_type */
void izh_spike_input_archive(izh_archive *a, izh_net *net, izh_stimulus *stimulus);

/* Begins a step; false if the stimulus is stopped. */
bool izh_spike_input_prepare(izh_net *net, izh_stimulus *stimulus);
/* Returns where to add the weights of the spikes that arrive at the positions k.begin … k.end - 1. */
double *izh_spike_input_begin(const izh_net *net, const izh_stimulus *stimulus, izh_part k);
/* Then adds the current of these positions to net->ext, or their jumps to net->jump. */
void izh_spike_input_end(const izh_net *net, const izh_stimulus *stimulus, izh_part k);
double izh_spike_input_current(const izh_stimulus *stimulus, uint32_t position); /* see izh_stimulus_type */

/* Descriptions of the weight and the synapse, for a kind of stimulus. */
#define IZH_WEIGHT                                                                                           \
  { "weight", "", .help = "weight of a spike, as of a synapse", .required = true }
#define IZH_KERNEL_ROW(kind)                                                                                 \
  {                                                                                                          \
    .is = {"synapse", "", .help = "what a spike does, as for a projection"}, .form = IZH_FORM_KERNEL,        \
    .at = IZH_AT(kind.kernel), .fixed = true                                                                 \
  }

#endif
