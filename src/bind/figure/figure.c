/* Figures: the tables that izhlua/figure has checked, as the plain arrays that the figure library draws.
 */
#include "bind/figure/figure.h"

#include <lauxlib.h>

#include "bind/figure/plot.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/net/network.h"
#include "bind/open.h"
#include "bind/program/host.h"
#include "bind/program/terminal.h"
#include "bind/spikes/spikes.h"
#include "bind/value/vector.h"
#include "figure/figure.h"
#include "figure/palette.h"

/* core.is_network(value) */
static int is_network(lua_State *L) {
  lua_pushboolean(L, luaL_testudata(L, 1, BIND_NETWORK) != NULL);
  return 1;
}

/* core.never_ran(value): a network that has neurons, and no steps behind it. */
static int never_ran(lua_State *L) {
  const bind_network *owner = luaL_testudata(L, 1, BIND_NETWORK);
  lua_pushboolean(L, owner && owner->net && izh_net_size(owner->net) > 0 && izh_net_now(owner->net) == 0);
  return 1;
}

/* core.is_spikes(value) */
static int is_spikes(lua_State *L) {
  lua_pushboolean(L, luaL_testudata(L, 1, BIND_SPIKES) != NULL);
  return 1;
}

static lua_Integer hex(double part) {
  return (lua_Integer)(255 * part + 0.5);
}

/* core.ink_colour(ink, shade): the colour, as a colour that was asked for. */
static int ink_colour(lua_State *L) {
  izh_colour colour = izh_ink_colour((izh_ink)luaL_checkinteger(L, 1), (int)luaL_checkinteger(L, 2));
  lua_pushinteger(L, IZH_COLOUR_GIVEN | hex(colour.r) << 16 | hex(colour.g) << 8 | hex(colour.b));
  return 1;
}

static double number_field(lua_State *L, int index, const char *key) {
  lua_getfield(L, index, key);
  double number = lua_tonumber(L, -1);
  lua_pop(L, 1);
  return number;
}

static bool flag_field(lua_State *L, int index, const char *key) {
  lua_getfield(L, index, key);
  bool flag = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return flag;
}

/* The string stays alive in its table. NULL when there is none. */
static const char *string_field(lua_State *L, int index, const char *key) {
  lua_getfield(L, index, key);
  const char *text = lua_tostring(L, -1);
  lua_pop(L, 1);
  return text;
}

/* The i-th string of the list "letters" of a page, which keeps it alive; NULL when there is none. */
static const char *letter_of(lua_State *L, int page, size_t i) {
  const char *letter = NULL;
  if (lua_getfield(L, page, "letters") == LUA_TTABLE) {
    lua_rawgeti(L, -1, (lua_Integer)i);
    letter = lua_tostring(L, -1);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return letter;
}

/* The vector "heights" of a page, which keeps it alive. */
static void read_heights(lua_State *L, int page, izh_figure *figure) {
  lua_getfield(L, page, "heights");
  const bind_vector *heights = luaL_testudata(L, -1, BIND_VECTOR);
  lua_pop(L, 1);
  if (!heights) return;
  figure->heights = heights->x;
  figure->n_heights = heights->n;
}

const izh_drawing *bind_drawing(lua_State *L) {
  const izh_drawing *drawing;
  izh_err err;
  const char *module = lua_pushfstring(L, "%s/figure.so", bind_modules(L));
  bind_check(L, izh_drawing_load(module, &drawing, &err), &err);
  lua_pop(L, 2);
  return drawing;
}

/* The list "attachments" of a page, { name, bytes } each, which keeps them alive. Leaves a block on the
 * stack, which lives as long as it is there. */
static void read_attachments(lua_State *L, int page, izh_document *document) {
  if (lua_getfield(L, page, "attachments") == LUA_TTABLE) {
    size_t n = (size_t)lua_rawlen(L, -1);
    izh_attachment *list = lua_newuserdatauv(L, n * sizeof *list, 0);
    lua_insert(L, -2);
    for (size_t i = 0; i < n; i++) {
      lua_rawgeti(L, -1, (lua_Integer)i + 1);
      lua_rawgeti(L, -1, 1);
      lua_rawgeti(L, -2, 2);
      list[i].name = lua_tostring(L, -2);
      list[i].bytes = lua_tolstring(L, -1, &list[i].size);
      lua_pop(L, 3);
    }
    document->attachments = list;
    document->n_attachments = n;
  }
  lua_pop(L, 1);
}

void bind_figure(lua_State *L, int page, int list, izh_figure *figure) {
  *figure = izh_figure_default();
  figure->width_mm = number_field(L, page, "width");
  figure->height_mm = number_field(L, page, "height");
  figure->columns = (int)number_field(L, page, "columns");
  figure->letters = flag_field(L, page, "letters");
  figure->text_pt = number_field(L, page, "text_size");
  read_heights(L, page, figure);
  figure->png_dpi = number_field(L, page, "dpi");
  figure->document = (izh_document){.title = string_field(L, page, "document_title"),
                                    .author = string_field(L, page, "author"),
                                    .subject = string_field(L, page, "subject"),
                                    .keywords = string_field(L, page, "keywords"),
                                    .creator = "izhlua " IZHLUA_VERSION};
  read_attachments(L, page, &figure->document);
  figure->n_panels = (size_t)lua_rawlen(L, list);
  lua_newtable(L); /* keeps blocks alive */
  int keep = lua_gettop(L);
  izh_panel *panels = lua_newuserdatauv(L, figure->n_panels * sizeof *panels, 0);
  for (size_t i = 0; i < figure->n_panels; i++) {
    luaL_checkstack(L, 10, "too many panels");
    lua_rawgeti(L, list, (lua_Integer)i + 1);
    int panel = lua_absindex(L, -1);
    panels[i] = (izh_panel){.plot = bind_plot(L, keep, panel),
                            .letter = letter_of(L, page, i + 1),
                            .span = (int)number_field(L, panel, "span")};
  }
  figure->panels = panels;
}

/* core.save_figure(function, path, page, panels) */
static int save_figure(lua_State *L) {
  luaL_checkstring(L, 1);
  const char *path = bind_string(L, "the path", 2);
  luaL_checktype(L, 3, LUA_TTABLE);
  luaL_checktype(L, 4, LUA_TTABLE);
  lua_settop(L, 4);
  izh_figure figure;
  bind_figure(L, 3, 4, &figure);
  izh_err err;
  const izh_host *host = bind_host(L);
  const izh_drawing *drawing = bind_drawing(L);
  bind_check(L,
             host->figure ? drawing->give(&figure, path, host->figure_ending, host->figure, &err)
                          : drawing->save(&figure, path, &err),
             &err);
  bind_saved(L, path);
  return 0;
}

/* core.raster_text(function, panel [, columns]): the raster in characters, for the standard output, or so
 * many columns. */
static int raster_text(lua_State *L) {
  luaL_checkstring(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  int columns = lua_isnoneornil(L, 3) ? bind_terminal_columns() : (int)luaL_checkinteger(L, 3);
  lua_settop(L, 2);
  lua_newtable(L); /* 3: keeps blocks alive */
  const izh_plot *plot = bind_plot(L, 3, 2);
  char *text = lua_newuserdatauv(L, IZH_TEXT_SIZE, 0);
  izh_err err;
  const izh_drawing *drawing = bind_drawing(L);
  bind_check(L, drawing->raster_text(plot, columns, bind_terminal_utf8(), text, &err), &err);
  lua_pushstring(L, text);
  return 1;
}

void bind_open_figure(lua_State *L) {
  static const luaL_Reg functions[] = {{"is_network", is_network},
                                       {"is_spikes", is_spikes},
                                       {"never_ran", never_ran},
                                       {"save_figure", save_figure},
                                       {"raster_text", raster_text},
                                       {"ink_colour", ink_colour},
                                       {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
  lua_pushinteger(L, IZH_TEXT_ROWS);
  lua_setfield(L, -2, "text_rows");
}
