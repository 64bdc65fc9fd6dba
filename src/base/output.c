#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/descriptor.h"
#include "base/ranks.h"
#include "base/sandbox.h"
#include "base/stop.h"
#include "base/system.h"

enum { TEMP_SIZE = 48 };

struct izh_output {
  int file;
  int error;            /* errno of the first failure, 0 while all is well */
  char *path;           /* where the file will be */
  int folder;           /* the folder that it will be in, open; -1: it is written in place */
  const char *name;     /* its name there, the end of path */
  bool nowhere;         /* another rank writes it */
  izh_err why;          /* of a failure elsewhere; status IZH_OK: there was none */
  char temp[TEMP_SIZE]; /* its name there until then; "" when it has none yet, or no more */
};

static izh_status fail(izh_err *err, const char *path, int code) {
  return izh_fail(err, IZH_IO, "cannot write \"%s\": %s", path, izh_file_error(code));
}

/* --- temporary files with a name, where a file system has no others --- */

static _Atomic(izh_output *) named[64]; /* if there are more, the others are not remembered */

static void remember(izh_output *out) {
  for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
    izh_output *none = NULL;
    if (atomic_compare_exchange_strong(&named[i], &none, out)) return;
  }
}

static void forget(izh_output *out) {
  for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
    izh_output *this = out;
    if (atomic_compare_exchange_strong(&named[i], &this, NULL)) return;
  }
}

void izh_output_remove_all(void) {
  for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
    const izh_output *out = named[i];
    if (out) unlinkat(out->folder, out->temp, 0);
  }
}

static void release(izh_output *out) {
  if (!out) return;
  if (out->file >= 0) close(out->file);
  if (out->temp[0]) {
    forget(out);
    unlinkat(out->folder, out->temp, 0);
  }
  if (out->folder >= 0) close(out->folder);
  izh_free(out->path);
  izh_free(out);
}

/* --- links --- */

enum { MOST_LINKS = 40 };

/* The length of the folder in a path, with the slash, in bytes. */
static int folder_length(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? (int)(slash - path) + 1 : 0;
}

static bool put_folder(const char *path, char folder[PATH_MAX]) {
  int length = folder_length(path);
  return snprintf(folder, PATH_MAX, "%.*s", length ? length : 1, length ? path : ".") < PATH_MAX;
}

/* Whether to follow a link. In a folder where everybody may put links, such as /tmp, it is followed only if
 * it belongs to the user or to the owner of the folder. Linux has the same rule (protected_symlinks) for
 * opening files. */
static bool may_follow(const char *link, const struct stat *info) {
  char path[PATH_MAX];
  struct stat folder;
  if (!put_folder(link, path) || stat(path, &folder) != 0) return false;
  bool open_to_all = (folder.st_mode & S_ISVTX) && (folder.st_mode & S_IWOTH);
  return !open_to_all || info->st_uid == geteuid() || info->st_uid == folder.st_uid;
}

/* Follows links: while the path is a link, replaces it by the path that it points to. So the link stays, and
 * its target is written. Returns 0 or an errno. */
static int follow_links(char path[PATH_MAX]) {
  struct stat info;
  for (int n = 0; lstat(path, &info) == 0 && S_ISLNK(info.st_mode); n++) {
    char target[PATH_MAX];
    ssize_t size = readlink(path, target, sizeof target - 1);
    if (size < 0) return errno;
    target[size] = '\0';
    if (n == MOST_LINKS) return ELOOP;
    if (!may_follow(path, &info)) return EACCES;
    int folder = target[0] == '/' ? 0 : folder_length(path);
    if (snprintf(path + folder, PATH_MAX - (size_t)folder, "%s", target) >= PATH_MAX - folder)
      return ENAMETOOLONG;
  }
  return 0;
}

/* --- opening --- */

/* Makes the next name for a temporary file. */
static void next_name(char temp[TEMP_SIZE]) {
  static atomic_uint serial;
  snprintf(temp, TEMP_SIZE, ".izhlua-%ld-%u.tmp", (long)getpid(), atomic_fetch_add(&serial, 1));
}

static void put_link(const izh_output *out, char path[32]) {
  snprintf(path, 32, "/proc/self/fd/%d", out->file);
}

/* Opens a file without a name in the folder: nothing of it is left, however the program ends. False when the
 * file system has no such files, or when it could not get a name later. */
static bool open_unnamed(izh_output *out) {
  char link[32];
  out->file = izh_descriptor_move_up(openat(out->folder, ".", IZH_UNNAMED | O_WRONLY | O_CLOEXEC, 0666));
  if (out->file < 0) return false;
  put_link(out, link);
  if (access(link, F_OK) == 0) return true;
  close(out->file);
  out->file = -1;
  return false;
}

/* Opens a new file in the folder. */
static int open_temporary(izh_output *out) {
  char temp[TEMP_SIZE];
  if (open_unnamed(out)) return 0;
  do {
    next_name(temp);
    out->file =
        izh_descriptor_move_up(openat(out->folder, temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  } while (out->file < 0 && errno == EEXIST);
  if (out->file < 0) return errno;
  memcpy(out->temp, temp, sizeof temp);
  remember(out);
  return 0;
}

/* Gives the new file the owner and the permissions of the old one, as far as possible, but no other bits such
 * as setuid. */
static void keep_mode(int file, const struct stat *old) {
  if (fchown(file, old->st_uid, old->st_gid) != 0 && fchown(file, (uid_t)-1, old->st_gid) != 0) {}
  if (fchmod(file, old->st_mode & 0777) != 0) {} /* some file systems have no modes */
}

/* The standard stream, 1 or 2, that goes to a file (as /dev/stdout, or by a redirection); -1: none. */
static int stream_to(const struct stat *file) {
  struct stat info;
  for (int stream = STDOUT_FILENO; stream <= STDERR_FILENO; stream++)
    if (fstat(stream, &info) == 0 && info.st_dev == file->st_dev && info.st_ino == file->st_ino &&
        (fcntl(stream, F_GETFL) & O_ACCMODE) != O_RDONLY)
      return stream;
  return -1;
}

/* Opens an existing device, pipe or stream, to be written in place. */
static int open_direct(izh_output *out, int stream) {
  if (stream >= 0) fflush(stream == STDOUT_FILENO ? stdout : stderr);
  out->file = izh_descriptor_move_up(stream >= 0 ? fcntl(stream, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
                                                 : openat(out->folder, out->name, O_WRONLY | O_CLOEXEC));
  int code = out->file >= 0 ? 0 : errno;
  close(out->folder);
  out->folder = -1;
  return code;
}

/* What is at the path; in a sandbox a link is an error, since its target may be moved. */
static int look(const izh_output *out, struct stat *info, bool *there) {
  *there = fstatat(out->folder, out->name, info, izh_sandbox_folder() ? AT_SYMLINK_NOFOLLOW : 0) == 0;
  if (!*there) return errno == ENOENT ? 0 : errno;
  if (S_ISLNK(info->st_mode)) return ELOOP;
  return S_ISDIR(info->st_mode) ? EISDIR : 0;
}

/* Opens the folder of the path, and finds out what is there. */
static int open_folder(izh_output *out, const char *path, struct stat *info, bool *there) {
  out->path = izh_strdup(path);
  if (!out->path) return ENOMEM;
  out->folder = izh_open_folder(out->path, &out->name);
  if (out->folder < 0) return errno;
  return out->name[0] ? look(out, info, there) : EISDIR;
}

/* The path of the file that a link points to takes the place of the link's. */
static int open_target(izh_output *out, struct stat *info, bool *there) {
  char target[PATH_MAX];
  if (snprintf(target, sizeof target, "%s", out->path) >= (int)sizeof target) return ENAMETOOLONG;
  int code = follow_links(target);
  if (code || strcmp(target, out->path) == 0) return code;
  close(out->folder);
  izh_free(out->path);
  return open_folder(out, target, info, there);
}

static int open_output(izh_output *out, const char *path) {
  struct stat info;
  bool there = false;
  int code = open_folder(out, path, &info, &there);
  if (code) return code;
  int stream = there ? stream_to(&info) : -1;
  if (there && (stream >= 0 || !S_ISREG(info.st_mode))) return open_direct(out, stream);
  if (!izh_sandbox_folder()) code = open_target(out, &info, &there);
  if (code) return code;
  if (there && faccessat(out->folder, out->name, W_OK, 0) != 0) return errno;
  if (!izh_sandbox_take_disk(IZH_SANDBOX_FILE)) return errno;
  code = open_temporary(out);
  if (code == 0 && there) keep_mode(out->file, &info);
  return code;
}

/* All ranks meet where a file begins, where all is written, and where it is in its place: it fails on all or
 * none. */
enum { BEGIN = 1, WRITTEN, PLACED };

static int open_nowhere(izh_output *out, const char *path) {
  out->nowhere = true;
  out->file = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (out->file < 0) return errno;
  out->path = izh_strdup(path);
  return out->path ? 0 : ENOMEM;
}

static izh_status begin(const char *path, izh_output **result, izh_err *err) {
  izh_output *out = izh_alloc_zero(1, sizeof *out);
  if (!out) return izh_fail_memory(err, sizeof *out);
  out->file = out->folder = -1;
  int code = izh_ranks_silent() ? open_nowhere(out, path) : open_output(out, path);
  if (code) {
    release(out);
    return code == ENOMEM ? izh_fail_memory(err, strlen(path)) : fail(err, path, code);
  }
  *result = out;
  return IZH_OK;
}

izh_status izh_output_begin(const char *path, izh_output **result, izh_err *err) {
  izh_output *out = NULL;
  izh_status own = begin(path, &out, err),
             status = izh_ranks_meet(izh_ranks_hash_text(BEGIN, path), own, err);
  if (status && !own) release(out);
  if (!status) *result = out;
  return status;
}

/* The failure, if it is to be said before the end: all ranks do the same until they meet there. */
static izh_status said_now(const izh_output *out, izh_err *err) {
  return out->error && izh_ranks_size() == 1 ? fail(err, out->path, out->error) : IZH_OK;
}

izh_status izh_output_write(izh_output *out, const void *data, size_t size, izh_err *err) {
  const char *next = data;
  if (!out->error && !izh_sandbox_take_disk(size)) out->error = errno;
  while (size > 0 && !out->error) {
    ssize_t done = write(out->file, next, size);
    if (done < 0 && errno == EINTR && !izh_stop_check(NULL)) continue; /* into a pipe that nobody reads */
    if (done <= 0) {
      out->error = done < 0 ? errno : EIO;
      break;
    }
    next += done;
    size -= (size_t)done;
  }
  return said_now(out, err);
}

const char *izh_output_path(const izh_output *out) {
  return out->path;
}

izh_status izh_output_patch(izh_output *out, unsigned long long offset, const void *data, size_t size,
                            izh_err *err) {
  const char *next = data;
  if (out->nowhere) return IZH_OK;
  if (out->folder < 0 && !out->error) out->error = ESPIPE; /* what was there before may be part of it */
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
  return said_now(out, err);
}

/* --- the end --- */

static int take_place(izh_output *out) {
  if (renameat(out->folder, out->temp, out->folder, out->name) != 0) return errno;
  forget(out);
  out->temp[0] = '\0';
  return 0;
}

/* Gives an unnamed file its path. If there is an old file, it first gets a temporary name, since linking does
 * not replace a file. */
static int give_name(izh_output *out) {
  char link[32];
  put_link(out, link);
  if (linkat(AT_FDCWD, link, out->folder, out->name, AT_SYMLINK_FOLLOW) == 0) return 0;
  while (errno == EEXIST) {
    char temp[TEMP_SIZE];
    next_name(temp);
    if (linkat(AT_FDCWD, link, out->folder, temp, AT_SYMLINK_FOLLOW) != 0) continue;
    memcpy(out->temp, temp, sizeof temp);
    remember(out);
    return take_place(out);
  }
  return errno;
}

/* Waits until the file is on the disk, and then puts it in its place. So if the power fails, either the old
 * file or the new one is there. */
static int put_in_place(izh_output *out) {
  if (fsync(out->file) != 0 && errno != EINVAL && errno != EROFS) return errno;
  return out->temp[0] ? take_place(out) : give_name(out);
}

static izh_status own_failure(const izh_output *out, izh_err *err) {
  if (out->why.status) return izh_fail(err, out->why.status, "%s", out->why.message);
  return out->error ? fail(err, out->path, out->error) : IZH_OK;
}

void izh_output_failed(izh_output *out, const izh_err *why) {
  if (!out->error) out->error = EIO;
  if (why) out->why = *why;
}

izh_status izh_output_commit(izh_output *out, izh_err *err) {
  izh_status status = izh_ranks_meet(WRITTEN, own_failure(out, err), err);
  bool whole = !status;
  if (whole && out->folder >= 0) out->error = put_in_place(out);
  if (close(out->file) != 0 && !out->error) out->error = errno;
  out->file = -1;
  if (whole) status = izh_ranks_meet(PLACED, own_failure(out, err), err);
  release(out);
  return status;
}

izh_status izh_output_file(const char *path, const void *data, size_t size, izh_err *err) {
  izh_output *out;
  izh_status status = izh_output_begin(path, &out, err);
  if (status != IZH_OK) return status;
  izh_output_write(out, data, size, NULL); /* commit says what was wrong */
  return izh_output_commit(out, err);
}

void izh_output_abandon(izh_output *out) {
  izh_err err;
  if (out && out->error)
    (void)izh_ranks_meet(WRITTEN, own_failure(out, &err), &err); /* what others wrote is not kept */
  release(out);
}
