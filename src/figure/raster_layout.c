#include "figure/raster_layout.h"

#include <math.h>

#include "figure/measures.h"
#include "figure/text.h"

static const double SIDE_SHARE = 0.24;   /* the share of a panel's width that names at its side may take */
static const double RATE_SHARE = 0.24;   /* the share of a frame's height that the rates take */
static const double LEAST_RATES = 4.199; /* lines: room for the ticks */
static const double LEAST_DOTS = 16;

static bool has_rates(const izh_plot_layout *layout) {
  return layout->plot->n_tracks > 1;
}

bool izh_raster_names_beside(const izh_plot_layout *layout) {
  return layout->plot->tracks[0].raster && layout->plot->legend == IZH_LEGEND_ENDS && !layout->keys_above;
}

double izh_raster_side(const izh_plot_layout *layout, double cell_w) {
  double side = 0;
  for (size_t k = 0; k < layout->n_keys; k++) {
    double w = layout->sizes->key_w[layout->keys[k].width];
    side = fmax(side, IZH_NAME_X + w + (layout->keys[k].track > 0 ? IZH_KEY_W : 0));
  }
  return fmin(side, fmax(IZH_NAME_X + IZH_KEY_W + 5, SIDE_SHARE * cell_w));
}

double izh_raster_bar_side(const izh_plot_layout *layout) {
  if (!has_rates(layout) || layout->tracks[1].bar_length <= 0) return 0;
  return 2 * IZH_PAD + IZH_SCALE_BAR + layout->sizes->y_bar_w[1];
}

/* Names beside rows are left out when there are too many; others are not. */
double izh_raster_least(const izh_plot_layout *layout, size_t track) {
  double keys = 0;
  bool at_side = !layout->keys_above && layout->plot->legend != IZH_LEGEND_INSIDE;
  for (size_t k = 0; at_side && k < layout->n_keys; k++) keys += layout->keys[k].track == track;
  if (track == 1) return fmax(LEAST_RATES, keys) * izh_small_line(layout);
  return izh_raster_names_beside(layout) ? LEAST_DOTS : fmax(LEAST_DOTS, keys * izh_small_line(layout));
}

double izh_raster_gap(const izh_plot_layout *layout) {
  return izh_small_line(layout) + 1.5;
}

double izh_raster_rates_h(const izh_plot_layout *layout, double frame_h) {
  if (!has_rates(layout)) return 0;
  double room = frame_h - izh_raster_gap(layout) - izh_raster_least(layout, 0);
  return fmin(izh_clamp(RATE_SHARE * frame_h, izh_raster_least(layout, 1), 60), room);
}

/* The raster is half as high as wide; it is lower if it has few rows, and at least as high as its names need.
 * The rates are a third of that. */
double izh_raster_wanted(const izh_plot_layout *layout, double frame_w) {
  double rows = layout->tracks[0].y.hi - layout->tracks[0].y.lo;
  double dots = fmin(izh_clamp(0.5 * frame_w, 40, 170), 16 + 12 * rows);
  dots = fmax(dots, fmin((double)layout->plot->tracks[0].n_series * izh_small_line(layout), 400));
  if (!has_rates(layout)) return dots;
  return dots + izh_raster_gap(layout) + izh_clamp(dots / 3, izh_raster_least(layout, 1), 60);
}

double izh_raster_note_line(const izh_plot_layout *layout) {
  return has_rates(layout) || layout->sizes->note_w <= 0 ? 0 : izh_small_line(layout);
}

izh_box izh_raster_note(const izh_plot_layout *layout, const izh_grid_item *item) {
  double h = izh_small_line(layout), w = fmin(layout->sizes->note_w, item->frame.w);
  double y = has_rates(layout) ? layout->tracks[1].plot.y - h - 0.5 : izh_box_bottom(item->cell) - h;
  return (izh_box){izh_box_right(item->frame) - w, y, w, h};
}

/* If there are more names than lines, only every second, third … population is named. */
void izh_raster_place_names(izh_plot_layout *layout, const izh_grid_item *item, size_t n) {
  izh_plot_key *keys = layout->keys;
  const izh_plot_track *track = &layout->tracks[0];
  double h = izh_small_line(layout), x = izh_box_right(item->frame) + IZH_NAME_X;
  double lo = track->plot.y, hi = izh_box_bottom(track->plot) + h / 4;
  size_t lines = (size_t)fmax(1, floor((hi - lo) / h)), stride = (n + lines - 1) / lines, m = 0;
  for (size_t i = n; i-- > 0;) /* from top to bottom: the last one is at the top */
    if (i % stride == 0)
      layout->items[m++] = (izh_spread_item){.centre = izh_plot_y(track, keys[i].at), .size = h};
  izh_spread(layout->items, m, lo, hi);
  m = 0;
  for (size_t i = n; i-- > 0;) {
    double w = fmin(layout->sizes->key_w[keys[i].width], izh_box_right(item->cell) - x);
    keys[i].box = i % stride || w <= 0 ? (izh_box){0} : (izh_box){x, layout->items[m].start, w, h};
    if (i % stride == 0) m++;
  }
}

size_t izh_raster_dots_in(const izh_plot_layout *layout, izh_box box) {
  const izh_raster *raster = layout->plot->tracks[0].raster;
  size_t n = 0;
  for (size_t i = 0; i < raster->n_spikes; i++) {
    if (raster->row[i] >= IZH_RASTER_HIDDEN) continue;
    double x = izh_plot_x(layout, raster->per_ms * raster->t_ms[i]);
    double y = izh_plot_y(&layout->tracks[0], raster->row[i]);
    n += x >= box.x && x <= izh_box_right(box) && y >= box.y && y <= izh_box_bottom(box);
  }
  return n;
}
