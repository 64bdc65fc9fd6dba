/* What the measures in lua/izhlua are made of: those of src/analysis as functions of spikes. Options are
 * checked there; arguments are plain numbers here. `measures` is core.measures, measures.kernels the list of
 * the kernels' names. */
#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/bins.h"
#include "analysis/burst.h"
#include "analysis/correlation.h"
#include "analysis/intervals.h"
#include "analysis/measure.h"
#include "analysis/network_burst.h"
#include "analysis/pairs.h"
#include "analysis/rate.h"
#include "analysis/spectrum.h"
#include "analysis/synchrony.h"
#include "analysis/trains.h"
#include "bind/lua/errors.h"
#include "bind/net/recording.h"
#include "bind/open.h"
#include "bind/program/host.h"
#include "bind/spikes/slice.h"
#include "bind/spikes/spikes.h"
#include "bind/value/vector.h"

/* The neurons, without their spikes. */
static izh_trains neurons_of(const bind_spikes *spikes) {
  return (izh_trains){.n = spikes->neurons.n,
                      .from_ms = spikes->from_ms,
                      .to_ms = spikes->to_ms,
                      .begun_ms = spikes->begun_ms};
}

/* The spikes at index sorted by neuron. That is done once, and kept as their user value. */
static izh_trains trains_at(lua_State *L, int index) {
  bind_spikes spikes = bind_spikes_at(L, index);
  size_t n_start = spikes.neurons.n + 1;
  size_t *block;
  if (lua_getiuservalue(L, index, 1) == LUA_TUSERDATA) {
    block = lua_touserdata(L, -1);
    lua_pop(L, 1);
  } else {
    lua_pop(L, 1);
    block = lua_newuserdatauv(L, n_start * sizeof *block + spikes.n * sizeof(double), 0);
    izh_trains_group(spikes.t_ms, spikes.id, spikes.n, &spikes.neurons, block, (double *)(block + n_start));
    lua_setiuservalue(L, index, 1);
  }
  izh_trains trains = neurons_of(&spikes);
  trains.start = block;
  trains.t_ms = (const double *)(block + n_start);
  return trains;
}

static izh_train pooled(const bind_spikes *spikes) {
  return (izh_train){spikes->t_ms, spikes->n};
}

static izh_bins bins_of(const bind_spikes *spikes, double bin_ms) {
  return izh_bins_make(spikes->from_ms, spikes->to_ms, bin_ms);
}

static bind_vector *vector_at(lua_State *L, int index) {
  return luaL_checkudata(L, index, BIND_VECTOR);
}

/* --- measures by name --- */

enum { MOST_OPTIONS = 8 };

/* The options at `first` and after, numbers and booleans, into room. */
static void read_options(lua_State *L, int first, double room[MOST_OPTIONS]) {
  int top = lua_gettop(L);
  luaL_argcheck(L, top < first + MOST_OPTIONS, top, "too many options");
  for (int k = first; k <= top; k++)
    room[k - first] = lua_isboolean(L, k) ? lua_toboolean(L, k) : luaL_checknumber(L, k);
}

/* The measure whose name is at 1 and what it is asked of: the spikes at 2, the options at `options` and
 * after, which are kept in room. */
static const izh_measure *measure_at(lua_State *L, int options, double room[MOST_OPTIONS], izh_measured *of) {
  const izh_measure *measure = izh_measure_find(luaL_checkstring(L, 1));
  luaL_argcheck(L, measure, 1, "no such measure");
  read_options(L, options, room);
  bind_spikes spikes = bind_spikes_at(L, 2);
  of->option = room;
  of->pooled = pooled(&spikes);
  of->trains = measure->pooled ? neurons_of(&spikes) : trains_at(L, 2);
  return measure;
}

/* measures.neurons(name, spikes, option, …): a vector of one number for each neuron. */
static int neurons(lua_State *L) {
  double room[MOST_OPTIONS];
  izh_measured of;
  const izh_measure *measure = measure_at(L, 3, room, &of);
  luaL_argcheck(L, measure->of_neuron, 1, "it is not of neurons");
  bind_vector *out = bind_vector_push(L, of.trains.n);
  for (size_t i = 0; i < out->n; i++) out->x[i] = measure->of_neuron(&of, i);
  return 1;
}

/* measures.all(name, spikes, n, option, …): a vector of n numbers, of all neurons together. */
static int all(lua_State *L) {
  double room[MOST_OPTIONS];
  izh_measured of;
  const izh_measure *measure = measure_at(L, 4, room, &of);
  luaL_argcheck(L, measure->of_all, 1, "it is not of all neurons");
  bind_vector *out = bind_vector_push(L, (size_t)luaL_checkinteger(L, 3));
  izh_err err;
  bind_check(L, measure->of_all(&of, out->x, out->n, &err), &err);
  return 1;
}

/* measures.defined(vector): the mean of what is not NaN, and how many that are. */
static int defined(lua_State *L) {
  const bind_vector *vector = vector_at(L, 1);
  double sum = 0;
  size_t n = 0;
  for (size_t i = 0; i < vector->n; i++) {
    if (isnan(vector->x[i])) continue;
    sum += vector->x[i];
    n++;
  }
  lua_pushnumber(L, n > 0 ? sum / (double)n : (double)NAN);
  lua_pushinteger(L, (lua_Integer)n);
  return 2;
}

/* measures.isi(spikes, each): all intervals in one vector, neuron by neuron; with each a list of one vector
 * for each. */
static int isi(lua_State *L) {
  izh_trains trains = trains_at(L, 1);
  bool each = lua_toboolean(L, 2);
  if (each) {
    lua_createtable(L, trains.n < INT32_MAX ? (int)trains.n : 0, 0);
    for (size_t i = 0; i < trains.n; i++) {
      izh_train train = izh_trains_at(&trains, i);
      izh_isi(train, bind_vector_push(L, train.n > 0 ? train.n - 1 : 0)->x);
      lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
  }
  size_t n = 0;
  for (size_t i = 0; i < trains.n; i++) {
    izh_train train = izh_trains_at(&trains, i);
    n += train.n > 0 ? train.n - 1 : 0;
  }
  bind_vector *out = bind_vector_push(L, n);
  n = 0;
  for (size_t i = 0; i < trains.n; i++) n += izh_isi(izh_trains_at(&trains, i), out->x + n);
  return 1;
}

/* --- functions of time --- */

/* measures.bin_count(from, to, bin) */
static int bin_count(lua_State *L) {
  izh_bins bins = izh_bins_make(luaL_checknumber(L, 1), luaL_checknumber(L, 2), luaL_checknumber(L, 3));
  lua_pushinteger(L, (lua_Integer)bins.n);
  return 1;
}

/* Pushes the counts of all spikes in bins. */
static bind_vector *push_counts(lua_State *L, const bind_spikes *spikes, const izh_bins *bins) {
  bind_vector *counts = bind_vector_push(L, bins->n);
  izh_bins_count(bins, pooled(spikes), counts->x);
  return counts;
}

/* measures.levels(counts): the two levels of the roots of the counts, see izh_count_split. */
static int levels(lua_State *L) {
  const bind_vector *vector = vector_at(L, 1);
  double low, high;
  bind_vector *copy = bind_vector_copy(L, vector->x, vector->n);
  izh_count_split(copy->x, copy->n, &low, &high);
  lua_pushnumber(L, low);
  lua_pushnumber(L, high);
  return 2;
}

/* measures.grid(first, step, n): first, first + step, … */
static int grid(lua_State *L) {
  double first = luaL_checknumber(L, 1), step = luaL_checknumber(L, 2);
  bind_vector *out = bind_vector_push(L, (size_t)luaL_checkinteger(L, 3));
  for (size_t k = 0; k < out->n; k++) out->x[k] = first + step * (double)k;
  return 1;
}

/* measures.vector(list) */
static int vector(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  bind_vector *out = bind_vector_push(L, (size_t)lua_rawlen(L, 1));
  for (size_t k = 0; k < out->n; k++) {
    lua_rawgeti(L, 1, (lua_Integer)k + 1);
    out->x[k] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
  return 1;
}

/* measures.scale(vector, factor), in place. */
static int scale(lua_State *L) {
  bind_vector *vector = vector_at(L, 1);
  double factor = luaL_checknumber(L, 2);
  for (size_t k = 0; k < vector->n; k++) vector->x[k] *= factor;
  lua_settop(L, 1);
  return 1;
}

/* measures.fast_length(n) */
static int fast_length(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)izh_fast_length((size_t)luaL_checkinteger(L, 1)));
  return 1;
}

/* measures.psd(function, x, dt in s, length, hop): the density, and the number of segments. */
static int psd(lua_State *L) {
  const bind_vector *x = vector_at(L, 2);
  izh_segments of = {x->x, x->n, luaL_checknumber(L, 3), (size_t)luaL_checkinteger(L, 4),
                     (size_t)luaL_checkinteger(L, 5)};
  bind_vector *out = bind_vector_push(L, of.length / 2 + 1);
  size_t segments;
  izh_err err;
  bind_check(L, izh_welch_psd(&of, out->x, &segments, &err), &err);
  lua_pushinteger(L, (lua_Integer)segments);
  return 2;
}

/* --- synchrony --- */

/* measures.add(sum, x, first): adds x[first + 1], x[first + 2] … to the vector sum; returns the variance and
 * the mean of what was added. */
static int add(lua_State *L) {
  bind_vector *sum = vector_at(L, 1);
  const bind_vector *x = vector_at(L, 2);
  size_t first = (size_t)luaL_checkinteger(L, 3);
  luaL_argcheck(L, first + sum->n <= x->n, 3, "too few values");
  double total = 0;
  for (size_t k = 0; k < sum->n; k++) {
    sum->x[k] += x->x[first + k];
    total += x->x[first + k];
  }
  lua_pushnumber(L, izh_variance(x->x + first, sum->n));
  lua_pushnumber(L, sum->n > 0 ? total / (double)sum->n : (double)NAN);
  return 2;
}

/* measures.chi_of_sums(sum, apart, n): see izh_chi. */
static int chi_of_sums(lua_State *L) {
  const bind_vector *sum = vector_at(L, 1);
  size_t n = (size_t)luaL_checkinteger(L, 3);
  lua_pushnumber(L, izh_chi(izh_variance(sum->x, sum->n), luaL_checknumber(L, 2), n));
  return 1;
}

/* --- neurons that were added within the window --- */

/* measures.late(spikes): how many neurons were added within the window, and when the last one was. */
static int late(lua_State *L) {
  bind_spikes spikes = bind_spikes_at(L, 1);
  double last = spikes.from_ms;
  lua_Integer n = 0;
  for (size_t k = 0; k < spikes.neurons.n && spikes.begun_ms; k++) {
    n += spikes.begun_ms[k] > spikes.from_ms;
    last = fmax(last, spikes.begun_ms[k]);
  }
  lua_pushinteger(L, n);
  lua_pushnumber(L, last);
  return 2;
}

/* measures.begun(spikes, ids, n, absent, from): a vector of since when each of n neurons was there, those of
 * a vector or the ids from a number on; `absent` for those that spikes are not of; nil when all were `from`.
 */
static int begun(lua_State *L) {
  bind_spikes spikes = bind_spikes_at(L, 1);
  const bind_vector *ids = luaL_testudata(L, 2, BIND_VECTOR);
  double absent = luaL_checknumber(L, 4), from = luaL_checknumber(L, 5);
  bind_vector *out = bind_vector_push(L, (size_t)luaL_checkinteger(L, 3));
  bool some = false;
  for (size_t k = 0; k < out->n; k++) {
    size_t at = izh_id_set_find(&spikes.neurons, ids ? ids->x[k] : lua_tonumber(L, 2) + (double)k);
    if (at == spikes.neurons.n)
      out->x[k] = absent;
    else
      out->x[k] = spikes.begun_ms ? spikes.begun_ms[at] : spikes.from_ms;
    some = some || out->x[k] > from;
  }
  if (!some) lua_pushnil(L);
  return 1;
}

/* measures.per_neuron(values, spikes, bin, factor): divides values of bins of the window by the neurons that
 * were there, and multiplies them by a factor, in place. */
static int per_neuron(lua_State *L) {
  bind_vector *values = vector_at(L, 1);
  bind_spikes spikes = bind_spikes_at(L, 2);
  double bin = luaL_checknumber(L, 3), factor = luaL_checknumber(L, 4), n = (double)spikes.neurons.n;
  izh_trains trains = neurons_of(&spikes);
  double *present = spikes.begun_ms ? bind_buffer(L, values->n) : NULL;
  if (present) izh_trains_present(&trains, bin, present, values->n);
  for (size_t k = 0; k < values->n; k++) {
    double neurons = present ? present[k] : n;
    values->x[k] *= neurons > 0 ? 1 / neurons * factor : (double)NAN;
  }
  lua_settop(L, 1);
  return 1;
}

/* --- pairs --- */

/* measures.pairs(name, spikes, option, …): the matrix as a list of vectors, the mean over the pairs of
 * different neurons for which it is defined, and how many these are. */
static int pairs(lua_State *L) {
  double room[MOST_OPTIONS];
  izh_measured of;
  const izh_measure *measure = measure_at(L, 3, room, &of);
  luaL_argcheck(L, measure->of_pair, 1, "it is not of pairs");
  size_t n = of.trains.n, used = 0;
  double *matrix = bind_buffer(L, n * n), sum = 0;
  int threads = bind_default_threads(L);
  izh_err err;
  bind_hear(L, bind_host(L), true);
  izh_status status = izh_pairs(measure, &of, threads, matrix, &err);
  bind_hear(L, bind_host(L), false);
  bind_check(L, status, &err);
  lua_createtable(L, n < INT32_MAX ? (int)n : 0, 0);
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j < i; j++) {
      if (isnan(matrix[i * n + j])) continue;
      sum += matrix[i * n + j];
      used++;
    }
    bind_vector_copy(L, matrix + i * n, n);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_pushnumber(L, used > 0 ? sum / (double)used : (double)NAN);
  lua_pushinteger(L, (lua_Integer)used);
  return 3;
}

/* measures.cross_correlation(a, b, bin, reach, border_correction, coefficient): a vector for the lags -reach
 * … reach bins. */
static int cross_correlation(lua_State *L) {
  bind_spikes a = bind_spikes_at(L, 1), b = bind_spikes_at(L, 2);
  izh_bins bins = bins_of(&a, luaL_checknumber(L, 3));
  size_t reach = (size_t)luaL_checkinteger(L, 4);
  bind_vector *out = bind_vector_push(L, 2 * reach + 1);
  const bind_vector *of_a = push_counts(L, &a, &bins), *of_b = push_counts(L, &b, &bins);
  izh_cross_correlation(of_a->x, of_b->x, bins.n, reach, lua_toboolean(L, 5), out->x);
  if (lua_toboolean(L, 6)) izh_cross_correlation_normalise(of_a->x, of_b->x, bins.n, out->x, out->n);
  lua_pop(L, 2);
  return 1;
}

/* --- bursts --- */

static void set_number(lua_State *L, const char *key, double value) {
  lua_pushnumber(L, value);
  lua_setfield(L, -2, key);
}

static void set_integer(lua_State *L, const char *key, size_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  lua_setfield(L, -2, key);
}

/* Appends the bursts of one neuron to the list on top of the stack. */
static void append_bursts(lua_State *L, double id, izh_train train, const izh_burst *bursts, size_t n) {
  for (size_t i = 0; i < n; i++) {
    double onset = train.t_ms[bursts[i].first], end = train.t_ms[bursts[i].last];
    lua_createtable(L, 0, 4);
    set_integer(L, "neuron", (size_t)id);
    set_number(L, "onset", onset);
    set_number(L, "duration", end - onset);
    set_integer(L, "spikes", bursts[i].last - bursts[i].first + 1);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
  }
}

/* measures.burst(spikes, "maxinterval", beg_isi, end_isi, min_ibi, min_durn, min_spikes) or (spikes,
 * "logisi", cutoff): a list of bursts; their spikes; how many neurons have some. */
static int burst(lua_State *L) {
  static const char *const methods[] = {"maxinterval", "logisi", NULL};
  izh_trains trains = trains_at(L, 1);
  bind_spikes spikes = bind_spikes_at(L, 1);
  bool log_isi = luaL_checkoption(L, 2, NULL, methods) == 1;
  izh_max_interval rule = {0};
  double cutoff = luaL_checknumber(L, 3);
  if (!log_isi)
    rule = (izh_max_interval){cutoff, luaL_checknumber(L, 4), luaL_checknumber(L, 5), luaL_checknumber(L, 6),
                              (size_t)luaL_checkinteger(L, 7)};
  izh_burst *bursts = lua_newuserdatauv(L, (spikes.n / 2 + 1) * sizeof *bursts, 0);
  size_t in_bursts = 0, bursting = 0;
  lua_newtable(L);
  for (size_t i = 0; i < trains.n; i++) {
    izh_train train = izh_trains_at(&trains, i);
    size_t n =
        log_isi ? izh_bursts_log_isi(train, cutoff, bursts) : izh_bursts_max_interval(train, &rule, bursts);
    for (size_t k = 0; k < n; k++) in_bursts += bursts[k].last - bursts[k].first + 1;
    bursting += n > 0;
    append_bursts(L, bind_spikes_id(&spikes, i), train, bursts, n);
  }
  lua_pushinteger(L, (lua_Integer)in_bursts);
  lua_pushinteger(L, (lua_Integer)bursting);
  return 3;
}

/* Pushes the list of the ids that spike first in a burst, at most so many. */
static void push_leaders(lua_State *L, const bind_spikes *spikes, const izh_network_burst *one, size_t most) {
  const double *id = spikes->id + one->first;
  lua_newtable(L);
  size_t n = 0;
  for (size_t i = 0; i < one->n_spikes && n < most; i++) {
    bool before = false;
    for (size_t k = 0; k < n && !before; k++) {
      lua_rawgeti(L, -1, (lua_Integer)k + 1);
      before = (double)lua_tointeger(L, -1) == id[i];
      lua_pop(L, 1);
    }
    if (before) continue;
    lua_pushinteger(L, (lua_Integer)id[i]);
    lua_rawseti(L, -2, (lua_Integer)++n);
  }
}

static void push_network_burst(lua_State *L, const bind_spikes *spikes, const izh_network_burst *one,
                               double rate_factor, size_t leaders) {
  lua_createtable(L, 0, 9);
  set_number(L, "onset", one->onset_ms);
  set_number(L, "stop", one->end_ms);
  set_number(L, "duration", one->end_ms - one->onset_ms);
  set_number(L, "peak", one->peak_ms);
  set_number(L, "peak_rate", one->peak * rate_factor);
  set_integer(L, "spikes", one->n_spikes);
  set_integer(L, "neurons", one->n_neurons);
  set_number(L, "participation", (double)one->n_neurons / (double)spikes->neurons.n);
  push_leaders(L, spikes, one, leaders);
  lua_setfield(L, -2, "leaders");
}

/* measures.network_bursts(spikes, bin, high, low, min_gap, participation, leaders): a list. high and low are
 * counts in a bin. */
static int network_bursts(lua_State *L) {
  bind_spikes spikes = bind_spikes_at(L, 1);
  izh_bins bins = bins_of(&spikes, luaL_checknumber(L, 2));
  izh_burst_rule rule = {.high = luaL_checknumber(L, 3),
                         .low = luaL_checknumber(L, 4),
                         .min_gap_ms = luaL_checknumber(L, 5),
                         .min_participation = luaL_checknumber(L, 6)};
  size_t leaders = (size_t)luaL_checkinteger(L, 7);
  const bind_vector *all = push_counts(L, &spikes, &bins);
  uint32_t *place = lua_newuserdatauv(L, (spikes.n + spikes.neurons.n) * sizeof *place, 0);
  for (size_t i = 0; i < spikes.n; i++) place[i] = (uint32_t)izh_id_set_find(&spikes.neurons, spikes.id[i]);
  izh_network_burst *found = lua_newuserdatauv(L, (bins.n / 2 + 1) * sizeof *found, 0);
  izh_population_train of = {pooled(&spikes), place, spikes.neurons.n};
  size_t n = izh_network_bursts(&of, &bins, all->x, &rule, place + spikes.n, found);
  double rate_factor = 1000 / (bins.bin_ms * (double)spikes.neurons.n);
  lua_newtable(L);
  for (size_t i = 0; i < n; i++) {
    push_network_burst(L, &spikes, &found[i], rate_factor, leaders);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* measures.avalanches(spikes, bin): sizes, durations in bins, the branching ratio. */
static int avalanches(lua_State *L) {
  bind_spikes spikes = bind_spikes_at(L, 1);
  izh_bins bins = bins_of(&spikes, luaL_checknumber(L, 2));
  const bind_vector *all = push_counts(L, &spikes, &bins);
  double *size = bind_buffer(L, bins.n / 2 + 1), *duration = bind_buffer(L, bins.n / 2 + 1), branching;
  size_t n = izh_avalanches(all->x, bins.n, size, duration, &branching);
  bind_vector_copy(L, size, n);
  bind_vector_copy(L, duration, n);
  lua_pushnumber(L, branching);
  return 3;
}

/* --- spikes from elsewhere --- */

typedef struct event {
  double t, id;
} event;

static int in_order(const void *a, const void *b) {
  const event *p = a, *q = b;
  if (p->t != q->t) return p->t < q->t ? -1 : 1;
  return p->id < q->id ? -1 : p->id > q->id;
}

/* Appends the times of train i, in the array on top of the stack, which are in the window, to events. */
static size_t read_train(lua_State *L, lua_Integer i, double from, double to, event *events, size_t room) {
  char what[40];
  snprintf(what, sizeof what, "trains[%lld]", (long long)i);
  size_t size = bind_array_size(L, -1), n = 0;
  if (size > room) bind_raise(L, "%s grew while it was read", what); /* a finalizer may do that */
  double *t = bind_buffer(L, size);
  bind_array(L, what, -2, t, size);
  for (size_t k = 0; k < size; k++)
    if (t[k] > from && t[k] <= to) events[n++] = (event){t[k], (double)i};
  lua_pop(L, 1);
  return n;
}

/* measures.make_spikes(function, trains, from, to): spikes of neurons 1 … #trains; trains is a list of arrays
 * of times in any order, of which those outside the window are left out. */
static int make_spikes(lua_State *L) {
  double from = luaL_checknumber(L, 3), to = luaL_checknumber(L, 4);
  lua_Integer n_trains = (lua_Integer)lua_rawlen(L, 2);
  size_t room = 0, n = 0;
  for (lua_Integer i = 1; i <= n_trains; i++) {
    lua_rawgeti(L, 2, i);
    room += bind_array_size(L, -1);
    lua_pop(L, 1);
  }
  event *events = lua_newuserdatauv(L, room * sizeof *events, 0);
  for (lua_Integer i = 1; i <= n_trains; i++) {
    lua_rawgeti(L, 2, i);
    n += read_train(L, i, from, to, events + n, room - n);
    lua_pop(L, 1);
  }
  qsort(events, n, sizeof *events, in_order);
  izh_id_set neurons = {.n = (size_t)n_trains, .first = 1};
  double *data = bind_spikes_push(L, n, &(bind_spikes){.neurons = neurons, .from_ms = from, .to_ms = to});
  for (size_t i = 0; i < n; i++) {
    data[i] = events[i].t;
    data[n + i] = events[i].id;
  }
  return 1;
}

/* measures.is_array(value): a table or a vector; measures.is_spikes(value); measures.is_recording(value) */
static int is_array(lua_State *L) {
  lua_pushboolean(L, bind_is_array(L, 1));
  return 1;
}

static int is_spikes(lua_State *L) {
  lua_pushboolean(L, luaL_testudata(L, 1, BIND_SPIKES) != NULL);
  return 1;
}

static int is_recording(lua_State *L) {
  lua_pushboolean(L, luaL_testudata(L, 1, BIND_RECORDING) != NULL);
  return 1;
}

/* measures.slice(function, spikes, options): see bind_spikes_part. measures.dt(spikes): in ms, 0 for times
 * from elsewhere. */
static int slice(lua_State *L) {
  bind_spikes_part(L, 2, 3);
  return 1;
}

static int dt(lua_State *L) {
  lua_pushnumber(L, bind_spikes_at(L, 1).dt_ms);
  return 1;
}

void bind_open_measures(lua_State *L) {
  static const luaL_Reg functions[] = {{"neurons", neurons},
                                       {"all", all},
                                       {"defined", defined},
                                       {"isi", isi},
                                       {"bin_count", bin_count},
                                       {"levels", levels},
                                       {"grid", grid},
                                       {"vector", vector},
                                       {"scale", scale},
                                       {"fast_length", fast_length},
                                       {"psd", psd},
                                       {"add", add},
                                       {"late", late},
                                       {"begun", begun},
                                       {"per_neuron", per_neuron},
                                       {"chi_of_sums", chi_of_sums},
                                       {"pairs", pairs},
                                       {"cross_correlation", cross_correlation},
                                       {"burst", burst},
                                       {"network_bursts", network_bursts},
                                       {"avalanches", avalanches},
                                       {"make_spikes", make_spikes},
                                       {"is_array", is_array},
                                       {"is_spikes", is_spikes},
                                       {"is_recording", is_recording},
                                       {"slice", slice},
                                       {"dt", dt},
                                       {NULL, NULL}};
  lua_newtable(L); /* measures.… beside what is in core */
  luaL_setfuncs(L, functions, 0);
  lua_newtable(L);
  for (int k = 0; izh_smoothing_names[k]; k++) {
    lua_pushstring(L, izh_smoothing_names[k]);
    lua_rawseti(L, -2, k + 1);
  }
  lua_setfield(L, -2, "kernels");
  lua_pushnumber(L, NAN);
  lua_setfield(L, -2, "nan");
  lua_setfield(L, -2, "measures");
}
