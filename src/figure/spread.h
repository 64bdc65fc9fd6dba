/* Keeping labels apart. No drawing. Private to the figure library. */
#ifndef IZH_FIGURE_SPREAD_H
#define IZH_FIGURE_SPREAD_H

#include <stddef.h>

/* A label that wants to be centred at `centre` on a line and is `size` long. */
typedef struct izh_spread_item {
  double centre, size;
  double start;                  /* out: where it begins */
  double block_mean, block_size; /* scratch */
  size_t block_first;
} izh_spread_item;

/* Moves the items, which come by ascending centre, apart by as little as possible (least squares), keeping
 * their order and, when their sizes allow, all within lo … hi. */
void izh_spread(izh_spread_item *items, size_t n, double lo, double hi);

/* A label that begins at a vertical line at x, to the right of it, and is w wide. */
typedef struct izh_flag {
  double x, w;
  size_t index; /* the caller's */
  double start; /* out: left end of the label, left of x only where `limit` leaves no room */
  int row;      /* out: 0 is the lowest */
} izh_flag;

/* Sorts the flags by x and gives each the lowest row at which it touches no other label and no line of a flag
 * whose label is higher. Returns the number of rows. */
int izh_flags_stack(izh_flag *flags, size_t n, double limit, double gap);

#endif
