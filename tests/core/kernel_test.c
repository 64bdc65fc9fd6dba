/* Kernels against their closed forms: the current of each step, and the charge of a spike, at any dt. */
#include "helpers.h"

static const double puppet[IZH_Q_COUNT] = {0.02, 0.2, -65, 0, 0, 140};
static const double dts[] = {1, 0.5, 0.25, 0.1, 0.02, 0.3, 0.004};

/* One step, in which the neurons below n_fire fire. Under Euler's method the others then have v = dt × input.
 */
static void step_firing(izh_net *net, uint32_t n_fire) {
  izh_ids ids = izh_population_ids(net, 0);
  double v[8] = {0}, u[8];
  double up = 140 - 40 / izh_net_definition(net)->dt_ms; /* v = 40 at the end of the step */
  for (uint32_t i = 0; i < ids.size; i++) u[i] = i < n_fire ? up : 140;
  MUST(izh_population_set(net, 0, &ids, IZH_Q_V, v, &fault));
  MUST(izh_population_set(net, 0, &ids, IZH_Q_U, u, &fault));
  run(net, 1);
}

static double v_of(const izh_net *net, uint32_t neuron) {
  izh_ids one = izh_ids_range(neuron, 1);
  double v;
  izh_population_get(net, 0, &one, IZH_Q_V, &v);
  return v;
}

static uint32_t path_make(izh_net *net, const char *name, izh_kernel kernel, double weight, double delay_ms) {
  izh_rule rule = {.kind = IZH_RULE_PAIRS, .n = 1, .pairs = (const uint32_t[]){0, 1}};
  izh_projection_def def = projection_def(name, everyone(net), everyone(net), rule);
  def.kernel = kernel;
  uint32_t index;
  MUST(connect(net, &def, one_value(weight), one_value(delay_ms), &index));
  return index;
}

/* --- one spike --- */

/* ∫ of the kernel from the arrival to a time t ≥ 0 after it, for a weight of 1. */
static long double charge_until(izh_kernel kernel, long double t) {
  long double tau = kernel.values[0], x = t / tau;
  if (kernel.kind == IZH_KERNEL_PULSE) return t < tau ? t : tau;
  if (kernel.kind == IZH_KERNEL_EXP) return -tau * expm1l(-x);
  if (x > 0.01L) return expl(1) * tau * (1 - (1 + x) * expl(-x));
  /* ∫ s e^-s ds = x²/2 - x³/3 + x⁴/8 - x⁵/30 + x⁶/144 - …, where the difference above loses its digits */
  return expl(1) * tau * x * x * (0.5L - x * (1 / 3.0L - x * (1 / 8.0L - x * (1 / 30.0L - x / 144))));
}

static long double whole_charge(izh_kernel kernel) {
  return kernel.values[0] * (kernel.kind == IZH_KERNEL_ALPHA ? expl(1) : 1);
}

/* A spike at time 0 of neuron 0; the current of every step of neuron 1 is the kernel's mean over it. */
static void check_course(double dt, izh_kernel kernel) {
  izh_net *net = net_make(dt, IZH_INTEGRATOR_EULER, 1);
  population_make(net, "P", 2, puppet);
  path_make(net, "x", kernel, 2, 0);
  step_firing(net, 1);
  long double charge = 0;
  double peak = 2;
  int64_t steps = (int64_t)ceil(60 * kernel.values[0] / dt) + 2;
  for (int64_t k = 0; k < steps; k++) {
    step_firing(net, 0);
    double I = izh_net_currents(net).exc[1];
    long double t = (long double)k * dt,
                want = 2 * (charge_until(kernel, t + dt) - charge_until(kernel, t)) / dt;
    if (!(fabsl(I - want) <= 1e-12L * peak))
      fail_msg("%s of %g ms at dt = %g, step %lld: %.17g, not %.17Lg", izh_kernel_name(kernel.kind),
               kernel.values[0], dt, (long long)k, I, want);
    assert_true(v_of(net, 1) == dt * I);
    charge += (long double)I * dt;
  }
  assert_true(fabsl(charge / (2 * whole_charge(kernel)) - 1) < 1e-13L);
  izh_net_destroy(net);
}

static void every_step_has_the_mean_of_the_kernel(void **state) {
  (void)state;
  static const double taus[] = {0.05, 1, 5.3, 30};
  for (size_t i = 0; i < COUNT_OF(dts); i++)
    for (size_t t = 0; t < COUNT_OF(taus); t++) {
      if (taus[t] / dts[i] > 2000) continue; /* the same again, for long */
      check_course(dts[i], (izh_kernel){.kind = IZH_KERNEL_EXP, .values = {taus[t]}});
      check_course(dts[i], (izh_kernel){.kind = IZH_KERNEL_ALPHA, .values = {taus[t]}});
    }
  for (size_t i = 0; i < COUNT_OF(dts); i++)
    check_course(dts[i], (izh_kernel){.kind = IZH_KERNEL_PULSE, .values = {3 * dts[i]}});
}

/* The charge of each kernel is the same at every dt, to the last digits, also when tau is far from dt. */
static void charge_does_not_depend_on_dt(void **state) {
  (void)state;
  static const double taus[] = {0.001, 0.02, 1, 40};
  for (int kind = IZH_KERNEL_EXP; kind <= IZH_KERNEL_ALPHA; kind++)
    for (size_t t = 0; t < COUNT_OF(taus); t++)
      for (size_t i = 0; i < 6; i++) {
        izh_kernel kernel = {.kind = (izh_kernel_kind)kind, .values = {taus[t]}};
        izh_net *net = net_make(dts[i], IZH_INTEGRATOR_EULER, 1);
        population_make(net, "P", 2, puppet);
        path_make(net, "x", kernel, -0.7, 0);
        step_firing(net, 1);
        long double charge = 0;
        for (int64_t k = 0; (double)k * dts[i] < 45 * taus[t] + 1; k++) {
          step_firing(net, 0);
          charge += (long double)izh_net_currents(net).inh[1] * dts[i];
        }
        assert_true(fabsl(charge / (-0.7L * whole_charge(kernel)) - 1) < 1e-13L);
        izh_net_destroy(net);
      }
}

/* What has decayed becomes 0, rather than ever smaller numbers. */
static void silence_ends_at_zero(void **state) {
  (void)state;
  for (int kind = IZH_KERNEL_EXP; kind <= IZH_KERNEL_ALPHA; kind++) {
    izh_net *net = net_make(1, IZH_INTEGRATOR_EULER, 1);
    population_make(net, "P", 2, puppet);
    path_make(net, "x", (izh_kernel){.kind = (izh_kernel_kind)kind, .values = {2}}, 1, 0);
    step_firing(net, 1);
    for (int k = 0; k < 1000; k++) step_firing(net, 0);
    assert_true(izh_net_currents(net).exc[1] == 0);
    step_firing(net, 1);
    step_firing(net, 0);
    assert_true(izh_net_currents(net).exc[1] > 0.1);
    izh_net_destroy(net);
  }
}

/* --- several at a time --- */

/* Projections of one kernel share their sums, also when they were made at different times; one of another
 * tau, or the other sign, does not touch them. */
static void kernels_add_up(void **state) {
  (void)state;
  for (int kind = 0; kind < IZH_KERNEL_COUNT; kind++) {
    izh_kernel kernel = {.kind = (izh_kernel_kind)kind, .values = {3}},
               other = {.kind = (izh_kernel_kind)kind, .values = {7}};
    double exc[2][40], inh[2][40], v[2][40];
    for (int together = 0; together < 2; together++) {
      izh_net *net = net_make(0.5, IZH_INTEGRATOR_EULER, 1);
      population_make(net, "P", 2, puppet);
      path_make(net, "a", kernel, 0.25, 1);
      if (!together) path_make(net, "b", kernel, 0.5, 1);
      if (together) path_make(net, "c", kernel, 0.25, 1);
      if (together) path_make(net, "d", kernel, 0.25, 1);
      path_make(net, "e", kernel, -0.125, 0);
      path_make(net, "f", other, 0.125, 2);
      for (int k = 0; k < 40; k++) {
        step_firing(net, k % 7 == 0);
        exc[together][k] = izh_net_currents(net).exc[1];
        inh[together][k] = izh_net_currents(net).inh[1];
        v[together][k] = v_of(net, 1);
      }
      izh_net_destroy(net);
    }
    for (int k = 0; k < 40; k++) { /* the weights have few bits, but the sums decay in another order */
      assert_true(fabs(exc[0][k] - exc[1][k]) < 1e-15);
      assert_true(fabs(inh[0][k] - inh[1][k]) < 1e-15);
      assert_true(fabs(v[0][k] - v[1][k]) < 1e-14);
    }
  }
}

/* A changed weight, a new sign, a disabled projection: from what arrives then on; what has arrived decays. */
static void changes_act_on_what_arrives(void **state) {
  (void)state;
  for (int kind = IZH_KERNEL_EXP; kind <= IZH_KERNEL_ALPHA; kind++) {
    izh_kernel kernel = {.kind = (izh_kernel_kind)kind, .values = {4}};
    izh_net *net = net_make(1, IZH_INTEGRATOR_EULER, 1);
    population_make(net, "P", 2, puppet);
    uint32_t index = path_make(net, "x", kernel, 1, 2);
    for (int k = 0; k < 40; k++) {
      if (k == 12)
        MUST(izh_projection_scale(net, index, -3, &fault)); /* before the spike of step 10 arrives */
      if (k == 22) izh_projection_enable(net, index, false);
      if (k == 30) population_make(net, "more", 500, puppet); /* every sum is moved */
      step_firing(net, k == 0 || k == 10 || k == 20);
      /* a spike of step k has the time k + 1 and arrives 2 ms later */
      long double exc = k < 3 ? 0 : charge_until(kernel, k - 2) - charge_until(kernel, k - 3);
      long double inh = k < 13 ? 0 : -3 * (charge_until(kernel, k - 12) - charge_until(kernel, k - 13));
      assert_true(fabsl(izh_net_currents(net).exc[1] - exc) < 1e-14L);
      assert_true(fabsl(izh_net_currents(net).inh[1] - inh) < 1e-14L);
    }
    izh_net_destroy(net);
  }
}

/* Pulses of one step are added to the current itself while no channel before theirs gives one. Here such a
 * channel begins to, and then conductances come in. */
static void pulses_of_one_step_add_to_others(void **state) {
  (void)state;
  izh_kernel pulse = {.kind = IZH_KERNEL_PULSE, .values = {1}},
             slow = {.kind = IZH_KERNEL_EXP, .values = {4}};
  izh_kernel conducting = {.kind = IZH_KERNEL_EXP, .values = {4, 0}, .conducts = true};
  izh_net *net = net_make(1, IZH_INTEGRATOR_EULER, 1);
  population_make(net, "P", 2, puppet);
  uint32_t first = path_make(net, "slow", slow, -2, 1);
  path_make(net, "pulse", pulse, 0.25, 1);
  for (int k = 0; k < 60; k++) {
    if (k == 20) MUST(izh_projection_scale(net, first, -1, &fault)); /* its weights are positive now */
    if (k == 40) path_make(net, "conductance", conducting, 0, 1);
    step_firing(net, k % 3 == 0);
    long double exc = k >= 2 && k % 3 == 2 ? 0.25L : 0, inh = 0;
    for (int spike = 0; spike <= k - 2; spike += 3) { /* arrives in step spike + 2 */
      long double slowly = 2 * (charge_until(slow, k - spike - 1) - charge_until(slow, k - spike - 2));
      if (spike + 2 >= 20)
        exc += slowly;
      else
        inh -= slowly;
    }
    assert_true(fabsl(izh_net_currents(net).exc[1] - exc) < 1e-14L);
    assert_true(fabsl(izh_net_currents(net).inh[1] - inh) < 1e-14L);
  }
  izh_net_destroy(net);
}

/* --- delta --- */

static const izh_kernel delta = {.kind = IZH_KERNEL_DELTA};

/* v is higher by the weight when the step of the arrival begins; no current flows, before or after. */
static void delta_lets_v_jump(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(dts); i++) {
    double dt = dts[i];
    izh_net *net = net_make(dt, IZH_INTEGRATOR_EULER, 1);
    population_make(net, "P", 2, puppet);
    path_make(net, "up", delta, 2, 3 * dt);
    path_make(net, "down", delta, -0.5, 3 * dt);
    for (int k = 0; k < 10; k++) {
      step_firing(net, k == 1);
      izh_currents I = izh_net_currents(net);
      assert_true(I.exc[1] == 0 && I.inh[1] == 0 && I.ext[1] == 0);
      double v = k == 5 ? 1.5 : 0; /* the spike has the time 2 dt */
      assert_true(fabs(v_of(net, 1) - (v + dt * (0.04 * v * v + 5 * v))) < 1e-13);
    }
    izh_net_destroy(net);
  }
}

/* A neuron at rest, without noise: one jump is the same at any dt, up to the error of the method. */
static void delta_means_the_same_at_any_dt(void **state) {
  (void)state;
  double after[2];
  for (int fine = 0; fine < 2; fine++) {
    double dt = fine ? 0.005 : 0.01;
    izh_net *net = net_make(dt, IZH_INTEGRATOR_IZHIKEVICH2003, 1);
    population_make(net, "P", 2, (const double[]){0.02, 0.2, -65, 8, -70, -14});
    path_make(net, "x", delta, 5, 0);
    izh_ids one = izh_ids_range(0, 1);
    MUST(izh_population_set(net, 0, &one, IZH_Q_V, &(double){29.99}, &fault)); /* fires in the first step */
    run(net, llround(2 / dt));
    after[fine] = v_of(net, 1);
    izh_net_destroy(net);
  }
  assert_true(after[0] > -69.5 && fabs(after[0] - after[1]) < 0.02);
}

/* Lifted over its peak, a neuron fires in that step. */
static void delta_can_make_a_neuron_fire(void **state) {
  (void)state;
  for (int integrator = 0; integrator < IZH_INTEGRATOR_COUNT; integrator++) {
    izh_net *net = net_make(0.5, (izh_integrator)integrator, 1);
    population_make(net, "P", 2, regular_spiking);
    path_make(net, "x", delta, 200, 0);
    izh_ids one = izh_ids_range(0, 1);
    MUST(izh_population_set(net, 0, &one, IZH_Q_V, &(double){60}, &fault));
    run(net, 2);
    izh_spikes spikes = izh_net_spikes(net);
    assert_int_equal(spikes.begin[1], 1);
    assert_int_equal(spikes.begin[2], 2);
    assert_int_equal(spikes.index[1], 1);
    izh_net_destroy(net);
  }
}

/* --- delays --- */

/* From no delay to one of 1000 ms, for each kernel, one for all or given. */
static void delays_reach_a_second(void **state) {
  (void)state;
  static const double delays[] = {0, 0.5, 999.5, 1000};
  for (int kind = 0; kind < IZH_KERNEL_COUNT; kind++)
    for (size_t d = 0; d < COUNT_OF(delays); d++)
      for (int given = 0; given < 2; given++) {
        izh_net *net = net_make(0.5, IZH_INTEGRATOR_EULER, 1);
        population_make(net, "P", 2, puppet);
        izh_rule rule = {.kind = IZH_RULE_PAIRS, .n = 1, .pairs = (const uint32_t[]){0, 1}};
        izh_projection_def def = projection_def("x", everyone(net), everyone(net), rule);
        def.kernel = (izh_kernel){.kind = (izh_kernel_kind)kind, .values = {1}};
        uint32_t index;
        MUST(connect(net, &def, one_value(1), given ? given_values(&delays[d]) : one_value(delays[d]),
                     &index));
        assert_true(izh_projection_describe(net, index).delay_max_ms == delays[d]);
        assert_int_equal(izh_projection_describe(net, index).kernel.kind, kind);
        int64_t due = 1 + llround(delays[d] / 0.5);
        for (int64_t k = 0; k <= due; k++) {
          step_firing(net, k == 0);
          assert_true((v_of(net, 1) != 0) == (k == due));
        }
        izh_net_destroy(net);
      }
}

/* --- bad definitions --- */

static void kernels_are_checked(void **state) {
  (void)state;
  static const struct {
    izh_kernel kernel;
    const char *words;
  } cases[] = {
      {{.kind = IZH_KERNEL_EXP, .values = {0}}, "tau must be 0.001 … 1000000 ms (got 0)"},
      {{.kind = IZH_KERNEL_EXP, .values = {-1}}, "tau must be 0.001 … 1000000 ms (got -1)"},
      {{.kind = IZH_KERNEL_ALPHA, .values = {0.0009}}, "tau must be 0.001 … 1000000 ms (got 0.0009)"},
      {{.kind = IZH_KERNEL_ALPHA, .values = {1.1e6}}, "tau must be 0.001 … 1000000 ms (got 1.1e+06)"},
      {{.kind = IZH_KERNEL_EXP, .values = {NAN}}, "tau must be 0.001 … 1000000 ms (got "},
      {{.kind = IZH_KERNEL_EXP, .values = {INFINITY}}, "tau must be 0.001 … 1000000 ms (got inf)"},
      {{.kind = IZH_KERNEL_PULSE, .values = {0.3}},
       "width (1 ms when not given) must be a multiple of dt = 0.5 ms"},
      {{.kind = IZH_KERNEL_PULSE, .values = {0}}, "width must be > 0 ms (got 0)"},
      {{.kind = IZH_KERNEL_COUNT, .values = {1}}, "unknown synapse 4"},
      {{.kind = IZH_KERNEL_PULSE, .values = {1}, .conducts = true},
       "synapse pulse has no reversal potential"},
      {{.kind = IZH_KERNEL_EXP, .values = {1, NAN}, .conducts = true},
       "the reversal potential of a conductance must be a number (got NaN)"},
      {{.kind = IZH_KERNEL_ALPHA, .values = {1, 1001}, .conducts = true},
       "reversal must be -1000 … 1000 mV (got 1001)"},
  };
  izh_net *net = net_make(0.5, IZH_INTEGRATOR_EULER, 1);
  population_make(net, "P", 2, puppet);
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    izh_rule rule = {.kind = IZH_RULE_ALL_TO_ALL};
    izh_projection_def def = projection_def("x", everyone(net), everyone(net), rule);
    def.kernel = cases[i].kernel;
    uint32_t index;
    izh_status status = cases[i].kernel.kind == IZH_KERNEL_COUNT ? IZH_ARGUMENT : IZH_RANGE;
    MUST_FAIL(connect(net, &def, one_value(1), one_value(0), &index), status, cases[i].words);
    assert_int_equal(izh_projection_count(net), 0);
  }
  izh_net_destroy(net);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_step_has_the_mean_of_the_kernel),
      cmocka_unit_test(charge_does_not_depend_on_dt),
      cmocka_unit_test(silence_ends_at_zero),
      cmocka_unit_test(kernels_add_up),
      cmocka_unit_test(changes_act_on_what_arrives),
      cmocka_unit_test(pulses_of_one_step_add_to_others),
      cmocka_unit_test(delta_lets_v_jump),
      cmocka_unit_test(delta_means_the_same_at_any_dt),
      cmocka_unit_test(delta_can_make_a_neuron_fire),
      cmocka_unit_test(delays_reach_a_second),
      cmocka_unit_test(kernels_are_checked),
  };
  return RUN_TESTS(tests);
}
