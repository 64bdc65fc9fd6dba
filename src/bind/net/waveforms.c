/* Currents that are functions of time. */
#include "bind/net/waveforms.h"

#include <math.h>

#include "bind/lua/errors.h"
#include "bind/net/times.h"
#include "core/stimulus/stimulus.h"

size_t bind_first_waveform(const bind_network *owner, uint32_t stimulus) {
  size_t low = 0, high = owner->n_waveforms;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (owner->waveforms[middle].stimulus < stimulus)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Calls the function of a waveform, and sets the current to its value, unless the function itself has set or
 * stopped its stimulus. */
static void call_waveform(lua_State *L, bind_network *owner, bind_waveform waveform) {
  lua_getiuservalue(L, 1, 2);
  lua_rawgeti(L, -1, waveform.slot);
  lua_pushnumber(L, izh_net_time_ms(owner->net));
  bind_times_call(L, owner, &owner->times.waveforms, izh_sampler_begin(&owner->times.waveforms, BIND_TIMED),
                  1, 1);
  size_t at = bind_first_waveform(owner, waveform.stimulus);
  if (at < owner->n_waveforms && owner->waveforms[at].stimulus == waveform.stimulus) {
    if (lua_type(L, -1) != LUA_TNUMBER || !isfinite(lua_tonumber(L, -1))) {
      const char *shown = bind_shown(L, -1);
      bind_raise(L, "the function of stimulus \"%s\" must return a finite number (got %s at t = %g ms)",
                 izh_stimulus_name(owner->net, waveform.stimulus), shown, izh_net_time_ms(owner->net));
    }
    izh_err err;
    izh_amplitude now = {.one = lua_tonumber(L, -1)};
    bind_check(L, izh_stimulus_set_amplitude(owner->net, waveform.stimulus, now, &err), &err);
  }
  lua_pop(L, 2);
}

/* The currents that are functions of time, for the step that begins now. A function may end its own waveform,
 * or others. */
void bind_call_waveforms(lua_State *L, bind_network *owner) {
  for (size_t i = 0; i < owner->n_waveforms;) {
    bind_waveform waveform = owner->waveforms[i];
    call_waveform(L, owner, waveform);
    i = bind_first_waveform(owner, waveform.stimulus + 1);
  }
}
