/* Checks whether a plot can be drawn. */
#include <glib.h>
#include <math.h>

#include "figure/check.h"
#include "figure/palette.h"

static const double LIMIT = 1e300;     /* |values| are at most this, so that sums of two are finite */
static const double LOG_LIMIT = 1e150; /* on a logarithmic axis: at most this, and at least 1/LOG_LIMIT */

/* An array of a plot: "y of series 2 of track 1". */
typedef struct izh_column {
  const izh_where *where;
  size_t track, series; /* from 0 */
  const char *name;
} izh_column;

static izh_status say_value(const izh_column *column, size_t i, double value, const char *rule,
                            izh_err *err) {
  char given[IZH_NUMBER_SIZE];
  return izh_fail(err, IZH_ARGUMENT, "%s%s[%zu] of series %zu of track %zu is %s: %s", column->where->text,
                  column->name, i + 1, column->series + 1, column->track + 1, izh_check_say(given, value),
                  rule);
}

static izh_status check_values(const izh_column *column, const double *values, size_t n, bool above_0,
                               izh_err *err) {
  for (size_t i = 0; values && i < n; i++) {
    if (fabs(values[i]) > LIMIT) return say_value(column, i, values[i], "it must lie within ±1e300", err);
    if (above_0 && values[i] <= 0)
      return say_value(column, i, values[i], "a logarithmic axis shows numbers > 0", err);
    if (above_0 && (values[i] < 1 / LOG_LIMIT || values[i] > LOG_LIMIT))
      return say_value(column, i, values[i], "a logarithmic axis shows numbers 1e-150 … 1e150", err);
  }
  return IZH_OK;
}

static izh_status check_ascending(const izh_column *column, const double *values, size_t n, izh_err *err) {
  for (size_t i = 0; values && i < n; i++) {
    if (isnan(values[i]) || (i > 0 && values[i] < values[i - 1]))
      return say_value(column, i, values[i], "it must not be less than the value before", err);
  }
  return IZH_OK;
}

static izh_status check_series(const izh_plot *plot, izh_column column, izh_err *err) {
  const izh_track *track = &plot->tracks[column.track];
  const izh_series *series = &track->series[column.series];
  bool steps = series->look == IZH_LOOK_STEPS;
  size_t edges = steps && series->n > 0 ? series->n + 1 : series->n;
  if ((unsigned)series->look > (track->raster ? IZH_LOOK_DOTS : IZH_LOOK_BARS) ||
      (unsigned)series->ink > IZH_INK_SERIES || series->shade < 0) {
    return izh_fail(err, IZH_ARGUMENT, "%sseries %zu of track %zu has an unknown look or ink",
                    column.where->text, column.series + 1, column.track + 1);
  }
  izh_status status = izh_check_text(series->label, column.where, "the label of a series", err);
  column.name = "x";
  if (status == IZH_OK) status = check_values(&column, series->x, edges, plot->x.log, err);
  if (status == IZH_OK && steps) status = check_ascending(&column, series->x, edges, err);
  column.name = "y"; /* a bin of a histogram may be empty */
  bool log = series->right && track->right ? track->right->log : track->y.log;
  if (status == IZH_OK) status = check_values(&column, series->y, series->n, log && !steps, err);
  column.name = "lo";
  if (status == IZH_OK) status = check_values(&column, series->lo, series->n, log, err);
  column.name = "hi";
  if (status == IZH_OK) status = check_values(&column, series->hi, series->n, log, err);
  column.name = "base";
  if (status == IZH_OK) status = check_values(&column, series->base, series->n, false, err);
  column.name = "spikes";
  if (status == IZH_OK) status = check_values(&column, series->spikes, series->n_spikes, false, err);
  if (status == IZH_OK) status = check_ascending(&column, series->spikes, series->n_spikes, err);
  return status;
}

static izh_status check_axis(const izh_axis *axis, const izh_where *where, const char *name, izh_err *err) {
  izh_status status = izh_check_text(axis->title, where, "the title of an axis", err);
  if (status == IZH_OK) status = izh_check_text(axis->unit, where, "the unit of an axis", err);
  if (status != IZH_OK) return status;
  char lo[IZH_NUMBER_SIZE], hi[IZH_NUMBER_SIZE];
  if (fabs(axis->lo) > LIMIT || fabs(axis->hi) > LIMIT || axis->hi < axis->lo) {
    return izh_fail(err, IZH_ARGUMENT, "%sthe range of %s must ascend, not be %s … %s", where->text, name,
                    izh_check_say(lo, axis->lo), izh_check_say(hi, axis->hi));
  }
  if (axis->log && (axis->lo <= 0 || axis->hi <= 0)) {
    return izh_fail(err, IZH_ARGUMENT, "%sthe range of %s, a logarithmic axis, must be > 0, not %s … %s",
                    where->text, name, izh_check_say(lo, axis->lo), izh_check_say(hi, axis->hi));
  }
  if (axis->log && (axis->lo < 1 / LOG_LIMIT || axis->hi < 1 / LOG_LIMIT || axis->lo > LOG_LIMIT ||
                    axis->hi > LOG_LIMIT)) {
    return izh_fail(err, IZH_ARGUMENT,
                    "%sthe range of %s, a logarithmic axis, must lie in 1e-150 … 1e150, not be %s … %s",
                    where->text, name, izh_check_say(lo, axis->lo), izh_check_say(hi, axis->hi));
  }
  for (size_t i = 0; i < axis->n_ticks && status == IZH_OK; i++)
    status = izh_check_text(axis->ticks[i].label, where, "the label of a tick", err);
  if (status != IZH_OK) return status;
  if (axis->bar < 0 || isinf(axis->bar)) {
    return izh_fail(err, IZH_ARGUMENT, "%sthe scale bar of %s must be > 0, not %s", where->text, name,
                    izh_check_say(lo, axis->bar));
  }
  return IZH_OK;
}

static izh_status check_heat(const izh_plot *plot, const izh_where *where, izh_err *err) {
  const izh_heat *heat = plot->tracks[0].heat;
  char lo[IZH_NUMBER_SIZE], hi[IZH_NUMBER_SIZE];
  izh_status status = izh_check_text(heat->title, where, "the title of the colours", err);
  if (status != IZH_OK) return status;
  if (plot->n_tracks != 1 || plot->frame == IZH_FRAME_BARS)
    return izh_fail(err, IZH_ARGUMENT, "%sa matrix has no scale bars, and must be the only track",
                    where->text);
  if (fabs(heat->lo) > LIMIT || fabs(heat->hi) > LIMIT || heat->hi <= heat->lo) {
    return izh_fail(err, IZH_ARGUMENT, "%sthe range of colours must ascend, not be %s … %s", where->text,
                    izh_check_say(lo, heat->lo), izh_check_say(hi, heat->hi));
  }
  for (size_t i = 0; i < heat->rows * heat->columns; i++) {
    if (fabs(heat->values[i]) > LIMIT)
      return izh_fail(err, IZH_ARGUMENT, "%sthe number in row %zu, column %zu must lie within ±1e300",
                      where->text, i / heat->columns + 1, i % heat->columns + 1);
  }
  return IZH_OK;
}

static izh_status check_overlays(const izh_plot *plot, const izh_where *where, izh_err *err) {
  izh_status status = IZH_OK;
  for (size_t i = 0; i < plot->n_overlays && status == IZH_OK; i++) {
    const izh_overlay *overlay = &plot->overlays[i];
    bool slope = overlay->kind == IZH_OVERLAY_SLOPE;
    status = izh_check_text(overlay->label, where, "a label in the plot", err);
    if (status == IZH_OK && ((plot->x.log && (overlay->x <= 0 || (overlay->x1 <= 0 && !slope))) ||
                             (plot->tracks[0].y.log && !slope && (overlay->y <= 0 || overlay->y1 <= 0))))
      status =
          izh_fail(err, IZH_ARGUMENT,
                   "%sa line, band, text or arrow on a logarithmic axis must be at numbers > 0", where->text);
  }
  return status;
}

static izh_status check_track(const izh_plot *plot, size_t i, const izh_where *where, izh_err *err) {
  const izh_track *track = &plot->tracks[i];
  if (track->raster && i > 0)
    return izh_fail(err, IZH_ARGUMENT, "%sa raster is in the first track, not in track %zu", where->text,
                    i + 1);
  if (track->rates && (i != 1 || !plot->tracks[0].raster))
    return izh_fail(err, IZH_ARGUMENT, "%srates are in the second track, below a raster", where->text);
  izh_status status = check_axis(&track->y, where, "y", err);
  if (status == IZH_OK && track->right) status = check_axis(track->right, where, "the right axis", err);
  if (status == IZH_OK && !(track->share > 0 && track->share < 1e6))
    status = izh_fail(err, IZH_ARGUMENT, "%sthe share of track %zu must be > 0", where->text, i + 1);
  for (size_t k = 0; k < track->n_series && status == IZH_OK; k++)
    status = check_series(plot, (izh_column){where, i, k, NULL}, err);
  return status;
}

static izh_status check_inset(const izh_inset *inset, const izh_where *where, izh_err *err) {
  if (inset->plot->inset) return izh_fail(err, IZH_ARGUMENT, "%san inset has an inset", where->text);
  if (inset->plot->n_tracks > 1 && inset->plot->tracks[1].rates)
    return izh_fail(err, IZH_ARGUMENT, "%sa raster in an inset has no room for rates", where->text);
  bool placed = isnan(inset->x) || (inset->x >= 0 && inset->y >= 0 && inset->x + inset->w <= 1 + 1e-9 &&
                                    inset->y + inset->h <= 1 + 1e-9);
  if (!placed || !(inset->w > 0 && inset->h > 0 && inset->w <= 1 && inset->h <= 1))
    return izh_fail(err, IZH_ARGUMENT, "%san inset must be within its panel, 0 … 1", where->text);
  return izh_plot_check(inset->plot, where, err);
}

izh_status izh_plot_check(const izh_plot *plot, const izh_where *where, izh_err *err) {
  if (plot->n_tracks == 0) return izh_fail(err, IZH_ARGUMENT, "%sa plot needs a track", where->text);
  if ((unsigned)plot->frame > IZH_FRAME_NONE)
    return izh_fail(err, IZH_ARGUMENT, "%sa plot has an unknown frame", where->text);
  izh_status status = izh_check_text(plot->title, where, "the title", err);
  if (status == IZH_OK) status = izh_check_text(plot->note, where, "the note", err);
  if (status == IZH_OK) status = izh_check_text(plot->empty, where, "the text of an empty plot", err);
  if (status == IZH_OK) status = check_axis(&plot->x, where, "x", err);
  if (status == IZH_OK) status = check_overlays(plot, where, err);
  if (status == IZH_OK) status = izh_check_marks(plot->marks, plot->n_marks, where, err);
  if (status == IZH_OK && plot->tracks[0].heat) status = check_heat(plot, where, err);
  if (status == IZH_OK && plot->tracks[0].raster) status = izh_raster_check(plot, where, err);
  for (size_t i = 0; i < plot->n_tracks && status == IZH_OK; i++) status = check_track(plot, i, where, err);
  if (status == IZH_OK && plot->inset) status = check_inset(plot->inset, where, err);
  return status;
}
