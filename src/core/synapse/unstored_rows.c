/* Draws the rows of synapses that are not stored, and keeps those of spikes on their way. */
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/team.h"
#include "core/net/comm.h"
#include "core/synapse/unstored_private.h"

enum { SHARE = 1 << 12 }; /* so many synapses are worth a thread */

/* --- a row --- */

enum { NOWHERE = UINT32_MAX }; /* in place of a delay, for a synapse onto a neuron of another rank */

/* Finds the delay of each synapse of a row, by number. */
static void draw_delays(const izh_projection *p, uint32_t row, izh_drawer *d) {
  const izh_unstored *u = p->unstored;
  uint32_t n = d->row.n;
  if (p->n_delays < 2) {
    memset(d->delay, 0, n * sizeof *d->delay);
    return;
  }
  izh_rng rng = izh_rng_make(u->delay_key, izh_ids_at(&p->pre, row), 0);
  izh_dist_draws(&u->delay.drawn, &rng, n, d->drawn);
  for (uint32_t k = 0; k < n; k++)
    d->delay[k] = u->number_of[izh_delay_round(d->drawn[k], u->dt_ms) - p->delays[0]];
}

static void drop_others(const izh_net *net, izh_drawer *d) {
  izh_part part = {0, 0};
  bool own = false;
  for (uint32_t k = 0; k < d->row.n; k++) {
    uint32_t target = d->row.target[k];
    if (target >= part.end) own = izh_comm_does_all(net, target, &part);
    if (!own) d->delay[k] = NOWHERE;
  }
}

/* Weights that are set later are drawn in order of the walk, as for stored synapses: those of several
 * synapses of a pair are drawn in order of delay. */
static void sort_twins(izh_drawer *d) {
  for (uint32_t k = 1; k < d->row.n; k++)
    for (uint32_t i = k; i > 0 && d->row.target[i] == d->row.target[i - 1] && d->delay[i] < d->delay[i - 1];
         i--) {
      uint32_t delay = d->delay[i];
      d->delay[i] = d->delay[i - 1];
      d->delay[i - 1] = delay;
    }
}

static void draw_weights(const izh_projection *p, uint32_t row, izh_drawer *d) {
  const izh_unstored *u = p->unstored;
  izh_rng rng = izh_rng_make(u->weight_key, izh_ids_at(&p->pre, row), u->generation);
  izh_dist_draws(&u->weight.drawn, &rng, d->row.n, d->drawn);
}

/* Puts a row into a slot in order of delay; synapses of one delay keep their order. */
static void sort_row(const izh_projection *p, izh_drawer *d, uint32_t *target, float *single,
                     uint32_t *start) {
  uint32_t n = d->row.n, sum = 0;
  memset(d->at, 0, p->n_delays * sizeof *d->at);
  for (uint32_t k = 0; k < n; k++)
    if (d->delay[k] != NOWHERE) d->at[d->delay[k]]++;
  for (uint32_t i = 0; i < p->n_delays; i++) {
    start[i] = sum;
    sum += d->at[i];
    d->at[i] = start[i];
  }
  start[p->n_delays] = sum;
  for (uint32_t k = 0; k < n; k++) {
    if (d->delay[k] == NOWHERE) continue;
    uint32_t place = d->at[d->delay[k]]++;
    target[place] = d->row.target[k];
    if (single) single[place] = (float)d->drawn[k];
  }
}

/* Draws a row into a slot. net: of synapses onto the neurons of other ranks only the random numbers are
 * drawn; NULL: all are. */
static void draw_row(const izh_net *net, const izh_projection *p, uint32_t row, izh_drawer *d,
                     uint64_t slot) {
  const izh_unstored *u = p->unstored;
  uint32_t *target = p->target + slot * u->longest, *start = u->start + slot * (p->n_delays + 1);
  float *single = p->weight_single ? p->weight_single + slot * u->longest : NULL;
  bool cut = net && net->n_cut > 0, sorted = p->n_delays > 1 || cut;
  izh_row_take(u->wiring, row, &d->row);
  uint32_t n = d->row.n;
  if (sorted) draw_delays(p, row, d);
  if (cut) drop_others(net, d);
  if (sorted && u->redrawn && u->rule.multapses) sort_twins(d);
  if (single) draw_weights(p, row, d);
  if (sorted) {
    sort_row(p, d, target, single, start);
    return;
  }
  start[0] = 0;
  start[1] = n;
  memcpy(target, d->row.target, n * sizeof *target);
  for (uint32_t k = 0; k < n && single; k++) single[k] = (float)d->drawn[k];
}

static izh_segment segment_of(const izh_projection *p, uint64_t slot, uint32_t delay) {
  const izh_unstored *u = p->unstored;
  const uint32_t *start = u->start + slot * (p->n_delays + 1) + delay;
  uint64_t first = slot * u->longest;
  return (izh_segment){.begin = first + start[0], .end = first + start[1], .delay = delay};
}

/* --- rows of spikes on their way --- */

static uint64_t *begin_of(const izh_unstored *u, int64_t step) {
  return &u->begin[(uint64_t)step % u->window];
}

static uint64_t slot_of(const izh_unstored *u, uint64_t number) {
  return izh_drawers(u) + number % u->capacity;
}

/* How many rows of a step are kept: those of its first spikes. */
static uint64_t kept(const izh_unstored *u, int64_t step) {
  if (step < u->since || step > u->newest) return 0;
  return (step == u->newest ? u->next : *begin_of(u, step + 1)) - *begin_of(u, step);
}

izh_segment izh_unstored_find(const izh_net *net, const izh_projection *p, uint32_t row, uint32_t delay,
                              int64_t emitted, uint64_t k, int thread, bool *own) {
  const izh_unstored *u = p->unstored;
  *own = k >= kept(u, emitted);
  if (!*own) return segment_of(p, slot_of(u, *begin_of(u, emitted) + k), delay);
  draw_row(net, p, row, &u->drawers[thread], (uint64_t)thread);
  return segment_of(p, (uint64_t)thread, delay);
}

izh_segment izh_unstored_read(const izh_projection *p, uint32_t row, uint32_t delay) {
  izh_unstored *u = p->unstored;
  uint64_t slot = izh_drawers(u) - 1;
  if (u->shown != row) draw_row(NULL, p, row, &u->drawers[slot], slot);
  u->shown = row;
  return segment_of(p, slot, delay);
}

/* --- their memory --- */

static atomic_ullong most_room = 1000000000; /* bytes for the rows of a projection that are kept */

void izh_unstored_limit(unsigned long long bytes) {
  most_room = bytes;
}

double izh_unstored_room(double rows) {
  double most = (double)most_room, free = (double)izh_memory_free();
  return fmin(fmin(most, free / 4), rows / 4);
}

static void find_most(izh_projection *p) {
  izh_unstored *u = p->unstored;
  bool single = u->weight.kind == IZH_VALUES_DRAWN, once = u->threads == 1 && u->window == 1;
  uint64_t bytes = u->longest * (sizeof *p->target + (single ? sizeof *p->weight_single : 0)) +
                   (p->n_delays + 1) * sizeof *u->start + sizeof *u->row;
  double room = izh_unstored_room((double)bytes * p->pre.size);
  u->most = once || p->n == 0 ? 0 : (uint64_t)(room / (double)bytes);
}

/* Makes the arrays anew, for so many rows in the ring; what they had is lost. Nothing changes on failure. */
static bool slots_make(izh_projection *p, uint64_t capacity) {
  izh_unstored *u = p->unstored;
  uint64_t slots = izh_drawers(u) + capacity;
  bool drawn = u->weight.kind == IZH_VALUES_DRAWN;
  uint32_t *target = izh_alloc(slots, u->longest * sizeof *target);
  uint32_t *start = izh_alloc(slots, (p->n_delays + 1) * sizeof *start);
  uint32_t *row = izh_alloc(capacity, sizeof *row);
  float *single = drawn ? izh_alloc(slots, u->longest * sizeof *single) : NULL;
  bool made = target && start && row && (single || !drawn);
  izh_free(made ? p->target : target);
  izh_free(made ? u->start : start);
  izh_free(made ? u->row : row);
  izh_free(made ? p->weight_single : single);
  if (!made) return false;
  p->target = target;
  p->weight_single = single;
  u->start = start;
  u->row = row;
  u->capacity = capacity;
  izh_unstored_forget(u);
  return true;
}

void izh_unstored_forget(izh_unstored *u) {
  u->since = 0;
  u->newest = -1;
  u->next = 0;
  u->shown = UINT32_MAX;
}

izh_status izh_unstored_fit(izh_projection *p, izh_err *err) {
  if (!slots_make(p, 0)) return izh_fail_memory(err, izh_drawers(p->unstored) * p->unstored->longest * 8);
  find_most(p);
  return IZH_OK;
}

static izh_status number_delays(izh_projection *p, izh_err *err) {
  izh_unstored *u = p->unstored;
  u->window = p->n_delays > 0 ? (uint64_t)(p->delays[p->n_delays - 1] - p->delays[0]) + 1 : 1;
  u->number_of = izh_alloc(u->window, sizeof *u->number_of);
  u->begin = izh_alloc(u->window, sizeof *u->begin);
  if (!u->number_of || !u->begin) return izh_fail_memory(err, u->window * sizeof *u->begin);
  for (uint32_t i = 0; i < p->n_delays; i++) u->number_of[p->delays[i] - p->delays[0]] = i;
  return IZH_OK;
}

izh_status izh_unstored_open(izh_projection *p, izh_err *err) {
  izh_unstored *u = p->unstored;
  uint64_t room = u->wiring->longest;
  izh_status status = number_delays(p, err);
  u->drawers = izh_alloc_zero(izh_drawers(u), sizeof *u->drawers);
  if (!status && !u->drawers) status = izh_fail_memory(err, izh_drawers(u) * sizeof *u->drawers);
  for (uint64_t i = 0; i < izh_drawers(u) && !status; i++) {
    izh_drawer *d = &u->drawers[i];
    status = izh_row_open(u->wiring, &d->row, err);
    d->drawn = izh_alloc(room, sizeof *d->drawn);
    d->delay = izh_alloc(room, sizeof *d->delay);
    d->at = izh_alloc(p->n_delays, sizeof *d->at);
    if (!status && !(d->drawn && d->delay && d->at)) status = izh_fail_memory(err, room * sizeof *d->drawn);
  }
  return status ? status : izh_unstored_fit(p, err);
}

void izh_unstored_close(izh_unstored *u) {
  for (uint64_t i = 0; i < izh_drawers(u) && u->drawers; i++) {
    izh_row_close(&u->drawers[i].row);
    izh_free(u->drawers[i].drawn);
    izh_free(u->drawers[i].delay);
    izh_free(u->drawers[i].at);
  }
  izh_free(u->drawers);
  izh_free(u->number_of);
  izh_free(u->start);
  izh_free(u->row);
  izh_free(u->begin);
}

double izh_unstored_rows_bytes(const izh_unstored *u) {
  const void *const blocks[] = {u->drawers, u->number_of, u->start, u->row, u->begin};
  double bytes = izh_alloc_bytes(blocks, sizeof blocks / sizeof *blocks);
  for (uint64_t i = 0; i < izh_drawers(u); i++) {
    const izh_drawer *d = &u->drawers[i];
    const void *const of[] = {d->row.room, d->drawn, d->delay, d->at};
    bytes += izh_alloc_bytes(of, sizeof of / sizeof *of);
  }
  return bytes;
}

/* --- a step --- */

/* Writes down the rows of the first `most` spikes of a step as rows next, next + 1, … of the ring. Returns
 * how many spikes there are. */
static uint64_t list_rows(const izh_net *net, const izh_projection *p, int64_t step, uint64_t most) {
  const izh_unstored *u = p->unstored;
  const uint32_t *spikes = net->spike_index + net->spike_begin[step];
  uint64_t n = net->spike_begin[step + 1] - net->spike_begin[step], found = 0;
  if (n == 0) return 0;
  for (uint64_t i = izh_lower_bound(spikes, n, p->pre.first); i < n && spikes[i] <= p->pre.last; i++) {
    uint32_t row = izh_ids_find(&p->pre, p->position, spikes[i]);
    if (row == UINT32_MAX) continue;
    if (found < most) u->row[(u->next + found) % u->capacity] = row;
    found++;
  }
  return found;
}

typedef struct sharing {
  const izh_net *net;
  const izh_projection *p;
  uint64_t first; /* the rows from this number on are drawn */
  int n;          /* by so many threads */
} sharing;

static void draw_share(void *context, int i) {
  const sharing *work = context;
  const izh_unstored *u = work->p->unstored;
  for (uint64_t k = work->first + (uint64_t)i; k < u->next; k += (uint64_t)work->n)
    draw_row(work->net, work->p, u->row[k % u->capacity], &u->drawers[i], slot_of(u, k));
}

static void draw_rows(const izh_net *net, const izh_projection *p, uint64_t first) {
  const izh_unstored *u = p->unstored;
  uint64_t rows = u->next - first, threads = rows * u->longest / SHARE + 1;
  if (threads > rows) threads = rows;
  if (threads > (uint64_t)u->threads) threads = (uint64_t)u->threads;
  sharing work = {.net = net, .p = p, .first = first, .n = (int)threads};
  if (rows > 0) izh_team_run(work.n, draw_share, &work);
}

/* Rows of the steps oldest … are kept. Makes room for those of the steps from … newest. Returns from which
 * step on rows must be drawn: if the ring is made anew, all of them. */
static int64_t make_room(const izh_net *net, izh_projection *p, int64_t oldest, int64_t from,
                         int64_t newest) {
  izh_unstored *u = p->unstored;
  uint64_t want = from > oldest ? u->next - *begin_of(u, oldest) : 0;
  for (int64_t step = from; step <= newest; step++) want += list_rows(net, p, step, 0);
  if (want <= u->capacity) return from;
  if (u->most <= u->capacity) return from;
  if (want < 2 * u->capacity) want = 2 * u->capacity;
  return slots_make(p, want < u->most ? want : u->most) ? oldest : from;
}

void izh_unstored_prepare(const izh_net *net, izh_projection *p) {
  izh_unstored *u = p->unstored;
  if (u->most == 0) return;
  int64_t newest = net->now - 1 - p->delays[0], oldest = newest - (int64_t)u->window + 1;
  if (oldest < p->born) oldest = p->born;
  if (!p->enabled || newest < oldest) {
    izh_unstored_forget(u);
    return;
  }
  bool goes_on = u->newest == newest - 1 && u->since <= oldest && oldest < newest;
  int64_t from = make_room(net, p, oldest, goes_on ? newest : oldest, newest);
  if (from == oldest) {
    izh_unstored_forget(u);
    u->since = oldest;
  }
  uint64_t first = u->next, live = from > oldest ? u->next - *begin_of(u, oldest) : 0;
  for (int64_t step = from; step <= newest; step++) {
    uint64_t left = u->capacity - live, n = list_rows(net, p, step, left);
    if (n > left) n = left;
    *begin_of(u, step) = u->next;
    u->next += n;
    live += n;
  }
  u->newest = newest;
  draw_rows(net, p, first);
}
