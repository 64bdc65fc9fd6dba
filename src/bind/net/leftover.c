#include "bind/net/leftover.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bind/lua/errors.h"
#include "bind/program/remark.h"
#include "core/record/recording.h"
#include "core/stimulus/stimulus.h"
#include "core/synapse/projection.h"

/* By function, then by name, in the first user value: where things were made, and when they can act (ms). */
static const char PLACES[] = "places", BEGINS[] = "begins";

static const char *function_of(const bind_event *event) {
  return event->period > 0 ? "every" : "at";
}

void bind_event_came(lua_State *L, const bind_event *event) {
  lua_rawgeti(L, -1, -event->slot);
  bind_came(L, lua_tostring(L, -1), function_of(event));
  lua_pop(L, 1);
}

void bind_made_at(lua_State *L, int network, const char *function, const char *name) {
  lua_getiuservalue(L, network, 1);
  luaL_getsubtable(L, -1, PLACES);
  luaL_getsubtable(L, -1, function);
  bind_place(L);
  lua_setfield(L, -2, name);
  lua_pop(L, 3);
}

void bind_begins_at(lua_State *L, int network, const char *function, const char *name, double ms) {
  lua_getiuservalue(L, network, 1);
  luaL_getsubtable(L, -1, BEGINS);
  luaL_getsubtable(L, -1, function);
  lua_pushnumber(L, ms);
  lua_setfield(L, -2, name);
  lua_pop(L, 3);
}

void bind_copied(lua_State *L, int network) {
  lua_getiuservalue(L, network, 1);
  lua_pushnil(L);
  lua_setfield(L, -2, BEGINS);
  lua_pop(L, 1);
}

/* When a thing can act; 0: it is not known. The first user value is the third from the top of the stack. */
static double begins(lua_State *L, const char *function, const char *name) {
  luaL_getsubtable(L, -3, BEGINS);
  luaL_getsubtable(L, -1, function);
  lua_getfield(L, -1, name);
  double ms = lua_tonumber(L, -1);
  lua_pop(L, 3);
  return ms;
}

/* "the network ran until 10 ms" */
static const char *until(const izh_net *net, char text[64]) {
  if (izh_net_now(net) == 0) return "the network did not run";
  snprintf(text, 64, "the network ran until %.10g ms", izh_net_time_ms(net));
  return text;
}

/* A call that was scheduled and never made. The table of functions is on top of the stack. */
static void of_event(lua_State *L, const izh_net *net, const bind_event *event) {
  char ran[64], text[160];
  if (event->called) return;
  lua_rawgeti(L, -1, -event->slot);
  snprintf(text, sizeof text, "the function was not called: %.10g ms was never reached, %s",
           izh_net_ms(net, event->step), until(net, ran));
  bind_remark(L, lua_tostring(L, -1), function_of(event), text);
  lua_pop(L, 1);
}

/* Says that a thing came to nothing, or to something, when text is NULL. The table of places of what the
 * function has made is on top of the stack; a copy of a network has none. */
static void say(lua_State *L, const char *function, const char *name, const char *text) {
  const char *place = lua_getfield(L, -1, name) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
  if (text)
    bind_remark(L, place, function, text);
  else
    bind_came(L, place, function);
  lua_pop(L, 1);
}

/* A recording with no samples but that of the moment when it began. */
static void of_recording(lua_State *L, const izh_net *net, uint32_t index) {
  izh_recording_info info = izh_recording_describe(net, index);
  char text[192];
  bool at_once = info.samples == 1 && info.first == info.begun;
  snprintf(text, sizeof text,
           "the recording has %s: it began at %.10g ms, and the network did not run after that",
           at_once ? "but the sample of that time" : "no samples", izh_net_ms(net, info.begun));
  say(L, "record", info.name, info.samples == 0 || at_once ? text : NULL);
}

/* A stimulus that begins when the run is over. */
static void of_stimulus(lua_State *L, const izh_net *net, uint32_t index) {
  izh_stimulus_def def = izh_stimulus_get(net, index);
  const izh_stimulus_info *info = izh_stimulus_describe(def.kind);
  double from = begins(L, "stimulate", izh_stimulus_name(net, index));
  for (int i = 0; i < info->n; i++) {
    const izh_stimulus_quantity *q = &info->quantities[i];
    if (strcmp(q->is.name, "from") == 0 && q->form == IZH_FORM_NUMBER)
      from = fmax(from, *(double *)izh_stimulus_def_at(&def, q));
  }
  char ran[64], text[160];
  if (isinf(from))
    snprintf(text, sizeof text, "the stimulus never acted: its times had gone by when it was applied");
  else
    snprintf(text, sizeof text, "the stimulus never acted: it begins at %.10g ms, %s", from, until(net, ran));
  say(L, "stimulate", izh_stimulus_name(net, index), from > 0 && from >= izh_net_time_ms(net) ? text : NULL);
}

static void of_projection(lua_State *L, const izh_net *net, uint32_t index) {
  izh_projection_info info = izh_projection_describe(net, index);
  double made = begins(L, "connect", info.name);
  char text[160];
  snprintf(text, sizeof text,
           "the projection carried nothing: it was made at %.10g ms, and the network did not run after that",
           made);
  bool idle = made > 0 && made >= izh_net_time_ms(net);
  say(L, "connect", info.name, info.size == 0 ? "the projection has no synapses" : idle ? text : NULL);
}

/* A run, of which there is one entry. Not under "run", since that it was cut is to be said there. */
static void of_run(lua_State *L, const izh_net *net, uint32_t index) {
  (void)index;
  say(L, "network", "", izh_net_size(net) == 0 ? "it ran, and has no neurons" : NULL);
}

/* All things of a kind. The first user value of the network is on top of the stack. */
static void of_all(lua_State *L, const izh_net *net, const char *function, uint32_t n,
                   void (*of)(lua_State *L, const izh_net *net, uint32_t index)) {
  luaL_getsubtable(L, -1, PLACES);
  luaL_getsubtable(L, -1, function);
  for (uint32_t i = 0; i < n; i++) of(L, net, i);
  lua_pop(L, 2);
}

void bind_leftovers(lua_State *L, int network) {
  const bind_network *owner = lua_touserdata(L, network);
  const izh_net *net = owner->net;
  if (!net || !owner->host->remark) return;
  luaL_checkstack(L, 12, NULL);
  lua_getiuservalue(L, network, 2);
  for (size_t i = 0; i < owner->n_events; i++) of_event(L, net, &owner->events[i]);
  lua_pop(L, 1);
  lua_getiuservalue(L, network, 1);
  of_all(L, net, "record", izh_recording_count(net), of_recording);
  of_all(L, net, "stimulate", izh_stimulus_count(net), of_stimulus);
  of_all(L, net, "connect", izh_projection_count(net), of_projection);
  of_all(L, net, "network", 1, of_run);
  lua_pop(L, 1);
}
