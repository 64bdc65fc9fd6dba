/* The raster of a plot: its dots, the names beside its rows, and the rates below. Private to the figure
 * library. */
#ifndef IZH_FIGURE_PLOT_RASTER_H
#define IZH_FIGURE_PLOT_RASTER_H

#include "figure/plot_panel.h"

enum { IZH_RASTER_TRACES = 4, /* the rates of more populations are pooled by ink */ IZH_NOTE_SIZE = 256 };

/* A plot with a raster, made ready: its second track has the rates as series, and it has its note. */
struct izh_plot_raster {
  izh_plot plot;
  izh_track tracks[2];
  izh_series traces[IZH_RASTER_TRACES]; /* from the upper populations to the lower ones */
  uint32_t *order;                      /* [n_spikes] spikes with a row by series, then time */
  size_t *start;                        /* [n_series + 1] where each series begins in order */
  double *edges, *hz;                   /* [n_bins + 1] on the axis; [traces × n_bins] */
  double rate_max;                      /* of all bins, in Hz; 0 without rates */
  char note[IZH_NOTE_SIZE];
};

/* The series of the neuron of spike i, which may be hidden; SIZE_MAX when there is none. */
size_t izh_raster_series(const izh_track *track, size_t i);

/* How many neurons rows stand for. */
double izh_rows_neurons(const izh_rows *rows);

/* The rows of all series of a track together, and the neurons that they stand for. */
void izh_raster_count(const izh_track *track, double *rows, double *neurons);

/* Makes a checked plot ready. bin_ms is > 0 if it has rates and its window is not empty. IZH_MEMORY. */
izh_status izh_plot_raster_new(const izh_plot *plot, double bin_ms, izh_plot_raster **made, izh_err *err);
void izh_plot_raster_free(izh_plot_raster *made); /* NULL is allowed */

/* raster_rates.c: makes the series of the second track. IZH_MEMORY. */
izh_status izh_raster_rates_make(izh_plot_raster *made, double bin_ms, izh_err *err);

/* Draws the dots and the lines between populations. IZH_MEMORY. */
izh_status izh_raster_draw(const izh_plot_panel *panel, cairo_t *cr, izh_err *err);

/* Draws the names beside the rows, if that is their place. */
void izh_raster_draw_names(const izh_plot_panel *panel, izh_text *text, cairo_t *cr);

#endif
