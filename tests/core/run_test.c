/* izh_net_run: the steps of a duration, until the user asks to stop. */
#include <pthread.h>

#include "base/stop.h"
#include "scenario.h"

static int asked; /* how often */

static bool at_the_tenth(void) {
  return ++asked == 10;
}

static izh_net *small(void) {
  izh_net *net = net_make(0.5, IZH_INTEGRATOR_IZHIKEVICH2003, 1);
  population_make(net, "E", 20, regular_spiking);
  noise_make(net, "noise", everyone(net), 4, 5);
  return net;
}

static void a_run_is_its_steps(void **state) {
  (void)state;
  izh_net *stepped = small(), *ran = small();
  MUST(scenario_steps(stepped, 300));
  MUST(izh_net_run(ran, 100, &fault));
  MUST(izh_net_run(ran, 0, &fault));
  MUST(izh_net_run(ran, 50, &fault));
  assert_int_equal(izh_net_now(ran), 300);
  assert_true(spikes_hash(ran, UINT32_MAX) == spikes_hash(stepped, UINT32_MAX));
  MUST_FAIL(izh_net_run(ran, -1, &fault), IZH_RANGE, "the duration must be ≥ 0 ms (got -1)");
  MUST_FAIL(izh_net_run(ran, 0.3, &fault), IZH_RANGE, "the duration must be a multiple of dt = 0.5 ms");
  assert_int_equal(izh_net_now(ran), 300);
  izh_net_destroy(stepped);
  izh_net_destroy(ran);
}

static void *run_elsewhere(void *net) {
  return izh_net_run(net, 100, NULL) ? net : NULL;
}

static void it_stops_when_asked(void **state) {
  (void)state;
  izh_net *net = small();
  izh_stop_ask(at_the_tenth);
  MUST_FAIL(izh_net_run(net, 100, &fault), IZH_STOPPED, "interrupted");
  assert_int_equal(izh_net_now(net), 10);
  asked = 0;
  pthread_t other; /* was not told whom to ask */
  void *failed;
  assert_int_equal(pthread_create(&other, NULL, run_elsewhere, net), 0);
  assert_int_equal(pthread_join(other, &failed), 0);
  assert_null(failed);
  assert_int_equal(izh_net_now(net), 210);
  assert_int_equal(asked, 0);
  izh_stop_ask(NULL);
  izh_net_destroy(net);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_run_is_its_steps),
      cmocka_unit_test(it_stops_when_asked),
  };
  return RUN_TESTS(tests);
}
