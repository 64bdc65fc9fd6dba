/* Projections as Lua values, and net:connect. */
#include "bind/net/projection.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bind/files/files.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/quantity.h"
#include "bind/lua/type.h"
#include "bind/net/handle.h"
#include "bind/net/leftover.h"
#include "bind/net/pairs.h"
#include "bind/net/population.h"
#include "bind/open.h"
#include "bind/program/host.h"
#include "bind/value/numbers.h"
#include "bind/value/random.h"
#include "bind/value/vector.h"
#include "core/neuron/population.h"
#include "core/random/philox.h"
#include "core/random/stream.h"
#include "core/synapse/projection.h"
#include "core/synapse/wiring.h"
#include "formats/array.h"
#include "formats/format.h"
#include "formats/text.h"

const char BIND_PROJECTION[] = "izhlua.projection";

typedef bind_handle handle;

void bind_projection_push(lua_State *L, int network, uint32_t index) {
  bind_handle_push(L, network, BIND_PROJECTION)->index = index;
}

static handle *self_at(lua_State *L) {
  handle *self = luaL_testudata(L, 1, BIND_PROJECTION);
  if (!self) bind_no_self(L, "a projection", "projection", 1);
  bind_open_handle(L, self);
  return self;
}

/* Raises if this process has only its share of the synapses. */
static void check_whole(lua_State *L, const handle *self, const char *what) {
  izh_err err;
  bind_check(L, izh_projection_whole(self->owner->net, self->index, what, &err), &err);
}

bool bind_projection_at(lua_State *L, const char *what, int index, const bind_network *owner,
                        uint32_t *projection) {
  const handle *self = luaL_testudata(L, index, BIND_PROJECTION);
  if (!self) return false;
  if (self->owner != owner) bind_raise(L, "%s belongs to another network", what);
  bind_open_handle(L, self);
  *projection = self->index;
  return true;
}

/* --- net:connect --- */

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

/* The value at index: a number ≥ least, a distribution, an array of n numbers where there may be one, or a
 * function of pre and post. What a function gives is not known yet: given is NULL then. */
static izh_values read_value(lua_State *L, const char *key, int index, bool array, uint64_t n, double least) {
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
  return read_value(L, key, index, izh_rule_describe(rule->kind)->pairs, rule->n, least);
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

static connect read_connect(lua_State *L) {
  static const char *const known[] = {"name",   "rule",     "p",          "n",         "pairs",   "columns",
                                      "base",   "unit",     "population", "ids",       "matrix",  "transpose",
                                      "weight", "delay",    "autapses",   "multapses", "synapse", "width",
                                      "tau",    "reversal", "stp",        NULL};
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

/* Calls the script's function at index for a pair of neurons, and pushes what it returns. */
static void call_for_pair(lua_State *L, int index, uint32_t pre, uint32_t post) {
  lua_pushvalue(L, index);
  lua_pushinteger(L, (lua_Integer)pre + 1);
  lua_pushinteger(L, (lua_Integer)post + 1);
  lua_call(L, 2, 1);
}

/* What the script's function at index gives for a synapse between two neurons. */
static double call_for_synapse(lua_State *L, const char *key, int index, uint32_t pre, uint32_t post) {
  call_for_pair(L, index, pre, post);
  double number = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : NAN;
  if (!isfinite(number))
    bind_raise(L, "the function for %s must return a finite number (got %s for %u → %u)", key,
               bind_shown(L, -1), pre + 1, post + 1);
  lua_pop(L, 1);
  return number;
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
      call_for_pair(L, index, pre, wiring->target[k]);
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
  call_for_pair(L, c->p_function, pre, post);
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
  bool given = c.def.weight.kind == IZH_VALUES_GIVEN || c.def.delay.kind == IZH_VALUES_GIVEN;
  bind_hear(L, c.owner->host, true);
  izh_status status = izh_wiring_make(&c.def.rule, &c.def.pre, &c.def.post, key, wiring, &err);
  if (!status && given) status = izh_wiring_keep(*wiring, &err);
  bind_hear(L, c.owner->host, false);
  bind_check(L, status, &err);
  resolve(L, "weight", c.weight_function, &c, *wiring, &c.def.weight);
  resolve(L, "delay", c.delay_function, &c, *wiring, &c.def.delay);

  bind_made_at(L, 1, "connect", c.def.name);
  if (c.owner->net)
    bind_begins_at(L, 1, "connect", c.def.name, izh_net_time_ms(c.owner->net)); /* or it is closed */
  handle *made = bind_handle_push(L, 1, BIND_PROJECTION);
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

/* --- members --- */

static int projection_scale(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 2);
  double factor = bind_number(L, "the factor", 2, -INFINITY, INFINITY);
  izh_err err;
  bind_check(L, izh_projection_scale(self->owner->net, self->index, factor, &err), &err);
  return 0;
}

static int enable(lua_State *L, bool enabled) {
  handle *self = self_at(L);
  bind_arguments(L, 1);
  izh_projection_enable(self->owner->net, self->index, enabled);
  return 0;
}

static int projection_enable(lua_State *L) {
  return enable(L, true);
}

static int projection_disable(lua_State *L) {
  return enable(L, false);
}

static const char *const quantities[] = {"weight", "delay", "u", "x", NULL};

/* u or x of each source. */
static void push_resources(lua_State *L, const handle *self, bool x) {
  const izh_net *net = self->owner->net;
  uint32_t n = izh_projection_describe(net, self->index).n_pre;
  if (izh_projection_stp(net, self->index).U == 0)
    bind_raise(L, "this projection has no %s: it was made without the option stp", x ? "x" : "u");
  bind_vector *of[2] = {bind_vector_push(L, n), bind_vector_push(L, n)};
  izh_projection_resources(net, self->index, of[0]->x, of[1]->x);
  lua_pushvalue(L, x ? -1 : -2);
}

static int projection_get(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 2);
  int q = bind_word(L, "quantity", 2, quantities);
  const izh_net *net = self->owner->net;
  if (q > 1) {
    push_resources(L, self, q == 3);
    return 1;
  }
  check_whole(L, self, "read");
  bind_vector *vector = bind_vector_push(L, izh_projection_describe(net, self->index).size);
  if (q == 0)
    izh_projection_weights(net, self->index, vector->x);
  else
    izh_projection_delays(net, self->index, vector->x);
  return 1;
}

/* Weights from the function at index, in the order of the walk; it may close or restore the network on the
 * way.
 */
static double *call_for_walk(lua_State *L, const handle *self, int index, uint64_t n) {
  double *given = bind_buffer(L, n);
  izh_synapse synapse = {0};
  for (uint64_t k = 0; izh_projection_next(bind_open_handle(L, self), self->index, &synapse); k++)
    given[k] = call_for_synapse(L, "weight", index, synapse.pre, synapse.post);
  return given;
}

/* proj:set("weight", value) or proj:set{ weight = value }. */
static int projection_set(lua_State *L) {
  static const char *const to_set[] = {"weight", "delay", NULL};
  handle *self = self_at(L);
  bind_arguments(L, 3);
  if (lua_type(L, 2) != LUA_TSTRING && !lua_istable(L, 2))
    bind_wrong(L, "what to set", "\"weight\" or a table { weight = … }", 2);
  if (lua_istable(L, 2)) {
    if (!lua_isnil(L, 3)) bind_raise(L, "a value goes with the name of a quantity (got a table)");
    bind_options(L, 2, to_set);
    if (bind_option(L, 2, "delay"))
      lua_pushliteral(L, "delay");
    else
      lua_pushliteral(L, "weight");
    lua_getfield(L, 2, lua_tostring(L, -1));
    lua_replace(L, 3);
    lua_replace(L, 2);
  }
  if (bind_word(L, "quantity", 2, to_set) == 1)
    bind_raise(L, "the delays of a projection cannot change, since spikes are on the way; connect anew, and "
                  "disable this one");
  izh_net *net = self->owner->net;
  if (lua_type(L, 3) != LUA_TNUMBER) check_whole(L, self, "given a weight each");
  uint64_t n = izh_projection_describe(net, self->index).size;
  izh_values weight = read_value(L, "weight", 3, true, n, -INFINITY);
  if (lua_isfunction(L, 3)) weight.given = call_for_walk(L, self, 3, n);
  izh_err err;
  net = bind_open_handle(L, self);
  bind_check(L, izh_projection_set_weights(net, self->index, &weight, &err), &err);
  return 0;
}

/* The iterator of synapses(): upvalues are the projection and where the walk is. */
static int next_synapse(lua_State *L) {
  const handle *self = lua_touserdata(L, lua_upvalueindex(1));
  izh_synapse *synapse = lua_touserdata(L, lua_upvalueindex(2));
  if (!izh_projection_next(bind_open_handle(L, self), self->index, synapse)) return 0;
  lua_pushinteger(L, (lua_Integer)synapse->pre + 1);
  lua_pushinteger(L, (lua_Integer)synapse->post + 1);
  lua_pushnumber(L, synapse->weight);
  lua_pushnumber(L, synapse->delay_ms);
  return 4;
}

static int projection_synapses(lua_State *L) {
  const handle *self = self_at(L);
  bind_arguments(L, 1);
  check_whole(L, self, "read");
  izh_synapse *synapse = lua_newuserdatauv(L, sizeof *synapse, 0);
  *synapse = (izh_synapse){0};
  lua_pushcclosure(L, next_synapse, 2);
  bind_name(L, "synapses");
  return 1;
}

/* --- projection:save(path) --- */

enum { PRE, POST, WEIGHT, DELAY, SYNAPSE_COLUMNS, PIECE = 4096 };

typedef struct synapse_column {
  const handle *self;
  int which;
} synapse_column;

/* Takes n synapses of a walk apart into the columns; fewer at the end. */
static size_t walk(const handle *self, izh_synapse *synapse, size_t n,
                   double *const columns[SYNAPSE_COLUMNS]) {
  size_t k = 0;
  for (; k < n && izh_projection_next(self->owner->net, self->index, synapse); k++) {
    if (columns[PRE]) columns[PRE][k] = synapse->pre + 1.0;
    if (columns[POST]) columns[POST][k] = synapse->post + 1.0;
    if (columns[WEIGHT]) columns[WEIGHT][k] = synapse->weight;
    if (columns[DELAY]) columns[DELAY][k] = synapse->delay_ms;
  }
  return k;
}

static izh_status fill_column(const void *context, size_t column, double *values, izh_err *err) {
  const synapse_column *of = context;
  (void)column;
  (void)err;
  double *columns[SYNAPSE_COLUMNS] = {NULL};
  columns[of->which] = values;
  izh_synapse synapse = {0};
  walk(of->self, &synapse, SIZE_MAX, columns);
  return IZH_OK;
}

/* The sources of all columns, which are filled from `columns`. */
static void make_sources(const handle *self, synapse_column columns[SYNAPSE_COLUMNS],
                         izh_source sources[SYNAPSE_COLUMNS]) {
  static const char *const names[SYNAPSE_COLUMNS] = {"pre", "post", "weight", "delay"};
  for (int c = 0; c < SYNAPSE_COLUMNS; c++) {
    columns[c] = (synapse_column){.self = self, .which = c};
    sources[c] = (izh_source){.name = names[c],
                              .element = c < WEIGHT ? IZH_ELEMENT_INT64 : IZH_ELEMENT_DOUBLE,
                              .dimensions = 1,
                              .rows = izh_projection_describe(self->owner->net, self->index).size,
                              .columns = 1,
                              .fill = fill_column,
                              .context = &columns[c]};
  }
}

/* All neurons, by population, in a block pushed on the stack. */
static izh_population_out *push_populations(lua_State *L, const izh_net *net, uint32_t *n) {
  *n = izh_population_count(net);
  izh_population_out *populations = lua_newuserdatauv(L, *n * sizeof *populations, 0);
  for (uint32_t p = 0; p < *n; p++)
    populations[p] =
        (izh_population_out){.name = izh_population_name(net, p), .size = izh_population_ids(net, p).size};
  return populations;
}

static izh_status save_arrays(lua_State *L, const handle *self, const izh_file *file, izh_err *err) {
  izh_source sources[SYNAPSE_COLUMNS];
  synapse_column columns[SYNAPSE_COLUMNS];
  make_sources(self, columns, sources);
  if (!file->format->write_edges) return file->format->write(file, sources, SYNAPSE_COLUMNS, err);
  uint32_t n;
  const izh_population_out *populations = push_populations(L, self->owner->net, &n);
  izh_edges_out edges = {.name = izh_projection_describe(self->owner->net, self->index).name,
                         .columns = sources,
                         .n_populations = n,
                         .populations = populations};
  return file->format->write_edges(file, &edges, err);
}

/* Piece by piece, since there may be many. */
static izh_status save_text(const handle *self, const izh_file *file, izh_err *err) {
  static const char *const names[SYNAPSE_COLUMNS] = {"pre", "post", "weight", "delay_ms"};
  double piece[SYNAPSE_COLUMNS][PIECE], *columns[SYNAPSE_COLUMNS];
  for (int c = 0; c < SYNAPSE_COLUMNS; c++) columns[c] = piece[c];
  izh_text *text;
  izh_status status = izh_text_begin(file->path, file->format->separator, names, SYNAPSE_COLUMNS, &text, err);
  if (status) return status;
  izh_synapse synapse = {0};
  for (size_t n = PIECE; n == PIECE && !status;) {
    n = walk(self, &synapse, PIECE, columns);
    status = izh_text_add(text, (const double *const *)columns, n, err);
  }
  if (!status) return izh_text_commit(text, err);
  izh_text_abandon(text);
  return status;
}

static int projection_save(lua_State *L) {
  handle *self = self_at(L);
  bind_arguments(L, 2);
  check_whole(L, self, "saved");
  izh_file file = bind_file(L, 2, IZH_CONTENT_EDGES, true);
  izh_err err;
  bind_check(L, file.format->separator ? save_text(self, &file, &err) : save_arrays(L, self, &file, &err),
             &err);
  return 0;
}

static bool projection_field(lua_State *L, const char *name) {
  handle *self = luaL_testudata(L, 1, BIND_PROJECTION);
  bool is_size = strcmp(name, "size") == 0, is_name = strcmp(name, "name") == 0;
  if (!is_size && !is_name && strcmp(name, "enabled") != 0) return false;
  izh_projection_info info = izh_projection_describe(bind_open_handle(L, self), self->index);
  if (is_size)
    lua_pushinteger(L, (lua_Integer)info.size);
  else if (is_name)
    lua_pushstring(L, info.name);
  else
    lua_pushboolean(L, info.enabled);
  return true;
}

/* What is not as the pairs said. */
static void push_notes(lua_State *L, const izh_projection_info *info) {
  const char *from = info->notes & IZH_NOTE_FILE             ? "the file"
                     : izh_rule_describe(info->rule)->matrix ? "the matrix"
                                                             : "pairs";
  bool weight = info->notes & IZH_NOTE_WEIGHTS, delay = info->notes & IZH_NOTE_DELAYS;
  lua_pushstring(L, info->notes & IZH_NOTE_COUNTED ? ", weights × nsyns" : "");
  if (weight || delay)
    lua_pushfstring(L, ", %s of the option%s, not of %s",
                    weight && delay ? "weight and delay"
                    : weight        ? "weight"
                                    : "delay",
                    weight && delay ? "s" : "", from);
  else
    lua_pushliteral(L, "");
  lua_concat(L, 2);
}

/* ", weights in nS", for conductances. */
static void push_unit(lua_State *L, const handle *self, const izh_kernel *kernel) {
  const char *unit =
      isnan(izh_kernel_reversal(kernel)) ? NULL : izh_conductance_unit(self->owner->net, self->index);
  lua_pushfstring(L, unit ? ", weights in %s" : "", unit);
}

/* ", stp of U 0.5, tau_rec 800 ms, tau_fac 0 ms" */
static void push_stp(lua_State *L, const handle *self) {
  izh_stp stp = izh_projection_stp(self->owner->net, self->index);
  if (stp.U == 0)
    lua_pushliteral(L, "");
  else
    bind_text(L, ", stp of U %.10g, tau_rec %.10g ms, tau_fac %.10g ms", stp.U, stp.tau_rec_ms,
              stp.tau_fac_ms);
}

static int projection_tostring(lua_State *L) {
  handle *self = luaL_checkudata(L, 1, BIND_PROJECTION);
  if (bind_push_lost(L, "projection", self)) return 1;
  izh_projection_info info = izh_projection_describe(self->owner->net, self->index);
  lua_pushfstring(L, "projection \"%s\": %I synapse%s, %s", info.name, (LUAI_UACINT)info.size,
                  info.size == 1 ? "" : "s", izh_rule_name(info.rule));
  if (info.delay_min_ms == info.delay_max_ms)
    bind_text(L, ", delay %.10g ms", info.delay_min_ms);
  else
    bind_text(L, ", delays %.10g … %.10g ms", info.delay_min_ms, info.delay_max_ms);
  char kernel[120];
  izh_kernel_text(&info.kernel, kernel, sizeof kernel);
  lua_pushfstring(L, "%s%s", *kernel ? ", " : "", kernel);
  push_unit(L, self, &info.kernel);
  push_stp(L, self);
  push_notes(L, &info);
  lua_pushstring(L, info.enabled ? "" : ", disabled");
  lua_concat(L, 7);
  return 1;
}

static const luaL_Reg methods[] = {{"scale", projection_scale},     {"set", projection_set},
                                   {"get", projection_get},         {"synapses", projection_synapses},
                                   {"save", projection_save},       {"enable", projection_enable},
                                   {"disable", projection_disable}, {NULL, NULL}};
static const char *const fields[] = {"size", "name", "enabled", NULL};
static const luaL_Reg meta[] = {{"__tostring", projection_tostring}, {NULL, NULL}};

static const luaL_Reg of_network[] = {{"connect", network_connect}, {NULL, NULL}};

void bind_open_projection(lua_State *L) {
  bind_methods(L, BIND_NETWORK, of_network);
  luaL_newmetatable(L, WIRING);
  lua_pushcfunction(L, wiring_gc);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  bind_type(L, BIND_PROJECTION,
            (bind_members){"projection", .methods = methods, .metamethods = meta, .field = projection_field,
                           .fields = fields});
}
