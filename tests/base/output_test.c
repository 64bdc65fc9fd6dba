/* Output files appear whole or not at all; and the words that were probably meant. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../checks.h"
#include "base/nearest.h"
#include "base/output.h"

/* Each test has an empty folder of its own as its working directory. */
static char folder[64], before[4096];

static int enter(void **state) {
  (void)state;
  snprintf(folder, sizeof folder, "/tmp/izhlua-test-XXXXXX");
  return getcwd(before, sizeof before) && mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave(void **state) {
  (void)state;
  char command[192];
  snprintf(command, sizeof command, "chmod -R u+rwx %s && rm -rf %s", folder, folder);
  return chdir(before) == 0 && system(command) == 0 ? 0 : -1;
}

static void put(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
}

static void expect_text(const char *path, const char *text) {
  char content[256] = {0};
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  content[fread(content, 1, sizeof content - 1, file)] = '\0';
  fclose(file);
  assert_string_equal(content, text);
}

/* How many things a folder has: no temporary file may stay. */
static int entries(const char *path) {
  DIR *dir = opendir(path);
  assert_non_null(dir);
  int n = -2; /* . and .. */
  while (readdir(dir)) n++;
  closedir(dir);
  return n;
}

static izh_status write_text(const char *path, const char *text) {
  izh_output *out = NULL;
  izh_status status = izh_output_begin(path, &out, &fault);
  if (status) return status;
  izh_output_write(out, text, strlen(text), &fault);
  return izh_output_commit(out, &fault);
}

static void a_file_appears_at_commit(void **state) {
  (void)state;
  izh_output *out = NULL;
  MUST(izh_output_begin("new.txt", &out, &fault));
  MUST(izh_output_write(out, "one ", 4, &fault));
  MUST(izh_output_write(out, "", 0, &fault));
  MUST(izh_output_write(out, "two", 3, &fault));
  assert_int_not_equal(access("new.txt", F_OK), 0);
  MUST(izh_output_commit(out, &fault));
  expect_text("new.txt", "one two");
  assert_int_equal(entries("."), 1);
}

static void the_old_file_stays_until_commit(void **state) {
  (void)state;
  put("a.txt", "old");
  izh_output *out = NULL;
  MUST(izh_output_begin("a.txt", &out, &fault));
  MUST(izh_output_write(out, "new", 3, &fault));
  expect_text("a.txt", "old");
  izh_output_abandon(out);
  expect_text("a.txt", "old");
  assert_int_equal(entries("."), 1);
  izh_output_abandon(NULL);
  MUST(write_text("a.txt", "new"));
  expect_text("a.txt", "new");
  assert_int_equal(entries("."), 1);
}

/* Several files of one folder at a time, and two of one path: the last to commit stays. */
static void files_do_not_disturb_each_other(void **state) {
  (void)state;
  izh_output *a = NULL, *b = NULL, *c = NULL;
  MUST(izh_output_begin("x", &a, &fault));
  MUST(izh_output_begin("x", &b, &fault));
  MUST(izh_output_begin("y", &c, &fault));
  MUST(izh_output_write(b, "b", 1, &fault));
  MUST(izh_output_write(a, "a", 1, &fault));
  MUST(izh_output_write(c, "c", 1, &fault));
  MUST(izh_output_commit(b, &fault));
  MUST(izh_output_commit(c, &fault));
  expect_text("x", "b");
  MUST(izh_output_commit(a, &fault));
  expect_text("x", "a");
  expect_text("y", "c");
  assert_int_equal(entries("."), 2);
}

/* A file that cannot grow beyond some bytes stands for a full disk. */
static void a_full_disk_keeps_the_old_file(void **state) {
  (void)state;
  put("a.txt", "old");
  struct rlimit limit, small;
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
  small = limit;
  small.rlim_cur = 1000;
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
  static const char data[5000];
  izh_output *out = NULL;
  MUST(izh_output_begin("a.txt", &out, &fault));
  MUST_FAIL(izh_output_write(out, data, sizeof data, &fault), IZH_IO, "cannot write \"");
  MUST_FAIL(izh_output_write(out, data, 1, &fault), IZH_IO, "File too large"); /* the first failure stays */
  MUST_FAIL(izh_output_commit(out, &fault), IZH_IO, "File too large");
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
  expect_text("a.txt", "old");
  assert_int_equal(entries("."), 1);
}

static void a_full_device_is_reported(void **state) {
  (void)state;
  if (access("/dev/full", W_OK) != 0) skip();
  izh_output *out = NULL;
  MUST(izh_output_begin("/dev/full", &out, &fault));
  MUST_FAIL(izh_output_write(out, "text", 4, &fault), IZH_IO, "cannot write \"/dev/full\": No space left");
  MUST_FAIL(izh_output_commit(out, &fault), IZH_IO, "/dev/full");
  MUST(write_text("/dev/null", "text"));
  struct stat info;
  assert_true(stat("/dev/null", &info) == 0 && S_ISCHR(info.st_mode)); /* written in place, not replaced */
}

static void impossible_places_are_reported(void **state) {
  (void)state;
  assert_int_equal(mkdir("folder", 0777), 0);
  put("file", "old");
  MUST_FAIL(write_text("folder", "x"), IZH_IO, "cannot write \"folder\": Is a directory");
  MUST_FAIL(write_text("missing/x", "x"), IZH_IO, "cannot write \"missing/x\": No such file");
  MUST_FAIL(write_text("file/x", "x"), IZH_IO, "Not a directory");
  MUST_FAIL(write_text("", "x"), IZH_IO, "cannot write \"\"");
  char name[300];
  memset(name, 'n', sizeof name);
  name[sizeof name - 1] = '\0';
  MUST_FAIL(write_text(name, "x"), IZH_IO, "too long");
  assert_int_equal(entries("."), 2);
}

/* Root may write everywhere; the check is for everyone else. */
static void protected_places_are_reported(void **state) {
  (void)state;
  if (getuid() == 0) { /* as nobody, in a folder that only its owner may enter */
    if (seteuid(65534) != 0) skip();
    izh_status status = write_text("new", "x");
    assert_int_equal(seteuid(0), 0);
    MUST_FAIL(status, IZH_IO, "Permission denied");
    assert_int_equal(entries("."), 0);
    return;
  }
  assert_int_equal(chmod(".", 0500), 0);
  MUST_FAIL(write_text("other", "x"), IZH_IO, "Permission denied");
  assert_int_equal(chmod(".", 0700), 0);
  put("locked", "old");
  assert_int_equal(chmod("locked", 0400), 0);
  MUST_FAIL(write_text("locked", "x"), IZH_IO, "Permission denied");
  expect_text("locked", "old");
}

static void links_are_followed(void **state) {
  (void)state;
  assert_int_equal(mkdir("deep", 0777), 0);
  put("deep/target", "old");
  assert_int_equal(symlink("deep/target", "link"), 0);
  assert_int_equal(symlink("link", "link2"), 0);
  MUST(write_text("link2", "new"));
  expect_text("deep/target", "new");
  struct stat info;
  assert_true(lstat("link", &info) == 0 && S_ISLNK(info.st_mode));
  assert_true(lstat("link2", &info) == 0 && S_ISLNK(info.st_mode));
  assert_int_equal(entries("deep"), 1);
}

/* A link whose target is not there yet makes the target. */
static void dangling_links_are_followed(void **state) {
  (void)state;
  assert_int_equal(mkdir("deep", 0777), 0);
  assert_int_equal(symlink("later", "deep/link"), 0);
  assert_int_equal(symlink("deep/link", "link"), 0);
  assert_int_equal(symlink("nowhere/x", "lost"), 0);
  assert_int_equal(symlink("circle", "circle"), 0);
  MUST(write_text("link", "new"));
  expect_text("deep/later", "new");
  struct stat info;
  assert_true(lstat("link", &info) == 0 && S_ISLNK(info.st_mode));
  assert_true(lstat("deep/link", &info) == 0 && S_ISLNK(info.st_mode));
  MUST_FAIL(write_text("lost", "x"), IZH_IO, "\"lost\": No such file");
  MUST_FAIL(write_text("circle", "x"), IZH_IO, "\"circle\"");
  assert_int_equal(entries("."), 4);
}

static void modes_are_kept(void **state) {
  (void)state;
  umask(022);
  put("a.txt", "old");
  assert_int_equal(chmod("a.txt", 0640), 0);
  MUST(write_text("a.txt", "new"));
  struct stat info;
  assert_true(stat("a.txt", &info) == 0);
  assert_int_equal(info.st_mode & 07777, 0640);
  MUST(write_text("b.txt", "new"));
  assert_true(stat("b.txt", &info) == 0);
  assert_int_equal(info.st_mode & 07777, 0644);
}

/* What a file may do it does not hand on to another content; its owner stays. */
static void no_more_than_permissions_is_kept(void **state) {
  (void)state;
  put("a.txt", "old");
  if (getuid() == 0) assert_int_equal(chown("a.txt", 65534, 65534), 0);
  assert_int_equal(chmod("a.txt", 06755), 0);
  MUST(write_text("a.txt", "new"));
  struct stat info;
  assert_true(stat("a.txt", &info) == 0);
  assert_int_equal(info.st_mode & 07777, 0755);
  assert_int_equal(info.st_uid, getuid() == 0 ? 65534 : getuid());
}

/* Runs f in a process of its own, in which the standard output goes to the file "log", or is closed. */
static void in_process(bool log, void f(void)) {
  pid_t child = fork();
  if (child == 0) {
    int file = log ? open("log", O_WRONLY | O_CREAT, 0666) : -1;
    if (log)
      dup2(file, STDOUT_FILENO);
    else
      close(STDOUT_FILENO);
    f();
    _exit(0);
  }
  int status;
  assert_true(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
              WEXITSTATUS(status) == 0);
}

static void write_and_print(void) {
  izh_output *out = NULL;
  if (izh_output_begin("a.txt", &out, &fault)) _exit(1);
  if (write(STDOUT_FILENO, "noise", 5) > 0) {}
  if (izh_output_write(out, "text", 4, &fault) || izh_output_commit(out, &fault)) _exit(1);
}

static void what_is_printed_lands_in_no_file(void **state) {
  (void)state;
  in_process(false, write_and_print);
  expect_text("a.txt", "text");
}

static void write_to_log(void) {
  if (write(STDOUT_FILENO, "before ", 7) != 7 || write_text("link", "text")) _exit(1);
  if (write(STDOUT_FILENO, " after", 6) != 6) _exit(1);
}

/* A log is neither replaced nor written over. */
static void the_standard_output_is_written_in_place(void **state) {
  (void)state;
  assert_int_equal(symlink("/dev/stdout", "link"), 0);
  in_process(true, write_to_log);
  expect_text("log", "before text after");
  assert_int_equal(unlink("link"), 0);
  assert_int_equal(symlink("log", "link"), 0);
  in_process(true, write_to_log);
  expect_text("log", "before text after");
  assert_int_equal(entries("."), 2);
}

/* Somebody else's link in a folder such as /tmp. */
static void foreign_links_are_not_followed(void **state) {
  (void)state;
  if (getuid() != 0) skip();
  put("precious", "old");
  assert_int_equal(mkdir("tmp", 0777), 0);
  assert_int_equal(chmod("tmp", 01777), 0);
  assert_int_equal(symlink("../precious", "tmp/x"), 0);
  assert_int_equal(symlink("../new", "tmp/y"), 0);
  MUST(write_text("tmp/x", "ours")); /* root's link, and root's folder */
  expect_text("precious", "ours");
  assert_int_equal(lchown("tmp/x", 65534, 65534) + lchown("tmp/y", 65534, 65534), 0);
  MUST_FAIL(write_text("tmp/x", "new"), IZH_IO, "Permission denied");
  MUST_FAIL(write_text("tmp/y", "new"), IZH_IO, "Permission denied");
  expect_text("precious", "ours");
  assert_int_equal(entries("."), 2);
  assert_int_equal(chmod("tmp", 0777), 0);
  MUST(write_text("tmp/x", "new")); /* here whoever puts it there may do more */
}

/* A process that is killed leaves nothing. */
static void begin_and_die(void) {
  izh_output *out = NULL;
  if (izh_output_begin("a.txt", &out, &fault) || izh_output_write(out, "new", 3, &fault)) _exit(1);
  izh_output_remove_all(); /* as its signals do; where files need no names it has nothing to do */
}

static void the_dead_leave_no_file(void **state) {
  (void)state;
  put("a.txt", "old");
  in_process(true, begin_and_die);
  expect_text("a.txt", "old");
  assert_int_equal(entries("."), 2);
}

static void long_names_can_be_written(void **state) {
  (void)state;
  char name[256];
  memset(name, 'n', sizeof name);
  name[255] = '\0'; /* 255 bytes: the most that the file systems allow */
  MUST(write_text(name, "text"));
  MUST(write_text(name, "again"));
  expect_text(name, "again");
  assert_int_equal(entries("."), 1);
}

static void a_folder_that_vanishes_is_reported(void **state) {
  (void)state;
  assert_int_equal(mkdir("gone", 0777), 0);
  izh_output *out = NULL;
  MUST(izh_output_begin("gone/x", &out, &fault));
  assert_int_equal(system("rm -r gone"), 0);
  MUST_FAIL(izh_output_commit(out, &fault), IZH_IO, "cannot write \"gone/x\"");
}

static void writing_without_memory_fails(void **state) {
  (void)state;
  put("a.txt", "old");
  assert_int_equal(symlink("new.txt", "dangling"), 0);
  long held = izh_alloc_held();
  const char *const paths[] = {"a.txt", "dangling"};
  for (size_t p = 0; p < COUNT_OF(paths); p++) {
    izh_status status = IZH_MEMORY;
    for (long n = 1; status; n++) {
      izh_alloc_fail_at(n);
      status = write_text(paths[p], "new");
      izh_alloc_fail_at(0);
      assert_true(status == IZH_OK || status == IZH_MEMORY);
      assert_int_equal(izh_alloc_held(), held);
      if (status) assert_int_equal(entries("."), 2);
    }
  }
  expect_text("a.txt", "new");
  expect_text("new.txt", "new");
  assert_int_equal(entries("."), 3);
}

/* --- nearest --- */

static void the_nearest_word_is_found(void **state) {
  (void)state;
  static const char *const known[] = {"weight", "delay", "rule", "name", "p", "autapses", "multapses", NULL};
  static const struct {
    const char *word, *nearest;
  } cases[] = {{"wieght", "weight"}, {"weight", "weight"}, {"WEIGHT", "weight"},
               {"weigth", "weight"}, {"wait", NULL},       {"dely", "delay"},
               {"delays", "delay"},  {"ruel", "rule"},     {"autapse", "autapses"},
               {"multi", NULL},      {"", NULL},           {"q", NULL},
               {"naem", "name"},     {"xyzzy", NULL},      {"mulatpses", "multapses"}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    const char *found = izh_nearest(cases[i].word, known);
    if (cases[i].nearest)
      assert_true(found && strcmp(found, cases[i].nearest) == 0);
    else
      assert_null(found);
  }
}

static void long_words_are_not_compared(void **state) {
  (void)state;
  char word[65], known_word[65], longest[64];
  memset(word, 'a', 64);
  word[64] = '\0';
  memcpy(known_word, word, sizeof word);
  memcpy(longest, word, 63);
  longest[63] = '\0';
  const char *const known[] = {known_word, NULL}, *const known63[] = {longest, NULL},
                    *const nothing[] = {NULL};
  assert_null(izh_nearest(word, known));
  assert_null(izh_nearest(longest, known));
  assert_null(izh_nearest(word, known63));
  assert_string_equal(izh_nearest(longest, known63), longest);
  longest[5] = 'b';
  assert_string_equal(izh_nearest(longest, known63), longest);
  assert_null(izh_nearest("word", nothing));
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_FOLDER(a_file_appears_at_commit),         IN_FOLDER(the_old_file_stays_until_commit),
      IN_FOLDER(files_do_not_disturb_each_other),  IN_FOLDER(a_full_disk_keeps_the_old_file),
      IN_FOLDER(a_full_device_is_reported),        IN_FOLDER(impossible_places_are_reported),
      IN_FOLDER(protected_places_are_reported),    IN_FOLDER(links_are_followed),
      IN_FOLDER(dangling_links_are_followed),      IN_FOLDER(modes_are_kept),
      IN_FOLDER(long_names_can_be_written),        IN_FOLDER(a_folder_that_vanishes_is_reported),
      IN_FOLDER(writing_without_memory_fails),     IN_FOLDER(no_more_than_permissions_is_kept),
      IN_FOLDER(what_is_printed_lands_in_no_file), IN_FOLDER(the_standard_output_is_written_in_place),
      IN_FOLDER(foreign_links_are_not_followed),   IN_FOLDER(the_dead_leave_no_file),
      cmocka_unit_test(the_nearest_word_is_found), cmocka_unit_test(long_words_are_not_compared),
  };
  return RUN_TESTS(tests);
}
