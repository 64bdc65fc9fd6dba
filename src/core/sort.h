/* Sorting of 64-bit keys. */
#ifndef IZH_CORE_SORT_H
#define IZH_CORE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Sorts keys[n] by their bits low_bit … 63; keys equal there stay in order. scratch[n] is overwritten. */
void izh_sort_keys(uint64_t *keys, uint64_t *scratch, size_t n, int low_bit);

#endif
