/* The state of a network as a whole: clones, snapshots, files. */
#include "bind/net/state.h"

#include <lauxlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "base/ranks.h"
#include "bind/bind.h"
#include "bind/files/files.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/net/handle.h"
#include "bind/net/leftover.h"
#include "bind/net/list.h"
#include "bind/net/network.h"
#include "bind/net/population.h"
#include "bind/net/projection.h"
#include "bind/net/recording.h"
#include "bind/net/stimulus.h"
#include "bind/open.h"
#include "bind/program/host.h"
#include "bind/program/seed.h"
#include "core/net/net.h"
#include "core/net/state.h"
#include "core/neuron/population.h"
#include "core/record/recording.h"
#include "core/stimulus/stimulus.h"
#include "core/synapse/projection.h"
#include "formats/format.h"
#include "formats/state.h"

const char BIND_SNAPSHOT[] = "izhlua.snapshot";

/* The state of a network that a snapshot keeps. Its user values are, as those of a network, a table with the
 * lists of what there was, { items =, names =, serials = } each, and the table of functions; and the network.
 */
typedef struct snapshot {
  bind_network state; /* first, so that it can be copied as a network is */
  const bind_network *of;
} snapshot;

/* --- copying --- */

/* Copies an array of n items into C memory; raises when there is none. */
static void *copy_array(lua_State *L, const void *items, size_t n, size_t size) {
  void *copy = izh_alloc(n, size);
  if (!copy) bind_raise(L, "out of memory");
  if (n > 0) memcpy(copy, items, n * size);
  return copy;
}

/* The functions of the state at `from` that the one at `to` calls, too. */
static void copy_functions(lua_State *L, int from, int to) {
  const bind_network *copy = lua_touserdata(L, to);
  lua_getiuservalue(L, from, 2);
  lua_getiuservalue(L, to, 2);
  for (size_t i = 0; i < copy->n_events; i++) {
    lua_rawgeti(L, -2, copy->events[i].slot);
    lua_rawseti(L, -2, copy->events[i].slot);
  }
  for (size_t i = 0; i < copy->n_waveforms; i++) {
    lua_rawgeti(L, -2, copy->waveforms[i].slot);
    lua_rawseti(L, -2, copy->waveforms[i].slot);
  }
  lua_pop(L, 2);
}

/* Gives the state at `to`, which has none, that of the one at `from`, but for the lists. Lua's collector does
 * not run in it (raw access does not call it), so that no finalizer changes the one or sees the other half
 * done. */
static void copy_state(lua_State *L, int from, int to) {
  const bind_network *owner = lua_touserdata(L, from);
  bind_network *copy = lua_touserdata(L, to);
  izh_err err;
  bind_check(L, izh_net_copy(owner->net, &copy->net, &err), &err);
  copy->events = copy_array(L, owner->events, owner->n_events, sizeof *owner->events);
  copy->n_events = copy->cap_events = owner->n_events;
  copy->waveforms = copy_array(L, owner->waveforms, owner->n_waveforms, sizeof *owner->waveforms);
  copy->n_waveforms = copy->cap_waveforms = owner->n_waveforms;
  copy->serial = owner->serial;
  copy->slots = owner->slots;
  copy_functions(L, from, to);
}

/* Lua's collector does not know how much memory the core holds: it is told, so that networks that nothing
 * refers to any more are freed before there is no room for another. */
static void tell_collector(lua_State *L, const izh_net *net) {
  double kilobytes = izh_net_bytes(net) / 1024;
  if (lua_gc(L, LUA_GCISRUNNING) > 0) lua_gc(L, LUA_GCSTEP, kilobytes < 1e9 ? (int)kilobytes : 1000000000);
}

/* Fills the lists of the network at index, which are empty, with handles of what its core has. */
static void fill_lists(lua_State *L, int network) {
  network = lua_absindex(L, network);
  const izh_net *net = ((bind_network *)lua_touserdata(L, network))->net;
  luaL_checkstack(L, 12, NULL);
  bind_list_fill(L, network, "populations", izh_population_count(net), bind_population_push);
  bind_list_fill(L, network, "projections", izh_projection_count(net), bind_projection_push);
  bind_list_fill(L, network, "stimuli", izh_stimulus_count(net), bind_stimulus_push);
  bind_list_fill(L, network, "recordings", izh_recording_count(net), bind_recording_push);
}

/* The option reseed of the table at index, as a trial; -1 when there is none. */
static int64_t read_reseed(lua_State *L, int index) {
  static const char *const known[] = {"reseed", NULL};
  if (lua_isnoneornil(L, index)) return -1;
  bind_options(L, index, known);
  if (!bind_option(L, index, "reseed")) return -1;
  int64_t trial = bind_integer(L, "reseed", -1, 0, UINT32_MAX);
  lua_pop(L, 1);
  return trial;
}

static void reseed(lua_State *L, izh_net *net, int64_t trial) {
  izh_err err;
  if (trial < 0) return;
  bind_hear(L, bind_host(L), true);
  izh_status status = izh_net_reseed(net, (uint32_t)trial, &err);
  bind_hear(L, bind_host(L), false);
  bind_check(L, status, &err);
}

/* net:reseed(trial) */
static int network_reseed(lua_State *L) {
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 2);
  reseed(L, owner->net, bind_integer(L, "the trial", 2, 0, UINT32_MAX));
  return 0;
}

/* net:clone{ reseed = trial } */
static int network_clone(lua_State *L) {
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 2);
  int64_t trial = read_reseed(L, 2);
  lua_settop(L, 1);
  bind_copied(L, 1);
  tell_collector(L, owner->net); /* finalizers cannot close the network */
  bind_network_push(L);
  copy_state(L, 1, 2);
  fill_lists(L, 2);
  reseed(L, ((bind_network *)lua_touserdata(L, 2))->net, trial);
  return 1;
}

/* --- snapshots --- */

/* Pushes what has the fields of a list of the network or the snapshot at index. */
static void push_list(lua_State *L, int index, const char *list) {
  lua_getiuservalue(L, index, 1);
  lua_getfield(L, -1, list);
  if (lua_getmetatable(L, -1)) lua_remove(L, -2); /* of a network: see list_push there */
  lua_remove(L, -2);
}

/* An empty snapshot of a network. */
static snapshot *snapshot_push(lua_State *L, const bind_network *of) {
  snapshot *made = lua_newuserdatauv(L, sizeof *made, 3);
  *made = (snapshot){.of = of};
  luaL_setmetatable(L, BIND_SNAPSHOT);
  lua_newtable(L);
  for (int i = 0; i < BIND_LISTS; i++) {
    lua_newtable(L);
    lua_newtable(L);
    lua_setfield(L, -2, "items");
    lua_newtable(L);
    lua_setfield(L, -2, "names");
    lua_newtable(L);
    lua_setfield(L, -2, "serials");
    lua_setfield(L, -2, bind_lists[i]);
  }
  lua_setiuservalue(L, -2, 1);
  lua_newtable(L);
  lua_setiuservalue(L, -2, 2);
  return made;
}

/* The handles of the first n things of a list of the state at `from`, and their names. */
static void copy_list(lua_State *L, const char *list, int from, int to, lua_Integer n) {
  push_list(L, from, list);
  push_list(L, to, list);
  int source = lua_gettop(L) - 1, copy = source + 1;
  lua_getfield(L, source, "items");
  lua_getfield(L, copy, "items");
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, -2, i);
    lua_rawseti(L, -2, i);
  }
  lua_getfield(L, source, "names");
  lua_getfield(L, copy, "names");
  for (lua_pushnil(L); lua_next(L, -3); lua_pop(L, 1)) {
    if (lua_tointeger(L, -1) < 1 || lua_tointeger(L, -1) > n) continue; /* of a thing that is being made */
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, -5);
  }
  lua_settop(L, source - 1);
}

/* Makes the empty snapshot at `to` one of the network, or a copy of the snapshot, at `from`. */
static void take(lua_State *L, int from, int to) {
  copy_state(L, from, to);
  const izh_net *net = ((bind_network *)lua_touserdata(L, to))->net;
  const uint32_t counts[BIND_LISTS] = {izh_population_count(net), izh_projection_count(net),
                                       izh_stimulus_count(net), izh_recording_count(net)};
  for (int i = 0; i < BIND_LISTS; i++) copy_list(L, bind_lists[i], from, to, counts[i]);
}

/* net:snapshot() */
int bind_network_snapshot(lua_State *L) {
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 1);
  tell_collector(L, owner->net);
  snapshot_push(L, owner);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, 2, 3);
  take(L, 1, 2);
  return 1;
}

/* --- restoring --- */

/* Says of all handles in a list whether they are gone. */
static void mark(lua_State *L, int index, const char *list, bool gone) {
  push_list(L, index, list);
  lua_getfield(L, -1, "items");
  for (lua_Integer i = 1; lua_rawgeti(L, -1, i) != LUA_TNIL; i++) {
    ((bind_handle *)lua_touserdata(L, -1))->gone = gone; /* that of a population begins with one */
    lua_pop(L, 1);
  }
  lua_pop(L, 3);
}

/* Gives the network the list of a snapshot. */
static void move_list(lua_State *L, const char *list, int from, int to) {
  static const char *const fields[] = {"items", "names", "serials"};
  push_list(L, to, list);
  push_list(L, from, list);
  for (int i = 0; i < 3; i++) {
    lua_getfield(L, -1, fields[i]);
    lua_setfield(L, -3, fields[i]);
  }
  lua_pop(L, 2);
}

/* Gives the network at `to` the state of the snapshot at `from`, which is then empty. Nothing can fail: all
 * that is assigned to is there already. */
static void move_state(lua_State *L, int from, int to) {
  bind_network *source = lua_touserdata(L, from), *owner = lua_touserdata(L, to);
  for (int i = 0; i < BIND_LISTS; i++) mark(L, to, bind_lists[i], true);
  for (int i = 0; i < BIND_LISTS; i++) {
    move_list(L, bind_lists[i], from, to);
    mark(L, to, bind_lists[i], false);
  }
  lua_getiuservalue(L, from, 2);
  lua_setiuservalue(L, to, 2);
  izh_net_swap(owner->net, source->net);
  izh_free(owner->events);
  izh_free(owner->waveforms);
  owner->events = source->events;
  owner->n_events = source->n_events;
  owner->cap_events = source->cap_events;
  owner->waveforms = source->waveforms;
  owner->n_waveforms = source->n_waveforms;
  owner->cap_waveforms = source->cap_waveforms;
  /* the serials of calls that were scheduled since are not used again: there may be handles with them */
  if (owner->serial < source->serial) owner->serial = source->serial;
  owner->slots = source->slots;
  owner->restored++;
  source->events = NULL;
  source->waveforms = NULL;
  bind_network_free(source);
}

/* The same for a script, which may go back to it. */
static int network_snapshot(lua_State *L) {
  bind_network_self(L);
  bind_copied(L, 1);
  return bind_network_snapshot(L);
}

/* net:restore(snapshot, { reseed = trial }) */
static int network_restore(lua_State *L) {
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 3);
  int64_t trial = read_reseed(L, 3);
  lua_settop(L, 2);
  const snapshot *from = luaL_testudata(L, 2, BIND_SNAPSHOT);
  if (!from) bind_wrong(L, "what to restore", "made by net:snapshot()", 2);
  if (from->of != owner)
    bind_raise(L, "the snapshot is of another network, and can only be restored into that one");
  if (bind_network_running(owner)) bind_raise(L, "a network cannot be restored while it runs");
  luaL_checkstack(L, 20, NULL);
  tell_collector(L, from->state.net);
  bind_leftovers(L, 1); /* what has acted is not to be called idle because time goes back */
  snapshot_push(L, owner);
  take(L, 2, 3);
  reseed(L, ((snapshot *)lua_touserdata(L, 3))->state.net, trial);
  move_state(L, 3, 1);
  return 0;
}

/* --- files --- */

/* Functions of the script cannot be written. */
static void refuse_functions(lua_State *L, const bind_network *owner) {
  if (owner->n_events > 0)
    bind_raise(
        L, "a function is still to be called at %.10g ms (net:at, net:every), and functions cannot be saved",
        izh_net_ms(owner->net, owner->events[0].step));
  if (owner->n_waveforms == 0) return;
  uint64_t of = owner->waveforms[0].of;
  if (of < BIND_OF_SOURCES)
    bind_raise(L,
               "the current of stimulus \"%s\" is a function, and functions cannot be saved; stop it first",
               izh_stimulus_name(owner->net, (uint32_t)of));
  bind_raise(L,
             "the rate of population \"%s\" is a function, and functions cannot be saved; set a number first",
             izh_population_name(owner->net, (uint32_t)of));
}

/* core.drop_functions(net): it can be saved, and calls no function of the script any more. */
static int drop_functions(lua_State *L) {
  bind_network *owner = luaL_checkudata(L, 1, BIND_NETWORK);
  izh_net *net = bind_open_net(L, owner);
  for (size_t i = 0; i < owner->n_waveforms; i++)
    if (owner->waveforms[i].of < BIND_OF_SOURCES) izh_stimulus_stop(net, (uint32_t)owner->waveforms[i].of);
  owner->n_events = owner->n_waveforms = 0;
  return 0;
}

static izh_status save(const izh_net *net, const char *path, izh_err *err) {
  uint64_t length;
  izh_state_writer *writer;
  izh_status status = izh_net_length(net, &length, err);
  if (!status) status = izh_state_begin(path, length, &writer, err);
  if (status) return status;
  status = izh_net_write(net, izh_state_write, writer, err);
  return status ? izh_state_abandon(writer, err) : izh_state_commit(writer, err);
}

/* net:save("x.izh") */
static int network_save(lua_State *L) {
  bind_network *owner = bind_network_self(L);
  bind_arguments(L, 2);
  bind_file(L, 2, IZH_CONTENT_STATE, true);
  bind_copied(L, 1);
  refuse_functions(L, owner);
  izh_err err;
  bind_check(L, save(owner->net, lua_tostring(L, 2), &err), &err);
  return 0;
}

static izh_status load_own(const char *path, int threads, izh_net **net, izh_err *err) {
  izh_state_reader *reader;
  uint64_t length;
  izh_status status = izh_state_open(path, &reader, &length, err);
  if (status) return status;
  status = izh_net_read(izh_state_read, reader, length, threads, net, err);
  izh_state_close(reader);
  if (!status || status == IZH_IO) return status;
  izh_err why = *err;
  return izh_fail(err, status, "cannot read \"%s\": %s", path, why.message);
}

/* Fails on all ranks or on none. */
static izh_status load(const char *path, int threads, izh_net **net, izh_err *err) {
  izh_status status = load_own(path, threads, net, err);
  return izh_ranks_meet(izh_ranks_hash_text(10, path), status, err);
}

/* izh.load("x.izh"): a network. */
static int load_network(lua_State *L) {
  const izh_host *host = bind_host(L);
  bind_arguments(L, 1);
  bind_file(L, 1, IZH_CONTENT_STATE, false);
  lua_settop(L, 1);
  bind_network *owner = bind_network_push(L);
  izh_err err;
  bind_hear(L, host, true);
  izh_status status = load(lua_tostring(L, 1), bind_default_threads(L), &owner->net, &err);
  bind_hear(L, host, false);
  bind_check(L, status, &err);
  izh_bind_used(L, lua_tostring(L, 1), NULL);
  tell_collector(L, owner->net);
  fill_lists(L, 2);
  bind_seed_script(L, izh_net_definition(owner->net)->seed);
  return 1;
}

/* --- members --- */

static const char *const fields[] = {"time", "size", NULL};

static bool snapshot_field(lua_State *L, const char *name) {
  const snapshot *self = luaL_testudata(L, 1, BIND_SNAPSHOT);
  if (strcmp(name, "time") == 0)
    lua_pushnumber(L, izh_net_time_ms(self->state.net));
  else if (strcmp(name, "size") == 0)
    lua_pushinteger(L, izh_net_size(self->state.net));
  else
    return false;
  return true;
}

/* snapshot at t = 500 ms: 50 neurons, 1236 synapses, 70 KB */
static int snapshot_tostring(lua_State *L) {
  const izh_net *net = ((snapshot *)luaL_checkudata(L, 1, BIND_SNAPSHOT))->state.net;
  uint64_t synapses = 0;
  for (uint32_t i = 0; i < izh_projection_count(net); i++) synapses += izh_projection_describe(net, i).size;
  uint32_t size = izh_net_size(net);
  char bytes[IZH_BYTES_TEXT_SIZE];
  bind_text(L, "snapshot at t = %.10g ms: %u neuron%s, %llu synapse%s, %s", izh_net_time_ms(net), size,
            size == 1 ? "" : "s", (unsigned long long)synapses, synapses == 1 ? "" : "s",
            izh_bytes_text(bytes, (unsigned long long)izh_net_bytes(net)));
  return 1;
}

static int snapshot_gc(lua_State *L) {
  bind_network_free(lua_touserdata(L, 1));
  return 0;
}

static const luaL_Reg methods[] = {{NULL, NULL}};
static const luaL_Reg meta[] = {{"__gc", snapshot_gc}, {"__tostring", snapshot_tostring}, {NULL, NULL}};

static const luaL_Reg of_network[] = {{"clone", network_clone},       {"reseed", network_reseed},
                                      {"snapshot", network_snapshot}, {"restore", network_restore},
                                      {"save", network_save},         {NULL, NULL}};

void bind_open_state(lua_State *L) {
  bind_methods(L, BIND_NETWORK, of_network);
  lua_pushcfunction(L, drop_functions);
  lua_setfield(L, -2, "drop_functions");
  lua_pushcfunction(L, load_network);
  bind_name(L, "load");
  lua_setfield(L, -2, "load");
  bind_type(L, BIND_SNAPSHOT,
            (bind_members){"snapshot", .methods = methods, .metamethods = meta, .field = snapshot_field,
                           .fields = fields});
}
