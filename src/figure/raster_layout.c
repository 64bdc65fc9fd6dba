#include "figure/raster_layout.h"

#include <math.h>

#include "base/alloc.h"
#include "figure/text.h"

static const double PAD = 2;            /* between a tick and its label, and a label and a title */
static const double FLAG_PAD = 2;       /* between the line of a mark and its label */
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

static double clamp(double value, double lo, double hi) {
  return fmax(lo, fmin(value, hi));
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

izh_status izh_raster_layout_new(const izh_raster *raster, const izh_raster_sizes *sizes,
                                 izh_raster_layout **result, izh_err *err) {
  izh_raster_layout *layout = izh_alloc_zero(1, sizeof *layout);
  if (!layout) return izh_fail_memory(err, sizeof *layout);
  layout->raster = raster;
  layout->sizes = sizes;
  size_t items = raster->n_groups + 2; /* the two vertical titles are spread as well */
  layout->groups = izh_alloc_zero(raster->n_groups, sizeof *layout->groups);
  layout->keys = izh_alloc_zero(sizes->n_keys, sizeof *layout->keys);
  layout->flags = izh_alloc_zero(raster->n_marks, sizeof *layout->flags);
  layout->marks = izh_alloc_zero(raster->n_marks, sizeof *layout->marks);
  layout->items = izh_alloc_zero(items, sizeof *layout->items);
  if (!layout->groups || !layout->keys || !layout->flags || !layout->marks || !layout->items) {
    izh_raster_layout_free(layout);
    return izh_fail_memory(err, items * sizeof(izh_spread_item));
  }
  ids_range(layout);
  layout->time_scale = izh_raster_in_seconds(raster) ? 1e-3 : 1;
  *result = layout;
  return IZH_OK;
}

void izh_raster_layout_free(izh_raster_layout *layout) {
  if (!layout) return;
  izh_free(layout->groups);
  izh_free(layout->keys);
  izh_free(layout->flags);
  izh_free(layout->marks);
  izh_free(layout->items);
  izh_free(layout);
}

static double widest(const double *widths, size_t n) {
  double most = 0;
  for (size_t i = 0; i < n; i++) most = fmax(most, widths[i]);
  return most;
}

static double widest_tick(const izh_ticks *ticks, double digit_w) {
  double most = 0;
  for (size_t i = 0; i < ticks->n; i++)
    most = fmax(most, izh_number_width(ticks->at[i], ticks->decimals, digit_w));
  return most;
}

static void time_ticks(izh_raster_layout *layout, double length) {
  const izh_raster *raster = layout->raster;
  layout->times = izh_ticks_along(raster->from_ms * layout->time_scale, raster->to_ms * layout->time_scale,
                                  length, layout->sizes->digit_w);
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

void izh_raster_layout_across(izh_raster_layout *layout, double cell_w, izh_grid_item *item) {
  const izh_raster_sizes *sizes = layout->sizes;
  layout->rate_top = sizes->rate_max > 0 ? 1.05 * sizes->rate_max : 1;
  layout->rates = izh_ticks_every(izh_round_step(layout->rate_top / RATE_STEPS), 0, layout->rate_top);
  double numbers = izh_number_width(widest_id(layout), 0, sizes->digit_w);
  if (layout->raster->rate) numbers = fmax(numbers, widest_tick(&layout->rates, sizes->digit_w));
  double title = sizes->ids_title_w > 0 || sizes->rate_title_w > 0 ? PAD + line(layout, IZH_STYLE_LABEL) : 0;
  time_ticks(layout, cell_w / 2);
  double overhang = widest_tick(&layout->times, sizes->digit_w) / 2;
  item->left = fmax(overhang, IZH_TICK_LENGTH + PAD + numbers + title);
  double labels = widest(sizes->group_w, layout->raster->n_groups);
  double keys = widest(sizes->key_w, sizes->n_keys);
  double side = fmax(labels > 0 ? GROUP_X + labels : 0, keys > 0 ? GROUP_X + IZH_KEY_W + keys : 0);
  item->right = fmax(overhang, fmin(side, fmax(GROUP_X + IZH_KEY_W + 5, SIDE_SHARE * cell_w)));
}

/* Marks at the ends of the window are drawn too: a change "at 500" shows in a window from 500 on. A band is
 * drawn as far as it is within the window. */
static void flags_make(izh_raster_layout *layout, const izh_grid_item *item) {
  const izh_raster *raster = layout->raster;
  double limit = izh_box_right(item->frame) + item->right;
  layout->n_flags = 0;
  for (size_t i = 0; i < raster->n_marks; i++) {
    double t = raster->marks[i].t_ms, width = layout->sizes->mark_w[i];
    if (fmax(t, raster->marks[i].end_ms) < raster->from_ms || t > raster->to_ms) continue;
    t = fmax(t, raster->from_ms);
    double w = width > 0 ? fmin(FLAG_PAD + width, limit - item->frame.x) : 0;
    layout->flags[layout->n_flags++] = (izh_flag){.x = izh_raster_x(layout, t), .w = w, .index = i};
  }
  int rows = izh_flags_stack(layout->flags, layout->n_flags, limit, 2 * FLAG_PAD);
  layout->mark_rows = rows < IZH_MARK_ROWS_MAX ? rows : IZH_MARK_ROWS_MAX;
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
  double spikes = fmin(clamp(0.5 * width, 40, 170), 16 + 12 * rows);
  double labels = (double)layout->raster->n_groups * line(layout, IZH_STYLE_SMALL);
  spikes = fmax(spikes, fmin(labels, 400));
  double rate = layout->raster->rate ? clamp(spikes / 3, rate_least(layout), 60) : 0;
  return spikes + gap(layout) + rate;
}

void izh_raster_layout_down(izh_raster_layout *layout, izh_grid_item *item) {
  const izh_raster_sizes *sizes = layout->sizes;
  layout->spikes.x = layout->rate.x = item->frame.x;
  layout->spikes.w = layout->rate.w = item->frame.w;
  flags_make(layout, item);
  time_ticks(layout, item->frame.w);
  double header = sizes->letter_w > 0  ? line(layout, IZH_STYLE_LETTER)
                  : sizes->title_w > 0 ? line(layout, IZH_STYLE_LABEL)
                                       : 0;
  double above = fmax(layout->mark_rows * mark_line(layout), line(layout, IZH_STYLE_SMALL) / 2);
  item->top = header + above;
  double title = sizes->time_title_w > 0 ? line(layout, IZH_STYLE_LABEL) : 0;
  double note = has_note_line(layout) ? line(layout, IZH_STYLE_SMALL) : 0;
  item->bottom = IZH_TICK_LENGTH + PAD / 2 + line(layout, IZH_STYLE_SMALL) + title + note;
  item->want_h = frame_wanted(layout, item->frame.w);
  item->least_h = LEAST_SPIKES_H + gap(layout) + rate_least(layout);
}

double izh_raster_x(const izh_raster_layout *layout, double t_ms) {
  const izh_raster *raster = layout->raster;
  double span = raster->to_ms - raster->from_ms;
  double fraction = span > 0 ? (t_ms - raster->from_ms) / span : 0.5;
  return layout->spikes.x + fraction * layout->spikes.w;
}

double izh_raster_y(const izh_raster_layout *layout, double id) {
  double n = layout->last_id - layout->first_id + 1;
  return izh_box_bottom(layout->spikes) - (id - layout->first_id + 0.5) / n * layout->spikes.h;
}

double izh_raster_rate_y(const izh_raster_layout *layout, double rate_hz) {
  return izh_box_bottom(layout->rate) - rate_hz / layout->rate_top * layout->rate.h;
}

/* The letter is at the outer corner, the title above the axes. A letter that is wider than the left margin
 * moves the title to the right. */
static void place_header(izh_raster_layout *layout, const izh_grid_item *item) {
  const izh_raster_sizes *sizes = layout->sizes;
  double right = izh_box_right(item->cell);
  double letter_h = line(layout, IZH_STYLE_LETTER), title_h = line(layout, IZH_STYLE_LABEL);
  double header = sizes->letter_w > 0 ? letter_h : title_h;
  double letter_w = fmin(sizes->letter_w, item->cell.w);
  layout->letter = (izh_box){item->cell.x, item->cell.y, letter_w, letter_h};
  double x = fmax(item->frame.x, letter_w > 0 ? item->cell.x + letter_w + 2 * PAD : 0);
  double w = clamp(right - x, 0, sizes->title_w);
  layout->title = (izh_box){x, item->cell.y + (header - title_h) / 2, w, title_h};
}

static void place_marks(izh_raster_layout *layout, const izh_grid_item *item) {
  double h = mark_line(layout);
  for (size_t i = 0; i < layout->n_flags; i++) {
    const izh_flag *flag = &layout->flags[i];
    bool shown = flag->w > 0 && flag->row < layout->mark_rows;
    double y = item->frame.y - h * (flag->row + 1);
    bool shifted = flag->start < flag->x;
    layout->marks[i] =
        (izh_box){flag->start + (shifted ? 0 : FLAG_PAD), y, shown ? flag->w - FLAG_PAD : 0, h};
  }
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
  double room = hi - lo, total = sizes->ids_title_w + sizes->rate_title_w;
  double shrink = total > room ? room / total : 1;
  items[0] = (izh_spread_item){.centre = layout->spikes.y + layout->spikes.h / 2,
                               .size = sizes->ids_title_w * shrink};
  items[1] =
      (izh_spread_item){.centre = layout->rate.y + layout->rate.h / 2, .size = sizes->rate_title_w * shrink};
  izh_spread(items, sizes->rate_title_w > 0 ? 2 : 1, lo, hi);
  double h = line(layout, IZH_STYLE_LABEL);
  layout->ids_title = (izh_box){item->cell.x, items[0].start, sizes->ids_title_w > 0 ? h : 0, items[0].size};
  layout->rate_title =
      (izh_box){item->cell.x, items[1].start, sizes->rate_title_w > 0 ? h : 0, items[1].size};
}

static void place_bottom(izh_raster_layout *layout, const izh_grid_item *item) {
  const izh_raster_sizes *sizes = layout->sizes;
  double right = izh_box_right(item->cell), w = fmin(sizes->time_title_w, item->cell.w);
  double x = clamp(item->frame.x + (item->frame.w - w) / 2, item->cell.x, right - w);
  double h = line(layout, IZH_STYLE_LABEL);
  double y = izh_box_bottom(item->frame) + IZH_TICK_LENGTH + PAD / 2 + line(layout, IZH_STYLE_SMALL);
  layout->time_title = (izh_box){x, y, w, h};
  double note_h = line(layout, IZH_STYLE_SMALL), note_w = fmin(sizes->note_w, item->frame.w);
  double note_y = has_note_line(layout) ? izh_box_bottom(item->cell) - note_h : layout->rate.y - note_h - 0.5;
  layout->note = (izh_box){izh_box_right(item->frame) - note_w, note_y, note_w, note_h};
}

void izh_raster_layout_place(izh_raster_layout *layout, const izh_grid_item *item) {
  double frame_h = item->frame.h, rate_h = 0;
  if (layout->raster->rate) rate_h = clamp(RATE_SHARE * frame_h, rate_least(layout), 60);
  layout->spikes = (izh_box){item->frame.x, item->frame.y, item->frame.w, frame_h - gap(layout) - rate_h};
  layout->rate = (izh_box){item->frame.x, izh_box_bottom(item->frame) - rate_h, item->frame.w, rate_h};
  double per_id = layout->spikes.h / (layout->last_id - layout->first_id + 1);
  double apart = fmax(1.7 * line(layout, IZH_STYLE_SMALL), layout->spikes.h / ID_TICKS);
  layout->ids = izh_ticks_ids(layout->first_id, layout->last_id, apart / per_id);
  place_header(layout, item);
  place_marks(layout, item);
  place_groups(layout, item);
  place_keys(layout, item);
  place_rising_titles(layout, item);
  place_bottom(layout, item);
}

izh_box izh_raster_time_label(const izh_raster_layout *layout, size_t k) {
  double w = izh_number_width(layout->times.at[k], layout->times.decimals, layout->sizes->digit_w);
  double y = izh_box_bottom(layout->raster->rate ? layout->rate : layout->spikes) + IZH_TICK_LENGTH + PAD / 2;
  return (izh_box){izh_raster_x(layout, layout->times.at[k] / layout->time_scale) - w / 2, y, w,
                   line(layout, IZH_STYLE_SMALL)};
}

static izh_box left_label(const izh_raster_layout *layout, double value, int decimals, double y) {
  double w = izh_number_width(value, decimals, layout->sizes->digit_w), h = line(layout, IZH_STYLE_SMALL);
  return (izh_box){layout->spikes.x - IZH_TICK_LENGTH - PAD - w, y - h / 2, w, h};
}

izh_box izh_raster_id_label(const izh_raster_layout *layout, size_t k) {
  return left_label(layout, izh_raster_id_name(layout, layout->ids.at[k]), 0,
                    izh_raster_y(layout, layout->ids.at[k]));
}

izh_box izh_raster_rate_label(const izh_raster_layout *layout, size_t k) {
  return left_label(layout, layout->rates.at[k], layout->rates.decimals,
                    izh_raster_rate_y(layout, layout->rates.at[k]));
}
