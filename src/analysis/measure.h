/* Measures of spikes that scripts ask for by name. A measure gives a number for each neuron, a number for
 * each pair of neurons, or numbers for all neurons together. A new one is an izh_measure beside its function,
 * in a file of this folder, and a line in the list below; lua/izhlua/measures/ describes it for scripts. */
#ifndef IZH_ANALYSIS_MEASURE_H
#define IZH_ANALYSIS_MEASURE_H

#include <stdbool.h>

#include "analysis/trains.h"
#include "base/status.h"

typedef struct izh_measured {
  izh_trains trains;    /* the spikes by neuron, and the window */
  izh_train pooled;     /* all spikes in order of time */
  const double *option; /* the options of the measure, in the order of its description for scripts */
  const void *prepared; /* what `prepare` made, or NULL */
} izh_measured;

typedef struct izh_measure {
  /* The measure of neuron i; NaN where it is not defined. NULL: not a measure of neurons. */
  double (*of_neuron)(const izh_measured *of, size_t i);
  /* The measure of the pair of neurons i and j ≥ i, for izh_pairs; NaN where it is not defined.
   * scratch[longest train + 1] is for this thread alone. NULL: not a measure of pairs. */
  double (*of_pair)(const izh_measured *of, size_t i, size_t j, double *scratch);
  /* Before the first pair: makes *prepared, one block of izh_alloc, which the caller frees. NULL: nothing to
   * make. */
  izh_status (*prepare)(const izh_measured *of, void **prepared, izh_err *err);
  /* Adds the measure of all neurons together to out[n], which is all 0 before. The options and the window say
   * what n is. NULL: not a measure of all neurons together. */
  izh_status (*of_all)(const izh_measured *of, double *out, size_t n, izh_err *err);
  bool pooled; /* of_all uses only `pooled`; `trains` need not have spikes */
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

/* izh_measure_cv, … */
#define IZH_DECLARE(name) extern const izh_measure izh_measure_##name;
IZH_MEASURES(IZH_DECLARE)
#undef IZH_DECLARE

/* The measure with a name, or NULL. */
const izh_measure *izh_measure_find(const char *name);

#endif
