/* Lengths that all panels share, in pt. Private to the figure library. */
#ifndef IZH_FIGURE_MEASURES_H
#define IZH_FIGURE_MEASURES_H

#include <math.h>
#include <stddef.h>

#define IZH_TICK_LENGTH 2.2
#define IZH_PAD 2.0   /* between a tick or a bar and its text */
#define IZH_KEY_W 9.0 /* room for the sample of a line, left of its label */
#define IZH_AXIS_LINE 0.5
#define IZH_THIN_LINE 0.35
#define IZH_DATA_LINE 0.8
#define IZH_SCALE_BAR 1.0
#define IZH_BAND_TINT 0.12 /* strength of the grey band of an epoch */
enum { IZH_MARK_ROWS_MAX = 12 };

static inline double izh_clamp(double value, double lo, double hi) {
  return fmax(lo, fmin(value, hi));
}

/* 0 of no widths. */
static inline double izh_widest(const double *widths, size_t n) {
  double most = 0;
  for (size_t i = 0; i < n; i++) most = fmax(most, widths[i]);
  return most;
}

#endif
