/* Stimuli: currents and spikes that some neurons get from outside.
 *
 * A kind of stimulus is a file in this folder, a definition struct below, and a line in this list. */
#ifndef IZH_CORE_STIMULUS_H
#define IZH_CORE_STIMULUS_H

#include "base/quantity.h"
#include "core/net/ids.h"
#include "core/net/net.h"
#include "core/stimulus/spike_times.h"
#include "core/synapse/kernel.h"

/* State files store the position in this list: new kinds are added at the end. */
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

/* --- the definition of each kind --- */

/* The current is 0 outside the window from ≤ t < to. Both are multiples of dt; `to` may be infinite. During a
 * step the current has its value at the beginning of the step. */
typedef struct izh_window {
  double from_ms, to_ms;
} izh_window;

/* A member `x_each` is NULL, or has the x of each neuron, [target.size] in order of target, and x is NaN. */

/* The current mean + sd z; z is standard normal, and drawn anew every every_ms for each neuron. With a
 * correlation c, z = √c common + √(1 - c) own, so any two neurons have this correlation. */
typedef struct izh_noise {
  double mean, sd;
  double every_ms; /* a multiple of dt; a draw is held from k every to (k + 1) every */
  double correlation;
  double tau_ms;     /* time constant of an Ornstein–Uhlenbeck process; 0: each draw is independent */
  izh_window window; /* outside of it the draws are the same, and not given */
  const double *mean_each, *sd_each;
} izh_noise;

/* One amplitude for all neurons, or one for each. */
typedef struct izh_amplitude {
  double one;
  const double *each; /* [target.size] in order of target; NULL: `one` is for all */
} izh_amplitude;

typedef struct izh_constant {
  izh_amplitude amplitude;
  izh_window window;
} izh_constant;

typedef struct izh_levels {
  const double *times_ms; /* [n] multiples of dt, ascending */
  const double *values;   /* [n] each holds until the next time */
  uint32_t n;
} izh_levels;

/* The present value × amplitude; 0 before the first time. */
typedef struct izh_current_steps {
  izh_levels levels;
  izh_amplitude amplitude;
} izh_current_steps;

/* start + slope (t - from). Either slope or stop is given; the other is NaN. */
typedef struct izh_ramp {
  double start;
  double slope; /* per ms */
  double stop;  /* the current at the end of the window */
  izh_window window;
} izh_ramp;

/* offset + amplitude sin(2π (frequency (t - from) + phase/360°)). The first members are as in izh_constant.
 */
typedef struct izh_sine {
  izh_amplitude amplitude;
  izh_window window;
  double frequency_hz; /* at most 1/(2 dt) */
  double phase_deg, offset;
} izh_sine;

/* Pulses with an amplitude and a width, which begin at from, from + period, … The first members are as in
 * izh_constant. */
typedef struct izh_pulse_train {
  izh_amplitude amplitude;
  izh_window window;
  double width_ms, period_ms; /* multiples of dt, width ≤ period */
  double pulses;              /* at most so many; infinite: no limit */
} izh_pulse_train;

/* Spikes from Poisson sources of its own for each neuron. They are the same at every dt. */
typedef struct izh_poisson {
  double rate_hz; /* of each source */
  double sources; /* for each neuron */
  double weight;
  izh_kernel kernel; /* what a spike does */
  izh_window window; /* spikes at from < t ≤ to act; the others are the same, and do nothing */
  const double *rate_hz_each, *weight_each;
} izh_poisson;

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

/* --- the description of each kind --- */

/* The type of a quantity in the definition. */
typedef enum izh_stimulus_form {
  IZH_FORM_NUMBER,      /* a double */
  IZH_FORM_AMPLITUDE,   /* izh_amplitude */
  IZH_FORM_LEVELS,      /* izh_levels */
  IZH_FORM_SPIKE_TIMES, /* izh_spike_times */
  IZH_FORM_KERNEL,      /* izh_kernel */
  IZH_FORM_WITH         /* it belongs to the quantity before it, and is given together with that */
} izh_stimulus_form;

typedef struct izh_stimulus_quantity {
  izh_quantity is; /* a current has no unit here: its unit is that of the model's input */
  izh_stimulus_form form;
  size_t at;   /* its offset in the definition */
  size_t each; /* of a number: the offset of the pointer to one for each neuron; 0: there is one for all */
  bool fixed;  /* it is given when the stimulus is made, and cannot be set later */
  bool later;  /* it can only be set later, not given when the stimulus is made */
} izh_stimulus_quantity;

typedef struct izh_stimulus_info {
  const char *name;
  const char *maker; /* the function of a script that makes it: izh.noise … If several kinds have one maker,
                        it makes the first, unless a quantity is given that only another kind has */
  const char *form;  /* its name among the kinds of its maker: "a ramp"; NULL when it is the only one */
  const char *shown; /* how it prints: "noise", "current (ramp)" */
  const char *help;  /* one line */
  const izh_stimulus_quantity *quantities; /* [n] */
  int n;
} izh_stimulus_info;

const izh_stimulus_info *izh_stimulus_describe(izh_stimulus_kind kind);

/* A definition with the defaults of its kind. Numbers that are required are NaN. */
izh_stimulus_def izh_stimulus_def_default(izh_stimulus_kind kind);
/* A quantity in a definition; its form says the type. */
void *izh_stimulus_def_at(izh_stimulus_def *def, const izh_stimulus_quantity *quantity);
/* The pointer to its values for each neuron; NULL when it has one for all. */
const double **izh_stimulus_def_each(izh_stimulus_def *def, const izh_stimulus_quantity *quantity);
/* Checks what can be checked before the target and dt are known. IZH_RANGE. */
izh_status izh_stimulus_def_check(const izh_stimulus_def *def, izh_err *err);
/* Writes one line: "noise: mean 0, sd 5, every 1 ms". NaN stands for one for each neuron. */
void izh_stimulus_def_text(const izh_stimulus_def *def, char *text, size_t size);

/* --- the stimuli of a network --- */

/* Adds a stimulus, which acts from the next step on. Its spike at time t, drawn or given, acts from the first
 * step that begins at t or later; spikes before the present time do not act. IZH_RANGE, IZH_ARGUMENT (the
 * name), IZH_MEMORY. The network is unchanged on failure. */
izh_status izh_stimulus_add(izh_net *net, const izh_stimulus_def *def, uint32_t *index, izh_err *err);

uint32_t izh_stimulus_count(const izh_net *net);
const char *izh_stimulus_name(const izh_net *net, uint32_t stimulus);
izh_stimulus_kind izh_stimulus_kind_of(const izh_net *net, uint32_t stimulus);
uint32_t izh_stimulus_size(const izh_net *net, uint32_t stimulus); /* neurons it acts on */
void izh_stimulus_neurons(const izh_net *net, uint32_t stimulus,
                          uint32_t *index /* [size] in order of target */);
bool izh_stimulus_stopped(const izh_net *net, uint32_t stimulus);

/* The definition with the present numbers, without arrays and amplitude. Values for each neuron are only
 * there to be passed on to izh_stimulus_set. */
izh_stimulus_def izh_stimulus_get(const izh_net *net, uint32_t stimulus);
/* The present number of each neuron, in order of target. */
void izh_stimulus_numbers(const izh_net *net, uint32_t stimulus, const izh_stimulus_quantity *quantity,
                          double *values /* [size] */);
/* Sets the numbers that are not fixed, from the next step on. Change what izh_stimulus_get gives, and pass it
 * as *def; its kind must stay. Random draws are not affected. A waveform goes on as if it had had these
 * numbers from the beginning. IZH_RANGE, IZH_MEMORY; nothing is changed on failure. */
izh_status izh_stimulus_set(izh_net *net, uint32_t stimulus, const izh_stimulus_def *def, izh_err *err);
/* Sets the amplitude of a sine or a pulse train. A constant, values at times and a ramp become a constant of
 * that amplitude. From the next step on. IZH_RANGE when not finite, IZH_MEMORY; IZH_ARGUMENT for other kinds.
 */
izh_status izh_stimulus_set_amplitude(izh_net *net, uint32_t stimulus, izh_amplitude amplitude, izh_err *err);

/* The generation (see izh_rng) of the next random amplitudes. izh_stimulus_drawn says that they were used,
 * and begins the next generation. */
uint32_t izh_stimulus_generation(const izh_net *net, uint32_t stimulus);
void izh_stimulus_drawn(izh_net *net, uint32_t stimulus);

/* Stops a stimulus for ever, from the next step on. */
void izh_stimulus_stop(izh_net *net, uint32_t stimulus);

/* From the next step on, noise and Poisson sources (populations of them, too) are those of a trial, as if
 * they had been so from the beginning. Wiring and parameters stay. Trials are independent; trial 0 is the
 * network as it was made. Their past draws are made, which may take long. IZH_MEMORY, IZH_STOPPED: they draw
 * as the trial does from now on, but some go on from another past. */
izh_status izh_net_reseed(izh_net *net, uint32_t trial, izh_err *err);

/* From the next step on, noise and Poisson sources draw what they would draw in a network whose seed is this
 * seed + number; 0 changes nothing. Returns how many of these stimuli have not been stopped, and populations
 * of sources. */
uint32_t izh_stimuli_redraw(izh_net *net, uint32_t number);

bool izh_stimulus_jumps(const izh_net *net, uint32_t stimulus); /* whether its spikes make v jump */

/* The reversal potential of its conductances, in mV; NAN: it gives none. */
double izh_stimulus_reversal(const izh_net *net, uint32_t stimulus);
/* The conductances that it gave to each of its neurons in the last step, in order of target: each the mean
 * over the step, in units of its weight. Of a network that is cut among ranks, all get those of all.
 * IZH_MEMORY, IZH_ARGUMENT. */
izh_status izh_stimulus_conductances(const izh_net *net, uint32_t stimulus, double *values /* [size] */,
                                     izh_err *err);

/* From the next step on, noise or Poisson sources give their mean and no longer fluctuate. This cannot be
 * undone. False for a kind that does not fluctuate, or a stopped stimulus. */
bool izh_stimulus_calm(izh_net *net, uint32_t stimulus);
/* From the next step on, only that part of its current acts that has the sign 1 or -1. Jumps of v stay whole.
 */
void izh_stimulus_keep_sign(izh_net *net, uint32_t stimulus, int sign);

/* The current that the stimulus gave to each of its neurons in the last step, in order of target; 0 before
 * the first step. Spikes through a delta synapse give no current. */
void izh_stimulus_values(const izh_net *net, uint32_t stimulus, double *values /* [size] */);
/* The same, of a network that is cut among ranks: all ranks get those of all. IZH_MEMORY, IZH_ARGUMENT. */
izh_status izh_stimulus_values_all(const izh_net *net, uint32_t stimulus, double *values /* [size] */,
                                   izh_err *err);

#endif
