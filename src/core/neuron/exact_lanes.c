/* The integrator "exact" (exact.c) for eight neurons at a time, as long as nothing happens to them. Compiled
 * once for each instruction set, see isa.h. It does the same operations as exact.c in the same order. A
 * coefficient that a neuron does not have is 0, which changes no bit. */
#include "core/neuron/exact.h"

#include "base/ieee.h"
#include "core/isa/isa.h"
#include "core/isa/vector.h"

enum { ORDER = IZH_EXACT_ORDER, MAX_PIECES = 1000 };

/* The flows of IZH_VECTOR neurons. */
typedef struct flows {
  izh_vreals origin, p2, p1, p0, pu, a, r1, r0, s;
} flows;

IZH_VECTOR_INLINE flows flows_of(const izh_flow *flow) {
  flows f;
  for (int k = 0; k < IZH_VECTOR; k++) {
    f.origin[k] = flow[k].origin;
    f.p2[k] = flow[k].p2;
    f.p1[k] = flow[k].p1;
    f.p0[k] = flow[k].p0;
    f.pu[k] = flow[k].pu;
    f.a[k] = flow[k].a;
    f.r1[k] = flow[k].r1;
    f.r0[k] = flow[k].r0;
    f.s[k] = flow[k].s;
  }
  return f;
}

IZH_VECTOR_INLINE izh_vreals square(const izh_vreals *a, int n) {
  izh_vreals sum = izh_vreals_all(0);
  for (int j = 0; j < (n + 1) / 2; j++) sum += a[j] * a[n - j];
  return n % 2 ? 2 * sum : 2 * sum + a[n / 2] * a[n / 2];
}

IZH_VECTOR_INLINE izh_vreals absolute(izh_vreals x) {
  return (izh_vreals)((izh_vwords)x & 0x7fffffffffffffffu);
}

/* The polynomial of degree n at t. */
IZH_VECTOR_INLINE izh_vreals value(const izh_vreals *c, int n, izh_vreals t) {
  izh_vreals sum = c[n];
  for (int k = n - 1; k >= 0; k--) sum = sum * t + c[k];
  return sum;
}

/* As fmax of the C library: the greater number; if one is NaN, the other. */
IZH_VECTOR_INLINE izh_vreals greater(izh_vreals a, izh_vreals b) {
  return izh_vreals_choose((izh_vwords)(a > b) | (izh_vwords)(b != b), a, b);
}

/* The series of IZH_VECTOR neurons. */
typedef struct series {
  izh_vreals x[ORDER + 1], u[ORDER + 1];
  int n; /* index of the last coefficient that any of them has */
} series;

/* Makes the series of the neurons in `among` from x[0] and u[0], as expand of exact.c. Shortens *h where
 * needed. Returns the neurons for which a time was short enough. */
IZH_VECTOR_INLINE izh_vwords expand(const flows *f, izh_vwords among, double tolerance, series *s,
                                    izh_vreals *h) {
  const izh_vreals zero = izh_vreals_all(0), limit = izh_vreals_all(tolerance);
  izh_vwords small = {0}, done = ~among;
  izh_vreals power = izh_vreals_all(1);
  int n = 0;
  for (; n < ORDER && izh_vmask_of(done) != IZH_VMASK_ALL; n++) {
    izh_vreals dx = f->p2 * square(s->x, n) - f->pu * s->u[n], du = f->r1 * s->x[n] - f->s * s->u[n];
    dx = izh_vreals_choose((izh_vwords)(f->p1 != 0), dx + f->p1 * s->x[n], dx);
    if (n == 0) {
      dx += f->p0;
      du += f->r0;
    }
    dx = dx * izh_exact_inverse[n + 1];
    du = f->a * du * izh_exact_inverse[n + 1];
    power *= *h;
    izh_vwords less =
        (izh_vwords)(absolute(dx) * power <= limit) & (izh_vwords)(absolute(du) * power <= limit);
    s->x[n + 1] = izh_vreals_choose(done, zero, dx);
    s->u[n + 1] = izh_vreals_choose(done, zero, du);
    done |= less & small;
    small = less;
  }
  s->n = n;
  if (izh_vmask_of(done) == IZH_VMASK_ALL) return among;

  izh_vreals last = greater(absolute(s->x[ORDER]), absolute(s->u[ORDER])),
             before = greater(absolute(s->x[ORDER - 1]), absolute(s->u[ORDER - 1]));
  for (int halvings = 0; halvings < 60 && izh_vmask_of(done) != IZH_VMASK_ALL; halvings++) {
    *h = izh_vreals_choose(done, *h, *h * 0.5);
    power *= 1.0 / (1 << ORDER);
    done |= (izh_vwords)(last * power <= limit) & (izh_vwords)(before * power <= limit * *h);
  }
  return among & done;
}

IZH_VECTOR_INLINE izh_vwords inside(izh_vreals x, double low, double high) {
  return (izh_vwords)(x > low) & (izh_vwords)(x < high);
}

/* Moves IZH_VECTOR neurons, each as move of exact.c does. */
IZH_VECTOR_INLINE void move(const flows *f, const double *peaks, const izh_neurons *neurons, uint32_t i,
                            double tolerance, double *times) {
  const izh_vreals zero = izh_vreals_all(0), dt = izh_vreals_all(neurons->dt), peak = izh_vreals_at(peaks);
  izh_vreals t = zero, v = izh_vreals_at(neurons->v + i),
             u = neurons->u ? izh_vreals_at(neurons->u + i) : zero;
  const izh_vreals first_v = v, first_u = u;
  izh_vwords on = (izh_vwords)(v < peak); /* the neurons that go on */
  for (int pieces = 0; pieces < MAX_PIECES; pieces++) {
    on &= inside(v, IZH_V_LOW, IZH_V_HIGH) & inside(u, -IZH_U_HIGH, IZH_U_HIGH) & (izh_vwords)(t < dt);
    if (!izh_vmask_of(on)) break;
    izh_vreals left = dt - t, h = left, rate[ORDER];
    series s;
    s.x[0] = v - f->origin;
    s.u[0] = u;
    on = expand(f, on, tolerance, &s, &h);
    rate[0] = s.x[1];
    for (int k = 2; k <= s.n; k++) rate[k - 1] = k * s.x[k];
    on &= ~(izh_vwords)(rate[0] * value(rate, s.n - 1, h) < zero);
    izh_vreals next_v = f->origin + value(s.x, s.n, h), next_u = value(s.u, s.n, h);
    s.x[0] = v - peak;
    on &= ~(izh_vwords)(value(s.x, s.n, h) >= zero);
    v = izh_vreals_choose(on, next_v, v);
    u = izh_vreals_choose(on, next_u, u);
    t = izh_vreals_choose(on, izh_vreals_choose((izh_vwords)(h == left), dt, t + h), t);
  }
  v = izh_vreals_choose(on, first_v, v); /* exact.c does the whole step of neurons that are not done yet */
  u = izh_vreals_choose(on, first_u, u);
  t = izh_vreals_choose(on, zero, t);
  memcpy(neurons->v + i, &v, sizeof v);
  if (neurons->u) memcpy(neurons->u + i, &u, sizeof u);
  memcpy(times, &t, sizeof t);
}

void IZH_ISA(exact)(const izh_flow *flow, const double *peak, const izh_neurons *x, uint32_t i,
                    double tolerance, double *t) {
  for (uint32_t at = 0; at < IZH_EXACT_LANES; at += IZH_VECTOR) {
    flows f = flows_of(flow + at);
    move(&f, peak + at, x, i + at, tolerance, t + at);
  }
}
