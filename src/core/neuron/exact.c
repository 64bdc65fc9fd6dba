/* The scheme "exact": Taylor series of the solution within a step, spikes located in it.
 *
 * All models are v' quadratic in v, with the input constant in a step, and u' a polynomial in v on either
 * side of at most one voltage vb. Then every term of the series of v and u follows from those before by sums
 * of products (Parker and Sochacki; Stewart and Bair, "Spiking neural network simulation: numerical
 * integration with the Parker-Sochacki method", J. Comput. Neurosci. 27:115, 2009). A part of a step ends
 * where the series would no longer keep the tolerance, at an extremum of v, where v crosses vb, or where it
 * reaches the peak. */
#include <math.h>

#include "base/alloc.h"
#include "base/ieee.h"
#include "core/neuron/model.h"

enum { ORDER = 16, MAX_PARTS = 100000, MAX_SPIKES = 1000 };

/* x' = p2 x² + p0 - pu u, u' = a (r1 x + r0 + b3 (x - xb)³ - s u), where x = v - origin, and the origin is
 * where v' is least: no term linear in x. */
typedef struct flow {
  double origin, p2, p0, pu;
  double a, r1, r0, b3, xb, s;
} flow;

/* The equations of neuron i, for v above vb or not. */
static flow flow_of(izh_equations e, const izh_lanes *x, uint32_t i, bool above) {
  const double *const *q = x->q;
  double I = x->input[i], b = q[IZH_Q_B][i];
  flow f = {.origin = -62.5, .p2 = 0.04, .p0 = I - 16.25, .pu = 1, .a = q[IZH_Q_A][i], .r1 = b, .s = 1};
  if (e == IZH_EQUATIONS_CLASS1) {
    f.origin = -51.25;
    f.p0 = I + 2.9375;
  }
  f.r0 = b * f.origin;
  if (e == IZH_EQUATIONS_ACCOMMODATION) {
    f.r0 = b * (f.origin + 65);
    f.s = 0;
  }
  if (e != IZH_EQUATIONS_2007 && e != IZH_EQUATIONS_2007_PLAIN) return f;

  double vr = q[IZH_Q_VR][i], half = 0.5 * (q[IZH_Q_VT][i] - vr);
  f.origin = vr + half;
  f.pu = 1 / q[IZH_Q_CAPACITANCE][i];
  f.p2 = q[IZH_Q_K][i] * f.pu;
  f.p0 = I * f.pu - f.p2 * (half * half);
  if (!above) f.r1 = q[IZH_Q_B_BELOW][i];
  f.r0 = f.r1 * (f.origin - q[IZH_Q_VU][i]);
  f.b3 = above ? q[IZH_Q_B3][i] : 0;
  f.xb = q[IZH_Q_VB][i] - f.origin;
  return f;
}

/* --- series --- */

typedef struct series {
  double x[ORDER + 1], u[ORDER + 1]; /* coefficients of powers of time */
  int n;                             /* the last */
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

/* The series from x and u, for a time *h that is made shorter until what is left out is below the tolerance;
 * false when no time is short enough. */
static bool expand(const flow *f, double x, double u, double tolerance, series *s, double *h) {
  static const double inverse[ORDER + 1] = {0,        1.0,      1.0 / 2,  1.0 / 3,  1.0 / 4,  1.0 / 5,
                                            1.0 / 6,  1.0 / 7,  1.0 / 8,  1.0 / 9,  1.0 / 10, 1.0 / 11,
                                            1.0 / 12, 1.0 / 13, 1.0 / 14, 1.0 / 15, 1.0 / 16};
  double w[ORDER + 1], ww[ORDER + 1], power = 1;
  int small = 0;
  s->x[0] = x;
  s->u[0] = u;
  for (int n = 0; n < ORDER; n++) {
    double dx = f->p2 * square(s->x, n) - f->pu * s->u[n], du = f->r1 * s->x[n] - f->s * s->u[n];
    if (n == 0) {
      dx += f->p0;
      du += f->r0;
    }
    if (f->b3 != 0) {
      w[n] = n == 0 ? x - f->xb : s->x[n];
      ww[n] = square(w, n);
      du += f->b3 * product(w, ww, n);
    }
    s->x[n + 1] = dx * inverse[n + 1];
    s->u[n + 1] = f->a * du * inverse[n + 1];
    power *= *h;
    small = fabs(s->x[n + 1]) * power <= tolerance && fabs(s->u[n + 1]) * power <= tolerance ? small + 1 : 0;
    s->n = n + 1;
    if (small == 2) return true; /* one alone may be small by chance */
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

/* Where a polynomial that has changed sign at h first has it changed, to the last bits: Newton's method, kept
 * between bounds by bisection. */
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
  izh_equations e;
  const izh_lanes *lanes;
  uint32_t i;
  bool above; /* v is above vb */
  double v, u;
  double t; /* since the step began */
} neuron;

/* On which side of vb a neuron is; on vb itself, to which it is moving. */
static void find_side(neuron *m) {
  if (m->e != IZH_EQUATIONS_2007) return;
  double vb = m->lanes->q[IZH_Q_VB][m->i];
  m->above = m->v > vb || (m->v == vb && izh_dv(m->e, m->lanes, m->i, m->v, m->u) > 0);
}

/* Moves a neuron until the step ends or something happens; *peak: it reached the peak. */
static bool move(neuron *m, double tolerance, bool *peak) {
  find_side(m);
  flow f = flow_of(m->e, m->lanes, m->i, m->above);
  double left = m->lanes->dt - m->t, h = left;
  series s;
  if (!expand(&f, m->v - f.origin, m->u, tolerance, &s, &h)) return false;

  /* up to the first extremum of v only, so that v cannot cross anything twice unseen */
  double rate[ORDER] = {s.x[1]};
  for (int k = 2; k <= s.n; k++) rate[k - 1] = k * s.x[k];
  if (rate[0] * value(rate, s.n - 1, h) < 0) {
    double turn = root(rate, s.n - 1, h);
    if (turn > 1e-9 * h) h = turn; /* or it is the extremum where the last part ended */
  }

  double distance[ORDER + 1]; /* from the peak */
  double peak_u = m->e == IZH_EQUATIONS_2007 ? m->lanes->q[IZH_Q_PEAK_U][m->i] : 0;
  for (int k = 0; k <= s.n; k++) distance[k] = s.x[k] - peak_u * s.u[k];
  distance[0] = m->v - izh_peak(m->e, m->lanes, m->i, m->u);
  *peak = value(distance, s.n, h) >= 0;
  if (*peak) h = root(distance, s.n, h);

  bool crosses = false;
  if (m->e == IZH_EQUATIONS_2007) {
    double side[ORDER + 1];
    for (int k = 0; k <= s.n; k++) side[k] = s.x[k];
    side[0] -= f.xb;
    double end = value(side, s.n, h);
    crosses = m->above ? side[0] > 0 && end <= 0 : side[0] < 0 && end >= 0;
    if (crosses) {
      double before = h;
      h = root(side, s.n, h);
      if (h < before) *peak = false;
    }
  }
  m->v = crosses ? m->lanes->q[IZH_Q_VB][m->i] : f.origin + value(s.x, s.n, h);
  m->u = value(s.u, s.n, h);
  m->t = h == left ? m->lanes->dt : m->t + h;
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

/* A spike of a step has a time after its beginning and not after its end, whatever the rounding. */
static double located(const izh_net *net, double t) {
  double begin = izh_net_ms(net, net->now), end = izh_net_ms(net, net->now + 1), ms = begin + t;
  return ms > end ? end : ms > begin ? ms : nextafter(begin, end);
}

/* One step of a neuron. *ok: its state stayed within bounds. */
static bool step_neuron(const izh_net *net, neuron *m, uint32_t index, izh_fired *fired, bool *ok) {
  int spikes = 0;
  bool peak = m->v >= izh_peak(m->e, m->lanes, m->i, m->u);
  *ok = izh_state_ok(m->v, m->u);
  for (int parts = 0; *ok && (peak || m->t < m->lanes->dt); parts++) {
    if (peak) {
      if (!record(fired, index, located(net, m->t))) return false;
      izh_reset(m->e, m->lanes, m->i, &m->v, &m->u);
      peak = m->v >= izh_peak(m->e, m->lanes, m->i, m->u);
      *ok = ++spikes < MAX_SPIKES;
    } else {
      *ok = move(m, net->def.tolerance, &peak) && parts < MAX_PARTS;
    }
    *ok &= izh_state_ok(m->v, m->u);
  }
  return true;
}

bool izh_integrate_exactly(const izh_net *net, izh_population *population, izh_part part, double *input,
                           izh_fired *fired, uint32_t *bad) {
  izh_lanes x = izh_lanes_of(net, population, part, input);
  neuron m = {.e = izh_equations_of(population), .lanes = &x};
  for (uint32_t i = 0; i < x.n; i++) {
    bool ok;
    m.i = i;
    m.t = 0;
    m.v = x.v[i];
    m.u = x.u[i];
    if (!step_neuron(net, &m, x.first + i, fired, &ok)) return false;
    x.v[i] = m.v;
    x.u[i] = m.u;
    if (!ok && *bad == UINT32_MAX) *bad = x.first + i;
  }
  return true;
}

void izh_fired_free(izh_fired *fired) {
  izh_free(fired->index);
  izh_free(fired->ms);
}
