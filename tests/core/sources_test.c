/* Populations of sources: the same spikes whatever the threads and the instruction set; what they refuse; and
 * what happens when memory runs out. */
#include "core/net/state.h"
#include "scenario.h"

enum { SOURCES = 300 };

/* Sources between two populations of neurons; they drive both. */
static izh_status build(const izh_net_def *def, izh_net **net) {
  double rate[SOURCES];
  for (int i = 0; i < SOURCES; i++) rate[i] = i % 7 * 10;
  static const double ms[] = {10, 10.01, 40, 60.3, 60.3, 99};
  static const uint64_t begin[] = {0, 3, 3, 6};
  izh_spike_times times = {.ms = ms, .n = COUNT_OF(ms), .begin = begin, .trains = 3};
  izh_population_def poisson = {.name = "poisson",
                                .model = IZH_MODEL_POISSON,
                                .size = SOURCES,
                                .values = {rate}},
                     given = {.name = "given", .model = IZH_MODEL_SPIKE_SOURCE, .size = 3, .times = &times};
  uint32_t index;
  TRY(izh_net_create(def, net, &fault));
  TRY(scenario_population(*net, "E", SCENARIO_E, true));
  TRY(izh_population_add(*net, &poisson, &index, &fault));
  TRY(scenario_population(*net, "I", SCENARIO_I, false));
  TRY(izh_population_add(*net, &given, &index, &fault));
  izh_rule bernoulli = {.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 0.2};
  izh_ids E = izh_ids_range(0, SCENARIO_E), from = izh_ids_range(SCENARIO_E, SOURCES + SCENARIO_I + 3);
  return scenario_path(*net, "drive", from, E, bernoulli, 1, drawn_values(IZH_DIST_UNIFORM, 0, 6),
                       drawn_values(IZH_DIST_UNIFORM, 0, 9));
}

static uint64_t hash_of(const izh_net_def *def) {
  izh_net *net = NULL, *copy = NULL;
  MUST(build(def, &net));
  int64_t half = llround(60 / def->dt_ms);
  MUST(scenario_steps(net, half));
  MUST(izh_net_copy(net, &copy, &fault));
  MUST(scenario_steps(net, half));
  MUST(scenario_steps(copy, half));
  uint64_t hash = spikes_hash(net, izh_net_size(net));
  assert_true(spikes_hash(copy, izh_net_size(copy)) == hash);
  assert_in_range(spike_count(net), 900, 4000);
  izh_net_destroy(net);
  izh_net_destroy(copy);
  return hash;
}

static void threads_and_instruction_sets_do_not_matter(void **state) {
  (void)state;
  static const char *const names[] = {"baseline", "avx2", "avx512"};
  const char *best = izh_isa_name();
  for (int exact = 0; exact < 2; exact++) {
    izh_net_def def = izh_net_def_default();
    def.integrator = exact ? IZH_INTEGRATOR_EXACT : IZH_INTEGRATOR_IZHIKEVICH2003;
    def.neurons_a_thread = 1;
    def.threads = 1;
    uint64_t hash = hash_of(&def);
    for (size_t k = 0; k < COUNT_OF(names); k++)
      if (!izh_isa_choose(names[k], &fault)) assert_true(hash_of(&def) == hash);
    MUST(izh_isa_choose(best, &fault));
    for (def.threads = 2; def.threads < 9; def.threads += 3) assert_true(hash_of(&def) == hash);
  }
}

/* Wherever memory runs out, the call fails and leaks nothing. */
static void test_without_memory(void **state) {
  (void)state;
  izh_net_def def = izh_net_def_default();
  def.threads = 1;
  long held = izh_alloc_held();
  izh_status status = IZH_MEMORY;
  for (long fail = 1; status == IZH_MEMORY; fail++) {
    izh_net *net = NULL;
    izh_alloc_fail_at(fail);
    status = build(&def, &net);
    if (!status) status = scenario_steps(net, 60);
    izh_alloc_fail_at(0);
    izh_net_destroy(net);
    assert_int_equal(izh_alloc_held(), held);
  }
  assert_int_equal(status, IZH_OK);
}

/* Without the rates of its candidates, sources that are thinned are silent. */
static void test_thinning(void **state) {
  (void)state;
  izh_net *net = net_make(0.5, IZH_INTEGRATOR_IZHIKEVICH2003, 3);
  double rate[20], given[100];
  for (int i = 0; i < 20; i++) rate[i] = 100;
  for (int i = 0; i < 100; i++) given[i] = 100;
  izh_population_def def = {.name = "S", .model = IZH_MODEL_POISSON, .size = 20, .values = {rate}};
  uint32_t index;
  MUST(izh_population_add(net, &def, &index, &fault));
  izh_net *plain = NULL;
  MUST(izh_net_copy(net, &plain, &fault));
  izh_source_thin(net, index, true);
  const izh_candidate *list;
  size_t n;
  uint64_t silent = 0;
  for (int i = 0; i < 200; i++) {
    MUST(izh_source_candidates(net, index, &list, &n, &fault));
    assert_true(n < 100);
    uint64_t before = spike_count(net);
    if (i % 2) izh_source_rates(net, index, given);
    MUST(izh_net_step(net, &fault));
    MUST(izh_net_step(plain, &fault));
    izh_spikes all = izh_net_spikes(plain);
    assert_int_equal(n, all.begin[i + 1] - all.begin[i]);
    assert_int_equal(spike_count(net) - before, i % 2 ? n : 0);
    if (i % 2 == 0) silent += n;
  }
  assert_true(silent > 50);
  izh_net_destroy(net);
  izh_net_destroy(plain);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(threads_and_instruction_sets_do_not_matter),
      cmocka_unit_test(test_without_memory),
      cmocka_unit_test(test_thinning),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
