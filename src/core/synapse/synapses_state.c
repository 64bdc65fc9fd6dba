/* Synapses as a part of a network's state. In a file their order is that of rows.h, and how they lie in
 * memory does not show: so it is the same, to the byte, for any number of threads and ranks, and it is read
 * by any number. In a file are
 *
 *   uint32 first, end     the targets are in this range of neurons
 *   uint32 kind           of weights: one, single, double
 *   uint32 n, uint32 [n]  delays in steps, ascending
 *   uint64 N              how many pairs of a source and a delay there are that have synapses
 *
 * and for each source
 *
 *   uint32 n              how many delays it has
 *   uint32 [n]            their numbers, ascending
 *   uint32 [n]            how many synapses each has, > 0
 *   uint16 or uint32 []   targets, minus first, in order of delay and target; 32 bits if the range needs it
 *   float or double []    weights, unless there is one for all
 */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "base/memory.h"
#include "core/net/comm.h"
#include "core/synapse/rows.h"
#include "core/synapse/synapses.h"

typedef enum weights { ONE, SINGLE, DOUBLE, KINDS } weights;

static const size_t weight_bytes[KINDS] = {0, sizeof(float), sizeof(double)};

static weights kind_of(const izh_projection *p) {
  return izh_one_weight(p) ? ONE : p->weight_double ? DOUBLE : SINGLE;
}

/* What targets and weights are in a file. */
typedef struct form {
  uint32_t first, end;
  weights kind;
} form;

static bool is_near(const form *f) {
  return f->end - f->first <= 1 << 16;
}

static size_t target_bytes(const form *f) {
  return is_near(f) ? sizeof(uint16_t) : sizeof(uint32_t);
}

/* --- writing --- */

/* How many pairs of a source and a delay have synapses. */
static izh_status count_pairs(const izh_net *net, const izh_projection *p, uint64_t *pairs, izh_err *err) {
  izh_rows *rows = NULL;
  const izh_synapse_row *row;
  *pairs = 0;
  izh_status status = izh_rows_open(net, p, true, &rows, err);
  for (uint32_t k = 0; k < p->pre.size && !status; k++) {
    status = izh_rows_next(rows, &row, err);
    if (!status) *pairs += row->n_delays;
  }
  izh_rows_close(rows);
  return status;
}

enum { PIECE = 1024 };

/* Some targets or weights as they are in a file. */
typedef union piece {
  uint16_t near[PIECE];
  uint32_t far[PIECE];
  float single[PIECE];
  double full[PIECE];
} piece;

static void targets_write(izh_archive *a, const form *f, const uint32_t *target, size_t n) {
  piece some;
  for (size_t k = 0; k < n && is_near(f); k++) some.near[k] = (uint16_t)(target[k] - f->first);
  for (size_t k = 0; k < n && !is_near(f); k++) some.far[k] = target[k] - f->first;
  izh_archive_bytes(a, &some, n * target_bytes(f));
}

static void weights_write(izh_archive *a, const form *f, const double *weight, size_t n) {
  piece some;
  for (size_t k = 0; k < n && f->kind == SINGLE; k++) some.single[k] = (float)weight[k]; /* which it was */
  for (size_t k = 0; k < n && f->kind == DOUBLE; k++) some.full[k] = weight[k];
  izh_archive_bytes(a, &some, n * weight_bytes[f->kind]);
}

static void row_write(izh_archive *a, const form *f, const izh_synapse_row *row) {
  uint32_t n_delays = row->n_delays;
  izh_archive_u32(a, &n_delays);
  izh_archive_bytes(a, row->delay, n_delays * sizeof *row->delay);
  izh_archive_bytes(a, row->count, n_delays * sizeof *row->count);
  for (size_t k = 0; k < row->n; k += PIECE)
    targets_write(a, f, row->target + k, row->n - k < PIECE ? row->n - k : PIECE);
  for (size_t k = 0; k < row->n; k += PIECE)
    weights_write(a, f, row->weight + k, row->n - k < PIECE ? row->n - k : PIECE);
}

/* The rows of a projection that is cut among ranks are gathered to the end, whatever happens on one of them.
 */
static void rows_write(izh_archive *a, const izh_projection *p, const form *f, izh_rows *rows) {
  const izh_synapse_row *row;
  izh_status status = IZH_OK;
  for (uint32_t k = 0; k < p->pre.size && !status && (p->cut || !a->status); k++) {
    status = izh_rows_next(rows, &row, a->err);
    if (!status) row_write(a, f, row);
  }
  if (status) a->status = status;
}

static void synapses_write(izh_archive *a, const izh_net *net, const izh_projection *p) {
  form f = {.first = p->targets.begin, .end = p->targets.end, .kind = kind_of(p)};
  uint64_t pairs = 0, n = izh_synapses_n(p);
  izh_rows *rows = NULL;
  if (p->cut) izh_archive_together(a);
  if (a->status) return;
  a->status = count_pairs(net, p, &pairs, a->err);
  if (!a->status) a->status = izh_rows_open(net, p, false, &rows, a->err);
  if (a->status) return;
  uint32_t kind = f.kind, n_delays;
  const uint32_t *delays = izh_rows_delays(rows, &n_delays);
  izh_archive_u32(a, &f.first);
  izh_archive_u32(a, &f.end);
  izh_archive_u32(a, &kind);
  izh_archive_u32(a, &n_delays);
  izh_archive_bytes(a, (void *)delays, n_delays * sizeof *delays);
  izh_archive_u64(a, &pairs);
  if (a->transfer)
    rows_write(a, p, &f, rows);
  else
    izh_archive_bytes(a, NULL,
                      p->pre.size * sizeof(uint32_t) + pairs * 2 * sizeof(uint32_t) +
                          n * (target_bytes(&f) + weight_bytes[f.kind]));
  izh_rows_close(rows);
}

/* --- reading --- */

typedef struct reading {
  izh_archive *a;
  const izh_net *net;
  izh_projection *p;
  form form;
  uint64_t left, pairs;    /* synapses, pairs of a source and a delay, that are not read yet */
  uint32_t *delay, *count; /* [n_delays] of the row */
  uint32_t *target;        /* of the row */
  size_t cap_target, cap_synapses, cap_key, cap_start;
  uint64_t segments;
  uint32_t block, reach; /* of the last target */
  izh_part part;         /* of neurons that are this rank's, or are not */
  bool own;              /* which it is */
} reading;

static void fail_memory(reading *r, uint64_t bytes) {
  if (!r->a->status) r->a->status = izh_fail_memory(r->a->err, bytes);
}

static bool begin_segment(reading *r, uint32_t key, uint64_t from) {
  izh_projection *p = r->p;
  uint64_t want = r->segments + 1;
  uint32_t *room = izh_grow(p->segment_key, &r->cap_key, want, sizeof *room);
  if (room) p->segment_key = room;
  uint32_t *start = izh_grow(p->segment_start, &r->cap_start, want, sizeof *start);
  if (start) p->segment_start = start;
  if (!room || !start) return false;
  room[r->segments] = key;
  start[r->segments++] = (uint32_t)from;
  return true;
}

/* Appends a synapse, if its target is this rank's. `row` is where its row begins. */
static void take_synapse(reading *r, uint32_t row, uint32_t delay, uint32_t target, double weight) {
  izh_projection *p = r->p;
  p->has[IZH_EXC] |= weight > 0;
  p->has[IZH_INH] |= weight < 0;
  if (target < r->part.begin || target >= r->part.end) r->own = izh_comm_does_all(r->net, target, &r->part);
  if (!r->own) return;
  if (target < p->block_first[r->block]) r->block = 0;
  while (r->block + 1 < p->n_blocks && target >= p->block_first[r->block + 1]) r->block++;
  uint64_t k = p->n, first = p->row_segment[row];
  uint32_t key = delay * p->n_blocks + r->block;
  bool new = r->segments == first || p->segment_key[r->segments - 1] != key;
  if ((k >= r->cap_synapses && !izh_synapses_room(p, &r->cap_synapses, k + 1)) ||
      (new && !begin_segment(r, key, k - p->row_start[row]))) {
    fail_memory(r, (k + 1) * sizeof *p->target);
    return;
  }
  uint16_t near = p->target ? 0 : izh_near(p, target, r->block, &r->reach);
  if (p->tied) p->tied[k] = (izh_tied){near, (float)weight};
  if (p->near) p->near[k] = near;
  if (p->target) p->target[k] = target;
  if (p->weight_single) p->weight_single[k] = (float)weight;
  if (p->weight_double) p->weight_double[k] = weight;
  p->n++;
}

/* Reads the delays of a row. Returns how many synapses it has. */
static uint32_t delays_read(reading *r) {
  izh_archive *a = r->a;
  uint32_t n_delays = 0;
  izh_archive_u32(a, &n_delays);
  izh_archive_require(a, n_delays <= r->p->n_delays && n_delays <= r->pairs, "delays of a projection");
  if (a->status) return 0;
  izh_archive_bytes(a, r->delay, n_delays * sizeof *r->delay);
  izh_archive_bytes(a, r->count, n_delays * sizeof *r->count);
  uint64_t n = 0;
  bool good = true;
  for (uint32_t d = 0; d < n_delays; d++) {
    good =
        good && r->delay[d] < r->p->n_delays && (d == 0 || r->delay[d] > r->delay[d - 1]) && r->count[d] > 0;
    n += r->count[d];
  }
  izh_archive_require(a, good && n <= r->left && n <= UINT32_MAX, "synapses of a projection");
  if (a->status) return 0;
  r->left -= n;
  r->pairs -= n_delays;
  return (uint32_t)n;
}

static void targets_read(reading *r, uint32_t n) {
  const form *f = &r->form;
  piece some;
  uint32_t *target = izh_grow(r->target, &r->cap_target, n, sizeof *target);
  if (!target) {
    fail_memory(r, n * sizeof *target);
    return;
  }
  r->target = target;
  bool good = true;
  for (size_t at = 0; at < n && !r->a->status; at += PIECE) {
    size_t these = n - at < PIECE ? n - at : PIECE;
    izh_archive_bytes(r->a, &some, these * target_bytes(f));
    for (size_t k = 0; k < these; k++) {
      uint32_t of_first = is_near(f) ? some.near[k] : some.far[k];
      good = good && of_first < f->end - f->first;
      target[at + k] = f->first + of_first;
    }
  }
  izh_archive_require(r->a, good, "targets of a projection");
}

/* Reads the weights of a row, and takes its synapses. */
static void weights_read(reading *r, uint32_t row, uint32_t n) {
  piece some;
  weights kind = r->form.kind;
  bool good = true;
  for (uint32_t k = 0, delay = 0, of = 0; k < n && !r->a->status; k++, of++) {
    size_t i = k % PIECE, these = n - k < PIECE ? n - k : PIECE;
    if (i == 0) izh_archive_bytes(r->a, &some, these * weight_bytes[kind]);
    if (of == r->count[delay]) {
      delay++;
      of = 0;
    }
    double weight = kind == ONE ? r->p->weight_one : kind == DOUBLE ? some.full[i] : (double)some.single[i];
    good = good && isfinite(weight) && (of == 0 || r->target[k] >= r->target[k - 1] + r->p->distinct);
    take_synapse(r, row, r->delay[delay], r->target[k], weight);
  }
  izh_archive_require(r->a, good, "synapses of a projection");
}

static void rows_read(reading *r) {
  izh_projection *p = r->p;
  for (uint32_t row = 0; row < p->pre.size && !r->a->status; row++) {
    p->row_start[row] = p->n;
    p->row_segment[row] = r->segments;
    uint32_t n = delays_read(r);
    targets_read(r, n);
    weights_read(r, row, n);
  }
  p->row_start[p->pre.size] = p->n;
  p->row_segment[p->pre.size] = r->segments;
  izh_archive_require(r->a, r->left == 0 && r->pairs == 0, "number of synapses");
}

static bool delays_valid(const izh_projection *p) {
  bool good = true;
  for (uint32_t k = 0; k < p->n_delays && good; k++)
    good = p->delays[k] <= IZH_LONGEST_DELAY && (k == 0 || p->delays[k] > p->delays[k - 1]);
  return good;
}

/* Reads what is before the rows. n: how many synapses there are. */
static void head_read(reading *r, uint64_t n) {
  izh_archive *a = r->a;
  izh_projection *p = r->p;
  form *f = &r->form;
  izh_archive_u32(a, &f->first);
  izh_archive_u32(a, &f->end);
  f->kind = (weights)izh_archive_choice(a, 0, KINDS);
  izh_archive_u32(a, &p->n_delays);
  p->delays = izh_archive_array(a, NULL, p->n_delays, sizeof *p->delays);
  izh_archive_u64(a, &r->pairs);
  uint32_t size = r->net->size;
  bool empty = n == 0 && f->first <= size && f->end == f->first + 1; /* the neurons of an empty population */
  izh_archive_require(a, f->first < f->end && (f->end <= size || empty), "targets of a projection");
  if (a->status) return;
  uint64_t least = target_bytes(f) + weight_bytes[f->kind];
  izh_archive_require(a, n <= a->left / least && p->pre.size <= a->left / sizeof(uint32_t), "length");
  izh_archive_require(a, delays_valid(p) && r->pairs <= n && (r->pairs > 0 || n == 0),
                      "delays of a projection");
}

/* Makes the arrays; how large they become is not more than what the file has. */
static void arrays_open(reading *r, uint64_t n) {
  izh_archive *a = r->a;
  izh_projection *p = r->p;
  const form *f = &r->form;
  izh_part targets = {f->first, f->end};
  izh_ids range = izh_ids_range(f->first, f->end - f->first);
  double share = izh_comm_share(r->net, &range), own = (double)n * share;
  double most = share < 1 ? own + 6 * sqrt(own) : own; /* so it need not grow, which takes the memory twice */
  p->cut = izh_comm_cuts(r->net, &range);
  p->n_all = n;
  p->least_delay = p->n_delays > 0 ? p->delays[0] : UINT32_MAX;
  p->most_delay = p->n_delays > 0 ? p->delays[p->n_delays - 1] : 0;
  p->n = 0;
  r->left = n;
  a->status = izh_memory_check(a->err, most * (double)(target_bytes(f) + weight_bytes[f->kind]),
                               "projection \"%s\"", p->name);
  double segment = n > 0 ? own / (double)r->pairs : 0;
  if (!a->status) a->status = izh_blocks_choose(r->net, p, targets, segment, f->kind == SINGLE, a->err);
  p->row_start = izh_archive_room(a, (uint64_t)p->pre.size + 1, sizeof *p->row_start);
  p->row_segment = izh_archive_room(a, (uint64_t)p->pre.size + 1, sizeof *p->row_segment);
  p->segment_key = izh_archive_room(a, 0, sizeof *p->segment_key);
  p->segment_start = izh_archive_room(a, 0, sizeof *p->segment_start);
  r->delay = izh_archive_room(a, p->n_delays, sizeof *r->delay);
  r->count = izh_archive_room(a, p->n_delays, sizeof *r->count);
  if (f->kind == SINGLE && !p->tied) p->weight_single = izh_archive_room(a, 0, sizeof *p->weight_single);
  if (f->kind == DOUBLE) p->weight_double = izh_archive_room(a, 0, sizeof *p->weight_double);
  izh_archive_require(a, izh_keys(p) <= UINT32_MAX, "delays of a projection");
  if (!a->status && !izh_synapses_room(p, &r->cap_synapses, (uint64_t)most))
    fail_memory(r, (uint64_t)most * 8);
}

static void synapses_read(izh_archive *a, const izh_net *net, izh_projection *p) {
  reading r = {.a = a, .net = net, .p = p};
  uint64_t n = p->n;
  head_read(&r, n);
  if (!a->status) arrays_open(&r, n);
  if (!a->status) rows_read(&r);
  izh_free(r.delay);
  izh_free(r.count);
  izh_free(r.target);
  if (a->status) {
    p->n = 0;
    return;
  }
  a->status = izh_table_make(p, r.segments, a->err);
}

/* --- in memory --- */

static void synapses_copy(izh_archive *a, izh_projection *p) {
  uint64_t rows = (uint64_t)p->pre.size + 1;
  uint64_t entries = p->row_segment ? p->row_segment[p->pre.size] : p->pre.size * (izh_keys(p) + 1);
  p->block_first = izh_archive_derived(a, p->block_first, (uint64_t)p->n_blocks + 1, sizeof *p->block_first);
  p->shift = izh_archive_derived(a, p->shift, (uint64_t)p->n_blocks * IZH_TILES, sizeof *p->shift);
  p->reaches = izh_archive_derived(a, p->reaches, p->n_reaches, sizeof *p->reaches);
  p->delays = izh_archive_derived(a, p->delays, p->n_delays, sizeof *p->delays);
  p->row_start = izh_archive_derived(a, p->row_start, rows, sizeof *p->row_start);
  p->row_segment = izh_archive_derived(a, p->row_segment, rows, sizeof *p->row_segment);
  p->segment_key = izh_archive_derived(a, p->segment_key, entries, sizeof *p->segment_key);
  p->present = izh_archive_derived(a, p->present, p->pre.size * izh_present_words(p), sizeof *p->present);
  p->segment_start = izh_archive_derived(a, p->segment_start, entries, sizeof *p->segment_start);
  p->near = izh_archive_derived(a, p->near, p->n, sizeof *p->near);
  p->target = izh_archive_derived(a, p->target, p->n, sizeof *p->target);
  p->tied = izh_archive_derived(a, p->tied, p->n, sizeof *p->tied);
  p->weight_single = izh_archive_derived(a, p->weight_single, p->n, sizeof *p->weight_single);
  p->weight_double = izh_archive_derived(a, p->weight_double, p->n, sizeof *p->weight_double);
}

void izh_synapses_archive(izh_archive *a, const izh_net *net, izh_projection *p) {
  if (a->mode == IZH_ARCHIVE_WRITE)
    synapses_write(a, net, p);
  else if (a->mode == IZH_ARCHIVE_READ)
    synapses_read(a, net, p);
  else
    synapses_copy(a, p);
}
