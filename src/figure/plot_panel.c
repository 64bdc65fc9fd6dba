#include "figure/plot_panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "figure/plot_keys.h"
#include "figure/plot_raster.h"

/* --- ranges --- */

typedef struct izh_range {
  double lo, hi; /* lo > hi: empty */
} izh_range;

static void range_add(izh_range *range, const double *values, size_t n, bool log) {
  for (size_t i = 0; values && i < n; i++) {
    if (isnan(values[i]) || (log && values[i] <= 0)) continue;
    range->lo = fmin(range->lo, values[i]);
    range->hi = fmax(range->hi, values[i]);
  }
}

static void range_widen(izh_range *range, double fraction, bool log) {
  if (log) {
    double factor = pow(range->hi / range->lo, fraction);
    range->lo /= factor;
    range->hi *= factor;
  } else {
    double more = fraction * (range->hi - range->lo);
    range->lo -= more;
    range->hi += more;
  }
}

/* Widens a range of one value around it, so that the axis has a length. An empty range becomes 0 … 1 or 1
 * … 10. */
static void range_open(izh_range *range, bool log) {
  if (range->lo > range->hi) *range = (izh_range){log ? 1 : 0, log ? 10 : 1};
  if (range->lo < range->hi) return;
  if (log) {
    *range = (izh_range){range->lo / 2, range->hi * 2};
  } else {
    double more = range->lo == 0 ? 1 : 0.1 * fabs(range->lo);
    *range = (izh_range){range->lo - more, range->hi + more};
  }
}

/* Chooses the ends of an axis that are not given. They leave a little room around the data, but none at an
 * end that is 0 because the axis must include it. */
static void axis_scale(const izh_axis *axis, izh_range data, double room, izh_scale *scale) {
  bool chosen = isnan(axis->lo) || isnan(axis->hi);
  if (chosen && axis->zero && !axis->log && data.lo <= data.hi) {
    data.lo = fmin(data.lo, 0);
    data.hi = fmax(data.hi, 0);
  }
  range_open(&data, axis->log);
  izh_range wide = data;
  range_widen(&wide, room, axis->log);
  double lo = !isnan(axis->lo) ? axis->lo : axis->zero && data.lo == 0 ? 0 : wide.lo;
  double hi = !isnan(axis->hi) ? axis->hi : axis->zero && data.hi == 0 ? 0 : wide.hi;
  if (!(lo < hi)) { /* one end was given, beyond the data */
    if (isnan(axis->hi)) hi = axis->log ? lo * 10 : lo + fmax(1, fabs(lo));
    if (isnan(axis->lo)) lo = axis->log ? hi / 10 : hi - fmax(1, fabs(hi));
  }
  izh_scale_init(scale, lo, hi, axis->log);
}

static void scale_heat(izh_plot_panel *panel, const izh_heat *heat) {
  izh_range data = {INFINITY, -INFINITY};
  range_add(&data, heat->values, heat->rows * heat->columns, false);
  panel->empty = panel->empty && data.lo > data.hi;
  if (heat->map >= IZH_MAP_SIGNS && data.lo <= data.hi) {
    double most = fmax(fabs(data.lo), fabs(data.hi));
    data = (izh_range){-most, most};
  }
  izh_axis axis = {.lo = heat->lo, .hi = heat->hi};
  axis_scale(&axis, data, 0, &panel->layout->heat);
}

static size_t series_x_count(const izh_series *series) {
  return series->look == IZH_LOOK_STEPS && series->n > 0 ? series->n + 1 : series->n;
}

static bool has_markers(const izh_series *series) {
  return series->look == IZH_LOOK_POINTS || series->look == IZH_LOOK_BOTH;
}

/* Whether there are numbers, and all are whole, so that ticks between them would mean nothing: counts. */
static bool all_whole(const double *values, size_t n) {
  for (size_t i = 0; values && i < n; i++)
    if (!isnan(values[i]) && values[i] != floor(values[i])) return false;
  return true;
}

/* Of lines without markers one does not know whether there are numbers in between. */
static bool is_count(const izh_track *track, bool right) {
  bool any = false;
  for (size_t k = 0; k < track->n_series; k++) {
    const izh_series *series = &track->series[k];
    if (series->right != right) continue;
    if (series->look == IZH_LOOK_LINE || !all_whole(series->y, series->n) ||
        !all_whole(series->lo, series->n) || !all_whole(series->hi, series->n))
      return false;
    any = any || series->n > 0;
  }
  return any;
}

/* Whether all series are markers at whole numbers, of bursts or trials. */
static bool is_counted(const izh_plot *plot) {
  bool any = false;
  for (size_t i = 0; i < plot->n_tracks; i++) {
    for (size_t k = 0; k < plot->tracks[i].n_series; k++) {
      const izh_series *series = &plot->tracks[i].series[k];
      if (!has_markers(series) || !all_whole(series->x, series->n)) return false;
      any = any || series->n > 0;
    }
  }
  return any;
}

static void range_add_x(izh_range *range, const izh_series *series, bool log) {
  for (size_t i = 0; i < series->n && series->look == IZH_LOOK_BARS; i++) {
    double ends[] = {series->x[i] - series->bar_w / 2, series->x[i] + series->bar_w / 2};
    range_add(range, ends, 2, log);
  }
  range_add(range, series->x, series_x_count(series), log);
}

/* A line at a value is to be seen, also beyond the data. */
static void range_add_lines(izh_range *range, const izh_plot *plot, bool vertical, bool log) {
  for (size_t i = 0; i < plot->n_overlays; i++) {
    const izh_overlay *overlay = &plot->overlays[i];
    if (overlay->kind == IZH_OVERLAY_LINE) range_add(range, vertical ? &overlay->x : &overlay->y, 1, log);
  }
}

static void scale_x(izh_plot_panel *panel) {
  const izh_plot *plot = panel->plot;
  izh_range data = {INFINITY, -INFINITY};
  bool markers = false;
  for (size_t i = 0; i < plot->n_tracks; i++) {
    for (size_t k = 0; k < plot->tracks[i].n_series; k++) {
      const izh_series *series = &plot->tracks[i].series[k];
      range_add_x(&data, series, plot->x.log);
      markers = markers || has_markers(series);
    }
  }
  if (data.lo <= data.hi) range_add_lines(&data, plot, true, plot->x.log);
  axis_scale(&plot->x, data, markers ? 0.04 : 0, &panel->layout->x);
  izh_scale_own(&panel->layout->x, &plot->x, panel->ticks, &panel->n_ticks);
  panel->layout->x.whole = plot->x.whole || is_counted(plot);
}

/* range_add for the values whose x is in the range of the horizontal axis. */
static void range_add_seen(izh_range *range, const izh_series *series, const double *values,
                           const izh_scale *x, bool log) {
  for (size_t i = 0; values && i < series->n; i++) {
    double end = series->look == IZH_LOOK_STEPS ? series->x[i + 1] : series->x[i];
    if (series->x[i] <= x->hi && end >= x->lo) range_add(range, &values[i], 1, log);
  }
}

static void range_add_y(izh_range *range, const izh_series *series, const izh_scale *x, bool log) {
  static const double zero = 0;
  range_add_seen(range, series, series->y, x, log);
  range_add_seen(range, series, series->lo, x, log);
  range_add_seen(range, series, series->hi, x, log);
  if (series->look == IZH_LOOK_BARS && series->n > 0) range_add(range, &zero, 1, log);
  if (!series->spikes) return;
  range->hi = fmin(range->hi, series->peak);
  if (series->n_spikes > 0) range->hi = series->peak;
  range->lo = fmin(range->lo, range->hi);
}

static void scale_side(izh_plot_panel *panel, size_t i, const izh_axis *axis, izh_scale *scale) {
  const izh_track *track = &panel->plot->tracks[i];
  bool right = axis == track->right;
  izh_range data = {INFINITY, -INFINITY};
  for (size_t k = 0; k < track->n_series; k++)
    if (track->series[k].right == right) range_add_y(&data, &track->series[k], &panel->layout->x, axis->log);
  panel->empty = panel->empty && data.lo > data.hi;
  if (i == 0 && !right && data.lo <= data.hi) range_add_lines(&data, panel->plot, false, axis->log);
  axis_scale(axis, data, 0.05, scale);
  izh_scale_own(scale, axis, panel->ticks, &panel->n_ticks);
  scale->whole = scale->whole || is_count(track, right);
}

/* The rows of a raster. */
static void scale_rows(izh_plot_panel *panel) {
  const izh_track *track = &panel->plot->tracks[0];
  const izh_rows *first = &track->series[0].rows, *last = &track->series[track->n_series - 1].rows;
  izh_scale *scale = &panel->layout->tracks[0].y;
  izh_scale_rows(scale, first->first, (double)last->first + last->n - 1, track->raster->names);
  izh_scale_own(scale, &track->y, panel->ticks, &panel->n_ticks);
  panel->empty = track->raster->n_spikes == 0;
}

double izh_plot_panel_rate_max(const izh_plot_panel *panel) {
  return panel->raster ? panel->raster->rate_max : 0;
}

void izh_plot_panel_rates(izh_plot_panel *panel, double rate_max) {
  if (!panel->raster || panel->plot->n_tracks < 2) return;
  const izh_axis *axis = &panel->plot->tracks[1].y;
  izh_scale *scale = &panel->layout->tracks[1].y;
  double chosen = rate_max > 0 ? 1.05 * rate_max : 1;
  izh_scale_init(scale, axis->lo, isnan(axis->hi) ? chosen : axis->hi, false);
  scale->power = 0;
  scale->low = true;
}

static void scale_y(izh_plot_panel *panel, size_t i) {
  const izh_track *track = &panel->plot->tracks[i];
  scale_side(panel, i, &track->y, &panel->layout->tracks[i].y);
  if (track->right) scale_side(panel, i, track->right, &panel->layout->tracks[i].right);
}

static void scale_all(izh_plot_panel *panel) {
  const izh_plot *plot = panel->plot;
  panel->empty = true;
  panel->n_ticks = 0;
  scale_x(panel);
  if (panel->raster) {
    scale_rows(panel);
    izh_plot_panel_rates(panel, panel->raster->rate_max);
    return;
  }
  for (size_t i = 0; i < plot->n_tracks; i++) scale_y(panel, i);
  if (plot->tracks[0].heat) scale_heat(panel, plot->tracks[0].heat);
}

/* --- making --- */

static bool has_key(const izh_series *series) {
  return series->label && *series->label;
}

static size_t count_keys(const izh_plot *plot) {
  size_t n = 0;
  if (plot->legend == IZH_LEGEND_NONE) return 0;
  for (size_t i = 0; i < plot->n_tracks; i++)
    for (size_t k = 0; k < plot->tracks[i].n_series; k++) n += has_key(&plot->tracks[i].series[k]);
  return n;
}

/* The value at the end of the visible part of a line; the middle of rows. */
static double last_value(const izh_series *series, double x_hi, double otherwise) {
  if (series->look == IZH_LOOK_DOTS) return series->rows.first + (series->rows.n - 1) / 2.0;
  for (size_t i = series->n; i-- > 0;)
    if (!isnan(series->y[i]) && series->x[i] <= x_hi) return series->y[i];
  return otherwise;
}

static void set_keys(izh_plot_panel *panel) {
  const izh_plot *plot = panel->plot;
  izh_plot_key *key = panel->layout->keys;
  for (size_t i = 0; plot->legend != IZH_LEGEND_NONE && i < plot->n_tracks; i++) {
    for (size_t k = 0; k < plot->tracks[i].n_series; k++) {
      const izh_series *series = &plot->tracks[i].series[k];
      if (!has_key(series)) continue;
      double lo = panel->layout->tracks[i].y.lo, at = last_value(series, panel->layout->x.hi, lo);
      bool off = panel->layout->tracks[i].y.log && at <= 0;
      *key = (izh_plot_key){.track = i, .series = k, .at = off ? lo : at};
      key->width = (size_t)(key - panel->layout->keys);
      key++;
    }
  }
}

static izh_status check_bar(const izh_axis *axis, const izh_scale *scale, izh_err *err) {
  if (!(izh_scale_bar(scale, axis->bar) > scale->hi - scale->lo)) return IZH_OK;
  char bar_text[IZH_BAR_TEXT_SIZE];
  return izh_fail(err, IZH_ARGUMENT, "a scale bar of %s is longer than its axis",
                  izh_bar_text(axis, axis->bar, bar_text));
}

izh_status izh_plot_check_bars(const izh_plot_panel *panel, izh_err *err) {
  const izh_plot *plot = panel->plot;
  if (plot->frame != IZH_FRAME_BARS) return IZH_OK;
  izh_status status = check_bar(&plot->x, &panel->layout->x, err);
  for (size_t i = 0; i < plot->n_tracks && status == IZH_OK; i++)
    status = check_bar(&plot->tracks[i].y, &panel->layout->tracks[i].y, err);
  return status;
}

static size_t count_ticks(const izh_plot *plot) {
  size_t n = plot->x.n_ticks;
  for (size_t i = 0; i < plot->n_tracks; i++) {
    const izh_track *track = &plot->tracks[i];
    n += track->y.n_ticks + (track->right ? track->right->n_ticks : 0);
  }
  return n;
}

static izh_status panel_alloc(izh_plot_panel *panel, size_t n_keys, izh_err *err) {
  const izh_plot *plot = panel->plot;
  struct {
    double **at;
    size_t n;
  } lists[] = {{&panel->y_title_w, plot->n_tracks},
               {&panel->y_bar_w, plot->n_tracks},
               {&panel->right_title_w, plot->n_tracks},
               {&panel->mark_w, plot->n_marks},
               {&panel->key_w, n_keys}};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    *lists[i].at = izh_alloc_zero(lists[i].n, sizeof(double));
    if (!*lists[i].at) return izh_fail_memory(err, lists[i].n * sizeof(double));
  }
  panel->ticks = izh_alloc_zero(count_ticks(plot), sizeof *panel->ticks);
  if (!panel->ticks) return izh_fail_memory(err, count_ticks(plot) * sizeof *panel->ticks);
  panel->sizes = (izh_plot_sizes){.y_title_w = panel->y_title_w,
                                  .y_bar_w = panel->y_bar_w,
                                  .right_title_w = panel->right_title_w,
                                  .mark_w = panel->mark_w,
                                  .key_w = panel->key_w};
  return IZH_OK;
}

static izh_status panel_fill(izh_plot_panel *panel, double bin_ms, izh_err *err) {
  izh_status status = IZH_OK;
  if (panel->plot->tracks[0].raster) status = izh_plot_raster_new(panel->plot, bin_ms, &panel->raster, err);
  if (panel->raster) panel->plot = &panel->raster->plot;
  const izh_plot *plot = panel->plot;
  size_t n_keys = count_keys(plot);
  if (status == IZH_OK) status = panel_alloc(panel, n_keys, err);
  if (status == IZH_OK) status = izh_plot_layout_new(plot, &panel->sizes, n_keys, &panel->layout, err);
  if (status != IZH_OK) return status;
  scale_all(panel);
  set_keys(panel);
  return plot->inset ? izh_plot_panel_new(plot->inset->plot, 0, &panel->inset, err) : IZH_OK;
}

void izh_plot_panel_share(izh_plot_panel *panel, double lo, double hi) {
  izh_scale *x = &panel->layout->x;
  izh_scale_widen(x, fmin(lo, x->lo), fmax(hi, x->hi));
}

izh_status izh_plot_panel_new(const izh_plot *plot, double bin_ms, izh_plot_panel **result, izh_err *err) {
  izh_plot_panel *panel = izh_alloc_zero(1, sizeof *panel);
  if (!panel) return izh_fail_memory(err, sizeof *panel);
  panel->plot = plot;
  izh_status status = panel_fill(panel, bin_ms, err);
  if (status != IZH_OK) {
    izh_plot_panel_free(panel);
    return status;
  }
  *result = panel;
  return IZH_OK;
}

void izh_plot_panel_free(izh_plot_panel *panel) {
  if (!panel) return;
  izh_plot_panel_free(panel->inset);
  izh_plot_raster_free(panel->raster);
  izh_plot_layout_free(panel->layout);
  izh_free(panel->y_title_w);
  izh_free(panel->y_bar_w);
  izh_free(panel->right_title_w);
  izh_free(panel->ticks);
  izh_free(panel->mark_w);
  izh_free(panel->key_w);
  izh_free(panel);
}

/* --- text --- */

const char *izh_axis_title(const izh_axis *axis, const izh_scale *scale, char text[IZH_TITLE_SIZE]) {
  if (!axis->title || !*axis->title) return NULL;
  if (scale->power == 0) return axis->title;
  char number[IZH_NUMBER_SIZE];
  izh_number_text(number, scale->power, 0);
  const char *open = strrchr(axis->title, '(');
  size_t length = strlen(axis->title);
  if (open && axis->title[length - 1] == ')') {
    snprintf(text, IZH_TITLE_SIZE, "%.*s(×10<sup>%s</sup> %s", (int)(open - axis->title), axis->title, number,
             open + 1);
  } else {
    snprintf(text, IZH_TITLE_SIZE, "%s (×10<sup>%s</sup>)", axis->title, number);
  }
  return text;
}

const char *izh_bar_text(const izh_axis *axis, double length, char text[IZH_BAR_TEXT_SIZE]) {
  char number[IZH_NUMBER_SIZE];
  izh_number_text(number, length, izh_number_decimals(length));
  snprintf(text, IZH_BAR_TEXT_SIZE, "%s%s%s", number, axis->unit ? " " : "", axis->unit ? axis->unit : "");
  return text;
}

static double title_width(izh_text *text, const izh_axis *axis, const izh_scale *scale) {
  char title[IZH_TITLE_SIZE];
  return izh_text_width(text, IZH_STYLE_LABEL, izh_axis_title(axis, scale, title));
}

static double bar_width(izh_text *text, const izh_axis *axis, const izh_scale *scale) {
  char bar_text[IZH_BAR_TEXT_SIZE];
  double length = izh_scale_bar(scale, axis->bar);
  return length > 0 ? izh_text_width(text, IZH_STYLE_SMALL, izh_bar_text(axis, length, bar_text)) : 0;
}

/* An inset has no room for a note. */
static void measure_inset(izh_plot_panel *inset, izh_text *text) {
  izh_panel_context inside = {.x_title = true, .y_title = true};
  if (inset->raster) inside.most_spikes = inset->raster->start[inset->plot->tracks[0].n_series];
  izh_plot_panel_measure(inset, text, &inside);
  inset->sizes.note_w = 0;
}

void izh_plot_panel_measure(izh_plot_panel *panel, izh_text *text, const izh_panel_context *context) {
  const izh_plot *plot = panel->plot;
  izh_plot_layout *layout = panel->layout;
  izh_plot_sizes *sizes = &panel->sizes;
  bool axes = plot->frame == IZH_FRAME_AXES, bars = plot->frame == IZH_FRAME_BARS;
  panel->context = *context;
  sizes->text_pt = izh_text_size(text);
  sizes->digit_w = izh_text_width(text, IZH_STYLE_SMALL, "0");
  izh_header_measure(&layout->header, text, context->letter, plot->title);
  sizes->note_w = izh_text_width(text, IZH_STYLE_SMALL, plot->note);
  sizes->x_title_w = axes && context->x_title ? title_width(text, &plot->x, &layout->x) : 0;
  sizes->x_bar_w = bars ? bar_width(text, &plot->x, &layout->x) : 0;
  for (size_t i = 0; i < plot->n_tracks; i++) {
    const izh_axis *axis = &plot->tracks[i].y;
    bool title = axes && (i == 0 ? context->y_title : context->rate_title || !plot->tracks[i].rates);
    panel->y_title_w[i] = title ? title_width(text, axis, &layout->tracks[i].y) : 0;
    panel->right_title_w[i] = axes && plot->tracks[i].right
                                  ? title_width(text, plot->tracks[i].right, &layout->tracks[i].right)
                                  : 0;
    panel->y_bar_w[i] = bars ? bar_width(text, axis, &layout->tracks[i].y) : 0;
  }
  if (plot->tracks[0].heat) {
    izh_axis axis = {.title = plot->tracks[0].heat->title};
    sizes->heat_title_w = title_width(text, &axis, &layout->heat);
    sizes->missing_w = izh_text_width(text, IZH_STYLE_SMALL, plot->tracks[0].heat->missing);
  }
  izh_ticks_measure(panel->ticks, panel->n_ticks, text);
  izh_overlays_measure(&layout->overlays, text);
  for (size_t i = 0; i < plot->n_marks; i++)
    panel->mark_w[i] = izh_text_width(text, IZH_STYLE_SMALL, plot->marks[i].label);
  for (size_t i = 0; i < layout->n_keys; i++) {
    const izh_plot_key *key = &layout->keys[i];
    const char *label = plot->tracks[key->track].series[key->series].label;
    panel->key_w[key->width] = izh_text_width(text, IZH_STYLE_SMALL, label);
  }
  if (panel->inset) measure_inset(panel->inset, text);
}

void izh_plot_panel_across(izh_plot_panel *panel, double cell_w, izh_grid_item *item) {
  izh_plot_layout_across(panel->layout, cell_w, item);
}

void izh_plot_panel_down(izh_plot_panel *panel, izh_grid_item *item) {
  izh_header_fold(&panel->layout->header, item);
  izh_plot_layout_down(panel->layout, item);
}

/* Gives the inset all of its box, as the grid does for panels. */
static void place_inset(izh_plot_panel *panel) {
  static const double least_w = 12;
  izh_box box = izh_plot_inset_box(panel->layout);
  izh_grid_item item = {.cell = box, .frame = box};
  izh_plot_panel_across(panel->inset, box.w, &item);
  item.frame.x += item.left;
  item.frame.w -= item.left + item.right;
  panel->inset_fits = item.frame.w >= least_w;
  if (!panel->inset_fits) return; /* ticks need a length */
  izh_plot_panel_down(panel->inset, &item);
  item.frame.y += item.top;
  item.frame.h -= item.top + item.bottom;
  panel->inset_fits = item.frame.h >= item.least_h;
  if (panel->inset_fits) izh_plot_layout_place(panel->inset->layout, &item);
}

void izh_plot_panel_place(izh_plot_panel *panel, const izh_grid_item *item) {
  izh_plot_layout_place(panel->layout, item);
  if (panel->inset) place_inset(panel);
}
