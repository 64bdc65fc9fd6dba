/* Round ticks and the text of numbers. */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "figure/axis.h"
#include "figure/scale.h"

static void steps_are_one_two_five(void **state) {
  (void)state;
  const double wanted[][2] = {{1, 1},    {1.1, 2},     {2, 2},    {2.01, 5},
                              {5.5, 10}, {0.03, 0.05}, {60, 100}, {1e-7, 1e-7}};
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    double step = izh_round_step(wanted[i][0]);
    assert_true(fabs(step - wanted[i][1]) < 1e-9 * wanted[i][1]);
  }
}

static void ticks_stay_inside_and_ascend(void **state) {
  (void)state;
  const double ends[][2] = {{0, 1000},         {-500, 500}, {123456, 123656}, {0, 1e-3}, {-1e12, 1e12},
                            {0.1, 0.30000001}, {7, 7}};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    double lo = ends[i][0], hi = ends[i][1], slack = 1e-6 * (hi - lo);
    for (double length = 10; length < 700; length *= 1.7) {
      izh_ticks ticks = izh_ticks_along(lo, hi, length, 3.3);
      assert_true(ticks.n >= 1 && ticks.n <= IZH_TICKS_MAX);
      for (size_t k = 0; k < ticks.n; k++) {
        assert_true(ticks.at[k] >= lo - slack && ticks.at[k] <= hi + slack);
        if (k > 0) assert_true(ticks.at[k] > ticks.at[k - 1]);
      }
    }
  }
}

static void a_second_has_six_ticks_in_a_column(void **state) {
  (void)state;
  izh_ticks ticks = izh_ticks_along(0, 1000, 200, 3.3);
  assert_int_equal(ticks.n, 6);
  assert_true(ticks.at[1] == 200);
  assert_int_equal(ticks.decimals, 0);
}

static void ids_begin_with_the_first(void **state) {
  (void)state;
  izh_ticks ticks = izh_ticks_ids(1, 50, 8);
  assert_int_equal(ticks.n, 6);
  assert_true(ticks.at[0] == 1 && ticks.at[1] == 10 && ticks.at[5] == 50);
  assert_int_equal(izh_ticks_ids(1, 1, 0.1).n, 1);
  assert_int_equal(izh_ticks_ids(4294967295.0, 4294967295.0, 0.1).n, 1);
}

static void check_number(double value, int decimals, const char *wanted) {
  char text[IZH_NUMBER_SIZE];
  assert_string_equal(izh_number_text(text, value, decimals), wanted);
}

static void numbers_are_typeset(void **state) {
  (void)state;
  const char *const locales[] = {"C", "de_DE.UTF-8"}; /* the second where it is installed */
  for (size_t i = 0; i < 2; i++) {
    setlocale(LC_ALL, locales[i]);
    check_number(0, 0, "0");
    check_number(-0.0, 1, "0.0");
    check_number(-0.04, 1, "0.0");
    check_number(-500, 0, "\u2212500");
    check_number(0.25, 2, "0.25");
    check_number(9999, 0, "9999");
    check_number(12345, 0, "12\u2009345");
    check_number(-1234567.5, 1, "\u22121\u2009234\u2009567.5");
  }
  setlocale(LC_ALL, "C");
}

static void decimals_suffice(void **state) {
  (void)state;
  assert_int_equal(izh_number_decimals(5), 0);
  assert_int_equal(izh_number_decimals(0.5), 1);
  assert_int_equal(izh_number_decimals(0.1 + 0.2), 1);
  assert_int_equal(izh_number_decimals(1.0 / 3), 6);
  assert_int_equal(izh_number_decimals(0.0002), 4);
}

/* Labels of whole numbers keep a gap however short the axis is, and one is left if there is one. */
static void whole_numbers_do_not_touch(void **state) {
  (void)state;
  const double digit_w = 3.3, ranges[][2] = {{0.7, 9.3}, {0.5, 3.5}, {1, 24}, {95, 105}};
  for (size_t r = 0; r < sizeof ranges / sizeof *ranges; r++) {
    for (double length = 12; length < 200; length += 3) {
      izh_scale scale = {0};
      izh_scale_init(&scale, ranges[r][0], ranges[r][1], false);
      scale.whole = true;
      izh_scale_along(&scale, length, digit_w, 8);
      assert_in_range(scale.ticks.n, 1, IZH_TICKS_MAX);
      for (size_t k = 0; k < scale.ticks.n; k++) {
        assert_true(scale.ticks.at[k] == round(scale.ticks.at[k]));
        if (k == 0) continue;
        double apart = (scale.ticks.at[k] - scale.ticks.at[k - 1]) / (scale.hi - scale.lo) * length;
        assert_true(apart > izh_scale_label_w(&scale, k, digit_w) + 0.9 * digit_w);
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(steps_are_one_two_five),
      cmocka_unit_test(ticks_stay_inside_and_ascend),
      cmocka_unit_test(a_second_has_six_ticks_in_a_column),
      cmocka_unit_test(ids_begin_with_the_first),
      cmocka_unit_test(whole_numbers_do_not_touch),
      cmocka_unit_test(numbers_are_typeset),
      cmocka_unit_test(decimals_suffice),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
