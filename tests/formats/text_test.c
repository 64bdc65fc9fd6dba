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

/* What a text holds, as "name:1,2 name:one,two", or the message, of the whole or of a column. */
static const char *held(const char *text, char separator) {
  static char shown[4000];
  write_file("x", text, strlen(text));
  izh_table table;
  if (izh_text_load("x", separator, true, &table, &fault)) return fault.message;
  shown[0] = '\0';
  for (size_t k = 0; k < table.n; k++) {
    const izh_array *array = &table.arrays[k];
    const char *word = array->words;
    sprintf(shown + strlen(shown), "%s%s:%s", k ? " " : "", array->name,
            array->refused ? array->refused : "");
    for (size_t i = 0; i < array->rows && array->values; i++)
      sprintf(shown + strlen(shown), "%s%g", i ? "," : "", array->values[i]);
    for (size_t i = 0; i < array->rows && word; i++, word += strlen(word) + 1)
      sprintf(shown + strlen(shown), "%s%s", i ? "," : "", word);
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
  assert_string_equal(held("time (ms)\n7\n8", ','), "time (ms):7,8");
}

static void separators_and_line_ends_are_found(void **state) {
  (void)state;
  static const char *const separators[] = {",", ";", "\t", " ", "   ", ", ", " ; "};
  static const char *const ends[] = {"\n", "\r", "\r\n"};
  for (size_t s = 0; s < COUNT_OF(separators); s++)
    for (size_t e = 0; e < 2 * COUNT_OF(ends); e++) {
      char text[64];
      const char *apart = separators[s], *end = ends[e % 3];
      sprintf(text, "t%sid%s1%s2%s3%s4%s", apart, end, apart, end, apart, e < 3 ? end : "");
      for (size_t usual = 0; usual < 3; usual++)
        assert_string_equal(held(text, ", \t"[usual]), "t:1,3 id:2,4");
    }
  assert_string_equal(held("time;id\n1,5;1\n2,25;2\n", ','), "time:1.5,2.25 id:1,2");
  assert_string_equal(held("time\tid\n1,5\t1\n", '\t'), "time:1.5 id:1");
  assert_string_equal(
      held("1,5;1\n2.5;2\n", ','),
      "cannot read \"x\": some of its numbers have a decimal comma, and some a decimal point");
  assert_string_equal(held("1\t27.3\t\n2\t27.5\t\n", ' '), ":1,2 :27.3,27.5");
  assert_string_equal(held("1,2,\n3,4,\n", ','), ":1,3 :2,4");
  assert_string_equal(held(",t,id\n0,1,2\n1,3,4\n", ','), ":0,1 t:1,3 id:2,4");
  assert_string_equal(held("\tt\tid\n0\t1\t2\n", '\t'), ":0 t:1 id:2");
  assert_string_equal(held("a b\n1\t2\n", ' '), "a:1 b:2");
  assert_string_equal(held("\"a,b\",\"c\"\n\"1\",\"2\"\n", ','), "a,b:1 c:2");
  assert_string_equal(held("  1.5e+00   2.0e+00\n  3.0e+00   4.0e+00\n", ' '), ":1.5,3 :2,4");
  assert_string_equal(held("\xFF\xFEt\0\n\0", ','),
                      "cannot read \"x\": it is text in UTF-16; save it as UTF-8");
}

static void names_are_found_in_comments(void **state) {
  (void)state;
  assert_string_equal(held("# NEST\n# sender\ttime_ms\n5\t27.0\n", ' '), "sender:5 time_ms:27");
  assert_string_equal(held("# columns = [\"i\", \"j\"]\n1\t2\n", ' '), "i:1 j:2");
  assert_string_equal(held("# i j\n# columns = ['j', 'i']\n1\t2\n", ' '), "j:1 i:2");
  assert_string_equal(held("# columns = (\"i\", \"j\")\n1 2 3\n", ' '),
                      "cannot read \"x\": a comment names 2 columns, and there are 3");
  assert_string_equal(held("# from elsewhere\n1,2\n", ','), ":1 :2");
  assert_string_equal(held("# pre post\n# made today\n1 2\n", ' '), "pre:1 post:2");
  assert_string_equal(held("# a b\n1 2\n", ' '), "a:1 b:2");
  assert_string_equal(held("% time id\n1 2\n# x y\n3 4\n", ' '), "time:1,3 id:2,4");
  assert_string_equal(held("# time id\nt,n\n1,2\n", ','), "t:1 n:2");
}

static void columns_of_words_are_passed_over(void **state) {
  (void)state;
  assert_string_equal(held("t where id\n1 left 2\n3 right 4\n", ' '), "t:1,3 where:left,right id:2,4");
  assert_string_equal(held("1,RS\n2,FS\n", ','), ":1,2 :RS,FS");
  assert_string_equal(held("a,type\nb,c\n", ','), "a:b type:c");
  assert_string_equal(held("t,note\n1,\n2,late\n3,\n", ','), "t:1,2,3 note:,late,");
  assert_string_equal(held("t,layer\n1,4\n2,2/3\n", ','),
                      "t:1,2 layer:cannot read \"x\": line 3: \"2/3\" is not a number");
  assert_string_equal(held("t,gap\n1,\n2,5\n", ','),
                      "t:1,2 gap:cannot read \"x\": line 2: a number is missing");
  assert_string_equal(held("t,none\n1,\n2,\n", ','),
                      "t:1,2 none:cannot read \"x\": column \"none\" has no numbers");
  izh_table table;
  write_file("x", "t where\n1 left\n", 15);
  MUST(izh_text_load("x", ' ', false, &table, &fault)); /* not asked for */
  assert_string_equal(table.arrays[1].refused, "cannot read \"x\": line 2: \"left\" is not a number");
  izh_table_free(&table);
}

static void mistakes_name_their_line(void **state) {
  (void)state;
  assert_string_equal(held("", ','), "cannot read \"x\": it is empty");
  assert_string_equal(held("# only\n\n", ','), "cannot read \"x\": it is empty");
  assert_string_equal(held("t,id\n1,2\n3,x\n", ','),
                      "t:1,3 id:cannot read \"x\": line 3: \"x\" is not a number");
  assert_string_equal(held("t,id\n1,2\n3,\n", ','),
                      "t:1,3 id:cannot read \"x\": line 3: a number is missing");
  assert_string_equal(held("t,id\n1\n", ','), "cannot read \"x\": line 2 has 1 column, the first has 2");
  assert_string_equal(held("1,2\n1,2,3\n", ','), "cannot read \"x\": line 2 has 3 columns, the first has 2");
  assert_string_equal(held("1\t2\n3\t\n", '\t'), ":1,3 :cannot read \"x\": line 2: a number is missing");
  size_t size = 70000000;
  char *longest = malloc(size + 1);
  memset(longest, '1', size);
  longest[size] = '\0';
  assert_string_equal(held(longest, ','), "cannot read \"x\": line 1 is too long");
  free(longest);
  izh_table table;
  MUST_FAIL(izh_text_load("none", ',', true, &table, &fault), IZH_IO,
            "cannot read \"none\": No such file or directory");
  MUST_FAIL(izh_text_load("/", ',', true, &table, &fault), IZH_IO, "cannot read \"/\": Is a directory");
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
  MUST(izh_text_load("long.csv", ',', true, &table, &fault));
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
    status = izh_text_load("m.csv", ',', true, &table, &fault);
    izh_alloc_fail_at(0);
    assert_int_equal(status, status ? IZH_MEMORY : IZH_OK);
    if (status) assert_int_equal(izh_alloc_held(), 0);
  }
  izh_table_free(&table);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_bit_comes_back),
      cmocka_unit_test(the_locale_does_not_matter),
      cmocka_unit_test(decimals_are_short),
      cmocka_unit_test(only_numbers_are_numbers),
      cmocka_unit_test(files_are_read),
      cmocka_unit_test(separators_and_line_ends_are_found),
      cmocka_unit_test(names_are_found_in_comments),
      cmocka_unit_test(columns_of_words_are_passed_over),
      cmocka_unit_test(mistakes_name_their_line),
      cmocka_unit_test(long_files_come_back),
      cmocka_unit_test(memory_runs_out),
  };
  return RUN_TESTS(tests);
}
