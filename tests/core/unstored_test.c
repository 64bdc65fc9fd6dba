/* Synapses that are not stored: the bits are those of stored ones, whatever is done to the network. */
#include "base/alloc.h"
#include "core/net/state.h"
#include "scenario.h"

enum { RULES = 7, VALUES = 4, STEPS = 60 };

static const uint32_t list[] = {31, 4, 77, 90, 12, 8, 55, 99, 63, 85, 81};

static izh_rule rule_of(int which) {
  const izh_rule rules[RULES] = {{.kind = IZH_RULE_ALL_TO_ALL},
                                 {.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 0.3},
                                 {.kind = IZH_RULE_FIXED_OUTDEGREE, .n = 30},
                                 {.kind = IZH_RULE_FIXED_OUTDEGREE, .n = 70, .multapses = true},
                                 {.kind = IZH_RULE_ONE_TO_ONE, .autapses = true},
                                 {.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 1, .autapses = true},
                                 {.kind = IZH_RULE_ALL_TO_ALL, .autapses = true}};
  return rules[which];
}

/* Weights of both signs, and of one; delays that most sources have, and that few have. */
static void values_of(int which, double dt, izh_values *weight, izh_values *delay) {
  static const double choices[] = {0.5, 1, 4};
  izh_values chosen = {IZH_VALUES_DRAWN,
                       .drawn = {.kind = IZH_DIST_CHOICE, .choices = choices, .n_choices = 3}};
  const izh_values weights[VALUES] = {one_value(0.7), drawn_values(IZH_DIST_NORMAL, 0.5, 1), chosen,
                                      drawn_values(IZH_DIST_UNIFORM, -1, 0)},
                   delays[VALUES] = {one_value(3 * dt), drawn_values(IZH_DIST_EXPONENTIAL, 2, 0),
                                     one_value(0), drawn_values(IZH_DIST_UNIFORM, 0.6, 4)};
  *weight = weights[which];
  *delay = delays[which];
}

typedef struct how {
  bool unstored;
  int threads;
  int rule, values;
  izh_kernel kernel;
  izh_stp stp;
} how;

static izh_net *make(const how *h) {
  izh_net_def def = izh_net_def_default();
  def.seed = 5;
  def.threads = h->threads;
  def.neurons_a_thread = 1;
  izh_net *net = NULL;
  MUST(izh_net_create(&def, &net, &fault));
  MUST(scenario_population(net, "E", SCENARIO_E, true));
  MUST(scenario_population(net, "I", SCENARIO_I, false));
  noise_make(net, "noise", everyone(net), 3, 6);
  izh_ids some = izh_ids_list(list, COUNT_OF(list)), all = everyone(net);
  izh_projection_def paths[2] = {projection_def("a", all, all, rule_of(h->rule)),
                                 projection_def("b", some, some, rule_of(h->rule))};
  for (int i = 0; i < 2; i++) {
    izh_values weight, delay;
    values_of((h->values + i) % VALUES, def.dt_ms, &weight, &delay);
    if (h->kernel.conducts) weight = drawn_values(IZH_DIST_UNIFORM, 0, 0.05);
    if (paths[i].rule.kind == IZH_RULE_FIXED_OUTDEGREE && i == 1) paths[i].rule.n /= 10;
    paths[i].kernel = h->kernel;
    paths[i].stp = h->stp;
    paths[i].unstored = h->unstored;
    uint32_t index;
    MUST(connect(net, &paths[i], weight, delay, &index));
  }
  return net;
}

static uint64_t hash_of(const izh_net *net) {
  return hash_add(spikes_hash(net, UINT32_MAX), states_hash(net));
}

/* Runs with changes on the way, while spikes are. */
static void go(izh_net *net, const how *h) {
  run(net, STEPS);
  MUST(izh_projection_scale(net, 0, 1.5, &fault));
  izh_projection_enable(net, 1, false);
  run(net, 7);
  izh_projection_enable(net, 1, true);
  run(net, STEPS);
  izh_values drawn = drawn_values(IZH_DIST_UNIFORM, 0, h->kernel.conducts ? 0.02 : 1), one = one_value(0.01);
  MUST(izh_projection_set_weights(net, 0, &drawn, &fault));
  MUST(izh_projection_set_weights(net, 1, &one, &fault));
  run(net, STEPS);
}

static uint64_t result_of(const how *h) {
  izh_net *net = make(h);
  go(net, h);
  assert_in_range(spike_count(net), 50, 60000);
  uint64_t hash = hash_of(net);
  izh_net_destroy(net);
  return hash;
}

static const izh_kernel pulse = {.kind = IZH_KERNEL_PULSE, .values = {1}};

static void compare(how h) {
  h.unstored = false;
  h.threads = 1;
  uint64_t stored = result_of(&h);
  h.unstored = true;
  static const int threads[] = {1, 3};
  for (size_t t = 0; t < COUNT_OF(threads); t++) {
    h.threads = threads[t];
    assert_true(result_of(&h) == stored);
  }
}

static void every_rule_and_value(void **state) {
  (void)state;
  for (int rule = 0; rule < RULES; rule++)
    for (int values = 0; values < VALUES; values++)
      compare((how){.rule = rule, .values = values, .kernel = pulse});
}

static void every_kernel(void **state) {
  (void)state;
  const izh_kernel kernels[] = {{.kind = IZH_KERNEL_DELTA},
                                {.kind = IZH_KERNEL_EXP, .values = {3}},
                                {.kind = IZH_KERNEL_ALPHA, .values = {2}},
                                {.kind = IZH_KERNEL_EXP, .values = {5, -80}, .conducts = true},
                                {.kind = IZH_KERNEL_EXP, .values = {5, 0}, .conducts = true}};
  for (size_t k = 0; k < COUNT_OF(kernels); k++) compare((how){.rule = 1, .values = 1, .kernel = kernels[k]});
}

static void short_term_plasticity(void **state) {
  (void)state;
  compare((how){.rule = 2, .values = 3, .kernel = pulse, .stp = {0.4, 100, 30}});
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_rule_and_value),
      cmocka_unit_test(every_kernel),
      cmocka_unit_test(short_term_plasticity),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
