/* Networks that use everything there is, for tests of determinism and of failures. */
#ifndef IZH_TESTS_CORE_SCENARIO_H
#define IZH_TESTS_CORE_SCENARIO_H

#include "helpers.h"

/* Let a call that ran out of memory be made again, with memory: nothing of the failure may remain. */
static bool scenario_retries;

/* Each function returns the first failure, so that a scenario can be run with memory that runs out. */
#define TRY(call)                                                                                            \
  do {                                                                                                       \
    izh_status status_ = (call);                                                                             \
    if (status_ == IZH_MEMORY && scenario_retries) {                                                         \
      izh_alloc_fail_at(0);                                                                                  \
      status_ = (call);                                                                                      \
    }                                                                                                        \
    if (status_) return status_;                                                                             \
  } while (0)

enum { SCENARIO_E = 80, SCENARIO_I = 20, SCENARIO_SIZE = SCENARIO_E + SCENARIO_I };

/* Neurons that differ, as those of the paper do. */
static inline izh_status scenario_population(izh_net *net, const char *name, uint32_t size, bool excitatory) {
  double values[IZH_Q_2003_COUNT][SCENARIO_E];
  izh_key key;
  TRY(izh_net_stream(net, "population", name, "values", &key, &fault));
  for (uint32_t i = 0; i < size; i++) {
    izh_rng rng = izh_rng_make(key, i, 0);
    double r = izh_rng_unit(&rng);
    values[IZH_Q_A][i] = excitatory ? 0.02 : 0.02 + 0.08 * r;
    values[IZH_Q_B][i] = excitatory ? 0.2 : 0.25 - 0.05 * r;
    values[IZH_Q_C][i] = excitatory ? -65 + 15 * r * r : -65;
    values[IZH_Q_D][i] = excitatory ? 8 - 6 * r * r : 2;
    values[IZH_Q_V][i] = -65 + 5 * r;
    values[IZH_Q_U][i] = -13;
  }
  izh_population_def def = {.name = name, .size = size};
  for (int q = 0; q < IZH_Q_2003_COUNT; q++) def.values[q] = values[q];
  uint32_t index;
  return izh_population_add(net, &def, &index, &fault);
}

static inline izh_status scenario_path(izh_net *net, const char *name, izh_ids pre, izh_ids post,
                                       izh_rule rule, double width_steps, izh_values weight,
                                       izh_values delay) {
  izh_projection_def def = projection_def(name, pre, post, rule);
  def.kernel.values[0] = width_steps * izh_net_definition(net)->dt_ms;
  uint32_t index;
  return connect(net, &def, weight, delay, &index);
}

/* All rules, with all kinds of weights and delays; each projection has its own width of pulse. */
static inline izh_status scenario_paths(izh_net *net) {
  static const uint32_t list[] = {31, 4, 77, 90, 12, 8, 55, 99, 63},
                        pairs[] = {0, 1, 5, 9, 1, 0, 90, 3, 3, 90};
  static const double given[] = {9, 8, 7, 6, 5}, given_ms[] = {0, 3, 9, 1, 1}, choices[] = {0.5, 1, 4};
  double dt = izh_net_definition(net)->dt_ms;
  izh_ids all = izh_ids_range(0, SCENARIO_SIZE), E = izh_ids_range(0, SCENARIO_E),
          I = izh_ids_range(SCENARIO_E, SCENARIO_I), some = izh_ids_list(list, COUNT_OF(list));
  izh_values chosen = {IZH_VALUES_DRAWN,
                       .drawn = {.kind = IZH_DIST_CHOICE, .choices = choices, .n_choices = 3}};
  TRY(scenario_path(net, "all", I, all, (izh_rule){.kind = IZH_RULE_ALL_TO_ALL}, 1, one_value(-0.5),
                    one_value(0)));
  TRY(scenario_path(net, "one", I, izh_ids_range(10, SCENARIO_I), (izh_rule){.kind = IZH_RULE_ONE_TO_ONE}, 3,
                    drawn_values(IZH_DIST_UNIFORM, -4, -1), one_value(4 * dt)));
  TRY(scenario_path(net, "bernoulli", E, all, (izh_rule){.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 0.2}, 1,
                    drawn_values(IZH_DIST_LOGNORMAL, -0.5, 0.5), drawn_values(IZH_DIST_EXPONENTIAL, 4, 0)));
  TRY(scenario_path(net, "indegree", E, some,
                    (izh_rule){.kind = IZH_RULE_FIXED_INDEGREE, .n = 6, .multapses = true}, 2,
                    drawn_values(IZH_DIST_NORMAL, 0.4, 0.4), drawn_values(IZH_DIST_UNIFORM, 1, 20)));
  TRY(scenario_path(net, "outdegree", some, E, (izh_rule){.kind = IZH_RULE_FIXED_OUTDEGREE, .n = 50}, 5,
                    one_value(0.2), one_value(2 * dt)));
  TRY(scenario_path(net, "total", all, E,
                    (izh_rule){.kind = IZH_RULE_FIXED_TOTAL_NUMBER, .n = 900, .autapses = true}, 4, chosen,
                    drawn_values(IZH_DIST_UNIFORM, 0, 5)));
  TRY(scenario_path(net, "pairs", all, all,
                    (izh_rule){.kind = IZH_RULE_PAIRS, .n = COUNT_OF(given), .pairs = pairs}, 1,
                    given_values(given), given_values(given_ms)));
  return IZH_OK;
}

static inline izh_status scenario_stimuli(izh_net *net) {
  static const uint32_t list[] = {90, 3, 41, 17};
  static const double times[] = {0, 50, 120}, values[] = {4, -2, 6};
  izh_stimulus_def noise_e = {.name = "noise E",
                              .target = izh_ids_range(0, SCENARIO_E),
                              .noise = {.mean = 2, .sd = 5, .every_ms = 1, .window = {.to_ms = INFINITY}}};
  izh_stimulus_def noise_i = {.name = "noise I",
                              .target = izh_ids_range(SCENARIO_E, SCENARIO_I),
                              .noise = {.mean = 0.5, .sd = 2, .every_ms = 2, .window = {.to_ms = INFINITY}}};
  izh_stimulus_def current = {.name = "current",
                              .kind = IZH_STIMULUS_CURRENT_STEPS,
                              .target = izh_ids_list(list, COUNT_OF(list)),
                              .current_steps = {.levels = {times, values, 3}, .amplitude = {.one = 1}}};
  izh_stimulus_def listed = {.name = "listed",
                             .target = current.target,
                             .noise = {.sd = 1, .every_ms = 1, .window = {.to_ms = INFINITY}}};
  uint32_t index;
  TRY(izh_stimulus_add(net, &noise_e, &index, &fault));
  TRY(izh_stimulus_add(net, &noise_i, &index, &fault));
  TRY(izh_stimulus_add(net, &current, &index, &fault));
  TRY(izh_stimulus_add(net, &listed, &index, &fault));
  return IZH_OK;
}

static inline izh_status scenario_build(const izh_net_def *def, izh_net **net) {
  TRY(izh_net_create(def, net, &fault));
  TRY(scenario_population(*net, "E", SCENARIO_E, true));
  TRY(scenario_population(*net, "I", SCENARIO_I, false));
  TRY(scenario_paths(*net));
  return scenario_stimuli(*net);
}

static inline izh_status scenario_steps(izh_net *net, int64_t steps) {
  izh_status status = IZH_OK;
  for (int64_t i = 0; i < steps && !status; i++) status = izh_net_step(net, &fault);
  return status;
}

/* 100 ms, then changes of every kind, then 100 ms more. */
static inline izh_status scenario_run(izh_net *net) {
  int64_t half = llround(100 / izh_net_definition(net)->dt_ms);
  TRY(scenario_steps(net, half));
  izh_values drawn = drawn_values(IZH_DIST_UNIFORM, 0, 1);
  TRY(izh_projection_scale(net, 0, 1.5, &fault));
  TRY(izh_projection_set_weights(net, 3, &drawn, &fault));
  izh_projection_enable(net, 1, false);
  TRY(noise_set(net, 1, 1, 3, 0));
  TRY(amplitude_set(net, 2, 2.5));
  izh_stimulus_stop(net, 3);
  return scenario_steps(net, half);
}

#endif
