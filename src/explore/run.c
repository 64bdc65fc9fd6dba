#include "explore/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"

extern char **environ;

enum { MOST_RUNS = 16, STREAMS = 3, REPORT = 3 /* descriptor of a run */ };

enum { READ_BYTES = 4096, PIPE_READS = 65536 / READ_BYTES + 1 /* what a pipe holds */ };

static const int TICK_MS = 100;      /* how often it is looked whether a run that is silent has ended */
static const int HEARTBEAT_MS = 500; /* how soon it shows that nobody listens to it */
static const int CLEANUP_MS = 300;   /* that a run has for its cleanup */

/* What is shown of what a run prints, and what it may tell in all. */
enum { PRINTED_MAX = 256 * 1024, TOLD_MAX = 256 * 1024 * 1024 };

/* A process. It is in the table as long as its number is its own. */
typedef struct process {
  pid_t pid; /* 0: none */
  char tab[IZH_TAB_SIZE];
  int64_t doomed_ms; /* when it was told to end; 0: it was not */
} process;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gone = PTHREAD_COND_INITIALIZER; /* a process */
static process processes[MOST_RUNS];
static bool closing;

/* What comes from a run: what it prints, its errors, its frames. */
typedef struct run {
  process *process;
  izh_listener listener;
  int files[STREAMS];          /* -1: closed */
  size_t printed[STREAMS];     /* bytes */
  unsigned long long told;     /* bytes */
  char frames[2 * READ_BYTES]; /* of which not all has come yet */
  size_t n_frames;             /* bytes */
  int64_t begun_ms, heard_ms;  /* heard: when the listener was told something last */
  bool unheard;                /* nobody listens any more, or it says nonsense */
} run;

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * (int64_t)1000 + now.tv_nsec / 1000000;
}

/* --- processes --- */

/* With the lock. A run and what it has started are a group. */
static void doom(process *p) {
  if (p->doomed_ms) return;
  p->doomed_ms = now_ms();
  kill(-p->pid, SIGTERM);
}

/* NULL: there is no room, or no more runs are wanted. */
static process *take_process(const char *tab, const char **why) {
  process *found = NULL;
  for (int i = 0; i < MOST_RUNS; i++) {
    process *p = &processes[i];
    if (!p->pid && !found) found = p;
    if (p->pid && strcmp(p->tab, tab) == 0) doom(p);
  }
  *why = closing ? "the explorer is closing" : !found ? "too many runs at once" : NULL;
  return *why ? NULL : found;
}

static int spawn(char *const *argv, char *const *environment, int outer[STREAMS], pid_t *pid) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  for (const int *s = (const int[]){SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGCHLD, 0}; *s; s++)
    sigaddset(&usual, *s);
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  for (int i = 0; i < STREAMS; i++) posix_spawn_file_actions_adddup2(&actions, outer[i], i + 1);
#if defined __GLIBC__ && __GLIBC_PREREQ(2, 34)
  posix_spawn_file_actions_addclosefrom_np(&actions, REPORT + 1);
#endif
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  int code = posix_spawn(pid, argv[0], &actions, &attributes, argv, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

/* The environment of this process, and one more: the caller's to free, NULL when memory is short. */
static char **environment_with(char *variable) {
  size_t n = 0;
  while (environ[n]) n++;
  char **environment = izh_alloc(n + 2, sizeof *environment);
  if (!environment) return NULL;
  memcpy(environment, environ, n * sizeof *environment);
  environment[n] = variable;
  environment[n + 1] = NULL;
  return environment;
}

static void close_all(int files[STREAMS]) {
  for (int i = 0; i < STREAMS; i++) {
    if (files[i] >= 0) close(files[i]);
    files[i] = -1;
  }
}

/* Pipes whose outer ends have numbers that no standard stream has, or of a run. */
static int make_pipes(int inner[STREAMS], int outer[STREAMS]) {
  int code = 0;
  for (int i = 0; i < STREAMS; i++) inner[i] = outer[i] = -1;
  for (int i = 0; i < STREAMS && !code; i++) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
      code = errno;
      break;
    }
    inner[i] = ends[0];
    outer[i] = fcntl(ends[1], F_DUPFD_CLOEXEC, REPORT + 1);
    if (outer[i] < 0) code = errno;
    close(ends[1]);
    if (fcntl(inner[i], F_SETFL, O_NONBLOCK) != 0) code = errno;
  }
  if (!code) return 0;
  close_all(inner);
  close_all(outer);
  return code;
}

static const char *start(run *r, char *const *argv, const char *tab, const char *ending) {
  int outer[STREAMS];
  if (make_pipes(r->files, outer) != 0) return "there are no more descriptors";
  char variable[64];
  snprintf(variable, sizeof variable, IZH_FRAME_ENVIRONMENT "=%d%s", REPORT, ending);
  char **environment = environment_with(variable);
  const char *why;
  pid_t pid;
  pthread_mutex_lock(&lock);
  r->process = take_process(tab, &why);
  if (!why && (!environment || spawn(argv, environment, outer, &pid) != 0))
    why = "no process could be started";
  if (!why) {
    *r->process = (process){.pid = pid};
    snprintf(r->process->tab, sizeof r->process->tab, "%s", tab);
  }
  pthread_mutex_unlock(&lock);
  izh_free(environment);
  close_all(outer);
  if (why) close_all(r->files);
  return why;
}

/* --- what a run says --- */

static void tell(run *r, izh_frame_kind kind, unsigned from, const void *bytes, size_t length) {
  r->told += length;
  if (r->told > TOLD_MAX) r->unheard = true;
  if (r->unheard) return;
  r->heard_ms = now_ms();
  if (!r->listener.tell(r->listener.context, kind, from, bytes, length)) r->unheard = true;
}

/* Tells what has come whole. */
static void tell_frames(run *r) {
  size_t at = 0;
  izh_frame head;
  while (r->n_frames - at >= sizeof head) {
    memcpy(&head, r->frames + at, sizeof head);
    if (head.length > IZH_FRAME_MAX || head.kind < IZH_FRAME_DECLARED || head.kind > IZH_FRAME_PROGRESS) {
      r->unheard = true; /* only a script that writes there itself does this */
      r->n_frames = 0;
      return;
    }
    if (r->n_frames - at < sizeof head + head.length) break;
    tell(r, (izh_frame_kind)head.kind, head.from, r->frames + at + sizeof head, head.length);
    at += sizeof head + head.length;
  }
  r->n_frames -= at;
  memmove(r->frames, r->frames + at, r->n_frames);
}

static void tell_printed(run *r, int stream, const char *bytes, size_t length) {
  size_t room = r->printed[stream] < PRINTED_MAX ? PRINTED_MAX - r->printed[stream] : 0;
  r->printed[stream] += length;
  if (length > room) length = room;
  if (length > 0) tell(r, stream == 0 ? IZH_FRAME_PRINTED : IZH_FRAME_ERROR, 0, bytes, length);
}

/* Reads once; false when there is nothing now. */
static bool read_stream(run *r, int stream) {
  char bytes[IZH_FRAME_MAX];
  if (r->files[stream] < 0) return false;
  bool is_report = stream == STREAMS - 1;
  ssize_t n = is_report ? read(r->files[stream], r->frames + r->n_frames, READ_BYTES)
                        : read(r->files[stream], bytes, sizeof bytes);
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return false;
  if (n <= 0) {
    close(r->files[stream]);
    r->files[stream] = -1;
    return false;
  }
  if (is_report) {
    r->n_frames += (size_t)n;
    tell_frames(r);
  } else {
    tell_printed(r, stream, bytes, (size_t)n);
  }
  return true;
}

static bool is_open(const run *r) {
  return r->files[0] >= 0 || r->files[1] >= 0 || r->files[2] >= 0;
}

/* Waits for news, and tells them. */
static void listen_once(run *r) {
  struct pollfd files[STREAMS];
  for (int i = 0; i < STREAMS; i++) files[i] = (struct pollfd){.fd = r->files[i], .events = POLLIN};
  poll(files, STREAMS, is_open(r) ? TICK_MS : 1);
  for (int i = STREAMS - 1; i >= 0; i--) /* a figure before the prints after it */
    if (files[i].revents) read_stream(r, i);
  if (now_ms() - r->heard_ms >= HEARTBEAT_MS) tell(r, IZH_FRAME_NOTHING, 0, NULL, 0);
}

/* --- its end --- */

static bool has_ended(const run *r) {
  siginfo_t info = {0};
  return waitid(P_PID, (id_t)r->process->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
}

/* Ends what nobody listens to, and kills what does not end. */
static void press(run *r) {
  pthread_mutex_lock(&lock);
  if (r->unheard) doom(r->process);
  int64_t doomed = r->process->doomed_ms;
  if (doomed && now_ms() - doomed > CLEANUP_MS) kill(-r->process->pid, SIGKILL);
  pthread_mutex_unlock(&lock);
}

/* What it has started ends with it. Returns its status; its number is not its own any more. */
static int reap(run *r) {
  int status = 0;
  pthread_mutex_lock(&lock);
  kill(-r->process->pid, SIGKILL);
  while (waitpid(r->process->pid, &status, 0) < 0 && errno == EINTR) continue;
  r->process->pid = 0;
  pthread_cond_signal(&gone);
  pthread_mutex_unlock(&lock);
  return status;
}

static void tell_end(run *r, int status) {
  char text[160];
  size_t hidden = 0;
  for (int i = 0; i < STREAMS - 1; i++)
    hidden += r->printed[i] > PRINTED_MAX ? r->printed[i] - PRINTED_MAX : 0;
  int n = snprintf(text, sizeof text, "{\"status\":%d,\"signal\":%d,\"ms\":%lld,\"hidden\":%zu}",
                   WIFEXITED(status) ? WEXITSTATUS(status) : 0, WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                   (long long)(now_ms() - r->begun_ms), hidden);
  tell(r, IZH_FRAME_ENDED, 0, text, (size_t)n);
}

const char *izh_run(char *const *argv, const char *tab, const char *ending, izh_listener listener) {
  run r = {.listener = listener, .begun_ms = now_ms(), .heard_ms = now_ms()};
  const char *why = start(&r, argv, tab, ending);
  if (why) return why;
  while (!has_ended(&r)) {
    listen_once(&r);
    press(&r);
  }
  int status = reap(&r);
  for (int i = STREAMS - 1; i >= 0; i--) /* somebody else may still write there */
    for (int n = 0; n < PIPE_READS && read_stream(&r, i); n++) continue;
  close_all(r.files);
  tell_end(&r, status);
  return NULL;
}

void izh_runs_end(void) {
  pthread_mutex_lock(&lock);
  closing = true;
  for (process *p = processes; p < processes + MOST_RUNS; p++) {
    if (p->pid) doom(p);
    while (p->pid) pthread_cond_wait(&gone, &lock);
  }
  pthread_mutex_unlock(&lock);
}
