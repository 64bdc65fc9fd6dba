/* Panels on a page: a grid of equally wide frames, where the axes of a row and of a column are aligned. No
 * drawing. Private to the figure library. Lengths are in pt. */
#ifndef IZH_FIGURE_GRID_H
#define IZH_FIGURE_GRID_H

#include <stddef.h>

#include "base/status.h"
#include "figure/box.h"

/* One panel. Its frame holds the axes' lines and what is plotted; the text around it needs room on four
 * sides. */
typedef struct izh_grid_item {
  double left, right;     /* in for izh_grid_across */
  double top, bottom;     /* in for izh_grid_down, with the next two */
  double want_h, least_h; /* of the frame */
  int span;               /* in for izh_grid_assign: columns that it takes; 0: one */
  size_t row, column;     /* out of it, from 0 */
  izh_box frame;          /* out: x and w by izh_grid_across, y and h by izh_grid_down */
  izh_box cell;           /* out: the frame and the room around it; cells do not overlap */
} izh_grid_item;

/* How many columns suit n panels on a page of this width, ≥ 1. */
int izh_grid_columns(size_t n, double width_mm);

/* Gives the panels their rows and columns, row by row; a panel that has no room left in a row begins the next
 * one, and no panel is wider than a row. Returns the number of rows. */
size_t izh_grid_assign(izh_grid_item *items, size_t n, int columns);

/* The height of a page, with the panels placed row by row. IZH_ARGUMENT: they do not fit; the message says
 * what would fit. When *page_h is 0, it is set to the height that the panels want. shares: relative heights
 * of the frames of each row, as far as the panels allow; NULL: as the panels want. */
izh_status izh_grid_across(izh_grid_item *items, size_t n, int columns, double page_w, izh_err *err);
izh_status izh_grid_down(izh_grid_item *items, size_t n, const double *shares, double *page_h, izh_err *err);

#endif
