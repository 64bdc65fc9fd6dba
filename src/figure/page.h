/* A page: it is drawn on with cairo, and then saved. Private to the figure library. */
#ifndef IZH_FIGURE_PAGE_H
#define IZH_FIGURE_PAGE_H

#include <cairo.h>

#include "base/status.h"
#include "figure/figure.h"

typedef struct izh_page izh_page;

typedef enum izh_format {
  IZH_FORMAT_PDF,
  IZH_FORMAT_SVG,
  IZH_FORMAT_PNG,
  IZH_FORMAT_EPS,
  IZH_FORMAT_PS
} izh_format;

typedef struct izh_page_def {
  izh_format format;
  double width_pt, height_pt;
  double dpi; /* of a PNG */
  izh_document document;
} izh_page_def;

/* The format that the ending of path asks for. IZH_ARGUMENT when it is none of these. */
izh_status izh_format_of(const char *path, izh_format *format, izh_err *err);

/* Makes an empty white page. IZH_SIZE, IZH_MEMORY, IZH_DRAW. */
izh_status izh_page_open(const izh_page_def *def, izh_page **page, izh_err *err);

/* The cairo context of the page; its unit is pt in every format. The page owns it. */
cairo_t *izh_page_cairo(izh_page *page);

/* These three end the drawing: after one of them, only izh_page_close may be called. IZH_MEMORY, IZH_DRAW,
 * IZH_STOPPED. */

/* Writes the file. IZH_IO. */
izh_status izh_page_save(izh_page *page, const char *path, izh_err *err);
/* What is to be in the file; the page owns it. */
izh_status izh_page_bytes(izh_page *page, const char **bytes, size_t *size, izh_err *err);
/* The pixels of a PNG, an image of CAIRO_FORMAT_RGB24; the page owns it. */
izh_status izh_page_pixels(izh_page *page, cairo_surface_t **pixels, izh_err *err);

void izh_page_close(izh_page *page); /* NULL is allowed */

#endif
