#include "figure/plot_raster.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "figure/measures.h"
#include "figure/pen.h"
#include "figure/raster_dots.h"
#include "figure/raster_layout.h"

static size_t series_of_row(const izh_track *track, uint32_t row) {
  size_t lo = 0, hi = track->n_series;
  while (hi - lo > 1) {
    size_t middle = lo + (hi - lo) / 2;
    if (track->series[middle].rows.first <= row) {
      lo = middle;
    } else {
      hi = middle;
    }
  }
  const izh_rows *rows = &track->series[lo].rows;
  return row >= rows->first && row - rows->first < rows->n ? lo : SIZE_MAX;
}

size_t izh_raster_series(const izh_track *track, size_t i) {
  uint32_t row = track->raster->row[i];
  if (row < IZH_RASTER_HIDDEN) return series_of_row(track, row);
  return row - IZH_RASTER_HIDDEN < track->n_series ? row - IZH_RASTER_HIDDEN : SIZE_MAX;
}

double izh_rows_neurons(const izh_rows *rows) {
  return rows->neurons ? rows->neurons : rows->n;
}

void izh_raster_count(const izh_track *track, double *rows, double *neurons) {
  *rows = *neurons = 0;
  for (size_t g = 0; g < track->n_series; g++) {
    *rows += track->series[g].rows.n;
    *neurons += izh_rows_neurons(&track->series[g].rows);
  }
}

/* Sorts the spikes that have a row by series (a counting sort), since a series is drawn as a whole. */
static void order_spikes(izh_plot_raster *made) {
  const izh_track *track = &made->tracks[0];
  const izh_raster *raster = track->raster;
  size_t *start = made->start;
  for (size_t i = 0; i < raster->n_spikes; i++)
    if (raster->row[i] < IZH_RASTER_HIDDEN) start[izh_raster_series(track, i) + 1]++;
  for (size_t g = 0; g < track->n_series; g++) start[g + 1] += start[g];
  for (size_t i = 0; i < raster->n_spikes; i++)
    if (raster->row[i] < IZH_RASTER_HIDDEN) made->order[start[izh_raster_series(track, i)]++] = (uint32_t)i;
  /* now start[g] is the end of series g; move it back */
  memmove(start + 1, start, track->n_series * sizeof *start);
  start[0] = 0;
}

/* Writes the note: "100 of 10 000 neurons, bin 5 ms". */
static void make_note(izh_plot_raster *made, double bin_ms) {
  const izh_track *track = &made->tracks[0];
  double rows, neurons;
  char shown[IZH_NUMBER_SIZE], all[IZH_NUMBER_SIZE], bin[IZH_NUMBER_SIZE], *note = made->note;
  izh_raster_count(track, &rows, &neurons);
  bool rate = made->plot.n_tracks > 1 && track->raster->to_ms > track->raster->from_ms;
  if (track->raster->rows_note) {
    snprintf(note, IZH_NOTE_SIZE, "%s%s", track->raster->rows_note, rate ? ", " : "");
  } else if (rows < neurons) {
    snprintf(note, IZH_NOTE_SIZE, "%s of %s neurons%s", izh_number_text(shown, rows, 0),
             izh_number_text(all, neurons, 0), rate ? ", " : "");
  }
  size_t length = strlen(note);
  if (rate) {
    snprintf(note + length, IZH_NOTE_SIZE - length, "bin %s ms",
             izh_number_text(bin, bin_ms, izh_number_decimals(bin_ms)));
  }
  if (!made->plot.note) made->plot.note = note;
}

static izh_status fill(izh_plot_raster *made, double bin_ms, izh_err *err) {
  const izh_track *track = &made->tracks[0];
  made->order = izh_alloc(track->raster->n_spikes, sizeof *made->order);
  made->start = izh_alloc_zero(track->n_series + 1, sizeof *made->start);
  if (!made->order || !made->start)
    return izh_fail_memory(err, track->raster->n_spikes * sizeof *made->order);
  order_spikes(made);
  make_note(made, bin_ms);
  return made->plot.n_tracks > 1 ? izh_raster_rates_make(made, bin_ms, err) : IZH_OK;
}

izh_status izh_plot_raster_new(const izh_plot *plot, double bin_ms, izh_plot_raster **result, izh_err *err) {
  izh_plot_raster *made = izh_alloc_zero(1, sizeof *made);
  if (!made) return izh_fail_memory(err, sizeof *made);
  made->plot = *plot;
  for (size_t i = 0; i < plot->n_tracks; i++) made->tracks[i] = plot->tracks[i];
  made->plot.tracks = made->tracks;
  izh_status status = fill(made, bin_ms, err);
  if (status != IZH_OK) {
    izh_plot_raster_free(made);
    return status;
  }
  *result = made;
  return IZH_OK;
}

void izh_plot_raster_free(izh_plot_raster *made) {
  if (!made) return;
  izh_free(made->order);
  izh_free(made->start);
  izh_free(made->edges);
  izh_free(made->hz);
  izh_free(made);
}

/* --- drawing --- */

/* Chooses the size of dots. If possible, all dots together fill at most a third of the plot, so that a dense
 * raster shows texture instead of a solid area. If there are few neurons, dots are ticks as high as the rows
 * allow. */
static void dot_size(const izh_plot_panel *panel, double least, double *w, double *h) {
  const izh_plot_track *track = &panel->layout->tracks[0];
  izh_box plot = track->plot;
  double row = plot.h / (track->y.hi - track->y.lo), given = panel->plot->tracks[0].raster->dot_pt;
  double side = sqrt(0.3 * plot.w * plot.h / fmax(1, (double)panel->context.most_spikes));
  *w = fmax(least, fmin(side, 0.75));
  *h = fmax(fmax(least, fmin(side, 0.9)), fmin(0.85 * row, 5));
  if (given > 0) *w = *h = fmax(least, given);
}

/* Chooses the form and the size of dots. A path must be as thick as a line in print. Dots of an image may be
 * smaller, and then show how close they are. The busiest panel of a page decides for all. */
static void choose_dots(const izh_plot_panel *panel, izh_dots *dots) {
  static const double least_path = 0.35;
  izh_dot_form form = panel->plot->tracks[0].raster->form;
  dot_size(panel, least_path, &dots->w, &dots->h);
  dots->image = form == IZH_DOTS_IMAGE;
  if (form == IZH_DOTS_AUTO) {
    dots->image = izh_dots_suit_image(panel->layout->tracks[0].plot, (double)panel->context.most_spikes,
                                      dots->w, dots->h);
  }
  if (dots->image) dot_size(panel, IZH_DOTS_PIXEL, &dots->w, &dots->h);
}

static void draw_separators(const izh_plot_panel *panel, cairo_t *cr) {
  const izh_track *track = &panel->plot->tracks[0];
  const izh_plot_track *placed = &panel->layout->tracks[0];
  izh_set_line(cr, IZH_LIGHT_GREY, IZH_THIN_LINE);
  for (size_t g = 1; g < track->n_series; g++) {
    double y = izh_plot_y(placed, track->series[g].rows.first - 0.5);
    izh_add_line(cr, placed->plot.x, y, izh_box_right(placed->plot), y);
  }
  cairo_stroke(cr);
}

izh_status izh_raster_draw(const izh_plot_panel *panel, cairo_t *cr, izh_err *err) {
  izh_dots dots = {.layout = panel->layout,
                   .order = panel->raster->order,
                   .start = panel->raster->start,
                   .background = izh_plot_draw_behind,
                   .panel = panel};
  choose_dots(panel, &dots);
  izh_status status = izh_dots_draw(&dots, cr, err);
  if (status == IZH_OK) draw_separators(panel, cr);
  return status;
}

/* A bar beside the rows, as long as they are high, and their name. If that had to move away, a line leads to
 * it. */
static void draw_name(const izh_plot_panel *panel, const izh_series *series, izh_box label, izh_text *text,
                      cairo_t *cr) {
  const izh_plot_track *track = &panel->layout->tracks[0];
  const izh_rows *rows = &series->rows;
  double x = izh_box_right(track->plot) + IZH_BAR_X;
  double bottom = izh_plot_y(track, rows->first - 0.5);
  double top = izh_plot_y(track, (double)rows->first + rows->n - 0.5);
  double middle = (top + bottom) / 2, inset = fmin(0.3, (bottom - top) / 4);
  izh_colour colour = izh_series_colour(series);
  izh_set_line(cr, colour, 1);
  izh_add_line(cr, x, bottom - inset, x, top + inset);
  cairo_stroke(cr);
  if (label.w <= 0) return;
  double label_y = label.y + label.h / 2;
  if (fabs(label_y - middle) > fmax(0.5, (bottom - top) / 2)) {
    izh_set_line(cr, colour, IZH_THIN_LINE);
    izh_add_line(cr, x + 0.5, middle, label.x - 0.7, label_y);
    cairo_stroke(cr);
  }
  izh_text_draw(text, cr, (izh_label){series->label, IZH_STYLE_SMALL, IZH_ALIGN_LEFT, colour}, label);
}

void izh_raster_draw_names(const izh_plot_panel *panel, izh_text *text, cairo_t *cr) {
  const izh_plot_layout *layout = panel->layout;
  if (!izh_raster_names_beside(layout)) return;
  for (size_t k = 0; k < layout->n_keys && layout->keys[k].track == 0; k++)
    draw_name(panel, &panel->plot->tracks[0].series[layout->keys[k].series], layout->keys[k].box, text, cr);
}
