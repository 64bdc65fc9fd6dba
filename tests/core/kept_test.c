/* Which spikes are kept: those that are wanted are all there, the others are dropped once they have arrived,
 * and what the network does is the same. */
#include "scenario.h"

enum { STEPS = 4000 };

static izh_net *scenario_make(izh_integrator integrator) {
  izh_net_def def = izh_net_def_default();
  def.integrator = integrator;
  izh_net *net = NULL;
  MUST(scenario_build(&def, &net));
  return net;
}

/* The k-th of many changes of mind, at step 97 k: all, some, none, … */
static izh_status change(izh_net *net, int k) {
  static const uint32_t list[] = {3, 80, 17};
  izh_ids some = izh_ids_list(list, COUNT_OF(list)), none = izh_ids_range(0, 0), half = izh_ids_range(40, 30);
  const izh_ids *const of[] = {&none, &some, NULL, &none, &half};
  return izh_net_keep_spikes(net, of[k % 5], &fault);
}

static bool wanted(uint32_t neuron, int64_t step) {
  if (step < 97) return true;
  switch ((step / 97) % 5) {
  case 1:
    return neuron == 3 || neuron == 80 || neuron == 17;
  case 2:
    return true;
  case 4:
    return neuron >= 40 && neuron < 70;
  default:
    return false;
  }
}

static void compare(const izh_net *net, const izh_net *control) {
  izh_spikes a = izh_net_spikes(net), b = izh_net_spikes(control);
  for (int64_t s = 0; s < izh_net_now(net); s++) {
    uint64_t k = a.begin[s];
    for (uint64_t i = b.begin[s]; i < b.begin[s + 1]; i++) {
      bool there = k < a.begin[s + 1] && a.index[k] == b.index[i] && (!a.ms || a.ms[k] == b.ms[i]);
      k += there;
      assert_true(there || !wanted(b.index[i], s)); /* what is wanted is there */
    }
    assert_int_equal(k, a.begin[s + 1]); /* and nothing that never was */
  }
}

static void what_is_wanted_is_kept(void **state) {
  (void)state;
  const izh_integrator of[] = {IZH_INTEGRATOR_IZHIKEVICH2003, IZH_INTEGRATOR_EXACT};
  for (int i = 0; i < 2; i++) {
    izh_net *net = scenario_make(of[i]), *control = scenario_make(of[i]);
    for (int64_t s = 0; s < STEPS; s++) {
      if (s > 0 && s % 97 == 0) MUST(change(net, (int)(s / 97) % 5));
      MUST(scenario_steps(net, 1));
    }
    MUST(scenario_steps(control, STEPS));
    assert_true(states_hash(net) == states_hash(control));
    compare(net, control);
    uint64_t held = izh_net_spikes(net).begin[STEPS], all = izh_net_spikes(control).begin[STEPS];
    if (held > all * 3 / 4)
      fail_msg("%llu of %llu spikes are held", (unsigned long long)held, (unsigned long long)all);
    izh_net_destroy(net);
    izh_net_destroy(control);
  }
}

/* The memory that spikes take does not grow with the length of the run. */
static void nothing_kept_is_nothing_held(void **state) {
  (void)state;
  izh_net *net = scenario_make(IZH_INTEGRATOR_IZHIKEVICH2003);
  izh_ids none = izh_ids_range(0, 0);
  MUST(izh_net_keep_spikes(net, &none, &fault));
  uint64_t most = 0, held = 0;
  for (int i = 0; i < 100; i++) {
    MUST(scenario_steps(net, 200));
    held = izh_net_spikes(net).begin[izh_net_now(net)];
    if (held > most) most = held;
  }
  izh_net *control = scenario_make(IZH_INTEGRATOR_IZHIKEVICH2003);
  MUST(scenario_steps(control, 20000));
  uint64_t all = izh_net_spikes(control).begin[20000];
  assert_true(states_hash(net) == states_hash(control));
  if (most > all / 20)
    fail_msg("%llu of %llu spikes are held", (unsigned long long)most, (unsigned long long)all);
  izh_net_destroy(net);
  izh_net_destroy(control);
}

static void what_is_missing_is_said(void **state) {
  (void)state;
  izh_net *net = scenario_make(IZH_INTEGRATOR_IZHIKEVICH2003);
  izh_ids some = izh_ids_range(10, 5), one = izh_ids_range(12, 1), more = izh_ids_range(12, 10),
          none = izh_ids_range(0, 0);
  izh_missing missing = {0};
  MUST(scenario_steps(net, 10));
  assert_true(izh_net_kept(net, &more, 0, 10, &missing));
  MUST(izh_net_keep_spikes(net, &none, &fault)); /* is replaced by the next */
  MUST(izh_net_keep_spikes(net, &some, &fault));
  MUST(scenario_steps(net, 10));
  assert_true(izh_net_kept(net, &one, 0, 20, &missing));
  assert_true(izh_net_kept(net, &more, 0, 10, &missing));
  assert_true(izh_net_kept(net, &none, 0, 20, &missing));
  assert_false(izh_net_kept(net, &more, 0, 20, &missing));
  assert_true(missing.neuron == 15 && missing.from == 10 && missing.to == 20);
  MUST(izh_net_keep_spikes(net, NULL, &fault));
  MUST(scenario_steps(net, 10));
  assert_true(izh_net_kept(net, &more, 20, 30, &missing));
  assert_false(izh_net_kept(net, &more, 15, 30, &missing));
  assert_true(missing.neuron == 15 && missing.from == 15 && missing.to == 20);
  izh_net_destroy(net);
}

static void memory_runs_out(void **state) {
  (void)state;
  izh_net *net = scenario_make(IZH_INTEGRATOR_IZHIKEVICH2003);
  izh_ids some = izh_ids_range(10, 5), more = izh_ids_range(12, 10);
  izh_missing missing;
  izh_status status = IZH_MEMORY;
  MUST(scenario_steps(net, 10));
  for (long n = 1; status; n++) {
    izh_alloc_fail_at(n);
    status = izh_net_keep_spikes(net, &some, &fault);
    izh_alloc_fail_at(0);
    assert_int_equal(status, status ? IZH_MEMORY : IZH_OK);
    assert_int_equal(izh_net_kept(net, &more, 0, 11, &missing), status != IZH_OK);
  }
  izh_net_destroy(net);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_wanted_is_kept),
      cmocka_unit_test(nothing_kept_is_nothing_held),
      cmocka_unit_test(what_is_missing_is_said),
      cmocka_unit_test(memory_runs_out),
  };
  return RUN_TESTS(tests);
}
