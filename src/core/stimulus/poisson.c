#include <math.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "core/isa/isa.h"
#include "core/stimulus/arrivals.h"
#include "core/stimulus/spike_input.h"
#include "core/stimulus/waveform.h"

/* The sources of each neuron are one process of rate 1 in a time of their own, which passes at n × rate: the
 * superposition of n sources is one process of n times their rate, and a change of rate changes the speed at
 * which its time passes. So the spikes do not depend on dt, whatever the rate. `passed` is how much of this
 * time has passed since the stimulus was added. */
typedef struct poisson {
  izh_spike_input input;
  izh_arrivals arrivals;
  double per_ms;                /* how much of this time passes in a ms */
  double passed_before, passed; /* until `since`; until now */
  int64_t since;                /* the step of the last change of rate */
} poisson;

static const izh_stimulus_quantity quantities[] = {
    {{"rate", "Hz", .help = "rate of each source", .required = true, .high = INFINITY},
     .at = IZH_AT(poisson.rate_hz)},
    IZH_WEIGHT_ROW(poisson),
    {{"n", "", .help = "number of independent sources for each neuron", .otherwise = 1, .low = 1,
      .high = INT32_MAX, .whole = true},
     .at = IZH_AT(poisson.sources),
     .fixed = true},
    IZH_KERNEL_ROW(poisson),
    IZH_WINDOW_ROWS(poisson),
};

static void describe(const izh_stimulus_def *def, char *text, size_t size) {
  const izh_poisson *d = &def->poisson;
  char window[64];
  snprintf(text, size, "poisson: %.10g × %.10g Hz, weight %.10g%s", d->sources, d->rate_hz, d->weight,
           izh_window_text(&d->window, window));
}

/* A higher n × rate is surely a mistake, and would take for ever. */
static const double GREATEST_HZ = 1e7;

static izh_status check(const izh_net *net, const izh_stimulus_def *def, izh_err *err) {
  const izh_poisson *d = &def->poisson;
  izh_status status = izh_window_check(net, &d->window, err);
  if (!net || status) return status;
  status = izh_spike_input_check(net, d->weight, &d->kernel, err);
  if (status || !(d->rate_hz * d->sources > GREATEST_HZ)) return status;
  return izh_fail(err, IZH_RANGE, "n × rate must be at most %g Hz (got %g × %g)", GREATEST_HZ, d->sources,
                  d->rate_hz);
}

static double passed_now(const izh_net *net, const poisson *own) {
  return own->passed_before + own->per_ms * izh_net_ms(net, net->now - own->since);
}

/* From now on the time of the sources passes at a new speed. */
static void fit(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus) {
  poisson *own = stimulus->state;
  own->passed = own->passed_before = passed_now(net, own);
  own->since = net->now;
  own->per_ms = def->poisson.rate_hz * def->poisson.sources / 1000;
  izh_spike_input_fit(def->poisson.weight, &def->poisson.kernel, &own->input);
}

static izh_status find_key(izh_net *net, const izh_stimulus *stimulus, izh_err *err) {
  poisson *own = stimulus->state;
  return izh_net_trial_stream(net, "stimulus", stimulus->def.name, "poisson", &own->arrivals.key, err);
}

static izh_status make(izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus, izh_err *err) {
  poisson *own = stimulus->state;
  uint32_t n = def->target.size;
  izh_status status = izh_spike_input_make(net, stimulus, err);
  if (!status) status = find_key(net, stimulus, err);
  if (status) return status;
  izh_arrivals *a = &own->arrivals;
  a->n = n;
  a->to = -1;
  a->next = izh_alloc(n, sizeof *a->next);
  a->drawn = izh_alloc(n, sizeof *a->drawn);
  a->time = izh_alloc(n, IZH_ARRIVALS * sizeof *a->time);
  if (!a->next || !a->drawn || !a->time)
    return izh_fail_memory(err, (unsigned long long)n * 6 * sizeof(double));
  izh_arrivals_begin(a, &stimulus->def.target, own->passed);
  return IZH_OK;
}

/* What a source waits for has no memory: from now on it waits as others would have from the beginning. */
static void redraw(izh_stimulus *stimulus, uint32_t number) {
  poisson *own = stimulus->state;
  own->arrivals.key.seed += number;
  izh_arrivals_begin(&own->arrivals, &stimulus->def.target, own->passed);
}

static izh_status reseed(izh_net *net, izh_stimulus *stimulus, izh_err *err) {
  poisson *own = stimulus->state;
  izh_status status = find_key(net, stimulus, err);
  if (!status) izh_arrivals_begin(&own->arrivals, &stimulus->def.target, 0);
  return status;
}

static int blocks(void *state, void **list) {
  poisson *own = state;
  int n = izh_spike_input_blocks(&own->input, list);
  list[n++] = own->arrivals.next;
  list[n++] = own->arrivals.drawn;
  list[n++] = own->arrivals.time;
  return n;
}

static const double LONGEST_TIME = 1e15; /* adding a waiting time to this still changes it */

/* Whether the sources may be in this state at this time. In particular no neuron has so many spikes due at
 * once that delivering them would take for ever. */
static bool sources_valid(const izh_net *net, const izh_stimulus *stimulus) {
  const poisson *own = stimulus->state;
  if (own->since < 0 || own->since > net->now) return false;
  double passed = passed_now(net, own), most = 1.001 * GREATEST_HZ / 1000; /* in a step of 1 ms */
  bool good = own->arrivals.to >= -1 && own->arrivals.to <= own->passed && own->passed_before >= 0 &&
              own->passed >= 0 && own->passed <= LONGEST_TIME && passed <= LONGEST_TIME;
  for (uint32_t k = 0; k < stimulus->def.target.size && good; k++)
    good = own->arrivals.drawn[k] >= 1 && own->arrivals.next[k] >= 0 &&
           own->arrivals.next[k] <= 2 * LONGEST_TIME &&
           (stimulus->stopped || passed - own->arrivals.next[k] <= most);
  return good;
}

static void archive(izh_archive *a, izh_net *net, izh_stimulus *stimulus) {
  poisson *own = stimulus->state;
  uint32_t n = stimulus->def.target.size;
  izh_spike_input_archive(a, net, stimulus);
  izh_archive_f64(a, &own->passed_before);
  izh_archive_f64(a, &own->passed);
  izh_archive_i64(a, &own->since);
  izh_arrivals *arrivals = &own->arrivals;
  izh_archive_f64(a, &arrivals->to);
  if (a->mode == IZH_ARCHIVE_WRITE) izh_arrivals_note(arrivals);
  arrivals->n = n;
  arrivals->next = izh_archive_array(a, arrivals->next, n, sizeof *arrivals->next);
  arrivals->drawn = izh_archive_array(a, arrivals->drawn, n, sizeof *arrivals->drawn);
  arrivals->time = izh_archive_derived(a, arrivals->time, n, IZH_ARRIVALS * sizeof *arrivals->time);
  if (!izh_archive_reads(a)) return;
  izh_archive_require(a, sources_valid(net, stimulus), "state of Poisson sources");
  if (izh_archive_reads(a)) a->status = find_key(net, stimulus, a->err);
  arrivals->time = izh_archive_room(a, n, IZH_ARRIVALS * sizeof *arrivals->time);
  if (arrivals->time) izh_arrivals_restore(arrivals, &stimulus->def.target);
}

static void prepare(izh_net *net, izh_stimulus *stimulus) {
  poisson *own = stimulus->state;
  own->arrivals.from = own->arrivals.to;
  if (!izh_spike_input_prepare(net, stimulus)) return;
  own->arrivals.to = own->passed = passed_now(net, own);
}

/* Spikes outside of the window weigh nothing. Those of this step came since the step before, so the window is
 * from < t ≤ to: the same spikes at every dt. */
static double weight_now(const izh_net *net, const izh_stimulus *stimulus) {
  const poisson *own = stimulus->state;
  const izh_window *window = &stimulus->def.poisson.window;
  bool in = net->now > izh_stimulus_steps(net, window->from_ms) &&
            net->now <= izh_stimulus_steps(net, window->to_ms);
  return in ? own->input.weight : 0;
}

/* Adds the mean: the expected number of spikes in a step, as a fraction of a spike, in every step. */
static void add_mean(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  const poisson *own = stimulus->state;
  double *slot = izh_spike_input_begin(net, stimulus, k), weight = weight_now(net, stimulus);
  for (uint32_t i = k.begin; i < k.end; i++) slot[i] += weight * own->per_ms * net->def.dt_ms;
  izh_spike_input_end(net, stimulus, k);
}

/* Adds the spikes since the step before. */
static void add(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  const poisson *own = stimulus->state;
  if (stimulus->calm) {
    add_mean(net, stimulus, k);
    return;
  }
  double *slot = izh_spike_input_begin(net, stimulus, k);
  izh_loops_chosen()->arrivals(&own->arrivals, &stimulus->def.target, k, weight_now(net, stimulus), slot);
  izh_spike_input_end(net, stimulus, k);
}

const izh_stimulus_type izh_poisson_stimulus = {
    .info = {.name = "poisson",
             .maker = "poisson",
             .shown = "poisson",
             .help = "independent Poisson sources, which fire at the same times at every dt",
             IZH_QUANTITIES(quantities)},
    .state_size = sizeof(poisson),
    .describe = describe,
    .check = check,
    .fit = fit,
    .make = make,
    .blocks = blocks,
    .archive = archive,
    .prepare = prepare,
    .add = add,
    .current = izh_spike_input_current,
    .redraw = redraw,
    .reseed = reseed,
};
