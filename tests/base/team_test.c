/* The team of threads: each piece of work is done once, and what was done is seen. */
#include "base/team.h"

#include <pthread.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../checks.h"

enum { MOST = 40 };

static int counts[MOST];

static void count(void *context, int i) {
  counts[i] += *(const int *)context;
}

static void count_here(void *counted, int i) {
  ((int *)counted)[i]++;
}

static void each_piece_is_done_once(void **state) {
  (void)state;
  int expected[MOST] = {0};
  for (int round = 0; round < 2000; round++) {
    int n = round % 3 ? 1 + round % MOST : 2;
    izh_team_run(n, count, &round);
    for (int i = 0; i < n; i++) expected[i] += round;
    assert_memory_equal(counts, expected, sizeof counts);
  }
}

/* In threads of this process at once. */
enum { CALLERS = 4 };

static void *call_often(void *seed) {
  int mine[MOST] = {0};
  for (int round = 0; round < 500; round++) {
    int n = 1 + (round + *(int *)seed) % MOST;
    izh_team_run(n, count_here, mine);
    for (int i = 0; i < n; i++) mine[i]--;
    for (int i = 0; i < MOST; i++)
      if (mine[i] != 0) return seed;
  }
  return NULL;
}

static void several_can_call_at_once(void **state) {
  (void)state;
  pthread_t callers[CALLERS];
  int seeds[CALLERS] = {0, 7, 13, 30};
  for (int k = 0; k < CALLERS; k++)
    assert_int_equal(pthread_create(&callers[k], NULL, call_often, &seeds[k]), 0);
  for (int k = 0; k < CALLERS; k++) {
    void *wrong;
    assert_int_equal(pthread_join(callers[k], &wrong), 0);
    assert_null(wrong);
  }
}

/* Both processes begin anew. */
static void a_process_can_fork(void **state) {
  (void)state;
  int here[MOST] = {0}, want[MOST];
  izh_team_run(MOST, count_here, here);
  pid_t child = fork();
  izh_team_run(MOST, count_here, here);
  for (int i = 0; i < MOST; i++) want[i] = 2;
  bool right = memcmp(here, want, sizeof here) == 0;
  if (child == 0) _exit(!right);
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(right && status == 0);
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
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_piece_is_done_once),  cmocka_unit_test(those_that_wait_sleep),
      cmocka_unit_test(several_can_call_at_once), cmocka_unit_test(a_process_can_fork),
      cmocka_unit_test(one_thread_does_it_all),
  };
  return RUN_TESTS(tests);
}
