/* The same definition gives the same spikes: for ever (stored hashes), on any number of threads, and whatever
 * else is in the network. */
#include "scenario.h"

static izh_net_def scenario_def(double dt_ms, izh_integrator integrator, uint32_t seed) {
  return (izh_net_def){.dt_ms = dt_ms,
                       .integrator = integrator,
                       .seed = seed,
                       .tolerance = 1e-11,
                       .threads = 1,
                       .neurons_a_thread = 1};
}

static int compare_number(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static uint64_t scenario_hash(const izh_net_def *def, uint64_t *states) {
  izh_net *net = NULL;
  MUST(scenario_build(def, &net));
  MUST(scenario_run(net));
  assert_in_range(spike_count(net), 200, 20000);
  uint64_t hash = spikes_hash(net, SCENARIO_SIZE);
  if (states) *states = states_hash(net);
  izh_net_destroy(net);
  return hash;
}

/* A change here means that every user's spikes have changed. */
static void golden_hashes(void **state) {
  (void)state;
  static const struct {
    double dt_ms;
    izh_integrator integrator;
    uint32_t seed;
    uint64_t spikes, states;
  } golden[] = {
      {0.5, IZH_INTEGRATOR_IZHIKEVICH2003, 1, 0x2bda19656ee33486, 0xd55c191a2f6f0c57},
      {1, IZH_INTEGRATOR_IZHIKEVICH2003, 7, 0xe696cd8ae5596b38, 0x8d6a0559f39ceeca},
      {0.1, IZH_INTEGRATOR_IZHIKEVICH2003, 0xffffffff, 0xb0c0796a555982b2, 0xc6a8e7af756dc291},
      {0.25, IZH_INTEGRATOR_EULER, 1, 0xfb615e25cb3d78e4, 0x0154045314c5dad2},
      {0.2, IZH_INTEGRATOR_EULER, 2, 0x2aae046fe3661326, 0xa9010efff3f70c83},
      {0.25, IZH_INTEGRATOR_FIGURE1, 1, 0x3930319c79cf9b5e, 0xd4a0e907c0d52507},
      {0.1, IZH_INTEGRATOR_RK4, 1, 0xa4bf6fa20d251dee, 0x6593a0197d89e823},
      {1, IZH_INTEGRATOR_EXACT, 1, 0xd450c2862df4e15e, 0x37781a761dd88ce9},
      {0.2, IZH_INTEGRATOR_EXACT, 2, 0x9980be2608636e14, 0x0545efd70520c621},
  };
  int wrong = 0;
  for (size_t i = 0; i < COUNT_OF(golden); i++) {
    izh_net_def def = scenario_def(golden[i].dt_ms, golden[i].integrator, golden[i].seed);
    uint64_t states, spikes = scenario_hash(&def, &states);
    if (spikes == golden[i].spikes && states == golden[i].states) continue;
    wrong++;
    print_error("%g ms, %s, seed %u: 0x%016llx, 0x%016llx\n", golden[i].dt_ms,
                izh_integrator_name(golden[i].integrator), golden[i].seed, (unsigned long long)spikes,
                (unsigned long long)states);
  }
  assert_int_equal(wrong, 0);
}

/* Whatever vectors a processor has; those that this one lacks are refused. */
static void instruction_sets_do_not_matter(void **state) {
  (void)state;
  static const char *const names[] = {"baseline", "avx2", "avx512"};
  const char *best = izh_isa_name();
  uint64_t spikes[IZH_INTEGRATOR_COUNT], states[IZH_INTEGRATOR_COUNT];
  for (size_t k = 0; k < COUNT_OF(names); k++) {
    if (izh_isa_choose(names[k], &fault)) {
      assert_true(k > 0); /* every processor has the first */
      continue;
    }
    assert_string_equal(izh_isa_name(), names[k]);
    for (int integrator = 0; integrator < IZH_INTEGRATOR_COUNT; integrator++) {
      izh_net_def def = scenario_def(0.25, (izh_integrator)integrator, 5);
      uint64_t now, hash = scenario_hash(&def, &now);
      if (k == 0) {
        spikes[integrator] = hash;
        states[integrator] = now;
      }
      assert_true(hash == spikes[integrator] && now == states[integrator]);
    }
  }
  MUST_FAIL(izh_isa_choose("sse9", &fault), IZH_ARGUMENT,
            "unknown instruction set \"sse9\" (known: baseline");
  MUST(izh_isa_choose(best, &fault));
}

enum { EACH = 150 };

/* Of the currents of neurons with stimuli of which each has its own numbers, whole vectors of them and a
 * rest. */
static uint64_t hash_of_each(int threads) {
  double mean[EACH], sd[EACH], rate[EACH], weight[EACH];
  for (int k = 0; k < EACH; k++) {
    mean[k] = k % 3;
    sd[k] = k % 4;
    rate[k] = 40.0 * k;
    weight[k] = 1 + k % 5;
  }
  izh_net_def def = scenario_def(0.25, IZH_INTEGRATOR_EULER, 5);
  def.threads = threads;
  izh_net *net = NULL;
  MUST(izh_net_create(&def, &net, &fault));
  population_make(net, "E", EACH, regular_spiking);
  izh_stimulus_def noise = {
      .name = "noise",
      .target = izh_ids_range(0, EACH),
      .noise = {.every_ms = 0.5, .window = {.to_ms = INFINITY}, .mean_each = mean, .sd_each = sd}};
  izh_stimulus_def poisson = {.name = "poisson",
                              .kind = IZH_STIMULUS_POISSON,
                              .target = izh_ids_range(0, EACH),
                              .poisson = {.sources = 1,
                                          .kernel = {.kind = IZH_KERNEL_EXP, .values = {3}},
                                          .window = {.to_ms = INFINITY},
                                          .rate_hz_each = rate,
                                          .weight_each = weight}};
  uint32_t index;
  MUST(izh_stimulus_add(net, &noise, &index, &fault));
  MUST(izh_stimulus_add(net, &poisson, &index, &fault));
  uint64_t hash = 0;
  for (int step = 0; step < 200; step++) {
    MUST(izh_net_step(net, &fault));
    const double *ext = izh_net_currents(net).ext;
    for (int k = 0; k < EACH; k++) {
      uint64_t bits;
      memcpy(&bits, &ext[k], sizeof bits);
      hash = hash_add(hash, bits);
    }
  }
  izh_net_destroy(net);
  return hash;
}

static void values_of_each(void **state) {
  (void)state;
  static const char *const names[] = {"baseline", "avx2", "avx512"};
  const char *best = izh_isa_name();
  uint64_t hash = hash_of_each(1);
  assert_true(hash_of_each(3) == hash);
  for (size_t k = 0; k < COUNT_OF(names); k++)
    if (!izh_isa_choose(names[k], &fault)) assert_true(hash_of_each(1) == hash);
  MUST(izh_isa_choose(best, &fault));
}

static void threads_do_not_matter(void **state) {
  (void)state;
  static const int threads[] = {2, 3, 8};
  for (int integrator = 0; integrator < IZH_INTEGRATOR_COUNT; integrator++) {
    izh_net_def def = scenario_def(0.25, (izh_integrator)integrator, 5);
    uint64_t states, spikes = scenario_hash(&def, &states);
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
      uint64_t other;
      def.threads = threads[i];
      assert_true(scenario_hash(&def, &other) == spikes);
      assert_true(other == states);
    }
    def.neurons_a_thread = 30;
    assert_true(scenario_hash(&def, NULL) == spikes);
  }
}

/* Down to parts of one neuron, and fewer neurons than threads. */
static void small_parts_do_not_matter(void **state) {
  (void)state;
  uint64_t alone = 0;
  for (int threads = 1; threads < 16; threads++) {
    izh_net_def def = scenario_def(1, IZH_INTEGRATOR_IZHIKEVICH2003, 5);
    def.threads = threads;
    izh_net *net = NULL;
    MUST(izh_net_create(&def, &net, &fault));
    population_make(net, "P", 11, regular_spiking);
    izh_ids all = everyone(net);
    MUST(scenario_path(net, "all", all, all, (izh_rule){.kind = IZH_RULE_ALL_TO_ALL}, 2,
                       drawn_values(IZH_DIST_UNIFORM, 0, 3), drawn_values(IZH_DIST_UNIFORM, 0, 4)));
    noise_make(net, "noise", all, 8, 6);
    run(net, 200);
    assert_true(spike_count(net) > 50);
    uint64_t hash = hash_add(spikes_hash(net, UINT32_MAX), states_hash(net));
    if (threads == 1) alone = hash;
    assert_true(hash == alone);
    izh_net_destroy(net);
  }
}

/* Among so many names some have the same hash of 32 bits; their streams differ all the same, and a name asked
 * for again has the stream it had. */
static void streams_are_unique(void **state) {
  (void)state;
  enum { NAMES = 200000 };
  izh_net *net = net_make(1, IZH_INTEGRATOR_EULER, 6);
  const izh_key naming = {0, 0};
  uint64_t *streams = take(2 * NAMES, sizeof *streams), *sorted = streams + NAMES;
  for (int again = 0; again < 2; again++)
    for (int i = 0; i < NAMES; i++) {
      char name[40];
      izh_key key;
      izh_block b = izh_philox(naming, (uint32_t)i, 0, 0, 0); /* names that count up have no equal hashes */
      snprintf(name, sizeof name, "%08x%08x%08x%08x", b.w[0], b.w[1], b.w[2], b.w[3]);
      MUST(izh_net_stream(net, "projection", name, "weight", &key, &fault));
      assert_int_equal(key.seed, 6);
      if (again)
        assert_int_equal(streams[i], key.stream);
      else
        sorted[i] = streams[i] = key.stream;
    }
  qsort(sorted, NAMES, sizeof *sorted, compare_number);
  for (int i = 1; i < NAMES; i++) assert_true(sorted[i] != sorted[i - 1]);
  free(streams);
  izh_net_destroy(net);
}

static void seeds_matter(void **state) {
  (void)state;
  uint64_t hashes[6];
  for (uint32_t seed = 0; seed < 6; seed++) {
    izh_net_def def = scenario_def(0.5, IZH_INTEGRATOR_IZHIKEVICH2003, seed);
    hashes[seed] = scenario_hash(&def, NULL);
    for (uint32_t other = 0; other < seed; other++) assert_true(hashes[seed] != hashes[other]);
  }
}

/* A crowd that is not connected to the scenario. */
static izh_status add_crowd(izh_net *net, const char *name) {
  uint32_t first = izh_net_size(net);
  TRY(scenario_population(net, name, 37, true));
  izh_ids crowd = izh_ids_range(first, 37);
  noise_make(net, name, crowd, 1, 6);
  return scenario_path(net, name, crowd, crowd, (izh_rule){.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 0.5}, 3,
                       drawn_values(IZH_DIST_UNIFORM, 0, 2), drawn_values(IZH_DIST_UNIFORM, 0, 9));
}

static void strangers_do_not_matter(void **state) {
  (void)state;
  izh_net_def def = scenario_def(0.5, IZH_INTEGRATOR_IZHIKEVICH2003, 5);
  uint64_t alone = scenario_hash(&def, NULL);
  for (def.threads = 1; def.threads < 4; def.threads++) {
    izh_net *net = NULL;
    MUST(scenario_build(&def, &net));
    MUST(add_crowd(net, "crowd"));
    MUST(scenario_run(net));
    assert_true(spikes_hash(net, SCENARIO_SIZE) == alone);
    assert_true(spikes_hash(net, UINT32_MAX) != alone);
    izh_net_destroy(net);
  }
}

/* A crowd that arrives midway does not matter either, nor does reading anything. */
static void late_strangers_do_not_matter(void **state) {
  (void)state;
  izh_net_def def = scenario_def(0.5, IZH_INTEGRATOR_IZHIKEVICH2003, 5);
  izh_net *a = NULL, *b = NULL;
  MUST(scenario_build(&def, &a));
  MUST(scenario_build(&def, &b));
  for (int part = 0; part < 5; part++) {
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    run(a, 61);
    MUST(add_crowd(b, names[part]));
    run(b, 61);
    states_hash(b);
  }
  assert_true(spikes_hash(a, SCENARIO_SIZE) == spikes_hash(b, SCENARIO_SIZE));
  izh_net_destroy(a);
  izh_net_destroy(b);
}

/* Noise is a current held for 1 ms, whatever dt is; at any time it is the same. */
static void noise_keeps_its_meaning(void **state) {
  (void)state;
  const double dts[] = {1, 0.5, 0.25, 0.1};
  enum { N = 9, MS = 40 };
  double values[COUNT_OF(dts)][MS][N];
  for (size_t i = 0; i < COUNT_OF(dts); i++) {
    izh_net *net = net_make(dts[i], IZH_INTEGRATOR_EULER, 8);
    population_make(net, "P", 20, regular_spiking);
    run(net, llround(3 / dts[i])); /* the stimulus comes when the third ms begins */
    noise_make(net, "noise", izh_ids_range(5, N), 1, 2);
    for (int ms = 3; ms < MS; ms++)
      for (int64_t step = 0; step < llround(1 / dts[i]); step++) {
        double now[N];
        run(net, 1);
        izh_stimulus_values(net, 0, now);
        if (step == 0) memcpy(values[i][ms], now, sizeof now);
        assert_memory_equal(values[i][ms], now, sizeof now);
        assert_memory_equal(values[0][ms], now, sizeof now);
        assert_true(now[0] != now[1]);
      }
    izh_net_destroy(net);
  }
  for (int ms = 4; ms < MS; ms++) assert_true(values[0][ms][0] != values[0][ms - 1][0]);
}

/* Held for 2.5 ms it changes at 0, 2.5, 5 … also when it is added between. */
static void noise_changes_on_its_own_grid(void **state) {
  (void)state;
  izh_net *net = net_make(0.5, IZH_INTEGRATOR_EULER, 8);
  population_make(net, "P", 3, regular_spiking);
  run(net, 3);
  izh_stimulus_def def = {.name = "n",
                          .target = everyone(net),
                          .noise = {.sd = 1, .every_ms = 2.5, .window = {.to_ms = INFINITY}}};
  uint32_t index;
  MUST(izh_stimulus_add(net, &def, &index, &fault));
  double last[3] = {0}, now[3];
  izh_stimulus_values(net, index, now);
  assert_memory_equal(now, last, sizeof now); /* 0 before the first step */
  for (int step = 3; step < 50; step++) {
    run(net, 1);
    izh_stimulus_values(net, index, now);
    bool changed = memcmp(now, last, sizeof now) != 0;
    assert_int_equal(changed, step == 3 || step % 5 == 0);
    memcpy(last, now, sizeof now);
  }
  izh_net_destroy(net);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(golden_hashes),
      cmocka_unit_test(instruction_sets_do_not_matter),
      cmocka_unit_test(values_of_each),
      cmocka_unit_test(threads_do_not_matter),
      cmocka_unit_test(small_parts_do_not_matter),
      cmocka_unit_test(streams_are_unique),
      cmocka_unit_test(seeds_matter),
      cmocka_unit_test(strangers_do_not_matter),
      cmocka_unit_test(late_strangers_do_not_matter),
      cmocka_unit_test(noise_keeps_its_meaning),
      cmocka_unit_test(noise_changes_on_its_own_grid),
  };
  return RUN_TESTS(tests);
}
