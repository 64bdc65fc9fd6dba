#include <math.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "core/stimulus/waveform.h"

typedef struct levels {
  izh_waveform waveform;
  int64_t *steps; /* [n] */
  double *values; /* [n] */
  uint32_t n, at; /* the present value is values[at - 1] */
} levels;

static const izh_stimulus_quantity quantities[] = {
    {{"times", "ms", .help = "when each value begins, multiples of dt", .required = true},
     .form = IZH_FORM_LEVELS,
     .at = IZH_AT(current_steps.levels),
     .fixed = true},
    {{"values", "", .help = "current from each time to the next", .required = true},
     .form = IZH_FORM_WITH,
     .fixed = true},
    {{"amplitude", "", .help = "a factor of the values: " IZH_AMPLITUDE_HELP, .otherwise = 1},
     .form = IZH_FORM_AMPLITUDE,
     .at = IZH_AT(current_steps.amplitude)},
};

static void describe(const izh_stimulus_def *def, char *text, size_t size) {
  const izh_current_steps *d = &def->current_steps;
  const char *more = d->levels.n > 1 ? " …" : "";
  double time = d->levels.n > 0 ? d->levels.times_ms[0] : 0,
         level = d->levels.n > 0 ? d->levels.values[0] : 0;
  if (isnan(d->amplitude.one))
    snprintf(text, size, "current: an amplitude for each neuron from %.10g ms on%s", time, more);
  else
    snprintf(text, size, "current: %.10g from %.10g ms on%s", level * d->amplitude.one, time, more);
}

static izh_status check(const izh_net *net, const izh_stimulus_def *def, izh_err *err) {
  const izh_levels *d = &def->current_steps.levels;
  for (uint32_t k = 0; k < d->n; k++) {
    char name[32];
    int64_t step;
    snprintf(name, sizeof name, "times[%u]", k + 1);
    izh_status status = net ? izh_net_steps(net, name, d->times_ms[k], &step, err) : IZH_OK;
    if (status) return status;
    if (k > 0 && !(d->times_ms[k] > d->times_ms[k - 1]))
      return izh_fail(err, IZH_RANGE, "times must ascend (%s is %g, the one before %g)", name, d->times_ms[k],
                      d->times_ms[k - 1]);
    if (!isfinite(d->values[k]))
      return izh_fail(err, IZH_RANGE, "value %u must be finite (got %g)", k + 1, d->values[k]);
  }
  return IZH_OK;
}

static void fit(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus) {
  (void)def;
  izh_window_fit(net, &(izh_window){.to_ms = INFINITY}, stimulus->state);
}

static izh_status make(izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus, izh_err *err) {
  const izh_levels *d = &def->current_steps.levels;
  levels *own = stimulus->state;
  own->n = d->n;
  own->steps = izh_alloc(d->n, sizeof *own->steps);
  own->values = izh_alloc(d->n, sizeof *own->values);
  if (!own->steps || !own->values) return izh_fail_memory(err, d->n * 2 * sizeof(double));
  for (uint32_t k = 0; k < d->n; k++) {
    own->steps[k] = izh_stimulus_steps(net, d->times_ms[k]);
    own->values[k] = d->values[k];
  }
  return izh_waveform_set_amplitude(stimulus, def->current_steps.amplitude, err);
}

static int blocks(void *state, void **list) {
  levels *own = state;
  int n = izh_waveform_blocks(&own->waveform, list);
  list[n++] = own->steps;
  list[n++] = own->values;
  return n;
}

static bool levels_valid(const levels *own) {
  if (own->at > own->n) return false;
  for (uint32_t k = 0; k < own->n; k++)
    if (!isfinite(own->values[k]) || (k > 0 && own->steps[k] <= own->steps[k - 1])) return false;
  return true;
}

static void archive(izh_archive *a, izh_net *net, izh_stimulus *stimulus) {
  levels *own = stimulus->state;
  izh_waveform_archive(a, net, stimulus);
  izh_archive_u32(a, &own->n);
  izh_archive_u32(a, &own->at);
  own->steps = izh_archive_array(a, own->steps, own->n, sizeof *own->steps);
  own->values = izh_archive_array(a, own->values, own->n, sizeof *own->values);
  if (izh_archive_reads(a)) izh_archive_require(a, levels_valid(own), "times of a current");
}

static void prepare(izh_net *net, izh_stimulus *stimulus) {
  levels *own = stimulus->state;
  if (!izh_waveform_begin(net, stimulus)) return;
  while (own->at < own->n && own->steps[own->at] <= net->now) own->at++;
  izh_waveform_give(&own->waveform, own->at > 0 ? own->values[own->at - 1] : 0, 0);
}

const izh_stimulus_type izh_current_steps_stimulus = {
    .info = {.name = "current_steps",
             .maker = "current",
             .form = "values at times",
             .shown = "current",
             .help = "a current that changes at given times",
             IZH_QUANTITIES(quantities)},
    .state_size = sizeof(levels),
    .describe = describe,
    .check = check,
    .fit = fit,
    .make = make,
    .blocks = blocks,
    .archive = archive,
    .prepare = prepare,
    .add = izh_waveform_add,
    .current = izh_waveform_current,
    .set_amplitude = izh_constant_replace,
};
