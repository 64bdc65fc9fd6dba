#include "figure/axis.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* In digits: the room between neighbouring labels of a horizontal axis, and the least distance between ticks.
 * Closer ticks would look like a ruler. */
static const double LABEL_GAP = 2.0;
static const double TICK_PITCH = 7.0;

double izh_round_step(double least) {
  double power = pow(10, floor(log10(least)));
  static const double factors[] = {1, 2, 5};
  for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
    if (factors[i] * power >= least * (1 - 1e-12)) return factors[i] * power;
  }
  return 10 * power;
}

static int step_decimals(double step) {
  double digits = -floor(log10(step) + 1e-9);
  return digits <= 0 ? 0 : digits >= 9 ? 9 : (int)digits;
}

izh_ticks izh_ticks_every(double step, double lo, double hi) {
  izh_ticks ticks = {.decimals = step_decimals(step)};
  double first = ceil(lo / step - 1e-9), last = floor(hi / step + 1e-9);
  for (double k = first; k <= last && ticks.n < IZH_TICKS_MAX; k++) ticks.at[ticks.n++] = k * step;
  return ticks;
}

izh_ticks izh_ticks_along(double lo, double hi, double length, double digit_w) {
  if (!(hi > lo)) return (izh_ticks){.n = 1, .at = {lo}, .decimals = izh_number_decimals(lo)};
  double per_pt = (hi - lo) / length;
  double step = izh_round_step(TICK_PITCH * digit_w * per_pt);
  for (;;) {
    int decimals = step_decimals(step);
    double widest = fmax(izh_number_width(lo, decimals, digit_w), izh_number_width(hi, decimals, digit_w));
    double least = (widest + LABEL_GAP * digit_w) * per_pt;
    if (least <= step || step > hi - lo) break;
    step = izh_round_step(step * 1.5);
  }
  izh_ticks ticks = izh_ticks_every(step, lo, hi);
  /* if the window has no multiple of the step, one tick still says where it is */
  if (ticks.n == 0) ticks = (izh_ticks){.n = 1, .at = {lo}, .decimals = izh_number_decimals(lo)};
  return ticks;
}

izh_ticks izh_ticks_ids(double first, double last, double apart) {
  double step = izh_round_step(fmax(apart, 1));
  if (step == 2) step = 5; /* 1, 5, 10, since 2 is too near to 1 */
  izh_ticks round = izh_ticks_every(step, first, last);
  izh_ticks ticks = {.n = 1, .at = {first}};
  for (size_t i = 0; i < round.n && ticks.n < IZH_TICKS_MAX; i++) {
    if (round.at[i] - first >= fmax(0.8 * apart, 0.5)) ticks.at[ticks.n++] = round.at[i];
  }
  return ticks;
}

char *izh_number_text(char text[IZH_NUMBER_SIZE], double value, int decimals) {
  static const char minus[] = "\u2212", thin[] = "\u2009";
  char format[8] = {'%', '.', (char)('0' + decimals), 'f', 0};
  char digits[IZH_NUMBER_SIZE / 2];
  g_ascii_formatd(digits, sizeof digits, format, fabs(value));
  size_t whole = strcspn(digits, ".");
  char *out = text;
  if (value < 0 && strspn(digits, "0.") != strlen(digits)) out = stpcpy(out, minus);
  for (size_t i = 0; digits[i]; i++) {
    if (whole >= 5 && i > 0 && i < whole && (whole - i) % 3 == 0) out = stpcpy(out, thin);
    *out++ = digits[i];
  }
  *out = 0;
  return text;
}

int izh_number_decimals(double value) {
  double scaled = fabs(value);
  for (int decimals = 0; decimals < 6; decimals++, scaled *= 10) {
    if (fabs(scaled - round(scaled)) <= 1e-7 * fmax(scaled, 1e-3)) return decimals;
  }
  return 6;
}

double izh_number_width(double value, int decimals, double digit_w) {
  char text[IZH_NUMBER_SIZE];
  izh_number_text(text, value, decimals);
  /* the minus sign is the widest character; in no sans-serif font is it wider than 1.3 digits */
  return digit_w * ((double)g_utf8_strlen(text, -1) + (value < 0 ? 0.3 : 0));
}
