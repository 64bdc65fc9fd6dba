/* Bursts of one neuron. */
#include "helpers.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "analysis/burst.h"

/* "first-last first-last …" */
static const char *text(const izh_burst *bursts, size_t n) {
  static char out[4096];
  out[0] = '\0';
  for (size_t i = 0; i < n; i++)
    sprintf(out + strlen(out), "%s%zu-%zu", i ? " " : "", bursts[i].first, bursts[i].last);
  return out;
}

static const char *found(izh_train train, double beg, double end, double ibi, double durn, size_t spikes) {
  izh_burst out[64];
  izh_max_interval rule = {beg, end, ibi, durn, spikes};
  return text(out, izh_bursts_max_interval(train, &rule, out));
}

static void max_interval_step_by_step(void **state) {
  (void)state;
  /* intervals       5   5   100  15   5   500   5    5    5  */
  izh_train t = TRAIN(0, 5, 10, 110, 125, 130, 630, 635, 640, 645);
  assert_string_equal(found(t, 10, 10, 0, 0, 2), "0-2 4-5 6-9");
  assert_string_equal(found(t, 10, 20, 0, 0, 2), "0-2 4-5 6-9");           /* 15 does not begin one … */
  assert_string_equal(found(TRAIN(0, 5, 20, 25), 10, 20, 0, 0, 2), "0-3"); /* … but does not end one */
  assert_string_equal(found(t, 20, 20, 0, 0, 2), "0-2 3-5 6-9");
  assert_string_equal(found(t, 10, 10, 0, 0, 3), "0-2 6-9");
  assert_string_equal(found(t, 10, 10, 0, 12, 2), "6-9");
  assert_string_equal(found(t, 20, 20, 101, 0, 2), "0-5 6-9");     /* 100 ms apart: one */
  assert_string_equal(found(t, 20, 20, 100, 0, 2), "0-2 3-5 6-9"); /* nearer than, not as near as */
  assert_string_equal(found(t, 20, 20, 501, 0, 2), "0-9");
  assert_string_equal(found(t, 5, 10, 0, 0, 2), ""); /* shorter than 5 */
  assert_string_equal(found(SILENT, 10, 10, 0, 0, 2), "");
  assert_string_equal(found(TRAIN(3), 10, 10, 0, 0, 2), "");
  /* 0.3 - 0.2 is less than 0.1 by a last bit */
  assert_string_equal(found(TRAIN(0.2, 0.3), 0.1, 0.1, 0, 0, 2), "");
  assert_string_equal(found(TRAIN(0.1, 0.15, 0.25, 0.35), 0.06, 0.1, 0, 0, 2), "0-3");
}

/* Bursts of 5 spikes 4 ms apart every 400 ms: both methods find all. */
static void plain_bursts(void **state) {
  (void)state;
  double t[100];
  for (int i = 0; i < 100; i++) t[i] = 400 * (i / 5) + 4 * (i % 5) + 0.01 * (i % 7);
  izh_burst out[50];
  izh_max_interval rule = izh_max_interval_default();
  assert_int_equal(izh_bursts_max_interval((izh_train){t, 100}, &rule, out), 20);
  assert_int_equal(izh_bursts_log_isi((izh_train){t, 100}, 100, out), 20);
  for (size_t i = 0; i < 20; i++) assert_true(out[i].first == 5 * i && out[i].last == 5 * i + 4);
  double threshold = izh_log_isi_threshold((izh_train){t, 100}, 100);
  assert_true(threshold > 4.06 && threshold < 380);
}

/* From intervals, each given so many times. */
static izh_train from_intervals(double *t, size_t n_kinds, const double kinds[][2]) {
  size_t n = 1;
  t[0] = 0;
  for (size_t k = 0; k < n_kinds; k++)
    for (int i = 0; i < (int)kinds[k][1]; i++, n++) t[n] = t[n - 1] + kinds[k][0];
  return (izh_train){t, n};
}

static void the_threshold_of_log_isi(void **state) {
  (void)state;
  double t[400];
  /* peaks at 5 and 500 ms; the lowest bin between, the first empty one, begins at 10^0.7 = 5.01 ms (5 is in
   * that of 3.98) */
  assert_near(izh_log_isi_threshold(from_intervals(t, 2, (const double[][2]){{4.5, 30}, {500, 20}}), 100),
              pow(10, 0.7), 1e-9);
  /* a valley that is not empty: 2 of √(30 · 20): void parameter 0.92; 10 of them: 0.59, not deep enough */
  double kinds[30][2] = {{4.5, 30}, {500, 20}};
  for (int depth = 2; depth <= 10; depth += 8) {
    size_t n = 2;
    for (int k = 7; k < 26; k++, n++) {
      kinds[n][0] = pow(10, k / 10. + 0.05);
      kinds[n][1] = depth + (k != 12); /* the lowest bin is that of 10^1.2 */
    }
    double threshold = izh_log_isi_threshold(from_intervals(t, n, (const double(*)[2])kinds), 100);
    if (depth == 2)
      assert_near(threshold, pow(10, 1.2), 1e-9);
    else
      assert_true(isinf(threshold));
  }
  assert_true(izh_log_isi_threshold(from_intervals(t, 2, (const double[][2]){{200, 30}, {900, 20}}), 100) ==
              0);
  assert_true(isinf(izh_log_isi_threshold(from_intervals(t, 1, (const double[][2]){{20, 30}}), 100)));
  assert_true(izh_log_isi_threshold(SILENT, 100) == 0);
}

static void log_isi_with_each_kind_of_threshold(void **state) {
  (void)state;
  izh_burst out[200];
  double t[400];
  /* none, as the only peak is at 20 ms: the cutoff of 100 ms bounds the intervals */
  izh_train one_peak = from_intervals(t, 1, (const double[][2]){{20, 30}});
  assert_string_equal(text(out, izh_bursts_log_isi(one_peak, 100, out)), "0-30");
  /* no peak below the cutoff: no burst */
  izh_train slow = from_intervals(t, 2, (const double[][2]){{200, 30}, {900, 20}});
  assert_int_equal(izh_bursts_log_isi(slow, 100, out), 0);
  /* a threshold of 158 ms, beyond the cutoff: intervals of 110 and 140 ms belong to a burst only beside a
   * core */
  double kinds[][2] = {{50, 40},  {60, 35}, {75, 30}, {95, 25}, {110, 22}, {140, 20},
                       {800, 30}, {140, 4}, {110, 1}, {50, 1},  {800, 1}};
  izh_train cores = from_intervals(t, 11, (const double(*)[2])kinds);
  assert_near(izh_log_isi_threshold(cores, 100), pow(10, 2.2), 1e-9);
  assert_string_equal(text(out, izh_bursts_log_isi(cores, 100, out)), "0-172");
  assert_int_equal(izh_bursts_log_isi(TRAIN(1, 2, 3), 100, out), 0);
  assert_int_equal(izh_bursts_log_isi(SILENT, 100, out), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(max_interval_step_by_step),
      cmocka_unit_test(plain_bursts),
      cmocka_unit_test(the_threshold_of_log_isi),
      cmocka_unit_test(log_isi_with_each_kind_of_threshold),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
