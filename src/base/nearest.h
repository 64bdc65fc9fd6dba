/* The known word that was probably meant. */
#ifndef IZH_BASE_NEAREST_H
#define IZH_BASE_NEAREST_H

/* The word of `known` (ended by NULL) that is the fewest changes away. A change is a letter inserted,
 * deleted, replaced or swapped with its neighbour. NULL when even that word needs too many changes for the
 * length of `word`. Words of more than 63 bytes are not compared. */
const char *izh_nearest(const char *word, const char *const *known);

#endif
