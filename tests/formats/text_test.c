/* Numbers as text: every bit comes back, whatever the locale; what is wrong is named with its line. */
#include <locale.h>

#include "helpers.h"

static double back(double number) {
  char text[IZH_NUMBER_TEXT];
  int length = izh_number_write(text, number);
  assert_int_equal(length, strlen(text));
  double read = 77;
  if (!izh_number_read(text, (size_t)length, &read)) fail_msg("\"%s\" is not read", text);
  return read;
}

static void must_come_back(double number) {
  double got = back(number);
  if (memcmp(&got, &number, sizeof got) != 0) fail_msg("%a comes back as %a", number, got);
}

static uint64_t next_random(uint64_t *state) { /* xorshift64* */
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return *state * UINT64_C(2685821657736338717);
}

static void check_round_trips(void) {
  static const double some[] = {0,
                                -0.0,
                                1,
                                -1,
                                0.1,
                                0.3,
                                1e-6,
                                1e-7,
                                123456789.123456,
                                1e9,
                                1e15,
                                1e16,
                                1e22,
                                1e23,
                                1e300,
                                5e-324,
                                1.7976931348623157e308,
                                1.0 / 3,
                                -2.0 / 3,
                                INFINITY,
                                -INFINITY,
                                999999999.999999,
                                2147483648.0,
                                0.0000005};
  for (size_t i = 0; i < COUNT_OF(some); i++) must_come_back(some[i]);
  assert_true(isnan(back(NAN)));
  uint64_t state = 88172645463325252u;
  for (int i = 0; i < 200000; i++) {
    uint64_t bits = next_random(&state);
    double number;
    memcpy(&number, &bits, sizeof number);
    if (!isnan(number)) must_come_back(number);
    must_come_back((double)(int64_t)(bits >> 20) / 1e6); /* decimals */
    must_come_back((double)(int64_t)(bits >> 40) / 1e3);
    must_come_back(ldexp((double)(bits >> 11), -60));
  }
}

static void every_bit_comes_back(void **state) {
  (void)state;
  check_round_trips();
}

static void the_locale_does_not_matter(void **state) {
  (void)state;
  const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "C"};
  for (size_t i = 0; i < COUNT_OF(names); i++)
    if (setlocale(LC_ALL, names[i])) break;
  char text[IZH_NUMBER_TEXT];
  izh_number_write(text, 1.0 / 3);
  assert_string_equal(text, "0.33333333333333331");
  double got;
  assert_false(izh_number_read("1,5", 3, &got));
  check_round_trips();
  setlocale(LC_ALL, "C");
}

static void decimals_are_short(void **state) {
  (void)state;
  static const struct {
    double number;
    const char *text;
  } some[] = {{0.1, "0.1"},       {-0.5, "-0.5"},     {1000, "1000"},
              {0, "0"},           {-0.0, "-0"},       {0.3, "0.3"},
              {12.025, "12.025"}, {1e-6, "0.000001"}, {1e12, "1000000000000"},
              {NAN, "nan"},       {INFINITY, "inf"},  {-INFINITY, "-inf"}};
  for (size_t i = 0; i < COUNT_OF(some); i++) {
    char text[IZH_NUMBER_TEXT];
    izh_number_write(text, some[i].number);
    assert_string_equal(text, some[i].text);
  }
}

static void only_numbers_are_numbers(void **state) {
  (void)state;
  static const char *const wrong[] = {"",    " ",   "-",     ".",   "1.2.3", "1e", "0x10",
                                      "12 ", " 12", "1_000", "--1", "x",     "in", "+"};
  double got;
  for (size_t i = 0; i < COUNT_OF(wrong); i++)
    if (izh_number_read(wrong[i], strlen(wrong[i]), &got)) fail_msg("\"%s\" is read as %g", wrong[i], got);
  assert_false(izh_number_read("1\0002", 3, &got));
  static const struct {
    const char *text;
    double number;
  } right[] = {{"1.", 1},
               {".5", 0.5},
               {"+3", 3},
               {"1E3", 1000},
               {"-1e-3", -0.001},
               {"00012", 12},
               {"Infinity", INFINITY},
               {"123456789012345678901234567890", 123456789012345678901234567890.0}};
  for (size_t i = 0; i < COUNT_OF(right); i++) {
    assert_true(izh_number_read(right[i].text, strlen(right[i].text), &got));
    assert_true(got == right[i].number);
  }
  char longest[600];
  memset(longest, '1', sizeof longest);
  assert_false(izh_number_read(longest, sizeof longest, &got));
}

/* What a text holds, as "name:1,2 name:3,4", or the message. */
static const char *held(const char *text, char separator) {
  static char shown[4000];
  write_file("x", text, strlen(text));
  izh_table table;
  if (izh_text_load("x", separator, &table, &fault)) return fault.message;
  shown[0] = '\0';
  for (size_t k = 0; k < table.n; k++) {
    sprintf(shown + strlen(shown), "%s%s:", k ? " " : "", table.arrays[k].name);
    for (size_t i = 0; i < table.arrays[k].rows; i++)
      sprintf(shown + strlen(shown), "%s%g", i ? "," : "", table.arrays[k].values[i]);
  }
  izh_table_free(&table);
  return shown;
}

static void files_are_read(void **state) {
  (void)state;
  assert_string_equal(held("1,2\n3,4\n", ','), ":1,3 :2,4");
  assert_string_equal(held("1,2\n3,4", ','), ":1,3 :2,4");
  assert_string_equal(held("t,id\r\n1,2\r\n", ','), "t:1 id:2");
  assert_string_equal(held("\xEF\xBB\xBFt,\"my id\"\n1,2\n", ','), "t:1 my id:2");
  assert_string_equal(held("# a comment\n\n  \nt , id # more\n 1 , -2.5e1 #x\n", ','), "t:1 id:-25");
  assert_string_equal(held("t\tid\n1\t2\n", '\t'), "t:1 id:2");
  assert_string_equal(held("a  b\n 1 \t 2  \n3 4\n", ' '), "a:1,3 b:2,4");
  assert_string_equal(held("t,id\n", ','), "t: id:");
  assert_string_equal(held("7", ','), ":7");
}

static void mistakes_name_their_line(void **state) {
  (void)state;
  assert_string_equal(held("", ','), "cannot read \"x\": it is empty");
  assert_string_equal(held("# only\n\n", ','), "cannot read \"x\": it is empty");
  assert_string_equal(held("t,id\n1,2\n3,x\n", ','), "cannot read \"x\": line 3: \"x\" is not a number");
  assert_string_equal(held("t,id\n#\n1,\n", ','), "cannot read \"x\": line 3: a number is missing");
  assert_string_equal(held("t,id\n1\n", ','), "cannot read \"x\": line 2 has 1 column, the first has 2");
  assert_string_equal(held("1,2\n1,2,3\n", ','), "cannot read \"x\": line 2 has 3 columns, the first has 2");
  assert_string_equal(held("1;2\n3;4\n", ','), "cannot read \"x\": line 2: \"3;4\" is not a number");
  assert_string_equal(held("1\t2\n3\t\n", '\t'), "cannot read \"x\": line 2: a number is missing");
  char *longest = malloc(200001);
  memset(longest, '1', 200000);
  longest[200000] = '\0';
  assert_string_equal(held(longest, ','), "cannot read \"x\": line 1 is too long");
  free(longest);
  izh_table table;
  MUST_FAIL(izh_text_load("none", ',', &table, &fault), IZH_IO,
            "cannot read \"none\": No such file or directory");
  MUST_FAIL(izh_text_load("/", ',', &table, &fault), IZH_IO, "cannot read \"/\": Is a directory");
}

/* Many lines, so that they lie across the borders of the buffers. */
static void long_files_come_back(void **state) {
  (void)state;
  enum { N = 100000 };
  double *a = malloc(N * sizeof *a), *b = malloc(N * sizeof *b);
  for (int i = 0; i < N; i++) a[i] = i / 7.0, b[i] = (i * 31) % 1000;
  izh_source sources[] = {source_of("a", a, N), source_of("b", b, N)};
  MUST(izh_text_save("long.csv", ',', true, sources, 2, &fault));
  izh_table table;
  MUST(izh_text_load("long.csv", ',', &table, &fault));
  assert_int_equal(table.n, 2);
  assert_int_equal(table.arrays[0].rows, N);
  assert_memory_equal(izh_table_find(&table, "a")->values, a, N * sizeof *a);
  assert_memory_equal(izh_table_find(&table, "b")->values, b, N * sizeof *b);
  assert_null(izh_table_find(&table, "c"));
  izh_table_free(&table);
  free(a);
  free(b);
}

static void memory_runs_out(void **state) {
  (void)state;
  const double values[] = {1, 2, 3};
  izh_source sources[] = {source_of("a", values, 3), source_of("b", values, 3)};
  izh_status status = IZH_MEMORY;
  for (long n = 1; status; n++) {
    unlink("m.csv");
    izh_alloc_fail_at(n);
    status = izh_text_save("m.csv", ',', true, sources, 2, &fault);
    izh_alloc_fail_at(0);
    assert_int_equal(status, status ? IZH_MEMORY : IZH_OK);
    assert_int_equal(access("m.csv", F_OK) == 0, status == IZH_OK);
  }
  status = IZH_MEMORY;
  izh_table table;
  for (long n = 1; status; n++) {
    izh_alloc_fail_at(n);
    status = izh_text_load("m.csv", ',', &table, &fault);
    izh_alloc_fail_at(0);
    assert_int_equal(status, status ? IZH_MEMORY : IZH_OK);
    if (status) assert_int_equal(izh_alloc_held(), 0);
  }
  izh_table_free(&table);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_bit_comes_back), cmocka_unit_test(the_locale_does_not_matter),
      cmocka_unit_test(decimals_are_short),   cmocka_unit_test(only_numbers_are_numbers),
      cmocka_unit_test(files_are_read),       cmocka_unit_test(mistakes_name_their_line),
      cmocka_unit_test(long_files_come_back), cmocka_unit_test(memory_runs_out),
  };
  return RUN_TESTS(tests);
}
