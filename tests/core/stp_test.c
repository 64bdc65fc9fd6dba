/* Short-term plasticity: what spikes bring, against the equations and their closed forms. */
#include "helpers.h"

typedef long double real;

/* What the spikes of a source bring: step by step, as the papers write it. */
static void parts(const izh_stp *stp, const double *ms, int n, real *part) {
  real u = 0, x = 1, last = 0;
  for (int k = 0; k < n; k++) {
    real passed = ms[k] - last;
    if (stp->tau_fac_ms > 0)
      u *= expl(-passed / stp->tau_fac_ms);
    else
      u = 0;
    x = stp->tau_rec_ms > 0 ? 1 + (x - 1) * expl(-passed / stp->tau_rec_ms) : 1;
    u += stp->U * (1 - u);
    part[k] = u * x;
    x -= u * x;
    last = ms[k];
  }
}

static void source_fires(izh_net *net, uint32_t source, bool fires) {
  izh_ids one = izh_ids_range(source, 1);
  double v = fires ? 40 : -65, u = -13;
  MUST(izh_population_set(net, 0, &one, IZH_Q_V, &v, &fault));
  MUST(izh_population_set(net, 0, &one, IZH_Q_U, &u, &fault));
}

enum { SOURCES = 3, STEPS = 900 };

/* Three sources, whose order in the projection is not that of their indices; each reaches two cells, after 0
 * and after `delay` steps. A pulse of one step shows what arrives. */
static izh_net *network_make(double dt, izh_integrator scheme, const izh_stp *stp, uint32_t delay) {
  static const uint32_t order[] = {2, 0, 1}, pairs[] = {0, 3, 0, 4, 1, 3, 1, 4, 2, 3, 2, 4};
  izh_net *net = net_make(dt, scheme, 1);
  population_make(net, "sources", SOURCES, regular_spiking);
  population_make(net, "cells", 2, regular_spiking);
  izh_ids cells = izh_ids_range(SOURCES, 2);
  izh_projection_def def = projection_def("x", izh_ids_list(order, SOURCES), cells,
                                          (izh_rule){.kind = IZH_RULE_PAIRS, .n = 6, .pairs = pairs});
  def.kernel.values[0] = dt;
  def.stp = *stp;
  const double weights[] = {1, 1, 100, 100, 10000, 10000}, /* by which the sources can be told apart */
      delays[] = {0, delay * dt, 0, delay * dt, 0, delay * dt};
  uint32_t index;
  MUST(connect(net, &def, given_values(weights), given_values(delays), &index));
  return net;
}

static const uint32_t source_of[SOURCES] = {2, 0, 1}; /* of the weights 1, 100, 10000 */
static const izh_stp kinds[] = {{0.5, 800, 0}, {0.05, 100, 700}, {0.25, 0, 300}, {1, 30, 0}, {0.2, 200, 200}};

static bool fires(int step, int source) {
  return (step * (source + 3)) % 37 < 2 && step < STEPS - 50;
}

static void check_course(double dt, const izh_stp *stp, uint32_t delay) {
  izh_net *net = network_make(dt, IZH_INTEGRATOR_EULER, stp, delay);
  double ms[SOURCES][STEPS];
  int step_of[SOURCES][STEPS], n[SOURCES] = {0};
  for (int step = 0; step < STEPS; step++)
    for (int s = 0; s < SOURCES; s++)
      if (fires(step, s)) {
        step_of[s][n[s]] = step;
        ms[s][n[s]++] = (step + 1) * dt;
      }
  real part[SOURCES][STEPS];
  for (int s = 0; s < SOURCES; s++) parts(stp, ms[s], n[s], part[s]);
  int next[2][SOURCES] = {{0}};
  for (int step = 0; step < STEPS; step++) {
    for (uint32_t s = 0; s < SOURCES; s++) source_fires(net, s, fires(step, (int)s));
    run(net, 1);
    for (int cell = 0; cell < 2; cell++) {
      real want = 0, weight = 1;
      for (int k = 0; k < SOURCES; k++, weight *= 100) {
        uint32_t s = source_of[k];
        int *at = &next[cell][s];
        if (*at < n[s] && step_of[s][*at] + 1 + (cell ? (int)delay : 0) == step)
          want += weight * part[s][(*at)++];
      }
      double got = izh_net_currents(net).exc[SOURCES + cell];
      if (fabsl(got - want) > 1e-13L * (1 + want))
        fail_msg("U = %g, step %d, cell %d: %.17g, not %.17Lg", stp->U, step, cell, got, want);
    }
  }
  for (uint32_t s = 0; s < SOURCES; s++) assert_true(next[1][s] > 20);
  izh_net_destroy(net);
}

static void spikes_bring_what_the_equations_say(void **state) {
  (void)state;
  static const double dts[] = {0.1, 0.5, 1};
  for (size_t k = 0; k < COUNT_OF(kinds); k++)
    for (size_t i = 0; i < COUNT_OF(dts); i++) {
      check_course(dts[i], &kinds[k], 0);
      check_course(dts[i], &kinds[k], 40);
    }
}

/* A regular train comes to the fixed point of the equations. */
static void regular_trains_come_to_their_closed_form(void **state) {
  (void)state;
  for (size_t k = 0; k < COUNT_OF(kinds); k++)
    for (int interval = 2; interval <= 128; interval *= 4) {
      const izh_stp *stp = &kinds[k];
      izh_net *net = network_make(1, IZH_INTEGRATOR_EULER, stp, 0);
      double got = 0;
      int steps = (int)ceil(30 * fmax(fmax(stp->tau_rec_ms, stp->tau_fac_ms), interval));
      steps += interval - steps % interval + 1; /* a spike arrives in the last step */
      for (int step = 0; step < steps; step++) {
        source_fires(net, 2, step % interval == interval - 1);
        run(net, 1);
        if (step % interval == 0 && step > 0) got = izh_net_currents(net).exc[SOURCES];
      }
      real a = stp->tau_fac_ms > 0 ? expl(-interval / stp->tau_fac_ms) : 0,
           b = stp->tau_rec_ms > 0 ? expl(-interval / stp->tau_rec_ms) : 0,
           u = stp->U / (1 - (1 - stp->U) * a), x = (1 - b) / (1 - (1 - u) * b);
      if (fabsl(got / (u * x) - 1) > 1e-10L)
        fail_msg("U = %g, every %d ms: %.17g, not %.17Lg", stp->U, interval, got, u * x);
      izh_net_destroy(net);
    }
}

/* Spikes that are located in a step have their own times, also several in one. */
static void located_spikes_have_their_times(void **state) {
  (void)state;
  izh_stp stp = {0.3, 5, 3};
  izh_net *net = net_make(1, IZH_INTEGRATOR_EXACT, 1);
  population_make(net, "source", 1, (const double[]){0.02, 0.2, -50, 0.1, -65, -13});
  population_make(net, "cell", 1, regular_spiking);
  current_make(net, "I", izh_ids_range(0, 1), 300);
  izh_projection_def def =
      projection_def("x", izh_ids_range(0, 1), izh_ids_range(1, 1), (izh_rule){.kind = IZH_RULE_ALL_TO_ALL});
  def.stp = stp;
  uint32_t index;
  MUST(connect(net, &def, one_value(1), one_value(0), &index));
  double got[200];
  for (int step = 0; step < 200; step++) {
    run(net, 1);
    got[step] = izh_net_currents(net).exc[1];
  }
  izh_spikes all = izh_net_spikes(net);
  double ms[2000];
  real part[2000];
  int n = 0, most = 0;
  for (uint64_t k = 0; k < all.begin[200]; k++)
    if (all.index[k] == 0) ms[n++] = all.ms[k];
  parts(&stp, ms, n, part);
  for (int step = 1, k = 0; step < 200; step++) {
    real want = 0;
    int before = k;
    for (; k < n && ms[k] <= step; k++) want += part[k];
    most = k - before > most ? k - before : most;
    assert_true(fabsl(got[step] - want) < 1e-12L);
  }
  assert_true(most > 1);
  izh_net_destroy(net);
}

/* Resources that are held are full; the state is what a spike would find. */
static void resources_can_be_held(void **state) {
  (void)state;
  izh_stp stp = {0.4, 100, 50};
  izh_net *net = network_make(1, IZH_INTEGRATOR_EULER, &stp, 2);
  double u[SOURCES], x[SOURCES];
  for (int step = 0; step < 20; step++) {
    source_fires(net, 2, step % 5 == 0);
    run(net, 1);
  }
  izh_projection_resources(net, 0, u, x);
  assert_true(x[0] < 0.5 && u[0] > 0.3 && x[1] == 1 && u[1] == 0); /* in the order of the sources */
  assert_true(izh_projection_hold_resources(net, 0));
  izh_projection_resources(net, 0, u, x);
  assert_true(x[0] == 1 && u[0] > 0.3);
  source_fires(net, 2, true);
  run(net, 1);
  izh_projection_resources(net, 0, u, x);
  assert_true(x[0] == 1 && u[0] > 0.5);
  source_fires(net, 2, false);
  run(net, 1);
  assert_true(fabs(izh_net_currents(net).exc[SOURCES] - u[0]) < 1e-15);
  izh_net_destroy(net);
}

static void definitions_are_checked(void **state) {
  (void)state;
  static const struct {
    izh_stp stp;
    const char *words;
  } cases[] = {
      {{1.01, 5, 0}, "U must be 0.001 … 1 (got 1.01)"},
      {{-0.5, 5, 0}, "U must be 0.001 … 1 (got -0.5)"},
      {{NAN, 5, 0}, "U must be 0.001 … 1 (got "},
      {{0.5, -1, 0}, "tau_rec must be 0 … 1000000000 ms (got -1)"},
      {{0.5, 1, INFINITY}, "tau_fac must be 0 … 1000000000 ms (got inf)"},
  };
  izh_net *net = net_make(0.5, IZH_INTEGRATOR_EULER, 1);
  population_make(net, "P", 2, regular_spiking);
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    izh_projection_def def =
        projection_def("x", everyone(net), everyone(net), (izh_rule){.kind = IZH_RULE_ALL_TO_ALL});
    def.stp = cases[i].stp;
    uint32_t index;
    MUST_FAIL(connect(net, &def, one_value(1), one_value(0), &index), IZH_RANGE, cases[i].words);
  }
  assert_int_equal(izh_projection_count(net), 0);
  izh_net_destroy(net);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(spikes_bring_what_the_equations_say),
      cmocka_unit_test(regular_trains_come_to_their_closed_form),
      cmocka_unit_test(located_spikes_have_their_times),
      cmocka_unit_test(resources_can_be_held),
      cmocka_unit_test(definitions_are_checked),
  };
  return RUN_TESTS(tests);
}
