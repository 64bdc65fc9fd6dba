/* The scale of an axis: positions of values along it, its ticks and their labels. No drawing. Private to the
 * figure library. */
#ifndef IZH_FIGURE_SCALE_H
#define IZH_FIGURE_SCALE_H

#include <stdbool.h>

#include "figure/axis.h"

enum { IZH_SCALE_TEXT_SIZE = 2 * IZH_NUMBER_SIZE + 32 };

typedef struct izh_scale {
  double lo, hi; /* lo ≤ hi; 0 < lo when log */
  bool log;
  bool decades;    /* if log: labels are powers of ten */
  bool whole;      /* ticks are whole numbers */
  int power;       /* if linear: labels are in units of 10^power */
  izh_ticks ticks; /* ticks with labels; if linear, in units of 10^power */
  izh_ticks minor; /* if log: ticks without labels */
} izh_scale;

/* Makes a scale without ticks. Chooses `power` so that labels are neither very long nor all 0. */
void izh_scale_init(izh_scale *scale, double lo, double hi, bool log);

/* Sets the ticks of an axis of `length` pt. izh_scale_along: of a horizontal axis, a digit of whose labels is
 * digit_w wide. izh_scale_up: of a vertical axis with at most 6 labels, at least `apart` pt from each other.
 */
void izh_scale_along(izh_scale *scale, double length, double digit_w);
void izh_scale_up(izh_scale *scale, double length, double apart);

/* The position of a value: 0 at lo, 1 at hi, also below 0 or above 1; 0.5 when lo = hi. */
double izh_scale_fraction(const izh_scale *scale, double value);
double izh_scale_tick_fraction(const izh_scale *scale, double tick); /* the same for a tick */

/* The label of the k-th tick, with markup; an upper bound for its width; and for the width of all labels. */
char *izh_scale_label(const izh_scale *scale, size_t k, char text[IZH_SCALE_TEXT_SIZE]);
double izh_scale_label_w(const izh_scale *scale, size_t k, double digit_w);
double izh_scale_widest(const izh_scale *scale, double digit_w);

#endif
