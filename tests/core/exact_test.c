/* The scheme "exact" against solutions computed apart from it, in extended precision. */
#include "helpers.h"

/* --- the reference: Runge and Kutta's method of fourth order in long double, steps of 1/1024 ms --- */

/* What the equations are, from the papers and the table of cell types: not from the program. */
typedef struct cell {
  const char *name;
  izh_model model;
  double q[IZH_Q_COUNT];
  double current;
  bool cubic; /* of 2007: U(v) = b3 (v - vb)³ above vb, 0 below */
} cell;

static void slopes(const cell *m, const long double y[2], long double dy[2]) {
  const double *q = m->q;
  long double v = y[0], u = y[1], a = q[IZH_Q_A], b = q[IZH_Q_B], I = m->current;
  switch (m->model) {
  case IZH_MODEL_IZHIKEVICH2003:
    dy[0] = 0.04L * v * v + 5 * v + 140 - u + I;
    dy[1] = a * (b * v - u);
    return;
  case IZH_MODEL_IZHIKEVICH2004_CLASS1:
    dy[0] = 0.04L * v * v + 4.1L * v + 108 - u + I;
    dy[1] = a * (b * v - u);
    return;
  case IZH_MODEL_IZHIKEVICH2004_ACCOMMODATION:
    dy[0] = 0.04L * v * v + 5 * v + 140 - u + I;
    dy[1] = a * b * (v + 65);
    return;
  default:
    dy[0] = (q[IZH_Q_K] * (v - q[IZH_Q_VR]) * (v - q[IZH_Q_VT]) - u + I) / q[IZH_Q_CAPACITANCE];
    if (m->cubic)
      dy[1] = a * ((v > q[IZH_Q_VB] ? q[IZH_Q_B3] * powl(v - q[IZH_Q_VB], 3) : 0) - u);
    else
      dy[1] = a * ((v > q[IZH_Q_VB] ? b : q[IZH_Q_B_BELOW]) * (v - q[IZH_Q_VU]) - u);
  }
}

static void advance(const cell *m, const long double y[2], long double h, long double out[2]) {
  long double k1[2], k2[2], k3[2], k4[2], at[2];
  slopes(m, y, k1);
  for (int i = 0; i < 2; i++) at[i] = y[i] + h / 2 * k1[i];
  slopes(m, at, k2);
  for (int i = 0; i < 2; i++) at[i] = y[i] + h / 2 * k2[i];
  slopes(m, at, k3);
  for (int i = 0; i < 2; i++) at[i] = y[i] + h * k3[i];
  slopes(m, at, k4);
  for (int i = 0; i < 2; i++) out[i] = y[i] + h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
}

static bool at_peak(const cell *m, const long double y[2]) {
  if (m->model != IZH_MODEL_IZHIKEVICH2007) return y[0] >= 30;
  return y[0] >= m->q[IZH_Q_VPEAK] + m->q[IZH_Q_PEAK_U] * y[1];
}

/* The times of the spikes in `ms`; how many there are. */
static size_t solve(const cell *m, double ms, double *times, size_t room) {
  long double y[2] = {m->q[IZH_Q_V], m->q[IZH_Q_U]}, next[2], t = 0, h = 1.0L / 1024;
  size_t n = 0;
  while (t < ms) {
    advance(m, y, h, next);
    if (at_peak(m, next)) {
      long double low = 0, high = h; /* by bisection: one step of Runge and Kutta to the peak */
      for (int k = 0; k < 60; k++) {
        long double middle = (low + high) / 2;
        advance(m, y, middle, next);
        if (at_peak(m, next))
          high = middle;
        else
          low = middle;
      }
      advance(m, y, high, next);
      t += high;
      if (t > ms) break;
      assert_true(n < room);
      times[n++] = (double)t;
      bool of_2007 = m->model == IZH_MODEL_IZHIKEVICH2007;
      next[0] = m->q[IZH_Q_C] + (of_2007 ? m->q[IZH_Q_RESET_U] * next[1] : 0);
      next[1] += m->q[IZH_Q_D];
      if (of_2007 && next[1] > m->q[IZH_Q_U_MAX]) next[1] = m->q[IZH_Q_U_MAX];
    } else {
      t += h;
    }
    memcpy(y, next, sizeof y);
  }
  return n;
}

/* --- ours --- */

static izh_net *cell_network(const cell *m, double dt, double tolerance) {
  izh_net_def def = izh_net_def_default();
  def.dt_ms = dt;
  def.integrator = IZH_INTEGRATOR_EXACT;
  def.tolerance = tolerance;
  izh_net *net = NULL;
  MUST(izh_net_create(&def, &net, &fault));
  izh_population_def population = {.name = "cell", .model = m->model, .size = 1};
  for (int q = 0; q < izh_model_describe(m->model)->n; q++) population.values[q] = &m->q[q];
  uint32_t index;
  MUST(izh_population_add(net, &population, &index, &fault));
  current_make(net, "I", everyone(net), m->current);
  return net;
}

#define OF_2003(a, b, c, d, u0)                                                                              \
  { a, b, c, d, -65, u0 }
/* C k vr vt vpeak, a b c d, then peak_u reset_u u_max vb b_below b3 vu */
#define OF_2007(C, k, vr, vt, vpeak, a, b, c, d, ...)                                                        \
  { a, b, c, d, vr, 0, C, k, vr, vt, vpeak, __VA_ARGS__ }
#define PLAIN(b, vr) 0, 0, 1e6, 0, b, 0, vr

static const cell cells[] = {
    {"RS", IZH_MODEL_IZHIKEVICH2003, OF_2003(0.02, 0.2, -65, 8, -13), 10, 0},
    {"IB", IZH_MODEL_IZHIKEVICH2003, OF_2003(0.02, 0.2, -55, 4, -13), 11, 0},
    {"CH", IZH_MODEL_IZHIKEVICH2003, OF_2003(0.02, 0.2, -50, 2, -13), 10, 0},
    {"FS", IZH_MODEL_IZHIKEVICH2003, OF_2003(0.1, 0.2, -65, 2, -13), 10, 0},
    {"TC", IZH_MODEL_IZHIKEVICH2003, OF_2003(0.02, 0.25, -65, 0.05, -16.25), 1.5, 0},
    {"RZ", IZH_MODEL_IZHIKEVICH2003, OF_2003(0.1, 0.26, -65, 2, -16.9), 4, 0},
    {"LTS", IZH_MODEL_IZHIKEVICH2003, OF_2003(0.02, 0.25, -65, 2, -16.25), 10, 0},
    {"class 1", IZH_MODEL_IZHIKEVICH2004_CLASS1, OF_2003(0.02, -0.1, -55, 6, 6.5), 15, 0},
    {"accommodation", IZH_MODEL_IZHIKEVICH2004_ACCOMMODATION, OF_2003(0.02, 1, -55, 4, -16), 6, 0},
    {"RS 2007", IZH_MODEL_IZHIKEVICH2007, OF_2007(100, 0.7, -60, -40, 35, 0.03, -2, -50, 100, PLAIN(-2, -60)),
     100, 0},
    {"IB 2007", IZH_MODEL_IZHIKEVICH2007, OF_2007(150, 1.2, -75, -45, 50, 0.01, 5, -56, 130, PLAIN(5, -75)),
     500, 0},
    {"CH 2007", IZH_MODEL_IZHIKEVICH2007, OF_2007(50, 1.5, -60, -40, 25, 0.03, 1, -40, 150, PLAIN(1, -60)),
     300, 0},
    {"LTS 2007", IZH_MODEL_IZHIKEVICH2007,
     OF_2007(100, 1, -56, -42, 40, 0.03, 8, -53, 20, -0.1, 0.04, 670, 0, 8, 0, -56), 300, 0},
    {"FS 2007", IZH_MODEL_IZHIKEVICH2007,
     OF_2007(20, 1, -55, -40, 25, 0.2, 0, -45, 0, 0, 0, 1e6, -55, 0, 0.025, -55), 100, true},
    {"TC 2007", IZH_MODEL_IZHIKEVICH2007,
     OF_2007(200, 1.6, -60, -50, 35, 0.01, 0, -60, 10, 0.1, -0.1, 1e6, -65, 15, 0, -65), 100, 0},
    {"TC 2007, rebound",
     IZH_MODEL_IZHIKEVICH2007,
     {0.01, 0, -60, 10, -90, -300, 200, 1.6, -60, -50, 35, 0.1, -0.1, 1e6, -65, 15, 0, -65},
     0,
     0},
    {"RTN 2007, rebound",
     IZH_MODEL_IZHIKEVICH2007,
     {0.015, 2, -55, 50, -90, -250, 40, 0.25, -65, -45, 0, 0, 0, 1e6, -65, 10, 0, -65},
     60,
     0},
    {"TI 2007", IZH_MODEL_IZHIKEVICH2007,
     OF_2007(20, 0.5, -60, -50, 20, 0.05, 7, -65, 50, -0.08, 0.08, 530, 0, 7, 0, -60), 60, 0},
    {"RTN 2007", IZH_MODEL_IZHIKEVICH2007,
     OF_2007(40, 0.25, -65, -45, 0, 0.015, 2, -55, 50, 0, 0, 1e6, -65, 10, 0, -65), 110, 0},
    {"MSN 2007", IZH_MODEL_IZHIKEVICH2007, OF_2007(50, 1, -80, -25, 40, 0.01, -20, -55, 150, PLAIN(-20, -80)),
     400, 0},
};

/* The greatest distance of our spikes from the reference's. */
static double worst_error(const cell *m, double dt, double tolerance, const double *times, size_t n) {
  izh_net *net = cell_network(m, dt, tolerance);
  run(net, llround(1000 / dt));
  izh_spikes spikes = izh_net_spikes(net);
  size_t got = spike_count(net);
  double worst = got == n ? 0 : INFINITY;
  for (size_t k = 0; k < n && got == n; k++) worst = fmax(worst, fabs(spikes.ms[k] - times[k]));
  izh_net_destroy(net);
  return worst;
}

/* Spikes within 1e-6 ms of the reference for 1 s, of tonic cells of each class, whatever dt is. */
static void spikes_are_where_they_should_be(void **state) {
  (void)state;
  static const double dts[] = {1, 0.5, 0.1};
  for (size_t c = 0; c < COUNT_OF(cells); c++) {
    static double times[2000];
    size_t n = solve(&cells[c], 1000, times, COUNT_OF(times));
    for (size_t i = 0; i < COUNT_OF(dts); i++) {
      double error = worst_error(&cells[c], dts[i], izh_net_def_default().tolerance, times, n);
      if (getenv("SHOW")) print_message("%s: %zu spikes, dt %g: %g\n", cells[c].name, n, dts[i], error);
      if (!(error < 1e-6))
        print_error("%s: %zu spikes, dt %g: error %g ms\n", cells[c].name, n, dts[i], error);
      assert_true(error < 1e-6);
    }
    assert_true(n >= 2);
  }
}

/* More spikes than one in a step, of two neurons: listed by neuron, each at its own time. */
static void several_spikes_in_a_step(void **state) {
  (void)state;
  cell strong = cells[0];
  strong.current = 1000;
  static double times[2000];
  size_t n = solve(&strong, 3, times, COUNT_OF(times));
  assert_in_range(n, 6, 100);
  izh_net *net = cell_network(&strong, 1, 1e-11);
  population_make(net, "other", 1, regular_spiking);
  current_make(net, "I of other", izh_ids_range(1, 1), 1000);
  run(net, 3);
  izh_spikes spikes = izh_net_spikes(net);
  size_t seen[2] = {0};
  for (int64_t step = 0; step < 3; step++)
    for (uint64_t k = spikes.begin[step]; k < spikes.begin[step + 1]; k++) {
      uint32_t i = spikes.index[k];
      assert_true(k == spikes.begin[step] || spikes.index[k - 1] <= i);
      assert_true(spikes.ms[k] > (double)step && spikes.ms[k] <= (double)step + 1);
      if (i == 0) assert_true(fabs(spikes.ms[k] - times[seen[0]]) < 1e-6);
      seen[i]++;
    }
  assert_int_equal(seen[0], n);
  assert_true(seen[1] > 5);
  izh_net_destroy(net);
}

/* A neuron that is above the peak already spikes at once, which is after the beginning of the step. */
static void above_the_peak_at_once(void **state) {
  (void)state;
  izh_net *net = cell_network(&cells[0], 0.5, 1e-11);
  run(net, 4);
  izh_ids ids = everyone(net);
  double v = 31;
  MUST(izh_population_set(net, 0, &ids, IZH_Q_V, &v, &fault));
  run(net, 1);
  izh_spikes spikes = izh_net_spikes(net);
  assert_int_equal(spike_count(net), 1);
  assert_true(spikes.ms[0] == nextafter(2, 3));
  izh_net_destroy(net);
}

/* What cannot be solved is said, with neuron and time, and costs no endless time. */
static void what_cannot_be_solved_is_said(void **state) {
  (void)state;
  cell endless = cells[9];
  endless.q[IZH_Q_RESET_U] = 1; /* with a large u it resets above the peak */
  izh_net *net = cell_network(&endless, 0.5, 1e-11);
  double v = 40, u = 1e5;
  izh_ids ids = everyone(net);
  MUST(izh_population_set(net, 0, &ids, IZH_Q_V, &v, &fault));
  MUST(izh_population_set(net, 0, &ids, IZH_Q_U, &u, &fault));
  MUST_FAIL(izh_net_step(net, &fault), IZH_DIVERGED, "neuron 1 (population \"cell\": a = 0.03");
  izh_net_destroy(net);
  cell wild = cells[0];
  wild.current = 1e300;
  net = cell_network(&wild, 0.5, 1e-11);
  MUST_FAIL(izh_net_step(net, &fault), IZH_DIVERGED, "diverged at t = 0.5 ms");
  izh_net_destroy(net);
}

/* A looser tolerance is less exact, as asked for: it is not without effect. */
static void tolerance_is_obeyed(void **state) {
  (void)state;
  static double times[2000];
  size_t n = solve(&cells[4], 1000, times, COUNT_OF(times));
  double loose = worst_error(&cells[4], 1, 1e-3, times, n), tight = worst_error(&cells[4], 1, 1e-9, times, n);
  assert_true(loose > 1e-6 && loose < 1);
  assert_true(tight < 1e-6);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(spikes_are_where_they_should_be),
      cmocka_unit_test(several_spikes_in_a_step),
      cmocka_unit_test(above_the_peak_at_once),
      cmocka_unit_test(what_cannot_be_solved_is_said),
      cmocka_unit_test(tolerance_is_obeyed),
  };
  return RUN_TESTS(tests);
}
