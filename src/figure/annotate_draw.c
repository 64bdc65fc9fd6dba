#include "figure/annotate_draw.h"

#include <math.h>

#include "figure/measures.h"
#include "figure/pen.h"

static const double HEAD = 3.2, HEAD_HALF = 1.2; /* length and half the width of the head of an arrow */
enum { SLOPE_STEPS = 128 };

static double limited(double value, double lo, double hi) {
  return fmax(lo, fmin(value, hi));
}

/* --- marks --- */

static bool is_band(const izh_mark *mark) {
  return mark->to > mark->from;
}

/* Fills the path, or where that would hide data draws it as an outline. */
static void fill_band(cairo_t *cr, const izh_field *field, izh_colour outline) {
  if (field->full) izh_set_line(cr, outline, IZH_AXIS_LINE);
  if (field->full)
    cairo_stroke(cr);
  else
    cairo_fill(cr);
}

void izh_marks_draw_bands(const izh_marks *marks, const izh_field *field, cairo_t *cr) {
  izh_set_colour(cr, izh_colour_tint(IZH_BLACK, IZH_BAND_TINT));
  for (size_t i = 0; i < marks->n_flags; i++) {
    const izh_mark *mark = &marks->given[marks->flags[i].index];
    if (!is_band(mark)) continue;
    double from = marks->flags[i].x, to = izh_field_x(field, fmin(mark->to, field->x->hi));
    cairo_rectangle(cr, from, field->plot.y, to - from, field->bottom - field->plot.y);
    fill_band(cr, field, IZH_WHITE);
  }
}

void izh_marks_draw(const izh_marks *marks, const izh_field *field, izh_text *text, cairo_t *cr) {
  izh_set_line(cr, IZH_GREY, IZH_AXIS_LINE);
  for (size_t i = 0; i < marks->n_flags; i++) {
    const izh_flag *flag = &marks->flags[i];
    izh_box label = marks->labels[i];
    double top = label.w <= 0 ? field->plot.y : flag->start < flag->x ? izh_box_bottom(label) : label.y + 1;
    /* the line of a band only connects it to its label */
    izh_add_line(cr, flag->x, top, flag->x,
                 is_band(&marks->given[flag->index]) ? field->plot.y : field->bottom);
  }
  cairo_stroke(cr);
  for (size_t i = 0; i < marks->n_flags; i++) {
    izh_box label = marks->labels[i];
    if (label.w <= 0) continue;
    /* the line of a mark at the right edge may pass behind a label that was moved left */
    izh_set_colour(cr, IZH_WHITE);
    cairo_rectangle(cr, label.x, label.y + 0.5, label.w, label.h - 1);
    cairo_fill(cr);
    const char *words = marks->given[marks->flags[i].index].label;
    izh_text_draw(text, cr, (izh_label){words, IZH_STYLE_SMALL, IZH_ALIGN_LEFT, IZH_BLACK}, label);
  }
}

/* --- overlays --- */

void izh_overlays_measure(izh_overlays *overlays, izh_text *text) {
  for (size_t i = 0; i < overlays->n; i++)
    overlays->widths[i] = izh_text_width(text, IZH_STYLE_SMALL, overlays->given[i].label);
}

void izh_set_dash(cairo_t *cr, izh_dash dash) {
  static const double dashes[][4] = {[IZH_DASH_DASHED] = {4, 1.5, 4, 1.5},
                                     [IZH_DASH_DOTTED] = {1.2, 1.2, 1.2, 1.2},
                                     [IZH_DASH_DASHDOT] = {4, 1.2, 1, 1.2}};
  if (dash >= IZH_DASH_DASHED) cairo_set_dash(cr, dashes[dash], 4, 0);
}

static izh_colour colour_of(const izh_overlay *overlay, izh_colour otherwise) {
  return izh_colour_or(overlay->colour, otherwise);
}

static void draw_band(const izh_field *field, const izh_overlay *overlay, cairo_t *cr) {
  izh_box plot = field->plot;
  double x = plot.x, end = izh_box_right(plot), y = plot.y, bottom = izh_box_bottom(plot);
  if (!isnan(overlay->x)) {
    double from = izh_field_x(field, overlay->x), to = izh_field_x(field, overlay->x1);
    x = limited(fmin(from, to), plot.x, end);
    end = limited(fmax(from, to), plot.x, end);
  } else {
    double from = izh_field_y(field, overlay->y), to = izh_field_y(field, overlay->y1);
    y = limited(fmin(from, to), plot.y, bottom);
    bottom = limited(fmax(from, to), plot.y, bottom);
  }
  double tint = overlay->colour ? 2 * IZH_BAND_TINT : IZH_BAND_TINT;
  izh_set_colour(cr, izh_colour_tint(colour_of(overlay, IZH_BLACK), tint));
  cairo_rectangle(cr, x, y, end - x, bottom - y);
  fill_band(cr, field, colour_of(overlay, IZH_WHITE));
}

static void slope_path(const izh_field *field, const izh_overlay *overlay, cairo_t *cr) {
  for (int i = 0; i <= SLOPE_STEPS; i++) {
    double x = izh_scale_value(field->x, (double)i / SLOPE_STEPS), y = overlay->y + overlay->x1 * x;
    if (field->y->log && y <= 0) continue;
    double at = limited(izh_field_y(field, y), field->plot.y - 1e4, field->plot.y + 1e4);
    cairo_line_to(cr, izh_field_x(field, x), at);
  }
}

static void draw_line(const izh_field *field, const izh_overlay *overlay, cairo_t *cr) {
  izh_box plot = field->plot;
  cairo_save(cr);
  cairo_new_path(cr);
  izh_set_line(cr, colour_of(overlay, IZH_GREY), IZH_AXIS_LINE);
  izh_set_dash(cr, overlay->dash);
  if (overlay->kind == IZH_OVERLAY_SLOPE) {
    slope_path(field, overlay, cr);
  } else if (!isnan(overlay->y)) {
    double y = izh_field_y(field, overlay->y);
    izh_add_line(cr, plot.x, y, izh_box_right(plot), y);
  } else {
    double x = izh_field_x(field, overlay->x);
    izh_add_line(cr, x, plot.y, x, izh_box_bottom(plot));
  }
  cairo_stroke(cr);
  cairo_restore(cr);
}

static void clip(const izh_field *field, cairo_t *cr) {
  cairo_save(cr);
  cairo_rectangle(cr, field->plot.x, field->plot.y, field->plot.w, field->plot.h);
  cairo_clip(cr);
}

void izh_overlays_draw_behind(const izh_overlays *overlays, const izh_field *field, cairo_t *cr) {
  if (overlays->n == 0) return;
  clip(field, cr);
  for (size_t i = 0; i < overlays->n; i++)
    if (overlays->given[i].kind == IZH_OVERLAY_BAND) draw_band(field, &overlays->given[i], cr);
  for (size_t i = 0; i < overlays->n; i++)
    if (overlays->given[i].kind <= IZH_OVERLAY_SLOPE) draw_line(field, &overlays->given[i], cr);
  cairo_restore(cr);
}

static void draw_arrow(const izh_field *field, const izh_overlay *overlay, cairo_t *cr) {
  double x = izh_field_x(field, overlay->x), y = izh_field_y(field, overlay->y);
  double to_x = izh_field_x(field, overlay->x1), to_y = izh_field_y(field, overlay->y1);
  double length = hypot(to_x - x, to_y - y);
  if (!(length > 0)) return;
  double ux = (to_x - x) / length, uy = (to_y - y) / length;
  double neck_x = to_x - HEAD * ux, neck_y = to_y - HEAD * uy;
  izh_set_line(cr, colour_of(overlay, IZH_BLACK), IZH_AXIS_LINE);
  cairo_new_path(cr);
  izh_add_line(cr, x, y, neck_x, neck_y);
  cairo_stroke(cr);
  cairo_move_to(cr, to_x, to_y);
  cairo_line_to(cr, neck_x - HEAD_HALF * uy, neck_y + HEAD_HALF * ux);
  cairo_line_to(cr, neck_x + HEAD_HALF * uy, neck_y - HEAD_HALF * ux);
  cairo_close_path(cr);
  cairo_fill(cr);
}

void izh_overlays_draw_front(const izh_overlays *overlays, const izh_field *field, izh_text *text,
                             cairo_t *cr) {
  if (overlays->n == 0) return;
  clip(field, cr);
  for (size_t i = 0; i < overlays->n; i++)
    if (overlays->given[i].kind == IZH_OVERLAY_ARROW) draw_arrow(field, &overlays->given[i], cr);
  cairo_restore(cr);
  for (size_t i = 0; i < overlays->n; i++) {
    const izh_overlay *overlay = &overlays->given[i];
    izh_colour colour = colour_of(overlay, overlay->kind >= IZH_OVERLAY_TEXT ? IZH_BLACK : IZH_GREY);
    izh_label label = {overlay->label, IZH_STYLE_SMALL, IZH_ALIGN_LEFT, colour};
    if (field->full)
      izh_text_draw(text, cr, label, overlays->labels[i]);
    else
      izh_text_draw_over(text, cr, label, overlays->labels[i]);
  }
}

/* --- ticks --- */

void izh_ticks_measure(izh_scale_tick *ticks, size_t n, izh_text *text) {
  for (size_t i = 0; i < n; i++) {
    ticks[i].width = izh_text_width(text, IZH_STYLE_SMALL, ticks[i].label);
    ticks[i].folded = izh_text_folded(text, IZH_STYLE_SMALL, ticks[i].label);
  }
}

void izh_tick_draw(const izh_scale *scale, size_t k, izh_text *text, cairo_t *cr, izh_box box) {
  char number[IZH_SCALE_TEXT_SIZE];
  const char *words = izh_scale_label(scale, k, number);
  izh_label label = {words, IZH_STYLE_SMALL, IZH_ALIGN_CENTRE, IZH_BLACK};
  if (scale->rising)
    izh_text_draw_rising(text, cr, label, box);
  else if (scale->folded)
    izh_text_draw_lines(text, cr, label, box, izh_text_lines(text, IZH_STYLE_SMALL, words, box.w));
  else
    izh_text_draw(text, cr, label, box);
}
