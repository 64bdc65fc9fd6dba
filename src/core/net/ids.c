#include "core/net/ids.h"

#include <string.h>

#include "base/alloc.h"
#include "base/sort.h"

izh_ids izh_ids_range(uint32_t first, uint32_t size) {
  return (izh_ids){.first = first, .size = size, .last = size ? first + size - 1 : first};
}

izh_ids izh_ids_list(const uint32_t *list, uint32_t size) {
  izh_ids ids = {.first = UINT32_MAX, .size = size, .list = list};
  for (uint32_t k = 0; k < size; k++) {
    if (list[k] < ids.first) ids.first = list[k];
    if (list[k] > ids.last) ids.last = list[k];
  }
  return size ? ids : izh_ids_range(0, 0);
}

izh_status izh_ids_positions(const izh_ids *ids, uint32_t **position, izh_err *err) {
  *position = NULL;
  if (!ids->list) return IZH_OK;
  size_t span = (size_t)(ids->last - ids->first) + 1;
  *position = izh_alloc(span, sizeof **position);
  if (!*position) return izh_fail_memory(err, span * sizeof **position);
  memset(*position, 0xff, span * sizeof **position);
  for (uint32_t k = 0; k < ids->size; k++) (*position)[ids->list[k] - ids->first] = k;
  return IZH_OK;
}

izh_status izh_ids_sort(const izh_ids *ids, izh_ids *sorted, uint32_t **order, izh_err *err) {
  if (order) *order = NULL;
  if (!ids->list) {
    *sorted = *ids;
    return IZH_OK;
  }
  uint32_t n = ids->size, *list = izh_alloc(n, sizeof *list),
           *from = order ? izh_alloc(n, sizeof *from) : NULL;
  uint64_t *keys = izh_alloc(2 * (size_t)n, sizeof *keys);
  if (!keys || !list || (order && !from)) {
    izh_free(keys);
    izh_free(list);
    izh_free(from);
    return izh_fail_memory(err, (unsigned long long)n * 2 * sizeof *keys);
  }
  for (uint32_t k = 0; k < n; k++) keys[k] = (uint64_t)ids->list[k] << 32 | k;
  izh_sort_keys(keys, keys + n, n, 32);
  for (uint32_t k = 0; k < n; k++) {
    list[k] = (uint32_t)(keys[k] >> 32);
    if (from) from[k] = (uint32_t)keys[k];
  }
  izh_free(keys);
  *sorted = *ids;
  sorted->list = list;
  if (order) *order = from;
  return IZH_OK;
}

izh_status izh_ids_copy(const izh_ids *ids, izh_ids *copy, izh_err *err) {
  uint32_t *list = NULL;
  if (ids->list) {
    list = izh_alloc(ids->size, sizeof *list);
    if (!list) return izh_fail_memory(err, ids->size * sizeof *list);
    memcpy(list, ids->list, ids->size * sizeof *list);
  }
  *copy = *ids;
  copy->list = list;
  return IZH_OK;
}

izh_part izh_ids_within(const izh_ids *ids, izh_part range) {
  if (ids->list)
    return (izh_part){(uint32_t)izh_lower_bound(ids->list, ids->size, range.begin),
                      (uint32_t)izh_lower_bound(ids->list, ids->size, range.end)};
  uint32_t end = ids->first + ids->size;
  uint32_t from = range.begin > ids->first ? range.begin : ids->first, to = range.end < end ? range.end : end;
  if (from >= to) return (izh_part){0, 0};
  return (izh_part){from - ids->first, to - ids->first};
}
