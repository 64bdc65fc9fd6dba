#include "core/synapse/projection.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "base/memory.h"
#include "base/ranks.h"
#include "base/sort.h"
#include "core/net/comm.h"
#include "core/random/stream.h"
#include "core/synapse/conductance.h"
#include "core/synapse/rows.h"
#include "core/synapse/rule_code.h"
#include "core/synapse/stp_private.h"
#include "core/synapse/synapses.h"
#include "core/synapse/unstored.h"

void izh_projection_free(izh_projection *projection) {
  izh_free(projection->name);
  izh_free((void *)projection->pre.list);
  izh_free(projection->position);
  izh_free(projection->block_first);
  izh_free(projection->shift);
  izh_free(projection->reaches);
  izh_free(projection->row_start);
  izh_free(projection->row_segment);
  izh_free(projection->segment_key);
  izh_free(projection->present);
  izh_free(projection->segment_start);
  izh_free(projection->near);
  izh_free(projection->target);
  izh_free(projection->tied);
  izh_free(projection->weight_single);
  izh_free(projection->weight_double);
  izh_free(projection->delays);
  izh_unstored_free(projection->unstored);
  izh_stp_free(projection->stp);
}

double izh_projection_bytes(const izh_projection *p) {
  const void *const blocks[] = {p->pre.list,    p->position,    p->block_first,   p->row_start,
                                p->row_segment, p->segment_key, p->present,       p->segment_start,
                                p->near,        p->target,      p->weight_single, p->weight_double,
                                p->tied,        p->delays,      p->shift,         p->reaches};
  return izh_alloc_bytes(blocks, sizeof blocks / sizeof *blocks) + izh_unstored_bytes(p->unstored) +
         izh_stp_bytes(p->stp);
}

/* --- conductances --- */

static double reversal_of(const izh_net *net, const izh_projection *p) {
  return izh_kernel_reversal(&net->channels[p->channel].kernel);
}

/* Where synapse k comes, after all errors that are found while synapses are made. */
static izh_fault conductance_fault(const izh_projection *p, uint64_t k) {
  uint32_t row = 0;
  while (p->row_start[row + 1] <= k) row++;
  izh_segment segment = izh_segment_at(p, row, 0);
  for (uint64_t s = 1; segment.end <= k; s++) segment = izh_segment_at(p, row, s);
  return (izh_fault){(uint64_t)1 << 33 | row,
                     (uint64_t)p->delays[segment.delay] << 32 | izh_target(p, k, segment.block)};
}

/* Checks all weights, before the gain. */
static izh_status conductances_check(double reversal, const izh_projection *p, izh_fault *fault,
                                     izh_err *err) {
  izh_status status = IZH_OK;
  bool one = izh_one_weight(p);
  for (uint64_t k = 0; k < (one ? 1 : p->n) && !status && !isnan(reversal); k++) {
    status = izh_conductance_check(reversal, izh_base_weight(p, k), err);
    if (status && !one) *fault = conductance_fault(p, k); /* one weight fails on all ranks */
  }
  return status;
}

/* --- before there is a projection --- */

izh_projection_def izh_projection_def_default(void) {
  return (izh_projection_def){.kernel = izh_kernel_default(IZH_KERNEL_PULSE)};
}

static bool values_given(const izh_projection_def *def) {
  return def->weight.kind == IZH_VALUES_GIVEN || def->delay.kind == IZH_VALUES_GIVEN;
}

/* Bytes for each synapse that weights and delays take while a projection is made. */
static double value_bytes(const izh_projection_def *def) {
  static const double weight_bytes[] = {[IZH_VALUES_ONE] = 0,
                                        [IZH_VALUES_DRAWN] = sizeof(float),
                                        [IZH_VALUES_GIVEN] =
                                            2 * sizeof(double)}; /* the given weights and a copy */
  return weight_bytes[def->weight.kind] + (def->delay.kind == IZH_VALUES_GIVEN ? sizeof(double) : 0) +
         (values_given(def) ? sizeof(uint32_t) : 0); /* the wiring, which is kept */
}

static izh_status size_check(const izh_net *net, const izh_projection_def *def, double channel_bytes,
                             izh_err *err) {
  double synapses = izh_rule_estimate(&def->rule, &def->pre, &def->post);
  double own = izh_comm_share(net, &def->post) * (izh_synapse_bytes(&def->post) + value_bytes(def));
  double need = synapses * (own + (double)izh_rule_code_of(def->rule.kind)->bytes) +
                (double)def->pre.size * 4 * sizeof(uint64_t) + channel_bytes;
  if (def->unstored) need = izh_unstored_need(net, def) + channel_bytes;
  if (need > 1e19)
    return izh_fail(err, IZH_SIZE, "projection \"%s\" of %.3g synapses needs more than any memory holds",
                    def->name, synapses);
  return izh_memory_check(err, need, "projection \"%s\" of %.3g synapses", def->name, synapses);
}

izh_status izh_projection_name_check(const izh_net *net, const char *name, izh_err *err) {
  return izh_name_check("projection", name, net->projections, net->n_projections, sizeof *net->projections,
                        err);
}

izh_status izh_projection_check(izh_net *net, const izh_projection_def *def, izh_key *key, izh_err *err) {
  izh_status status = izh_projection_name_check(net, def->name, err);
  if (!status) status = izh_rule_check(&def->rule, err);
  if (!status) status = izh_kernel_check(net, &def->kernel, err);
  if (!status && def->stp.U != 0) status = izh_stp_check(&def->stp, err);
  if (!status) status = izh_sources_refuse(net, &def->post, "cannot be targets of synapses", err);
  if (!status && def->unstored) status = izh_unstored_check(def, err);
  if (!status) status = size_check(net, def, izh_channel_bytes(net, &def->kernel), err);
  return status ? status : izh_net_stream(net, "projection", def->name, "wiring", key, err);
}

/* What this rank has made, together with what the others have. */
static izh_status join(izh_projection *p, izh_fault fault, izh_status status, izh_err *err) {
  izh_made made = {fault, p->least_delay, p->most_delay, {p->has[0], p->has[1]}};
  status = izh_comm_join_made(&made, status, err);
  p->least_delay = made.least_delay;
  p->most_delay = made.most_delay;
  for (int sign = 0; sign < 2; sign++) p->has[sign] = made.has[sign];
  return status;
}

static izh_status projection_fill(izh_net *net, izh_projection *p, const izh_projection_def *def,
                                  const izh_wiring *wiring, izh_err *err) {
  p->name = izh_strdup(def->name);
  if (!p->name) return izh_fail_memory(err, strlen(def->name));
  izh_status status = izh_ids_copy(&def->pre, &p->pre, err);
  if (!status) status = izh_ids_positions(&p->pre, &p->position, err);
  izh_fault fault = IZH_NO_FAULT;
  if (!status && def->unstored) status = izh_unstored_make(net, p, def, wiring, err);
  if (!status && !def->unstored) status = izh_synapses_make(net, p, def, wiring, &fault, err);
  if (!status && !def->unstored)
    status = conductances_check(izh_kernel_reversal(&def->kernel), p, &fault, err);
  if (wiring->own) status = join(p, fault, status, err);
  if (!status && def->stp.U != 0) status = izh_stp_make(p, &def->stp, err);
  return status ? status : izh_channel_find(net, &def->kernel, &p->channel, err);
}

izh_status izh_projection_add(izh_net *net, const izh_projection_def *def, const izh_wiring *wiring,
                              uint32_t *index, izh_err *err) {
  izh_projection *room =
      izh_grow(net->projections, &net->cap_projections, net->n_projections + 1, sizeof *room);
  if (!room) return izh_fail_memory(err, sizeof *room);
  net->projections = room;
  izh_projection p = {.rule = def->rule.kind,
                      .distinct = !def->rule.multapses,
                      .gain = 1,
                      .born = net->now,
                      .notes = def->notes,
                      .enabled = true};
  izh_status status = projection_fill(net, &p, def, wiring, err);
  if (net->n_cut > 0)
    status = izh_ranks_meet(IZH_MEET_CONNECTED, status, err); /* some of their weights may be wrong */
  if (status) {
    izh_projection_free(&p);
    return status;
  }
  *index = (uint32_t)net->n_projections;
  net->projections[net->n_projections++] = p;
  return IZH_OK;
}

izh_status izh_projection_wire(const izh_net *net, const izh_projection_def *def, izh_key key,
                               izh_wiring **wiring, izh_err *err) {
  izh_status status = izh_wiring_make(&def->rule, &def->pre, &def->post, key, wiring, err);
  if (!status && values_given(def)) status = izh_wiring_keep(*wiring, err);
  if (status || def->unstored || !izh_comm_cuts(net, &def->post)) return status;
  izh_part own[IZH_MAX_THREADS];
  int n = izh_comm_owned(net, own);
  return izh_wiring_cut(*wiring, own, (uint32_t)n, err);
}

izh_status izh_net_connect(izh_net *net, const izh_projection_def *def, uint32_t *index, izh_err *err) {
  izh_key key;
  izh_wiring *wiring = NULL;
  izh_status status = izh_projection_check(net, def, &key, err);
  if (!status) status = izh_projection_wire(net, def, key, &wiring, err);
  if (!status) status = izh_projection_add(net, def, wiring, index, err);
  izh_wiring_free(wiring);
  return status;
}

/* --- weights --- */

static double weight_at(const izh_projection *p, uint64_t k) {
  return p->gain * izh_base_weight(p, k);
}

/* The targets apart from the weights that they are tied to; *near is NULL if they are not tied. */
static izh_status untied(const izh_projection *p, uint16_t **near, izh_err *err) {
  *near = p->tied ? izh_alloc(p->n, sizeof **near) : NULL;
  if (p->tied && !*near) return izh_fail_memory(err, p->n * sizeof **near);
  for (uint64_t k = 0; k < p->n && p->tied; k++) (*near)[k] = p->tied[k].near;
  return IZH_OK;
}

/* Takes near, which untied has made, and single and full: the new weights, or NULL. */
static void weights_replace(izh_projection *p, uint16_t *near, float *single, double *full) {
  izh_free(p->tied);
  p->tied = NULL;
  if (near) p->near = near;
  izh_free(p->weight_single);
  izh_free(p->weight_double);
  p->weight_single = single;
  p->weight_double = full;
}

static izh_status weights_one(izh_projection *p, double one, izh_err *err) {
  uint16_t *near;
  izh_status status = untied(p, &near, err);
  if (p->cut) status = izh_ranks_meet(IZH_MEET_WEIGHTS, status, err);
  if (status) {
    izh_free(near);
    return status;
  }
  weights_replace(p, near, NULL, NULL);
  p->weight_one = one;
  return IZH_OK;
}

/* Takes one weight for each synapse of all ranks, or of this process (own); keeps those of this process. */
static izh_status weights_given(const izh_net *net, izh_projection *p, const double *given, bool own,
                                izh_err *err) {
  double *weight = izh_alloc(p->n, sizeof *weight);
  const izh_synapse_row *row;
  izh_rows *rows = NULL;
  uint16_t *near = NULL;
  izh_status status = weight ? untied(p, &near, err) : izh_fail_memory(err, p->n * sizeof *weight);
  if (p->cut) status = izh_ranks_meet(IZH_MEET_WEIGHTS, status, err);
  own |= !p->cut;
  if (!status && !own) status = izh_rows_open(net, p, false, &rows, err);
  if (!status && own && p->n > 0) memcpy(weight, given, p->n * sizeof *weight);
  uint64_t k = 0;
  for (uint32_t r = 0; r < p->pre.size && rows && !status; r++) {
    status = izh_rows_next(rows, &row, err);
    for (uint32_t i = 0; !status && i < row->n; i++, given++)
      if (izh_comm_does(net, row->target[i])) weight[k++] = *given;
  }
  izh_rows_close(rows);
  if (!status) {
    weights_replace(p, near, NULL, weight);
    return IZH_OK;
  }
  izh_free(near);
  izh_free(weight);
  return status;
}

/* What a row needs whose weights are drawn. */
typedef struct drawing {
  uint64_t *keys;
  uint32_t *position;
  double *drawn;
  float *single;
  size_t cap_keys, cap_position, cap_drawn, cap_single;
} drawing;

static izh_status drawing_room(drawing *d, uint32_t n, izh_err *err) {
  uint64_t *keys = izh_grow(d->keys, &d->cap_keys, 2 * (uint64_t)n, sizeof *keys);
  if (keys) d->keys = keys;
  uint32_t *position = izh_grow(d->position, &d->cap_position, n, sizeof *position);
  if (position) d->position = position;
  double *drawn = izh_grow(d->drawn, &d->cap_drawn, n, sizeof *drawn);
  if (drawn) d->drawn = drawn;
  float *single = izh_grow(d->single, &d->cap_single, n, sizeof *single);
  if (single) d->single = single;
  return keys && position && drawn && single ? IZH_OK : izh_fail_memory(err, n * 32ull);
}

/* Draws the weights of a row in order of targets: that order does not depend on delays, since their rounding
 * depends on dt. Each row draws from a sequence of its own, so that it does not depend on the rows before it.
 * single: in order of the walk. */
static izh_status draw_row(const izh_synapse_row *row, const izh_dist *dist, izh_rng rng, drawing *d,
                           izh_err *err) {
  izh_status status = drawing_room(d, row->n, err);
  if (status) return status;
  for (uint32_t k = 0; k < row->n; k++) d->keys[k] = (uint64_t)row->target[k] << 32 | k;
  if (row->n_delays > 1) izh_sort_keys(d->keys, d->keys + row->n, row->n, 32);
  for (uint32_t k = 0; k < row->n; k++) d->position[k] = (uint32_t)d->keys[k];
  izh_dist_draws(dist, &rng, row->n, d->drawn);
  return izh_weights_put(row->n, d->drawn, d->position, d->single, err);
}

/* Draws the weights of all ranks, and puts those of this process into weight[p->n]. has: their signs. */
static izh_status draw_rows(const izh_net *net, const izh_projection *p, const izh_dist *dist, izh_key key,
                            float *weight, bool has[2], izh_err *err) {
  drawing d = {0};
  double reversal = reversal_of(net, p);
  const izh_synapse_row *row;
  izh_rows *rows = NULL;
  izh_status status = izh_rows_open(net, p, false, &rows, err), own = IZH_OK;
  uint64_t k = 0;
  for (uint32_t r = 0; r < p->pre.size && !status && (p->cut || !own); r++) {
    status = izh_rows_next(rows, &row, err); /* to the end, as the others do */
    if (status || own) continue;
    own = draw_row(row, dist, izh_rng_make(key, izh_ids_at(&p->pre, r), p->draws), &d, err);
    for (uint32_t i = 0; i < row->n && !own; i++) {
      own = izh_conductance_check(reversal, d.drawn[i], err);
      has[IZH_EXC] |= d.single[i] > 0;
      has[IZH_INH] |= d.single[i] < 0;
      if (!p->cut || izh_comm_does(net, row->target[i])) weight[k++] = d.single[i];
    }
  }
  izh_rows_close(rows);
  izh_free(d.keys);
  izh_free(d.position);
  izh_free(d.drawn);
  izh_free(d.single);
  return status ? status : own;
}

static izh_status weights_drawn(const izh_net *net, izh_projection *p, const izh_dist *dist, izh_key key,
                                izh_err *err) {
  bool has[2] = {false, false};
  float *weight = izh_alloc(p->n, sizeof *weight);
  izh_status status = weight ? IZH_OK : izh_fail_memory(err, p->n * sizeof *weight);
  if (p->cut) status = izh_ranks_meet(IZH_MEET_WEIGHTS, status, err);
  if (!status) status = draw_rows(net, p, dist, key, weight, has, err);
  if (p->cut) status = izh_ranks_meet(IZH_MEET_WEIGHTS, status, err);
  if (status) {
    izh_free(weight);
    return status;
  }
  p->draws++;
  memcpy(p->has, has, sizeof p->has);
  if (!p->tied) {
    weights_replace(p, NULL, weight, NULL);
    return IZH_OK;
  }
  for (uint64_t k = 0; k < p->n; k++) p->tied[k].weight = weight[k];
  izh_free(weight);
  return IZH_OK;
}

static void find_signs(izh_projection *p) {
  p->has[IZH_EXC] = p->has[IZH_INH] = false;
  for (uint64_t k = 0; k < (izh_one_weight(p) ? 1 : p->n); k++) {
    p->has[IZH_EXC] |= izh_base_weight(p, k) > 0;
    p->has[IZH_INH] |= izh_base_weight(p, k) < 0;
  }
}

static izh_status set_stored(izh_net *net, izh_projection *p, const izh_values *weight, izh_err *err) {
  izh_key key;
  double reversal = reversal_of(net, p);
  bool own = weight->own && p->cut;
  uint64_t n = own ? p->n : izh_synapses_n(p);
  izh_status status = izh_weights_check(weight, n, err);
  if (!status && weight->kind == IZH_VALUES_ONE) status = izh_conductance_check(reversal, weight->one, err);
  bool has[2] = {false, false};
  for (uint64_t k = 0; k < n && !status && weight->kind == IZH_VALUES_GIVEN; k++) {
    status = izh_conductance_check(reversal, weight->given[k], err);
    has[IZH_EXC] |= weight->given[k] > 0;
    has[IZH_INH] |= weight->given[k] < 0;
  }
  if (own) status = izh_ranks_meet(IZH_MEET_WEIGHTS, status, err);
  if (own && !status) izh_comm_join_signs(&has[IZH_EXC], &has[IZH_INH]);
  if (status) return status;
  switch (weight->kind) {
  case IZH_VALUES_ONE:
    status = weights_one(p, weight->one, err);
    break;
  case IZH_VALUES_DRAWN:
    status = izh_net_stream(net, "projection", p->name, "weight", &key, err);
    if (!status) status = weights_drawn(net, p, &weight->drawn, key, err);
    break;
  case IZH_VALUES_GIVEN:
    status = weights_given(net, p, weight->given, own, err);
    if (!status) memcpy(p->has, has, sizeof p->has);
    break;
  }
  if (!status && weight->kind == IZH_VALUES_ONE) find_signs(p);
  return status;
}

izh_status izh_projection_set_weights(izh_net *net, uint32_t projection, const izh_values *weight,
                                      izh_err *err) {
  izh_projection *p = &net->projections[projection];
  izh_status status =
      p->unstored ? izh_unstored_set_weights(net, p, weight, err) : set_stored(net, p, weight, err);
  if (status) return status;
  p->gain = 1;
  p->changes++;
  p->notes &= ~(uint32_t)(IZH_NOTE_WEIGHTS | IZH_NOTE_COUNTED);
  return IZH_OK;
}

/* --- what users see --- */

uint32_t izh_projection_count(const izh_net *net) {
  return (uint32_t)net->n_projections;
}

izh_projection_info izh_projection_describe(const izh_net *net, uint32_t projection) {
  const izh_projection *p = &net->projections[projection];
  izh_projection_info info = {.name = p->name,
                              .rule = p->rule,
                              .size = p->cut ? p->n_all : p->n,
                              .own = p->n,
                              .n_pre = p->pre.size,
                              .kernel = net->channels[p->channel].kernel,
                              .enabled = p->enabled,
                              .unstored = p->unstored,
                              .cut = p->cut,
                              .notes = p->notes};
  if (p->cut && p->n_all > 0) {
    info.delay_min_ms = izh_net_ms(net, p->least_delay);
    info.delay_max_ms = izh_net_ms(net, p->most_delay);
  } else if (p->n_delays > 0) {
    info.delay_min_ms = izh_net_ms(net, p->delays[0]);
    info.delay_max_ms = izh_net_ms(net, p->delays[p->n_delays - 1]);
  }
  return info;
}

/* Whether a synapse excites (1) or inhibits (-1) its target; 0 if its weight is 0, but not by scaling. */
static int sign_of(const izh_net *net, const izh_projection *p, uint64_t k, uint32_t target) {
  double weight = (signbit(p->gain) ? -1 : 1) * izh_base_weight(p, k), reversal = reversal_of(net, p);
  if (weight == 0) return 0;
  if (!isnan(reversal)) return izh_conductance_sign(net, reversal, target);
  return weight > 0 ? 1 : -1;
}

/* A segment of stored or drawn synapses. */
static uint64_t n_segments(const izh_projection *p, uint32_t row) {
  return p->unstored ? p->n_delays : izh_segments_of(p, row);
}

static izh_segment segment_at(const izh_projection *p, uint32_t row, uint64_t s) {
  return p->unstored ? izh_unstored_read(p, row, (uint32_t)s) : izh_segment_at(p, row, s);
}

bool izh_projection_next(const izh_net *net, uint32_t projection, izh_synapse *synapse) {
  const izh_projection *p = &net->projections[projection];
  if (synapse->next >= p->n) return false;
  izh_segment segment;
  for (;;) {
    if (synapse->segment < n_segments(p, synapse->row)) {
      segment = segment_at(p, synapse->row, synapse->segment++);
      if (synapse->within < segment.end - segment.begin) break;
    } else {
      synapse->row++;
      synapse->segment = 0;
    }
    synapse->within = 0;
  }
  synapse->segment--;
  uint64_t k = segment.begin + synapse->within++;
  synapse->pre = izh_ids_at(&p->pre, synapse->row);
  synapse->post = izh_target(p, k, segment.block);
  synapse->weight = weight_at(p, k);
  synapse->sign = sign_of(net, p, k, synapse->post);
  synapse->delay_ms = izh_net_ms(net, p->delays[segment.delay]);
  synapse->next++;
  return true;
}

const char *izh_conductance_unit(const izh_net *net, uint32_t projection) {
  const izh_projection *p = &net->projections[projection];
  const char *unit = NULL;
  for (uint32_t k = 0; k < net->n_populations; k++) {
    const izh_population *of = &net->populations[k];
    if (of->first >= p->targets.end || of->first + of->size <= p->targets.begin) continue;
    const char *own = strcmp(izh_model_describe(of->model)->shown_unit, "pA") == 0 ? "nS" : "a.u.";
    if (unit && strcmp(unit, own) != 0) return NULL;
    unit = own;
  }
  return unit;
}

void izh_projection_weights(const izh_net *net, uint32_t projection, double *weight) {
  izh_projection_sample(&net->projections[projection], weight, 1);
}

void izh_projection_sample(const izh_projection *p, double *out, size_t stride) {
  for (uint32_t row = 0; row < p->pre.size; row++)
    for (uint64_t s = 0; s < n_segments(p, row); s++) {
      izh_segment segment = segment_at(p, row, s);
      for (uint64_t k = segment.begin; k < segment.end; k++, out += stride) *out = weight_at(p, k);
    }
}

void izh_projection_delays(const izh_net *net, uint32_t projection, double *delay_ms) {
  const izh_projection *p = &net->projections[projection];
  for (uint32_t row = 0; row < p->pre.size; row++)
    for (uint64_t s = 0; s < n_segments(p, row); s++) {
      izh_segment segment = segment_at(p, row, s);
      for (uint64_t k = segment.begin; k < segment.end; k++)
        *delay_ms++ = izh_net_ms(net, p->delays[segment.delay]);
    }
}

izh_status izh_projection_scale(izh_net *net, uint32_t projection, double factor, izh_err *err) {
  if (!isfinite(factor)) return izh_fail(err, IZH_RANGE, "the factor must be finite (got %g)", factor);
  if (!isfinite(net->projections[projection].gain * factor))
    return izh_fail(err, IZH_RANGE,
                    "the weights would not be finite any more (scaled by %g so far, now by %g)",
                    net->projections[projection].gain, factor);
  if (factor < 0 && !isnan(reversal_of(net, &net->projections[projection])))
    return izh_fail(err, IZH_RANGE, "the factor of conductances must be ≥ 0 (got %g)", factor);
  net->projections[projection].gain *= factor;
  net->projections[projection].changes++;
  return IZH_OK;
}

void izh_projection_enable(izh_net *net, uint32_t projection, bool enabled) {
  net->projections[projection].enabled = enabled;
}

/* Finds whether synapses of a row excite and inhibit. Returns whether other rows can add nothing: of currents
 * of one weight, one synapse is enough. */
static bool row_signs(const izh_net *net, const izh_projection *p, uint32_t row, bool *positive,
                      bool *negative) {
  bool same = izh_one_weight(p) && isnan(reversal_of(net, p));
  for (uint64_t s = 0; s < n_segments(p, row) && !(*positive && *negative); s++) {
    izh_segment segment = segment_at(p, row, s);
    for (uint64_t k = segment.begin; k < segment.end; k++) {
      int sign = sign_of(net, p, k, izh_target(p, k, segment.block));
      *positive |= sign > 0;
      *negative |= sign < 0;
      if (same) return true;
    }
  }
  return *positive && *negative;
}

void izh_projections_forget(izh_net *net) {
  for (size_t i = 0; i < net->n_projections; i++) {
    izh_projection *p = &net->projections[i];
    p->born = net->now;
    if (p->stp) izh_stp_forget(p->stp, p->pre.size);
  }
  for (size_t i = 0; i < net->n_channels; i++)
    for (int sign = 0; sign < 2; sign++)
      if (net->channels[i].used[sign]) izh_filter_clear(&net->channels[i].of[sign]);
}

int izh_projections_sign(const izh_net *net, uint32_t population) {
  izh_ids ids = izh_population_ids(net, population);
  bool positive = false, negative = false;
  for (size_t i = 0; i < net->n_projections; i++) {
    const izh_projection *p = &net->projections[i];
    bool settled = false;
    for (uint32_t row = 0; row < p->pre.size && !settled; row++) {
      uint32_t source = izh_ids_at(&p->pre, row);
      if (source >= ids.first && source < ids.first + ids.size)
        settled = row_signs(net, p, row, &positive, &negative);
    }
  }
  if (net->n_cut > 0) izh_comm_join_signs(&positive, &negative);
  return positive == negative ? 0 : positive ? 1 : -1;
}

/* --- their state --- */

/* Makes what follows from the rest, and checks that each source has only one row. */
static void derive(izh_archive *a, izh_projection *p) {
  a->status = izh_ids_positions(&p->pre, &p->position, a->err);
  for (uint32_t row = 0; row < p->pre.size && p->position && izh_archive_reads(a); row++)
    izh_archive_require(a, p->position[p->pre.list[row] - p->pre.first] == row, "sources of a projection");
  if (!p->unstored && izh_one_weight(p)) find_signs(p);
}

static void projection_check(izh_archive *a, const izh_net *net, izh_projection *p) {
  izh_archive_require(a, isfinite(p->weight_one) && isfinite(p->gain), "weights of a projection");
  izh_archive_require(a, p->born >= 0 && p->born <= net->now, "age of a projection");
  if (izh_archive_reads(a)) derive(a, p);
  bool conducts = izh_archive_reads(a) && !isnan(reversal_of(net, p));
  izh_archive_require(a, !conducts || (!p->has[IZH_INH] && p->gain >= 0), "weights of a projection");
}

static void projection_archive(izh_archive *a, const izh_net *net, izh_projection *p) {
  uint32_t span = p->pre.last - p->pre.first + 1;
  p->name = izh_archive_name(a, p->name);
  p->rule = (izh_rule_kind)izh_archive_choice(a, p->rule, IZH_RULE_COUNT);
  p->channel = izh_archive_choice(a, p->channel, (uint32_t)net->n_channels);
  izh_archive_ids(a, &p->pre, net->size, true);
  p->position = izh_archive_derived(a, p->position, span, sizeof *p->position);
  uint64_t n = izh_synapses_n(p);
  izh_archive_u64(a, &n);
  if (a->mode == IZH_ARCHIVE_READ) p->n = n;
  izh_archive_bool(a, &p->distinct);
  izh_archive_f64(a, &p->weight_one);
  izh_archive_f64(a, &p->gain);
  izh_archive_i64(a, &p->born);
  izh_archive_u32(a, &p->draws);
  p->notes = izh_archive_choice(a, p->notes, IZH_NOTES);
  izh_archive_bool(a, &p->enabled);
  bool unstored = p->unstored != NULL;
  izh_archive_bool(a, &unstored);
  if (unstored)
    izh_unstored_archive(a, net, p);
  else
    izh_synapses_archive(a, net, p);
  if (izh_archive_reads(a)) projection_check(a, net, p);
  izh_stp_archive(a, net, p);
}

void izh_projections_archive(izh_archive *a, izh_net *net) {
  net->projections = izh_archive_items(a, net->projections, &net->n_projections, &net->cap_projections,
                                       sizeof *net->projections);
  for (size_t i = 0; izh_archive_visits(a, i, net->n_projections); i++)
    projection_archive(a, net, &net->projections[i]);
  izh_archive_names(a, net->projections, net->n_projections, sizeof *net->projections);
}
