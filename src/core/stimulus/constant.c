#include <math.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "core/stimulus/waveform.h"

static const izh_stimulus_quantity quantities[] = {
    IZH_AMPLITUDE_ROW,
    IZH_WINDOW_ROWS(constant),
};

static void describe(const izh_stimulus_def *def, char *text, size_t size) {
  const izh_window *window = &def->constant.window;
  const char *end = isinf(window->to_ms) ? "" : " …";
  if (isnan(def->constant.amplitude.one))
    snprintf(text, size, "current: an amplitude for each neuron from %.10g ms on%s", window->from_ms, end);
  else
    snprintf(text, size, "current: %.10g from %.10g ms on%s", def->constant.amplitude.one, window->from_ms,
             end);
}

static void prepare(izh_net *net, izh_stimulus *stimulus) {
  if (izh_waveform_begin(net, stimulus)) izh_waveform_give(stimulus->state, 1, 0);
}

/* From now on, for ever, the current is the amplitude. */
static izh_status set_amplitude(izh_stimulus *stimulus, izh_amplitude amplitude, izh_err *err) {
  izh_status status = izh_waveform_set_amplitude(stimulus, amplitude, err);
  if (status) return status;
  izh_waveform *waveform = stimulus->state;
  stimulus->def.constant = (izh_constant){.window = {.to_ms = INFINITY}};
  waveform->from = 0;
  waveform->to = INT64_MAX;
  return IZH_OK;
}

/* Moves the waveform to a new state, so that the current of the last step can still be read. */
izh_status izh_constant_replace(izh_stimulus *stimulus, izh_amplitude amplitude, izh_err *err) {
  izh_waveform *waveform = izh_alloc_zero(1, sizeof *waveform), *old = stimulus->state;
  if (!waveform) return izh_fail_memory(err, sizeof *waveform);
  izh_stimulus constant = *stimulus;
  *waveform = *old;
  constant.type = &izh_constant_stimulus;
  constant.def.kind = IZH_STIMULUS_CONSTANT;
  constant.state = waveform;
  izh_status status = set_amplitude(&constant, amplitude, err);
  if (status) {
    izh_free(waveform);
    return status;
  }
  *old = (izh_waveform){0};
  izh_stimulus_state_free(stimulus);
  *stimulus = constant;
  return IZH_OK;
}

const izh_stimulus_type izh_constant_stimulus = {
    .info = {.name = "constant",
             .maker = "current",
             .form = "a constant",
             .shown = "current",
             .help = "a constant current within a window of time",
             IZH_QUANTITIES(quantities)},
    .state_size = sizeof(izh_waveform),
    .describe = describe,
    .check = izh_waveform_check,
    .fit = izh_waveform_fit,
    .make = izh_waveform_make,
    IZH_WAVEFORM_FUNCTIONS,
    .prepare = prepare,
    .set_amplitude = set_amplitude,
};
