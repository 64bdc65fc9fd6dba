#include "base/memory.h"

#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/sandbox.h"

/* Where the files of a control group are, and what they are called. */
typedef struct group_files {
  const char *mount, *limit, *used;
  const char *cached; /* its line in memory.stat */
} group_files;

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

/* --- control groups --- */

/* What a folder of a group leaves, as the files named in it say. */
static unsigned long long room_of_folder(const char *folder, const group_files *files) {
  char path[PATH_MAX], text[4096];
  const char *const names[] = {files->limit, files->used, "memory.stat"}, *const keys[] = {"", "",
                                                                                           files->cached};
  unsigned long long numbers[3];
  for (int i = 0; i < 3; i++) {
    bool fits = snprintf(path, sizeof path, "%s/%s", folder, names[i]) < (int)sizeof path;
    numbers[i] = fits ? number_after(slurp(text, sizeof text, path), keys[i]) : ULLONG_MAX;
  }
  /* cached files count as used there, but the system frees them when needed */
  if (numbers[1] != ULLONG_MAX && numbers[2] < numbers[1]) numbers[1] -= numbers[2];
  return room(numbers[0], numbers[1]);
}

/* What the group at a path below a folder leaves, and all groups that it is in. */
static unsigned long long room_of_group(const char *root, const group_files *files, const char *group,
                                        size_t length) {
  char folder[PATH_MAX];
  unsigned long long least = ULLONG_MAX;
  size_t top = (size_t)snprintf(folder, sizeof folder, "%s%s", root, files->mount);
  if (top + length >= sizeof folder) return ULLONG_MAX;
  memcpy(folder + top, group, length);
  folder[top + length] = '\0';
  for (size_t end = top + length; end >= top; end--) {
    if (folder[end] != '\0' && (end > top && folder[end] != '/')) continue;
    folder[end] = '\0';
    least = smaller(least, room_of_folder(folder, files));
  }
  return least;
}

/* The groups of this process are lines "hierarchy:controllers:/path". In a container the path may be one that
 * it does not see: then its group is the uppermost. */
static unsigned long long room_of_groups(const char *root) {
  static const group_files v1 = {"/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes",
                                 "\ntotal_inactive_file "},
                           v2 = {"/sys/fs/cgroup", "memory.max", "memory.current", "\ninactive_file "};
  char path[PATH_MAX], text[4096];
  snprintf(path, sizeof path, "%s/proc/self/cgroup", root);
  unsigned long long least = room_of_group(root, &v2, "", 0);
  for (const char *line = slurp(text, sizeof text, path); *line;
       line += strcspn(line, "\n"), line += *line != '\0') {
    const char *controllers = strchr(line, ':'), *group = controllers ? strchr(controllers + 1, ':') : NULL;
    if (!group) break;
    bool unified = group == controllers + 1;
    bool memory = strncmp(controllers, ":memory:", 8) == 0;
    if (unified || memory)
      least = smaller(least, room_of_group(root, unified ? &v2 : &v1, group + 1, strcspn(group + 1, "\n")));
  }
  return least;
}

/* --- limits of the process --- */

/* Bytes of a kind that the process has, from a line of /proc/self/status in KB. */
static unsigned long long held(const char *key) {
  char text[4096];
  unsigned long long kilobytes = number_after(slurp(text, sizeof text, "/proc/self/status"), key);
  return kilobytes == ULLONG_MAX ? kilobytes : kilobytes * 1024;
}

static unsigned long long room_of_limit(unsigned what, const char *key) {
  struct rlimit limit;
  if (getrlimit(what, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return ULLONG_MAX;
  return room(limit.rlim_cur, held(key));
}

unsigned long long izh_memory_held(void) {
  return held("\nVmSize:");
}

unsigned long long izh_memory_free_below(const char *root) {
  char path[PATH_MAX], text[4096];
  snprintf(path, sizeof path, "%s/proc/meminfo", root);
  unsigned long long available = number_after(slurp(text, sizeof text, path), "MemAvailable:");
  if (available != ULLONG_MAX) available *= 1024;
  available = smaller(available, room_of_groups(root));
  available = smaller(available, room_of_limit(RLIMIT_AS, "\nVmSize:"));
  return smaller(available, room_of_limit(RLIMIT_DATA, "\nVmData:"));
}

unsigned long long izh_memory_free(void) {
  return smaller(izh_memory_free_below(""), izh_sandbox_memory_left());
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
