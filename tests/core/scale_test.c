/* The smallest networks there are, and one with a million synapses. */
#include <time.h>

#include "helpers.h"

static void no_neurons(void **state) {
  (void)state;
  izh_net *net = net_make(0.5, IZH_INTEGRATOR_IZHIKEVICH2003, 1);
  run(net, 10);
  assert_int_equal(izh_net_size(net), 0);
  assert_int_equal(spike_count(net), 0);
  assert_true(izh_net_time_ms(net) == 5);
  izh_net_destroy(net);
}

/* Populations, projections and stimuli of nothing, also between others. */
static void empty_things(void **state) {
  (void)state;
  izh_net *net = net_make(1, IZH_INTEGRATOR_IZHIKEVICH2003, 1);
  uint32_t none, some = 0, last;
  izh_population_def nobody = {.name = "nobody"};
  MUST(izh_population_add(net, &nobody, &none, &fault));
  izh_ids empty = izh_population_ids(net, none);
  const izh_rule_kind kinds[] = {IZH_RULE_ALL_TO_ALL,         IZH_RULE_ONE_TO_ONE,
                                 IZH_RULE_PAIRWISE_BERNOULLI, IZH_RULE_FIXED_INDEGREE,
                                 IZH_RULE_FIXED_TOTAL_NUMBER, IZH_RULE_PAIRS};
  for (uint32_t i = 0; i < COUNT_OF(kinds); i++) {
    izh_projection_def def =
        projection_def(izh_rule_name(kinds[i]), empty, empty, (izh_rule){.kind = kinds[i]});
    MUST(
        connect(net, &def, drawn_values(IZH_DIST_NORMAL, 0, 1), drawn_values(IZH_DIST_UNIFORM, 0, 9), &last));
    izh_projection_info info = izh_projection_describe(net, last);
    assert_true(info.size == 0 && info.delay_min_ms == 0 && info.delay_max_ms == 0);
    assert_false(izh_projection_next(net, last, &(izh_synapse){0}));
  }
  noise_make(net, "noise", empty, 0, 1);
  current_make(net, "current", empty, 1);
  run(net, 5);
  some = population_make(net, "some", 3, regular_spiking);
  MUST(izh_population_add(net, &(izh_population_def){.name = "behind"}, &last, &fault));
  for (uint32_t neuron = 0; neuron < 3; neuron++) assert_int_equal(izh_population_of(net, neuron), some);
  assert_string_equal(izh_population_name(net, last), "behind");
  current_make(net, "push", everyone(net), 20);
  run(net, 50);
  assert_true(spike_count(net) > 0 && spike_count(net) % 3 == 0); /* three alike */
  assert_int_equal(izh_projections_sign(net, none), 0);
  izh_net_destroy(net);
}

/* One neuron under a current spikes regularly; with a synapse that excites itself, more often. */
static void one_neuron(void **state) {
  (void)state;
  uint64_t spikes[2];
  for (int loop = 0; loop < 2; loop++) {
    izh_net *net = net_make(0.5, IZH_INTEGRATOR_IZHIKEVICH2003, 1);
    population_make(net, "one", 1, regular_spiking);
    current_make(net, "push", everyone(net), 10);
    izh_rule rule = {.kind = IZH_RULE_ONE_TO_ONE, .autapses = true};
    izh_projection_def def = projection_def("loop", everyone(net), everyone(net), rule);
    uint32_t index;
    if (loop) MUST(connect(net, &def, one_value(60), one_value(5), &index));
    run(net, 2000);
    spikes[loop] = spike_count(net);
    izh_net_destroy(net);
  }
  assert_in_range(spikes[0], 15, 40);
  assert_true(spikes[1] > spikes[0]);
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* A million synapses with drawn weights and delays, 100 ms: far below the limit even without optimisation. */
static void a_million_synapses(void **state) {
  (void)state;
  double start = seconds();
  izh_net *net = net_make(1, IZH_INTEGRATOR_IZHIKEVICH2003, 1);
  population_make(net, "P", 10000, regular_spiking);
  izh_rule rule = {.kind = IZH_RULE_FIXED_OUTDEGREE, .n = 100};
  izh_projection_def def = projection_def("all", everyone(net), everyone(net), rule);
  uint32_t index;
  MUST(connect(net, &def, drawn_values(IZH_DIST_UNIFORM, 0, 0.5), drawn_values(IZH_DIST_UNIFORM, 0, 20),
               &index));
  assert_int_equal(izh_projection_describe(net, index).size, 1000000);
  noise_make(net, "noise", everyone(net), 0, 6);
  run(net, 100);
  assert_true(spike_count(net) > 1000);
  izh_net_destroy(net);
  assert_true(seconds() - start < 20);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_neurons),
      cmocka_unit_test(empty_things),
      cmocka_unit_test(one_neuron),
      cmocka_unit_test(a_million_synapses),
  };
  return RUN_TESTS(tests);
}
