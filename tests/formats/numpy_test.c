/* .npy and .npz: all kinds of elements and orders, and what is refused. readers.py compares with numpy
 * itself. */
#include <signal.h>
#include <sys/resource.h>

#include "helpers.h"

/* A file of version 1.0 with a header and bytes. */
static void make_npy(const char *path, const char *header, const void *bytes, size_t size) {
  unsigned char file[1024] = "\x93NUMPY\x01";
  size_t length = strlen(header);
  file[8] = (unsigned char)length;
  file[9] = (unsigned char)(length >> 8);
  memcpy(file + 10, header, length);
  if (size > 0) memcpy(file + 10 + length, bytes, size);
  write_file(path, file, 10 + length + size);
}

static void expect_numbers(const char *path, const double *wanted, size_t rows, size_t columns) {
  izh_table table;
  MUST(izh_npy_load(path, &table, &fault));
  assert_int_equal(table.n, 1);
  assert_int_equal(table.arrays[0].rows, rows);
  assert_int_equal(table.arrays[0].columns, columns);
  for (size_t i = 0; i < rows * columns; i++) assert_true(table.arrays[0].values[i] == wanted[i]);
  izh_table_free(&table);
}

static void elements_are_read(void **state) {
  (void)state;
  static const double wanted[] = {1, -2};
  make_npy("a", "{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }\n", "\x01\x00\xfe\xff", 4);
  expect_numbers("a", wanted, 2, 1);
  make_npy("a", "{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }\n", "\x00\x01\xff\xfe", 4);
  expect_numbers("a", wanted, 2, 1);
  make_npy("a", "{'descr':'|i1','fortran_order':False,'shape':(2,)}", "\x01\xfe", 2);
  expect_numbers("a", wanted, 2, 1);
  make_npy("a", "{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (2L,), }\n",
           "\0\0\x80\x3f\0\0\0\xc0", 8);
  expect_numbers("a", wanted, 2, 1);
  make_npy("a", "{'shape': (2,), 'fortran_order': False, 'descr': '>f8'}",
           "\x3f\xf0\0\0\0\0\0\0\xc0\0\0\0\0\0\0\0", 16);
  expect_numbers("a", wanted, 2, 1);
  static const double bools[] = {1, 0}, whole[] = {4294967295.0, 128}, one[] = {-1};
  make_npy("a", "{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }\n", "\x01\x00", 2);
  expect_numbers("a", bools, 2, 1);
  make_npy("a", "{'descr': '<u4', 'fortran_order': False, 'shape': (2,), }\n", "\xff\xff\xff\xff\x80\0\0\0",
           8);
  expect_numbers("a", whole, 2, 1);
  make_npy("a", "{'descr': '<i8', 'fortran_order': False, 'shape': (), }\n",
           "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
  expect_numbers("a", one, 1, 1);
}

static void orders_are_read(void **state) {
  (void)state;
  static const double wanted[] = {1, 2, 3, 4, 5, 6};
  make_npy("a", "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }\n", "\1\2\3\4\5\6", 6);
  expect_numbers("a", wanted, 2, 3);
  make_npy("a", "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }\n", "\1\4\2\5\3\6", 6);
  expect_numbers("a", wanted, 2, 3);
  make_npy("a", "{'descr': '|u1', 'fortran_order': True, 'shape': (0, 3), }\n", "", 0);
  expect_numbers("a", NULL, 0, 3);
}

static void expect_wrong(const char *header, size_t size, const char *why) {
  static const unsigned char bytes[64] = {[0] = 1, [6] = 1, [7] = 0x7f};
  char message[300];
  make_npy("a", header, bytes, size);
  snprintf(message, sizeof message, "cannot read \"a\": %s", why);
  izh_table table;
  MUST_FAIL(izh_npy_load("a", &table, &fault), IZH_FORMAT, message);
  assert_int_equal(table.n, 0);
}

static void what_cannot_be_read_is_said(void **state) {
  (void)state;
  static const char unclear[] = "the header cannot be understood";
  expect_wrong("{'descr': '<c16', 'fortran_order': False, 'shape': (2,), }", 32,
               "its elements are of type '<c16'; bool, integers, float32 and float64 can be read");
  expect_wrong("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", 32,
               "its elements are of type '|O'; bool, integers, float32 and float64 can be read");
  expect_wrong("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (2,), }", 8,
               "its elements are records of several fields; save each field apart");
  expect_wrong("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1, 2), }", 32,
               "it has 3 dimensions; two at most can be read");
  expect_wrong("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", 12,
               "it is cut off: 2 × 8 bytes are promised, and 12 are there");
  expect_wrong("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", 17,
               "1 more byte than its numbers take");
  expect_wrong("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", 0,
               "its header promises more numbers than any memory holds");
  expect_wrong("{'descr': '<f8', 'fortran_order': False, 'shape': (1111111111111111100, 0), }", 0,
               "it has 1111111111111111100 rows of 0 numbers, which is none");
  expect_wrong("{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }", 8,
               "number 1, about 9.1515959177935585e+18, has too many digits for a double");
  expect_wrong("", 0, unclear);
  expect_wrong("{", 0, unclear);
  expect_wrong("{}", 0, unclear);
  expect_wrong("{'descr': '<f8', 'fortran_order': Maybe, 'shape': (2,), }", 16, unclear);
  expect_wrong("{'descr': '<f8', 'fortran_order': False, 'shape': (x,), }", 16, unclear);
  expect_wrong("{'descr': '<f8', 'fortran_order': False, 'shape': (-2,), }", 16, unclear);
  expect_wrong("{'descr': '<f8', 'fortran_order': False, 'shape': (2", 16, unclear);
  expect_wrong("{'descr': '<f8', 'fortran_order': False}", 16, unclear);
  expect_wrong("{'descr': '<f8', 'colour': 'red', 'shape': (2,)}", 16, unclear);
  expect_wrong("{'descr' '<f8'}", 16, unclear);
  expect_wrong("{'descr: <f8}", 16, unclear);
  izh_table table;
  write_file("a", "hello world", 11);
  MUST_FAIL(izh_npy_load("a", &table, &fault), IZH_FORMAT, "cannot read \"a\": it is not a NumPy file");
  write_file("a", "", 0);
  MUST_FAIL(izh_npy_load("a", &table, &fault), IZH_FORMAT, "cannot read \"a\": it is not a NumPy file");
  write_file("a", "\x93NUMPY\x04\0\1\0{", 11);
  MUST_FAIL(izh_npy_load("a", &table, &fault), IZH_FORMAT,
            "cannot read \"a\": version 4 of the format is not known");
  write_file("a", "\x93NUMPY\x01\0\x09\0{", 11);
  MUST_FAIL(izh_npy_load("a", &table, &fault), IZH_FORMAT, "cannot read \"a\": it ends within the header");
  MUST_FAIL(izh_npy_load("none", &table, &fault), IZH_IO, "cannot read \"none\": No such file or directory");
  MUST_FAIL(izh_npy_load("/dev/null", &table, &fault), IZH_FORMAT,
            "cannot read \"/dev/null\": it is not a regular file");
}

static void archives_come_back(void **state) {
  (void)state;
  enum { N = 20000 };
  double *a = malloc(N * sizeof *a), *b = malloc(N * sizeof *b);
  for (int i = 0; i < N; i++) a[i] = sin(i), b[i] = i - 5;
  izh_source sources[] = {source_of("a", a, N), source_of("b", b, N), source_of("m", a, 50),
                          source_of("none", a, 0)};
  sources[1].element = IZH_ELEMENT_INT64;
  sources[2].dimensions = 2;
  sources[2].columns = 3;
  MUST(izh_npz_save("x.npz", sources, COUNT_OF(sources), &fault));
  izh_table table;
  MUST(izh_npz_load("x.npz", &table, &fault));
  assert_int_equal(table.n, 4);
  assert_memory_equal(izh_table_find(&table, "a")->values, a, N * sizeof *a);
  assert_memory_equal(izh_table_find(&table, "b")->values, b, N * sizeof *b);
  const izh_array *m = izh_table_find(&table, "m");
  assert_true(m->rows == 50 && m->columns == 3);
  for (int i = 0; i < 50; i++)
    for (int k = 0; k < 3; k++) assert_true(m->values[3 * i + k] == a[50 * k + i]);
  assert_int_equal(izh_table_find(&table, "none")->rows, 0);
  izh_table_free(&table);
  size_t size, size2; /* the same bytes whenever it is written */
  unsigned char *first = read_file("x.npz", &size);
  MUST(izh_npz_save("x.npz", sources, COUNT_OF(sources), &fault));
  unsigned char *second = read_file("x.npz", &size2);
  assert_true(size == size2 && memcmp(first, second, size) == 0);
  free(first);
  free(second);
  free(a);
  free(b);
}

static void archives_that_are_none(void **state) {
  (void)state;
  izh_table table;
  write_file("x.npz", "hello world", 11);
  MUST_FAIL(izh_npz_load("x.npz", &table, &fault), IZH_FORMAT,
            "cannot read \"x.npz\": it is not a zip archive, or cut off");
  MUST_FAIL(izh_npz_load("none.npz", &table, &fault), IZH_IO,
            "cannot read \"none.npz\": No such file or directory");
}

/* The old file stays when the disk is full, for which a limit to the size of files stands. */
static void a_full_disk_leaves_the_old_file(void **state) {
  (void)state;
  signal(SIGXFSZ, SIG_IGN);
  enum { N = 100000 };
  double *a = calloc(N, sizeof *a);
  izh_source source = source_of("a", a, N);
  const char *const paths[] = {"full.npy", "full.npz", "full.csv"};
  for (int i = 0; i < 3; i++) write_file(paths[i], "old", 3);
  struct rlimit limit;
  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = 100000;
  setrlimit(RLIMIT_FSIZE, &limit);
  MUST_FAIL(izh_npy_save(paths[0], &source, 1, &fault), IZH_IO, "cannot write \"full.npy\": File too large");
  MUST_FAIL(izh_npz_save(paths[1], &source, 1, &fault), IZH_IO, "cannot write \"full.npz\": File too large");
  MUST_FAIL(izh_text_save(paths[2], ',', true, &source, 1, &fault), IZH_IO,
            "cannot write \"full.csv\": File too large");
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_FSIZE, &limit);
  for (int i = 0; i < 3; i++) {
    size_t size;
    unsigned char *bytes = read_file(paths[i], &size);
    assert_string_equal((char *)bytes, "old");
    free(bytes);
  }
  MUST_FAIL(izh_npy_save("no/x.npy", &source, 1, &fault), IZH_IO,
            "cannot write \"no/x.npy\": No such file or directory");
  MUST_FAIL(izh_npz_save("no/x.npz", &source, 1, &fault), IZH_IO,
            "cannot write \"no/x.npz\": No such file or directory");
  MUST_FAIL(izh_text_save("no/x.csv", ',', true, &source, 1, &fault), IZH_IO,
            "cannot write \"no/x.csv\": No such file or directory");
  assert_int_equal(system("test -z \"$(ls -A | grep izhlua-)\""), 0); /* no temporary file is left */
  free(a);
}

static izh_status fill(const void *context, size_t column, double *values, izh_err *err) {
  if (context && column == 1) return izh_fail(err, IZH_IO, "the well is dry");
  for (int i = 0; i < 10; i++) values[i] = (double)column * 100 + i;
  return IZH_OK;
}

static void sources_are_filled(void **state) {
  (void)state;
  izh_source source = {.name = "m", .dimensions = 2, .rows = 10, .columns = 3, .fill = fill};
  MUST(izh_npy_save("f.npy", &source, 1, &fault));
  izh_table table;
  MUST(izh_npy_load("f.npy", &table, &fault));
  for (int i = 0; i < 10; i++)
    for (int k = 0; k < 3; k++) assert_true(table.arrays[0].values[3 * i + k] == k * 100 + i);
  izh_table_free(&table);
  source.context = "dry";
  MUST_FAIL(izh_npy_save("g.npy", &source, 1, &fault), IZH_IO, "the well is dry");
  MUST_FAIL(izh_npz_save("g.npz", &source, 1, &fault), IZH_IO, "the well is dry");
  assert_true(access("g.npy", F_OK) != 0 && access("g.npz", F_OK) != 0);
}

static void memory_runs_out(void **state) {
  (void)state;
  izh_source source = {.name = "m", .dimensions = 2, .rows = 10, .columns = 3, .fill = fill};
  izh_status status = IZH_MEMORY;
  for (long n = 1; status; n++) {
    izh_alloc_fail_at(n);
    status = izh_npz_save("m.npz", &source, 1, &fault);
    izh_alloc_fail_at(0);
    assert_int_equal(status, status ? IZH_MEMORY : IZH_OK);
    assert_int_equal(access("m.npz", F_OK) == 0, status == IZH_OK);
  }
  status = IZH_MEMORY;
  izh_table table;
  for (long n = 1; status; n++) {
    izh_alloc_fail_at(n);
    status = izh_npz_load("m.npz", &table, &fault);
    izh_alloc_fail_at(0);
    assert_int_equal(status, status ? IZH_MEMORY : IZH_OK);
    if (status) assert_int_equal(izh_alloc_held(), 0);
  }
  izh_table_free(&table);
}

static void without_hdf5_it_says_so(void **state) {
  (void)state;
  izh_file file = {
      .path = "x.h5", .format = izh_format_find("x.h5", IZH_CONTENT_SPIKES, false), .modules = "/nowhere"};
  izh_wanted wanted = {.content = IZH_CONTENT_SPIKES};
  izh_table table;
  MUST_FAIL(
      file.format->read(&file, &wanted, &table, &fault), IZH_IO,
      "izhlua was built without HDF5, and cannot read or write .h5 and .nwb files (with Debian's libhdf5-dev "
      "installed, build it again)");
  write_file("hdf5.so", "hello", 5);
  file.modules = ".";
  assert_int_equal(file.format->read(&file, &wanted, &table, &fault), IZH_IO);
  assert_memory_equal(fault.message, "cannot load HDF5: ", 18);
}

/* One row for each: what is asked of the list of formats, and what messages show. */
static void formats_are_found_by_their_ending(void **state) {
  (void)state;
  char endings[IZH_ENDINGS_SIZE];
  assert_string_equal(izh_format_endings(endings, IZH_CONTENT_SPIKES, false),
                      ".npy, .npz, .csv, .tsv, .txt, .dat, .gdf, .ras, .h5, .nwb or .mat");
  assert_string_equal(izh_format_endings(endings, IZH_CONTENT_STATE, true), ".izh");
  assert_ptr_equal(izh_format_find("a.b/x.npz", IZH_CONTENT_EDGES, true), &izh_format_npz);
  assert_ptr_equal(izh_format_find("X.CSV", IZH_CONTENT_SPIKES, false), &izh_format_csv);
  assert_null(izh_format_find("x.nwb", IZH_CONTENT_EDGES, false));
  assert_null(izh_format_find("npz", IZH_CONTENT_EDGES, false));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(elements_are_read),           cmocka_unit_test(orders_are_read),
      cmocka_unit_test(what_cannot_be_read_is_said), cmocka_unit_test(archives_come_back),
      cmocka_unit_test(archives_that_are_none),      cmocka_unit_test(a_full_disk_leaves_the_old_file),
      cmocka_unit_test(sources_are_filled),          cmocka_unit_test(memory_runs_out),
      cmocka_unit_test(without_hdf5_it_says_so),     cmocka_unit_test(formats_are_found_by_their_ending),
  };
  return RUN_TESTS(tests);
}
