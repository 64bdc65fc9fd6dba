#include "figure/plot_layout.h"

#include <math.h>

#include "base/alloc.h"
#include "figure/measures.h"
#include "figure/plot_keys.h"
#include "figure/raster_layout.h"
#include "figure/text.h"

static const double NOTE_GAP = 8;      /* between a title and a note */
static const double SIDE_SHARE = 0.26; /* the share of a panel's width that keys at its side may take */
static const double BAR_X = 4;         /* between the plot and its scale bars */
static const double HEAT_X = 5;        /* between the plot and a colour bar */
static const double HEAT_BAR = 5;      /* width of a colour bar */
static const double TICKS_APART = 1.7; /* lines */
static const double LABELS_SHARE =
    0.45; /* the share of a panel's width that labels of a vertical axis may take */

static double label_line(const izh_plot_layout *layout) {
  return izh_text_line(layout->sizes->text_pt, IZH_STYLE_LABEL);
}

static bool has_axes(const izh_plot_layout *layout) {
  return layout->plot->frame == IZH_FRAME_AXES;
}

static bool has_heat(const izh_plot_layout *layout) {
  return layout->plot->tracks[0].heat != NULL;
}

static bool has_raster(const izh_plot_layout *layout) {
  return layout->plot->tracks[0].raster != NULL;
}

static bool has_right(const izh_plot_layout *layout) {
  for (size_t i = 0; i < layout->plot->n_tracks; i++)
    if (layout->plot->tracks[i].right || layout->plot->tracks[i].y.at_right) return has_axes(layout);
  return false;
}

/* The width of the title of a track's axis at one side; 0: none. */
static double side_title_w(const izh_plot_layout *layout, size_t i, bool right) {
  bool moved = layout->plot->tracks[i].y.at_right;
  if (right && !moved) return layout->sizes->right_title_w ? layout->sizes->right_title_w[i] : 0;
  return right == moved ? layout->sizes->y_title_w[i] : 0;
}

/* The scale of a track's axis at one side; NULL: there is none. */
static izh_scale *side_scale(izh_plot_layout *layout, size_t i, bool right) {
  const izh_track *track = &layout->plot->tracks[i];
  if (right && track->right) return &layout->tracks[i].right;
  return right == track->y.at_right ? &layout->tracks[i].y : NULL;
}

/* The room that the numbers of the vertical axes at one side take, -1 when there are none, and the room of
 * their titles. */
static double side_numbers(izh_plot_layout *layout, bool right, double *title) {
  double numbers = -1;
  *title = 0;
  for (size_t i = 0; i < layout->plot->n_tracks; i++) {
    izh_scale *scale = side_scale(layout, i, right);
    if (!scale) continue;
    izh_scale_up(scale, 1e6, 1); /* the finest ticks, which have the longest labels */
    numbers = fmax(numbers, izh_scale_widest(scale, layout->sizes->digit_w));
    if (side_title_w(layout, i, right) > 0) *title = IZH_PAD + label_line(layout);
  }
  return numbers;
}

static bool has_bars(const izh_plot_layout *layout) {
  return layout->plot->frame == IZH_FRAME_BARS;
}

izh_status izh_plot_layout_new(const izh_plot *plot, const izh_plot_sizes *sizes, size_t n_keys,
                               izh_plot_layout **result, izh_err *err) {
  izh_plot_layout *layout = izh_alloc_zero(1, sizeof *layout);
  if (!layout) return izh_fail_memory(err, sizeof *layout);
  layout->plot = plot;
  layout->sizes = sizes;
  layout->n_keys = n_keys;
  size_t items = n_keys > plot->n_tracks ? n_keys : plot->n_tracks;
  layout->tracks = izh_alloc_zero(plot->n_tracks, sizeof *layout->tracks);
  layout->keys = izh_alloc_zero(n_keys, sizeof *layout->keys);
  layout->items = izh_alloc_zero(items, sizeof *layout->items);
  izh_status status = izh_marks_init(&layout->marks, plot->marks, plot->n_marks, err);
  if (status == IZH_OK) status = izh_overlays_init(&layout->overlays, plot->overlays, plot->n_overlays, err);
  if (status == IZH_OK && (!layout->tracks || !layout->keys || !layout->items))
    status = izh_fail_memory(err, items * sizeof(izh_spread_item));
  if (status != IZH_OK) {
    izh_plot_layout_free(layout);
    return status;
  }
  for (size_t i = 0; i < plot->n_tracks; i++) layout->tracks[i].down = plot->tracks[i].y.down;
  *result = layout;
  return IZH_OK;
}

void izh_plot_layout_free(izh_plot_layout *layout) {
  if (!layout) return;
  izh_free(layout->tracks);
  izh_free(layout->keys);
  izh_marks_free(&layout->marks);
  izh_overlays_free(&layout->overlays);
  izh_free(layout->items);
  izh_free(layout);
}

/* --- across --- */

/* Words at the ticks may be at most `most` wide. */
static double axis_left(izh_plot_layout *layout, double most) {
  double title, numbers = side_numbers(layout, false, &title);
  layout->numbers_w = fmin(numbers, fmax(most, 10 * layout->sizes->digit_w));
  return numbers >= 0 ? IZH_TICK_LENGTH + IZH_PAD + layout->numbers_w + title : 0;
}

/* The room right of the plots for the ticks, numbers and titles of axes there. */
static double axis_right(izh_plot_layout *layout) {
  if (!has_right(layout)) return 0;
  double title, numbers = side_numbers(layout, true, &title);
  return IZH_TICK_LENGTH + IZH_PAD + numbers + title;
}

/* How far the labels of the horizontal axis reach past its ends, and how high their row is. */
static double x_overhang(const izh_plot_layout *layout) {
  return izh_scale_overhang(&layout->x, layout->sizes->digit_w, izh_small_line(layout));
}

static double x_label_height(const izh_plot_layout *layout) {
  return izh_scale_row(&layout->x, layout->sizes->digit_w, izh_small_line(layout));
}

/* The room right of the plot for the colour bar, its ticks, numbers and title. */
static double heat_width(izh_plot_layout *layout) {
  if (!has_heat(layout)) return 0;
  izh_scale_up(&layout->heat, 1e6, 1);
  double title = layout->sizes->heat_title_w > 0 ? IZH_PAD + label_line(layout) : 0;
  return HEAT_X + HEAT_BAR + IZH_TICK_LENGTH + IZH_PAD +
         izh_scale_widest(&layout->heat, layout->sizes->digit_w) + title;
}

void izh_plot_layout_across(izh_plot_layout *layout, double cell_w, izh_grid_item *item) {
  const izh_plot *plot = layout->plot;
  const izh_plot_sizes *sizes = layout->sizes;
  double keys = izh_keys_side(layout), overhang = 0;
  layout->x_bar_length = has_bars(layout) ? izh_scale_bar(&layout->x, plot->x.bar) : 0;
  for (size_t i = 0; i < plot->n_tracks; i++) {
    izh_plot_track *track = &layout->tracks[i];
    bool bar = has_bars(layout) && !plot->tracks[i].raster;
    track->bar_length = bar ? izh_scale_bar(&track->y, plot->tracks[i].y.bar) : 0;
  }
  izh_legend legend = plot->legend;
  layout->keys_above = legend == IZH_LEGEND_TOP || has_right(layout);
  if (izh_raster_names_beside(layout)) keys = izh_raster_side(layout, cell_w);
  if (keys > SIDE_SHARE * cell_w) layout->keys_above = !izh_raster_names_beside(layout);
  if (izh_keys_inside(layout)) layout->keys_above = false;
  item->left = item->right = 0;
  if (has_axes(layout)) {
    /* labels of a shorter axis are not longer */
    izh_scale_along(&layout->x, cell_w, sizes->digit_w, izh_small_line(layout));
    overhang = x_overhang(layout);
    item->left = fmax(overhang, axis_left(layout, LABELS_SHARE * cell_w));
  }
  if (has_bars(layout) && has_raster(layout)) {
    item->left = izh_raster_bar_side(layout);
  } else if (has_bars(layout)) {
    double text = izh_widest(sizes->y_bar_w, plot->n_tracks);
    item->right = BAR_X + IZH_SCALE_BAR + (text > 0 ? IZH_PAD + text : 0);
    keys += item->right;
  }
  item->right = fmax(item->right, fmax(overhang, layout->keys_above ? 0 : keys));
  item->right = fmax(item->right, fmax(heat_width(layout), axis_right(layout)));
}

/* --- down --- */

izh_field izh_plot_field(const izh_plot_layout *layout) {
  const izh_plot_track *first = &layout->tracks[0], *last = &layout->tracks[layout->plot->n_tracks - 1];
  return (izh_field){first->plot,     izh_box_bottom(last->plot), &layout->x, &first->y, first->down,
                     has_heat(layout)};
}

static void stack_marks(izh_plot_layout *layout, const izh_grid_item *item) {
  /* not above the colour bar or a right axis, whose numbers are there */
  double limit = izh_box_right(item->frame) + (has_heat(layout) || has_right(layout) ? 0 : item->right);
  izh_field field = {.plot = item->frame, .x = &layout->x};
  izh_marks_stack(&layout->marks, layout->sizes->mark_w, &field, limit);
}

/* Without a letter and a title there may still be a note. */
static double header_height(const izh_plot_layout *layout) {
  double height = izh_header_height(&layout->header);
  return height > 0 || layout->sizes->note_w <= 0 || has_raster(layout) ? height : izh_small_line(layout);
}

/* Whether there is room for the note right of the title. */
static bool note_in_header(const izh_plot_layout *layout, const izh_grid_item *item) {
  const izh_plot_sizes *sizes = layout->sizes;
  double right = izh_box_right(item->frame) + item->right;
  double title = layout->header.title_w > 0 ? layout->header.title_w + NOTE_GAP : 0;
  return izh_header_title_x(&layout->header, item) + title + sizes->note_w <= right;
}

static double note_row(const izh_plot_layout *layout, const izh_grid_item *item) {
  bool apart = layout->sizes->note_w > 0 && !has_raster(layout) && !note_in_header(layout, item);
  return apart ? izh_small_line(layout) : 0;
}

/* How far the labels of the horizontal axis are below the plot: below the labels of the vertical axis, if
 * these could meet. Below a raster the lines of text may meet by half a point, but not their letters. */
static double x_label_drop(const izh_plot_layout *layout) {
  double reach = has_raster(layout) && !has_right(layout) ? 0 : x_overhang(layout);
  double drop = IZH_TICK_LENGTH + IZH_PAD / 2;
  return reach > IZH_TICK_LENGTH + IZH_PAD ? fmax(drop, izh_small_line(layout) / 2) : drop;
}

/* The key of cells without a number has a line of its own, at the bottom. */
static double missing_row(const izh_plot_layout *layout) {
  return layout->sizes->missing_w > 0 ? izh_small_line(layout) + 1 : 0;
}

static double below(const izh_plot_layout *layout) {
  double small = izh_small_line(layout);
  if (has_axes(layout)) {
    double title = layout->sizes->x_title_w > 0 ? label_line(layout) : 0;
    return x_label_drop(layout) + x_label_height(layout) + title + missing_row(layout);
  }
  if (layout->x_bar_length > 0) return BAR_X + IZH_SCALE_BAR + (layout->sizes->x_bar_w > 0 ? small + 0.5 : 0);
  return has_raster(layout) ? small / 4 : 0; /* how far the lowest name may reach below the frame */
}

static double gap(const izh_plot_layout *layout) {
  if (has_raster(layout)) return izh_raster_gap(layout);
  return has_axes(layout) ? izh_small_line(layout) : 2 * IZH_PAD; /* scale bars must not meet */
}

static double track_least(const izh_plot_layout *layout, size_t i) {
  double keys = 0, small = izh_small_line(layout);
  if (has_raster(layout)) return izh_raster_least(layout, i);
  for (size_t k = 0; !layout->keys_above && !izh_keys_inside(layout) && k < layout->n_keys; k++)
    keys += layout->keys[k].track == i;
  return fmax(keys, has_axes(layout) ? 2 : has_bars(layout) ? 1 : 0.8) * small;
}

static double shares(const izh_plot *plot) {
  double sum = 0;
  for (size_t i = 0; i < plot->n_tracks; i++) sum += plot->tracks[i].share;
  return sum;
}

static double tracks_least(const izh_plot_layout *layout) {
  double sum = gap(layout) * (double)(layout->plot->n_tracks - 1);
  for (size_t i = 0; i < layout->plot->n_tracks; i++) sum += track_least(layout, i);
  return sum;
}

void izh_plot_layout_down(izh_plot_layout *layout, izh_grid_item *item) {
  double small = izh_small_line(layout), n = (double)layout->plot->n_tracks;
  stack_marks(layout, item);
  if (has_axes(layout)) izh_scale_along(&layout->x, item->frame.w, layout->sizes->digit_w, small);
  layout->key_rows = layout->keys_above ? izh_keys_flow(layout, item, 0) : 0;
  double tick = has_axes(layout) || has_raster(layout) ? small / 2 : IZH_PAD;
  item->top = header_height(layout) + note_row(layout, item) + small * (double)layout->key_rows +
              fmax(layout->marks.rows * small, tick);
  item->bottom = below(layout) + (has_raster(layout) ? izh_raster_note_line(layout) : 0);
  item->least_h = tracks_least(layout);
  double wanted = izh_clamp(0.62 * item->frame.w, 40, 150) * (1 + 0.35 * (n - 1));
  if (layout->plot->aspect > 0) wanted = izh_clamp(layout->plot->aspect * item->frame.w, 40, 400);
  if (has_raster(layout)) wanted = izh_raster_wanted(layout, item->frame.w);
  item->want_h = fmax(wanted, item->least_h);
}

/* --- place --- */

double izh_plot_x(const izh_plot_layout *layout, double x) {
  izh_box plot = layout->tracks[0].plot;
  return plot.x + izh_scale_fraction(&layout->x, x) * plot.w;
}

double izh_plot_up(const izh_plot_track *track, double fraction) {
  return track->down ? track->plot.y + fraction * track->plot.h
                     : izh_box_bottom(track->plot) - fraction * track->plot.h;
}

double izh_plot_y(const izh_plot_track *track, double y) {
  return izh_plot_up(track, izh_scale_fraction(&track->y, y));
}

double izh_plot_right(const izh_plot_track *track, double y) {
  return izh_plot_up(track, izh_scale_fraction(&track->right, y));
}

/* Each track gets the height that it needs, and its share of the rest. */
static void place_tracks(izh_plot_layout *layout, const izh_grid_item *item) {
  const izh_plot *plot = layout->plot;
  double spare = item->frame.h - tracks_least(layout), sum = shares(plot), y = item->frame.y;
  for (size_t i = 0; i < plot->n_tracks; i++) {
    izh_plot_track *track = &layout->tracks[i];
    double h = track_least(layout, i) + spare * plot->tracks[i].share / sum;
    if (has_raster(layout) && plot->n_tracks > 1) {
      double rates = izh_raster_rates_h(layout, item->frame.h);
      h = i == 1 ? rates : item->frame.h - gap(layout) - rates;
    }
    track->plot = (izh_box){item->frame.x, y, item->frame.w, h};
    izh_scale_up(&track->y, h, TICKS_APART * izh_small_line(layout));
    if (plot->tracks[i].right) izh_scale_up(&track->right, h, TICKS_APART * izh_small_line(layout));
    y += h + gap(layout);
  }
}

static void place_header(izh_plot_layout *layout, const izh_grid_item *item) {
  const izh_plot_sizes *sizes = layout->sizes;
  double right = izh_box_right(item->cell), h = header_height(layout), small = izh_small_line(layout);
  izh_header_place(&layout->header, item);
  double note_w = fmin(sizes->note_w, item->cell.w), row = note_row(layout, item);
  double note_y = row > 0 ? item->cell.y + h : item->cell.y + (h - small) / 2;
  layout->note = (izh_box){right - note_w, note_y, note_w, small};
  if (has_raster(layout)) layout->note = izh_raster_note(layout, item);
  if (layout->keys_above) izh_keys_flow(layout, item, item->cell.y + h + row);
}

/* The titles of low tracks may be longer than the tracks, but must not overlap. */
static void place_rising_titles(izh_plot_layout *layout, const izh_grid_item *item, bool right) {
  size_t n = layout->plot->n_tracks;
  double lo = item->frame.y - izh_small_line(layout) / 2, hi = izh_box_bottom(item->cell);
  for (size_t i = 0; i < n; i++) {
    izh_box plot = layout->tracks[i].plot;
    layout->items[i] =
        (izh_spread_item){.centre = plot.y + plot.h / 2, .size = side_title_w(layout, i, right)};
  }
  izh_spread_titles(layout->items, n, lo, hi);
  for (size_t i = 0; i < n; i++) {
    bool moved = layout->plot->tracks[i].y.at_right;
    double w = side_title_w(layout, i, right) > 0 && has_axes(layout) ? label_line(layout) : 0;
    izh_box *title = right && !moved ? &layout->tracks[i].right_title : &layout->tracks[i].title;
    if (moved && !right) continue;
    double x = right ? izh_box_right(item->cell) - w : item->cell.x;
    *title = (izh_box){x, layout->items[i].start, w, layout->items[i].size};
  }
}

static void place_x_title(izh_plot_layout *layout, const izh_grid_item *item) {
  /* not beside the frame, since titles of vertical axes may reach down there */
  double left = item->frame.x, right = izh_box_right(has_right(layout) ? item->frame : item->cell);
  double w = has_axes(layout) ? fmin(layout->sizes->x_title_w, right - left) : 0;
  double x = izh_clamp(left + (item->frame.w - w) / 2, left, right - w);
  double y = izh_box_bottom(item->frame) + x_label_drop(layout) + x_label_height(layout);
  layout->x_title = (izh_box){x, y, w, label_line(layout)};
  double small = izh_small_line(layout), key_w = layout->sizes->missing_w;
  y += layout->sizes->x_title_w > 0 ? label_line(layout) + 1 : 1;
  layout->missing = (izh_box){left + IZH_KEY_W, y, fmin(key_w, right - left - IZH_KEY_W), small};
}

/* The scale bar of a track, at x; its text is left or right of it. */
static void place_y_bar(izh_plot_layout *layout, size_t i, double x, bool left) {
  izh_plot_track *track = &layout->tracks[i];
  if (track->bar_length <= 0) return;
  double h = izh_small_line(layout), w = layout->sizes->y_bar_w[i], bottom = izh_box_bottom(track->plot);
  double length = izh_scale_fraction(&track->y, track->y.lo + track->bar_length) * track->plot.h;
  track->bar = (izh_box){x, bottom - length, IZH_SCALE_BAR, length};
  double y = izh_clamp(bottom - length / 2 - h / 2, track->plot.y, bottom - h);
  track->bar_text = (izh_box){left ? x - IZH_PAD - w : x + IZH_SCALE_BAR + IZH_PAD, y, w, h};
}

static void place_x_bar(izh_plot_layout *layout, const izh_grid_item *item, double right) {
  if (layout->x_bar_length <= 0) return;
  double length = izh_scale_fraction(&layout->x, layout->x.lo + layout->x_bar_length) * item->frame.w;
  double y = izh_box_bottom(item->frame) + BAR_X, w = fmin(layout->sizes->x_bar_w, item->cell.w);
  layout->x_bar = (izh_box){right - length, y, length, IZH_SCALE_BAR};
  double x = izh_clamp(right - length / 2 - w / 2, item->cell.x, izh_box_right(item->cell) - w);
  layout->x_bar_text = (izh_box){x, y + IZH_SCALE_BAR + 0.5, w, izh_small_line(layout)};
}

/* Scale bars meet at the lower right corner of the panel, outside of the plots. But right of a raster are
 * names, and the bar of its rates is left of them. */
static void place_bars(izh_plot_layout *layout, const izh_grid_item *item) {
  bool left = has_raster(layout);
  double right = izh_box_right(item->frame),
         x = left ? item->frame.x - IZH_PAD - IZH_SCALE_BAR : right + BAR_X;
  for (size_t i = 0; i < layout->plot->n_tracks; i++) place_y_bar(layout, i, x, left);
  place_x_bar(layout, item, left ? right : x + IZH_SCALE_BAR);
}

static void place_heat(izh_plot_layout *layout, const izh_grid_item *item) {
  if (!has_heat(layout)) return;
  izh_box plot = layout->tracks[0].plot;
  layout->heat_bar = (izh_box){izh_box_right(plot) + HEAT_X, plot.y, HEAT_BAR, plot.h};
  izh_scale_up(&layout->heat, plot.h, TICKS_APART * izh_small_line(layout));
  double h = label_line(layout);
  double length = fmin(layout->sizes->heat_title_w, plot.h); /* above and below may be marks and titles */
  double x = izh_box_right(item->cell) - h, y = plot.y + (plot.h - length) / 2;
  layout->heat_title = (izh_box){x, y, length > 0 ? h : 0, length};
}

void izh_plot_layout_place(izh_plot_layout *layout, const izh_grid_item *item) {
  place_tracks(layout, item);
  place_header(layout, item);
  izh_marks_place(&layout->marks, item->frame.y, izh_small_line(layout));
  izh_keys_place(layout, item);
  izh_field field = izh_plot_field(layout);
  izh_overlays_place(&layout->overlays, &field, izh_small_line(layout));
  place_rising_titles(layout, item, false);
  if (has_right(layout)) place_rising_titles(layout, item, true);
  place_x_title(layout, item);
  place_bars(layout, item);
  place_heat(layout, item);
}

izh_box izh_plot_x_label(const izh_plot_layout *layout, size_t k) {
  izh_box plot = layout->tracks[layout->plot->n_tracks - 1].plot;
  double x = plot.x + izh_scale_tick_fraction(&layout->x, layout->x.ticks.at[k]) * plot.w;
  izh_box at = {x, izh_box_bottom(plot) + x_label_drop(layout), 0, izh_small_line(layout)};
  return izh_scale_label_box(&layout->x, k, layout->sizes->digit_w, at);
}

izh_box izh_plot_y_label(const izh_plot_layout *layout, size_t i, size_t k) {
  const izh_plot_track *track = &layout->tracks[i];
  double w = izh_scale_label_w(&track->y, k, layout->sizes->digit_w), h = izh_small_line(layout);
  double y = izh_plot_up(track, izh_scale_tick_fraction(&track->y, track->y.ticks.at[k]));
  if (layout->plot->tracks[i].y.at_right)
    return (izh_box){izh_box_right(track->plot) + IZH_TICK_LENGTH + IZH_PAD, y - h / 2, w, h};
  w = fmin(w, layout->numbers_w);
  return (izh_box){track->plot.x - IZH_TICK_LENGTH - IZH_PAD - w, y - h / 2, w, h};
}

izh_box izh_plot_right_label(const izh_plot_layout *layout, size_t i, size_t k) {
  const izh_plot_track *track = &layout->tracks[i];
  double w = izh_scale_label_w(&track->right, k, layout->sizes->digit_w), h = izh_small_line(layout);
  double y = izh_plot_up(track, izh_scale_tick_fraction(&track->right, track->right.ticks.at[k]));
  return (izh_box){izh_box_right(track->plot) + IZH_TICK_LENGTH + IZH_PAD, y - h / 2, w, h};
}

izh_box izh_plot_heat_label(const izh_plot_layout *layout, size_t k) {
  izh_box bar = layout->heat_bar;
  double w = izh_scale_label_w(&layout->heat, k, layout->sizes->digit_w), h = izh_small_line(layout);
  double y = izh_box_bottom(bar) - izh_scale_tick_fraction(&layout->heat, layout->heat.ticks.at[k]) * bar.h;
  return (izh_box){izh_box_right(bar) + IZH_TICK_LENGTH + IZH_PAD, y - h / 2, w, h};
}

void izh_plot_layout_boxes(const izh_plot_layout *layout,
                           void (*visit)(void *closure, const char *name, izh_box box), void *closure) {
  visit(closure, "letter", layout->header.letter_box);
  visit(closure, "title", layout->header.title_box);
  visit(closure, "note", layout->note);
  visit(closure, "x title", layout->x_title);
  visit(closure, "x bar", layout->x_bar);
  visit(closure, "x bar text", layout->x_bar_text);
  visit(closure, "heat bar", layout->heat_bar);
  visit(closure, "heat title", layout->heat_title);
  for (size_t k = 0; has_heat(layout) && k < layout->heat.ticks.n; k++)
    visit(closure, "heat label", izh_plot_heat_label(layout, k));
  visit(closure, "missing", layout->missing);
  const char *key = izh_keys_inside(layout) ? "inside key" : "key";
  for (size_t k = 0; k < layout->n_keys; k++) visit(closure, key, layout->keys[k].box);
  for (size_t k = 0; k < layout->overlays.n; k++)
    visit(closure, "inside overlay", layout->overlays.labels[k]);
  for (size_t k = 0; k < layout->marks.n_flags; k++) visit(closure, "mark", layout->marks.labels[k]);
  for (size_t k = 0; has_axes(layout) && k < layout->x.ticks.n; k++)
    visit(closure, "x label", izh_plot_x_label(layout, k));
  for (size_t i = 0; i < layout->plot->n_tracks; i++) {
    const izh_plot_track *track = &layout->tracks[i];
    visit(closure, "plot", track->plot);
    visit(closure, "y title", track->title);
    visit(closure, "y bar", track->bar);
    visit(closure, "y bar text", track->bar_text);
    for (size_t k = 0; has_axes(layout) && k < track->y.ticks.n; k++)
      visit(closure, "y label", izh_plot_y_label(layout, i, k));
    if (!has_right(layout) || !layout->plot->tracks[i].right) continue;
    visit(closure, "right title", track->right_title);
    for (size_t k = 0; k < track->right.ticks.n; k++)
      visit(closure, "right label", izh_plot_right_label(layout, i, k));
  }
}
