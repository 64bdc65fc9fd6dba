/* The exchange of spikes at the end of a step. Every owner of neurons (a thread of this process) brings the
 * spikes of its range. All owners get all spikes, in order of neuron. Those of sources are known to all. */
#include <string.h>

#include "base/alloc.h"
#include "core/net/net_private.h"

/* Merges the spikes of sources with those of neurons, which are at begin ≤ k < at: from the last one on. */
static void merge_sources(izh_net *net, uint64_t begin, uint64_t at) {
  const izh_fired *s = &net->sourced;
  uint32_t *index = net->spike_index;
  for (uint32_t left = s->n; left > 0;) {
    bool neuron = at > begin && index[at - 1] > s->index[left - 1];
    uint64_t to = at + left - 1;
    index[to] = neuron ? index[at - 1] : s->index[left - 1];
    if (net->located) net->spike_ms[to] = neuron ? net->spike_ms[at - 1] : s->ms[left - 1];
    if (neuron)
      at--;
    else
      left--;
  }
}

izh_status izh_comm_exchange(izh_net *net, const izh_fired *fired, int n_parts, izh_err *err) {
  uint64_t new = net->sourced.n;
  for (int p = 0; p < n_parts; p++) new += fired[p].n;
  if (net->spike_begin[net->now] + new > net->cap_spike_index) {
    izh_kept_drop(net);
    /* leave so much room that dropping, which takes time, happens seldom */
    size_t want = net->n_kept > 0 ? 2 * (net->spike_begin[net->now] + new) : 0;
    uint32_t *more = want > net->cap_spike_index
                         ? izh_grow(net->spike_index, &net->cap_spike_index, want, sizeof *more)
                         : NULL;
    if (more) net->spike_index = more;
  }
  uint64_t at = net->spike_begin[net->now], end = at + new;

  uint32_t *index = izh_grow(net->spike_index, &net->cap_spike_index, end, sizeof *index);
  if (!index) return izh_fail_memory(err, end * sizeof *index);
  net->spike_index = index;
  if (net->located) {
    double *ms = izh_grow(net->spike_ms, &net->cap_spike_ms, end, sizeof *ms);
    if (!ms) return izh_fail_memory(err, end * sizeof *ms);
    net->spike_ms = ms;
  }
  uint64_t *begin = izh_grow(net->spike_begin, &net->cap_spike_begin, (size_t)net->now + 2, sizeof *begin);
  if (!begin) return izh_fail_memory(err, ((size_t)net->now + 2) * sizeof *begin);
  net->spike_begin = begin;

  for (int p = 0; p < n_parts; p++) {
    if (fired[p].n == 0) continue; /* there may be no neurons, and so no arrays */
    memcpy(index + at, fired[p].index, fired[p].n * sizeof *index);
    if (net->located) memcpy(net->spike_ms + at, fired[p].ms, fired[p].n * sizeof(double));
    at += fired[p].n;
  }
  merge_sources(net, begin[net->now], at);
  begin[net->now + 1] = end;
  return IZH_OK;
}
