/* Currents and rates that are functions of time. */
#include "bind/net/waveforms.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/lua/errors.h"
#include "bind/net/times.h"
#include "bind/value/vector.h"
#include "core/neuron/population.h"
#include "core/stimulus/stimulus.h"

/* --- which there are --- */

/* The index of the first waveform of this thing or a later one; n_waveforms when there is none. */
static size_t first_from(const bind_network *owner, uint64_t of) {
  size_t low = 0, high = owner->n_waveforms;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (owner->waveforms[middle].of < of)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

bool bind_has_waveform(const bind_network *owner, uint64_t of) {
  size_t at = first_from(owner, of);
  return at < owner->n_waveforms && owner->waveforms[at].of == of;
}

lua_Integer bind_keep_waveform(lua_State *L, int network) {
  bind_network *owner = lua_touserdata(L, network);
  lua_Integer slot = bind_store(L, network, owner); /* may run finalizers: before there is room */
  bind_waveform *room =
      izh_grow(owner->waveforms, &owner->cap_waveforms, owner->n_waveforms + 1, sizeof *room);
  if (!room) bind_raise(L, "out of memory");
  owner->waveforms = room;
  return slot;
}

void bind_add_waveform(lua_State *L, int network, uint64_t of, lua_Integer slot) {
  bind_drop_waveform(L, network, of);
  bind_network *owner = lua_touserdata(L, network);
  size_t at = first_from(owner, of);
  bind_waveform *place = owner->waveforms + at;
  memmove(place + 1, place, (owner->n_waveforms - at) * sizeof *place);
  *place = (bind_waveform){.of = of, .slot = slot};
  owner->n_waveforms++;
}

void bind_drop_waveform(lua_State *L, int network, uint64_t of) {
  bind_network *owner = lua_touserdata(L, network);
  if (!bind_has_waveform(owner, of)) return;
  bind_waveform *place = owner->waveforms + first_from(owner, of);
  bind_forget(L, network, place->slot);
  memmove(place, place + 1, (size_t)(owner->waveforms + owner->n_waveforms - place - 1) * sizeof *place);
  owner->n_waveforms--;
}

/* --- a step --- */

/* Calls the function of a waveform with the arguments on top of the stack, and pushes what it returns. False
 * when it has ended or changed its own waveform. */
static bool call(lua_State *L, bind_network *owner, bind_waveform waveform, int arguments) {
  lua_getiuservalue(L, 1, 2);
  lua_rawgeti(L, -1, waveform.slot);
  lua_remove(L, -2);
  lua_insert(L, -1 - arguments);
  bind_times_call(L, owner, &owner->times.waveforms, izh_sampler_begin(&owner->times.waveforms, BIND_TIMED),
                  arguments, 1);
  size_t at = first_from(owner, waveform.of);
  return bind_has_waveform(owner, waveform.of) && owner->waveforms[at].slot == waveform.slot;
}

/* Sets a current to the value of its function, unless that has set or stopped the stimulus itself. */
static void call_of_stimulus(lua_State *L, bind_network *owner, bind_waveform waveform) {
  lua_pushnumber(L, izh_net_time_ms(owner->net));
  if (call(L, owner, waveform, 1)) {
    uint32_t stimulus = (uint32_t)waveform.of;
    if (lua_type(L, -1) != LUA_TNUMBER || !isfinite(lua_tonumber(L, -1))) {
      const char *shown = bind_shown(L, -1);
      bind_raise(L, "the function of stimulus \"%s\" must return a finite number (got %s at t = %g ms)",
                 izh_stimulus_name(owner->net, stimulus), shown, izh_net_time_ms(owner->net));
    }
    izh_err err;
    izh_amplitude now = {.one = lua_tonumber(L, -1)};
    bind_check(L, izh_stimulus_set_amplitude(owner->net, stimulus, now, &err), &err);
  }
  lua_pop(L, 1);
}

/* What the function says on top of the stack, for a candidate. */
static double rate_at(lua_State *L, const bind_network *owner, uint32_t population, izh_candidate candidate) {
  izh_ids one = izh_ids_range(izh_population_ids(owner->net, population).first + candidate.source, 1);
  double most, rate = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : NAN;
  izh_population_get(owner->net, population, &one, 0, &most);
  if (rate >= 0 && rate <= most) return rate;
  const char *name = izh_population_name(owner->net, population);
  if (rate > most)
    bind_raise(L, "the rate of population \"%s\" must be at most its max, %.10g Hz (got %.10g at t = %g ms)",
               name, most, rate, candidate.ms);
  bind_raise(L,
             "the function for the rate of population \"%s\" must return a number ≥ 0 (got %s at t = %g ms)",
             name, bind_shown(L, -1), candidate.ms);
}

/* Gives the rates of sources at the times of this step's candidates, unless the function has set the rate
 * itself. */
static void call_of_sources(lua_State *L, bind_network *owner, bind_waveform waveform) {
  uint32_t population = (uint32_t)waveform.of;
  const izh_candidate *list;
  size_t n;
  izh_err err;
  bind_check(L, izh_source_candidates(owner->net, population, &list, &n, &err), &err);
  if (n == 0) return;
  double *rates = bind_buffer(L, n);
  izh_candidate *own = lua_newuserdatauv(L, n * sizeof *own, 0); /* the function may do anything */
  memcpy(own, list, n * sizeof *own);
  bool goes_on = true;
  for (size_t k = 0; k < n && goes_on; k++) {
    lua_pushnumber(L, own[k].ms);
    lua_pushinteger(L, (lua_Integer)own[k].source + 1);
    goes_on = call(L, owner, waveform, 2);
    if (goes_on) rates[k] = rate_at(L, owner, population, own[k]);
    lua_pop(L, 1);
  }
  if (goes_on) izh_source_rates(owner->net, population, rates);
  lua_pop(L, 2);
}

void bind_call_waveforms(lua_State *L, bind_network *owner) {
  for (size_t i = 0; i < owner->n_waveforms;) { /* a function may end its own waveform, or others */
    bind_waveform waveform = owner->waveforms[i];
    if (waveform.of < BIND_OF_SOURCES)
      call_of_stimulus(L, owner, waveform);
    else
      call_of_sources(L, owner, waveform);
    i = first_from(owner, waveform.of + 1);
  }
}
