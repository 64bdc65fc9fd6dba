/* What the explanations written in Lua (izhlua/explain) need to know of a network, and to change in it. Of
 * one that is cut among ranks all get the same.
 */
#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/net/handle.h"
#include "bind/net/network.h"
#include "bind/net/stimulus.h"
#include "bind/open.h"
#include "bind/value/vector.h"
#include "core/net/ids.h"
#include "core/net/net.h"
#include "core/net/repeat.h"
#include "core/net/share.h"
#include "core/net/state.h"
#include "core/neuron/integrator.h"
#include "core/neuron/model.h"
#include "core/neuron/population.h"
#include "core/neuron/stray.h"
#include "core/stimulus/stimulus.h"
#include "core/synapse/projection.h"

static izh_net *net_at(lua_State *L) {
  return bind_open_net(L, luaL_checkudata(L, 1, BIND_NETWORK));
}

/* As izh_share_values and izh_share_flags. */
static void share(lua_State *L, const izh_net *net, const izh_ids *ids, double *values) {
  izh_err err;
  bind_check(L, izh_share_values(net, ids, values, &err), &err);
}

static void share_flags(lua_State *L, const izh_net *net, bool *flags, size_t n) {
  izh_err err;
  bind_check(L, izh_share_flags(net, flags, n, &err), &err);
}

/* core.runs(function, net): is this called by a function that its run called. Raises if it is closed. */
static int runs(lua_State *L) {
  const bind_network *owner = luaL_checkudata(L, 2, BIND_NETWORK);
  bind_open_net(L, owner);
  lua_pushboolean(L, bind_network_running(owner));
  return 1;
}

/* core.acts(net): is there a function of the script that will be called at a time. */
static int acts(lua_State *L) {
  const bind_network *owner = luaL_checkudata(L, 1, BIND_NETWORK);
  lua_pushboolean(L, owner->n_events > 0);
  return 1;
}

/* core.is_cut(net): is it cut among ranks. */
static int is_cut(lua_State *L) {
  lua_pushboolean(L, izh_net_is_cut(net_at(L)));
  return 1;
}

/* core.keeps_spikes(net): have all spikes been kept until now. */
static int keeps_spikes(lua_State *L) {
  const izh_net *net = net_at(L);
  izh_ids all = izh_ids_range(0, izh_net_size(net));
  izh_missing missing;
  lua_pushboolean(L, izh_net_kept(net, &all, 0, izh_net_now(net), &missing));
  return 1;
}

/* core.diverged(net): the id of the neuron whose divergence ended the last run, nil when none did. */
static int diverged(lua_State *L) {
  const bind_network *owner = luaL_checkudata(L, 1, BIND_NETWORK);
  if (owner->diverged == 0) return 0;
  lua_pushinteger(L, owner->diverged);
  return 1;
}

/* core.scheme(net): { dt =, integrator =, tolerance = }, which make a network of the same scheme. */
static int scheme(lua_State *L) {
  const izh_net_def *def = izh_net_definition(net_at(L));
  lua_newtable(L);
  lua_pushnumber(L, def->dt_ms);
  lua_setfield(L, -2, "dt");
  lua_pushstring(L, izh_integrator_name(def->integrator));
  lua_setfield(L, -2, "integrator");
  if (def->integrator == IZH_INTEGRATOR_EXACT) {
    lua_pushnumber(L, def->tolerance);
    lua_setfield(L, -2, "tolerance");
  }
  return 1;
}

/* core.cell(net, id): a cell that net:population takes, with the state as v0 and u0; and the name of its
 * population, its number there, and how it is held: "clamped", "lesioned" or nil. */
static int cell(lua_State *L) {
  const izh_net *net = net_at(L);
  uint32_t neuron = (uint32_t)bind_integer(L, "the neuron", 2, 1, izh_net_size(net)) - 1;
  uint32_t pop = izh_population_of(net, neuron);
  const izh_model_info *model = izh_model_describe(izh_population_model(net, pop));
  izh_ids one = izh_ids_range(neuron, 1);
  lua_newtable(L);
  lua_pushstring(L, model->name);
  lua_setfield(L, -2, "model");
  for (int q = 0; q < model->n; q++) {
    double value;
    izh_population_get(net, pop, &one, q, &value);
    if (izh_population_moves(net, pop, q)) share(L, net, &one, &value);
    lua_pushnumber(L, value);
    lua_setfield(L, -2, q == model->v ? "v0" : q == model->u ? "u0" : model->quantities[q].name);
  }
  lua_pushstring(L, izh_population_name(net, pop));
  lua_pushinteger(L, (lua_Integer)(neuron - izh_population_ids(net, pop).first) + 1);
  double clamped, lesioned;
  izh_population_held(net, pop, &one, IZH_HOLD_CLAMP, &clamped);
  izh_population_held(net, pop, &one, IZH_HOLD_LESION, &lesioned);
  lua_pushstring(L, lesioned != 0 ? "lesioned" : clamped != 0 ? "clamped" : NULL);
  return 4;
}

/* core.in_degrees(net): how many synapses that deliver end at each neuron: that excite it, and that inhibit
 * it. */
static int in_degrees(lua_State *L) {
  const izh_net *net = net_at(L);
  uint32_t size = izh_net_size(net);
  bind_vector *positive = bind_vector_push(L, size), *negative = bind_vector_push(L, size);
  for (uint32_t i = 0; i < izh_projection_count(net); i++) {
    if (!izh_projection_describe(net, i).enabled) continue;
    for (izh_synapse s = {0}; izh_projection_next(net, i, &s);) {
      if (s.weight != 0 && s.sign > 0) positive->x[s.post]++;
      if (s.weight != 0 && s.sign < 0) negative->x[s.post]++;
    }
  }
  izh_ids all = izh_ids_range(0, size);
  share(L, net, &all, positive->x);
  share(L, net, &all, negative->x);
  return 2;
}

/* core.pathways(net): a list of { pre, post, positive, negative }: between which populations, by number,
 * there are synapses that deliver, of which sign. */
static int pathways(lua_State *L) {
  const izh_net *net = net_at(L);
  uint32_t n = izh_population_count(net);
  bool *has = lua_newuserdatauv(L, 2 * (size_t)n * n * sizeof *has, 0);
  memset(has, 0, 2 * (size_t)n * n * sizeof *has);
  for (uint32_t i = 0; i < izh_projection_count(net); i++) {
    if (!izh_projection_describe(net, i).enabled) continue;
    for (izh_synapse s = {0}; izh_projection_next(net, i, &s);) {
      size_t pair = (size_t)izh_population_of(net, s.pre) * n + izh_population_of(net, s.post);
      if (s.weight != 0) has[2 * pair + (s.sign < 0)] = true;
    }
  }
  share_flags(L, net, has, 2 * (size_t)n * n);
  lua_newtable(L);
  lua_Integer count = 0;
  for (size_t pair = 0; pair < (size_t)n * n; pair++) {
    if (!has[2 * pair] && !has[2 * pair + 1]) continue;
    const lua_Integer numbers[] = {(lua_Integer)(pair / n) + 1, (lua_Integer)(pair % n) + 1};
    lua_createtable(L, 0, 4);
    lua_pushinteger(L, numbers[0]);
    lua_setfield(L, -2, "pre");
    lua_pushinteger(L, numbers[1]);
    lua_setfield(L, -2, "post");
    lua_pushboolean(L, has[2 * pair]);
    lua_setfield(L, -2, "positive");
    lua_pushboolean(L, has[2 * pair + 1]);
    lua_setfield(L, -2, "negative");
    lua_rawseti(L, -2, ++count);
  }
  return 1;
}

/* The charge that a spike brings through a synapse of weight 1, in ms. */
static double charge_of(const izh_kernel *kernel) {
  return kernel->values[0] * (kernel->kind == IZH_KERNEL_ALPHA ? exp(1) : 1); /* of a width or a tau */
}

/* Adds what a projection brings. Sums of doubles are to be the same on any number of ranks: all synapses pass
 * by, in their order. */
static void add_blocks(lua_State *L, const izh_net *net, uint32_t projection, double charge, double *sums,
                       double *squares) {
  izh_err err;
  izh_piece piece = {0};
  izh_status status;
  uint32_t n = izh_population_count(net);
  do {
    status = izh_projection_read(net, projection, &piece, &err);
    for (uint64_t k = 0; k < piece.n && !status; k++) {
      size_t pair = (size_t)izh_population_of(net, piece.pre[k]) * n + izh_population_of(net, piece.post[k]);
      double brings = piece.weight[k] * charge;
      sums[pair] += brings;
      squares[pair] += brings * piece.weight[k] * charge;
    }
  } while (!status && piece.n > 0);
  izh_piece_free(&piece);
  bind_check(L, status, &err);
}

/* core.blocks(net): two vectors of n × n numbers, of n populations: the sums over all synapses that deliver
 * from population i to population j, at (i - 1) n + j, of the charge of a spike and of its square. Nothing
 * when some bring no current of their own, or have short-term plasticity. */
static int blocks(lua_State *L) {
  const izh_net *net = net_at(L);
  uint32_t n = izh_population_count(net);
  bind_vector *sums = bind_vector_push(L, (size_t)n * n), *squares = bind_vector_push(L, (size_t)n * n);
  for (uint32_t i = 0; i < izh_projection_count(net); i++) {
    izh_projection_info info = izh_projection_describe(net, i);
    if (!info.enabled) continue;
    bool steady = izh_projection_stp(net, i).U == 0;
    if (info.kernel.conducts || izh_kernel_describe(info.kernel.kind)->jumps || !steady) return 0;
    add_blocks(L, net, i, charge_of(&info.kernel), sums->x, squares->x);
  }
  return 2;
}

/* core.inhibits(net, projection, by number): has it synapses that inhibit, also if it is disabled. */
static int inhibits(lua_State *L) {
  const izh_net *net = net_at(L);
  lua_Integer projection = bind_integer(L, "the projection", 2, 1, izh_projection_count(net));
  bool found = false;
  for (izh_synapse s = {0}; !found && izh_projection_next(net, (uint32_t)projection - 1, &s);)
    found = s.sign < 0;
  share_flags(L, net, &found, 1);
  lua_pushboolean(L, found);
  return 1;
}

/* Multiplies the weights of synapses of one sign of a projection, between pairs of the n populations that
 * mask [n × n] has (NULL: between all). */
static void scale_signed(lua_State *L, izh_net *net, uint32_t projection, int sign, double factor,
                         const double *mask, uint32_t n) {
  izh_err err;
  double *weights = bind_buffer(L, izh_projection_describe(net, projection).own);
  enum { CHANGES, STAYS };
  bool some[] = {false, false};
  izh_synapse s = {0};
  for (uint64_t k = 0; izh_projection_next(net, projection, &s); k++) {
    size_t pair = (size_t)izh_population_of(net, s.pre) * n + izh_population_of(net, s.post);
    bool chosen = s.weight != 0 && s.sign == sign && (!mask || mask[pair] != 0);
    weights[k] = chosen ? s.weight * factor : s.weight;
    some[CHANGES] |= chosen;
    some[STAYS] |= !chosen && s.weight != 0;
  }
  share_flags(L, net, some, 2);
  izh_status status = IZH_OK;
  if (some[CHANGES] && !some[STAYS]) {
    status = izh_projection_scale(net, projection, factor, &err); /* to the bit what a script would do */
  } else if (some[CHANGES]) {
    izh_values given = {.kind = IZH_VALUES_GIVEN, .given = weights, .own = true};
    status = izh_projection_set_weights(net, projection, &given, &err);
  }
  bind_check(L, status, &err);
  lua_pop(L, 1);
}

/* core.scale_synapses(net, sign, factor [, mask]): of all synapses whose weights have the sign 1 or -1. mask:
 * a list of numbers, row by row, that are not 0 where pre and post belong to populations that are meant. */
static int scale_synapses(lua_State *L) {
  izh_net *net = net_at(L);
  int sign = (int)luaL_checkinteger(L, 2);
  double factor = bind_number(L, "the factor", 3, 0, 1e9);
  uint32_t n = izh_population_count(net);
  double *mask = NULL;
  if (!lua_isnoneornil(L, 4)) {
    mask = bind_buffer(L, (size_t)n * n);
    bind_array(L, "mask", 4, mask, (size_t)n * n);
  }
  for (uint32_t i = 0; i < izh_projection_count(net); i++) scale_signed(L, net, i, sign, factor, mask, n);
  return 0;
}

/* core.redraw(net, number): from the next step on, noise and Poisson sources are those that the network would
 * have with its seed + number. How many stimuli that changed. */
static int redraw(lua_State *L) {
  lua_pushinteger(L, izh_stimuli_redraw(net_at(L), (uint32_t)luaL_checkinteger(L, 2)));
  return 1;
}

/* The stimulus at stack index 1, of its open network. */
static izh_net *of_stimulus(lua_State *L, uint32_t *index) {
  const bind_handle *self = luaL_checkudata(L, 1, BIND_STIMULUS);
  *index = self->index;
  return bind_open_handle(L, self);
}

/* core.calm(stimulus): from the next step on it is its mean; false when it is anyway. */
static int calm(lua_State *L) {
  uint32_t index;
  izh_net *net = of_stimulus(L, &index);
  lua_pushboolean(L, izh_stimulus_calm(net, index));
  return 1;
}

/* core.keep_sign(stimulus, 1 or -1): from the next step on only that part of its current acts. */
static int keep_sign(lua_State *L) {
  uint32_t index;
  izh_net *net = of_stimulus(L, &index);
  izh_stimulus_keep_sign(net, index, luaL_checkinteger(L, 2) < 0 ? -1 : 1);
  return 0;
}

/* core.stimulus(stimulus): { kind =, stopped =, jumps = does v jump by it, reversal = of its conductances or
 * nil, neurons = ids }. */
static int stimulus(lua_State *L) {
  uint32_t index;
  const izh_net *net = of_stimulus(L, &index);
  uint32_t n = izh_stimulus_size(net, index), *ids = lua_newuserdatauv(L, n * sizeof *ids, 0);
  izh_stimulus_neurons(net, index, ids);
  lua_newtable(L);
  lua_pushstring(L, izh_stimulus_describe(izh_stimulus_kind_of(net, index))->name);
  lua_setfield(L, -2, "kind");
  lua_pushboolean(L, izh_stimulus_stopped(net, index));
  lua_setfield(L, -2, "stopped");
  lua_pushboolean(L, izh_stimulus_jumps(net, index));
  lua_setfield(L, -2, "jumps");
  double reversal = izh_stimulus_reversal(net, index);
  if (!isnan(reversal)) {
    lua_pushnumber(L, reversal);
    lua_setfield(L, -2, "reversal");
  }
  bind_vector *list = bind_vector_push(L, n);
  for (uint32_t k = 0; k < n; k++) list->x[k] = ids[k] + 1;
  lua_setfield(L, -2, "neurons");
  return 1;
}

/* Some neurons, the ids at stack index 2, as far as they are there; those that are not must be the last. */
static izh_ids ids_at(lua_State *L, const izh_net *net, size_t *n) {
  *n = bind_array_size(L, 2);
  double *given = bind_buffer(L, *n);
  uint32_t there = 0, *list = lua_newuserdatauv(L, *n * sizeof *list, 0);
  bind_array(L, "ids", 2, given, *n);
  while (there < *n && given[there] <= izh_net_size(net)) {
    list[there] = (uint32_t)given[there] - 1;
    there++;
  }
  return izh_ids_list(list, there);
}

/* Pushes n values, those of neurons of an array of all of them; of neurons that are not there 0. */
static void push_values(lua_State *L, const izh_net *net, const izh_ids *ids, size_t n, const double *of) {
  double *out = bind_vector_push(L, n)->x;
  for (uint32_t k = 0; k < ids->size; k++) out[k] = of[izh_ids_at(ids, k)];
  share(L, net, ids, out);
}

/* core.jumps(net, ids): by how much v jumped at the beginning of the last step, of each. The ids are distinct
 * and ascend. */
static int jumps(lua_State *L) {
  const izh_net *net = net_at(L);
  size_t n;
  izh_ids ids = ids_at(L, net, &n);
  const double *jump = izh_net_currents(net).jump;
  if (jump)
    push_values(L, net, &ids, n, jump);
  else
    bind_vector_push(L, n);
  return 1;
}

/* core.conducts(net): are there conductances. */
static int conducts(lua_State *L) {
  lua_pushboolean(L, izh_net_conducts(net_at(L)));
  return 1;
}

/* core.watch(net): from the next step on core.conductances can be read. */
static int watch(lua_State *L) {
  izh_err err;
  bind_check(L, izh_net_watch(net_at(L), &err), &err);
  return 0;
}

/* core.conductances(net, ids): three vectors of what conductances of each neuron were in the last step: of
 * all that gives them, of synapses that excite, of those that inhibit; nil where there are none. Ids as
 * above. */
static int conductances(lua_State *L) {
  const izh_net *net = net_at(L);
  size_t n;
  izh_ids ids = ids_at(L, net, &n);
  if (!izh_net_conductances(net, IZH_CONDUCTANCE_ALL)) return 0;
  for (int which = 0; which < IZH_CONDUCTANCES; which++)
    push_values(L, net, &ids, n, izh_net_conductances(net, (izh_conductance)which));
  return IZH_CONDUCTANCES;
}

/* core.stimulus_conductances(stimulus): those that it gave to each of its neurons in the last step. */
static int stimulus_conductances(lua_State *L) {
  uint32_t index;
  const izh_net *net = of_stimulus(L, &index);
  izh_err err;
  double *g = bind_vector_push(L, izh_stimulus_size(net, index))->x;
  bind_check(L, izh_stimulus_conductances(net, index, g, &err), &err);
  return 1;
}

/* core.excites(net, id, reversal): does a conductance excite a neuron. */
static int excites(lua_State *L) {
  const izh_net *net = net_at(L);
  uint32_t neuron = (uint32_t)bind_integer(L, "the neuron", 2, 1, izh_net_size(net)) - 1;
  lua_pushboolean(L, izh_conductance_sign(net, luaL_checknumber(L, 3), neuron) > 0);
  return 1;
}

/* core.jumping(net): the numbers of projections that deliver, by which v jumps. */
static int jumping(lua_State *L) {
  const izh_net *net = net_at(L);
  lua_newtable(L);
  lua_Integer n = 0;
  for (uint32_t i = 0; i < izh_projection_count(net); i++) {
    izh_projection_info info = izh_projection_describe(net, i);
    if (!info.enabled || !izh_kernel_describe(info.kernel.kind)->jumps) continue;
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* core.depletes(net): has a projection that delivers short-term plasticity. */
static int depletes(lua_State *L) {
  const izh_net *net = net_at(L);
  bool found = false;
  for (uint32_t i = 0; i < izh_projection_count(net); i++)
    found |= izh_projection_stp(net, i).U != 0 && izh_projection_describe(net, i).enabled;
  lua_pushboolean(L, found);
  return 1;
}

/* core.hold_resources(net): from now on resources of short-term plasticity are full. Of how many projections.
 */
static int hold_resources(lua_State *L) {
  izh_net *net = net_at(L);
  lua_Integer n = 0;
  for (uint32_t i = 0; i < izh_projection_count(net); i++) n += izh_projection_hold_resources(net, i);
  lua_pushinteger(L, n);
  return 1;
}

/* The number of a step in a vector, the value at index of the table at stack index `list`. */
static double at_step(lua_State *L, int list, lua_Integer index, lua_Integer step) {
  lua_rawgeti(L, list, index);
  const bind_vector *vector = luaL_checkudata(L, -1, BIND_VECTOR);
  lua_pop(L, 1);
  return step >= 1 && (size_t)step <= vector->n ? vector->x[step - 1] : 0;
}

/* Of a list of vectors at stack index `list`, [1] of the whole and the others of its parts, and of factors of
 * the parts: what each of n neurons gets in a step. NULL: there is no list. */
static const double *scaled(lua_State *L, int list, lua_Integer step, uint32_t n) {
  if (lua_isnoneornil(L, list)) return NULL;
  lua_Integer parts = (lua_Integer)lua_rawlen(L, list);
  double *values = bind_buffer(L, n);
  for (uint32_t k = 0; k < n; k++) values[k] = at_step(L, list, 1, step);
  for (lua_Integer i = 2; i <= parts; i++) {
    double part = at_step(L, list, i, step);
    for (uint32_t k = 0; k < n && part != 0; k++) {
      double factor = at_step(L, list + 1, i - 1, (lua_Integer)k + 1);
      if (factor != 1) values[k] += (factor - 1) * part;
    }
  }
  return values;
}

/* core.give(net, step, v, jumps, factors, conductances, factors): in the next step v of neuron k jumps by
 * jumps[1][step] and, for each further vector of the list, by (factors[i - 1][k] - 1) jumps[i][step].
 * Conductances are given likewise; their reversal potential is v[step]. A list may be nil. */
static int give(lua_State *L) {
  izh_net *net = net_at(L);
  lua_settop(L, 7);
  lua_Integer step = luaL_checkinteger(L, 2);
  const bind_vector *v = luaL_checkudata(L, 3, BIND_VECTOR);
  double reversal = step >= 1 && (size_t)step <= v->n ? v->x[step - 1] : 0;
  uint32_t n = izh_net_size(net);
  const double *jump = scaled(L, 4, step, n), *g = scaled(L, 6, step, n);
  izh_err err;
  bind_check(L, izh_net_give(net, jump, g, reversal, &err), &err);
  return 0;
}

/* core.strayed(net): in how many steps, summed over neurons, a neuron went where the scheme is not stable;
 * and if one did, the ids of all that did. */
static int strayed(lua_State *L) {
  const izh_net *net = net_at(L);
  izh_strays strays = izh_net_strays(net);
  lua_pushinteger(L, strays.neurons > 0 ? (lua_Integer)strays.steps : 0);
  if (strays.neurons == 0) return 1;
  lua_createtable(L, (int)strays.neurons, 0);
  lua_Integer n = 0;
  for (uint32_t neuron = 0; neuron < izh_net_size(net); neuron++) {
    if (!izh_net_strayed(net, neuron)) continue;
    lua_pushinteger(L, (lua_Integer)neuron + 1);
    lua_rawseti(L, -2, ++n);
  }
  return 2;
}

/* A quantity of a neuron; NAN: its model has none of that name. */
static double quantity_of(const izh_net *net, uint32_t neuron, const char *name) {
  uint32_t pop = izh_population_of(net, neuron);
  const izh_model_info *model = izh_model_describe(izh_population_model(net, pop));
  izh_ids one = izh_ids_range(neuron, 1);
  double value = NAN;
  for (int q = 0; q < model->n; q++)
    if (strcmp(model->quantities[q].name, name) == 0) izh_population_get(net, pop, &one, q, &value);
  return value;
}

/* core.capped(net): the ids of neurons that fired in the last step and whose next spike takes u to its cap,
 * u_max. */
static int capped(lua_State *L) {
  const izh_net *net = net_at(L);
  izh_spikes spikes = izh_net_spikes(net);
  int64_t now = izh_net_now(net);
  uint64_t first = now > 0 ? spikes.begin[now - 1] : 0, end = spikes.begin[now];
  uint32_t size = 0, *fired = lua_newuserdatauv(L, (end - first) * sizeof *fired, 0);
  for (uint64_t k = first; k < end; k++)
    if (!isnan(quantity_of(net, spikes.index[k], "u_max"))) fired[size++] = spikes.index[k];
  double *u = bind_buffer(L, size);
  for (uint32_t k = 0; k < size; k++) u[k] = quantity_of(net, fired[k], "u");
  izh_ids ids = izh_ids_list(fired, size);
  if (size > 0) share(L, net, &ids, u);
  lua_newtable(L);
  lua_Integer n = 0;
  for (uint32_t k = 0; k < size; k++) {
    if (u[k] + quantity_of(net, fired[k], "d") < quantity_of(net, fired[k], "u_max")) continue;
    lua_pushinteger(L, (lua_Integer)fired[k] + 1);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* core.forget(net): what is on its way along synapses is lost. */
static int forget(lua_State *L) {
  izh_projections_forget(net_at(L));
  return 0;
}

/* core.digest(vector …): one number of all their bits (FNV-1a), by which to tell two runs apart. */
static int digest(lua_State *L) {
  uint64_t hash = UINT64_C(14695981039346656037);
  for (int index = 1; index <= lua_gettop(L); index++) {
    const bind_vector *vector = luaL_checkudata(L, index, BIND_VECTOR);
    const unsigned char *bytes = (const unsigned char *)vector->x;
    for (size_t k = 0; k < vector->n * sizeof *vector->x; k++)
      hash = (hash ^ bytes[k]) * UINT64_C(1099511628211);
    hash = (hash ^ vector->n) * UINT64_C(1099511628211);
  }
  lua_pushinteger(L, (lua_Integer)hash);
  return 1;
}

void bind_open_explain(lua_State *L) {
  static const luaL_Reg functions[] = {{"is_cut", is_cut},
                                       {"keeps_spikes", keeps_spikes},
                                       {"acts", acts},
                                       {"diverged", diverged},
                                       {"scheme", scheme},
                                       {"cell", cell},
                                       {"in_degrees", in_degrees},
                                       {"pathways", pathways},
                                       {"inhibits", inhibits},
                                       {"blocks", blocks},
                                       {"scale_synapses", scale_synapses},
                                       {"redraw", redraw},
                                       {"calm", calm},
                                       {"keep_sign", keep_sign},
                                       {"stimulus", stimulus},
                                       {"strayed", strayed},
                                       {"capped", capped},
                                       {"forget", forget},
                                       {"digest", digest},
                                       {"jumps", jumps},
                                       {"jumping", jumping},
                                       {"give", give},
                                       {"watch", watch},
                                       {"conducts", conducts},
                                       {"conductances", conductances},
                                       {"stimulus_conductances", stimulus_conductances},
                                       {"excites", excites},
                                       {"hold_resources", hold_resources},
                                       {"depletes", depletes},
                                       {NULL, NULL}};
  bind_functions(L, functions, "explain");
  lua_pushcfunction(L, runs); /* which is told its name */
  lua_setfield(L, -2, "runs");
}
