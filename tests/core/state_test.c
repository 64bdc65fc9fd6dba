/* A copy of a network has all of its state: it goes on with the same bits, and neither notices the other. */
#include "core/recording.h"
#include "core/state.h"
#include "scenario.h"

enum { KEPT = 50 }; /* neurons whose spikes are kept in the end */

static const izh_integrator integrators[] = {IZH_INTEGRATOR_IZHIKEVICH2003, IZH_INTEGRATOR_FIGURE1,
                                             IZH_INTEGRATOR_RK4, IZH_INTEGRATOR_EXACT};

/* What the scenario does not have: recordings, kernels, Poisson sources, given spikes, holds, kept ranges. */
static izh_status add_more(izh_net *net) {
  static const uint32_t list[] = {61, 7, 30};
  static const double amplitudes[] = {3, 1, 2}, times[] = {3, 30, 30, 90.3}, zero = 0, one = 1;
  static const izh_variable variables[] = {IZH_VARIABLE_V, IZH_VARIABLE_I_EXT}, weight = IZH_VARIABLE_WEIGHT;
  izh_ids some = izh_ids_list(list, COUNT_OF(list)), E = izh_ids_range(0, SCENARIO_E);
  uint32_t index;
  for (int kernel = 0; kernel < IZH_KERNEL_COUNT; kernel++) {
    izh_stimulus_def def = {.name = izh_kernel_name((izh_kernel_kind)kernel),
                            .kind = IZH_STIMULUS_POISSON,
                            .target = kernel % 2 ? some : E,
                            .rate_hz = 50,
                            .sources = 2,
                            .weight = 0.5,
                            .kernel = {(izh_kernel_kind)kernel, 2}};
    TRY(izh_stimulus_add(net, &def, &index, &fault));
    izh_projection_def path = projection_def(def.name, E, some, (izh_rule){.kind = IZH_RULE_ALL_TO_ALL});
    path.kernel = def.kernel;
    TRY(connect(net, &path, one_value(0.1), drawn_values(IZH_DIST_UNIFORM, 0, 9), &index));
  }
  izh_stimulus_def train = {.name = "train",
                            .kind = IZH_STIMULUS_SPIKES,
                            .target = E,
                            .spikes_ms = times,
                            .n_spikes = COUNT_OF(times),
                            .weight = 2,
                            .kernel = {IZH_KERNEL_PULSE, 3}};
  TRY(izh_stimulus_add(net, &train, &index, &fault));
  izh_stimulus_def own = {.name = "amplitudes",
                          .kind = IZH_STIMULUS_CURRENT,
                          .target = some,
                          .times_ms = &zero,
                          .values = &one,
                          .n = 1,
                          .amplitudes = amplitudes};
  TRY(izh_stimulus_add(net, &own, &index, &fault));
  izh_ids held = izh_ids_range(10, 2), lesioned = izh_ids_range(20, 3), kept = izh_ids_range(0, KEPT);
  TRY(izh_population_hold(net, 0, &held, IZH_HOLD_CLAMP, NULL, &fault));
  TRY(izh_population_hold(net, 0, &lesioned, IZH_HOLD_LESION, NULL, &fault));
  izh_recording_def of_v = {.name = "v",
                            .neurons = some,
                            .variables = variables,
                            .n_variables = 2,
                            .every_ms = 1,
                            .memory = 1 << 20};
  izh_recording_def of_weights = {
      .name = "w", .projection = 6, .variables = &weight, .n_variables = 1, .every_ms = 0.5, .memory = 0};
  TRY(izh_recording_add(net, &of_v, &index, &fault));
  TRY(izh_recording_add(net, &of_weights, &index, &fault));
  TRY(izh_net_keep_spikes(net, &kept, &fault));
  return IZH_OK;
}

static izh_net *make(izh_integrator integrator) {
  izh_net_def def = izh_net_def_default();
  def.integrator = integrator;
  izh_net *net = NULL;
  MUST(scenario_build(&def, &net));
  MUST(scenario_steps(net, 37));
  MUST(add_more(net));
  MUST(scenario_steps(net, 65));
  return net;
}

static uint64_t recordings_hash(const izh_net *net) {
  uint64_t hash = hash_start;
  for (uint32_t r = 0; r < izh_recording_count(net); r++) {
    izh_recording_info info = izh_recording_describe(net, r);
    double *values = take(info.samples, sizeof *values);
    for (int q = 0; q < info.n_variables; q++)
      for (uint64_t k = 0; k < info.n; k++) {
        MUST(izh_recording_values(net, r, q, k, values, &fault));
        for (uint64_t j = 0; j < info.samples; j++) hash = hash_add(hash, bits_of(values[j]));
      }
    free(values);
  }
  return hash;
}

static uint64_t hash_of(const izh_net *net) {
  return hash_add(hash_add(spikes_hash(net, KEPT), states_hash(net)), recordings_hash(net));
}

static void copies_go_on_alike(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(integrators); i++) {
    izh_net *net = make(integrators[i]), *copy = NULL;
    MUST(izh_net_copy(net, &copy, &fault));
    assert_true(hash_of(net) == hash_of(copy));
    run(copy, 4500); /* first, so that what the two still share would show; blocks of recordings get full */
    uint64_t after = hash_of(copy);
    izh_net_destroy(copy);
    MUST(izh_net_copy(net, &copy, &fault));
    run(net, 4500);
    assert_true(hash_of(net) == after);
    run(copy, 4500);
    assert_true(hash_of(copy) == after);
    izh_net_destroy(net);
    run(copy, 10);
    izh_net_destroy(copy);
  }
}

static void copies_of_recordings_in_files_are_whole(void **state) {
  (void)state;
  izh_net *net = make(IZH_INTEGRATOR_EULER), *copy = NULL;
  run(net, 9000);
  assert_true(izh_recording_describe(net, 1).in_file);
  MUST(izh_net_copy(net, &copy, &fault));
  assert_true(izh_recording_describe(copy, 1).in_file);
  uint64_t before = recordings_hash(net);
  assert_true(before == recordings_hash(copy));
  run(net, 9000);
  assert_true(before == recordings_hash(copy));
  run(copy, 9000);
  assert_true(hash_of(net) == hash_of(copy));
  izh_net_destroy(net);
  izh_net_destroy(copy);
}

static void nothing_is_lost_when_memory_runs_out(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(integrators); i += 3) {
    izh_net *net = make(integrators[i]), *copy = NULL;
    uint64_t before = hash_of(net);
    long held = izh_alloc_held(), n = 1;
    for (;; n++) {
      izh_alloc_fail_at(n);
      izh_status status = izh_net_copy(net, &copy, &fault);
      izh_alloc_fail_at(0);
      if (!status) break;
      assert_int_equal(status, IZH_MEMORY);
      assert_null(copy);
      assert_int_equal(izh_alloc_held(), held);
      assert_true(hash_of(net) == before);
    }
    assert_true(n > 100);
    izh_net_destroy(net);
    run(copy, 100);
    izh_net_destroy(copy);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(copies_go_on_alike),
      cmocka_unit_test(copies_of_recordings_in_files_are_whole),
      cmocka_unit_test(nothing_is_lost_when_memory_runs_out),
  };
  return RUN_TESTS(tests);
}
