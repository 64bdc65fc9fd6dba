#include "base/alloc.h"
#include "base/ranks.h"
#include "core/net/comm.h"
#include "core/synapse/rows.h"
#include "core/synapse/synapses.h"

enum { ENOUGH = 1 << 14 }; /* synapses of a piece, where they need not be gathered */

static izh_status room(izh_piece *piece, uint64_t want, izh_err *err) {
  if (want <= piece->capacity) return IZH_OK;
  uint64_t n = want + want / 2;
  uint32_t *pre = izh_realloc(piece->pre, n, sizeof *pre);
  if (pre) piece->pre = pre;
  uint32_t *post = izh_realloc(piece->post, n, sizeof *post);
  if (post) piece->post = post;
  double *weight = izh_realloc(piece->weight, n, sizeof *weight);
  if (weight) piece->weight = weight;
  double *delay = izh_realloc(piece->delay_ms, n, sizeof *delay);
  if (delay) piece->delay_ms = delay;
  if (!pre || !post || !weight || !delay) return izh_fail_memory(err, n * 24);
  piece->capacity = n;
  return IZH_OK;
}

static izh_status add(const izh_net *net, const izh_projection *p, const uint32_t *delays,
                      const izh_synapse_row *row, izh_piece *piece, izh_err *err) {
  izh_status status = room(piece, piece->n + row->n, err);
  if (status) return status;
  uint64_t at = piece->n;
  for (uint32_t d = 0, k = 0; d < row->n_delays; d++) {
    double ms = izh_net_ms(net, delays[row->delay[d]]);
    for (uint32_t i = 0; i < row->count[d]; i++, k++, at++) {
      piece->pre[at] = izh_ids_at(&p->pre, piece->end);
      piece->post[at] = row->target[k];
      piece->weight[at] = p->gain * row->weight[k];
      piece->delay_ms[at] = ms;
    }
  }
  piece->n = at;
  return IZH_OK;
}

static izh_status read_cut(const izh_net *net, const izh_projection *p, izh_piece *piece, izh_err *err) {
  const izh_synapse_row *row;
  izh_rows *rows = NULL;
  izh_status status = izh_rows_open(net, p, false, &rows, err);
  if (status) return status;
  uint32_t n_delays;
  const uint32_t *delays = izh_rows_delays(rows, &n_delays);
  izh_rows_from(rows, piece->end);
  while (!status && piece->end < p->pre.size && (piece->n == 0 || izh_rows_ready(rows) > 0)) {
    status = izh_rows_next(rows, &row, err);
    if (!status) status = add(net, p, delays, row, piece, err);
    if (!status) piece->end++;
  }
  izh_rows_close(rows);
  return izh_ranks_meet(IZH_MEET_PIECE, status, err);
}

static izh_status read_whole(const izh_net *net, uint32_t projection, izh_piece *piece, izh_err *err) {
  izh_status status = room(piece, ENOUGH, err);
  if (status) return status;
  for (uint64_t k = 0; k < ENOUGH && izh_projection_next(net, projection, &piece->walk); k = ++piece->n) {
    piece->pre[k] = piece->walk.pre;
    piece->post[k] = piece->walk.post;
    piece->weight[k] = piece->walk.weight;
    piece->delay_ms[k] = piece->walk.delay_ms;
  }
  return IZH_OK;
}

izh_status izh_projection_read(const izh_net *net, uint32_t projection, izh_piece *piece, izh_err *err) {
  const izh_projection *p = &net->projections[projection];
  piece->n = 0;
  piece->row = piece->end;
  piece->changes = p->changes;
  return p->cut ? read_cut(net, p, piece, err) : read_whole(net, projection, piece, err);
}

void izh_piece_free(izh_piece *piece) {
  izh_free(piece->pre);
  izh_free(piece->post);
  izh_free(piece->weight);
  izh_free(piece->delay_ms);
  *piece = (izh_piece){0};
}

uint64_t izh_projection_changes(const izh_net *net, uint32_t projection) {
  return net->projections[projection].changes;
}

izh_status izh_projection_sample_all(const izh_net *net, uint32_t projection, double *out, size_t stride,
                                     izh_err *err) {
  const izh_projection *p = &net->projections[projection];
  if (!p->cut) izh_projection_sample(p, out, stride);
  izh_piece piece = {0};
  izh_status status = IZH_OK;
  for (bool more = p->cut; more && !status; more = piece.n > 0) {
    status = izh_projection_read(net, projection, &piece, err);
    for (uint64_t k = 0; k < piece.n && !status; k++, out += stride) *out = piece.weight[k];
  }
  izh_piece_free(&piece);
  return status;
}
