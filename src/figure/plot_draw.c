#include <math.h>

#include "figure/axis_draw.h"
#include "figure/measures.h"
#include "figure/pen.h"
#include "figure/plot_keys.h"
#include "figure/plot_raster.h"
#include "figure/raster_layout.h"

static const double FILL_TINT = 0.3, BAND_TINT = 0.25;
static const double MARKER = 1.5; /* radius */
static const double BAR_TINT = 0.55;
static const double CAP = 1.2;        /* half the width of an error bar's ends */
static const double COLUMN_PT = 0.06; /* width of a column: see izh_stroke */
static const size_t MANY_POINTS = 4096;

static double series_width(const izh_series *series) {
  return series->width_pt > 0 ? series->width_pt : IZH_DATA_LINE;
}

/* Finds where the values of a series are on the page, and draws there. */
typedef struct izh_pen {
  const izh_plot_layout *layout;
  const izh_plot_track *track;
  cairo_t *cr;
  double shift;
  bool right; /* of the second axis */
} izh_pen;

static double pen_x(const izh_pen *pen, double x) {
  return izh_plot_x(pen->layout, x) + pen->shift;
}

static const izh_scale *pen_scale(const izh_pen *pen) {
  return pen->right ? &pen->track->right : &pen->track->y;
}

/* On a logarithmic axis a value ≤ 0 is drawn at the lower end. Values far outside are limited to what cairo's
 * numbers can hold. */
static double pen_y(const izh_pen *pen, double y) {
  izh_box plot = pen->track->plot;
  if (pen_scale(pen)->log && y <= 0) return izh_box_bottom(plot) + 1;
  double at = pen->right ? izh_plot_right(pen->track, y) : izh_plot_y(pen->track, y);
  return fmax(plot.y - 1e4, fmin(at, plot.y + 1e4));
}

/* --- lines --- */

/* A line that is being drawn. If it has many points, the page is divided into narrow columns. Of the points
 * in a column only the first, the lowest, the highest and the last can be seen, so the others are left out.
 */
typedef struct izh_stroke {
  izh_pen pen;
  bool down;        /* the line has begun */
  bool thin;        /* it has many points: leave out those that cannot be seen */
  double column;    /* number of the present column */
  double x, last;   /* its last point */
  double low, high; /* y of its lowest and highest point */
  size_t in_column; /* how many points it has */
} izh_stroke;

static void stroke_flush(izh_stroke *stroke) {
  cairo_t *cr = stroke->pen.cr;
  if (stroke->in_column > 1) {
    cairo_line_to(cr, stroke->x, stroke->high);
    cairo_line_to(cr, stroke->x, stroke->low);
  }
  if (stroke->in_column > 0) cairo_line_to(cr, stroke->x, stroke->last);
  stroke->in_column = 0;
}

static void stroke_lift(izh_stroke *stroke) {
  stroke_flush(stroke);
  stroke->down = false;
}

static void stroke_to(izh_stroke *stroke, double x, double y) {
  cairo_t *cr = stroke->pen.cr;
  if (!stroke->down) {
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x, y); /* so that a single point is drawn as a dot */
    stroke->down = true;
    stroke->column = floor(x / COLUMN_PT);
    return;
  }
  if (!stroke->thin) {
    cairo_line_to(cr, x, y);
    return;
  }
  double column = floor(x / COLUMN_PT);
  if (column != stroke->column) {
    stroke_flush(stroke);
    stroke->column = column;
  }
  stroke->low = stroke->in_column ? fmax(stroke->low, y) : y;
  stroke->high = stroke->in_column ? fmin(stroke->high, y) : y;
  stroke->x = x;
  stroke->last = y;
  stroke->in_column++;
}

/* Draws the line of a trace; at each spike it goes up to the peak. */
static void line_path(izh_pen pen, const izh_series *series) {
  izh_stroke stroke = {.pen = pen, .thin = series->n > MANY_POINTS};
  size_t spike = 0;
  double cut = series->spikes ? series->peak : INFINITY;
  double peak = series->spikes ? pen_y(&pen, series->peak) : 0;
  for (size_t i = 0; i < series->n; i++) {
    double x = series->x[i], y = series->y[i];
    while (spike < series->n_spikes && series->spikes[spike] <= x) {
      double t = series->spikes[spike++];
      if (stroke.down) stroke_to(&stroke, pen_x(&pen, t), peak);
    }
    if (isnan(x) || isnan(y)) {
      stroke_lift(&stroke);
    } else {
      stroke_to(&stroke, pen_x(&pen, x), pen_y(&pen, fmin(y, cut)));
    }
  }
  stroke_flush(&stroke);
}

static void steps_path(izh_pen pen, const izh_series *series) {
  for (size_t i = 0; i < series->n; i++) {
    double y = pen_y(&pen, isnan(series->y[i]) ? 0 : series->y[i]);
    cairo_line_to(pen.cr, pen_x(&pen, series->x[i]), y);
    cairo_line_to(pen.cr, pen_x(&pen, series->x[i + 1]), y);
  }
}

/* If there are more lines than colours that differ in a grey print, dashes tell them apart, too. */
static void set_dashes(cairo_t *cr, const izh_series *series) {
  static const izh_dash dashes[] = {IZH_DASH_DASHED, IZH_DASH_DOTTED, IZH_DASH_DASHDOT};
  bool many = series->ink == IZH_INK_SERIES && series->shade >= 3 && series->look == IZH_LOOK_LINE;
  bool chosen = (many && !series->colour) || series->dashed;
  izh_set_dash(cr, series->dash ? series->dash : chosen ? dashes[series->shade % 3] : IZH_DASH_SOLID);
}

static double steps_foot(const izh_pen *pen) {
  return pen_y(pen, pen_scale(pen)->log ? 0 : fmax(0, pen_scale(pen)->lo));
}

static void draw_fill(izh_pen pen, const izh_series *series) {
  if (!series->fill || series->n == 0) return;
  double foot = steps_foot(&pen);
  izh_set_colour(pen.cr, izh_colour_tint(izh_series_colour(series), FILL_TINT));
  cairo_move_to(pen.cr, pen_x(&pen, series->x[0]), foot);
  steps_path(pen, series);
  cairo_line_to(pen.cr, pen_x(&pen, series->x[series->n]), foot);
  cairo_fill(pen.cr);
}

/* From i on, the first point with a band (`with`), or the first without one. */
static size_t band_edge(const izh_series *series, size_t i, bool with) {
  while (i < series->n) {
    bool has = !isnan(series->x[i]) && !isnan(series->lo[i]) && !isnan(series->hi[i]);
    if (has == with) break;
    i++;
  }
  return i;
}

static void draw_band(izh_pen pen, const izh_series *series) {
  if (!series->lo || !series->band) return;
  izh_set_colour(pen.cr, izh_colour_tint(izh_series_colour(series), BAND_TINT));
  for (size_t from = band_edge(series, 0, true), to; from < series->n; from = band_edge(series, to, true)) {
    to = band_edge(series, from, false);
    for (size_t i = from; i < to; i++)
      cairo_line_to(pen.cr, pen_x(&pen, series->x[i]), pen_y(&pen, series->hi[i]));
    for (size_t i = to; i-- > from;)
      cairo_line_to(pen.cr, pen_x(&pen, series->x[i]), pen_y(&pen, series->lo[i]));
    cairo_fill(pen.cr);
  }
}

static void draw_error_bars(izh_pen pen, const izh_series *series) {
  if (!series->lo || series->band) return;
  izh_set_line(pen.cr, izh_series_colour(series), IZH_AXIS_LINE);
  for (size_t i = 0; i < series->n; i++) {
    if (isnan(series->x[i]) || isnan(series->lo[i]) || isnan(series->hi[i])) continue;
    double x = pen_x(&pen, series->x[i]), lo = pen_y(&pen, series->lo[i]), hi = pen_y(&pen, series->hi[i]);
    izh_add_line(pen.cr, x, lo, x, hi);
    izh_add_line(pen.cr, x - CAP, lo, x + CAP, lo);
    izh_add_line(pen.cr, x - CAP, hi, x + CAP, hi);
  }
  cairo_stroke(pen.cr);
}

static void draw_bars_of(izh_pen pen, const izh_series *series) {
  if (series->look != IZH_LOOK_BARS) return;
  for (size_t i = 0; i < series->n; i++) {
    if (isnan(series->x[i]) || isnan(series->y[i])) continue;
    double x = pen_x(&pen, series->x[i] - series->bar_w / 2),
           end = pen_x(&pen, series->x[i] + series->bar_w / 2);
    double foot = pen_y(&pen, series->base ? series->base[i] : 0), top = pen_y(&pen, series->y[i]);
    cairo_rectangle(pen.cr, x, fmin(foot, top), end - x, fabs(foot - top));
    izh_set_colour(pen.cr, izh_colour_tint(izh_series_colour(series), BAR_TINT));
    cairo_fill_preserve(pen.cr);
    izh_set_line(pen.cr, izh_series_colour(series), IZH_AXIS_LINE);
    cairo_stroke(pen.cr);
  }
}

static void draw_line(izh_pen pen, const izh_series *series) {
  if (series->look == IZH_LOOK_POINTS || series->look == IZH_LOOK_BARS) return;
  cairo_save(pen.cr);
  cairo_set_line_join(pen.cr, series->look == IZH_LOOK_STEPS ? CAIRO_LINE_JOIN_MITER : CAIRO_LINE_JOIN_BEVEL);
  bool dot = series->n == 1 && !series->open;
  cairo_set_line_cap(pen.cr, dot ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  izh_set_line(pen.cr, izh_series_colour(series), series_width(series));
  set_dashes(pen.cr, series);
  if (series->look == IZH_LOOK_STEPS && series->n > 0) {
    double foot = steps_foot(&pen);
    cairo_new_path(pen.cr);
    if (!series->open) cairo_move_to(pen.cr, pen_x(&pen, series->x[0]), foot);
    steps_path(pen, series);
    if (!series->open) cairo_line_to(pen.cr, pen_x(&pen, series->x[series->n]), foot);
  } else {
    line_path(pen, series);
  }
  cairo_stroke(pen.cr);
  cairo_restore(pen.cr);
}

/* --- markers --- */

static void polygon(cairo_t *cr, double x, double y, double r, int corners, double turn) {
  for (int i = 0; i < corners; i++) {
    double angle = turn + 2 * M_PI * i / corners;
    cairo_line_to(cr, x + r * sin(angle), y - r * cos(angle));
  }
  cairo_close_path(cr);
}

static double marker_radius(const izh_series *series) {
  return series->marker_pt > 0 ? series->marker_pt / 2 : MARKER;
}

/* Markers are disc, square, triangle, diamond, then the same hollow: they differ also without colours. */
static void draw_marker(cairo_t *cr, const izh_series *series, izh_colour colour, double x, double y) {
  int shape = series->ink == IZH_INK_SERIES ? series->shade % 8 : 0;
  if (series->marker) shape = (int)series->marker - IZH_MARKER_DISC;
  double r = marker_radius(series);
  cairo_new_path(cr); /* the path has a point if text was drawn before */
  switch (shape % 4) {
  case 0:
    cairo_arc(cr, x, y, r, 0, 2 * M_PI);
    break;
  case 1:
    polygon(cr, x, y, 1.25 * r, 4, M_PI / 4);
    break;
  case 2:
    polygon(cr, x, y + 0.2 * r, 1.4 * r, 3, 0);
    break;
  default:
    polygon(cr, x, y, 1.35 * r, 4, 0);
    break;
  }
  izh_set_colour(cr, shape < 4 && !series->hollow ? colour : IZH_WHITE);
  cairo_fill_preserve(cr);
  izh_set_line(cr, colour, IZH_AXIS_LINE);
  cairo_stroke(cr);
}

static bool within(const izh_pen *pen, double x, double y) {
  const double slack = 0.01;
  izh_box plot = pen->track->plot;
  return x >= plot.x - slack && x <= izh_box_right(plot) + slack && y >= plot.y - slack &&
         y <= izh_box_bottom(plot) + slack;
}

static void draw_markers(const izh_plot_panel *panel, izh_pen pen, const izh_series *series) {
  if (series->look != IZH_LOOK_POINTS && series->look != IZH_LOOK_BOTH) return;
  for (size_t i = 0; i < series->n; i++) {
    if (isnan(series->x[i]) || isnan(series->y[i])) continue;
    double x = pen_x(&pen, series->x[i]), y = pen_y(&pen, series->y[i]);
    izh_colour colour =
        series->values ? izh_heat_colour(panel, series->values[i]) : izh_series_colour(series);
    if (within(&pen, x, y)) draw_marker(pen.cr, series, colour, x, y);
  }
}

static void clip(cairo_t *cr, izh_box box) {
  const double line = 0.6; /* half the width of a line that runs along the edge */
  cairo_save(cr);
  cairo_rectangle(cr, box.x - line, box.y - line, box.w + 2 * line, box.h + 2 * line);
  cairo_clip(cr);
}

static void draw_series(const izh_plot_panel *panel, size_t i, cairo_t *cr) {
  const izh_track *track = &panel->plot->tracks[i];
  izh_pen pen = {panel->layout, &panel->layout->tracks[i], cr, 0, false};
  clip(cr, pen.track->plot);
  for (size_t k = 0; k < track->n_series; k++) {
    const izh_series *series = &track->series[k];
    pen.shift = series->shift_pt;
    pen.right = series->right;
    draw_fill(pen, series);
    draw_band(pen, series);
    draw_bars_of(pen, series);
  }
  for (size_t k = 0; k < track->n_series; k++) {
    const izh_series *series = &track->series[k];
    pen.shift = series->shift_pt;
    pen.right = series->right;
    draw_error_bars(pen, series);
    draw_line(pen, series);
  }
  cairo_restore(cr);
  for (size_t k = 0; k < track->n_series; k++) {
    pen.shift = track->series[k].shift_pt;
    pen.right = track->series[k].right;
    draw_markers(panel, pen, &track->series[k]);
  }
}

/* --- around the data --- */

static void draw_sample(const izh_series *series, izh_box label, cairo_t *cr) {
  izh_colour colour = izh_series_colour(series);
  double w = IZH_KEY_W - 2, x = label.x - IZH_KEY_W, y = label.y + label.h / 2;
  bool bars = series->look == IZH_LOOK_BARS, dots = series->look == IZH_LOOK_DOTS;
  bool below = series->fill && series->open; /* what is filled is below the line */
  if (bars || dots || series->fill || (series->lo && series->band)) {
    double tint = dots ? 1 : bars ? BAR_TINT : series->fill ? FILL_TINT : BAND_TINT;
    izh_set_colour(cr, izh_colour_tint(colour, tint));
    cairo_rectangle(cr, x, below ? y - 1.5 : y - 1.75, w, 3.5);
    cairo_fill(cr);
  }
  if (below) y -= 1.5;
  if (series->look != IZH_LOOK_POINTS && !bars && !dots) {
    cairo_save(cr);
    izh_set_line(cr, colour, series_width(series));
    set_dashes(cr, series);
    izh_add_line(cr, x, y, x + w, y);
    cairo_stroke(cr);
    cairo_restore(cr);
  }
  if (series->look == IZH_LOOK_POINTS || series->look == IZH_LOOK_BOTH)
    draw_marker(cr, series, colour, x + w / 2, y);
}

static void draw_keys(const izh_plot_panel *panel, izh_text *text, cairo_t *cr) {
  bool beside = izh_raster_names_beside(panel->layout);
  for (size_t k = 0; k < panel->layout->n_keys; k++) {
    const izh_plot_key *key = &panel->layout->keys[k];
    const izh_series *series = &panel->plot->tracks[key->track].series[key->series];
    if (key->box.w <= 0 || (beside && series->look == IZH_LOOK_DOTS)) continue;
    draw_sample(series, key->box, cr);
    izh_colour colour = beside ? izh_series_colour(series) : IZH_BLACK;
    izh_text_draw(text, cr, (izh_label){series->label, IZH_STYLE_SMALL, IZH_ALIGN_LEFT, colour}, key->box);
  }
}

static izh_box x_label(const void *layout, size_t axis, size_t k) {
  (void)axis;
  return izh_plot_x_label(layout, k);
}

static izh_box y_label(const void *layout, size_t track, size_t k) {
  return izh_plot_y_label(layout, track, k);
}

static izh_box right_label(const void *layout, size_t track, size_t k) {
  return izh_plot_right_label(layout, track, k);
}

/* A vertical axis, of a track or the second one at its right. */
static void draw_y_axis(const izh_plot_panel *panel, size_t i, bool right, izh_text *text, cairo_t *cr) {
  const izh_plot_track *track = &panel->layout->tracks[i];
  izh_axis_side side = {.right = right || panel->plot->tracks[i].y.at_right,
                        .down = track->down,
                        .corner = i + 1 == panel->plot->n_tracks};
  izh_axis_labels labels = {.box = right ? right_label : y_label, .layout = panel->layout, .axis = i};
  izh_axis_draw_beside(right ? &track->right : &track->y, track->plot, side, labels, text, cr);
}

static void draw_x_axis(const izh_plot_panel *panel, izh_text *text, cairo_t *cr) {
  izh_box plot = panel->layout->tracks[panel->plot->n_tracks - 1].plot;
  izh_axis_draw_below(&panel->layout->x, plot, (izh_axis_labels){.box = x_label, .layout = panel->layout},
                      text, cr);
}

static void draw_axes(const izh_plot_panel *panel, izh_text *text, cairo_t *cr) {
  const izh_plot *plot = panel->plot;
  const izh_plot_layout *layout = panel->layout;
  char title[IZH_TITLE_SIZE];
  for (size_t i = 0; i < plot->n_tracks; i++) {
    const izh_plot_track *track = &layout->tracks[i];
    draw_y_axis(panel, i, false, text, cr);
    izh_text_draw_rising(text, cr,
                         (izh_label){.text = izh_axis_title(&plot->tracks[i].y, &track->y, title),
                                     .style = IZH_STYLE_LABEL,
                                     .colour = IZH_BLACK},
                         track->title);
    if (!plot->tracks[i].right) continue;
    draw_y_axis(panel, i, true, text, cr);
    izh_text_draw_rising(text, cr,
                         (izh_label){.text = izh_axis_title(plot->tracks[i].right, &track->right, title),
                                     .style = IZH_STYLE_LABEL,
                                     .colour = IZH_BLACK},
                         track->right_title);
  }
  draw_x_axis(panel, text, cr);
  izh_text_draw(
      text, cr,
      (izh_label){izh_axis_title(&plot->x, &layout->x, title), IZH_STYLE_LABEL, IZH_ALIGN_CENTRE, IZH_BLACK},
      layout->x_title);
}

static void draw_bar(cairo_t *cr, izh_box bar) {
  cairo_rectangle(cr, bar.x, bar.y, bar.w, bar.h);
  cairo_fill(cr);
}

static void draw_bars(const izh_plot_panel *panel, izh_text *text, cairo_t *cr) {
  const izh_plot_layout *layout = panel->layout;
  char bar_text[IZH_BAR_TEXT_SIZE];
  for (size_t i = 0; i < panel->plot->n_tracks; i++) {
    const izh_plot_track *track = &layout->tracks[i];
    if (track->bar_length <= 0) continue;
    izh_set_colour(cr, IZH_BLACK);
    draw_bar(cr, track->bar);
    izh_text_draw(text, cr,
                  (izh_label){izh_bar_text(&panel->plot->tracks[i].y, track->bar_length, bar_text),
                              IZH_STYLE_SMALL, IZH_ALIGN_LEFT, IZH_BLACK},
                  track->bar_text);
  }
  if (layout->x_bar_length <= 0) return;
  izh_set_colour(cr, IZH_BLACK);
  draw_bar(cr, layout->x_bar);
  izh_text_draw(text, cr,
                (izh_label){izh_bar_text(&panel->plot->x, layout->x_bar_length, bar_text), IZH_STYLE_SMALL,
                            IZH_ALIGN_CENTRE, IZH_BLACK},
                layout->x_bar_text);
}

/* Behind a text, so that the lines of marks do not run through it. */
static void clear(izh_box box, cairo_t *cr) {
  if (box.w <= 0) return;
  izh_set_colour(cr, IZH_WHITE);
  cairo_rectangle(cr, box.x, box.y + 1, box.w, box.h - 2);
  cairo_fill(cr);
}

static void draw_empty(const izh_plot_panel *panel, izh_text *text, cairo_t *cr) {
  if (!panel->empty) return;
  const char *message = panel->plot->empty ? panel->plot->empty : "no data";
  izh_box plot = panel->layout->tracks[0].plot;
  double w = fmin(izh_text_width(text, IZH_STYLE_SMALL, message) + 2, plot.w);
  double h = izh_text_line(izh_text_size(text), IZH_STYLE_SMALL);
  izh_box box = {plot.x + (plot.w - w) / 2, plot.y + (plot.h - h) / 2, w, h};
  if (!panel->plot->tracks[0].heat) clear(box, cr);
  izh_text_draw(text, cr, (izh_label){message, IZH_STYLE_SMALL, IZH_ALIGN_CENTRE, IZH_GREY}, box);
}

/* On white, so that no data of the plot run through it. */
static izh_status draw_inset(const izh_plot_panel *panel, izh_text *text, cairo_t *cr, izh_err *err) {
  if (!panel->inset) return IZH_OK;
  if (!panel->inset_fits) {
    return izh_fail(err, IZH_ARGUMENT,
                    "an inset has no room for its axes: give it a larger width or height, or a larger "
                    "page");
  }
  izh_box box = izh_plot_inset_box(panel->layout);
  izh_set_colour(cr, IZH_WHITE);
  cairo_rectangle(cr, box.x, box.y, box.w, box.h);
  cairo_fill(cr);
  return izh_plot_draw(panel->inset, text, cr, err);
}

void izh_plot_draw_behind(const izh_plot_panel *panel, cairo_t *cr) {
  izh_field field = izh_plot_field(panel->layout);
  izh_marks_draw_bands(&panel->layout->marks, &field, cr);
  izh_overlays_draw_behind(&panel->layout->overlays, &field, cr);
}

static izh_status draw_data(const izh_plot_panel *panel, izh_text *text, cairo_t *cr, izh_err *err) {
  const izh_plot *plot = panel->plot;
  izh_status status = plot->tracks[0].heat ? izh_heat_draw(panel, cr, err) : IZH_OK;
  if (status != IZH_OK) return status;
  if (plot->tracks[0].heat) izh_heat_draw_bar(panel, text, cr);
  izh_plot_draw_behind(panel, cr);
  if (panel->raster) status = izh_raster_draw(panel, cr, err);
  for (size_t i = panel->raster ? 1 : 0; i < plot->n_tracks; i++) draw_series(panel, i, cr);
  if (panel->raster) izh_raster_draw_names(panel, text, cr);
  return status == IZH_OK ? draw_inset(panel, text, cr, err) : status;
}

izh_status izh_plot_draw(const izh_plot_panel *panel, izh_text *text, cairo_t *cr, izh_err *err) {
  const izh_plot *plot = panel->plot;
  izh_field field = izh_plot_field(panel->layout);
  izh_status status = izh_plot_check_bars(panel, err);
  if (status == IZH_OK) status = draw_data(panel, text, cr, err);
  if (status != IZH_OK) return status;
  izh_overlays_draw_front(&panel->layout->overlays, &field, text, cr);
  draw_keys(panel, text, cr);
  izh_marks_draw(&panel->layout->marks, &field, text, cr);
  draw_empty(panel, text, cr);
  if (plot->frame == IZH_FRAME_AXES) draw_axes(panel, text, cr);
  if (plot->frame == IZH_FRAME_BARS) draw_bars(panel, text, cr);
  const izh_plot_layout *layout = panel->layout;
  izh_header_draw(&layout->header, text, cr);
  if (panel->raster) clear(layout->note, cr);
  izh_text_draw(text, cr, (izh_label){plot->note, IZH_STYLE_SMALL, IZH_ALIGN_RIGHT, IZH_GREY}, layout->note);
  return IZH_OK;
}
