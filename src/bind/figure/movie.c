/* Movies: their frames are figures, drawn one after the other. */
#include <lauxlib.h>
#include <string.h>

#include "bind/figure/figure.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/open.h"
#include "bind/program/host.h"
#include "figure/figure.h"

static const char MOVIE[] = "izhlua.movie";

typedef struct bind_movie {
  const izh_drawing *drawing;
  izh_movie *movie;
} bind_movie;

/* core.movie(function, path, n, delay): n frames will come, each shown for `delay` hundredths of a second. */
static int movie_new(lua_State *L) {
  luaL_checkstring(L, 1);
  const izh_movie_def def = {.path = bind_string(L, "the path", 2),
                             .n_frames = (size_t)luaL_checkinteger(L, 3),
                             .delay_cs = (int)luaL_checkinteger(L, 4)};
  bind_movie *made = lua_newuserdatauv(L, sizeof *made, 0);
  *made = (bind_movie){0};
  luaL_setmetatable(L, MOVIE);
  made->drawing = bind_drawing(L);
  izh_err err;
  bind_check(L, made->drawing->movie_new(&def, &made->movie, &err), &err);
  return 1;
}

/* core.movie_add(function, movie, page, panels): draws the next frame. */
static int movie_add(lua_State *L) {
  luaL_checkstring(L, 1);
  const bind_movie *made = luaL_checkudata(L, 2, MOVIE);
  luaL_checktype(L, 3, LUA_TTABLE);
  luaL_checktype(L, 4, LUA_TTABLE);
  lua_settop(L, 4);
  izh_figure figure;
  bind_figure(L, 3, 4, &figure);
  izh_err err;
  bind_check(L, made->drawing->movie_add(made->movie, &figure, &err), &err);
  return 0;
}

static int movie_gc(lua_State *L) {
  bind_movie *made = luaL_checkudata(L, 1, MOVIE);
  if (made->movie) made->drawing->movie_free(made->movie);
  made->movie = NULL;
  return 0;
}

/* core.movie_save(function, movie, path): writes it; path is that of movie_new. */
static int movie_save(lua_State *L) {
  luaL_checkstring(L, 1);
  const bind_movie *made = luaL_checkudata(L, 2, MOVIE);
  const char *path = luaL_checkstring(L, 3);
  izh_err err;
  bind_check(L, made->drawing->movie_save(made->movie, &err), &err);
  if (!strchr(path, '*')) bind_saved(L, path);
  return 0;
}

void bind_open_movie(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"movie", movie_new}, {"movie_add", movie_add}, {"movie_save", movie_save}, {NULL, NULL}};
  luaL_newmetatable(L, MOVIE);
  lua_pushcfunction(L, movie_gc);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_setfuncs(L, functions, 0);
}
