/* Spikes from outside that act through synapses of their own: what Poisson sources and spike trains share.
 * Private to the core. */
#ifndef IZH_CORE_SPIKE_INPUT_H
#define IZH_CORE_SPIKE_INPUT_H

#include "core/stimulus/stimulus_private.h"
#include "core/synapse/filter.h"

/* The state of such a kind begins with it. */
typedef struct izh_spike_input {
  double weight; /* of what arrives from now on */
  izh_kernel kernel;
  izh_filter filter; /* its neurons are the positions */
  double *current;   /* [target.size] of the last step */
  bool silent;       /* it was stopped, and its currents are 0 */
} izh_spike_input;

void izh_spike_input_fit(double weight, const izh_kernel *kernel, izh_spike_input *input);
izh_status izh_spike_input_make(const izh_net *net, izh_stimulus *stimulus, izh_err *err);
int izh_spike_input_blocks(izh_spike_input *input, void **blocks); /* those that it owns; how many */
void izh_spike_input_archive(izh_archive *a, izh_net *net, izh_stimulus *stimulus);

/* A step begins: false for one that is stopped. */
bool izh_spike_input_prepare(izh_net *net, izh_stimulus *stimulus);
/* Where the weights of the spikes that arrive at positions begin ≤ k < end are to be added; then: */
double *izh_spike_input_begin(const izh_net *net, const izh_stimulus *stimulus, izh_part k);
/* adds their current to net->ext, or their jumps. */
void izh_spike_input_end(const izh_net *net, const izh_stimulus *stimulus, izh_part k);
double izh_spike_input_current(const izh_stimulus *stimulus, uint32_t position); /* of a type */

/* The rows of the weight and the synapse for a kind. */
#define IZH_WEIGHT_ROW(kind)                                                                                 \
  { .is = {"weight", "", .help = "of a spike, as of a synapse", .required = true}, .at = IZH_AT(kind.weight) }
#define IZH_KERNEL_ROW(kind)                                                                                 \
  {                                                                                                          \
    .is = {"synapse", "", .help = "what a spike does, as that of a projection"}, .form = IZH_FORM_KERNEL,    \
    .at = IZH_AT(kind.kernel), .fixed = true                                                                 \
  }

#endif
