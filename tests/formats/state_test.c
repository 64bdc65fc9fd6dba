/* The file of a network's state: what is written comes back, in pieces of any size; the old file stays when
 * the new one cannot be finished. What the state itself may be is tested in tests/core/state_test.c, damage
 * in tests/lua/save.lua. */
#include "formats/crc64.h"
#include "formats/state.h"
#include "helpers.h"

static void checksums_are_those_of_xz(void **state) {
  (void)state;
  assert_int_equal(izh_crc64(0, "123456789", 9),
                   UINT64_C(0x995dc9bbdf1939fa)); /* the catalogue's check value */
  assert_int_equal(izh_crc64(0, "", 0), 0);
  unsigned char bytes[100];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (unsigned char)(i * 37);
  uint64_t whole = izh_crc64(0, bytes, sizeof bytes);
  for (size_t cut = 0; cut <= sizeof bytes; cut++)
    assert_int_equal(izh_crc64(izh_crc64(0, bytes, cut), bytes + cut, sizeof bytes - cut), whole);
}

static izh_status write_pieces(const char *path, unsigned char *bytes, size_t size, size_t piece) {
  izh_state_writer *writer;
  izh_status status = izh_state_begin(path, size, &writer, &fault);
  if (status) return status;
  for (size_t at = 0; at < size && !status; at += piece)
    status = izh_state_write(writer, bytes + at, size - at < piece ? size - at : piece, &fault);
  if (!status) return izh_state_commit(writer, &fault);
  return izh_state_abandon(writer, &fault);
}

static izh_status read_pieces(const char *path, unsigned char *bytes, size_t size, size_t piece) {
  izh_state_reader *reader;
  uint64_t length = 0;
  izh_status status = izh_state_open(path, &reader, &length, &fault);
  if (status) return status;
  assert_int_equal(length, size);
  for (size_t at = 0; at < size && !status; at += piece)
    status = izh_state_read(reader, bytes + at, size - at < piece ? size - at : piece, &fault);
  izh_state_close(reader);
  return status;
}

static void all_sizes_come_back(void **state) {
  (void)state;
  static const size_t sizes[] = {0, 1, 4096, (1 << 20) - 40, (1 << 20) - 39, (1 << 20) + 1, 2500000};
  static const size_t pieces[] = {1 << 22, 1013, 7};
  for (size_t i = 0; i < COUNT_OF(sizes); i++) {
    size_t size = sizes[i];
    unsigned char *bytes = malloc(size + 1), *back = malloc(size + 1);
    for (size_t k = 0; k < size; k++) bytes[k] = (unsigned char)(k * 2654435761u >> 13);
    for (size_t p = 0; p < COUNT_OF(pieces); p++) {
      MUST(write_pieces("x.izh", bytes, size, pieces[p]));
      memset(back, 0, size);
      MUST(read_pieces("x.izh", back, size, pieces[COUNT_OF(pieces) - 1 - p]));
      assert_memory_equal(back, bytes, size);
    }
    free(bytes);
    free(back);
  }
}

static void old_files_stay(void **state) {
  (void)state;
  unsigned char bytes[] = "the state", back[sizeof bytes];
  MUST(write_pieces("old.izh", bytes, sizeof bytes, 3));
  izh_state_writer *writer;
  MUST(izh_state_begin("old.izh", 5, &writer, &fault));
  MUST(izh_state_write(writer, bytes, 2, &fault));
  assert_int_not_equal(izh_state_abandon(writer, &fault), IZH_OK);
  MUST(read_pieces("old.izh", back, sizeof bytes, 4));
  assert_memory_equal(back, bytes, sizeof bytes);
  MUST_FAIL(write_pieces("/dev/full", bytes, sizeof bytes, 3), IZH_IO,
            "cannot write \"/dev/full\": No space left on device");
  MUST_FAIL(read_pieces("/dev/null", back, sizeof bytes, 3), IZH_FORMAT,
            "cannot read \"/dev/null\": it is not a regular file");
}

static void memory_may_run_out(void **state) {
  (void)state;
  unsigned char bytes[] = "the state", back[sizeof bytes];
  long held = izh_alloc_held(), failures = 0;
  for (long n = 1; n < 12; n++) {
    izh_alloc_fail_at(n);
    izh_status status = write_pieces("m.izh", bytes, sizeof bytes, 3);
    if (!status) status = read_pieces("m.izh", back, sizeof bytes, 3);
    izh_alloc_fail_at(0);
    failures += status == IZH_MEMORY;
    assert_true(status == IZH_OK || status == IZH_MEMORY);
    assert_int_equal(izh_alloc_held(), held);
  }
  assert_in_range(failures, 4, 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(checksums_are_those_of_xz),
      cmocka_unit_test(all_sizes_come_back),
      cmocka_unit_test(old_files_stay),
      cmocka_unit_test(memory_may_run_out),
  };
  return RUN_TESTS(tests);
}
