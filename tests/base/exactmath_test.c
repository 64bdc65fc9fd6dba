/* The elementary functions against the C library's in long double, in units in the last place of the result.
 */
#include "../checks.h"
#include "base/exactmath.h"
#include "core/random/random.h"

static izh_rng numbers; /* the arguments; each test begins anew with its own generation */

static int begin(void **state) {
  static uint32_t generation;
  (void)state;
  numbers = izh_rng_make((izh_key){1, 2}, 3, generation++);
  return 0;
}

static double between(double low, double high) {
  return low + (high - low) * izh_rng_unit(&numbers);
}

/* Distance of a result from the exact one in units in the last place of a double of the exact one's size. */
static double ulps(double got, long double exact) {
  if (exact == 0) return got == 0 ? 0 : INFINITY;
  int exponent;
  frexpl(exact, &exponent);
  if (exponent < -1021) exponent = -1021; /* the unit of subnormal numbers */
  return (double)(fabsl((long double)got - exact) / ldexpl(1, exponent - 53));
}

typedef double (*of_double)(double);
typedef long double (*of_long_double)(long double);

static long double log_1minus(long double p) {
  return log1pl(-p);
}

/* The error at x is below 2 units. */
static void check(of_double f, of_long_double exact, double x) {
  double error = ulps(f(x), exact((long double)x));
  if (!(error < 2)) fail_msg("%.17g: %.17g is off by %.2f units", x, f(x), error);
}

static long double one_minus_exp(long double x) {
  return -expm1l(-x);
}

static void one_minus_exp_is_exact(void **state) {
  (void)state;
  assert_true(izh_one_minus_exp(0) == 0);
  assert_true(izh_one_minus_exp(1e5) == 1);
  for (int k = 0; k < 100000; k++) {
    check(izh_one_minus_exp, one_minus_exp, ldexp(between(1, 2), -k % 60));
    check(izh_one_minus_exp, one_minus_exp, between(0, 40));
    check(izh_one_minus_exp, one_minus_exp, 1 + between(-1, 1) * 1e-3);
  }
}

static void log_over_all_exponents(void **state) {
  (void)state;
  for (int exponent = -1022; exponent <= 1023; exponent++)
    for (int k = 0; k < 100; k++) check(izh_log, logl, ldexp(between(1, 2), exponent));
  check(izh_log, logl, 0x1p-1022);
  check(izh_log, logl, 0x1.fffffffffffffp1023);
}

static void log_near_one(void **state) {
  (void)state;
  assert_true(izh_log(1) == 0);
  for (int k = 1; k <= 53; k++) {
    check(izh_log, logl, 1 - ldexp(1, -k));
    check(izh_log, logl, 1 + ldexp(1, -k > -52 ? -k : -52));
  }
  for (int k = 0; k < 200000; k++) check(izh_log, logl, between(0.5, 2));
  for (int k = 0; k < 100000; k++) check(izh_log, logl, 1 + between(-1, 1) * ldexp(1, -k % 50));
  for (int k = -50; k <= 50; k++) { /* where the mantissa is halved */
    check(izh_log, logl, 1.4142135623730951 + k * 0x1p-52);
    check(izh_log, logl, 0.7071067811865476 + k * 0x1p-53);
  }
}

static void log_1minus_everywhere(void **state) {
  (void)state;
  for (int k = 0; k < 300000; k++) check(izh_log_1minus, log_1minus, between(0x1p-53, 1 - 0x1p-53));
  for (int exponent = -1000; exponent < 0; exponent++)
    for (int k = 0; k < 100; k++) check(izh_log_1minus, log_1minus, ldexp(between(1, 2), exponent) / 2);
  for (int k = -50; k <= 50; k++) check(izh_log_1minus, log_1minus, 0.03125 + k * 0x1p-57);
  for (int k = 1; k <= 53; k++) check(izh_log_1minus, log_1minus, 1 - ldexp(1, -k));
  const double small[] = {0x1p-1074, 0x1p-1073, 0x1.8p-1073, 0x1p-1022, 1e-310, 1e-17, 1e-16};
  for (size_t i = 0; i < COUNT_OF(small); i++) check(izh_log_1minus, log_1minus, small[i]);
}

static void exp_everywhere(void **state) {
  (void)state;
  for (int k = 0; k < 300000; k++) check(izh_exp, expl, between(-708, 709.78));
  for (int k = 0; k < 100000; k++) check(izh_exp, expl, between(-2, 2));
  for (int exponent = -1074; exponent < 1; exponent++) {
    check(izh_exp, expl, ldexp(1, exponent));
    check(izh_exp, expl, -ldexp(1, exponent));
  }
  for (int k = -1020; k <= 1023; k++) { /* where the exponent changes */
    double edge = (k + 0.5) * 0.6931471805599453;
    for (int side = -2; side <= 2; side++) check(izh_exp, expl, edge * (1 + side * 0x1p-52));
  }
  assert_true(izh_exp(0) == 1);
}

/* The documented ends: no subnormal results, infinity above. */
static void exp_at_its_ends(void **state) {
  (void)state;
  check(izh_exp, expl, -708);
  check(izh_exp, expl, 709.78);
  const double below[] = {-708.0000001, -709, -744.5, -745.2, -1e6, -INFINITY};
  const double above[] = {709.7800001, 709.79, 710, 1e6, INFINITY};
  for (size_t i = 0; i < COUNT_OF(below); i++) assert_true(izh_exp(below[i]) == 0);
  for (size_t i = 0; i < COUNT_OF(above); i++) assert_true(isinf(izh_exp(above[i])) && izh_exp(above[i]) > 0);
}

/* sin(πx) and cos(πx), the argument reduced exactly before it is multiplied by π. */
static long double sinpi_exact(long double x) {
  long double quarter = roundl(2 * x), y = (x - quarter / 2) * 3.14159265358979323846264338327950288L;
  switch ((int)quarter & 3) {
  case 0:
    return sinl(y);
  case 1:
    return cosl(y);
  case 2:
    return -sinl(y);
  default:
    return -cosl(y);
  }
}

static void check_sincospi(double x) {
  double sine, cosine;
  izh_sincospi(x, &sine, &cosine);
  double error =
      fmax(ulps(sine, sinpi_exact((long double)x)), ulps(cosine, sinpi_exact((long double)x + 0.5L)));
  if (!(error < 2)) fail_msg("%.17g: (%.17g, %.17g) is off by %.2f units", x, sine, cosine, error);
}

static void sincospi_everywhere(void **state) {
  (void)state;
  for (int k = 0; k < 200000; k++) check_sincospi(between(0, 2));
  for (int eighth = 0; eighth <= 16; eighth++)
    for (int exponent = -52; exponent < -4; exponent++)
      for (int side = -1; side <= 1; side++) {
        double x = eighth / 8.0 + side * ldexp(1, exponent);
        if (x >= 0 && x < 2) check_sincospi(x);
      }
  for (int exponent = -1000; exponent < 0; exponent++) check_sincospi(ldexp(1, exponent));
}

static void sincospi_at_quarters(void **state) {
  (void)state;
  const double wanted[4][2] = {{0, 1}, {1, 0}, {0, -1}, {-1, 0}};
  for (int q = 0; q < 4; q++) {
    double sine, cosine;
    izh_sincospi(q * 0.5, &sine, &cosine);
    assert_true(sine == wanted[q][0] && cosine == wanted[q][1]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(one_minus_exp_is_exact, begin),
      cmocka_unit_test_setup(log_over_all_exponents, begin),
      cmocka_unit_test_setup(log_near_one, begin),
      cmocka_unit_test_setup(log_1minus_everywhere, begin),
      cmocka_unit_test_setup(exp_everywhere, begin),
      cmocka_unit_test_setup(exp_at_its_ends, begin),
      cmocka_unit_test_setup(sincospi_everywhere, begin),
      cmocka_unit_test_setup(sincospi_at_quarters, begin),
  };
  return RUN_TESTS(tests);
}
