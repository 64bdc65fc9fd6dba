/* The network as a Lua value: making and closing it, its fields, the handles it keeps. */
#include "bind/net/network.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/net/leftover.h"
#include "bind/net/list.h"
#include "bind/open.h"
#include "bind/program/host.h"
#include "bind/program/seed.h"
#include "core/synapse/projection.h"

const char BIND_NETWORK[] = "izhlua.network";

bind_network *bind_network_self(lua_State *L) {
  bind_network *owner = luaL_testudata(L, 1, BIND_NETWORK);
  if (!owner) bind_no_self(L, "a network", "net", 1);
  bind_open_net(L, owner);
  return owner;
}

/* A finalizer may run at any allocation of Lua, and so while a function of this library uses the network. */
static bool in_finalizer(lua_State *L) {
  return lua_gc(L, LUA_GCISRUNNING) < 0; /* as all of lua_gc answers in one */
}

izh_net *bind_open_net(lua_State *L, const bind_network *owner) {
  if (in_finalizer(L)) bind_raise(L, "a finalizer (__gc) cannot use a network");
  if (!owner->net) bind_raise(L, "the network is closed");
  return owner->net;
}

izh_net *bind_same_net(lua_State *L, const bind_network *owner, uint64_t restored) {
  bind_open_net(L, owner);
  if (owner->restored != restored) bind_raise(L, "the network was restored meanwhile");
  return owner->net;
}

void bind_network_free(bind_network *owner) {
  izh_net_destroy(owner->net);
  izh_free(owner->events);
  izh_free(owner->waveforms);
  owner->net = NULL;
  owner->events = NULL;
  owner->waveforms = NULL;
  owner->n_events = owner->n_waveforms = 0;
}

bind_network *bind_network_push(lua_State *L) {
  bind_network *owner = lua_newuserdatauv(L, sizeof *owner, 2);
  *owner = (bind_network){.host = bind_host(L)};
  luaL_setmetatable(L, BIND_NETWORK);
  lua_newtable(L);
  for (int i = 0; i < BIND_LISTS; i++) {
    bind_list_push(L, bind_lists[i]);
    lua_setfield(L, -2, bind_lists[i]);
  }
  lua_setiuservalue(L, -2, 1);
  lua_newtable(L);
  lua_setiuservalue(L, -2, 2);
  return owner;
}

lua_Integer bind_store(lua_State *L, int network, bind_network *owner) {
  lua_getiuservalue(L, network, 2);
  lua_insert(L, -2);
  lua_rawseti(L, -2, ++owner->slots);
  lua_pop(L, 1);
  return owner->slots;
}

void bind_store_place(lua_State *L, int network, lua_Integer slot) {
  lua_getiuservalue(L, network, 2);
  lua_insert(L, -2);
  lua_rawseti(L, -2, -slot);
  lua_pop(L, 1);
}

void bind_forget(lua_State *L, int network, lua_Integer slot) {
  lua_getiuservalue(L, network, 2);
  lua_pushnil(L);
  lua_rawseti(L, -2, slot);
  lua_pop(L, 1);
}

/* --- making one --- */

static izh_integrator read_integrator(lua_State *L) {
  const char *names[IZH_INTEGRATOR_COUNT + 1] = {NULL};
  for (int i = 0; i < IZH_INTEGRATOR_COUNT; i++) names[i] = izh_integrator_name((izh_integrator)i);
  return (izh_integrator)bind_word(L, "integrator", -1, names);
}

static int read_threads(lua_State *L) {
  int threads = bind_default_threads(L);
  if (!bind_option(L, 1, "threads")) return threads;
  if (lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "auto") == 0) return threads;
  if (lua_type(L, -1) != LUA_TNUMBER) bind_wrong(L, "threads", "a whole number or \"auto\"", -1);
  return (int)bind_integer(L, "threads", -1, 1, IZH_MAX_THREADS);
}

static int network_new(lua_State *L) {
  static const char *const known[] = {"seed", "dt", "integrator", "tolerance", "threads", NULL};
  bind_arguments(L, 1);
  if (lua_isnil(L, 1)) {
    lua_newtable(L);
    lua_replace(L, 1);
  }
  bind_options(L, 1, known);
  izh_net_def def = izh_net_def_default();
  if (bind_option(L, 1, "seed")) def.seed = (uint32_t)bind_integer(L, "seed", -1, 0, UINT32_MAX);
  def.dt_ms = bind_option_number(L, 1, "dt", def.dt_ms, 0.001, 1);
  if (bind_option(L, 1, "integrator")) def.integrator = read_integrator(L);
  if (bind_option(L, 1, "tolerance")) {
    if (def.integrator != IZH_INTEGRATOR_EXACT)
      bind_raise(L, "tolerance is for integrator = \"exact\" (this one is \"%s\")",
                 izh_integrator_name(def.integrator));
    def.tolerance = bind_number(L, "tolerance", -1, 1e-15, 1);
  }
  def.threads = read_threads(L);
  def.seed = bind_shift_seed(L, def.seed);

  bind_network *owner = bind_network_push(L);
  bind_seed_script(L, def.seed);
  izh_err err;
  bind_check(L, izh_net_create(&def, &owner->net, &err), &err);
  return 1;
}

bool bind_network_running(const bind_network *owner) {
  return owner->runner && lua_status(owner->runner) <= LUA_YIELD; /* not a coroutine that died of an error */
}

static int network_close(lua_State *L) {
  bind_network *owner = luaL_testudata(L, 1, BIND_NETWORK);
  if (!owner) bind_no_self(L, "a network", "net", 1);
  if (bind_network_running(owner)) bind_raise(L, "a network cannot be closed while it runs");
  if (in_finalizer(L))
    bind_raise(L, "a finalizer (__gc) cannot close a network: it is freed when nothing refers to it");
  bind_leftovers(L, 1);
  bind_network_free(owner);
  lua_getiuservalue(L, 1, 1);
  lua_pushnil(L);
  lua_setfield(L, -2, "start");
  return 0;
}

static int network_gc(lua_State *L) {
  bind_leftovers(L, 1);
  bind_network_free(lua_touserdata(L, 1));
  return 0;
}

/* --- fields --- */

static bool network_field(lua_State *L, const char *name) {
  bind_network *owner = luaL_testudata(L, 1, BIND_NETWORK);
  for (int i = 0; i < BIND_LISTS; i++) {
    if (strcmp(name, bind_lists[i]) != 0) continue;
    bind_open_net(L, owner);
    lua_getiuservalue(L, 1, 1);
    lua_getfield(L, -1, name);
    return true;
  }
  if (strcmp(name, "time") == 0)
    lua_pushnumber(L, izh_net_time_ms(bind_open_net(L, owner)));
  else if (strcmp(name, "dt") == 0)
    lua_pushnumber(L, izh_net_definition(bind_open_net(L, owner))->dt_ms);
  else if (strcmp(name, "seed") == 0)
    lua_pushinteger(L, izh_net_definition(bind_open_net(L, owner))->seed);
  else if (strcmp(name, "integrator") == 0)
    lua_pushstring(L, izh_integrator_name(izh_net_definition(bind_open_net(L, owner))->integrator));
  else if (strcmp(name, "size") == 0)
    lua_pushinteger(L, izh_net_size(bind_open_net(L, owner)));
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
  const izh_net_def *def = izh_net_definition(owner->net);
  uint32_t size = izh_net_size(owner->net);
  bind_text(L, "network: %u neuron%s, %llu synapse%s, t = %.10g ms, dt = %.10g ms, seed %u", size,
            size == 1 ? "" : "s", (unsigned long long)synapses, synapses == 1 ? "" : "s",
            izh_net_time_ms(owner->net), def->dt_ms, def->seed);
  return 1;
}

/* --- registration --- */

static const luaL_Reg methods[] = {{"close", network_close}, {NULL, NULL}};
static const char *const fields[] = {"time",        "dt",          "seed",    "size",       "integrator",
                                     "populations", "projections", "stimuli", "recordings", NULL};
static const luaL_Reg meta[] = {
    {"__gc", network_gc}, {"__close", network_close}, {"__tostring", network_tostring}, {NULL, NULL}};

/* core.method(name, function): a method of networks. */
static int method(lua_State *L) {
  lua_settop(L, 2);
  bind_extend(L, BIND_NETWORK, luaL_checkstring(L, 1));
  return 0;
}

void bind_open_network(lua_State *L) {
  bind_type(L, BIND_NETWORK,
            (bind_members){"network", .methods = methods, .metamethods = meta, .field = network_field,
                           .fields = fields});
  lua_pushcfunction(L, method);
  lua_setfield(L, -2, "method");
  lua_pushcfunction(L, network_new);
  bind_name(L, "network");
  lua_setfield(L, -2, "network");
}
