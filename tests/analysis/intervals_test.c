/* Intervals and their variability. Statistical tests are at 4 standard errors (level 6·10^-5 each). */
#include "helpers.h"

#include "analysis/intervals.h"

/* The sequence by which elephant tests these measures, and its values there. */
static const double sequence[] = {1, 28, 4,  47, 5,  16, 2,  5, 21, 12, 4,  12, 59, 2, 4,  18, 33, 25, 2,  34,
                                  4, 1,  1,  14, 8,  1,  10, 1, 8,  20, 5,  1,  6,  5, 12, 2,  8,  8,  2,  8,
                                  2, 10, 2,  1,  1,  2,  15, 3, 20, 6,  11, 6,  18, 2, 5,  17, 4,  3,  13, 6,
                                  1, 18, 1,  16, 12, 2,  52, 2, 5,  7,  6,  25, 6,  5, 3,  15, 4,  3,  16, 3,
                                  6, 5,  24, 21, 3,  3,  4,  8, 4,  11, 5,  7,  5,  6, 8,  11, 33, 10, 7,  4};
enum { SEQUENCE = sizeof sequence / sizeof *sequence };

static void the_published_sequence(void **state) {
  (void)state;
  double t[SEQUENCE + 1] = {0}, out[SEQUENCE];
  for (int i = 0; i < SEQUENCE; i++) t[i + 1] = t[i] + sequence[i];
  izh_train train = {t, SEQUENCE + 1};
  assert_near(izh_lv(train), 0.971826029994, 1e-12);
  assert_near(izh_lvr(train, 5), 2.1845363464753134, 1e-12);
  assert_near(izh_cv2(train), 1.0022235296529176, 1e-12);
  assert_int_equal(izh_isi(train, out), SEQUENCE);
  for (int i = 0; i < SEQUENCE; i++) assert_true(out[i] == sequence[i]);
}

static void by_hand(void **state) {
  (void)state;
  izh_train train = TRAIN(0, 10, 40); /* intervals 10 and 30 */
  assert_near(izh_cv(train), 0.5, 1e-15);
  assert_near(izh_cv2(train), 1, 1e-15);
  assert_near(izh_lv(train), 0.75, 1e-15);
  assert_near(izh_lvr(train, 5), 0.75 * 1.5, 1e-15);
  izh_train alternating = TRAIN(1, 2, 5, 6, 9); /* 1 3 1 3 */
  assert_near(izh_cv(alternating), 0.5, 1e-15);
  assert_near(izh_cv2(alternating), 1, 1e-15);
}

static void a_clock_does_not_vary(void **state) {
  (void)state;
  izh_train clock = regular_train(1000, 7);
  assert_near(izh_cv(clock), 0, 1e-12);
  assert_near(izh_cv2(clock), 0, 1e-12);
  assert_near(izh_lv(clock), 0, 1e-12);
  assert_near(izh_lvr(clock, 5), 0, 1e-12);
  train_free(clock);
}

/* Exponential intervals: CV = CV2 = Lv = 1. Gamma of shape 4: CV = 1/2, Lv = 3/9; of shape 2: CV2 = 3/4. */
static void known_processes(void **state) {
  (void)state;
  enum { N = 100000 };
  izh_train poisson = gamma_train(1, N, 1, 20), gamma2 = gamma_train(2, N, 2, 20),
            gamma4 = gamma_train(3, N, 4, 20);
  double error = 4 / sqrt(N); /* every term has a variance below 1, and so has CV's influence function */
  assert_near(izh_cv(poisson), 1, error);
  assert_near(izh_cv2(poisson), 1, error);
  assert_near(izh_lv(poisson), 1, error * sqrt(2));
  assert_near(izh_cv(gamma4), 0.5, error);
  assert_near(izh_lv(gamma4), 1. / 3, error);
  assert_near(izh_cv(gamma2), sqrt(0.5), error);
  assert_near(izh_cv2(gamma2), 0.75, error);
  assert_near(izh_lv(gamma2), 0.6, error);
  assert_true(izh_lvr(gamma2, 5) > izh_lv(gamma2));
  train_free(poisson);
  train_free(gamma2);
  train_free(gamma4);
}

static void too_few_spikes(void **state) {
  (void)state;
  const izh_train few[] = {SILENT, TRAIN(5), TRAIN(5, 6), TRAIN(5, 5, 5)};
  for (size_t i = 0; i < sizeof few / sizeof *few; i++) {
    assert_nan(izh_cv(few[i]));
    assert_nan(izh_cv2(few[i]));
    assert_nan(izh_lv(few[i]));
    assert_nan(izh_lvr(few[i], 5));
  }
  double out[1];
  assert_int_equal(izh_isi(SILENT, out), 0);
  assert_int_equal(izh_isi(TRAIN(5), out), 0);
}

static void spikes_are_sorted_by_neuron(void **state) {
  (void)state;
  const double t[] = {1, 1, 2, 3, 3, 4}, id[] = {7, 3, 7, 3, 9, 7};
  size_t start[6];
  double out[6];
  izh_id_set listed = {.n = 4, .list = (const double[]){3, 4, 7, 9}}, ranged = {.n = 3, .first = 3},
             none = {0};
  izh_trains_group(t, id, 6, &listed, start, out);
  const size_t want_start[] = {0, 2, 2, 5, 6};
  const double want[] = {1, 3, 1, 2, 4, 3};
  for (int i = 0; i < 5; i++) assert_int_equal(start[i], want_start[i]);
  for (int i = 0; i < 6; i++) assert_true(out[i] == want[i]);
  izh_trains_group(t, (const double[]){3, 4, 3, 5, 5, 3}, 6, &ranged, start, out);
  const double want_ranged[] = {1, 2, 4, 1, 3, 3};
  for (int i = 0; i < 6; i++) assert_true(out[i] == want_ranged[i]);
  izh_trains_group(NULL, NULL, 0, &none, start, NULL);
  assert_int_equal(start[0], 0);
  assert_int_equal(izh_id_set_find(&listed, 7), 2);
  const double absent[] = {0, 2, 3.5, 6, 10, NAN};
  for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
    assert_int_equal(izh_id_set_find(&listed, absent[i]), 4);
    assert_int_equal(izh_id_set_find(&ranged, absent[i]), 3);
    assert_int_equal(izh_id_set_find(&none, absent[i]), 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_published_sequence), cmocka_unit_test(by_hand),
      cmocka_unit_test(a_clock_does_not_vary),  cmocka_unit_test(known_processes),
      cmocka_unit_test(too_few_spikes),         cmocka_unit_test(spikes_are_sorted_by_neuron),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
