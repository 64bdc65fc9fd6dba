/* Currents that are functions of time: ramps, sines, pulse trains. */
#include <math.h>

#include "base/exactmath.h"
#include "base/ieee.h"
#include "core/net/net_private.h"

static izh_status must_be_finite(const char *what, double value, izh_err *err) {
  if (isfinite(value)) return IZH_OK;
  return izh_fail(err, IZH_RANGE, "%s must be finite (got %g)", what, value);
}

static izh_status window_fit(const izh_net *net, const izh_wave *wave, izh_stimulus *stimulus, izh_err *err) {
  izh_status status = izh_net_steps(net, "from", wave->from_ms, &stimulus->from, err);
  if (status) return status;
  stimulus->to = INT64_MAX;
  if (wave->to_ms != INFINITY) status = izh_net_steps(net, "to", wave->to_ms, &stimulus->to, err);
  if (!status && stimulus->to <= stimulus->from)
    return izh_fail(err, IZH_RANGE, "to must be after from (got %g and %g ms)", wave->to_ms, wave->from_ms);
  return status;
}

static izh_status sine_check(const izh_net *net, const izh_wave *wave, izh_err *err) {
  double highest = 500 / net->def.dt_ms; /* two steps a period: faster ones would look slower */
  if (!(wave->frequency_hz >= 0 && wave->frequency_hz <= highest))
    return izh_fail(err, IZH_RANGE, "frequency must be 0 … %.10g Hz at dt = %.10g ms (got %g)", highest,
                    net->def.dt_ms, wave->frequency_hz);
  izh_status status = must_be_finite("phase", wave->phase_deg, err);
  return status ? status : must_be_finite("offset", wave->offset, err);
}

static izh_status train_fit(const izh_net *net, const izh_wave *wave, izh_stimulus *stimulus, izh_err *err) {
  izh_status status = izh_net_steps(net, "width", wave->width_ms, &stimulus->width, err);
  if (!status) status = izh_net_steps(net, "period", wave->period_ms, &stimulus->period, err);
  if (status) return status;
  if (stimulus->width <= 0) return izh_fail(err, IZH_RANGE, "width must be > 0 ms (got %g)", wave->width_ms);
  if (stimulus->period >= stimulus->width) return IZH_OK;
  return izh_fail(err, IZH_RANGE, "period must not be shorter than width (got %g and %g ms)", wave->period_ms,
                  wave->width_ms);
}

izh_status izh_wave_fit(const izh_net *net, izh_stimulus_kind kind, const izh_wave *wave,
                        izh_stimulus *stimulus, izh_err *err) {
  izh_status status = window_fit(net, wave, stimulus, err);
  if (status) return status;
  stimulus->wave = *wave;
  if (kind == IZH_STIMULUS_SINE) return sine_check(net, wave, err);
  if (kind == IZH_STIMULUS_TRAIN) return train_fit(net, wave, stimulus, err);
  status = must_be_finite("start", wave->start, err);
  return status ? status : must_be_finite("slope", wave->slope, err);
}

/* sin(2π x). The phase is found before the sine is, so that it is as exact late as early. */
static double sine_of(double cycles) {
  double sine, cosine;
  izh_sincospi(2 * (cycles - floor(cycles)), &sine, &cosine);
  return sine;
}

double izh_wave_value(const izh_net *net, const izh_stimulus *s, double *offset) {
  *offset = 0;
  if (net->now < s->from || net->now >= s->to) return 0;
  int64_t elapsed = net->now - s->from;
  const izh_wave *w = &s->wave;
  if (s->kind == IZH_STIMULUS_TRAIN) {
    if (w->pulses > 0 && (uint64_t)(elapsed / s->period) >= w->pulses) return 0;
    return elapsed % s->period < s->width;
  }
  double ms = izh_net_ms(net, elapsed);
  if (s->kind == IZH_STIMULUS_RAMP) {
    *offset = w->start + w->slope * ms;
    return 0;
  }
  *offset = w->offset;
  return sine_of(w->frequency_hz * ms / 1000 + w->phase_deg / 360);
}
