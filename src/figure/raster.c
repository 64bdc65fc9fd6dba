#include "figure/raster.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "figure/annotate_draw.h"
#include "figure/axis_draw.h"
#include "figure/pen.h"
#include "figure/plot_panel.h"
#include "figure/raster_dots.h"
#include "figure/rate.h"

enum { TRACES_MAX = IZH_RASTER_TRACES, NOTE_SIZE = 256 };

static const double RATE_LINE = 0.6, FILL_TINT = 0.3;

/* The rate of one group, or of all groups with one ink. */
typedef struct izh_trace {
  const char *label;
  izh_ink ink; /* of all its groups, if it is of several */
  izh_colour colour;
  double neurons;
  double *hz; /* [n_bins]; NaN before the first of its neurons was there */
} izh_trace;

struct izh_raster_panel {
  const izh_raster *raster;
  izh_panel_context context;
  izh_raster_layout *layout;
  izh_raster_sizes sizes;
  double *group_w, *mark_w, key_w[TRACES_MAX]; /* `sizes` points to these */
  izh_scale_tick *ticks;                       /* [n_ticks] that were asked for, of both axes */
  size_t n_ticks;
  uint32_t *order;              /* [n_spikes] spikes by group, then time */
  size_t *start;                /* [groups + 1] where each group begins in order */
  izh_colour *colours;          /* [groups] */
  izh_trace traces[TRACES_MAX]; /* from the upper groups to the lower ones */
  size_t n_traces, n_bins;
  double bin_ms, rate_max;
  double *hz; /* [n_traces × n_bins] */
  char note[NOTE_SIZE];
};

size_t izh_raster_group_of(const izh_raster *raster, uint32_t id) {
  if (raster->n_groups == 0) return id >= 1 && id <= raster->n_neurons ? 0 : SIZE_MAX;
  size_t lo = 0, hi = raster->n_groups;
  while (hi - lo > 1) {
    size_t middle = lo + (hi - lo) / 2;
    if (raster->groups[middle].first_id <= id) {
      lo = middle;
    } else {
      hi = middle;
    }
  }
  const izh_raster_group *group = &raster->groups[lo];
  return id >= group->first_id && id - group->first_id < group->size ? lo : SIZE_MAX;
}

size_t izh_raster_spike_group(const izh_raster *raster, size_t i) {
  uint32_t id = raster->id[i];
  if (id < IZH_RASTER_HIDDEN) return izh_raster_group_of(raster, id);
  return id - IZH_RASTER_HIDDEN < raster->n_groups ? id - IZH_RASTER_HIDDEN : SIZE_MAX;
}

static size_t drawn_groups(const izh_raster *raster) {
  return raster->n_groups ? raster->n_groups : 1;
}

static izh_ink group_ink(const izh_raster *raster, size_t group) {
  return raster->n_groups ? raster->groups[group].ink : IZH_INK_NEUTRAL;
}

/* Groups with the same ink get its shades in turn. */
static void choose_colours(izh_raster_panel *panel) {
  int before[IZH_INK_INHIBITORY + 1] = {0};
  for (size_t g = 0; g < drawn_groups(panel->raster); g++) {
    izh_ink ink = group_ink(panel->raster, g);
    uint32_t given = panel->raster->n_groups ? panel->raster->groups[g].colour : 0;
    panel->colours[g] = izh_colour_or(given, izh_ink_colour(ink, before[ink]++));
  }
}

/* Sorts the spikes that have a row by group (a counting sort), since a group is drawn as a whole. */
static void order_spikes(izh_raster_panel *panel) {
  const izh_raster *raster = panel->raster;
  size_t groups = drawn_groups(raster), *start = panel->start;
  for (size_t i = 0; i < raster->n_spikes; i++)
    if (raster->id[i] < IZH_RASTER_HIDDEN) start[izh_raster_spike_group(raster, i) + 1]++;
  for (size_t g = 0; g < groups; g++) start[g + 1] += start[g];
  for (size_t i = 0; i < raster->n_spikes; i++)
    if (raster->id[i] < IZH_RASTER_HIDDEN)
      panel->order[start[izh_raster_spike_group(raster, i)]++] = (uint32_t)i;
  /* now start[g] is the end of group g; move it back */
  memmove(start + 1, start, groups * sizeof *start);
  start[0] = 0;
}

static double group_neurons(const izh_raster *raster, size_t g) {
  if (raster->n_groups == 0) return raster->n_neurons;
  return raster->groups[g].neurons ? raster->groups[g].neurons : raster->groups[g].size;
}

static void traces_of_groups(izh_raster_panel *panel) {
  const izh_raster *raster = panel->raster;
  for (size_t g = drawn_groups(raster); g-- > 0;) {
    panel->traces[panel->n_traces++] = (izh_trace){
        .label = raster->n_groups ? raster->groups[g].label : NULL,
        .colour = panel->colours[g],
        .neurons = group_neurons(raster, g),
    };
  }
}

static void traces_of_inks(izh_raster_panel *panel) {
  static const char *const names[] = {
      [IZH_INK_NEUTRAL] = "other", [IZH_INK_EXCITATORY] = "excitatory", [IZH_INK_INHIBITORY] = "inhibitory"};
  const izh_raster *raster = panel->raster;
  for (int ink = IZH_INK_INHIBITORY; ink >= IZH_INK_NEUTRAL; ink--) {
    izh_trace trace = {.label = names[ink], .ink = (izh_ink)ink, .colour = izh_ink_colour((izh_ink)ink, 0)};
    for (size_t g = 0; g < raster->n_groups; g++) {
      if ((int)raster->groups[g].ink == ink) trace.neurons += group_neurons(raster, g);
    }
    if (trace.neurons > 0) panel->traces[panel->n_traces++] = trace;
  }
}

static izh_trace *trace_of_group(izh_raster_panel *panel, size_t group) {
  size_t groups = drawn_groups(panel->raster);
  if (groups <= TRACES_MAX) return &panel->traces[groups - 1 - group];
  izh_trace *trace = panel->traces;
  while (trace->ink != panel->raster->groups[group].ink) trace++;
  return trace;
}

static void count_spikes(izh_raster_panel *panel) {
  const izh_raster *raster = panel->raster;
  for (size_t i = 0; i < raster->n_spikes; i++) {
    size_t bin = izh_rate_bin_of(raster->t_ms[i], raster->from_ms, panel->bin_ms, panel->n_bins);
    trace_of_group(panel, izh_raster_spike_group(raster, i))->hz[bin]++;
  }
}

static double bin_end(const izh_raster_panel *panel, size_t bin) {
  return bin + 1 == panel->n_bins ? panel->raster->to_ms
                                  : panel->raster->from_ms + panel->bin_ms * (double)(bin + 1);
}

/* How much of a part of the window neurons of a trace have missed, since they were added later; in neurons ×
 * ms. */
static double missing(izh_raster_panel *panel, const izh_trace *trace, double begin_ms, double end_ms) {
  double sum = 0;
  for (size_t g = 0; g < panel->raster->n_groups; g++) {
    const double *begun_ms = panel->raster->groups[g].begun_ms;
    if (!begun_ms || trace_of_group(panel, g) != trace) continue;
    for (size_t i = 0; i < (size_t)group_neurons(panel->raster, g); i++)
      sum += fmax(0, fmin(begun_ms[i], end_ms) - begin_ms);
  }
  return sum;
}

static void rates_from_counts(izh_raster_panel *panel) {
  for (size_t k = 0; k < panel->n_traces; k++) {
    izh_trace *trace = &panel->traces[k];
    for (size_t bin = 0; bin < panel->n_bins; bin++) {
      double begin_ms = panel->raster->from_ms + panel->bin_ms * (double)bin, end_ms = bin_end(panel, bin);
      double lacks = missing(panel, trace, begin_ms, end_ms), all = trace->neurons * (end_ms - begin_ms);
      trace->hz[bin] = lacks < all ? trace->hz[bin] / ((all - lacks) / 1000) : NAN;
      panel->rate_max = fmax(panel->rate_max, trace->hz[bin]);
    }
  }
}

static izh_status make_rates(izh_raster_panel *panel, double bin_ms, izh_err *err) {
  const izh_raster *raster = panel->raster;
  double span = raster->to_ms - raster->from_ms;
  if (!raster->rate) return IZH_OK;
  if (drawn_groups(raster) <= TRACES_MAX) {
    traces_of_groups(panel);
  } else {
    traces_of_inks(panel);
  }
  /* a trace of a single group needs no key: it has the colour of the label at the side of the raster */
  panel->sizes.n_keys = drawn_groups(raster) > TRACES_MAX && !raster->unnamed ? panel->n_traces : 0;
  if (span <= 0) return IZH_OK;
  panel->bin_ms = bin_ms;
  panel->n_bins = izh_rate_bins(span, panel->bin_ms);
  panel->hz = izh_alloc_zero(panel->n_traces * panel->n_bins, sizeof *panel->hz);
  if (!panel->hz) return izh_fail_memory(err, panel->n_traces * panel->n_bins * sizeof *panel->hz);
  for (size_t k = 0; k < panel->n_traces; k++) panel->traces[k].hz = panel->hz + k * panel->n_bins;
  count_spikes(panel);
  rates_from_counts(panel);
  return IZH_OK;
}

/* Writes the note: "100 of 10 000 neurons, bin 5 ms". */
static void make_note(izh_raster_panel *panel) {
  const izh_raster *raster = panel->raster;
  double rows = 0, neurons = 0;
  char shown[IZH_NUMBER_SIZE], all[IZH_NUMBER_SIZE], bin[IZH_NUMBER_SIZE];
  for (size_t g = 0; g < raster->n_groups; g++) {
    rows += raster->groups[g].size;
    neurons += group_neurons(raster, g);
  }
  bool some = rows < neurons, rate = raster->rate && panel->n_bins > 0;
  if (raster->note) {
    snprintf(panel->note, sizeof panel->note, "%s", raster->note);
    return;
  }
  if (raster->rows_note) {
    snprintf(panel->note, sizeof panel->note, "%s%s", raster->rows_note, rate ? ", " : "");
  } else if (some) {
    snprintf(panel->note, sizeof panel->note, "%s of %s neurons%s", izh_number_text(shown, rows, 0),
             izh_number_text(all, neurons, 0), rate ? ", " : "");
  }
  size_t length = strlen(panel->note);
  if (rate) {
    snprintf(panel->note + length, sizeof panel->note - length, "bin %s ms",
             izh_number_text(bin, panel->bin_ms, izh_number_decimals(panel->bin_ms)));
  }
}

static izh_status panel_fill(izh_raster_panel *panel, double bin_ms, izh_err *err) {
  const izh_raster *raster = panel->raster;
  panel->group_w = izh_alloc_zero(raster->n_groups, sizeof *panel->group_w);
  panel->mark_w = izh_alloc_zero(raster->n_marks, sizeof *panel->mark_w);
  panel->order = izh_alloc(raster->n_spikes, sizeof *panel->order);
  panel->start = izh_alloc_zero(drawn_groups(raster) + 1, sizeof *panel->start);
  panel->colours = izh_alloc(drawn_groups(raster), sizeof *panel->colours);
  if (!panel->group_w || !panel->mark_w || !panel->order || !panel->start || !panel->colours) {
    return izh_fail_memory(err, raster->n_spikes * sizeof *panel->order);
  }
  panel->sizes.group_w = panel->group_w;
  panel->sizes.mark_w = panel->mark_w;
  panel->sizes.key_w = panel->key_w;
  choose_colours(panel);
  order_spikes(panel);
  izh_status status = make_rates(panel, bin_ms, err);
  make_note(panel);
  if (status == IZH_OK) status = izh_raster_layout_new(raster, &panel->sizes, &panel->layout, err);
  if (status != IZH_OK) return status;
  size_t n = raster->x.n_ticks + raster->y.n_ticks;
  panel->ticks = izh_alloc_zero(n, sizeof *panel->ticks);
  if (!panel->ticks) return izh_fail_memory(err, n * sizeof *panel->ticks);
  izh_scale_own(&panel->layout->times, &raster->x, panel->ticks, &panel->n_ticks);
  izh_scale_own(&panel->layout->rows, &raster->y, panel->ticks, &panel->n_ticks);
  return IZH_OK;
}

izh_status izh_raster_panel_new(const izh_raster *raster, double bin_ms, izh_raster_panel **result,
                                izh_err *err) {
  izh_raster_panel *panel = izh_alloc_zero(1, sizeof *panel);
  if (!panel) return izh_fail_memory(err, sizeof *panel);
  panel->raster = raster;
  izh_status status = panel_fill(panel, bin_ms, err);
  if (status != IZH_OK) {
    izh_raster_panel_free(panel);
    return status;
  }
  *result = panel;
  return IZH_OK;
}

void izh_raster_panel_free(izh_raster_panel *panel) {
  if (!panel) return;
  izh_raster_layout_free(panel->layout);
  izh_free(panel->group_w);
  izh_free(panel->mark_w);
  izh_free(panel->ticks);
  izh_free(panel->order);
  izh_free(panel->start);
  izh_free(panel->colours);
  izh_free(panel->hz);
  izh_free(panel);
}

double izh_raster_panel_rate_max(const izh_raster_panel *panel) {
  return panel->rate_max;
}

const char *izh_raster_time_title(const izh_raster *raster) {
  if (raster->x.title) return raster->x.title;
  return izh_raster_in_seconds(raster) ? "Time (s)" : "Time (ms)";
}

static const char RATE_TITLE[] = "Rate (Hz)";

const char *izh_raster_ids_title(const izh_raster *raster) {
  return raster->y.title ? raster->y.title : "Neuron";
}

static const char *time_bar_words(const izh_raster_panel *panel, char words[IZH_BAR_TEXT_SIZE]) {
  const izh_axis axis = {.unit = izh_raster_in_seconds(panel->raster) ? "s" : "ms"};
  double length = panel->layout->time_bar_length;
  return length > 0 ? izh_bar_text(&axis, length, words) : NULL;
}

static const char *rate_bar_words(const izh_raster_panel *panel, char words[IZH_BAR_TEXT_SIZE]) {
  const izh_axis axis = {.unit = "Hz"};
  double length = panel->layout->rate_bar_length;
  return length > 0 ? izh_bar_text(&axis, length, words) : NULL;
}

static void panel_measure(void *self, izh_text *text, const izh_panel_context *context) {
  izh_raster_panel *panel = self;
  const izh_raster *raster = panel->raster;
  izh_raster_sizes *sizes = &panel->sizes;
  panel->context = *context;
  bool axes = raster->frame == IZH_FRAME_AXES;
  sizes->rate_max = context->rate_max;
  izh_raster_layout_scales(panel->layout);
  sizes->text_pt = izh_text_size(text);
  sizes->digit_w = izh_text_width(text, IZH_STYLE_SMALL, "0");
  izh_header_measure(&panel->layout->header, text, context->letter, raster->title);
  sizes->note_w = izh_text_width(text, IZH_STYLE_SMALL, panel->note);
  sizes->ids_title_w =
      axes && context->y_title ? izh_text_width(text, IZH_STYLE_LABEL, izh_raster_ids_title(raster)) : 0;
  sizes->rate_title_w = axes && context->rate_title ? izh_text_width(text, IZH_STYLE_LABEL, RATE_TITLE) : 0;
  sizes->time_title_w =
      axes && context->x_title ? izh_text_width(text, IZH_STYLE_LABEL, izh_raster_time_title(raster)) : 0;
  char words[IZH_BAR_TEXT_SIZE];
  sizes->time_bar_w = izh_text_width(text, IZH_STYLE_SMALL, time_bar_words(panel, words));
  sizes->rate_bar_w = izh_text_width(text, IZH_STYLE_SMALL, rate_bar_words(panel, words));
  for (size_t i = 0; i < raster->n_groups; i++) {
    panel->group_w[i] = raster->unnamed ? 0 : izh_text_width(text, IZH_STYLE_SMALL, raster->groups[i].label);
  }
  for (size_t i = 0; i < raster->n_marks; i++) {
    panel->mark_w[i] = izh_text_width(text, IZH_STYLE_SMALL, raster->marks[i].label);
  }
  izh_ticks_measure(panel->ticks, panel->n_ticks, text);
  izh_overlays_measure(&panel->layout->overlays, text);
  for (size_t i = 0; i < panel->n_traces; i++) {
    panel->key_w[i] = izh_text_width(text, IZH_STYLE_SMALL, panel->traces[i].label);
  }
}

/* --- drawing --- */

/* Chooses the size of dots. If possible, all dots together fill at most a third of the plot, so that a dense
 * raster shows texture instead of a solid area. If there are few neurons, dots are ticks as high as the rows
 * allow. */
static void dot_size(const izh_raster_panel *panel, double least, double *w, double *h) {
  izh_box plot = panel->layout->spikes;
  double row = plot.h / (panel->layout->last_id - panel->layout->first_id + 1);
  double side = sqrt(0.3 * plot.w * plot.h / fmax(1, (double)panel->context.most_spikes));
  *w = fmax(least, fmin(side, 0.75));
  *h = fmax(fmax(least, fmin(side, 0.9)), fmin(0.85 * row, 5));
  if (panel->raster->dot_pt > 0) *w = *h = fmax(least, panel->raster->dot_pt);
}

/* Chooses the form and the size of dots. A path must be as thick as a line in print. Dots of an image may be
 * smaller, and then show how close they are. The busiest panel of a page decides for all. */
static void choose_dots(const izh_raster_panel *panel, izh_dots *dots) {
  static const double least_path = 0.35;
  izh_dot_form form = panel->raster->dots;
  dot_size(panel, least_path, &dots->w, &dots->h);
  dots->image = form == IZH_DOTS_IMAGE;
  if (form == IZH_DOTS_AUTO) {
    dots->image =
        izh_dots_suit_image(panel->layout->spikes, (double)panel->context.most_spikes, dots->w, dots->h);
  }
  if (dots->image) dot_size(panel, IZH_DOTS_PIXEL, &dots->w, &dots->h);
}

/* What is behind the dots. */
static void draw_background(const void *self, cairo_t *cr) {
  const izh_raster_panel *panel = self;
  izh_field field = izh_raster_field(panel->layout);
  izh_marks_draw_bands(&panel->layout->marks, &field, cr);
  izh_overlays_draw_behind(&panel->layout->overlays, &field, cr);
}

static izh_status draw_spikes(const izh_raster_panel *panel, cairo_t *cr, izh_err *err) {
  izh_dots dots = {.layout = panel->layout,
                   .order = panel->order,
                   .start = panel->start,
                   .colours = panel->colours,
                   .background = draw_background,
                   .panel = panel,
                   .n_groups = drawn_groups(panel->raster)};
  choose_dots(panel, &dots);
  return izh_dots_draw(&dots, cr, err);
}

static void draw_separators(const izh_raster_panel *panel, cairo_t *cr) {
  const izh_raster *raster = panel->raster;
  izh_box plot = panel->layout->spikes;
  izh_set_line(cr, IZH_LIGHT_GREY, IZH_THIN_LINE);
  for (size_t g = 1; g < raster->n_groups; g++) {
    double y = izh_raster_y(panel->layout, raster->groups[g].first_id - 0.5);
    izh_add_line(cr, plot.x, y, izh_box_right(plot), y);
  }
  cairo_stroke(cr);
}

/* Draws a bar beside each group, as long as the group, and its label. If the label had to move away, a line
 * leads to it. */
static void draw_groups(const izh_raster_panel *panel, izh_text *text, cairo_t *cr) {
  const izh_raster *raster = panel->raster;
  double x = izh_box_right(panel->layout->spikes) + IZH_BAR_X;
  if (raster->unnamed) return;
  for (size_t g = 0; g < raster->n_groups; g++) {
    const izh_raster_group *group = &raster->groups[g];
    izh_box label = panel->layout->groups[g];
    if (!group->label) continue;
    double bottom = izh_raster_y(panel->layout, group->first_id - 0.5);
    double top = izh_raster_y(panel->layout, (double)group->first_id + group->size - 0.5);
    double middle = (top + bottom) / 2, inset = fmin(0.3, (bottom - top) / 4);
    izh_colour colour = panel->colours[g];
    izh_set_line(cr, colour, 1);
    izh_add_line(cr, x, bottom - inset, x, top + inset);
    cairo_stroke(cr);
    if (label.w <= 0) continue;
    double label_y = label.y + label.h / 2;
    if (fabs(label_y - middle) > fmax(0.5, (bottom - top) / 2)) {
      izh_set_line(cr, colour, IZH_THIN_LINE);
      izh_add_line(cr, x + 0.5, middle, label.x - 0.7, label_y);
      cairo_stroke(cr);
    }
    izh_text_draw(text, cr, (izh_label){group->label, IZH_STYLE_SMALL, IZH_ALIGN_LEFT, colour}, label);
  }
}

/* Draws a rate, from the beginning of the first bin that has one. */
static void rate_path(const izh_raster_panel *panel, const izh_trace *trace, cairo_t *cr) {
  double x = panel->layout->rate.x;
  for (size_t bin = 0; bin < panel->n_bins; bin++) {
    double y = izh_raster_rate_y(panel->layout, trace->hz[bin]),
           end = izh_raster_x(panel->layout, bin_end(panel, bin));
    if (!isnan(y)) {
      cairo_line_to(cr, x, y);
      cairo_line_to(cr, end, y);
    }
    x = end;
  }
}

static double first_x(const izh_raster_panel *panel, const izh_trace *trace) {
  double x = panel->layout->rate.x;
  for (size_t bin = 0; bin < panel->n_bins && isnan(trace->hz[bin]); bin++)
    x = izh_raster_x(panel->layout, bin_end(panel, bin));
  return x;
}

/* The trace of the lowest group is filled, since colours alone do not tell the traces apart in a grey print.
 * Its line is drawn last; otherwise the steeper steps of a smaller group would hide it. */
static void draw_rates(const izh_raster_panel *panel, cairo_t *cr) {
  if (panel->n_bins == 0) return;
  const izh_trace *lowest = &panel->traces[panel->n_traces - 1];
  izh_box plot = panel->layout->rate;
  cairo_save(cr);
  if (panel->raster->rate_hi > 0) { /* what is higher is cut */
    cairo_rectangle(cr, plot.x - 1, plot.y - RATE_LINE / 2, plot.w + 2, plot.h + RATE_LINE);
    cairo_clip(cr);
  }
  izh_set_colour(cr, izh_colour_tint(lowest->colour, FILL_TINT));
  cairo_move_to(cr, first_x(panel, lowest), izh_box_bottom(plot));
  rate_path(panel, lowest, cr);
  cairo_line_to(cr, izh_box_right(plot), izh_box_bottom(plot));
  cairo_fill(cr);
  for (size_t k = 0; k < panel->n_traces; k++) {
    izh_set_line(cr, panel->traces[k].colour, RATE_LINE);
    rate_path(panel, &panel->traces[k], cr);
    cairo_stroke(cr);
  }
  cairo_restore(cr);
}

static void draw_keys(const izh_raster_panel *panel, izh_text *text, cairo_t *cr) {
  for (size_t k = 0; k < panel->sizes.n_keys; k++) {
    izh_box label = panel->layout->keys[k];
    izh_colour colour = panel->traces[k].colour;
    double x = label.x - IZH_KEY_W, y = label.y + label.h / 2, w = IZH_KEY_W - 2;
    if (k + 1 == panel->sizes.n_keys) {
      y -= 1.5;
      izh_set_colour(cr, izh_colour_tint(colour, FILL_TINT));
      cairo_rectangle(cr, x, y, w, 3.5);
      cairo_fill(cr);
    }
    izh_set_line(cr, colour, RATE_LINE);
    izh_add_line(cr, x, y, x + w, y);
    cairo_stroke(cr);
    izh_text_draw(text, cr, (izh_label){panel->traces[k].label, IZH_STYLE_SMALL, IZH_ALIGN_LEFT, colour},
                  label);
  }
}

static izh_box time_label(const void *layout, size_t axis, size_t k) {
  (void)axis;
  return izh_raster_time_label(layout, k);
}

static izh_box left_label(const void *layout, size_t rate, size_t k) {
  return rate ? izh_raster_rate_label(layout, k) : izh_raster_id_label(layout, k);
}

/* The name of the row at tick k, or what was asked for. */
static const char *row_words(const void *self, size_t k, char text[IZH_SCALE_TEXT_SIZE]) {
  const izh_raster_layout *layout = self;
  if (layout->rows.given) return izh_scale_label(&layout->rows, k, text);
  return izh_number_text(text, izh_raster_id_name(layout, layout->rows.ticks.at[k]),
                         layout->rows.ticks.decimals);
}

static void draw_axes(const izh_raster_panel *panel, izh_text *text, cairo_t *cr) {
  const izh_raster_layout *layout = panel->layout;
  bool rate = panel->raster->rate;
  izh_axis_labels labels = {.box = left_label, .words = row_words, .layout = layout};
  izh_axis_draw_beside(&layout->rows, layout->spikes, (izh_axis_side){0}, labels, text, cr);
  labels = (izh_axis_labels){.box = left_label, .layout = layout, .axis = 1};
  if (rate)
    izh_axis_draw_beside(&layout->rates, layout->rate, (izh_axis_side){.corner = true}, labels, text, cr);
  labels.box = time_label;
  izh_axis_draw_below(&layout->times, rate ? layout->rate : layout->spikes, labels, text, cr);
}

static void draw_bar(izh_box bar, const char *words, izh_align align, izh_box at, izh_text *text,
                     cairo_t *cr) {
  if (!words) return;
  izh_set_colour(cr, IZH_BLACK);
  cairo_rectangle(cr, bar.x, bar.y, bar.w, bar.h);
  cairo_fill(cr);
  izh_text_draw(text, cr, (izh_label){words, IZH_STYLE_SMALL, align, IZH_BLACK}, at);
}

static void draw_bars(const izh_raster_panel *panel, izh_text *text, cairo_t *cr) {
  const izh_raster_layout *layout = panel->layout;
  char words[IZH_BAR_TEXT_SIZE];
  draw_bar(layout->time_bar, time_bar_words(panel, words), IZH_ALIGN_CENTRE, layout->time_bar_text, text, cr);
  draw_bar(layout->rate_bar, rate_bar_words(panel, words), IZH_ALIGN_RIGHT, layout->rate_bar_text, text, cr);
}

static void draw_titles(const izh_raster_panel *panel, izh_text *text, cairo_t *cr) {
  const izh_raster_layout *layout = panel->layout;
  izh_header_draw(&layout->header, text, cr);
  izh_text_draw(
      text, cr,
      (izh_label){izh_raster_time_title(panel->raster), IZH_STYLE_LABEL, IZH_ALIGN_CENTRE, IZH_BLACK},
      layout->time_title);
  izh_text_draw_rising(
      text, cr,
      (izh_label){.text = izh_raster_ids_title(panel->raster), .style = IZH_STYLE_LABEL, .colour = IZH_BLACK},
      layout->ids_title);
  izh_text_draw_rising(text, cr,
                       (izh_label){.text = RATE_TITLE, .style = IZH_STYLE_LABEL, .colour = IZH_BLACK},
                       layout->rate_title);
}

/* Draws a text in front of the lines of marks. */
static void draw_note(izh_text *text, cairo_t *cr, const char *note, izh_box box, izh_align align) {
  izh_set_colour(cr, IZH_WHITE);
  cairo_rectangle(cr, box.x, box.y + 1, box.w, box.h - 2);
  cairo_fill(cr);
  izh_text_draw(text, cr, (izh_label){note, IZH_STYLE_SMALL, align, IZH_GREY}, box);
}

static void draw_notes(const izh_raster_panel *panel, izh_text *text, cairo_t *cr) {
  const izh_raster_layout *layout = panel->layout;
  if (layout->note.w > 0) draw_note(text, cr, panel->note, layout->note, IZH_ALIGN_RIGHT);
  if (panel->raster->n_spikes > 0) return;
  const char *empty = panel->raster->from_ms == panel->raster->to_ms ? "window of length zero" : "no spikes";
  double w = fmin(izh_text_width(text, IZH_STYLE_SMALL, empty) + 2, layout->spikes.w);
  double h = izh_text_line(izh_text_size(text), IZH_STYLE_SMALL);
  izh_box box = {layout->spikes.x + (layout->spikes.w - w) / 2, layout->spikes.y + (layout->spikes.h - h) / 2,
                 w, h};
  draw_note(text, cr, empty, box, IZH_ALIGN_CENTRE);
}

static izh_status check_bars(const izh_raster_panel *panel, izh_err *err) {
  const izh_raster_layout *layout = panel->layout;
  char words[IZH_BAR_TEXT_SIZE];
  const char *time = time_bar_words(panel, words);
  if (time && layout->time_bar_length > layout->times.hi - layout->times.lo)
    return izh_fail(err, IZH_ARGUMENT, "a scale bar of %s is longer than its axis", time);
  const char *rate = rate_bar_words(panel, words);
  if (rate && layout->rate_bar_length > layout->rates.hi - layout->rates.lo)
    return izh_fail(err, IZH_ARGUMENT, "a scale bar of %s is longer than its axis", rate);
  return IZH_OK;
}

static izh_status panel_draw(const void *self, izh_text *text, cairo_t *cr, izh_err *err) {
  const izh_raster_panel *panel = self;
  izh_status fits = check_bars(panel, err);
  if (fits != IZH_OK) return fits;
  draw_background(panel, cr);
  izh_status status = draw_spikes(panel, cr, err);
  if (status != IZH_OK) return status;
  draw_separators(panel, cr);
  draw_groups(panel, text, cr);
  if (panel->raster->rate) {
    draw_rates(panel, cr);
    draw_keys(panel, text, cr);
  }
  izh_field field = izh_raster_field(panel->layout);
  izh_overlays_draw_front(&panel->layout->overlays, &field, text, cr);
  izh_marks_draw(&panel->layout->marks, &field, text, cr);
  draw_notes(panel, text, cr);
  if (panel->raster->frame == IZH_FRAME_AXES) draw_axes(panel, text, cr);
  draw_bars(panel, text, cr);
  draw_titles(panel, text, cr);
  return IZH_OK;
}

static void panel_across(void *self, double cell_w, izh_grid_item *item) {
  izh_raster_layout_across(((izh_raster_panel *)self)->layout, cell_w, item);
}

static void panel_down(void *self, izh_grid_item *item) {
  izh_raster_layout *layout = ((izh_raster_panel *)self)->layout;
  izh_header_fold(&layout->header, item);
  izh_raster_layout_down(layout, item);
}

static void panel_place(void *self, const izh_grid_item *item) {
  izh_raster_layout_place(((izh_raster_panel *)self)->layout, item);
}

static void panel_free(void *self) {
  izh_raster_panel_free(self);
}

const izh_panel_kind izh_raster_kind = {panel_measure, panel_across, panel_down,
                                        panel_place,   panel_draw,   panel_free};
