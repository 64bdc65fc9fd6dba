/* The measures of spikes that scripts ask for by name, of the shapes that many have: a number for each
 * neuron, for each pair of neurons, or numbers for all together. A new one is an izh_measure beside its
 * function, in a file of this folder, and its line in the list below; lua/izhlua/measures/ describes it for
 * scripts. */
#ifndef IZH_ANALYSIS_MEASURE_H
#define IZH_ANALYSIS_MEASURE_H

#include <stdbool.h>

#include "analysis/trains.h"
#include "base/status.h"

typedef struct izh_measured {
  izh_trains trains;    /* the spikes by neuron, and the window */
  izh_train pooled;     /* all of them in order of time */
  const double *option; /* those of the measure, in the order of its description for scripts */
  const void *prepared; /* what the measure made of the trains before the first pair */
} izh_measured;

typedef struct izh_measure {
  /* Of neuron i; NaN where it is not defined. NULL: there is none. */
  double (*of_neuron)(const izh_measured *of, size_t i);
  /* Of the pair of neurons i and j ≥ i, for izh_pairs; NaN where it is not defined. scratch[longest train +
   * 1] is for one thread. NULL: there is none. */
  double (*of_pair)(const izh_measured *of, size_t i, size_t j, double *scratch);
  /* Makes *prepared, one block of izh_alloc, which the caller frees. NULL: nothing needs to be. */
  izh_status (*prepare)(const izh_measured *of, void **prepared, izh_err *err);
  /* Of all neurons together, added to out[n], which are zeros. The caller knows n: it follows from the
   * options and the window. NULL: there is none. */
  izh_status (*of_all)(const izh_measured *of, double *out, size_t n, izh_err *err);
  bool pooled; /* of_all does not look at the spikes by neuron; they need not be there */
} izh_measure;

#define IZH_MEASURES(X)                                                                                      \
  X(autocorrelation)                                                                                         \
  X(correlation_coefficient)                                                                                 \
  X(count)                                                                                                   \
  X(cv)                                                                                                      \
  X(cv2)                                                                                                     \
  X(fanofactor)                                                                                              \
  X(instantaneous_rate)                                                                                      \
  X(isi_distance)                                                                                            \
  X(lv)                                                                                                      \
  X(lvr)                                                                                                     \
  X(mean_firing_rate)                                                                                        \
  X(spike_distance)                                                                                          \
  X(spike_time_tiling_coefficient)                                                                           \
  X(synchrony)                                                                                               \
  X(time_histogram)                                                                                          \
  X(van_rossum_distance)                                                                                     \
  X(victor_purpura_distance)

/* izh_measure_cv and so on */
#define IZH_DECLARE(name) extern const izh_measure izh_measure_##name;
IZH_MEASURES(IZH_DECLARE)
#undef IZH_DECLARE

/* The one with a name, or NULL. */
const izh_measure *izh_measure_find(const char *name);

#endif
