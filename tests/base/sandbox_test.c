/* The folder and the limits of a sandbox. Each test is a process of its own, since a sandbox has no end. */
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../checks.h"
#include "base/alloc.h"
#include "base/memory.h"

static char root[] = "/tmp/izhlua-sandbox-XXXXXX";

static void make(const char *path) {
  int file = open(path, O_WRONLY | O_CREAT, 0666);
  assert_true(file >= 0);
  assert_int_equal(close(file), 0);
}

/* root/out, root/box/in, root/box/inner/deep, and links to them. */
static int make_files(void **state) {
  (void)state;
  assert_non_null(mkdtemp(root));
  assert_int_equal(chdir(root), 0);
  assert_int_equal(mkdir("box", 0777) | mkdir("box/inner", 0777), 0);
  make("out");
  make("box/in");
  make("box/inner/deep");
  assert_int_equal(symlink("../out", "box/to_out") | symlink("..", "box/up"), 0);
  assert_int_equal(symlink("inner/deep", "box/to_deep") | symlink("inner", "box/folder"), 0);
  return chdir("box");
}

static int remove_files(void **state) {
  (void)state;
  char command[64];
  snprintf(command, sizeof command, "rm -r %s", root);
  return system(command);
}

static void begin(unsigned long long memory, unsigned long long disk, int processes) {
  izh_err err;
  assert_int_equal(izh_sandbox_begin(".", memory, disk, processes, &err), IZH_OK);
}

/* Runs a test in a process of its own; a check that fails there shows and fails here. */
static void apart(void (*test)(void)) {
  pid_t child = fork();
  if (child == 0) {
    test();
    _exit(0);
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
}

/* 0, or the errno. */
static int try_open(const char *path, int flags) {
  int file = izh_open(path, flags | O_CLOEXEC, 0666);
  if (file < 0) return errno;
  close(file);
  return 0;
}

static void expect(bool right, const char *what) {
  if (right) return;
  fprintf(stderr, "not as expected: %s (errno %d)\n", what, errno);
  _exit(1);
}

static void check_outside(void) {
  static const char *const outside[] = {
      "../out", "to_out", "up/out", "up/box/in", "/etc/passwd", "/proc/self/environ", "inner/../../out", "/"};
  char other[64];
  for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
    expect(try_open(outside[i], O_RDONLY) != 0, outside[i]);
    expect(try_open(outside[i], O_WRONLY | O_CREAT) != 0, outside[i]);
  }
  snprintf(other, sizeof other, "%s/boxes", root); /* it begins as the folder does */
  expect(try_open(other, O_WRONLY | O_CREAT) == EXDEV, other);
  expect(try_open("../out", O_RDONLY) == EXDEV, "../out");
}

static void check_inside(bool links) {
  char whole[64];
  snprintf(whole, sizeof whole, "%s/box//in", root);
  expect(try_open("in", O_RDONLY) == 0, "in");
  expect(try_open("./inner/deep", O_RDONLY) == 0, "deep");
  expect(try_open(whole, O_RDONLY) == 0, whole);
  expect(try_open("inner/new", O_WRONLY | O_CREAT) == 0, "new");
  expect(try_open("missing", O_RDONLY) == ENOENT, "missing");
  expect((try_open("to_deep", O_RDONLY) == 0) == links, "to_deep");
  expect((try_open("folder/deep", O_RDONLY) == 0) == links, "folder/deep");
  const char *name;
  int folder = izh_open_folder("inner/deep", &name);
  expect(folder >= 0 && strcmp(name, "deep") == 0, "the folder of deep");
  expect(izh_open_folder("../out", &name) < 0 && errno == EXDEV, "the folder of ../out");
  close(folder);
}

static void use_folder(void) {
  begin(1000000, 1000000, 1);
  check_outside();
  check_inside(true);
}

/* As on a system without openat2. */
static void use_folder_by_steps(void) {
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog filter = {.len = 4, .filter = code};
  expect(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no new privileges");
  expect(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0, "the filter");
  begin(1000000, 1000000, 1);
  check_outside();
  check_inside(false);
}

static void use_up(void) {
  begin(1000000, 100000, 2);
  void *half = izh_alloc(500000, 1);
  expect(half != NULL, "half");
  expect(izh_alloc(600000, 1) == NULL && izh_alloc_zero(6, 100000) == NULL, "too much");
  half = izh_realloc(half, 900000, 1);
  expect(half != NULL && izh_realloc(half, 1100000, 1) == NULL, "a larger half");
  expect(izh_memory_free() <= 100000, "what is left");
  izh_free(half);
  for (int i = 0; i < 1000; i++) izh_free(izh_alloc(900000, 1));
  izh_sandbox_share_memory(4);
  expect(izh_alloc(300000, 1) == NULL && izh_alloc(200000, 1) != NULL, "a quarter");
  expect(izh_sandbox_take_disk(60000) && !izh_sandbox_take_disk(60000) && errno == EDQUOT, "disk");
  expect(izh_sandbox_take_disk(30000), "what is left of the disk");
  expect(try_open("more", O_WRONLY | O_CREAT) == 0, "a file");
  expect(try_open("more2", O_WRONLY | O_CREAT) == 0 && try_open("more3", O_WRONLY | O_CREAT) == EDQUOT,
         "files");
  expect(izh_sandbox_take_process() && izh_sandbox_take_process() && !izh_sandbox_take_process(),
         "processes");
  izh_sandbox_free_process();
  expect(izh_sandbox_take_process(), "another process");
}

/* What a forked process writes counts for all. */
static void use_up_together(void) {
  begin(1000000, 100000, 2);
  pid_t child = fork();
  if (child == 0) _exit(izh_sandbox_take_disk(80000) ? 0 : 1);
  int status;
  expect(waitpid(child, &status, 0) == child && status == 0, "the other process");
  expect(!izh_sandbox_take_disk(30000), "together");
}

static void test_folder(void **state) {
  (void)state;
  apart(use_folder);
}

static void test_folder_by_steps(void **state) {
  (void)state;
  apart(use_folder_by_steps);
}

static void test_limits(void **state) {
  (void)state;
  apart(use_up);
  apart(use_up_together);
}

static void test_none(void **state) {
  (void)state;
  assert_null(izh_sandbox_folder());
  assert_int_equal(try_open("../out", O_RDONLY), 0);
  assert_true(izh_sandbox_take_disk(SIZE_MAX) && izh_sandbox_take_process() &&
              izh_sandbox_take_memory(SIZE_MAX));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_folder),
      cmocka_unit_test(test_folder_by_steps),
      cmocka_unit_test(test_limits),
      cmocka_unit_test(test_none),
  };
  return cmocka_run_group_tests(tests, make_files, remove_files);
}
