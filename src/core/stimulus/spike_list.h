/* Given spikes in the order of steps, for the spike train of a stimulus and for a population of sources.
 * Private to the core. */
#ifndef IZH_CORE_SPIKE_LIST_H
#define IZH_CORE_SPIKE_LIST_H

#include "core/net/archive.h"
#include "core/stimulus/spike_times.h"

typedef struct izh_spike_list {
  uint64_t *spikes; /* [n] step << 32 | position of the neuron, ascending; the spikes of a train in order */
  uint64_t n;
  uint64_t at, until; /* the spikes of the present step are at ≤ k < until */
  bool to_all;        /* every neuron has every spike; all positions are 0 */
} izh_spike_list;

/* Checks the times for n neurons. IZH_RANGE, with a message that begins with "times". */
izh_status izh_spike_times_check(const izh_net *net, const izh_spike_times *times, uint32_t n, izh_err *err);
/* Makes the list of checked times. order[n]: the number of each neuron's train; NULL: 0, 1 … `ms`, unless it
 * is NULL, gets the times in the order of the list; the caller frees it. IZH_MEMORY. */
izh_status izh_spike_list_make(const izh_net *net, const izh_spike_times *times, const uint32_t *order,
                               izh_spike_list *list, double **ms, izh_err *err);
/* Moves on to the spikes of a step. Those before it are passed over. */
void izh_spike_list_move(izh_spike_list *list, uint64_t step);
/* size: how many neurons. */
void izh_spike_list_archive(izh_archive *a, izh_spike_list *list, uint32_t size);

#endif
