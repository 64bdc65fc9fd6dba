/* Plots: lines, steps, points, bands and the dots of spikes over one horizontal axis. They are in one or more
 * tracks above each other; each track has a vertical axis of its own. Every panel is a plot. All data are
 * plain arrays. All text may have the markup of text.h. */
#ifndef IZH_FIGURE_PLOT_H
#define IZH_FIGURE_PLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Colours by meaning. Colour-blind readers can tell them apart, and so can readers of a grey print. */
typedef enum izh_ink {
  IZH_INK_NEUTRAL,
  IZH_INK_EXCITATORY,
  IZH_INK_INHIBITORY,
  IZH_INK_SERIES /* the colours of unrelated series, in turn */
} izh_ink;

/* A mark: a vertical line with a short label, for an intervention; or a shaded band, for an epoch. */
typedef struct izh_mark {
  double from;       /* on the horizontal axis */
  double to;         /* > from: a band that ends there; else a line */
  const char *label; /* may be NULL */
} izh_mark;

/* A colour that was asked for, 0xRRGGBB with this bit; 0: none was. */
#define IZH_COLOUR_GIVEN 0x1000000u

/* A tick that was asked for. */
typedef struct izh_tick {
  double at;
  const char *label; /* NULL: its number */
} izh_tick;

typedef struct izh_axis {
  const char *title;     /* with the unit in parentheses, to which a power of ten may be added; may be NULL */
  const char *unit;      /* for scale bars; may be NULL */
  double lo, hi;         /* the range, lo ≤ hi; NaN: chosen for the data */
  double bar;            /* length of the scale bar; 0: chosen, NaN: none */
  bool log;              /* logarithmic: only numbers > 0 can be shown */
  bool zero;             /* a chosen range of a linear axis includes 0 */
  bool whole;            /* ticks are only at whole numbers */
  bool down;             /* for y: values grow from top to bottom */
  const izh_tick *ticks; /* [n_ticks], ascending; NULL: chosen */
  size_t n_ticks;
  double minor;  /* small ticks at its multiples; 0: none, but on a logarithmic axis */
  bool at_right; /* for y: drawn at the right side */
  bool shared;   /* for x: its range may grow to that of the panels above and below */
} izh_axis;

typedef enum izh_dash {
  IZH_DASH_CHOSEN,
  IZH_DASH_SOLID,
  IZH_DASH_DASHED,
  IZH_DASH_DOTTED,
  IZH_DASH_DASHDOT
} izh_dash;

typedef enum izh_marker {
  IZH_MARKER_CHOSEN,
  IZH_MARKER_DISC,
  IZH_MARKER_SQUARE,
  IZH_MARKER_TRIANGLE,
  IZH_MARKER_DIAMOND,
  IZH_MARKER_CIRCLE, /* this and the others are hollow */
  IZH_MARKER_OPEN_SQUARE,
  IZH_MARKER_OPEN_TRIANGLE,
  IZH_MARKER_OPEN_DIAMOND
} izh_marker;

typedef enum izh_look {
  IZH_LOOK_LINE,
  IZH_LOOK_STEPS,  /* a histogram: y[i] holds from x[i] to x[i + 1]; x has n + 1 ascending values */
  IZH_LOOK_POINTS, /* markers */
  IZH_LOOK_BOTH,   /* markers joined by a line */
  IZH_LOOK_BARS,   /* a bar from base[i] to y[i], bar_w wide, around x[i] */
  IZH_LOOK_DOTS    /* some rows of the raster of the track, in place of x and y; n is 0 */
} izh_look;

/* Neighbouring rows of a raster, of a population: first … first + n - 1. They may stand for more neurons than
 * have a row. */
typedef struct izh_rows {
  uint32_t first, n;
  uint32_t neurons;       /* number of neurons that their rate is of, ≥ n; 0: n */
  const double *begun_ms; /* [neurons] when each was added, in any order; NULL: all before the window */
} izh_rows;

typedef struct izh_series {
  const char *label;   /* beside the plot; may be NULL */
  const double *x, *y; /* [n]; a NaN is a gap in the line */
  size_t n;
  const double *lo, *hi; /* [n] a range around y; NULL: none */
  bool band;             /* lo … hi is a shaded band; else error bars */
  bool fill;             /* steps are shaded down to 0 */
  bool open;             /* steps do not go down to 0 at their ends */
  bool hollow;           /* markers are hollow */
  bool dashed;
  izh_look look;
  izh_ink ink;
  int shade;       /* which shade of the ink; for IZH_INK_SERIES also the shape of markers and the dashes */
  double width_pt; /* of the line; 0: 0.8 */
  uint32_t colour; /* in place of that of the ink, with IZH_COLOUR_GIVEN; 0: none */
  izh_dash dash;
  izh_marker marker;
  double marker_pt; /* its diameter; 0: 3 */
  const double
      *values; /* [n] numbers that colour the markers, as those of the heat of their track; NULL: none */
  const double *base; /* [n] for bars; NULL: 0 */
  double bar_w;       /* for bars: their width on the axis */
  double shift_pt;    /* all is drawn so far to the right */
  bool right;         /* y is that of the right axis of the track */
  const double
      *spikes; /* [n_spikes] ascending; at these x the line goes up to the peak; y is cut at the peak */
  size_t n_spikes;
  double peak;   /* of the spikes, if `spikes` is not NULL */
  izh_rows rows; /* of dots */
} izh_series;

/* Maps from numbers to colours. Those for two signs have a light middle, and a chosen range is symmetric. */
typedef enum izh_map {
  IZH_MAP_VIRIDIS,
  IZH_MAP_MAGMA,
  IZH_MAP_CIVIDIS,
  IZH_MAP_GREYS,
  IZH_MAP_SIGNS, /* from the colour of inhibition to that of excitation */
  IZH_MAP_VIK
} izh_map;

/* A matrix of numbers, drawn as colours. The plot has one track, without scale bars. Both axes are divided
 * into equal cells, one for each column and each row. Without cells there are only the colours, for markers.
 */
typedef struct izh_heat {
  const double *values; /* [rows × columns], row by row; NaN: grey */
  bool upward;          /* from the bottom; else from the top */
  size_t rows, columns;
  const char *missing; /* the key of cells that are NaN; NULL: none */
  izh_map map;
  const char *title; /* of the colour bar, with the unit; may be NULL */
  double lo, hi;     /* range of the colour bar; NaN: chosen. Numbers outside have the colours of its ends */
} izh_heat;

/* How the dots of a raster are stored in a PDF or SVG: as paths, or as an image of 600 dpi. AUTO takes an
 * image when the busiest panel has more than 200000 dots, or so many that they would cover its plot more than
 * once. Everything else is always stored as paths. */
typedef enum izh_dot_form { IZH_DOTS_AUTO, IZH_DOTS_VECTOR, IZH_DOTS_IMAGE } izh_dot_form;

/* IZH_RASTER_HIDDEN + k in place of a row means a neuron of series k (from 0) that has no row; k < n_series.
 * All rows are smaller. */
#define IZH_RASTER_HIDDEN 0x80000000u

/* Spikes: a dot for each, at its time and row. The series of the track are all IZH_LOOK_DOTS, at least one,
 * by ascending row, not overlapping; their labels are beside their rows, or elsewhere as the legend says. The
 * vertical axis is that of the rows, and linear; the range of the horizontal one is the window. */
typedef struct izh_raster {
  const double *t_ms;    /* [n_spikes], ascending, each in from_ms < t ≤ to_ms */
  const uint32_t *row;   /* [n_spikes], each in one of the series, or hidden */
  size_t n_spikes;       /* at most UINT32_MAX */
  size_t n_hidden;       /* so many of them are hidden */
  double from_ms, to_ms; /* the window, from_ms ≤ to_ms, within ±1e12 */
  double per_ms;         /* a time × this is on the horizontal axis: 1, or 1e-3 for seconds */
  const uint32_t *names; /* the numbers that the axis shows for the rows, from the first row of the first
                            series to the last row of the last one; NULL: those of the rows */
  const char
      *rows_note; /* what the note says of the rows; NULL: how many of how many neurons, when not all */
  izh_dot_form form;
  double dot_pt; /* side of a dot; 0: chosen for the rows and the number of spikes */
} izh_raster;

/* The rates per neuron of the raster in the first track: the series of the second track are made of them.
 * There is one for each population; when there are more than four, for all excitatory, all inhibitory and all
 * other ones. The upper end of the axis, in Hz, may be chosen for all rates of the page. */
typedef struct izh_rates {
  double bin_ms; /* > 0; at most 100000 bins in the window, of which the last may be shorter. 0: chosen for
                    the windows and the spikes of the page */
  double dt_ms;  /* of the simulation: a chosen bin is a whole number of steps; 0: continuous time */
} izh_rates;

/* What explains the data: a line, a band, a text or an arrow in a track. */
typedef enum izh_overlay_kind {
  IZH_OVERLAY_LINE,  /* at x or y, the other is NaN */
  IZH_OVERLAY_SLOPE, /* from y at x = 0 on, with slope x1 */
  IZH_OVERLAY_BAND,  /* x … x1 or y … y1, the others are NaN */
  IZH_OVERLAY_TEXT,  /* at x, y */
  IZH_OVERLAY_ARROW  /* from x, y to x1, y1 */
} izh_overlay_kind;

typedef struct izh_overlay {
  izh_overlay_kind kind;
  double x, y, x1, y1;
  const char *label; /* may be NULL */
  uint32_t colour;   /* with IZH_COLOUR_GIVEN; 0: grey, of a text black */
  izh_dash dash;
  double align; /* of a text: 0 begins at x, 1 ends there */
} izh_overlay;

/* Where the labels of series are. */
typedef enum izh_legend {
  IZH_LEGEND_ENDS, /* beside the ends of the lines, or above when they are too wide */
  IZH_LEGEND_TOP,
  IZH_LEGEND_RIGHT,
  IZH_LEGEND_INSIDE, /* in the corner with the fewest data */
  IZH_LEGEND_NONE
} izh_legend;

typedef struct izh_track {
  izh_axis y;
  const izh_axis *right;    /* a second axis, of the series that are `right`; NULL: none */
  const izh_heat *heat;     /* behind the series; NULL: none */
  const izh_raster *raster; /* of the first track; NULL: none */
  const izh_rates *rates;   /* of the second track, which then is the last and has no series; NULL: none */
  const izh_series *series; /* [n_series] */
  size_t n_series;
  double share; /* height relative to the other tracks, > 0 */
} izh_track;

typedef enum izh_frame {
  IZH_FRAME_AXES,
  IZH_FRAME_BARS, /* scale bars in place of axes */
  IZH_FRAME_NONE
} izh_frame;

/* A small plot in the first track of another, before its data, on white. */
typedef struct izh_inset {
  const struct izh_plot *plot; /* without an inset of its own, and without rates of a raster */
  double x, y; /* of its lower left corner, as parts of the width and height of the track; NaN: in the corner
                  with the fewest data */
  double w, h; /* with the numbers and titles of its axes, as parts of these */
} izh_inset;

typedef struct izh_plot {
  const char *title; /* may be NULL */
  const char *note;  /* small text at the upper right, of a raster below it: for example how a rate was
                        smoothed; NULL: none, but of a raster what it shows, and the bin of its rates */
  const char *empty; /* text when no series has a number to show; NULL: "no data" */
  izh_axis x;
  const izh_track *tracks; /* [n_tracks], at least one, from top to bottom */
  size_t n_tracks;
  const izh_mark *marks; /* [n_marks], in any order; marks outside the range are not drawn */
  size_t n_marks;
  const izh_overlay *overlays; /* [n_overlays], in the first track */
  size_t n_overlays;
  const izh_inset *inset; /* NULL: none */
  izh_legend legend;
  izh_frame frame;
  double aspect; /* height of the data over their width, if the page allows it; 0: chosen */
} izh_plot;

#endif
