/* Populations and slices as Lua values. */
#include "bind/net/population.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/net/source.h"
#include "bind/net/waveforms.h"
#include "bind/open.h"
#include "bind/value/numbers.h"
#include "bind/value/random.h"
#include "bind/value/vector.h"
#include "core/neuron/model.h"
#include "core/neuron/population.h"
#include "core/random/philox.h"
#include "core/random/random.h"
#include "core/random/stream.h"

const char BIND_POPULATION[] = "izhlua.population";

enum { MORE_WORDS = 12 };

/* The quantities of a model by number, then other words; ended by NULL. At the start v and u are called v0,
 * u0.
 */
typedef struct key_list {
  const char *word[IZH_MODEL_QUANTITIES + MORE_WORDS];
  int n;
} key_list;

static void add_word(key_list *list, const char *word) {
  if (word) list->word[list->n++] = word;
}

static key_list keys_of(izh_model of, bool at_start, const char *one, const char *other) {
  const izh_model_info *model = izh_model_describe(of);
  key_list k = {{NULL}, 0};
  for (int q = 0; q < model->n; q++)
    add_word(&k, !at_start       ? model->quantities[q].name
                 : q == model->v ? "v0"
                 : q == model->u ? "u0"
                                 : model->quantities[q].name);
  add_word(&k, one);
  add_word(&k, other);
  return k;
}

/* Adds the options that sources have beside their quantities. */
static void add_source_words(key_list *list, izh_model model, bool made) {
  for (const char *const *word = bind_source_words(model, made); *word; word++) add_word(list, *word);
}

/* --- handles --- */

static bind_population *self_at(lua_State *L) {
  bind_population *self = luaL_testudata(L, 1, BIND_POPULATION);
  if (!self) bind_no_self(L, "a population", "E", 1);
  bind_open_handle(L, self->of);
  return self;
}

/* An empty handle of the network at index, with room for a list. */
static bind_population *handle_push(lua_State *L, int network, uint32_t list_size) {
  bind_population *handle = lua_newuserdatauv(L, sizeof *handle + list_size * sizeof(uint32_t), 2);
  *handle = (bind_population){.own = {.owner = lua_touserdata(L, network)}};
  handle->of = &handle->own;
  luaL_setmetatable(L, BIND_POPULATION);
  lua_pushvalue(L, network);
  lua_setiuservalue(L, -2, 1);
  return handle;
}

static void fill_handle(bind_population *handle, uint32_t population) {
  handle->own.index = population;
  handle->ids = izh_population_ids(handle->own.owner->net, population);
}

void bind_population_push(lua_State *L, int network, uint32_t index) {
  fill_handle(handle_push(L, network, 0), index);
}

/* An empty slice of the population, or of the slice, at 1. */
static bind_population *slice_push(lua_State *L, uint32_t list_size) {
  const bind_population *self = lua_touserdata(L, 1);
  lua_getiuservalue(L, 1, 1);
  bind_population *slice = handle_push(L, lua_gettop(L), list_size);
  slice->of = self->of;
  if (self->of == &self->own)
    lua_pushvalue(L, 1);
  else
    lua_getiuservalue(L, 1, 2);
  lua_setiuservalue(L, -2, 2);
  lua_remove(L, -2);
  return slice;
}

bind_neurons bind_neurons_at(lua_State *L, const char *what, int index, const bind_network *owner) {
  const bind_population *handle = luaL_testudata(L, index, BIND_POPULATION);
  const bind_network *network = luaL_testudata(L, index, BIND_NETWORK);
  if (lua_type(L, index) == LUA_TSTRING)
    bind_raise(L, "%s must be a population, not its name (got %s; net.populations has them by name)", what,
               bind_shown(L, index));
  if (!handle && !network) bind_wrong(L, what, "a population, a slice of one, or the network", index);
  if ((handle ? handle->of->owner : network) != owner) bind_raise(L, "%s belongs to another network", what);
  if (handle) {
    const izh_net *net = bind_open_handle(L, handle->of);
    return (bind_neurons){.ids = handle->ids, .name = izh_population_name(net, handle->of->index)};
  }
  return (bind_neurons){.ids = izh_ids_range(0, izh_net_size(bind_open_net(L, owner))), .name = "all"};
}

/* The neurons of a network that are not sources; pushes their list when they are no range. */
static izh_ids push_neurons(lua_State *L, const izh_net *net) {
  izh_ids all = izh_ids_range(0, izh_net_size(net)), some = izh_ids_range(0, 0);
  bool range = true;
  for (uint32_t p = 0; p < izh_population_count(net); p++) {
    izh_ids own = izh_population_ids(net, p);
    if (izh_population_is_source(net, p)) continue;
    if (some.size == 0) some = izh_ids_range(own.first, 0);
    range = range && (own.size == 0 || own.first == some.first + some.size);
    some.size += own.size;
  }
  if (range) return izh_ids_range(some.first, some.size);
  uint32_t *list = lua_newuserdatauv(L, some.size * sizeof *list, 0), n = 0;
  for (uint32_t i = 0; i < all.size; i++)
    if (!izh_population_is_source(net, izh_population_of(net, i))) list[n++] = i;
  return izh_ids_list(list, n);
}

bind_neurons bind_targets_at(lua_State *L, const char *what, int index, const bind_network *owner) {
  bind_neurons found = bind_neurons_at(L, what, index, owner);
  if (luaL_testudata(L, index, BIND_NETWORK)) found.ids = push_neurons(L, owner->net);
  return found;
}

izh_ids bind_ids_at(lua_State *L, const char *what, int index, const bind_network *owner) {
  index = lua_absindex(L, index);
  bool one = lua_type(L, index) == LUA_TNUMBER;
  if (!one && !bind_is_array(L, index)) {
    if (!luaL_testudata(L, index, BIND_POPULATION) && !luaL_testudata(L, index, BIND_NETWORK))
      bind_wrong(L, what, "a population, a slice of one, an id, a list of ids, or the network", index);
    return bind_neurons_at(L, what, index, owner).ids;
  }
  size_t n = one ? 1 : bind_array_size(L, index);
  uint32_t size = izh_net_size(bind_open_net(L, owner));
  if (n > size)
    bind_raise(L, "%s has %zu ids, and the network %u neuron%s", what, n, size, size == 1 ? "" : "s");
  double *given = bind_buffer(L, n);
  if (one)
    given[0] = lua_tonumber(L, index);
  else
    bind_array(L, what, index, given, n);
  uint32_t *ids = lua_newuserdatauv(L, n * sizeof *ids, 0);
  unsigned char *seen = lua_newuserdatauv(L, size, 0);
  memset(seen, 0, size);
  for (size_t k = 0; k < n; k++) {
    if (!(given[k] >= 1 && given[k] <= size && floor(given[k]) == given[k]))
      bind_raise(L, "%s must have ids of the network, whole numbers 1 … %u (got %.15g)", what, size,
                 given[k]);
    ids[k] = (uint32_t)given[k] - 1;
    if (seen[ids[k]]) bind_raise(L, "%s has the id %u twice", what, ids[k] + 1);
    seen[ids[k]] = 1;
  }
  return n > 0 ? izh_ids_list(ids, (uint32_t)n) : izh_ids_range(0, 0);
}

/* core.ids(function, what, value, net): those of bind_ids_at, as a vector. */
static int ids(lua_State *L) {
  bind_network *owner = luaL_checkudata(L, 4, BIND_NETWORK);
  izh_ids found = bind_ids_at(L, luaL_checkstring(L, 2), 3, owner);
  bind_vector *vector = bind_vector_push(L, found.size);
  for (uint32_t k = 0; k < found.size; k++) vector->x[k] = izh_ids_at(&found, k) + 1.0;
  return 1;
}

/* --- one number for each neuron --- */

/* Where the values of a population's neurons are gathered. */
typedef struct gather {
  const bind_network *owner;
  uint64_t restored;      /* see bind_same_net */
  const char *population; /* its name, for the streams */
  uint32_t generation;
  int quantities; /* of the model */
  uint32_t n;
  const uint32_t *local; /* [n] number of each neuron in its population, from 0; NULL: 0 … n - 1 */
  double *values[IZH_MODEL_QUANTITIES]; /* each [n] */
  bool set[IZH_MODEL_QUANTITIES];
  bool bounded; /* the first quantity is a function of time: its value is the bound, and is there already */
} gather;

static uint32_t local_at(const gather *g, uint32_t k) {
  return g->local ? g->local[k] : k;
}

static izh_key stream(lua_State *L, const gather *g, const char *use) {
  izh_key key;
  izh_err err;
  izh_net *net = bind_same_net(L, g->owner, g->restored); /* a function may have done anything */
  bind_check(L, izh_net_stream(net, "population", g->population, use, &key, &err), &err);
  return key;
}

/* The value at the top of the stack, of any of the four kinds, for quantity q. Pops it. */
static void fill(lua_State *L, gather *g, const char *key, int q) {
  bind_draws draws = {.key = stream(L, g, key), .generation = g->generation, .id = g->local, .n = g->n};
  bind_numbers(L, key, lua_absindex(L, -1), &draws, g->values[q]);
  g->set[q] = true;
  lua_pop(L, 1);
}

/* Correlated values: the function at index gives a table for each neuron, with the same keys for all. */
static void fill_each(lua_State *L, gather *g, int index, const char *const *keys) {
  izh_rng *rng = bind_rng_push(L, stream(L, g, "each"), g->generation);
  bool first[IZH_MODEL_QUANTITIES] = {false};
  for (uint32_t k = 0; k < g->n; k++) {
    bind_rng_at(rng, local_at(g, k));
    lua_pushvalue(L, index);
    lua_pushinteger(L, (lua_Integer)k + 1);
    lua_pushvalue(L, -3);
    lua_call(L, 2, 1);
    if (!lua_istable(L, -1)) bind_wrong(L, "what the function for each neuron returns", "a table", -1);
    bind_options(L, -1, keys);
    for (int q = 0; q < g->quantities; q++) {
      bool given = bind_option(L, -1, keys[q]);
      if (given) g->values[q][k] = bind_number(L, keys[q], -1, -INFINITY, INFINITY);
      if (given) lua_pop(L, 1);
      if (k > 0 && given != first[q])
        bind_raise(L, "the function for each neuron gives %s for some neurons only", keys[q]);
      first[q] = given;
    }
    lua_pop(L, 1);
  }
  for (int q = 0; q < g->quantities; q++) g->set[q] |= first[q];
  lua_pop(L, 1);
}

/* All quantities in a table of options, in a fixed order; the keys of quantities come first in keys. */
static void fill_table(lua_State *L, gather *g, int index, const char *const *keys,
                       const char *const *each_keys) {
  for (int q = 0; q < g->quantities; q++)
    if (!(q == 0 && g->bounded) && bind_option(L, index, keys[q])) fill(L, g, keys[q], q);
  if (!each_keys || !bind_option(L, index, "each")) return;
  if (!lua_isfunction(L, -1)) bind_wrong(L, "each", "a function", -1);
  fill_each(L, g, lua_absindex(L, -1), each_keys);
  lua_pop(L, 1);
}

static gather gather_open(lua_State *L, const bind_network *owner, const char *population, izh_model model,
                          uint32_t n) {
  gather g = {.owner = owner,
              .restored = owner->restored,
              .population = population,
              .quantities = izh_model_describe(model)->n,
              .n = n};
  double *values = bind_buffer(L, (size_t)n * (size_t)g.quantities);
  for (int q = 0; q < g.quantities; q++) g.values[q] = values + (size_t)n * (size_t)q;
  return g;
}

/* --- quantities of another model --- */

static bool is_word(const char *const *words, const char *word) {
  while (*words && strcmp(*words, word) != 0) words++;
  return *words != NULL;
}

/* Raises that a quantity is not of this model, but of others. */
static _Noreturn void raise_other_model(lua_State *L, izh_model own, const char *name) {
  luaL_Buffer models;
  luaL_buffinit(L, &models);
  for (int m = 0, n = 0; m < IZH_MODEL_COUNT; m++) {
    const izh_model_info *info = izh_model_describe((izh_model)m);
    if (izh_quantity_find(info->quantities, info->n, name) < 0) continue;
    luaL_addstring(&models, n++ ? ", " : "");
    luaL_addstring(&models, info->name);
  }
  luaL_pushresult(&models);
  bind_raise(L, "\"%s\" is a quantity of %s; the model here is %s", name, lua_tostring(L, -1),
             izh_model_describe(own)->name);
}

/* Raises when the value at index, a name or a table, has a parameter of another model, and says whose it is.
 */
static void refuse_other_models(lua_State *L, int index, izh_model own, const char *const *known) {
  for (int m = 0; m < IZH_MODEL_COUNT; m++) {
    const izh_model_info *other = izh_model_describe((izh_model)m);
    for (int q = 0; q < other->n; q++) {
      const char *name = other->quantities[q].name;
      if (q == other->v || q == other->u || is_word(known, name)) continue;
      bool given = lua_type(L, index) == LUA_TSTRING ? strcmp(lua_tostring(L, index), name) == 0
                                                     : lua_istable(L, index) && bind_option(L, index, name);
      if (given) raise_other_model(L, own, name);
    }
  }
}

/* --- net:population(name, size, cell [, overrides]) --- */

/* Replaces the name of a cell at index by the cell: izh.cells, which a script may add to. */
static void find_cell(lua_State *L, int index) {
  if (lua_istable(L, index) && lua_rawlen(L, index) > 0)
    bind_raise(L, "the numbers of a cell have names: { a = 0.02, b = 0.2, c = -65, d = 8 }");
  if (lua_istable(L, index)) return;
  if (lua_type(L, index) != LUA_TSTRING)
    bind_wrong(L, "the cell", "a name in izh.cells, or a table such as { a =, b =, c =, d = }", index);
  const char *name = bind_string(L, "the cell", index);
  lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.own");
  lua_getfield(L, -1, "izhlua");
  if (lua_getfield(L, -1, "cells") != LUA_TTABLE)
    bind_raise(L, "izh.cells must be a table (got %s)", bind_shown(L, -1));
  lua_pushstring(L, name);
  const char *sources[IZH_MODEL_COUNT + 1] = {NULL};
  if (lua_rawget(L, -2) == LUA_TNIL && bind_is_source(name, sources)) {
    lua_newtable(L); /* { model = name } */
    lua_pushvalue(L, index);
    lua_setfield(L, -2, "model");
    lua_replace(L, -2);
  }
  if (lua_istable(L, -1)) {
    lua_replace(L, index);
    lua_pop(L, 3);
    return;
  }
  if (!lua_isnil(L, -1)) bind_raise(L, "izh.cells.%s must be a table (got %s)", name, bind_shown(L, -1));
  lua_pop(L, 1);
  const char *const *known = bind_keys(L, lua_absindex(L, -1), sources);
  bind_unknown(L, "cell", name, known);
}

static izh_model read_model(lua_State *L, int cell) {
  izh_model model = IZH_MODEL_IZHIKEVICH2003;
  if (bind_option(L, cell, "model")) {
    const char *names[IZH_MODEL_COUNT + 1] = {NULL};
    for (int i = 0; i < IZH_MODEL_COUNT; i++) names[i] = izh_model_describe((izh_model)i)->name;
    model = (izh_model)bind_word(L, "model", -1, names);
    lua_pop(L, 1);
  }
  return model;
}

/* Is there an option of sources, their rate included, in the table at index. */
static bool says_source(lua_State *L, int index, izh_model model) {
  const izh_model_info *info = izh_model_describe(model);
  if (!lua_istable(L, index)) return false;
  bool says = info->thins && bind_option(L, index, info->quantities[0].name);
  for (const char *const *word = bind_source_words(model, true); *word && !says; word++)
    says = bind_option(L, index, *word);
  if (says) lua_pop(L, 1);
  return says;
}

/* A rate that is a function of time: its bound is the value of all. */
static void fill_bound(gather *g, double bound) {
  for (uint32_t k = 0; k < g->n; k++) g->values[0][k] = bound;
  g->set[0] = g->bounded = true;
}

/* The option "color" of the overrides at index, which izhlua/figure/colours.lua reads; 0 for none. */
static uint32_t read_colour(lua_State *L, int index) {
  if (!bind_option(L, index, "color")) return 0;
  lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.require");
  lua_pushliteral(L, "izhlua.figure.colours");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "read");
  lua_pushliteral(L, "population");
  lua_pushliteral(L, "color");
  lua_pushvalue(L, -5);
  lua_call(L, 3, 1);
  uint32_t colour = (uint32_t)lua_tointeger(L, -1);
  lua_pop(L, 3);
  return colour;
}

/* Checks the names of the overrides, which are at 5; a function there becomes { each = f }. Returns the
 * colour. */
static uint32_t check_overrides(lua_State *L, izh_model model, const char *const *words) {
  if (lua_isnil(L, 5)) return 0;
  if (lua_isfunction(L, 5)) {
    lua_createtable(L, 0, 1);
    lua_insert(L, 5);
    lua_setfield(L, 5, "each");
  }
  if (!lua_istable(L, 5))
    bind_wrong(L, "the overrides", "a table such as { d = 2 }, or a function(i, rng)", 5);
  refuse_other_models(L, 5, model, words);
  bind_options(L, 5, words);
  return read_colour(L, 5);
}

static int network_population(lua_State *L) {
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 5);
  if (lua_type(L, 2) == LUA_TNUMBER || (lua_type(L, 3) == LUA_TSTRING && !lua_isnumber(L, 3)))
    bind_raise(L,
               "name, size and cell come in this order: net:population(\"E\", 80, \"RS\") (got %s, then %s)",
               bind_shown(L, 2), bind_shown(L, 3));
  const char *name = bind_label(L, "the name", 2);
  uint32_t size = (uint32_t)bind_integer(L, "the size", 3, 0, UINT32_MAX - 1);
  izh_err err;
  find_cell(L, 4);
  izh_model model = read_model(L, 4);
  key_list start = keys_of(model, true, NULL, NULL), override = keys_of(model, true, "each", "color"),
           whole = keys_of(model, true, "each", "model");
  add_source_words(&override, model, true);
  add_source_words(&whole, model, true);
  refuse_other_models(L, 4, model, whole.word);
  bind_options(L, 4, whole.word);
  /* the values are gathered, then copied into the network */
  bind_check(L, izh_population_size_check(name, model, 2.0 * size, &err), &err);
  uint32_t colour = check_overrides(L, model, override.word);
  bind_source source = bind_read_source(L, says_source(L, 5, model) ? 5 : 4, model, true, size);
  gather g = gather_open(L, owner, name, model, size);
  if (source.function) fill_bound(&g, source.max);
  fill_table(L, &g, 4, start.word, start.word);
  if (!lua_isnil(L, 5)) {
    g.generation = 1; /* other numbers than the cell's own draws */
    fill_table(L, &g, 5, start.word, start.word);
  }
  izh_population_def def = {.name = name, .model = model, .size = size, .colour = colour};
  for (int q = 0; q < g.quantities; q++) def.values[q] = g.set[q] ? g.values[q] : NULL;
  if (source.has_times) def.times = &source.times;
  lua_Integer slot = 0;
  if (source.function) {
    lua_pushvalue(L, source.function);
    slot = bind_keep_waveform(L, 1);
  }

  bind_population *handle = handle_push(L, 1, 0);
  uint32_t index;
  izh_net *net = bind_same_net(L, owner, g.restored);
  bind_reserve(L, 1, "populations", name);
  izh_status status = izh_population_add(net, &def, &index, &err);
  bind_settle(L, !status);
  bind_check(L, status, &err);
  fill_handle(handle, index);
  if (source.function) {
    izh_source_thin(net, index, true);
    bind_add_waveform(L, 1, BIND_OF_SOURCES + index, slot);
  }
  return 1;
}

/* --- slices --- */

/* E:slice(first, last): positions in E, both ends included. */
static int population_slice(lua_State *L) {
  bind_population *self = self_at(L);
  bind_arguments(L, 3);
  if (self->ids.size == 0) bind_raise(L, "there are no neurons in it");
  int64_t first = bind_integer(L, "the position of the first neuron", 2, 1, self->ids.size);
  int64_t last = bind_integer(L, "the position of the last neuron", 3, first, self->ids.size);
  uint32_t n = (uint32_t)(last - first + 1);
  bind_population *slice = slice_push(L, self->ids.list ? n : 0);
  if (self->ids.list) {
    memcpy(slice->list, self->ids.list + first - 1, n * sizeof *slice->list);
    slice->ids = izh_ids_list(slice->list, n);
  } else {
    slice->ids = izh_ids_range(self->ids.first + (uint32_t)first - 1, n);
  }
  return 1;
}

/* E{3, 5, 8}: positions in E, in the order given. */
static int population_call(lua_State *L) {
  bind_population *self = self_at(L);
  bind_arguments(L, 2);
  if (!lua_istable(L, 2)) bind_wrong(L, "the neurons", "a table of positions, as in E{3, 5, 8}", 2);
  lua_Integer n = bind_list(L, "the neurons", 2);
  if (n > self->ids.size)
    bind_raise(L, "more positions (%lld) than neurons (%u)", (long long)n, self->ids.size);
  bind_population *slice = slice_push(L, (uint32_t)n);
  unsigned char *seen = lua_newuserdatauv(L, self->ids.size / 8 + 1, 0);
  memset(seen, 0, self->ids.size / 8 + 1);
  for (lua_Integer k = 0; k < n; k++) {
    lua_rawgeti(L, 2, k + 1);
    uint32_t at = (uint32_t)bind_integer(L, "a position in the population", -1, 1, self->ids.size) - 1;
    if (seen[at / 8] >> (at % 8) & 1) bind_raise(L, "position %u is given twice", at + 1);
    seen[at / 8] |= (unsigned char)(1 << (at % 8));
    slice->list[k] = izh_ids_at(&self->ids, at);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  slice->ids = n > 0 ? izh_ids_list(slice->list, (uint32_t)n) : izh_ids_range(0, 0);
  return 1;
}

/* --- get and set --- */

static int population_get(lua_State *L) {
  bind_population *self = self_at(L);
  bind_arguments(L, 2);
  izh_net *net = self->of->owner->net;
  izh_model model = izh_population_model(net, self->of->index);
  key_list known = keys_of(model, false, "clamped", "lesioned");
  refuse_other_models(L, 2, model, known.word);
  int n = izh_model_describe(model)->n, q = bind_word(L, "quantity", 2, known.word);
  if (q == 0 && bind_has_waveform(self->of->owner, BIND_OF_SOURCES + self->of->index))
    bind_raise(L, "the %s of population \"%s\" is a function of time", known.word[0],
               izh_population_name(net, self->of->index));
  bind_vector *vector = bind_vector_push(L, self->ids.size);
  izh_err err;
  if (q < n) bind_check(L, izh_population_refresh(net, self->of->index, &self->ids, q, &err), &err);
  if (q < n)
    izh_population_get(net, self->of->index, &self->ids, q, vector->x);
  else
    izh_population_held(net, self->of->index, &self->ids, q == n ? IZH_HOLD_CLAMP : IZH_HOLD_LESION,
                        vector->x);
  return 1;
}

static const uint32_t *push_locals(lua_State *L, const bind_population *self) {
  uint32_t first = izh_population_ids(self->of->owner->net, self->of->index).first;
  uint32_t *local = lua_newuserdatauv(L, self->ids.size * sizeof *local, 0);
  for (uint32_t k = 0; k < self->ids.size; k++) local[k] = izh_ids_at(&self->ids, k) - first;
  return local;
}

/* The two arguments of set, a name and a value, as a table of one option. */
static void table_of_one(lua_State *L) {
  lua_createtable(L, 0, 1);
  lua_insert(L, 2);
  lua_settable(L, 2);
  lua_pushnil(L);
}

/* A rate that is a function of time is that of the whole population. */
static void check_rate(lua_State *L, const bind_population *self, const gather *g, bind_source source) {
  if (self->of == &self->own || !g->set[0]) return;
  const char *rate =
      izh_model_describe(izh_population_model(self->of->owner->net, self->of->index))->quantities[0].name;
  if (source.function) bind_raise(L, "a %s that is a function of time is for a whole population", rate);
  if (bind_has_waveform(self->of->owner, BIND_OF_SOURCES + self->of->index))
    bind_raise(L, "the %s of population \"%s\" is a function of time: set that of the whole population", rate,
               izh_population_name(self->of->owner->net, self->of->index));
}

/* The rate was set, to numbers or to a function kept at a slot. */
static void change_rate(lua_State *L, int network, const bind_population *self, const bind_source *source,
                        lua_Integer slot) {
  uint64_t of = BIND_OF_SOURCES + self->of->index;
  izh_source_thin(self->of->owner->net, self->of->index, source->function != 0);
  if (source->function)
    bind_add_waveform(L, network, of, slot);
  else
    bind_drop_waveform(L, network, of);
}

/* E:set("a", value), E:set{ a = value, … } or E:set(function(i, rng) return { a = …, … } end). */
static int population_set(lua_State *L) {
  bind_population *self = self_at(L);
  bind_arguments(L, 3);
  izh_net *net = self->of->owner->net;
  izh_model model = izh_population_model(net, self->of->index);
  if (lua_isstring(L, 2) && lua_isfunction(L, 3) && izh_model_describe(model)->thins) table_of_one(L);
  key_list state = keys_of(model, false, NULL, NULL);
  gather g =
      gather_open(L, self->of->owner, izh_population_name(net, self->of->index), model, self->ids.size);
  g.local = push_locals(L, self);
  g.generation = izh_population_generation(net, self->of->index);
  key_list options = state;
  add_source_words(&options, model, false);
  refuse_other_models(L, 2, model, options.word);
  bind_source source = {0};
  if (lua_istable(L, 2)) source = bind_read_source(L, 2, model, false, 0);
  if (source.function) fill_bound(&g, source.max);
  if (lua_type(L, 2) == LUA_TSTRING) {
    int q = bind_word(L, "quantity", 2, state.word);
    lua_pushvalue(L, 3);
    fill(L, &g, state.word[q], q);
  } else {
    if (!lua_isnil(L, 3))
      bind_raise(L, "a value goes with the name of a quantity (got %s)", bind_shown(L, 2));
    if (!lua_istable(L, 2) && !lua_isfunction(L, 2))
      bind_wrong(L, "what to set",
                 "the name of a quantity, a table such as { v = -65 }, or a function(i, rng)", 2);
    if (lua_isfunction(L, 2)) {
      fill_each(L, &g, 2, state.word);
    } else {
      bind_options(L, 2, options.word);
      fill_table(L, &g, 2, state.word, NULL);
    }
  }
  net = bind_same_net(L, g.owner, g.restored);
  check_rate(L, self, &g, source);
  lua_Integer slot = 0;
  lua_getiuservalue(L, 1, 1);
  int network = lua_gettop(L);
  if (source.function) {
    lua_pushvalue(L, source.function);
    slot = bind_keep_waveform(L, network);
  }
  izh_err err;
  const double *values[IZH_MODEL_QUANTITIES];
  for (int q = 0; q < g.quantities; q++) values[q] = g.set[q] ? g.values[q] : NULL;
  bind_check(L, izh_population_reset_check(net, self->of->index, &self->ids, values, &err), &err);
  for (int q = 0; q < g.quantities; q++)
    if (g.set[q])
      bind_check(L, izh_population_set(net, self->of->index, &self->ids, q, g.values[q], &err), &err);
  izh_population_drawn(net, self->of->index);
  if (izh_model_describe(model)->thins && g.set[0]) change_rate(L, network, self, &source, slot);
  return 0;
}

/* --- clamp, release, silence --- */

/* E:clamp{ v = value }, or E:clamp() where v is now. */
static int population_clamp(lua_State *L) {
  static const char *const known[] = {"v", NULL};
  bind_population *self = self_at(L);
  uint64_t restored = self->of->owner->restored;
  bind_arguments(L, 2);
  izh_net *net = self->of->owner->net;
  const double *v = NULL;
  izh_err err;
  if (!lua_isnil(L, 2)) bind_options(L, 2, known);
  if (bind_option(L, lua_isnil(L, 2) ? 0 : 2, "v")) {
    bind_draws draws = {.generation = izh_population_generation(net, self->of->index), .n = self->ids.size};
    const char *name = izh_population_name(net, self->of->index);
    bind_check(L, izh_net_stream(net, "population", name, "v", &draws.key, &err), &err);
    int value = lua_absindex(L, -1);
    draws.id = push_locals(L, self);
    double *given = bind_buffer(L, self->ids.size);
    bind_numbers(L, "v", value, &draws, given);
    v = given;
  }
  net = bind_same_net(L, self->of->owner, restored);
  bind_check(L, izh_population_hold(net, self->of->index, &self->ids, IZH_HOLD_CLAMP, v, &err), &err);
  if (v) izh_population_drawn(net, self->of->index);
  return 0;
}

static int hold(lua_State *L, izh_hold how) {
  bind_population *self = self_at(L);
  bind_arguments(L, 1);
  izh_err err;
  bind_check(L, izh_population_hold(self->of->owner->net, self->of->index, &self->ids, how, NULL, &err),
             &err);
  return 0;
}

static bool any_held(lua_State *L, const bind_population *self) {
  double *free = bind_buffer(L, self->ids.size);
  izh_population_held(self->of->owner->net, self->of->index, &self->ids, IZH_HOLD_NONE, free);
  bool any = false;
  for (uint32_t k = 0; k < self->ids.size; k++) any |= free[k] == 0;
  lua_pop(L, 1);
  return any;
}

static int population_release(lua_State *L) {
  const bind_population *self = self_at(L);
  bind_arguments(L, 1);
  if (!any_held(L, self))
    bind_raise(L, "no neuron of this %s \"%s\" is clamped or silenced: there is nothing to release",
               self->of == &self->own ? "population" : "slice of population",
               izh_population_name(self->of->owner->net, self->of->index));
  return hold(L, IZH_HOLD_NONE);
}

static int population_silence(lua_State *L) {
  return hold(L, IZH_HOLD_LESION);
}

/* --- fields --- */

static bool population_field(lua_State *L, const char *name) {
  bind_population *self = luaL_testudata(L, 1, BIND_POPULATION);
  bool is_size = strcmp(name, "size") == 0, is_name = strcmp(name, "name") == 0,
       is_model = strcmp(name, "model") == 0;
  if (!is_size && !is_name && !is_model && strcmp(name, "ids") != 0) return false;
  const izh_net *net = bind_open_handle(L, self->of);
  if (is_size) {
    lua_pushinteger(L, self->ids.size);
  } else if (is_name) {
    lua_pushstring(L, izh_population_name(net, self->of->index));
  } else if (is_model) {
    lua_pushstring(L, izh_model_describe(izh_population_model(net, self->of->index))->name);
  } else {
    bind_vector *ids = bind_vector_push(L, self->ids.size);
    for (uint32_t k = 0; k < self->ids.size; k++) ids->x[k] = izh_ids_at(&self->ids, k) + 1.0;
  }
  return true;
}

static int population_len(lua_State *L) {
  lua_pushinteger(L, self_at(L)->ids.size);
  return 1;
}

static int population_tostring(lua_State *L) {
  bind_population *self = luaL_checkudata(L, 1, BIND_POPULATION);
  if (bind_push_lost(L, "population", self->of)) return 1;
  const izh_net *net = self->of->owner->net;
  const char *name = izh_population_name(net, self->of->index);
  const char *model = izh_model_describe(izh_population_model(net, self->of->index))->name;
  lua_Integer n = self->ids.size;
  if (self->of == &self->own)
    lua_pushfstring(L, "population \"%s\": %I × %s", name, (LUAI_UACINT)n, model);
  else if (n > 0)
    lua_pushfstring(L, "slice of population \"%s\": %I × %s, ids %I … %I", name, (LUAI_UACINT)n, model,
                    (LUAI_UACINT)self->ids.first + 1, (LUAI_UACINT)self->ids.last + 1);
  else
    lua_pushfstring(L, "slice of population \"%s\": empty", name);
  return 1;
}

static const luaL_Reg methods[] = {{"slice", population_slice},
                                   {"get", population_get},
                                   {"set", population_set},
                                   {"clamp", population_clamp},
                                   {"release", population_release},
                                   {"silence", population_silence},
                                   {NULL, NULL}};
static const char *const fields[] = {"size", "name", "ids", "model", NULL};
static const luaL_Reg meta[] = {{"__call", population_call},
                                {"__len", population_len},
                                {"__tostring", population_tostring},
                                {NULL, NULL}};

static const luaL_Reg of_network[] = {{"population", network_population}, {NULL, NULL}};

void bind_open_population(lua_State *L) {
  lua_pushcfunction(L, ids);
  lua_setfield(L, -2, "ids");
  bind_methods(L, BIND_NETWORK, of_network);
  bind_type(L, BIND_POPULATION,
            (bind_members){"population", .methods = methods, .metamethods = meta, .field = population_field,
                           .fields = fields});
}
