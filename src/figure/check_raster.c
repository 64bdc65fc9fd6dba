/* Checks whether a plot with a raster can be drawn. */
#include <math.h>

#include "figure/check.h"
#include "figure/plot_raster.h"
#include "figure/rate.h"

static const double TIME_LIMIT_MS = 1e12;

static izh_status check_window(const izh_raster *raster, const izh_where *where, izh_err *err) {
  double from = raster->from_ms, to = raster->to_ms;
  double least =
      1e-9 * fmax(fabs(from), fabs(to)); /* a shorter window is lost in the rounding of its times */
  if (fabs(from) <= TIME_LIMIT_MS && fabs(to) <= TIME_LIMIT_MS && (from == to || to - from > least))
    return IZH_OK;
  char a[IZH_NUMBER_SIZE], b[IZH_NUMBER_SIZE];
  return izh_fail(err, IZH_ARGUMENT,
                  "%sinvalid window %s … %s ms: its ends must ascend, and lie within ±1e12 ms", where->text,
                  izh_check_say(a, from), izh_check_say(b, to));
}

/* Dots and rates are placed on the horizontal axis, and its title says the unit of time. */
static izh_status check_time_axis(const izh_plot *plot, const izh_where *where, izh_err *err) {
  const izh_raster *raster = plot->tracks[0].raster;
  double from = raster->per_ms * raster->from_ms, to = raster->per_ms * raster->to_ms;
  if (plot->x.lo == from && plot->x.hi == to) return IZH_OK;
  char lo[IZH_NUMBER_SIZE], hi[IZH_NUMBER_SIZE], a[IZH_NUMBER_SIZE], b[IZH_NUMBER_SIZE];
  return izh_fail(err, IZH_ARGUMENT,
                  "%sthe range of x must be the window of the raster, %s … %s, not %s … %s", where->text,
                  izh_check_say(a, from), izh_check_say(b, to), izh_check_say(lo, plot->x.lo),
                  izh_check_say(hi, plot->x.hi));
}

static izh_status check_rows(const izh_track *track, const izh_where *where, izh_err *err) {
  if (track->n_series == 0)
    return izh_fail(err, IZH_ARGUMENT, "%sa raster needs at least one neuron", where->text);
  double free_row = 1; /* the smallest row that the next series may begin with */
  for (size_t i = 0; i < track->n_series; i++) {
    const izh_series *series = &track->series[i];
    const izh_rows *rows = &series->rows;
    if (series->look != IZH_LOOK_DOTS || series->n > 0 || (unsigned)series->ink > IZH_INK_INHIBITORY)
      return izh_fail(err, IZH_ARGUMENT, "%sseries %zu of a raster has another look or ink than dots have",
                      where->text, i + 1);
    if (rows->n == 0) return izh_fail(err, IZH_ARGUMENT, "%sseries %zu has no rows", where->text, i + 1);
    if (rows->first < free_row) {
      return izh_fail(err, IZH_ARGUMENT,
                      "%sseries %zu begins at row %u, rows must ascend from 1, without overlap", where->text,
                      i + 1, rows->first);
    }
    free_row = (double)rows->first + rows->n;
    if (free_row > IZH_RASTER_HIDDEN) {
      return izh_fail(err, IZH_ARGUMENT, "%sseries %zu reaches past row %u", where->text, i + 1,
                      IZH_RASTER_HIDDEN - 1);
    }
    if (rows->neurons && rows->neurons < rows->n) {
      return izh_fail(err, IZH_ARGUMENT, "%sseries %zu has %u row%s for %u neuron%s", where->text, i + 1,
                      rows->n, izh_s(rows->n), rows->neurons, izh_s(rows->neurons));
    }
  }
  return IZH_OK;
}

static izh_status check_spikes(const izh_track *track, const izh_where *where, izh_err *err) {
  const izh_raster *raster = track->raster;
  double last = raster->from_ms;
  if (raster->n_spikes > UINT32_MAX) {
    return izh_fail(err, IZH_ARGUMENT, "%s%zu spikes are more than a raster can show", where->text,
                    raster->n_spikes);
  }
  if ((unsigned)raster->form > IZH_DOTS_IMAGE) {
    return izh_fail(err, IZH_ARGUMENT, "%sthe dots have an unknown form", where->text);
  }
  for (size_t i = 0; i < raster->n_spikes; i++) {
    double t = raster->t_ms[i];
    char a[IZH_NUMBER_SIZE], b[IZH_NUMBER_SIZE], c[IZH_NUMBER_SIZE];
    if (!(t > raster->from_ms && t <= raster->to_ms)) {
      return izh_fail(err, IZH_ARGUMENT, "%sspike %zu is at %s ms, outside the window %s < t ≤ %s ms",
                      where->text, i + 1, izh_check_say(a, t), izh_check_say(b, raster->from_ms),
                      izh_check_say(c, raster->to_ms));
    }
    if (t < last) {
      return izh_fail(err, IZH_ARGUMENT,
                      "%sspike %zu is at %s ms, before the one at %s ms; times must ascend", where->text,
                      i + 1, izh_check_say(a, t), izh_check_say(b, last));
    }
    if (izh_raster_series(track, i) == SIZE_MAX) {
      return izh_fail(err, IZH_ARGUMENT, "%sspike %zu is in row %u, which is in no series of the raster",
                      where->text, i + 1, raster->row[i]);
    }
    last = t;
  }
  return IZH_OK;
}

static izh_status check_rates(const izh_plot *plot, const izh_where *where, izh_err *err) {
  const izh_raster *raster = plot->tracks[0].raster;
  const izh_rates *rates = plot->n_tracks == 2 ? plot->tracks[1].rates : NULL;
  if (plot->n_tracks == 1) return IZH_OK;
  if (!rates || plot->tracks[1].n_series > 0)
    return izh_fail(err, IZH_ARGUMENT, "%sbelow a raster are its rates, and nothing else", where->text);
  double bin = rates->bin_ms, span = raster->to_ms - raster->from_ms;
  if (bin == 0 || (bin > 0 && isfinite(bin) && span / bin <= IZH_RATE_BINS_MAX)) return IZH_OK;
  char a[IZH_NUMBER_SIZE], b[IZH_NUMBER_SIZE];
  return izh_fail(err, IZH_ARGUMENT, "%sa rate bin must be finite and at least %s ms (got %s ms)",
                  where->text, izh_check_say(b, span / IZH_RATE_BINS_MAX), izh_check_say(a, bin));
}

izh_status izh_raster_check(const izh_plot *plot, const izh_where *where, izh_err *err) {
  const izh_track *track = &plot->tracks[0];
  izh_status status = izh_check_text(track->raster->rows_note, where, "the note", err);
  if (status == IZH_OK && (track->y.log || track->right || track->heat))
    status = izh_fail(err, IZH_ARGUMENT, "%srows of neurons have one axis, which is linear", where->text);
  if (status == IZH_OK) status = check_window(track->raster, where, err);
  if (status == IZH_OK) status = check_time_axis(plot, where, err);
  if (status == IZH_OK) status = check_rows(track, where, err);
  if (status == IZH_OK) status = check_spikes(track, where, err);
  if (status == IZH_OK) status = check_rates(plot, where, err);
  return status;
}
