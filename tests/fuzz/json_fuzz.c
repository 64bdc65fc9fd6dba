/* JSON, which is read into a Lua: what is read can be written, and comes back as the same; but for NaN, which
 * is written as null. */
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>

#include "bind/bind.h"
#include "fuzz.h"

static const izh_host host = {.lua_dir = FUZZ_LUA};

static const char text[] =
    "local izh = require 'izhlua'\n"
    "local function bytes(path)\n"
    "  local file <close> = assert(io.open(path, 'rb'))\n"
    "  return file:read 'a'\n"
    "end\n"
    "return function(data)\n"
    "  local file = assert(io.open('x.json', 'wb'))\n"
    "  file:write(data)\n"
    "  file:close()\n"
    "  local ok, value = pcall(izh.read, 'x.json')\n"
    "  if not ok then return assert(value:find('cannot read', 1, true), value) end\n"
    "  if not pcall(izh.write, 'y.json', value) or bytes 'y.json':find('null', 1, true) then return end\n"
    "  izh.write('z.json', izh.read 'y.json')\n"
    "  assert(bytes 'y.json' == bytes 'z.json', 'it comes back as another')\n"
    "end\n";

static lua_State *open_lua(void) {
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  izh_bind_open(L, &host);
  if (luaL_dostring(L, text)) abort();
  fuzz_empty_folder();
  return L;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static lua_State *L;
  if (!L) L = open_lua();
  lua_pushvalue(L, -1);
  lua_pushlstring(L, (const char *)data, size);
  if (lua_pcall(L, 1, 0, 0)) {
    fprintf(stderr, "%s\n", lua_tostring(L, -1));
    abort();
  }
  return 0;
}
