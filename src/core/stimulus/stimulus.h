/* Stimuli: currents and spikes from outside, for some neurons.
 *
 * A kind of stimulus is a file of this folder, what it is defined by, and a line of this list. */
#ifndef IZH_CORE_STIMULUS_H
#define IZH_CORE_STIMULUS_H

#include "base/quantity.h"
#include "core/net/ids.h"
#include "core/net/net.h"
#include "core/synapse/kernel.h"

/* Their order is that of state files: new ones are added at the end. */
#define IZH_STIMULI(X)                                                                                       \
  X(NOISE, noise)                                                                                            \
  X(CONSTANT, constant)                                                                                      \
  X(CURRENT_STEPS, current_steps)                                                                            \
  X(RAMP, ramp)                                                                                              \
  X(SINE, sine)                                                                                              \
  X(PULSE_TRAIN, pulse_train)                                                                                \
  X(POISSON, poisson)                                                                                        \
  X(SPIKE_TRAIN, spike_train)

#define IZH_STIMULUS_MEMBER(NAME, name) IZH_STIMULUS_##NAME,
typedef enum izh_stimulus_kind { IZH_STIMULI(IZH_STIMULUS_MEMBER) IZH_STIMULUS_COUNT } izh_stimulus_kind;

/* --- what each kind is defined by --- */

/* mean + sd z, z standard normal, drawn anew for each neuron every every_ms. Any two neurons have the
 * correlation c: z = √c common + √(1 - c) own. */
typedef struct izh_noise {
  double mean, sd;
  double every_ms; /* a multiple of dt; a draw is held from k every to (k + 1) every */
  double correlation;
} izh_noise;

/* Of all neurons, or of each. */
typedef struct izh_amplitude {
  double one;
  const double *each; /* [target.size] in order of target; NULL: one for all */
} izh_amplitude;

/* A current is 0 but from ≤ t < to: multiples of dt, `to` may be infinite. The current of a step from t to
 * t + dt is that of time t. */
typedef struct izh_window {
  double from_ms, to_ms;
} izh_window;

typedef struct izh_constant {
  izh_amplitude amplitude;
  izh_window window;
} izh_constant;

typedef struct izh_levels {
  const double *times_ms, *values; /* [n] multiples of dt, ascending; a value holds until the next time */
  uint32_t n;
} izh_levels;

/* Values at times, × amplitude; 0 before the first time. */
typedef struct izh_current_steps {
  izh_levels levels;
  izh_amplitude amplitude;
} izh_current_steps;

/* start + slope (t - from) */
typedef struct izh_ramp {
  double start;
  double slope; /* for each ms; NaN: … */
  double stop;  /* … what it comes to at the end of the window; NaN: the slope is given */
  izh_window window;
} izh_ramp;

/* offset + amplitude sin(2π (frequency (t - from) + phase/360°)). Begins as a constant does. */
typedef struct izh_sine {
  izh_amplitude amplitude;
  izh_window window;
  double frequency_hz; /* at most 1/(2 dt) */
  double phase_deg, offset;
} izh_sine;

/* amplitude in pulses of a width, which begin at from, from + period, … Begins as a constant does. */
typedef struct izh_pulse_train {
  izh_amplitude amplitude;
  izh_window window;
  double width_ms, period_ms; /* multiples of dt, width ≤ period */
  double pulses;              /* at most so many; infinite: any number */
} izh_pulse_train;

/* Spikes of n sources for each neuron. They are the same at every dt. */
typedef struct izh_poisson {
  double rate_hz; /* of each source */
  double sources;
  double weight;
  izh_kernel kernel; /* what a spike does */
} izh_poisson;

typedef struct izh_spike_times {
  const double *ms; /* [n] ≥ 0, ascending in a train (equal ones too); not on the grid perhaps */
  uint64_t n;
  const uint64_t
      *begin;      /* [trains + 1] neuron k gets spikes begin[k] … begin[k + 1] - 1; NULL: all of them */
  uint32_t trains; /* target.size */
  bool recorded;   /* they are those of spikes, from which a silent neuron may be missing */
} izh_spike_times;

/* Spikes at given times. */
typedef struct izh_spike_train {
  izh_spike_times times;
  double weight;
  izh_kernel kernel;
} izh_spike_train;

typedef struct izh_stimulus_def {
  const char *name; /* not empty, not taken */
  izh_stimulus_kind kind;
  izh_ids target;
  union { /* by kind */
    izh_noise noise;
    izh_constant constant;
    izh_current_steps current_steps;
    izh_ramp ramp;
    izh_sine sine;
    izh_pulse_train pulse_train;
    izh_poisson poisson;
    izh_spike_train spike_train;
  };
} izh_stimulus_def;

/* --- what is known of each kind --- */

/* What a quantity is in the definition. */
typedef enum izh_stimulus_form {
  IZH_FORM_NUMBER, /* a double */
  IZH_FORM_AMPLITUDE,
  IZH_FORM_LEVELS,
  IZH_FORM_SPIKE_TIMES,
  IZH_FORM_KERNEL,
  IZH_FORM_WITH /* it is given with the quantity before it, and part of that */
} izh_stimulus_form;

typedef struct izh_stimulus_quantity {
  izh_quantity is; /* a current has no unit here: its unit is that of the model's input */
  izh_stimulus_form form;
  size_t at;  /* where it is in the definition */
  bool fixed; /* it is as the stimulus was made: it cannot be set */
  bool later; /* it can only be set: no stimulus is made with it */
} izh_stimulus_quantity;

typedef struct izh_stimulus_info {
  const char *name;
  const char *maker; /* the function of a script that makes it: izh.noise … Of several kinds with one maker,
                        the first is made unless a quantity is given that only another kind has */
  const char *form;  /* how it is told from the others of its maker, as "a ramp"; NULL when there are none */
  const char *shown; /* how it prints: "noise", "current (ramp)" */
  const char *help;  /* one line */
  const izh_stimulus_quantity *quantities; /* [n] */
  int n;
} izh_stimulus_info;

const izh_stimulus_info *izh_stimulus_describe(izh_stimulus_kind kind);

/* The defaults of a kind. Numbers that must be given are NaN. */
izh_stimulus_def izh_stimulus_def_default(izh_stimulus_kind kind);
/* Where a quantity is in a definition: what its form says. */
void *izh_stimulus_def_at(izh_stimulus_def *def, const izh_stimulus_quantity *quantity);
/* What can be said against a definition that has no target yet, and whatever dt is. IZH_RANGE. */
izh_status izh_stimulus_def_check(const izh_stimulus_def *def, izh_err *err);
/* One line of text: "noise: mean 0, sd 5, every 1 ms". An amplitude of NaN is one for each neuron. */
void izh_stimulus_def_text(const izh_stimulus_def *def, char *text, size_t size);

/* --- the stimuli of a network --- */

/* Adds a stimulus, from the next step on. A spike at time t, drawn or given, acts from the first step that
 * begins at t or later; what is past when it is added does not act. IZH_RANGE, IZH_ARGUMENT (the name),
 * IZH_MEMORY; unchanged on failure. */
izh_status izh_stimulus_add(izh_net *net, const izh_stimulus_def *def, uint32_t *index, izh_err *err);

uint32_t izh_stimulus_count(const izh_net *net);
const char *izh_stimulus_name(const izh_net *net, uint32_t stimulus);
izh_stimulus_kind izh_stimulus_kind_of(const izh_net *net, uint32_t stimulus);
uint32_t izh_stimulus_size(const izh_net *net, uint32_t stimulus); /* neurons it acts on */
void izh_stimulus_neurons(const izh_net *net, uint32_t stimulus,
                          uint32_t *index /* [size] in order of target */);
bool izh_stimulus_stopped(const izh_net *net, uint32_t stimulus);

/* Its numbers as they are now, without its arrays and its amplitude. */
izh_stimulus_def izh_stimulus_get(const izh_net *net, uint32_t stimulus);
/* From the next step on its numbers are those of *def, but for fixed ones. *def has its kind: change what
 * izh_stimulus_get gives. Random draws are the same as they would have been; a waveform is as if it had been
 * so from the beginning. IZH_RANGE; unchanged on failure. */
izh_status izh_stimulus_set(izh_net *net, uint32_t stimulus, const izh_stimulus_def *def, izh_err *err);
/* Of a sine or a pulse train: its new amplitude. A constant, values and a ramp become a constant of that
 * amplitude from the next step on. IZH_RANGE when not finite, IZH_MEMORY; IZH_ARGUMENT for other kinds. */
izh_status izh_stimulus_set_amplitude(izh_net *net, uint32_t stimulus, izh_amplitude amplitude, izh_err *err);

/* The generation (see izh_rng) of the next random amplitudes; izh_stimulus_drawn says that they were used. */
uint32_t izh_stimulus_generation(const izh_net *net, uint32_t stimulus);
void izh_stimulus_drawn(izh_net *net, uint32_t stimulus);

/* Nothing from the next step on, for ever. */
void izh_stimulus_stop(izh_net *net, uint32_t stimulus);

/* From the next step on, noise and Poisson sources are those that a network of this one's seed + number would
 * have; 0 changes nothing. Returns how many of them there are that have not been stopped. */
uint32_t izh_stimuli_redraw(izh_net *net, uint32_t number);

/* From the next step on it is its mean: what fluctuates, noise and Poisson sources, does so no more. False
 * for a kind that does not fluctuate, or a stimulus that was stopped. Not to be undone. */
bool izh_stimulus_calm(izh_net *net, uint32_t stimulus);
/* From the next step on only that part of its current acts that has the sign 1 or -1. Jumps of v stay whole.
 */
void izh_stimulus_keep_sign(izh_net *net, uint32_t stimulus, int sign);

/* The current that the stimulus gave each of its neurons in the last step done (0 before the first), in order
 * of target. Spikes of a delta synapse give none. */
void izh_stimulus_values(const izh_net *net, uint32_t stimulus, double *values /* [size] */);

#endif
