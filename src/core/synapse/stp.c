#include "core/synapse/stp.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/exactmath.h"
#include "base/sort.h"
#include "core/synapse/stp_private.h"
#include "core/synapse/synapses.h"

const izh_quantity izh_stp_quantities[IZH_STP_QUANTITIES] = {
    {.name = "U",
     .unit = "",
     .help = "what a spike uses of the resources, when it is the first",
     .required = true,
     .low = 0.001,
     .high = 1},
    {.name = "tau_rec",
     .unit = "ms",
     .help = "time constant with which resources recover; 0: at once",
     .required = true,
     .high = 1e9},
    {.name = "tau_fac",
     .unit = "ms",
     .help = "time constant with which facilitation decays; 0: there is none",
     .high = 1e9},
};

izh_status izh_stp_check(const izh_stp *stp, izh_err *err) {
  const double values[IZH_STP_QUANTITIES] = {stp->U, stp->tau_rec_ms, stp->tau_fac_ms};
  izh_status status = IZH_OK;
  for (int q = 0; q < IZH_STP_QUANTITIES && !status; q++)
    status = izh_quantity_check(&izh_stp_quantities[q], values[q], err);
  return status;
}

/* --- its memory --- */

enum { LEAST = 16 }; /* spikes */

izh_status izh_stp_make(izh_projection *p, const izh_stp *def, izh_err *err) {
  uint32_t n = p->pre.size;
  izh_stp_state *stp = izh_alloc_zero(1, sizeof *stp);
  if (!stp) return izh_fail_memory(err, sizeof *stp);
  p->stp = stp; /* which the projection frees */
  stp->def = *def;
  stp->window = (uint64_t)izh_longest_delay(p) + 1;
  stp->capacity = LEAST;
  stp->u = izh_alloc_zero(n, sizeof *stp->u);
  stp->x = izh_alloc(n, sizeof *stp->x);
  stp->last_ms = izh_alloc_zero(n, sizeof *stp->last_ms);
  stp->begin = izh_alloc_zero(stp->window, sizeof *stp->begin);
  stp->part = izh_alloc_zero(stp->capacity, sizeof *stp->part);
  if (!stp->u || !stp->x || !stp->last_ms || !stp->begin || !stp->part)
    return izh_fail_memory(err, (3 * (unsigned long long)n + stp->window) * sizeof *stp->u);
  izh_stp_forget(stp, n);
  return IZH_OK;
}

void izh_stp_forget(izh_stp_state *stp, uint32_t sources) {
  for (uint32_t row = 0; row < sources; row++) {
    stp->u[row] = stp->last_ms[row] = 0;
    stp->x[row] = 1;
  }
}

void izh_stp_free(izh_stp_state *stp) {
  if (!stp) return;
  izh_free(stp->u);
  izh_free(stp->x);
  izh_free(stp->last_ms);
  izh_free(stp->begin);
  izh_free(stp->part);
  izh_free(stp);
}

double izh_stp_bytes(const izh_stp_state *stp) {
  if (!stp) return 0;
  const void *const blocks[] = {stp, stp->u, stp->x, stp->last_ms, stp->begin, stp->part};
  return izh_alloc_bytes(blocks, sizeof blocks / sizeof *blocks);
}

/* Makes room for one spike more than there are from number `oldest` on. */
static bool make_room(izh_stp_state *stp, uint64_t oldest) {
  if (stp->next - oldest < stp->capacity) return true;
  double *part = izh_alloc(2 * stp->capacity, sizeof *part);
  if (!part) return false;
  for (uint64_t k = oldest; k < stp->next; k++) part[k % (2 * stp->capacity)] = stp->part[k % stp->capacity];
  izh_free(stp->part);
  stp->part = part;
  stp->capacity *= 2;
  return true;
}

/* --- spikes --- */

/* e^(-t / tau), and 0 for tau = 0. */
static double left_after(double ms, double tau) {
  return tau > 0 ? izh_exp(-ms / tau) : 0;
}

static void state_at(const izh_stp_state *stp, uint32_t row, double ms, double *u, double *x) {
  double passed = ms - stp->last_ms[row];
  *u = stp->u[row] * left_after(passed, stp->def.tau_fac_ms);
  *x = stp->full ? 1 : 1 - (1 - stp->x[row]) * left_after(passed, stp->def.tau_rec_ms);
}

/* Lets a source spike; what the spike brings of its weight. */
static double spike(izh_stp_state *stp, uint32_t row, double ms) {
  double u, x;
  state_at(stp, row, ms, &u, &x);
  u += stp->def.U * (1 - u);
  stp->u[row] = u;
  stp->x[row] = x - u * x;
  stp->last_ms[row] = ms;
  return u * x;
}

izh_status izh_stp_release(const izh_net *net, izh_projection *p, izh_err *err) {
  izh_stp_state *stp = p->stp;
  int64_t step = net->now - 1, oldest = step + 1 - (int64_t)stp->window;
  if (step < p->born || p->pre.size == 0) return IZH_OK;
  if (oldest < p->born) oldest = p->born;
  uint64_t first = oldest < step ? stp->begin[(uint64_t)oldest % stp->window] : stp->next;
  stp->begin[(uint64_t)step % stp->window] = stp->next;
  const uint32_t *spikes = net->spike_index + net->spike_begin[step];
  const double *located = net->spike_ms ? net->spike_ms + net->spike_begin[step] : NULL;
  uint64_t n = net->spike_begin[step + 1] - net->spike_begin[step];
  double end = izh_net_ms(net, step + 1);
  for (uint64_t i = n > 0 ? izh_lower_bound(spikes, n, p->pre.first) : n; i < n && spikes[i] <= p->pre.last;
       i++) {
    uint32_t row = izh_ids_find(&p->pre, p->position, spikes[i]);
    if (row == UINT32_MAX) continue;
    if (!make_room(stp, first)) return izh_fail_memory(err, 2 * stp->capacity * sizeof *stp->part);
    stp->part[stp->next++ % stp->capacity] = spike(stp, row, located ? located[i] : end);
  }
  return IZH_OK;
}

/* --- what users see --- */

izh_stp izh_projection_stp(const izh_net *net, uint32_t projection) {
  const izh_stp_state *stp = net->projections[projection].stp;
  return stp ? stp->def : (izh_stp){0};
}

void izh_projection_resources(const izh_net *net, uint32_t projection, double *u, double *x) {
  const izh_projection *p = &net->projections[projection];
  double now = izh_net_time_ms(net);
  for (uint32_t row = 0; row < p->pre.size; row++) state_at(p->stp, row, now, &u[row], &x[row]);
}

bool izh_projection_hold_resources(izh_net *net, uint32_t projection) {
  izh_stp_state *stp = net->projections[projection].stp;
  if (!stp) return false;
  stp->full = true;
  return true;
}

/* --- its state --- */

/* How many spikes the sources have given in a step. */
static uint64_t count(const izh_net *net, const izh_projection *p, int64_t step) {
  uint64_t n = 0;
  for (uint64_t i = net->spike_begin[step]; i < net->spike_begin[step + 1]; i++)
    n += izh_ids_find(&p->pre, p->position, net->spike_index[i]) != UINT32_MAX;
  return n;
}

/* Whether the spikes on their way are those that the network has. */
static bool numbers_valid(const izh_net *net, const izh_projection *p) {
  const izh_stp_state *stp = p->stp;
  uint64_t number = stp->next;
  for (int64_t step = net->now - 1; step >= p->born && step > net->now - 1 - (int64_t)stp->window; step--) {
    number -= count(net, p, step);
    if (stp->begin[(uint64_t)step % stp->window] != number) return false;
  }
  return stp->next - number <= stp->capacity;
}

static bool state_valid(const izh_net *net, const izh_projection *p) {
  const izh_stp_state *stp = p->stp;
  bool good = true;
  for (uint32_t i = 0; i < p->pre.size && good; i++)
    good = stp->u[i] >= 0 && stp->u[i] <= 1 && stp->x[i] >= 0 && stp->x[i] <= 1 && stp->last_ms[i] >= 0 &&
           stp->last_ms[i] <= izh_net_time_ms(net);
  for (uint64_t k = 0; k < stp->capacity && good; k++) good = stp->part[k] >= 0 && stp->part[k] <= 1;
  return good && numbers_valid(net, p);
}

static void def_archive(izh_archive *a, izh_stp_state *stp, const izh_projection *p) {
  izh_archive_f64(a, &stp->def.U);
  izh_archive_f64(a, &stp->def.tau_rec_ms);
  izh_archive_f64(a, &stp->def.tau_fac_ms);
  izh_archive_bool(a, &stp->full);
  izh_archive_u64(a, &stp->capacity);
  izh_archive_u64(a, &stp->next);
  if (!izh_archive_reads(a)) return;
  stp->window = (uint64_t)izh_longest_delay(p) + 1;
  a->status = izh_stp_check(&stp->def, a->err);
  izh_archive_require(a, stp->capacity > 0, "plasticity of a projection");
}

void izh_stp_archive(izh_archive *a, const izh_net *net, izh_projection *p) {
  bool there = p->stp != NULL;
  izh_archive_bool(a, &there);
  if (!there) return;
  p->stp = a->mode == IZH_ARCHIVE_READ ? izh_archive_room(a, 1, sizeof *p->stp)
                                       : izh_archive_derived(a, p->stp, 1, sizeof *p->stp);
  izh_stp_state *stp = p->stp;
  if (!stp) return;
  def_archive(a, stp, p);
  uint32_t n = p->pre.size;
  stp->u = izh_archive_array(a, stp->u, n, sizeof *stp->u);
  stp->x = izh_archive_array(a, stp->x, n, sizeof *stp->x);
  stp->last_ms = izh_archive_array(a, stp->last_ms, n, sizeof *stp->last_ms);
  stp->begin = izh_archive_array(a, stp->begin, stp->window, sizeof *stp->begin);
  stp->part = izh_archive_array(a, stp->part, stp->capacity, sizeof *stp->part);
  if (izh_archive_reads(a)) izh_archive_require(a, state_valid(net, p), "plasticity of a projection");
}
