#include "analysis/pairs.h"

#include <unistd.h>

#include "analysis/correlation.h"
#include "analysis/distance.h"
#include "base/alloc.h"

/* What is computed once for each train. */
typedef struct prepared {
  izh_binned *binned;    /* [n] of correlations */
  uint32_t *bin, *count; /* [spikes] */
  double *tiled;         /* [n] of the tiling coefficient */
  double n_bins;
} prepared;

static void release(prepared *p) {
  izh_free(p->binned);
  izh_free(p->bin);
  izh_free(p->count);
  izh_free(p->tiled);
}

static izh_status prepare_bins(prepared *p, const izh_trains *trains, double bin_ms, bool binary,
                               izh_err *err) {
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

static izh_status prepare_tiles(prepared *p, const izh_trains *trains, double reach_ms, izh_err *err) {
  p->tiled = izh_alloc(trains->n, sizeof *p->tiled);
  if (!p->tiled) return izh_fail_memory(err, sizeof *p->tiled * trains->n);
  for (size_t i = 0; i < trains->n; i++)
    p->tiled[i] = izh_tiled(izh_trains_at(trains, i), trains->from_ms, trains->to_ms, reach_ms);
  return IZH_OK;
}

static double measure_pair(const izh_trains *trains, const prepared *p, izh_pair_measure measure,
                           double parameter, size_t i, size_t j, double *row) {
  izh_train a = izh_trains_at(trains, i), b = izh_trains_at(trains, j);
  switch (measure) {
  case IZH_PAIR_STTC:
    return izh_sttc(a, b, p->tiled[i], p->tiled[j], parameter);
  case IZH_PAIR_VICTOR_PURPURA:
    return izh_victor_purpura(a, b, parameter, row);
  case IZH_PAIR_VAN_ROSSUM:
    return izh_van_rossum(a, b, parameter);
  case IZH_PAIR_ISI_DISTANCE:
    return izh_isi_distance(a, b, trains->from_ms, trains->to_ms);
  case IZH_PAIR_SPIKE_DISTANCE:
    return izh_spike_distance(a, b, trains->from_ms, trains->to_ms);
  default:
    return izh_correlation_coefficient(&p->binned[i], &p->binned[j], p->n_bins);
  }
}

/* One of `parts` does every parts-th row, so that long and short rows are dealt out evenly. */
static void fill_part(const izh_trains *trains, const prepared *p, izh_pair_measure measure, double parameter,
                      size_t part, size_t parts, double *row, double *matrix) {
  size_t n = trains->n;
  for (size_t i = part; i < n; i += parts)
    for (size_t j = i; j < n; j++)
      matrix[i * n + j] = matrix[j * n + i] = measure_pair(trains, p, measure, parameter, i, j, row);
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
static izh_status fill(const izh_trains *trains, const prepared *p, izh_pair_measure measure,
                       double parameter, double *matrix, izh_err *err) {
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  size_t parts = processors < 1 ? 1 : (size_t)processors;
  if (parts > trains->n) parts = trains->n;
  size_t row_size = measure == IZH_PAIR_VICTOR_PURPURA ? longest(trains) + 1 : 0;
  double *rows = izh_alloc(parts * row_size, sizeof *rows);
  if (!rows) return izh_fail_memory(err, sizeof *rows * parts * row_size);
#pragma omp parallel for num_threads((int)parts) schedule(static, 1) if (parts > 1)
  for (size_t part = 0; part < parts; part++)
    fill_part(trains, p, measure, parameter, part, parts, rows + part * row_size, matrix);
  izh_free(rows);
  return IZH_OK;
}

izh_status izh_pairs(const izh_trains *trains, izh_pair_measure measure, double parameter, double *matrix,
                     izh_err *err) {
  if (trains->n == 0) return IZH_OK;
  prepared p = {0};
  izh_status status = IZH_OK;
  if (measure == IZH_PAIR_CORRELATION_COEFFICIENT || measure == IZH_PAIR_CORRELATION_BINARY)
    status = prepare_bins(&p, trains, parameter, measure == IZH_PAIR_CORRELATION_BINARY, err);
  if (measure == IZH_PAIR_STTC) status = prepare_tiles(&p, trains, parameter, err);
  if (!status) status = fill(trains, &p, measure, parameter, matrix, err);
  release(&p);
  return status;
}
