/* The plot panel. Private to the figure library. */
#ifndef IZH_FIGURE_PLOT_PANEL_H
#define IZH_FIGURE_PLOT_PANEL_H

#include "figure/annotate_draw.h"
#include "figure/panel.h"
#include "figure/plot_layout.h"

enum { IZH_TITLE_SIZE = 512, IZH_BAR_TEXT_SIZE = 96 };

typedef struct izh_plot_panel {
  const izh_plot *plot;
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

extern const izh_panel_kind izh_plot_kind;

/* Makes the panel of a checked plot, and keeps a pointer to the plot. IZH_ARGUMENT: a scale bar is longer
 * than its axis; IZH_MEMORY. */
izh_status izh_plot_panel_new(const izh_plot *plot, izh_plot_panel **panel, izh_err *err);
void izh_plot_panel_free(izh_plot_panel *panel); /* NULL is allowed */

/* The title of an axis, NULL when it has none. If its labels are divided by a power of ten, the title says
 * so: "(mV)" becomes "(×10³ mV)". */
const char *izh_axis_title(const izh_axis *axis, const izh_scale *scale, char text[IZH_TITLE_SIZE]);
/* Lets the range of the horizontal axis grow to lo … hi. */
void izh_plot_panel_share(izh_plot_panel *panel, double lo, double hi);

/* "20 ms" */
const char *izh_bar_text(const izh_axis *axis, double length, char text[IZH_BAR_TEXT_SIZE]);

/* IZH_MEMORY. */
izh_status izh_plot_draw(const izh_plot_panel *panel, izh_text *text, cairo_t *cr, izh_err *err);

/* plot_heat.c: draws the cells of a matrix; draws its colour bar. IZH_MEMORY. */
izh_status izh_heat_draw(const izh_plot_panel *panel, cairo_t *cr, izh_err *err);
izh_colour izh_heat_colour(const izh_plot_panel *panel, double value); /* of the track's matrix */
void izh_heat_draw_bar(const izh_plot_panel *panel, izh_text *text, cairo_t *cr);

#endif
