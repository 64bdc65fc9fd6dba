#include "base/exactmath.h"

#include <stdint.h>
#include <string.h>

#include "base/ieee.h"

/* π in two parts. */
static const double pi_high = 0x1.921fb54442d18p1;
static const double pi_low = 0x1.1a62633145c07p-53;

static double of_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

double izh_log_1minus(double p) {
  if (p > 0.03125) {
    double q = 1 - p, rest = (1 - q) - p; /* the exact rounding error of q */
    return izh_log(q) + rest / q;
  }
  double sum = 0;
  for (int k = 13; k >= 1; k--) sum = sum * p + 1.0 / k;
  return -p * sum;
}

double izh_exp(double x) {
  if (x > 709.78) return 1e308 * 10;
  if (x < -708) return 0;
  double scaled = x * 1.4426950408889634;
  int k = (int)(scaled + (scaled < 0 ? -0.5 : 0.5));
  double r = (x - k * IZH_LN2_HIGH) - k * IZH_LN2_LOW; /* |r| ≤ 0.35: fourteen terms reach 2^-58 */
  double sum = 1;
  for (int n = 14; n >= 1; n--) sum = 1 + sum * r / n;
  int half = k / 2; /* multiply in two steps: 2^k may overflow although the product does not */
  return sum * of_bits((uint64_t)(1023 + half) << 52) * of_bits((uint64_t)(1023 + k - half) << 52);
}

double izh_one_minus_exp(double x) {
  if (x > 1) return 1 - izh_exp(-x);
  double sum = 1; /* nineteen terms reach 2^-60 */
  for (int n = 19; n >= 2; n--) sum = 1 - x / n * sum;
  return x * sum;
}

void izh_sincospi(double x, double *sine, double *cosine) {
  int quadrant = (int)(x * 2 + 0.5);
  double turn = x - quadrant * 0.5, y = turn * pi_high, y2 = y * y; /* |y| ≤ π/4 */
  double s = 1, c = 1;
  for (int n = 18; n >= 4; n -= 2) {
    s = 1 - s * y2 / (n * (n + 1));
    c = 1 - c * y2 / (n * (n - 1));
  }
  c = 1 - c * y2 / 2;
  s = y + (turn * pi_low - y * (s * y2 / 6)); /* the greatest term is added last: it is rounded once */
  switch (quadrant & 3) {
  case 0:
    *sine = s, *cosine = c;
    break;
  case 1:
    *sine = c, *cosine = -s;
    break;
  case 2:
    *sine = -s, *cosine = -c;
    break;
  default:
    *sine = -c, *cosine = s;
    break;
  }
}
