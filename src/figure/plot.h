/* Plots: lines, steps, points and bands over one horizontal axis, in one or more tracks above each other,
 * each with a vertical axis of its own. Traces, rates, curves, histograms and spectra are plots. Plain
 * arrays. All text may hold the markup of text.h.
 */
#ifndef IZH_FIGURE_PLOT_H
#define IZH_FIGURE_PLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The colour of things. Colour-blind readers can tell the colours apart, and so can readers of a grey print.
 */
typedef enum izh_ink {
  IZH_INK_NEUTRAL,
  IZH_INK_EXCITATORY,
  IZH_INK_INHIBITORY,
  IZH_INK_SERIES /* the colours of unrelated series, in turn */
} izh_ink;

/* An intervention: a vertical line with a short label; or an epoch: a shaded band. */
typedef struct izh_mark {
  double t_ms;       /* or a value of the horizontal axis of a plot */
  const char *label; /* may be NULL */
  double end_ms;     /* > t_ms: a band up to there; else a line */
} izh_mark;

typedef struct izh_axis {
  const char *title; /* with the unit in parentheses; a power of ten may be added to it; may be NULL */
  const char *unit;  /* of scale bars; may be NULL */
  double lo, hi;     /* the range, lo ≤ hi; NaN: chosen for the data */
  double bar;        /* length of the scale bar; 0: chosen, NaN: none */
  bool log;          /* then only numbers > 0 can be shown */
  bool zero;         /* a chosen range of a linear axis reaches to 0 */
  bool whole;        /* ticks are at whole numbers */
  bool down;         /* of y: the lower end is at the top */
} izh_axis;

typedef enum izh_look {
  IZH_LOOK_LINE,
  IZH_LOOK_STEPS,  /* of a histogram: y[i] from x[i] to x[i + 1], so that x has n + 1 values, ascending */
  IZH_LOOK_POINTS, /* markers */
  IZH_LOOK_BOTH    /* markers joined by a line */
} izh_look;

typedef struct izh_series {
  const char *label;   /* beside the plot; may be NULL */
  const double *x, *y; /* [n]; a NaN is a gap in the line */
  size_t n;
  const double *lo, *hi; /* [n] around y; NULL: none */
  bool band;             /* lo … hi as a shaded band, else as error bars */
  bool fill;             /* steps: shaded down to 0 */
  bool hollow;           /* markers */
  bool dashed;
  izh_look look;
  izh_ink ink;
  int shade;            /* of the ink; tells markers and, when lines cross, dashes apart, too */
  double width_pt;      /* of the line; 0: 0.8 */
  const double *spikes; /* [n_spikes] ascending x at which the line goes up to the peak; y is cut there */
  size_t n_spikes;
  double peak; /* of spikes; used when they are not NULL */
} izh_series;

/* Numbers as colours, in a plot of one track with axes: both axes are divided into equal cells, one for each
 * row and column. */
typedef struct izh_heat {
  const double *values; /* [rows × columns], row by row from the top; NaN: grey */
  size_t rows, columns;
  bool with_sign;    /* colours for two signs, the range being symmetric; else from dark to light */
  const char *title; /* of the colour bar, with the unit; may be NULL */
  double lo, hi;     /* its range; NaN: chosen. Numbers outside have the colours of its ends */
} izh_heat;

typedef struct izh_track {
  izh_axis y;
  const izh_heat *heat;     /* behind the series; NULL: none */
  const izh_series *series; /* [n_series] */
  size_t n_series;
  double share; /* of the plot's height, relative to the other tracks'; > 0 */
} izh_track;

typedef enum izh_frame {
  IZH_FRAME_AXES,
  IZH_FRAME_BARS, /* scale bars in place of axes */
  IZH_FRAME_NONE
} izh_frame;

typedef struct izh_plot {
  const char *title; /* may be NULL */
  const char *note;  /* small, at the upper right, such as how a rate was smoothed; may be NULL */
  const char *empty; /* text when no series has a number to show; NULL: "no data" */
  izh_axis x;
  const izh_track *tracks; /* [n_tracks], at least one, from top to bottom */
  size_t n_tracks;
  const izh_mark *marks; /* [n_marks], any order; those outside the range are not drawn */
  size_t n_marks;
  izh_frame frame;
} izh_plot;

#endif
