/* Plots: the tables that izhlua/plot.lua has made, as the plain arrays that the figure library draws. */
#include "bind/figure/plot.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "bind/figure/raster.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/net/network.h"
#include "bind/net/population.h"
#include "bind/net/projection.h"
#include "bind/net/recording.h"
#include "bind/net/state.h"
#include "bind/open.h"
#include "bind/spikes/spikes.h"
#include "bind/value/vector.h"
#include "figure/plot.h"

/* core.numbers(function, what, value): the table or vector as a new vector. A NaN may stand for a missing
 * value. */
static int numbers(lua_State *L) {
  const char *what = luaL_checkstring(L, 2);
  if (!bind_is_array(L, 3)) bind_wrong(L, what, "numbers in a table or a vector", 3);
  const bind_vector *given = luaL_testudata(L, 3, BIND_VECTOR);
  size_t n = given ? given->n : (size_t)bind_list(L, what, 3);
  bind_vector *made = bind_vector_push(L, n);
  for (size_t i = 0; i < n; i++) {
    if (given) {
      made->x[i] = given->x[i];
    } else {
      lua_rawgeti(L, 3, (lua_Integer)i + 1);
      if (lua_type(L, -1) != LUA_TNUMBER)
        bind_raise(L, "%s[%zu] must be a number (got %s)", what, i + 1, bind_shown(L, -1));
      made->x[i] = lua_tonumber(L, -1);
      lua_pop(L, 1);
    }
    if (!isinf(made->x[i])) continue;
    lua_pushnumber(L, made->x[i]);
    bind_raise(L, "%s[%zu] must be finite, or NaN where there is none (got %s)", what, i + 1,
               bind_shown(L, -1));
  }
  return 1;
}

/* core.kind(value): "network", "population", "recording", "spikes", "vector"; nil for anything else. */
static int kind(lua_State *L) {
  static const struct {
    const char *type, *name;
  } kinds[] = {{BIND_NETWORK, "network"},       {BIND_POPULATION, "population"},
               {BIND_PROJECTION, "projection"}, {BIND_RECORDING, "recording"},
               {BIND_SPIKES, "spikes"},         {BIND_VECTOR, "vector"},
               {BIND_SNAPSHOT, "snapshot"}};
  lua_settop(L, 1);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (!luaL_testudata(L, 1, kinds[i].type)) continue;
    lua_pushstring(L, kinds[i].name);
    return 1;
  }
  lua_pushnil(L);
  return 1;
}

static double number_or(lua_State *L, int index, const char *key, double otherwise) {
  lua_getfield(L, index, key);
  double number = lua_isnil(L, -1) ? otherwise : lua_tonumber(L, -1);
  lua_pop(L, 1);
  return number;
}

static bool is_set(lua_State *L, int index, const char *key) {
  lua_getfield(L, index, key);
  bool set = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return set;
}

/* The string stays alive in its table. NULL when there is none. */
static const char *string_in(lua_State *L, int index, const char *key) {
  lua_getfield(L, index, key);
  const char *text = lua_tostring(L, -1);
  lua_pop(L, 1);
  return text;
}

/* The numbers of a vector in the table, which keeps it alive; NULL when there is none. */
static const double *vector_in(lua_State *L, int index, const char *key, size_t *n) {
  lua_getfield(L, index, key);
  const bind_vector *vector = luaL_testudata(L, -1, BIND_VECTOR);
  lua_pop(L, 1);
  if (vector && n) *n = vector->n;
  return vector ? vector->x : NULL;
}

/* A block that lives as long as the table at keep. */
static void *block(lua_State *L, int keep, size_t size) {
  void *made = lua_newuserdatauv(L, size, 0);
  memset(made, 0, size);
  lua_rawseti(L, keep, (lua_Integer)lua_rawlen(L, keep) + 1);
  return made;
}

/* Ticks that were asked for: lists of positions and of labels, of which some are missing. */
static void read_ticks(lua_State *L, int keep, int index, izh_axis *axis) {
  size_t n = 0;
  const double *at = vector_in(L, index, "ticks", &n);
  if (!at) return;
  izh_tick *ticks = block(L, keep, (n ? n : 1) * sizeof *ticks);
  lua_getfield(L, index, "tick_labels");
  for (size_t i = 0; i < n; i++) {
    ticks[i].at = at[i];
    if (lua_type(L, -1) != LUA_TTABLE) continue;
    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    ticks[i].label = lua_tostring(L, -1);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  axis->ticks = ticks;
  axis->n_ticks = n;
}

/* The axis at the top of the stack. */
static void read_axis_here(lua_State *L, int keep, izh_axis *axis) {
  int table = lua_absindex(L, -1);
  *axis = (izh_axis){.title = string_in(L, table, "title"),
                     .unit = string_in(L, table, "unit"),
                     .lo = number_or(L, table, "lo", NAN),
                     .hi = number_or(L, table, "hi", NAN),
                     .bar = number_or(L, table, "bar", 0),
                     .log = is_set(L, table, "log"),
                     .zero = is_set(L, table, "zero"),
                     .whole = is_set(L, table, "whole"),
                     .down = is_set(L, table, "down"),
                     .at_right = is_set(L, table, "at_right"),
                     .shared = is_set(L, table, "shared"),
                     .minor = number_or(L, table, "minor", 0)};
  read_ticks(L, keep, table, axis);
}

static void read_axis(lua_State *L, int keep, int index, const char *key, izh_axis *axis) {
  lua_getfield(L, index, key);
  read_axis_here(L, keep, axis);
  lua_pop(L, 1);
}

static void read_series(lua_State *L, int index, izh_series *series) {
  *series = (izh_series){.label = string_in(L, index, "label"),
                         .band = is_set(L, index, "band"),
                         .fill = is_set(L, index, "fill"),
                         .open = is_set(L, index, "open"),
                         .hollow = is_set(L, index, "hollow"),
                         .dashed = is_set(L, index, "dashed"),
                         .look = (izh_look)number_or(L, index, "look", IZH_LOOK_LINE),
                         .ink = (izh_ink)number_or(L, index, "ink", IZH_INK_NEUTRAL),
                         .shade = (int)number_or(L, index, "shade", 0),
                         .width_pt = number_or(L, index, "width", 0),
                         .colour = (uint32_t)number_or(L, index, "colour", 0),
                         .dash = (izh_dash)number_or(L, index, "dash", 0),
                         .marker = (izh_marker)number_or(L, index, "marker", 0),
                         .marker_pt = number_or(L, index, "size", 0),
                         .bar_w = number_or(L, index, "bar_width", 0),
                         .shift_pt = number_or(L, index, "shift", 0),
                         .right = is_set(L, index, "right"),
                         .peak = number_or(L, index, "peak", 0)};
  size_t n_x = 0, n_lo = 0, n_hi = 0, n_base = 0, n_values = 0;
  series->x = vector_in(L, index, "x", &n_x);
  series->y = vector_in(L, index, "y", &series->n);
  series->lo = vector_in(L, index, "below", &n_lo);
  series->hi = vector_in(L, index, "above", &n_hi);
  series->base = vector_in(L, index, "base", &n_base);
  series->values = vector_in(L, index, "values", &n_values);
  if (series->look == IZH_LOOK_DOTS) {
    series->rows = (izh_rows){.first = (uint32_t)number_or(L, index, "first", 0),
                              .n = (uint32_t)number_or(L, index, "size", 0),
                              .neurons = (uint32_t)number_or(L, index, "neurons", 0),
                              .begun_ms = vector_in(L, index, "begun", NULL)};
    return;
  }
  bool steps = series->look == IZH_LOOK_STEPS && series->n > 0;
  if (!series->x || !series->y || n_x != series->n + steps || (series->lo && n_lo != series->n) ||
      !series->lo != !series->hi || (series->hi && n_hi != series->n) ||
      (series->base && n_base != series->n) || (series->values && n_values != series->n))
    luaL_error(L, "a series is incomplete"); /* which no panel of ours is */
  series->spikes = vector_in(L, index, "spikes", &series->n_spikes);
}

/* A field "heat" of the table at index; NULL when there is none. */
static const izh_heat *read_heat(lua_State *L, int keep, int index) {
  izh_heat *heat = NULL;
  if (lua_getfield(L, index, "heat") == LUA_TTABLE) {
    int table = lua_absindex(L, -1);
    size_t n = 0;
    heat = block(L, keep, sizeof *heat);
    heat->values = vector_in(L, table, "values", &n);
    heat->rows = (size_t)number_or(L, table, "rows", 0);
    heat->columns = (size_t)number_or(L, table, "columns", 0);
    heat->map = (izh_map)number_or(L, table, "map", IZH_MAP_VIRIDIS);
    heat->upward = is_set(L, table, "upward");
    heat->missing = string_in(L, table, "missing");
    heat->title = string_in(L, table, "title");
    heat->lo = number_or(L, table, "lo", NAN);
    heat->hi = number_or(L, table, "hi", NAN);
    if (!heat->values || heat->rows > n || heat->columns > n || heat->rows * heat->columns != n)
      luaL_error(L, "a matrix is incomplete"); /* which none of ours is */
  }
  lua_pop(L, 1);
  return heat;
}

/* A field "raster" of the table at index; NULL when there is none. */
static const izh_raster *read_raster(lua_State *L, int keep, int index) {
  izh_raster *raster = NULL;
  if (lua_getfield(L, index, "raster") == LUA_TTABLE) {
    int table = lua_absindex(L, -1);
    lua_getfield(L, table, "rows");
    const bind_rows *rows = luaL_checkudata(L, -1, BIND_ROWS);
    lua_pop(L, 1);
    raster = block(L, keep, sizeof *raster);
    *raster = (izh_raster){.t_ms = rows->t_ms,
                           .row = rows->row,
                           .n_spikes = rows->n,
                           .n_hidden = rows->n_hidden,
                           .names = rows->names,
                           .from_ms = number_or(L, table, "from", 0),
                           .to_ms = number_or(L, table, "to", 0),
                           .per_ms = number_or(L, table, "per_ms", 1),
                           .rows_note = string_in(L, table, "note"),
                           .form = (izh_dot_form)number_or(L, table, "form", 0),
                           .dot_pt = number_or(L, table, "dot", 0)};
  }
  lua_pop(L, 1);
  return raster;
}

/* A field "rates" of the table at index; NULL when there is none. */
static const izh_rates *read_rates(lua_State *L, int keep, int index) {
  izh_rates *rates = NULL;
  if (lua_getfield(L, index, "rates") == LUA_TTABLE) {
    rates = block(L, keep, sizeof *rates);
    rates->bin_ms = number_or(L, lua_absindex(L, -1), "bin", 0);
    rates->dt_ms = number_or(L, lua_absindex(L, -1), "dt", 0);
  }
  lua_pop(L, 1);
  return rates;
}

static void read_track(lua_State *L, int keep, int index, izh_track *track) {
  read_axis(L, keep, index, "y", &track->y);
  if (lua_getfield(L, index, "right") == LUA_TTABLE) {
    izh_axis *right = block(L, keep, sizeof *right);
    read_axis_here(L, keep, right);
    track->right = right;
  }
  lua_pop(L, 1);
  track->share = number_or(L, index, "share", 1);
  track->heat = read_heat(L, keep, index);
  track->raster = read_raster(L, keep, index);
  track->rates = read_rates(L, keep, index);
  lua_getfield(L, index, "series");
  track->n_series = (size_t)lua_rawlen(L, -1);
  izh_series *series = block(L, keep, track->n_series * sizeof *series);
  for (size_t i = 0; i < track->n_series; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    read_series(L, lua_absindex(L, -1), &series[i]);
    lua_pop(L, 1);
  }
  track->series = series;
  lua_pop(L, 1);
}

static const izh_mark *read_marks(lua_State *L, int keep, int index, size_t *n) {
  lua_getfield(L, index, "marks");
  *n = (size_t)lua_rawlen(L, -1);
  izh_mark *marks = block(L, keep, *n * sizeof *marks);
  for (size_t i = 0; i < *n; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    int mark = lua_absindex(L, -1);
    double from = number_or(L, mark, "from", 0);
    marks[i] =
        (izh_mark){.from = from, .to = number_or(L, mark, "to", from), .label = string_in(L, mark, "label")};
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return marks;
}

static const izh_overlay *read_overlays(lua_State *L, int keep, int index, size_t *n) {
  lua_getfield(L, index, "overlays");
  *n = lua_istable(L, -1) ? (size_t)lua_rawlen(L, -1) : 0;
  izh_overlay *overlays = block(L, keep, *n * sizeof *overlays);
  for (size_t i = 0; i < *n; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    int table = lua_absindex(L, -1);
    overlays[i] = (izh_overlay){.kind = (izh_overlay_kind)number_or(L, table, "kind", 0),
                                .x = number_or(L, table, "x", NAN),
                                .y = number_or(L, table, "y", NAN),
                                .x1 = number_or(L, table, "x1", NAN),
                                .y1 = number_or(L, table, "y1", NAN),
                                .label = string_in(L, table, "label"),
                                .colour = (uint32_t)number_or(L, table, "colour", 0),
                                .dash = (izh_dash)number_or(L, table, "dash", 0),
                                .align = number_or(L, table, "align", 0)};
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return overlays;
}

/* A field "inset" of the table at index, { plot =, x =, y =, width =, height = }; NULL when there is none. */
static const izh_inset *read_inset(lua_State *L, int keep, int index) {
  izh_inset *inset = NULL;
  if (lua_getfield(L, index, "inset") == LUA_TTABLE) {
    int table = lua_absindex(L, -1);
    inset = block(L, keep, sizeof *inset);
    *inset = (izh_inset){.x = number_or(L, table, "x", NAN),
                         .y = number_or(L, table, "y", NAN),
                         .w = number_or(L, table, "width", 0),
                         .h = number_or(L, table, "height", 0)};
    lua_getfield(L, table, "plot");
    inset->plot = bind_plot(L, keep, lua_absindex(L, -1));
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return inset;
}

const izh_plot *bind_plot(lua_State *L, int keep, int index) {
  luaL_checkstack(L, 20, "too many panels");
  izh_plot *plot = block(L, keep, sizeof *plot);
  plot->title = string_in(L, index, "title");
  plot->note = string_in(L, index, "note");
  plot->empty = string_in(L, index, "empty");
  plot->aspect = number_or(L, index, "aspect", 0);
  plot->frame = (izh_frame)number_or(L, index, "frame", IZH_FRAME_AXES);
  plot->legend = (izh_legend)number_or(L, index, "legend", IZH_LEGEND_ENDS);
  read_axis(L, keep, index, "x", &plot->x);
  lua_getfield(L, index, "tracks");
  plot->n_tracks = (size_t)lua_rawlen(L, -1);
  izh_track *tracks = block(L, keep, plot->n_tracks * sizeof *tracks);
  for (size_t i = 0; i < plot->n_tracks; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    read_track(L, keep, lua_absindex(L, -1), &tracks[i]);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  plot->tracks = tracks;
  plot->marks = read_marks(L, keep, index, &plot->n_marks);
  plot->overlays = read_overlays(L, keep, index, &plot->n_overlays);
  plot->inset = read_inset(L, keep, index);
  return plot;
}

void bind_open_plot(lua_State *L) {
  static const luaL_Reg functions[] = {{"numbers", numbers}, {"kind", kind}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
