/* Files that are damaged at random, or cut off: an error or numbers, never a crash, never a leak (the
 * sanitizers look as well). The seed is fixed. */
#include "helpers.h"

static uint64_t random_state = 20260923;

static size_t random_below(size_t n) {
  random_state ^= random_state >> 12;
  random_state ^= random_state << 25;
  random_state ^= random_state >> 27;
  return (size_t)((random_state * UINT64_C(2685821657736338717)) >> 33) % n;
}

/* Changes some bytes, or cuts off the end, or repeats a piece. */
static size_t damage(unsigned char *bytes, size_t size) {
  for (size_t changes = 1 + random_below(4); changes > 0; changes--) {
    size_t at = random_below(size);
    switch (random_below(6)) {
    case 0:
      return at;
    case 1:
      bytes[at] = (unsigned char)random_below(256);
      break;
    case 2:
      bytes[at] = 0xff;
      break;
    case 3:
      bytes[at] ^= (unsigned char)(1u << random_below(8));
      break;
    case 4:
      bytes[at] = (unsigned char)"0123456789,\n.(){}'"[random_below(18)];
      break;
    default: {
      size_t from = random_below(size);
      memmove(bytes + at, bytes + from, random_below(size - (at > from ? at : from)) + 1);
    }
    }
  }
  return size;
}

typedef izh_status load(const char *path, izh_table *table, izh_err *err);

static izh_status load_csv(const char *path, izh_table *table, izh_err *err) {
  return izh_text_load(path, ',', true, table, err);
}

static izh_status load_txt(const char *path, izh_table *table, izh_err *err) {
  return izh_text_load(path, ' ', true, table, err);
}

static void attack(const char *path, load *reads, int times) {
  size_t size;
  unsigned char *good = read_file(path, &size), *bad = malloc(size);
  assert_non_null(bad);
  int refused = 0;
  for (int i = 0; i < times; i++) {
    memcpy(bad, good, size);
    write_file("bad", bad, damage(bad, size));
    izh_table table;
    fault.message[0] = '\0';
    izh_status status = reads("bad", &table, &fault);
    bool whole = status == IZH_OK;
    for (size_t k = 0; k < table.n; k++) whole = whole && !table.arrays[k].refused;
    refused += !whole;
    if (status) assert_true(strncmp(fault.message, "cannot read ", 12) == 0 || status == IZH_MEMORY);
    if (status) assert_int_equal(table.n, 0);
    double sum = 0;
    for (size_t k = 0; k < table.n; k++)
      for (size_t j = 0; j < table.arrays[k].rows * table.arrays[k].columns && table.arrays[k].values; j++)
        sum += table.arrays[k].values[j];
    (void)sum;
    izh_table_free(&table);
    assert_int_equal(izh_alloc_held(), 0);
  }
  assert_in_range(refused, times / 20, times);
  /* cut off at every place: only the last bytes of an archive, which say nothing, may be missing */
  for (size_t cut = 0; cut < size; cut++) {
    write_file("bad", good, cut);
    izh_table table;
    izh_status status = reads("bad", &table, &fault);
    size_t spare = reads == izh_npz_load ? 3 : 0;
    if ((reads == izh_npy_load || reads == izh_npz_load) && cut + spare < size && status != IZH_FORMAT)
      fail_msg("%s cut off after %zu of %zu bytes: status %d", path, cut, size, status);
    izh_table_free(&table);
  }
  free(good);
  free(bad);
}

static void damaged_files_are_refused(void **state) {
  (void)state;
  const double a[] = {1, 2.5, -3e7, 4, 5, 6.125}, b[] = {1, 2, 3, 4, 5, 6};
  izh_source sources[] = {source_of("a", a, 6), source_of("b", b, 3)};
  sources[1].dimensions = 2;
  sources[1].columns = 2;
  MUST(izh_npy_save("x.npy", &sources[1], 1, &fault));
  attack("x.npy", izh_npy_load, 5000);
  MUST(izh_npz_save("x.npz", sources, 2, &fault));
  attack("x.npz", izh_npz_load, 5000);
  sources[1] = source_of("b", b, 6);
  MUST(izh_text_save("x.csv", ',', true, sources, 2, &fault));
  attack("x.csv", load_csv, 5000);
  MUST(izh_text_save("x.txt", ' ', true, sources, 2, &fault));
  attack("x.txt", load_txt, 5000);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(damaged_files_are_refused)};
  return RUN_TESTS(tests);
}
