/* Handles of what is in a network. */
#ifndef IZH_BIND_NET_HANDLE_H
#define IZH_BIND_NET_HANDLE_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

#include "bind/net/network.h"

/* A handle of a projection, a stimulus or a recording; and the first part of that of a population. */
typedef struct bind_handle {
  bind_network *owner;
  uint32_t index;
  bool gone; /* the network was restored to a time when there was no such thing */
} bind_handle;
/* Pushes a handle of the network at index; type: BIND_PROJECTION and the like. */
bind_handle *bind_handle_push(lua_State *L, int network, const char *type);
/* The open network of a handle that is not gone. */
izh_net *bind_open_handle(lua_State *L, const bind_handle *handle);
/* For tostring: pushes what a handle says, and returns true, when there is nothing else to be said. */
bool bind_push_lost(lua_State *L, const char *what, const bind_handle *handle);

#endif
