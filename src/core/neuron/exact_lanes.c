/* The integrator "exact" (exact.c) for several neurons at a time, as long as nothing happens to them.
 * Compiled once for each instruction set, see isa.h. It does the same operations as exact.c in the same
 * order. A coefficient that a neuron does not have is 0, which changes no bit. Each neuron has a lane of the
 * vectors; when it is done, the next one gets its lane. */
#include "core/neuron/exact.h"

#include "base/ieee.h"
#include "core/isa/isa.h"
#include "core/isa/vector.h"

enum { ORDER = IZH_EXACT_ORDER, MAX_PIECES = 1000 };
enum { SIDES = 2 }; /* so many vectors of neurons are moved side by side */

/* The flows of IZH_VECTOR neurons. */
typedef struct flows {
  izh_vreals origin, p2, p1, p0, pu, a, r1, r0, s;
} flows;

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
} series;

/* How far the series of some neurons are. */
typedef struct terms {
  izh_vwords small, done; /* whose last term was small; whose series are long enough */
  izh_vreals power;       /* of the time */
  bool sloped;            /* any of them has p1 */
} terms;

/* Appends a term to the series, as expand of exact.c. */
IZH_VECTOR_INLINE void append(const flows *f, series *s, int n, izh_vreals h, double tolerance,
                              terms *so_far) {
  const izh_vreals zero = izh_vreals_all(0), limit = izh_vreals_all(tolerance);
  izh_vreals dx = f->p2 * square(s->x, n) - f->pu * s->u[n], du = f->r1 * s->x[n] - f->s * s->u[n];
  if (so_far->sloped) dx = izh_vreals_choose((izh_vwords)(f->p1 != 0), dx + f->p1 * s->x[n], dx);
  if (n == 0) {
    dx += f->p0;
    du += f->r0;
  }
  dx = dx * izh_exact_inverse[n + 1];
  du = f->a * du * izh_exact_inverse[n + 1];
  so_far->power *= h;
  izh_vwords less = (izh_vwords)(absolute(dx) * so_far->power <= limit) &
                    (izh_vwords)(absolute(du) * so_far->power <= limit);
  s->x[n + 1] = izh_vreals_choose(so_far->done, zero, dx);
  s->u[n + 1] = izh_vreals_choose(so_far->done, zero, du);
  so_far->done |= less & so_far->small;
  so_far->small = less;
}

/* Shortens the time of whole series until it is short enough, as expand of exact.c. */
IZH_VECTOR_INLINE void shorten(const series *s, double tolerance, terms *so_far, izh_vreals *h) {
  const izh_vreals limit = izh_vreals_all(tolerance);
  izh_vreals last = greater(absolute(s->x[ORDER]), absolute(s->u[ORDER])),
             before = greater(absolute(s->x[ORDER - 1]), absolute(s->u[ORDER - 1]));
  for (int halvings = 0; halvings < 60 && izh_vmask_of(so_far->done) != IZH_VMASK_ALL; halvings++) {
    *h = izh_vreals_choose(so_far->done, *h, *h * 0.5);
    so_far->power *= 1.0 / (1 << ORDER);
    so_far->done |=
        (izh_vwords)(last * so_far->power <= limit) & (izh_vwords)(before * so_far->power <= limit * *h);
  }
}

IZH_VECTOR_INLINE izh_vwords inside(izh_vreals x, double low, double high) {
  return (izh_vwords)(x > low) & (izh_vwords)(x < high);
}

/* The neurons that are being moved. */
typedef struct lanes {
  flows f;
  izh_vreals v, u, t, peak;
  izh_vwords on;     /* those that go on: all bits are 1 */
  izh_vwords pieces; /* how many each has done */
  uint32_t busy;     /* a bit for each lane that has a neuron */
  uint32_t neuron[IZH_VECTOR];
} lanes;

/* Gives a lane to neuron i. */
IZH_VECTOR_INLINE void enter(lanes *l, int k, const izh_flow *f, double peak, const izh_neurons *x,
                             uint32_t i) {
  l->f.origin[k] = f->origin;
  l->f.p2[k] = f->p2;
  l->f.p1[k] = f->p1;
  l->f.p0[k] = f->p0;
  l->f.pu[k] = f->pu;
  l->f.a[k] = f->a;
  l->f.r1[k] = f->r1;
  l->f.r0[k] = f->r0;
  l->f.s[k] = f->s;
  l->v[k] = x->v[i];
  l->u[k] = x->u ? x->u[i] : 0;
  l->t[k] = 0;
  l->peak[k] = peak;
  l->on[k] = ~UINT64_C(0);
  l->pieces[k] = 0;
  l->neuron[k] = i;
}

/* Makes the series of all lanes side by side: the next term needs the one before, and so the processor has
 * something to do meanwhile. Returns the index of the last coefficient that any of them has. */
IZH_VECTOR_INLINE int expand(const lanes *l, double tolerance, series *s, izh_vreals *h, izh_vwords *among) {
  terms so_far[SIDES];
  izh_vmask all = 0;
  int n = 0;
  for (int k = 0; k < SIDES; k++)
    so_far[k] = (terms){{0}, ~l[k].on, izh_vreals_all(1), izh_vmask_of((izh_vwords)(l[k].f.p1 != 0))};
  for (; n < ORDER && all != IZH_VMASK_ALL; n++) {
    all = IZH_VMASK_ALL;
    for (int k = 0; k < SIDES; k++) {
      append(&l[k].f, &s[k], n, h[k], tolerance, &so_far[k]);
      all &= izh_vmask_of(so_far[k].done);
    }
  }
  for (int k = 0; k < SIDES; k++) {
    if (all != IZH_VMASK_ALL) shorten(&s[k], tolerance, &so_far[k], &h[k]);
    among[k] = l[k].on & so_far[k].done;
  }
  return n;
}

/* Moves the neurons of some lanes along their series, each as move of exact.c does, if nothing happens to it.
 */
IZH_VECTOR_INLINE void follow(lanes *l, series *s, int n, izh_vwords on, izh_vreals h, izh_vreals dt) {
  const izh_vreals zero = izh_vreals_all(0), left = dt - l->t;
  izh_vreals rate[ORDER];
  rate[0] = s->x[1];
  for (int k = 2; k <= n; k++) rate[k - 1] = k * s->x[k];
  on &= ~(izh_vwords)(rate[0] * value(rate, n - 1, h) < zero);
  izh_vreals v = l->f.origin + value(s->x, n, h), u = value(s->u, n, h);
  s->x[0] = l->v - l->peak;
  on &= ~(izh_vwords)(value(s->x, n, h) >= zero);
  l->v = izh_vreals_choose(on, v, l->v);
  l->u = izh_vreals_choose(on, u, l->u);
  l->t = izh_vreals_choose(on, izh_vreals_choose((izh_vwords)(h == left), dt, l->t + h), l->t);
  l->pieces += 1;
  l->on = on & inside(l->v, IZH_V_LOW, IZH_V_HIGH) & inside(l->u, -IZH_U_HIGH, IZH_U_HIGH) &
          (izh_vwords)(l->t < dt) & (izh_vwords)(l->pieces < izh_vwords_all(MAX_PIECES));
}

/* Moves the neurons by one piece. */
IZH_VECTOR_INLINE void move(lanes *l, double step, double tolerance) {
  const izh_vreals dt = izh_vreals_all(step);
  series s[SIDES];
  izh_vreals h[SIDES];
  izh_vwords on[SIDES];
  for (int k = 0; k < SIDES; k++) {
    h[k] = dt - l[k].t;
    s[k].x[0] = l[k].v - l[k].f.origin;
    s[k].u[0] = l[k].u;
  }
  int n = expand(l, tolerance, s, h, on);
  for (int k = 0; k < SIDES; k++) follow(&l[k], &s[k], n, on[k], h[k], dt);
}

/* Takes a neuron out of its lane. A neuron of so many pieces stays as it was: exact.c does its whole step. */
IZH_VECTOR_INLINE void leave(const lanes *l, int k, const izh_neurons *x, double *t) {
  if (l->pieces[k] == MAX_PIECES) return;
  uint32_t i = l->neuron[k];
  x->v[i] = l->v[k];
  if (x->u) x->u[i] = l->u[k];
  t[i] = l->t[k];
}

/* Takes out the neurons that are done, and fills the lanes with those from *next on. Returns whether any lane
 * has one. */
IZH_VECTOR_INLINE bool change(lanes *l, const izh_flow *flow, const double *peak, const izh_neurons *x,
                              uint32_t *next, double *t) {
  uint32_t over = l->busy & ~(uint32_t)izh_vmask_of(l->on), i = *next;
  for (l->busy ^= over; over; over &= over - 1) leave(l, __builtin_ctz(over), x, t);
  for (uint32_t free = l->busy ^ IZH_VMASK_ALL; free && i < x->n; i++) {
    t[i] = 0;
    if (!(x->v[i] < peak[i] && izh_state_ok(x->v[i], x->u ? x->u[i] : 0))) continue;
    enter(l, __builtin_ctz(free), &flow[i], peak[i], x, i);
    l->busy |= free & -free;
    free &= free - 1;
  }
  *next = i;
  return l->busy;
}

void IZH_ISA(exact)(const izh_flow *flow, const double *peak, const izh_neurons *x, double tolerance,
                    double *t) {
  lanes l[SIDES];
  memset(l, 0, sizeof l);
  uint32_t next = 0;
  for (;;) {
    bool busy = false;
    for (int k = 0; k < SIDES; k++) busy |= change(&l[k], flow, peak, x, &next, t);
    if (!busy) return;
    move(l, x->dt, tolerance);
  }
}
