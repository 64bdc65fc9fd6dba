/* Makes synapses, one piece of the rows of a wiring at a time: gives them delays and weights, sorts them into
 * segments, and appends them. Threads share the rows of a piece. The result does not depend on the threads.
 */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "base/sort.h"
#include "base/stop.h"
#include "base/team.h"
#include "core/net/comm.h"
#include "core/random/stream.h"
#include "core/synapse/synapses.h"

enum {
  PIECE = 1 << 16,        /* about so many synapses a thread makes before they are appended */
  MANY = 1 << 18,         /* several threads are used from so many synapses on */
  COUNTED = 1 << 12,      /* at most so many keys are sorted by counting */
  STEPS_LISTED = 1 << 22, /* delays of fewer steps are listed with a table, longer ones by sorting */
};

/* A preliminary key of a segment, used while the delays have no numbers yet: its delay in steps, and its
 * block.
 */
static uint64_t preliminary_key(uint32_t steps, uint32_t block) {
  return (uint64_t)steps << 32 | block;
}

/* What one thread makes of a piece: the rows first_row … first_row + n_rows - 1. */
typedef struct worker {
  izh_row row;
  double *drawn;      /* [longest] */
  uint32_t *steps;    /* [longest] the delay of each synapse of a row */
  uint32_t *block;    /* [longest] the block of its target */
  uint32_t *position; /* [longest] its position in the sorted row */
  uint64_t *keys;     /* [2 longest] scratch for sorting */
  uint32_t *counts;   /* [COUNTED] */
  /* all its rows; each [capacity] or NULL */
  uint16_t *near; /* either near or target */
  uint32_t *target;
  float *single; /* single, full or neither */
  double *full;
  uint64_t *segment_key;
  uint32_t *segment_start;
  uint64_t *row_n, *row_segments; /* [rows] */
  uint64_t capacity, rows, n, segments;
  uint64_t at, segment; /* where its first synapse and its first segment go in the projection */
  uint32_t first_row, n_rows;
  bool has[2];
  uint64_t n_all; /* synapses of its rows, with those of other ranks */
  uint32_t least_delay, most_delay;
  izh_status status;
  izh_err err;
  izh_fault fault;
} worker;

/* The making of one projection. */
typedef struct making {
  izh_net *net;
  izh_projection *p;
  const izh_wiring *wiring;
  const izh_values *weight, *delay;
  izh_key weight_key, delay_key;
  uint32_t one_delay; /* in steps, if all synapses have the same delay */
  int n_workers;
  worker *workers;
  size_t cap_synapses, cap_segments; /* capacities of the arrays of p */
  uint64_t *segment_key;             /* [segments] see preliminary_key */
  size_t cap_key;
  uint64_t segments;
  izh_fault fault; /* of the error that ended it */
} making;

/* --- delays --- */

izh_status izh_delay_steps(const izh_net *net, double ms, uint32_t *steps, izh_err *err) {
  double exact = ms / net->def.dt_ms;
  if (!(ms >= 0)) return izh_fail(err, IZH_RANGE, "delays must be ≥ 0 ms (got %g)", ms);
  if (!(exact < IZH_LONGEST_DELAY))
    return izh_fail(err, IZH_RANGE, "delay %g ms is too long: it must be below %.10g ms at dt = %.10g ms", ms,
                    IZH_LONGEST_DELAY * net->def.dt_ms, net->def.dt_ms);
  *steps = izh_delay_round(ms, net->def.dt_ms);
  return IZH_OK;
}

/* Values of the synapses of a row that are taken: drawn, or of all given ones. The others have their share of
 * the random numbers. */
static void row_values(const izh_values *values, izh_rng rng, const double *given, const izh_row *row,
                       double *out) {
  uint32_t passed = 0;
  for (uint32_t i = 0; i < row->n_runs; i++) {
    izh_part run = row->run[i];
    uint32_t n = run.end - run.begin;
    if (values->kind == IZH_VALUES_DRAWN) {
      izh_dist_pass(&values->drawn, &rng, run.begin - passed);
      izh_dist_draws(&values->drawn, &rng, n, out);
      passed = run.end;
    } else {
      memcpy(out, given + run.begin, n * sizeof *out);
    }
    out += n;
  }
}

/* Where the k-th synapse of a row that is taken comes in the order in which errors are found. */
static izh_fault fault_at(const izh_row *row, uint32_t number, bool weight, uint32_t k) {
  uint32_t i = 0;
  for (; k >= row->run[i].end - row->run[i].begin; i++) k -= row->run[i].end - row->run[i].begin;
  return (izh_fault){(uint64_t)number << 1 | weight, row->run[i].begin + k};
}

/* The delays of a row, in the order of the wiring. */
static izh_status delays_find(const making *m, worker *w, uint32_t row, izh_err *err) {
  const izh_values *delay = m->delay;
  const double *given = delay->kind == IZH_VALUES_GIVEN ? delay->given + m->wiring->row_start[row] : NULL;
  uint32_t n = w->row.n;
  for (uint32_t k = 0; k < n && delay->kind == IZH_VALUES_ONE; k++) w->steps[k] = m->one_delay;
  if (delay->kind == IZH_VALUES_ONE) return IZH_OK;
  row_values(delay, izh_rng_make(m->delay_key, izh_ids_at(&m->p->pre, row), 0), given, &w->row, w->drawn);
  for (uint32_t k = 0; k < n; k++) {
    izh_status status = izh_delay_steps(m->net, w->drawn[k], &w->steps[k], err);
    if (!status) continue;
    w->fault = fault_at(&w->row, row, false, k);
    return status;
  }
  return IZH_OK;
}

/* --- one row --- */

static void blocks_find(const izh_projection *p, const izh_row *row, uint32_t *block) {
  uint32_t b = 0;
  for (uint32_t k = 0; k < row->n; k++) {
    while (b + 1 < p->n_blocks && row->target[k] >= p->block_first[b + 1]) b++;
    block[k] = b;
  }
}

/* Adds a segment wherever a key differs from the one before. */
static void cut_segments(worker *w, uint32_t n, const uint64_t *keys) {
  for (uint32_t k = 0; k < n; k++) {
    if (k > 0 && keys[k] == keys[k - 1]) continue;
    w->segment_key[w->segments] = keys[k];
    w->segment_start[w->segments++] = k;
  }
}

/* For few possible keys: counts the synapses of each key, which also gives the segments. */
static void sort_by_counting(worker *w, uint32_t n, uint32_t least, uint32_t n_blocks, uint32_t n_keys) {
  uint32_t *count = w->counts, *key = (uint32_t *)w->keys;
  memset(count, 0, n_keys * sizeof *count);
  for (uint32_t k = 0; k < n; k++) {
    key[k] = (w->steps[k] - least) * n_blocks + w->block[k];
    count[key[k]]++;
  }
  uint32_t sum = 0;
  for (uint32_t i = 0; i < n_keys; i++) {
    uint32_t these = count[i];
    count[i] = sum;
    if (these == 0) continue;
    w->segment_key[w->segments] = preliminary_key(least + i / n_blocks, i % n_blocks);
    w->segment_start[w->segments++] = sum;
    sum += these;
  }
  for (uint32_t k = 0; k < n; k++) w->position[k] = count[key[k]]++;
}

/* For many keys: sorts by delay. The sort is stable and the blocks ascend, so the result is in order of key.
 */
static void sort_by_delay(worker *w, uint32_t n) {
  for (uint32_t k = 0; k < n; k++) w->keys[k] = (uint64_t)w->steps[k] << 32 | k;
  izh_sort_keys(w->keys, w->keys + n, n, 32);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t k = (uint32_t)w->keys[i];
    w->position[k] = i;
    w->keys[i] = preliminary_key((uint32_t)(w->keys[i] >> 32), w->block[k]);
  }
  cut_segments(w, n, w->keys);
}

static void sort_row(const making *m, worker *w) {
  uint32_t n = w->row.n, least = UINT32_MAX, most = 0, n_blocks = m->p->n_blocks;
  for (uint32_t k = 0; k < n; k++) {
    least = w->steps[k] < least ? w->steps[k] : least;
    most = w->steps[k] > most ? w->steps[k] : most;
  }
  if (n == 0) return;
  if (least < w->least_delay) w->least_delay = least;
  if (most > w->most_delay) w->most_delay = most;
  uint64_t n_keys = ((uint64_t)(most - least) + 1) * n_blocks;
  if (n_keys <= COUNTED && n_keys <= 16 * (uint64_t)n + 256) /* with more keys, counting takes longer */
    sort_by_counting(w, n, least, n_blocks, (uint32_t)n_keys);
  else
    sort_by_delay(w, n);
}

izh_status izh_weights_put(uint32_t n, const double *drawn, const uint32_t *position, float *single,
                           izh_err *err) {
  for (uint32_t k = 0; k < n; k++) {
    float value = (float)drawn[k];
    if (!isfinite(value))
      return izh_fail(err, IZH_RANGE, "a drawn weight is beyond the range of single precision");
    single[position[k]] = value;
  }
  return IZH_OK;
}

static izh_status weights_find(const making *m, worker *w, uint32_t row, izh_err *err) {
  const izh_values *weight = m->weight;
  bool given = weight->kind == IZH_VALUES_GIVEN;
  uint32_t n = w->row.n;
  if (weight->kind == IZH_VALUES_ONE) return IZH_OK;
  izh_rng rng = izh_rng_make(m->weight_key, izh_ids_at(&m->p->pre, row), m->p->draws);
  row_values(weight, rng, given ? weight->given + m->wiring->row_start[row] : NULL, &w->row, w->drawn);
  for (uint32_t k = 0; k < n; k++) {
    double value = given ? w->drawn[k] : (double)(float)w->drawn[k];
    w->has[IZH_EXC] |= value > 0;
    w->has[IZH_INH] |= value < 0;
  }
  for (uint32_t k = 0; k < n && given; k++) w->full[w->n + w->position[k]] = w->drawn[k];
  if (given) return IZH_OK;
  izh_status status = izh_weights_put(n, w->drawn, w->position, w->single + w->n, err);
  for (uint32_t k = 0; k < n && status; k++) {
    if (isfinite((float)w->drawn[k])) continue;
    w->fault = fault_at(&w->row, row, true, k);
    break;
  }
  return status;
}

/* Makes the synapses of the row that w->row has. */
static izh_status make_row(const making *m, worker *w, uint32_t row, izh_err *err) {
  const izh_projection *p = m->p;
  izh_status status = delays_find(m, w, row, err);
  if (status) return status;
  uint32_t n = w->row.n;
  blocks_find(p, &w->row, w->block);
  sort_row(m, w);
  status = weights_find(m, w, row, err);
  if (status) return status;
  uint32_t reach = 0;
  for (uint32_t k = 0; k < n && w->near; k++)
    w->near[w->n + w->position[k]] = izh_near(p, w->row.target[k], w->block[k], &reach);
  for (uint32_t k = 0; k < n && w->target; k++) w->target[w->n + w->position[k]] = w->row.target[k];
  w->n += n;
  w->n_all += w->row.n_all;
  return IZH_OK;
}

/* Makes the rows of a worker, until its memory is full. */
static void make_rows(const making *m, worker *w) {
  w->n = w->segments = w->rows = w->n_all = 0;
  w->least_delay = UINT32_MAX;
  w->most_delay = 0;
  w->status = IZH_OK;
  w->fault = IZH_NO_FAULT;
  while (w->rows < w->n_rows && !w->status) {
    uint32_t row = w->first_row + (uint32_t)w->rows;
    izh_row_take(m->wiring, row, &w->row);
    if (w->n + w->row.n > w->capacity) return;
    uint64_t before = w->segments;
    w->status = make_row(m, w, row, &w->err);
    if (w->status) return;
    w->row_n[w->rows] = w->row.n;
    w->row_segments[w->rows++] = w->segments - before;
  }
}

static void make_share(void *context, int i) {
  const making *m = context;
  make_rows(m, &m->workers[i]);
}

/* --- pieces --- */

static void worker_free(worker *w) {
  izh_row_close(&w->row);
  izh_free(w->drawn);
  izh_free(w->steps);
  izh_free(w->block);
  izh_free(w->position);
  izh_free(w->keys);
  izh_free(w->counts);
  izh_free(w->near);
  izh_free(w->target);
  izh_free(w->single);
  izh_free(w->full);
  izh_free(w->segment_key);
  izh_free(w->segment_start);
  izh_free(w->row_n);
  izh_free(w->row_segments);
}

static izh_status worker_open(const making *m, uint64_t synapses, uint64_t rows, worker *w, izh_err *err) {
  uint64_t longest = m->wiring->longest, targets = izh_wiring_targets(m->wiring);
  if (m->p->distinct && longest > targets) longest = targets;
  izh_status status = izh_row_open(m->wiring, &w->row, err);
  if (status) return status;
  w->capacity = synapses < 2 * PIECE ? synapses : 2 * PIECE;
  if (w->capacity < longest) w->capacity = longest;
  w->drawn = izh_alloc(longest, sizeof *w->drawn);
  w->steps = izh_alloc(longest, sizeof *w->steps);
  w->block = izh_alloc(longest, sizeof *w->block);
  w->position = izh_alloc(longest, sizeof *w->position);
  w->keys = izh_alloc(2 * longest, sizeof *w->keys);
  w->counts = izh_alloc(COUNTED, sizeof *w->counts);
  bool room = w->drawn && w->steps && w->block && w->position && w->keys && w->counts;
  if (!m->p->target)
    room &= (w->near = izh_alloc(w->capacity, sizeof *w->near)) != NULL;
  else
    room &= (w->target = izh_alloc(w->capacity, sizeof *w->target)) != NULL;
  if (m->weight->kind == IZH_VALUES_DRAWN)
    room &= (w->single = izh_alloc(w->capacity, sizeof *w->single)) != NULL;
  if (m->weight->kind == IZH_VALUES_GIVEN)
    room &= (w->full = izh_alloc(w->capacity, sizeof *w->full)) != NULL;
  w->segment_key = izh_alloc(w->capacity, sizeof *w->segment_key);
  w->segment_start = izh_alloc(w->capacity, sizeof *w->segment_start);
  w->row_n = izh_alloc(rows, sizeof *w->row_n);
  w->row_segments = izh_alloc(rows, sizeof *w->row_segments);
  room &= w->segment_key && w->segment_start && w->row_n && w->row_segments;
  return room ? IZH_OK : izh_fail_memory(err, longest * 48 + w->capacity * 24);
}

/* izh_grow for arrays that become large. */
static void *grow(void *array, size_t *capacity, uint64_t want, size_t size) {
  size_t before = *capacity;
  bool fresh = before == 0 && want > 0; /* nothing to move: large pages begin with the block */
  void *grown = fresh ? izh_alloc(want, size) : izh_grow(array, capacity, want, size);
  if (fresh && grown) {
    izh_free(array);
    *capacity = want;
  }
  if (grown && *capacity > before) izh_alloc_huge_pages(grown, *capacity * size);
  return grown;
}

/* Grows an array; false when there is no memory. */
#define ROOM(array, capacity, want)                                                                          \
  ((grown = grow((array), &(capacity), (want), sizeof *(array))) ? ((array) = grown, true) : false)

bool izh_synapses_room(izh_projection *p, size_t *of, uint64_t want) {
  void *grown;
  size_t capacity = *of, other = capacity;
  bool room = p->tied   ? ROOM(p->tied, capacity, want)
              : p->near ? ROOM(p->near, capacity, want)
                        : ROOM(p->target, capacity, want);
  if (p->weight_single) room = room && ROOM(p->weight_single, other, want);
  if (p->weight_double) room = room && ROOM(p->weight_double, other, want);
  if (room) *of = capacity;
  return room;
}

static bool segments_room(making *m, uint64_t want) {
  void *grown;
  return ROOM(m->segment_key, m->cap_key, want) && ROOM(m->p->segment_start, m->cap_segments, want);
}

/* Appends what one worker has made to the projection. */
static void append_share(void *context, int i) {
  making *m = context;
  const worker *w = &m->workers[i];
  uint64_t at = w->at, segment = w->segment;
  izh_projection *p = m->p;
  for (uint64_t k = 0; k < w->n && p->tied; k++) p->tied[at + k] = (izh_tied){w->near[k], w->single[k]};
  if (p->near) memcpy(p->near + at, w->near, w->n * sizeof *p->near);
  if (p->target) memcpy(p->target + at, w->target, w->n * sizeof *p->target);
  if (p->weight_single) memcpy(p->weight_single + at, w->single, w->n * sizeof *p->weight_single);
  if (p->weight_double) memcpy(p->weight_double + at, w->full, w->n * sizeof *p->weight_double);
  memcpy(m->segment_key + segment, w->segment_key, w->segments * sizeof *m->segment_key);
  memcpy(p->segment_start + segment, w->segment_start, w->segments * sizeof *p->segment_start);
  for (uint32_t k = 0; k < w->rows; k++) {
    p->row_start[w->first_row + k] = at;
    p->row_segment[w->first_row + k] = segment;
    at += w->row_n[k];
    segment += w->row_segments[k];
  }
}

/* Makes a piece: each worker makes `rows` rows, the first worker from `row` on. *next is the first row that
 * is not appended. If the memory of a worker is full, its other rows, and those of the workers after it, are
 * made again in the next piece. */
static izh_status make_piece(making *m, uint32_t row, uint64_t rows, uint32_t *next, izh_err *err) {
  izh_projection *p = m->p;
  for (int i = 0; i < m->n_workers; i++) {
    uint64_t first = row + rows * (uint64_t)i, left = first < p->pre.size ? p->pre.size - first : 0;
    m->workers[i].first_row = (uint32_t)(left ? first : p->pre.size);
    m->workers[i].n_rows = (uint32_t)(left < rows ? left : rows);
  }
  izh_team_run(m->n_workers, make_share, m);
  uint64_t n = p->n, segments = m->segments;
  int used = 0;
  for (bool whole = true; used < m->n_workers && whole; used++) {
    worker *w = &m->workers[used];
    if (w->status) {
      *err = w->err;
      m->fault = w->fault;
      return w->status;
    }
    w->at = n;
    w->segment = segments;
    n += w->n;
    segments += w->segments;
    *next = w->first_row + (uint32_t)w->rows;
    whole = w->rows == w->n_rows;
  }
  if (!izh_synapses_room(p, &m->cap_synapses, n) || !segments_room(m, segments))
    return izh_fail_memory(err, n * sizeof(uint32_t));
  izh_team_run(used, append_share, m);
  for (int i = 0; i < used; i++) {
    const worker *w = &m->workers[i];
    for (int sign = 0; sign < 2; sign++) p->has[sign] |= w->has[sign];
    p->n_all += w->n_all;
    if (w->least_delay < p->least_delay) p->least_delay = w->least_delay;
    if (w->most_delay > p->most_delay) p->most_delay = w->most_delay;
  }
  p->n = n;
  m->segments = segments;
  return IZH_OK;
}

static izh_status make_pieces(making *m, uint64_t rows, izh_err *err) {
  izh_status status = IZH_OK;
  for (uint32_t row = 0; row < m->p->pre.size && !status;) {
    status = make_piece(m, row, rows, &row, err);
    if (!status) status = izh_stop_check(err);
  }
  return status;
}

/* Estimates how many different delays a row of so many synapses has. */
static double delays_of_a_row(const making *m, double synapses) {
  if (m->delay->kind == IZH_VALUES_ONE) return 1;
  enum { LOOK = 1024 };
  uint32_t n = synapses < LOOK ? (uint32_t)synapses : LOOK;
  double ms[LOOK];
  uint64_t keys[2 * LOOK];
  izh_rng rng = izh_rng_make(m->delay_key, 0, 0);
  if (m->delay->kind == IZH_VALUES_DRAWN) izh_dist_draws(&m->delay->drawn, &rng, n, ms);
  if (m->delay->kind == IZH_VALUES_GIVEN) memcpy(ms, m->delay->given, n * sizeof *ms);
  for (uint32_t k = 0; k < n; k++) {
    uint32_t steps = 0;
    izh_err err;
    (void)izh_delay_steps(m->net, ms[k], &steps, &err); /* an error is reported when the row is made */
    keys[k] = steps;
  }
  size_t different = izh_sort_unique(keys, keys + LOOK, n);
  return different > 1 ? (double)different : 1;
}

/* --- the table of segments --- */

/* Lists the distinct delays of the segments. */
static izh_status list_delays(making *m, izh_err *err) {
  izh_projection *p = m->p;
  uint32_t most = 0;
  for (uint64_t s = 0; s < m->segments; s++) {
    uint32_t steps = (uint32_t)(m->segment_key[s] >> 32);
    most = steps > most ? steps : most;
  }
  uint64_t n = 0, room = most < STEPS_LISTED ? (uint64_t)most + 1 : m->segments;
  uint64_t *keys =
      most < STEPS_LISTED ? izh_alloc_zero(room, sizeof *keys) : izh_alloc(2 * room, sizeof *keys);
  if (!keys) return izh_fail_memory(err, 2 * room * sizeof *keys);
  if (most < STEPS_LISTED) { /* keys[steps] says whether there is such a delay; then keys become the list */
    for (uint64_t s = 0; s < m->segments; s++) keys[m->segment_key[s] >> 32] = 1;
    for (uint64_t steps = 0; steps < room; steps++)
      if (keys[steps]) keys[n++] = steps;
  } else {
    for (uint64_t s = 0; s < m->segments; s++) keys[s] = m->segment_key[s] >> 32;
    n = izh_sort_unique(keys, keys + room, room);
  }
  p->delays = izh_alloc(n, sizeof *p->delays);
  for (uint64_t k = 0; k < n && p->delays; k++) p->delays[k] = (uint32_t)keys[k];
  izh_free(keys);
  if (!p->delays) return izh_fail_memory(err, n * sizeof *p->delays);
  p->n_delays = (uint32_t)n;
  if (izh_keys(p) > UINT32_MAX) return izh_fail(err, IZH_SIZE, "too many different delays (%u)", p->n_delays);
  return IZH_OK;
}

/* The final key of a segment, from its preliminary key. */
static uint32_t final_key(const izh_projection *p, uint64_t key) {
  uint32_t number = (uint32_t)izh_lower_bound(p->delays, p->n_delays, (uint32_t)(key >> 32));
  return number * p->n_blocks + (uint32_t)key;
}

/* The final keys of all segments. */
static izh_status keys_make(making *m, izh_err *err) {
  izh_projection *p = m->p;
  p->segment_key = izh_alloc(m->segments, sizeof *p->segment_key);
  if (!p->segment_key) return izh_fail_memory(err, m->segments * sizeof *p->segment_key);
  for (uint64_t s = 0; s < m->segments; s++) p->segment_key[s] = final_key(p, m->segment_key[s]);
  return IZH_OK;
}

static izh_status make_full(izh_projection *p, izh_err *err) {
  uint64_t width = izh_keys(p) + 1;
  uint32_t *table = izh_alloc(p->pre.size * width, sizeof *table);
  if (!table) return izh_fail_memory(err, p->pre.size * width * sizeof *table);
  for (uint32_t row = 0; row < p->pre.size; row++) {
    uint32_t *start = table + row * width, n = (uint32_t)(p->row_start[row + 1] - p->row_start[row]);
    uint64_t key = 0;
    for (uint64_t s = p->row_segment[row]; s < p->row_segment[row + 1]; s++)
      for (; key <= p->segment_key[s]; key++) start[key] = p->segment_start[s];
    for (; key < width; key++) start[key] = n;
  }
  izh_free(p->segment_start);
  izh_free(p->segment_key);
  izh_free(p->row_segment);
  p->segment_start = table;
  p->segment_key = NULL;
  p->row_segment = NULL;
  return IZH_OK;
}

/* A step looks up every delay for the spikes on their way, but a source has only few of these delays. */
static izh_status present_make(izh_projection *p, izh_err *err) {
  uint64_t words = izh_present_words(p);
  if ((double)words * p->pre.size > (double)p->n) return IZH_OK; /* more memory than the weights */
  p->present = izh_alloc_zero(words * p->pre.size, sizeof *p->present);
  if (!p->present) return izh_fail_memory(err, words * p->pre.size * sizeof *p->present);
  for (uint32_t row = 0; row < p->pre.size; row++)
    for (uint64_t s = p->row_segment[row]; s < p->row_segment[row + 1]; s++) {
      uint32_t delay = p->segment_key[s] / p->n_blocks;
      p->present[row * words + delay / 64] |= (uint64_t)1 << (delay & 63);
    }
  return IZH_OK;
}

/* Gives back the memory that is not needed. */
static void trim(izh_projection *p, uint64_t segments) {
  void *fit;
  size_t size = sizeof *p->segment_start;
  if (p->row_segment && (fit = izh_realloc(p->segment_start, segments, size))) p->segment_start = fit;
  if (p->row_segment && (fit = izh_realloc(p->segment_key, segments, size))) p->segment_key = fit;
  if (p->tied && (fit = izh_realloc(p->tied, p->n, sizeof *p->tied))) p->tied = fit;
  if (p->near && (fit = izh_realloc(p->near, p->n, sizeof *p->near))) p->near = fit;
  if (p->target && (fit = izh_realloc(p->target, p->n, sizeof *p->target))) p->target = fit;
  if (p->weight_single && (fit = izh_realloc(p->weight_single, p->n, sizeof(float)))) p->weight_single = fit;
  if (p->weight_double && (fit = izh_realloc(p->weight_double, p->n, sizeof(double)))) p->weight_double = fit;
}

izh_status izh_table_make(izh_projection *p, uint64_t segments, izh_err *err) {
  bool full = izh_keys(p) * p->pre.size <= 2 * segments;
  izh_status status = full ? make_full(p, err) : present_make(p, err);
  if (!status) trim(p, segments);
  return status;
}

/* --- the whole --- */

izh_status izh_weights_check(const izh_values *weight, uint64_t n, izh_err *err) {
  if (weight->kind == IZH_VALUES_DRAWN) return izh_dist_check(&weight->drawn, err);
  if (weight->kind == IZH_VALUES_ONE && !isfinite(weight->one))
    return izh_fail(err, IZH_RANGE, "weight must be finite (got %g)", weight->one);
  for (uint64_t k = 0; k < n && weight->kind == IZH_VALUES_GIVEN; k++)
    if (!isfinite(weight->given[k]))
      return izh_fail(err, IZH_RANGE, "weight of synapse %llu must be finite (got %g)",
                      (unsigned long long)k + 1, weight->given[k]);
  return IZH_OK;
}

static izh_status check_values(making *m, izh_err *err) {
  const izh_values *weight = m->weight, *delay = m->delay;
  izh_status status = IZH_OK;
  int64_t steps;
  if (delay->kind == IZH_VALUES_ONE) {
    status = izh_net_steps(m->net, "delay", delay->one, &steps, err);
    if (!status) status = izh_delay_steps(m->net, delay->one, &m->one_delay, err); /* the range */
  } else if (delay->kind == IZH_VALUES_DRAWN) {
    status = izh_dist_check(&delay->drawn, err);
    if (!status) status = izh_net_stream(m->net, "projection", m->p->name, "delay", &m->delay_key, err);
  }
  if (!status) status = izh_weights_check(weight, m->wiring->n, err);
  if (!status && weight->kind == IZH_VALUES_DRAWN)
    status = izh_net_stream(m->net, "projection", m->p->name, "weight", &m->weight_key, err);
  return status;
}

static izh_status arrays_open(making *m, double synapses, izh_err *err) {
  izh_projection *p = m->p;
  const izh_ids *post = &m->wiring->post;
  izh_part targets = {post->first, (post->size > 0 ? post->last : post->first) + 1};
  double row = p->pre.size > 0 ? synapses / p->pre.size : 0;
  izh_status status = izh_blocks_choose(m->net, p, targets, row / delays_of_a_row(m, row),
                                        m->weight->kind == IZH_VALUES_DRAWN, err);
  if (status) return status;
  p->row_start = izh_alloc_zero((size_t)p->pre.size + 1, sizeof *p->row_start);
  p->row_segment = izh_alloc_zero((size_t)p->pre.size + 1, sizeof *p->row_segment);
  bool room = p->row_start && p->row_segment;
  if (m->weight->kind == IZH_VALUES_DRAWN && !p->tied)
    room &= (p->weight_single = izh_alloc(0, sizeof *p->weight_single)) != NULL;
  if (m->weight->kind == IZH_VALUES_GIVEN)
    room &= (p->weight_double = izh_alloc(0, sizeof *p->weight_double)) != NULL;
  room = room && izh_synapses_room(p, &m->cap_synapses, (uint64_t)synapses) && segments_room(m, p->pre.size);
  return room ? IZH_OK : izh_fail_memory(err, (unsigned long long)synapses * sizeof(uint32_t));
}

/* How many synapses this rank makes, at most, but for one case in 10^9: then its arrays grow. */
static double own_synapses(const izh_wiring *wiring) {
  double all = wiring->row_start ? (double)wiring->n : izh_wiring_estimate(wiring);
  double share = wiring->post.size > 0 ? (double)izh_wiring_targets(wiring) / wiring->post.size : 1;
  return share < 1 ? all * share + 6 * sqrt(all * share) : all;
}

izh_status izh_synapses_make(izh_net *net, izh_projection *p, const izh_projection_def *def,
                             const izh_wiring *wiring, izh_fault *fault, izh_err *err) {
  making m = {.net = net, .p = p, .wiring = wiring, .weight = &def->weight, .delay = &def->delay};
  double synapses = own_synapses(wiring);
  p->cut = wiring->own != NULL;
  p->least_delay = UINT32_MAX;
  m.fault = IZH_NO_FAULT;
  izh_status status = check_values(&m, err);
  if (!status) status = arrays_open(&m, synapses, err);
  m.n_workers = synapses < MANY ? 1 : net->def.threads;
  double row = p->pre.size > 0 ? synapses / p->pre.size : 0;
  uint64_t rows = row > 1 ? (uint64_t)(PIECE / row) + 1 : PIECE;
  if (rows > p->pre.size) rows = (uint64_t)p->pre.size + 1;
  m.workers = izh_alloc_zero((size_t)m.n_workers, sizeof *m.workers);
  if (!m.workers && !status) status = izh_fail_memory(err, (size_t)m.n_workers * sizeof *m.workers);
  for (int i = 0; i < m.n_workers && !status; i++)
    status = worker_open(&m, (uint64_t)synapses, rows, &m.workers[i], err);
  if (!status) status = make_pieces(&m, rows, err);
  *fault = m.fault;
  for (int i = 0; i < m.n_workers && m.workers; i++) worker_free(&m.workers[i]);
  izh_free(m.workers);
  if (!status) {
    p->row_start[p->pre.size] = p->n;
    p->row_segment[p->pre.size] = m.segments;
    status = list_delays(&m, err);
  }
  if (!status) status = keys_make(&m, err);
  izh_free(m.segment_key);
  if (!status) status = izh_table_make(p, m.segments, err);
  if (status) return status;
  if (def->weight.kind == IZH_VALUES_DRAWN) p->draws++;
  if (def->weight.kind == IZH_VALUES_ONE) {
    p->weight_one = def->weight.one;
    p->has[IZH_EXC] = p->weight_one > 0;
    p->has[IZH_INH] = p->weight_one < 0;
  }
  return IZH_OK;
}
