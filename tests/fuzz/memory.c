/* In place of formats/input.c, for targets of formats that read no other way: a file that is in memory, so
 * that no call of the system is made and more inputs are tried. There is one file, whatever its path. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "formats/input.h"
#include "fuzz.h"

struct izh_input {
  size_t at;
};

static const char path[] = "fuzz";
static struct {
  const uint8_t *data;
  size_t size;
} file;

const char *fuzz_file(const uint8_t *data, size_t size) {
  file.data = data;
  file.size = size;
  return path;
}

izh_status izh_input_open(const char *name, izh_input **input, izh_err *err) {
  (void)name;
  *input = izh_alloc_zero(1, sizeof **input); /* counted, so that one that is not closed is noticed */
  return *input ? IZH_OK : izh_fail_memory(err, sizeof **input);
}

void izh_input_close(izh_input *input) {
  izh_free(input);
}

izh_status izh_input_read(izh_input *input, void *data, size_t size, size_t *got, izh_err *err) {
  (void)err;
  size_t left = input->at < file.size ? file.size - input->at : 0;
  *got = size < left ? size : left;
  if (*got > 0) memcpy(data, file.data + input->at, *got);
  input->at += *got;
  return IZH_OK;
}

izh_status izh_input_size(const izh_input *input, unsigned long long *size, izh_err *err) {
  (void)input;
  (void)err;
  *size = file.size;
  return IZH_OK;
}

izh_status izh_input_seek(izh_input *input, unsigned long long offset, izh_err *err) {
  if (offset > SIZE_MAX / 2) return izh_fail(err, IZH_IO, "cannot read \"%s\": no such place", path);
  input->at = offset;
  return IZH_OK;
}

bool izh_input_exists(const char *name) {
  (void)name;
  return true;
}

const char *izh_input_for_library(izh_input *input) {
  (void)input;
  abort();
}

const char *izh_input_path(const izh_input *input) {
  (void)input;
  return path;
}

izh_status izh_input_wrong(const izh_input *input, izh_err *err, const char *format, ...) {
  (void)input;
  char why[IZH_ERR_MESSAGE_SIZE];
  va_list args;
  va_start(args, format);
  vsnprintf(why, sizeof why, format, args);
  va_end(args);
  return izh_fail(err, IZH_FORMAT, "cannot read \"%s\": %s", path, why);
}
