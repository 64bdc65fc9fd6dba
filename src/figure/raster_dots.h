/* The dots of a raster: paths, or an image if there are too many. Private to the figure library. */
#ifndef IZH_FIGURE_RASTER_DOTS_H
#define IZH_FIGURE_RASTER_DOTS_H

#include <cairo.h>

#include "figure/plot_panel.h"

#define IZH_DOTS_DPI 600.0  /* of the image, in a PDF, SVG or PostScript */
#define IZH_DOTS_PIXEL 0.12 /* side of its pixels, in pt */

/* The spikes of the raster of a plot. All arrays belong to the caller. */
typedef struct izh_dots {
  const izh_plot_layout *layout;
  const uint32_t *order; /* [n_spikes] the spikes by series, in a series by time */
  const size_t *start;   /* [n_series + 1] where each series begins in `order` */
  double w, h;           /* of a dot, in pt */
  bool image;            /* draw an image, not paths; in a PNG it is always an image */
  /* Draws onto white what is behind the dots, since an image is opaque; may be NULL. */
  void (*background)(const izh_plot_panel *panel, cairo_t *cr);
  const izh_plot_panel *panel;
} izh_dots;

/* Whether an image suits n dots of this size better than paths. */
bool izh_dots_suit_image(izh_box plot, double n, double w, double h);

/* Draws the dots of each series over those of the series before it. An image hides everything that was drawn
 * in the plot before. IZH_MEMORY. */
izh_status izh_dots_draw(const izh_dots *dots, cairo_t *cr, izh_err *err);

#endif
