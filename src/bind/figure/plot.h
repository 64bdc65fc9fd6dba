/* Plots: tables of our own Lua files, as the plain arrays that the figure library draws. */
#ifndef IZH_BIND_FIGURE_PLOT_H
#define IZH_BIND_FIGURE_PLOT_H

#include <lua.h>
#include <stddef.h>

#include "figure/plot.h"

/* The plot that the table at index describes. It lives as long as that table and the table at keep, to which
 * blocks are added. */
const izh_plot *bind_plot(lua_State *L, int keep, int index);

#endif
