#include <stdio.h>

#include "core/stimulus/spike_input.h"
#include "core/stimulus/spike_list.h"

typedef struct train {
  izh_spike_input input;
  izh_spike_list list;
} train;

static const izh_stimulus_quantity quantities[] = {
    {{"times", "ms", .help = "ascending times, one list for all neurons or one for each; or spikes",
      .required = true},
     .form = IZH_FORM_SPIKE_TIMES,
     .at = IZH_AT(spike_train.times),
     .fixed = true},
    {IZH_WEIGHT, .at = IZH_AT(spike_train.weight)},
    IZH_KERNEL_ROW(spike_train),
};

static void describe(const izh_stimulus_def *def, char *text, size_t size) {
  const izh_spike_times *times = &def->spike_train.times;
  char neurons[32] = "";
  if (times->begin) snprintf(neurons, sizeof neurons, " of %u neuron%s", times->trains, izh_s(times->trains));
  snprintf(text, size, "spike_train: %llu spike%s%s, weight %.10g", (unsigned long long)times->n,
           izh_s(times->n), neurons, def->spike_train.weight);
}

static izh_status check(const izh_net *net, const izh_stimulus_def *def, izh_err *err) {
  if (!net) return IZH_OK;
  izh_status status = izh_spike_input_check(net, def->spike_train.weight, &def->spike_train.kernel, err);
  return status ? status : izh_spike_times_check(net, &def->spike_train.times, def->target.size, err);
}

static void fit(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus) {
  (void)net;
  izh_spike_input_fit(def->spike_train.weight, &def->spike_train.kernel, stimulus->state);
}

static izh_status make(izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus, izh_err *err) {
  izh_status status = izh_spike_input_make(net, stimulus, err);
  train *own = stimulus->state;
  if (status) return status;
  return izh_spike_list_make(net, &def->spike_train.times, stimulus->order, &own->list, NULL, err);
}

static int blocks(void *state, void **list) {
  train *own = state;
  int n = izh_spike_input_blocks(&own->input, list);
  list[n++] = own->list.spikes;
  return n;
}

static void archive(izh_archive *a, izh_net *net, izh_stimulus *stimulus) {
  train *own = stimulus->state;
  izh_spike_input_archive(a, net, stimulus);
  izh_spike_list_archive(a, &own->list, stimulus->def.target.size);
}

static void prepare(izh_net *net, izh_stimulus *stimulus) {
  train *own = stimulus->state;
  if (izh_spike_input_prepare(net, stimulus)) izh_spike_list_move(&own->list, (uint64_t)net->now);
}

static void add(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  const train *own = stimulus->state;
  const izh_spike_list *list = &own->list;
  double *slot = izh_spike_input_begin(net, stimulus, k), weight = own->input.weight;
  for (uint64_t at = list->at; at < list->until; at++) {
    uint32_t position = (uint32_t)list->spikes[at];
    if (list->to_all)
      for (uint32_t i = k.begin; i < k.end; i++) slot[i] += weight;
    else if (position >= k.begin && position < k.end)
      slot[position] += weight;
  }
  izh_spike_input_end(net, stimulus, k);
}

const izh_stimulus_type izh_spike_train_stimulus = {
    .info = {.name = "spike_train",
             .maker = "spike_train",
             .shown = "spike_train",
             .help =
                 "spikes at given times: one at time t acts from the first step that begins at t or later",
             IZH_QUANTITIES(quantities)},
    .state_size = sizeof(train),
    .describe = describe,
    .check = check,
    .fit = fit,
    .make = make,
    .blocks = blocks,
    .archive = archive,
    .prepare = prepare,
    .add = add,
    .current = izh_spike_input_current,
};
