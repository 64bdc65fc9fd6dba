/* Round tick values and the text of numbers. No drawing. Private to the figure library. */
#ifndef IZH_FIGURE_AXIS_H
#define IZH_FIGURE_AXIS_H

#include <stddef.h>

enum { IZH_TICKS_MAX = 64, IZH_NUMBER_SIZE = 64 };

typedef struct izh_ticks {
  size_t n;
  double at[IZH_TICKS_MAX]; /* ascending */
  int decimals;             /* all of them are written with so many decimals */
} izh_ticks;

/* The smallest of … 1, 2, 5, 10, 20 … that is ≥ least; least > 0. */
double izh_round_step(double least);

/* Multiples of step in lo … hi, at most IZH_TICKS_MAX; step comes from izh_round_step. */
izh_ticks izh_ticks_every(double step, double lo, double hi);

/* Ticks for a horizontal axis of `length` pt. A digit of their labels is digit_w wide. The labels do not
 * touch, and there are not more ticks than a reader needs. lo ≤ hi; lo == hi gives one tick. */
izh_ticks izh_ticks_along(double lo, double hi, double length, double digit_w);

/* Ticks for neuron ids: first, then round numbers up to last, at least `apart` ids between neighbours. */
izh_ticks izh_ticks_ids(double first, double last, double apart);

/* Writes a value with the given number of decimals: with a real minus sign, '.' whatever the locale, and thin
 * spaces between thousands if it has five digits or more. Returns text. */
char *izh_number_text(char text[IZH_NUMBER_SIZE], double value, int decimals);

/* How many decimals, at most 6, a reader needs to see of the value. */
int izh_number_decimals(double value);

/* An upper bound for the width of izh_number_text(value, decimals), if a digit is digit_w wide. */
double izh_number_width(double value, int decimals, double digit_w);

#endif
