#include "formats/apart.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/descriptor.h"
#include "base/memory.h"
#include "base/parent.h"
#include "base/sandbox.h"
#include "base/stop.h"

/* --- in the process of its own --- */

static void put(int file, const void *data, size_t size) {
  const char *next = data;
  while (size > 0) {
    ssize_t done = write(file, next, size);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) _exit(EXIT_FAILURE);
    next += done;
    size -= (size_t)done;
  }
}

/* A text or words of `size` bytes, NULL too. */
static void put_bytes(int file, const char *bytes, size_t size) {
  bool there = bytes != NULL;
  put(file, &there, sizeof there);
  if (!there) return;
  put(file, &size, sizeof size);
  put(file, bytes, size);
}

static void put_text(int file, const char *text) {
  put_bytes(file, text, text ? strlen(text) + 1 : 0);
}

static size_t words_size(const izh_array *array) {
  const char *end = array->words;
  for (size_t k = 0; end && k < array->rows; k++) end += strlen(end) + 1;
  return (size_t)(end - array->words);
}

/* Structures go as they are: both processes are of one program. What they point at follows. */
static void put_table(int file, const izh_table *table) {
  put(file, table, sizeof *table);
  put_text(file, table->comment);
  for (int side = 0; side < 2; side++) put_text(file, table->nodes[side]);
  for (size_t i = 0; i < table->n; i++) {
    const izh_array *array = &table->arrays[i];
    put(file, array, sizeof *array);
    put_text(file, array->name);
    put_text(file, array->refused);
    put_bytes(file, array->words, words_size(array));
    if (array->values) put(file, array->values, array->rows * array->columns * sizeof *array->values);
  }
}

static void set_limit(unsigned what, unsigned long long most, unsigned long long at_last) {
  struct rlimit limit;
  if (getrlimit(what, &limit) != 0) return;
  if (limit.rlim_cur > most) limit.rlim_cur = most;
  if (limit.rlim_max > at_last) limit.rlim_max = at_last;
  setrlimit(what, &limit);
}

/* What the library does wrong ends this process by its signal, whoever has said something else. */
static void end_plainly(void) {
  static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) signal(signals[i], SIG_DFL);
}

static _Noreturn void live(const izh_apart *job, int file, pid_t parent) {
  izh_end_with_parent(SIGKILL);
  if (getppid() != parent) _exit(EXIT_FAILURE);
  end_plainly();
  set_limit(RLIMIT_CORE, 0, 0);
  unsigned long long held = izh_memory_held();
  if (job->bytes && held < ULLONG_MAX - job->bytes) { /* a sandbox may not tell; it has limits of its own */
    unsigned long long most = held + job->bytes;
    set_limit(RLIMIT_AS, most, most);
  }
  if (job->seconds) set_limit(RLIMIT_CPU, job->seconds, job->seconds + 1);
  izh_table table = {0};
  izh_err err = {0};
  izh_status status = job->work(job->context, &table, &err);
  put(file, &status, sizeof status);
  if (status)
    put(file, &err, sizeof err);
  else
    put_table(file, &table);
  _exit(EXIT_SUCCESS);
}

/* --- in this one --- */

enum { LOOK_EVERY_MS = 100 };

typedef struct taker {
  int file;
  izh_status status; /* IZH_FORMAT: nothing more comes; else why it does not go on */
  izh_err *err;
} taker;

/* Until something is there; now and then it is asked whether to go on. */
static bool wait_for_more(taker *t) {
  struct pollfd polled = {.fd = t->file, .events = POLLIN};
  do t->status = izh_stop_check(t->err);
  while (!t->status && poll(&polled, 1, LOOK_EVERY_MS) <= 0);
  return !t->status;
}

static bool take(taker *t, void *data, size_t size) {
  char *next = data;
  while (size > 0) {
    if (t->status || !wait_for_more(t)) return false;
    ssize_t got = read(t->file, next, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) t->status = IZH_FORMAT;
    if (got <= 0) return false;
    next += got;
    size -= (size_t)got;
  }
  return true;
}

static void *take_new(taker *t, size_t n, size_t size) {
  void *data = izh_alloc(n, size);
  if (!data) t->status = izh_fail_memory(t->err, n * size);
  if (data && take(t, data, n * size)) return data;
  izh_free(data);
  return NULL;
}

/* Bytes that end with a NUL, and have `texts` of them at least. */
static char *take_bytes(taker *t, size_t texts) {
  bool there;
  size_t size, found = 0;
  if (!take(t, &there, sizeof there) || !there || !take(t, &size, sizeof size)) return NULL;
  char *bytes = take_new(t, size, 1);
  for (size_t i = 0; bytes && i < size; i++) found += bytes[i] == '\0';
  if (!bytes || (found >= texts && (size == 0 || bytes[size - 1] == '\0'))) return bytes;
  izh_free(bytes);
  t->status = IZH_FORMAT;
  return NULL;
}

static void take_array(taker *t, izh_array *array) {
  izh_array got;
  if (!take(t, &got, sizeof got)) return;
  size_t n;
  if (__builtin_mul_overflow(got.rows, got.columns, &n)) t->status = IZH_FORMAT;
  *array = got;
  array->name = array->words = array->refused = NULL;
  array->values = NULL;
  array->name = take_bytes(t, 1);
  array->refused = take_bytes(t, 1);
  array->words = take_bytes(t, got.rows);
  if (got.values && !t->status) array->values = take_new(t, n, sizeof *array->values);
}

/* What put_table has sent. */
static void take_table(taker *t, izh_table *table) {
  izh_table got;
  if (!take(t, &got, sizeof got)) return;
  *table = got;
  table->n = table->capacity = 0;
  table->arrays = NULL;
  table->comment = take_bytes(t, 1);
  table->nodes[0] = table->nodes[1] = NULL;
  for (int side = 0; side < 2; side++) table->nodes[side] = take_bytes(t, 1);
  if (t->status) return;
  table->arrays = izh_alloc_zero(got.n, sizeof *table->arrays);
  if (!table->arrays) t->status = izh_fail_memory(t->err, got.n * sizeof *table->arrays);
  table->capacity = table->arrays ? got.n : 0;
  for (size_t i = 0; i < table->capacity && !t->status; i++) {
    table->n = i + 1;
    take_array(t, &table->arrays[i]);
  }
}

/* How it ended without a result. */
static izh_status describe_end(const izh_apart *job, int status, izh_err *err) {
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
    return izh_fail(err, IZH_FORMAT, "%s: it takes too long for its size: it is damaged", job->what);
  if (WIFSIGNALED(status))
    return izh_fail(err, IZH_FORMAT,
                    "%s: the library for it failed (signal %d): it is damaged, or memory ran out", job->what,
                    WTERMSIG(status));
  return izh_fail(err, IZH_FORMAT,
                  "%s: the library for it ended (exit code %d): it is damaged, or memory ran out", job->what,
                  WEXITSTATUS(status));
}

static izh_status hear(const izh_apart *job, pid_t child, int file, izh_table *table, izh_err *err) {
  taker t = {.file = file, .err = err};
  izh_status result = IZH_OK;
  izh_err why;
  if (take(&t, &result, sizeof result)) {
    if (!result)
      take_table(&t, table);
    else if (take(&t, &why, sizeof why))
      *err = why;
  }
  close(file);
  if (t.status && t.status != IZH_FORMAT) kill(child, SIGKILL); /* nobody wants it any more */
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  izh_sandbox_free_process();
  if (!t.status && !result) return IZH_OK;
  izh_table_free(table);
  if (t.status == IZH_FORMAT) return describe_end(job, status, err);
  return t.status ? t.status : result;
}

izh_status izh_apart_do(const izh_apart *job, izh_table *table, izh_err *err) {
  int ends[2];
  pid_t parent = getpid(), child = -1;
  *table = (izh_table){0};
  fflush(NULL);
  if (!izh_sandbox_take_process())
    return izh_fail(err, IZH_IO, "%s: no process can be started for it: %s", job->what, strerror(errno));
  if (pipe2(ends, O_CLOEXEC) == 0) {
    for (int i = 0; i < 2; i++) ends[i] = izh_descriptor_move_up(ends[i]);
    child = ends[0] < 0 || ends[1] < 0 ? -1 : fork();
    if (child == 0) live(job, ends[1], parent);
    int code = errno;
    if (ends[1] >= 0) close(ends[1]);
    if (child < 0 && ends[0] >= 0) close(ends[0]);
    errno = code;
  }
  if (child < 0) {
    int code = errno;
    izh_sandbox_free_process();
    return izh_fail(err, IZH_IO, "%s: no process can be started for it: %s", job->what, strerror(code));
  }
  return hear(job, child, ends[0], table, err);
}
