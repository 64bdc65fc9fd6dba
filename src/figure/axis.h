/* Round tick values and the text of numbers. No drawing. Private to the figure library. */
#ifndef IZH_FIGURE_AXIS_H
#define IZH_FIGURE_AXIS_H

#include <stddef.h>

enum { IZH_TICKS_MAX = 64, IZH_NUMBER_SIZE = 64 };

typedef struct izh_ticks {
  size_t n;
  double at[IZH_TICKS_MAX]; /* ascending */
  int decimals;             /* that all of them are written with */
} izh_ticks;

/* The smallest of … 1, 2, 5, 10, 20 … that is at least `least`, which is > 0. */
double izh_round_step(double least);

/* Multiples of step in lo … hi, at most IZH_TICKS_MAX; step is one that izh_round_step gave. */
izh_ticks izh_ticks_every(double step, double lo, double hi);

/* Ticks for a length of `length` pt whose labels are as wide as numbers with digits of width digit_w. Labels
 * are kept apart and the ticks are never denser than needed. lo ≤ hi; lo == hi gives one tick. */
izh_ticks izh_ticks_along(double lo, double hi, double length, double digit_w);

/* Ticks for neuron ids: first, then round numbers up to last, at least `apart` ids between neighbours. */
izh_ticks izh_ticks_ids(double first, double last, double apart);

/* Writes value with the given number of decimals: a real minus sign, '.' whatever the locale, thin spaces
 * between thousands from five digits on. Returns text. */
char *izh_number_text(char text[IZH_NUMBER_SIZE], double value, int decimals);

/* How many decimals, at most 6, are needed to write the value as exactly as a reader needs. */
int izh_number_decimals(double value);

/* An upper bound of the width of izh_number_text(value, decimals), where a digit is digit_w wide. */
double izh_number_width(double value, int decimals, double digit_w);

#endif
