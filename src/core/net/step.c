/* The step: what happens between t and t + dt. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/ranks.h"
#include "base/stop.h"
#include "base/team.h"
#include "core/isa/isa.h"
#include "core/net/comm.h"
#include "core/net/net_private.h"
#include "core/neuron/source_private.h"
#include "core/stimulus/stimulus_private.h"
#include "core/synapse/conductance.h"
#include "core/synapse/delivery.h"
#include "core/synapse/stp_private.h"
#include "core/synapse/unstored.h"

/* Makes ready the sums of a part, for what arrives. */
static void begin_sums(const izh_net *net, izh_part part) {
  for (size_t i = 0; i < net->n_channels; i++)
    for (int sign = 0; sign < 2; sign++)
      if (izh_channel_flows(&net->channels[i], sign)) izh_channel_begin(net, &net->channels[i], sign, part);
  for (uint32_t i = part.begin; i < part.end && net->jumps; i++) net->jump[i] = 0;
}

/* Delivers the spikes that arrive at a part. Returns at how many synapses they arrived. */
static uint64_t deliver(const izh_net *net, izh_part part, int thread) {
  uint64_t arrived = 0;
  for (size_t i = 0; i < net->n_projections; i++)
    arrived += izh_projection_deliver(net, &net->projections[i], part, thread);
  return arrived;
}

/* The input of some neurons: from stimuli, and from the spikes that have arrived. */
static void gather(const izh_net *net, izh_part part, double *input, izh_timing *timing) {
  double *const current[2] = {[IZH_EXC] = net->exc, [IZH_INH] = net->inh};
  size_t n = part.end - part.begin;
  bool first[2] = {!net->leak, !net->leak}; /* a current that no channel adds to stays 0, as it was made */
  if (net->leak) izh_conductance_begin(net, part);
  for (size_t i = 0; i < net->n_channels; i++)
    for (int sign = 0; sign < 2; sign++) {
      if (!izh_channel_flows(&net->channels[i], sign)) continue;
      if (net->channels[i].kernel.conducts) {
        izh_conductance_add(net, &net->channels[i], part);
        continue;
      }
      if (!net->channels[i].direct[sign])
        izh_filter_add(&net->channels[i].of[sign], net->now, part, current[sign], first[sign]);
      first[sign] = false;
    }
  memset(net->ext + part.begin, 0, n * sizeof(double));
  izh_timing_mark(timing, IZH_PHASE_CURRENTS);
  for (size_t i = 0; i < net->n_stimuli; i++) {
    izh_stimulus_add_part(net, &net->stimuli[i], part);
    izh_timing_mark(timing,
                    net->stimuli[i].def.kind == IZH_STIMULUS_NOISE ? IZH_PHASE_NOISE : IZH_PHASE_STIMULI);
  }
  izh_given_add(net, part);
  izh_loops_chosen()->sum_input(input, net->ext + part.begin, net->exc + part.begin, net->inh + part.begin,
                                (uint32_t)n);
  if (net->leak) izh_conductance_end(net, part, input);
  izh_timing_mark(timing, IZH_PHASE_CURRENTS);
}

enum { BLOCK = 512 }; /* neurons whose numbers stay in the cache from their current to their threshold */

/* Does the step for the neurons of one part, after spikes have been delivered to it. Nothing else adds to
 * their input, and the order of the additions is fixed, so the way the network is divided cannot change a
 * bit. */
static bool update_part(izh_net *net, izh_part part, izh_fired *fired, uint32_t *bad, izh_timing *timing) {
  double input[BLOCK];
  for (izh_part block = {part.begin, part.begin}; block.begin < part.end; block.begin = block.end) {
    block.end = block.begin + (BLOCK - block.begin % BLOCK); /* so it cuts no tile of noise in two */
    if (block.end > part.end || block.end < block.begin) block.end = part.end;
    gather(net, block, input, timing);
    izh_hold_begin(net, block, input);
    izh_jump(net, block);
    uint32_t before = fired->n;
    for (size_t i = 0; i < net->n_populations; i++)
      if (!izh_population_step(net, &net->populations[i], block, input, fired, bad)) return false;
    izh_hold_end(net, block, fired, before);
    izh_timing_mark(timing, IZH_PHASE_UPDATE);
  }
  return true;
}

/* The parameters of a neuron: "a = 0.02, b = 0.2 …". For a plain population, only the required ones. */
static void write_numbers(const izh_population *p, uint32_t i, char *text, size_t size) {
  const izh_model_info *model = izh_model_describe(p->model);
  size_t at = 0;
  text[0] = '\0';
  for (int q = 0; q < model->n && at < size; q++)
    if (q != model->v && q != model->u && (!p->plain || model->quantities[q].required))
      at += (size_t)snprintf(text + at, size - at, "%s%s = %g", at ? ", " : "", model->quantities[q].name,
                             p->values[q][i]);
}

static izh_status diverged(const izh_net *net, uint32_t neuron, izh_err *err) {
  const izh_population *p = &net->populations[izh_population_of(net, neuron)];
  uint32_t i = neuron - p->first;
  char numbers[320], recovery[40] = "";
  write_numbers(p, i, numbers, sizeof numbers);
  const double *u = izh_population_u(p);
  if (u) snprintf(recovery, sizeof recovery, ", u = %g", u[i]);
  izh_fail(err, IZH_DIVERGED,
           "neuron %u (population \"%s\": %s) diverged at t = %.10g ms: v = %g%s, input %g; a smaller dt "
           "than %g ms or a weaker input may help",
           neuron + 1, p->name, numbers, izh_net_ms(net, net->now), izh_population_v(p)[i], recovery,
           izh_net_input(net, neuron), net->def.dt_ms);
  if (err) err->neuron = neuron + 1;
  return IZH_DIVERGED;
}

enum {
  BORDER = 64,  /* neurons; at multiples of this, two threads never write to the same cache line */
  WORTH = 4096, /* so many neurons are worth a thread, when they take some nanoseconds each */
  WORTH_EXACT = 128,
};

/* How many neurons are worth a thread. */
static uint32_t least_of(const izh_net *net) {
  uint32_t given = net->def.neurons_a_thread;
  return given ? given : net->located ? WORTH_EXACT : WORTH;
}

/* Cuts the network into equal ranges: one for each thread, or fewer if the network is too small. */
int izh_parts_make(const izh_net *net, izh_part *parts, int *threads) {
  uint32_t least = least_of(net);
  if (net->n_cut > 0) return izh_comm_parts(net, least, parts, threads);
  uint32_t n = net->size / least;
  if (n > (uint32_t)net->def.threads) n = (uint32_t)net->def.threads;
  if (n < 1) n = 1;
  uint32_t begin = 0;
  for (uint32_t p = 0; p < n; p++) {
    uint32_t end = (uint32_t)((uint64_t)net->size * (p + 1) / n);
    if (p + 1 < n && least >= 2 * BORDER) end = end / BORDER * BORDER;
    parts[p] = (izh_part){begin, end};
    if (threads) threads[p] = (int)p;
    begin = end;
  }
  return (int)n;
}

/* What a step gives to each thread and gets back from it. */
typedef struct parting {
  izh_net *net;
  izh_timing *timing; /* of the calling thread */
  int n;              /* parts */
  int n_threads; /* each does one part, but of a network that is cut among ranks: those that `thread` says */
  int thread[IZH_MAX_THREADS];
  izh_part part[IZH_MAX_THREADS];
  izh_fired fired[IZH_MAX_THREADS];
  uint32_t bad[IZH_MAX_THREADS];
  bool done[IZH_MAX_THREADS];
} parting;

/* Does the step of parts first … end - 1. arrived: at how many of their synapses spikes arrived. */
static void run_parts(parting *work, int first, int end, uint64_t arrived, izh_timing *timing) {
  izh_net *net = work->net;
  for (int p = first; p < end; p++) {
    if (!izh_comm_does(net, work->part[p].begin)) continue;
    izh_part part = work->part[p];
    izh_fired *fired = &work->fired[p];
    if (net->located) {
      *fired = net->located[p]; /* so its memory is used again */
      fired->n = 0;
    } else {
      *fired = (izh_fired){.index = net->fired + part.begin, .stray = net->strayed + part.begin};
    }
    fired->arrived = arrived;
    arrived = 0;
    work->done[p] = update_part(net, part, fired, &work->bad[p], timing);
    if (net->located) net->located[p] = *fired;
  }
}

/* Delivers the spikes that arrive at parts first … end - 1, at all of them together: the neurons of other
 * ranks that may lie between two of them have no synapses here. */
static uint64_t deliver_to(parting *work, int first, int end, int thread) {
  for (int p = first; p < end; p++)
    if (izh_comm_does(work->net, work->part[p].begin)) begin_sums(work->net, work->part[p]);
  return deliver(work->net, (izh_part){work->part[first].begin, work->part[end - 1].end}, thread);
}

static void step_parts(parting *work, int first, int end, int thread, izh_timing *timing) {
  uint64_t arrived = deliver_to(work, first, end, thread);
  izh_timing_mark(timing, IZH_PHASE_DELIVERY);
  run_parts(work, first, end, arrived, timing);
}

static void step_share(void *context, int p) {
  parting *work = context;
  izh_timing *timing = p == 0 ? work->timing : NULL;
  if (work->n > 1) izh_timing_mark(timing, IZH_PHASE_THREADS);
  work->bad[p] = UINT32_MAX;
  step_parts(work, p, p + 1, p, timing);
}

/* The same where a thread has several parts, and other ranks have some. */
static void step_owned(void *context, int t) {
  parting *work = context;
  const izh_net *net = work->net;
  izh_timing *timing = t == 0 ? work->timing : NULL;
  if (work->n_threads > 1) izh_timing_mark(timing, IZH_PHASE_THREADS);
  int first = 0, end = 0; /* parts of this thread that are all cut, or all whole */
  bool cut = false;
  for (int p = 0; p < work->n; p++) {
    if (work->thread[p] != t || !izh_comm_does(net, work->part[p].begin)) continue;
    if (end > first && izh_comm_cut(net, work->part[p]) != cut) {
      step_parts(work, first, end, t, timing);
      first = end = 0;
    }
    if (end == first) {
      first = p;
      cut = izh_comm_cut(net, work->part[p]);
    }
    end = p + 1;
  }
  if (end > first) step_parts(work, first, end, t, timing);
}

/* What the parts have to tell. */
static izh_told told_by(const parting *work, izh_status status) {
  izh_told told = {.bad = UINT32_MAX};
  for (int p = 0; p < work->n && !status; p++) {
    told.arrived += work->fired[p].arrived;
    if (work->bad[p] < told.bad) told.bad = work->bad[p];
  }
  return told;
}

/* Whether all parts had memory for their spikes. */
static izh_status room_for(const parting *work, izh_err *err) {
  izh_status status = IZH_OK;
  for (int p = 0; p < work->n && !status; p++)
    if (!work->done[p]) status = izh_fail_memory(err, work->fired[p].cap_index * sizeof(uint32_t));
  return status;
}

/* The step of a network that is cut among ranks: what it gave, of all ranks, is in net->shared. */
static izh_status step_cut(izh_net *net, parting *work, izh_told *told, izh_status status, izh_err *err) {
  work->n = izh_parts_make(net, work->part, work->thread);
  work->n_threads = 1;
  for (int p = 0; p < work->n; p++)
    if (work->thread[p] >= work->n_threads) work->n_threads = work->thread[p] + 1;
  for (int p = 0; p < work->n; p++) { /* those of other ranks stay so */
    work->fired[p] = (izh_fired){0};
    work->bad[p] = UINT32_MAX;
    work->done[p] = true;
  }
  if (!status) izh_team_run(work->n_threads, step_owned, work);
  *told = told_by(work, status);
  if (!status) status = room_for(work, err);
  if (work->n_threads > 1) izh_timing_mark(work->timing, IZH_PHASE_THREADS);
  izh_timing_mark(work->timing, IZH_PHASE_OTHER);
  izh_ranks_cost before = izh_ranks_costs();
  status = izh_comm_gather(net, work->fired, work->part, work->n, told, status, err);
  izh_ranks_cost cost = izh_ranks_costs();
  izh_timing_mark(work->timing, IZH_PHASE_EXCHANGE);
  izh_timing_move(work->timing, IZH_PHASE_EXCHANGE, IZH_PHASE_THREADS, cost.waited - before.waited);
  net->timing.profile.exchanged += cost.bytes - before.bytes;
  return status;
}

/* The error of the first neuron that diverged, on all ranks. */
static izh_status all_diverged(const izh_net *net, uint32_t neuron, izh_err *err) {
  if (net->n_cut == 0) return diverged(net, neuron, err);
  izh_status status = izh_comm_does(net, neuron) ? diverged(net, neuron, err) : IZH_OK;
  status = izh_ranks_meet(izh_ranks_hash(IZH_MEET_DIVERGED, &neuron, sizeof neuron), status, err);
  if (err) err->neuron = neuron + 1;
  return status;
}

/* Cuts the network into the parts of this step. *tried: what is faster is measured. */
static int parts_now(const izh_net *net, izh_part *parts, bool *tried) {
  int n = izh_parts_make(net, parts, NULL);
  *tried = n > 1 && net->def.neurons_a_thread == 0 && net->n_cut == 0;
  if (!*tried || izh_tempo_together(&net->tempo)) return n;
  parts[0] = (izh_part){0, net->size};
  return 1;
}

/* The step of a network that this process has as a whole. */
static izh_status step_whole(izh_net *net, parting *work, izh_told *told, izh_status status, izh_err *err) {
  bool tried;
  work->n = work->n_threads = parts_now(net, work->part, &tried);
  uint64_t began = tried ? izh_clock() : 0;
  if (!status) izh_team_run(work->n, step_share, work);
  if (tried) izh_tempo_note(&net->tempo, izh_clock() - began);
  *told = told_by(work, status);
  if (work->n_threads > 1) izh_timing_mark(work->timing, IZH_PHASE_THREADS);
  izh_timing_mark(work->timing, IZH_PHASE_OTHER);
  return status ? status : room_for(work, err);
}

izh_status izh_net_step(izh_net *net, izh_err *err) {
  if (net->failed) return izh_fail(err, IZH_MEMORY, "the network ran out of memory in an earlier step");
  izh_status status = izh_comm_check(net, err);
  if (status) return status;
  izh_timing *timing = izh_timing_begin(net);
  parting work; /* large, so only the used parts of it are written */
  work.net = net;
  work.timing = timing;
  for (size_t i = 0; i < net->n_projections; i++) izh_projection_prepare(net, &net->projections[i]);
  izh_channels_prepare(net);
  izh_stimuli_prepare(net);
  izh_timing_mark(timing, IZH_PHASE_OTHER);
  for (size_t i = 0; i < net->n_projections; i++)
    if (net->projections[i].unstored) izh_unstored_prepare(net, &net->projections[i]);
  izh_timing_mark(timing, IZH_PHASE_DELIVERY);
  status = net->has_sources ? izh_sources_step(net, err) : IZH_OK;
  if (net->has_sources) izh_timing_mark(timing, IZH_PHASE_STIMULI);
  izh_told told;
  bool cut = net->n_cut > 0;
  status = (cut ? step_cut : step_whole)(net, &work, &told, status, err);
  int n = cut ? 1 : work.n;
  const izh_fired *fired = cut ? &net->shared : work.fired;

  if (!status) status = izh_comm_exchange(net, fired, n, err);
  net->now += !status;
  for (size_t i = 0; i < net->n_projections && !status; i++)
    if (net->projections[i].stp) status = izh_stp_release(net, &net->projections[i], err);
  if (status) {
    net->failed = true;
    return status;
  }
  status = izh_strays_count(net, fired, n, err);
  izh_timing_mark(timing, IZH_PHASE_EXCHANGE);
  if (!status) status = izh_recordings_sample(net, err);
  if (net->n_recordings > 0) izh_timing_mark(timing, IZH_PHASE_RECORDING);
  izh_timing_end(net, work.n_threads, told.arrived);
  return told.bad == UINT32_MAX ? status : all_diverged(net, told.bad, err);
}

izh_status izh_net_run(izh_net *net, double ms, izh_err *err) {
  int64_t steps;
  izh_status status = izh_net_steps(net, "the duration", ms, &steps, err);
  if (!status && steps < 0) status = izh_fail(err, IZH_RANGE, "the duration must be ≥ 0 ms (got %g)", ms);
  while (!status && steps-- > 0) {
    status = izh_net_step(net, err);
    if (!status) status = izh_stop_check(err);
  }
  return status;
}
