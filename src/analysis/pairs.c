#include "analysis/pairs.h"

#include "analysis/correlation.h"
#include "analysis/distance.h"
#include "base/alloc.h"
#include "base/team.h"

/* What is asked for, and what is computed once for each train. */
typedef struct pairs {
  const izh_trains *trains;
  izh_pair_measure measure;
  double parameter;
  izh_binned *binned;    /* [n] of correlations */
  uint32_t *bin, *count; /* [spikes] */
  double *tiled;         /* [n] of the tiling coefficient */
  double n_bins;
  size_t parts; /* that the rows are dealt out to */
  double *rows; /* [parts × row_size] scratch */
  size_t row_size;
  double *matrix;
} pairs;

static void release(pairs *p) {
  izh_free(p->binned);
  izh_free(p->bin);
  izh_free(p->count);
  izh_free(p->tiled);
  izh_free(p->rows);
}

static izh_status prepare_bins(pairs *p, izh_err *err) {
  const izh_trains *trains = p->trains;
  double bin_ms = p->parameter;
  bool binary = p->measure == IZH_PAIR_CORRELATION_BINARY;
  izh_bins bins = izh_bins_make(trains->from_ms, trains->to_ms, bin_ms);
  if (bins.n >= IZH_MAX_BINS)
    return izh_fail(err, IZH_SIZE, "the window has %zu bins of %g ms; fewer than 2^32 can be correlated",
                    bins.n, bin_ms);
  size_t spikes = trains->start[trains->n];
  p->n_bins = (double)bins.n;
  p->binned = izh_alloc(trains->n, sizeof *p->binned);
  p->bin = izh_alloc(spikes, sizeof *p->bin);
  p->count = izh_alloc(spikes, sizeof *p->count);
  if (!p->binned || !p->bin || !p->count)
    return izh_fail_memory(err, 8ull * spikes + sizeof *p->binned * trains->n);
  for (size_t i = 0; i < trains->n; i++) {
    size_t at = trains->start[i];
    size_t used = izh_bins_sparse(&bins, izh_trains_at(trains, i), binary, p->bin + at, p->count + at);
    p->binned[i] = izh_binned_make(p->bin + at, p->count + at, used);
  }
  return IZH_OK;
}

static izh_status prepare_tiles(pairs *p, izh_err *err) {
  const izh_trains *trains = p->trains;
  p->tiled = izh_alloc(trains->n, sizeof *p->tiled);
  if (!p->tiled) return izh_fail_memory(err, sizeof *p->tiled * trains->n);
  for (size_t i = 0; i < trains->n; i++)
    p->tiled[i] = izh_tiled(izh_trains_at(trains, i), trains->from_ms, trains->to_ms, p->parameter);
  return IZH_OK;
}

static size_t longest(const izh_trains *trains) {
  size_t most = 0;
  for (size_t i = 0; i < trains->n; i++) {
    size_t n = izh_trains_at(trains, i).n;
    if (n > most) most = n;
  }
  return most;
}

/* Scratch of all parts is asked for here, where a failure can be told. */
static izh_status prepare_rows(pairs *p, izh_err *err) {
  p->row_size = p->measure == IZH_PAIR_VICTOR_PURPURA ? longest(p->trains) + 1 : 0;
  p->rows = izh_alloc(p->parts * p->row_size, sizeof *p->rows);
  return p->rows ? IZH_OK : izh_fail_memory(err, sizeof *p->rows * p->parts * p->row_size);
}

static izh_status prepare(pairs *p, izh_err *err) {
  izh_status status = IZH_OK;
  if (p->measure == IZH_PAIR_CORRELATION_COEFFICIENT || p->measure == IZH_PAIR_CORRELATION_BINARY)
    status = prepare_bins(p, err);
  if (p->measure == IZH_PAIR_STTC) status = prepare_tiles(p, err);
  return status ? status : prepare_rows(p, err);
}

static double measure_pair(const pairs *p, size_t i, size_t j, double *row) {
  const izh_trains *trains = p->trains;
  izh_train a = izh_trains_at(trains, i), b = izh_trains_at(trains, j);
  switch (p->measure) {
  case IZH_PAIR_STTC:
    return izh_sttc(a, b, p->tiled[i], p->tiled[j], p->parameter);
  case IZH_PAIR_VICTOR_PURPURA:
    return izh_victor_purpura(a, b, p->parameter, row);
  case IZH_PAIR_VAN_ROSSUM:
    return izh_van_rossum(a, b, p->parameter);
  case IZH_PAIR_ISI_DISTANCE:
    return izh_isi_distance(a, b, trains->from_ms, trains->to_ms);
  case IZH_PAIR_SPIKE_DISTANCE:
    return izh_spike_distance(a, b, trains->from_ms, trains->to_ms);
  default:
    return izh_correlation_coefficient(&p->binned[i], &p->binned[j], p->n_bins);
  }
}

/* Every parts-th row, so that long and short rows are dealt out evenly. */
static void fill_part(void *context, int part) {
  const pairs *p = context;
  size_t n = p->trains->n;
  double *row = p->rows + (size_t)part * p->row_size;
  for (size_t i = (size_t)part; i < n; i += p->parts)
    for (size_t j = i; j < n; j++) p->matrix[i * n + j] = p->matrix[j * n + i] = measure_pair(p, i, j, row);
}

izh_status izh_pairs(const izh_trains *trains, izh_pair_measure measure, double parameter, int threads,
                     double *matrix, izh_err *err) {
  if (trains->n == 0) return IZH_OK;
  size_t parts = trains->n < (size_t)threads ? trains->n : (size_t)threads;
  pairs p = {.trains = trains, .measure = measure, .parameter = parameter, .parts = parts, .matrix = matrix};
  izh_status status = prepare(&p, err);
  if (!status) izh_team_run((int)parts, fill_part, &p);
  release(&p);
  return status;
}
