/* Synapses that are not stored: the bits are those of stored ones, whatever is done to the network. */
#include "base/alloc.h"
#include "core/net/state.h"
#include "core/synapse/unstored.h"
#include "scenario.h"

enum { RULES = 7, VALUES = 5, STEPS = 60 };

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
                                      drawn_values(IZH_DIST_UNIFORM, -1, 0), one_value(0.4)},
                   delays[VALUES] = {one_value(3 * dt), drawn_values(IZH_DIST_EXPONENTIAL, 2, 0),
                                     one_value(0), drawn_values(IZH_DIST_UNIFORM, 0.6, 4),
                                     drawn_values(IZH_DIST_UNIFORM, 0, 3)};
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

/* Rows for which there is no room are drawn by each thread, for each delay anew. */
static void rows_without_room(void **state) {
  (void)state;
  static const unsigned long long rooms[] = {0, 3000, 9000};
  for (size_t i = 0; i < COUNT_OF(rooms); i++) {
    izh_unstored_limit(rooms[i]);
    compare((how){.rule = 2, .values = 1, .kernel = pulse});
    compare((how){.rule = 3, .values = 3, .kernel = pulse, .stp = {0.4, 100, 30}});
  }
  izh_unstored_limit(1000000000);
}

static void delays_fit(void **state) {
  (void)state;
  izh_net *net = net_make(0.5, IZH_INTEGRATOR_EULER, 1);
  population_make(net, "E", 20, regular_spiking);
  izh_projection_def def = projection_def("a", everyone(net), everyone(net), rule_of(0));
  def.unstored = true;
  uint32_t index;
  def.weight = one_value(1);
  def.delay = one_value(0.5 * (1 << 22));
  MUST_FAIL(izh_net_connect(net, &def, &index, &fault), IZH_RANGE, "below 4194304 steps");
  def.delay = one_value(0.5 * ((1 << 22) - 1));
  MUST(izh_net_connect(net, &def, &index, &fault));
  run(net, 3);
  izh_net_destroy(net);
}

/* One call after the other, of which the n-th allocation fails: the network is as before, and nothing leaks.
 */
static izh_status attempt(izh_net *net, int which, izh_net **copy) {
  izh_projection_def def = projection_def("c", everyone(net), everyone(net), rule_of(3));
  izh_values weight, delay;
  values_of(1, 0.5, &weight, &delay);
  def.unstored = true;
  uint32_t index;
  if (which == 0) return connect(net, &def, weight, delay, &index);
  return which == 1 ? izh_projection_set_weights(net, 0, &weight, &fault) : izh_net_copy(net, copy, &fault);
}

static void memory_runs_out(void **state) {
  (void)state;
  const how h = {.unstored = true, .threads = 1, .rule = 1, .values = 2, .kernel = pulse};
  how other = h;
  other.unstored = false;
  uint64_t want = result_of(&other);
  for (int which = 0; which < 3; which++) {
    izh_status status = IZH_MEMORY;
    for (long n = 1; status; n++) {
      assert_true(n < 400);
      long held = izh_alloc_held();
      izh_net *net = make(&h), *copy = NULL;
      izh_alloc_fail_at(n);
      status = attempt(net, which, &copy);
      izh_alloc_fail_at(0);
      if (status) {
        assert_int_equal(status, IZH_MEMORY);
        if (n % 8 == 1) {
          go(net, &h);
          assert_true(hash_of(net) == want);
        }
      } else if (which == 2) {
        go(copy, &h);
        assert_true(hash_of(copy) == want);
        izh_net_destroy(copy);
      }
      izh_net_destroy(net);
      assert_int_equal(izh_alloc_held(), held);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_rule_and_value),
      cmocka_unit_test(every_kernel),
      cmocka_unit_test(short_term_plasticity),
      cmocka_unit_test(rows_without_room),
      cmocka_unit_test(delays_fit),
      cmocka_unit_test(memory_runs_out),
  };
  return RUN_TESTS(tests);
}
