#include "figure/raster_page.h"

#include <math.h>

#include "figure/axis.h"
#include "figure/plot_raster.h"
#include "figure/rate.h"

static const izh_raster *raster_of(const izh_figure *figure, size_t i) {
  return figure->panels[i].plot->tracks[0].raster;
}

const izh_rates *izh_raster_page_rates(const izh_figure *figure, size_t i) {
  const izh_plot *plot = figure->panels[i].plot;
  return plot->n_tracks > 1 ? plot->tracks[1].rates : NULL;
}

/* A round bin for the rates of all panels that have no bin of their own, so that they can be compared. It is
 * as narrow as a reader can see in the longest window. But in the busiest panel it holds a few spikes: with
 * fewer, one would see noise instead of a rate. */
static double page_bin(const izh_figure *figure, double cell_w) {
  static const double spikes_a_bin = 3; /* of a line */
  double wide = 0, dense = INFINITY;
  for (size_t i = 0; i < figure->n_panels; i++) {
    const izh_raster *raster = raster_of(figure, i);
    const izh_rates *rates = izh_raster_page_rates(figure, i);
    if (!rates) continue;
    double span = raster->to_ms - raster->from_ms;
    if (rates->bin_ms > 0 || !(span > 0)) continue;
    wide = fmax(wide, izh_rate_bin(span, 0.75 * cell_w));
    double lines = fmax(1, fmin((double)figure->panels[i].plot->tracks[0].n_series, IZH_RASTER_TRACES));
    if (raster->n_spikes > 0) dense = fmin(dense, spikes_a_bin * lines * span / (double)raster->n_spikes);
  }
  return wide > 0 ? izh_round_step(isinf(dense) ? wide : fmax(wide, dense)) : 0;
}

/* A short window has at least five bins. A bin is a whole number of steps; otherwise some bins would have
 * more steps than others, and the rate would zigzag. */
static double bin_of(const izh_raster *raster, const izh_rates *rates, double common_ms) {
  double span = rates ? raster->to_ms - raster->from_ms : 0;
  if (!(span > 0)) return 0;
  if (rates->bin_ms > 0) return rates->bin_ms;
  double bin = fmin(common_ms, izh_round_step(span / 5));
  return rates->dt_ms > 0 ? rates->dt_ms * fmax(1, ceil(bin / rates->dt_ms - 1e-9)) : bin;
}

void izh_raster_page_bins(const izh_figure *figure, double cell_w, double *bins_ms) {
  double common_ms = page_bin(figure, cell_w);
  for (size_t i = 0; i < figure->n_panels; i++)
    bins_ms[i] = bin_of(raster_of(figure, i), izh_raster_page_rates(figure, i), common_ms);
}

size_t izh_raster_page_most_spikes(const izh_figure *figure) {
  size_t most = 0;
  for (size_t i = 0; i < figure->n_panels; i++) {
    const izh_raster *raster = raster_of(figure, i);
    if (raster && raster->n_spikes - raster->n_hidden > most) most = raster->n_spikes - raster->n_hidden;
  }
  return most;
}
