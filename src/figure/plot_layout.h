/* Where everything in a plot goes: boxes from sizes, no drawing. Private to the figure library. Lengths are
 * in pt. The calls come in this order: new, across, (the grid sets x and w of the frame), down, (the grid
 * sets y and h), place, free. */
#ifndef IZH_FIGURE_PLOT_LAYOUT_H
#define IZH_FIGURE_PLOT_LAYOUT_H

#include "base/status.h"
#include "figure/box.h"
#include "figure/grid.h"
#include "figure/plot.h"
#include "figure/scale.h"
#include "figure/spread.h"

/* Sizes of text and data that the layout needs. Widths are of the whole text; 0 where there is none. */
typedef struct izh_plot_sizes {
  double text_pt; /* size of labels */
  double digit_w; /* of tick labels */
  double letter_w, title_w, note_w, x_title_w, x_bar_w;
  const double *y_title_w; /* [n_tracks] */
  const double *y_bar_w;   /* [n_tracks] */
  const double *mark_w;    /* [n_marks] */
  const double *key_w;     /* [n_keys] */
  double heat_title_w;
} izh_plot_sizes;

/* The label of a series, beside the end of its line. */
typedef struct izh_plot_key {
  size_t track, series;
  size_t width; /* its index in key_w */
  double at;    /* the value at the end of its line */
  izh_box box;  /* of the label; its sample stands left of it, in IZH_KEY_W; w = 0: left out */
} izh_plot_key;

typedef struct izh_plot_track {
  izh_scale y;
  bool down;
  double bar_length;     /* of the scale bar; 0: none */
  izh_box plot;          /* where the data are */
  izh_box title;         /* rising */
  izh_box bar, bar_text; /* scale bar */
} izh_plot_track;

typedef struct izh_plot_layout {
  const izh_plot *plot;
  const izh_plot_sizes *sizes;
  izh_scale x; /* lo, hi and log are set by the owner before `across`, as of tracks */
  double x_bar_length;
  izh_plot_track *tracks; /* [n_tracks] */
  izh_plot_key *keys;     /* [n_keys], those of a track together */
  size_t n_keys;
  bool keys_above; /* the labels are above the plot, since they are too wide for the side */
  size_t key_rows; /* of keys above */
  izh_scale heat;  /* of the first track; set as the others, when it has one */
  izh_box heat_bar, heat_title;
  izh_box letter, title, x_title, note;
  izh_box x_bar, x_bar_text;
  izh_flag *flags; /* [n_flags], marks in the range, by position; index: into plot->marks */
  izh_box *marks;  /* [n_flags] labels; w = 0: none, or no room left */
  size_t n_flags;
  int mark_rows;
  izh_spread_item *items; /* scratch */
} izh_plot_layout;

/* plot and sizes are kept. keys are allocated, and set by the owner. IZH_MEMORY. */
izh_status izh_plot_layout_new(const izh_plot *plot, const izh_plot_sizes *sizes, size_t n_keys,
                               izh_plot_layout **layout, izh_err *err);
void izh_plot_layout_free(izh_plot_layout *layout); /* NULL is allowed */

/* Of a scale bar: as the axis says, or about a sixth of it; 0: none. */
double izh_plot_bar_length(const izh_axis *axis, const izh_scale *scale);

void izh_plot_layout_across(izh_plot_layout *layout, double cell_w, izh_grid_item *item);
void izh_plot_layout_down(izh_plot_layout *layout, izh_grid_item *item);
void izh_plot_layout_place(izh_plot_layout *layout, const izh_grid_item *item);

double izh_plot_x(const izh_plot_layout *layout, double x);
double izh_plot_y(const izh_plot_track *track, double y);

double izh_plot_up(const izh_plot_track *track, double fraction); /* of the height, 0 … 1 along its axis */

/* The label of the k-th tick. */
izh_box izh_plot_x_label(const izh_plot_layout *layout, size_t k);
izh_box izh_plot_y_label(const izh_plot_layout *layout, size_t track, size_t k);
izh_box izh_plot_heat_label(const izh_plot_layout *layout, size_t k);

/* For tests: calls `visit` with the box of every text and plot. No two of them may overlap. */
void izh_plot_layout_boxes(const izh_plot_layout *layout,
                           void (*visit)(void *closure, const char *name, izh_box box), void *closure);

#endif
