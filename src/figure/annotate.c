#include "figure/annotate.h"

#include <math.h>

#include "base/alloc.h"
#include "figure/measures.h"

static const double FLAG_PAD = 2; /* between the line of a mark and its label */
static const double PAD = 2;      /* between a label in the plot and what it is of */
enum { SLOPE_STEPS = 128 };

static double limited(double value, double lo, double hi) {
  return fmax(lo, fmin(value, hi));
}

double izh_field_x(const izh_field *field, double x) {
  return field->plot.x + izh_scale_fraction(field->x, x) * field->plot.w;
}

double izh_field_y(const izh_field *field, double y) {
  double up = izh_scale_fraction(field->y, y) * field->plot.h;
  return field->down ? field->plot.y + up : izh_box_bottom(field->plot) - up;
}

izh_status izh_marks_init(izh_marks *marks, const izh_mark *given, size_t n, izh_err *err) {
  *marks = (izh_marks){.given = given, .n_given = n};
  marks->flags = izh_alloc_zero(n, sizeof *marks->flags);
  marks->labels = izh_alloc_zero(n, sizeof *marks->labels);
  return marks->flags && marks->labels ? IZH_OK : izh_fail_memory(err, n * sizeof *marks->flags);
}

void izh_marks_free(izh_marks *marks) {
  izh_free(marks->flags);
  izh_free(marks->labels);
}

/* Marks at the ends of the range are drawn too: a change "at 500" shows in a window from 500 on. A band is
 * drawn as far as it is within the range. */
void izh_marks_stack(izh_marks *marks, const double *widths, const izh_field *field, double limit) {
  marks->n_flags = 0;
  for (size_t i = 0; i < marks->n_given; i++) {
    double from = marks->given[i].from, to = fmax(from, marks->given[i].to);
    if (to < field->x->lo || from > field->x->hi) continue;
    double w = widths[i] > 0 ? fmin(FLAG_PAD + widths[i], limit - field->plot.x) : 0;
    marks->flags[marks->n_flags++] =
        (izh_flag){.x = izh_field_x(field, fmax(from, field->x->lo)), .w = w, .index = i};
  }
  int rows = izh_flags_stack(marks->flags, marks->n_flags, limit, 2 * FLAG_PAD);
  marks->rows = rows < IZH_MARK_ROWS_MAX ? rows : IZH_MARK_ROWS_MAX;
}

void izh_marks_place(izh_marks *marks, double y, double line) {
  for (size_t i = 0; i < marks->n_flags; i++) {
    const izh_flag *flag = &marks->flags[i];
    bool shown = flag->w > 0 && flag->row < marks->rows;
    double x = flag->start + (flag->start < flag->x ? 0 : FLAG_PAD);
    marks->labels[i] = (izh_box){x, y - line * (flag->row + 1), shown ? flag->w - FLAG_PAD : 0, line};
  }
}

/* --- overlays --- */

izh_status izh_overlays_init(izh_overlays *overlays, const izh_overlay *given, size_t n, izh_err *err) {
  *overlays = (izh_overlays){.given = given, .n = n};
  overlays->widths = izh_alloc_zero(n, sizeof *overlays->widths);
  overlays->labels = izh_alloc_zero(n, sizeof *overlays->labels);
  return overlays->widths && overlays->labels ? IZH_OK : izh_fail_memory(err, n * sizeof *overlays->labels);
}

void izh_overlays_free(izh_overlays *overlays) {
  izh_free(overlays->widths);
  izh_free(overlays->labels);
}

/* Where a sloping line leaves the plot at the right. */
static double slope_end(const izh_field *field, const izh_overlay *overlay, double *y) {
  izh_box plot = field->plot;
  for (int i = SLOPE_STEPS; i > 0; i--) {
    double x = izh_scale_value(field->x, (double)i / SLOPE_STEPS), value = overlay->y + overlay->x1 * x;
    *y = field->y->log && value <= 0 ? izh_box_bottom(plot) : izh_field_y(field, value);
    if (*y >= plot.y && *y <= izh_box_bottom(plot)) return izh_field_x(field, x);
  }
  return izh_box_right(plot);
}

/* The box of a label; all of it is in the plot. */
static izh_box label_box(const izh_field *field, const izh_overlay *overlay, double w, double line) {
  izh_box plot = field->plot;
  w = fmin(w, plot.w);
  double h = fmin(line, plot.h), x = izh_box_right(plot) - w, y = plot.y;
  if (overlay->kind == IZH_OVERLAY_SLOPE) {
    x = slope_end(field, overlay, &y) - w - PAD;
    y -= h;
  } else if (overlay->kind == IZH_OVERLAY_TEXT) {
    x = izh_field_x(field, overlay->x) - overlay->align * w;
    y = izh_field_y(field, overlay->y) - h / 2;
  } else if (overlay->kind == IZH_OVERLAY_ARROW) { /* behind its tail */
    double tail = izh_field_x(field, overlay->x), tip = izh_field_x(field, overlay->x1);
    x = fabs(tip - tail) < w / 2 ? tail - w / 2 : tip > tail ? tail - PAD - w : tail + PAD;
    y = izh_field_y(field, overlay->y) - h / 2;
    if (fabs(tip - tail) < w / 2) y += izh_field_y(field, overlay->y1) > y ? -h / 2 : h / 2;
  } else if (!isnan(overlay->y)) { /* above a line, at the right; in a band, at its top */
    bool band = overlay->kind == IZH_OVERLAY_BAND;
    y = izh_field_y(field, band ? fmax(overlay->y, overlay->y1) : overlay->y) - (band ? 0 : h);
    if (!band && y < plot.y) y += h;
  } else { /* right of a line, at the top; in a band, at its left */
    x = izh_field_x(field, overlay->x) + PAD;
    if (x + w > izh_box_right(plot)) x = izh_field_x(field, overlay->x) - PAD - w;
  }
  return (izh_box){limited(x, plot.x, izh_box_right(plot) - w), limited(y, plot.y, izh_box_bottom(plot) - h),
                   w, h};
}

void izh_overlays_place(izh_overlays *overlays, const izh_field *field, double line) {
  for (size_t i = 0; i < overlays->n; i++) {
    double w = overlays->widths[i];
    overlays->labels[i] = w > 0 ? label_box(field, &overlays->given[i], w, line) : (izh_box){0};
  }
}
