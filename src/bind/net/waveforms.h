/* Currents and rates that are functions of time. */
#ifndef IZH_BIND_NET_WAVEFORMS_H
#define IZH_BIND_NET_WAVEFORMS_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bind/net/network.h"

/* `of` is as in bind_waveform; waveforms are in that order. The network is at a stack index. */

bool bind_has_waveform(const bind_network *owner, uint64_t of);
/* Stores the function on top of the stack; pops it. bind_add_waveform then makes it that of a thing, without
 * failing, in place of what was there. */
lua_Integer bind_keep_waveform(lua_State *L, int network);
void bind_add_waveform(lua_State *L, int network, uint64_t of, lua_Integer slot);
/* Ends the waveform of a thing, if it has one. */
void bind_drop_waveform(lua_State *L, int network, uint64_t of);
/* Sets the currents and rates of the step that begins now to what the functions return. The network is at
 * stack index 1. */
void bind_call_waveforms(lua_State *L, bind_network *owner);

#endif
