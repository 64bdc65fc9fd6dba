#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/system.h"
#ifdef IZH_LINUX
#include <linux/openat2.h>
#include <sys/syscall.h>
#endif

/* What all processes of a sandbox use together. */
typedef struct common {
  atomic_ullong written;
  atomic_int processes;
} common;

struct izh_sandbox {
  int folder;          /* a descriptor of it */
  char path[PATH_MAX]; /* absolute, without links */
  atomic_llong held;   /* bytes of memory, by this process */
  long long most_held;
  unsigned long long most_written;
  int most_processes;
  common *all; /* memory that the processes share */
};

static izh_sandbox *now;

izh_status izh_sandbox_begin(const char *folder, unsigned long long memory, unsigned long long disk,
                             int processes, izh_err *err) {
  static izh_sandbox sandbox;
  if (!realpath(folder, sandbox.path))
    return izh_fail(err, IZH_IO, "cannot use the folder \"%s\": %s", folder, strerror(errno));
  sandbox.folder = izh_descriptor_move_up(open(sandbox.path, IZH_ONLY_PATH | O_DIRECTORY | O_CLOEXEC));
  if (sandbox.folder < 0)
    return izh_fail(err, IZH_IO, "cannot use the folder \"%s\": %s", folder, strerror(errno));
  sandbox.all = mmap(NULL, sizeof *sandbox.all, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (sandbox.all == MAP_FAILED) return izh_fail_memory(err, sizeof *sandbox.all);
  sandbox.most_held = memory < LLONG_MAX ? (long long)memory : LLONG_MAX;
  sandbox.most_written = disk;
  sandbox.most_processes = processes;
  now = &sandbox;
  return IZH_OK;
}

izh_sandbox *izh_sandbox_now(void) {
  return now;
}

void izh_sandbox_join(izh_sandbox *sandbox) {
  now = sandbox;
}

const char *izh_sandbox_folder(void) {
  return now ? now->path : NULL;
}

/* --- files --- */

/* The path as one from the folder on; NULL with errno when it is outside. */
static const char *from_folder(const char *path) {
  size_t length = strlen(now->path);
  if (path[0] != '/') return path;
  if (strcmp(now->path, "/") == 0) length = 0;
  if (strncmp(path, now->path, length) == 0 && path[length] == '/') {
    path += length + strspn(path + length, "/");
    return *path ? path : ".";
  }
  if (strcmp(path, now->path) == 0) return ".";
  errno = EXDEV;
  return NULL;
}

/* Opens a part of a path that is no link; ".." is refused, since the folder above may have been moved. */
static int open_part(int folder, const char *part, int flags, mode_t mode) {
  if (strcmp(part, "..") == 0) {
    errno = EXDEV;
    return -1;
  }
  return openat(folder, part, flags | O_NOFOLLOW | O_CLOEXEC, mode);
}

/* One part after the other, none of which may be a link: for a system without openat2. */
static int walk(const char *path, int flags, mode_t mode) {
  char parts[PATH_MAX], *rest = NULL;
  if (snprintf(parts, sizeof parts, "%s", path) >= (int)sizeof parts) {
    errno = ENAMETOOLONG;
    return -1;
  }
  int folder = now->folder;
  for (char *part = strtok_r(parts, "/", &rest); part;) {
    char *next = strtok_r(NULL, "/", &rest);
    int file =
        next ? open_part(folder, part, IZH_ONLY_PATH | O_DIRECTORY, 0) : open_part(folder, part, flags, mode);
    int code = errno;
    if (folder != now->folder) close(folder);
    errno = code;
    if (!next || file < 0) return file;
    folder = file;
    part = next;
  }
  errno = ENOENT;
  return -1;
}

static int open_below(const char *path, int flags, mode_t mode) {
  bool creates = (flags & O_CREAT) || (flags & IZH_UNNAMED) == IZH_UNNAMED;
  if (creates && !izh_sandbox_take_disk(IZH_SANDBOX_FILE)) return -1;
#ifdef IZH_LINUX
  struct open_how how = {.flags = (unsigned)flags, .mode = creates ? mode : 0, .resolve = RESOLVE_BENEATH};
  long file;
  do file = syscall(SYS_openat2, now->folder, path, &how, sizeof how);
  while (file < 0 && errno == EAGAIN && !(flags & O_NONBLOCK)); /* a folder was moved meanwhile */
  if (file >= 0 || (errno != ENOSYS && errno != EPERM)) return (int)file;
#endif
  return walk(path, flags, mode);
}

int izh_open(const char *path, int flags, mode_t mode) {
  if (!now || strcmp(path, "/dev/null") == 0) return open(path, flags, mode);
  path = from_folder(path);
  return path ? open_below(path, flags, mode) : -1;
}

int izh_open_folder(const char *path, const char **name) {
  const char *slash = strrchr(path, '/');
  size_t length = slash ? (size_t)(slash - path) : 0;
  char folder[PATH_MAX] = ".";
  *name = slash ? slash + 1 : path;
  if (length >= sizeof folder) {
    errno = ENAMETOOLONG;
    return -1;
  }
  if (slash) memcpy(folder, path, length ? length : 1);
  if (slash) folder[length ? length : 1] = '\0';
  return izh_descriptor_move_up(izh_open(folder, IZH_ONLY_PATH | O_DIRECTORY | O_CLOEXEC, 0));
}

const char *izh_file_error(int code) {
  if (now && code == EXDEV) return "it is outside of the sandbox's folder";
  if (now && code == EDQUOT) return "the sandbox has written as much as it may (--memory)";
  if (now && code == ELOOP) return "it is a link, which a sandbox does not follow here";
  return strerror(code);
}

/* --- limits --- */

bool izh_sandbox_take_memory(size_t bytes) {
  if (!now) return true;
  long long more = bytes < LLONG_MAX ? (long long)bytes : LLONG_MAX;
  if (more <= now->most_held - atomic_fetch_add_explicit(&now->held, more, memory_order_relaxed)) return true;
  atomic_fetch_sub_explicit(&now->held, more, memory_order_relaxed);
  return false;
}

void izh_sandbox_free_memory(size_t bytes) {
  if (now) atomic_fetch_sub_explicit(&now->held, (long long)bytes, memory_order_relaxed);
}

unsigned long long izh_sandbox_memory_left(void) {
  if (!now) return ULLONG_MAX;
  long long left = now->most_held - atomic_load_explicit(&now->held, memory_order_relaxed);
  return left > 0 ? (unsigned long long)left : 0;
}

void izh_sandbox_share_memory(int n) {
  if (now) now->most_held -= (long long)(izh_sandbox_memory_left() / (unsigned)n * (unsigned)(n - 1));
}

bool izh_sandbox_take_disk(size_t bytes) {
  if (!now) return true;
  if (atomic_fetch_add(&now->all->written, bytes) + bytes <= now->most_written) return true;
  atomic_fetch_sub(&now->all->written, bytes);
  errno = EDQUOT;
  return false;
}

bool izh_sandbox_take_process(void) {
  if (!now) return true;
  if (atomic_fetch_add(&now->all->processes, 1) < now->most_processes) return true;
  atomic_fetch_sub(&now->all->processes, 1);
  errno = EAGAIN;
  return false;
}

void izh_sandbox_free_process(void) {
  if (now) atomic_fetch_sub(&now->all->processes, 1);
}
