#include "core/record/recording.h"

#include <string.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "base/spool.h"
#include "core/net/comm.h"
#include "core/net/net_private.h"
#include "core/synapse/synapses.h"

static const char *const variable_names[IZH_VARIABLE_COUNT] = {"v",     "u",     "i",     "i_exc",
                                                               "i_inh", "i_ext", "weight"};

/* Neurons of one population with consecutive indices, which are copied together. */
typedef struct run {
  uint32_t first, size;
  uint32_t population;
} run;

/* Samples are gathered in a block [variable][neuron][block_samples], so that the samples of one neuron are
 * side by side. Full blocks go to the spool. */
struct izh_recording {
  char *name;
  izh_ids neurons; /* its list, if any, is owned */
  run *runs;       /* [n_runs] the same neurons, in their order */
  uint32_t n_runs, projection;
  izh_variable variables[IZH_RECORDING_VARIABLES];
  int n_variables;
  bool mean;
  uint64_t n; /* neurons or synapses; 1 if it is their mean */
  int64_t every, begun, ended, first;
  bool stopped;
  size_t block_samples, filled;
  double *block;
  izh_spool *spool;
};

const char *izh_variable_name(izh_variable variable) {
  return variable_names[variable];
}

static void recording_free(izh_recording *r) {
  izh_free(r->name);
  izh_free((void *)r->neurons.list);
  izh_free(r->runs);
  izh_free(r->block);
  izh_spool_free(r->spool);
}

void izh_recordings_free(izh_net *net) {
  for (size_t i = 0; i < net->n_recordings; i++) recording_free(&net->recordings[i]);
  izh_free(net->recordings);
}

double izh_recordings_bytes(const izh_net *net) {
  double bytes = 0;
  for (size_t i = 0; i < net->n_recordings; i++) {
    const izh_recording *r = &net->recordings[i];
    const void *const blocks[] = {r->neurons.list, r->runs, r->block};
    bytes += izh_alloc_bytes(blocks, sizeof blocks / sizeof *blocks) + izh_spool_bytes(r->spool);
  }
  return bytes;
}

/* --- samples --- */

static const double *source(const izh_net *net, izh_variable variable, const run *one) {
  const izh_population *p = &net->populations[one->population];
  switch (variable) {
  case IZH_VARIABLE_V:
    return izh_population_v(p) + (one->first - p->first);
  case IZH_VARIABLE_U:
    return izh_population_u(p) + (one->first - p->first);
  case IZH_VARIABLE_I_EXC:
    return net->exc + one->first;
  case IZH_VARIABLE_I_INH:
    return net->inh + one->first;
  case IZH_VARIABLE_I_EXT:
    return net->ext + one->first;
  default:
    return NULL; /* the input: no array has it */
  }
}

/* Gets what a sample reads of neurons that other ranks own. */
static izh_status refresh(const izh_net *net, const izh_recording *r, izh_err *err) {
  izh_status status = IZH_OK;
  for (int q = 0; q < r->n_variables && net->n_cut > 0; q++)
    for (uint32_t i = 0; i < r->n_runs && !status; i++) {
      const run *one = &r->runs[i];
      const izh_population *p = &net->populations[one->population];
      uint32_t from = one->first - p->first, to = from + one->size;
      double *const inputs[] = {net->ext + p->first, net->exc + p->first, net->inh + p->first};
      const double *values = source(net, r->variables[q], one);
      if (values) status = izh_comm_refresh(p, (double *)values - from, from, to, err);
      for (int k = 0; k < 3 && !values && !status; k++)
        status = izh_comm_refresh(p, inputs[k], from, to, err);
    }
  return status;
}

static void sample_neurons(const izh_net *net, const izh_recording *r, double *out) {
  size_t stride = r->block_samples;
  for (int q = 0; q < r->n_variables; q++)
    for (uint32_t i = 0; i < r->n_runs; i++) {
      const double *values = source(net, r->variables[q], &r->runs[i]);
      uint32_t first = r->runs[i].first;
      for (uint32_t k = 0; k < r->runs[i].size; k++, out += stride)
        *out = values ? values[k] : izh_net_input(net, first + k);
    }
}

static void sample_mean(const izh_net *net, const izh_recording *r, double *out) {
  for (int q = 0; q < r->n_variables; q++) {
    double sum = 0;
    for (uint32_t i = 0; i < r->n_runs; i++) {
      const double *values = source(net, r->variables[q], &r->runs[i]);
      uint32_t first = r->runs[i].first;
      for (uint32_t k = 0; k < r->runs[i].size; k++)
        sum += values ? values[k] : izh_net_input(net, first + k);
    }
    out[(size_t)q * r->block_samples] = sum / r->neurons.size;
  }
}

static izh_status sample(const izh_net *net, izh_recording *r, izh_err *err) {
  izh_status status = r->variables[0] == IZH_VARIABLE_WEIGHT ? IZH_OK : refresh(net, r, err);
  if (status) return status;
  if (r->variables[0] == IZH_VARIABLE_WEIGHT)
    status = izh_projection_sample_all(net, r->projection, r->block + r->filled, r->block_samples, err);
  else if (r->mean)
    sample_mean(net, r, r->block + r->filled);
  else
    sample_neurons(net, r, r->block + r->filled);
  if (status) return status;
  if (++r->filled < r->block_samples) return IZH_OK;
  izh_err why;
  status = izh_spool_append(r->spool, r->block, &why);
  if (!status) r->filled = 0;
  return status ? izh_fail(err, status, "recording \"%s\" ends here: %s", r->name, why.message) : IZH_OK;
}

/* If several recordings cannot be stored, all of them end, and the message names the first. */
izh_status izh_recordings_sample(izh_net *net, izh_err *err) {
  izh_status first = IZH_OK;
  for (size_t i = 0; i < net->n_recordings; i++) {
    izh_recording *r = &net->recordings[i];
    if (r->stopped || net->now % r->every != 0) continue;
    izh_status status = sample(net, r, first ? NULL : err);
    if (status) izh_recording_stop(net, (uint32_t)i); /* its samples so far are kept */
    if (!first) first = status;
  }
  return first;
}

/* --- making one --- */

/* Finds the runs, and writes them into runs[] unless it is NULL. Returns how many there are. */
static uint32_t find_runs(const izh_net *net, const izh_ids *ids, run *runs) {
  uint32_t n = 0;
  run last = {0};
  for (uint32_t k = 0; k < ids->size; k++) {
    uint32_t i = izh_ids_at(ids, k);
    if (last.size > 0 && i == last.first + last.size) {
      const izh_population *p = &net->populations[last.population];
      if (i - p->first < p->size) {
        last.size++;
        if (runs) runs[n - 1] = last;
        continue;
      }
    }
    last = (run){.first = i, .size = 1, .population = izh_population_of(net, i)};
    if (runs) runs[n] = last;
    n++;
  }
  return n;
}

enum { BLOCK_BYTES = 1 << 20, MOST_SAMPLES = 4096 };

/* How many samples a block has: a block takes about 1 MB, large enough for a file, small enough for the
 * cache.
 */
static size_t choose_block(double bytes_a_sample) {
  size_t samples = MOST_SAMPLES;
  while (samples > 1 && (double)samples * bytes_a_sample > BLOCK_BYTES) samples /= 2;
  return samples;
}

static izh_status block_make(izh_recording *r, unsigned long long limit, izh_err *err) {
  double bytes = (double)r->n * r->n_variables * sizeof(double);
  unsigned long long free = izh_memory_free();
  if (bytes > (double)free / 2) {
    char need_text[IZH_BYTES_TEXT_SIZE], free_text[IZH_BYTES_TEXT_SIZE];
    return izh_fail(err, IZH_SIZE, "one sample of recording \"%s\" is %s, %s are free; record fewer %s",
                    r->name, izh_bytes_text(need_text, (unsigned long long)bytes),
                    izh_bytes_text(free_text, free),
                    r->variables[0] == IZH_VARIABLE_WEIGHT ? "synapses" : "neurons");
  }
  r->block_samples = choose_block(bytes);
  size_t size = (size_t)r->n * (size_t)r->n_variables * r->block_samples;
  r->block = izh_alloc(size, sizeof *r->block);
  if (!r->block) return izh_fail_memory(err, size * sizeof *r->block);
  return izh_spool_create(size * sizeof *r->block, limit < free / 2 ? limit : free / 2, &r->spool, err);
}

/* Checks that every population has the variables that are to be recorded. */
static izh_status runs_check(const izh_net *net, const izh_recording *r, izh_err *err) {
  izh_status status =
      izh_sources_refuse(net, &r->neurons, "have spikes and nothing else to be recorded", err);
  if (status) return status;
  bool has_u = false;
  for (int q = 0; q < r->n_variables; q++) has_u |= r->variables[q] == IZH_VARIABLE_U;
  for (uint32_t i = 0; i < r->n_runs && has_u; i++) {
    const izh_population *p = &net->populations[r->runs[i].population];
    if (!izh_population_u(p))
      return izh_fail(err, IZH_ARGUMENT, "population \"%s\" has no u: it is %s", p->name,
                      izh_model_describe(p->model)->name);
  }
  return IZH_OK;
}

static izh_status fill(const izh_net *net, izh_recording *r, const izh_recording_def *def, izh_err *err) {
  r->name = izh_strdup(def->name);
  if (!r->name) return izh_fail_memory(err, strlen(def->name));
  memcpy(r->variables, def->variables, (size_t)def->n_variables * sizeof *def->variables);
  r->n_variables = def->n_variables;
  r->mean = def->mean;
  if (r->variables[0] == IZH_VARIABLE_WEIGHT) {
    r->projection = def->projection;
    r->n = izh_synapses_n(&net->projections[r->projection]);
    return block_make(r, def->memory, err);
  }
  izh_status status = izh_ids_copy(&def->neurons, &r->neurons, err);
  if (status) return status;
  r->n = r->mean ? 1 : r->neurons.size;
  r->n_runs = find_runs(net, &r->neurons, NULL);
  r->runs = izh_alloc(r->n_runs, sizeof *r->runs);
  if (!r->runs) return izh_fail_memory(err, r->n_runs * sizeof *r->runs);
  find_runs(net, &r->neurons, r->runs);
  status = runs_check(net, r, err);
  return status ? status : block_make(r, def->memory, err);
}

/* Checks the definition, and finds its interval in steps. */
static izh_status check(const izh_net *net, const izh_recording_def *def, int64_t *every, izh_err *err) {
  izh_status status = izh_name_check("recording", def->name, net->recordings, net->n_recordings,
                                     sizeof *net->recordings, err);
  if (status) return status;
  if (!(def->every_ms > 0)) return izh_fail(err, IZH_RANGE, "every must be > 0 ms (got %g)", def->every_ms);
  return izh_net_period(net, "every (1 ms when not given)", def->every_ms, every, err);
}

izh_recording_def izh_recording_def_default(void) {
  static const izh_variable v[] = {IZH_VARIABLE_V};
  return (izh_recording_def){.variables = v, .n_variables = 1, .every_ms = 1, .memory = 1000000000};
}

izh_status izh_recording_add(izh_net *net, const izh_recording_def *def, uint32_t *index, izh_err *err) {
  izh_recording r = {.begun = net->now};
  izh_status status = check(net, def, &r.every, err);
  if (status) return status;
  izh_recording *room = izh_grow(net->recordings, &net->cap_recordings, net->n_recordings + 1, sizeof *room);
  if (!room) return izh_fail_memory(err, sizeof *room);
  net->recordings = room;
  r.first = (net->now + r.every - 1) / r.every * r.every;
  status = fill(net, &r, def, err);
  if (!status && r.first == net->now) status = sample(net, &r, err);
  if (status) {
    recording_free(&r);
    return status;
  }
  *index = (uint32_t)net->n_recordings;
  net->recordings[net->n_recordings++] = r;
  return IZH_OK;
}

/* --- what users see --- */

uint32_t izh_recording_count(const izh_net *net) {
  return (uint32_t)net->n_recordings;
}

izh_recording_info izh_recording_describe(const izh_net *net, uint32_t recording) {
  const izh_recording *r = &net->recordings[recording];
  return (izh_recording_info){.name = r->name,
                              .neurons = r->neurons,
                              .projection = r->projection,
                              .variables = r->variables,
                              .n_variables = r->n_variables,
                              .mean = r->mean,
                              .n = r->n,
                              .samples = izh_spool_count(r->spool) * r->block_samples + r->filled,
                              .first = r->first,
                              .every = r->every,
                              .begun = r->begun,
                              .ended = r->stopped ? r->ended : net->now,
                              .stopped = r->stopped,
                              .in_file = izh_spool_in_file(r->spool)};
}

izh_status izh_recording_values(const izh_net *net, uint32_t recording, int variable, uint64_t k,
                                double *values, izh_err *err) {
  const izh_recording *r = &net->recordings[recording];
  size_t at = ((size_t)variable * r->n + k) * r->block_samples;
  uint64_t blocks = izh_spool_count(r->spool);
  for (uint64_t b = 0; b < blocks; b++) {
    izh_status status = izh_spool_read(r->spool, b, at * sizeof *values, values + b * r->block_samples,
                                       r->block_samples * sizeof *values, err);
    if (status) return status;
  }
  memcpy(values + blocks * r->block_samples, r->block + at, r->filled * sizeof *values);
  return IZH_OK;
}

void izh_recording_stop(izh_net *net, uint32_t recording) {
  izh_recording *r = &net->recordings[recording];
  if (!r->stopped) r->ended = net->now;
  r->stopped = true;
}

/* --- their state --- */

/* How many samples there are; if the recording was stopped, at most so many. */
static uint64_t samples_due(const izh_net *net, const izh_recording *r) {
  int64_t end = r->stopped ? r->ended : net->now;
  return end < r->first ? 0 : (uint64_t)((end - r->first) / r->every) + 1;
}

static bool variables_valid(const izh_recording *r) {
  for (int q = 0; q < r->n_variables; q++) {
    if (r->variables[q] == IZH_VARIABLE_WEIGHT && r->n_variables > 1) return false;
    for (int before = 0; before < q; before++)
      if (r->variables[before] == r->variables[q]) return false;
  }
  return true;
}

static bool times_valid(const izh_net *net, const izh_recording *r) {
  return r->every > 0 && r->begun >= 0 && r->begun <= net->now && r->first >= r->begun &&
         r->first - r->begun < r->every && r->first % r->every == 0 &&
         (!r->stopped || (r->ended >= r->begun && r->ended <= net->now));
}

/* Makes the runs, and allocates the block. */
static void make_ready(izh_archive *a, const izh_net *net, izh_recording *r, uint64_t limit) {
  bool weights = r->variables[0] == IZH_VARIABLE_WEIGHT;
  izh_archive_require(a, variables_valid(r) && times_valid(net, r), "recording");
  izh_archive_require(a, !weights || (r->projection < net->n_projections && !r->mean), "recording");
  if (a->status) return;
  r->n = weights ? izh_synapses_n(&net->projections[r->projection]) : r->mean ? 1 : r->neurons.size;
  if (!weights) {
    r->n_runs = find_runs(net, &r->neurons, NULL);
    r->runs = izh_archive_room(a, r->n_runs, sizeof *r->runs);
    if (!r->runs) return;
    find_runs(net, &r->neurons, r->runs);
    izh_archive_require(a, !runs_check(net, r, NULL), "variables of a recording");
    if (a->status) return;
  }
  a->status = block_make(r, limit, a->err);
}

/* Writes or reads the full blocks, one at a time through `block`. */
static void spool_archive(izh_archive *a, const izh_net *net, izh_recording *r, double *block) {
  uint64_t blocks = izh_spool_count(r->spool); /* 0 when it is read */
  size_t numbers = (size_t)r->n * (size_t)r->n_variables * r->block_samples;
  izh_archive_u64(a, &blocks);
  izh_archive_require(a, blocks <= samples_due(net, r) / r->block_samples, "samples of a recording");
  for (uint64_t b = 0; b < blocks && !a->status; b++) {
    if (a->mode == IZH_ARCHIVE_WRITE && a->transfer)
      a->status = izh_spool_read(r->spool, b, 0, block, numbers * sizeof *block, a->err);
    izh_archive_numbers(a, block, numbers);
    if (izh_archive_reads(a)) a->status = izh_spool_append(r->spool, block, a->err);
  }
}

static void samples_archive(izh_archive *a, const izh_net *net, izh_recording *r) {
  uint64_t series = r->n * (uint64_t)r->n_variables, filled = r->filled;
  bool reads = izh_archive_reads(a);
  double *block = reads ? r->block : izh_alloc(series * r->block_samples, sizeof *block);
  if (!block && !a->status) a->status = izh_fail_memory(a->err, series * r->block_samples * sizeof *block);
  if (a->status) {
    if (!reads) izh_free(block);
    return;
  }
  spool_archive(a, net, r, block);
  if (!reads) izh_free(block);
  izh_archive_u64(a, &filled);
  uint64_t samples = izh_spool_count(r->spool) * r->block_samples + filled, due = samples_due(net, r);
  bool good = r->stopped ? filled <= r->block_samples && samples <= due /* it may have run out of room */
                         : filled < r->block_samples && samples == due;
  izh_archive_require(a, good, "samples of a recording");
  r->filled = izh_archive_reads(a) || a->mode == IZH_ARCHIVE_WRITE ? filled : 0;
  for (uint64_t k = 0; k < series && !a->status; k++)
    izh_archive_numbers(a, r->block + k * r->block_samples, r->filled);
}

static void copy_samples(izh_archive *a, izh_recording *r) {
  uint64_t series = r->n * (uint64_t)r->n_variables;
  r->runs = izh_archive_derived(a, r->runs, r->n_runs, sizeof *r->runs);
  r->block = izh_archive_derived(a, r->block, series * r->block_samples, sizeof *r->block);
  if (a->mode == IZH_ARCHIVE_MEASURE) {
    a->bytes += izh_spool_bytes(r->spool);
    return;
  }
  const izh_spool *spool = r->spool;
  r->spool = NULL;
  if (!a->status) a->status = izh_spool_copy(spool, &r->spool, a->err);
}

static void recording_archive(izh_archive *a, const izh_net *net, izh_recording *r) {
  r->name = izh_archive_name(a, r->name);
  izh_archive_ids(a, &r->neurons, net->size, true);
  izh_archive_u32(a, &r->projection);
  r->n_variables = (int)izh_archive_choice(a, (uint32_t)r->n_variables - 1, IZH_RECORDING_VARIABLES) + 1;
  for (int q = 0; q < r->n_variables; q++)
    r->variables[q] = (izh_variable)izh_archive_choice(a, r->variables[q], IZH_VARIABLE_COUNT);
  izh_archive_i64(a, &r->every);
  izh_archive_i64(a, &r->begun);
  izh_archive_i64(a, &r->ended);
  izh_archive_i64(a, &r->first);
  izh_archive_bool(a, &r->stopped);
  izh_archive_bool(a, &r->mean);
  uint64_t limit = r->spool ? izh_spool_limit(r->spool) : 0;
  izh_archive_u64(a, &limit);
  if (izh_archive_reads(a)) make_ready(a, net, r, limit);
  if (a->mode == IZH_ARCHIVE_WRITE || izh_archive_reads(a))
    samples_archive(a, net, r);
  else if (a->mode != IZH_ARCHIVE_READ)
    copy_samples(a, r);
}

void izh_recordings_archive(izh_archive *a, izh_net *net) {
  net->recordings = izh_archive_items(a, net->recordings, &net->n_recordings, &net->cap_recordings,
                                      sizeof *net->recordings);
  for (size_t i = 0; izh_archive_visits(a, i, net->n_recordings); i++)
    recording_archive(a, net, &net->recordings[i]);
  izh_archive_names(a, net->recordings, net->n_recordings, sizeof *net->recordings);
}
