/* Given times of spikes, as a script has them. */
#ifndef IZH_CORE_SPIKE_TIMES_H
#define IZH_CORE_SPIKE_TIMES_H

#include <stdbool.h>
#include <stdint.h>

typedef struct izh_spike_times {
  const double *ms; /* [n] ≥ 0, not descending in a train; they need not be multiples of dt */
  uint64_t n;
  const uint64_t
      *begin;      /* [trains + 1] neuron k has spikes begin[k] … begin[k + 1] - 1; NULL: all have all */
  uint32_t trains; /* as many as neurons */
  bool recorded;   /* they come from recorded spikes, where a silent neuron may be missing */
} izh_spike_times;

#endif
