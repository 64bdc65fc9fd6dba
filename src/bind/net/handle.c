/* Handles of what is in a network. */
#include "bind/net/handle.h"

#include <lauxlib.h>

#include "bind/lua/errors.h"
#include "bind/open.h"

bind_handle *bind_handle_push(lua_State *L, int network, const char *type) {
  bind_handle *made = lua_newuserdatauv(L, sizeof *made, 1);
  *made = (bind_handle){.owner = lua_touserdata(L, network)};
  luaL_setmetatable(L, type);
  lua_pushvalue(L, network);
  lua_setiuservalue(L, -2, 1);
  return made;
}

izh_net *bind_open_handle(lua_State *L, const bind_handle *handle) {
  bind_open_net(L, handle->owner);
  if (handle->gone)
    bind_raise(L, "it is not in the network any more, which was restored to a time before it was made");
  return handle->owner->net;
}

bool bind_push_lost(lua_State *L, const char *what, const bind_handle *handle) {
  if (!handle->owner->net)
    lua_pushfstring(L, "%s of a closed network", what);
  else if (handle->gone)
    lua_pushfstring(L, "%s that is not in its network any more", what);
  return !handle->owner->net || handle->gone;
}
