/* Stimuli of a network. */
#ifndef IZH_BIND_NET_STIMULUS_H
#define IZH_BIND_NET_STIMULUS_H

#include "bind/net/list.h"

extern const char BIND_STIMULUS[];

bind_push_handle bind_stimulus_push;

#endif
