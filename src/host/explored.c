#include "host/explored.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/parent.h"
#include "explore/frame.h"
#include "host/interrupt.h"

static const double PROGRESS_EVERY_S = 0.1;

static int out = -1;

/* A failed write is ignored: nobody reads any more. */
static void tell(izh_frame_kind kind, const void *bytes, size_t length) {
  char frame[sizeof(izh_frame) + IZH_FRAME_MAX];
  izh_frame head = {.kind = kind, .from = (uint32_t)getpid(), .length = (uint32_t)length};
  memcpy(frame, &head, sizeof head);
  memcpy(frame + sizeof head, bytes, length);
  while (write(out, frame, sizeof head + length) < 0 && errno == EINTR) continue;
}

static void tell_parts(izh_frame_kind kind, const char *bytes, size_t length) {
  for (size_t at = 0; at < length; at += IZH_FRAME_MAX)
    tell(kind, bytes + at, length - at < IZH_FRAME_MAX ? length - at : IZH_FRAME_MAX);
}

/* The prints before a figure come before it. */
static void tell_figure(const char *path, const void *bytes, size_t size) {
  size_t length = strlen(path);
  fflush(stdout);
  tell(IZH_FRAME_FIGURE, path, length < IZH_FRAME_MAX ? length : IZH_FRAME_MAX);
  tell_parts(IZH_FRAME_FIGURE_PART, bytes, size);
  tell(IZH_FRAME_FIGURE_END, "", 0);
}

static void tell_declared(const char *json) {
  tell_parts(IZH_FRAME_DECLARED, json, strlen(json));
  tell(IZH_FRAME_DECLARED_END, "", 0);
}

static void tell_progress(double done, double total, const char *unit, double elapsed_s) {
  static double said_s;
  char text[128];
  if (elapsed_s >= said_s && elapsed_s < said_s + PROGRESS_EVERY_S) return;
  said_s = elapsed_s;
  int n = snprintf(text, sizeof text, "%.6g of %.6g %s", done, total, unit);
  if (n > 0) tell(IZH_FRAME_PROGRESS, text, (size_t)n);
}

/* The descriptor, and where the ending of figures begins. */
static const char *read_variable(void) {
  const char *text = getenv(IZH_FRAME_ENVIRONMENT);
  char *ending;
  if (!text) return NULL;
  long file = strtol(text, &ending, 10);
  if (file <= STDERR_FILENO || file > 9 || fcntl((int)file, F_SETFD, FD_CLOEXEC) != 0) return NULL;
  out = (int)file;
  return ending;
}

void host_explored_begin(izh_host *host) {
  static char kept[8];
  const char *ending = read_variable();
  if (!ending) return;
  snprintf(kept, sizeof kept, "%s", ending);
  unsetenv(IZH_FRAME_ENVIRONMENT);
  izh_end_with_parent(SIGTERM);
  host_interrupt_child_of(getppid());
  setvbuf(stdout, NULL, _IOLBF, BUFSIZ); /* it shows as it is printed */
  host->figure_ending = kept;
  host->figure = tell_figure;
  host->declared = tell_declared;
  host->progress = tell_progress;
}
