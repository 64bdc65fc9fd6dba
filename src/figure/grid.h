/* The grid of panels on a page: their frames are equally wide, and the axes in a row and in a column are
 * aligned. No drawing. Private to the figure library. Lengths are in pt. */
#ifndef IZH_FIGURE_GRID_H
#define IZH_FIGURE_GRID_H

#include <stddef.h>

#include "base/status.h"
#include "figure/box.h"

/* One panel. Its frame holds the lines of the axes and what is plotted. The text around the frame needs room
 * on four sides. Before a call the caller sets the inputs of the function; the function sets its outputs. */
typedef struct izh_grid_item {
  double left, right;     /* input of izh_grid_across: the room for text */
  double top, bottom;     /* input of izh_grid_down: the room for text */
  double want_h, least_h; /* input of izh_grid_down: the height of the frame */
  int span;               /* input of izh_grid_assign: how many columns it takes; 0: one */
  size_t row, column;     /* output of izh_grid_assign, from 0 */
  izh_box frame;          /* output: x and w of izh_grid_across, y and h of izh_grid_down */
  izh_box cell;           /* output: the frame and the room around it; cells do not overlap */
} izh_grid_item;

/* How many columns suit n panels on a page of this width, ≥ 1. */
int izh_grid_columns(size_t n, double width_mm);

/* Gives the panels their rows and columns, row by row. A panel that has no room in a row begins the next one.
 * A panel is at most as wide as a row. Returns the number of rows. */
size_t izh_grid_assign(izh_grid_item *items, size_t n, int columns);

/* Places the panels: izh_grid_across on a page of a given width, then izh_grid_down on a page of height
 * *page_h; if that is 0, it is set to the height that the panels want. shares: the relative heights of the
 * frames in each row, as far as the panels allow; NULL: as the panels want. IZH_ARGUMENT when the panels do
 * not fit; the message says what would fit, in mm of
 * pt_per_mm. */
izh_status izh_grid_across(izh_grid_item *items, size_t n, int columns, double page_w, double pt_per_mm,
                           izh_err *err);
izh_status izh_grid_down(izh_grid_item *items, size_t n, const double *shares, double *page_h,
                         double pt_per_mm, izh_err *err);

#endif
