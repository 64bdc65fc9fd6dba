/* Sorting and searching. */
#ifndef IZH_BASE_SORT_H
#define IZH_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Sorts keys[n] by their bits low_bit … 63. Keys with equal bits there keep their order. scratch[n] is
 * overwritten. */
void izh_sort_keys(uint64_t *keys, uint64_t *scratch, size_t n, int low_bit);

/* Sorts keys[n] and removes repeated ones. Returns how many are left. */
size_t izh_sort_unique(uint64_t *keys, uint64_t *scratch, size_t n);

/* The position of the first element of the ascending list[n] that is ≥ value; n when there is none. */
uint64_t izh_lower_bound(const uint32_t *list, uint64_t n, uint32_t value);

#endif
