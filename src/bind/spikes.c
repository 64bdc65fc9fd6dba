/* Spikes as a Lua value: a copy of those of some neurons in a window, or made from times and ids. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/private.h"

const char BIND_SPIKES[] = "izhlua.spikes";

/* Everything in one block that Lua owns. Its user value is what measures have made of it (measures.c). */
typedef struct spikes {
  size_t n;
  double from_ms, to_ms;   /* from < t ≤ to */
  double dt_ms;            /* of the network; 0 for spikes from elsewhere */
  bind_spikes_ids neurons; /* its list, if any, is behind the ids */
  double data[];           /* [n] times in ms, then [n] ids */
} spikes;

static spikes *self_at(lua_State *L) {
  spikes *self = luaL_testudata(L, 1, BIND_SPIKES);
  if (!self) bind_no_self(L, "spikes", "spikes", 1);
  return self;
}

size_t bind_spikes_arrays(lua_State *L, int index, const double **t_ms, const double **ids) {
  const spikes *self = luaL_checkudata(L, index, BIND_SPIKES);
  *t_ms = self->data;
  *ids = self->data + self->n;
  return self->n;
}

bind_spikes_ids bind_spikes_neurons(lua_State *L, int index) {
  const spikes *self = luaL_checkudata(L, index, BIND_SPIKES);
  return self->neurons;
}

bind_spikes bind_spikes_at(lua_State *L, int index) {
  const spikes *self = luaL_checkudata(L, index, BIND_SPIKES);
  return (bind_spikes){.n = self->n,
                       .t_ms = self->data,
                       .id = self->data + self->n,
                       .neurons = self->neurons,
                       .from_ms = self->from_ms,
                       .to_ms = self->to_ms,
                       .dt_ms = self->dt_ms};
}

/* Spikes without content of the given neurons, whose list is copied. */
static spikes *spikes_push(lua_State *L, size_t n, bind_spikes_ids neurons) {
  size_t listed = neurons.list ? neurons.n : 0;
  spikes *made = lua_newuserdatauv(L, sizeof *made + (2 * n + listed) * sizeof(double), 1);
  *made = (spikes){.n = n, .neurons = neurons};
  if (neurons.list) made->neurons.list = memcpy(made->data + 2 * n, neurons.list, listed * sizeof(double));
  luaL_setmetatable(L, BIND_SPIKES);
  return made;
}

double *bind_spikes_push(lua_State *L, size_t n, const bind_spikes *like) {
  spikes *made = spikes_push(L, n, like->neurons);
  made->from_ms = like->from_ms;
  made->to_ms = like->to_ms;
  made->dt_ms = like->dt_ms;
  return made->data;
}

void bind_read_window(lua_State *L, int index, double *from, double *to) {
  *from = bind_option_number(L, index, "from", *from, -INFINITY, INFINITY);
  *to = bind_option_number(L, index, "to", *to, -INFINITY, INFINITY);
  if (*to < *from) bind_raise(L, "to must not be before from (got %g and %g ms)", *to, *from);
}

/* The first step boundary that is later than a time, clipped to the run. */
static int64_t first_after(const izh_net *net, double ms) {
  double guess = floor(ms / izh_net_definition(net)->dt_ms) - 1;
  int64_t now = izh_net_now(net);
  if (!(guess > 0)) guess = 0;
  int64_t step = guess < (double)now ? (int64_t)guess : now;
  while (step <= now && izh_net_ms(net, step) <= ms) step++;
  return step;
}

/* Spikes of one step in order of time, then of id: those that were located in it come by id. Shell's sort:
 * what is equal is alike, so that its order does not matter. */
static void sort_step(double *t, double *id, size_t n) {
  for (size_t gap = n / 2; gap > 0; gap /= 2)
    for (size_t i = gap; i < n; i++) {
      double ti = t[i], idi = id[i];
      size_t k = i;
      for (; k >= gap && (t[k - gap] > ti || (t[k - gap] == ti && id[k - gap] > idi)); k -= gap) {
        t[k] = t[k - gap];
        id[k] = id[k - gap];
      }
      t[k] = ti;
      id[k] = idi;
    }
}

/* Counts, or with out copies, the spikes of the set in from < t ≤ to, of the steps that end at boundaries
 * begin … end - 1. */
static size_t collect(const izh_net *net, const izh_ids *ids, const unsigned char *member, double from,
                      double to, int64_t begin, int64_t end, spikes *out) {
  izh_spikes all = izh_net_spikes(net);
  size_t n = 0;
  for (int64_t s = begin < 1 ? 1 : begin; s < end; s++) {
    double t = izh_net_ms(net, s);
    size_t first = n;
    for (uint64_t k = all.begin[s - 1]; k < all.begin[s]; k++) {
      uint32_t i = all.index[k];
      if (i < ids->first || i > ids->last || ids->size == 0) continue;
      if (member && !member[i - ids->first]) continue;
      if (all.ms) t = all.ms[k];
      if (all.ms && !(t > from && t <= to)) continue;
      if (out) {
        out->data[n] = t;
        out->data[out->n + n] = i + 1.0;
      }
      n++;
    }
    if (out && all.ms) sort_step(out->data + first, out->data + out->n + first, n - first);
  }
  return n;
}

/* The ids of a set in ascending order; a list is in a block pushed on the stack. */
static bind_spikes_ids push_neurons(lua_State *L, const izh_ids *ids, const unsigned char *member) {
  bind_spikes_ids neurons = {.n = ids->size, .first = ids->first + 1.0};
  if (!member) return neurons;
  double *list = bind_buffer(L, ids->size);
  neurons.list = list;
  for (uint32_t i = 0; i <= ids->last - ids->first; i++)
    if (member[i]) *list++ = ids->first + i + 1.0;
  return neurons;
}

static const unsigned char *push_members(lua_State *L, const izh_ids *ids) {
  if (!ids->list) return NULL;
  unsigned char *member = lua_newuserdatauv(L, (size_t)(ids->last - ids->first) + 1, 0);
  memset(member, 0, (size_t)(ids->last - ids->first) + 1);
  for (uint32_t k = 0; k < ids->size; k++) member[ids->list[k] - ids->first] = 1;
  return member;
}

void bind_check_kept(lua_State *L, const izh_net *net, const izh_ids *ids, int64_t begin, int64_t end) {
  izh_missing missing;
  if (izh_net_kept(net, ids, begin, end, &missing)) return;
  bind_raise(
      L,
      "the spikes of neuron %u in %.10g < t ≤ %.10g ms were not recorded: net:record_spikes says which ones "
      "are",
      missing.neuron + 1, izh_net_ms(net, missing.from), izh_net_ms(net, missing.to));
}

/* net:record_spikes(true), (false), or (population): whose spikes are kept from now on. */
int bind_network_record_spikes(lua_State *L) {
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 2);
  izh_ids ids = izh_ids_range(0, 0);
  bool all = luaL_testudata(L, 2, BIND_NETWORK) || (lua_isboolean(L, 2) && lua_toboolean(L, 2));
  if (!lua_isboolean(L, 2) && !luaL_testudata(L, 2, BIND_POPULATION) && !luaL_testudata(L, 2, BIND_NETWORK))
    bind_wrong(L, "whose spikes", "true, false, a population, a slice of one, or the network", 2);
  if (!lua_isboolean(L, 2)) ids = bind_neurons_at(L, "the population", 2, owner).ids;
  izh_err err;
  bind_check(L, izh_net_keep_spikes(owner->net, all ? NULL : &ids, &err), &err);
  return 0;
}

/* net:spikes{ of =, from =, to = } */
int bind_network_spikes(lua_State *L) {
  static const char *const known[] = {"of", "from", "to", NULL};
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 2);
  const izh_net *net = owner->net;
  izh_ids ids = izh_ids_range(0, izh_net_size(net));
  double now = izh_net_time_ms(net), from = 0, to = now;
  if (!lua_isnil(L, 2)) {
    bind_options(L, 2, known);
    if (bind_option(L, 2, "of")) ids = bind_neurons_at(L, "of", -1, owner).ids;
    from = bind_option_number(L, 2, "from", from, -INFINITY, INFINITY);
    if (from > to) to = from; /* what comes later is nothing yet */
    bind_read_window(L, 2, &from, &to);
    /* a window begins and ends with the run, or rates would be wrong */
    if (from < 0) from = 0;
    if (to > now) to = now;
    if (to < from) to = from;
  }
  const unsigned char *member = push_members(L, &ids);
  int64_t begin = first_after(net, from), end = first_after(net, to);
  if (izh_net_spikes(net).ms && end <= izh_net_now(net)) end++; /* the step in which the window ends */
  bind_check_kept(L, net, &ids, begin < 1 ? 0 : begin - 1, end - 1);
  bind_spikes_ids neurons = push_neurons(L, &ids, member);
  spikes *made = spikes_push(L, collect(net, &ids, member, from, to, begin, end, NULL), neurons);
  made->from_ms = from;
  made->to_ms = to;
  made->dt_ms = izh_net_definition(net)->dt_ms;
  collect(net, &ids, member, from, to, begin, end, made);
  return 1;
}

/* --- izh.spikes{ times =, senders =, from =, to =, neurons = }, izh.spikes(path) --- */

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

/* The times and ids that spikes are made of. Those that are read from a file are in blocks on the stack. */
typedef struct data {
  const double *t, *ids, *neurons; /* [n], [n] or NULL, [n_neurons] or NULL */
  size_t n, n_neurons;
  double from, to; /* NaN: not given */
} data;

/* The array in option key of the table at 1, in a block pushed on the stack; NULL when it is not given. */
static double *push_option_array(lua_State *L, const char *key, size_t *n) {
  if (!bind_option(L, 1, key)) return NULL;
  if (!bind_is_array(L, -1)) bind_wrong(L, key, "an array", -1);
  *n = bind_array_size(L, -1);
  double *values = bind_buffer(L, *n);
  bind_array(L, key, lua_gettop(L) - 1, values, *n);
  return values;
}

/* A column of a file, in a block pushed on the stack; NULL when there is none. */
static const double *push_column(lua_State *L, const char *path, bind_column column, size_t *n) {
  if (!column.values) return NULL;
  double *values = bind_buffer(L, column.n);
  for (size_t k = 0; k < column.n; k++) {
    values[k] = column.values[k * column.stride];
    if (!isfinite(values[k]))
      bind_raise(L, "spike %zu of \"%s\" must have a finite time and neuron (got %g)", k + 1, path,
                 values[k]);
  }
  *n = column.n;
  return values;
}

static void load_data(lua_State *L, int path_index, data *d) {
  static const char *const times[] = {"times", "time_ms", "time", "t", NULL},
                           *const senders[] = {"senders", "sender", "neuron", "id", "ids", NULL},
                           *const neurons[] = {"neurons", NULL}, *const window[] = {"window", NULL};
  const char *path = lua_tostring(L, path_index);
  const char *population = bind_option(L, 1, "population") ? bind_string(L, "population", -1) : NULL;
  const izh_table *table = bind_load(L, path_index, IZH_CONTENT_SPIKES, population);
  size_t n_senders = 0, n_window = 0, unnamed = SIZE_MAX; /* found by name only */
  d->t = push_column(L, path, bind_find_column(table, times, 0), &d->n);
  if (!d->t) bind_raise(L, "\"%s\" has no column times", path);
  d->ids = push_column(L, path, bind_find_column(table, senders, 1), &n_senders);
  d->neurons = push_column(L, path, bind_find_column(table, neurons, unnamed), &d->n_neurons);
  const double *limits = push_column(L, path, bind_find_column(table, window, unnamed), &n_window);
  if (d->ids && n_senders != d->n)
    bind_raise(L, "\"%s\" has %zu times and %zu senders", path, d->n, n_senders);
  if (limits && n_window == 2) d->from = limits[0], d->to = limits[1];
}

static void check_ids(lua_State *L, const char *what, const double *ids, size_t n) {
  for (size_t k = 0; k < n; k++)
    if (!(ids[k] >= 1 && ids[k] <= UINT32_MAX && ids[k] == floor(ids[k])))
      bind_raise(L, "%s[%zu] must be an id, a whole number 1 … %u (got %.10g)", what, k + 1, UINT32_MAX,
                 ids[k]);
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
static bind_spikes_ids read_neurons(lua_State *L, const data *d, const spike *all) {
  size_t count = d->neurons ? d->n_neurons : d->n;
  double *ids = NULL;
  if (bind_option(L, 1, "neurons")) {
    if (lua_type(L, -1) == LUA_TNUMBER) {
      count = (size_t)bind_integer(L, "neurons", -1, 0, UINT32_MAX);
      return (bind_spikes_ids){.first = 1, .n = count};
    }
    lua_pop(L, 1);
    ids = push_option_array(L, "neurons", &count);
  } else {
    ids = bind_buffer(L, count);
    for (size_t k = 0; k < count; k++) ids[k] = d->neurons ? d->neurons[k] : all[k].id;
  }
  check_ids(L, "neurons", ids, count);
  return (bind_spikes_ids){.list = ids, .n = sort_ids(ids, count)};
}

/* Pairs times and ids, in order. */
static spike *push_sorted(lua_State *L, const double *t, const double *ids, size_t n) {
  spike *all = lua_newuserdatauv(L, n * sizeof *all, 0);
  bool sorted = true;
  for (size_t k = 0; k < n; k++) {
    all[k] = (spike){.t = t[k], .id = ids ? ids[k] : 1};
    sorted = sorted && (k == 0 || compare_spikes(&all[k - 1], &all[k]) <= 0);
  }
  if (!sorted) qsort(all, n, sizeof *all, compare_spikes);
  return all;
}

/* The window: options, then what a file says, then 0 to the last spike. */
static void read_limits(lua_State *L, data *d, const spike *all) {
  if (isnan(d->from)) d->from = 0;
  d->from = bind_option_number(L, 1, "from", d->from, -INFINITY, INFINITY);
  if (isnan(d->to)) d->to = d->n > 0 && all[d->n - 1].t > d->from ? all[d->n - 1].t : d->from;
  d->to = bind_option_number(L, 1, "to", d->to, -INFINITY, INFINITY);
  if (d->to < d->from) bind_raise(L, "to must not be before from (got %g and %g ms)", d->to, d->from);
  if (d->n > 0 && !(all[0].t > d->from && all[d->n - 1].t <= d->to))
    bind_raise(L, "a spike at %.10g ms is not within the window, %.10g < t ≤ %.10g ms",
               all[0].t > d->from ? all[d->n - 1].t : all[0].t, d->from, d->to);
}

static void read_data(lua_State *L, data *d) {
  static const char *const known[] = {"times",   "senders", "from",       "to",
                                      "neurons", "file",    "population", NULL};
  size_t n_senders = 0;
  if (lua_type(L, 1) == LUA_TSTRING) { /* short for { file = path } */
    lua_createtable(L, 0, 1);
    lua_insert(L, 1);
    lua_setfield(L, 1, "file");
  }
  bind_options(L, 1, known);
  d->t = push_option_array(L, "times", &d->n);
  d->ids = push_option_array(L, "senders", &n_senders);
  bool file = bind_option(L, 1, "file");
  if (file && (d->t || d->ids)) bind_raise(L, "times and senders come from the file, or are given");
  if (file) load_data(L, lua_absindex(L, -1), d);
  if (!file && bind_option(L, 1, "population")) bind_raise(L, "the option population goes with file");
  if (!d->t) bind_raise(L, "the option times is missing");
  if (!file && d->ids && n_senders != d->n)
    bind_raise(L, "as many senders as times are needed (got %zu and %zu)", n_senders, d->n);
  if (d->ids) check_ids(L, "senders", d->ids, d->n);
}

int bind_spikes_new(lua_State *L) {
  bind_arguments(L, 1);
  luaL_checkstack(L, 30, NULL);
  data d = {.from = NAN, .to = NAN};
  read_data(L, &d);
  const spike *all = push_sorted(L, d.t, d.ids, d.n);
  read_limits(L, &d, all);
  bind_spikes_ids neurons = read_neurons(L, &d, all);
  for (size_t k = 0; k < d.n; k++)
    if (izh_id_set_find(&neurons, all[k].id) == neurons.n)
      bind_raise(L, "the spike at %.10g ms is of neuron %.10g, which is not one of neurons", all[k].t,
                 all[k].id);
  spikes *made = spikes_push(L, d.n, neurons);
  made->from_ms = d.from;
  made->to_ms = d.to;
  for (size_t k = 0; k < d.n; k++) {
    made->data[k] = all[k].t;
    made->data[d.n + k] = all[k].id;
  }
  return 1;
}

/* --- members --- */

static int column(lua_State *L, size_t which) {
  spikes *self = self_at(L);
  bind_arguments(L, 1);
  bind_vector *vector = bind_vector_push(L, self->n);
  memcpy(vector->x, self->data + which * self->n, self->n * sizeof(double));
  return 1;
}

static int spikes_times(lua_State *L) {
  return column(L, 0);
}

static int spikes_senders(lua_State *L) {
  return column(L, 1);
}

static int next_spike(lua_State *L) {
  const spikes *self = lua_touserdata(L, lua_upvalueindex(1));
  size_t at = (size_t)lua_tointeger(L, lua_upvalueindex(2));
  if (at >= self->n) return 0;
  lua_pushinteger(L, (lua_Integer)at + 1);
  lua_replace(L, lua_upvalueindex(2));
  lua_pushnumber(L, self->data[at]);
  lua_pushinteger(L, (lua_Integer)self->data[self->n + at]);
  return 2;
}

/* for t, id in s:each() do */
static int spikes_each(lua_State *L) {
  self_at(L);
  bind_arguments(L, 1);
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, next_spike, 2);
  bind_name(L, "each");
  return 1;
}

static void push_ids(lua_State *L, const bind_spikes_ids *neurons) {
  bind_vector *ids = bind_vector_push(L, neurons->n);
  for (size_t k = 0; k < neurons->n; k++)
    ids->x[k] = neurons->list ? neurons->list[k] : neurons->first + (double)k;
}

/* All that is known of them by name, or the two columns. */
static izh_status save_arrays(const izh_file *file, const izh_spikes_out *all, izh_err *err) {
  bool arrays = file->format->layout == IZH_LAYOUT_ARRAYS;
  const double window[] = {all->from_ms, all->to_ms};
  izh_source sources[] = {
      {.name = arrays ? "times" : "time_ms", .rows = all->n, .values = all->t_ms},
      {.name = arrays ? "senders" : "neuron",
       .element = IZH_ELEMENT_INT64,
       .rows = all->n,
       .values = all->ids},
      {.name = "neurons", .element = IZH_ELEMENT_INT64, .rows = all->n_neurons, .values = all->neurons},
      {.name = "window", .rows = 2, .values = window}};
  for (int k = 0; k < 4; k++) sources[k].dimensions = 1, sources[k].columns = 1;
  return file->format->write(file, sources, arrays ? 4 : 2, err);
}

/* spikes:save(path): .csv and .tsv have the columns time_ms and neuron; .npy an array of these two columns;
 * .npz the arrays times, senders, neurons and window; .h5 is SONATA's, .nwb has units. */
static int spikes_save(lua_State *L) {
  spikes *self = self_at(L);
  bind_arguments(L, 2);
  izh_file file = bind_file(L, 2, IZH_CONTENT_SPIKES, true);
  push_ids(L, &self->neurons);
  const bind_vector *neurons = lua_touserdata(L, -1);
  izh_spikes_out all = {.n = self->n,
                        .t_ms = self->data,
                        .ids = self->data + self->n,
                        .n_neurons = neurons->n,
                        .neurons = neurons->x,
                        .from_ms = self->from_ms,
                        .to_ms = self->to_ms};
  izh_err err;
  bind_check(L,
             file.format->write_spikes ? file.format->write_spikes(&file, &all, &err)
                                       : save_arrays(&file, &all, &err),
             &err);
  return 0;
}

static bool spikes_field(lua_State *L, const char *name) {
  const spikes *self = luaL_testudata(L, 1, BIND_SPIKES);
  if (strcmp(name, "size") == 0)
    lua_pushinteger(L, (lua_Integer)self->n);
  else if (strcmp(name, "neurons") == 0)
    push_ids(L, &self->neurons);
  else if (strcmp(name, "from") == 0)
    lua_pushnumber(L, self->from_ms);
  else if (strcmp(name, "to") == 0)
    lua_pushnumber(L, self->to_ms);
  else
    return false;
  return true;
}

static int spikes_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)self_at(L)->n);
  return 1;
}

static int spikes_tostring(lua_State *L) {
  const spikes *self = luaL_checkudata(L, 1, BIND_SPIKES);
  bind_text(L, "%zu spikes in %.10g < t ≤ %.10g ms", self->n, self->from_ms, self->to_ms);
  return 1;
}

static const luaL_Reg methods[] = {{"times", spikes_times}, {"senders", spikes_senders},
                                   {"each", spikes_each},   {"slice", bind_spikes_slice},
                                   {"save", spikes_save},   {NULL, NULL}};
static const char *const fields[] = {"size", "from", "to", "neurons", NULL};
static const luaL_Reg meta[] = {{"__len", spikes_len}, {"__tostring", spikes_tostring}, {NULL, NULL}};

void bind_open_spikes(lua_State *L) {
  bind_type(L, BIND_SPIKES, "spikes", methods, meta, spikes_field, fields);
  lua_pushcfunction(L, bind_spikes_new);
  bind_name(L, "spikes");
  lua_setfield(L, -2, "spikes");
}
