/* The rates below a raster, as series of steps. */
#include <math.h>

#include "base/alloc.h"
#include "figure/plot_raster.h"
#include "figure/rate.h"

static const double RATE_LINE = 0.6;

/* The raster is in the first track, and the rates are in the second one. */
static const izh_track *dots_of(const izh_plot_raster *made) {
  return &made->tracks[0];
}

static void add_trace(izh_plot_raster *made, izh_series trace) {
  trace.look = IZH_LOOK_STEPS;
  trace.open = true;
  trace.width_pt = RATE_LINE;
  made->traces[made->tracks[1].n_series++] = trace;
}

/* The names beside the rows are also those of the rates. */
static void traces_of_populations(izh_plot_raster *made) {
  for (size_t g = dots_of(made)->n_series; g-- > 0;) {
    const izh_series *dots = &dots_of(made)->series[g];
    add_trace(made, (izh_series){.ink = dots->ink, .shade = dots->shade, .colour = dots->colour});
  }
}

static void traces_of_inks(izh_plot_raster *made) {
  static const char *const names[] = {
      [IZH_INK_NEUTRAL] = "other", [IZH_INK_EXCITATORY] = "excitatory", [IZH_INK_INHIBITORY] = "inhibitory"};
  const izh_track *dots = dots_of(made);
  for (int ink = IZH_INK_INHIBITORY; ink >= IZH_INK_NEUTRAL; ink--) {
    size_t n = 0;
    for (size_t g = 0; g < dots->n_series; g++) n += (int)dots->series[g].ink == ink;
    if (n > 0) add_trace(made, (izh_series){.label = names[ink], .ink = (izh_ink)ink});
  }
}

/* The trace of a series of dots. */
static size_t trace_of(const izh_plot_raster *made, size_t g) {
  const izh_track *dots = dots_of(made);
  if (dots->n_series <= IZH_RASTER_TRACES) return dots->n_series - 1 - g;
  size_t k = 0;
  while (made->traces[k].ink != dots->series[g].ink) k++;
  return k;
}

static double bin_end(const izh_raster *raster, double bin_ms, size_t n_bins, size_t bin) {
  return bin + 1 == n_bins ? raster->to_ms : raster->from_ms + bin_ms * (double)(bin + 1);
}

/* How much of a part of the window the neurons of a trace were there, in neurons × ms: some may have been
 * added later. */
static double presence(const izh_plot_raster *made, size_t trace, double begin_ms, double end_ms) {
  double sum = 0, missed = 0;
  for (size_t g = 0; g < dots_of(made)->n_series; g++) {
    const izh_rows *rows = &dots_of(made)->series[g].rows;
    if (trace_of(made, g) != trace) continue;
    sum += izh_rows_neurons(rows);
    for (size_t i = 0; rows->begun_ms && i < (size_t)izh_rows_neurons(rows); i++)
      missed += fmax(0, fmin(rows->begun_ms[i], end_ms) - begin_ms);
  }
  double all = sum * (end_ms - begin_ms);
  return missed < all ? all - missed : 0;
}

/* From counts of spikes; a rate begins with the first bin in which its neurons were there. */
static void rates_from_counts(izh_plot_raster *made, double bin_ms, size_t n_bins) {
  const izh_raster *raster = dots_of(made)->raster;
  for (size_t k = 0; k < made->tracks[1].n_series; k++) {
    izh_series *trace = &made->traces[k];
    double *hz = made->hz + k * n_bins;
    size_t first = n_bins;
    for (size_t bin = n_bins; bin-- > 0;) {
      double begin_ms = raster->from_ms + bin_ms * (double)bin, end_ms = bin_end(raster, bin_ms, n_bins, bin);
      double there = presence(made, k, begin_ms, end_ms);
      if (there > 0) first = bin;
      hz[bin] = there > 0 ? hz[bin] / (there / 1000) : NAN;
      made->rate_max = fmax(made->rate_max, hz[bin]);
    }
    trace->x = made->edges + first;
    trace->y = hz + first;
    trace->n = n_bins - first;
  }
}

izh_status izh_raster_rates_make(izh_plot_raster *made, double bin_ms, izh_err *err) {
  const izh_track *dots = dots_of(made);
  const izh_raster *raster = dots->raster;
  double span = raster->to_ms - raster->from_ms;
  made->tracks[1].series = made->traces;
  if (dots->n_series <= IZH_RASTER_TRACES) {
    traces_of_populations(made);
  } else {
    traces_of_inks(made);
  }
  size_t n_traces = made->tracks[1].n_series, n_bins = span > 0 ? izh_rate_bins(span, bin_ms) : 0;
  /* that of the lowest is filled, since colours alone do not tell the rates apart in a grey print; its line
   * is drawn last, or the steeper steps of a smaller population would hide it */
  made->traces[n_traces - 1].fill = true;
  made->edges = izh_alloc_zero(n_bins + 1, sizeof *made->edges);
  made->hz = izh_alloc_zero(n_traces * n_bins, sizeof *made->hz);
  if (!made->edges || !made->hz) return izh_fail_memory(err, n_traces * n_bins * sizeof *made->hz);
  made->edges[0] = raster->per_ms * raster->from_ms;
  for (size_t bin = 0; bin < n_bins; bin++)
    made->edges[bin + 1] = raster->per_ms * bin_end(raster, bin_ms, n_bins, bin);
  for (size_t i = 0; i < raster->n_spikes && n_bins > 0; i++) {
    size_t bin = izh_rate_bin_of(raster->t_ms[i], raster->from_ms, bin_ms, n_bins);
    made->hz[trace_of(made, izh_raster_series(dots, i)) * n_bins + bin]++;
  }
  rates_from_counts(made, bin_ms, n_bins);
  return IZH_OK;
}
