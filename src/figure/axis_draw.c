#include "figure/axis_draw.h"

#include "figure/annotate_draw.h"
#include "figure/measures.h"
#include "figure/pen.h"

static const double MINOR_TICK = 1.2;

void izh_axis_draw_below(const izh_scale *scale, izh_box plot, izh_axis_labels labels, izh_text *text,
                         cairo_t *cr) {
  double y = izh_box_bottom(plot);
  izh_set_line(cr, IZH_BLACK, IZH_AXIS_LINE);
  izh_add_line(cr, plot.x - IZH_AXIS_LINE / 2, y, izh_box_right(plot), y);
  for (size_t k = 0; k < scale->ticks.n; k++) {
    double x = plot.x + izh_scale_tick_fraction(scale, scale->ticks.at[k]) * plot.w;
    izh_add_line(cr, x, y, x, y + IZH_TICK_LENGTH);
  }
  for (size_t k = 0; k < scale->minor.n; k++) {
    double x = plot.x + izh_scale_tick_fraction(scale, scale->minor.at[k]) * plot.w;
    izh_add_line(cr, x, y, x, y + MINOR_TICK);
  }
  cairo_stroke(cr);
  for (size_t k = 0; k < scale->ticks.n; k++)
    izh_tick_draw(scale, k, text, cr, labels.box(labels.layout, labels.axis, k));
}

static double tick_y(const izh_scale *scale, izh_box plot, bool down, double tick) {
  double fraction = izh_scale_tick_fraction(scale, tick);
  return down ? plot.y + fraction * plot.h : izh_box_bottom(plot) - fraction * plot.h;
}

void izh_axis_draw_beside(const izh_scale *scale, izh_box plot, izh_axis_side side, izh_axis_labels labels,
                          izh_text *text, cairo_t *cr) {
  double x = side.right ? izh_box_right(plot) : plot.x, out = side.right ? 1 : -1;
  izh_set_line(cr, IZH_BLACK, IZH_AXIS_LINE);
  izh_add_line(cr, x, plot.y, x, izh_box_bottom(plot) + (side.corner ? IZH_AXIS_LINE / 2 : 0));
  for (size_t k = 0; k < scale->ticks.n; k++) {
    double y = tick_y(scale, plot, side.down, scale->ticks.at[k]);
    izh_add_line(cr, x + out * IZH_TICK_LENGTH, y, x, y);
  }
  for (size_t k = 0; k < scale->minor.n; k++) {
    double y = tick_y(scale, plot, side.down, scale->minor.at[k]);
    izh_add_line(cr, x + out * MINOR_TICK, y, x, y);
  }
  cairo_stroke(cr);
  for (size_t k = 0; k < scale->ticks.n; k++) {
    char number[IZH_SCALE_TEXT_SIZE];
    const char *words = izh_scale_label(scale, k, number);
    izh_align align = side.right ? IZH_ALIGN_LEFT : IZH_ALIGN_RIGHT;
    izh_text_draw(text, cr, (izh_label){words, IZH_STYLE_SMALL, align, IZH_BLACK},
                  labels.box(labels.layout, labels.axis, k));
  }
}
