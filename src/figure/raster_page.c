#include "figure/raster_page.h"

#include <math.h>

#include "figure/axis.h"
#include "figure/raster.h"
#include "figure/rate.h"

/* A round bin for the rates of all panels that have no bin of their own, so that they can be compared. It is
 * as narrow as a reader can see in the longest window. But in the busiest panel it holds a few spikes: with
 * fewer, one would see noise instead of a rate. */
static double page_bin(const izh_figure *figure, double cell_w) {
  static const double spikes_a_bin = 3; /* of a group */
  double wide = 0, dense = INFINITY;
  for (size_t i = 0; i < figure->n_panels; i++) {
    const izh_raster *raster = figure->panels[i].raster;
    if (!raster) continue;
    double span = raster->to_ms - raster->from_ms;
    if (!raster->rate || raster->rate_bin_ms > 0 || !(span > 0)) continue;
    wide = fmax(wide, izh_rate_bin(span, 0.75 * cell_w));
    double groups = fmax(1, fmin((double)raster->n_groups, IZH_RASTER_TRACES));
    if (raster->n_spikes > 0) dense = fmin(dense, spikes_a_bin * groups * span / (double)raster->n_spikes);
  }
  return wide > 0 ? izh_round_step(isinf(dense) ? wide : fmax(wide, dense)) : 0;
}

/* A short window has at least five bins. A bin is a whole number of steps; otherwise some bins would have
 * more steps than others, and the rate would zigzag. */
double izh_raster_page_bin(const izh_figure *figure, size_t i, double cell_w) {
  const izh_raster *raster = figure->panels[i].raster;
  double span = raster->to_ms - raster->from_ms;
  if (raster->rate_bin_ms > 0) return raster->rate_bin_ms;
  if (!(span > 0) || !raster->rate) return 0;
  double bin = fmin(page_bin(figure, cell_w), izh_round_step(span / 5));
  return raster->dt_ms > 0 ? raster->dt_ms * fmax(1, ceil(bin / raster->dt_ms - 1e-9)) : bin;
}

bool izh_raster_page_one_bin(const izh_figure *figure, double cell_w) {
  double common = 0;
  for (size_t i = 0; i < figure->n_panels; i++) {
    const izh_raster *raster = figure->panels[i].raster;
    if (!raster || !raster->rate) continue;
    double bin = izh_raster_page_bin(figure, i, cell_w);
    if (common > 0 && bin != common) return false;
    common = bin;
  }
  return true;
}

size_t izh_raster_page_most_spikes(const izh_figure *figure) {
  size_t most = 0;
  for (size_t i = 0; i < figure->n_panels; i++) {
    const izh_raster *raster = figure->panels[i].raster;
    if (raster && raster->n_spikes - raster->n_hidden > most) most = raster->n_spikes - raster->n_hidden;
  }
  return most;
}
