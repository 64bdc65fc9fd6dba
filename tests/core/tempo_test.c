/* The choice between one thread and several, on steps whose times are invented. */
#include "core/net/tempo.h"

#include "helpers.h"

/* A machine: how long a step takes by one thread, and by several, in ns. */
typedef uint64_t machine(int64_t step, bool together);

/* Does so many steps, the first of which has the number `from`. Returns how long they take. */
static uint64_t take_steps(izh_tempo *tempo, machine *m, int64_t from, int64_t n) {
  uint64_t whole = 0;
  for (int64_t step = from; step < from + n; step++) {
    uint64_t ns = m(step, izh_tempo_together(tempo));
    izh_tempo_note(tempo, ns);
    whole += ns;
  }
  return whole;
}

static uint64_t only(machine *m, bool together, int64_t from, int64_t n) {
  uint64_t whole = 0;
  for (int64_t step = from; step < from + n; step++) whole += m(step, together);
  return whole;
}

static uint64_t shared_well(int64_t step, bool together) {
  (void)step;
  return together ? 60000 : 100000;
}

static uint64_t shared_badly(int64_t step, bool together) {
  (void)step;
  return together ? 150000 : 100000;
}

/* Another program has the second processor: each step waits for it. */
static uint64_t processor_taken(int64_t step, bool together) {
  (void)step;
  return together ? 4000000 : 25000;
}

/* Every 25 steps nine tenths of the spikes arrive within five steps, as in a rhythm of 40 Hz. */
static uint64_t rhythm(int64_t step, bool together) {
  uint64_t load = step % 25 < 5 ? 450000 : 10000;
  return together ? 10000 + load * 6 / 10 : load;
}

static uint64_t taken_later(int64_t step, bool together) {
  return step < 5000 ? shared_well(step, together) : processor_taken(step, together);
}

static void the_faster_one_does_nearly_all_steps(void **state) {
  (void)state;
  machine *const machines[] = {shared_well, shared_badly, processor_taken, rhythm};
  for (size_t i = 0; i < COUNT_OF(machines); i++) {
    izh_tempo tempo = {0};
    uint64_t took = take_steps(&tempo, machines[i], 0, 100000);
    uint64_t one = only(machines[i], false, 0, 100000), all = only(machines[i], true, 0, 100000);
    double best = (double)(one < all ? one : all), worst = (double)(one < all ? all : one);
    assert_true((double)took < 1.05 * best);
    assert_true((double)took > best); /* a trial has steps of both kinds */
    assert_true(worst > 1.2 * best);
  }
}

/* What was right before is found to be wrong within the time of a rest. */
static void a_change_is_found(void **state) {
  (void)state;
  izh_tempo tempo = {0};
  uint64_t before = take_steps(&tempo, taken_later, 0, 5000);
  assert_true((double)before < 1.05 * 60000 * 5000);
  uint64_t after = take_steps(&tempo, taken_later, 5000, 20000);
  uint64_t lost = after - (uint64_t)20000 * 25000;
  assert_true(lost < 80000000); /* 20 steps that wait: the rest was to be 25 ms */
  assert_false(tempo.together);
}

/* If one kind takes a hundred times as long, a trial does not need all its steps to see that. */
static void a_hopeless_kind_is_left_early(void **state) {
  (void)state;
  izh_tempo tempo = {0};
  uint64_t took = take_steps(&tempo, processor_taken, 0, 36);
  assert_true(took < (uint64_t)5 * 4000000 + 36 * 25000);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_faster_one_does_nearly_all_steps),
                                     cmocka_unit_test(a_change_is_found),
                                     cmocka_unit_test(a_hopeless_kind_is_left_early)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
