/* Each kind of synapse and of stimulus, and held neurons: the same spikes for ever, on any number of threads;
 * and no leak wherever memory runs out. */
#include "scenario.h"

typedef struct kind {
  const char *name;
  izh_kernel kernel;         /* of the synapses */
  izh_stimulus_def stimulus; /* beside noise; without a name there is none */
  bool held;
  uint64_t hash;
} kind;

static const uint32_t some[] = {90, 3, 41, 17};
static const double amplitudes[] = {4, 9, -3, 12}, times[] = {3, 10, 10.2, 11, 40, 41, 41, 60, 90};
static const double deviations[] = {1, 5, 0, 3}, rates[] = {200, 0, 5000, 700};
static const uint64_t begin[] = {0, 3, 3, 8, 9};

#define PULSE                                                                                                \
  {                                                                                                          \
    .kind = IZH_KERNEL_PULSE, .values = { 1 }                                                                \
  }
static kind kinds[] = {
    {"pulse", {.kind = IZH_KERNEL_PULSE, .values = {3}}, {0}, false, 0x0c5e443b62657908},
    {"delta", {.kind = IZH_KERNEL_DELTA, .values = {0}}, {0}, false, 0x8b2608d667db5c04},
    {"exp", {.kind = IZH_KERNEL_EXP, .values = {3}}, {0}, false, 0x375055276c6e6b3c},
    {"alpha", {.kind = IZH_KERNEL_ALPHA, .values = {2}}, {0}, false, 0x983970a4a6f86055},
    {"correlated noise",
     PULSE,
     {.name = "s", .noise = {.sd = 4, .every_ms = 1, .correlation = 0.3, .window = {0, INFINITY}}},
     false,
     0x4e3d5d04e3ca974f},
    {"noise of each",
     PULSE,
     {.name = "s",
      .noise = {.every_ms = 1,
                .correlation = 0.3,
                .tau_ms = 5,
                .window = {0, INFINITY},
                .mean_each = amplitudes,
                .sd_each = deviations}},
     false,
     0x9f8816b9d509d799},
    {"ramp",
     PULSE,
     {.name = "s", .kind = IZH_STIMULUS_RAMP, .ramp = {.slope = 0.2, .stop = NAN, .window = {0, 90}}},
     false,
     0xad71f71b54654c9d},
    {"sine",
     PULSE,
     {.name = "s",
      .kind = IZH_STIMULUS_SINE,
      .sine =
          {.amplitude = {.each = amplitudes}, .frequency_hz = 37, .phase_deg = 20, .window = {0, INFINITY}}},
     false,
     0xc4b1f4e251b6a2a9},
    {"pulse train",
     PULSE,
     {.name = "s", .kind = IZH_STIMULUS_PULSE_TRAIN, .pulse_train = {{.one = 15}, {0, INFINITY}, 2, 9, 8}},
     false,
     0x1fcec979daba2f6d},
    {"poisson",
     PULSE,
     {.name = "s",
      .kind = IZH_STIMULUS_POISSON,
      .poisson = {.rate_hz = 300,
                  .sources = 3,
                  .weight = 2,
                  .kernel = {.kind = IZH_KERNEL_EXP, .values = {2}},
                  .window = {0, INFINITY}}},
     false,
     0x1132e94eca8f4150},
    {"poisson of each",
     PULSE,
     {.name = "s",
      .kind = IZH_STIMULUS_POISSON,
      .poisson = {.sources = 2,
                  .kernel = {.kind = IZH_KERNEL_EXP, .values = {2}},
                  .window = {0, INFINITY},
                  .rate_hz_each = rates,
                  .weight_each = amplitudes}},
     false,
     0xe70e60563ef0f5fc},
    {"poisson jumps",
     PULSE,
     {.name = "s",
      .kind = IZH_STIMULUS_POISSON,
      .poisson = {.rate_hz = 100,
                  .sources = 1,
                  .weight = 3,
                  .kernel = {.kind = IZH_KERNEL_DELTA, .values = {0}},
                  .window = {0, INFINITY}}},
     false,
     0x3d63816add73f9e5},
    {"spike trains",
     PULSE,
     {.name = "s",
      .kind = IZH_STIMULUS_SPIKE_TRAIN,
      .spike_train = {{times, 9, begin, 4, false}, 9, {.kind = IZH_KERNEL_ALPHA, .values = {3}}}},
     false,
     0x1569ce4f6118302d},
    {"conductances with short-term plasticity",
     {.kind = IZH_KERNEL_EXP, .values = {3}, .conducts = true},
     {0},
     true,
     0x5120bcb4d536d8f2},
    {"held", PULSE, {0}, true, 0x674320fa9a140fd2},
};

static izh_status path(izh_net *net, const char *name, izh_ids pre, izh_kernel kernel, double low,
                       double high) {
  izh_projection_def def =
      projection_def(name, pre, everyone(net), (izh_rule){.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 0.3});
  def.kernel = kernel;
  if (kernel.conducts) { /* negative weights are inhibition here, too */
    def.kernel.values[1] = high > 0 ? 0 : -80;
    high = (high > 0 ? high : -low) / 30;
    low = 0;
    def.stp = (izh_stp){0.4, 60, 30};
  }
  uint32_t index;
  return connect(net, &def, drawn_values(IZH_DIST_UNIFORM, low, high), drawn_values(IZH_DIST_UNIFORM, 0, 6),
                 &index);
}

static izh_status build(const kind *k, izh_net *net) {
  TRY(scenario_population(net, "E", SCENARIO_E, true));
  TRY(scenario_population(net, "I", SCENARIO_I, false));
  TRY(path(net, "E", izh_ids_range(0, SCENARIO_E), k->kernel, 0, 0.6));
  TRY(path(net, "I", izh_ids_range(SCENARIO_E, SCENARIO_I), k->kernel, -0.8, 0));
  TRY(path(net, "mixed", izh_ids_list(some, 4), k->kernel, -0.5, 0.5));
  izh_stimulus_def noise = {.name = "noise",
                            .target = everyone(net),
                            .noise = {.mean = 3, .sd = 4, .every_ms = 1, .window = {0, INFINITY}}};
  izh_stimulus_def stimulus = k->stimulus;
  stimulus.target = izh_ids_list(some, 4);
  uint32_t index;
  TRY(izh_stimulus_add(net, &noise, &index, &fault));
  if (stimulus.name) TRY(izh_stimulus_add(net, &stimulus, &index, &fault));
  return IZH_OK;
}

static izh_status run_kind(const kind *k, izh_net *net) {
  izh_ids held = izh_ids_list((const uint32_t[]){5, 40, 41}, 3), dead = izh_ids_range(10, 20);
  TRY(scenario_steps(net, 50));
  if (k->held) TRY(izh_population_hold(net, 0, &held, IZH_HOLD_CLAMP, NULL, &fault));
  if (k->held) TRY(izh_population_hold(net, 0, &dead, IZH_HOLD_LESION, NULL, &fault));
  TRY(izh_projection_scale(net, 2, k->kernel.conducts ? 3 : -1, &fault));
  TRY(scenario_steps(net, 50));
  if (k->held) TRY(izh_population_hold(net, 0, &held, IZH_HOLD_NONE, NULL, &fault));
  return scenario_steps(net, 50);
}

static uint64_t hash_of(const kind *k, int threads) {
  izh_net_def def = izh_net_def_default();
  def.seed = 3;
  def.threads = threads;
  def.neurons_a_thread = 1;
  izh_net *net = NULL;
  MUST(izh_net_create(&def, &net, &fault));
  MUST(build(k, net));
  MUST(run_kind(k, net));
  assert_in_range(spike_count(net), 100, 20000);
  uint64_t hash = hash_add(spikes_hash(net, UINT32_MAX), states_hash(net));
  izh_net_destroy(net);
  return hash;
}

static void every_kind_has_its_spikes(void **state) {
  (void)state;
  static const int threads[] = {2, 3, 8};
  int wrong = 0;
  for (size_t i = 0; i < COUNT_OF(kinds); i++) {
    uint64_t hash = hash_of(&kinds[i], 1);
    for (size_t t = 0; t < COUNT_OF(threads); t++) assert_true(hash_of(&kinds[i], threads[t]) == hash);
    if (hash == kinds[i].hash) continue;
    wrong++;
    print_error("%s: 0x%016llx\n", kinds[i].name, (unsigned long long)hash);
  }
  assert_int_equal(wrong, 0);
}

/* Memory that runs out at each allocation in turn: an error, no leak, and in the end the spikes of all
 * others. */
static void no_failure_leaks(void **state) {
  (void)state;
  long held = izh_alloc_held();
  for (size_t i = 0; i < COUNT_OF(kinds); i++) {
    izh_status status = IZH_MEMORY;
    for (long n = 1; status == IZH_MEMORY; n++) {
      izh_net *net = net_make(0.5, IZH_INTEGRATOR_IZHIKEVICH2003, 3);
      izh_alloc_fail_at(n);
      status = build(&kinds[i], net);
      if (!status) status = run_kind(&kinds[i], net);
      izh_alloc_fail_at(0);
      if (!status) assert_true(hash_add(spikes_hash(net, UINT32_MAX), states_hash(net)) == kinds[i].hash);
      izh_net_destroy(net);
      assert_int_equal(izh_alloc_held(), held);
    }
    assert_int_equal(status, IZH_OK);
  }
}

/* A call that failed for want of memory and is made again: as if nothing had been. */
static void no_failure_stays(void **state) {
  (void)state;
  scenario_retries = true;
  for (size_t i = 0; i < COUNT_OF(kinds); i++)
    for (long n = 1; n < 400; n++) {
      izh_net *net = net_make(0.5, IZH_INTEGRATOR_IZHIKEVICH2003, 3);
      izh_alloc_fail_at(n);
      izh_status status = build(&kinds[i], net);
      if (!status) status = run_kind(&kinds[i], net);
      izh_alloc_fail_at(0);
      uint64_t hash = status ? 0 : hash_add(spikes_hash(net, UINT32_MAX), states_hash(net));
      izh_net_destroy(net);
      if (status) break; /* a step that found no room cannot be made again */
      assert_true(hash == kinds[i].hash);
    }
  scenario_retries = false;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_kind_has_its_spikes),
      cmocka_unit_test(no_failure_leaks),
      cmocka_unit_test(no_failure_stays),
  };
  return RUN_TESTS(tests);
}
