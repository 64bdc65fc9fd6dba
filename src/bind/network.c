/* The network as a Lua value: making and closing it, its fields, the handles it keeps. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/private.h"

const char BIND_NETWORK[] = "izhlua.network";

bind_network *bind_network_self(lua_State *L, const char *function, int index) {
  bind_network *owner = luaL_testudata(L, index, BIND_NETWORK);
  if (!owner)
    bind_wrong(L, function, index == 1 ? "self" : "the argument", "a network (call it with a colon)", index);
  bind_open_net(L, function, owner);
  return owner;
}

izh_net *bind_open_net(lua_State *L, const char *function, const bind_network *owner) {
  if (!owner->net) bind_raise(L, function, "the network is closed");
  return owner->net;
}

void bind_push_owner(lua_State *L, int index) {
  if (luaL_testudata(L, index, BIND_NETWORK))
    lua_pushvalue(L, index);
  else
    lua_getiuservalue(L, index, 1);
}

void bind_network_free(bind_network *owner) {
  izh_net_destroy(owner->net);
  izh_free(owner->events);
  izh_free(owner->waves);
  owner->net = NULL;
  owner->events = NULL;
  owner->waves = NULL;
  owner->n_events = owner->n_waves = 0;
}

/* --- lists that are sequences and maps by name
 * ------------------------------------------------------------------------ */

/* The list object is a table whose metatable looks names up; pairs() goes by order of creation. */
void bind_register(lua_State *L, int network, const char *list, const char *name) {
  network = lua_absindex(L, network);
  lua_getiuservalue(L, network, 1);
  lua_getfield(L, -1, list);
  lua_Integer n = (lua_Integer)lua_rawlen(L, -1) + 1;
  lua_pushvalue(L, -3);
  lua_rawseti(L, -2, n); /* … handle, store, list */
  lua_getmetatable(L, -1);
  lua_getfield(L, -1, "names"); /* … handle, store, list, meta, names */
  lua_pushinteger(L, n);
  lua_setfield(L, -2, name);
  lua_pop(L, 5);
}

static int list_index(lua_State *L) {
  if (lua_type(L, 2) != LUA_TSTRING) return 0; /* beyond the end: nil */
  lua_getmetatable(L, 1);
  lua_getfield(L, -1, "names");
  lua_pushvalue(L, 2);
  if (lua_rawget(L, -2) != LUA_TNIL) {
    lua_rawget(L, 1);
    return 1;
  }
  /* the names there are, in order of creation, for the nearest one */
  lua_pop(L, 1);
  int names = lua_absindex(L, -1);
  size_t n = (size_t)lua_rawlen(L, 1);
  const char **known = lua_newuserdatauv(L, (n + 1) * sizeof *known, 0);
  for (lua_pushnil(L); lua_next(L, names); lua_pop(L, 1))
    known[lua_tointeger(L, -1) - 1] = lua_tostring(L, -2);
  known[n] = NULL;
  lua_getfield(L, names - 1, "what");
  const char *what = lua_tostring(L, -1);
  if (n == 0) bind_raise(L, what, "there are none yet (asked for \"%s\")", lua_tostring(L, 2));
  bind_unknown(L, what, "name", lua_tostring(L, 2), known);
}

static int list_newindex(lua_State *L) {
  bind_raise(L, "network", "its lists cannot be assigned to (got %s)", bind_shown(L, 2));
}

/* pairs: name, handle in order of creation. The control value is the name, from which the place is found. */
static int list_next(lua_State *L) {
  lua_getmetatable(L, 1);
  lua_getfield(L, -1, "names");
  lua_Integer at = 0;
  if (!lua_isnil(L, 2)) {
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    at = lua_tointeger(L, -1);
  }
  if (lua_rawgeti(L, 1, at + 1) == LUA_TNIL) return 1;
  lua_getfield(L, -1, "name");
  lua_insert(L, -2);
  return 2;
}

static int list_pairs(lua_State *L) {
  lua_pushcfunction(L, list_next);
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}

static void list_push(lua_State *L, const char *what) {
  static const luaL_Reg meta[] = {
      {"__index", list_index}, {"__newindex", list_newindex}, {"__pairs", list_pairs}, {NULL, NULL}};
  lua_newtable(L);
  luaL_newlib(L, meta);
  lua_newtable(L);
  lua_setfield(L, -2, "names");
  lua_pushstring(L, what);
  lua_setfield(L, -2, "what");
  lua_setmetatable(L, -2);
}

lua_Integer bind_store(lua_State *L, int network, bind_network *owner) {
  lua_getiuservalue(L, network, 1);
  lua_insert(L, -2);
  lua_rawseti(L, -2, ++owner->slots);
  lua_pop(L, 1);
  return owner->slots;
}

const char *bind_free_name(lua_State *L, const izh_net *net, const char *base, bind_count *count,
                           bind_name *name) {
  lua_pushstring(L, base);
  for (int serial = 2;; serial++) {
    const char *candidate = lua_tostring(L, -1);
    uint32_t i = 0, n = count(net);
    while (i < n && strcmp(name(net, i), candidate) != 0) i++;
    if (i == n) return candidate;
    lua_pop(L, 1);
    lua_pushfstring(L, "%s.%d", base, serial);
  }
}

/* --- making one
 * -----------------------------------------------------------------------------------------------------------
 */

static const char *const integrators[] = {"izhikevich2003", "euler", NULL};

static int read_threads(lua_State *L, const izh_host *host, int otherwise) {
  int threads = host->threads > 0 ? host->threads : otherwise;
  if (!bind_option(L, 1, "threads")) return threads;
  if (lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "auto") == 0) return threads;
  if (lua_type(L, -1) != LUA_TNUMBER) bind_wrong(L, "network", "threads", "a whole number or \"auto\"", -1);
  return (int)bind_integer(L, "network", "threads", -1, 1, IZH_MAX_THREADS);
}

/* --seed moves the seeds of all networks by what makes the first one's the given one. */
static uint32_t shift_seed(lua_State *L, const izh_host *host, uint32_t seed) {
  if (!host->has_seed) return seed;
  uint32_t shift = host->seed - seed;
  if (lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.seed_shift") == LUA_TNUMBER) {
    shift = (uint32_t)lua_tointeger(L, -1);
  } else {
    lua_pushinteger(L, shift);
    lua_setfield(L, LUA_REGISTRYINDEX, "izhlua.seed_shift");
  }
  lua_pop(L, 1);
  return seed + shift;
}

/* math.random of the script follows the seed of its first network. */
static void seed_script(lua_State *L, uint32_t seed) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.script_seeded") == LUA_TNIL) {
    lua_pushboolean(L, 1);
    lua_setfield(L, LUA_REGISTRYINDEX, "izhlua.script_seeded");
    lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.randomseed");
    lua_pushinteger(L, seed);
    lua_call(L, 1, 0);
  }
  lua_pop(L, 1);
}

static int network_new(lua_State *L) {
  static const char *const known[] = {"seed", "dt", "integrator", "threads", NULL};
  const izh_host *host = lua_touserdata(L, lua_upvalueindex(1));
  bind_arguments(L, "network", 1);
  if (lua_isnil(L, 1)) {
    lua_newtable(L);
    lua_replace(L, 1);
  }
  bind_options(L, "network", 1, known);
  izh_net_def def = izh_net_def_default();
  if (bind_option(L, 1, "seed")) def.seed = (uint32_t)bind_integer(L, "network", "seed", -1, 0, UINT32_MAX);
  def.dt_ms = bind_option_number(L, "network", 1, "dt", def.dt_ms, 0.001, 1);
  if (bind_option(L, 1, "integrator"))
    def.integrator = (izh_integrator)bind_word(L, "network", "integrator", -1, integrators);
  def.threads = read_threads(L, host, def.threads);
  def.seed = shift_seed(L, host, def.seed);

  bind_network *owner = lua_newuserdatauv(L, sizeof *owner, 1);
  *owner = (bind_network){.host = host};
  luaL_setmetatable(L, BIND_NETWORK);
  lua_newtable(L);
  static const char *const lists[] = {"populations", "projections", "stimuli"};
  for (int i = 0; i < 3; i++) {
    list_push(L, lists[i]);
    lua_setfield(L, -2, lists[i]);
  }
  lua_setiuservalue(L, -2, 1);
  seed_script(L, def.seed);
  izh_err err;
  bind_check(L, "network", izh_net_create(&def, &owner->net, &err), &err);
  return 1;
}

static int network_close(lua_State *L) {
  bind_network *owner = luaL_testudata(L, 1, BIND_NETWORK);
  if (!owner) bind_wrong(L, "close", "self", "a network (call it with a colon)", 1);
  if (owner->running) bind_raise(L, "close", "a network cannot be closed while it runs");
  bind_network_free(owner);
  return 0;
}

static int network_gc(lua_State *L) {
  bind_network_free(lua_touserdata(L, 1));
  return 0;
}

/* --- fields
 * ------------------------------------------------------------------------------------------------------------------
 */

static bool network_field(lua_State *L, const char *name) {
  bind_network *owner = luaL_testudata(L, 1, BIND_NETWORK);
  if (strcmp(name, "populations") == 0 || strcmp(name, "projections") == 0 || strcmp(name, "stimuli") == 0) {
    bind_open_net(L, name, owner);
    lua_getiuservalue(L, 1, 1);
    lua_getfield(L, -1, name);
    return true;
  }
  if (strcmp(name, "time") == 0)
    lua_pushnumber(L, izh_net_time_ms(bind_open_net(L, name, owner)));
  else if (strcmp(name, "dt") == 0)
    lua_pushnumber(L, izh_net_definition(bind_open_net(L, name, owner))->dt_ms);
  else if (strcmp(name, "seed") == 0)
    lua_pushinteger(L, izh_net_definition(bind_open_net(L, name, owner))->seed);
  else if (strcmp(name, "size") == 0)
    lua_pushinteger(L, izh_net_size(bind_open_net(L, name, owner)));
  else
    return false;
  return true;
}

static int network_tostring(lua_State *L) {
  bind_network *owner = luaL_checkudata(L, 1, BIND_NETWORK);
  if (!owner->net) {
    lua_pushliteral(L, "network (closed)");
    return 1;
  }
  uint64_t synapses = 0;
  for (uint32_t i = 0; i < izh_projection_count(owner->net); i++)
    synapses += izh_projection_describe(owner->net, i).size;
  lua_pushfstring(L, "network: %I neurons, %I synapses, t = %f ms, dt = %f ms, seed %I",
                  (LUAI_UACINT)izh_net_size(owner->net), (LUAI_UACINT)synapses, izh_net_time_ms(owner->net),
                  izh_net_definition(owner->net)->dt_ms, (LUAI_UACINT)izh_net_definition(owner->net)->seed);
  return 1;
}

/* --- registration
 * --------------------------------------------------------------------------------------------------------------
 */

static const luaL_Reg methods[] = {{"population", bind_network_population},
                                   {"connect", bind_network_connect},
                                   {"stimulate", bind_network_stimulate},
                                   {"spikes", bind_network_spikes},
                                   {"run", bind_network_run},
                                   {"step", bind_network_step},
                                   {"run_until", bind_network_run_until},
                                   {"at", bind_network_at},
                                   {"every", bind_network_every},
                                   {"close", network_close},
                                   {NULL, NULL}};
static const char *const members[] = {"population",  "connect",     "stimulate", "spikes", "close",
                                      "run",         "step",        "at",        "every",  "run_until",
                                      "raster",      "time",        "dt",        "seed",   "size",
                                      "populations", "projections", "stimuli",   NULL};
static const luaL_Reg meta[] = {
    {"__gc", network_gc}, {"__close", network_close}, {"__tostring", network_tostring}, {NULL, NULL}};

void bind_open_network(lua_State *L, const izh_host *host) {
  bind_type(L, BIND_NETWORK, "network", methods, meta, network_field, members);
  lua_pushlightuserdata(L, (void *)host);
  lua_pushcclosure(L, network_new, 1);
  lua_setfield(L, -2, "network");
}
