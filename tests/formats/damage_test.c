/* Files that are damaged at random, or cut off: an error or numbers, never a crash, never a leak (the
 * sanitizers look as well). The seed is fixed. */
#include "formats/columns.h"
#include "formats/matrix.h"
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

/* What is found in a file is looked at, all of it. */
static double sum_of(const izh_column *column) {
  double sum = 0;
  for (size_t k = 0; k < column->n && column->values; k++) sum += izh_column_at(column, k);
  return sum;
}

static izh_status load_edges(const char *path, izh_table *table, izh_err *err) {
  izh_status status = izh_text_load(path, ';', false, table, err);
  izh_mapping mapping = {.path = path, .population = "b"};
  izh_edges_in edges;
  izh_spikes_in spikes;
  izh_err none;
  if (!status && !izh_edges_find(table, &mapping, &edges, &none))
    sum_of(&edges.pre), sum_of(&edges.post), sum_of(&edges.weight), sum_of(&edges.delay),
        sum_of(&edges.count);
  if (!status && !izh_spikes_find(table, &mapping, &spikes, &none))
    sum_of(&spikes.times), sum_of(&spikes.senders);
  return status;
}

/* Can all be read that it holds. */
static bool is_whole(izh_status status, const izh_table *table) {
  bool whole = status == IZH_OK;
  for (size_t k = 0; k < table->n; k++) whole = whole && !table->arrays[k].refused;
  return whole;
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
    refused += !is_whole(status, &table);
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
    if ((reads == izh_npy_load || reads == izh_npz_load) && cut + spare < size && is_whole(status, &table))
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
  static const char market[] =
      "%%MatrixMarket matrix coordinate real symmetric\n% by hand\n4 4 3\n2 1 0.5\n3 3 "
      "-1e2\n4 1 7\n";
  write_file("x.mtx", market, sizeof market - 1);
  attack("x.mtx", izh_market_load, 1500);
  static const char edges[] =
      "i;j;t;w;delay_s;population;delay_unit\n1;2;1;0,5;0,001;a;s\n2;1;2;1,5;0,002;b;s\n";
  write_file("x.edges", edges, sizeof edges - 1);
  attack("x.edges", load_edges, 1500);
}

/* A file may hold nothing at all. */
static void nothing_is_found_in_nothing(void **state) {
  (void)state;
  izh_table table = {0};
  izh_mapping mapping = {.path = "x.npz"};
  izh_spikes_in spikes;
  izh_edges_in edges;
  MUST_FAIL(izh_spikes_find(&table, &mapping, &spikes, &fault), IZH_FORMAT,
            "\"x.npz\" has no names of columns: columns = { times = 1, senders = 2 } says which is which");
  MUST_FAIL(izh_edges_find(&table, &mapping, &edges, &fault), IZH_FORMAT,
            "\"x.npz\" has no names of columns: columns = { pre = 1, post = 2 } says which is which");
}

/* Indices that lead astray in a sparse matrix. */
static void damaged_matrices_are_refused(void **state) {
  (void)state;
  const double data[] = {1, 2, 3}, indices[] = {0, 2, 1}, starts[] = {0, 1, 2, 3}, shape[] = {3, 3};
  const izh_array parts[] = {
      {.dimensions = 1, .rows = 3, .columns = 1, .values = (double *)(uintptr_t)data},
      {.dimensions = 1, .rows = 3, .columns = 1, .values = (double *)(uintptr_t)indices},
      {.dimensions = 1, .rows = 4, .columns = 1, .values = (double *)(uintptr_t)starts},
      {.dimensions = 1, .rows = 2, .columns = 1, .values = (double *)(uintptr_t)shape}};
  static const char *const names[] = {"data", "indices", "indptr", "shape"};
  int taken = 0;
  for (int round = 0; round < 2000; round++) {
    izh_table table = {0};
    for (size_t k = 0; k < COUNT_OF(parts); k++) {
      izh_array copy = parts[k];
      copy.values = izh_alloc(copy.rows, sizeof *copy.values);
      memcpy(copy.values, parts[k].values, copy.rows * sizeof *copy.values);
      if (random_below(3) == 0) copy.values[random_below(copy.rows)] = (double)random_below(8) - 2;
      if (random_below(8) == 0) copy.rows--;
      MUST(izh_table_add(&table, names[k], copy, &fault));
    }
    izh_array format = {.rows = 1, .columns = 1, .words = izh_strdup(round % 2 ? "csr" : "csc")};
    MUST(izh_table_add(&table, "format", format, &fault));
    taken += izh_matrix_scipy(&table, "x.npz", &fault) == IZH_OK && table.has_shape;
    for (size_t k = 0; k < table.arrays[0].rows && table.has_shape; k++)
      assert_in_range((size_t)table.arrays[0].values[k], 1, table.shape[0]);
    izh_table_free(&table);
    assert_int_equal(izh_alloc_held(), 0);
  }
  assert_in_range(taken, 200, 1800);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(damaged_files_are_refused),
                                     cmocka_unit_test(nothing_is_found_in_nothing),
                                     cmocka_unit_test(damaged_matrices_are_refused)};
  return RUN_TESTS(tests);
}
