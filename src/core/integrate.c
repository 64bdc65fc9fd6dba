/* One step of the neurons: the integrators. The order of operations is the published one, to the bit. */
#include <math.h>

#include "core/ieee.h"
#include "core/net_private.h"

static const double PEAK = 30;                                 /* mV */
static const double V_LOW = -1000, V_HIGH = 1e6, U_HIGH = 1e6; /* beyond these a state has run away */

typedef struct lanes {
  double *v, *u;
  const double *a, *b, *input;
  uint32_t n;
  double dt;
} lanes;

static void step_izhikevich2003(lanes x) {
  double half = 0.5 * x.dt;
  for (uint32_t i = 0; i < x.n; i++) {
    double v = x.v[i], u = x.u[i], I = x.input[i];
    v = v + half * (0.04 * (v * v) + 5 * v + 140 - u + I);
    v = v + half * (0.04 * (v * v) + 5 * v + 140 - u + I);
    x.u[i] = u + x.dt * (x.a[i] * (x.b[i] * v - u));
    x.v[i] = v;
  }
}

static void step_euler(lanes x) {
  for (uint32_t i = 0; i < x.n; i++) {
    double v = x.v[i], u = x.u[i];
    x.v[i] = v + x.dt * (0.04 * (v * v) + 5 * v + 140 - u + x.input[i]);
    x.u[i] = u + x.dt * (x.a[i] * (x.b[i] * v - u));
  }
}

/* How many states are not within bounds; a comparison with NaN is false. */
static uint32_t count_bad(const double *v, const double *u, uint32_t n) {
  uint32_t bad = 0;
  for (uint32_t i = 0; i < n; i++) bad += !(v[i] > V_LOW && v[i] < V_HIGH && fabs(u[i]) < U_HIGH);
  return bad;
}

uint32_t izh_integrate(const izh_net *net, izh_population *population, izh_part part, uint32_t *fired,
                       uint32_t *bad) {
  uint32_t begin = part.begin > population->first ? part.begin : population->first;
  uint32_t end = population->first + population->size;
  if (end > part.end) end = part.end;
  if (begin >= end) return 0;

  uint32_t from = begin - population->first, n = end - begin;
  double *v = population->values[IZH_Q_V] + from, *u = population->values[IZH_Q_U] + from;
  lanes x = {.v = v,
             .u = u,
             .a = population->values[IZH_Q_A] + from,
             .b = population->values[IZH_Q_B] + from,
             .input = net->input + begin,
             .n = n,
             .dt = net->def.dt_ms};
  if (net->def.integrator == IZH_INTEGRATOR_EULER)
    step_euler(x);
  else
    step_izhikevich2003(x);

  if (count_bad(v, u, n) > 0 && *bad == UINT32_MAX) {
    uint32_t i = 0;
    while (count_bad(v + i, u + i, 1) == 0) i++;
    *bad = begin + i;
  }
  const double *c = population->values[IZH_Q_C] + from, *d = population->values[IZH_Q_D] + from;
  uint32_t count = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (!(v[i] >= PEAK && v[i] < V_HIGH)) continue; /* what has run away is reported, not reset */
    v[i] = c[i];
    u[i] += d[i];
    fired[count++] = begin + i;
  }
  return count;
}
