/* The exchange of spikes at the end of a step. Every owner of neurons (a thread of this process, or another
 * rank) brings the spikes of its range. All owners get all spikes, in order of neuron. Those of sources are
 * known to all. */
#include "core/net/comm.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ranks.h"
#include "base/sort.h"
#include "core/net/net_private.h"

enum { BORDER = 64, MOST_CUT = 128, MOST_THREADS = 256 }; /* so that there are not too many parts */

/* --- who owns what --- */

uint32_t izh_comm_ranks_for(const izh_net *net, const izh_population_def *def) {
  uint32_t ranks = (uint32_t)izh_ranks_size();
  bool cut = ranks > 1 && def->size / ranks >= izh_ranks_least() && net->n_cut < MOST_CUT;
  return cut && !izh_model_code_of(def->model)->source ? ranks : 0;
}

/* Where the range of a rank begins: at a multiple of BORDER, so that no cache line or tile of noise is cut.
 */
static uint32_t begin_of(const izh_population *p, uint32_t rank) {
  if (rank == 0) return p->first;
  if (rank == p->ranks) return p->first + p->size;
  uint32_t at = p->first + (uint32_t)((uint64_t)p->size * rank / p->ranks);
  at -= at % BORDER;
  return at < p->first ? p->first : at;
}

izh_part izh_comm_own(const izh_population *p) {
  if (p->ranks == 0) return (izh_part){p->first, p->first + p->size};
  uint32_t rank = (uint32_t)izh_rank();
  return (izh_part){begin_of(p, rank), begin_of(p, rank + 1)};
}

bool izh_comm_does(const izh_net *net, uint32_t neuron) {
  if (net->n_cut == 0) return true;
  izh_part own = izh_comm_own(&net->populations[izh_population_of(net, neuron)]);
  return neuron >= own.begin && neuron < own.end;
}

uint32_t izh_comm_next(const izh_net *net, uint32_t neuron) {
  while (net->n_cut > 0 && neuron < net->size) {
    const izh_population *p = &net->populations[izh_population_of(net, neuron)];
    izh_part own = izh_comm_own(p);
    if (neuron < own.end && own.begin < own.end) return neuron > own.begin ? neuron : own.begin;
    neuron = p->first + p->size;
  }
  return neuron;
}

bool izh_comm_does_all(const izh_net *net, uint32_t neuron, izh_part *part) {
  const izh_population *p = &net->populations[izh_population_of(net, neuron)];
  izh_part own = izh_comm_own(p), all = {p->first, p->first + p->size};
  bool does = neuron >= own.begin && neuron < own.end;
  *part = does ? own : neuron < own.begin ? (izh_part){all.begin, own.begin} : (izh_part){own.end, all.end};
  return does;
}

bool izh_comm_tells(const izh_net *net, uint32_t neuron, izh_part *part) {
  bool does = izh_comm_does_all(net, neuron, part);
  return does && (izh_rank() == 0 || net->populations[izh_population_of(net, neuron)].ranks > 0);
}

static bool has_some(const izh_ids *ids, const izh_population *p) {
  return ids->size > 0 && p->first <= ids->last && p->first + p->size > ids->first;
}

bool izh_comm_cuts(const izh_net *net, const izh_ids *ids) {
  bool cut = false;
  for (size_t i = 0; i < net->n_populations && !cut; i++)
    cut = net->populations[i].ranks > 0 && has_some(ids, &net->populations[i]);
  return cut;
}

double izh_comm_share(const izh_net *net, const izh_ids *ids) {
  if (net->n_cut == 0 || ids->size == 0) return 1;
  double own = 0, all = 0;
  for (size_t i = 0; i < net->n_populations; i++) {
    const izh_population *p = &net->populations[i];
    if (!has_some(ids, p)) continue;
    izh_part part = izh_comm_own(p);
    own += part.end - part.begin;
    all += p->size;
  }
  return own / all;
}

int izh_comm_owned(const izh_net *net, izh_part *own) {
  int n = 0;
  for (size_t i = 0; i < net->n_populations; i++) {
    izh_part of = izh_comm_own(&net->populations[i]);
    if (n > 0 && own[n - 1].end == of.begin)
      own[n - 1].end = of.end;
    else if (of.begin < of.end)
      own[n++] = of;
  }
  return n;
}

static izh_status fail_alone(izh_err *err) {
  return izh_fail(err, IZH_ARGUMENT,
                  "this network is cut among ranks, and a process of its own (as of a case of a sweep) has "
                  "only a share of "
                  "it; a network that is made there is whole");
}

izh_status izh_comm_check(const izh_net *net, izh_err *err) {
  return net->n_cut == 0 || izh_ranks_size() > 1 ? IZH_OK : fail_alone(err);
}

/* --- parts --- */

/* Appends the neurons begin … end - 1, cut where threads change. done: how many neurons of this rank come
 * before, of `all`. */
typedef struct cutting {
  izh_part *parts;
  int *threads;
  int n, n_threads;
  uint64_t done, all;
} cutting;

static void append(cutting *c, uint32_t begin, uint32_t end, int thread) {
  if (begin == end) return;
  c->parts[c->n] = (izh_part){begin, end};
  if (c->threads) c->threads[c->n] = thread;
  c->n++;
}

static void append_own(cutting *c, uint32_t begin, uint32_t end) {
  while (begin < end) {
    int thread = (int)(c->done * (uint64_t)c->n_threads / c->all);
    uint64_t border = (c->all * ((uint64_t)thread + 1) + (uint64_t)c->n_threads - 1) / (uint64_t)c->n_threads;
    uint64_t stop = begin + (border - c->done);
    stop += (BORDER - stop % BORDER) % BORDER;
    if (stop > end || thread == c->n_threads - 1) stop = end;
    append(c, begin, (uint32_t)stop, thread);
    c->done += stop - begin;
    begin = (uint32_t)stop;
  }
}

int izh_comm_parts(const izh_net *net, uint32_t least, izh_part *parts, int *threads) {
  cutting c = {.parts = parts, .threads = threads};
  for (size_t i = 0; i < net->n_populations; i++) {
    izh_part own = izh_comm_own(&net->populations[i]);
    c.all += own.end - own.begin;
  }
  uint64_t most = c.all / least;
  if (most > (uint64_t)net->def.threads) most = (uint64_t)net->def.threads;
  c.n_threads = (int)(most < 1 ? 1 : most > MOST_THREADS ? MOST_THREADS : most);
  uint32_t whole = 0, end = 0; /* populations that are whole follow one another: they are cut as one */
  for (size_t i = 0; i < net->n_populations; i++) {
    const izh_population *p = &net->populations[i];
    end = p->first + p->size;
    if (p->ranks == 0) continue;
    izh_part own = izh_comm_own(p);
    append_own(&c, whole, p->first);
    append(&c, p->first, own.begin, 0);
    append_own(&c, own.begin, own.end);
    append(&c, own.end, end, 0);
    whole = end;
  }
  append_own(&c, whole, end);
  return c.n;
}

/* --- the exchange with other ranks --- */

enum { SPIKES, STRAYS, ARRIVED, BAD }; /* what the numbers of a meeting are */

/* The parts of this step, and what they gave. */
typedef struct given {
  const izh_fired *fired;
  const izh_part *parts;
  int n;
} given;

bool izh_comm_cut(const izh_net *net, izh_part part) {
  return net->populations[izh_population_of(net, part.begin)].ranks > 0;
}

/* Spikes or strays, in order of neuron. */
typedef struct list {
  const uint32_t *index;
  const double *ms; /* NULL: they have no times */
  uint64_t n;
} list;

static list list_of(const izh_fired *fired, int what) {
  bool spikes = what == SPIKES;
  return (list){spikes ? fired->index : fired->stray, spikes ? fired->ms : NULL,
                spikes ? fired->n : fired->n_strays};
}

/* Where the next ones go. */
typedef struct place {
  uint32_t *index;
  double *ms; /* NULL: they have no times */
} place;

static void put(place *to, list from) {
  if (from.n == 0) return;
  memcpy(to->index, from.index, from.n * sizeof *from.index);
  to->index += from.n;
  if (!to->ms) return;
  memcpy(to->ms, from.ms, from.n * sizeof *from.ms);
  to->ms += from.n;
}

/* How many spikes or strays the parts gave that are cut, or those that are not. */
static uint64_t count(const izh_net *net, const given *g, int what, bool cut) {
  uint64_t sum = 0;
  for (int p = 0; p < g->n; p++)
    if (izh_comm_cut(net, g->parts[p]) == cut) sum += list_of(&g->fired[p], what).n;
  return sum;
}

static uint64_t bytes_of(const izh_net *net, const uint64_t counts[IZH_RANKS_COUNTS]) {
  uint64_t spike = sizeof(uint32_t) + (net->located ? sizeof(double) : 0);
  return (counts[SPIKES] * spike + counts[STRAYS] * sizeof(uint32_t) + 7) / 8 * 8;
}

/* What this rank alone knows: the times of its spikes if they are located, its spikes, its strays. */
static izh_status pack(izh_net *net, const given *g, izh_ranks_load *mine, izh_err *err) {
  mine->counts[SPIKES] = count(net, g, SPIKES, true);
  mine->counts[STRAYS] = count(net, g, STRAYS, true);
  mine->bytes = bytes_of(net, mine->counts);
  uint64_t words = mine->bytes / sizeof(uint64_t);
  uint64_t *data = izh_grow(net->brought, &net->cap_brought, words + 1, sizeof *data);
  if (!data) return izh_fail_memory(err, mine->bytes);
  net->brought = data;
  mine->data = data;
  if (words > 0) data[words - 1] = 0; /* the last number may fill half of it */
  place to = {.ms = net->located ? (double *)(void *)data : NULL};
  to.index = (uint32_t *)(void *)(data + (to.ms ? mine->counts[SPIKES] : 0));
  for (int what = SPIKES; what <= STRAYS; what++, to.ms = NULL)
    for (int p = 0; p < g->n; p++)
      if (izh_comm_cut(net, g->parts[p])) put(&to, list_of(&g->fired[p], what));
  return IZH_OK;
}

/* What a rank has brought. */
static list brought(const izh_net *net, int rank, int what) {
  const uint64_t *counts = izh_ranks_counts(rank);
  const char *data = izh_ranks_data(rank);
  const void *index = data + (net->located ? counts[SPIKES] * sizeof(double) : 0);
  if (what == SPIKES) return (list){index, net->located ? (const void *)data : NULL, counts[SPIKES]};
  return (list){(const uint32_t *)index + counts[SPIKES], NULL, counts[STRAYS]};
}

/* Takes from the beginning of a list what is below `end`. */
static list take_below(list *from, uint32_t end) {
  list taken = {from->index, from->ms, izh_lower_bound(from->index, from->n, end)};
  from->index += taken.n;
  if (from->ms) from->ms += taken.n;
  from->n -= taken.n;
  return taken;
}

/* Puts what all ranks have brought, and what every rank has, in order of neuron: population by population,
 * and in one that is cut rank by rank. left: [ranks] scratch. */
static void join(const izh_net *net, const given *g, int what, list *left, place to) {
  for (int k = 0; k < izh_ranks_size(); k++) left[k] = brought(net, k, what);
  for (int p = 0; p < g->n; p++) {
    const izh_population *of = &net->populations[izh_population_of(net, g->parts[p].begin)];
    if (of->ranks == 0) {
      put(&to, list_of(&g->fired[p], what));
      continue;
    }
    uint32_t end = of->first + of->size;
    for (int k = 0; k < izh_ranks_size(); k++) put(&to, take_below(&left[k], end));
    while (p + 1 < g->n && g->parts[p + 1].begin < end) p++;
  }
}

static izh_status join_all(izh_net *net, const given *g, izh_err *err) {
  uint64_t n[] = {count(net, g, SPIKES, false), count(net, g, STRAYS, false)};
  for (int k = 0; k < izh_ranks_size(); k++)
    for (int what = SPIKES; what <= STRAYS; what++) n[what] += izh_ranks_counts(k)[what];
  izh_fired *s = &net->shared;
  uint32_t *index = izh_grow(s->index, &s->cap_index, n[SPIKES] + 1, sizeof *index);
  if (index) s->index = index;
  double *ms = net->located ? izh_grow(s->ms, &s->cap_ms, n[SPIKES] + 1, sizeof *ms) : NULL;
  if (ms) s->ms = ms;
  uint32_t *stray = izh_realloc(s->stray, n[STRAYS] + 1, sizeof *stray);
  if (stray) s->stray = stray;
  list *left = izh_alloc((size_t)izh_ranks_size(), sizeof *left);
  bool room = index && stray && left && (ms || !net->located);
  if (room) {
    join(net, g, SPIKES, left, (place){s->index, ms});
    join(net, g, STRAYS, left, (place){s->stray, NULL});
    s->n = (uint32_t)n[SPIKES];
    s->n_strays = (uint32_t)n[STRAYS];
  }
  izh_free(left);
  return room ? IZH_OK : izh_fail_memory(err, n[SPIKES] * sizeof *index);
}

/* What all ranks brought to the meeting, together. */
static izh_told sum_up(void) {
  izh_told all = {.bad = UINT32_MAX};
  for (int k = 0; k < izh_ranks_size(); k++) {
    const uint64_t *counts = izh_ranks_counts(k);
    all.arrived += counts[ARRIVED];
    if (counts[BAD] < all.bad) all.bad = (uint32_t)counts[BAD];
  }
  return all;
}

izh_status izh_comm_gather(izh_net *net, const izh_fired *fired, const izh_part *parts, int n_parts,
                           izh_told *told, izh_status status, izh_err *err) {
  given g = {fired, parts, status ? 0 : n_parts};
  izh_ranks_load mine = {.counts = {[BAD] = told->bad}};
  for (int p = 0; p < g.n; p++) /* what every rank has is counted once */
    if (izh_rank() == 0 || izh_comm_cut(net, parts[p])) mine.counts[ARRIVED] += fired[p].arrived;
  if (!status) status = pack(net, &g, &mine, err);
  status = izh_ranks_meet_with(izh_ranks_hash(IZH_MEET_STEP, &net->now, sizeof net->now), status, &mine, err);
  if (status) return status;
  *told = sum_up();
  return join_all(net, &g, err);
}

/* Gets the values of those of some neurons that are of a population. */
static izh_status refresh(const izh_population *p, const izh_ids *ids, void *values, size_t size,
                          izh_err *err) {
  izh_part all = izh_ids_within(ids, (izh_part){p->first, p->first + p->size});
  if (p->ranks == 0 || all.begin == all.end) return IZH_OK;
  if (izh_ranks_size() == 1) return fail_alone(err);
  uint64_t *bytes = izh_alloc(p->ranks, sizeof *bytes);
  if (!bytes) return izh_fail_memory(err, p->ranks * sizeof *bytes);
  uint64_t mine = 0;
  for (uint32_t k = 0; k < p->ranks; k++) {
    izh_part part = izh_ids_within(ids, (izh_part){begin_of(p, k), begin_of(p, k + 1)});
    bytes[k] = (part.end - part.begin) * size;
    if ((int)k < izh_rank()) mine += bytes[k];
  }
  char *first = (char *)values + all.begin * size;
  izh_ranks_gather_parts(first + mine, bytes, first);
  izh_free(bytes);
  return IZH_OK;
}

izh_status izh_comm_refresh(const izh_population *p, double *values, uint32_t from, uint32_t to,
                            izh_err *err) {
  if (from >= to) return IZH_OK;
  izh_ids ids = izh_ids_range(p->first + from, to - from);
  return refresh(p, &ids, values + from, sizeof *values, err);
}

izh_status izh_comm_refresh_ids(const izh_net *net, const izh_ids *ids, void *values, size_t size,
                                izh_err *err) {
  izh_status status = IZH_OK;
  for (size_t i = 0; i < net->n_populations && !status && net->n_cut > 0; i++)
    status = refresh(&net->populations[i], ids, values, size, err);
  return status;
}

/* The rank whose error comes first; -1: there is none. */
static int first_fault(void) {
  int first = -1;
  for (int k = 0; k < izh_ranks_size(); k++) {
    const uint64_t *own = izh_ranks_counts(k), *best = first < 0 ? NULL : izh_ranks_counts(first);
    if (own[0] == IZH_NO_FAULT.at) continue;
    if (!best || own[0] < best[0] || (own[0] == best[0] && own[1] < best[1])) first = k;
  }
  return first;
}

izh_status izh_comm_join_made(izh_made *made, izh_status status, izh_err *err) {
  if (izh_ranks_size() == 1) return status;
  izh_ranks_load mine = {.counts = {made->fault.at, made->fault.then,
                                    (uint64_t)made->least_delay << 32 | made->most_delay,
                                    made->has[0] | (uint64_t)made->has[1] << 1}};
  izh_status met = izh_ranks_meet_with(IZH_MEET_MADE, IZH_OK, &mine, err);
  if (met) return met;
  int first = first_fault();
  for (int k = 0; k < izh_ranks_size(); k++) {
    const uint64_t *counts = izh_ranks_counts(k);
    uint32_t least = (uint32_t)(counts[2] >> 32), most = (uint32_t)counts[2];
    if (least < made->least_delay) made->least_delay = least;
    if (most > made->most_delay) made->most_delay = most;
    for (int sign = 0; sign < 2; sign++) made->has[sign] |= counts[3] >> sign & 1;
  }
  if (first >= 0 && first != izh_rank()) status = IZH_OK; /* the error of another rank is found first */
  return izh_ranks_meet(IZH_MEET_FAULT, status, err);
}

void izh_comm_join_signs(bool *positive, bool *negative) {
  izh_ranks_load mine = {.counts = {*positive, *negative}};
  if (izh_ranks_size() == 1 || izh_ranks_meet_with(IZH_MEET_SIGNS, IZH_OK, &mine, NULL)) return;
  for (int k = 0; k < izh_ranks_size(); k++) {
    *positive |= izh_ranks_counts(k)[0] != 0;
    *negative |= izh_ranks_counts(k)[1] != 0;
  }
}

/* --- the exchange within this rank --- */

/* Merges the spikes of sources with those of neurons, which are at begin ≤ k < at: from the last one on. */
static void merge_sources(izh_net *net, uint64_t begin, uint64_t at) {
  const izh_fired *s = &net->sourced;
  uint32_t *index = net->spike_index;
  for (uint32_t left = s->n; left > 0;) {
    bool neuron = at > begin && index[at - 1] > s->index[left - 1];
    uint64_t to = at + left - 1;
    index[to] = neuron ? index[at - 1] : s->index[left - 1];
    if (net->located) net->spike_ms[to] = neuron ? net->spike_ms[at - 1] : s->ms[left - 1];
    if (neuron)
      at--;
    else
      left--;
  }
}

izh_status izh_comm_exchange(izh_net *net, const izh_fired *fired, int n_parts, izh_err *err) {
  uint64_t new = net->sourced.n;
  for (int p = 0; p < n_parts; p++) new += fired[p].n;
  if (net->spike_begin[net->now] + new > net->cap_spike_index) {
    izh_kept_drop(net);
    /* leave so much room that dropping, which takes time, happens seldom */
    size_t want = net->n_kept > 0 ? 2 * (net->spike_begin[net->now] + new) : 0;
    uint32_t *more = want > net->cap_spike_index
                         ? izh_grow(net->spike_index, &net->cap_spike_index, want, sizeof *more)
                         : NULL;
    if (more) net->spike_index = more;
  }
  uint64_t at = net->spike_begin[net->now], end = at + new;

  uint32_t *index = izh_grow(net->spike_index, &net->cap_spike_index, end, sizeof *index);
  if (!index) return izh_fail_memory(err, end * sizeof *index);
  net->spike_index = index;
  if (net->located) {
    double *ms = izh_grow(net->spike_ms, &net->cap_spike_ms, end, sizeof *ms);
    if (!ms) return izh_fail_memory(err, end * sizeof *ms);
    net->spike_ms = ms;
  }
  uint64_t *begin = izh_grow(net->spike_begin, &net->cap_spike_begin, (size_t)net->now + 2, sizeof *begin);
  if (!begin) return izh_fail_memory(err, ((size_t)net->now + 2) * sizeof *begin);
  net->spike_begin = begin;

  for (int p = 0; p < n_parts; p++) {
    if (fired[p].n == 0) continue; /* there may be no neurons, and so no arrays */
    memcpy(index + at, fired[p].index, fired[p].n * sizeof *index);
    if (net->located) memcpy(net->spike_ms + at, fired[p].ms, fired[p].n * sizeof(double));
    at += fired[p].n;
  }
  merge_sources(net, begin[net->now], at);
  begin[net->now + 1] = end;
  return IZH_OK;
}
