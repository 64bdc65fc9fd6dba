#include "base/alloc.h"
#include "core/neuron/source_private.h"
#include "core/stimulus/spike_list.h"

typedef struct spike_source {
  izh_spike_list list; /* its steps are those at whose end the spikes are given */
  double *ms;          /* [list.n] the times, if spikes are located in the step; else NULL */
} spike_source;

static izh_status check(const izh_net *net, const izh_population_def *def, izh_err *err) {
  if (!def->times) return izh_fail(err, IZH_ARGUMENT, "the source has no times");
  izh_status status = izh_spike_times_check(net, def->times, def->size, err);
  for (uint64_t k = 0; k < def->times->n && !status; k++)
    if (!(def->times->ms[k] > 0))
      status =
          izh_fail(err, IZH_RANGE, "times must be > 0 (got %g): a run gives the spikes after its beginning",
                   def->times->ms[k]);
  return status;
}

static izh_status make(izh_net *net, izh_population *p, const izh_population_def *def, izh_err *err) {
  spike_source *own = p->source;
  return izh_spike_list_make(net, def->times, NULL, &own->list, net->located ? &own->ms : NULL, err);
}

static int blocks(void *state, void **list) {
  spike_source *own = state;
  list[0] = own->list.spikes;
  list[1] = own->ms;
  return 2;
}

static void archive(izh_archive *a, izh_net *net, izh_population *p) {
  spike_source *own = p->source;
  izh_spike_list_archive(a, &own->list, p->size);
  if (!net->located) return;
  own->ms = izh_archive_array(a, own->ms, own->list.n, sizeof *own->ms);
  for (uint64_t k = 0; izh_archive_reads(a) && k < own->list.n; k++)
    izh_archive_require(a, izh_source_step(net, own->ms[k]) <= (double)(own->list.spikes[k] >> 32) + 1,
                        "times of a source");
}

static bool step(izh_net *net, izh_population *p) {
  spike_source *own = p->source;
  izh_spike_list *list = &own->list;
  izh_spike_list_move(list, (uint64_t)net->now + 1);
  for (uint32_t i = 0; i < p->size && list->to_all; i++)
    for (uint64_t k = list->at; k < list->until; k++)
      if (!izh_source_fire(net, p, i, own->ms ? own->ms[k] : 0)) return false;
  for (uint64_t k = list->at; k < list->until && !list->to_all; k++)
    if (!izh_source_fire(net, p, (uint32_t)list->spikes[k], own->ms ? own->ms[k] : 0)) return false;
  return true;
}

static const izh_source_code source = {.state_size = sizeof(spike_source),
                                       .check = check,
                                       .make = make,
                                       .blocks = blocks,
                                       .archive = archive,
                                       .step = step};

const izh_model_code izh_spike_source_source = {
    .info = {.name = "spike_source",
             .help = "spikes at the given times: one list for all neurons, or one for each",
             .shown_unit = "",
             .v = -1,
             .u = -1,
             .source = true,
             .times = true},
    .source = &source,
    .side = -1,
    .peak_slope = -1};
