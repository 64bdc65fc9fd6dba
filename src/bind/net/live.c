#include "bind/net/live.h"

#include <lauxlib.h>

#include "base/clock.h"
#include "base/ranks.h"
#include "bind/program/host.h"
#include "core/net/net.h"

static const uint64_t EVERY_NS = 100000000;
enum { SHARE = 25 }; /* at most 1/25 of the time goes into it, so that a run costs less than 5 % more */

void bind_live_begin(bind_network *owner, bool asked) {
  const izh_host *host = owner->host;
  /* ranks would meet at calls that come when a clock says so */
  owner->shows = (asked || host->live) && host->show && izh_ranks_size() == 1;
  owner->show_at = izh_clock() + EVERY_NS;
}

/* Pushes what izhlua/figure/live says of the network. */
static int describe(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.require");
  lua_pushliteral(L, "izhlua.figure.live");
  lua_call(L, 1, 1);
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, 1);
  return 1;
}

void bind_live(lua_State *L, bind_network *owner, int64_t begin, int64_t end) {
  int columns, rows;
  uint64_t now = izh_clock();
  if (now < owner->show_at) return;
  owner->show_at = now + EVERY_NS;
  if (!owner->host->screen(&columns, &rows)) return;
  bind_hear(L, owner->host, false);
  luaL_checkstack(L, 12, NULL);
  lua_pushcfunction(L, describe);
  lua_pushvalue(L, 1);
  lua_pushnumber(L, izh_net_ms(owner->net, begin));
  lua_pushnumber(L, end == INT64_MAX ? 0 : izh_net_ms(owner->net, end));
  lua_pushinteger(L, columns);
  lua_pushinteger(L, rows);
  lua_pcall(L, 5, 1, 0); /* what it cannot show it says */
  const char *text = lua_tostring(L, -1);
  if (text) owner->host->show(text);
  lua_pop(L, 1);
  bind_hear(L, owner->host, true);
  uint64_t rest = (izh_clock() - now) * SHARE;
  if (rest > EVERY_NS) owner->show_at = now + rest;
}

void bind_live_end(bind_network *owner) {
  if (owner->shows) owner->host->show(NULL);
  owner->shows = false;
}
