/* The integrator "exact": Taylor series of the solution within a step; spikes are located in the step.
 *
 * In all models v' is quadratic or linear in v, and the input is constant within a step. u' is a polynomial
 * in v, and may be another polynomial above one voltage, the side (see izh_flow). So each term of the series
 * of v and u follows from the terms before by sums of products (Parker and Sochacki; Stewart and Bair,
 * "Spiking neural network simulation: numerical integration with the Parker-Sochacki method", J. Comput.
 * Neurosci. 27:115, 2009). A step is cut into pieces. A piece ends where the series would no longer keep the
 * tolerance, at an extremum of v, where v crosses the side, or where v reaches the peak. */
#include <math.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "core/isa/isa.h"
#include "core/net/net_private.h"
#include "core/neuron/exact.h"
#include "core/neuron/population_private.h"

enum { ORDER = IZH_EXACT_ORDER, MAX_PIECES = 100000, MAX_SPIKES = 1000 }; /* the last two: in a step */

/* --- series --- */

typedef struct series {
  double x[ORDER + 1], u[ORDER + 1]; /* coefficients of the powers of time */
  int n;                             /* index of the last coefficient */
} series;

static double product(const double *a, const double *b, int n) { /* the n-th coefficient of a times b */
  double sum = 0;
  for (int j = 0; j <= n; j++) sum += a[j] * b[n - j];
  return sum;
}

static double square(const double *a, int n) { /* the n-th coefficient of a times a */
  double sum = 0;
  for (int j = 0; j < (n + 1) / 2; j++) sum += a[j] * a[n - j];
  return n % 2 ? 2 * sum : 2 * sum + a[n / 2] * a[n / 2];
}

/* Makes the series from x and u on, for a time *h. Shortens *h until the terms that are left out are below
 * the tolerance; false when no time is short enough. */
static bool expand(const izh_flow *f, double x, double u, double tolerance, series *s, double *h) {
  double w[ORDER + 1], ww[ORDER + 1], power = 1;
  int small = 0;
  s->x[0] = x;
  s->u[0] = u;
  for (int n = 0; n < ORDER; n++) {
    double dx = f->p2 * square(s->x, n) - f->pu * s->u[n], du = f->r1 * s->x[n] - f->s * s->u[n];
    if (f->p1 != 0) dx += f->p1 * s->x[n];
    if (n == 0) {
      dx += f->p0;
      du += f->r0;
    }
    if (f->b3 != 0) {
      w[n] = n == 0 ? x - f->xb : s->x[n];
      ww[n] = square(w, n);
      du += f->b3 * product(w, ww, n);
    }
    s->x[n + 1] = dx * izh_exact_inverse[n + 1];
    s->u[n + 1] = f->a * du * izh_exact_inverse[n + 1];
    power *= *h;
    small = fabs(s->x[n + 1]) * power <= tolerance && fabs(s->u[n + 1]) * power <= tolerance ? small + 1 : 0;
    s->n = n + 1;
    if (small == 2) return true; /* a single term may be small by chance */
  }
  double last = fmax(fabs(s->x[ORDER]), fabs(s->u[ORDER])),
         before = fmax(fabs(s->x[ORDER - 1]), fabs(s->u[ORDER - 1]));
  for (int halvings = 0; halvings < 60; halvings++) {
    *h *= 0.5;
    power *= 1.0 / (1 << ORDER);
    if (last * power <= tolerance && before * power <= tolerance * *h) return true;
  }
  return false;
}

static double value(const double *c, int n, double t) {
  double sum = c[n];
  for (int k = n - 1; k >= 0; k--) sum = sum * t + c[k];
  return sum;
}

static double slope(const double *c, int n, double t) {
  double sum = n * c[n];
  for (int k = n - 1; k >= 1; k--) sum = sum * t + k * c[k];
  return sum;
}

/* Where a polynomial changes its sign, to the last bits. Its signs at 0 and at h must differ. Newton's
 * method, kept between bounds by bisection. */
static double root(const double *c, int n, double h) {
  bool rising = value(c, n, h) >= 0;
  double low = 0, high = h, t = 0.5 * h;
  for (int k = 0; k < 100; k++) {
    double f = value(c, n, t);
    if ((f >= 0) == rising)
      high = t;
    else
      low = t;
    double next = t - f / slope(c, n, t);
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (next == t || next <= low || next >= high) break;
    t = next;
  }
  return high;
}

/* --- one neuron --- */

typedef struct neuron {
  const izh_model_code *code;
  const izh_neurons *all;
  bool plain;
  uint32_t i;
  bool above; /* v is above the side */
  double v, u;
  double t; /* since the step began */
} neuron;

/* The side: the voltage at which u' changes. NaN when there is none. */
static double side_of(const neuron *m) {
  return m->plain || m->code->side < 0 ? NAN : m->all->q[m->code->side][m->i];
}

static double peak_of(const neuron *m) {
  return m->code->peak(m->plain, m->all, m->i, m->u);
}

static double rate_of(const neuron *m) {
  double rate = m->code->dv(m->plain, m->all, m->i, m->v, m->u);
  return m->all->leak ? rate - m->all->leak[m->i] * m->v : rate;
}

/* Finds whether v is above the side; if it is exactly on it, whether it moves up. */
static void find_side(neuron *m, double side) {
  m->above = m->v > side || (m->v == side && rate_of(m) > 0);
}

/* Moves a neuron by one piece of the step. *peak: it reached the peak. false: the tolerance cannot be kept.
 */
static bool move(neuron *m, double tolerance, bool *peak) {
  double side = side_of(m);
  find_side(m, side);
  izh_flow f = izh_leaky(m->all, m->i, m->code->flow(m->plain, m->all, m->i, m->above));
  double left = m->all->dt - m->t, h = left;
  series s;
  if (!expand(&f, m->v - f.origin, m->u, tolerance, &s, &h)) return false;

  /* only up to the first extremum of v, so that v cannot cross the peak or the side twice unseen */
  double rate[ORDER] = {s.x[1]};
  for (int k = 2; k <= s.n; k++) rate[k - 1] = k * s.x[k];
  if (rate[0] * value(rate, s.n - 1, h) < 0) {
    double turn = root(rate, s.n - 1, h);
    if (turn > 1e-9 * h) h = turn; /* otherwise it is the extremum where the last piece ended */
  }

  double distance[ORDER + 1]; /* of v from the peak, as a series */
  int slope_at = m->code->peak_slope;
  double peak_u = m->plain || slope_at < 0 ? 0 : m->all->q[slope_at][m->i];
  for (int k = 0; k <= s.n; k++) distance[k] = s.x[k] - peak_u * s.u[k];
  distance[0] = m->v - peak_of(m);
  *peak = value(distance, s.n, h) >= 0;
  if (*peak) h = root(distance, s.n, h);

  bool crosses = false;
  if (!isnan(side)) {
    double from_side[ORDER + 1];
    for (int k = 0; k <= s.n; k++) from_side[k] = s.x[k];
    from_side[0] -= f.xb;
    double end = value(from_side, s.n, h);
    crosses = m->above ? from_side[0] > 0 && end <= 0 : from_side[0] < 0 && end >= 0;
    if (crosses) {
      double before = h;
      h = root(from_side, s.n, h);
      if (h < before) *peak = false;
    }
  }
  m->v = crosses ? side : f.origin + value(s.x, s.n, h);
  m->u = value(s.u, s.n, h);
  m->t = h == left ? m->all->dt : m->t + h;
  return true;
}

static bool record(izh_fired *fired, uint32_t index, double ms) {
  uint32_t *room = izh_grow(fired->index, &fired->cap_index, (size_t)fired->n + 1, sizeof *room);
  if (!room) return false;
  fired->index = room;
  double *times = izh_grow(fired->ms, &fired->cap_ms, (size_t)fired->n + 1, sizeof *times);
  if (!times) return false;
  fired->ms = times;
  fired->index[fired->n] = index;
  fired->ms[fired->n++] = ms;
  return true;
}

/* The time of a spike. Whatever the rounding, it is after the beginning of the step and not after its end. */
static double located(const izh_net *net, double t) {
  double begin = izh_net_ms(net, net->now), end = izh_net_ms(net, net->now + 1), ms = begin + t;
  return ms > end ? end : ms > begin ? ms : nextafter(begin, end);
}

/* Passes what is left of the refractory period, within the step. */
static void rest(neuron *m) {
  double *left = &m->all->left[m->i], step = m->all->dt - m->t;
  if (*left < step) {
    m->t += *left;
    *left = 0;
  } else {
    m->t = m->all->dt;
    *left -= step;
  }
}

/* Does one step of a neuron. *ok: its state stayed within bounds. false: no memory. */
static bool step_neuron(const izh_net *net, neuron *m, uint32_t index, izh_fired *fired, bool *ok) {
  int spikes = 0;
  bool peak = m->v >= peak_of(m);
  *ok = izh_state_ok(m->v, m->u);
  for (int pieces = 0; *ok && (peak || m->t < m->all->dt); pieces++) {
    if (peak) {
      if (!record(fired, index, located(net, m->t))) return false;
      m->code->reset(m->plain, m->all, m->i, &m->v, &m->u);
      peak = m->v >= peak_of(m);
      *ok = ++spikes < MAX_SPIKES;
      if (m->all->left) m->all->left[m->i] = m->all->q[m->code->refractory][m->i];
    } else if (m->all->left && m->all->left[m->i] > 0) {
      rest(m);
    } else {
      *ok = move(m, net->def.tolerance, &peak) && pieces < MAX_PIECES;
    }
    *ok &= izh_state_ok(m->v, m->u);
  }
  return true;
}

/* Whether neurons of the population can be moved side by side: there is no side, the peak does not depend on
 * u, and there are no refractory periods. */
static bool is_simple(const izh_model_code *code, bool plain) {
  return plain || (code->side < 0 && code->peak_slope < 0 && code->refractory == 0);
}

enum { TOGETHER = 128 }; /* neurons whose flows are made before they are moved */

/* The neurons from `from` on, at most TOGETHER. */
static izh_neurons some_of(const izh_neurons *all, uint32_t from) {
  izh_neurons some = *all;
  some.n = all->n - from < TOGETHER ? all->n - from : TOGETHER;
  some.v += from;
  if (some.u) some.u += from;
  return some;
}

/* Moves neurons until something happens to them; t[]: how far each has come. */
static void move_side_by_side(const neuron *m, uint32_t from, double tolerance, const double *peak,
                              double *t) {
  izh_flow flow[TOGETHER];
  izh_neurons some = some_of(m->all, from);
  for (uint32_t k = 0; k < some.n; k++)
    flow[k] = izh_leaky(m->all, from + k, m->code->flow(m->plain, m->all, from + k, false));
  izh_loops_chosen()->exact(flow, peak, &some, tolerance, t);
}

bool izh_integrate_exactly(const izh_net *net, const izh_population *p, const izh_neurons *x,
                           izh_fired *fired, uint32_t *bad) {
  neuron m = {.code = izh_model_code_of(p->model), .all = x, .plain = p->plain};
  bool simple = is_simple(m.code, m.plain);
  double t[TOGETHER] = {0}, peak[TOGETHER] = {0};
  for (uint32_t i = 0; i < x->n; i++) {
    uint32_t k = i % TOGETHER;
    if (simple && k == 0) {
      for (uint32_t j = i; j < x->n && j < i + TOGETHER; j++) peak[j - i] = m.code->peak(m.plain, x, j, 0);
      move_side_by_side(&m, i, net->def.tolerance, peak, t);
    }
    m.i = i;
    m.t = t[k];
    m.v = x->v[i];
    m.u = x->u ? x->u[i] : 0;
    if (m.t == x->dt && m.v < peak[k] && izh_state_ok(m.v, m.u)) continue; /* nothing has happened to it */
    bool ok;
    if (!step_neuron(net, &m, x->first + i, fired, &ok)) return false;
    x->v[i] = m.v;
    if (x->u) x->u[i] = m.u;
    if (!ok && *bad == UINT32_MAX) *bad = x->first + i;
  }
  return true;
}

void izh_fired_free(izh_fired *fired) {
  izh_free(fired->index);
  izh_free(fired->ms);
}
