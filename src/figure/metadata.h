/* Metadata: what the file of a figure says about its origin. Private to the figure library. */
#ifndef IZH_FIGURE_METADATA_H
#define IZH_FIGURE_METADATA_H

#include <cairo.h>
#include <stddef.h>

#include "figure/figure.h"

/* PDF: sets the fields of its information dictionary, and the date of creation. */
void izh_metadata_pdf(cairo_surface_t *surface, const izh_document *document);

/* PostScript: adds comments at the top, without a date. */
void izh_metadata_ps(cairo_surface_t *surface, const izh_document *document);

/* The other formats: return the bytes to insert after the <svg …> of an SVG, or after the header of a PNG.
 * They have no date, and are freed with g_free. */
char *izh_metadata_svg(const izh_document *document, size_t *size);
char *izh_metadata_png(const izh_document *document, double dpi, size_t *size);

/* PDF: returns the bytes to append to a whole file, with the attachments; formats/carried.h reads them. NULL
 * when there are none, or when cairo has written the file in a way that is not known here. */
char *izh_metadata_pdf_update(const izh_document *document, const char *pdf, size_t pdf_size, size_t *size);

#endif
