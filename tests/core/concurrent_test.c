/* Several networks of one process, each made and stepped in a thread of its own. */
#include <pthread.h>

#include "scenario.h"

enum { NETWORKS = 4, CROWD = 600 }; /* all to all: so many synapses are made by several threads */

typedef struct job {
  izh_net_def def;
  izh_status status;
  uint64_t spikes, states;
} job;

static const izh_net_def defs[NETWORKS] = {
    {.dt_ms = 0.5, .integrator = IZH_INTEGRATOR_IZHIKEVICH2003, .seed = 1},
    {.dt_ms = 0.5, .integrator = IZH_INTEGRATOR_IZHIKEVICH2003, .seed = 2},
    {.dt_ms = 0.25, .integrator = IZH_INTEGRATOR_RK4, .seed = 3},
    {.dt_ms = 1, .integrator = IZH_INTEGRATOR_EXACT, .seed = 4},
};

static izh_status crowd_add(izh_net *net) {
  uint32_t index, first = izh_net_size(net);
  TRY(population_add(net, "crowd", CROWD, regular_spiking, &index));
  izh_ids crowd = izh_ids_range(first, CROWD);
  noise_make(net, "crowd", crowd, 4, 5);
  return scenario_path(net, "crowd", crowd, crowd, (izh_rule){.kind = IZH_RULE_ALL_TO_ALL}, 1,
                       drawn_values(IZH_DIST_UNIFORM, 0, 0.05), drawn_values(IZH_DIST_UNIFORM, 0, 5));
}

static izh_status build_and_run(job *work, izh_net **net) {
  TRY(scenario_build(&work->def, net));
  TRY(crowd_add(*net));
  return scenario_run(*net);
}

static void *do_job(void *context) {
  job *work = context;
  izh_net *net = NULL;
  work->status = build_and_run(work, &net);
  if (!work->status) {
    work->spikes = spikes_hash(net, UINT32_MAX);
    work->states = states_hash(net);
  }
  izh_net_destroy(net);
  return NULL;
}

static void at_once_as_one_after_another(void **state) {
  (void)state;
  pthread_t threads[NETWORKS];
  job at_once[NETWORKS], alone[NETWORKS];
  for (int k = 0; k < NETWORKS; k++) {
    alone[k].def = defs[k];
    alone[k].def.tolerance = 1e-11;
    alone[k].def.threads = 2 + k % 2;
    alone[k].def.neurons_a_thread = 64;
    at_once[k] = alone[k];
  }
  for (int k = 0; k < NETWORKS; k++)
    assert_int_equal(pthread_create(&threads[k], NULL, do_job, &at_once[k]), 0);
  for (int k = 0; k < NETWORKS; k++) assert_int_equal(pthread_join(threads[k], NULL), 0);
  for (int k = 0; k < NETWORKS; k++) {
    do_job(&alone[k]);
    assert_int_equal(at_once[k].status, IZH_OK);
    assert_int_equal(alone[k].status, IZH_OK);
    assert_true(at_once[k].spikes == alone[k].spikes && at_once[k].states == alone[k].states);
    for (int other = 0; other < k; other++) assert_true(alone[other].spikes != alone[k].spikes);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(at_once_as_one_after_another),
  };
  return RUN_TESTS(tests);
}
