/* The known word that was probably meant. */
#ifndef IZH_BASE_NEAREST_H
#define IZH_BASE_NEAREST_H

/* The word of known (ended by NULL) with the fewest letters inserted, deleted, replaced or swapped with their
 * neighbour, when these are few beside the length of the word; NULL when none is near. Words of over 63 bytes
 * are not compared. */
const char *izh_nearest(const char *word, const char *const *known);

#endif
