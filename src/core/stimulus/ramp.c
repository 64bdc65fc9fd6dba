#include <math.h>
#include <stdio.h>

#include "base/ieee.h"
#include "core/stimulus/waveform.h"

typedef struct ramp {
  izh_waveform waveform;
  double slope;
} ramp;

static const izh_stimulus_quantity quantities[] = {
    {{"amplitude", "", .help = "of the constant that the ramp becomes: " IZH_AMPLITUDE_HELP},
     .form = IZH_FORM_AMPLITUDE,
     .later = true},
    {{"start", "", .help = "current at the time from"}, .at = IZH_AT(ramp.start), .fixed = true},
    {{"slope", "", .help = "change for each ms", .otherwise = NAN}, .at = IZH_AT(ramp.slope), .fixed = true},
    {{"stop", "", .help = "in place of slope: the current at the time to", .otherwise = NAN},
     .at = IZH_AT(ramp.stop),
     .fixed = true},
    IZH_WINDOW_ROWS(ramp),
};

static double slope_of(const izh_ramp *d) {
  return isnan(d->stop) ? d->slope : (d->stop - d->start) / (d->window.to_ms - d->window.from_ms);
}

static void describe(const izh_stimulus_def *def, char *text, size_t size) {
  const izh_ramp *d = &def->ramp;
  snprintf(text, size, "current: a ramp of %.10g each ms, from %.10g at %.10g ms", slope_of(d), d->start,
           d->window.from_ms);
}

static izh_status check(const izh_net *net, const izh_stimulus_def *def, izh_err *err) {
  const izh_ramp *d = &def->ramp;
  izh_status status = izh_window_check(net, &d->window, err);
  if (status) return status;
  if (isnan(d->slope) && isnan(d->stop))
    return izh_fail(err, IZH_RANGE, "a ramp needs the option slope, or stop and to");
  if (isnan(d->stop)) return IZH_OK;
  if (isinf(d->window.to_ms)) return izh_fail(err, IZH_RANGE, "stop needs the option to");
  return isnan(d->slope) ? IZH_OK : izh_fail(err, IZH_RANGE, "give slope or stop, not both");
}

static void fit(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus) {
  ramp *own = stimulus->state;
  izh_window_fit(net, &def->ramp.window, &own->waveform);
  own->slope = slope_of(&def->ramp);
}

static void prepare(izh_net *net, izh_stimulus *stimulus) {
  ramp *own = stimulus->state;
  if (!izh_waveform_begin(net, stimulus)) return;
  izh_waveform_give(&own->waveform, 0,
                    stimulus->def.ramp.start + own->slope * izh_net_ms(net, net->now - own->waveform.from));
}

const izh_stimulus_type izh_ramp_stimulus = {
    .info = {.name = "ramp",
             .maker = "current",
             .form = "a ramp",
             .shown = "current (ramp)",
             .help = "a current that rises or falls steadily within a window of time",
             IZH_QUANTITIES(quantities)},
    .state_size = sizeof(ramp),
    .describe = describe,
    .check = check,
    .fit = fit,
    IZH_WAVEFORM_FUNCTIONS,
    .prepare = prepare,
    .set_amplitude = izh_constant_replace,
};
