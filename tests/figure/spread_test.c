/* Labels that are kept apart. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "figure/spread.h"

static void labels_with_room_stay_centred(void **state) {
  (void)state;
  izh_spread_item items[] = {{.centre = 10, .size = 4}, {.centre = 30, .size = 6}};
  izh_spread(items, 2, 0, 40);
  assert_true(items[0].start == 8 && items[1].start == 27);
}

static void labels_that_meet_share_the_way(void **state) {
  (void)state;
  izh_spread_item items[] = {{.centre = 20, .size = 8}, {.centre = 22, .size = 8}};
  izh_spread(items, 2, 0, 40);
  assert_true(fabs(items[0].start - 13) < 1e-9 && fabs(items[1].start - 21) < 1e-9);
}

static void labels_never_overlap_or_leave(void **state) {
  (void)state;
  srand(1);
  for (int trial = 0; trial < 2000; trial++) {
    izh_spread_item items[20];
    size_t n = (size_t)(rand() % 20) + 1;
    double centre = 0;
    for (size_t i = 0; i < n; i++) {
      centre += rand() % 3 ? 0.2 : rand() % 30;
      items[i] = (izh_spread_item){.centre = centre, .size = 1 + rand() % 5};
    }
    izh_spread(items, n, 0, 100);
    for (size_t i = 0; i < n; i++) {
      double end = i + 1 < n ? items[i + 1].start : 100;
      assert_true(items[i].start >= -1e-9 && items[i].start + items[i].size <= end + 1e-9);
    }
  }
}

/* A label must be clear of other labels, and of the lines of flags that it was not moved across. */
static void check_flags(const izh_flag *flags, size_t n) {
  for (size_t i = 0; i < n; i++) {
    for (size_t k = i + 1; k < n; k++) {
      double end = flags[i].start + flags[i].w;
      if (flags[i].row == flags[k].row) {
        assert_true(end <= flags[k].start + 1e-9 || flags[k].start + flags[k].w <= flags[i].start + 1e-9);
      }
      if (flags[k].x < end && flags[k].x > flags[i].x) assert_true(flags[k].row < flags[i].row);
    }
  }
}

static void flags_keep_clear_of_each_other(void **state) {
  (void)state;
  srand(2);
  for (int trial = 0; trial < 2000; trial++) {
    izh_flag flags[12];
    size_t n = (size_t)(rand() % 12) + 1;
    for (size_t i = 0; i < n; i++) flags[i] = (izh_flag){.x = rand() % 200, .w = 5 + rand() % 60, .index = i};
    int rows = izh_flags_stack(flags, n, 210, 4);
    assert_in_range(rows, 1, 12);
    check_flags(flags, n);
    for (size_t i = 0; i < n; i++) {
      assert_true(flags[i].start + flags[i].w <= 210 && flags[i].start >= 0);
      assert_in_range(flags[i].row, 0, rows - 1);
    }
  }
}

static void lone_flags_take_one_row(void **state) {
  (void)state;
  izh_flag flags[] = {{.x = 150, .w = 40, .index = 0}, {.x = 10, .w = 40, .index = 1}};
  assert_int_equal(izh_flags_stack(flags, 2, 200, 4), 1);
  assert_int_equal(flags[0].index, 1);
  izh_flag unlabelled[] = {{.x = 1}, {.x = 2}};
  assert_int_equal(izh_flags_stack(unlabelled, 2, 200, 4), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(labels_with_room_stay_centred), cmocka_unit_test(labels_that_meet_share_the_way),
      cmocka_unit_test(labels_never_overlap_or_leave), cmocka_unit_test(flags_keep_clear_of_each_other),
      cmocka_unit_test(lone_flags_take_one_row),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
