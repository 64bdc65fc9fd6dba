#include "bind/net/connect.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/quantity.h"
#include "bind/lua/type.h"
#include "bind/net/handle.h"
#include "bind/net/leftover.h"
#include "bind/net/pairs.h"
#include "bind/net/population.h"
#include "bind/net/projection.h"
#include "bind/open.h"
#include "bind/program/host.h"
#include "bind/value/numbers.h"
#include "bind/value/random.h"
#include "bind/value/vector.h"
#include "core/random/stream.h"
#include "core/synapse/projection.h"
#include "core/synapse/wiring.h"

/* Pre, post, options on the stack at 2, 3, 4. */
typedef struct connect {
  bind_network *owner;
  uint64_t restored; /* see bind_same_net */
  izh_projection_def def;
  int weight_function, delay_function; /* stack indices; 0: none */
  int p_function;                      /* p as a function of the pair */
  bind_pairs pairs;                    /* what came with them */
} connect;

static void require_option(lua_State *L, const izh_rule_info *rule, const char *name) {
  if (!bind_option(L, 4, name)) bind_raise(L, "rule %s needs the option %s", rule->name, name);
}

/* Adds a word to the text of a list on top of the stack. */
static void add_word(lua_State *L, const char *word) {
  lua_pushfstring(L, "%s%s", lua_rawlen(L, -1) > 0 ? ", " : "", word);
  lua_concat(L, 2);
}

/* An option of other rules only. */
static _Noreturn void raise_other_rules(lua_State *L, const izh_rule_info *own, const char *name) {
  lua_pushliteral(L, "");
  for (int kind = 0; kind < IZH_RULE_COUNT; kind++) {
    const izh_rule_info *info = izh_rule_describe((izh_rule_kind)kind);
    if (izh_quantity_find(info->quantities, info->n, name) >= 0) add_word(L, info->name);
  }
  bind_raise(L, "rule %s has no option %s, unlike %s", own->name, name, lua_tostring(L, -1));
}

/* An option of another rule is a mistake. */
static void refuse_options(lua_State *L, const izh_rule_info *own) {
  for (int kind = 0; kind < IZH_RULE_COUNT; kind++) {
    const izh_rule_info *other = izh_rule_describe((izh_rule_kind)kind);
    for (int q = 0; q < other->n; q++) {
      const char *name = other->quantities[q].name;
      if (izh_quantity_find(own->quantities, own->n, name) < 0 && bind_option(L, 4, name))
        raise_other_rules(L, own, name);
    }
  }
  static const char *const of_pairs[] = {"pairs", "ids", "base", "unit", "population", NULL};
  static const char *const of_matrix[] = {"matrix", "transpose", NULL};
  for (const char *const *name = of_pairs; *name; name++)
    if ((!own->pairs || own->matrix) && bind_option(L, 4, *name))
      bind_raise(L, "rule %s has no option %s", own->name, *name);
  for (const char *const *name = of_matrix; *name; name++)
    if (!own->matrix && bind_option(L, 4, *name)) bind_raise(L, "rule %s has no option %s", own->name, *name);
  if (!own->pairs && bind_option(L, 4, "columns")) bind_raise(L, "rule %s has no option columns", own->name);
}

/* The option n, on top of the stack, as a number for each source or target. A draw is rounded. Leaves a block
 * on the stack in its place. */
static void read_each(lua_State *L, connect *c) {
  izh_rule *rule = &c->def.rule;
  bool drawn = bind_is_dist(L, -1);
  int value = lua_gettop(L);
  const izh_ids *of = izh_rule_describe(rule->kind)->each_of == IZH_EACH_SOURCE ? &c->def.pre : &c->def.post;
  izh_err err;
  bind_draws draws = {.n = of->size};
  bind_check(L, izh_net_stream(c->owner->net, "projection", c->def.name, "degree", &draws.key, &err), &err);
  uint32_t *ids = lua_newuserdatauv(L, of->size * sizeof *ids, 0);
  for (uint32_t k = 0; k < of->size; k++) ids[k] = izh_ids_at(of, k);
  draws.id = ids;
  double *numbers = bind_buffer(L, of->size);
  bind_numbers(L, "n", value, &draws, numbers);
  bind_same_net(L, c->owner, c->restored);
  uint32_t *each = lua_newuserdatauv(L, ((size_t)(of->last - of->first) + 1) * sizeof *each, 0);
  for (uint32_t k = 0; k < of->size; k++) {
    double n = drawn ? round(numbers[k]) : numbers[k];
    if (!(n >= 0 && n <= UINT32_MAX && n == floor(n)))
      bind_raise(L, "n must be a whole number 0 … %u (got %.10g for neuron %u%s)", UINT32_MAX, n, ids[k] + 1,
                 drawn && n < 0 ? "; izh.truncated(dist, 0, …) keeps draws above 0" : "");
    each[ids[k] - of->first] = (uint32_t)n;
    rule->total += (uint64_t)n;
    if ((uint64_t)n > rule->n) rule->n = (uint64_t)n;
  }
  rule->each = each;
}

static void read_numbers(lua_State *L, connect *c) {
  izh_rule *rule = &c->def.rule;
  const izh_rule_info *info = izh_rule_describe(rule->kind);
  for (int q = 0; q < info->n; q++) {
    const izh_quantity *quantity = &info->quantities[q];
    require_option(L, info, quantity->name);
    if (info->by_pair && lua_isfunction(L, -1)) {
      c->p_function = lua_gettop(L); /* stays there */
      continue;
    }
    if (info->each_of && lua_type(L, -1) != LUA_TNUMBER) {
      read_each(L, c);
      continue;
    }
    double low, high;
    izh_quantity_range(quantity, &low, &high);
    izh_rule_set(rule, q,
                 quantity->whole ? (double)bind_integer(L, quantity->name, -1, (int64_t)low, (int64_t)high)
                                 : bind_number(L, quantity->name, -1, low, high));
    lua_pop(L, 1);
  }
}

static bool read_flag(lua_State *L, const char *key) {
  if (!bind_option(L, 4, key)) return false;
  bool flag = bind_boolean(L, key, -1);
  lua_pop(L, 1);
  return flag;
}

static void read_rule(lua_State *L, connect *c, bind_neurons pre, bind_neurons post) {
  izh_rule *rule = &c->def.rule;
  const char *names[IZH_RULE_COUNT + 1] = {NULL};
  for (int i = 0; i < IZH_RULE_COUNT; i++) names[i] = izh_rule_name((izh_rule_kind)i);
  if (bind_option(L, 4, "rule")) {
    rule->kind = (izh_rule_kind)bind_word(L, "rule", -1, names);
    lua_pop(L, 1);
  }
  rule->autapses = read_flag(L, "autapses");
  rule->multapses = read_flag(L, "multapses");
  const izh_rule_info *info = izh_rule_describe(rule->kind);
  if (rule->multapses && !info->multapses) bind_raise(L, "rule %s makes no multapses", info->name);
  refuse_options(L, info);
  read_numbers(L, c);
  if (!info->pairs) return;
  bind_ends ends = {.net = c->owner->net, .side = {pre, post}, .options = 4};
  require_option(L, info, info->matrix ? "matrix" : "pairs");
  c->pairs = info->matrix ? bind_read_matrix(L, &ends, rule) : bind_read_pairs(L, &ends, rule);
  c->def.notes = c->pairs.notes; /* what was read stays on the stack */
}

izh_values bind_synapse_values(lua_State *L, const char *key, int index, bool array, uint64_t n,
                               double least) {
  izh_values values = {.kind = IZH_VALUES_ONE};
  if (bind_is_dist(L, index)) {
    values.kind = IZH_VALUES_DRAWN;
    values.drawn = *bind_dist(L, index);
  } else if (lua_isfunction(L, index)) {
    values.kind = IZH_VALUES_GIVEN;
  } else if (bind_is_array(L, index)) {
    if (!array) bind_raise(L, "an array for %s goes with rule = \"pairs\"; use a function(pre, post)", key);
    double *given = bind_buffer(L, n);
    bind_array(L, key, index, given, n);
    values = (izh_values){.kind = IZH_VALUES_GIVEN, .given = given};
  } else if (lua_type(L, index) == LUA_TNUMBER) {
    values.one = bind_number(L, key, index, least, INFINITY);
  } else {
    bind_wrong(L, key,
               array ? "a number, a distribution, an array or a function(pre, post)"
                     : "a number, a distribution or a function(pre, post)",
               index);
  }
  return values;
}

/* An option with such a value, which is left on the stack; *function is its index when it is a function.
 * Without the option it is what came with the pairs, or 0. */
static izh_values read_values(lua_State *L, const char *key, const izh_rule *rule, const double *given,
                              double least, int *function) {
  if (!bind_option(L, 4, key))
    return (izh_values){.kind = given ? IZH_VALUES_GIVEN : IZH_VALUES_ONE, .given = given};
  int index = lua_absindex(L, -1);
  if (lua_isfunction(L, index)) *function = index;
  return bind_synapse_values(L, key, index, izh_rule_describe(rule->kind)->pairs, rule->n, least);
}

/* An option of other kernels only. */
static _Noreturn void raise_other_kernels(lua_State *L, const izh_kernel_info *own, const char *name) {
  lua_pushliteral(L, "");
  for (int kind = 0; kind < IZH_KERNEL_COUNT; kind++) {
    const izh_kernel_info *info = izh_kernel_describe((izh_kernel_kind)kind);
    if (izh_quantity_find(info->quantities, info->n, name) >= 0) add_word(L, info->name);
  }
  bind_raise(L, "synapse %s has no option %s, unlike %s", own->name, name, lua_tostring(L, -1));
}

/* An option of another kernel is a mistake. */
static void refuse_others(lua_State *L, int index, const izh_kernel_info *own) {
  for (int kind = 0; kind < IZH_KERNEL_COUNT; kind++) {
    const izh_kernel_info *other = izh_kernel_describe((izh_kernel_kind)kind);
    for (int q = 0; q < other->n; q++) {
      const char *name = other->quantities[q].name;
      if (izh_quantity_find(own->quantities, own->n, name) < 0 && bind_option(L, index, name))
        raise_other_kernels(L, own, name);
    }
  }
}

izh_kernel bind_kernel(lua_State *L, int index) {
  const char *names[IZH_KERNEL_COUNT + 1] = {NULL};
  for (int i = 0; i < IZH_KERNEL_COUNT; i++) names[i] = izh_kernel_name((izh_kernel_kind)i);
  int kind = 0;
  if (bind_option(L, index, "synapse")) {
    kind = bind_word(L, "synapse", -1, names);
    lua_pop(L, 1);
  }
  izh_kernel kernel = izh_kernel_default((izh_kernel_kind)kind);
  const izh_kernel_info *info = izh_kernel_describe(kernel.kind);
  refuse_others(L, index, info);
  for (int q = 0; q < info->n; q++) {
    const char *name = info->quantities[q].name;
    if (bind_option(L, index, name)) {
      kernel.values[q] = bind_number(L, name, -1, -INFINITY, INFINITY);
      lua_pop(L, 1);
      kernel.conducts |= q > 0 && q == info->reversal;
    } else if (info->quantities[q].required) {
      bind_raise(L, "synapse %s needs the option %s", info->name, name);
    }
  }
  return kernel;
}

/* The option stp, a table of its quantities. */
static izh_stp read_stp(lua_State *L) {
  izh_stp stp = {0};
  if (!bind_option(L, 4, "stp")) return stp;
  const char *known[IZH_STP_QUANTITIES + 1] = {NULL};
  double values[IZH_STP_QUANTITIES];
  int table = lua_gettop(L);
  if (!lua_istable(L, table)) bind_wrong(L, "stp", "a table such as { U = 0.5, tau_rec = 800 }", table);
  for (int q = 0; q < IZH_STP_QUANTITIES; q++) known[q] = izh_stp_quantities[q].name;
  bind_options(L, table, known);
  for (int q = 0; q < IZH_STP_QUANTITIES; q++) {
    values[q] = izh_stp_quantities[q].otherwise;
    bool given = bind_option_quantity(L, table, &izh_stp_quantities[q], &values[q]);
    if (!given && izh_stp_quantities[q].required) bind_raise(L, "stp needs %s", known[q]);
  }
  lua_pop(L, 1);
  return (izh_stp){values[0], values[1], values[2]};
}

/* The option storage: whether the synapses are drawn again whenever a spike comes. */
static bool read_unstored(lua_State *L) {
  static const char *const words[] = {"memory", "none", NULL};
  if (!bind_option(L, 4, "storage")) return false;
  bool unstored = bind_word(L, "storage", -1, words) == 1;
  lua_pop(L, 1);
  return unstored;
}

static connect read_connect(lua_State *L) {
  static const char *const known[] = {"name",   "rule",     "p",          "n",         "pairs",   "columns",
                                      "base",   "unit",     "population", "ids",       "matrix",  "transpose",
                                      "weight", "delay",    "autapses",   "multapses", "synapse", "width",
                                      "tau",    "reversal", "stp",        "storage",   NULL};
  connect c = {.owner = bind_network_self(L)};
  c.restored = c.owner->restored;
  if (lua_gettop(L) > 3 && !lua_istable(L, 4))
    bind_wrong(L, "what follows pre and post", "a table such as { rule = \"all_to_all\", weight = 6 }", 4);
  bind_arguments(L, 4);
  bind_neurons pre = bind_neurons_at(L, "pre", 2, c.owner);
  bind_neurons post = bind_targets_at(L, "post", 3, c.owner);
  bind_options(L, 4, known);
  c.def.pre = pre.ids;
  c.def.post = post.ids;
  if (bind_option(L, 4, "name")) {
    c.def.name = bind_label(L, "name", -1); /* stays on the stack */
  } else {
    c.def.name = bind_free_name(L, 1, "projections", lua_pushfstring(L, "%s->%s", pre.name, post.name));
  }
  read_rule(L, &c, pre, post);
  bool has_weight = bind_option(L, 4, "weight");
  if (!has_weight && !c.pairs.weight) bind_raise(L, "the option weight is missing");
  if (has_weight) lua_pop(L, 1);
  c.def.weight = read_values(L, "weight", &c.def.rule, c.pairs.weight, -INFINITY, &c.weight_function);
  c.def.delay = read_values(L, "delay", &c.def.rule, c.pairs.delay, 0, &c.delay_function);
  c.def.kernel = bind_kernel(L, 4);
  c.def.stp = read_stp(L);
  c.def.unstored = read_unstored(L);
  if (c.def.unstored && c.p_function)
    bind_raise(L, "p as a function chooses all pairs beforehand, so these must be stored: storage = \"none\" "
                  "goes with p as a number");
  return c;
}

static const char WIRING[] = "izhlua.wiring";

/* A box that frees the wiring if an error passes by. */
static int wiring_gc(lua_State *L) {
  izh_wiring **box = lua_touserdata(L, 1);
  izh_wiring_free(*box);
  *box = NULL;
  return 0;
}

static izh_wiring **push_wiring(lua_State *L) {
  izh_wiring **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, WIRING);
  return box;
}

void bind_call_for_pair(lua_State *L, int index, uint32_t pre, uint32_t post) {
  lua_pushvalue(L, index);
  lua_pushinteger(L, (lua_Integer)pre + 1);
  lua_pushinteger(L, (lua_Integer)post + 1);
  lua_call(L, 2, 1);
}

static const double MANY_CALLS = 1e7;

/* Says how often a function of the script will be called, when that is so often that one waits. */
static void say_calls(lua_State *L, const char *key, double calls) {
  if (calls <= MANY_CALLS) return;
  fprintf(stderr, "izhlua: %sconnect: calls the function for %s %.0f times\n", bind_place(L), key, calls);
  lua_pop(L, 1);
}

/* What it gives for all synapses, in the order of the wiring. Those for which the function for weight returns
 * nil are taken out of the wiring. */
static double *call_for_wiring(lua_State *L, const char *key, int index, const connect *c,
                               izh_wiring *wiring) {
  uint64_t n = wiring->n, kept = 0;
  say_calls(L, key, (double)n);
  double *values = bind_buffer(L, n);
  unsigned char *dropped = index == c->weight_function ? lua_newuserdatauv(L, n, 0) : NULL;
  for (uint32_t row = 0; row < wiring->n_pre; row++) {
    uint32_t pre = izh_ids_at(&c->def.pre, row);
    for (uint64_t k = wiring->row_start[row]; k < wiring->row_start[row + 1]; k++) {
      bind_call_for_pair(L, index, pre, wiring->target[k]);
      bool none = dropped && lua_isnil(L, -1);
      if (dropped) dropped[k] = none;
      double number = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : NAN;
      if (!none && !isfinite(number))
        bind_raise(L, "the function for %s must return a finite number%s (got %s for %u → %u)", key,
                   dropped ? ", or nil for no synapse" : "", bind_shown(L, -1), pre + 1,
                   wiring->target[k] + 1);
      if (!none) values[kept++] = number;
      lua_pop(L, 1);
    }
  }
  if (kept < n) izh_wiring_drop(wiring, dropped);
  return values;
}

/* --- p as a function of the pair --- */

/* Pairs in a block of Lua's that grows: [2 n] pre, post. */
typedef struct pair_list {
  uint32_t *pairs;
  uint64_t n, room;
  int block; /* its stack index */
} pair_list;

static void pair_add(lua_State *L, pair_list *list, uint32_t pre, uint32_t post) {
  if (list->n == list->room) {
    list->room = 2 * list->room + 64;
    uint32_t *more = lua_newuserdatauv(L, list->room * 2 * sizeof *more, 0);
    if (list->n > 0) memcpy(more, list->pairs, list->n * 2 * sizeof *more);
    lua_replace(L, list->block);
    list->pairs = more;
  }
  list->pairs[2 * list->n] = pre;
  list->pairs[2 * list->n++ + 1] = post;
}

/* Asks the function for the probability of a pair, and draws. The number that is drawn depends on the pair
 * alone. */
static bool draw_pair(lua_State *L, const connect *c, izh_key key, uint32_t pre, uint32_t post) {
  bind_call_for_pair(L, c->p_function, pre, post);
  double p = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : NAN;
  if (!(p >= 0 && p <= 1))
    bind_raise(L, "the function for p must return a number 0 … 1 (got %s for %u → %u)", bind_shown(L, -1),
               pre + 1, post + 1);
  lua_pop(L, 1);
  if (p == 0) return false;
  izh_rng rng = izh_rng_make(key, post, pre);
  return izh_rng_unit(&rng) < p;
}

/* Makes a rule of the pairs that are drawn; they stay on the stack. */
static izh_rule choose_pairs(lua_State *L, const connect *c) {
  const izh_ids *pre = &c->def.pre, *post = &c->def.post;
  izh_err err;
  izh_key key;
  bind_check(L, izh_net_stream(c->owner->net, "projection", c->def.name, "wiring", &key, &err), &err);
  say_calls(L, "p", (double)pre->size * post->size);
  lua_pushnil(L);
  pair_list list = {.block = lua_gettop(L)};
  for (uint32_t i = 0; i < pre->size; i++)
    for (uint32_t k = 0; k < post->size; k++) {
      uint32_t from = izh_ids_at(pre, i), to = izh_ids_at(post, k);
      if ((from != to || c->def.rule.autapses) && draw_pair(L, c, key, from, to))
        pair_add(L, &list, from, to);
    }
  bind_same_net(L, c->owner, c->restored);
  return (izh_rule){
      .kind = IZH_RULE_PAIRS, .n = list.n, .pairs = list.pairs, .autapses = c->def.rule.autapses};
}

/* Makes values that were given with the pairs, or by a function, those of the wiring. */
static void resolve(lua_State *L, const char *key, int function, const connect *c, izh_wiring *wiring,
                    izh_values *values) {
  if (values->kind != IZH_VALUES_GIVEN) return;
  if (function) {
    values->given = call_for_wiring(L, key, function, c, wiring);
    return;
  }
  double *moved = bind_buffer(L, wiring->n);
  for (uint64_t k = 0; k < wiring->n; k++) moved[k] = values->given[wiring->given[k]];
  values->given = moved;
}

static int network_connect(lua_State *L) {
  luaL_checkstack(L, 40, NULL);
  connect c = read_connect(L);
  izh_err err;
  izh_key key;
  izh_rule_kind rule = c.def.rule.kind;
  if (c.p_function) {
    bind_check(L, izh_projection_name_check(c.owner->net, c.def.name, &err), &err);
    c.def.rule = choose_pairs(L, &c);
  }
  bind_check(L, izh_projection_check(c.owner->net, &c.def, &key, &err), &err);
  izh_wiring **wiring = push_wiring(L);
  bind_hear(L, c.owner->host, true);
  izh_status status = izh_projection_wire(c.owner->net, &c.def, key, wiring, &err);
  bind_hear(L, c.owner->host, false);
  bind_check(L, status, &err);
  resolve(L, "weight", c.weight_function, &c, *wiring, &c.def.weight);
  resolve(L, "delay", c.delay_function, &c, *wiring, &c.def.delay);

  bind_made_at(L, 1, "connect", c.def.name);
  if (c.owner->net)
    bind_begins_at(L, 1, "connect", c.def.name, izh_net_time_ms(c.owner->net)); /* or it is closed */
  bind_handle *made = bind_handle_push(L, 1, BIND_PROJECTION);
  /* once more: the functions may have closed or restored the network, or taken the name */
  izh_net *net = bind_same_net(L, c.owner, c.restored);
  bind_check(L, izh_projection_name_check(net, c.def.name, &err), &err);
  bind_hear(L, c.owner->host, true);
  bind_reserve(L, 1, "projections", c.def.name);
  c.def.rule.kind = rule;
  status = izh_projection_add(net, &c.def, *wiring, &made->index, &err);
  bind_hear(L, c.owner->host, false);
  izh_wiring_free(*wiring); /* now, not by its finalizer, which fails when Lua has no memory to call it */
  *wiring = NULL;
  bind_settle(L, !status);
  bind_check(L, status, &err);
  return 1;
}

static const luaL_Reg of_network[] = {{"connect", network_connect}, {NULL, NULL}};

void bind_open_connect(lua_State *L) {
  bind_methods(L, BIND_NETWORK, of_network);
  luaL_newmetatable(L, WIRING);
  lua_pushcfunction(L, wiring_gc);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
}
