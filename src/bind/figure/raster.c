/* Which row of a raster each neuron has: populations above each other, in an order, all of them or some. */
#include "bind/figure/raster.h"

#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/net/handle.h"
#include "bind/net/network.h"
#include "bind/net/population.h"
#include "bind/open.h"
#include "bind/spikes/spikes.h"
#include "bind/value/vector.h"
#include "core/net/ids.h"
#include "core/net/net.h"
#include "core/neuron/population.h"
#include "core/synapse/projection.h"
#include "figure/figure.h"
#include "figure/plot.h"

const char BIND_ROWS[] = "izhlua.rows";

enum { DENSE = 4, NAMED_ROWS = 25 }; /* so few rows of a given order are named after their neurons */

typedef struct unit {
  double key; /* what neurons of a group are sorted by */
  uint32_t id, row, group;
} unit;

/* One population of the raster: units first … first + size - 1. */
typedef struct group {
  size_t first, size;
  size_t rows;     /* 0: it is left out */
  uint32_t number; /* among those that are not */
} group;

typedef enum order { BY_ID, BY_RATE, BY_FIRST_SPIKE, AS_GIVEN } order;

/* On its way; the arrays are blocks on the stack. */
typedef struct plan {
  unit *units; /* [n_units] */
  size_t n_units, n_rows;
  group *groups; /* [n_groups] */
  size_t n_groups;
  uint32_t least_id;
  size_t n_places;
  uint32_t *place; /* [n_places] by id - least_id: the unit + 1; NULL: too many, then by_id serves */
  uint32_t *by_id; /* [n_units] units in order of id */
} plan;

/* --- populations --- */

/* Pushes { label =, ink =, size =, first = or ids = } for some neurons of a population. */
static void push_group(lua_State *L, const izh_net *net, uint32_t pop, const izh_ids *ids) {
  int sign = izh_projections_sign(net, pop);
  lua_createtable(L, 0, 5);
  lua_pushstring(L, izh_population_name(net, pop));
  lua_setfield(L, -2, "label");
  lua_pushinteger(L, sign > 0 ? IZH_INK_EXCITATORY : sign < 0 ? IZH_INK_INHIBITORY : IZH_INK_NEUTRAL);
  lua_setfield(L, -2, "ink");
  if (izh_population_colour(net, pop)) {
    lua_pushinteger(L, izh_population_colour(net, pop));
    lua_setfield(L, -2, "colour");
  }
  lua_pushinteger(L, ids->size);
  lua_setfield(L, -2, "size");
  if (ids->list) {
    bind_vector *vector = bind_vector_push(L, ids->size);
    for (uint32_t k = 0; k < ids->size; k++) vector->x[k] = ids->list[k] + 1.0;
    lua_setfield(L, -2, "ids");
  } else {
    lua_pushinteger(L, (lua_Integer)ids->first + 1);
    lua_setfield(L, -2, "first");
  }
}

/* core.raster_groups(function, net): a list of groups, one for each population that has neurons. */
static int raster_groups(lua_State *L) {
  const izh_net *net = bind_open_net(L, luaL_checkudata(L, 2, BIND_NETWORK));
  lua_newtable(L);
  lua_Integer n = 0;
  for (uint32_t pop = 0; pop < izh_population_count(net); pop++) {
    izh_ids ids = izh_population_ids(net, pop);
    if (ids.size == 0) continue;
    push_group(L, net, pop, &ids);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* core.raster_group(function, what, population, net): the group of a population or a slice, which must be of
 * the network unless that is nil. */
static int raster_group(lua_State *L) {
  const char *what = luaL_checkstring(L, 2);
  const bind_population *population = luaL_testudata(L, 3, BIND_POPULATION);
  if (!population)
    bind_wrong(L, what, "a population, a slice of one, { name, first id, last id }, an id or a list of ids",
               3);
  const bind_network *net = luaL_testudata(L, 4, BIND_NETWORK);
  if (net) bind_neurons_at(L, what, 3, net);
  push_group(L, bind_open_handle(L, population->of), population->of->index, &population->ids);
  return 1;
}

/* core.spikes_group(spikes): the neurons that spikes are of, as a group without a label. */
static int spikes_group(lua_State *L) {
  bind_spikes_ids neurons = bind_spikes_neurons(L, 1);
  lua_createtable(L, 0, 3);
  lua_pushinteger(L, IZH_INK_NEUTRAL);
  lua_setfield(L, -2, "ink");
  lua_pushinteger(L, (lua_Integer)neurons.n);
  lua_setfield(L, -2, "size");
  if (neurons.list) {
    bind_vector *vector = bind_vector_push(L, neurons.n);
    memcpy(vector->x, neurons.list, neurons.n * sizeof *vector->x);
    lua_setfield(L, -2, "ids");
  } else {
    lua_pushinteger(L, (lua_Integer)neurons.first);
    lua_setfield(L, -2, "first");
  }
  return 1;
}

/* --- which neurons --- */

static size_t group_size(lua_State *L, int groups, size_t g) {
  lua_rawgeti(L, groups, (lua_Integer)g + 1);
  lua_getfield(L, -1, "size");
  size_t size = (size_t)lua_tointeger(L, -1);
  lua_pop(L, 2);
  return size;
}

/* The neurons first, first + 1 …, or those of the vector ids. */
static void read_group(lua_State *L, int groups, plan *p, size_t g) {
  group *made = &p->groups[g];
  lua_rawgeti(L, groups, (lua_Integer)g + 1);
  lua_getfield(L, -1, "ids");
  lua_getfield(L, -2, "first");
  const bind_vector *ids = lua_isnil(L, -2) ? NULL : luaL_checkudata(L, -2, BIND_VECTOR);
  double first = lua_tonumber(L, -1);
  for (size_t k = 0; k < made->size; k++) {
    p->units[made->first + k].id = (uint32_t)(ids ? ids->x[k] : first + (double)k);
    p->units[made->first + k].group = (uint32_t)g;
  }
  lua_pop(L, 3);
}

static void read_groups(lua_State *L, int groups, plan *p) {
  p->n_groups = (size_t)lua_rawlen(L, groups);
  p->groups = lua_newuserdatauv(L, p->n_groups * sizeof *p->groups, 0);
  for (size_t g = 0; g < p->n_groups; g++) {
    p->groups[g] = (group){.first = p->n_units, .size = group_size(L, groups, g)};
    p->n_units += p->groups[g].size;
  }
  p->units = lua_newuserdatauv(L, p->n_units * sizeof *p->units, 0);
  memset(p->units, 0, p->n_units * sizeof *p->units);
  for (size_t g = 0; g < p->n_groups; g++) read_group(L, groups, p, g);
}

static _Thread_local const unit *sorted_units; /* qsort's comparison has no other way to them */

static int compare_unit_ids(const void *a, const void *b) {
  uint32_t x = sorted_units[*(const uint32_t *)a].id, y = sorted_units[*(const uint32_t *)b].id;
  return (x > y) - (x < y);
}

static _Noreturn void raise_twice(lua_State *L, const char *what, uint32_t id) {
  bind_raise(L, "%s must name a neuron once (got neuron %u twice)", what, id);
}

/* Where a neuron is found. Its id may be any number in spikes from elsewhere; mostly ids are dense. */
static void index_units(lua_State *L, plan *p) {
  uint32_t least = UINT32_MAX, most = 0;
  for (size_t k = 0; k < p->n_units; k++) {
    if (p->units[k].id < least) least = p->units[k].id;
    if (p->units[k].id > most) most = p->units[k].id;
  }
  p->least_id = least;
  p->n_places = p->n_units > 0 ? (size_t)most - least + 1 : 0;
  if (p->n_places <= DENSE * p->n_units) {
    p->place = lua_newuserdatauv(L, p->n_places * sizeof *p->place, 0);
    memset(p->place, 0, p->n_places * sizeof *p->place);
    for (size_t k = 0; k < p->n_units; k++) {
      uint32_t *place = &p->place[p->units[k].id - least];
      if (*place) raise_twice(L, "of", p->units[k].id);
      *place = (uint32_t)k + 1;
    }
    return;
  }
  p->by_id = lua_newuserdatauv(L, p->n_units * sizeof *p->by_id, 0);
  for (size_t k = 0; k < p->n_units; k++) p->by_id[k] = (uint32_t)k;
  sorted_units = p->units;
  qsort(p->by_id, p->n_units, sizeof *p->by_id, compare_unit_ids);
  for (size_t k = 1; k < p->n_units; k++) {
    uint32_t id = p->units[p->by_id[k]].id;
    if (id == p->units[p->by_id[k - 1]].id) raise_twice(L, "of", id);
  }
}

/* NULL when the neuron is in no group. */
static unit *find_unit(const plan *p, double id) {
  if (!(id >= p->least_id && id <= UINT32_MAX) || p->n_units == 0) return NULL;
  if (p->place) {
    size_t at = (size_t)(id - p->least_id);
    return at < p->n_places && p->place[at] && id == floor(id) ? &p->units[p->place[at] - 1] : NULL;
  }
  size_t lo = 0, hi = p->n_units;
  while (hi - lo > 1) {
    size_t middle = lo + (hi - lo) / 2;
    if (p->units[p->by_id[middle]].id <= id)
      lo = middle;
    else
      hi = middle;
  }
  unit *found = &p->units[p->by_id[lo]];
  return found->id == id ? found : NULL;
}

/* --- in which order --- */

static void keys_of_spikes(plan *p, order by, const double *t_ms, const double *ids, size_t n) {
  for (size_t k = 0; k < p->n_units; k++)
    p->units[k].key = by == BY_ID ? (double)p->units[k].id : by == BY_RATE ? 0.0 : (double)INFINITY;
  if (by == BY_ID) return;
  for (size_t i = 0; i < n; i++) {
    unit *found = find_unit(p, ids[i]);
    if (!found) continue;
    if (by == BY_RATE)
      found->key++;
    else if (isinf(found->key))
      found->key = t_ms[i];
  }
}

/* The list at index; neurons that it does not name are not drawn. */
static void keys_as_given(lua_State *L, plan *p, int index) {
  size_t n = bind_array_size(L, index);
  double *ids = bind_buffer(L, n);
  bind_array(L, "order", index, ids, n);
  if (n == 0) bind_raise(L, "order must name a neuron at least");
  for (size_t k = 0; k < p->n_units; k++) p->units[k].key = INFINITY;
  for (size_t i = 0; i < n; i++) {
    unit *found = find_unit(p, ids[i]);
    if (!found)
      bind_raise(L, "order[%zu] must be the id of a neuron in the raster (got %.10g)", i + 1, ids[i]);
    if (!isinf(found->key)) raise_twice(L, "order", found->id);
    found->key = (double)i;
  }
}

static int compare_units(const void *a, const void *b) {
  const unit *x = a, *y = b;
  if (x->key != y->key) return x->key > y->key ? 1 : -1;
  return (x->id > y->id) - (x->id < y->id);
}

/* How many of a group have a row; at least one of each that has any. `wanted` of all are wanted, each group
 * its share. */
static size_t rows_of_group(const plan *p, size_t g, size_t listed, double wanted) {
  const group *of = &p->groups[g];
  double all = (double)p->n_units;
  if (wanted >= all || listed == 0) return listed;
  double begin = floor(wanted * (double)of->first / all),
         end = floor(wanted * (double)(of->first + of->size) / all);
  size_t rows = end > begin ? (size_t)(end - begin) : 1;
  return rows < listed ? rows : listed;
}

/* Sorts each group, then gives rows to neurons that are evenly spread over its order. */
static void give_rows(plan *p, order by, double wanted) {
  uint32_t number = 0;
  for (size_t g = 0; g < p->n_groups; g++) {
    group *of = &p->groups[g];
    of->number = number;
    unit *units = p->units + of->first;
    if (by != BY_ID) qsort(units, of->size, sizeof *units, compare_units);
    size_t listed = of->size;
    while (by == AS_GIVEN && listed > 0 && isinf(units[listed - 1].key)) listed--;
    of->rows = rows_of_group(p, g, listed, wanted);
    number += of->rows > 0;
    for (size_t k = 0; k < of->rows; k++)
      units[(size_t)(((double)k + 0.5) * (double)listed / (double)of->rows)].row = (uint32_t)(++p->n_rows);
  }
}

/* Sorting has moved the units. */
static void index_again(plan *p) {
  for (size_t k = 0; k < p->n_units && p->place; k++)
    p->place[p->units[k].id - p->least_id] = (uint32_t)k + 1;
  if (p->place) return;
  sorted_units = p->units;
  qsort(p->by_id, p->n_units, sizeof *p->by_id, compare_unit_ids);
}

/* --- the rows of spikes --- */

/* IZH_RASTER_HIDDEN + group for a neuron without a row, 0 for one of no group that is drawn. */
static uint32_t row_of(const plan *p, double id) {
  const unit *found = find_unit(p, id);
  if (!found || p->groups[found->group].rows == 0) return 0;
  return found->row ? found->row : IZH_RASTER_HIDDEN + p->groups[found->group].number;
}

/* Fills the rows on the top of the stack. Spikes of neurons that are in no group are left out; times are
 * copied then. */
static void place_spikes(lua_State *L, const plan *p, const double *t_ms, const double *ids, size_t n,
                         bind_rows *rows) {
  for (size_t i = 0; i < n; i++) {
    uint32_t row = row_of(p, ids[i]);
    if (row == 0) continue;
    rows->row[rows->n++] = row;
    rows->n_hidden += row >= IZH_RASTER_HIDDEN;
  }
  rows->t_ms = t_ms;
  if (rows->n == n) return;
  double *times = bind_buffer(L, rows->n);
  size_t kept = 0;
  for (size_t i = 0; i < n; i++)
    if (row_of(p, ids[i])) times[kept++] = t_ms[i];
  rows->t_ms = times;
  lua_setiuservalue(L, -2, 2);
}

/* The ids of the rows, where these are worth a name: in their natural order and all of them, or few. */
static void name_rows(lua_State *L, const plan *p, order by, bind_rows *rows) {
  bool whole = p->n_rows == p->n_units && by == BY_ID;
  if (!whole && !(by == AS_GIVEN && p->n_rows <= NAMED_ROWS)) return;
  rows->names = lua_newuserdatauv(L, p->n_rows * sizeof *rows->names, 0);
  for (size_t k = 0; k < p->n_units; k++)
    if (p->units[k].row) rows->names[p->units[k].row - 1] = p->units[k].id;
  lua_setiuservalue(L, -2, 3);
}

/* The groups that are drawn become groups of rows: first, size, and how many neurons they stand for. */
static void describe_groups(lua_State *L, int groups, const plan *p) {
  size_t first = 1;
  lua_Integer kept = 0;
  for (size_t g = 0; g < p->n_groups; g++) {
    if (p->groups[g].rows == 0) continue;
    lua_rawgeti(L, groups, (lua_Integer)g + 1);
    lua_pushinteger(L, (lua_Integer)first);
    lua_setfield(L, -2, "first");
    lua_pushinteger(L, (lua_Integer)p->groups[g].rows);
    lua_setfield(L, -2, "size");
    lua_pushinteger(L, (lua_Integer)p->groups[g].size);
    lua_setfield(L, -2, "neurons");
    lua_rawseti(L, groups, ++kept);
    first += p->groups[g].rows;
  }
  for (size_t g = p->n_groups; g > (size_t)kept; g--) {
    lua_pushnil(L);
    lua_rawseti(L, groups, (lua_Integer)g);
  }
}

static bind_rows *push_rows(lua_State *L, size_t n) {
  bind_rows *rows = lua_newuserdatauv(L, sizeof *rows + n * sizeof(uint32_t), 3);
  *rows = (bind_rows){0};
  luaL_setmetatable(L, BIND_ROWS);
  lua_pushvalue(L, 2);
  lua_setiuservalue(L, -2, 1);
  return rows;
}

/* Ids are rows already. */
static int plain_rows(lua_State *L, const double *t_ms, const double *ids, size_t n) {
  bind_rows *rows = push_rows(L, n);
  rows->n = n;
  rows->t_ms = t_ms;
  for (size_t i = 0; i < n; i++) rows->row[i] = (uint32_t)ids[i];
  return 1;
}

/* core.raster_rows(function, spikes, groups, order, neurons): the rows of the spikes. Groups are { first =,
 * size = } or { ids =, size = } and become groups of rows. order: a name or a list of ids; neurons: how many
 * are drawn, or nil. Without both, ids are the rows: groups must have all neurons, without ids, and ascend.
 */
static int raster_rows(lua_State *L) {
  static const char *const names[] = {
      [BY_ID] = "id", [BY_RATE] = "rate", [BY_FIRST_SPIKE] = "first_spike", NULL};
  plan p = {0};
  const double *t_ms, *ids;
  size_t n = bind_spikes_arrays(L, 2, &t_ms, &ids);
  luaL_checktype(L, 3, LUA_TTABLE);
  lua_settop(L, 5);
  if (lua_isnil(L, 4) && lua_isnil(L, 5)) return plain_rows(L, t_ms, ids, n);
  bool given = bind_is_array(L, 4);
  order by = lua_isnil(L, 4) ? BY_ID : given ? AS_GIVEN : (order)bind_word(L, "order", 4, names);
  double wanted = lua_isnil(L, 5) ? INFINITY : lua_tonumber(L, 5);
  read_groups(L, 3, &p);
  index_units(L, &p);
  if (given)
    keys_as_given(L, &p, 4);
  else
    keys_of_spikes(&p, by, t_ms, ids, n);
  give_rows(&p, by, wanted);
  index_again(&p);
  bind_rows *rows = push_rows(L, n);
  place_spikes(L, &p, t_ms, ids, n, rows);
  name_rows(L, &p, by, rows);
  describe_groups(L, 3, &p);
  return 1;
}

/* #rows: how many spikes they have. */
static int rows_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)((const bind_rows *)luaL_checkudata(L, 1, BIND_ROWS))->n);
  return 1;
}

void bind_open_raster(lua_State *L) {
  static const luaL_Reg functions[] = {{"raster_groups", raster_groups},
                                       {"raster_group", raster_group},
                                       {"spikes_group", spikes_group},
                                       {"raster_rows", raster_rows},
                                       {NULL, NULL}};
  luaL_newmetatable(L, BIND_ROWS);
  lua_pushcfunction(L, rows_len);
  lua_setfield(L, -2, "__len");
  lua_pop(L, 1);
  luaL_setfuncs(L, functions, 0);
}
