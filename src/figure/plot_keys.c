#include "figure/plot_keys.h"

#include <math.h>

#include "figure/measures.h"
#include "figure/raster_layout.h"

static const double KEY_X = 5;   /* samples of keys begin this far right of the plot */
static const double KEY_GAP = 8; /* between keys in a row */

bool izh_keys_inside(const izh_plot_layout *layout) {
  return layout->plot->legend == IZH_LEGEND_INSIDE;
}

double izh_keys_side(const izh_plot_layout *layout) {
  if (izh_keys_inside(layout)) return 0;
  double keys = izh_widest(layout->sizes->key_w, layout->n_keys);
  return keys > 0 ? KEY_X + IZH_KEY_W + keys : 0;
}

size_t izh_keys_flow(izh_plot_layout *layout, const izh_grid_item *item, double y) {
  double left = item->frame.x, room = item->frame.w + item->right, x = left;
  size_t row = 0;
  for (size_t i = 0; i < layout->n_keys; i++) {
    double w = fmin(layout->sizes->key_w[layout->keys[i].width], room - IZH_KEY_W);
    if (w <= 0) continue;
    if (x > left && x + IZH_KEY_W + w > left + room) {
      x = left;
      row++;
    }
    double h = izh_small_line(layout);
    layout->keys[i].box = (izh_box){x + IZH_KEY_W, y + h * (double)row, w, h};
    x += IZH_KEY_W + w + KEY_GAP;
  }
  return row + 1;
}

static double key_centre(const izh_plot_layout *layout, const izh_plot_key *key) {
  const izh_plot_track *track = &layout->tracks[key->track];
  return izh_clamp(izh_plot_y(track, key->at), track->plot.y, izh_box_bottom(track->plot));
}

/* Sorts the keys of a track by the ends of their lines, from top to bottom. */
static void sort_keys(const izh_plot_layout *layout, izh_plot_key *keys, size_t n) {
  for (size_t i = 1; i < n; i++) {
    for (size_t k = i; k > 0 && key_centre(layout, &keys[k - 1]) > key_centre(layout, &keys[k]); k--) {
      izh_plot_key key = keys[k];
      keys[k] = keys[k - 1];
      keys[k - 1] = key;
    }
  }
}

/* The keys of a track right of its plot: at the ends of the lines, or as a block at the top, as for the rates
 * of a raster. */
static void place_side_keys(izh_plot_layout *layout, const izh_grid_item *item, izh_plot_key *keys,
                            size_t n) {
  izh_box plot = layout->tracks[keys->track].plot;
  bool beside = izh_raster_names_beside(layout), block = beside || layout->plot->legend == IZH_LEGEND_RIGHT;
  double h = izh_small_line(layout), right = izh_box_right(item->cell);
  double x = izh_box_right(item->frame) + (beside ? IZH_NAME_X : KEY_X) + IZH_KEY_W;
  if (!block) sort_keys(layout, keys, n);
  if (layout->plot->frame == IZH_FRAME_BARS && !beside) /* scale bars are between the plot and the keys */
    x = right - izh_widest(layout->sizes->key_w, layout->n_keys);
  for (size_t i = 0; i < n; i++) {
    double centre = block ? plot.y + h * ((double)i + 0.5) : key_centre(layout, &keys[i]);
    layout->items[i] = (izh_spread_item){.centre = centre, .size = h};
  }
  izh_spread(layout->items, n, plot.y, izh_box_bottom(plot));
  for (size_t i = 0; i < n; i++) {
    double w = layout->sizes->key_w[keys[i].width];
    keys[i].box = (izh_box){x, layout->items[i].start, fmin(w, right - x), h};
  }
}

/* How many points of the track's series are in a box; lines count by their points. */
static size_t points_in(const izh_plot_layout *layout, size_t t, izh_box box) {
  const izh_track *track = &layout->plot->tracks[t];
  const izh_plot_track *placed = &layout->tracks[t];
  size_t n = track->raster ? izh_raster_dots_in(layout, box) : 0;
  for (size_t k = 0; k < track->n_series; k++) {
    const izh_series *series = &track->series[k];
    for (size_t i = 0; i < series->n; i++) {
      double x = izh_plot_x(layout, series->x[i]);
      double y = series->right ? izh_plot_right(placed, series->y[i]) : izh_plot_y(placed, series->y[i]);
      bool bar = series->look == IZH_LOOK_BARS || series->look == IZH_LOOK_STEPS; /* reaches down from y */
      n += x >= box.x && x <= izh_box_right(box) && y <= izh_box_bottom(box) && (bar || y >= box.y);
    }
  }
  return n;
}

static bool meet(izh_box a, izh_box b) {
  return a.w > 0 && b.w > 0 && a.x < izh_box_right(b) && b.x < izh_box_right(a) && a.y < izh_box_bottom(b) &&
         b.y < izh_box_bottom(a);
}

/* The box of this size in that corner of a plot which has the fewest points, and no key. */
static izh_box emptiest_corner(const izh_plot_layout *layout, size_t t, double w, double h) {
  izh_box plot = layout->tracks[t].plot, best = {0};
  size_t fewest = SIZE_MAX;
  for (int corner = 0; corner < 4; corner++) { /* upper right, upper left, lower right, lower left */
    izh_box box = {corner % 2 ? plot.x + 2 * IZH_PAD : izh_box_right(plot) - w - IZH_PAD,
                   corner < 2 ? plot.y : izh_box_bottom(plot) - h, w, h};
    size_t points = points_in(layout, t, box);
    for (size_t k = 0; k < layout->n_keys; k++)
      if (izh_keys_inside(layout) && meet(box, layout->keys[k].box)) points = SIZE_MAX - 1;
    if (points < fewest) best = box;
    if (points < fewest) fewest = points;
  }
  return best;
}

izh_box izh_plot_inset_box(const izh_plot_layout *layout) {
  const izh_inset *inset = layout->plot->inset;
  izh_box plot = layout->tracks[0].plot;
  double w = inset->w * plot.w, h = inset->h * plot.h;
  if (isnan(inset->x)) return emptiest_corner(layout, 0, w, h);
  return (izh_box){plot.x + inset->x * plot.w, izh_box_bottom(plot) - inset->y * plot.h - h, w, h};
}

/* The keys of a track as a block in that corner of its plot which has the fewest points. */
static void place_inside_keys(izh_plot_layout *layout, izh_plot_key *keys, size_t n) {
  izh_box plot = layout->tracks[keys->track].plot;
  double h = izh_small_line(layout), w = 0;
  for (size_t i = 0; i < n; i++) w = fmax(w, layout->sizes->key_w[keys[i].width]);
  w = fmin(IZH_KEY_W + w, plot.w - 2 * IZH_PAD);
  double high = fmin((double)n * h, plot.h);
  izh_box best = emptiest_corner(layout, keys->track, w, high);
  for (size_t i = 0; i < n; i++) {
    bool fits = (double)(i + 1) * h <= high + 1e-6 && w > IZH_KEY_W;
    keys[i].box = (izh_box){best.x + IZH_KEY_W, best.y + h * (double)i, fits ? w - IZH_KEY_W : 0, h};
    keys[i].box.w = fmin(keys[i].box.w, layout->sizes->key_w[keys[i].width]);
  }
}

void izh_keys_place(izh_plot_layout *layout, const izh_grid_item *item) {
  bool beside = izh_raster_names_beside(layout);
  if (layout->keys_above) return;
  for (size_t i = 0, n; i < layout->n_keys; i += n) {
    for (n = 1; i + n < layout->n_keys && layout->keys[i + n].track == layout->keys[i].track;) n++;
    if (beside && layout->keys[i].track == 0)
      izh_raster_place_names(layout, item, n);
    else if (izh_keys_inside(layout))
      place_inside_keys(layout, &layout->keys[i], n);
    else
      place_side_keys(layout, item, &layout->keys[i], n);
  }
}
