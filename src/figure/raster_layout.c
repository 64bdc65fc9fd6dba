#include "figure/raster_layout.h"

#include <math.h>

#include "base/alloc.h"
#include "figure/text.h"

static const double PAD = 2;            /* between a tick and its label, and a label and a title */
static const double BAR_Y = 4;          /* between the plot and the scale bar of time */
static const double GROUP_X = 6;        /* labels of groups begin this far right of the plot */
static const double SIDE_SHARE = 0.24;  /* the share of a panel's width that labels at its side may take */
static const double RATE_SHARE = 0.24;  /* the share of a frame's height that the rate takes */
static const double RATE_STEPS = 3.999; /* the axis of rates has at most so many steps between ticks */
static const double ID_TICKS = 7;       /* about so many ticks has the axis of neurons in a tall raster */
static const double LEAST_SPIKES_H = 16;
static const double SECONDS_FROM_MS = 10000; /* longer windows are labelled in seconds */

static double line(const izh_raster_layout *layout, izh_style style) {
  return izh_text_line(layout->sizes->text_pt, style);
}

bool izh_raster_in_seconds(const izh_raster *raster) {
  return raster->to_ms - raster->from_ms >= SECONDS_FROM_MS;
}

static void ids_range(izh_raster_layout *layout) {
  const izh_raster *raster = layout->raster;
  const izh_raster_group *last = raster->n_groups ? &raster->groups[raster->n_groups - 1] : NULL;
  layout->first_id = last ? raster->groups[0].first_id : 1;
  layout->last_id = last ? (double)last->first_id + last->size - 1 : raster->n_neurons;
}

static void make_scales(izh_raster_layout *layout) {
  const izh_raster *raster = layout->raster;
  izh_scale_init(&layout->window, raster->from_ms, raster->to_ms, false);
  izh_scale_init(&layout->rows, layout->first_id - 0.5, layout->last_id + 0.5, false);
  izh_scale_init(&layout->times, raster->from_ms * layout->time_scale, raster->to_ms * layout->time_scale,
                 false);
  layout->times.power = layout->rows.power = 0;
}

izh_status izh_raster_layout_new(const izh_raster *raster, const izh_raster_sizes *sizes,
                                 izh_raster_layout **result, izh_err *err) {
  izh_raster_layout *layout = izh_alloc_zero(1, sizeof *layout);
  if (!layout) return izh_fail_memory(err, sizeof *layout);
  layout->raster = raster;
  layout->sizes = sizes;
  size_t items = raster->n_groups + 2; /* the two vertical titles are spread as well */
  layout->groups = izh_alloc_zero(raster->n_groups, sizeof *layout->groups);
  layout->keys = izh_alloc_zero(sizes->n_keys, sizeof *layout->keys);
  layout->items = izh_alloc_zero(items, sizeof *layout->items);
  izh_status status = izh_marks_init(&layout->marks, raster->marks, raster->n_marks, err);
  if (status == IZH_OK)
    status = izh_overlays_init(&layout->overlays, raster->overlays, raster->n_overlays, err);
  if (status == IZH_OK && (!layout->groups || !layout->keys || !layout->items))
    status = izh_fail_memory(err, items * sizeof(izh_spread_item));
  if (status != IZH_OK) {
    izh_raster_layout_free(layout);
    return status;
  }
  ids_range(layout);
  layout->time_scale = izh_raster_in_seconds(raster) ? 1e-3 : 1;
  make_scales(layout);
  *result = layout;
  return IZH_OK;
}

void izh_raster_layout_free(izh_raster_layout *layout) {
  if (!layout) return;
  izh_free(layout->groups);
  izh_free(layout->keys);
  izh_marks_free(&layout->marks);
  izh_overlays_free(&layout->overlays);
  izh_free(layout->items);
  izh_free(layout);
}

static void time_ticks(izh_raster_layout *layout, double length) {
  izh_scale_along(&layout->times, length, layout->sizes->digit_w, line(layout, IZH_STYLE_SMALL));
}

double izh_raster_id_name(const izh_raster_layout *layout, double row) {
  const uint32_t *names = layout->raster->names;
  return names ? names[(size_t)(row - layout->first_id)] : row;
}

static double widest_id(const izh_raster_layout *layout) {
  double most = 0;
  if (!layout->raster->names) return layout->last_id;
  for (double row = layout->first_id; row <= layout->last_id; row++)
    most = fmax(most, izh_raster_id_name(layout, row));
  return most;
}

static void make_rate_axis(izh_raster_layout *layout) {
  const izh_raster *raster = layout->raster;
  double chosen = layout->sizes->rate_max > 0 ? 1.05 * layout->sizes->rate_max : 1;
  izh_scale_init(&layout->rates, raster->rate_lo, raster->rate_hi > 0 ? raster->rate_hi : chosen, false);
  layout->rates.power = 0;
  double step = izh_round_step((layout->rates.hi - layout->rates.lo) / RATE_STEPS);
  layout->rates.ticks = izh_ticks_every(step, layout->rates.lo, layout->rates.hi);
}

static bool has_axes(const izh_raster_layout *layout) {
  return layout->raster->frame == IZH_FRAME_AXES;
}

/* A bar of a rate is longer than others, since its plot is low: it is at most as high as that. */
void izh_raster_layout_scales(izh_raster_layout *layout) {
  static const double rate_part = 0.4;
  const izh_raster *raster = layout->raster;
  make_rate_axis(layout);
  layout->time_bar_length = layout->rate_bar_length = 0;
  if (raster->frame != IZH_FRAME_BARS) return;
  layout->time_bar_length = izh_scale_bar(&layout->times, raster->x.bar, 0.15);
  if (raster->rate) layout->rate_bar_length = izh_scale_bar(&layout->rates, raster->rate_bar, rate_part);
}

/* The room left of the frame for the axes, or for the scale bar of the rate. */
static double side_left(izh_raster_layout *layout) {
  const izh_raster_sizes *sizes = layout->sizes;
  if (!has_axes(layout))
    return layout->rate_bar_length > 0 ? PAD + IZH_SCALE_BAR + PAD + sizes->rate_bar_w : 0;
  double numbers = izh_number_width(widest_id(layout), 0, sizes->digit_w);
  if (layout->rows.given) {
    izh_scale_up(&layout->rows, 1e6, 1);
    numbers = izh_scale_widest(&layout->rows, sizes->digit_w);
  }
  if (layout->raster->rate) numbers = fmax(numbers, izh_scale_widest(&layout->rates, sizes->digit_w));
  double title = sizes->ids_title_w > 0 || sizes->rate_title_w > 0 ? PAD + line(layout, IZH_STYLE_LABEL) : 0;
  return IZH_TICK_LENGTH + PAD + numbers + title;
}

void izh_raster_layout_across(izh_raster_layout *layout, double cell_w, izh_grid_item *item) {
  const izh_raster_sizes *sizes = layout->sizes;
  double overhang = 0;
  time_ticks(layout, cell_w / 2);
  if (has_axes(layout))
    overhang = izh_scale_overhang(&layout->times, sizes->digit_w, line(layout, IZH_STYLE_SMALL));
  item->left = fmax(overhang, side_left(layout));
  double labels = izh_widest(sizes->group_w, layout->raster->n_groups);
  double keys = izh_widest(sizes->key_w, sizes->n_keys);
  double side = fmax(labels > 0 ? GROUP_X + labels : 0, keys > 0 ? GROUP_X + IZH_KEY_W + keys : 0);
  item->right = fmax(overhang, fmin(side, fmax(GROUP_X + IZH_KEY_W + 5, SIDE_SHARE * cell_w)));
}

izh_field izh_raster_field(const izh_raster_layout *layout) {
  izh_box last = layout->raster->rate ? layout->rate : layout->spikes;
  return (izh_field){layout->spikes, izh_box_bottom(last), &layout->window, &layout->rows, false, false};
}

static double mark_line(const izh_raster_layout *layout) {
  return line(layout, IZH_STYLE_SMALL);
}

static double gap(const izh_raster_layout *layout) {
  return layout->raster->rate ? line(layout, IZH_STYLE_SMALL) + 1.5 : 0;
}

/* Whether the note has a line at the bottom. With a rate it has room between the plots. */
static bool has_note_line(const izh_raster_layout *layout) {
  return !layout->raster->rate && layout->sizes->note_w > 0;
}

static double rate_least(const izh_raster_layout *layout) {
  double lines = fmax(RATE_STEPS + 0.2, (double)layout->sizes->n_keys);
  return layout->raster->rate ? lines * line(layout, IZH_STYLE_SMALL) : 0;
}

/* The height that the frame wants. The raster is half as high as wide; it is lower if it has few rows, and at
 * least as high as its labels need. The rate is a third of that. */
static double frame_wanted(const izh_raster_layout *layout, double width) {
  double rows = layout->last_id - layout->first_id + 1;
  double spikes = fmin(izh_clamp(0.5 * width, 40, 170), 16 + 12 * rows);
  double labels = (double)layout->raster->n_groups * line(layout, IZH_STYLE_SMALL);
  spikes = fmax(spikes, fmin(labels, 400));
  double rate = layout->raster->rate ? izh_clamp(spikes / 3, rate_least(layout), 60) : 0;
  return spikes + gap(layout) + rate;
}

/* The room below the frame for the axis of times, or its scale bar. */
static double below(const izh_raster_layout *layout) {
  const izh_raster_sizes *sizes = layout->sizes;
  double small = line(layout, IZH_STYLE_SMALL);
  if (has_axes(layout)) {
    double title = sizes->time_title_w > 0 ? line(layout, IZH_STYLE_LABEL) : 0;
    return IZH_TICK_LENGTH + PAD / 2 + izh_scale_row(&layout->times, sizes->digit_w, small) + title;
  }
  double names = small / 4; /* how far the lowest may reach below the frame */
  return layout->time_bar_length > 0 ? BAR_Y + IZH_SCALE_BAR + 0.5 + small : names;
}

void izh_raster_layout_down(izh_raster_layout *layout, izh_grid_item *item) {
  const izh_raster_sizes *sizes = layout->sizes;
  layout->spikes.x = layout->rate.x = item->frame.x;
  layout->spikes.w = layout->rate.w = item->frame.w;
  izh_field field = {.plot = item->frame, .x = &layout->window};
  izh_marks_stack(&layout->marks, sizes->mark_w, &field, izh_box_right(item->frame) + item->right);
  time_ticks(layout, item->frame.w);
  double above = fmax(layout->marks.rows * mark_line(layout), line(layout, IZH_STYLE_SMALL) / 2);
  item->top = izh_header_height(&layout->header) + above;
  double note = has_note_line(layout) ? line(layout, IZH_STYLE_SMALL) : 0;
  item->bottom = below(layout) + note;
  item->want_h = frame_wanted(layout, item->frame.w);
  item->least_h = LEAST_SPIKES_H + gap(layout) + rate_least(layout);
}

double izh_raster_x(const izh_raster_layout *layout, double t_ms) {
  return layout->spikes.x + izh_scale_fraction(&layout->window, t_ms) * layout->spikes.w;
}

double izh_raster_y(const izh_raster_layout *layout, double id) {
  return izh_box_bottom(layout->spikes) - izh_scale_fraction(&layout->rows, id) * layout->spikes.h;
}

double izh_raster_rate_y(const izh_raster_layout *layout, double rate_hz) {
  return izh_box_bottom(layout->rate) - izh_scale_fraction(&layout->rates, rate_hz) * layout->rate.h;
}

/* If there are more labels than lines, only every second, third … group is labelled. */
static void place_groups(izh_raster_layout *layout, const izh_grid_item *item) {
  const izh_raster *raster = layout->raster;
  double h = line(layout, IZH_STYLE_SMALL);
  double lo = layout->spikes.y, hi = izh_box_bottom(layout->spikes) + h / 4;
  size_t lines = (size_t)fmax(1, floor((hi - lo) / h));
  size_t stride = (raster->n_groups + lines - 1) / lines, n = 0;
  for (size_t i = raster->n_groups; i-- > 0;) { /* from top to bottom: the last group is at the top */
    const izh_raster_group *group = &raster->groups[i];
    if (i % stride || layout->sizes->group_w[i] <= 0) continue;
    double middle = izh_raster_y(layout, group->first_id + (group->size - 1) / 2.0);
    layout->items[n++] = (izh_spread_item){.centre = middle, .size = h};
  }
  izh_spread(layout->items, n, lo, hi);
  double x = izh_box_right(item->frame) + GROUP_X;
  n = 0;
  for (size_t i = raster->n_groups; i-- > 0;) {
    double w = i % stride ? 0 : fmin(layout->sizes->group_w[i], izh_box_right(item->cell) - x);
    layout->groups[i] = (izh_box){0};
    if (w > 0) layout->groups[i] = (izh_box){x, layout->items[n++].start, w, h};
  }
}

static void place_keys(izh_raster_layout *layout, const izh_grid_item *item) {
  double h = line(layout, IZH_STYLE_SMALL);
  double x = izh_box_right(item->frame) + GROUP_X + IZH_KEY_W;
  for (size_t i = 0; i < layout->sizes->n_keys; i++) {
    double w = fmin(layout->sizes->key_w[i], izh_box_right(item->cell) - x);
    layout->keys[i] = (izh_box){x, layout->rate.y + h * (double)i, w, h};
  }
}

/* The vertical titles may be longer than a small plot is high. They may reach past their plot, but must not
 * overlap. */
static void place_rising_titles(izh_raster_layout *layout, const izh_grid_item *item) {
  const izh_raster_sizes *sizes = layout->sizes;
  izh_spread_item *items = layout->items;
  double lo = item->frame.y - line(layout, IZH_STYLE_SMALL) / 2, hi = izh_box_bottom(item->cell);
  items[0] = (izh_spread_item){.centre = layout->spikes.y + layout->spikes.h / 2, .size = sizes->ids_title_w};
  items[1] = (izh_spread_item){.centre = layout->rate.y + layout->rate.h / 2, .size = sizes->rate_title_w};
  izh_spread_titles(items, sizes->rate_title_w > 0 ? 2 : 1, lo, hi);
  double h = line(layout, IZH_STYLE_LABEL);
  layout->ids_title = (izh_box){item->cell.x, items[0].start, sizes->ids_title_w > 0 ? h : 0, items[0].size};
  layout->rate_title =
      (izh_box){item->cell.x, items[1].start, sizes->rate_title_w > 0 ? h : 0, items[1].size};
}

static void place_bottom(izh_raster_layout *layout, const izh_grid_item *item) {
  const izh_raster_sizes *sizes = layout->sizes;
  double right = izh_box_right(item->cell), w = fmin(sizes->time_title_w, item->cell.w);
  double x = izh_clamp(item->frame.x + (item->frame.w - w) / 2, item->cell.x, right - w);
  double h = line(layout, IZH_STYLE_LABEL);
  double y = izh_box_bottom(item->frame) + IZH_TICK_LENGTH + PAD / 2 +
             izh_scale_row(&layout->times, sizes->digit_w, line(layout, IZH_STYLE_SMALL));
  layout->time_title = (izh_box){x, y, w, h};
  double note_h = line(layout, IZH_STYLE_SMALL), note_w = fmin(sizes->note_w, item->frame.w);
  double note_y = has_note_line(layout) ? izh_box_bottom(item->cell) - note_h : layout->rate.y - note_h - 0.5;
  layout->note = (izh_box){izh_box_right(item->frame) - note_w, note_y, note_w, note_h};
}

/* The bar of time is at the lower right corner, that of the rate left of its plot. */
static void place_bars(izh_raster_layout *layout, const izh_grid_item *item) {
  const izh_raster_sizes *sizes = layout->sizes;
  double small = line(layout, IZH_STYLE_SMALL), right = izh_box_right(item->frame);
  if (layout->time_bar_length > 0) {
    double w = izh_scale_fraction(&layout->times, layout->times.lo + layout->time_bar_length) * item->frame.w;
    layout->time_bar = (izh_box){right - w, izh_box_bottom(item->frame) + BAR_Y, w, IZH_SCALE_BAR};
    double text_w = fmin(sizes->time_bar_w, item->cell.w), x = right - w / 2 - text_w / 2;
    x = izh_clamp(x, item->cell.x, izh_box_right(item->cell) - text_w);
    layout->time_bar_text = (izh_box){x, izh_box_bottom(layout->time_bar) + 0.5, text_w, small};
  }
  if (layout->rate_bar_length <= 0) return;
  double h = izh_scale_fraction(&layout->rates, layout->rates.lo + layout->rate_bar_length) * layout->rate.h;
  double x = item->frame.x - PAD - IZH_SCALE_BAR, bottom = izh_box_bottom(layout->rate);
  layout->rate_bar = (izh_box){x, bottom - h, IZH_SCALE_BAR, h};
  double y = izh_clamp(bottom - h / 2 - small / 2, layout->rate.y, bottom - small);
  layout->rate_bar_text = (izh_box){x - PAD - sizes->rate_bar_w, y, sizes->rate_bar_w, small};
}

void izh_raster_layout_place(izh_raster_layout *layout, const izh_grid_item *item) {
  double frame_h = item->frame.h, rate_h = 0;
  if (layout->raster->rate) rate_h = izh_clamp(RATE_SHARE * frame_h, rate_least(layout), 60);
  layout->spikes = (izh_box){item->frame.x, item->frame.y, item->frame.w, frame_h - gap(layout) - rate_h};
  layout->rate = (izh_box){item->frame.x, izh_box_bottom(item->frame) - rate_h, item->frame.w, rate_h};
  double per_id = layout->spikes.h / (layout->last_id - layout->first_id + 1);
  double apart = fmax(1.7 * line(layout, IZH_STYLE_SMALL), layout->spikes.h / ID_TICKS);
  izh_scale_up(&layout->rows, layout->spikes.h, 1.7 * line(layout, IZH_STYLE_SMALL));
  if (!layout->rows.given)
    layout->rows.ticks = izh_ticks_ids(layout->first_id, layout->last_id, apart / per_id);
  izh_header_place(&layout->header, item);
  izh_marks_place(&layout->marks, item->frame.y, mark_line(layout));
  izh_field field = izh_raster_field(layout);
  izh_overlays_place(&layout->overlays, &field, line(layout, IZH_STYLE_SMALL));
  place_groups(layout, item);
  place_keys(layout, item);
  place_rising_titles(layout, item);
  place_bottom(layout, item);
  place_bars(layout, item);
}

izh_box izh_raster_time_label(const izh_raster_layout *layout, size_t k) {
  double y = izh_box_bottom(layout->raster->rate ? layout->rate : layout->spikes) + IZH_TICK_LENGTH + PAD / 2;
  double x = izh_raster_x(layout, layout->times.ticks.at[k] / layout->time_scale);
  izh_box at = {x, y, 0, line(layout, IZH_STYLE_SMALL)};
  return izh_scale_label_box(&layout->times, k, layout->sizes->digit_w, at);
}

static izh_box left_label(const izh_raster_layout *layout, double w, double y) {
  double h = line(layout, IZH_STYLE_SMALL);
  return (izh_box){layout->spikes.x - IZH_TICK_LENGTH - PAD - w, y - h / 2, w, h};
}

izh_box izh_raster_id_label(const izh_raster_layout *layout, size_t k) {
  double digit_w = layout->sizes->digit_w, at = layout->rows.ticks.at[k];
  double w = layout->rows.given ? izh_scale_label_w(&layout->rows, k, digit_w)
                                : izh_number_width(izh_raster_id_name(layout, at), 0, digit_w);
  return left_label(layout, w, izh_raster_y(layout, at));
}

izh_box izh_raster_rate_label(const izh_raster_layout *layout, size_t k) {
  double w = izh_scale_label_w(&layout->rates, k, layout->sizes->digit_w);
  return left_label(layout, w, izh_raster_rate_y(layout, layout->rates.ticks.at[k]));
}
