/* Stimuli: currents and spikes from outside, for some neurons. */
#ifndef IZH_CORE_STIMULUS_H
#define IZH_CORE_STIMULUS_H

#include "core/net/ids.h"
#include "core/net/net.h"
#include "core/synapse/kernel.h"

typedef enum izh_stimulus_kind {
  IZH_STIMULUS_NOISE,   /* mean + sd z, z standard normal, drawn anew every every_ms for each neuron */
  IZH_STIMULUS_CURRENT, /* values[k] from times_ms[k] to the next time, 0 before the first; times the
                           amplitude of the neuron when each has its own */
  IZH_STIMULUS_RAMP,    /* start + slope (t - from) within the window from ≤ t < to, else 0 */
  IZH_STIMULUS_SINE,  /* offset + amplitude sin(2π (frequency (t - from) + phase/360°)) within it, else 0 */
  IZH_STIMULUS_TRAIN, /* amplitude in pulses of width_ms, which begin at from, from + period, …, else 0 */
  IZH_STIMULUS_POISSON, /* spikes of n sources for each neuron, of rate_hz each, through a synapse */
  IZH_STIMULUS_SPIKES,  /* spikes at given times, through a synapse */
  IZH_STIMULUS_COUNT
} izh_stimulus_kind;

/* The current of a step from t to t + dt is that of time t. */
typedef struct izh_wave {
  double from_ms, to_ms;                  /* multiples of dt; to_ms > from_ms may be infinite */
  double start, slope;                    /* of a ramp; slope for each ms */
  double offset, frequency_hz, phase_deg; /* of a sine; 0 ≤ frequency ≤ 1/(2 dt) */
  double width_ms, period_ms;             /* of a train: multiples of dt, 0 < width ≤ period */
  uint64_t pulses;                        /* of a train: at most so many; 0: any number */
} izh_wave;

typedef struct izh_noise {
  double mean, sd,
      correlation; /* sd ≥ 0; correlation 0 … 1 of any two neurons: z = √c common + √(1 - c) own */
} izh_noise;

typedef struct izh_stimulus_def {
  const char *name; /* not empty, not taken */
  izh_stimulus_kind kind;
  izh_ids target;
  double mean, sd, correlation;    /* of noise: see izh_noise */
  double every_ms;                 /* of noise: a multiple of dt, > 0. Held from k every to (k+1) every */
  const double *times_ms, *values; /* of a current, [n]: multiples of dt, ascending */
  uint32_t n;
  double amplitude;         /* of a sine, a train: of all neurons … */
  const double *amplitudes; /* … or, not NULL, [target.size] in order of target: of each; also of a current */
  izh_wave wave;            /* of a ramp, a sine, a train */
  double rate_hz, sources; /* of Poisson: each ≥ 0 */
  double weight;           /* of a spike */
  izh_kernel kernel;       /* what a spike does */
  const double *spikes_ms; /* spike times ≥ 0, ascending (equal ones too); not on the grid perhaps */
  const uint64_t
      *begin; /* [target.size + 1] neuron k gets spikes begin[k] … begin[k + 1] - 1; NULL: all of them */
  uint64_t n_spikes;
} izh_stimulus_def;

/* Adds a stimulus, from the next step on. A spike at time t, drawn or given, acts from the first step that
 * begins at t or later; what is past when it is added does not act. Poisson sources have the same spikes at
 * every dt. IZH_RANGE, IZH_ARGUMENT (the name), IZH_MEMORY; unchanged on failure. */
izh_status izh_stimulus_add(izh_net *net, const izh_stimulus_def *def, uint32_t *index, izh_err *err);

uint32_t izh_stimulus_count(const izh_net *net);
const char *izh_stimulus_name(const izh_net *net, uint32_t stimulus);
izh_stimulus_kind izh_stimulus_kind_of(const izh_net *net, uint32_t stimulus);
uint32_t izh_stimulus_size(const izh_net *net, uint32_t stimulus); /* neurons it acts on */
void izh_stimulus_neurons(const izh_net *net, uint32_t stimulus,
                          uint32_t *index /* [size] in order of target */);
bool izh_stimulus_stopped(const izh_net *net, uint32_t stimulus);

/* New numbers, from the next step on; the random draws are the same as they would have been. */
izh_status izh_stimulus_set_noise(izh_net *net, uint32_t stimulus, const izh_noise *noise, izh_err *err);
izh_noise izh_stimulus_noise(const izh_net *net, uint32_t stimulus);
/* Of a current or a ramp: it is the amplitude from the next step on, until it is set again. Of a sine or a
 * train: its new amplitude. One for all neurons, or amplitudes[size] in order of target. IZH_RANGE when not
 * finite, IZH_MEMORY. */
izh_status izh_stimulus_set_amplitude(izh_net *net, uint32_t stimulus, double amplitude,
                                      const double *amplitudes, izh_err *err);
/* Its amplitude; *amplitudes, in ascending order of neuron, NULL when there is one for all. */
double izh_stimulus_amplitude(const izh_net *net, uint32_t stimulus, const double **amplitudes);
/* Of a sine or a train, as if it had been so from the beginning. */
izh_status izh_stimulus_set_wave(izh_net *net, uint32_t stimulus, const izh_wave *wave, izh_err *err);
izh_wave izh_stimulus_wave(const izh_net *net, uint32_t stimulus);
/* Of Poisson: rate_hz of each source from now on. */
izh_status izh_stimulus_set_rate(izh_net *net, uint32_t stimulus, double rate_hz, izh_err *err);
double izh_stimulus_rate(const izh_net *net, uint32_t stimulus);
/* Of Poisson and spikes: of what arrives from now on. */
izh_status izh_stimulus_set_weight(izh_net *net, uint32_t stimulus, double weight, izh_err *err);
double izh_stimulus_weight(const izh_net *net, uint32_t stimulus);
/* Nothing from the next step on, for ever. */
/* From the next step on, noise and Poisson sources are those that a network of this one's seed + number would
 * have; 0 changes nothing. Returns how many of them there are that have not been stopped. */
uint32_t izh_stimuli_redraw(izh_net *net, uint32_t number);

void izh_stimulus_stop(izh_net *net, uint32_t stimulus);

/* The generation (see izh_rng) of the next random amplitudes; izh_stimulus_drawn says that they were used. */
uint32_t izh_stimulus_generation(const izh_net *net, uint32_t stimulus);
void izh_stimulus_drawn(izh_net *net, uint32_t stimulus);

/* The current that the stimulus gave each of its neurons in the last step done (0 before the first), in order
 * of target. Spikes of a delta synapse give none. */
void izh_stimulus_values(const izh_net *net, uint32_t stimulus, double *values /* [size] */);

#endif
