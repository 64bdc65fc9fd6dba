/* Currents that are functions of time. */
#ifndef IZH_BIND_NET_WAVEFORMS_H
#define IZH_BIND_NET_WAVEFORMS_H

#include <lua.h>
#include <stddef.h>
#include <stdint.h>

#include "bind/net/network.h"

/* The index of the first waveform whose stimulus is this one or a later one; n_waveforms when there is none.
 * Waveforms are in order of stimulus. */
size_t bind_first_waveform(const bind_network *owner, uint32_t stimulus);
/* Sets the currents of the step that begins now to what the functions return. The network is at stack
 * index 1. */
void bind_call_waveforms(lua_State *L, bind_network *owner);

#endif
