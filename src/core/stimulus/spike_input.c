#include "core/stimulus/spike_input.h"

#include <string.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "core/synapse/conductance.h"

static bool jumps(const izh_spike_input *input) {
  return izh_kernel_describe(input->kernel.kind)->jumps;
}

void izh_spike_input_fit(double weight, const izh_kernel *kernel, izh_spike_input *input) {
  input->weight = weight;
  input->kernel = *kernel;
}

izh_status izh_spike_input_check(const izh_net *net, double weight, const izh_kernel *kernel, izh_err *err) {
  izh_status status = izh_kernel_check(net, kernel, err);
  return status ? status : izh_conductance_check(izh_kernel_reversal(kernel), weight, err);
}

izh_status izh_spike_input_make(izh_net *net, izh_stimulus *stimulus, izh_err *err) {
  izh_spike_input *input = stimulus->state;
  uint32_t n = stimulus->def.target.size;
  input->current = izh_alloc_zero(n, sizeof *input->current);
  if (input->kernel.conducts) input->g = izh_alloc_zero(n, sizeof *input->g);
  if (!input->current || (input->kernel.conducts && !input->g))
    return izh_fail_memory(err, n * sizeof *input->current);
  izh_status status = izh_filter_make(net, &input->kernel, n, &input->filter, err);
  return status ? status : izh_conductance_need(net, &input->kernel, err);
}

int izh_spike_input_blocks(izh_spike_input *input, void **blocks) {
  blocks[0] = input->current;
  blocks[1] = input->filter.numbers;
  blocks[2] = input->g;
  return 3;
}

void izh_spike_input_archive(izh_archive *a, izh_net *net, izh_stimulus *stimulus) {
  izh_spike_input *input = stimulus->state;
  const izh_ids *target = &stimulus->def.target;
  uint32_t n = target->size;
  izh_filter_archive(a, net, &input->kernel, &input->filter, true, target);
  izh_archive_refresh(a, net, target, input->current, sizeof *input->current);
  input->current = izh_archive_array(a, input->current, n, sizeof *input->current);
  input->g = izh_archive_derived(a, input->g, n, sizeof *input->g);
  if (input->kernel.conducts && izh_archive_reads(a)) input->g = izh_archive_room(a, n, sizeof *input->g);
  izh_archive_bool(a, &input->silent);
  if (izh_archive_reads(a)) a->status = izh_conductance_need(net, &input->kernel, a->err);
}

bool izh_spike_input_prepare(izh_net *net, izh_stimulus *stimulus) {
  izh_spike_input *input = stimulus->state;
  if (!stimulus->stopped) {
    net->jumps |= jumps(input);
    return true;
  }
  if (!input->silent) memset(input->current, 0, stimulus->def.target.size * sizeof *input->current);
  if (!input->silent && input->g) memset(input->g, 0, stimulus->def.target.size * sizeof *input->g);
  input->silent = true;
  return false;
}

double *izh_spike_input_begin(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  const izh_spike_input *input = stimulus->state;
  if (jumps(input)) {
    for (uint32_t i = k.begin; i < k.end; i++) input->current[i] = 0;
    return input->current;
  }
  izh_filter_begin(&input->filter, net->now, k);
  return izh_filter_slot(&input->filter, net->now);
}

void izh_spike_input_end(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  const izh_spike_input *input = stimulus->state;
  const izh_ids *target = &stimulus->def.target;
  bool jump = jumps(input);
  double *current = input->current, *sum = jump ? net->jump : net->ext;
  if (!jump) izh_filter_add(&input->filter, net->now, k, current, true);
  if (input->g) memcpy(input->g + k.begin, current + k.begin, (k.end - k.begin) * sizeof *current);
  if (input->kernel.conducts) izh_conductance_flow(net, target, k, &input->kernel, current);
  for (uint32_t i = k.begin; i < k.end; i++) sum[izh_ids_at(target, i)] += current[i];
  for (uint32_t i = k.begin; i < k.end && jump; i++) current[i] = 0; /* jumps give no current */
}

double izh_spike_input_current(const izh_stimulus *stimulus, uint32_t k) {
  const izh_spike_input *input = stimulus->state;
  return input->current[k];
}
