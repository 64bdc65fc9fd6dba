/* The scale of an axis: positions of values along it, its ticks and their labels. No drawing. Private to the
 * figure library. */
#ifndef IZH_FIGURE_SCALE_H
#define IZH_FIGURE_SCALE_H

#include <stdbool.h>
#include <stdint.h>

#include "figure/axis.h"
#include "figure/box.h"
#include "figure/plot.h"

enum { IZH_SCALE_TEXT_SIZE = 2 * IZH_NUMBER_SIZE + 32 };

/* A tick that was asked for, and the width of its label. */
typedef struct izh_scale_tick {
  double at;
  const char *label; /* NULL: its number */
  double width;      /* of the label */
  double folded;     /* the width when it takes two lines; 0: it cannot */
} izh_scale_tick;

typedef struct izh_scale {
  double lo, hi; /* lo ≤ hi; 0 < lo when log */
  bool log;
  bool decades;              /* if log: labels are powers of ten */
  bool whole;                /* ticks are whole numbers */
  bool low;                  /* of a vertical axis in a low plot: few ticks, whatever its height */
  bool rows;                 /* of a raster: ticks are at round rows, and the first one */
  const uint32_t *names;     /* what the labels of the rows are, from the first on; NULL: their numbers */
  int power;                 /* if linear: labels are in units of 10^power */
  izh_ticks ticks;           /* ticks with labels; if linear, in units of 10^power */
  izh_ticks minor;           /* ticks without labels, in the unit of ticks */
  double minor_step;         /* if linear: between ticks without labels; 0: none */
  bool given;                /* the ticks are those of own, as far as there is room */
  const izh_scale_tick *own; /* [n_own], ascending */
  size_t n_own;
  size_t which[IZH_TICKS_MAX]; /* if given: the index in own of each tick */
  /* Of a horizontal axis, when labels are too wide: they take two lines, or are read from below. */
  bool folded, rising;
} izh_scale;

/* Makes a scale without ticks. Chooses `power` so that labels are neither very long nor all 0. */
void izh_scale_init(izh_scale *scale, double lo, double hi, bool log);

/* The same for the rows first … last of a raster. */
void izh_scale_rows(izh_scale *scale, double first, double last, const uint32_t *names);

/* Takes from an axis the ticks that were asked for: they are copied to ticks[*n], of which *n are used so
 * far. Also whether they are whole numbers, and the small ticks. */
void izh_scale_own(izh_scale *scale, const izh_axis *axis, izh_scale_tick *ticks, size_t *n);

/* Changes the range, and `power` with it. */
void izh_scale_widen(izh_scale *scale, double lo, double hi);

/* Sets the ticks of an axis of `length` pt. izh_scale_along: of a horizontal axis, a digit of whose labels is
 * digit_w wide and `line` high. izh_scale_up: of a vertical axis with at most 6 labels, at least `apart` pt
 * from each other. */
void izh_scale_along(izh_scale *scale, double length, double digit_w, double line);
void izh_scale_up(izh_scale *scale, double length, double apart);

/* The length of a scale bar: `given`, or about a sixth of the range, and more in a low plot; 0: none, when
 * given is NaN or the axis logarithmic. */
double izh_scale_bar(const izh_scale *scale, double given);

/* The position of a value: 0 at lo, 1 at hi, also below 0 or above 1; 0.5 when lo = hi. */
double izh_scale_fraction(const izh_scale *scale, double value);
double izh_scale_tick_fraction(const izh_scale *scale, double tick); /* the same for a tick */

/* The value at a fraction of the axis. */
double izh_scale_value(const izh_scale *scale, double fraction);

/* The label of the k-th tick, with markup; an upper bound for its width; and for the width of all labels. */
const char *izh_scale_label(const izh_scale *scale, size_t k, char text[IZH_SCALE_TEXT_SIZE]);
double izh_scale_label_w(const izh_scale *scale, size_t k, double digit_w);
double izh_scale_widest(const izh_scale *scale, double digit_w);

/* For a horizontal axis, when a line is `line` high: how high the row of labels is; how far labels reach past
 * the ends; and the box of the k-th label, below the
 * point `at`, whose h is that of a line. */
double izh_scale_row(const izh_scale *scale, double digit_w, double line);
double izh_scale_overhang(const izh_scale *scale, double digit_w, double line);
izh_box izh_scale_label_box(const izh_scale *scale, size_t k, double digit_w, izh_box at);

#endif
