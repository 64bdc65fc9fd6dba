#include <math.h>
#include <stdio.h>

#include "base/exactmath.h"
#include "base/ieee.h"
#include "core/stimulus/waveform.h"

static const izh_stimulus_quantity quantities[] = {
    IZH_AMPLITUDE_ROW,
    {{"frequency", "Hz", .help = "at most 1/(2 dt)", .required = true, .high = INFINITY},
     .at = IZH_AT(sine.frequency_hz)},
    {{"phase", "degrees", .help = "phase at the time from"}, .at = IZH_AT(sine.phase_deg)},
    {{"offset", "", .help = "current that is added to the sine"}, .at = IZH_AT(sine.offset)},
    IZH_WINDOW_ROWS(sine),
};

static void describe(const izh_stimulus_def *def, char *text, size_t size) {
  snprintf(text, size, "current: a sine of %.10g Hz, from %.10g ms", def->sine.frequency_hz,
           def->sine.window.from_ms);
}

static izh_status check(const izh_net *net, const izh_stimulus_def *def, izh_err *err) {
  double hz = def->sine.frequency_hz;
  izh_status status = izh_waveform_check(net, def, err);
  if (status || !net) return status;
  double highest =
      500 / net->def.dt_ms; /* two steps in a period; a faster sine would look like a slower one */
  if (hz >= 0 && hz <= highest) return IZH_OK;
  return izh_fail(err, IZH_RANGE, "frequency must be 0 … %.10g Hz at dt = %.10g ms (got %g)", highest,
                  net->def.dt_ms, hz);
}

/* sin(2π cycles). Whole cycles are removed first, so that the sine is as exact late in a run as early. */
static double sine_of(double cycles) {
  double sine, cosine;
  izh_sincospi(2 * (cycles - floor(cycles)), &sine, &cosine);
  return sine;
}

static void prepare(izh_net *net, izh_stimulus *stimulus) {
  const izh_sine *d = &stimulus->def.sine;
  izh_waveform *waveform = stimulus->state;
  if (!izh_waveform_begin(net, stimulus)) return;
  double ms = izh_net_ms(net, net->now - waveform->from);
  izh_waveform_give(waveform, sine_of(d->frequency_hz * ms / 1000 + d->phase_deg / 360), d->offset);
}

const izh_stimulus_type izh_sine_stimulus = {
    .info = {.name = "sine",
             .maker = "current",
             .form = "a sine",
             .shown = "current (sine)",
             .help = "offset + amplitude sin(2π (frequency (t - from) + phase/360°)) within a window of time",
             IZH_QUANTITIES(quantities)},
    .state_size = sizeof(izh_waveform),
    .describe = describe,
    .check = check,
    .fit = izh_waveform_fit,
    .make = izh_waveform_make,
    IZH_WAVEFORM_FUNCTIONS,
    .prepare = prepare,
    .set_amplitude = izh_waveform_set_amplitude,
};
