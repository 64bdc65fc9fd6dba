/* A raster in characters, for a terminal. */
#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "figure/axis.h"
#include "figure/check.h"
#include "figure/markup.h"
#include "figure/plot_raster.h"
#include "figure/rate.h"

enum {
  RASTER_LINES = IZH_TEXT_ROWS / 4,
  RATE_LINES = 3,
  LABEL_MOST = 16, /* columns for the name of a population */
  WIDTH_LEAST = 30,
  WIDTH_MOST = 240,
  LINES_MOST = RASTER_LINES + RATE_LINES + 8
};

typedef struct canvas {
  const izh_plot *plot;
  const izh_track *dots; /* the first track */
  const izh_raster *raster;
  bool utf8;
  int width, lines;
  int left, plot_w, plot_h;              /* columns and lines of the plots */
  double first_id, rows;                 /* of the raster */
  gunichar cell[LINES_MOST][WIDTH_MOST]; /* 0: the second half of a wide character */
} canvas;

static int char_width(gunichar c) {
  return g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
}

/* The text without its markup, to be freed with g_free. */
static char *plain_of(const char *text) {
  PangoAttrList *attributes = pango_attr_list_new();
  char *plain = izh_markup_read(text, 7, attributes);
  pango_attr_list_unref(attributes);
  return plain;
}

static int text_width(const char *text) {
  int width = 0;
  if (!text) return 0;
  char *plain = plain_of(text);
  for (const char *c = plain; *c; c = g_utf8_next_char(c)) width += char_width(g_utf8_get_char(c));
  g_free(plain);
  return width;
}

/* Writes at most `most` columns of the text. Characters that the terminal cannot show become question marks.
 */
static void put(canvas *c, int line, int x, int most, const char *text) {
  int end = x + most < c->width ? x + most : c->width;
  if (!text) return;
  char *plain = plain_of(text);
  for (const char *from = plain; *from; from = g_utf8_next_char(from)) {
    gunichar shown = g_utf8_get_char(from);
    if (shown < ' ' || shown == 127) shown = ' ';
    if (!c->utf8 && shown > 127) shown = '?';
    int width = char_width(shown);
    if (x + width > end) break;
    if (width > 0) c->cell[line][x] = shown;
    if (width == 2) c->cell[line][x + 1] = 0;
    x += width;
  }
  g_free(plain);
}

static void put_char(canvas *c, int line, int x, gunichar utf8, char ascii) {
  c->cell[line][x] = c->utf8 ? utf8 : (gunichar)ascii;
}

static void put_right(canvas *c, int line, int end, const char *text) {
  int width = text_width(text);
  put(c, line, end - width > 0 ? end - width : 0, width, text);
}

static char *number_text(char text[IZH_NUMBER_SIZE], double value, int decimals) {
  char format[8] = {'%', '.', (char)('0' + decimals), 'f', 0};
  return g_ascii_formatd(text, IZH_NUMBER_SIZE, format, value == 0 ? 0 : value); /* no -0 */
}

/* --- the plots --- */

static double span_of(const izh_raster *raster) {
  return raster->to_ms - raster->from_ms;
}

static int column_of(const canvas *c, double t_ms, int per_char) {
  double fraction = span_of(c->raster) > 0 ? (t_ms - c->raster->from_ms) / span_of(c->raster) : 0.5;
  int n = c->plot_w * per_char, column = (int)ceil(fraction * n) - 1;
  return column < 0 ? 0 : column >= n ? n - 1 : column;
}

/* Sets dot (x, y), counted from the upper left. Each character has 2 × 4 dots, numbered as in Unicode. */
static void set_dot(unsigned char *dots, int width, int x, int y) {
  static const unsigned char bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
  dots[(y / 4) * width + x / 2] |= bits[y % 4][x % 2];
}

/* Draws the spikes. A spike is as many dots high as its row, less one for a gap, if there is room. */
static void draw_dots(canvas *c, int top) {
  const izh_raster *raster = c->raster;
  unsigned char dots[RASTER_LINES * WIDTH_MOST] = {0};
  int high = 4 * c->plot_h, tall = (int)(high / c->rows) - 1;
  for (size_t i = 0; i < raster->n_spikes; i++) {
    if (raster->row[i] >= IZH_RASTER_HIDDEN) continue;
    int y = (int)((c->rows - 1 - (raster->row[i] - c->first_id)) / c->rows * high);
    for (int k = 0; k < (tall < 1 ? 1 : tall); k++)
      set_dot(dots, c->plot_w, column_of(c, raster->t_ms[i], 2), y + k);
  }
  for (int line = 0; line < c->plot_h; line++) {
    for (int x = 0; x < c->plot_w; x++) {
      unsigned char cell = dots[line * c->plot_w + x];
      bool upper = cell & 0x1B, lower = cell & 0xE4;
      char ascii = upper && lower ? ':' : upper ? '\'' : '.';
      if (cell) put_char(c, top + line, c->left + x, 0x2800 + cell, ascii);
    }
  }
}

/* A bin is a whole number of steps; otherwise the rate would zigzag. A column shows the bin at its middle. */
static double choose_bin(const canvas *c) {
  double bin = span_of(c->raster) / c->plot_w, dt = c->plot->tracks[1].rates->dt_ms;
  return dt > 0 ? dt * ceil(bin / dt - 1e-9) : bin;
}

/* The rate of all neurons together, hidden ones included. A bin is at least a column wide, so there are at
 * most as many bins as columns. */
static void count_rates(const canvas *c, double bin_ms, double hz[WIDTH_MOST]) {
  const izh_raster *raster = c->raster;
  size_t n_bins = izh_rate_bins(span_of(raster), bin_ms);
  double counts[WIDTH_MOST] = {0}, rows, neurons;
  izh_raster_count(c->dots, &rows, &neurons);
  for (size_t i = 0; i < raster->n_spikes; i++)
    counts[izh_rate_bin_of(raster->t_ms[i], raster->from_ms, bin_ms, n_bins)]++;
  for (int x = 0; x < c->plot_w; x++) {
    double t = raster->from_ms + span_of(raster) * (x + 0.5) / c->plot_w;
    size_t bin = izh_rate_bin_of(t, raster->from_ms, bin_ms, n_bins);
    double width_ms = fmin(bin_ms, span_of(raster) - bin_ms * (double)bin);
    hz[x] = counts[bin] / neurons / width_ms * 1000;
  }
}

/* Draws bars in steps of an eighth of a character; the highest rate fills all lines. */
static void draw_bars(canvas *c, int top, const double hz[WIDTH_MOST], double most) {
  for (int x = 0; x < c->plot_w; x++) {
    int eighths = (int)lround(hz[x] / most * 8 * RATE_LINES);
    if (hz[x] > 0 && eighths == 0) eighths = 1;
    for (int line = RATE_LINES - 1; line >= 0 && eighths > 0; line--, eighths -= 8)
      put_char(c, top + line, c->left + x, eighths >= 8 ? 0x2588 : (gunichar)(0x2580 + eighths),
               eighths > 4 ? '#' : '.');
  }
}

static void draw_rate(canvas *c, int top) {
  double hz[WIDTH_MOST] = {0}, most = 0;
  char number[IZH_NUMBER_SIZE], title[96];
  bool counted = span_of(c->raster) > 0;
  put(c, top, 0, c->width, "Rate (Hz)");
  if (counted) {
    double bin_ms = choose_bin(c);
    count_rates(c, bin_ms, hz);
    snprintf(title, sizeof title, "bin %s ms", number_text(number, bin_ms, bin_ms < 10 ? 1 : 0));
    put_right(c, top, c->left + c->plot_w, title);
  }
  for (int x = 0; x < c->plot_w; x++) most = fmax(most, hz[x]);
  if (most > 0) {
    draw_bars(c, top + 1, hz, most);
    put_right(c, top + 1, c->left - 1, number_text(number, most, most < 10 ? 1 : 0));
  }
  put_right(c, top + RATE_LINES, c->left - 1, "0");
}

/* --- around them --- */

static void draw_left(canvas *c, int top, int lines) {
  for (int line = 0; line < lines; line++) put_char(c, top + line, c->left - 1, 0x2502, '|');
}

static int line_of_row(const canvas *c, double row) {
  return (int)((c->rows - 1 - row) / c->rows * c->plot_h);
}

/* If two names would be on the same line, the name of the upper population is left out. */
static void draw_names(canvas *c, int top) {
  int x = c->left + c->plot_w + 1, last = c->plot_h;
  for (size_t g = 0; g < c->dots->n_series; g++) {
    const izh_rows *rows = &c->dots->series[g].rows;
    int line = line_of_row(c, rows->first - c->first_id + (rows->n - 1) / 2.0);
    if (line >= last) continue;
    put(c, top + line, x, c->width - x, c->dots->series[g].label);
    last = line;
  }
}

static double row_name(const canvas *c, double row) {
  return c->raster->names ? c->raster->names[(size_t)row] : c->first_id + row;
}

static void draw_ids(canvas *c, int title, int top) {
  char number[IZH_NUMBER_SIZE], note[96];
  double neurons, shown;
  put(c, title, 0, c->width, c->dots->y.title);
  izh_raster_count(c->dots, &shown, &neurons);
  if (shown < neurons) {
    snprintf(note, sizeof note, "%.0f of %.0f neurons", shown, neurons);
    put_right(c, title, c->left + c->plot_w, note);
  }
  put_right(c, top, c->left - 1, number_text(number, row_name(c, c->rows - 1), 0));
  if (c->plot_h > 1) put_right(c, top + c->plot_h - 1, c->left - 1, number_text(number, row_name(c, 0), 0));
}

static void draw_times(canvas *c, int top) {
  double scale = c->raster->per_ms;
  izh_ticks ticks = izh_ticks_along(c->raster->from_ms * scale, c->raster->to_ms * scale, c->plot_w, 1);
  put_char(c, top, c->left - 1, 0x2514, '+');
  for (int x = 0; x < c->plot_w; x++) put_char(c, top, c->left + x, 0x2500, '-');
  for (size_t k = 0; k < ticks.n; k++) {
    char number[IZH_NUMBER_SIZE];
    int x = c->left + column_of(c, ticks.at[k] / scale, 1);
    put_char(c, top, x, 0x252C, '+');
    int width = text_width(number_text(number, ticks.at[k], ticks.decimals)), start = x - width / 2;
    if (start + width > c->left + c->plot_w + 1) start = c->left + c->plot_w + 1 - width;
    put(c, top + 1, start < 0 ? 0 : start, width, number);
  }
  put(c, top + 1, c->left + c->plot_w + 2, 2, scale == 1 ? "ms" : "s");
}

/* Whether mark i is in the window. */
static bool has_mark(const canvas *c, size_t i) {
  double at = c->plot->marks[i].from;
  return at >= c->plot->x.lo && at <= c->plot->x.hi;
}

/* Each mark has an arrow, and a label if there is room. */
static void draw_marks(canvas *c, int line) {
  const izh_plot *plot = c->plot;
  for (size_t i = 0; i < plot->n_marks; i++) {
    double t = plot->marks[i].from / c->raster->per_ms;
    if (!has_mark(c, i)) continue;
    put_char(c, line, c->left + column_of(c, t, 1), 0x25BE, 'v');
  }
  for (size_t i = 0; i < plot->n_marks; i++) {
    double t = plot->marks[i].from / c->raster->per_ms;
    if (!has_mark(c, i) || !plot->marks[i].label) continue;
    int x = c->left + column_of(c, t, 1) + 1, room = 0;
    while (x + room < c->width && c->cell[line][x + room] == ' ') room++;
    if (room >= text_width(plot->marks[i].label)) put(c, line, x, room, plot->marks[i].label);
  }
}

static bool has_marks(const canvas *c) {
  for (size_t i = 0; i < c->plot->n_marks; i++)
    if (has_mark(c, i)) return true;
  return false;
}

static void draw_empty(canvas *c, int top) {
  const char *message = c->plot->empty ? c->plot->empty : "no spikes";
  if (c->raster->n_spikes > 0) return;
  int width = text_width(message), x = c->left + (c->plot_w - width) / 2;
  put(c, top + (c->plot_h - 1) / 2, x, width, message);
}

static void measure(canvas *c, int width) {
  const izh_raster *raster = c->raster;
  char number[IZH_NUMBER_SIZE];
  int label = 3; /* columns right of the plot; 3 for the unit of time */
  c->width = width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
  const izh_rows *first = &c->dots->series[0].rows, *last = &c->dots->series[c->dots->n_series - 1].rows;
  c->first_id = first->first;
  c->rows = (double)last->first + last->n - c->first_id;
  c->plot_h = c->rows < RASTER_LINES ? (int)c->rows : RASTER_LINES;
  double most = 0;
  for (double row = 0; row < c->rows; row += raster->names ? 1 : fmax(1, c->rows - 1))
    most = fmax(most, row_name(c, row));
  c->left = (int)strlen(number_text(number, most, 0)) + 2;
  if (c->left < 6) c->left = 6;
  for (size_t g = 0; g < c->dots->n_series; g++) {
    int wide = text_width(c->dots->series[g].label);
    if (wide > label) label = wide;
  }
  c->plot_w = c->width - c->left - 2 - (label > LABEL_MOST ? LABEL_MOST : label);
  for (int line = 0; line < LINES_MOST; line++)
    for (int x = 0; x < WIDTH_MOST; x++) c->cell[line][x] = ' ';
}

static void draw(canvas *c) {
  const char *title = c->plot->title;
  int line = 0;
  if (title && *title) put(c, line++, c->left, c->width - c->left, title);
  if (has_marks(c)) draw_marks(c, line++);
  draw_ids(c, line, line + 1);
  line++;
  draw_left(c, line, c->plot_h);
  draw_dots(c, line);
  draw_names(c, line);
  draw_empty(c, line);
  line += c->plot_h;
  if (c->plot->n_tracks > 1) {
    draw_rate(c, line);
    draw_left(c, line + 1, RATE_LINES);
    line += 1 + RATE_LINES;
  }
  draw_times(c, line);
  c->lines = line + 2;
}

/* Writes the lines without spaces at their ends. */
static void encode(const canvas *c, char *out) {
  for (int line = 0; line < c->lines; line++) {
    int end = c->width;
    while (end > 0 && c->cell[line][end - 1] == ' ') end--;
    for (int x = 0; x < end; x++)
      if (c->cell[line][x]) out += g_unichar_to_utf8(c->cell[line][x], out);
    *out++ = line + 1 < c->lines ? '\n' : '\0';
  }
}

izh_status izh_raster_text(const izh_plot *plot, int columns, bool utf8, char text[IZH_TEXT_SIZE],
                           izh_err *err) {
  _Static_assert(LINES_MOST * (4 * WIDTH_MOST + 1) <= IZH_TEXT_SIZE, "all characters of all lines have room");
  const izh_panel panel = {.plot = plot};
  izh_figure figure = izh_figure_default();
  figure.panels = &panel;
  figure.n_panels = 1;
  izh_status status = izh_figure_check(&figure, err);
  if (status != IZH_OK) return status;
  canvas c = {.plot = plot, .dots = plot->tracks, .raster = plot->tracks[0].raster, .utf8 = utf8};
  measure(&c, columns);
  draw(&c);
  encode(&c, text);
  return IZH_OK;
}
