/* What explains the data of a panel: marks, with labels above the plot, and overlays within it. Private to
 * the figure library. Lengths are in pt. */
#ifndef IZH_FIGURE_ANNOTATE_H
#define IZH_FIGURE_ANNOTATE_H

#include "base/status.h"
#include "figure/box.h"
#include "figure/plot.h"
#include "figure/scale.h"
#include "figure/spread.h"

/* The plots of a panel, which are above each other, and the axes of the first one. */
typedef struct izh_field {
  izh_box plot;  /* the first one */
  double bottom; /* of the last one */
  const izh_scale *x, *y;
  bool down; /* y grows from top to bottom */
  bool full; /* the plot is full of colours, so that bands are outlines */
} izh_field;

/* Positions on the page. */
double izh_field_x(const izh_field *field, double x);
double izh_field_y(const izh_field *field, double y);

/* Marks as they are laid out. */
typedef struct izh_marks {
  const izh_mark *given; /* [n_given] */
  size_t n_given;
  izh_flag *flags; /* [n_flags] those in the range, by position; index: into given */
  izh_box *labels; /* [n_flags]; w 0: no label, or no room for it */
  size_t n_flags;
  int rows; /* of labels */
} izh_marks;

/* IZH_MEMORY; izh_marks_free is due in any case. */
izh_status izh_marks_init(izh_marks *marks, const izh_mark *given, size_t n, izh_err *err);
void izh_marks_free(izh_marks *marks);

/* Finds the rows of labels that are `widths` wide; only x and w of the plot must be known. Labels end at
 * `limit`. */
void izh_marks_stack(izh_marks *marks, const double *widths, const izh_field *field, double limit);

/* Sets the boxes of the labels, which are `line` high, above y. */
void izh_marks_place(izh_marks *marks, double y, double line);

/* Overlays as they are laid out. */
typedef struct izh_overlays {
  const izh_overlay *given; /* [n] */
  size_t n;
  double *widths;  /* [n] of the labels, set by the owner; 0: none */
  izh_box *labels; /* [n] in the plot */
} izh_overlays;

/* IZH_MEMORY; izh_overlays_free is due in any case. */
izh_status izh_overlays_init(izh_overlays *overlays, const izh_overlay *given, size_t n, izh_err *err);
void izh_overlays_free(izh_overlays *overlays);

/* Sets the boxes of the labels, which are `line` high. */
void izh_overlays_place(izh_overlays *overlays, const izh_field *field, double line);

#endif
