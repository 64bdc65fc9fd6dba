/* Which of many calls are timed, and which of those are forgotten. */
#include "base/sampler.h"

#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../checks.h"

/* One of `every` is timed, whatever rhythm there is; those that are stand for all. */
static void calls_stand_for_all(void **state) {
  (void)state;
  enum { CALLS = 100000, EVERY = 16, RHYTHM = 17 };
  izh_sampler sampler = {0};
  uint64_t timed = 0, stood_for = 0, last = 0, of_phase[RHYTHM] = {0};
  for (uint64_t i = 0; i < CALLS; i++) {
    uint64_t weight = izh_sampler_begin(&sampler, EVERY);
    if (i < 4) assert_int_equal(weight, 1);
    if (weight == 0) continue;
    assert_true(izh_sampler_end(&sampler, 1000));
    timed++;
    stood_for += weight;
    last = i;
    of_phase[i % RHYTHM]++;
  }
  assert_int_equal(stood_for, last + 1);
  assert_true(CALLS - last <= 2 * EVERY);
  assert_true((double)timed > CALLS / EVERY * 0.97 && (double)timed < CALLS / EVERY * 1.03);
  for (int k = 0; k < RHYTHM; k++) /* six standard deviations of 368 */
    assert_true(fabs((double)of_phase[k] - (double)timed / RHYTHM) < 6 * sqrt((double)timed / RHYTHM));
}

/* Waits for another process to have had the processor: with two that do nothing else, it soon will. */
static void be_interrupted(void) {
  struct rusage before, now;
  cpu_set_t allowed, one;
  assert_int_equal(sched_getaffinity(0, sizeof allowed, &allowed), 0);
  CPU_ZERO(&one);
  CPU_SET((size_t)sched_getcpu(), &one);
  assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
  pid_t other = fork();
  if (other == 0)
    for (;;) {}
  getrusage(RUSAGE_THREAD, &before);
  do getrusage(RUSAGE_THREAD, &now);
  while (now.ru_nivcsw == before.ru_nivcsw);
  kill(other, SIGKILL);
  waitpid(other, NULL, 0);
  assert_int_equal(sched_setaffinity(0, sizeof allowed, &allowed), 0);
}

/* The next call that is timed; its weight. */
static uint64_t next_timed(izh_sampler *sampler) {
  for (;;) {
    uint64_t weight = izh_sampler_begin(sampler, 16);
    if (weight > 0) return weight;
  }
}

/* A call that is long because of another process is forgotten, and the one after it stands for it, too; one
 * that is long by itself counts. */
static void interrupted_calls_are_forgotten(void **state) {
  (void)state;
  izh_sampler sampler = {0};
  uint64_t weight;
  do {
    weight = next_timed(&sampler);
    assert_true(izh_sampler_end(&sampler, 1000));
  } while (weight < 5);
  be_interrupted();
  do weight = next_timed(&sampler);
  while (weight < 5 && izh_sampler_end(&sampler, 1000));
  assert_false(izh_sampler_end(&sampler, 3000000));
  assert_int_equal(izh_sampler_begin(&sampler, 16), weight + 1);
  assert_true(izh_sampler_end(&sampler, 1000));
  uint64_t ns = sampler.ns;
  next_timed(&sampler);
  while (!izh_sampler_end(&sampler, 100000)) next_timed(&sampler); /* it was, indeed, in the moment since */
  assert_int_equal(sampler.ns, ns + 100000);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(calls_stand_for_all),
                                     cmocka_unit_test(interrupted_calls_are_forgotten)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
