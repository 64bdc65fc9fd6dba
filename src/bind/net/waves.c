/* Currents that are functions of time. */
#include "bind/net/waves.h"

#include <math.h>

#include "bind/lua/errors.h"
#include "bind/net/times.h"
#include "core/stimulus/stimulus.h"

size_t bind_first_wave(const bind_network *owner, uint32_t stimulus) {
  size_t low = 0, high = owner->n_waves;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (owner->waves[middle].stimulus < stimulus)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Calls a wave, and makes its value the current, unless it has meanwhile set or stopped its stimulus
 * itself. */
static void call_wave(lua_State *L, bind_network *owner, bind_wave wave) {
  lua_getiuservalue(L, 1, 2);
  lua_rawgeti(L, -1, wave.slot);
  lua_pushnumber(L, izh_net_time_ms(owner->net));
  bind_times_call(L, owner, &owner->times.waves, izh_sampler_begin(&owner->times.waves, BIND_TIMED), 1, 1);
  size_t at = bind_first_wave(owner, wave.stimulus);
  if (at < owner->n_waves && owner->waves[at].stimulus == wave.stimulus) {
    if (lua_type(L, -1) != LUA_TNUMBER || !isfinite(lua_tonumber(L, -1))) {
      const char *shown = bind_shown(L, -1);
      bind_raise(L, "the function of stimulus \"%s\" must return a finite number (got %s at t = %g ms)",
                 izh_stimulus_name(owner->net, wave.stimulus), shown, izh_net_time_ms(owner->net));
    }
    izh_err err;
    izh_amplitude now = {.one = lua_tonumber(L, -1)};
    bind_check(L, izh_stimulus_set_amplitude(owner->net, wave.stimulus, now, &err), &err);
  }
  lua_pop(L, 2);
}

/* The currents that are functions of time, for the step that begins now. A function may end its own wave,
 * or others. */
void bind_call_waves(lua_State *L, bind_network *owner) {
  for (size_t i = 0; i < owner->n_waves;) {
    bind_wave wave = owner->waves[i];
    call_wave(L, owner, wave);
    i = bind_first_wave(owner, wave.stimulus + 1);
  }
}
