#include "core/projection.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "core/ieee.h"
#include "core/net_private.h"
#include "core/sort.h"

void izh_projection_free(izh_projection *projection) {
  izh_free(projection->name);
  izh_free((void *)projection->pre.list);
  izh_free(projection->place);
  izh_free(projection->row_segment);
  izh_free(projection->segment_delay);
  izh_free(projection->segment_start);
  izh_free(projection->target);
  izh_free(projection->weight_single);
  izh_free(projection->weight_double);
  izh_free(projection->delays);
}

double izh_projection_bytes(const izh_projection *p) {
  const void *const blocks[] = {p->pre.list,      p->place,         p->row_segment,
                                p->segment_delay, p->segment_start, p->target,
                                p->weight_single, p->weight_double, p->delays};
  return izh_alloc_bytes(blocks, sizeof blocks / sizeof *blocks);
}

/* --- before there is a projection --- */

double izh_projection_value_bytes(const izh_values *weight, const izh_values *delay) {
  static const double weight_bytes[] = {[IZH_VALUES_ONE] = 0,
                                        [IZH_VALUES_DRAWN] = sizeof(float),
                                        [IZH_VALUES_GIVEN] =
                                            2 * sizeof(double)}; /* the given ones, and a copy */
  static const double sorting = sizeof(uint32_t) + sizeof(uint64_t);
  static const double delay_bytes[] = {
      [IZH_VALUES_ONE] = 0, [IZH_VALUES_DRAWN] = sorting, [IZH_VALUES_GIVEN] = sorting + sizeof(double)};
  return weight_bytes[weight->kind] + delay_bytes[delay->kind];
}

/* What the rule's own temporary arrays need for a synapse, beside its target. */
static double scratch_bytes(const izh_rule *rule) {
  switch (rule->kind) {
  case IZH_RULE_FIXED_TOTAL_NUMBER:
    return 2 * sizeof(uint64_t);
  case IZH_RULE_PAIRS:
    return 4 * sizeof(uint64_t);
  default:
    return 0;
  }
}

static izh_status size_check(const izh_projection_def *def, double value_bytes, double channel_bytes,
                             izh_err *err) {
  double synapses = izh_rule_estimate(&def->rule, &def->pre, &def->post);
  double need = synapses * (sizeof(uint32_t) + value_bytes + scratch_bytes(&def->rule)) +
                (double)def->pre.size * 4 * sizeof(uint64_t) + channel_bytes;
  unsigned long long free = izh_memory_free();
  if (need <= (double)free) return IZH_OK;
  char need_text[IZH_BYTES_TEXT_SIZE], free_text[IZH_BYTES_TEXT_SIZE];
  if (need > 1e19)
    return izh_fail(err, IZH_SIZE, "projection \"%s\" of %.3g synapses needs more than any memory holds",
                    def->name, synapses);
  return izh_fail(err, IZH_SIZE, "projection \"%s\" of %.3g synapses needs %s, %s are free", def->name,
                  synapses, izh_bytes_text(need_text, (unsigned long long)need),
                  izh_bytes_text(free_text, free));
}

static izh_status rule_check(const izh_rule *rule, izh_err *err) {
  if (rule->kind == IZH_RULE_PAIRWISE_BERNOULLI && !(rule->p >= 0 && rule->p <= 1))
    return izh_fail(err, IZH_RANGE, "pairwise_bernoulli: p must be 0 … 1 (got %g)", rule->p);
  return IZH_OK;
}

izh_status izh_projection_name_check(const izh_net *net, const char *name, izh_err *err) {
  for (size_t i = 0; i < net->n_projections; i++)
    if (strcmp(net->projections[i].name, name) == 0)
      return izh_fail(err, IZH_ARGUMENT, "the name \"%s\" is taken by another projection", name);
  return izh_name_check("projection", name, err);
}

izh_status izh_projection_check(izh_net *net, const izh_projection_def *def, double value_bytes, izh_key *key,
                                izh_err *err) {
  izh_status status = izh_projection_name_check(net, def->name, err);
  if (status) return status;
  status = rule_check(&def->rule, err);
  if (status) return status;
  status = izh_kernel_check(net, &def->kernel, err);
  if (status) return status;
  status = size_check(def, value_bytes, izh_channel_bytes(net, &def->kernel), err);
  if (status) return status;
  return izh_net_stream(net, "projection", def->name, "wiring", key, err);
}

/* --- weights --- */

static double base_weight(const izh_projection *p, uint64_t k) {
  return p->weight_single   ? (double)p->weight_single[k]
         : p->weight_double ? p->weight_double[k]
                            : p->weight_one;
}

/* Replaces all weights. perm[k] is the number among the given of the k-th synapse; NULL: the same. */
static izh_status weights_given(izh_projection *p, const double *given, const uint64_t *perm, izh_err *err) {
  for (uint64_t k = 0; k < p->n; k++)
    if (!isfinite(given[k]))
      return izh_fail(err, IZH_RANGE, "weight of synapse %llu must be finite (got %g)",
                      (unsigned long long)k + 1, given[k]);
  double *weight = izh_alloc(p->n, sizeof *weight);
  if (!weight) return izh_fail_memory(err, p->n * sizeof *weight);
  for (uint64_t k = 0; k < p->n; k++) weight[k] = given[perm ? perm[k] : k];
  izh_free(p->weight_single);
  izh_free(p->weight_double);
  p->weight_single = NULL;
  p->weight_double = weight;
  return IZH_OK;
}

/* Puts the numbers of a row's synapses, counted from its first, into keys[n], in the order in which
 * weights are drawn: that of the wiring. It does not depend on delays, whose rounding depends on dt. */
static void draw_order(const izh_projection *p, const uint64_t *perm, uint64_t first, uint64_t n,
                       uint64_t *keys) {
  bool moved = p->n_delays > 1;
  for (uint64_t k = 0; k < n; k++) {
    uint64_t place = !moved ? k : perm ? perm[first + k] - first : p->target[first + k];
    keys[k] = place << 32 | k;
  }
  if (moved) izh_sort_keys(keys, keys + n, n, 32);
}

static uint64_t row_first(const izh_projection *p, uint32_t row) {
  return p->segment_start[p->row_segment[row]];
}

static uint64_t longest_row(const izh_projection *p) {
  uint64_t longest = 0;
  for (uint32_t row = 0; row < p->pre.size; row++) {
    uint64_t n = row_first(p, row + 1) - row_first(p, row);
    if (n > longest) longest = n;
  }
  return longest;
}

/* Draws are counted within the row of a source, so that a row does not depend on those before it. */
static izh_status weights_drawn(izh_projection *p, const izh_dist *dist, izh_key key, const uint64_t *perm,
                                izh_err *err) {
  izh_status status = izh_dist_check(dist, err);
  if (status) return status;
  uint64_t longest = longest_row(p);
  float *weight = izh_alloc(p->n, sizeof *weight);
  uint64_t *keys = izh_alloc(2 * longest, sizeof *keys);
  if (!weight || !keys) status = izh_fail_memory(err, p->n * sizeof *weight + longest * 2 * sizeof *keys);
  for (uint32_t row = 0; row < p->pre.size && !status; row++) {
    izh_rng rng = izh_rng_make(key, izh_ids_at(&p->pre, row), p->draws);
    uint64_t first = row_first(p, row), n = row_first(p, row + 1) - first;
    draw_order(p, perm, first, n, keys);
    for (uint64_t i = 0; i < n && !status; i++) {
      float value = (float)izh_dist_draw(dist, &rng);
      weight[first + (uint32_t)keys[i]] = value;
      if (!isfinite(value))
        status = izh_fail(err, IZH_RANGE, "a drawn weight is beyond the range of single precision");
    }
  }
  izh_free(keys);
  if (status) {
    izh_free(weight);
    return status;
  }
  p->draws++;
  izh_free(p->weight_single);
  izh_free(p->weight_double);
  p->weight_single = weight;
  p->weight_double = NULL;
  return IZH_OK;
}

/* perm: see weights_given. */
static izh_status weights_set(izh_net *net, izh_projection *p, const izh_values *weight, const uint64_t *perm,
                              izh_err *err) {
  izh_status status = IZH_OK;
  izh_key key;
  switch (weight->kind) {
  case IZH_VALUES_ONE:
    if (!isfinite(weight->one))
      return izh_fail(err, IZH_RANGE, "weight must be finite (got %g)", weight->one);
    izh_free(p->weight_single);
    izh_free(p->weight_double);
    p->weight_single = NULL;
    p->weight_double = NULL;
    p->weight_one = weight->one;
    break;
  case IZH_VALUES_DRAWN:
    status = izh_net_stream(net, "projection", p->name, "weight", &key, err);
    if (!status) status = weights_drawn(p, &weight->drawn, key, perm, err);
    break;
  case IZH_VALUES_GIVEN:
    status = weights_given(p, weight->given, perm, err);
    break;
  }
  if (status) return status;
  p->gain = 1;
  p->has[IZH_EXC] = p->has[IZH_INH] = false;
  bool one = !p->weight_single && !p->weight_double;
  for (uint64_t k = 0; k < (one ? 1 : p->n); k++) {
    p->has[IZH_EXC] |= base_weight(p, k) > 0;
    p->has[IZH_INH] |= base_weight(p, k) < 0;
  }
  return IZH_OK;
}

static double weight_at(const izh_projection *p, uint64_t k) {
  return p->gain * base_weight(p, k);
}

/* --- delays: rows are sorted by delay and cut into segments --- */

static const double LONGEST_DELAY = 1u << 31; /* steps */

static izh_status delay_steps(const izh_net *net, double ms, uint32_t *steps, izh_err *err) {
  double exact = ms / net->def.dt_ms;
  if (!(ms >= 0)) return izh_fail(err, IZH_RANGE, "delays must be ≥ 0 ms (got %g)", ms);
  if (!(exact < LONGEST_DELAY))
    return izh_fail(err, IZH_RANGE, "delay %g ms is too long: it must be below %.10g ms at dt = %.10g ms", ms,
                    LONGEST_DELAY * net->def.dt_ms, net->def.dt_ms);
  *steps = (uint32_t)(exact + 0.5);
  return IZH_OK;
}

/* The delay of each synapse in steps, in the order of the wiring. */
static izh_status delays_find(izh_net *net, const izh_projection *p, const izh_wiring *wiring,
                              const izh_values *delay, uint32_t *steps, izh_err *err) {
  izh_key key = {0};
  izh_status status = IZH_OK;
  if (delay->kind == IZH_VALUES_DRAWN) {
    status = izh_dist_check(&delay->drawn, err);
    if (!status) status = izh_net_stream(net, "projection", p->name, "delay", &key, err);
  }
  for (uint32_t row = 0; row < wiring->n_pre && !status; row++) {
    izh_rng rng = izh_rng_make(key, izh_ids_at(&p->pre, row), 0);
    for (uint64_t k = wiring->row_start[row]; k < wiring->row_start[row + 1] && !status; k++) {
      double ms = delay->kind == IZH_VALUES_DRAWN ? izh_dist_draw(&delay->drawn, &rng) : delay->given[k];
      status = delay_steps(net, ms, &steps[k], err);
    }
  }
  return status;
}

/* Sorts one row of the wiring by delay, stably: target and steps are permuted, perm tells how. */
static void sort_row(uint32_t *target, uint32_t *steps, uint64_t *perm, uint64_t *keys, uint32_t *old,
                     uint64_t n, uint64_t first) {
  for (uint64_t k = 0; k < n; k++) keys[k] = (uint64_t)steps[k] << 32 | k;
  izh_sort_keys(keys, keys + n, n, 32);
  memcpy(old, target, n * sizeof *old);
  for (uint64_t k = 0; k < n; k++) {
    uint32_t from = (uint32_t)keys[k];
    target[k] = old[from];
    steps[k] = (uint32_t)(keys[k] >> 32);
    perm[k] = first + from;
  }
}

static izh_status sort_rows(izh_wiring *wiring, uint32_t *steps, uint64_t *perm, izh_err *err) {
  uint64_t longest = 0;
  for (uint32_t row = 0; row < wiring->n_pre; row++) {
    uint64_t n = wiring->row_start[row + 1] - wiring->row_start[row];
    if (n > longest) longest = n;
  }
  if (longest > UINT32_MAX) return izh_fail(err, IZH_SIZE, "more than %u synapses of one neuron", UINT32_MAX);
  uint64_t *keys = izh_alloc(2 * longest, sizeof *keys);
  uint32_t *old = izh_alloc(longest, sizeof *old);
  if (keys && old)
    for (uint32_t row = 0; row < wiring->n_pre; row++) {
      uint64_t first = wiring->row_start[row];
      sort_row(wiring->target + first, steps + first, perm + first, keys, old,
               wiring->row_start[row + 1] - first, first);
    }
  izh_status status = keys && old ? IZH_OK : izh_fail_memory(err, longest * 2 * sizeof *keys);
  izh_free(keys);
  izh_free(old);
  return status;
}

/* Cuts the rows into segments of one delay. With one delay for all, steps is NULL and a row is a segment. */
static izh_status cut_segments(izh_projection *p, const izh_wiring *wiring, const uint32_t *steps,
                               uint32_t one, izh_err *err) {
  uint64_t segments = 0;
  for (uint32_t row = 0; row < wiring->n_pre; row++)
    for (uint64_t k = wiring->row_start[row]; k < wiring->row_start[row + 1]; k++)
      segments += k == wiring->row_start[row] || (steps && steps[k] != steps[k - 1]);
  p->row_segment = izh_alloc((size_t)wiring->n_pre + 1, sizeof *p->row_segment);
  p->segment_delay = izh_alloc(segments, sizeof *p->segment_delay);
  p->segment_start = izh_alloc(segments + 1, sizeof *p->segment_start);
  if (!p->row_segment || !p->segment_delay || !p->segment_start)
    return izh_fail_memory(err, (segments + wiring->n_pre) * 2 * sizeof *p->row_segment);
  uint64_t segment = 0;
  for (uint32_t row = 0; row < wiring->n_pre; row++) {
    p->row_segment[row] = segment;
    for (uint64_t k = wiring->row_start[row]; k < wiring->row_start[row + 1]; k++) {
      if (k > wiring->row_start[row] && !(steps && steps[k] != steps[k - 1])) continue;
      p->segment_delay[segment] = steps ? steps[k] : one;
      p->segment_start[segment++] = k;
    }
  }
  p->row_segment[wiring->n_pre] = segment;
  p->segment_start[segment] = wiring->n;
  return IZH_OK;
}

/* The distinct delays, which a step looks through. */
static izh_status list_delays(izh_projection *p, izh_err *err) {
  uint64_t n = p->row_segment[p->pre.size];
  uint64_t *keys = izh_alloc(2 * n, sizeof *keys);
  p->delays = izh_alloc(n, sizeof *p->delays);
  if (!keys || !p->delays) {
    izh_free(keys);
    return izh_fail_memory(err, n * 2 * sizeof *keys);
  }
  for (uint64_t i = 0; i < n; i++) keys[i] = p->segment_delay[i];
  izh_sort_keys(keys, keys + n, n, 0);
  for (uint64_t i = 0; i < n; i++)
    if (i == 0 || keys[i] != keys[i - 1]) p->delays[p->n_delays++] = (uint32_t)keys[i];
  izh_free(keys);
  uint32_t *fit = izh_realloc(p->delays, p->n_delays, sizeof *fit);
  if (fit) p->delays = fit;
  return IZH_OK;
}

/* --- making one --- */

static izh_status fill_one_delay(izh_net *net, izh_projection *p, const izh_wiring *wiring,
                                 const izh_values *weight, double delay_ms, izh_err *err) {
  int64_t steps;
  izh_status status = izh_net_steps(net, "delay", delay_ms, &steps, err);
  if (status) return status;
  uint32_t one = 0;
  status = delay_steps(net, delay_ms, &one, err); /* the range; the number of steps is the same */
  if (!status) status = cut_segments(p, wiring, NULL, one, err);
  if (!status) status = list_delays(p, err);
  return status ? status : weights_set(net, p, weight, NULL, err);
}

static izh_status fill_many_delays(izh_net *net, izh_projection *p, izh_wiring *wiring,
                                   const izh_values *weight, const izh_values *delay, izh_err *err) {
  uint32_t *steps = izh_alloc(wiring->n, sizeof *steps);
  uint64_t *perm = izh_alloc(wiring->n, sizeof *perm);
  izh_status status =
      steps && perm ? IZH_OK : izh_fail_memory(err, wiring->n * (sizeof *steps + sizeof *perm));
  if (!status) status = delays_find(net, p, wiring, delay, steps, err);
  if (!status) status = sort_rows(wiring, steps, perm, err);
  if (!status) status = cut_segments(p, wiring, steps, 0, err);
  if (!status) status = list_delays(p, err);
  if (!status) status = weights_set(net, p, weight, perm, err);
  izh_free(steps);
  izh_free(perm);
  return status;
}

static izh_status projection_fill(izh_net *net, izh_projection *p, const izh_projection_def *def,
                                  izh_wiring *wiring, const izh_values *weight, const izh_values *delay,
                                  izh_err *err) {
  p->name = izh_strdup(def->name);
  if (!p->name) return izh_fail_memory(err, strlen(def->name));
  p->n = wiring->n;
  izh_status status = izh_ids_copy(&def->pre, &p->pre, err);
  if (status) return status;
  status = izh_ids_places(&p->pre, &p->place, err);
  if (status) return status;
  if (delay->kind == IZH_VALUES_ONE)
    status = fill_one_delay(net, p, wiring, weight, delay->one, err);
  else
    status = fill_many_delays(net, p, wiring, weight, delay, err);
  return status ? status : izh_channel_find(net, &def->kernel, &p->channel, err);
}

izh_status izh_projection_add(izh_net *net, const izh_projection_def *def, izh_wiring *wiring,
                              const izh_values *weight, const izh_values *delay, uint32_t *index,
                              izh_err *err) {
  izh_projection *room =
      izh_grow(net->projections, &net->cap_projections, net->n_projections + 1, sizeof *room);
  if (!room) return izh_fail_memory(err, sizeof *room);
  net->projections = room;
  izh_projection p = {.rule = def->rule.kind, .gain = 1, .born = net->now, .enabled = true};
  izh_status status = projection_fill(net, &p, def, wiring, weight, delay, err);
  if (status) {
    izh_projection_free(&p);
    return status;
  }
  p.target = wiring->target; /* moved, not copied: it is the largest part */
  wiring->target = NULL;
  *index = (uint32_t)net->n_projections;
  net->projections[net->n_projections++] = p;
  return IZH_OK;
}

/* --- delivery --- */

/* The segment of a row that has a delay, or the row's end. Rows mostly have all delays: the guess is right
 * then. */
static uint64_t find_segment(const izh_projection *p, uint64_t begin, uint64_t end, uint32_t delay,
                             uint32_t guess) {
  if (begin + guess < end && p->segment_delay[begin + guess] == delay) return begin + guess;
  uint64_t at = begin + izh_lower_bound(p->segment_delay + begin, end - begin, delay);
  return at < end && p->segment_delay[at] == delay ? at : end;
}

/* Do its weights, scaled, have a sign. One whose weights were scaled to 0 keeps the signs they had. */
static bool has_sign(const izh_projection *p, int sign) {
  return p->has[signbit(p->gain) ? !sign : sign];
}

void izh_projection_prepare(izh_net *net, const izh_projection *p) {
  izh_channel *channel = &net->channels[p->channel];
  net->jumps |= channel->kernel.kind == IZH_KERNEL_DELTA;
  for (int sign = 0; sign < 2; sign++) channel->used[sign] |= has_sign(p, sign);
}

/* Weights of both signs: each is added to the sum of its own, without a branch. */
static void deliver_mixed(const izh_projection *p, uint64_t begin, uint64_t end, double *const slot[2]) {
  const uint32_t *target = p->target;
  double gain = p->gain;
  if (p->weight_single) {
    for (uint64_t k = begin; k < end; k++) {
      double weight = gain * (double)p->weight_single[k];
      slot[weight < 0][target[k]] += weight;
    }
  } else {
    for (uint64_t k = begin; k < end; k++) {
      double weight = gain * p->weight_double[k];
      slot[weight < 0][target[k]] += weight;
    }
  }
}

static uint64_t deliver_segment(const izh_net *net, const izh_projection *p, uint64_t segment, izh_part part,
                                double *const slots[2]) {
  uint64_t begin = p->segment_start[segment], end = p->segment_start[segment + 1];
  if (part.begin > 0) begin += izh_lower_bound(p->target + begin, end - begin, part.begin);
  if (part.end < net->size) end = begin + izh_lower_bound(p->target + begin, end - begin, part.end);
  if (p->has[IZH_EXC] && p->has[IZH_INH]) {
    deliver_mixed(p, begin, end, slots);
    return end - begin;
  }
  const uint32_t *target = p->target;
  double gain = p->gain, *slot = slots[has_sign(p, IZH_INH)];
  if (p->weight_single) {
    for (uint64_t k = begin; k < end; k++) slot[target[k]] += gain * (double)p->weight_single[k];
  } else if (p->weight_double) {
    for (uint64_t k = begin; k < end; k++) slot[target[k]] += gain * p->weight_double[k];
  } else {
    double weight = gain * p->weight_one;
    for (uint64_t k = begin; k < end; k++) slot[target[k]] += weight;
  }
  return end - begin;
}

/* Adds what arrives now at the neurons of a part, in order of delay, source, synapse; at how many synapses.
 */
uint64_t izh_projection_deliver(const izh_net *net, const izh_projection *p, izh_part part) {
  if (!p->enabled || p->pre.size == 0) return 0;
  uint64_t arrived = 0;
  const izh_channel *channel = &net->channels[p->channel];
  double *slots[2] = {net->jump, net->jump};
  for (int sign = 0; sign < 2 && channel->kernel.kind != IZH_KERNEL_DELTA; sign++)
    slots[sign] = izh_filter_slot(&channel->of[sign], net->now);
  for (uint32_t d = 0; d < p->n_delays; d++) {
    int64_t emitted = net->now - 1 - p->delays[d]; /* the step that gave the spikes */
    if (emitted < p->born) break;
    const uint32_t *spikes = net->spike_index + net->spike_begin[emitted];
    uint64_t n = net->spike_begin[emitted + 1] - net->spike_begin[emitted];
    for (uint64_t i = izh_lower_bound(spikes, n, p->pre.first); i < n && spikes[i] <= p->pre.last; i++) {
      uint32_t row = izh_ids_find(&p->pre, p->place, spikes[i]);
      if (row == UINT32_MAX) continue;
      uint64_t end = p->row_segment[row + 1];
      uint64_t segment = find_segment(p, p->row_segment[row], end, p->delays[d], d);
      if (segment < end) arrived += deliver_segment(net, p, segment, part, slots);
    }
  }
  return arrived;
}

/* --- what users see --- */

uint32_t izh_projection_count(const izh_net *net) {
  return (uint32_t)net->n_projections;
}

izh_projection_info izh_projection_describe(const izh_net *net, uint32_t projection) {
  const izh_projection *p = &net->projections[projection];
  izh_projection_info info = {.name = p->name,
                              .rule = p->rule,
                              .size = p->n,
                              .n_pre = p->pre.size,
                              .kernel = net->channels[p->channel].kernel,
                              .enabled = p->enabled};
  if (p->n_delays > 0) {
    info.delay_min_ms = izh_net_ms(net, p->delays[0]);
    info.delay_max_ms = izh_net_ms(net, p->delays[p->n_delays - 1]);
  }
  return info;
}

bool izh_projection_next(const izh_net *net, uint32_t projection, izh_synapse *synapse) {
  const izh_projection *p = &net->projections[projection];
  uint64_t k = synapse->next;
  if (k >= p->n) return false;
  while (k >= p->segment_start[synapse->segment + 1]) synapse->segment++;
  while (synapse->segment >= p->row_segment[synapse->row + 1]) synapse->row++;
  synapse->pre = izh_ids_at(&p->pre, (uint32_t)synapse->row);
  synapse->post = p->target[k];
  synapse->weight = weight_at(p, k);
  synapse->delay_ms = izh_net_ms(net, p->segment_delay[synapse->segment]);
  synapse->next = k + 1;
  return true;
}

void izh_projection_weights(const izh_net *net, uint32_t projection, double *weight) {
  izh_projection_sample(&net->projections[projection], weight, 1);
}

void izh_projection_sample(const izh_projection *p, double *out, size_t stride) {
  for (uint64_t k = 0; k < p->n; k++) out[k * stride] = weight_at(p, k);
}

void izh_projection_delays(const izh_net *net, uint32_t projection, double *delay_ms) {
  const izh_projection *p = &net->projections[projection];
  for (uint64_t s = 0; s < p->row_segment[p->pre.size]; s++)
    for (uint64_t k = p->segment_start[s]; k < p->segment_start[s + 1]; k++)
      delay_ms[k] = izh_net_ms(net, p->segment_delay[s]);
}

izh_status izh_projection_scale(izh_net *net, uint32_t projection, double factor, izh_err *err) {
  if (!isfinite(factor)) return izh_fail(err, IZH_RANGE, "the factor must be finite (got %g)", factor);
  if (!isfinite(net->projections[projection].gain * factor))
    return izh_fail(err, IZH_RANGE,
                    "the weights would not be finite any more (scaled by %g so far, now by %g)",
                    net->projections[projection].gain, factor);
  net->projections[projection].gain *= factor;
  return IZH_OK;
}

izh_status izh_projection_set_weights(izh_net *net, uint32_t projection, const izh_values *weight,
                                      izh_err *err) {
  return weights_set(net, &net->projections[projection], weight, NULL, err);
}

void izh_projection_enable(izh_net *net, uint32_t projection, bool enabled) {
  net->projections[projection].enabled = enabled;
}

/* Whether a row has positive and negative weights. */
static void row_signs(const izh_projection *p, uint32_t row, bool *positive, bool *negative) {
  uint64_t end = p->segment_start[p->row_segment[row + 1]];
  for (uint64_t k = p->segment_start[p->row_segment[row]]; k < end && !(*positive && *negative); k++) {
    double weight = (signbit(p->gain) ? -1 : 1) * base_weight(p, k);
    *positive |= weight > 0;
    *negative |= weight < 0;
    if (!p->weight_single && !p->weight_double) break;
  }
}

int izh_population_sign(const izh_net *net, uint32_t pop) {
  izh_ids ids = izh_population_ids(net, pop);
  bool positive = false, negative = false;
  for (size_t i = 0; i < net->n_projections; i++) {
    const izh_projection *p = &net->projections[i];
    for (uint32_t row = 0; row < p->pre.size; row++) {
      uint32_t source = izh_ids_at(&p->pre, row);
      if (source >= ids.first && source < ids.first + ids.size) row_signs(p, row, &positive, &negative);
    }
  }
  return positive == negative ? 0 : positive ? 1 : -1;
}

/* --- its state --- */

void izh_projection_archive(izh_archive *a, izh_projection *p) {
  uint64_t segments = p->row_segment[p->pre.size];
  uint32_t span = p->pre.last - p->pre.first + 1;
  p->name = izh_archive_text(a, p->name);
  izh_archive_ids(a, &p->pre);
  p->place = izh_archive_array(a, p->place, span, sizeof *p->place);
  p->row_segment = izh_archive_array(a, p->row_segment, (uint64_t)p->pre.size + 1, sizeof *p->row_segment);
  p->segment_delay = izh_archive_array(a, p->segment_delay, segments, sizeof *p->segment_delay);
  p->segment_start = izh_archive_array(a, p->segment_start, segments + 1, sizeof *p->segment_start);
  p->target = izh_archive_array(a, p->target, p->n, sizeof *p->target);
  p->weight_single = izh_archive_array(a, p->weight_single, p->n, sizeof *p->weight_single);
  p->weight_double = izh_archive_array(a, p->weight_double, p->n, sizeof *p->weight_double);
  p->delays = izh_archive_array(a, p->delays, p->n_delays, sizeof *p->delays);
}
