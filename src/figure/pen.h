/* Small drawing functions for all panels. Private to the figure library. */
#ifndef IZH_FIGURE_PEN_H
#define IZH_FIGURE_PEN_H

#include <cairo.h>

#include "figure/palette.h"

static inline void izh_set_colour(cairo_t *cr, izh_colour colour) {
  cairo_set_source_rgb(cr, colour.r, colour.g, colour.b);
}

static inline void izh_set_line(cairo_t *cr, izh_colour colour, double width) {
  izh_set_colour(cr, colour);
  cairo_set_line_width(cr, width);
}

static inline void izh_add_line(cairo_t *cr, double x0, double y0, double x1, double y1) {
  cairo_move_to(cr, x0, y0);
  cairo_line_to(cr, x1, y1);
}

#endif
