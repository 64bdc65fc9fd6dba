/* Makes synapses that are not stored: checks what can be drawn again, and draws all of them once. */
#include "core/synapse/unstored.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "base/memory.h"
#include "base/stop.h"
#include "base/team.h"
#include "core/random/stream.h"
#include "core/synapse/conductance.h"
#include "core/synapse/rule_code.h"
#include "core/synapse/unstored_private.h"

enum {
  STEPS = 1 << 22, /* delays are shorter than so many steps */
  PIECE = 1 << 20, /* about so many synapses a thread looks at before it is asked if the user wants to stop */
};

/* --- what can be drawn again --- */

static izh_status values_check(const izh_values *values, const char *what, izh_err *err) {
  if (values->kind != IZH_VALUES_GIVEN) return IZH_OK;
  return izh_fail(err, IZH_ARGUMENT,
                  "synapses that are not stored (storage = \"none\") are drawn again whenever a spike comes, "
                  "so %s must be a number or a distribution, not numbers given for each",
                  what);
}

izh_status izh_unstored_check(const izh_projection_def *def, izh_err *err) {
  if (!izh_rule_describe(def->rule.kind)->by_row)
    return izh_fail(err, IZH_ARGUMENT,
                    "rule %s needs the synapses of all sources to find those of one, so they must be stored: "
                    "storage = \"none\" goes with all_to_all, one_to_one, pairwise_bernoulli and "
                    "fixed_outdegree",
                    izh_rule_name(def->rule.kind));
  izh_status status = values_check(&def->weight, "weight", err);
  return status ? status : values_check(&def->delay, "delay", err);
}

/* The bytes of what draws rows. `row` gets those of the longest one. */
static double drawers_need(const izh_net *net, const izh_projection_def *def, double *row) {
  const izh_rule_code *code = izh_rule_code_of(def->rule.kind);
  double sources = def->pre.size, targets = def->post.size, drawers = net->def.threads + 1.0;
  double longest = code->longest ? (double)code->longest(&def->rule, def->post.size) : targets;
  *row = longest * (def->weight.kind == IZH_VALUES_DRAWN ? 8 : 4);
  double drawing = longest * (double)(sizeof(double) + 2 * sizeof(uint32_t));
  double lists = (sources + targets) * (double)(3 * sizeof(uint32_t)) + sources * (double)code->bytes;
  return lists + drawers * (drawing + *row);
}

double izh_unstored_need(const izh_net *net, const izh_projection_def *def) {
  double row, need = drawers_need(net, def, &row);
  return need + izh_unstored_room(def->pre.size * row);
}

/* --- all are drawn once --- */

/* What one thread finds in some rows. */
typedef struct surveyor {
  izh_row row;
  double *drawn;  /* [longest row of the wiring] */
  uint64_t *seen; /* [STEPS / 64] a bit for each delay in steps */
  uint32_t first_row, n_rows;
  uint64_t n, longest;
  bool has[2];
  izh_status status;
  izh_err err;
} surveyor;

typedef struct survey {
  const izh_net *net;
  const izh_projection *p;
  const izh_unstored *u;
  double reversal;
  bool delays; /* whether delays are looked at, too */
  int n_workers;
  surveyor *workers;
} survey;

static izh_status see_weights(const survey *s, surveyor *w, uint32_t source, uint32_t n) {
  izh_rng rng = izh_rng_make(s->u->weight_key, source, s->u->generation);
  izh_dist_draws(&s->u->weight.drawn, &rng, n, w->drawn);
  for (uint32_t k = 0; k < n; k++) {
    float weight = (float)w->drawn[k];
    if (!isfinite(weight))
      return izh_fail(&w->err, IZH_RANGE, "a drawn weight is beyond the range of single precision");
    w->has[IZH_EXC] |= weight > 0;
    w->has[IZH_INH] |= weight < 0;
    izh_status status = izh_conductance_check(s->reversal, weight, &w->err);
    if (status) return status;
  }
  return IZH_OK;
}

static void see(surveyor *w, uint32_t steps) {
  w->seen[steps / 64] |= (uint64_t)1 << (steps & 63);
}

static izh_status see_delays(const survey *s, surveyor *w, uint32_t source, uint32_t n) {
  izh_rng rng = izh_rng_make(s->u->delay_key, source, 0);
  izh_dist_draws(&s->u->delay.drawn, &rng, n, w->drawn);
  for (uint32_t k = 0; k < n; k++) {
    uint32_t steps;
    izh_status status = izh_delay_steps(s->net, w->drawn[k], &steps, &w->err);
    if (!status && steps >= STEPS)
      status = izh_fail(&w->err, IZH_RANGE,
                        "delay %g ms is too long for synapses that are not stored (storage = \"none\"): it "
                        "must be below %u steps",
                        w->drawn[k], STEPS);
    if (status) return status;
    see(w, steps);
  }
  return IZH_OK;
}

static void see_row(const survey *s, surveyor *w, uint32_t row) {
  uint32_t n, source = izh_ids_at(&s->p->pre, row);
  if (!izh_row_length(s->u->wiring, row, &n)) {
    izh_row_take(s->u->wiring, row, &w->row);
    n = w->row.n;
  }
  w->n += n;
  if (n > w->longest) w->longest = n;
  if (s->u->weight.kind == IZH_VALUES_DRAWN) w->status = see_weights(s, w, source, n);
  if (s->delays && !w->status && s->u->delay.kind == IZH_VALUES_DRAWN)
    w->status = see_delays(s, w, source, n);
}

static void see_share(void *context, int i) {
  const survey *s = context;
  surveyor *w = &s->workers[i];
  for (uint32_t k = 0; k < w->n_rows && !w->status; k++) see_row(s, w, w->first_row + k);
}

static izh_status surveyors_open(const survey *s, izh_err *err) {
  uint64_t longest = s->u->wiring->longest;
  izh_status status = IZH_OK;
  for (int i = 0; i < s->n_workers && !status; i++) {
    surveyor *w = &s->workers[i];
    status = izh_row_open(s->u->wiring, &w->row, err);
    w->drawn = izh_alloc(longest, sizeof *w->drawn);
    w->seen = izh_alloc_zero(STEPS / 64, sizeof *w->seen);
    if (!status && !(w->drawn && w->seen)) status = izh_fail_memory(err, longest * sizeof *w->drawn);
  }
  return status;
}

/* The error of the first row that has one. */
static izh_status first_error(const survey *s, izh_err *err) {
  for (int i = 0; i < s->n_workers; i++)
    if (s->workers[i].status) {
      *err = s->workers[i].err;
      return s->workers[i].status;
    }
  return IZH_OK;
}

static izh_status see_rows(const survey *s, izh_err *err) {
  uint64_t sources = s->p->pre.size, row = 0;
  double mean = izh_wiring_estimate(s->u->wiring) / (double)(sources + 1);
  uint64_t rows = (uint64_t)(PIECE / (mean + 1)) + 1;
  izh_status status = IZH_OK;
  while (row < sources && !status) {
    for (int i = 0; i < s->n_workers; i++) {
      uint64_t left = sources - row;
      s->workers[i].first_row = (uint32_t)row;
      s->workers[i].n_rows = (uint32_t)(left < rows ? left : rows);
      row += s->workers[i].n_rows;
    }
    izh_team_run(s->n_workers, see_share, (void *)s);
    status = first_error(s, err);
    if (!status) status = izh_stop_check(err);
  }
  return status;
}

/* Lists the delays that there are. */
static izh_status list_delays(const survey *s, izh_projection *p, izh_err *err) {
  uint64_t *seen = s->workers[0].seen;
  uint32_t n = 0;
  for (int i = 1; i < s->n_workers; i++)
    for (uint32_t k = 0; k < STEPS / 64; k++) seen[k] |= s->workers[i].seen[k];
  for (uint32_t k = 0; k < STEPS / 64; k++) n += (uint32_t)__builtin_popcountll(seen[k]);
  p->delays = izh_alloc(n, sizeof *p->delays);
  if (!p->delays) return izh_fail_memory(err, n * sizeof *p->delays);
  for (uint32_t k = 0; k < STEPS / 64; k++)
    for (uint64_t left = seen[k]; left; left &= left - 1)
      p->delays[p->n_delays++] = k * 64 + (uint32_t)__builtin_ctzll(left);
  return IZH_OK;
}

/* Puts what was found into the projection. */
static izh_status survey_end(const survey *s, izh_projection *p, izh_err *err) {
  izh_unstored *u = p->unstored;
  uint64_t n = 0, longest = 0;
  bool drawn = u->weight.kind == IZH_VALUES_DRAWN;
  p->has[IZH_EXC] = !drawn && u->weight.one > 0;
  p->has[IZH_INH] = !drawn && u->weight.one < 0;
  for (int i = 0; i < s->n_workers; i++) {
    const surveyor *w = &s->workers[i];
    n += w->n;
    longest = w->longest > longest ? w->longest : longest;
    for (int sign = 0; sign < 2; sign++) p->has[sign] |= w->has[sign];
  }
  p->n = n;
  u->longest = longest;
  p->weight_one = drawn ? 0 : u->weight.one;
  if (!s->delays) return IZH_OK;
  if (u->delay.kind == IZH_VALUES_ONE && n > 0) see(&s->workers[0], izh_delay_round(u->delay.one, u->dt_ms));
  return list_delays(s, p, err);
}

/* Counts the synapses, lists their delays unless they are known, and finds the signs of the weights. */
static izh_status look(const izh_net *net, izh_projection *p, double reversal, bool delays, izh_err *err) {
  izh_unstored *u = p->unstored;
  survey s = {.net = net, .p = p, .u = u, .reversal = reversal, .delays = delays};
  izh_status status =
      u->weight.kind == IZH_VALUES_ONE ? izh_conductance_check(reversal, u->weight.one, err) : IZH_OK;
  s.n_workers = izh_wiring_estimate(u->wiring) < PIECE ? 1 : u->threads;
  s.workers = izh_alloc_zero((size_t)s.n_workers, sizeof *s.workers);
  if (!status && !s.workers) status = izh_fail_memory(err, (size_t)s.n_workers * sizeof *s.workers);
  if (!status) status = surveyors_open(&s, err);
  if (!status) status = see_rows(&s, err);
  if (!status) status = survey_end(&s, p, err);
  for (int i = 0; i < s.n_workers && s.workers; i++) {
    izh_row_close(&s.workers[i].row);
    izh_free(s.workers[i].drawn);
    izh_free(s.workers[i].seen);
  }
  izh_free(s.workers);
  return status;
}

/* --- making --- */

/* A copy with choices of its own. */
static izh_status values_copy(const izh_values *values, izh_values *copy, izh_err *err) {
  *copy = *values;
  size_t n = values->drawn.n_choices, bytes = n * sizeof(double);
  if (values->kind != IZH_VALUES_DRAWN || !values->drawn.choices) return IZH_OK;
  double *choices = izh_alloc(n, sizeof *choices);
  if (choices) memcpy(choices, values->drawn.choices, bytes);
  copy->drawn.choices = choices;
  return choices ? IZH_OK : izh_fail_memory(err, bytes);
}

static void values_free(izh_values *values) {
  izh_free((void *)values->drawn.choices);
  values->drawn.choices = NULL;
}

static izh_status rule_copy(const izh_rule *rule, const izh_ids *pre, izh_rule *copy, izh_err *err) {
  *copy = *rule;
  if (!rule->each) return IZH_OK;
  size_t span = (size_t)pre->last - pre->first + 1;
  uint32_t *each = izh_alloc(span, sizeof *each);
  if (each) memcpy(each, rule->each, span * sizeof *each);
  copy->each = each;
  return each ? IZH_OK : izh_fail_memory(err, span * sizeof *each);
}

void izh_unstored_free(izh_unstored *u) {
  if (!u) return;
  izh_unstored_close(u);
  izh_wiring_free(u->wiring);
  izh_free((void *)u->post.list);
  izh_free((void *)u->rule.each);
  values_free(&u->weight);
  values_free(&u->delay);
  izh_free(u);
}

double izh_unstored_bytes(const izh_unstored *u) {
  if (!u) return 0;
  const void *const blocks[] = {u,
                                u->post.list,
                                u->rule.each,
                                u->weight.drawn.choices,
                                u->delay.drawn.choices,
                                u->wiring->row_start,
                                u->wiring->target};
  return izh_alloc_bytes(blocks, sizeof blocks / sizeof *blocks) + izh_unstored_rows_bytes(u);
}

/* One block, whose targets take 32 bits. */
static izh_status block_make(izh_projection *p, const izh_ids *post, izh_err *err) {
  p->block_first = izh_alloc(2, sizeof *p->block_first);
  if (!p->block_first) return izh_fail_memory(err, 2 * sizeof *p->block_first);
  p->n_blocks = 1;
  p->targets = (izh_part){post->first, (post->size > 0 ? post->last : post->first) + 1};
  p->block_first[0] = p->targets.begin;
  p->block_first[1] = p->targets.end;
  return IZH_OK;
}

/* Checks one delay for all. */
static izh_status delay_check(const izh_net *net, double ms, izh_err *err) {
  uint32_t steps = 0;
  izh_status status = izh_delay_steps(net, ms, &steps, err);
  if (!status && steps >= STEPS)
    status =
        izh_fail(err, IZH_RANGE, "the delay of synapses that are not stored must be below %u steps", STEPS);
  return status;
}

static izh_status keys_find(izh_net *net, const izh_projection *p, izh_unstored *u, izh_err *err) {
  izh_status status = IZH_OK;
  int64_t steps;
  if (u->delay.kind == IZH_VALUES_ONE) {
    status = izh_net_steps(net, "delay", u->delay.one, &steps, err);
    if (!status) status = delay_check(net, u->delay.one, err);
  } else {
    status = izh_dist_check(&u->delay.drawn, err);
    if (!status) status = izh_net_stream(net, "projection", p->name, "delay", &u->delay_key, err);
  }
  if (!status) status = izh_weights_check(&u->weight, 0, err);
  if (!status && u->weight.kind == IZH_VALUES_DRAWN)
    status = izh_net_stream(net, "projection", p->name, "weight", &u->weight_key, err);
  return status;
}

static izh_status wiring_make(const izh_projection *p, izh_unstored *u, izh_err *err) {
  return izh_wiring_make(&u->rule, &p->pre, &u->post, u->wiring_key, &u->wiring, err);
}

izh_status izh_unstored_make(izh_net *net, izh_projection *p, const izh_projection_def *def,
                             const izh_wiring *wiring, izh_err *err) {
  izh_unstored *u = p->unstored = izh_alloc_zero(1, sizeof *u);
  if (!u) return izh_fail_memory(err, sizeof *u);
  u->threads = net->def.threads;
  u->dt_ms = net->def.dt_ms;
  u->wiring_key = wiring->maker->key;
  izh_status status = izh_ids_copy(&def->post, &u->post, err);
  if (!status) status = rule_copy(&def->rule, &def->pre, &u->rule, err);
  if (!status) status = values_copy(&def->weight, &u->weight, err);
  if (!status) status = values_copy(&def->delay, &u->delay, err);
  if (!status) status = keys_find(net, p, u, err);
  if (!status) status = block_make(p, &u->post, err);
  if (!status) status = wiring_make(p, u, err);
  if (!status) status = look(net, p, izh_kernel_reversal(&def->kernel), true, err);
  if (!status) status = izh_unstored_open(p, err);
  p->draws = def->weight.kind == IZH_VALUES_DRAWN;
  return status;
}

izh_status izh_unstored_set_weights(izh_net *net, izh_projection *p, const izh_values *weight, izh_err *err) {
  izh_unstored *u = p->unstored;
  izh_values before = u->weight;
  uint32_t generation = u->generation;
  bool redrawn = u->redrawn;
  bool has[2] = {p->has[0], p->has[1]};
  double one = p->weight_one;
  bool drawn = weight->kind == IZH_VALUES_DRAWN;
  izh_status status = values_check(weight, "weight", err);
  if (!status) status = izh_weights_check(weight, 0, err);
  if (!status && drawn) status = izh_net_stream(net, "projection", p->name, "weight", &u->weight_key, err);
  if (!status) status = values_copy(weight, &u->weight, err);
  if (status) {
    u->weight = before;
    return status;
  }
  if (drawn) u->generation = p->draws;
  u->redrawn |= drawn;
  status = look(net, p, izh_kernel_reversal(&net->channels[p->channel].kernel), false, err);
  if (!status) status = izh_unstored_fit(p, err);
  values_free(status ? &u->weight : &before);
  if (status) {
    u->weight = before;
    u->generation = generation;
    u->redrawn = redrawn;
    p->weight_one = one;
    memcpy(p->has, has, sizeof has);
    net->failed = net->n_cut > 0 && status == IZH_MEMORY; /* other ranks may have set them */
    return status;
  }
  p->draws += drawn;
  return IZH_OK;
}

/* --- their state --- */

/* Whether the sources' own numbers are those of the rule. */
static bool each_valid(const izh_rule *rule, const izh_ids *pre) {
  if (!rule->each) return true;
  if (izh_rule_describe(rule->kind)->each_of != IZH_EACH_SOURCE) return false;
  uint64_t most = 0, total = 0;
  for (uint32_t k = 0; k < pre->size; k++) {
    uint32_t n = rule->each[izh_ids_at(pre, k) - pre->first];
    most = n > most ? n : most;
    total += n;
  }
  return most == rule->n && total == rule->total;
}

static void rule_archive(izh_archive *a, izh_rule *rule, const izh_ids *pre) {
  rule->kind = (izh_rule_kind)izh_archive_choice(a, rule->kind, IZH_RULE_COUNT);
  izh_archive_f64(a, &rule->p);
  izh_archive_u64(a, &rule->n);
  izh_archive_u64(a, &rule->total);
  izh_archive_bool(a, &rule->autapses);
  izh_archive_bool(a, &rule->multapses);
  uint64_t span = pre->size > 0 ? (uint64_t)pre->last - pre->first + 1 : 0;
  rule->each = izh_archive_optional(a, rule->each, span, sizeof *rule->each);
  if (!izh_archive_reads(a)) return;
  const izh_rule_info *info = izh_rule_describe(rule->kind);
  bool good = info->by_row && (info->multapses || !rule->multapses) && each_valid(rule, pre);
  izh_archive_require(a, good && izh_rule_check(rule, NULL) == IZH_OK, "rule of a projection");
}

static void values_archive(izh_archive *a, izh_values *values) {
  izh_dist *dist = &values->drawn;
  bool drawn = values->kind == IZH_VALUES_DRAWN;
  uint64_t n = dist->n_choices;
  izh_archive_bool(a, &drawn);
  values->kind = drawn ? IZH_VALUES_DRAWN : IZH_VALUES_ONE;
  izh_archive_f64(a, &values->one);
  if (!drawn) return;
  dist->kind = (izh_dist_kind)izh_archive_choice(a, dist->kind, IZH_DIST_BETA + 1);
  izh_archive_numbers(a, dist->p, 2);
  izh_archive_bool(a, &dist->whole);
  izh_archive_bool(a, &dist->bounded);
  izh_archive_f64(a, &dist->low);
  izh_archive_f64(a, &dist->high);
  izh_archive_u64(a, &n);
  dist->choices = izh_archive_optional(a, dist->choices, n, sizeof *dist->choices);
  dist->n_choices = dist->choices ? n : 0;
  if (izh_archive_reads(a)) a->status = izh_dist_check(dist, a->err);
}

static izh_projection_def def_of(const izh_projection *p) {
  const izh_unstored *u = p->unstored;
  return (izh_projection_def){.pre = p->pre, .post = u->post, .rule = u->rule, .weight = u->weight};
}

/* Checks what was read, and that there is memory for what will be made of it. */
static izh_status pieces_check(const izh_net *net, const izh_projection *p, izh_err *err) {
  const izh_unstored *u = p->unstored;
  const izh_ids *post = &u->wiring->maker->sorted_post;
  izh_status status = u->delay.kind == IZH_VALUES_ONE ? delay_check(net, u->delay.one, err) : IZH_OK;
  for (uint32_t k = 1; k < post->size && !status; k++)
    if (izh_ids_at(post, k) == izh_ids_at(post, k - 1))
      status = izh_fail(err, IZH_FORMAT, "invalid targets of a projection");
  izh_projection_def def = def_of(p);
  return status ? status : izh_memory_check(err, izh_unstored_need(net, &def), "projection \"%s\"", p->name);
}

/* Makes what follows from the rest. In `read` nothing that the file says of the synapses is believed. */
static void derive(izh_archive *a, const izh_net *net, izh_projection *p) {
  izh_unstored *u = p->unstored;
  bool reads = a->mode == IZH_ARCHIVE_READ;
  u->threads = net->def.threads;
  u->dt_ms = net->def.dt_ms;
  a->status = wiring_make(p, u, a->err);
  if (!a->status && reads) a->status = pieces_check(net, p, a->err);
  if (!a->status && reads) a->status = block_make(p, &u->post, a->err);
  double reversal = izh_kernel_reversal(&net->channels[p->channel].kernel);
  if (!a->status && reads) a->status = look(net, p, reversal, true, a->err);
  if (!a->status) a->status = izh_unstored_open(p, a->err);
  if (reads) p->distinct = !u->rule.multapses;
}

/* What was made of the pieces belongs to the original of a copy. */
static void disown(izh_projection *p) {
  izh_unstored *u = p->unstored;
  u->wiring = NULL;
  u->drawers = NULL;
  u->number_of = u->start = u->row = NULL;
  u->begin = NULL;
  u->capacity = 0;
}

void izh_unstored_archive(izh_archive *a, const izh_net *net, izh_projection *p) {
  bool copies = a->mode == IZH_ARCHIVE_COPY, reads = a->mode == IZH_ARCHIVE_READ;
  if (copies) p->target = NULL;
  if (copies) p->weight_single = NULL;
  p->block_first = izh_archive_derived(a, p->block_first, 2, sizeof *p->block_first);
  p->delays = izh_archive_derived(a, p->delays, p->n_delays, sizeof *p->delays);
  if (a->mode == IZH_ARCHIVE_MEASURE) { /* a copy has what draws rows, but no row that is kept */
    izh_projection_def def = def_of(p);
    double row;
    a->bytes += drawers_need(net, &def, &row);
  }
  p->unstored = reads ? izh_archive_room(a, 1, sizeof *p->unstored)
                      : izh_archive_derived(a, p->unstored, 1, sizeof *p->unstored);
  izh_unstored *u = p->unstored;
  if (!u) return;
  if (copies) disown(p);
  izh_archive_ids(a, &u->post, net->size, true);
  rule_archive(a, &u->rule, &p->pre);
  values_archive(a, &u->weight);
  values_archive(a, &u->delay);
  izh_archive_u32(a, &u->wiring_key.seed);
  izh_archive_u32(a, &u->wiring_key.stream);
  izh_archive_u32(a, &u->weight_key.seed);
  izh_archive_u32(a, &u->weight_key.stream);
  izh_archive_u32(a, &u->delay_key.seed);
  izh_archive_u32(a, &u->delay_key.stream);
  izh_archive_u32(a, &u->generation);
  izh_archive_bool(a, &u->redrawn);
  if (reads) izh_archive_require(a, isfinite(u->weight.one), "values of a projection");
  if ((copies || reads) && !a->status) derive(a, net, p);
}
