#include "base/memory.h"

#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Reads the first bytes of a small file; "" when it cannot be read. */
static const char *slurp(char *text, size_t size, const char *path) {
  text[0] = '\0';
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return text;
  ssize_t got = read(file, text, size - 1);
  close(file);
  text[got > 0 ? got : 0] = '\0';
  return text;
}

/* The number after a key in "key   number"; ULLONG_MAX when there is none ("max" in a control group). */
static unsigned long long number_after(const char *text, const char *key) {
  const char *at = strstr(text, key);
  if (!at) return ULLONG_MAX;
  char *end;
  unsigned long long value = strtoull(at + strlen(key), &end, 10);
  return end == at + strlen(key) ? ULLONG_MAX : value;
}

static unsigned long long room(unsigned long long limit, unsigned long long used) {
  if (limit == ULLONG_MAX || used == ULLONG_MAX) return ULLONG_MAX;
  return used < limit ? limit - used : 0;
}

static unsigned long long smaller(unsigned long long a, unsigned long long b) {
  return a < b ? a : b;
}

unsigned long long izh_memory_free(void) {
  char text[4096];
  unsigned long long available = number_after(slurp(text, sizeof text, "/proc/meminfo"), "MemAvailable:");
  if (available != ULLONG_MAX) available *= 1024;

  unsigned long long limit = number_after(slurp(text, sizeof text, "/sys/fs/cgroup/memory.max"), "");
  unsigned long long used = number_after(slurp(text, sizeof text, "/sys/fs/cgroup/memory.current"), "");
  /* cached files count as used there, but the system frees them when needed */
  unsigned long long cached =
      number_after(slurp(text, sizeof text, "/sys/fs/cgroup/memory.stat"), "\ninactive_file ");
  if (used != ULLONG_MAX && cached < used) used -= cached;
  available = smaller(available, room(limit, used));

  struct rlimit space;
  if (getrlimit(RLIMIT_AS, &space) == 0 && space.rlim_cur != RLIM_INFINITY) {
    unsigned long long pages = number_after(slurp(text, sizeof text, "/proc/self/statm"), "");
    if (pages != ULLONG_MAX)
      available = smaller(available, room(space.rlim_cur, pages * (unsigned long long)sysconf(_SC_PAGESIZE)));
  }
  return available;
}

/* So little memory is not checked: asking the system would take longer than allocating it, or failing to. */
static const double LITTLE = 1 << 20;

izh_status izh_memory_check(izh_err *err, double need, const char *what, ...) {
  if (need <= LITTLE) return IZH_OK;
  unsigned long long free = izh_memory_free();
  if (need <= (double)free) return IZH_OK;
  char who[IZH_ERR_MESSAGE_SIZE], need_text[IZH_BYTES_TEXT_SIZE], free_text[IZH_BYTES_TEXT_SIZE];
  va_list args;
  va_start(args, what);
  vsnprintf(who, sizeof who, what, args);
  va_end(args);
  return izh_fail(err, IZH_SIZE, "%s needs %s, %s are free", who,
                  izh_bytes_text(need_text, need < 1.8e19 ? (unsigned long long)need : ULLONG_MAX),
                  izh_bytes_text(free_text, free));
}

char *izh_bytes_text(char text[IZH_BYTES_TEXT_SIZE], unsigned long long bytes) {
  static const char *const unit[] = {"bytes", "KB", "MB", "GB", "TB", "PB", "EB"};
  double size = (double)bytes;
  int u = 0;
  while (size >= 999.5 && u < 6) size /= 1000, u++;
  snprintf(text, IZH_BYTES_TEXT_SIZE, "%.*f %s", u > 0 && size < 9.95 ? 1 : 0, size, unit[u]);
  return text;
}
