#include "core/net/share.h"

#include "base/alloc.h"
#include "base/ranks.h"
#include "core/net/comm.h"

/* What izh_share_values needs: the neurons in ascending order, and their values. */
typedef struct sorted {
  izh_ids ids;
  uint32_t *order; /* NULL: they are in this order */
  double *values;
} sorted;

static izh_status sort(const izh_ids *ids, sorted *s, izh_err *err) {
  s->values = izh_alloc(ids->size, sizeof *s->values);
  if (!s->values) return izh_fail_memory(err, ids->size * sizeof *s->values);
  return izh_ids_sort(ids, &s->ids, &s->order, err);
}

static uint32_t at(const sorted *s, uint32_t k) {
  return s->order ? s->order[k] : k;
}

izh_status izh_share_values(const izh_net *net, const izh_ids *ids, double *values, izh_err *err) {
  sorted s = {.ids = {.list = NULL}};
  if (net->n_cut == 0) return IZH_OK;
  izh_status status = izh_comm_check(net, err);
  if (!status) status = sort(ids, &s, err);
  status = izh_ranks_meet(IZH_MEET_VALUES, status, err);
  for (uint32_t k = 0; k < ids->size && !status; k++) s.values[k] = values[at(&s, k)];
  if (!status) status = izh_comm_refresh_ids(net, &s.ids, s.values, sizeof *s.values, err);
  for (uint32_t k = 0; k < ids->size && !status; k++) values[at(&s, k)] = s.values[k];
  if (s.order) izh_free((void *)s.ids.list);
  izh_free(s.order);
  izh_free(s.values);
  return status;
}

izh_status izh_share_flags(const izh_net *net, bool *flags, size_t n, izh_err *err) {
  if (net->n_cut == 0) return IZH_OK;
  size_t whole = (n + 7) / 8 * 8;
  char *mine = izh_alloc_zero(whole, 1);
  izh_status status = mine ? izh_comm_check(net, err) : izh_fail_memory(err, whole);
  for (size_t k = 0; k < n && mine; k++) mine[k] = flags[k];
  izh_ranks_load load = {.data = mine, .bytes = whole};
  status = izh_ranks_meet_with(IZH_MEET_FLAGS, status, &load, err);
  for (int rank = 0; rank < izh_ranks_size() && !status; rank++) {
    const char *theirs = izh_ranks_data(rank);
    for (size_t k = 0; k < n; k++) flags[k] |= theirs[k] != 0;
  }
  izh_free(mine);
  return status;
}
