#include "base/sort.h"

#include <string.h>

/* Radix sort by bytes, the least significant first. A byte that is the same in all keys is skipped. */
void izh_sort_keys(uint64_t *keys, uint64_t *scratch, size_t n, int low_bit) {
  uint64_t all = ~(uint64_t)0, any = 0;
  for (size_t i = 0; i < n; i++) {
    all &= keys[i];
    any |= keys[i];
  }
  uint64_t differ = all ^ any;
  uint64_t *from = keys, *to = scratch;
  for (int shift = low_bit; shift < 64; shift += 8) {
    if ((differ >> shift & 0xff) == 0) continue;
    size_t start[256] = {0};
    for (size_t i = 0; i < n; i++) start[from[i] >> shift & 0xff]++;
    size_t sum = 0;
    for (int digit = 0; digit < 256; digit++) {
      size_t count = start[digit];
      start[digit] = sum;
      sum += count;
    }
    for (size_t i = 0; i < n; i++) to[start[from[i] >> shift & 0xff]++] = from[i];
    uint64_t *swap = from;
    from = to;
    to = swap;
  }
  if (from != keys) memcpy(keys, from, n * sizeof *keys);
}

size_t izh_sort_unique(uint64_t *keys, uint64_t *scratch, size_t n) {
  izh_sort_keys(keys, scratch, n, 0);
  size_t kept = 0;
  for (size_t k = 0; k < n; k++)
    if (k == 0 || keys[k] != keys[k - 1]) keys[kept++] = keys[k];
  return kept;
}

uint64_t izh_lower_bound(const uint32_t *list, uint64_t n, uint32_t value) {
  uint64_t low = 0, high = n;
  while (low < high) {
    uint64_t middle = low + (high - low) / 2;
    if (list[middle] < value)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}
