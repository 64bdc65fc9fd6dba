/* Welch's spectrum, against a transform written out and closed forms. */
#include "helpers.h"

#include "analysis/spectrum.h"
#include "base/alloc.h"

static const double PI = 3.14159265358979323846;

/* The definition: every sum written out, in double. */
static void direct(const double *x, size_t n, double dt, size_t length, size_t hop, double *psd) {
  size_t segments = 0;
  double power = 0;
  for (size_t k = 0; k <= length / 2; k++) psd[k] = 0;
  for (size_t i = 0; i < length; i++) power += pow(sin(PI * (double)i / (double)length), 4);
  for (size_t at = 0; at + length <= n; at += hop, segments++) {
    double mean = 0;
    for (size_t i = 0; i < length; i++) mean += x[at + i] / (double)length;
    for (size_t k = 0; k <= length / 2; k++) {
      double re = 0, im = 0;
      for (size_t i = 0; i < length; i++) {
        double w = pow(sin(PI * (double)i / (double)length), 2) * (x[at + i] - mean);
        double phase = 2 * PI * (double)((k * i) % length) / (double)length;
        re += w * cos(phase);
        im += w * sin(phase);
      }
      psd[k] += re * re + im * im;
    }
  }
  for (size_t k = 0; k <= length / 2; k++)
    psd[k] *= (k == 0 || 2 * k == length ? 1 : 2) * dt / power / (double)segments;
}

static void welch_is_the_definition(void **state) {
  (void)state;
  double x[500], got[260], want[260];
  izh_rng rng = random_numbers(40);
  for (int i = 0; i < 500; i++) x[i] = izh_rng_normal(&rng) + 3 * sin(0.3 * i) + 100;
  const size_t lengths[] = {2, 3, 7, 16, 60, 97, 128, 250, 499, 500};
  for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
    size_t length = lengths[k], hop = length / 2 > 0 ? length / 2 : 1, segments;
    izh_err err;
    assert_int_equal(izh_welch_psd(&(izh_segments){x, 500, 0.001, length, hop}, got, &segments, &err),
                     IZH_OK);
    assert_int_equal(segments, (500 - length) / hop + 1);
    direct(x, 500, 0.001, length, hop, want);
    double most = 0;
    for (size_t i = 0; i <= length / 2; i++) most = fmax(most, want[i]);
    for (size_t i = 0; i <= length / 2; i++)
      assert_near(got[i], want[i],
                  (izh_fast_length(length) == length ? 1e-5 : 1e-4) * want[i] + 1e-12 * most);
  }
}

/* White noise of variance 1 has the density 2 dt; a sine of amplitude A has the power A²/2 at its frequency.
 * The mean of the density over many bins of many segments has a relative standard error below 1/√(n/2); 4 of
 * them. */
static void white_noise_and_a_sine(void **state) {
  (void)state;
  enum { N = 1 << 17, LENGTH = 1024 };
  double *x = malloc(N * sizeof *x), psd[LENGTH / 2 + 1], mean = 0;
  size_t segments;
  izh_rng rng = random_numbers(41);
  for (int i = 0; i < N; i++) x[i] = izh_rng_normal(&rng);
  assert_int_equal(izh_welch_psd(&(izh_segments){x, N, 0.001, LENGTH, LENGTH / 2}, psd, &segments, NULL),
                   IZH_OK);
  for (int k = 5; k < LENGTH / 2; k++) mean += psd[k] / (LENGTH / 2 - 5);
  assert_near(mean, 0.002, 0.002 * 4 / sqrt(N / 2.));

  double df = 1 / (LENGTH * 0.001);
  for (int i = 0; i < N; i++) x[i] = 3 * sin(2 * PI * 40 * df * 0.001 * i);
  assert_int_equal(izh_welch_psd(&(izh_segments){x, N, 0.001, LENGTH, LENGTH / 2}, psd, &segments, NULL),
                   IZH_OK);
  double power = 0;
  for (int k = 0; k <= LENGTH / 2; k++) {
    power += psd[k] * df;
    assert_true(k == 40 || psd[k] < psd[40]);
  }
  assert_near(power, 4.5, 1e-5);
  free(x);
}

static void fast_lengths(void **state) {
  (void)state;
  const size_t want[][2] = {{0, 0}, {1, 1}, {7, 6}, {11, 10}, {2222, 2187}, {1024, 1024}, {99991, 98415}};
  for (size_t i = 0; i < sizeof want / sizeof *want; i++)
    assert_int_equal(izh_fast_length(want[i][0]), want[i][1]);
}

static void a_segment_must_fit(void **state) {
  (void)state;
  double x[4] = {1, 2, 3, 4}, psd[3];
  size_t segments;
  izh_err err;
  assert_int_equal(izh_welch_psd(&(izh_segments){x, 4, 1, 5, 1}, psd, &segments, &err), IZH_RANGE);
  assert_string_equal(err.message, "a segment must have 2 … 4 samples (got 5)");
  assert_int_equal(izh_welch_psd(&(izh_segments){x, 4, 1, 1, 1}, psd, &segments, &err), IZH_RANGE);
  assert_int_equal(izh_welch_psd(&(izh_segments){x, 4, 1, 4, 1}, psd, &segments, &err), IZH_OK);
}

static void memory_that_runs_out(void **state) {
  (void)state;
  double x[16] = {1}, psd[9];
  size_t segments;
  long held = izh_alloc_held();
  izh_status status = IZH_MEMORY;
  for (long n = 1; status == IZH_MEMORY; n++) {
    izh_err err;
    izh_alloc_fail_at(n);
    status = izh_welch_psd(&(izh_segments){x, 16, 1, 16, 8}, psd, &segments, &err);
    izh_alloc_fail_at(0);
    assert_int_equal(izh_alloc_held(), held);
    assert_true(n < 10);
  }
  assert_int_equal(status, IZH_OK);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(welch_is_the_definition),
      cmocka_unit_test(white_noise_and_a_sine),
      cmocka_unit_test(fast_lengths),
      cmocka_unit_test(a_segment_must_fit),
      cmocka_unit_test(memory_that_runs_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
