#include "figure/raster_dots.h"

#include <math.h>

#include "base/alloc.h"
#include "base/stop.h"
#include "figure/pen.h"

/* Limits for paths. With more ink than DENSE plots, randomly placed dots cover most of the plot more than
 * once, and most paths could not be seen. With more than MOST_PATHS, a file would not open quickly. */
static const double DENSE = 1;
static const double MOST_PATHS = 200000;

/* The image is made from a fine grid of points, each inked or not. So the ink of dots that overlap counts
 * once. The grid has at least this resolution, and at least LEAST_GRID points along the side of each pixel.
 */
static const double GRID_DPI = 2400;
static const double LEAST_GRID = 4;

/* Paths are drawn in units of 1/UNIT pt. So a coordinate in a file is a whole number with few digits, and
 * cairo, which counts in 1/256 pt, keeps it exactly. */
static const double UNIT = 64;
static const double CELL = 2; /* side of a cell in units, 1/2304 inch; dots in one cell are drawn once */

typedef struct box {
  long x, y, w, h;
} box;

/* The points of the area of one series, a bit for each. */
typedef struct grid {
  double scale; /* points of the grid in a pt */
  box area;     /* where on the page, in points of the grid */
  size_t words; /* in a row of bits */
  uint64_t *bits;
} grid;

static const izh_track *track_of(const izh_dots *dots) {
  return &dots->layout->plot->tracks[0];
}

static izh_box plot_of(const izh_dots *dots) {
  return dots->layout->tracks[0].plot;
}

static double dot_x(const izh_dots *dots, size_t spike) {
  const izh_raster *raster = track_of(dots)->raster;
  return izh_plot_x(dots->layout, raster->per_ms * raster->t_ms[spike]);
}

static double row_y(const izh_dots *dots, double row) {
  return izh_plot_y(&dots->layout->tracks[0], row);
}

static double dot_y(const izh_dots *dots, size_t spike) {
  return row_y(dots, track_of(dots)->raster->row[spike]);
}

bool izh_dots_suit_image(izh_box plot, double n, double w, double h) {
  return n > MOST_PATHS || n * w * h > DENSE * plot.w * plot.h;
}

/* --- paths --- */

/* After so many dots it is asked whether to go on. */
enum { DOTS_BETWEEN = 1 << 18 };

static izh_status ask(size_t dot, izh_err *err) {
  return dot % DOTS_BETWEEN == DOTS_BETWEEN - 1 ? izh_stop_check(err) : IZH_OK;
}

/* Draws one path for each series, or more if there are many dots. Times ascend, so a dot repeats an earlier
 * one if the last dot in its row of cells is in the same cell. The cells are so small that no printer can
 * tell them apart. */
static izh_status draw_series_paths(const izh_dots *dots, size_t g, long *last, cairo_t *cr, izh_err *err) {
  izh_box plot = plot_of(dots);
  double half = round(UNIT * dots->h / 2);
  izh_status status = IZH_OK;
  for (size_t k = dots->start[g]; k < dots->start[g + 1] && !status; k++) {
    if ((k - dots->start[g]) % DOTS_BETWEEN == DOTS_BETWEEN - 1) cairo_stroke(cr);
    status = ask(k - dots->start[g], err);
    size_t i = dots->order[k];
    double x = round(UNIT * dot_x(dots, i));
    double y = round(UNIT * dot_y(dots, i));
    long row = lround((y - UNIT * plot.y) / CELL), column = lround(x / CELL);
    if (last[row] == column) continue;
    last[row] = column;
    cairo_move_to(cr, x, y - half);
    cairo_line_to(cr, x, y + half);
  }
  cairo_stroke(cr);
  return status;
}

static izh_status draw_paths(const izh_dots *dots, cairo_t *cr, izh_err *err) {
  size_t rows = (size_t)(UNIT * plot_of(dots).h / CELL) + 3;
  long *last = izh_alloc(rows, sizeof *last);
  if (!last) return izh_fail_memory(err, rows * sizeof *last);
  cairo_save(cr);
  cairo_scale(cr, 1 / UNIT, 1 / UNIT);
  cairo_set_line_width(cr, UNIT * dots->w);
  izh_status status = IZH_OK;
  for (size_t g = 0; g < track_of(dots)->n_series && !status; g++) {
    for (size_t row = 0; row < rows; row++) last[row] = -1;
    izh_set_colour(cr, izh_series_colour(&track_of(dots)->series[g]));
    status = draw_series_paths(dots, g, last, cr, err);
  }
  cairo_restore(cr);
  izh_free(last);
  return status;
}

/* --- the image --- */

/* Sets the bits begin … end - 1 of a row. */
static void set_bits(uint64_t *row, size_t begin, size_t end) {
  size_t first = begin / 64, last = (end - 1) / 64;
  uint64_t head = UINT64_MAX << begin % 64, tail = UINT64_MAX >> (63 - (end - 1) % 64);
  if (first == last) {
    row[first] |= head & tail;
    return;
  }
  row[first] |= head;
  for (size_t word = first + 1; word < last; word++) row[word] = UINT64_MAX;
  row[last] |= tail;
}

static int count_bits(const uint64_t *row, size_t begin, size_t end) {
  int n = 0;
  while (begin < end) {
    size_t stop = (begin / 64 + 1) * 64;
    if (stop > end) stop = end;
    uint64_t word = row[begin / 64] >> begin % 64;
    if (stop - begin < 64) word &= (UINT64_C(1) << (stop - begin)) - 1;
    n += __builtin_popcountll(word);
    begin = stop;
  }
  return n;
}

/* Inks the dots of a series. All dots have the same number of points, at least one, and all are in the grid.
 */
static izh_status ink_series(const izh_dots *dots, size_t g, const grid *points, izh_err *err) {
  long w = lround(fmax(1, dots->w * points->scale)), h = lround(fmax(1, dots->h * points->scale));
  izh_status status = IZH_OK;
  for (size_t k = dots->start[g]; k < dots->start[g + 1] && !status; k++) {
    status = ask(k, err);
    size_t i = dots->order[k];
    double x = dot_x(dots, i) - dots->w / 2;
    double y = dot_y(dots, i) - dots->h / 2;
    long left = lround(x * points->scale) - points->area.x, top = lround(y * points->scale) - points->area.y;
    uint64_t *row = points->bits + (size_t)top * points->words;
    for (long line = 0; line < h; line++, row += points->words)
      set_bits(row, (size_t)left, (size_t)(left + w));
  }
  return status;
}

static uint32_t mix(uint32_t under, uint32_t over, int inked, int whole) {
  uint32_t result = 0;
  for (int shift = 0; shift < 24; shift += 8) {
    int a = (int)(under >> shift & 255), b = (int)(over >> shift & 255);
    result |= (uint32_t)((a * (whole - inked) + b * inked + whole / 2) / whole) << shift;
  }
  return result;
}

static uint32_t pixel_of(izh_colour colour) {
  return (uint32_t)lround(colour.r * 255) << 16 | (uint32_t)lround(colour.g * 255) << 8 |
         (uint32_t)lround(colour.b * 255);
}

/* Lays the ink of a series over the pixels. A side of a pixel is `fine` points of the grid. */
static void print_series(const grid *points, const box *pixels, long fine, uint32_t colour,
                         unsigned char *data, int stride) {
  int whole = (int)(fine * fine);
  long first = points->area.y / fine - pixels->y, lines = points->area.h / fine;
  for (long line = 0; line < lines; line++) {
    uint32_t *out = (uint32_t *)(void *)(data + (first + line) * stride);
    const uint64_t *rows = points->bits + (size_t)(line * fine) * points->words;
    for (long x = 0; x < pixels->w; x++) {
      int inked = 0;
      for (long k = 0; k < fine; k++)
        inked += count_bits(rows + (size_t)k * points->words, (size_t)(x * fine), (size_t)((x + 1) * fine));
      if (inked > 0) out[x] = mix(out[x], colour, inked, whole);
    }
  }
}

/* The pixels that hold the dots of the rows from top to bottom (in pt), with a border of one pixel for
 * rounding. */
static box pixels_around(const izh_dots *dots, double top, double bottom, double scale) {
  izh_box plot = plot_of(dots);
  long left = (long)floor((plot.x - dots->w / 2) * scale) - 1;
  long right = (long)ceil((izh_box_right(plot) + dots->w / 2) * scale) + 1;
  long y = (long)floor((top - dots->h / 2) * scale) - 1;
  return (box){left, y, right - left, (long)ceil((bottom + dots->h / 2) * scale) + 1 - y};
}

static box series_pixels(const izh_dots *dots, size_t g, double scale) {
  const izh_rows *rows = &track_of(dots)->series[g].rows;
  double last = (double)rows->first + rows->n - 1;
  return pixels_around(dots, row_y(dots, last), row_y(dots, rows->first), scale);
}

static izh_status print_all(const izh_dots *dots, const box *pixels, double scale, cairo_surface_t *image,
                            izh_err *err) {
  double fine = fmax(LEAST_GRID, ceil(GRID_DPI / (72 * scale)));
  for (size_t g = 0; g < track_of(dots)->n_series; g++) {
    if (dots->start[g] == dots->start[g + 1]) continue;
    box own = series_pixels(dots, g, scale);
    grid points = {.scale = scale * fine};
    points.area = (box){own.x * (long)fine, own.y * (long)fine, own.w * (long)fine, own.h * (long)fine};
    points.words = (size_t)points.area.w / 64 + 1;
    points.bits = izh_alloc_zero((size_t)points.area.h * points.words, sizeof *points.bits);
    if (!points.bits) return izh_fail_memory(err, (size_t)points.area.h * points.words * sizeof *points.bits);
    izh_status status = ink_series(dots, g, &points, err);
    if (!status)
      print_series(&points, pixels, (long)fine, pixel_of(izh_series_colour(&track_of(dots)->series[g])),
                   cairo_image_surface_get_data(image), cairo_image_surface_get_stride(image));
    izh_free(points.bits);
    if (status) return status;
  }
  return IZH_OK;
}

/* Paints the image. Its pixels coincide with pixels of the page, which begin in its corner, so nothing is
 * interpolated in print. An SVG is shown at many sizes; if it were not smoothed, a browser would leave out
 * pixels. */
static void paint(cairo_t *cr, cairo_surface_t *image, const box *pixels, double scale) {
  bool svg = cairo_surface_get_type(cairo_get_target(cr)) == CAIRO_SURFACE_TYPE_SVG;
  cairo_save(cr);
  cairo_scale(cr, 1 / scale, 1 / scale);
  cairo_set_source_surface(cr, image, (double)pixels->x, (double)pixels->y);
  cairo_pattern_set_filter(cairo_get_source(cr), svg ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
  cairo_paint(cr);
  cairo_restore(cr);
}

static cairo_status_t paint_background(const izh_dots *dots, cairo_surface_t *image, const box *pixels,
                                       double scale) {
  cairo_t *cr = cairo_create(image);
  cairo_set_source_rgb(cr, 1, 1, 1);
  cairo_paint(cr);
  cairo_translate(cr, (double)-pixels->x, (double)-pixels->y);
  cairo_scale(cr, scale, scale);
  if (dots->background) dots->background(dots->panel, cr);
  cairo_status_t status = cairo_status(cr);
  cairo_destroy(cr);
  cairo_surface_flush(image);
  return status;
}

static izh_status draw_image(const izh_dots *dots, double scale, cairo_t *cr, izh_err *err) {
  izh_box plot = plot_of(dots);
  box pixels = pixels_around(dots, plot.y, izh_box_bottom(plot), scale);
  cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)pixels.w, (int)pixels.h);
  izh_status status = IZH_OK;
  if (cairo_surface_status(image) || paint_background(dots, image, &pixels, scale)) {
    status = izh_fail_memory(err, 4 * (size_t)pixels.w * (size_t)pixels.h);
  } else {
    status = print_all(dots, &pixels, scale, image, err);
    cairo_surface_mark_dirty(image);
    if (status == IZH_OK) paint(cr, image, &pixels, scale);
  }
  cairo_surface_destroy(image);
  return status;
}

izh_status izh_dots_draw(const izh_dots *dots, cairo_t *cr, izh_err *err) {
  if (dots->start[track_of(dots)->n_series] == 0) return IZH_OK;
  if (cairo_surface_get_type(cairo_get_target(cr)) == CAIRO_SURFACE_TYPE_IMAGE) {
    cairo_matrix_t matrix;
    cairo_get_matrix(cr, &matrix);
    return draw_image(dots, matrix.xx, cr, err);
  }
  return dots->image ? draw_image(dots, IZH_DOTS_DPI / 72, cr, err) : draw_paths(dots, cr, err);
}
