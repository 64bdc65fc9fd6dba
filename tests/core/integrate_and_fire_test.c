/* lif and qif, the models without u, against their solutions in closed form. */
#include "helpers.h"

enum { TAU, VR, R, VT, C_LIF, V_LIF };
enum { CAPACITANCE, K, VR_QIF, VT_QIF, VPEAK, C_QIF, V_QIF };

static const double lif[] = {[TAU] = 20, [VR] = -70, [R] = 1, [VT] = -50, [C_LIF] = -60, [V_LIF] = -70};
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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(exact_finds_the_times_of_the_closed_forms),
      cmocka_unit_test(fixed_steps_come_near_as_dt_falls),
      cmocka_unit_test(a_jump_over_the_threshold_is_a_spike),
      cmocka_unit_test(a_clamp_holds_v),
  };
  return RUN_TESTS(tests);
}
