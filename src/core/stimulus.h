/* Stimuli: currents from outside, added to the input of some neurons. */
#ifndef IZH_CORE_STIMULUS_H
#define IZH_CORE_STIMULUS_H

#include "core/ids.h"
#include "core/net.h"

typedef enum izh_stimulus_kind {
  IZH_STIMULUS_NOISE,  /* mean + sd z, z standard normal, drawn anew every every_ms for each neuron */
  IZH_STIMULUS_CURRENT /* the same for all its neurons, piecewise constant in time */
} izh_stimulus_kind;

typedef struct izh_stimulus_def {
  const char *name; /* not empty, not taken */
  izh_stimulus_kind kind;
  izh_ids target;
  double mean, sd,
      every_ms; /* of noise: sd ≥ 0; every_ms a multiple of dt, > 0. Held from k every to (k+1) every */
  const double
      *times_ms; /* of a current, [n]: multiples of dt, ascending; value k holds from time k to the next */
  const double *values; /* [n]; 0 before the first time */
  uint32_t n;
} izh_stimulus_def;

/* Adds a stimulus, from the next step on. IZH_RANGE, IZH_ARGUMENT (the name), IZH_MEMORY; unchanged on
 * failure. */
izh_status izh_stimulus_add(izh_net *net, const izh_stimulus_def *def, uint32_t *index, izh_err *err);

uint32_t izh_stimulus_count(const izh_net *net);
const char *izh_stimulus_name(const izh_net *net, uint32_t stimulus);
izh_stimulus_kind izh_stimulus_kind_of(const izh_net *net, uint32_t stimulus);
uint32_t izh_stimulus_size(const izh_net *net, uint32_t stimulus); /* neurons it acts on */
bool izh_stimulus_stopped(const izh_net *net, uint32_t stimulus);

/* New mean and sd, from the next step on; the noise z is the same as it would have been. */
izh_status izh_stimulus_set_noise(izh_net *net, uint32_t stimulus, double mean, double sd, izh_err *err);
void izh_stimulus_noise(const izh_net *net, uint32_t stimulus, double *mean, double *sd);
/* A current that is `value` from the next step on, until it is set again. IZH_RANGE when not finite. */
izh_status izh_stimulus_set_current(izh_net *net, uint32_t stimulus, double value, izh_err *err);
/* Nothing from the next step on, for ever. */
void izh_stimulus_stop(izh_net *net, uint32_t stimulus);

/* What the stimulus added to each of its neurons in the last step done (0 before the first), in order of
 * target. */
void izh_stimulus_values(const izh_net *net, uint32_t stimulus, double *values /* [size] */);

#endif
