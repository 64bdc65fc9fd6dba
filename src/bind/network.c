/* The network as a Lua value: making and closing it, its fields, the handles it keeps. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/private.h"

const char BIND_NETWORK[] = "izhlua.network";
const char *const bind_lists[BIND_LISTS] = {"populations", "projections", "stimuli", "recordings"};

bind_network *bind_network_self(lua_State *L) {
  bind_network *owner = luaL_testudata(L, 1, BIND_NETWORK);
  if (!owner) bind_no_self(L, "a network", "net", 1);
  bind_open_net(L, owner);
  return owner;
}

izh_net *bind_open_net(lua_State *L, const bind_network *owner) {
  if (!owner->net) bind_raise(L, "the network is closed");
  return owner->net;
}

izh_net *bind_same_net(lua_State *L, const bind_network *owner, uint64_t restored) {
  bind_open_net(L, owner);
  if (owner->restored != restored) bind_raise(L, "the network was restored meanwhile");
  return owner->net;
}

bind_handle *bind_handle_push(lua_State *L, int network, const char *type) {
  bind_handle *made = lua_newuserdatauv(L, sizeof *made, 1);
  *made = (bind_handle){.owner = lua_touserdata(L, network)};
  luaL_setmetatable(L, type);
  lua_pushvalue(L, network);
  lua_setiuservalue(L, -2, 1);
  return made;
}

izh_net *bind_open_handle(lua_State *L, const bind_handle *handle) {
  bind_open_net(L, handle->owner);
  if (handle->gone)
    bind_raise(L, "it is not in the network any more, which was restored to a time before it was made");
  return handle->owner->net;
}

bool bind_push_lost(lua_State *L, const char *what, const bind_handle *handle) {
  if (!handle->owner->net)
    lua_pushfstring(L, "%s of a closed network", what);
  else if (handle->gone)
    lua_pushfstring(L, "%s that is not in its network any more", what);
  return !handle->owner->net || handle->gone;
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

/* --- lists that are sequences and maps by name --- */

/* The list object is an empty table: its items are in its metatable, where a script cannot change them. The
 * fields of the metatable: items, in order of creation; names, the position of each name; what, for errors.
 */
void bind_reserve(lua_State *L, int network, const char *list, const char *name) {
  luaL_checkstack(L, 10, NULL);
  int handle = lua_gettop(L);
  lua_getiuservalue(L, network, 1);
  lua_getfield(L, -1, list);
  lua_getmetatable(L, -1);
  lua_getfield(L, -1, "items");
  lua_getfield(L, -2, "names");
  lua_pushstring(L, name);
  for (int i = 0; i < 3; i++) lua_remove(L, handle + 1); /* handle, items, names, name */
  lua_pushvalue(L, -1);
  if (lua_rawget(L, -3) == LUA_TNUMBER) return; /* the core will say that the name is taken */
  /* whichever of these fails, the list is as it was: a name whose place is false is none */
  lua_pop(L, 1);
  lua_pushvalue(L, -1);
  lua_pushboolean(L, false);
  lua_rawset(L, -4);
  lua_Integer n = (lua_Integer)lua_rawlen(L, -3) + 1;
  lua_pushvalue(L, handle);
  lua_rawseti(L, -4, n);
  lua_pushvalue(L, -1);
  lua_pushinteger(L, n);
  lua_rawset(L, -4);
  lua_pushnil(L);
}

void bind_settle(lua_State *L, bool added) {
  if (!added && lua_isnil(L, -1)) { /* nil: the place was reserved */
    lua_pushnil(L);
    lua_rawseti(L, -5, (lua_Integer)lua_rawlen(L, -5));
    lua_pushvalue(L, -2);
    lua_pushnil(L);
    lua_rawset(L, -5);
  }
  lua_pop(L, 4);
}

/* Pushes a field of the metatable of the list that is the first argument. */
static void push_of_list(lua_State *L, const char *field) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_getmetafield(L, 1, field);
}

/* The names of the items, in order of creation, ended by NULL, in a block pushed on the stack. */
static const char **push_names(lua_State *L) {
  push_of_list(L, "items");
  size_t n = (size_t)lua_rawlen(L, -1);
  push_of_list(L, "names");
  const char **known = lua_newuserdatauv(L, (n + 1) * sizeof *known, 0);
  memset(known, 0, (n + 1) * sizeof *known);
  for (lua_pushnil(L); lua_next(L, -3); lua_pop(L, 1)) {
    size_t at = (size_t)lua_tointeger(L, -1);
    if (at >= 1 && at <= n) known[at - 1] = lua_tostring(L, -2);
  }
  return known;
}

/* list[i], nil beyond the end; list.name, an error when there is none. */
static int list_index(lua_State *L) {
  push_of_list(L, "items");
  if (lua_type(L, 2) != LUA_TSTRING) {
    lua_pushvalue(L, 2);
    if (lua_isnil(L, 2)) return 1;
    lua_rawget(L, -2);
    return 1;
  }
  push_of_list(L, "names");
  lua_pushvalue(L, 2);
  if (lua_rawget(L, -2) == LUA_TNUMBER) {
    lua_rawget(L, -3);
    return 1;
  }
  push_of_list(L, "what");
  const char *what = lua_tostring(L, -1);
  const char **known = push_names(L);
  if (!known[0]) bind_raise_as(L, what, "there are none yet (asked for %s)", bind_shown(L, 2));
  bind_unknown_as(L, what, "name", lua_tostring(L, 2), known);
}

static int list_newindex(lua_State *L) {
  push_of_list(L, "what");
  const char *what = lua_tostring(L, -1);
  bind_raise_as(L, what, "%s cannot be assigned: methods of the network add to this list", bind_shown(L, 2));
}

static int list_len(lua_State *L) {
  push_of_list(L, "items");
  lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
  return 1;
}

/* pairs: name, handle in order of creation. The control value is the name, from which the place is found. */
static int list_next(lua_State *L) {
  lua_settop(L, 2);
  push_of_list(L, "names");
  lua_Integer at = 0;
  if (!lua_isnil(L, 2)) {
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    at = lua_tointeger(L, -1);
  }
  push_of_list(L, "items");
  if (lua_rawgeti(L, -1, at + 1) == LUA_TNIL) return 1;
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

/* network.populations: "E", "I" */
static int list_tostring(lua_State *L) {
  const char **known = push_names(L);
  luaL_Buffer text;
  luaL_buffinit(L, &text);
  push_of_list(L, "what");
  luaL_addvalue(&text);
  luaL_addstring(&text, ":");
  for (size_t i = 0; known[i]; i++) {
    lua_pushfstring(L, "%s \"%s\"", i ? "," : "", known[i]);
    luaL_addvalue(&text);
  }
  luaL_pushresult(&text);
  return 1;
}

static void list_push(lua_State *L, const char *what) {
  static const luaL_Reg meta[] = {{"__index", list_index}, {"__newindex", list_newindex}, {"__len", list_len},
                                  {"__pairs", list_pairs}, {"__tostring", list_tostring}, {NULL, NULL}};
  lua_newtable(L);
  luaL_newlib(L, meta);
  lua_newtable(L);
  lua_setfield(L, -2, "items");
  lua_newtable(L);
  lua_setfield(L, -2, "names");
  lua_newtable(L);
  lua_setfield(L, -2, "serials");
  lua_pushstring(L, what);
  lua_setfield(L, -2, "what");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
}

bind_network *bind_network_push(lua_State *L, const izh_host *host) {
  bind_network *owner = lua_newuserdatauv(L, sizeof *owner, 2);
  *owner = (bind_network){.host = host};
  luaL_setmetatable(L, BIND_NETWORK);
  lua_newtable(L);
  for (int i = 0; i < BIND_LISTS; i++) {
    list_push(L, bind_lists[i]);
    lua_setfield(L, -2, bind_lists[i]);
  }
  lua_setiuservalue(L, -2, 1);
  lua_newtable(L);
  lua_setiuservalue(L, -2, 2);
  return owner;
}

/* Adds the handles of the things 0 … n - 1, which push_handle makes, to an empty list. */
static void list_fill(lua_State *L, int network, const char *list, uint32_t n,
                      bind_push_handle *push_handle) {
  lua_getiuservalue(L, network, 1);
  lua_getfield(L, -1, list);
  lua_getmetatable(L, -1);
  lua_getfield(L, -1, "items");
  lua_getfield(L, -2, "names");
  for (uint32_t i = 0; i < n; i++) {
    push_handle(L, network, i);
    lua_getfield(L, -1, "name");
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_rawset(L, -4);
    lua_rawseti(L, -3, (lua_Integer)i + 1);
  }
  lua_pop(L, 5);
}

void bind_network_fill(lua_State *L, int network) {
  network = lua_absindex(L, network);
  const izh_net *net = ((bind_network *)lua_touserdata(L, network))->net;
  luaL_checkstack(L, 12, NULL);
  list_fill(L, network, "populations", izh_population_count(net), bind_population_push);
  list_fill(L, network, "projections", izh_projection_count(net), bind_projection_push);
  list_fill(L, network, "stimuli", izh_stimulus_count(net), bind_stimulus_push);
  list_fill(L, network, "recordings", izh_recording_count(net), bind_recording_push);
}

lua_Integer bind_store(lua_State *L, int network, bind_network *owner) {
  lua_getiuservalue(L, network, 2);
  lua_insert(L, -2);
  lua_rawseti(L, -2, ++owner->slots);
  lua_pop(L, 1);
  return owner->slots;
}

void bind_forget(lua_State *L, int network, lua_Integer slot) {
  lua_getiuservalue(L, network, 2);
  lua_pushnil(L);
  lua_rawseti(L, -2, slot);
  lua_pop(L, 1);
}

/* Whether the name on top of the stack is taken, in the table of names at index; leaves it there. */
static bool is_taken(lua_State *L, int names) {
  lua_pushvalue(L, -1);
  lua_rawget(L, names);
  bool taken = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return taken;
}

const char *bind_free_name(lua_State *L, int network, const char *list, const char *base) {
  luaL_checkstack(L, 10, NULL);
  lua_getiuservalue(L, network, 1);
  lua_getfield(L, -1, list);
  lua_getmetatable(L, -1);
  lua_getfield(L, -1, "names");
  lua_getfield(L, -2, "serials"); /* where the search for a name went last time */
  int serials = lua_gettop(L), names = serials - 1;
  lua_pushstring(L, base);
  if (is_taken(L, names)) {
    lua_getfield(L, serials, base);
    lua_Integer serial = lua_isnil(L, -1) ? 2 : lua_tointeger(L, -1);
    lua_pop(L, 2);
    while (lua_pushfstring(L, "%s.%I", base, (LUAI_UACINT)serial), is_taken(L, names)) {
      lua_pop(L, 1);
      serial++;
    }
    lua_pushinteger(L, serial);
    lua_setfield(L, serials, base);
  }
  for (int i = 0; i < 5; i++) lua_remove(L, serials - 4);
  return lua_tostring(L, -1);
}

/* --- making one --- */

static izh_integrator read_integrator(lua_State *L) {
  const char *names[IZH_INTEGRATOR_COUNT + 1] = {NULL};
  for (int i = 0; i < IZH_INTEGRATOR_COUNT; i++) names[i] = izh_integrator_name((izh_integrator)i);
  return (izh_integrator)bind_word(L, "integrator", -1, names);
}

int bind_default_threads(lua_State *L, const izh_host *host) {
  return bind_beside_others(L) ? 1 : host->threads > 0 ? host->threads : izh_net_def_default().threads;
}

static int read_threads(lua_State *L, const izh_host *host) {
  int threads = bind_default_threads(L, host);
  if (!bind_option(L, 1, "threads")) return threads;
  if (lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "auto") == 0) return threads;
  if (lua_type(L, -1) != LUA_TNUMBER) bind_wrong(L, "threads", "a whole number or \"auto\"", -1);
  return (int)bind_integer(L, "threads", -1, 1, IZH_MAX_THREADS);
}

uint32_t bind_shift_seed(lua_State *L, const izh_host *host, uint32_t seed) {
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

void bind_seed_script(lua_State *L, uint32_t seed) {
  lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.script_seeded");
  if (!lua_toboolean(L, -1)) {
    lua_pushboolean(L, 1);
    lua_setfield(L, LUA_REGISTRYINDEX, "izhlua.script_seeded");
    lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.randomseed");
    lua_pushinteger(L, seed);
    lua_call(L, 1, 0);
  }
  lua_pop(L, 1);
}

static int network_new(lua_State *L) {
  static const char *const known[] = {"seed", "dt", "integrator", "tolerance", "threads", NULL};
  const izh_host *host = lua_touserdata(L, lua_upvalueindex(1));
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
  def.threads = read_threads(L, host);
  def.seed = bind_shift_seed(L, host, def.seed);

  bind_network *owner = bind_network_push(L, host);
  bind_seed_script(L, def.seed);
  izh_err err;
  bind_check(L, izh_net_create(&def, &owner->net, &err), &err);
  return 1;
}

bool bind_in_finalizer(lua_State *L) {
  return lua_gc(L, LUA_GCISRUNNING) < 0; /* as all of lua_gc answers in one */
}

static int network_close(lua_State *L) {
  bind_network *owner = luaL_testudata(L, 1, BIND_NETWORK);
  if (!owner) bind_no_self(L, "a network", "net", 1);
  if (bind_network_running(owner)) bind_raise(L, "a network cannot be closed while it runs");
  if (bind_in_finalizer(L))
    bind_raise(L, "a finalizer (__gc) cannot close a network: it is freed when nothing refers to it");
  bind_network_free(owner);
  lua_getiuservalue(L, 1, 1);
  lua_pushnil(L);
  lua_setfield(L, -2, "start");
  return 0;
}

static int network_gc(lua_State *L) {
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

static const luaL_Reg methods[] = {{"population", bind_network_population},
                                   {"connect", bind_network_connect},
                                   {"stimulate", bind_network_stimulate},
                                   {"record", bind_network_record},
                                   {"record_spikes", bind_network_record_spikes},
                                   {"spikes", bind_network_spikes},
                                   {"run", bind_network_run},
                                   {"step", bind_network_step},
                                   {"run_until", bind_network_run_until},
                                   {"at", bind_network_at},
                                   {"every", bind_network_every},
                                   {"clone", bind_network_clone},
                                   {"snapshot", bind_network_snapshot},
                                   {"restore", bind_network_restore},
                                   {"save", bind_network_save},
                                   {"close", network_close},
                                   {NULL, NULL}};
static const char *const fields[] = {"time",        "dt",          "seed",    "size",       "integrator",
                                     "populations", "projections", "stimuli", "recordings", NULL};
static const luaL_Reg meta[] = {
    {"__gc", network_gc}, {"__close", network_close}, {"__tostring", network_tostring}, {NULL, NULL}};

void bind_open_network(lua_State *L, const izh_host *host) {
  bind_type(L, BIND_NETWORK, "network", methods, meta, network_field, fields);
  lua_pushlightuserdata(L, (void *)host);
  lua_pushcclosure(L, network_new, 1);
  bind_name(L, "network");
  lua_setfield(L, -2, "network");
}
