/* The known word that was probably meant. */
#ifndef IZH_BASE_NEAREST_H
#define IZH_BASE_NEAREST_H

/* The word of `known` (ended by NULL) that takes the fewest changes to reach: a letter inserted, deleted,
 * replaced or swapped with its neighbour. NULL when that takes many changes for the length of the word. Words
 * of more than 63 bytes are not compared. */
const char *izh_nearest(const char *word, const char *const *known);

#endif
