#include "bind/net/leftover.h"

#include <lauxlib.h>
#include <stdio.h>

#include "bind/lua/errors.h"
#include "bind/program/remark.h"
#include "core/record/recording.h"

static const char PLACES[] = "places"; /* of recordings by name, in the first user value */

static const char *function_of(const bind_event *event) {
  return event->period > 0 ? "every" : "at";
}

void bind_event_came(lua_State *L, const bind_event *event) {
  lua_rawgeti(L, -1, -event->slot);
  bind_came(L, lua_tostring(L, -1), function_of(event));
  lua_pop(L, 1);
}

void bind_recording_place(lua_State *L, int network, const char *name) {
  lua_getiuservalue(L, network, 1);
  luaL_getsubtable(L, -1, PLACES);
  bind_place(L);
  lua_setfield(L, -2, name);
  lua_pop(L, 2);
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

/* A recording with no samples but that of the moment when it began. The table of places is on top of the
 * stack. */
static void of_recording(lua_State *L, const izh_net *net, const izh_recording_info *info) {
  const char *place = lua_getfield(L, -1, info->name) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
  char text[192];
  bool at_once = info->samples == 1 && info->first == info->begun;
  if (info->samples > 1 || (info->samples == 1 && !at_once)) {
    bind_came(L, place, "record");
  } else {
    snprintf(text, sizeof text,
             "the recording has %s: it began at %.10g ms, and the network did not run after that",
             at_once ? "but the sample of that time" : "no samples", izh_net_ms(net, info->begun));
    bind_remark(L, place, "record", text);
  }
  lua_pop(L, 1);
}

void bind_leftovers(lua_State *L, int network) {
  const bind_network *owner = lua_touserdata(L, network);
  if (!owner->net || !owner->host->remark) return;
  luaL_checkstack(L, 12, NULL);
  lua_getiuservalue(L, network, 2);
  for (size_t i = 0; i < owner->n_events; i++) of_event(L, owner->net, &owner->events[i]);
  lua_pop(L, 1);
  lua_getiuservalue(L, network, 1);
  luaL_getsubtable(L, -1, PLACES);
  for (uint32_t i = 0; i < izh_recording_count(owner->net); i++) {
    izh_recording_info info = izh_recording_describe(owner->net, i);
    of_recording(L, owner->net, &info);
  }
  lua_pop(L, 2);
}
