/* Plots: tables of our own Lua files, as the plain arrays that the figure library draws. */
#ifndef IZH_BIND_FIGURE_PLOT_H
#define IZH_BIND_FIGURE_PLOT_H

#include <lua.h>
#include <stddef.h>

#include "figure/plot.h"

/* The plot that the table at index describes; and in that table its lists "marks" and "overlays", and an
 * axis, which is in a field. They live as long as that table and the table at keep, to which blocks are
 * added. */
const izh_plot *bind_plot(lua_State *L, int keep, int index);
const izh_mark *bind_marks(lua_State *L, int keep, int index, size_t *n);
const izh_overlay *bind_overlays(lua_State *L, int keep, int index, size_t *n);
void bind_axis(lua_State *L, int keep, int index, const char *key, izh_axis *axis);

#endif
