#include <math.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "base/stop.h"
#include "core/neuron/source_private.h"
#include "core/stimulus/arrivals.h"

/* A source is a process of rate 1 in a time of its own, which passes at the rate of the source. So a change
 * of rate changes its speed, and the spikes are the same at every dt, whatever the rate. */
typedef struct process {
  double per_ms;        /* how much of its time passes in a ms */
  double before, since; /* its time at the last change of rate; when that was, in ms */
  double next;          /* the time of its next arrival */
  uint64_t number;      /* of that arrival, from 0 */
} process;

typedef struct poisson {
  izh_key key;
  process *each;            /* [size] */
  double *due;              /* [size] the step that gives the next arrival; infinity: none does */
  bool thinned;             /* see source.h */
  izh_candidate *candidate; /* [n] of the step that begins at `asked` */
  double *rate;             /* [n] at each of them */
  size_t n, cap_candidate, cap_rate;
  int64_t asked, given; /* when the candidates were found, and their rates given; in steps */
} poisson;

enum { RATE, QUANTITIES };

static const izh_quantity quantities[QUANTITIES] = {
    [RATE] = {.name = "rate", .unit = "Hz", .help = "rate of each source", .required = true, .high = 1e7},
};

/* --- one process --- */

/* A random word of an arrival: 0 for its waiting time, 1 for whether it becomes a spike. */
static uint32_t word_of(const poisson *own, uint32_t i, uint64_t number, uint32_t use) {
  uint64_t block = number / 4;
  return izh_philox(own->key, (uint32_t)block, i, (uint32_t)(block >> 32), use).w[number % 4];
}

static double time_of(const process *one, double ms) {
  return one->before + one->per_ms * (ms - one->since);
}

/* When the next arrival comes, in ms. */
static double next_ms(const process *one) {
  return one->per_ms > 0 ? one->since + (one->next - one->before) / one->per_ms : (double)INFINITY;
}

static double due_of(const izh_net *net, const process *one) {
  return fmax(izh_source_step(net, next_ms(one)), (double)net->now + 1);
}

static void move_on(const poisson *own, uint32_t i, process *one) {
  one->number++;
  one->next += izh_wait_of(word_of(own, i, one->number, 0));
}

enum { DRAWS_BETWEEN = 1 << 20 }; /* two questions whether to stop */

/* Begins all processes anew: as if they had been so from the beginning or, since waiting has no memory, from
 * now on. IZH_STOPPED, only in the former case: then the others begin now. */
static izh_status begin(const izh_net *net, izh_population *p, bool now, izh_err *err) {
  poisson *own = p->source;
  izh_status status = IZH_OK;
  uint64_t draws = 0;
  for (uint32_t i = 0; i < p->size; i++) {
    process *one = &own->each[i];
    double passed = time_of(one, izh_net_ms(net, net->now));
    one->number = 0;
    one->next = (now || status ? passed : 0) + izh_wait_of(word_of(own, i, 0, 0));
    while (one->next <= passed) move_on(own, i, one);
    own->due[i] = due_of(net, one);
    draws += one->number + 1;
    if (now || status || draws < DRAWS_BETWEEN) continue;
    status = izh_stop_check(err);
    draws = 0;
  }
  return status;
}

/* --- a population --- */

static void fit(const izh_net *net, izh_population *p) {
  poisson *own = p->source;
  double now = izh_net_ms(net, net->now);
  for (uint32_t i = 0; i < p->size; i++) {
    process *one = &own->each[i];
    double per_ms = p->values[RATE][i] / 1000;
    if (per_ms == one->per_ms) continue;
    one->before = time_of(one, now);
    one->since = now;
    one->per_ms = per_ms;
    own->due[i] = due_of(net, one);
  }
}

static izh_status find_key(izh_net *net, izh_population *p, izh_err *err) {
  poisson *own = p->source;
  return izh_net_trial_stream(net, "population", p->name, "poisson", &own->key, err);
}

static izh_status make(izh_net *net, izh_population *p, const izh_population_def *def, izh_err *err) {
  (void)def;
  poisson *own = p->source;
  own->asked = own->given = -1;
  own->each = izh_alloc_zero(p->size, sizeof *own->each);
  own->due = izh_alloc(p->size, sizeof *own->due);
  if (!own->each || !own->due) return izh_fail_memory(err, p->size * (sizeof *own->each + sizeof *own->due));
  izh_status status = find_key(net, p, err);
  if (status) return status;
  fit(net, p);
  for (uint32_t i = 0; i < p->size; i++) own->each[i].since = izh_net_ms(net, net->now);
  return begin(net, p, true, err);
}

static int blocks(void *state, void **list) {
  poisson *own = state;
  list[0] = own->each;
  list[1] = own->due;
  list[2] = own->candidate;
  list[3] = own->rate;
  return 4;
}

static const double LONGEST_TIME = 1e15; /* adding a waiting time to this still changes it */

/* Whether a process may be in this state. In particular it has not so many arrivals due at once that giving
 * them would take for ever. */
static bool process_valid(const izh_net *net, const process *one, double per_ms) {
  double now = izh_net_ms(net, net->now), passed = time_of(one, now);
  return one->per_ms == per_ms && one->before >= 0 && one->since >= 0 && one->since <= now && passed >= 0 &&
         passed <= LONGEST_TIME && one->next >= 0 && one->next <= 2 * LONGEST_TIME && passed - one->next <= 1;
}

static void archive(izh_archive *a, izh_net *net, izh_population *p) {
  poisson *own = p->source;
  own->each = izh_archive_array(a, own->each, p->size, sizeof *own->each);
  own->due = izh_archive_derived(a, own->due, p->size, sizeof *own->due);
  own->candidate = izh_archive_derived(a, own->candidate, own->cap_candidate, sizeof *own->candidate);
  own->rate = izh_archive_derived(a, own->rate, own->cap_rate, sizeof *own->rate);
  if (!izh_archive_reads(a)) return;
  own->asked = own->given = -1;
  for (uint32_t i = 0; i < p->size; i++)
    izh_archive_require(a, process_valid(net, &own->each[i], p->values[RATE][i] / 1000), "state of sources");
  own->due = izh_archive_room(a, p->size, sizeof *own->due);
  if (!own->due) return;
  a->status = find_key(net, p, a->err);
  for (uint32_t i = 0; i < p->size; i++) own->due[i] = due_of(net, &own->each[i]);
}

/* --- a step --- */

/* The arrivals of a process in the step that begins now, without moving it on. */
static bool add_candidates(const izh_net *net, poisson *own, uint32_t i) {
  process one = own->each[i];
  for (; due_of(net, &one) <= (double)net->now + 1; move_on(own, i, &one)) {
    izh_candidate *list = izh_grow(own->candidate, &own->cap_candidate, own->n + 1, sizeof *list);
    if (!list) return false;
    own->candidate = list;
    list[own->n++] = (izh_candidate){.source = i, .ms = next_ms(&one)};
  }
  return true;
}

izh_status izh_source_candidates(izh_net *net, uint32_t pop, const izh_candidate **list, size_t *n,
                                 izh_err *err) {
  izh_population *p = &net->populations[pop];
  poisson *own = p->source;
  own->n = 0;
  own->asked = own->given = -1;
  bool done = true;
  for (uint32_t i = 0; i < p->size && done; i++)
    if (own->due[i] <= (double)net->now + 1) done = add_candidates(net, own, i);
  double *rate = izh_grow(own->rate, &own->cap_rate, own->n, sizeof *rate);
  if (rate) own->rate = rate;
  if (!done || !rate) return izh_fail_memory(err, own->n * (sizeof **list + sizeof *rate));
  own->asked = net->now;
  *list = own->candidate;
  *n = own->n;
  return IZH_OK;
}

void izh_source_rates(izh_net *net, uint32_t pop, const double *rate_hz) {
  poisson *own = net->populations[pop].source;
  if (own->asked != net->now) return;
  for (size_t k = 0; k < own->n; k++) own->rate[k] = rate_hz[k];
  own->given = net->now;
}

void izh_source_thin(izh_net *net, uint32_t pop, bool thinned) {
  ((poisson *)net->populations[pop].source)->thinned = thinned;
}

/* Whether the k-th candidate of the step, an arrival of the i-th source, becomes a spike. */
static bool is_chosen(const izh_net *net, const poisson *own, uint32_t i, double bound, size_t k) {
  if (own->given != net->now || k >= own->n || own->candidate[k].source != i) return false;
  double chance = ((double)word_of(own, i, own->each[i].number, 1) + 0.5) * 0x1p-32;
  return chance * bound < own->rate[k];
}

/* Gives the spikes of the i-th source, whose first is due; *k counts the candidates. */
static bool give(izh_net *net, izh_population *p, uint32_t i, size_t *k) {
  poisson *own = p->source;
  process *one = &own->each[i];
  for (; own->due[i] <= (double)net->now + 1; own->due[i] = due_of(net, one)) {
    bool fires = !own->thinned || is_chosen(net, own, i, p->values[RATE][i], (*k)++);
    if (fires && !izh_source_fire(net, p, i, next_ms(one))) return false;
    move_on(own, i, one);
  }
  return true;
}

enum { CHUNK = 64 }; /* most of the time none of so many is due: compilers compare them side by side */

static bool step(izh_net *net, izh_population *p) {
  const poisson *own = p->source;
  double end = (double)net->now + 1;
  size_t candidates = 0;
  for (uint32_t from = 0; from < p->size;) {
    uint32_t to = p->size - from > CHUNK ? from + CHUNK : p->size;
    int some = 0;
    for (uint32_t i = from; i < to; i++) some |= own->due[i] <= end;
    for (; from < to && some; from++)
      if (own->due[from] <= end && !give(net, p, from, &candidates)) return false;
    from = to;
  }
  return true;
}

static izh_status reseed(izh_net *net, izh_population *p, izh_err *err) {
  izh_status status = find_key(net, p, err);
  return status ? status : begin(net, p, false, err);
}

static void redraw(const izh_net *net, izh_population *p, uint32_t number) {
  poisson *own = p->source;
  own->key.seed += number;
  begin(net, p, true, NULL);
}

static const izh_source_code source = {.state_size = sizeof(poisson),
                                       .make = make,
                                       .blocks = blocks,
                                       .archive = archive,
                                       .fit = fit,
                                       .step = step,
                                       .reseed = reseed,
                                       .redraw = redraw};

const izh_model_code izh_poisson_source = {
    .info = {.name = "poisson",
             .help = "Poisson spikes, independent from source to source, at the same times at every dt",
             .shown_unit = "",
             .quantities = quantities,
             .n = QUANTITIES,
             .v = -1,
             .u = -1,
             .source = true,
             .thins = true},
    .source = &source,
    .side = -1,
    .peak_slope = -1};
