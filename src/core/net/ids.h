/* A set of neurons: a range of global indices, or a list of them. */
#ifndef IZH_CORE_IDS_H
#define IZH_CORE_IDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "core/net/part.h"

typedef struct izh_ids {
  uint32_t first;       /* the least index */
  uint32_t size;        /* how many neurons */
  uint32_t last;        /* the greatest index, when size > 0 */
  const uint32_t *list; /* [size] distinct, any order, not owned; NULL: the range first … first + size - 1 */
} izh_ids;

izh_ids izh_ids_range(uint32_t first, uint32_t size);
/* Finds `first` and `last` of a list. */
izh_ids izh_ids_list(const uint32_t *list, uint32_t size);

static inline uint32_t izh_ids_at(const izh_ids *ids, uint32_t k) {
  return ids->list ? ids->list[k] : ids->first + k;
}

/* Makes a table with which a list is looked up quickly: the position in the set of each index from first to
 * last, UINT32_MAX for an index that is not in it. For a range *position is NULL, since there the position is
 * index - first. The caller frees the table. */
izh_status izh_ids_positions(const izh_ids *ids, uint32_t **position, izh_err *err);

/* The position of an index in the set, found with that table; UINT32_MAX when it is not in the set. */
static inline uint32_t izh_ids_find(const izh_ids *ids, const uint32_t *position, uint32_t index) {
  if (ids->size == 0 || index < ids->first || index > ids->last) return UINT32_MAX;
  return position ? position[index - ids->first] : index - ids->first;
}

/* The same set in ascending order. order[k] is the old position of the k-th index; `order` may be NULL. The
 * caller frees the sorted list and the order. A range has neither: *order is NULL. On failure there is
 * nothing to free. IZH_MEMORY. */
izh_status izh_ids_sort(const izh_ids *ids, izh_ids *sorted, uint32_t **order, izh_err *err);

/* Which elements of an ascending set are in a range of indices: these follow one another. */
izh_part izh_ids_within(const izh_ids *ids, izh_part range);

/* A copy with a list of its own, to be freed with izh_free((void *)copy->list). */
izh_status izh_ids_copy(const izh_ids *ids, izh_ids *copy, izh_err *err);

#endif
