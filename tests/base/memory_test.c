/* How much memory is free: what the system has, and what the groups of this process leave of it, in either
 * version of control groups and wherever in their tree it is. */
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../checks.h"
#include "base/memory.h"

static char root[64];

static int enter(void **state) {
  (void)state;
  snprintf(root, sizeof root, "/tmp/izhlua-test-XXXXXX");
  return mkdtemp(root) ? 0 : -1;
}

static int leave(void **state) {
  (void)state;
  char command[96];
  snprintf(command, sizeof command, "rm -rf %s", root);
  return system(command) == 0 ? 0 : -1;
}

/* Writes a file below the root. */
static void put(const char *path, const char *text) {
  char command[512], whole[256];
  snprintf(command, sizeof command, "mkdir -p \"$(dirname %s/%s)\"", root, path);
  assert_int_equal(system(command), 0);
  snprintf(whole, sizeof whole, "%s/%s", root, path);
  FILE *file = fopen(whole, "w");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
}

static void expect_megabytes(unsigned long long megabytes) {
  assert_int_equal(izh_memory_free_below(root), megabytes * 1000000);
}

static const char meminfo[] = "MemTotal: 9000000 kB\nMemAvailable: 7812500 kB\n"; /* 8 GB */

static void the_system_says_what_is_free(void **state) {
  (void)state;
  put("proc/meminfo", meminfo);
  expect_megabytes(8000);
}

static void the_own_group_limits(void **state) {
  (void)state;
  put("proc/meminfo", meminfo);
  put("proc/self/cgroup", "0::/user/job\n");
  put("sys/fs/cgroup/user/job/memory.max", "max\n");
  put("sys/fs/cgroup/user/memory.max", "3000000000\n");
  put("sys/fs/cgroup/user/memory.current", "2000000000\n");
  put("sys/fs/cgroup/user/memory.stat", "anon 1\ninactive_file 500000000\n");
  expect_megabytes(1500);
  put("sys/fs/cgroup/user/job/memory.max", "1000000000\n");
  put("sys/fs/cgroup/user/job/memory.current", "200000000\n");
  expect_megabytes(800);
  put("sys/fs/cgroup/user/job/memory.current", "1200000000\n");
  expect_megabytes(0);
}

static void groups_of_the_first_version_limit(void **state) {
  (void)state;
  put("proc/meminfo", meminfo);
  put("proc/self/cgroup", "12:cpu,cpuacct:/x\n5:memory:/job_7\n0::/\n");
  put("sys/fs/cgroup/memory/job_7/memory.limit_in_bytes", "4000000000\n");
  put("sys/fs/cgroup/memory/job_7/memory.usage_in_bytes", "1000000000\n");
  put("sys/fs/cgroup/memory/job_7/memory.stat", "inactive_file 1\ntotal_inactive_file 250000000\n");
  expect_megabytes(3250);
}

/* In a container the file of the process may name a group that is not there: that of the container is on top.
 */
static void the_group_of_a_container_limits(void **state) {
  (void)state;
  put("proc/meminfo", meminfo);
  put("proc/self/cgroup", "0::/docker/0123456789\n");
  put("sys/fs/cgroup/memory.max", "2000000000\n");
  put("sys/fs/cgroup/memory.current", "500000000\n");
  expect_megabytes(1500);
}

static void limits_of_the_process_count(void **state) {
  (void)state;
  skip_sanitized(); /* which take more address space than any limit */
  put("proc/meminfo", meminfo);
  const unsigned limits[] = {RLIMIT_AS, RLIMIT_DATA};
  for (size_t i = 0; i < COUNT_OF(limits); i++) {
    struct rlimit old, small;
    assert_int_equal(getrlimit(limits[i], &old), 0);
    small = old;
    small.rlim_cur = izh_memory_held() + 100000000;
    if (old.rlim_max != RLIM_INFINITY && small.rlim_cur > old.rlim_max) skip();
    assert_int_equal(setrlimit(limits[i], &small), 0);
    unsigned long long free = izh_memory_free_below(root);
    assert_int_equal(setrlimit(limits[i], &old), 0);
    assert_true(free < 8000000000 && (limits[i] != RLIMIT_AS || free <= 100000000));
  }
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_FOLDER(the_system_says_what_is_free),      IN_FOLDER(the_own_group_limits),
      IN_FOLDER(groups_of_the_first_version_limit), IN_FOLDER(the_group_of_a_container_limits),
      IN_FOLDER(limits_of_the_process_count),
  };
  return RUN_TESTS(tests);
}
