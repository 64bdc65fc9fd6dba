/* An axis: from values to positions along it, its ticks and their labels. No drawing. Private to the figure
 * library. */
#ifndef IZH_FIGURE_SCALE_H
#define IZH_FIGURE_SCALE_H

#include <stdbool.h>

#include "figure/axis.h"

enum { IZH_SCALE_TEXT_SIZE = 2 * IZH_NUMBER_SIZE + 32 };

typedef struct izh_scale {
  double lo, hi; /* lo ≤ hi; 0 < lo when log */
  bool log;
  bool decades;    /* log: labels are powers of ten */
  bool whole;      /* ticks are whole numbers */
  int power;       /* linear: labels are in units of 10^power */
  izh_ticks ticks; /* with labels; linear: in units of 10^power */
  izh_ticks minor; /* log: without labels */
} izh_scale;

/* Sets power, so that labels are neither very long nor all 0. */
void izh_scale_init(izh_scale *scale, double lo, double hi, bool log);

/* Sets the ticks of an axis of `length` pt: along a row of labels with digits of width digit_w; and up a
 * column of labels at least `apart` pt from each other, at most 6 of them. */
void izh_scale_along(izh_scale *scale, double length, double digit_w);
void izh_scale_up(izh_scale *scale, double length, double apart);

/* Where a value is: 0 at lo, 1 at hi; 0.5 when the scale is of one value. Not limited to 0 … 1. */
double izh_scale_fraction(const izh_scale *scale, double value);
double izh_scale_tick_fraction(const izh_scale *scale, double tick); /* a value of ticks or minor */

/* The label of the k-th tick, as markup, and an upper bound of its width. */
char *izh_scale_label(const izh_scale *scale, size_t k, char text[IZH_SCALE_TEXT_SIZE]);
double izh_scale_label_w(const izh_scale *scale, size_t k, double digit_w);
double izh_scale_widest(const izh_scale *scale, double digit_w);

#endif
