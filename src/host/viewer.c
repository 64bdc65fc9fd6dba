#include "host/viewer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"

#ifdef __APPLE__
static const char program[] = "open";
#else
static const char program[] = "xdg-open";
#endif

enum { MOST = 10 };                 /* windows, since nobody asked for each of them */
static const int PATIENCE_MS = 400; /* to see whether the program fails at once; a viewer may run for hours */

static char **figures; /* paths, or addresses */
static size_t n_figures, capacity;
static pid_t owner; /* processes that a script forks open nothing */

extern char **environ;

void host_viewer_add(const char *path) {
  for (size_t i = 0; i < n_figures; i++)
    if (strcmp(figures[i], path) == 0) return;
  owner = getpid();
  char **grown = izh_grow(figures, &capacity, n_figures + 1, sizeof *grown);
  if (!grown) return;
  figures = grown;
  char *copy = izh_strdup(path);
  if (copy) figures[n_figures++] = copy;
}

/* In a session of its own, so that Ctrl-C and the end of the terminal do not end the viewer; and silent.
 * Returns 0 or why not. */
static int start(const char *path, pid_t *pid) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  /* a name that begins with - would be taken for an option */
  char *argument = izh_alloc(strlen(path) + 3, 1);
  if (!argument) return ENOMEM;
  sprintf(argument, "%s%s", path[0] == '-' ? "./" : "", path);
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  for (int file = 0; file <= 2; file++)
    posix_spawn_file_actions_addopen(&actions, file, "/dev/null", file == 0 ? O_RDONLY : O_WRONLY, 0);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK);
  char *arguments[] = {(char *)program, argument, NULL};
  int code = posix_spawnp(pid, program, &actions, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  izh_free(argument);
  return code;
}

/* Does the program end before the time is over? *left_ms is the time that remains. */
static bool gives_up(pid_t pid, int *left_ms, int *status) {
  for (;;) {
    pid_t ended = waitpid(pid, status, WNOHANG);
    if (ended == pid) return !WIFEXITED(*status) || WEXITSTATUS(*status) != 0;
    if (ended < 0 && errno != EINTR) return false;
    if (*left_ms <= 0) return false;
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    *left_ms -= 10;
  }
}

static void open_figures(size_t first) {
  pid_t pids[MOST];
  for (size_t i = first; i < n_figures; i++) {
    int code = start(figures[i], &pids[i - first]);
    if (code == 0) continue;
    pids[i - first] = -1;
    if (code == ENOENT)
      fprintf(stderr, "izhlua: cannot open %s: there is no %s here\n", figures[i], program);
    else
      fprintf(stderr, "izhlua: cannot open %s: %s: %s\n", figures[i], program, strerror(code));
  }
  int left_ms = PATIENCE_MS, status = 0;
  for (size_t i = first; i < n_figures; i++) {
    if (pids[i - first] > 0 && gives_up(pids[i - first], &left_ms, &status))
      fprintf(stderr, "izhlua: %s could not open %s (%s %d)\n", program, figures[i],
              WIFEXITED(status) ? "exit code" : "signal",
              WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
  }
}

void host_viewer_open(void) {
  static size_t opened;
  if (n_figures == opened || getpid() != owner) return;
  size_t first = n_figures - opened > MOST ? n_figures - MOST : opened;
  if (first > opened)
    fprintf(stderr, "izhlua: only the last %d of %zu figures are opened\n", MOST, n_figures - opened);
  open_figures(first);
  opened = n_figures;
}
