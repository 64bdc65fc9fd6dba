/* Where panels go on the page. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "figure/grid.h"

static void axes_of_a_grid_are_aligned(void **state) {
  (void)state;
  izh_grid_item items[4] = {{.left = 20, .right = 5, .top = 4, .bottom = 10, .want_h = 50, .least_h = 20},
                            {.left = 10, .right = 30, .top = 14, .bottom = 10, .want_h = 60, .least_h = 20},
                            {.left = 25, .right = 5, .top = 4, .bottom = 20, .want_h = 50, .least_h = 20},
                            {.left = 10, .right = 8, .top = 4, .bottom = 20, .want_h = 50, .least_h = 20}};
  double page_h = 300;
  assert_int_equal(izh_grid_across(items, 4, 2, 400, IZH_PT_PER_MM, NULL), IZH_OK);
  assert_int_equal(izh_grid_down(items, 4, NULL, &page_h, IZH_PT_PER_MM, NULL), IZH_OK);
  assert_true(page_h == 300);
  assert_true(items[0].frame.x == items[2].frame.x && items[1].frame.x == items[3].frame.x);
  assert_true(items[0].frame.y == items[1].frame.y && items[0].frame.h == items[1].frame.h);
  assert_true(items[0].frame.w == items[1].frame.w);
}

/* Three columns: a wide panel and one, then one and a wide one, then one over all. */
static void panels_span_columns_and_rows_share_heights(void **state) {
  (void)state;
  izh_grid_item items[5] = {{.left = 20, .right = 5, .span = 2},
                            {.left = 10, .right = 30},
                            {.left = 25, .right = 9},
                            {.left = 10, .right = 8, .span = 2},
                            {.left = 12, .right = 4, .span = 7}};
  for (size_t i = 0; i < 5; i++) items[i].want_h = items[i].least_h = 20;
  assert_int_equal(izh_grid_assign(items, 5, 3), 3);
  assert_int_equal(izh_grid_across(items, 5, 3, 500, IZH_PT_PER_MM, NULL), IZH_OK);
  assert_true(items[0].frame.x == items[2].frame.x && items[2].frame.x == items[4].frame.x);
  assert_true(fabs(izh_box_right(items[1].frame) - izh_box_right(items[3].frame)) < 1e-9);
  assert_true(fabs(izh_box_right(items[1].frame) - izh_box_right(items[4].frame)) < 1e-9);
  assert_true(items[0].frame.w > items[2].frame.w && items[4].frame.w > items[3].frame.w);
  assert_true(izh_box_right(items[0].cell) <= items[1].cell.x);
  double page_h = 400, shares[] = {3, 1, 0.01};
  assert_int_equal(izh_grid_down(items, 5, shares, &page_h, IZH_PT_PER_MM, NULL), IZH_OK);
  assert_true(fabs(items[0].frame.h - 3 * items[2].frame.h) < 1e-6);
  assert_true(items[4].frame.h == 20); /* what it needs at least */
  assert_true(fabs(izh_box_bottom(items[4].cell) - (400 - 2.5)) < 1e-6);
}

static void a_page_too_small_says_what_it_needs(void **state) {
  (void)state;
  izh_grid_item items[2] = {{.left = 20, .least_h = 90, .want_h = 90},
                            {.left = 20, .least_h = 90, .want_h = 90}};
  izh_err err;
  double page_h = 72;
  assert_int_equal(izh_grid_across(items, 2, 2, 60, IZH_PT_PER_MM, &err), IZH_ARGUMENT);
  assert_string_equal(
      err.message, "2 columns of panels need a width of 30 mm, not 21 mm: give more width, or fewer columns");
  assert_int_equal(izh_grid_across(items, 2, 2, 200, IZH_PT_PER_MM, &err), IZH_OK);
  assert_int_equal(izh_grid_down(items, 2, NULL, &page_h, IZH_PT_PER_MM, &err), IZH_ARGUMENT);
  assert_string_equal(err.message, "the panels need a height of 34 mm, not 25 mm: give more height, or none");
}

static void columns_suit_the_page(void **state) {
  (void)state;
  assert_int_equal(izh_grid_columns(1, 183), 1);
  assert_int_equal(izh_grid_columns(2, 89), 1);
  assert_int_equal(izh_grid_columns(2, 183), 2);
  assert_int_equal(izh_grid_columns(4, 183), 2);
  assert_int_equal(izh_grid_columns(12, 183), 4);
  assert_int_equal(izh_grid_columns(12, 89), 2);
  assert_int_equal(izh_grid_columns(5, 20), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(axes_of_a_grid_are_aligned),
      cmocka_unit_test(panels_span_columns_and_rows_share_heights),
      cmocka_unit_test(a_page_too_small_says_what_it_needs),
      cmocka_unit_test(columns_suit_the_page),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
