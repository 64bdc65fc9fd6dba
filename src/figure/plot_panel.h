/* A plot while it is laid out and drawn, as a panel of a page. Private to the figure library. */
#ifndef IZH_FIGURE_PLOT_PANEL_H
#define IZH_FIGURE_PLOT_PANEL_H

#include "figure/annotate_draw.h"
#include "figure/plot_layout.h"

enum { IZH_TITLE_SIZE = 512, IZH_BAR_TEXT_SIZE = 96 };

/* What a panel must know about the other panels of the page. */
typedef struct izh_panel_context {
  const char *letter; /* NULL or "": none; the panel keeps the pointer */
  bool x_title;       /* whether to show "Time (ms)" … */
  bool y_title;       /* whether to show that of the first track */
  bool rate_title;    /* of a raster: whether to show "Rate (Hz)" */
  size_t most_spikes; /* of all rasters on the page, since their dots have one size */
} izh_panel_context;

typedef struct izh_plot_raster izh_plot_raster;

typedef struct izh_plot_panel {
  const izh_plot *plot; /* if it has a raster, that of `raster` */
  izh_plot_raster *raster;
  izh_panel_context context;
  izh_plot_layout *layout;
  izh_plot_sizes sizes;
  double *y_title_w, *y_bar_w, *right_title_w, *mark_w, *key_w; /* `sizes` points to these */
  izh_scale_tick *ticks; /* that were asked for, of one axis after the other; scales point to these */
  size_t n_ticks;
  struct izh_plot_panel *inset; /* NULL: none */
  bool inset_fits;              /* its axes have room */
  bool empty;                   /* there is no number to show */
} izh_plot_panel;

/* Makes the panel of a checked plot, and keeps a pointer to the plot. bin_ms is the bin of the rates of a
 * raster; it is > 0 if there are rates and the window is not empty. IZH_MEMORY. The calls come in this order:
 * new; share and rates; measure; across; the grid sets x and w of the frame; down; the grid sets y and h;
 * place; draw; free. */
izh_status izh_plot_panel_new(const izh_plot *plot, double bin_ms, izh_plot_panel **panel, izh_err *err);
void izh_plot_panel_free(izh_plot_panel *panel); /* NULL is allowed */

/* Lets the range of the horizontal axis grow to lo … hi. */
void izh_plot_panel_share(izh_plot_panel *panel, double lo, double hi);

/* The highest rate below a raster, in Hz, 0 without rates; the rate that its axis reaches, unless its range
 * is given. */
double izh_plot_panel_rate_max(const izh_plot_panel *panel);
void izh_plot_panel_rates(izh_plot_panel *panel, double rate_max);

/* Measures all text. It may be called again with other fonts. */
void izh_plot_panel_measure(izh_plot_panel *panel, izh_text *text, const izh_panel_context *context);
/* Sets item->left and right; cell_w is about how wide the panel will be. */
void izh_plot_panel_across(izh_plot_panel *panel, double cell_w, izh_grid_item *item);
/* Sets item->top, bottom, want_h and least_h. */
void izh_plot_panel_down(izh_plot_panel *panel, izh_grid_item *item);
/* Sets all boxes. */
void izh_plot_panel_place(izh_plot_panel *panel, const izh_grid_item *item);

/* The title of an axis, NULL when it has none. If its labels are divided by a power of ten, the title says
 * so: "(mV)" becomes "(×10³ mV)". */
const char *izh_axis_title(const izh_axis *axis, const izh_scale *scale, char text[IZH_TITLE_SIZE]);
/* "20 ms" */
const char *izh_bar_text(const izh_axis *axis, double length, char text[IZH_BAR_TEXT_SIZE]);

/* IZH_ARGUMENT: a scale bar is longer than its axis. */
izh_status izh_plot_check_bars(const izh_plot_panel *panel, izh_err *err);

/* What is behind the data. */
void izh_plot_draw_behind(const izh_plot_panel *panel, cairo_t *cr);

/* IZH_ARGUMENT: a scale bar is longer than its axis, or an inset has no room; IZH_MEMORY. */
izh_status izh_plot_draw(const izh_plot_panel *panel, izh_text *text, cairo_t *cr, izh_err *err);

/* plot_heat.c: draws the cells of a matrix; draws its colour bar. IZH_MEMORY. */
izh_status izh_heat_draw(const izh_plot_panel *panel, cairo_t *cr, izh_err *err);
izh_colour izh_heat_colour(const izh_plot_panel *panel, double value); /* of the track's matrix */
void izh_heat_draw_bar(const izh_plot_panel *panel, izh_text *text, cairo_t *cr);

#endif
