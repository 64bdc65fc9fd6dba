/* Draws a matrix of numbers as colours. */
#include <math.h>
#include <stdint.h>

#include "base/alloc.h"
#include "figure/measures.h"
#include "figure/plot_panel.h"

enum { STOPS = 9, SIDE_LEAST = 1200, SIDE_MOST = 2400 /* pixels */ };

/* Viridis and magma (van der Walt and Smith), cividis (Nuñez, Anderton and Renslow), vik (Crameri), at nine
 * places each: perceptually uniform. The map for two signs goes from the warm colour of inhibition over white
 * to the cold colour of excitation; both ends are equally dark. */
static const izh_colour maps[][STOPS] = {
    [IZH_MAP_VIRIDIS] = {IZH_RGB(0x440154), IZH_RGB(0x472D7B), IZH_RGB(0x3B528B), IZH_RGB(0x2C728E),
                         IZH_RGB(0x21918C), IZH_RGB(0x28AE80), IZH_RGB(0x5EC962), IZH_RGB(0xADDC30),
                         IZH_RGB(0xFDE725)},
    [IZH_MAP_MAGMA] = {IZH_RGB(0x000004), IZH_RGB(0x1D1147), IZH_RGB(0x51127C), IZH_RGB(0x822681),
                       IZH_RGB(0xB63679), IZH_RGB(0xE65164), IZH_RGB(0xFB8861), IZH_RGB(0xFEC287),
                       IZH_RGB(0xFCFDBF)},
    [IZH_MAP_CIVIDIS] = {IZH_RGB(0x00224E), IZH_RGB(0x1A386F), IZH_RGB(0x434E6C), IZH_RGB(0x61656F),
                         IZH_RGB(0x7D7C78), IZH_RGB(0x9B9476), IZH_RGB(0xBCAE6C), IZH_RGB(0xDEC958),
                         IZH_RGB(0xFEE838)},
    [IZH_MAP_GREYS] = {IZH_RGB(0xFFFFFF), IZH_RGB(0xE2E2E2), IZH_RGB(0xC6C6C6), IZH_RGB(0xAAAAAA),
                       IZH_RGB(0x8F8F8F), IZH_RGB(0x747474), IZH_RGB(0x5A5A5A), IZH_RGB(0x424242),
                       IZH_RGB(0x1A1A1A)},
    [IZH_MAP_SIGNS] = {IZH_RGB(0x672600), IZH_RGB(0xB24A00), IZH_RGB(0xE08A47), IZH_RGB(0xF3C9A8),
                       IZH_RGB(0xFAFAFA), IZH_RGB(0xABD0E8), IZH_RGB(0x559FCE), IZH_RGB(0x00629B),
                       IZH_RGB(0x00324F)},
    [IZH_MAP_VIK] = {IZH_RGB(0x001261), IZH_RGB(0x033E7D), IZH_RGB(0x1E6F9D), IZH_RGB(0x71A8C4),
                     IZH_RGB(0xECE5E0), IZH_RGB(0xD29773), IZH_RGB(0xB0613E), IZH_RGB(0x822D09),
                     IZH_RGB(0x590008)},
};

static const izh_colour missing = IZH_RGB(0xD9D9D9);

static izh_colour colour_at(const izh_heat *heat, double fraction) {
  if (isnan(fraction)) return missing;
  const izh_colour *stops = maps[heat->map];
  double at = fmax(0, fmin(fraction, 1)) * (STOPS - 1);
  int below = (int)fmin(floor(at), STOPS - 2);
  double more = at - below;
  izh_colour a = stops[below], b = stops[below + 1];
  return (izh_colour){a.r + more * (b.r - a.r), a.g + more * (b.g - a.g), a.b + more * (b.b - a.b)};
}

static uint32_t pixel_of(izh_colour c) {
  return (uint32_t)lround(255 * c.r) << 16 | (uint32_t)lround(255 * c.g) << 8 | (uint32_t)lround(255 * c.b);
}

/* How many pixels n cells take. A cell has several pixels, since some viewers blur an image that they
 * enlarge. If there are too many cells to tell them apart, there are fewer pixels than cells. */
static size_t pixels_for(size_t n) {
  if (n > SIDE_MOST) return SIDE_MOST;
  size_t each = SIDE_LEAST / n;
  return n * (each > 1 ? each : 1);
}

/* The mean of some cells, for one pixel. Cells without a number are left out. */
static double cells_mean(const izh_heat *heat, size_t row0, size_t row1, size_t column0, size_t column1) {
  double sum = 0, n = 0;
  for (size_t row = row0; row < row1; row++) {
    for (size_t column = column0; column < column1; column++) {
      double value = heat->values[row * heat->columns + column];
      if (isnan(value)) continue;
      sum += value;
      n++;
    }
  }
  return n > 0 ? sum / n : (double)NAN;
}

static void paint_cells(const izh_plot_panel *panel, const izh_heat *heat, uint32_t *pixels, size_t w,
                        size_t h, size_t stride) {
  for (size_t line = 0; line < h; line++, pixels += stride) {
    size_t y = heat->upward ? h - 1 - line : line;
    size_t row0 = y * heat->rows / h, row1 = (y + 1) * heat->rows / h;
    if (row1 <= row0) row1 = row0 + 1;
    for (size_t x = 0; x < w; x++) {
      size_t column0 = x * heat->columns / w, column1 = (x + 1) * heat->columns / w;
      if (column1 <= column0) column1 = column0 + 1;
      double value = cells_mean(heat, row0, row1, column0, column1);
      pixels[x] = pixel_of(izh_heat_colour(panel, value));
    }
  }
}

/* Draws an image that fills the box. */
static void paint_image(cairo_t *cr, cairo_surface_t *image, izh_box box) {
  cairo_save(cr);
  cairo_translate(cr, box.x, box.y);
  cairo_scale(cr, box.w / cairo_image_surface_get_width(image),
              box.h / cairo_image_surface_get_height(image));
  cairo_set_source_surface(cr, image, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
  cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
  cairo_rectangle(cr, 0, 0, cairo_image_surface_get_width(image), cairo_image_surface_get_height(image));
  cairo_fill(cr);
  cairo_restore(cr);
}

izh_colour izh_heat_colour(const izh_plot_panel *panel, double value) {
  double fraction = isnan(value) ? value : izh_scale_fraction(&panel->layout->heat, value);
  return colour_at(panel->plot->tracks[0].heat, fraction);
}

izh_status izh_heat_draw(const izh_plot_panel *panel, cairo_t *cr, izh_err *err) {
  const izh_heat *heat = panel->plot->tracks[0].heat;
  if (heat->rows == 0 || heat->columns == 0) return IZH_OK;
  size_t w = pixels_for(heat->columns), h = pixels_for(heat->rows);
  uint32_t *pixels = izh_alloc(w * h, sizeof *pixels);
  if (!pixels) return izh_fail_memory(err, w * h * sizeof *pixels);
  paint_cells(panel, heat, pixels, w, h, w);
  cairo_surface_t *image = cairo_image_surface_create_for_data((unsigned char *)pixels, CAIRO_FORMAT_RGB24,
                                                               (int)w, (int)h, (int)(w * sizeof *pixels));
  static const cairo_user_data_key_t owner;
  bool kept = cairo_surface_set_user_data(image, &owner, pixels, izh_free) == CAIRO_STATUS_SUCCESS;
  if (kept) paint_image(cr, image, panel->layout->tracks[0].plot);
  cairo_surface_destroy(image);
  if (!kept) izh_free(pixels);
  return kept ? IZH_OK : izh_fail_memory(err, w * h * sizeof *pixels);
}

static void draw_bar_colours(const izh_plot_panel *panel, cairo_t *cr) {
  izh_box bar = panel->layout->heat_bar;
  cairo_pattern_t *colours = cairo_pattern_create_linear(0, izh_box_bottom(bar), 0, bar.y);
  for (int i = 0; i < STOPS; i++) {
    double fraction = (double)i / (STOPS - 1);
    izh_colour c = colour_at(panel->plot->tracks[0].heat, fraction);
    cairo_pattern_add_color_stop_rgb(colours, fraction, c.r, c.g, c.b);
  }
  cairo_set_source(cr, colours);
  cairo_rectangle(cr, bar.x, bar.y, bar.w, bar.h);
  cairo_fill(cr);
  cairo_pattern_destroy(colours);
}

/* The key of cells without a number. */
static void draw_missing(const izh_plot_panel *panel, izh_text *text, cairo_t *cr) {
  izh_box box = panel->layout->missing;
  const char *words = panel->plot->tracks[0].heat->missing;
  if (box.w <= 0) return;
  cairo_set_source_rgb(cr, missing.r, missing.g, missing.b);
  cairo_rectangle(cr, box.x - IZH_KEY_W, box.y + box.h / 2 - 2, IZH_KEY_W - 2.5, 4);
  cairo_fill(cr);
  izh_text_draw(text, cr, (izh_label){words, IZH_STYLE_SMALL, IZH_ALIGN_LEFT, IZH_BLACK}, box);
}

void izh_heat_draw_bar(const izh_plot_panel *panel, izh_text *text, cairo_t *cr) {
  const izh_plot_layout *layout = panel->layout;
  izh_box bar = layout->heat_bar;
  draw_bar_colours(panel, cr);
  cairo_set_source_rgb(cr, IZH_BLACK.r, IZH_BLACK.g, IZH_BLACK.b);
  cairo_set_line_width(cr, IZH_AXIS_LINE);
  for (size_t k = 0; k < layout->heat.ticks.n; k++) {
    izh_box label = izh_plot_heat_label(layout, k);
    double y = label.y + label.h / 2;
    cairo_move_to(cr, izh_box_right(bar), y);
    cairo_line_to(cr, izh_box_right(bar) + IZH_TICK_LENGTH, y);
  }
  cairo_stroke(cr);
  for (size_t k = 0; k < layout->heat.ticks.n; k++) {
    char label[IZH_SCALE_TEXT_SIZE];
    izh_text_draw(
        text, cr,
        (izh_label){izh_scale_label(&layout->heat, k, label), IZH_STYLE_SMALL, IZH_ALIGN_LEFT, IZH_BLACK},
        izh_plot_heat_label(layout, k));
  }
  char title[IZH_TITLE_SIZE];
  izh_axis axis = {.title = panel->plot->tracks[0].heat->title};
  izh_text_draw_rising(text, cr,
                       (izh_label){.text = izh_axis_title(&axis, &layout->heat, title),
                                   .style = IZH_STYLE_LABEL,
                                   .colour = IZH_BLACK},
                       layout->heat_title);
  draw_missing(panel, text, cr);
}
