/* Sorting and searching. */
#ifndef IZH_BASE_SORT_H
#define IZH_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Sorts keys[n] by their bits low_bit … 63; keys equal there stay in order. scratch[n] is overwritten. */
void izh_sort_keys(uint64_t *keys, uint64_t *scratch, size_t n, int low_bit);

/* Sorts them and leaves each once; how many there are then. */
size_t izh_sort_unique(uint64_t *keys, uint64_t *scratch, size_t n);

/* Position of the first element of the ascending list[n] that is ≥ value; n when there is none. */
uint64_t izh_lower_bound(const uint32_t *list, uint64_t n, uint32_t value);

#endif
