/* Recordings. */
#ifndef IZH_BIND_NET_RECORDING_H
#define IZH_BIND_NET_RECORDING_H

#include "bind/net/list.h"

extern const char BIND_RECORDING[];

bind_push_handle bind_recording_push;

#endif
