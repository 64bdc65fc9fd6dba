/* Bins of the population rate. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "figure/rate.h"

static void a_spike_at_the_end_of_a_bin_belongs_to_it(void **state) {
  (void)state;
  assert_int_equal(izh_rate_bin_of(5, 0, 5, 200), 0);
  assert_int_equal(izh_rate_bin_of(5.5, 0, 5, 200), 1);
  assert_int_equal(izh_rate_bin_of(1000, 0, 5, 200), 199);
  double t = 0; /* sums of 0.1 miss the ends of bins by rounding */
  for (int step = 1; step <= 1000; step++) {
    t += 0.1;
    assert_int_equal(izh_rate_bin_of(t, 0, 0.5, 200), (step - 1) / 5);
  }
}

static void the_last_bin_is_the_rest(void **state) {
  (void)state;
  assert_int_equal(izh_rate_bins(1000, 5), 200);
  assert_int_equal(izh_rate_bins(1003, 5), 201);
  assert_int_equal(izh_rate_bins(0.3, 0.1), 3);
  assert_int_equal(izh_rate_bins(3, 5), 1);
  assert_int_equal(izh_rate_bin_of(1003, 0, 5, 201), 200);
}

static void chosen_bins_are_few_enough_to_see(void **state) {
  (void)state;
  assert_true(izh_rate_bin(1000, 190) == 5);
  for (double span = 1e-3; span < 1e9; span *= 3.7) {
    for (double width = 5; width < 600; width *= 2) {
      size_t bins = izh_rate_bins(span, izh_rate_bin(span, width));
      assert_in_range(bins, 7, 201);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_spike_at_the_end_of_a_bin_belongs_to_it),
      cmocka_unit_test(the_last_bin_is_the_rest),
      cmocka_unit_test(chosen_bins_are_few_enough_to_see),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
