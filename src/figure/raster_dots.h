/* The dots of a raster: paths, or an image if there are too many. Private to the figure library. */
#ifndef IZH_FIGURE_RASTER_DOTS_H
#define IZH_FIGURE_RASTER_DOTS_H

#include <cairo.h>

#include "figure/figure.h"
#include "figure/palette.h"
#include "figure/raster_layout.h"

#define IZH_DOTS_DPI 600.0  /* of the image, in a PDF, SVG or PostScript */
#define IZH_DOTS_PIXEL 0.12 /* side of its pixels, in pt */

/* Spikes by group. All arrays belong to the caller. */
typedef struct izh_dots {
  const izh_raster_layout *layout;
  const uint32_t *order;     /* [n_spikes] the spikes by group, in a group by time */
  const size_t *start;       /* [n_groups + 1] where each group begins in `order` */
  const izh_colour *colours; /* [n_groups] */
  size_t n_groups;           /* at least 1 */
  double w, h;               /* of a dot, in pt */
  bool image;                /* draw an image, not paths; in a PNG it is always an image */
  /* Draws onto white what is behind the dots, since an image is opaque; may be NULL. */
  void (*background)(const void *panel, cairo_t *cr);
  const void *panel;
} izh_dots;

/* Whether an image suits n dots of this size better than paths. */
bool izh_dots_suit_image(izh_box plot, double n, double w, double h);

/* Draws the dots of each group over those of the groups before it. An image hides everything that was drawn
 * in the plot before. IZH_MEMORY. */
izh_status izh_dots_draw(const izh_dots *dots, cairo_t *cr, izh_err *err);

#endif
