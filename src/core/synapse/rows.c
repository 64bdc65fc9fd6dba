#include "core/synapse/rows.h"

#include <string.h>

#include "base/alloc.h"
#include "base/ranks.h"
#include "base/sort.h"
#include "core/net/comm.h"
#include "core/synapse/synapses.h"

/* What is left of the row that a rank has brought. A rank brings its rows as words: of each the numbers of
 * synapses and delays, the delays, the counts; and if more than counts are wanted, targets and weights. */
typedef struct share {
  uint32_t n, n_delays;
  const uint32_t *delay, *count, *target, *weight;
} share;

typedef struct words {
  uint32_t *list;
  size_t capacity;
  uint64_t n;
} words;

struct izh_rows {
  const izh_net *net;
  const izh_projection *p;
  bool counts;
  uint32_t next; /* the next row */
  izh_synapse_row row;
  uint32_t *delays; /* [n_delays] */
  uint32_t n_delays;
  uint32_t *number; /* [p->n_delays] which of these each delay of this process is */
  /* of a projection that is cut among ranks */
  izh_synapse_row own; /* a row of this rank */
  uint32_t end;        /* the rows before it have been gathered */
  int weight_words;    /* the words that a weight takes: 0, 1 or 2 */
  words mine, all;
  const uint32_t **at; /* [ranks] the next row of each rank, in `all` */
  share *shares;       /* [ranks] */
  uint64_t *bytes;     /* [ranks] */
  uint64_t *keys;      /* [2 longest] scratch */
  double *sorted;      /* [longest] scratch */
};

/* What the ranks tell each other where they open rows. */
enum { LONGEST, MOST_DELAYS, DELAYS };

static uint64_t place_of(const izh_rows *rows) {
  return izh_ranks_hash(izh_ranks_hash_text(IZH_MEET_ROWS, rows->p->name), &rows->next, sizeof rows->next);
}

/* --- the rows of this process --- */

static void row_free(izh_synapse_row *row) {
  izh_free(row->delay);
  izh_free(row->count);
  izh_free(row->target);
  izh_free(row->weight);
}

static bool row_room(izh_synapse_row *row, uint64_t longest, uint64_t delays) {
  row->delay = izh_alloc(delays, sizeof *row->delay);
  row->count = izh_alloc(delays, sizeof *row->count);
  row->target = izh_alloc(longest, sizeof *row->target);
  row->weight = izh_alloc(longest, sizeof *row->weight);
  return row->delay && row->count && row->target && row->weight;
}

static void append(const izh_rows *rows, izh_synapse_row *row, uint32_t delay, uint32_t target, uint64_t k) {
  if (row->n_delays == 0 || row->delay[row->n_delays - 1] != delay) {
    row->delay[row->n_delays] = delay;
    row->count[row->n_delays++] = 0;
  }
  row->count[row->n_delays - 1]++;
  row->target[row->n] = target;
  row->weight[row->n++] = izh_base_weight(rows->p, k);
}

/* The row of a source, but without synapses that another rank tells of. */
static void take_own(const izh_rows *rows, uint32_t number, izh_synapse_row *row) {
  const izh_projection *p = rows->p;
  row->n = row->n_delays = 0;
  for (uint64_t s = 0; s < izh_segments_of(p, number); s++) {
    izh_segment segment = izh_segment_at(p, number, s);
    izh_part part = {0, p->cut ? 0 : UINT32_MAX};
    bool tells = true;
    for (uint64_t k = segment.begin; k < segment.end; k++) {
      uint32_t target = izh_target(p, k, segment.block);
      if (target >= part.end) tells = izh_comm_tells(rows->net, target, &part);
      if (tells) append(rows, row, rows->number[segment.delay], target, k);
    }
  }
}

/* --- what this rank brings --- */

static uint64_t words_of(const izh_rows *rows, uint64_t n, uint64_t n_delays) {
  return 2 + 2 * n_delays + (rows->counts ? 0 : n * (1 + (uint64_t)rows->weight_words));
}

static uint32_t *put(uint32_t *to, const uint32_t *list, uint32_t n) {
  memcpy(to, list, n * sizeof *to);
  return to + n;
}

static izh_status bring(izh_rows *rows, izh_err *err) {
  words *mine = &rows->mine;
  const izh_synapse_row *row = &rows->own;
  uint64_t want = mine->n + words_of(rows, row->n, row->n_delays);
  uint32_t *room = izh_grow(mine->list, &mine->capacity, want, sizeof *room), *to = room + mine->n;
  if (!room) return izh_fail_memory(err, want * sizeof *room);
  mine->list = room;
  mine->n = want;
  *to++ = row->n;
  *to++ = row->n_delays;
  to = put(put(to, row->delay, row->n_delays), row->count, row->n_delays);
  if (rows->counts) return IZH_OK;
  to = put(to, row->target, row->n);
  for (uint32_t k = 0; k < row->n && rows->weight_words == 1; k++) {
    float single = (float)row->weight[k]; /* which it was */
    memcpy(to + k, &single, sizeof single);
  }
  if (rows->weight_words == 2) memcpy(to, row->weight, row->n * sizeof *row->weight);
  return IZH_OK;
}

enum { WORDS = 1 << 20 }; /* all ranks bring about so many at a time, and at least a row */

/* How many rows this rank would bring next. */
static uint32_t rows_ready(const izh_rows *rows) {
  const izh_projection *p = rows->p;
  uint64_t sum = 0, most = WORDS / (uint64_t)izh_ranks_size();
  uint32_t end = rows->next;
  for (; end < p->pre.size && (end == rows->next || sum < most); end++) {
    uint64_t n = p->row_start[end + 1] - p->row_start[end], segments = izh_segments_of(p, end);
    sum += words_of(rows, n, segments < n ? segments : n);
  }
  return end - rows->next;
}

/* --- what all ranks bring --- */

static izh_status room_for_all(izh_rows *rows, izh_err *err) {
  uint64_t n = 0;
  for (int k = 0; k < izh_ranks_size(); k++) {
    n += izh_ranks_counts(k)[0];
    rows->bytes[k] = izh_ranks_counts(k)[0] * sizeof *rows->all.list;
  }
  uint32_t *room = izh_grow(rows->all.list, &rows->all.capacity, n, sizeof *room);
  if (!room) return izh_fail_memory(err, n * sizeof *room);
  rows->all.list = room;
  for (int k = 0; k < izh_ranks_size(); room += izh_ranks_counts(k++)[0]) rows->at[k] = room;
  return IZH_OK;
}

/* The ranks agree on how many rows come next, tell how much these are, and exchange them. */
static izh_status gather(izh_rows *rows, izh_err *err) {
  uint64_t place = place_of(rows), n = rows_ready(rows);
  izh_status status = izh_ranks_meet_with(place, IZH_OK, &(izh_ranks_load){.counts = {n}}, err);
  if (status) return status;
  for (int k = 0; k < izh_ranks_size(); k++)
    if (izh_ranks_counts(k)[0] < n) n = izh_ranks_counts(k)[0];
  rows->end = rows->next + (uint32_t)n;
  rows->mine.n = 0;
  for (uint32_t row = rows->next; row < rows->end && !status; row++) {
    take_own(rows, row, &rows->own);
    status = bring(rows, err);
  }
  status = izh_ranks_meet_with(place, status, &(izh_ranks_load){.counts = {rows->mine.n}}, err);
  if (!status) status = izh_ranks_meet(place, room_for_all(rows, err), err);
  if (!status) izh_ranks_gather_parts(rows->mine.list, rows->bytes, rows->all.list);
  return status;
}

/* Finds what each rank has brought of the next row. */
static void find_shares(izh_rows *rows) {
  for (int k = 0; k < izh_ranks_size(); k++) {
    const uint32_t *at = rows->at[k];
    share *s = &rows->shares[k];
    *s = (share){.n = at[0], .n_delays = at[1], .delay = at + 2};
    s->count = s->delay + s->n_delays;
    s->target = s->count + s->n_delays;
    s->weight = s->target + s->n;
    rows->at[k] += words_of(rows, s->n, s->n_delays);
  }
}

static double weight_at(const izh_rows *rows, const uint32_t *weight) {
  float single;
  double full;
  if (rows->weight_words == 0) return rows->p->weight_one;
  if (rows->weight_words == 2) return memcpy(&full, weight, sizeof full), full;
  return memcpy(&single, weight, sizeof single), (double)single;
}

/* Puts the synapses from number `first` on in order of target; those of one target keep their order. */
static void sort_from(izh_rows *rows, uint32_t first) {
  uint32_t n = rows->row.n - first, *target = rows->row.target + first, k = 1;
  double *weight = rows->row.weight + first;
  while (k < n && target[k] >= target[k - 1]) k++;
  if (k >= n) return;
  for (k = 0; k < n; k++) rows->keys[k] = (uint64_t)target[k] << 32 | k;
  izh_sort_keys(rows->keys, rows->keys + n, n, 32);
  memcpy(rows->sorted, weight, n * sizeof *weight);
  for (k = 0; k < n; k++) {
    target[k] = (uint32_t)(rows->keys[k] >> 32);
    weight[k] = rows->sorted[(uint32_t)rows->keys[k]];
  }
}

/* Appends the synapses of the least delay that is left; false: there is none. */
static bool merge_delay(izh_rows *rows) {
  izh_synapse_row *row = &rows->row;
  uint32_t delay = UINT32_MAX, first = row->n, count = 0;
  for (int r = 0; r < izh_ranks_size(); r++) {
    const share *s = &rows->shares[r];
    if (s->n_delays > 0 && *s->delay < delay) delay = *s->delay;
  }
  if (delay == UINT32_MAX) return false;
  for (int r = 0; r < izh_ranks_size(); r++) {
    share *s = &rows->shares[r];
    if (s->n_delays == 0 || *s->delay != delay) continue;
    for (uint32_t k = 0; k < *s->count && !rows->counts; k++, s->weight += rows->weight_words) {
      row->target[row->n] = *s->target++;
      row->weight[row->n++] = weight_at(rows, s->weight);
    }
    count += *s->count++;
    s->delay++;
    s->n_delays--;
  }
  if (rows->counts)
    row->n += count;
  else
    sort_from(rows, first);
  row->delay[row->n_delays] = delay;
  row->count[row->n_delays++] = count;
  return true;
}

static void merge(izh_rows *rows) {
  rows->row.n = rows->row.n_delays = 0;
  find_shares(rows);
  while (merge_delay(rows)) {}
}

/* --- open, next, close --- */

/* The most that a row of this process has. */
static void find_longest(const izh_projection *p, uint64_t *counts) {
  uint64_t longest = 0;
  for (uint32_t row = 0; row < p->pre.size; row++) {
    uint64_t n = p->row_start[row + 1] - p->row_start[row];
    if (n > longest) longest = n;
  }
  counts[LONGEST] = longest;
  counts[MOST_DELAYS] = longest < p->n_delays ? longest : p->n_delays;
  counts[DELAYS] = p->n_delays;
}

static izh_status open_whole(izh_rows *rows, izh_err *err) {
  uint64_t counts[IZH_RANKS_COUNTS];
  const izh_projection *p = rows->p;
  find_longest(p, counts);
  rows->n_delays = p->n_delays;
  rows->delays = izh_alloc(p->n_delays, sizeof *rows->delays);
  rows->number = izh_alloc(p->n_delays, sizeof *rows->number);
  if (!row_room(&rows->row, counts[LONGEST], counts[MOST_DELAYS]) || !rows->delays || !rows->number)
    return izh_fail_memory(err, counts[LONGEST] * (sizeof(uint32_t) + sizeof(double)));
  for (uint32_t k = 0; k < p->n_delays; k++) {
    rows->delays[k] = p->delays[k];
    rows->number[k] = k;
  }
  return IZH_OK;
}

/* Makes room for the rows, and for the delays of all ranks, with what they were told to have. */
static izh_status room_for_rows(izh_rows *rows, const uint64_t *own, izh_err *err) {
  size_t ranks = (size_t)izh_ranks_size();
  uint64_t all[IZH_RANKS_COUNTS] = {0};
  for (size_t k = 0; k < ranks; k++)
    for (int what = 0; what <= DELAYS; what++) all[what] += izh_ranks_counts((int)k)[what];
  if (all[LONGEST] > UINT32_MAX) all[LONGEST] = UINT32_MAX; /* no row has more */
  rows->at = izh_alloc(ranks, sizeof *rows->at);
  rows->shares = izh_alloc(ranks, sizeof *rows->shares);
  rows->bytes = izh_alloc(ranks, sizeof *rows->bytes);
  rows->keys = izh_alloc(2 * all[LONGEST], sizeof *rows->keys);
  rows->sorted = izh_alloc(all[LONGEST], sizeof *rows->sorted);
  rows->delays = izh_alloc(all[DELAYS], sizeof *rows->delays);
  rows->number = izh_alloc(own[DELAYS], sizeof *rows->number);
  bool room = row_room(&rows->own, own[LONGEST], own[MOST_DELAYS]);
  room = row_room(&rows->row, all[LONGEST], all[MOST_DELAYS]) && room;
  if (room && rows->at && rows->shares && rows->bytes && rows->keys && rows->sorted && rows->delays &&
      rows->number)
    return IZH_OK;
  return izh_fail_memory(err, all[LONGEST] * 40 + all[DELAYS] * sizeof *rows->delays);
}

static izh_status gather_delays(izh_rows *rows, izh_err *err) {
  const izh_projection *p = rows->p;
  uint64_t n = 0;
  for (int k = 0; k < izh_ranks_size(); k++) {
    rows->bytes[k] = izh_ranks_counts(k)[DELAYS] * sizeof *rows->delays;
    n += izh_ranks_counts(k)[DELAYS];
  }
  uint64_t *keys = izh_alloc(2 * n, sizeof *keys);
  izh_status status = izh_ranks_meet(place_of(rows), keys ? IZH_OK : izh_fail_memory(err, 16 * n), err);
  if (status) {
    izh_free(keys);
    return status;
  }
  izh_ranks_gather_parts(p->delays, rows->bytes, rows->delays);
  for (uint64_t k = 0; k < n; k++) keys[k] = rows->delays[k];
  rows->n_delays = (uint32_t)izh_sort_unique(keys, keys + n, n);
  for (uint32_t k = 0; k < rows->n_delays; k++) rows->delays[k] = (uint32_t)keys[k];
  for (uint32_t k = 0; k < p->n_delays; k++)
    rows->number[k] = (uint32_t)izh_lower_bound(rows->delays, rows->n_delays, p->delays[k]);
  izh_free(keys);
  return IZH_OK;
}

static izh_status open_cut(izh_rows *rows, izh_err *err) {
  izh_ranks_load own = {0};
  const izh_projection *p = rows->p;
  find_longest(p, own.counts);
  rows->weight_words = izh_one_weight(p) ? 0 : p->weight_double ? 2 : 1;
  izh_status status = izh_ranks_meet_with(place_of(rows), IZH_OK, &own, err);
  if (status) return status;
  status = room_for_rows(rows, own.counts, err);
  status = izh_ranks_meet_with(place_of(rows), status, &own, err);
  return status ? status : gather_delays(rows, err);
}

izh_status izh_rows_open(const izh_net *net, const izh_projection *p, bool counts, izh_rows **result,
                         izh_err *err) {
  izh_status status = p->cut ? izh_comm_check(net, err) : IZH_OK;
  if (status) return status;
  izh_rows *rows = izh_alloc_zero(1, sizeof *rows);
  if (!rows) status = izh_fail_memory(err, sizeof *rows);
  if (p->cut) status = izh_ranks_meet(IZH_MEET_ROWS, status, err);
  if (status) {
    izh_free(rows);
    return status;
  }
  rows->net = net;
  rows->p = p;
  rows->counts = counts;
  status = p->cut ? open_cut(rows, err) : open_whole(rows, err);
  if (status) {
    izh_rows_close(rows);
    return status;
  }
  *result = rows;
  return IZH_OK;
}

izh_status izh_rows_next(izh_rows *rows, const izh_synapse_row **row, izh_err *err) {
  izh_status status = rows->p->cut && rows->next == rows->end ? gather(rows, err) : IZH_OK;
  if (status) return status;
  if (rows->p->cut)
    merge(rows);
  else
    take_own(rows, rows->next, &rows->row);
  rows->next++;
  *row = &rows->row;
  return IZH_OK;
}

void izh_rows_from(izh_rows *rows, uint32_t row) {
  rows->next = rows->end = row;
}

uint32_t izh_rows_ready(const izh_rows *rows) {
  return (rows->p->cut ? rows->end : rows->p->pre.size) - rows->next;
}

void izh_rows_close(izh_rows *rows) {
  if (!rows) return;
  row_free(&rows->row);
  row_free(&rows->own);
  izh_free(rows->delays);
  izh_free(rows->number);
  izh_free(rows->mine.list);
  izh_free(rows->all.list);
  izh_free(rows->at);
  izh_free(rows->shares);
  izh_free(rows->bytes);
  izh_free(rows->keys);
  izh_free(rows->sorted);
  izh_free(rows);
}

const uint32_t *izh_rows_delays(const izh_rows *rows, uint32_t *n) {
  *n = rows->n_delays;
  return rows->delays;
}
