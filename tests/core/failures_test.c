/* What must be refused is refused with words that help, and changes nothing. */
#include <limits.h>

#include "base/memory.h"
#include "scenario.h"

static const double strange[] = {NAN, INFINITY, -INFINITY};

/* --- networks --- */

static void refuse_net(izh_net_def def, const char *words) {
  izh_net *net = NULL;
  MUST_FAIL(izh_net_create(&def, &net, &fault), IZH_RANGE, words);
  assert_null(net);
  assert_int_equal(izh_net_create(&def, &net, NULL), IZH_RANGE); /* without anywhere to say why */
}

static void networks_are_checked(void **state) {
  (void)state;
  const double dts[] = {0, -1, 0.000999, 1.0000001, 1e300, NAN, INFINITY, -INFINITY};
  for (size_t i = 0; i < COUNT_OF(dts); i++) {
    izh_net_def def = izh_net_def_default();
    def.dt_ms = dts[i];
    refuse_net(def, "dt must be 0.001 … 1 ms");
  }
  const int threads[] = {0, -1, INT_MIN, IZH_MAX_THREADS + 1, INT_MAX};
  for (size_t i = 0; i < COUNT_OF(threads); i++) {
    izh_net_def def = izh_net_def_default();
    def.threads = threads[i];
    refuse_net(def, "threads must be 1 … 1024");
  }
  izh_net_def def = izh_net_def_default();
  def.integrator = IZH_INTEGRATOR_COUNT;
  refuse_net(def, "integrator");
}

static void defaults_are_the_documented(void **state) {
  (void)state;
  izh_net_def def = izh_net_def_default();
  assert_true(def.dt_ms == 0.5 && def.seed == 1 && def.neurons_a_thread == 0);
  assert_int_equal(def.integrator, IZH_INTEGRATOR_IZHIKEVICH2003);
  assert_in_range(def.threads, 1, IZH_MAX_THREADS);
  assert_string_equal(izh_integrator_name(IZH_INTEGRATOR_IZHIKEVICH2003), "izhikevich2003");
  assert_string_equal(izh_integrator_name(IZH_INTEGRATOR_EULER), "euler");
  const izh_model_info *model = izh_model_describe(IZH_MODEL_IZHIKEVICH2003);
  assert_string_equal(model->name, "izhikevich2003");
  const char *const names[] = {"a", "b", "c", "d", "v", "u"};
  assert_int_equal(model->n, IZH_Q_2003_COUNT);
  for (int q = 0; q < model->n; q++) assert_string_equal(model->quantities[q].name, names[q]);
  assert_int_equal(izh_model_describe(IZH_MODEL_IZHIKEVICH2007)->n, IZH_Q_COUNT);
}

/* --- times --- */

static void every_multiple_is_on_the_grid(void **state) {
  (void)state;
  const double dts[] = {1, 0.5, 0.1, 0.025, 0.3, 0.001, 1.0 / 3, 0.7, 0.2, 0.05, 0.125};
  for (size_t i = 0; i < COUNT_OF(dts); i++) {
    izh_net *net = net_make(dts[i], IZH_INTEGRATOR_EULER, 1);
    double sum = 0; /* as a script's loop would add them up */
    for (int64_t n = 0; n < 5000; n++, sum += dts[i]) {
      int64_t steps = -1;
      MUST(izh_net_steps(net, "t", (double)n * dts[i], &steps, &fault));
      assert_int_equal(steps, n);
      MUST(izh_net_steps(net, "t", izh_net_ms(net, n), &steps, &fault));
      assert_int_equal(steps, n);
      MUST(izh_net_steps(net, "t", sum, &steps, &fault));
      assert_int_equal(steps, n);
      MUST(izh_net_steps(net, "t", -(double)n * dts[i], &steps, &fault));
      assert_int_equal(steps, -n);
    }
    izh_net_destroy(net);
  }
}

static void refuse_time(double dt, double ms, const char *words) {
  izh_net *net = net_make(dt, IZH_INTEGRATOR_EULER, 1);
  int64_t steps = 77;
  MUST_FAIL(izh_net_steps(net, "the pause", ms, &steps, &fault), IZH_RANGE, words);
  assert_int_equal(steps, 77);
  assert_memory_equal(fault.message, "the pause", strlen("the pause"));
  izh_net_destroy(net);
}

static void times_off_the_grid_name_their_neighbours(void **state) {
  (void)state;
  refuse_time(0.1, 0.35, "multiple of dt = 0.1 ms: 0.35 ms is not, 0.3 and 0.4 are");
  refuse_time(0.5, 0.3, "dt = 0.5 ms: 0.3 ms is not, 0 and 0.5 are");
  refuse_time(0.5, -0.3, "-0.3 ms is not, -0.5 and 0 are");
  refuse_time(0.025, 0.11, "0.1 and 0.125 are");
  refuse_time(0.3, 1, "0.9 and 1.2 are");
  refuse_time(1, 2.999999, "2 and 3 are");
  refuse_time(1, 3.000001, "3 and 4 are");
  refuse_time(0.001, 0.0125, "0.012 and 0.013 are");
  refuse_time(0.5, 100000.2, "100000 and 100000.5 are");
  refuse_time(0.5, 1e16, "too long");
  refuse_time(0.5, -1e300, "too long");
  for (size_t i = 0; i < COUNT_OF(strange); i++) refuse_time(0.5, strange[i], "finite");
}

static void step_times_are_decimal(void **state) {
  (void)state;
  izh_net *net = net_make(0.1, IZH_INTEGRATOR_EULER, 1);
  assert_true(izh_net_ms(net, 3) == 0.3 && izh_net_ms(net, 7) == 0.7 && izh_net_ms(net, 1234567) == 123456.7);
  run(net, 3);
  assert_true(izh_net_time_ms(net) == 0.3);
  assert_int_equal(izh_net_now(net), 3);
  izh_net_destroy(net);
}

/* --- things in a network --- */

/* Two equal networks; one meets failures, and must go on as the other does. */
typedef struct twins {
  izh_net *net, *control;
} twins;

static twins twins_make(void) {
  izh_net_def def = izh_net_def_default();
  twins t = {0};
  MUST(scenario_build(&def, &t.net));
  MUST(scenario_build(&def, &t.control));
  run(t.net, 50);
  run(t.control, 50);
  return t;
}

static void twins_compare(twins t) {
  assert_int_equal(izh_population_count(t.net), izh_population_count(t.control));
  assert_int_equal(izh_projection_count(t.net), izh_projection_count(t.control));
  assert_int_equal(izh_stimulus_count(t.net), izh_stimulus_count(t.control));
  run(t.net, 150);
  run(t.control, 150);
  assert_true(spikes_hash(t.net, UINT32_MAX) == spikes_hash(t.control, UINT32_MAX));
  assert_true(states_hash(t.net) == states_hash(t.control));
  izh_net_destroy(t.net);
  izh_net_destroy(t.control);
}

static void populations_are_checked(void **state) {
  (void)state;
  twins t = twins_make();
  uint32_t index = 77;
  MUST_FAIL(population_add(t.net, "", 3, regular_spiking, &index), IZH_ARGUMENT, "name of a population");
  MUST_FAIL(population_add(t.net, NULL, 3, regular_spiking, &index), IZH_ARGUMENT, "name of a population");
  MUST_FAIL(population_add(t.net, "E", 3, regular_spiking, &index), IZH_ARGUMENT, "\"E\" is taken");
  for (int q = 0; q < IZH_Q_2003_COUNT; q++)
    for (size_t i = 0; i < COUNT_OF(strange); i++) {
      double values[3] = {1, 2, strange[i]}, good[3] = {0};
      izh_population_def def = {.name = "new", .size = 3, .values = {good, good, good, good, good, good}};
      def.values[q] = values;
      char words[64];
      snprintf(words, sizeof words, "%s of neuron 3 of population \"new\" must be finite",
               izh_model_describe(IZH_MODEL_IZHIKEVICH2003)->quantities[q].name);
      MUST_FAIL(izh_population_add(t.net, &def, &index, &fault), IZH_RANGE, words);
      izh_ids ids = izh_ids_range(SCENARIO_E + 4, 3);
      snprintf(words, sizeof words, "%s of neuron 87 must be finite",
               izh_model_describe(IZH_MODEL_IZHIKEVICH2003)->quantities[q].name);
      MUST_FAIL(izh_population_set(t.net, 1, &ids, q, values, &fault), IZH_RANGE, words);
    }
  assert_int_equal(index, 77);
  twins_compare(t);
}

static void huge_populations_are_refused(void **state) {
  (void)state;
  twins t = twins_make();
  const double sizes[] = {1e12, 1e18, 1e30, 1e300, INFINITY, NAN};
  for (size_t i = 0; i < COUNT_OF(sizes); i++)
    MUST_FAIL(izh_population_size_check("giant", IZH_MODEL_IZHIKEVICH2003, sizes[i], &fault), IZH_SIZE,
              "population \"giant\" needs ");
  MUST(izh_population_size_check("dwarf", IZH_MODEL_IZHIKEVICH2003, 1000, &fault));
  uint32_t index;
  izh_population_def def = {.name = "many", .size = UINT32_MAX - 1 - SCENARIO_SIZE + 1}; /* without values */
  MUST_FAIL(izh_population_add(t.net, &def, &index, &fault), IZH_SIZE, "\"many\" of 4294967195");
  def.size = 4000000000u;
  if (izh_memory_free() < 200000000000u)
    MUST_FAIL(izh_population_add(t.net, &def, &index, &fault), IZH_SIZE, "population \"many\" needs ");
  twins_compare(t);
}

/* Every pulse has a slot for each of its steps and each neuron. */
static void neurons_under_long_pulses_are_counted(void **state) {
  (void)state;
  izh_net *net = net_make(1, IZH_INTEGRATOR_EULER, 1);
  population_make(net, "P", 1, regular_spiking);
  izh_rule rule = {.kind = IZH_RULE_ALL_TO_ALL, .autapses = true};
  izh_projection_def def = projection_def("long", everyone(net), everyone(net), rule);
  def.kernel.values[0] = 100000;
  uint32_t index;
  MUST(connect(net, &def, one_value(1), one_value(0), &index));
  izh_population_def more = {.name = "more", .size = 1000000000}; /* 1.6 PB; its values are not looked at */
  MUST_FAIL(izh_population_add(net, &more, &index, &fault), IZH_SIZE, "population \"more\" needs 1.6 PB");
  izh_net_destroy(net);
}

static izh_projection_def good_projection(const izh_net *net) {
  return projection_def("new", everyone(net), everyone(net),
                        (izh_rule){.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 0.5});
}

static void refuse_projection(izh_net *net, izh_projection_def def, izh_values weight, izh_values delay,
                              izh_status status, const char *words) {
  uint32_t index = 77;
  MUST_FAIL(connect(net, &def, weight, delay, &index), status, words);
  assert_int_equal(index, 77);
}

static void projections_are_checked(void **state) {
  (void)state;
  twins t = twins_make();
  izh_values one = one_value(1), none = one_value(0);
  izh_projection_def def = good_projection(t.net);
  def.name = "";
  refuse_projection(t.net, def, one, none, IZH_ARGUMENT, "name of a projection");
  def.name = "one";
  refuse_projection(t.net, def, one, none, IZH_ARGUMENT, "\"one\" is taken");
  def = good_projection(t.net);
  const double ps[] = {-0.01, 1.01, NAN, INFINITY, -INFINITY};
  for (size_t i = 0; i < COUNT_OF(ps); i++) {
    def.rule.p = ps[i];
    refuse_projection(t.net, def, one, none, IZH_RANGE, "p must be 0 … 1");
  }
  const double widths[] = {0, -1, 0.3, NAN, INFINITY, 1e300};
  for (size_t i = 0; i < COUNT_OF(widths); i++) {
    def = good_projection(t.net);
    def.kernel.values[0] = widths[i];
    refuse_projection(t.net, def, one, none, IZH_RANGE, "width");
  }
  def = good_projection(t.net);
  refuse_projection(t.net, def, one, one_value(0.3), IZH_RANGE, "delay must be a multiple of dt = 0.5 ms");
  refuse_projection(t.net, def, one, one_value(-1), IZH_RANGE, "delays must be ≥ 0 ms (got -1)");
  refuse_projection(t.net, def, one, one_value(1e12), IZH_RANGE, "too long");
  refuse_projection(t.net, def, one, drawn_values(IZH_DIST_UNIFORM, 2, 1), IZH_RANGE, "uniform");
  refuse_projection(t.net, def, one, drawn_values(IZH_DIST_NORMAL, 1, 1), IZH_RANGE, "delays must be ≥ 0 ms");
  refuse_projection(t.net, def, one, drawn_values(IZH_DIST_LOGNORMAL, 800, 0), IZH_RANGE, "too long");
  refuse_projection(t.net, def, drawn_values(IZH_DIST_UNIFORM, 2, 1), none, IZH_RANGE, "uniform");
  refuse_projection(t.net, def, drawn_values(IZH_DIST_UNIFORM, 1e39, 1e40), none, IZH_RANGE,
                    "single precision");
  for (size_t i = 0; i < COUNT_OF(strange); i++) {
    refuse_projection(t.net, def, one_value(strange[i]), none, IZH_RANGE, "weight must be finite");
    refuse_projection(t.net, def, one, one_value(strange[i]), IZH_RANGE, "delay");
    refuse_projection(t.net, def, drawn_values(IZH_DIST_NORMAL, strange[i], 1), none, IZH_RANGE, "normal");
  }
  twins_compare(t);
}

/* The number in the message is the wiring's, also where delays give the synapses another order. */
static void given_values_are_checked(void **state) {
  (void)state;
  twins t = twins_make();
  izh_projection_def def = projection_def("new", izh_ids_range(0, 1), izh_ids_range(10, 3),
                                          (izh_rule){.kind = IZH_RULE_ALL_TO_ALL});
  for (size_t i = 0; i < COUNT_OF(strange); i++) {
    double weight[] = {1, strange[i], 3}, delay[] = {5, 1, 3}, wrong[] = {1, 2, strange[i]},
           past[] = {0, 0, -0.1};
    refuse_projection(t.net, def, given_values(weight), given_values(delay), IZH_RANGE,
                      "weight of synapse 2 must be finite");
    refuse_projection(t.net, def, given_values(weight), one_value(0), IZH_RANGE, "weight of synapse 2");
    refuse_projection(t.net, def, one_value(1), given_values(wrong), IZH_RANGE, "delay");
    refuse_projection(t.net, def, one_value(1), given_values(past), IZH_RANGE,
                      "delays must be ≥ 0 ms (got -0.1)");
  }
  twins_compare(t);
}

static void changes_of_weights_are_checked(void **state) {
  (void)state;
  twins t = twins_make();
  double *weight = take(izh_projection_describe(t.net, 2).size, sizeof *weight);
  for (size_t i = 0; i < COUNT_OF(strange); i++) {
    izh_values one = one_value(strange[i]), given = given_values(weight),
               drawn = drawn_values(IZH_DIST_NORMAL, 0, strange[i]),
               large = drawn_values(IZH_DIST_NORMAL, 1e39, 1);
    weight[4] = strange[i];
    MUST_FAIL(izh_projection_scale(t.net, 2, strange[i], &fault), IZH_RANGE, "factor must be finite");
    MUST_FAIL(izh_projection_set_weights(t.net, 2, &one, &fault), IZH_RANGE, "weight must be finite");
    MUST_FAIL(izh_projection_set_weights(t.net, 2, &given, &fault), IZH_RANGE, "weight of synapse 5");
    MUST_FAIL(izh_projection_set_weights(t.net, 2, &drawn, &fault), IZH_RANGE, "normal");
    MUST_FAIL(izh_projection_set_weights(t.net, 2, &large, &fault), IZH_RANGE, "single precision");
  }
  free(weight);
  twins_compare(t);
}

static void huge_projections_are_refused(void **state) {
  (void)state;
  twins t = twins_make();
  long held = izh_alloc_held();
  izh_projection_def def = good_projection(t.net);
  def.rule = (izh_rule){.kind = IZH_RULE_FIXED_INDEGREE, .n = 1000000000000u, .multapses = true};
  refuse_projection(t.net, def, one_value(1), one_value(0), IZH_SIZE,
                    "projection \"new\" of 1e+14 synapses needs");
  def.rule.n = UINT64_MAX;
  refuse_projection(t.net, def, one_value(1), one_value(0), IZH_SIZE, "projection \"new\"");
  def.rule.kind = IZH_RULE_FIXED_OUTDEGREE;
  refuse_projection(t.net, def, one_value(1), one_value(0), IZH_SIZE, "projection \"new\"");
  def.rule.kind = IZH_RULE_FIXED_TOTAL_NUMBER;
  refuse_projection(t.net, def, one_value(1), one_value(0), IZH_SIZE, "projection \"new\"");
  def = good_projection(t.net);
  def.pre = def.post = izh_ids_range(0, 4000000000u);
  def.rule.kind = IZH_RULE_ALL_TO_ALL;
  refuse_projection(t.net, def, one_value(1), one_value(0), IZH_SIZE, "1.6e+19 synapses");
  def = good_projection(t.net);
  def.kernel.values[0] = 1e12; /* a slot for each step of the pulse */
  refuse_projection(t.net, def, one_value(1), one_value(0), IZH_SIZE, "projection \"new\"");
  assert_int_equal(izh_alloc_held(), held);
  twins_compare(t);
}

static izh_stimulus_def good_noise(const izh_net *net) {
  return (izh_stimulus_def){.name = "new",
                            .target = everyone(net),
                            .noise = {.sd = 1, .every_ms = 1, .window = {.to_ms = INFINITY}}};
}

static void refuse_stimulus(izh_net *net, izh_stimulus_def def, izh_status status, const char *words) {
  uint32_t index = 77;
  MUST_FAIL(izh_stimulus_add(net, &def, &index, &fault), status, words);
  assert_int_equal(index, 77);
}

static void noise_is_checked(void **state) {
  (void)state;
  twins t = twins_make();
  izh_stimulus_def def = good_noise(t.net);
  def.name = "";
  refuse_stimulus(t.net, def, IZH_ARGUMENT, "name of a stimulus");
  def.name = "current";
  refuse_stimulus(t.net, def, IZH_ARGUMENT, "\"current\" is taken");
  for (size_t i = 0; i < COUNT_OF(strange); i++) {
    def = good_noise(t.net);
    def.noise.mean = strange[i];
    refuse_stimulus(t.net, def, IZH_RANGE, "mean must be finite");
    def = good_noise(t.net);
    def.noise.sd = strange[i];
    refuse_stimulus(t.net, def, IZH_RANGE, "sd must be finite and ≥ 0");
    def = good_noise(t.net);
    def.noise.every_ms = strange[i];
    refuse_stimulus(t.net, def, IZH_RANGE, "every");
    MUST_FAIL(noise_set(t.net, 0, strange[i], 1, 0), IZH_RANGE, "mean");
    MUST_FAIL(noise_set(t.net, 0, 0, strange[i], 0), IZH_RANGE, "sd");
    MUST_FAIL(amplitude_set(t.net, 2, strange[i]), IZH_RANGE, "finite");
  }
  MUST_FAIL(noise_set(t.net, 0, 0, -1, 0), IZH_RANGE, "sd");
  MUST_FAIL(amplitude_set(t.net, 0, 1), IZH_ARGUMENT, "a stimulus of kind noise has no amplitude");
  def = good_noise(t.net);
  def.noise.sd = -0.001;
  refuse_stimulus(t.net, def, IZH_RANGE, "sd");
  const double every[] = {0, -1, 0.7, 1e17};
  for (size_t i = 0; i < COUNT_OF(every); i++) {
    def = good_noise(t.net);
    def.noise.every_ms = every[i];
    refuse_stimulus(t.net, def, IZH_RANGE, "every");
  }
  twins_compare(t);
}

static void currents_are_checked(void **state) {
  (void)state;
  twins t = twins_make();
  const double good[] = {1, 2, 3};
  const struct {
    double times[3], values[3];
    const char *words;
  } wrong[] = {
      {{0, 1, 1.3}, {1, 2, 3}, "times[3] must be a multiple of dt = 0.5 ms: 1.3 ms is not, 1 and 1.5 are"},
      {{0, 2, 1}, {1, 2, 3}, "times must ascend (times[3] is 1, the one before 2)"},
      {{0, 2, 2}, {1, 2, 3}, "times must ascend"},
      {{0, NAN, 2}, {1, 2, 3}, "times[2] must be a finite"},
      {{0, 1, INFINITY}, {1, 2, 3}, "times[3] must be a finite"},
      {{0, 1, 2}, {1, NAN, 3}, "value 2 must be finite"},
      {{0, 1, 2}, {1, 3, -INFINITY}, "value 3 must be finite"}};
  for (size_t i = 0; i < COUNT_OF(wrong); i++) {
    izh_stimulus_def def = izh_stimulus_def_default(IZH_STIMULUS_CURRENT_STEPS);
    def.name = "new";
    def.target = everyone(t.net);
    def.current_steps.levels = (izh_levels){wrong[i].times, wrong[i].values, 3};
    refuse_stimulus(t.net, def, IZH_RANGE, wrong[i].words);
    def.name = "current";
    def.current_steps.levels = (izh_levels){good, good, 3};
    refuse_stimulus(t.net, def, IZH_ARGUMENT, "taken");
  }
  twins_compare(t);
}

/* --- states that run away --- */

static izh_net *runaway_net(int threads, double current) {
  izh_net_def def = izh_net_def_default();
  def.threads = threads;
  def.neurons_a_thread = 1;
  izh_net *net = NULL;
  MUST(izh_net_create(&def, &net, &fault));
  population_make(net, "calm", 5, regular_spiking);
  population_make(net, "wild", 5, fast_spiking);
  run(net, 6);
  current_make(net, "push", izh_ids_range(7, 1), current);
  return net;
}

/* Named with number, population, parameters, the time of the end of the step, and the state it ran away to;
 * and only once its state is set does the run go on in peace. */
static void divergence_is_reported(void **state) {
  (void)state;
  for (int threads = 1; threads <= 3; threads++) {
    izh_net *net = runaway_net(threads, 1e6);
    MUST_FAIL(
        izh_net_step(net, &fault), IZH_DIVERGED,
        "neuron 8 (population \"wild\": a = 0.1, b = 0.2, c = -65, d = 2) diverged at t = 3.5 ms: v = 6");
    assert_non_null(strstr(fault.message, "input 1e+06"));
    assert_int_equal(izh_net_now(net), 7); /* the step is counted */
    assert_int_equal(spike_count(net), 0);
    izh_stimulus_stop(net, 0);
    MUST_FAIL(izh_net_step(net, &fault), IZH_DIVERGED, "neuron 8");
    assert_int_equal(fault.neuron, 8);
    izh_ids ids = izh_ids_range(7, 1);
    MUST(izh_population_set(net, 1, &ids, IZH_Q_V, (double[]){-65}, &fault));
    MUST(izh_population_set(net, 1, &ids, IZH_Q_U, (double[]){-13}, &fault));
    run(net, 100);
    izh_net_destroy(net);
  }
}

static void divergence_has_three_faces(void **state) {
  (void)state;
  const struct {
    int q;
    double value;
    const char *words;
  } faces[] = {{IZH_Q_U, 9e5, "v = -9"},   {IZH_Q_V, 1e200, "v = inf"},   {IZH_Q_U, 2e6, "u = 1."},
               {IZH_Q_U, -2e6, "u = -1."}, {IZH_Q_U, 1e308, "neuron 4 "}, {IZH_Q_V, -1e180, "neuron 4 "}};
  for (size_t i = 0; i < COUNT_OF(faces); i++) {
    izh_net *net = net_make(0.01, IZH_INTEGRATOR_EULER, 1);
    population_make(net, "P", 6, regular_spiking);
    izh_ids ids = izh_ids_range(3, 1);
    MUST(izh_population_set(net, 0, &ids, faces[i].q, &faces[i].value, &fault));
    MUST_FAIL(izh_net_step(net, &fault), IZH_DIVERGED, faces[i].words);
    izh_net_destroy(net);
  }
}

/* A neuron that ran away disturbs no other. */
static void divergence_does_not_spread(void **state) {
  (void)state;
  twins t = twins_make();
  izh_ids last = izh_ids_range(SCENARIO_SIZE, 1);
  population_make(t.net, "lonely", 1, regular_spiking);
  population_make(t.control, "lonely", 1, regular_spiking);
  izh_projection_def def =
      projection_def("from", last, izh_ids_range(0, 5), (izh_rule){.kind = IZH_RULE_ALL_TO_ALL});
  uint32_t index;
  MUST(connect(t.net, &def, one_value(1), one_value(0), &index));
  MUST(connect(t.control, &def, one_value(1), one_value(0), &index));
  MUST(izh_population_set(t.net, 2, &last, IZH_Q_V, (double[]){1e200}, &fault));
  for (int i = 0; i < 3; i++) MUST_FAIL(izh_net_step(t.net, &fault), IZH_DIVERGED, "\"lonely\"");
  run(t.control, 3);
  for (int q = IZH_Q_V; q <= IZH_Q_U; q++) {
    double value;
    izh_population_get(t.control, 2, &last, q, &value);
    MUST(izh_population_set(t.net, 2, &last, q, &value, &fault));
  }
  twins_compare(t);
}

/* Weights so large that their sum is not finite: reported, and over when the pulse is. */
static void infinite_sums_pass(void **state) {
  (void)state;
  izh_net *net = net_make(1, IZH_INTEGRATOR_EULER, 1);
  population_make(net, "P", 3, (const double[]){0.02, 0.2, -65, 0, 0, -1000}); /* all fire at once */
  izh_projection_def def = projection_def("x", izh_ids_range(0, 2), izh_ids_range(2, 1), (izh_rule){0});
  def.kernel.values[0] = 3;
  uint32_t index;
  MUST(connect(net, &def, one_value(1e308), one_value(0), &index));
  run(net, 1);
  izh_ids all = everyone(net);
  for (int step = 0; step < 6; step++) {
    MUST(izh_population_set(net, 0, &all, IZH_Q_V, (double[]){-65, -65, -65}, &fault));
    MUST(izh_population_set(net, 0, &all, IZH_Q_U, (double[]){0, 0, 0}, &fault));
    if (step < 3)
      MUST_FAIL(izh_net_step(net, &fault), IZH_DIVERGED, "neuron 3 (population \"P\"");
    else
      MUST(izh_net_step(net, &fault));
  }
  izh_net_destroy(net);
}

/* --- messages --- */

/* Cut between characters, whatever the length before. */
static void long_messages_are_cut_between_characters(void **state) {
  (void)state;
  for (size_t shift = 0; shift < 8; shift++) {
    char text[700] = {0};
    for (size_t i = 0; i < shift; i++) text[i] = 'x';
    for (size_t i = 0; i < 150; i++) memcpy(text + shift + 4 * i, i % 2 ? "éü" : "😀", 4);
    izh_err err;
    assert_int_equal(izh_fail(&err, IZH_ARGUMENT, "%s", text), IZH_ARGUMENT);
    size_t length = strlen(err.message);
    assert_in_range(length, IZH_ERR_MESSAGE_SIZE - 5, IZH_ERR_MESSAGE_SIZE - 1);
    assert_memory_equal(err.message, text, length);
    assert_int_not_equal((unsigned char)text[length] & 0xc0, 0x80); /* a character begins where it is cut */
  }
}

static void statuses_have_words(void **state) {
  (void)state;
  assert_string_equal(izh_status_text(IZH_OK), "no error");
  assert_string_equal(izh_status_text(IZH_DRAW), "drawing failed");
  assert_int_equal(izh_fail(NULL, IZH_IO, "%d", 1), IZH_IO);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(networks_are_checked),
      cmocka_unit_test(defaults_are_the_documented),
      cmocka_unit_test(every_multiple_is_on_the_grid),
      cmocka_unit_test(times_off_the_grid_name_their_neighbours),
      cmocka_unit_test(step_times_are_decimal),
      cmocka_unit_test(populations_are_checked),
      cmocka_unit_test(huge_populations_are_refused),
      cmocka_unit_test(neurons_under_long_pulses_are_counted),
      cmocka_unit_test(projections_are_checked),
      cmocka_unit_test(given_values_are_checked),
      cmocka_unit_test(changes_of_weights_are_checked),
      cmocka_unit_test(huge_projections_are_refused),
      cmocka_unit_test(noise_is_checked),
      cmocka_unit_test(currents_are_checked),
      cmocka_unit_test(divergence_is_reported),
      cmocka_unit_test(divergence_has_three_faces),
      cmocka_unit_test(divergence_does_not_spread),
      cmocka_unit_test(infinite_sums_pass),
      cmocka_unit_test(long_messages_are_cut_between_characters),
      cmocka_unit_test(statuses_have_words),
  };
  return RUN_TESTS(tests);
}
