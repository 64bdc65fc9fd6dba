#include <math.h>
#include <stdio.h>

#include "base/ieee.h"
#include "core/stimulus/waveform.h"

typedef struct pulses {
  izh_waveform waveform;
  int64_t width, period; /* steps */
} pulses;

static const izh_stimulus_quantity quantities[] = {
    IZH_AMPLITUDE_ROW,
    {{"width", "ms", .help = "length of a pulse, a multiple of dt", .required = true, .high = INFINITY,
      .above = true},
     .at = IZH_AT(pulse_train.width_ms)},
    {{"period", "ms",
      .help = "from the beginning of a pulse to that of the next, a multiple of dt, at least the width",
      .required = true},
     .at = IZH_AT(pulse_train.period_ms)},
    {{"n", "", .help = "at most so many pulses; any number when it is not given", .otherwise = INFINITY,
      .low = 1, .high = 0x1p53, .whole = true},
     .at = IZH_AT(pulse_train.pulses),
     .fixed = true},
    IZH_WINDOW_ROWS(pulse_train),
};

static void describe(const izh_stimulus_def *def, char *text, size_t size) {
  const izh_pulse_train *d = &def->pulse_train;
  snprintf(text, size, "current: pulses of %.10g ms every %.10g ms, from %.10g ms", d->width_ms, d->period_ms,
           d->window.from_ms);
}

static izh_status check(const izh_net *net, const izh_stimulus_def *def, izh_err *err) {
  const izh_pulse_train *d = &def->pulse_train;
  int64_t width, period;
  izh_status status = izh_waveform_check(net, def, err);
  if (status || !net) return status;
  status = izh_net_period(net, "width", d->width_ms, &width, err);
  if (!status) status = izh_net_period(net, "period", d->period_ms, &period, err);
  if (status || period >= width) return status;
  return izh_fail(err, IZH_RANGE, "period must not be shorter than width (got %g and %g ms)", d->period_ms,
                  d->width_ms);
}

static void fit(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus) {
  const izh_pulse_train *d = &def->pulse_train;
  pulses *own = stimulus->state;
  izh_waveform_fit(net, def, stimulus);
  own->width = izh_stimulus_steps(net, d->width_ms);
  own->period = izh_stimulus_steps(net, d->period_ms);
}

static void prepare(izh_net *net, izh_stimulus *stimulus) {
  pulses *own = stimulus->state;
  if (!izh_waveform_begin(net, stimulus)) return;
  int64_t elapsed = net->now - own->waveform.from;
  bool over = (double)(elapsed / own->period) >= stimulus->def.pulse_train.pulses;
  izh_waveform_give(&own->waveform, !over && elapsed % own->period < own->width, 0);
}

const izh_stimulus_type izh_pulse_train_stimulus = {
    .info = {.name = "pulse_train",
             .maker = "current",
             .form = "a pulse train",
             .shown = "current (pulse train)",
             .help = "pulses that begin at from, from + period … within a window of time",
             IZH_QUANTITIES(quantities)},
    .state_size = sizeof(pulses),
    .describe = describe,
    .check = check,
    .fit = fit,
    .make = izh_waveform_make,
    IZH_WAVEFORM_FUNCTIONS,
    .prepare = prepare,
    .set_amplitude = izh_waveform_set_amplitude,
};
