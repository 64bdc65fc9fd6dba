/* Axes as all panels draw them. Private to the figure library. */
#ifndef IZH_FIGURE_AXIS_DRAW_H
#define IZH_FIGURE_AXIS_DRAW_H

#include <cairo.h>

#include "figure/box.h"
#include "figure/scale.h"
#include "figure/text.h"

/* The labels of an axis: the box of the k-th. */
typedef struct izh_axis_labels {
  izh_box (*box)(const void *layout, size_t axis, size_t k);
  const void *layout;
  size_t axis;
} izh_axis_labels;

/* The axis below a plot: its line, ticks, small ticks and labels. */
void izh_axis_draw_below(const izh_scale *scale, izh_box plot, izh_axis_labels labels, izh_text *text,
                         cairo_t *cr);

/* How a vertical axis is drawn. */
typedef struct izh_axis_side {
  bool right;  /* at the right side of the plot */
  bool down;   /* values grow from top to bottom */
  bool corner; /* its lower end meets that of the axis below */
} izh_axis_side;

void izh_axis_draw_beside(const izh_scale *scale, izh_box plot, izh_axis_side side, izh_axis_labels labels,
                          izh_text *text, cairo_t *cr);

#endif
