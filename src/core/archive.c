#include "core/archive.h"

#include <string.h>

#include "base/alloc.h"

void *izh_archive_zeros(izh_archive *a, const void *array, uint64_t n, size_t size) {
  if (a->mode == IZH_ARCHIVE_MEASURE) return (void *)array;
  if (a->status || !array) return NULL;
  void *copy = izh_alloc_zero(n, size);
  if (!copy) a->status = izh_fail_memory(a->err, n * size);
  return copy;
}

void *izh_archive_array(izh_archive *a, const void *array, uint64_t n, size_t size) {
  if (a->mode == IZH_ARCHIVE_MEASURE) {
    a->bytes += array ? (double)n * (double)size : 0;
    return (void *)array;
  }
  if (a->status || !array) return NULL;
  void *copy = izh_alloc(n, size);
  if (!copy) a->status = izh_fail_memory(a->err, n * size);
  if (copy && n > 0) memcpy(copy, array, n * size);
  return copy;
}

void *izh_archive_items(izh_archive *a, const void *items, size_t *n, size_t *capacity, size_t size) {
  items = izh_archive_array(a, items, *n, size);
  if (a->mode == IZH_ARCHIVE_MEASURE) return (void *)items;
  if (!items) *n = 0;
  *capacity = *n;
  return (void *)items;
}

char *izh_archive_text(izh_archive *a, const char *text) {
  return izh_archive_array(a, text, text ? strlen(text) + 1 : 0, 1);
}

void izh_archive_ids(izh_archive *a, izh_ids *ids) {
  ids->list = izh_archive_array(a, ids->list, ids->size, sizeof *ids->list);
}
