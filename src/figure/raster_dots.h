/* The dots of a raster: paths, or an image where they are too many. Private to the figure library. */
#ifndef IZH_FIGURE_RASTER_DOTS_H
#define IZH_FIGURE_RASTER_DOTS_H

#include <cairo.h>

#include "figure/figure.h"
#include "figure/palette.h"
#include "figure/raster_layout.h"

#define IZH_DOTS_DPI 600.0  /* of the image, in formats that are not images themselves */
#define IZH_DOTS_PIXEL 0.12 /* pt */

/* Spikes by group. All arrays belong to the caller. */
typedef struct izh_dots {
  const izh_raster_layout *layout;
  const uint32_t *order;     /* [n_spikes] spikes by group, each group's in order of time */
  const size_t *start;       /* [n_groups + 1] where each group begins in order */
  const izh_colour *colours; /* [n_groups] */
  size_t n_groups;           /* at least 1 */
  double w, h;               /* of a dot, pt */
  bool image;                /* not paths; a page that is an image gets one anyway */
  /* Draws what is behind the dots of an image, which is opaque, onto white; may be NULL. */
  void (*background)(const void *panel, cairo_t *cr);
  const void *panel;
} izh_dots;

/* Whether n dots of this size are better an image. */
bool izh_dots_suit_image(izh_box plot, double n, double w, double h);

/* Draws the dots of each group over those of the groups before it. Where they become an image, nothing that
 * was drawn in the plot before shows. IZH_MEMORY. */
izh_status izh_dots_draw(const izh_dots *dots, cairo_t *cr, izh_err *err);

#endif
