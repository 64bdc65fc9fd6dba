/* Noise drawn anew: from the next step on it is that of another seed, and nothing else changes. */
#include "base/stop.h"
#include "helpers.h"

enum { N = 200 };

static izh_net *make(uint32_t seed, double rate_hz) {
  izh_net *net = net_make(0.5, IZH_INTEGRATOR_IZHIKEVICH2003, seed);
  population_make(net, "E", N, regular_spiking);
  uint32_t index;
  izh_stimulus_def noise = {
      .name = "noise",
      .kind = IZH_STIMULUS_NOISE,
      .target = izh_ids_range(0, N),
      .noise = {.sd = 5, .correlation = 0.2, .every_ms = 2, .window = {.to_ms = INFINITY}}};
  izh_stimulus_def poisson = {.name = "poisson",
                              .kind = IZH_STIMULUS_POISSON,
                              .target = izh_ids_range(0, N),
                              .poisson = {.rate_hz = rate_hz,
                                          .sources = 1,
                                          .weight = 1,
                                          .kernel = {.kind = IZH_KERNEL_PULSE, .values = {0.5}},
                                          .window = {.to_ms = INFINITY}}};
  if (rate_hz == 0) MUST(izh_stimulus_add(net, &noise, &index, &fault));
  if (rate_hz > 0) MUST(izh_stimulus_add(net, &poisson, &index, &fault));
  return net;
}

static void steps(izh_net *net, int n) {
  for (int i = 0; i < n; i++) MUST(izh_net_step(net, &fault));
}

static bool same_currents(const izh_net *a, const izh_net *b) {
  return memcmp(izh_net_currents(a).ext, izh_net_currents(b).ext, N * sizeof(double)) == 0;
}

/* At once, in the middle of an interval of the noise, too. */
static void test_noise_is_that_of_another_seed(void **state) {
  (void)state;
  izh_net *net = make(5, 0), *other = make(8, 0), *untouched = make(5, 0);
  steps(net, 9);
  steps(other, 9);
  steps(untouched, 9);
  assert_int_equal(izh_stimuli_redraw(net, 0), 1);
  for (int i = 0; i < 10; i++) {
    steps(net, 1);
    steps(other, 1);
    steps(untouched, 1);
    assert_true(same_currents(net, untouched));
    assert_false(same_currents(net, other));
  }
  assert_int_equal(izh_stimuli_redraw(net, 3), 1);
  for (int i = 0; i < 10; i++) {
    steps(net, 1);
    steps(other, 1);
    assert_true(same_currents(net, other));
  }
  izh_stimulus_stop(net, 0);
  assert_int_equal(izh_stimuli_redraw(net, 1), 0);
  izh_net_destroy(net);
  izh_net_destroy(other);
  izh_net_destroy(untouched);
}

/* The rate stays, from the very step on; the spikes are others. Significance 0.001, two-sided, of each of ten
 * windows of 100 ms: 1000 expected. */
static void test_poisson_sources(void **state) {
  (void)state;
  izh_net *net = make(5, 50), *untouched = make(5, 50);
  steps(net, 333);
  steps(untouched, 333);
  assert_int_equal(izh_stimuli_redraw(net, 1), 1);
  bool differs = false;
  for (int window = 0; window < 10; window++) {
    double count = 0;
    for (int i = 0; i < 200; i++) {
      steps(net, 1);
      steps(untouched, 1);
      differs = differs || !same_currents(net, untouched);
      for (int k = 0; k < N; k++) count += izh_net_currents(net).ext[k];
    }
    assert_true(fabs(count - 1000) < 3.29 * sqrt(1000));
  }
  assert_true(differs);
  izh_net_destroy(net);
  izh_net_destroy(untouched);
}

/* --- reseed --- */

/* What is due is so long that the user can stop it: an Ornstein–Uhlenbeck process, Poisson stimuli, sources.
 */
static izh_net *make_long(void) {
  izh_net *net = make(5, 2000 * 1000.0);
  uint32_t index;
  izh_stimulus_def noise = {.name = "process",
                            .kind = IZH_STIMULUS_NOISE,
                            .target = izh_ids_range(0, N),
                            .noise = {.sd = 5, .every_ms = 0.5, .tau_ms = 3, .window = {.to_ms = INFINITY}}};
  MUST(izh_stimulus_add(net, &noise, &index, &fault));
  double rates[N];
  for (int k = 0; k < N; k++) rates[k] = 2e6;
  izh_population_def sources = {.name = "sources", .size = N, .model = IZH_MODEL_POISSON, .values = {rates}};
  MUST(izh_population_add(net, &sources, &index, &fault));
  return net;
}

static bool at_once(void) {
  return true;
}

static bool at_the_third(void) {
  static int asked;
  return ++asked >= 3;
}

/* Ctrl-C is heard while past draws are made. The network goes on, and a later reseed is as if none had been
 * stopped. */
static void test_reseed_hears(void **state) {
  (void)state;
  izh_net *net = make_long(), *other = make_long();
  steps(net, 6);
  steps(other, 6);
  izh_stop_ask(at_once);
  MUST_FAIL(izh_net_reseed(net, 3, &fault), IZH_STOPPED, "");
  izh_stop_ask(at_the_third);
  MUST_FAIL(izh_net_reseed(net, 4, &fault), IZH_STOPPED, "");
  izh_stop_ask(NULL);
  steps(net, 2);
  steps(other, 2);
  MUST(izh_net_reseed(net, 3, &fault));
  MUST(izh_net_reseed(other, 3, &fault));
  for (int i = 0; i < 4; i++) {
    steps(net, 1);
    steps(other, 1);
    assert_true(i == 0 || same_currents(net, other)); /* a pulse that came before lasts for a step */
  }
  izh_net_destroy(net);
  izh_net_destroy(other);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_noise_is_that_of_another_seed),
                                     cmocka_unit_test(test_poisson_sources),
                                     cmocka_unit_test(test_reseed_hears)};
  return RUN_TESTS(tests);
}
