#include "figure/plot_layout.h"

#include <math.h>

#include "base/alloc.h"
#include "figure/measures.h"
#include "figure/text.h"

static const double PAD = 2;           /* between a tick and its label, and a label and a title */
static const double FLAG_PAD = 2;      /* between the line of a mark and its label */
static const double KEY_X = 5;         /* samples of keys begin this far right of the plot */
static const double KEY_GAP = 8;       /* between keys in a row */
static const double SIDE_SHARE = 0.26; /* the share of a panel's width that keys at its side may take */
static const double BAR_X = 4;         /* between the plot and its scale bars */
static const double HEAT_BAR = 5;      /* width of a colour bar */
static const double TICKS_APART = 1.7; /* lines */

static double line(const izh_plot_layout *layout, izh_style style) {
  return izh_text_line(layout->sizes->text_pt, style);
}

static double clamp(double value, double lo, double hi) {
  return fmax(lo, fmin(value, hi));
}

static bool has_axes(const izh_plot_layout *layout) {
  return layout->plot->frame == IZH_FRAME_AXES;
}

static bool has_heat(const izh_plot_layout *layout) {
  return layout->plot->tracks[0].heat != NULL;
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
  layout->flags = izh_alloc_zero(plot->n_marks, sizeof *layout->flags);
  layout->marks = izh_alloc_zero(plot->n_marks, sizeof *layout->marks);
  layout->items = izh_alloc_zero(items, sizeof *layout->items);
  if (!layout->tracks || !layout->keys || !layout->flags || !layout->marks || !layout->items) {
    izh_plot_layout_free(layout);
    return izh_fail_memory(err, items * sizeof(izh_spread_item));
  }
  for (size_t i = 0; i < plot->n_tracks; i++) layout->tracks[i].down = plot->tracks[i].y.down;
  *result = layout;
  return IZH_OK;
}

void izh_plot_layout_free(izh_plot_layout *layout) {
  if (!layout) return;
  izh_free(layout->tracks);
  izh_free(layout->keys);
  izh_free(layout->flags);
  izh_free(layout->marks);
  izh_free(layout->items);
  izh_free(layout);
}

/* --- across --- */

static double widest(const double *widths, size_t n) {
  double most = 0;
  for (size_t i = 0; i < n; i++) most = fmax(most, widths[i]);
  return most;
}

static double keys_width(const izh_plot_layout *layout) {
  double keys = widest(layout->sizes->key_w, layout->n_keys);
  return keys > 0 ? KEY_X + IZH_KEY_W + keys : 0;
}

double izh_plot_bar_length(const izh_axis *axis, const izh_scale *scale) {
  if (isnan(axis->bar) || scale->log || !(scale->hi > scale->lo)) return 0;
  return axis->bar > 0 ? axis->bar : izh_round_step(0.15 * (scale->hi - scale->lo));
}

static double axis_left(izh_plot_layout *layout) {
  const izh_plot_sizes *sizes = layout->sizes;
  size_t n = layout->plot->n_tracks;
  double numbers = 0;
  for (size_t i = 0; i < n; i++) {
    izh_scale_up(&layout->tracks[i].y, 1e6, 1); /* the finest ticks, which have the longest labels */
    numbers = fmax(numbers, izh_scale_widest(&layout->tracks[i].y, sizes->digit_w));
  }
  double title = widest(sizes->y_title_w, n) > 0 ? PAD + line(layout, IZH_STYLE_LABEL) : 0;
  return IZH_TICK_LENGTH + PAD + numbers + title;
}

/* The room right of the plot for the colour bar, its ticks, numbers and title. */
static double heat_width(izh_plot_layout *layout) {
  if (!has_heat(layout)) return 0;
  izh_scale_up(&layout->heat, 1e6, 1);
  double title = layout->sizes->heat_title_w > 0 ? PAD + line(layout, IZH_STYLE_LABEL) : 0;
  return KEY_X + HEAT_BAR + IZH_TICK_LENGTH + PAD + izh_scale_widest(&layout->heat, layout->sizes->digit_w) +
         title;
}

void izh_plot_layout_across(izh_plot_layout *layout, double cell_w, izh_grid_item *item) {
  const izh_plot *plot = layout->plot;
  const izh_plot_sizes *sizes = layout->sizes;
  double keys = keys_width(layout), overhang = 0;
  layout->x_bar_length = has_bars(layout) ? izh_plot_bar_length(&plot->x, &layout->x) : 0;
  for (size_t i = 0; i < plot->n_tracks; i++) {
    izh_plot_track *track = &layout->tracks[i];
    track->bar_length = has_bars(layout) ? izh_plot_bar_length(&plot->tracks[i].y, &track->y) : 0;
  }
  layout->keys_above = keys > SIDE_SHARE * cell_w;
  item->left = item->right = 0;
  if (has_axes(layout)) {
    izh_scale_along(&layout->x, cell_w, sizes->digit_w); /* labels of a shorter axis are not longer */
    overhang = izh_scale_widest(&layout->x, sizes->digit_w) / 2;
    item->left = fmax(overhang, axis_left(layout));
  }
  if (has_bars(layout)) {
    double text = widest(sizes->y_bar_w, plot->n_tracks);
    item->right = BAR_X + IZH_SCALE_BAR + (text > 0 ? PAD + text : 0);
    keys += item->right;
  }
  item->right = fmax(item->right, fmax(overhang, layout->keys_above ? 0 : keys));
  item->right = fmax(item->right, heat_width(layout));
}

/* --- down --- */

/* Marks at the ends of the range are drawn too: a change "at 500" shows in a window from 500 on. A band is
 * drawn as far as it is within the range. */
static void flags_make(izh_plot_layout *layout, const izh_grid_item *item) {
  const izh_plot *plot = layout->plot;
  /* not above the colour bar, whose numbers are there */
  double limit = izh_box_right(item->frame) + (has_heat(layout) ? 0 : item->right);
  layout->n_flags = 0;
  for (size_t i = 0; i < plot->n_marks; i++) {
    double from = plot->marks[i].t_ms, width = layout->sizes->mark_w[i];
    double to = fmax(from, plot->marks[i].end_ms);
    if (to < layout->x.lo || from > layout->x.hi) continue;
    double w = width > 0 ? fmin(FLAG_PAD + width, limit - item->frame.x) : 0;
    double x = item->frame.x + izh_scale_fraction(&layout->x, fmax(from, layout->x.lo)) * item->frame.w;
    layout->flags[layout->n_flags++] = (izh_flag){.x = x, .w = w, .index = i};
  }
  int rows = izh_flags_stack(layout->flags, layout->n_flags, limit, 2 * FLAG_PAD);
  layout->mark_rows = rows < IZH_MARK_ROWS_MAX ? rows : IZH_MARK_ROWS_MAX;
}

static double header(const izh_plot_layout *layout) {
  const izh_plot_sizes *sizes = layout->sizes;
  if (sizes->letter_w > 0) return line(layout, IZH_STYLE_LETTER);
  if (sizes->title_w > 0) return line(layout, IZH_STYLE_LABEL);
  return sizes->note_w > 0 ? line(layout, IZH_STYLE_SMALL) : 0;
}

static double title_x(const izh_plot_layout *layout, const izh_grid_item *item) {
  double letter_w = layout->sizes->letter_w;
  return fmax(item->frame.x, letter_w > 0 ? item->cell.x + letter_w + 2 * PAD : 0);
}

/* Whether there is room for the note right of the title. */
static bool note_in_header(const izh_plot_layout *layout, const izh_grid_item *item) {
  const izh_plot_sizes *sizes = layout->sizes;
  double right = izh_box_right(item->frame) + item->right;
  double title = sizes->title_w > 0 ? sizes->title_w + KEY_GAP : 0;
  return title_x(layout, item) + title + sizes->note_w <= right;
}

static double note_row(const izh_plot_layout *layout, const izh_grid_item *item) {
  bool apart = layout->sizes->note_w > 0 && !note_in_header(layout, item);
  return apart ? line(layout, IZH_STYLE_SMALL) : 0;
}

/* Places the keys above the plot in rows, from left to right; y is the top of the first row. Returns how many
 * rows there are. */
static size_t keys_flow(izh_plot_layout *layout, const izh_grid_item *item, double y) {
  double left = item->frame.x, room = item->frame.w + item->right, x = left;
  size_t row = 0;
  for (size_t i = 0; i < layout->n_keys; i++) {
    double w = fmin(layout->sizes->key_w[layout->keys[i].width], room - IZH_KEY_W);
    if (w <= 0) continue;
    if (x > left && x + IZH_KEY_W + w > left + room) {
      x = left;
      row++;
    }
    double h = line(layout, IZH_STYLE_SMALL);
    layout->keys[i].box = (izh_box){x + IZH_KEY_W, y + h * (double)row, w, h};
    x += IZH_KEY_W + w + KEY_GAP;
  }
  return row + 1;
}

/* How far the labels of the horizontal axis are below the plot: below the labels of the vertical axis, if
 * these could meet. */
static double x_label_drop(const izh_plot_layout *layout) {
  double reach = izh_scale_widest(&layout->x, layout->sizes->digit_w) / 2;
  double drop = IZH_TICK_LENGTH + PAD / 2;
  return reach > IZH_TICK_LENGTH + PAD ? fmax(drop, line(layout, IZH_STYLE_SMALL) / 2) : drop;
}

static double below(const izh_plot_layout *layout) {
  double small = line(layout, IZH_STYLE_SMALL);
  if (has_axes(layout)) {
    double title = layout->sizes->x_title_w > 0 ? line(layout, IZH_STYLE_LABEL) : 0;
    return x_label_drop(layout) + small + title;
  }
  if (layout->x_bar_length > 0) return BAR_X + IZH_SCALE_BAR + (layout->sizes->x_bar_w > 0 ? small + 0.5 : 0);
  return 0;
}

static double gap(const izh_plot_layout *layout) {
  return has_axes(layout) ? line(layout, IZH_STYLE_SMALL) : 2 * PAD; /* scale bars must not meet */
}

static double track_least(const izh_plot_layout *layout, size_t i) {
  double keys = 0, small = line(layout, IZH_STYLE_SMALL);
  for (size_t k = 0; !layout->keys_above && k < layout->n_keys; k++) keys += layout->keys[k].track == i;
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
  double small = line(layout, IZH_STYLE_SMALL), n = (double)layout->plot->n_tracks;
  flags_make(layout, item);
  if (has_axes(layout)) izh_scale_along(&layout->x, item->frame.w, layout->sizes->digit_w);
  layout->key_rows = layout->keys_above ? keys_flow(layout, item, 0) : 0;
  double tick = has_axes(layout) ? small / 2 : PAD;
  item->top = header(layout) + note_row(layout, item) + small * (double)layout->key_rows +
              fmax(layout->mark_rows * small, tick);
  item->bottom = below(layout);
  item->least_h = tracks_least(layout);
  double wanted = clamp(0.62 * item->frame.w, 40, 150) * (1 + 0.35 * (n - 1));
  if (has_heat(layout)) { /* cells are square if the page allows it */
    const izh_heat *heat = layout->plot->tracks[0].heat;
    double ratio = (double)(heat->rows ? heat->rows : 1) / (double)(heat->columns ? heat->columns : 1);
    wanted = clamp(ratio * item->frame.w, 40, 400);
  }
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

/* Each track gets the height that it needs, and its share of the rest. */
static void place_tracks(izh_plot_layout *layout, const izh_grid_item *item) {
  const izh_plot *plot = layout->plot;
  double spare = item->frame.h - tracks_least(layout), sum = shares(plot), y = item->frame.y;
  for (size_t i = 0; i < plot->n_tracks; i++) {
    izh_plot_track *track = &layout->tracks[i];
    double h = track_least(layout, i) + spare * plot->tracks[i].share / sum;
    track->plot = (izh_box){item->frame.x, y, item->frame.w, h};
    izh_scale_up(&track->y, h, TICKS_APART * line(layout, IZH_STYLE_SMALL));
    y += h + gap(layout);
  }
}

/* The letter is at the outer corner, the title above the axes. A letter that is wider than the left margin
 * moves the title to the right. */
static void place_header(izh_plot_layout *layout, const izh_grid_item *item) {
  const izh_plot_sizes *sizes = layout->sizes;
  double right = izh_box_right(item->cell), h = header(layout), title_h = line(layout, IZH_STYLE_LABEL);
  double small = line(layout, IZH_STYLE_SMALL), x = title_x(layout, item);
  layout->letter = (izh_box){item->cell.x, item->cell.y, fmin(sizes->letter_w, item->cell.w),
                             line(layout, IZH_STYLE_LETTER)};
  layout->title =
      (izh_box){x, item->cell.y + (h - title_h) / 2, clamp(right - x, 0, sizes->title_w), title_h};
  double note_w = fmin(sizes->note_w, item->cell.w), row = note_row(layout, item);
  double note_y = row > 0 ? item->cell.y + h : item->cell.y + (h - small) / 2;
  layout->note = (izh_box){right - note_w, note_y, note_w, small};
  if (layout->keys_above) keys_flow(layout, item, item->cell.y + h + row);
}

static void place_marks(izh_plot_layout *layout, const izh_grid_item *item) {
  double h = line(layout, IZH_STYLE_SMALL);
  for (size_t i = 0; i < layout->n_flags; i++) {
    const izh_flag *flag = &layout->flags[i];
    bool shown = flag->w > 0 && flag->row < layout->mark_rows;
    double x = flag->start + (flag->start < flag->x ? 0 : FLAG_PAD);
    layout->marks[i] = (izh_box){x, item->frame.y - h * (flag->row + 1), shown ? flag->w - FLAG_PAD : 0, h};
  }
}

static double key_centre(const izh_plot_layout *layout, const izh_plot_key *key) {
  const izh_plot_track *track = &layout->tracks[key->track];
  return clamp(izh_plot_y(track, key->at), track->plot.y, izh_box_bottom(track->plot));
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

static void place_side_keys(izh_plot_layout *layout, const izh_grid_item *item, izh_plot_key *keys,
                            size_t n) {
  izh_box plot = layout->tracks[keys->track].plot;
  double h = line(layout, IZH_STYLE_SMALL), x = izh_box_right(item->frame) + KEY_X + IZH_KEY_W;
  sort_keys(layout, keys, n);
  if (has_bars(layout)) { /* scale bars are between the plot and the keys */
    x = izh_box_right(item->cell) - widest(layout->sizes->key_w, layout->n_keys);
  }
  for (size_t i = 0; i < n; i++) {
    layout->items[i] = (izh_spread_item){.centre = key_centre(layout, &keys[i]), .size = h};
  }
  izh_spread(layout->items, n, plot.y, izh_box_bottom(plot));
  for (size_t i = 0; i < n; i++) {
    double w = layout->sizes->key_w[keys[i].width];
    keys[i].box = (izh_box){x, layout->items[i].start, fmin(w, izh_box_right(item->cell) - x), h};
  }
}

static void place_keys(izh_plot_layout *layout, const izh_grid_item *item) {
  if (layout->keys_above) return;
  for (size_t i = 0, n; i < layout->n_keys; i += n) {
    for (n = 1; i + n < layout->n_keys && layout->keys[i + n].track == layout->keys[i].track;) n++;
    place_side_keys(layout, item, &layout->keys[i], n);
  }
}

/* The titles of low tracks may be longer than the tracks, but must not overlap. */
static void place_rising_titles(izh_plot_layout *layout, const izh_grid_item *item) {
  const double *widths = layout->sizes->y_title_w;
  size_t n = layout->plot->n_tracks;
  double lo = item->frame.y - line(layout, IZH_STYLE_SMALL) / 2, hi = izh_box_bottom(item->cell), total = 0;
  for (size_t i = 0; i < n; i++) total += widths[i];
  double shrink = total > hi - lo ? (hi - lo) / total : 1;
  for (size_t i = 0; i < n; i++) {
    izh_box plot = layout->tracks[i].plot;
    layout->items[i] = (izh_spread_item){.centre = plot.y + plot.h / 2, .size = widths[i] * shrink};
  }
  izh_spread(layout->items, n, lo, hi);
  for (size_t i = 0; i < n; i++) {
    double w = widths[i] > 0 && has_axes(layout) ? line(layout, IZH_STYLE_LABEL) : 0;
    layout->tracks[i].title = (izh_box){item->cell.x, layout->items[i].start, w, layout->items[i].size};
  }
}

static void place_x_title(izh_plot_layout *layout, const izh_grid_item *item) {
  /* not left of the frame, since titles of vertical axes may reach down there */
  double left = item->frame.x, right = izh_box_right(item->cell);
  double w = has_axes(layout) ? fmin(layout->sizes->x_title_w, right - left) : 0;
  double x = clamp(left + (item->frame.w - w) / 2, left, right - w);
  double y = izh_box_bottom(item->frame) + x_label_drop(layout) + line(layout, IZH_STYLE_SMALL);
  layout->x_title = (izh_box){x, y, w, line(layout, IZH_STYLE_LABEL)};
}

/* Scale bars meet at the lower right corner of the panel, outside of the plots. */
static void place_bars(izh_plot_layout *layout, const izh_grid_item *item) {
  const izh_plot_sizes *sizes = layout->sizes;
  double h = line(layout, IZH_STYLE_SMALL), x = izh_box_right(item->frame) + BAR_X;
  for (size_t i = 0; i < layout->plot->n_tracks; i++) {
    izh_plot_track *track = &layout->tracks[i];
    izh_box plot = track->plot;
    double length = izh_scale_fraction(&track->y, track->y.lo + track->bar_length) * plot.h;
    if (track->bar_length <= 0) continue;
    track->bar = (izh_box){x, izh_box_bottom(plot) - length, IZH_SCALE_BAR, length};
    double y = clamp(track->bar.y + length / 2 - h / 2, plot.y, izh_box_bottom(plot) - h);
    track->bar_text = (izh_box){x + IZH_SCALE_BAR + PAD, y, sizes->y_bar_w[i], h};
  }
  if (layout->x_bar_length <= 0) return;
  double length = izh_scale_fraction(&layout->x, layout->x.lo + layout->x_bar_length) * item->frame.w;
  double y = izh_box_bottom(item->frame) + BAR_X, right = x + IZH_SCALE_BAR;
  layout->x_bar = (izh_box){right - length, y, length, IZH_SCALE_BAR};
  double w = fmin(sizes->x_bar_w, item->cell.w);
  double text_x = clamp(right - length / 2 - w / 2, item->cell.x, izh_box_right(item->cell) - w);
  layout->x_bar_text = (izh_box){text_x, y + IZH_SCALE_BAR + 0.5, w, h};
}

static void place_heat(izh_plot_layout *layout, const izh_grid_item *item) {
  if (!has_heat(layout)) return;
  izh_box plot = layout->tracks[0].plot;
  layout->heat_bar = (izh_box){izh_box_right(plot) + KEY_X, plot.y, HEAT_BAR, plot.h};
  izh_scale_up(&layout->heat, plot.h, TICKS_APART * line(layout, IZH_STYLE_SMALL));
  double h = line(layout, IZH_STYLE_LABEL);
  double length = fmin(layout->sizes->heat_title_w, plot.h); /* above and below may be marks and titles */
  double x = izh_box_right(item->cell) - h, y = plot.y + (plot.h - length) / 2;
  layout->heat_title = (izh_box){x, y, length > 0 ? h : 0, length};
}

void izh_plot_layout_place(izh_plot_layout *layout, const izh_grid_item *item) {
  place_tracks(layout, item);
  place_header(layout, item);
  place_marks(layout, item);
  place_keys(layout, item);
  place_rising_titles(layout, item);
  place_x_title(layout, item);
  place_bars(layout, item);
  place_heat(layout, item);
}

izh_box izh_plot_x_label(const izh_plot_layout *layout, size_t k) {
  izh_box plot = layout->tracks[layout->plot->n_tracks - 1].plot;
  double w = izh_scale_label_w(&layout->x, k, layout->sizes->digit_w);
  double x = plot.x + izh_scale_tick_fraction(&layout->x, layout->x.ticks.at[k]) * plot.w;
  return (izh_box){x - w / 2, izh_box_bottom(plot) + x_label_drop(layout), w, line(layout, IZH_STYLE_SMALL)};
}

izh_box izh_plot_y_label(const izh_plot_layout *layout, size_t i, size_t k) {
  const izh_plot_track *track = &layout->tracks[i];
  double w = izh_scale_label_w(&track->y, k, layout->sizes->digit_w), h = line(layout, IZH_STYLE_SMALL);
  double fraction = izh_scale_tick_fraction(&track->y, track->y.ticks.at[k]);
  double y = izh_plot_up(track, fraction);
  return (izh_box){track->plot.x - IZH_TICK_LENGTH - PAD - w, y - h / 2, w, h};
}

izh_box izh_plot_heat_label(const izh_plot_layout *layout, size_t k) {
  izh_box bar = layout->heat_bar;
  double w = izh_scale_label_w(&layout->heat, k, layout->sizes->digit_w), h = line(layout, IZH_STYLE_SMALL);
  double y = izh_box_bottom(bar) - izh_scale_tick_fraction(&layout->heat, layout->heat.ticks.at[k]) * bar.h;
  return (izh_box){izh_box_right(bar) + IZH_TICK_LENGTH + PAD, y - h / 2, w, h};
}

void izh_plot_layout_boxes(const izh_plot_layout *layout,
                           void (*visit)(void *closure, const char *name, izh_box box), void *closure) {
  visit(closure, "letter", layout->letter);
  visit(closure, "title", layout->title);
  visit(closure, "note", layout->note);
  visit(closure, "x title", layout->x_title);
  visit(closure, "x bar", layout->x_bar);
  visit(closure, "x bar text", layout->x_bar_text);
  visit(closure, "heat bar", layout->heat_bar);
  visit(closure, "heat title", layout->heat_title);
  for (size_t k = 0; has_heat(layout) && k < layout->heat.ticks.n; k++)
    visit(closure, "heat label", izh_plot_heat_label(layout, k));
  for (size_t k = 0; k < layout->n_keys; k++) visit(closure, "key", layout->keys[k].box);
  for (size_t k = 0; k < layout->n_flags; k++) visit(closure, "mark", layout->marks[k]);
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
  }
}
