#include "host/traceback.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Of a deep stack the beginning and the end are shown. Lua walks to a level, so a runaway recursion is not
 * looked at level by level. */
enum { FIRST = 12, LAST = 10 };

static bool has_level(lua_State *L, int level) {
  lua_Debug frame;
  return lua_getstack(L, level, &frame);
}

/* The first level that there is not. */
static int count_levels(lua_State *L) {
  int below = 0, above = 1;
  while (has_level(L, above)) {
    below = above;
    above *= 2;
  }
  while (above - below > 1) {
    int middle = below + (above - below) / 2;
    if (has_level(L, middle))
      below = middle;
    else
      above = middle;
  }
  return above;
}

static bool is_script(const lua_Debug *frame, const char *lua_dir) {
  size_t length = strlen(lua_dir);
  return frame->currentline > 0 &&
         !(frame->source[0] == '@' && strncmp(frame->source + 1, lua_dir, length) == 0);
}

/* Adds a line of the script: where, and in which function. */
static void add_level(lua_State *L, luaL_Buffer *text, int level, const char *lua_dir) {
  lua_Debug frame;
  if (!lua_getstack(L, level, &frame)) return;
  lua_getinfo(L, "Sln", &frame);
  if (!is_script(&frame, lua_dir)) return;
  const char *name = frame.source[0] == '@' ? frame.source + 1 : frame.short_src;
  lua_pushfstring(L, "\n\t%s:%d: in ", name, frame.currentline);
  luaL_addvalue(text);
  if (*frame.namewhat)
    lua_pushfstring(L, "%s '%s'", frame.namewhat, frame.name);
  else if (*frame.what == 'm')
    lua_pushliteral(L, "main chunk");
  else
    lua_pushfstring(L, "function <%s:%d>", name, frame.linedefined);
  luaL_addvalue(text);
}

void host_traceback(lua_State *L, const char *lua_dir) {
  const char *all = getenv("IZHLUA_TRACE");
  if (all && strcmp(all, "1") == 0) {
    luaL_traceback(L, L, lua_tostring(L, -1), 1);
    lua_remove(L, -2);
    return;
  }
  int n = count_levels(L);
  luaL_Buffer text;
  const char *message = lua_tostring(L, -1);
  luaL_buffinit(L, &text);
  luaL_addstring(&text, message);
  luaL_addstring(&text, "\nstack traceback:");
  for (int level = 1; level < n; level++) {
    if (level == FIRST && n > FIRST + LAST) {
      luaL_addstring(&text, "\n\t…");
      level = n - LAST;
    }
    add_level(L, &text, level, lua_dir);
  }
  luaL_pushresult(&text);
  lua_remove(L, -2);
}
