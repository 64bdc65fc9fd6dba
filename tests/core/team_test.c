/* The team of threads: each piece of work is done once, and what was done is seen. */
#include "base/team.h"

#include <pthread.h>
#include <unistd.h>

#include "helpers.h"

enum { MOST = 40 };

static int counts[MOST];

static void count(void *context, int i) {
  counts[i] += *(const int *)context;
}

static void each_piece_is_done_once(void **state) {
  (void)state;
  int expected[MOST] = {0};
  for (int round = 0; round < 2000; round++) {
    int n = round % 3 ? 1 + round % MOST : 2;
    izh_team_run(n, count, &round);
    for (int i = 0; i < n; i++) expected[i] += round;
    assert_memory_equal(counts, expected, sizeof counts);
    if (round % 500 == 499) izh_team_end(); /* the next run begins anew */
  }
}

static void wait_a_little(void *context, int i) {
  if (i == *(int *)context) usleep(3000); /* longer than the others look for it */
  counts[i] = i;
}

static void those_that_wait_sleep(void **state) {
  (void)state;
  for (int slow = 0; slow < 4; slow++) {
    memset(counts, -1, sizeof counts);
    izh_team_run(4, wait_a_little, &slow);
    for (int i = 0; i < 4; i++) assert_int_equal(counts[i], i);
    usleep(3000); /* and so do those that have nothing to do */
  }
  izh_team_end();
  izh_team_end();
}

static pthread_t callers[4];

static void note_thread(void *context, int i) {
  (void)context;
  callers[i] = pthread_self();
}

static void one_thread_does_it_all(void **state) {
  (void)state;
  izh_team_limit(1);
  izh_team_run(4, note_thread, NULL);
  for (int i = 0; i < 4; i++) assert_true(pthread_equal(callers[i], pthread_self()));
  izh_team_limit(IZH_TEAM_MAX);
  izh_team_run(2, note_thread, NULL);
  assert_false(pthread_equal(callers[1], pthread_self()));
  izh_team_end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_piece_is_done_once),
      cmocka_unit_test(those_that_wait_sleep),
      cmocka_unit_test(one_thread_does_it_all),
  };
  return RUN_TESTS(tests);
}
