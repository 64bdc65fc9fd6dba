/* What the tests of the formats share: files in an empty folder, and calls that must succeed or fail as said.
 */
#ifndef IZH_TESTS_FORMATS_HELPERS_H
#define IZH_TESTS_FORMATS_HELPERS_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "formats/hdf5.h"
#include "formats/npy.h"
#include "formats/npz.h"
#include "formats/number.h"
#include "formats/text.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static izh_err fault;

#define MUST(call) expect_status((call), IZH_OK, NULL, __FILE__, __LINE__)
/* The message is exactly this. */
#define MUST_FAIL(call, status, message) expect_status((call), (status), (message), __FILE__, __LINE__)

static inline void expect_status(izh_status got, izh_status wanted, const char *message, const char *file,
                                 int line) {
  if (got != wanted) {
    print_error("status %d instead of %d; last message: %s\n", got, wanted, fault.message);
    _fail(file, line);
  }
  if (message && strcmp(fault.message, message) != 0) {
    print_error("\"%s\" instead of \"%s\"\n", fault.message, message);
    _fail(file, line);
  }
}

/* Fails also when something that was allocated has not been freed. */
#define RUN_TESTS(tests) (cmocka_run_group_tests(tests, enter_folder, leave_folder) + (izh_alloc_held() != 0))

static char folder[] = "/tmp/izhlua-formats-XXXXXX";

static inline int enter_folder(void **state) {
  (void)state;
  return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static inline int leave_folder(void **state) {
  (void)state;
  char command[64];
  snprintf(command, sizeof command, "rm -rf %s", folder);
  return chdir("/") == 0 ? system(command) : -1;
}

static inline void write_file(const char *path, const void *bytes, size_t size) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, size, file), size);
  fclose(file);
}

/* The whole file, to be freed with free. */
static inline unsigned char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  unsigned char *bytes = malloc(*size + 1);
  assert_non_null(bytes);
  assert_int_equal(fread(bytes, 1, *size, file), *size);
  bytes[*size] = '\0';
  fclose(file);
  return bytes;
}

static inline izh_source source_of(const char *name, const double *values, size_t n) {
  return (izh_source){.name = name, .dimensions = 1, .rows = n, .columns = 1, .values = values};
}

#endif
