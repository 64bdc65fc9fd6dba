#include "bind/net/strays.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/open.h"
#include "bind/program/host.h"

/* Of all runs of this process, and of workers that told theirs. In the registry; said when that is closed. */
typedef struct total {
  uint64_t networks, neurons, spikes;
  char first[200]; /* which neuron, when, and where its scheme is stable */
} total;

static const char TOTAL[] = "izhlua.strays";

static total *total_of(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, TOTAL);
  total *all = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return all;
}

static void describe_first(const izh_net *net, const izh_strays *s, char *text, size_t size) {
  const izh_net_def *def = izh_net_definition(net);
  double stable = izh_net_stable_mv(net, s->first);
  char where[48] = "at no v";
  if (isfinite(stable)) snprintf(where, sizeof where, "above v = %.4g mV", stable);
  snprintf(text, size, "neuron %u at t = %.10g ms: %s with dt = %g ms is stable %s", s->first + 1,
           izh_net_ms(net, s->step), izh_integrator_name(def->integrator), def->dt_ms, where);
}

static void sentence(const total *all, char *text, size_t size) {
  char where[48] = "";
  if (all->networks > 1)
    snprintf(where, sizeof where, "in %llu networks ", (unsigned long long)all->networks);
  snprintf(
      text, size,
      "%s%llu neuron%s went where the scheme is not stable, and %llu spike%s after that may be artefacts; "
      "the first was %s; a smaller dt or integrator = \"exact\" helps",
      where, (unsigned long long)all->neurons, all->neurons == 1 ? "" : "s", (unsigned long long)all->spikes,
      all->spikes == 1 ? "" : "s", all->first);
}

static int say(lua_State *L) {
  const total *all = lua_touserdata(L, 1);
  const izh_host *host = bind_host(L);
  char text[512];
  if (all->neurons == 0) return 0;
  sentence(all, text, sizeof text);
  if (host->printing) host->printing();
  fflush(stdout);
  fprintf(stderr, "izhlua: %s (net:warnings())\n", text);
  return 0;
}

void bind_strays_end(lua_State *L, bind_network *owner) {
  if (!owner->net) return;
  izh_strays now = izh_net_strays(owner->net), *before = &owner->before;
  if (now.steps == before->steps) return;
  total *all = total_of(L);
  if (all->networks == 0) describe_first(owner->net, &now, all->first, sizeof all->first);
  all->networks += !owner->strayed;
  owner->strayed = true;
  all->neurons += now.neurons - before->neurons;
  all->spikes += now.spikes - before->spikes;
}

/* --- for scripts --- */

static void set_whole(lua_State *L, const char *key, uint64_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  lua_setfield(L, -2, key);
}

/* net:warnings(): { neurons =, steps =, spikes =, neuron =, time =, stable_above = }, and in its list part
 * what there is to say of that, if there is. */
static int network_warnings(lua_State *L) {
  const bind_network *owner = bind_network_self(L);
  bind_arguments(L, 1);
  izh_strays s = izh_net_strays(owner->net);
  lua_newtable(L);
  set_whole(L, "neurons", s.neurons);
  set_whole(L, "steps", s.steps);
  set_whole(L, "spikes", s.spikes);
  if (s.neurons == 0) return 1;
  set_whole(L, "neuron", s.first + 1);
  lua_pushnumber(L, izh_net_ms(owner->net, s.step));
  lua_setfield(L, -2, "time");
  lua_pushnumber(L, izh_net_stable_mv(owner->net, s.first));
  lua_setfield(L, -2, "stable_above");
  total own = {.networks = 1, .neurons = s.neurons, .spikes = s.spikes};
  char text[512];
  describe_first(owner->net, &s, own.first, sizeof own.first);
  sentence(&own, text, sizeof text);
  lua_pushstring(L, text);
  lua_rawseti(L, -2, 1);
  return 1;
}

/* core.take_strays(): what was counted so far, as four values, or nothing; it is forgotten. */
static int take_strays(lua_State *L) {
  total *all = total_of(L), taken = *all;
  *all = (total){0};
  if (taken.networks == 0) return 0;
  lua_pushinteger(L, (lua_Integer)taken.networks);
  lua_pushinteger(L, (lua_Integer)taken.neurons);
  lua_pushinteger(L, (lua_Integer)taken.spikes);
  lua_pushstring(L, taken.first);
  return 4;
}

/* core.add_strays(networks, neurons, spikes, first): those of a worker. */
static int add_strays(lua_State *L) {
  total *all = total_of(L);
  if (all->networks == 0) snprintf(all->first, sizeof all->first, "%s", luaL_checkstring(L, 4));
  all->networks += (uint64_t)luaL_checkinteger(L, 1);
  all->neurons += (uint64_t)luaL_checkinteger(L, 2);
  all->spikes += (uint64_t)luaL_checkinteger(L, 3);
  return 0;
}

void bind_open_strays(lua_State *L) {
  static const luaL_Reg of_network[] = {{"warnings", network_warnings}, {NULL, NULL}};
  static const luaL_Reg functions[] = {
      {"take_strays", take_strays}, {"add_strays", add_strays}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
  *(total *)lua_newuserdatauv(L, sizeof(total), 0) = (total){0};
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, say);
  lua_setfield(L, -2, "__gc");
  lua_setmetatable(L, -2);
  lua_setfield(L, LUA_REGISTRYINDEX, TOTAL);
  bind_methods(L, BIND_NETWORK, of_network);
}
