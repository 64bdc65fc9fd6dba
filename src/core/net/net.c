#include "core/net/net.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/processors.h"
#include "core/net/net_private.h"
#include "core/stimulus/stimulus_private.h"
#include "core/synapse/projection_private.h"

izh_net_def izh_net_def_default(void) {
  int processors = izh_processors();
  return (izh_net_def){.dt_ms = 0.5,
                       .integrator = IZH_INTEGRATOR_IZHIKEVICH2003,
                       .tolerance = 1e-11,
                       .seed = 1,
                       .threads = processors < IZH_MAX_THREADS ? processors : IZH_MAX_THREADS};
}

static izh_status def_check(const izh_net_def *def, izh_err *err) {
  if (!(def->dt_ms >= 0.001 && def->dt_ms <= 1))
    return izh_fail(err, IZH_RANGE, "dt must be 0.001 … 1 ms (got %g)", def->dt_ms);
  if (def->threads < 1 || def->threads > IZH_MAX_THREADS)
    return izh_fail(err, IZH_RANGE, "threads must be 1 … %d (got %d)", IZH_MAX_THREADS, def->threads);
  if ((unsigned)def->integrator >= IZH_INTEGRATOR_COUNT)
    return izh_fail(err, IZH_RANGE, "unknown integrator %d", (int)def->integrator);
  if (!(def->tolerance >= 1e-15 && def->tolerance <= 1))
    return izh_fail(err, IZH_RANGE, "tolerance must be 1e-15 … 1 (got %g)", def->tolerance);
  return IZH_OK;
}

izh_status izh_net_begin(const izh_net_def *def, izh_net **result, izh_err *err) {
  izh_status status = def_check(def, err);
  if (status) return status;
  izh_net *net = izh_alloc_zero(1, sizeof *net);
  bool locates = def->integrator == IZH_INTEGRATOR_EXACT;
  if (net && locates) net->located = izh_alloc_zero(IZH_MAX_THREADS, sizeof *net->located);
  if (!net || (locates && !net->located)) {
    izh_free(net);
    return izh_fail_memory(err, sizeof *net);
  }
  net->def = *def;
  double steps_a_ms = round(1 / def->dt_ms);
  if (fabs(steps_a_ms * def->dt_ms - 1) < 1e-12) net->steps_a_ms = (int64_t)steps_a_ms;
  *result = net;
  return IZH_OK;
}

izh_status izh_net_create(const izh_net_def *def, izh_net **result, izh_err *err) {
  izh_net *net = NULL;
  izh_status status = izh_net_begin(def, &net, err);
  if (status) return status;
  net->spike_begin = izh_grow(NULL, &net->cap_spike_begin, 1, sizeof *net->spike_begin);
  if (net->spike_begin) net->spike_index = izh_grow(NULL, &net->cap_spike_index, 1, sizeof *net->spike_index);
  /* valid pointers to empty blocks, so that a network without neurons can step */
  net->fired = izh_alloc(0, sizeof *net->fired);
  net->strayed = izh_alloc(0, sizeof *net->strayed);
  net->ext = izh_alloc(0, sizeof *net->ext);
  net->exc = izh_alloc(0, sizeof *net->exc);
  net->inh = izh_alloc(0, sizeof *net->inh);
  net->jump = izh_alloc(0, sizeof *net->jump);
  if (!net->spike_index || !net->fired || !net->strayed || !net->ext || !net->exc || !net->inh ||
      !net->jump) {
    izh_net_destroy(net);
    return izh_fail_memory(err, sizeof *net);
  }
  net->spike_begin[0] = 0;
  *result = net;
  return IZH_OK;
}

void izh_net_destroy(izh_net *net) {
  if (!net) return;
  izh_populations_free(net);
  for (size_t i = 0; i < net->n_projections; i++) izh_projection_free(&net->projections[i]);
  izh_stimuli_free(net);
  for (size_t i = 0; i < net->n_channels; i++) izh_channel_free(&net->channels[i]);
  for (size_t i = 0; i < net->cap_streams; i++) izh_free(net->streams[i].name);
  izh_recordings_free(net);
  izh_kept_free(net);
  izh_free(net->projections);
  izh_free(net->channels);
  izh_free(net->streams);
  izh_free(net->ext);
  izh_free(net->exc);
  izh_free(net->inh);
  izh_free(net->leak);
  izh_free(net->conductance);
  for (int k = 0; k < IZH_CONDUCTANCES; k++) izh_free(net->watched[k]);
  izh_given_free(&net->given);
  izh_free(net->jump);
  izh_free(net->fired);
  izh_free(net->strayed);
  izh_free(net->strays.marks);
  for (int p = 0; net->located && p < IZH_MAX_THREADS; p++) izh_fired_free(&net->located[p]);
  izh_free(net->located);
  izh_fired_free(&net->sourced);
  izh_fired_free(&net->shared);
  izh_free(net->shared.stray);
  izh_free(net->brought);
  izh_free(net->spike_ms);
  izh_free(net->spike_begin);
  izh_free(net->spike_index);
  izh_free(net);
}

const izh_net_def *izh_net_definition(const izh_net *net) {
  return &net->def;
}

uint32_t izh_net_size(const izh_net *net) {
  return net->size;
}

bool izh_net_is_cut(const izh_net *net) {
  return net->n_cut > 0;
}

int64_t izh_net_now(const izh_net *net) {
  return net->now;
}

double izh_net_time_ms(const izh_net *net) {
  return izh_net_ms(net, net->now);
}

double izh_net_ms(const izh_net *net, int64_t step) {
  return net->steps_a_ms ? (double)step / (double)net->steps_a_ms : (double)step * net->def.dt_ms;
}

/* The error for a duration that is not a multiple of dt. It names the two nearest multiples; 0 is not one of
 * them if the duration must be at least one step. */
static izh_status off_grid(const izh_net *net, const char *what, double ms, int64_t least, izh_err *err) {
  double steps = net->steps_a_ms ? ms * (double)net->steps_a_ms : ms / net->def.dt_ms;
  int64_t below = (int64_t)floor(steps);
  char text[48] = "";
  if (below >= least) snprintf(text, sizeof text, "%.10g and ", izh_net_ms(net, below));
  return izh_fail(err, IZH_RANGE, "%s must be a multiple of dt = %.10g ms: %.10g ms is not, %s%.10g %s", what,
                  net->def.dt_ms, ms, text, izh_net_ms(net, below + 1), *text ? "are" : "is");
}

static izh_status count_steps(const izh_net *net, const char *what, double ms, int64_t least, int64_t *steps,
                              izh_err *err) {
  if (!isfinite(ms)) return izh_fail(err, IZH_RANGE, "%s must be a finite number of ms (got %g)", what, ms);
  double exact = net->steps_a_ms ? ms * (double)net->steps_a_ms : ms / net->def.dt_ms;
  if (fabs(exact) > 1e15) return izh_fail(err, IZH_RANGE, "%s of %g ms is too long", what, ms);
  double whole = round(exact);
  /* a sum of decimal fractions may be off by a few last bits; a larger difference is not on the grid */
  if (fabs(exact - whole) > 1e-9 * (fabs(whole) > 1 ? fabs(whole) : 1) || fabs(exact - whole) > 1e-3)
    return off_grid(net, what, ms, least, err);
  *steps = (int64_t)whole;
  return IZH_OK;
}

izh_status izh_net_steps(const izh_net *net, const char *what, double ms, int64_t *steps, izh_err *err) {
  return count_steps(net, what, ms, INT64_MIN, steps, err);
}

izh_status izh_net_period(const izh_net *net, const char *what, double ms, int64_t *steps, izh_err *err) {
  izh_status status = count_steps(net, what, ms, 1, steps, err);
  if (status || *steps > 0) return status;
  if (ms <= 0) return izh_fail(err, IZH_RANGE, "%s must be > 0 ms (got %g)", what, ms);
  return izh_fail(err, IZH_RANGE, "%s must be at least dt = %.10g ms (got %g)", what, net->def.dt_ms,
                  ms); /* a tiny positive number was rounded to 0 steps */
}

izh_currents izh_net_currents(const izh_net *net) {
  return (izh_currents){
      .ext = net->ext, .exc = net->exc, .inh = net->inh, .jump = net->jumps ? net->jump : NULL};
}

izh_spikes izh_net_spikes(const izh_net *net) {
  return (izh_spikes){.begin = net->spike_begin, .index = net->spike_index, .ms = net->spike_ms};
}

izh_status izh_name_check(const char *what, const char *name, const void *items, size_t n, size_t size,
                          izh_err *err) {
  if (!name || !name[0]) return izh_fail(err, IZH_ARGUMENT, "the name of a %s must not be empty", what);
  for (size_t i = 0; i < n; i++) {
    const char *taken;
    memcpy(&taken, (const char *)items + i * size, sizeof taken);
    if (strcmp(taken, name) == 0)
      return izh_fail(err, IZH_ARGUMENT, "the name \"%s\" is taken by another %s", name, what);
  }
  return IZH_OK;
}
