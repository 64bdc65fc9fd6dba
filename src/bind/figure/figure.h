/* Figures. */
#ifndef IZH_BIND_FIGURE_FIGURE_H
#define IZH_BIND_FIGURE_FIGURE_H

#include <lua.h>

#include "figure/figure.h"

const izh_drawing *bind_drawing(lua_State *L); /* what draws them */

/* The figure of a page and a list of panels, the tables at these indices. What it points to lives in them,
 * and in what is pushed. */
void bind_figure(lua_State *L, int page, int list, izh_figure *figure);

#endif
