#include "base/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/descriptor.h"
#include "base/sandbox.h"
#include "base/system.h"

struct izh_spool {
  size_t block_bytes;
  unsigned long long limit;
  uint64_t n;             /* blocks */
  unsigned char **memory; /* [n_memory] the first blocks */
  size_t n_memory, cap_memory;
  int file;    /* holds the other blocks; -1: no file yet */
  pid_t owner; /* the process that made the file; processes forked from it must not write to it */
};

izh_status izh_spool_create(size_t block_bytes, unsigned long long limit, izh_spool **result, izh_err *err) {
  izh_spool *spool = izh_alloc_zero(1, sizeof *spool);
  if (!spool) return izh_fail_memory(err, sizeof *spool);
  spool->block_bytes = block_bytes;
  spool->limit = limit;
  spool->file = -1;
  *result = spool;
  return IZH_OK;
}

void izh_spool_free(izh_spool *spool) {
  if (!spool) return;
  for (size_t i = 0; i < spool->n_memory; i++) izh_free(spool->memory[i]);
  izh_free(spool->memory);
  if (spool->file >= 0) close(spool->file);
  izh_free(spool);
}

static const char *folder(void) {
  if (izh_sandbox_folder()) return ".";
  const char *named = getenv("TMPDIR");
  return named && named[0] ? named : "/var/tmp"; /* /tmp may be in memory */
}

static izh_status fail(izh_err *err, const char *what, int code) {
  const char *advice = izh_sandbox_folder() ? "" : " (TMPDIR names another folder)";
  return izh_fail(err, IZH_IO, "cannot %s a temporary file in \"%s\"%s: %s", what, folder(), advice,
                  izh_file_error(code));
}

/* Opens a file without a name. If the file system has no such files, its name is removed at once. -1 with
 * errno. */
static int open_unnamed(void) {
  char path[PATH_MAX];
  int file = izh_open(folder(), IZH_UNNAMED | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0 || izh_sandbox_folder()) return file;
  if (snprintf(path, sizeof path, "%s/izhlua-XXXXXX", folder()) >= (int)sizeof path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  file = mkostemp(path, O_CLOEXEC);
  if (file >= 0) unlink(path);
  return file;
}

static izh_status open_file(izh_spool *spool, izh_err *err) {
  if (spool->file >= 0) return IZH_OK;
  spool->file = izh_descriptor_move_up(open_unnamed());
  if (spool->file < 0) return fail(err, "make", errno);
  spool->owner = getpid();
  return IZH_OK;
}

/* Copies the blocks in the file into another file, one at a time. Returns 0 or an errno. */
static int copy_file(const izh_spool *spool, int to, unsigned char *block) {
  off_t size = (off_t)((spool->n - spool->n_memory) * spool->block_bytes);
  if (!izh_sandbox_take_disk((size_t)size)) return errno;
  for (off_t at = 0; at < size;) {
    ssize_t got = pread(spool->file, block, spool->block_bytes, at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got < 0 ? errno : EIO;
    if (got > size - at) got = (ssize_t)(size - at);
    ssize_t put = pwrite(to, block, (size_t)got, at);
    if (put < 0 && errno != EINTR) return errno;
    if (put > 0) at += put;
  }
  return 0;
}

static izh_status copy_content(const izh_spool *spool, int to, izh_err *err) {
  unsigned char *block = izh_alloc(spool->block_bytes, 1);
  if (!block) return izh_fail_memory(err, spool->block_bytes);
  int code = copy_file(spool, to, block);
  izh_free(block);
  return code ? fail(err, "copy", code) : IZH_OK;
}

/* Gives a process that was forked from the one that made the file a copy of its own. */
static izh_status own_file(izh_spool *spool, izh_err *err) {
  if (spool->owner == getpid()) return IZH_OK;
  izh_spool copy = {.file = -1};
  izh_status status = open_file(&copy, err);
  if (status) return status;
  status = copy_content(spool, copy.file, err);
  if (status) {
    close(copy.file);
    return status;
  }
  close(spool->file);
  spool->file = copy.file;
  spool->owner = copy.owner;
  return IZH_OK;
}

static izh_status append_to_file(izh_spool *spool, const unsigned char *block, izh_err *err) {
  izh_status status = open_file(spool, err);
  if (!status) status = own_file(spool, err);
  if (status) return status;
  if (!izh_sandbox_take_disk(spool->block_bytes)) return fail(err, "write", errno);
  off_t begin = (off_t)((spool->n - spool->n_memory) * spool->block_bytes);
  for (size_t done = 0; done < spool->block_bytes;) {
    ssize_t n = pwrite(spool->file, block + done, spool->block_bytes - done, begin + (off_t)done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return fail(err, "write", n < 0 ? errno : ENOSPC);
    done += (size_t)n;
  }
  spool->n++;
  return IZH_OK;
}

/* False when the limit is reached, or when memory runs out before that. */
static bool append_to_memory(izh_spool *spool, const unsigned char *block) {
  if (spool->n > spool->n_memory) return false; /* once one block is in the file, all later ones are */
  if ((double)(spool->n_memory + 1) * (double)spool->block_bytes > (double)spool->limit) return false;
  unsigned char **room = izh_grow(spool->memory, &spool->cap_memory, spool->n_memory + 1, sizeof *room);
  if (!room) return false;
  spool->memory = room;
  unsigned char *copy = izh_alloc(spool->block_bytes, 1);
  if (!copy) return false;
  memcpy(copy, block, spool->block_bytes);
  room[spool->n_memory++] = copy;
  spool->n++;
  return true;
}

izh_status izh_spool_append(izh_spool *spool, const void *block, izh_err *err) {
  return append_to_memory(spool, block) ? IZH_OK : append_to_file(spool, block, err);
}

izh_status izh_spool_read(const izh_spool *spool, uint64_t block, size_t offset, void *out, size_t bytes,
                          izh_err *err) {
  if (block < spool->n_memory) {
    memcpy(out, spool->memory[block] + offset, bytes);
    return IZH_OK;
  }
  off_t begin = (off_t)((block - spool->n_memory) * spool->block_bytes + offset);
  for (size_t done = 0; done < bytes;) {
    ssize_t n = pread(spool->file, (char *)out + done, bytes - done, begin + (off_t)done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return fail(err, "read", n < 0 ? errno : EIO);
    done += (size_t)n;
  }
  return IZH_OK;
}

uint64_t izh_spool_count(const izh_spool *spool) {
  return spool->n;
}

double izh_spool_bytes(const izh_spool *spool) {
  return izh_alloc_bytes((const void *const *)spool->memory, spool->n_memory);
}

bool izh_spool_in_file(const izh_spool *spool) {
  return spool->file >= 0;
}

static izh_status copy_memory(const izh_spool *spool, izh_spool *copy, izh_err *err) {
  copy->memory = izh_grow(NULL, &copy->cap_memory, spool->n_memory, sizeof *copy->memory);
  if (!copy->memory) return izh_fail_memory(err, spool->n_memory * sizeof *copy->memory);
  for (size_t i = 0; i < spool->n_memory; i++) {
    unsigned char *block = izh_alloc(spool->block_bytes, 1);
    if (!block) return izh_fail_memory(err, spool->block_bytes);
    copy->memory[copy->n_memory++] = memcpy(block, spool->memory[i], spool->block_bytes);
  }
  return IZH_OK;
}

static izh_status copy_blocks(const izh_spool *spool, izh_spool *copy, izh_err *err) {
  izh_status status = copy_memory(spool, copy, err);
  if (status || spool->file < 0) return status;
  status = open_file(copy, err);
  return status ? status : copy_content(spool, copy->file, err);
}

izh_status izh_spool_copy(const izh_spool *spool, izh_spool **result, izh_err *err) {
  izh_spool *copy = NULL;
  izh_status status = izh_spool_create(spool->block_bytes, spool->limit, &copy, err);
  if (status) return status;
  status = copy_blocks(spool, copy, err);
  if (status) {
    izh_spool_free(copy);
    return status;
  }
  copy->n = spool->n;
  *result = copy;
  return IZH_OK;
}

unsigned long long izh_spool_limit(const izh_spool *spool) {
  return spool->limit;
}
