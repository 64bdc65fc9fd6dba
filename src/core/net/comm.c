/* The exchange of spikes at the end of a step. Every owner of neurons (a thread of this process) brings the
 * spikes of its range. All owners get all spikes, in order of neuron. */
#include <string.h>

#include "base/alloc.h"
#include "core/net/net_private.h"

izh_status izh_comm_exchange(izh_net *net, const izh_fired *fired, int n_parts, izh_err *err) {
  uint64_t new = 0;
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
  begin[net->now + 1] = end;
  return IZH_OK;
}
