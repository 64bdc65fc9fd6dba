/* Spikes as a Lua value: a copy of those of some neurons in a window, or made from times and ids. */
#include "bind/spikes/spikes.h"

#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/files/files.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/lua/window.h"
#include "bind/net/network.h"
#include "bind/net/population.h"
#include "bind/open.h"
#include "bind/value/vector.h"
#include "core/neuron/population.h"
#include "formats/array.h"
#include "formats/format.h"

const char BIND_SPIKES[] = "izhlua.spikes";

/* Everything in one block that Lua owns. Its user value is what measures have made of it (measures.c). */
typedef struct spikes {
  size_t n;
  double from_ms, to_ms;   /* from < t ≤ to */
  double dt_ms;            /* of the network; 0 for spikes from elsewhere */
  bind_spikes_ids neurons; /* its list, if any, is behind the ids, … */
  double *begun_ms;        /* … and this, if it is not NULL, behind that */
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
                       .dt_ms = self->dt_ms,
                       .begun_ms = self->begun_ms};
}

double bind_spikes_id(const bind_spikes *of, size_t k) {
  return of->neurons.list ? of->neurons.list[k] : of->neurons.first + (double)k;
}

static spikes *spikes_push(lua_State *L, size_t n, const bind_spikes *like) {
  size_t all = like->neurons.n, listed = like->neurons.list ? all : 0, late = like->begun_ms ? all : 0;
  spikes *made = lua_newuserdatauv(L, sizeof *made + (2 * n + listed + late) * sizeof(double), 1);
  *made = (spikes){
      .n = n, .from_ms = like->from_ms, .to_ms = like->to_ms, .dt_ms = like->dt_ms, .neurons = like->neurons};
  double *lists = made->data + 2 * n;
  if (listed) made->neurons.list = memcpy(lists, like->neurons.list, listed * sizeof *lists);
  if (late) made->begun_ms = memcpy(lists + listed, like->begun_ms, late * sizeof *lists);
  luaL_setmetatable(L, BIND_SPIKES);
  return made;
}

double *bind_spikes_push(lua_State *L, size_t n, const bind_spikes *like) {
  return spikes_push(L, n, like)->data;
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

void bind_spikes_begin(bind_spikes *like, double *begun) {
  size_t n = like->neurons.n;
  for (size_t k = 0; k < n; k++) begun[k] = fmin(fmax(begun[k], like->from_ms), like->to_ms);
  if (like->from_ms < like->to_ms)
    while (n > 0 && begun[n - 1] >= like->to_ms) n--;
  like->neurons.n = n;
  if (n == 0) return;
  like->from_ms = begun[0];
  like->begun_ms = begun[n - 1] > begun[0] ? begun : NULL;
}

/* When each neuron of a set was added, in a block pushed on the stack; NULL: all before the window. */
static double *push_born(lua_State *L, const izh_net *net, const izh_ids *ids, const unsigned char *member,
                         double from) {
  double last = 0;
  for (uint32_t pop = 0; pop < izh_population_count(net); pop++)
    last = fmax(last, izh_net_ms(net, izh_population_born(net, pop)));
  if (last <= from || ids->size == 0) return NULL;
  double *born = bind_buffer(L, ids->size), *at = born;
  for (uint32_t i = ids->first; i <= ids->last; i++)
    if (!member || member[i - ids->first])
      *at++ = izh_net_ms(net, izh_population_born(net, izh_population_of(net, i)));
  return born;
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
static int network_record_spikes(lua_State *L) {
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
static int network_spikes(lua_State *L) {
  static const char *const known[] = {"of", "from", "to", NULL};
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 2);
  const izh_net *net = owner->net;
  izh_ids ids = izh_ids_range(0, izh_net_size(net));
  bind_spikes like = {.to_ms = izh_net_time_ms(net), .dt_ms = izh_net_definition(net)->dt_ms};
  if (!lua_isnil(L, 2)) {
    bind_options(L, 2, known);
    if (bind_option(L, 2, "of")) ids = bind_ids_at(L, "of", -1, owner);
    bind_read_window(L, 2, BIND_SPAN_RUN, &like.from_ms, &like.to_ms);
  }
  const unsigned char *member = push_members(L, &ids);
  like.neurons = push_neurons(L, &ids, member);
  double *born = push_born(L, net, &ids, member, like.from_ms);
  if (born) bind_spikes_begin(&like, born);
  int64_t begin = first_after(net, like.from_ms), end = first_after(net, like.to_ms);
  if (izh_net_spikes(net).ms && end <= izh_net_now(net)) end++; /* the step in which the window ends */
  bind_check_kept(L, net, &ids, begin < 1 ? 0 : begin - 1, end - 1);
  size_t n = collect(net, &ids, member, like.from_ms, like.to_ms, begin, end, NULL);
  collect(net, &ids, member, like.from_ms, like.to_ms, begin, end, spikes_push(L, n, &like));
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
  bind_text(L, "%zu spike%s in %.10g < t ≤ %.10g ms", self->n, izh_s(self->n), self->from_ms, self->to_ms);
  return 1;
}

static const luaL_Reg methods[] = {{"times", spikes_times},
                                   {"senders", spikes_senders},
                                   {"each", spikes_each},
                                   {"save", spikes_save},
                                   {NULL, NULL}};
static const char *const fields[] = {"size", "from", "to", "neurons", NULL};
static const luaL_Reg meta[] = {{"__len", spikes_len}, {"__tostring", spikes_tostring}, {NULL, NULL}};

static const luaL_Reg of_network[] = {
    {"record_spikes", network_record_spikes}, {"spikes", network_spikes}, {NULL, NULL}};

/* core.spikes_method(name, function): a method of spikes. */
static int spikes_method(lua_State *L) {
  lua_settop(L, 2);
  bind_extend(L, BIND_SPIKES, luaL_checkstring(L, 1));
  return 0;
}

/* core.spikes_later(function): it makes more methods of spikes, when one is first asked for that there is
 * not. */
static int spikes_later(lua_State *L) {
  lua_settop(L, 1);
  bind_extend_later(L, BIND_SPIKES);
  return 0;
}

void bind_open_spikes(lua_State *L) {
  bind_methods(L, BIND_NETWORK, of_network);
  bind_type(L, BIND_SPIKES,
            (bind_members){"spikes", .methods = methods, .metamethods = meta, .field = spikes_field,
                           .fields = fields});
  static const luaL_Reg functions[] = {
      {"spikes_method", spikes_method}, {"spikes_later", spikes_later}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
