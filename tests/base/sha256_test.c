/* SHA-256: the examples of FIPS 180-4, every length around the blocks, and pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/sha256.h"

static void assert_sum(const char *text, const char *expected) {
  char sum[IZH_SHA256_SIZE];
  izh_sha256_of(text, strlen(text), sum);
  assert_string_equal(sum, expected);
}

static void published_examples(void **state) {
  (void)state;
  assert_sum("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert_sum("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert_sum("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
             "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void a_million_letters(void **state) {
  (void)state;
  enum { N = 1000000 };
  char *letters = malloc(N), sum[IZH_SHA256_SIZE];
  assert_non_null(letters);
  memset(letters, 'a', N);
  izh_sha256_of(letters, N, sum);
  assert_string_equal(sum, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  free(letters);
}

/* The sums of 0 … 199 letters, each added in two pieces, and their own sum; the expected one is coreutils'
 * sha256sum of the same. */
static void every_length_in_pieces(void **state) {
  (void)state;
  char letters[200], sum[IZH_SHA256_SIZE];
  izh_sha256 all;
  memset(letters, 'x', sizeof letters);
  izh_sha256_begin(&all);
  for (size_t n = 0; n < sizeof letters; n++) {
    izh_sha256 one;
    izh_sha256_begin(&one);
    izh_sha256_add(&one, letters, n / 3);
    izh_sha256_add(&one, letters, n - n / 3);
    izh_sha256_end(&one, sum);
    izh_sha256_add(&all, sum, 64);
  }
  izh_sha256_end(&all, sum);
  assert_string_equal(sum, "f61ffcc417e1f0e59eba2da7fa32fbe05b64e478b68c6bacf990455f00248b98");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(published_examples),
      cmocka_unit_test(a_million_letters),
      cmocka_unit_test(every_length_in_pieces),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
