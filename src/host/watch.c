#include "host/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/parent.h"
#include "base/stamp.h"
#include "host/interrupt.h"
#include "host/notice.h"
#include "host/report.h"
#include "host/script.h"
#include "host/viewer.h"

/* Files are looked at this often even when the system reports nothing, as for files on another computer. */
static const int LOOK_EVERY_MS = 1000;
static const int SETTLE_MS =
    40; /* a file is complete when it has not changed for this long: editors write in pieces */
static const int CLEANUP_MS = 2000; /* time that a stopped run has for its cleanup */

typedef struct source {
  char *path;
  izh_stamp stamp; /* as it was loaded */
} source;

typedef struct watcher {
  const char *script;
  source *sources;
  size_t n_sources, capacity;
  int folders; /* see notice.h; -1: none */
  int reports; /* pipe that the run writes to; -1: none */
  pid_t run;   /* 0: none */
  bool ran;    /* there is output of an earlier run */
} watcher;

static volatile sig_atomic_t stopped; /* the signal that did it */
static volatile pid_t run_of_signal;  /* whom Ctrl-C is passed on to */

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDING = sizeof ending / sizeof *ending };

/* Ctrl-C on a terminal goes to the run as well; a signal that another process sends comes here alone. */
static void on_interrupt(int number, siginfo_t *info, void *context) {
  (void)context;
  stopped = number;
  if (info->si_code <= 0 && run_of_signal > 0) kill(run_of_signal, number);
}

static void on_child(int number) {
  (void)number; /* pselect returns */
}

/* --- what is watched --- */

static void forget_sources(watcher *w) {
  for (size_t i = 0; i < w->n_sources; i++) izh_free(w->sources[i].path);
  w->n_sources = 0;
}

/* Folders are watched, since an editor may replace a file by a new one. Folders of the run before stay
 * watched, which costs only a look at the stamps. */
static void watch_folder(const watcher *w, const char *path) {
  char folder[PATH_MAX];
  const char *slash = strrchr(path, '/');
  size_t length = slash ? (size_t)(slash - path) + 1 : 0;
  if (w->folders < 0 || length >= sizeof folder) return;
  memcpy(folder, path, length);
  folder[length] = '\0';
  host_notice_add(w->folders, length ? folder : ".");
}

/* A file that is loaded twice is watched as it was the first time. */
static void add_source(watcher *w, const char *path, izh_stamp stamp) {
  for (size_t i = 0; i < w->n_sources; i++)
    if (strcmp(w->sources[i].path, path) == 0) return;
  source *sources = izh_grow(w->sources, &w->capacity, w->n_sources + 1, sizeof *sources);
  if (!sources) return;
  w->sources = sources;
  char *copy = izh_strdup(path);
  if (!copy) return;
  sources[w->n_sources++] = (source){copy, stamp};
  watch_folder(w, path);
}

static bool is_changed(const source *s) {
  izh_stamp now = izh_stamp_of(s->path);
  return izh_stamp_exists(&now) && !izh_stamp_same(&now, &s->stamp);
}

static const char *changed_path(const watcher *w) {
  for (size_t i = 0; i < w->n_sources; i++)
    if (is_changed(&w->sources[i])) return w->sources[i].path;
  return NULL;
}

static void rest(int ms) {
  struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
  nanosleep(&time, NULL);
}

/* Waits until the file is complete, or the user stops. */
static void let_settle(const char *path) {
  izh_stamp before, now = izh_stamp_of(path);
  do {
    before = now;
    rest(SETTLE_MS);
    now = izh_stamp_of(path);
  } while (!stopped && !izh_stamp_same(&before, &now));
}

/* --- the run --- */

static bool read_exactly(int file, void *data, size_t size) {
  ssize_t count;
  while ((count = read(file, data, size)) < 0 && errno == EINTR) continue;
  return count == (ssize_t)size;
}

static bool is_readable(int file) {
  struct pollfd ready = {.fd = file, .events = POLLIN};
  return poll(&ready, 1, 0) > 0 && ready.revents & POLLIN;
}

/* A report is written at once, so the rest of one that has begun is there. */
static void read_reports(watcher *w) {
  while (w->reports >= 0 && is_readable(w->reports)) {
    host_report_head head;
    char path[HOST_REPORT_PATH_MAX + 1];
    if (!read_exactly(w->reports, &head, sizeof head) || !read_exactly(w->reports, path, head.length)) break;
    path[head.length] = '\0';
    if (head.kind == HOST_REPORT_LOADED)
      add_source(w, path, head.stamp);
    else
      host_viewer_add(path);
  }
}

static void clear_screen(void) {
  if (!isatty(STDOUT_FILENO)) return;
  fputs("\033[H\033[2J", stdout);
  fflush(stdout);
}

static void say_end(const watcher *w, int status) {
  size_t others = 0;
  for (size_t i = 0; i < w->n_sources; i++)
    others += strcmp(w->sources[i].path, w->script) != 0 && izh_stamp_exists(&w->sources[i].stamp);
  if (WIFSIGNALED(status)) fprintf(stderr, "izhlua: the run was ended by signal %d\n", WTERMSIG(status));
  fprintf(stderr, "izhlua: watching %s", w->script);
  if (others > 0) fprintf(stderr, " and %zu more file%s", others, others == 1 ? "" : "s");
  fputs("; Ctrl-C ends\n", stderr);
}

/* Notices the end of the run; false while it goes on. */
static bool run_ended(watcher *w, bool say) {
  int status;
  if (w->run == 0) return true;
  pid_t ended = waitpid(w->run, &status, WNOHANG);
  if (ended == 0 || (ended < 0 && errno == EINTR)) return false;
  w->run = run_of_signal = 0;
  read_reports(w);
  if (say) say_end(w, status);
  return true;
}

/* Stops the run as the first Ctrl-C does; after a while it is killed. */
static void stop_run(watcher *w, bool interrupt) {
  if (w->run > 0 && interrupt) kill(w->run, SIGINT);
  for (int ms = 0; ms < CLEANUP_MS && !run_ended(w, false); ms += 10) {
    read_reports(w); /* a full pipe would block the run */
    rest(10);
  }
  if (w->run > 0) kill(w->run, SIGKILL);
  while (!run_ended(w, false)) rest(1);
}

static void close_reports(watcher *w) {
  if (w->reports >= 0) close(w->reports);
  w->reports = -1;
}

/* How signals were handled before. */
typedef struct handlers {
  struct sigaction ending[ENDING], child;
  sigset_t mask;
} handlers;

/* In the child: keeps only the pipe and closes the rest. */
static void become_run(watcher *w, int reports, const handlers *old, pid_t parent) {
  forget_sources(w);
  izh_free(w->sources);
  if (w->folders >= 0) close(w->folders);
  for (int i = 0; i < ENDING; i++) sigaction(ending[i], &old->ending[i], NULL);
  sigaction(SIGCHLD, &old->child, NULL);
  sigprocmask(SIG_SETMASK, &old->mask, NULL);
  izh_end_with_parent(SIGTERM); /* SIGINT may be ignored, as in the background of a shell */
  host_interrupt_child_of(parent);
  if (getppid() != parent) _exit(HOST_EXIT_FAILURE);
  host_report_to(reports);
}

/* True in the child. */
static bool start_run(watcher *w, const handlers *old) {
  int ends[2];
  pid_t parent = getpid();
  forget_sources(w);
  close_reports(w);
  if (w->ran) clear_screen();
  w->ran = true;
  add_source(w, w->script, izh_stamp_of(w->script));
  if (pipe(ends) != 0) {
    perror("izhlua: --watch");
    return false;
  }
  for (int i = 0; i < 2; i++) fcntl(ends[i], F_SETFD, FD_CLOEXEC);
  w->run = fork();
  if (w->run == 0) {
    close(ends[0]);
    become_run(w, ends[1], old, parent);
    return true;
  }
  close(ends[1]);
  w->reports = ends[0];
  run_of_signal = w->run > 0 ? w->run : 0;
  if (w->run < 0) {
    perror("izhlua: --watch");
    w->run = 0;
  }
  return false;
}

static void drain(int file) {
  char bytes[4096];
  while (file >= 0 && is_readable(file) && read(file, bytes, sizeof bytes) > 0) continue;
}

/* Until something happens; signals come here and nowhere else. */
static void wait_for_news(watcher *w, const sigset_t *mask) {
  struct timespec patience = {.tv_sec = LOOK_EVERY_MS / 1000};
  fd_set files;
  int most = -1;
  FD_ZERO(&files);
  if (w->folders >= 0) FD_SET(w->folders, &files), most = w->folders;
  if (w->reports >= 0 && w->run > 0) {
    FD_SET(w->reports, &files);
    if (w->reports > most) most = w->reports;
  }
  pselect(most + 1, &files, NULL, NULL, &patience, mask);
  drain(w->folders);
}

/* Until a file changes or the user stops. Returns true in the child only. */
static bool watch_until_change(watcher *w, bool open, const sigset_t *mask) {
  const char *changed = NULL;
  while (!stopped && !changed) {
    wait_for_news(w, mask);
    read_reports(w);
    if (w->run > 0 && run_ended(w, !stopped) && open && !stopped) host_viewer_open();
    changed = changed_path(w);
  }
  if (changed) let_settle(changed);
  stop_run(w, !stopped);
  return stopped;
}

/* From now on signals are blocked, but while news is waited for. */
static void listen_to_signals(handlers *old) {
  struct sigaction interrupt = {.sa_sigaction = on_interrupt, .sa_flags = SA_SIGINFO};
  struct sigaction child = {.sa_handler = on_child};
  sigset_t blocked;
  sigemptyset(&interrupt.sa_mask);
  sigemptyset(&child.sa_mask);
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGCHLD);
  for (int i = 0; i < ENDING; i++) {
    sigaddset(&blocked, ending[i]);
    sigaction(ending[i], &interrupt, &old->ending[i]);
    if (old->ending[i].sa_handler == SIG_IGN)
      sigaction(ending[i], &old->ending[i], NULL); /* as it was started */
  }
  sigaction(SIGCHLD, &child, &old->child);
  sigprocmask(SIG_BLOCK, &blocked, &old->mask);
}

bool host_watch(const char *script, bool open, int *status) {
  watcher w = {.script = script, .reports = -1};
  handlers old;
  w.folders = host_notice_open();
  listen_to_signals(&old);
  do {
    if (start_run(&w, &old)) return true;
  } while (!watch_until_change(&w, open, &old.mask));
  close_reports(&w);
  forget_sources(&w);
  izh_free(w.sources);
  if (w.folders >= 0) close(w.folders);
  *status = 128 + stopped;
  return false;
}
