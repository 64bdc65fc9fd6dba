/* The profile of a run: what is counted is counted exactly, what is timed adds up, and nothing changes. */
#include "core/net/profile.h"

#include "base/clock.h"
#include "core/record/recording.h"
#include "scenario.h"

static izh_net *made(int threads) {
  izh_net_def def = izh_net_def_default();
  def.threads = threads;
  def.neurons_a_thread = 1;
  izh_net *net = NULL;
  MUST(scenario_build(&def, &net));
  return net;
}

/* Spikes that have arrived at the synapses of the network, all of which are enabled, by way of the walk. */
static uint64_t arrivals(const izh_net *net) {
  izh_spikes spikes = izh_net_spikes(net);
  uint64_t n = 0;
  for (uint32_t p = 0; p < izh_projection_count(net); p++) {
    izh_synapse synapse = {0};
    while (izh_projection_next(net, p, &synapse))
      for (int64_t s = 0; s < izh_net_now(net); s++) {
        if ((double)s + 1 + synapse.delay_ms / izh_net_definition(net)->dt_ms + 0.5 >
            (double)izh_net_now(net))
          break;
        for (uint64_t k = spikes.begin[s]; k < spikes.begin[s + 1]; k++) n += spikes.index[k] == synapse.pre;
      }
  }
  return n;
}

static void counts_are_exact(void **state) {
  (void)state;
  for (int threads = 1; threads <= 3; threads += 2) {
    izh_net *net = made(threads);
    MUST(scenario_steps(net, 300));
    izh_profile profile = izh_net_profile(net);
    assert_int_equal(profile.steps, 300);
    assert_int_equal(profile.updates, 300 * SCENARIO_SIZE);
    assert_int_equal(profile.spikes, izh_net_spikes(net).begin[300]);
    assert_int_equal(profile.events, arrivals(net));
    assert_true(profile.events > 1000);
    assert_int_equal(profile.threads, threads);
    izh_net_profile_begin(net);
    assert_int_equal(izh_net_profile(net).steps, 0);
    MUST(scenario_steps(net, 1));
    profile = izh_net_profile(net);
    assert_int_equal(profile.steps, 1);
    assert_int_equal(profile.timed, 1);
    assert_int_equal(profile.updates, SCENARIO_SIZE);
    izh_net_destroy(net);
  }
}

/* The phases of a step that is timed are what it takes, and never more. Another program may take the
 * processor between two looks at the clock, or in the step, which is then forgotten: half of the steps must
 * show it. */
static void phases_add_up(void **state) {
  (void)state;
  enum { TRIES = 500 };
  izh_net *net = made(1);
  int good = 0;
  for (int i = 0; i < TRIES; i++) { /* the first step of a run is timed always */
    izh_net_profile_begin(net);
    uint64_t before = izh_clock();
    MUST(scenario_steps(net, 1));
    double elapsed = (double)(izh_clock() - before), sum = 0;
    izh_profile profile = izh_net_profile(net);
    for (int phase = 0; phase < IZH_PHASE_COUNT; phase++) {
      assert_true(profile.ns[phase] >= 0);
      sum += profile.ns[phase];
    }
    assert_true(sum <= elapsed);
    assert_true(profile.ns[IZH_PHASE_RECORDING] == 0 && profile.ns[IZH_PHASE_THREADS] == 0);
    good += sum > 0.25 * elapsed && profile.ns[IZH_PHASE_NOISE] > 0 && profile.ns[IZH_PHASE_UPDATE] > 0;
  }
  assert_true(good > TRIES / 2);
  izh_net_destroy(net);
}

/* Two bytes for a target, four for a drawn weight, and what the rows need; a little more than asked for is
 * allowed to the allocator. */
static void memory_is_what_is_held(void **state) {
  (void)state;
  izh_net *net = made(1);
  double synapses = 0;
  for (uint32_t p = 0; p < izh_projection_count(net); p++) {
    double bytes = izh_projection_memory(net, p);
    assert_true(bytes >= 2.0 * (double)izh_projection_describe(net, p).size);
    synapses += bytes;
  }
  assert_true(synapses > 0);
  /* the first, whose synapses have one weight and one delay, needs little else */
  assert_true(izh_projection_memory(net, 0) < 3.0 * (double)izh_projection_describe(net, 0).size);
  izh_net_memory fresh = izh_net_memory_of(net);
  izh_key key;
  izh_ids some = izh_ids_range(0, 5);
  MUST(izh_net_stream(net, "projection", "new", "weight", &key, &fault));
  MUST(izh_net_keep_spikes(net, &some, &fault));
  izh_net_memory before = izh_net_memory_of(net);
  assert_true(before.neurons > fresh.neurons && before.spikes > fresh.spikes);
  assert_true(before.neurons >= SCENARIO_SIZE * IZH_Q_2003_COUNT * sizeof(double));
  assert_true(before.stimuli >= SCENARIO_SIZE * sizeof(float));
  assert_true(before.recordings == 0);
  static const izh_variable v[] = {IZH_VARIABLE_V};
  izh_recording_def def = {.name = "v",
                           .neurons = everyone(net),
                           .variables = v,
                           .n_variables = 1,
                           .every_ms = 1,
                           .memory = 1 << 30};
  uint32_t index;
  MUST(izh_recording_add(net, &def, &index, &fault));
  MUST(scenario_steps(net, 10000));
  izh_net_memory after = izh_net_memory_of(net);
  assert_true(after.recordings >= 5000 * SCENARIO_SIZE * sizeof(double));
  assert_true(after.spikes >= before.spikes + 10000 * sizeof(uint64_t));
  assert_true(after.neurons == before.neurons && after.stimuli == before.stimuli);
  izh_net_destroy(net);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(counts_are_exact), cmocka_unit_test(phases_add_up),
                                     cmocka_unit_test(memory_is_what_is_held)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
