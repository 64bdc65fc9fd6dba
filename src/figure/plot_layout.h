/* The layout of a plot: it finds the boxes of everything from sizes. No drawing. Private to the figure
 * library. Lengths are in pt. The calls come in this order: new; across; the grid sets x and w of the frame;
 * down; the grid sets y and h; place; free. */
#ifndef IZH_FIGURE_PLOT_LAYOUT_H
#define IZH_FIGURE_PLOT_LAYOUT_H

#include "base/status.h"
#include "figure/annotate.h"
#include "figure/box.h"
#include "figure/grid.h"
#include "figure/header.h"
#include "figure/plot.h"
#include "figure/scale.h"

/* The sizes that the layout needs. Widths are those of uncut texts; 0 where there is no text. */
typedef struct izh_plot_sizes {
  double text_pt; /* size of labels */
  double digit_w; /* width of a digit of tick labels */
  double note_w, x_title_w, x_bar_w;
  const double *y_title_w;     /* [n_tracks] */
  const double *y_bar_w;       /* [n_tracks] */
  const double *right_title_w; /* [n_tracks]; NULL: no axes at the right */
  const double *mark_w;        /* [n_marks] */
  const double *key_w;         /* [n_keys] */
  double heat_title_w, missing_w;
} izh_plot_sizes;

/* The label of a series, beside the end of its line. */
typedef struct izh_plot_key {
  size_t track, series;
  size_t width; /* its index in key_w */
  double at;    /* the value at the end of its line */
  izh_box box;  /* of the label; left of it IZH_KEY_W for the sample of the line; w 0: left out */
} izh_plot_key;

typedef struct izh_plot_track {
  izh_scale y, right; /* right: of the second axis, if there is one */
  bool down;
  double bar_length;          /* of the scale bar; 0: none */
  izh_box plot;               /* where the data are drawn */
  izh_box title, right_title; /* read from below */
  izh_box bar, bar_text;      /* the scale bar */
} izh_plot_track;

typedef struct izh_plot_layout {
  const izh_plot *plot;
  const izh_plot_sizes *sizes;
  izh_scale x; /* before `across` the owner sets lo, hi and log, as for the tracks */
  double x_bar_length;
  izh_plot_track *tracks; /* [n_tracks] */
  double numbers_w;       /* room for the labels of vertical axes */
  izh_plot_key *keys;     /* [n_keys], the keys of a track together */
  size_t n_keys;
  bool keys_above; /* the keys are above the plot, since they are too wide for the side, or are to be there */
  size_t key_rows; /* if they are above: in how many rows */
  izh_scale heat;  /* of the matrix of the first track, if it has one; set as the others */
  izh_box heat_bar, heat_title;
  izh_box missing;   /* the key of cells without a number; left of it IZH_KEY_W for a sample */
  izh_header header; /* measured, and folded before `down`, by the owner */
  izh_box x_title, note;
  izh_box x_bar, x_bar_text;
  izh_marks marks;
  izh_overlays overlays;  /* in the first plot */
  izh_spread_item *items; /* scratch */
} izh_plot_layout;

/* The height of a line of small text. */
static inline double izh_small_line(const izh_plot_layout *layout) {
  return izh_text_line(layout->sizes->text_pt, IZH_STYLE_SMALL);
}

/* Makes a layout, which keeps the pointers to plot and sizes. It allocates the keys; the owner sets them.
 * IZH_MEMORY. */
izh_status izh_plot_layout_new(const izh_plot *plot, const izh_plot_sizes *sizes, size_t n_keys,
                               izh_plot_layout **layout, izh_err *err);
void izh_plot_layout_free(izh_plot_layout *layout); /* NULL is allowed */

void izh_plot_layout_across(izh_plot_layout *layout, double cell_w, izh_grid_item *item);
void izh_plot_layout_down(izh_plot_layout *layout, izh_grid_item *item);
void izh_plot_layout_place(izh_plot_layout *layout, const izh_grid_item *item);

izh_field izh_plot_field(const izh_plot_layout *layout);
double izh_plot_x(const izh_plot_layout *layout, double x);
double izh_plot_y(const izh_plot_track *track, double y);
double izh_plot_right(const izh_plot_track *track, double y); /* of the second axis */

/* The position at a fraction of the vertical axis, 0 … 1. */
double izh_plot_up(const izh_plot_track *track, double fraction);

/* The box of the label of the k-th tick. */
izh_box izh_plot_x_label(const izh_plot_layout *layout, size_t k);
izh_box izh_plot_y_label(const izh_plot_layout *layout, size_t track, size_t k);
izh_box izh_plot_right_label(const izh_plot_layout *layout, size_t track, size_t k);
izh_box izh_plot_heat_label(const izh_plot_layout *layout, size_t k);

/* For tests: calls `visit` with the box of every text and every plot. No two of these may overlap, but for
 * "inside …", which are in a plot. */
void izh_plot_layout_boxes(const izh_plot_layout *layout,
                           void (*visit)(void *closure, const char *name, izh_box box), void *closure);

#endif
