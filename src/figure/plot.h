/* Plots: lines, steps, points and bands over one horizontal axis. They are in one or more tracks above each
 * other; each track has a vertical axis of its own. Traces, rates, curves, histograms and spectra are plots.
 * All data are plain arrays. All text may have the markup of text.h. */
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
  double t_ms;       /* in a plot any value on its horizontal axis */
  const char *label; /* may be NULL */
  double end_ms;     /* > t_ms: a band that ends there; else a line */
} izh_mark;

typedef struct izh_axis {
  const char *title; /* with the unit in parentheses, to which a power of ten may be added; may be NULL */
  const char *unit;  /* for scale bars; may be NULL */
  double lo, hi;     /* the range, lo ≤ hi; NaN: chosen for the data */
  double bar;        /* length of the scale bar; 0: chosen, NaN: none */
  bool log;          /* logarithmic: only numbers > 0 can be shown */
  bool zero;         /* a chosen range of a linear axis includes 0 */
  bool whole;        /* ticks are only at whole numbers */
  bool down;         /* for y: values grow from top to bottom */
} izh_axis;

typedef enum izh_look {
  IZH_LOOK_LINE,
  IZH_LOOK_STEPS,  /* a histogram: y[i] holds from x[i] to x[i + 1]; x has n + 1 ascending values */
  IZH_LOOK_POINTS, /* markers */
  IZH_LOOK_BOTH    /* markers joined by a line */
} izh_look;

typedef struct izh_series {
  const char *label;   /* beside the plot; may be NULL */
  const double *x, *y; /* [n]; a NaN is a gap in the line */
  size_t n;
  const double *lo, *hi; /* [n] a range around y; NULL: none */
  bool band;             /* lo … hi is a shaded band; else error bars */
  bool fill;             /* steps are shaded down to 0 */
  bool hollow;           /* markers are hollow */
  bool dashed;
  izh_look look;
  izh_ink ink;
  int shade;       /* which shade of the ink; for IZH_INK_SERIES also the shape of markers and the dashes */
  double width_pt; /* of the line; 0: 0.8 */
  const double
      *spikes; /* [n_spikes] ascending; at these x the line goes up to the peak; y is cut at the peak */
  size_t n_spikes;
  double peak; /* of the spikes, if `spikes` is not NULL */
} izh_series;

/* A matrix of numbers, drawn as colours. The plot has one track, with axes. Both axes are divided into equal
 * cells, one for each column and each row. */
typedef struct izh_heat {
  const double *values; /* [rows × columns], row by row from the top; NaN: grey */
  size_t rows, columns;
  bool with_sign;    /* colours for two signs, and a chosen range is symmetric; else from dark to light */
  const char *title; /* of the colour bar, with the unit; may be NULL */
  double lo, hi;     /* range of the colour bar; NaN: chosen. Numbers outside have the colours of its ends */
} izh_heat;

typedef struct izh_track {
  izh_axis y;
  const izh_heat *heat;     /* behind the series; NULL: none */
  const izh_series *series; /* [n_series] */
  size_t n_series;
  double share; /* height relative to the other tracks, > 0 */
} izh_track;

typedef enum izh_frame {
  IZH_FRAME_AXES,
  IZH_FRAME_BARS, /* scale bars in place of axes */
  IZH_FRAME_NONE
} izh_frame;

typedef struct izh_plot {
  const char *title; /* may be NULL */
  const char *note;  /* small text at the upper right, for example how a rate was smoothed; may be NULL */
  const char *empty; /* text when no series has a number to show; NULL: "no data" */
  izh_axis x;
  const izh_track *tracks; /* [n_tracks], at least one, from top to bottom */
  size_t n_tracks;
  const izh_mark *marks; /* [n_marks], in any order; marks outside the range are not drawn */
  size_t n_marks;
  izh_frame frame;
} izh_plot;

#endif
