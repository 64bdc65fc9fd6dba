#include "figure/page.h"

#include <cairo-pdf.h>
#include <cairo-ps.h>
#include <cairo-svg.h>
#include <glib.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "base/output.h"
#include "base/stop.h"
#include "figure/metadata.h"

enum { PNG_SIDE_MAX = 32767 };

/* The file is made in memory first. So its bytes can be corrected (below), and a drawing that fails leaves
 * nothing on disk. */
struct izh_page {
  izh_page_def def;
  cairo_surface_t *surface;
  cairo_t *cr;
  char *bytes; /* [size] */
  size_t size, capacity;
  bool short_of_memory;
  bool stopped; /* the user wants that */
};

izh_status izh_format_of(const char *path, izh_format *format, izh_err *err) {
  static const char *const endings[] = {[IZH_FORMAT_PDF] = ".pdf",
                                        [IZH_FORMAT_SVG] = ".svg",
                                        [IZH_FORMAT_PNG] = ".png",
                                        [IZH_FORMAT_EPS] = ".eps",
                                        [IZH_FORMAT_PS] = ".ps"};
  const char *dot = strrchr(path, '.');
  for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++) {
    if (strcasecmp(dot, endings[i]) != 0) continue;
    *format = (izh_format)i;
    return IZH_OK;
  }
  return izh_fail(err, IZH_ARGUMENT, "the file name must end in .pdf, .svg, .png, .eps or .ps: \"%s\"", path);
}

/* Pages are drawn into memory, but cairo uses a temporary file for PostScript on the way. */
static izh_status cairo_failure(cairo_status_t status, izh_err *err) {
  if (status == CAIRO_STATUS_WRITE_ERROR || status == CAIRO_STATUS_TEMP_FILE_ERROR)
    return izh_fail(err, IZH_IO, "drawing failed: cannot write a temporary file in \"%s\": is there room?",
                    P_tmpdir);
  return izh_fail(err, status == CAIRO_STATUS_NO_MEMORY ? IZH_MEMORY : IZH_DRAW, "drawing failed: %s",
                  cairo_status_to_string(status));
}

static cairo_status_t collect(void *closure, const unsigned char *data, unsigned length) {
  izh_page *page = closure;
  page->stopped = page->stopped || izh_stop_check(NULL);
  if (page->stopped) return CAIRO_STATUS_WRITE_ERROR;
  char *bytes = izh_grow(page->bytes, &page->capacity, page->size + length, 1);
  if (!bytes) {
    page->short_of_memory = true;
    return CAIRO_STATUS_WRITE_ERROR;
  }
  page->bytes = bytes;
  memcpy(bytes + page->size, data, length);
  page->size += length;
  return CAIRO_STATUS_SUCCESS;
}

static izh_status pixels_check(double width, double height, izh_err *err) {
  char need[IZH_BYTES_TEXT_SIZE];
  double bytes = 4 * width * height;
  if (width <= PNG_SIDE_MAX && height <= PNG_SIDE_MAX && bytes < (double)izh_memory_free()) return IZH_OK;
  izh_bytes_text(need, (unsigned long long)bytes);
  return izh_fail(err, IZH_SIZE, "a PNG of %.0f × %.0f pixels (%s) is too large; lower its dpi or size",
                  width, height, need);
}

static izh_status open_png(izh_page *page, izh_err *err) {
  double scale = page->def.dpi / 72;
  double width = fmax(1, round(page->def.width_pt * scale)),
         height = fmax(1, round(page->def.height_pt * scale));
  izh_status status = pixels_check(width, height, err);
  if (status != IZH_OK) return status;
  page->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
  page->cr = cairo_create(page->surface);
  cairo_set_source_rgb(page->cr, 1, 1, 1);
  cairo_paint(page->cr);
  cairo_scale(page->cr, scale, scale);
  return IZH_OK;
}

static void open_vector(izh_page *page) {
  double width = page->def.width_pt, height = page->def.height_pt;
  if (page->def.format == IZH_FORMAT_PDF) {
    page->surface = cairo_pdf_surface_create_for_stream(collect, page, width, height);
    /* the script is attached behind a plain table of objects (metadata_pdf.c), which cairo writes into
     * PDF 1.4 only, from 1.17 on */
    if (cairo_version() >= CAIRO_VERSION_ENCODE(1, 17, 0))
      cairo_pdf_surface_restrict_to_version(page->surface, CAIRO_PDF_VERSION_1_4);
    izh_metadata_pdf(page->surface, &page->def.document);
  } else if (page->def.format == IZH_FORMAT_EPS || page->def.format == IZH_FORMAT_PS) {
    page->surface = cairo_ps_surface_create_for_stream(collect, page, width, height);
    cairo_ps_surface_set_eps(page->surface, page->def.format == IZH_FORMAT_EPS);
    izh_metadata_ps(page->surface, &page->def.document);
  } else {
    page->surface = cairo_svg_surface_create_for_stream(collect, page, width, height);
  }
  page->cr = cairo_create(page->surface);
  if (page->def.format != IZH_FORMAT_EPS) return;
  cairo_set_source_rgb(page->cr, 1, 1, 1); /* without this, the bounding box would be that of the drawing */
  cairo_paint(page->cr);
}

izh_status izh_page_open(const izh_page_def *def, izh_page **result, izh_err *err) {
  izh_page *page = izh_alloc_zero(1, sizeof *page);
  if (!page) return izh_fail_memory(err, sizeof *page);
  page->def = *def;
  izh_status status = IZH_OK;
  if (def->format == IZH_FORMAT_PNG) {
    status = open_png(page, err);
  } else {
    open_vector(page);
  }
  if (status == IZH_OK && cairo_status(page->cr)) status = cairo_failure(cairo_status(page->cr), err);
  if (status != IZH_OK) {
    izh_page_close(page);
    return status;
  }
  *result = page;
  return IZH_OK;
}

cairo_t *izh_page_cairo(izh_page *page) {
  return page->cr;
}

/* Inserts `size` bytes at a position, and frees them with g_free. */
static bool insert(izh_page *page, size_t at, char *data, size_t size) {
  char *bytes = izh_grow(page->bytes, &page->capacity, page->size + size, 1);
  if (bytes) {
    memmove(bytes + at + size, bytes + at, page->size - at);
    memcpy(bytes + at, data, size);
    page->bytes = bytes;
    page->size += size;
  }
  g_free(data);
  return bytes;
}

/* Appends the attachments. */
static bool pdf_complete(izh_page *page) {
  size_t size;
  char *data = izh_metadata_pdf_update(&page->def.document, page->bytes, page->size, &size);
  return !data || insert(page, page->size, data, size);
}

/* Inserts the metadata after the first chunk. In every PNG that is a signature of 8 bytes and a chunk of 25.
 */
static bool png_complete(izh_page *page) {
  size_t size;
  char *data = izh_metadata_png(&page->def.document, page->def.dpi, &size);
  return insert(page, 8 + 25, data, size);
}

/* If `text` begins with a quote and a name that cairo made (of the group of a page, of an image, or of a use
 * of an image): where the digits of its counter end; *digits is where they begin. Else NULL. */
static const char *svg_counter(const char *text, const char *end, const char **digits) {
  static const char *const names[] = {"\"surface", "\"image", "\"#image"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    size_t length = strlen(names[i]);
    if ((size_t)(end - text) <= length || memcmp(text, names[i], length) != 0) continue;
    const char *to = *digits = text + length;
    while (to < end && *to >= '0' && *to <= '9') to++;
    if (to > *digits && to < end && *to == '"') return to;
  }
  return NULL;
}

/* Replaces counters by numbers: the n-th new counter becomes n, which does not have more digits. *known holds
 * the counters so far. */
static size_t svg_number(long counter, long **known, size_t *n, size_t *capacity) {
  for (size_t i = 0; i < *n; i++)
    if ((*known)[i] == counter) return i + 1;
  long *grown = izh_grow(*known, capacity, *n + 1, sizeof **known);
  if (!grown) return 0;
  *known = grown;
  grown[(*n)++] = counter;
  return *n;
}

/* Renumbers the names in an SVG. Cairo takes them from a counter of all surfaces, so they would depend on
 * what this process drew before. */
static bool svg_renumber(izh_page *page) {
  const char *from = page->bytes, *end = from + page->size, *digits;
  char *to = page->bytes;
  long *known = NULL;
  size_t n = 0, capacity = 0, number = 1;
  while (from < end && number > 0) {
    const char *stop = *from == '"' ? svg_counter(from, end, &digits) : NULL;
    if (!stop) {
      *to++ = *from++;
      continue;
    }
    number = svg_number(strtol(digits, NULL, 10), &known, &n, &capacity);
    memmove(to, from, (size_t)(digits - from));
    to += digits - from;
    char text[24];
    int length = snprintf(text, sizeof text, "%zu", number);
    memcpy(to, text, (size_t)length);
    to += length;
    from = stop;
  }
  izh_free(known);
  page->size = (size_t)(to - page->bytes);
  return number > 0;
}

static bool svg_complete(izh_page *page) {
  if (!svg_renumber(page)) return false;
  const char *root = memmem(page->bytes, page->size, "<svg", 4);
  const char *end = root ? memchr(root, '>', (size_t)(page->bytes + page->size - root)) : NULL;
  if (!end) return true;
  size_t size, at = (size_t)(end + 1 - page->bytes);
  char *data = izh_metadata_svg(&page->def.document, &size);
  return insert(page, at, data, size);
}

/* Removes the date that cairo writes into PostScript, since the same page must have the same bytes at any
 * time. */
static void ps_drop_date(izh_page *page) {
  static const char name[] = "%%CreationDate:";
  char *line = memmem(page->bytes, page->size, name, sizeof name - 1), *end = page->bytes + page->size;
  char *next = line ? memchr(line, '\n', (size_t)(end - line)) : NULL;
  if (!next) return;
  memmove(line, next + 1, (size_t)(end - next - 1));
  page->size -= (size_t)(next + 1 - line);
}

static cairo_status_t finish(izh_page *page) {
  cairo_show_page(page->cr);
  cairo_status_t status = cairo_status(page->cr);
  if (!status && page->def.format == IZH_FORMAT_PNG) {
    status = cairo_surface_write_to_png_stream(page->surface, collect, page);
  }
  cairo_surface_finish(page->surface);
  return status ? status : cairo_surface_status(page->surface);
}

izh_status izh_page_bytes(izh_page *page, const char **bytes, size_t *size, izh_err *err) {
  cairo_status_t drawn = finish(page);
  if (!drawn && page->def.format == IZH_FORMAT_PDF) page->short_of_memory = !pdf_complete(page);
  if (!drawn && page->def.format == IZH_FORMAT_PNG) page->short_of_memory = !png_complete(page);
  if (!drawn && page->def.format == IZH_FORMAT_SVG) page->short_of_memory = !svg_complete(page);
  bool ps = page->def.format == IZH_FORMAT_EPS || page->def.format == IZH_FORMAT_PS;
  if (!drawn && ps) ps_drop_date(page);
  if (page->stopped) return izh_fail(err, IZH_STOPPED, "interrupted");
  if (page->short_of_memory) return izh_fail_memory(err, page->capacity);
  if (drawn) return cairo_failure(drawn, err);
  *bytes = page->bytes;
  *size = page->size;
  return IZH_OK;
}

izh_status izh_page_pixels(izh_page *page, cairo_surface_t **pixels, izh_err *err) {
  cairo_status_t drawn = cairo_status(page->cr);
  if (drawn) return cairo_failure(drawn, err);
  cairo_surface_flush(page->surface);
  *pixels = page->surface;
  return izh_stop_check(err);
}

izh_status izh_page_save(izh_page *page, const char *path, izh_err *err) {
  const char *bytes;
  size_t size;
  izh_status status = izh_page_bytes(page, &bytes, &size, err);
  return status == IZH_OK ? izh_output_file(path, bytes, size, err) : status;
}

void izh_page_close(izh_page *page) {
  if (!page) return;
  if (page->cr) cairo_destroy(page->cr);
  if (page->surface) cairo_surface_destroy(page->surface);
  izh_free(page->bytes);
  izh_free(page);
}
