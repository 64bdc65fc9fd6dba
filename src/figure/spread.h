/* Keeps labels apart. No drawing. Private to the figure library. */
#ifndef IZH_FIGURE_SPREAD_H
#define IZH_FIGURE_SPREAD_H

#include <stddef.h>

/* A label that wants to be centred at `centre` on a line and is `size` long. */
typedef struct izh_spread_item {
  double centre, size;
  double start;                  /* output: where it begins */
  double block_mean, block_size; /* scratch */
  size_t block_first;
} izh_spread_item;

/* Moves the items apart by as little as possible (least squares). They come in order of centre, and keep this
 * order. If their sizes allow, all stay within lo … hi. */
void izh_spread(izh_spread_item *items, size_t n, double lo, double hi);

/* The same for titles that may be longer than the room lo … hi: then all are shortened by one factor. */
void izh_spread_titles(izh_spread_item *items, size_t n, double lo, double hi);

/* A flag: a vertical line at x, with a label of width w that begins at the line, to the right of it. */
typedef struct izh_flag {
  double x, w;
  size_t index; /* for the caller */
  double start; /* output: left end of the label; it is left of x only if there is no room up to `limit` */
  int row;      /* output: 0 is the lowest */
} izh_flag;

/* Sorts the flags by x. Gives each label the lowest row in which it touches no other label, and no line of a
 * flag with a higher label. Returns the number of rows. */
int izh_flags_stack(izh_flag *flags, size_t n, double limit, double gap);

#endif
