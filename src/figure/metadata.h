/* What a figure's file says of where it comes from. Private to the figure library. */
#ifndef IZH_FIGURE_METADATA_H
#define IZH_FIGURE_METADATA_H

#include <cairo.h>
#include <stddef.h>

#include "figure/figure.h"

/* In a PDF: the fields of its information dictionary, and the date of creation. */
void izh_metadata_pdf(cairo_surface_t *surface, const izh_document *document);

/* In PostScript: comments at the top, of title, author and what made it, without a date. */
void izh_metadata_ps(cairo_surface_t *surface, const izh_document *document);

/* The same for the other formats, without a date: what is to be put after the <svg …> of an SVG, and the
 * chunks that follow the header of a PNG. g_free gives the bytes back. */
char *izh_metadata_svg(const izh_document *document, size_t *size);
char *izh_metadata_png(const izh_document *document, double dpi, size_t *size);

#endif
