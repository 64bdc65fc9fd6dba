/* Neurons that are clamped or lesioned. */
#include "helpers.h"

enum { N = 6 };

static double get(const izh_net *net, int q, uint32_t neuron) {
  izh_ids one = izh_ids_range(neuron, 1);
  double value;
  izh_population_get(net, 0, &one, q, &value);
  return value;
}

static void drive(izh_net *net, double current) {
  izh_projection_def def =
      projection_def("x", everyone(net), everyone(net), (izh_rule){.kind = IZH_RULE_ALL_TO_ALL});
  def.kernel = (izh_kernel){.kind = IZH_KERNEL_DELTA, .values = {0}};
  uint32_t index;
  MUST(connect(net, &def, one_value(0.5), one_value(0), &index));
  current_make(net, "I", everyone(net), current);
}

/* v is held whatever comes, u goes to b v as its equation says, at the rate a; no spikes; then it is free. */
static void a_clamp_holds_v_and_lets_u_follow(void **state) {
  (void)state;
  for (int integrator = 0; integrator < IZH_INTEGRATOR_COUNT; integrator++) {
    izh_net *net = net_make(0.1, (izh_integrator)integrator, 1);
    population_make(net, "P", N, regular_spiking);
    drive(net, 20);
    run(net, 300);
    uint64_t before = spike_count(net);
    assert_true(before > 0);
    izh_ids some = izh_ids_list((const uint32_t[]){4, 1}, 2);
    MUST(izh_population_hold(net, 0, &some, IZH_HOLD_CLAMP, (const double[]){-50, -70}, &fault));
    double u = get(net, IZH_Q_U, 4), other = get(net, IZH_Q_U, 1);
    double held[N];
    izh_ids all = izh_population_ids(net, 0);
    izh_population_held(net, 0, &all, IZH_HOLD_CLAMP, held);
    assert_memory_equal(held, ((const double[]){0, 1, 0, 0, 1, 0}), sizeof held);
    for (int k = 1; k <= 2000; k++) {
      run(net, 1);
      assert_true(get(net, IZH_Q_V, 4) == -50 && get(net, IZH_Q_V, 1) == -70);
      double decay = exp(-0.02 * 0.1 * k);
      assert_true(fabs(get(net, IZH_Q_U, 4) - (-10 + (u + 10) * decay)) < 0.01);
      assert_true(fabs(get(net, IZH_Q_U, 1) - (-14 + (other + 14) * decay)) < 0.01);
      assert_true(izh_net_currents(net).ext[4] == 20);
    }
    izh_spikes spikes = izh_net_spikes(net);
    for (uint64_t k = before; k < spike_count(net); k++)
      assert_true(spikes.index[k] != 4 && spikes.index[k] != 1);
    assert_true(spike_count(net) > before);
    before = spike_count(net);
    MUST(
        izh_population_set(net, 0, &some, IZH_Q_V, (const double[]){-60, 100}, &fault)); /* the clamp moves */
    run(net, 10);
    assert_true(get(net, IZH_Q_V, 4) == -60 && get(net, IZH_Q_V, 1) == 100);
    MUST(izh_population_hold(net, 0, &some, IZH_HOLD_NONE, NULL, &fault));
    run(net, 1000);
    int fired = 0;
    spikes = izh_net_spikes(net);
    for (uint64_t k = before; k < spike_count(net); k++) fired += spikes.index[k] == 4;
    assert_true(fired > 0);
    izh_net_destroy(net);
  }
}

/* Neither v nor u moves, spikes on the way arrive, the others go on; only a release ends it. */
static void a_lesion_ends_by_a_release(void **state) {
  (void)state;
  izh_net *net = net_make(0.5, IZH_INTEGRATOR_IZHIKEVICH2003, 1);
  population_make(net, "P", N, regular_spiking);
  drive(net, 20);
  run(net, 100);
  izh_ids some = izh_ids_range(2, 2), all = everyone(net);
  MUST(izh_population_hold(net, 0, &some, IZH_HOLD_LESION, NULL, &fault));
  double v = get(net, IZH_Q_V, 2), u = get(net, IZH_Q_U, 2);
  uint64_t before = spike_count(net);
  izh_ids rest = izh_ids_list((const uint32_t[]){0, 1, 4, 5}, 4);
  MUST(izh_population_hold(net, 0, &all, IZH_HOLD_CLAMP, NULL, &fault));
  MUST(izh_population_hold(net, 0, &rest, IZH_HOLD_NONE, NULL, &fault));
  run(net, 400);
  assert_true(get(net, IZH_Q_V, 2) == v && get(net, IZH_Q_U, 2) == u);
  izh_spikes spikes = izh_net_spikes(net);
  assert_true(spike_count(net) > before);
  for (uint64_t k = before; k < spike_count(net); k++)
    assert_true(spikes.index[k] != 2 && spikes.index[k] != 3);
  double lesioned[N];
  izh_population_held(net, 0, &all, IZH_HOLD_LESION, lesioned);
  assert_memory_equal(lesioned, ((const double[]){0, 0, 1, 1, 0, 0}), sizeof lesioned);
  izh_population_held(net, 0, &all, IZH_HOLD_CLAMP, lesioned);
  for (int k = 0; k < N; k++) assert_true(lesioned[k] == 0);
  MUST(izh_population_hold(net, 0, &all, IZH_HOLD_NONE, NULL, &fault));
  izh_population_held(net, 0, &all, IZH_HOLD_NONE, lesioned);
  for (int k = 0; k < N; k++) assert_true(lesioned[k] == 1);
  run(net, 1);
  assert_true(get(net, IZH_Q_V, 2) != v && get(net, IZH_Q_U, 2) != u);
  izh_net_destroy(net);
}

static void holding_is_checked(void **state) {
  (void)state;
  izh_net *net = net_make(0.5, IZH_INTEGRATOR_IZHIKEVICH2003, 1);
  population_make(net, "P", N, regular_spiking);
  izh_ids some = izh_ids_range(2, 2);
  static const double bad[] = {30, 1e9, -1000, NAN, INFINITY};
  for (size_t i = 0; i < COUNT_OF(bad); i++)
    MUST_FAIL(izh_population_hold(net, 0, &some, IZH_HOLD_CLAMP, (const double[]){-65, bad[i]}, &fault),
              IZH_RANGE, "v of neuron 4 must be above -1000 and below its peak of 30 mV (got ");
  izh_alloc_fail_at(1);
  MUST_FAIL(izh_population_hold(net, 0, &some, IZH_HOLD_LESION, NULL, &fault), IZH_MEMORY, NULL);
  izh_alloc_fail_at(0);
  double held[2];
  izh_population_held(net, 0, &some, IZH_HOLD_LESION, held);
  assert_true(held[0] == 0 && held[1] == 0 && get(net, IZH_Q_V, 2) == -65);
  izh_net_destroy(net);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_clamp_holds_v_and_lets_u_follow),
      cmocka_unit_test(a_lesion_ends_by_a_release),
      cmocka_unit_test(holding_is_checked),
  };
  return RUN_TESTS(tests);
}
