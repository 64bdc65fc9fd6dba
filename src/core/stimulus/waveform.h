/* Waveforms: what constants, values at times, ramps, sines and pulse trains share. The current is a function
 * of time, the same for all neurons, × an amplitude, which may differ between neurons. Private to the core.
 */
#ifndef IZH_CORE_WAVEFORM_H
#define IZH_CORE_WAVEFORM_H

#include "core/stimulus/stimulus_private.h"

/* The first member of the state of such a stimulus. */
typedef struct izh_waveform {
  int64_t from, to;     /* in steps; `to` may be INT64_MAX */
  double one, *each;    /* the amplitude of all neurons; unless NULL, each[target.size] by position instead */
  double *before;       /* the amplitudes of the last step, if they were replaced since; else NULL */
  double offset, scale; /* in the last step the current was offset + scale × the amplitude of each neuron */
} izh_waveform;

izh_status izh_window_check(const izh_net *net, const izh_window *window, izh_err *err);
/* ", from 100 to 200 ms"; empty when it is open for ever. Returns text. */
const char *izh_window_text(const izh_window *window, char text[64]);
/* Whether the step that begins now is in the window. */
bool izh_window_open(const izh_net *net, const izh_window *window);
void izh_window_fit(const izh_net *net, const izh_window *window, izh_waveform *waveform);

/* Begins a step, and sets the current to 0. Returns whether the stimulus is not stopped and the step is
 * within its window. */
bool izh_waveform_begin(const izh_net *net, izh_stimulus *stimulus);
/* Sets the current of the step to offset + value × amplitude. */
void izh_waveform_give(izh_waveform *waveform, double value, double offset);

/* Functions of izh_stimulus_type for a kind whose definition begins as that of a constant. */
izh_status izh_waveform_check(const izh_net *net, const izh_stimulus_def *def, izh_err *err);
void izh_waveform_fit(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus);
izh_status izh_waveform_make(izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus, izh_err *err);

/* Functions of izh_stimulus_type for any waveform. */
int izh_waveform_blocks(void *state, void **blocks);
void izh_waveform_archive(izh_archive *a, izh_net *net, izh_stimulus *stimulus);
void izh_waveform_add(const izh_net *net, const izh_stimulus *stimulus, izh_part k);
double izh_waveform_current(const izh_stimulus *stimulus, uint32_t position);
izh_status izh_waveform_set_amplitude(izh_stimulus *stimulus, izh_amplitude amplitude, izh_err *err);
/* Most waveforms use these four. */
#define IZH_WAVEFORM_FUNCTIONS                                                                               \
  .blocks = izh_waveform_blocks, .archive = izh_waveform_archive, .add = izh_waveform_add,                   \
  .current = izh_waveform_current

/* constant.c: turns the stimulus into a constant. */
izh_status izh_constant_replace(izh_stimulus *stimulus, izh_amplitude amplitude, izh_err *err);

#define IZH_AMPLITUDE_HELP "one for all neurons, or a value for each"

/* Descriptions of the amplitude, for a definition that begins as that of a constant, and of a window. */
#define IZH_AMPLITUDE_ROW                                                                                    \
  {                                                                                                          \
    {"amplitude", "", .help = IZH_AMPLITUDE_HELP, .required = true}, .form = IZH_FORM_AMPLITUDE,             \
                                                                     .at = IZH_AT(constant.amplitude)        \
  }
#define IZH_WINDOW_ROWS(kind)                                                                                \
  {{"from", "ms", .help = "when it begins, a multiple of dt"},                                               \
   .at = IZH_AT(kind.window.from_ms),                                                                        \
   .fixed = true},                                                                                           \
  {                                                                                                          \
    {"to", "ms", .help = "when it ends, a multiple of dt; never when it is not given",                       \
     .otherwise = INFINITY},                                                                                 \
        .at = IZH_AT(kind.window.to_ms), .fixed = true                                                       \
  }

#endif
