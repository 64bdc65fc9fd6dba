#include <math.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "base/stop.h"
#include "core/isa/isa.h"
#include "core/stimulus/arrivals.h"
#include "core/stimulus/spike_input.h"
#include "core/stimulus/waveform.h"
#include "core/synapse/conductance.h"

/* The sources of each neuron are one process of rate 1 in a time of their own, which passes at n × rate: the
 * superposition of n sources is one process of n times their rate, and a change of rate changes the speed at
 * which its time passes. So the spikes do not depend on dt, whatever the rate. `passed` is how much of this
 * time has passed since the stimulus was added. It is the same for all neurons, until each has had a rate of
 * its own. */
typedef struct poisson {
  izh_spike_input input;
  izh_arrivals arrivals;
  double per_ms;                /* how much of this time passes in a ms */
  double passed_before, passed; /* until `since`; until now */
  int64_t since;                /* the step of the last change of rate */
  double *before_each;          /* [target.size] passed_before of each neuron; NULL: the same for all */
} poisson;

static const izh_stimulus_quantity quantities[] = {
    {{"rate", "Hz", .help = "rate of each source", .required = true, .high = INFINITY},
     .at = IZH_AT(poisson.rate_hz),
     .each = IZH_AT(poisson.rate_hz_each)},
    {IZH_WEIGHT, .at = IZH_AT(poisson.weight), .each = IZH_AT(poisson.weight_each)},
    {{"n", "", .help = "number of independent sources for each neuron", .otherwise = 1, .low = 1,
      .high = INT32_MAX, .whole = true},
     .at = IZH_AT(poisson.sources),
     .fixed = true},
    IZH_KERNEL_ROW(poisson),
    IZH_WINDOW_ROWS(poisson),
};

static void describe(const izh_stimulus_def *def, char *text, size_t size) {
  const izh_poisson *d = &def->poisson;
  char window[64], rate[32], weight[32];
  snprintf(text, size, "poisson: %.10g × %s Hz, weight %s%s", d->sources,
           izh_stimulus_number_text(d->rate_hz, rate), izh_stimulus_number_text(d->weight, weight),
           izh_window_text(&d->window, window));
}

/* A higher n × rate is surely a mistake, and would take for ever. */
static const double GREATEST_HZ = 1e7;

static izh_status check(const izh_net *net, const izh_stimulus_def *def, izh_err *err) {
  const izh_poisson *d = &def->poisson;
  izh_status status = izh_window_check(net, &d->window, err);
  if (!net || status) return status;
  uint32_t n = def->target.size;
  status = izh_spike_input_check(net, d->weight_each ? 0 : d->weight, &d->kernel, err);
  for (uint32_t k = 0; k < n && d->weight_each && !status; k++)
    status = izh_conductance_check(izh_kernel_reversal(&d->kernel), d->weight_each[k], err);
  double highest = d->rate_hz_each ? 0 : d->rate_hz;
  for (uint32_t k = 0; k < n && d->rate_hz_each; k++) highest = fmax(highest, d->rate_hz_each[k]);
  if (status || !(highest * d->sources > GREATEST_HZ)) return status;
  return izh_fail(err, IZH_RANGE, "n × rate must be at most %g Hz (got %g × %g)", GREATEST_HZ, d->sources,
                  highest);
}

static double passed_now(const izh_net *net, const poisson *own) {
  return own->passed_before + own->per_ms * izh_net_ms(net, net->now - own->since);
}

static double per_ms(double rate_hz, double sources) {
  return rate_hz * sources / 1000;
}

static double passed_of(const izh_net *net, const izh_stimulus *stimulus, uint32_t k) {
  const izh_poisson *d = &stimulus->def.poisson;
  const poisson *own = stimulus->state;
  if (!own->before_each) return passed_now(net, own);
  return own->before_each[k] +
         per_ms(IZH_NUMBER_OF(d, rate_hz, k), d->sources) * izh_net_ms(net, net->now - own->since);
}

/* When each neuron gets a rate of its own, each gets a time of its own. It keeps it, whatever follows. */
static izh_status room(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus,
                       izh_err *err) {
  (void)net;
  poisson *own = stimulus->state;
  uint32_t n = stimulus->def.target.size;
  if (!def->poisson.rate_hz_each || own->before_each) return IZH_OK;
  double *before = izh_alloc(n, sizeof *before), *from = izh_alloc(n, sizeof *from),
         *to = izh_alloc(n, sizeof *to);
  if (!before || !from || !to) {
    izh_free(before);
    izh_free(from);
    izh_free(to);
    return izh_fail_memory(err, 3ull * n * sizeof *before);
  }
  for (uint32_t k = 0; k < n; k++) {
    before[k] = own->passed_before;
    to[k] = own->arrivals.to;
  }
  own->before_each = before;
  own->arrivals.from_each = from;
  own->arrivals.to_each = to;
  return IZH_OK;
}

/* From now on the time of the sources passes at a new speed. */
static void fit(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus) {
  poisson *own = stimulus->state;
  for (uint32_t k = 0; k < stimulus->def.target.size && own->before_each; k++)
    own->before_each[k] = passed_of(net, stimulus, k);
  own->passed = own->passed_before = passed_now(net, own);
  own->since = net->now;
  own->per_ms = def->poisson.rate_hz_each ? 0 : per_ms(def->poisson.rate_hz, def->poisson.sources);
  izh_spike_input_fit(def->poisson.weight, &def->poisson.kernel, &own->input);
}

static izh_status find_key(izh_net *net, const izh_stimulus *stimulus, izh_err *err) {
  poisson *own = stimulus->state;
  return izh_net_trial_stream(net, "stimulus", stimulus->def.name, "poisson", &own->arrivals.key, err);
}

enum { DRAWS_BETWEEN = 1 << 20 }; /* two questions whether to stop */

/* What a source waits for has no memory: each begins anew at the present, or at the beginning of its time.
 * IZH_STOPPED, only in the latter case: then the others begin at the present. */
static izh_status begin(izh_stimulus *stimulus, bool at_present, izh_err *err) {
  poisson *own = stimulus->state;
  izh_arrivals *a = &own->arrivals;
  izh_status status = IZH_OK;
  uint64_t draws = 0;
  for (uint32_t k = 0; k < a->n; k++) {
    double present = own->before_each ? fmax(own->before_each[k], a->to_each[k]) : own->passed;
    izh_arrivals_begin(a, &stimulus->def.target, k, at_present || status ? present : 0);
    draws += a->drawn[k];
    if (at_present || status || draws < DRAWS_BETWEEN) continue;
    status = izh_stop_check(err);
    draws = 0;
  }
  return status;
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
  for (uint32_t k = 0; k < n && own->before_each; k++) {
    own->before_each[k] = 0;
    a->to_each[k] = -1;
  }
  return begin(stimulus, true, err);
}

/* From now on a source waits as others would have from the beginning. */
static void redraw(izh_stimulus *stimulus, uint32_t number) {
  poisson *own = stimulus->state;
  own->arrivals.key.seed += number;
  begin(stimulus, true, NULL);
}

static izh_status reseed(izh_net *net, izh_stimulus *stimulus, izh_err *err) {
  izh_status status = find_key(net, stimulus, err);
  return status ? status : begin(stimulus, false, err);
}

static int blocks(void *state, void **list) {
  poisson *own = state;
  int n = izh_spike_input_blocks(&own->input, list);
  list[n++] = own->arrivals.next;
  list[n++] = own->arrivals.drawn;
  list[n++] = own->arrivals.time;
  list[n++] = own->before_each;
  list[n++] = own->arrivals.from_each;
  list[n++] = own->arrivals.to_each;
  return n;
}

static const double LONGEST_TIME = 1e15; /* adding a waiting time to this still changes it */

/* Whether the sources may be in this state at this time. In particular no neuron has so many spikes due at
 * once that delivering them would take for ever. */
static bool sources_valid(const izh_net *net, const izh_stimulus *stimulus) {
  const poisson *own = stimulus->state;
  const double *each = own->before_each, most = 1.001 * GREATEST_HZ / 1000; /* in a step of 1 ms */
  if (own->since < 0 || own->since > net->now || !each != !own->arrivals.to_each) return false;
  bool good = own->arrivals.to >= -1 && own->arrivals.to <= own->passed && own->passed_before >= 0 &&
              own->passed >= 0 && own->passed <= LONGEST_TIME &&
              (each || !stimulus->def.poisson.rate_hz_each);
  for (uint32_t k = 0; k < stimulus->def.target.size && good; k++) {
    double passed = passed_of(net, stimulus, k), to = izh_arrivals_to(&own->arrivals, k);
    good = (!each || each[k] >= 0) && to >= -1 && to <= passed && passed <= LONGEST_TIME &&
           own->arrivals.drawn[k] >= 1 && own->arrivals.next[k] >= 0 &&
           own->arrivals.next[k] <= 2 * LONGEST_TIME &&
           (stimulus->stopped || passed - own->arrivals.next[k] <= most);
  }
  return good;
}

static void archive(izh_archive *a, izh_net *net, izh_stimulus *stimulus) {
  poisson *own = stimulus->state;
  const izh_ids *target = &stimulus->def.target;
  uint32_t n = target->size;
  izh_spike_input_archive(a, net, stimulus);
  izh_archive_f64(a, &own->passed_before);
  izh_archive_f64(a, &own->passed);
  izh_archive_i64(a, &own->since);
  own->before_each = izh_archive_optional(a, own->before_each, n, sizeof *own->before_each);
  izh_arrivals *arrivals = &own->arrivals;
  izh_archive_f64(a, &arrivals->to);
  if (arrivals->to_each) izh_archive_refresh(a, net, target, arrivals->to_each, sizeof *arrivals->to_each);
  arrivals->to_each = izh_archive_optional(a, arrivals->to_each, n, sizeof *arrivals->to_each);
  arrivals->from_each = izh_archive_derived(a, arrivals->from_each, n, sizeof *arrivals->from_each);
  if (a->mode == IZH_ARCHIVE_WRITE) izh_arrivals_note(arrivals);
  izh_archive_refresh(a, net, target, arrivals->next, sizeof *arrivals->next);
  izh_archive_refresh(a, net, target, arrivals->drawn, sizeof *arrivals->drawn);
  arrivals->n = n;
  arrivals->next = izh_archive_array(a, arrivals->next, n, sizeof *arrivals->next);
  arrivals->drawn = izh_archive_array(a, arrivals->drawn, n, sizeof *arrivals->drawn);
  arrivals->time = izh_archive_derived(a, arrivals->time, n, IZH_ARRIVALS * sizeof *arrivals->time);
  if (!izh_archive_reads(a)) return;
  izh_archive_require(a, sources_valid(net, stimulus), "state of Poisson sources");
  if (izh_archive_reads(a)) a->status = find_key(net, stimulus, a->err);
  if (own->before_each) arrivals->from_each = izh_archive_room(a, n, sizeof *arrivals->from_each);
  arrivals->time = izh_archive_room(a, n, IZH_ARRIVALS * sizeof *arrivals->time);
  if (arrivals->time) izh_arrivals_restore(arrivals, target);
}

static void prepare(izh_net *net, izh_stimulus *stimulus) {
  poisson *own = stimulus->state;
  own->arrivals.from = own->arrivals.to;
  if (!izh_spike_input_prepare(net, stimulus)) return;
  own->arrivals.to = own->passed = passed_now(net, own);
}

/* Spikes outside of the window weigh nothing. Those of this step came since the step before, so the window is
 * from < t ≤ to: the same spikes at every dt. */
static izh_arrival_weight weight_now(const izh_net *net, const izh_stimulus *stimulus) {
  const poisson *own = stimulus->state;
  const double *each = stimulus->def.poisson.weight_each;
  const izh_window *window = &stimulus->def.poisson.window;
  bool in = net->now > izh_stimulus_steps(net, window->from_ms) &&
            net->now <= izh_stimulus_steps(net, window->to_ms);
  return (izh_arrival_weight){.weight = !in ? 0 : each ? 1 : own->input.weight, .each = each};
}

/* Adds the mean: the expected number of spikes in a step, as a fraction of a spike, in every step. */
static void add_mean(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  const izh_poisson *d = &stimulus->def.poisson;
  double *slot = izh_spike_input_begin(net, stimulus, k);
  izh_arrival_weight w = weight_now(net, stimulus);
  for (uint32_t i = k.begin; i < k.end; i++) {
    double weight = w.each ? w.weight * w.each[i] : w.weight;
    slot[i] += weight * per_ms(IZH_NUMBER_OF(d, rate_hz, i), d->sources) * net->def.dt_ms;
  }
  izh_spike_input_end(net, stimulus, k);
}

/* The time of each neuron passes up to now. */
static void pass(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  const poisson *own = stimulus->state;
  for (uint32_t i = k.begin; i < k.end && own->before_each; i++) {
    own->arrivals.from_each[i] = own->arrivals.to_each[i];
    own->arrivals.to_each[i] = passed_of(net, stimulus, i);
  }
}

/* Adds the spikes since the step before. */
static void add(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  const poisson *own = stimulus->state;
  if (stimulus->calm) {
    add_mean(net, stimulus, k);
    return;
  }
  pass(net, stimulus, k);
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
    .room = room,
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
