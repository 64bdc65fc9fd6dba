/* lif and qif, the models without u, against their solutions in closed form. */
#include "helpers.h"

enum { TAU, VR, R, VT, C_LIF, V_LIF, REFRACTORY, LEFT };
enum { CAPACITANCE, K, VR_QIF, VT_QIF, VPEAK, C_QIF, V_QIF };

static const double lif[] = {
    [TAU] = 20, [VR] = -70, [R] = 1, [VT] = -50, [C_LIF] = -60, [V_LIF] = -70, [REFRACTORY] = 0, [LEFT] = 0};
static const double qif[] = {[CAPACITANCE] = 100, [K] = 0.7,     [VR_QIF] = -60, [VT_QIF] = -40,
                             [VPEAK] = 35,        [C_QIF] = -50, [V_QIF] = -60};

static izh_net *one_make(double dt_ms, izh_integrator integrator, izh_model model, const double *numbers,
                         double current) {
  izh_net *net = net_make(dt_ms, integrator, 1);
  izh_population_def def = {.name = "P", .model = model, .size = 1};
  for (int q = 0; q < izh_model_describe(model)->n; q++) def.values[q] = &numbers[q];
  uint32_t index;
  MUST(izh_population_add(net, &def, &index, &fault));
  current_make(net, "I", everyone(net), current);
  return net;
}

/* The time from v to the threshold: v decays towards vr + R I. */
static double lif_time(double v, double current) {
  double end = lif[VR] + lif[R] * current;
  return lif[TAU] * log((end - v) / (end - lif[VT]));
}

/* v' = p2 x² + p0 with x = v - origin and p0 > 0: x = √(p0/p2) tan(√(p0 p2) t + …). */
static double qif_time(double v, double current) {
  double half = (qif[VT_QIF] - qif[VR_QIF]) / 2, origin = qif[VR_QIF] + half, p2 = qif[K] / qif[CAPACITANCE],
         p0 = current / qif[CAPACITANCE] - p2 * half * half, scale = sqrt(p2 / p0);
  return (atan(scale * (qif[VPEAK] - origin)) - atan(scale * (v - origin))) / sqrt(p0 * p2);
}

static void expect_near(double got, double wanted, double tolerance) {
  if (!(fabs(got - wanted) <= tolerance)) fail_msg("%.12g instead of %.12g ± %g", got, wanted, tolerance);
}

static double spike_ms(const izh_net *net, uint64_t k) {
  izh_spikes spikes = izh_net_spikes(net);
  assert_true(k < spikes.begin[izh_net_now(net)]);
  if (spikes.ms) return spikes.ms[k];
  int64_t step = 0;
  while (spikes.begin[step + 1] <= k) step++;
  return izh_net_ms(net, step + 1);
}

static void exact_finds_the_times_of_the_closed_forms(void **state) {
  (void)state;
  static const double dt_ms[] = {1, 0.5, 0.1};
  for (size_t i = 0; i < COUNT_OF(dt_ms); i++) {
    int64_t steps = llround(1000 / dt_ms[i]);
    izh_net *net = one_make(dt_ms[i], IZH_INTEGRATOR_EXACT, IZH_MODEL_LIF, lif, 25);
    run(net, steps);
    for (uint64_t k = 0; k < spike_count(net); k++)
      expect_near(spike_ms(net, k), lif_time(lif[VR], 25) + (double)k * lif_time(lif[C_LIF], 25), 1e-8);
    assert_int_equal(spike_count(net), 45);
    izh_net_destroy(net);
    net = one_make(dt_ms[i], IZH_INTEGRATOR_EXACT, IZH_MODEL_QIF, qif, 100);
    run(net, steps);
    for (uint64_t k = 0; k < spike_count(net); k++)
      expect_near(spike_ms(net, k), qif_time(qif[V_QIF], 100) + (double)k * qif_time(qif[C_QIF], 100), 1e-8);
    assert_int_equal(spike_count(net), 30);
    izh_net_destroy(net);
  }
}

/* Of a fixed step: the first spike comes in the step of the true time or, by the error of the scheme, near.
 */
static void fixed_steps_come_near_as_dt_falls(void **state) {
  (void)state;
  for (int integrator = 0; integrator < IZH_INTEGRATOR_EXACT; integrator++)
    for (int model = 0; model < 2; model++) {
      izh_net *net = model ? one_make(0.01, (izh_integrator)integrator, IZH_MODEL_QIF, qif, 100)
                           : one_make(0.01, (izh_integrator)integrator, IZH_MODEL_LIF, lif, 25);
      run(net, 10000);
      double wanted = model ? qif_time(qif[V_QIF], 100) : lif_time(lif[VR], 25);
      expect_near(spike_ms(net, 0), wanted, 0.06);
      izh_net_destroy(net);
    }
}

/* A synapse that lifts v over the threshold makes it fire in this step, though v would fall within it. */
static void a_jump_over_the_threshold_is_a_spike(void **state) {
  (void)state;
  for (int integrator = 0; integrator < IZH_INTEGRATOR_COUNT; integrator++) {
    double numbers[COUNT_OF(lif)];
    memcpy(numbers, lif, sizeof lif);
    numbers[V_LIF] = -50.01;
    izh_net *net = one_make(0.1, (izh_integrator)integrator, IZH_MODEL_LIF, numbers, 0);
    double zero = 0;
    izh_stimulus_def def = {
        .name = "kick",
        .kind = IZH_STIMULUS_SPIKE_TRAIN,
        .target = everyone(net),
        .spike_train = {{.ms = &zero, .n = 1}, 0.02, {.kind = IZH_KERNEL_DELTA, .values = {0}}}};
    uint32_t index;
    MUST(izh_stimulus_add(net, &def, &index, &fault));
    run(net, 100);
    assert_int_equal(spike_count(net), 1);
    assert_true(spike_ms(net, 0) <= 0.1);
    izh_net_destroy(net);
  }
}

static void a_clamp_holds_v(void **state) {
  (void)state;
  for (int integrator = 0; integrator < IZH_INTEGRATOR_COUNT; integrator++) {
    izh_net *net = one_make(0.5, (izh_integrator)integrator, IZH_MODEL_LIF, lif, 40);
    izh_ids all = everyone(net);
    MUST(izh_population_hold(net, 0, &all, IZH_HOLD_CLAMP, (const double[]){-55}, &fault));
    run(net, 200);
    double v;
    izh_population_get(net, 0, &all, V_LIF, &v);
    assert_true(v == -55);
    assert_int_equal(spike_count(net), 0);
    izh_net_destroy(net);
  }
}

/* v stays at c for the refractory period: to the last bits in exact, in whole steps otherwise. */
static void the_refractory_period_is_kept(void **state) {
  (void)state;
  static const double periods[] = {0, 0.3, 2, 2.26, 7.7};
  for (size_t i = 0; i < COUNT_OF(periods); i++) {
    double numbers[COUNT_OF(lif)], first = lif_time(lif[VR], 25),
                                   next = periods[i] + lif_time(lif[C_LIF], 25);
    memcpy(numbers, lif, sizeof lif);
    numbers[REFRACTORY] = periods[i];
    izh_net *net = one_make(0.5, IZH_INTEGRATOR_EXACT, IZH_MODEL_LIF, numbers, 25);
    run(net, 2000);
    for (uint64_t k = 0; k < spike_count(net); k++)
      expect_near(spike_ms(net, k), first + (double)k * next, 1e-8);
    assert_int_equal(spike_count(net), (int)((1000 - first) / next) + 1);
    izh_net_destroy(net);
    for (int scheme = 0; scheme < IZH_INTEGRATOR_EXACT; scheme++) {
      net = one_make(0.5, (izh_integrator)scheme, IZH_MODEL_LIF, numbers, 25);
      izh_net *without = one_make(0.5, (izh_integrator)scheme, IZH_MODEL_LIF, lif, 25);
      run(net, 2000);
      run(without, 2000);
      double steps = floor(periods[i] / 0.5 + 0.5); /* 0.3 ms is one step, 2.26 ms are five */
      for (uint64_t k = 0; k < spike_count(net); k++)
        assert_true(spike_ms(net, k) == spike_ms(without, k) + 0.5 * steps * (double)k);
      assert_in_range(spike_count(net), 20, 50);
      izh_net_destroy(net);
      izh_net_destroy(without);
    }
  }
}

/* What arrives in it is lost, by current, conductance or jump. */
static void nothing_moves_v_in_it(void **state) {
  (void)state;
  for (int scheme = 0; scheme < IZH_INTEGRATOR_COUNT; scheme++)
    for (int kind = IZH_KERNEL_DELTA; kind <= IZH_KERNEL_EXP; kind++) {
      double numbers[COUNT_OF(lif)], times[20], v, left;
      memcpy(numbers, lif, sizeof lif);
      numbers[REFRACTORY] = 6;
      numbers[V_LIF] = -50; /* it fires in the first step */
      izh_net *net = one_make(0.5, (izh_integrator)scheme, IZH_MODEL_LIF, numbers, 3000);
      izh_ids all = everyone(net);
      for (int k = 0; k < 20; k++) times[k] = 0.5 * k;
      izh_stimulus_def def = {
          .name = "kicks",
          .kind = IZH_STIMULUS_SPIKE_TRAIN,
          .target = all,
          .spike_train = {
              {.ms = times, .n = 20},
              kind == IZH_KERNEL_DELTA ? 50 : 0.02,
              {.kind = (izh_kernel_kind)kind, .values = {3}, .conducts = kind == IZH_KERNEL_EXP}}};
      uint32_t index;
      MUST(izh_stimulus_add(net, &def, &index, &fault));
      run(net, 10);
      assert_int_equal(spike_count(net), 1);
      izh_population_get(net, 0, &all, V_LIF, &v);
      izh_population_get(net, 0, &all, LEFT, &left);
      assert_true(v == -60 && left > 0.5 && left <= 1.5);
      run(net, 4);
      assert_int_equal(spike_count(net), 2);
      izh_net_destroy(net);
    }
}

/* A population in which one has a period does otherwise the same, to the bit; in every build. */
static void others_are_not_touched(void **state) {
  (void)state;
  static const char *const names[] = {"baseline", "avx2", "avx512"};
  const char *best = izh_isa_name();
  for (int scheme = 0; scheme < IZH_INTEGRATOR_COUNT; scheme++) {
    uint64_t hash = 0;
    for (size_t b = 0; b < COUNT_OF(names); b++) {
      if (izh_isa_choose(names[b], &fault)) continue;
      double refractory[40] = {0};
      izh_net *nets[2];
      for (int k = 0; k < 2; k++) {
        nets[k] = one_make(0.5, (izh_integrator)scheme, IZH_MODEL_LIF, lif, 25);
        izh_population_def def = {.name = "Q", .model = IZH_MODEL_LIF, .size = 40};
        double values[COUNT_OF(lif)][40];
        for (size_t q = 0; q < COUNT_OF(lif); q++)
          for (int i = 0; i < 40; i++) values[q][i] = lif[q];
        for (size_t q = 0; q < COUNT_OF(lif); q++) def.values[q] = values[q];
        uint32_t index;
        MUST(izh_population_add(nets[k], &def, &index, &fault));
        noise_make(nets[k], "noise", everyone(nets[k]), 18, 30);
        run(nets[k], 400);
        refractory[39] = 3;
        izh_ids all = izh_ids_range(1, 40);
        if (k == 1) MUST(izh_population_set(nets[k], 1, &all, REFRACTORY, refractory, &fault));
        run(nets[k], 400);
      }
      assert_true(spikes_hash(nets[0], 40) == spikes_hash(nets[1], 40));
      uint64_t whole = spikes_hash(nets[1], UINT32_MAX);
      assert_true(whole != spikes_hash(nets[0], UINT32_MAX));
      assert_true(b == 0 || whole == hash);
      hash = whole;
      izh_net_destroy(nets[0]);
      izh_net_destroy(nets[1]);
    }
  }
  MUST(izh_isa_choose(best, &fault));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(exact_finds_the_times_of_the_closed_forms),
      cmocka_unit_test(fixed_steps_come_near_as_dt_falls),
      cmocka_unit_test(a_jump_over_the_threshold_is_a_spike),
      cmocka_unit_test(a_clamp_holds_v),
      cmocka_unit_test(the_refractory_period_is_kept),
      cmocka_unit_test(nothing_moves_v_in_it),
      cmocka_unit_test(others_are_not_touched),
  };
  return RUN_TESTS(tests);
}
