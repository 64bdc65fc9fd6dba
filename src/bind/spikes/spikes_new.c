/* izh.spikes{ times =, senders = }, izh.spikes{ file = path }, izh.spikes(path): spikes from elsewhere. */
#include "bind/spikes/spikes_new.h"

#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/trains.h"
#include "bind/files/columns.h"
#include "bind/files/files.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/open.h"
#include "bind/spikes/spikes.h"
#include "bind/value/vector.h"
#include "formats/array.h"
#include "formats/columns.h"
#include "formats/format.h"

typedef struct spike {
  double t, id;
} spike;

static int compare_spikes(const void *a, const void *b) {
  const spike *x = a, *y = b;
  return x->t != y->t ? (x->t > y->t) - (x->t < y->t) : (x->id > y->id) - (x->id < y->id);
}

static int compare_ids(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The array in option key of the table at 1, in a block pushed on the stack; no values when it is not given.
 */
static izh_column option_column(lua_State *L, const char *key) {
  izh_column column = {.stride = 1, .unit = {1, 1}};
  if (!bind_option(L, 1, key)) return column;
  if (!bind_is_array(L, -1)) bind_wrong(L, key, "an array", -1);
  column.n = bind_array_size(L, -1);
  double *values = bind_buffer(L, column.n);
  bind_array(L, key, lua_gettop(L) - 1, values, column.n);
  column.values = values;
  return column;
}

/* The times and ids that are given, or are in a file; what they are in stays on the stack. */
static izh_spikes_in read_columns(lua_State *L, izh_mapping *mapping) {
  izh_spikes_in in = {.times = option_column(L, "times"), .senders = option_column(L, "senders")};
  bool file = bind_option(L, 1, "file");
  int path = lua_gettop(L);
  if (file && (in.times.values || in.senders.values))
    bind_raise(L, "times and senders come from the file, or are given");
  *mapping = bind_mapping(L, 1, file ? bind_string(L, "file", path) : NULL);
  if (bind_option(L, 1, "neurons"))
    mapping->one_neuron = lua_type(L, -1) == LUA_TNUMBER && lua_tonumber(L, -1) == 1;
  if (file) {
    izh_err err;
    izh_table *table = bind_load(L, path, IZH_CONTENT_SPIKES, mapping);
    bind_check(L, izh_spikes_find(table, mapping, &in, &err), &err);
    return in;
  }
  if (mapping->population || mapping->n_picks > 0)
    bind_raise(L, "the option %s goes with file", mapping->population ? "population" : "columns");
  if (!in.times.values) bind_raise(L, "the option times is missing");
  if (in.senders.values && in.senders.n != in.times.n)
    bind_raise(L, "as many senders as times are needed (got %zu and %zu)", in.senders.n, in.times.n);
  if (mapping->has_unit) in.times.unit = mapping->unit;
  if (mapping->has_base) in.senders.shift = 1 - mapping->base;
  return in;
}

static void check_id(lua_State *L, const char *what, const izh_column *column, size_t k, bool has_base) {
  izh_err err;
  bind_check(L, izh_id_check(column, k, what, UINT32_MAX, has_base, &err), &err);
}

/* Pairs of times and ids, in order. */
static spike *push_sorted(lua_State *L, const izh_spikes_in *in, const izh_mapping *mapping) {
  spike *all = lua_newuserdatauv(L, in->times.n * sizeof *all, 0);
  bool sorted = true;
  for (size_t k = 0; k < in->times.n; k++) {
    all[k] = (spike){.t = izh_column_at(&in->times, k), .id = 1};
    if (in->senders.values) all[k].id = izh_column_at(&in->senders, k);
    if (mapping->path && !(isfinite(all[k].t) && isfinite(all[k].id)))
      bind_raise(L, "spike %zu of \"%s\" must have a finite time and neuron (got %g)", k + 1, mapping->path,
                 isfinite(all[k].t) ? all[k].id : all[k].t);
    if (in->senders.values) check_id(L, "senders", &in->senders, k, mapping->has_base || !mapping->path);
    sorted = sorted && (k == 0 || compare_spikes(&all[k - 1], &all[k]) <= 0);
  }
  if (!sorted) qsort(all, in->times.n, sizeof *all, compare_spikes);
  return all;
}

/* The sorted distinct ones of ids[n] stay at its beginning; returns how many. */
static size_t sort_ids(double *ids, size_t n) {
  qsort(ids, n, sizeof *ids, compare_ids);
  size_t kept = 0;
  for (size_t k = 0; k < n; k++)
    if (k == 0 || ids[k] != ids[k - 1]) ids[kept++] = ids[k];
  return kept;
}

/* Option neurons: a number n for 1 … n, or ids; then those of a file; else those that have spikes. */
static bind_spikes_ids read_neurons(lua_State *L, const izh_spikes_in *in, bool has_base, const spike *all) {
  izh_column given = in->neurons;
  if (bind_option(L, 1, "neurons")) {
    if (lua_type(L, -1) == LUA_TNUMBER)
      return (bind_spikes_ids){.first = 1, .n = (size_t)bind_integer(L, "neurons", -1, 0, UINT32_MAX)};
    given = option_column(L, "neurons");
    has_base = true; /* these are as the script has them */
  }
  size_t n = given.values ? given.n : in->times.n;
  double *ids = bind_buffer(L, n);
  for (size_t k = 0; k < n; k++) {
    if (given.values) check_id(L, "neurons", &given, k, has_base);
    ids[k] = given.values ? izh_column_at(&given, k) : all[k].id;
  }
  return (bind_spikes_ids){.list = ids, .n = sort_ids(ids, n)};
}

/* The window: options, then what a file says, then 0 to the last spike. */
static void read_window(lua_State *L, const izh_spikes_in *in, const spike *all, bind_spikes *made) {
  const izh_column *window = &in->window;
  size_t n = in->times.n;
  made->from_ms =
      bind_option_number(L, 1, "from", window->values ? izh_column_at(window, 0) : 0, -INFINITY, INFINITY);
  double to = n > 0 && all[n - 1].t > made->from_ms ? all[n - 1].t : made->from_ms;
  made->to_ms =
      bind_option_number(L, 1, "to", window->values ? izh_column_at(window, 1) : to, -INFINITY, INFINITY);
  if (made->to_ms < made->from_ms)
    bind_raise(L, "to must not be before from (got %g and %g ms)", made->to_ms, made->from_ms);
  bool early = n > 0 && !(all[0].t > made->from_ms);
  if (early)
    bind_raise(L,
               "a spike at %.10g ms is not within the window, %.10g < t ≤ %.10g ms (from = %.10g lets it in)",
               all[0].t, made->from_ms, made->to_ms, floor(all[0].t) - 1);
  if (n > 0 && !(all[n - 1].t <= made->to_ms))
    bind_raise(L, "a spike at %.10g ms is not within the window, %.10g < t ≤ %.10g ms", all[n - 1].t,
               made->from_ms, made->to_ms);
}

/* Neurons do not fire more than once in each ms, all of them on average: times that say so are in s. */
static void check_unit(lua_State *L, const izh_spikes_in *in, const izh_mapping *mapping, const spike *all,
                       size_t neurons) {
  size_t n = in->times.n;
  if (!mapping->path || in->has_unit || n == 0) return;
  double ms = all[n - 1].t - all[0].t;
  if ((double)n <= (double)neurons * (ms + 1)) return;
  bind_raise(
      L,
      "\"%s\": %zu spikes of %zu neuron%s lie within %.10g ms, more than one in each ms: unit = \"s\" if "
      "the times are in s, unit = \"ms\" takes them as they are",
      mapping->path, n, neurons, izh_s(neurons), ms);
}

int bind_spikes_new(lua_State *L) {
  static const char *const known[] = {"times",   "senders", "from", "to",         "neurons", "file",
                                      "columns", "base",    "unit", "population", NULL};
  bind_arguments(L, 1);
  luaL_checkstack(L, 40, NULL);
  if (lua_type(L, 1) == LUA_TSTRING) { /* short for { file = path } */
    lua_createtable(L, 0, 1);
    lua_insert(L, 1);
    lua_setfield(L, 1, "file");
  }
  bind_options(L, 1, known);
  izh_mapping mapping;
  izh_spikes_in in = read_columns(L, &mapping);
  const spike *all = push_sorted(L, &in, &mapping);
  bind_spikes made = {.n = in.times.n};
  read_window(L, &in, all, &made);
  made.neurons = read_neurons(L, &in, mapping.has_base, all);
  check_unit(L, &in, &mapping, all, made.neurons.n);
  double *data = bind_spikes_push(L, made.n, &made);
  for (size_t k = 0; k < made.n; k++) {
    if (izh_id_set_find(&made.neurons, all[k].id) == made.neurons.n)
      bind_raise(L, "the spike at %.10g ms is of neuron %.10g, which is not one of neurons", all[k].t,
                 all[k].id);
    data[k] = all[k].t;
    data[made.n + k] = all[k].id;
  }
  return 1;
}

void bind_open_spikes_new(lua_State *L) {
  lua_pushcfunction(L, bind_spikes_new);
  bind_name(L, "spikes");
  lua_setfield(L, -2, "spikes");
}
