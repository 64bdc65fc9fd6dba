#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

struct izh_output {
  int file;
  int error;  /* errno of the first failure, 0 while all is well */
  char *path; /* where the file will be */
  char *temp; /* where it is now; NULL when it is written in place (a device or a pipe) */
};

static izh_status fail(izh_err *err, const char *path, int code) {
  return izh_fail(err, IZH_IO, "cannot write \"%s\": %s", path, strerror(code));
}

static void release(izh_output *out) {
  if (!out) return;
  if (out->file >= 0) close(out->file);
  if (out->temp) unlink(out->temp);
  izh_free(out->temp);
  izh_free(out->path);
  izh_free(out);
}

static char *final_path(const char *path);

/* Follows a link whose target does not exist; the target may be such a link again. This ends: a circle of
 * links gives another error than ENOENT. */
static char *dangling_path(const char *path) {
  char target[PATH_MAX];
  ssize_t size = readlink(path, target, sizeof target - 1);
  if (size < 0) return izh_strdup(path);
  target[size] = '\0';
  const char *slash = strrchr(path, '/');
  int folder = slash && target[0] != '/' ? (int)(slash - path) + 1 : 0;
  size_t whole = (size_t)folder + (size_t)size + 1;
  char *joined = izh_alloc(whole, 1);
  if (!joined) return NULL;
  snprintf(joined, whole, "%.*s%s", folder, path, target);
  char *final = final_path(joined);
  izh_free(joined);
  return final;
}

/* A link is not replaced: the file that it points at is written. Returns the path of that file. */
static char *final_path(const char *path) {
  char resolved[PATH_MAX];
  struct stat info;
  if (lstat(path, &info) != 0 || !S_ISLNK(info.st_mode)) return izh_strdup(path);
  if (realpath(path, resolved)) return izh_strdup(resolved);
  return stat(path, &info) != 0 && errno == ENOENT ? dangling_path(path) : izh_strdup(path);
}

/* Opens a new file in the folder of out->path. The temporary name does not grow with the final one, so that a
 * name as long as the file system allows can still be written. */
static int open_temporary(izh_output *out) {
  static atomic_uint serial;
  const char *slash = strrchr(out->path, '/');
  int folder = slash ? (int)(slash - out->path) + 1 : 0;
  size_t size = (size_t)folder + 48;
  out->temp = izh_alloc(size, 1);
  if (!out->temp) return ENOMEM;
  for (;;) {
    snprintf(out->temp, size, "%.*s.izhlua-%ld-%u.tmp", folder, out->path, (long)getpid(),
             atomic_fetch_add(&serial, 1));
    out->file = open(out->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (out->file >= 0) return 0;
    if (errno != EEXIST) break;
  }
  int code = errno;
  izh_free(out->temp);
  out->temp = NULL;
  return code;
}

static int open_output(izh_output *out) {
  struct stat info;
  if (stat(out->path, &info) != 0) return errno == ENOENT ? open_temporary(out) : errno;
  if (S_ISDIR(info.st_mode)) return EISDIR;
  if (S_ISREG(info.st_mode)) {
    if (access(out->path, W_OK) != 0) return errno;
    int code = open_temporary(out);
    if (code == 0 && fchmod(out->file, info.st_mode & 07777) != 0) {} /* some file systems have no modes */
    return code;
  }
  out->file = open(out->path, O_WRONLY | O_CLOEXEC);
  return out->file >= 0 ? 0 : errno;
}

izh_status izh_output_begin(const char *path, izh_output **result, izh_err *err) {
  izh_output *out = izh_alloc_zero(1, sizeof *out);
  if (!out) return izh_fail_memory(err, sizeof *out);
  out->file = -1;
  out->path = final_path(path);
  int code = out->path ? open_output(out) : ENOMEM;
  if (code) {
    release(out);
    return code == ENOMEM ? izh_fail_memory(err, strlen(path)) : fail(err, path, code);
  }
  *result = out;
  return IZH_OK;
}

izh_status izh_output_write(izh_output *out, const void *data, size_t size, izh_err *err) {
  const char *next = data;
  while (size > 0 && !out->error) {
    ssize_t done = write(out->file, next, size);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) {
      out->error = done < 0 ? errno : EIO;
      break;
    }
    next += done;
    size -= (size_t)done;
  }
  return out->error ? fail(err, out->path, out->error) : IZH_OK;
}

izh_status izh_output_patch(izh_output *out, unsigned long long offset, const void *data, size_t size,
                            izh_err *err) {
  const char *next = data;
  while (size > 0 && !out->error) {
    ssize_t done = pwrite(out->file, next, size, (off_t)offset);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) {
      out->error = done < 0 ? errno : EIO;
      break;
    }
    next += done;
    offset += (unsigned long long)done;
    size -= (size_t)done;
  }
  return out->error ? fail(err, out->path, out->error) : IZH_OK;
}

izh_status izh_output_commit(izh_output *out, izh_err *err) {
  if (close(out->file) != 0 && !out->error) out->error = errno;
  out->file = -1;
  if (!out->error && out->temp && rename(out->temp, out->path) != 0) out->error = errno;
  izh_status status = IZH_OK;
  if (out->error) {
    status = fail(err, out->path, out->error);
  } else {
    izh_free(out->temp);
    out->temp = NULL;
  }
  release(out);
  return status;
}

void izh_output_abandon(izh_output *out) {
  release(out);
}
