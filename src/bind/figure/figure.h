/* Figures. */
#ifndef IZH_BIND_FIGURE_FIGURE_H
#define IZH_BIND_FIGURE_FIGURE_H

#include <lua.h>

#include "figure/figure.h"

const izh_drawing *bind_drawing(lua_State *L); /* what draws them */

#endif
