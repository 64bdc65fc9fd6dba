/* The integrators, against transcriptions of what was published. */
#include "helpers.h"

/* Weights and parameters that are sums of few powers of two, so that no order of additions can matter. */
static double dyadic(izh_rng *rng, double low, double high) {
  double x = low + (high - low) * izh_rng_unit(rng);
  return floor(x * 1024) / 1024;
}

enum { EXCITATORY = 800, INHIBITORY = 200, NEURONS = EXCITATORY + INHIBITORY, STEPS = 1000 };

/* --- the network of net.m --- */

/* re and ri of the paper make the neurons differ: a b c d of Ne excitatory and Ni inhibitory ones. */
static void paper_parameters(izh_rng *rng, double q[IZH_Q_2003_COUNT][NEURONS]) {
  for (int i = 0; i < NEURONS; i++) {
    double r = izh_rng_unit(rng);
    bool excitatory = i < EXCITATORY;
    q[IZH_Q_A][i] = excitatory ? 0.02 : 0.02 + 0.08 * r;
    q[IZH_Q_B][i] = excitatory ? 0.2 : 0.25 - 0.05 * r;
    q[IZH_Q_C][i] = excitatory ? -65 + 15 * (r * r) : -65;
    q[IZH_Q_D][i] = excitatory ? 8 - 6 * (r * r) : 2;
    q[IZH_Q_V][i] = -65;
    q[IZH_Q_U][i] = q[IZH_Q_B][i] * -65;
  }
}

static void add_population(izh_net *net, const char *name, double q[IZH_Q_2003_COUNT][NEURONS],
                           uint32_t first, uint32_t size) {
  izh_population_def def = {.name = name, .size = size};
  for (int k = 0; k < IZH_Q_2003_COUNT; k++) def.values[k] = q[k] + first;
  uint32_t index;
  MUST(izh_population_add(net, &def, &index, &fault));
}

static void add_projection(izh_net *net, const char *name, izh_rng *rng, izh_ids pre, double low,
                           double high) {
  izh_rule rule = {.kind = IZH_RULE_ALL_TO_ALL, .autapses = true};
  izh_projection_def def = projection_def(name, pre, everyone(net), rule);
  uint64_t n = (uint64_t)pre.size * NEURONS;
  double *weight = take(n, sizeof *weight);
  for (uint64_t k = 0; k < n; k++) weight[k] = dyadic(rng, low, high);
  uint32_t index;
  MUST(connect(net, &def, given_values(weight), one_value(0), &index));
  free(weight);
}

static izh_net *paper_network(double q[IZH_Q_2003_COUNT][NEURONS], izh_integrator integrator) {
  izh_rng rng = izh_rng_make((izh_key){2003, 0}, 0, 0);
  izh_net *net = net_make(1, integrator, 2003);
  paper_parameters(&rng, q);
  add_population(net, "E", q, 0, EXCITATORY);
  add_population(net, "I", q, EXCITATORY, INHIBITORY);
  add_projection(net, "excitation", &rng, izh_population_ids(net, 0), 0, 0.5);
  add_projection(net, "inhibition", &rng, izh_population_ids(net, 1), -1, 0);
  noise_make(net, "noise of E", izh_population_ids(net, 0), 0, 5);
  noise_make(net, "noise of I", izh_population_ids(net, 1), 0, 2);
  return net;
}

/* S(i, j): from j to i, as the projections say. */
static double *weights_matrix(const izh_net *net) {
  double *S = take((size_t)NEURONS * NEURONS, sizeof *S);
  for (uint32_t p = 0; p < izh_projection_count(net); p++) {
    izh_synapse synapse = {0};
    while (izh_projection_next(net, p, &synapse))
      S[(size_t)synapse.post * NEURONS + synapse.pre] += synapse.weight;
  }
  return S;
}

static void noise_of_last_step(const izh_net *net, double I[NEURONS]) {
  izh_stimulus_values(net, 0, I);
  izh_stimulus_values(net, 1, I + EXCITATORY);
}

/* --- net.m --- */

typedef struct paper {
  double a[NEURONS], b[NEURONS], c[NEURONS], d[NEURONS], v[NEURONS], u[NEURONS];
  double *S;
} paper;

static paper *paper_begin(double q[IZH_Q_2003_COUNT][NEURONS], double *S) {
  paper *m = take(1, sizeof *m);
  memcpy(m->a, q[IZH_Q_A], sizeof m->a);
  memcpy(m->b, q[IZH_Q_B], sizeof m->b);
  memcpy(m->c, q[IZH_Q_C], sizeof m->c);
  memcpy(m->d, q[IZH_Q_D], sizeof m->d);
  memcpy(m->v, q[IZH_Q_V], sizeof m->v);
  memcpy(m->u, q[IZH_Q_U], sizeof m->u);
  m->S = S;
  return m;
}

/* fired=find(v>=30); v(fired)=c(fired); u(fired)=u(fired)+d(fired); I=I+sum(S(:,fired),2) */
static int paper_fire(paper *m, double I[NEURONS], uint32_t fired[NEURONS]) {
  int n = 0;
  for (uint32_t i = 0; i < NEURONS; i++)
    if (m->v[i] >= 30) fired[n++] = i;
  for (int k = 0; k < n; k++) {
    m->v[fired[k]] = m->c[fired[k]];
    m->u[fired[k]] = m->u[fired[k]] + m->d[fired[k]];
  }
  for (int i = 0; i < NEURONS && n > 0; i++) {
    double sum = 0;
    for (int k = 0; k < n; k++) sum += m->S[(size_t)i * NEURONS + fired[k]];
    I[i] = I[i] + sum;
  }
  return n;
}

/* v=v+0.5*(0.04*v.^2+5*v+140-u+I) twice; u=u+a.*(b.*v-u) */
static void paper_move(paper *m, const double I[NEURONS]) {
  for (int i = 0; i < NEURONS; i++) {
    for (int half = 0; half < 2; half++)
      m->v[i] = m->v[i] + 0.5 * (0.04 * (m->v[i] * m->v[i]) + 5 * m->v[i] + 140 - m->u[i] + I[i]);
    m->u[i] = m->u[i] + m->a[i] * (m->b[i] * m->v[i] - m->u[i]);
  }
}

static void euler_move(paper *m, const double I[NEURONS]) {
  for (int i = 0; i < NEURONS; i++) {
    double v = m->v[i], u = m->u[i];
    m->v[i] = v + (0.04 * (v * v) + 5 * v + 140 - u + I[i]);
    m->u[i] = u + m->a[i] * (m->b[i] * v - u);
  }
}

/* What fires at t in net.m crossed the threshold in the step before, which is where our spike is. */
static void compare_with_paper(izh_integrator integrator, void (*move)(paper *, const double *)) {
  static double q[IZH_Q_2003_COUNT][NEURONS];
  static uint32_t fired[NEURONS];
  izh_net *net = paper_network(q, integrator);
  paper *m = paper_begin(q, weights_matrix(net));
  for (int t = 0; t < STEPS; t++) {
    double I[NEURONS];
    izh_net_step(net, &fault); /* runaway states are the same in both, and part of the comparison */
    noise_of_last_step(net, I);
    int n = paper_fire(m, I, fired);
    if (t > 0) {
      izh_spikes spikes = izh_net_spikes(net);
      assert_int_equal(n, spikes.begin[t] - spikes.begin[t - 1]);
      assert_memory_equal(fired, spikes.index + spikes.begin[t - 1], (size_t)n * sizeof *fired);
    } else {
      assert_int_equal(n, 0);
    }
    move(m, I);
  }
  assert_in_range(spike_count(net), 2000, 60000);
  free(m->S);
  free(m);
  izh_net_destroy(net);
}

static void izhikevich2003_is_net_m(void **state) {
  (void)state;
  compare_with_paper(IZH_INTEGRATOR_IZHIKEVICH2003, paper_move);
}

static void euler_is_euler(void **state) {
  (void)state;
  compare_with_paper(IZH_INTEGRATOR_EULER, euler_move);
}

/* --- one neuron --- */

/* The states of a neuron driven by a constant current, after a time below its first spike. */
static void relax(izh_integrator integrator, double dt, double ms, double current, double state[2]) {
  izh_net *net = net_make(dt, integrator, 1);
  population_make(net, "P", 1, regular_spiking);
  current_make(net, "I", everyone(net), current);
  run(net, llround(ms / dt));
  assert_int_equal(spike_count(net), 0);
  izh_ids ids = everyone(net);
  izh_population_get(net, 0, &ids, IZH_Q_V, state);
  izh_population_get(net, 0, &ids, IZH_Q_U, state + 1);
  izh_net_destroy(net);
}

/* The same by Runge and Kutta's method of fourth order with a step of 1 µs, from the equations. */
static void solve(double ms, double current, double state[2]) {
  const double *p = regular_spiking;
  const long double h = 1e-3L;
  long double v = p[IZH_Q_V], u = p[IZH_Q_U];
#define DV(v, u) (0.04L * (v) * (v) + 5 * (v) + 140 - (u) + current)
#define DU(v, u) (p[IZH_Q_A] * (p[IZH_Q_B] * (v) - (u)))
  for (long long k = 0; k < llround(ms * 1000); k++) {
    long double v1 = DV(v, u), u1 = DU(v, u);
    long double v2 = DV(v + h / 2 * v1, u + h / 2 * u1), u2 = DU(v + h / 2 * v1, u + h / 2 * u1);
    long double v3 = DV(v + h / 2 * v2, u + h / 2 * u2), u3 = DU(v + h / 2 * v2, u + h / 2 * u2);
    long double v4 = DV(v + h * v3, u + h * u3), u4 = DU(v + h * v3, u + h * u3);
    v += h / 6 * (v1 + 2 * v2 + 2 * v3 + v4);
    u += h / 6 * (u1 + 2 * u2 + 2 * u3 + u4);
  }
#undef DV
#undef DU
  state[0] = (double)v;
  state[1] = (double)u;
}

/* Errors of v and u after 20 ms, halving the step: they become smaller by 2^order. */
static void measure_order(izh_integrator integrator, double dt, int order) {
  double exact[2];
  solve(20, 3.5, exact);
  double error[2] = {0}, factor = ldexp(1, order);
  for (int halvings = 0; halvings < 4; halvings++) {
    double got[2];
    relax(integrator, ldexp(dt, -halvings), 20, 3.5, got);
    for (int k = 0; k < 2; k++) {
      double now = got[k] - exact[k];
      if (halvings > 1) assert_true(error[k] / now > 0.88 * factor && error[k] / now < 1.12 * factor);
      error[k] = now;
    }
  }
  assert_true(fabs(error[0]) < 0.01);
}

static void orders_of_convergence(void **state) {
  (void)state;
  measure_order(IZH_INTEGRATOR_IZHIKEVICH2003, 1.0 / 8, 1);
  measure_order(IZH_INTEGRATOR_FIGURE1, 1.0 / 8, 1);
  measure_order(IZH_INTEGRATOR_EULER, 1.0 / 8, 1);
  measure_order(IZH_INTEGRATOR_RK4, 0.5, 4);
}

/* v = 30 exactly is a spike, one bit less is not; then v = c and u gains d after its own step. */
static void threshold_and_reset(void **state) {
  (void)state;
  for (int below = 0; below < 2; below++) {
    izh_net *net = net_make(0.5, IZH_INTEGRATOR_EULER, 1);
    const double q[IZH_Q_2003_COUNT] = {0.5, 0, -50, 3, 0, 140};
    population_make(net, "P", 1, q);
    current_make(net, "I", everyone(net), below ? nextafter(60, 0) : 60);
    run(net, 1);
    izh_ids ids = everyone(net);
    double v, u;
    izh_population_get(net, 0, &ids, IZH_Q_V, &v);
    izh_population_get(net, 0, &ids, IZH_Q_U, &u);
    assert_int_equal(spike_count(net), !below);
    assert_true(v == (below ? nextafter(30, 0) : -50));
    assert_true(u == (below ? 105 : 108)); /* 140 + 0.5 (0.5 (0 v - 140)) */
    izh_net_destroy(net);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(izhikevich2003_is_net_m),
      cmocka_unit_test(euler_is_euler),
      cmocka_unit_test(orders_of_convergence),
      cmocka_unit_test(threshold_and_reset),
  };
  return RUN_TESTS(tests);
}
