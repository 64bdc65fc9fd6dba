#include "formats/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/descriptor.h"
#include "base/sandbox.h"
#include "base/stop.h"
#include "base/system.h"

struct izh_input {
  int file;
  char link[32];
  char path[]; /* as it was given */
};

static izh_status fail(izh_err *err, const char *path, int code) {
  return izh_fail(err, IZH_IO, "cannot read \"%s\": %s", path, izh_file_error(code));
}

/* Was it a signal that a call has failed for, and not one that is to stop us. */
static bool goes_on(void) {
  return errno == EINTR && !izh_stop_check(NULL);
}

izh_status izh_input_open(const char *path, izh_input **result, izh_err *err) {
  size_t size = strlen(path) + 1;
  izh_input *input = izh_alloc(sizeof *input + size, 1);
  if (!input) return izh_fail_memory(err, sizeof *input + size);
  memcpy(input->path, path, size);
  struct stat info;
  do input->file = izh_descriptor_move_up(izh_open(path, O_RDONLY | O_CLOEXEC, 0));
  while (input->file < 0 && goes_on()); /* a pipe that nobody writes to */
  int code = input->file < 0 || fstat(input->file, &info) != 0 ? errno : S_ISDIR(info.st_mode) ? EISDIR : 0;
  if (code) {
    izh_input_close(input);
    return fail(err, path, code);
  }
  *result = input;
  return IZH_OK;
}

void izh_input_close(izh_input *input) {
  if (!input) return;
  if (input->file >= 0) close(input->file);
  izh_free(input);
}

izh_status izh_input_read(izh_input *input, void *data, size_t size, size_t *got, izh_err *err) {
  for (*got = 0; *got < size;) {
    ssize_t n = read(input->file, (char *)data + *got, size - *got);
    if (n < 0 && goes_on()) continue;
    if (n < 0) return fail(err, input->path, errno);
    if (n == 0) break;
    *got += (size_t)n;
  }
  return IZH_OK;
}

izh_status izh_input_size(const izh_input *input, unsigned long long *size, izh_err *err) {
  struct stat info;
  if (fstat(input->file, &info) != 0) return fail(err, input->path, errno);
  if (!S_ISREG(info.st_mode)) return izh_input_wrong(input, err, "it is not a regular file");
  *size = (unsigned long long)info.st_size;
  return IZH_OK;
}

izh_status izh_input_seek(izh_input *input, unsigned long long offset, izh_err *err) {
  return lseek(input->file, (off_t)offset, SEEK_SET) < 0 ? fail(err, input->path, errno) : IZH_OK;
}

bool izh_input_exists(const char *path) {
  int file = izh_open(path, IZH_ONLY_PATH | O_CLOEXEC, 0);
  if (file >= 0) close(file);
  return file >= 0;
}

const char *izh_input_for_library(izh_input *input) {
  if (!izh_sandbox_folder()) return input->path;
  snprintf(input->link, sizeof input->link, "/proc/self/fd/%d", input->file);
  return input->link;
}

const char *izh_input_path(const izh_input *input) {
  return input->path;
}

izh_status izh_input_wrong(const izh_input *input, izh_err *err, const char *format, ...) {
  char why[IZH_ERR_MESSAGE_SIZE];
  va_list args;
  va_start(args, format);
  vsnprintf(why, sizeof why, format, args);
  va_end(args);
  return izh_fail(err, IZH_FORMAT, "cannot read \"%s\": %s", input->path, why);
}
