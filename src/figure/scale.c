#include "figure/scale.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double RISING_MOST = 100; /* length of a label that is read from below, in pt */
static const double UP_STEPS = 5.999;  /* a vertical axis has at most so many steps between ticks */
static const double LOW_STEPS = 3.999; /* the same in a low plot */
static const double ROW_TICKS = 7;     /* about so many ticks has the axis of rows in a tall raster */
static const double CLOSEST = 0.6;     /* to have two ticks and not one, `apart` may shrink to this share */

/* The power of ten that labels are divided by, a multiple of 3. It is 0 unless labels would have more than
 * five digits before the point, or would all be below 0.005. */
static int power_of(double lo, double hi) {
  double most = fmax(fabs(lo), fabs(hi));
  if (!(hi > lo) || !(most > 0)) return 0;
  if (most < 1e5 && most >= 5e-3) return 0;
  return 3 * (int)floor(fmax(log10(most), -300) / 3 + 1e-12); /* 10^-324 would be 0 */
}

void izh_scale_init(izh_scale *scale, double lo, double hi, bool log) {
  *scale = (izh_scale){.lo = lo, .hi = hi, .log = log, .power = log ? 0 : power_of(lo, hi)};
}

void izh_scale_rows(izh_scale *scale, double first, double last, const uint32_t *names) {
  *scale = (izh_scale){.lo = first - 0.5, .hi = last + 0.5, .rows = true, .names = names};
}

void izh_scale_own(izh_scale *scale, const izh_axis *axis, izh_scale_tick *ticks, size_t *n) {
  scale->whole = axis->whole;
  scale->minor_step = axis->minor;
  scale->given = axis->ticks != NULL;
  scale->own = ticks + *n;
  scale->n_own = axis->n_ticks;
  for (size_t i = 0; i < axis->n_ticks; i++)
    ticks[(*n)++] = (izh_scale_tick){.at = axis->ticks[i].at, .label = axis->ticks[i].label};
}

void izh_scale_widen(izh_scale *scale, double lo, double hi) {
  scale->lo = lo;
  scale->hi = hi;
  scale->power = scale->log ? 0 : power_of(lo, hi);
}

static double unit(const izh_scale *scale) {
  return pow(10, scale->power);
}

/* Finds the values m × 10^k in the range, with m from m[n] and k a multiple of `every`. */
static void log_values(izh_ticks *ticks, const izh_scale *scale, const int *m, size_t n, int every) {
  int first = (int)floor(log10(scale->lo) - 1e-9), last = (int)ceil(log10(scale->hi) + 1e-9);
  ticks->n = 0;
  for (int k = first; k <= last; k++) {
    for (size_t i = 0; i < n; i++) {
      double value = m[i] * pow(10, k);
      bool within = value >= scale->lo * (1 - 1e-9) && value <= scale->hi * (1 + 1e-9);
      if (within && k % every == 0 && ticks->n < IZH_TICKS_MAX) ticks->at[ticks->n++] = value;
    }
  }
}

/* Sets the ticks to powers of ten, at most about `most`. If the range has less than two of them, also to 2
 * and 5 times powers of ten. */
static void log_ticks(izh_scale *scale, double most) {
  static const int ones[] = {1}, some[] = {1, 2, 5}, all[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  double decades = log10(scale->hi / scale->lo);
  int every = (int)fmax(1, ceil(decades / fmax(1, most)));
  log_values(&scale->ticks, scale, ones, 1, every);
  scale->decades = fabs(log10(scale->lo)) > 3.5 || fabs(log10(scale->hi)) > 4.5;
  if (scale->ticks.n < 2) log_values(&scale->ticks, scale, some, 3, 1);
  if (scale->ticks.n < 2) /* so narrow that it is nearly linear */
    scale->ticks = izh_ticks_every(izh_round_step((scale->hi - scale->lo) / 3), scale->lo, scale->hi);
  scale->minor.n = 0;
  if (every == 1 && decades <= 6) log_values(&scale->minor, scale, all, 9, 1);
}

/* Leaves out ticks whose labels would be closer than `gap` to the label before. digit_w 0: the labels are
 * above each other. */
static void log_thin(izh_scale *scale, double length, double gap, double digit_w) {
  double end = -INFINITY;
  size_t n = 0;
  for (size_t k = 0; k < scale->ticks.n; k++) {
    double size = digit_w > 0 ? izh_scale_label_w(scale, k, digit_w) : 0;
    double middle = izh_scale_tick_fraction(scale, scale->ticks.at[k]) * length;
    if (middle - size / 2 < end + gap) continue;
    end = middle + size / 2;
    scale->ticks.at[n++] = scale->ticks.at[k];
  }
  scale->ticks.n = n;
}

/* --- ticks that were asked for --- */

static bool in_range(const izh_scale *scale, double value) {
  double slack = 1e-9 * (scale->hi - scale->lo);
  return value >= scale->lo - slack && value <= scale->hi + slack;
}

/* All that are in the range; at most IZH_TICKS_MAX, evenly chosen. */
static void own_ticks(izh_scale *scale) {
  size_t n = 0, k = 0;
  for (size_t i = 0; i < scale->n_own; i++) n += in_range(scale, scale->own[i].at);
  size_t stride = (n + IZH_TICKS_MAX - 1) / IZH_TICKS_MAX;
  scale->ticks = (izh_ticks){0};
  for (size_t i = 0; i < scale->n_own; i++) {
    if (!in_range(scale, scale->own[i].at) || k++ % stride) continue;
    double at = scale->log ? scale->own[i].at : scale->own[i].at / unit(scale);
    int decimals = izh_number_decimals(at);
    if (decimals > scale->ticks.decimals) scale->ticks.decimals = decimals;
    scale->which[scale->ticks.n] = i;
    scale->ticks.at[scale->ticks.n++] = at;
  }
}

/* Whether labels beside each other, or above each other when digit_w is 0, keep a gap. */
static bool own_fit(const izh_scale *scale, double length, double gap, double digit_w) {
  double end = -INFINITY;
  for (size_t k = 0; k < scale->ticks.n; k++) {
    double size = digit_w > 0 ? izh_scale_label_w(scale, k, digit_w) : 0;
    double middle = izh_scale_tick_fraction(scale, scale->ticks.at[k]) * length;
    if (middle - size / 2 < end + gap) return false;
    end = middle + size / 2;
  }
  return true;
}

/* If they do not fit, every second, third … tick is left. */
static void own_thin(izh_scale *scale, double length, double gap, double digit_w) {
  izh_scale all = *scale;
  for (size_t stride = 2; !own_fit(scale, length, gap, digit_w); stride++) {
    scale->ticks.n = 0;
    for (size_t k = 0; k < all.ticks.n; k += stride) {
      scale->which[scale->ticks.n] = all.which[k];
      scale->ticks.at[scale->ticks.n++] = all.ticks.at[k];
    }
  }
}

static bool has_words(const izh_scale *scale) {
  for (size_t i = 0; i < scale->n_own; i++)
    if (scale->own[i].label) return true;
  return false;
}

static void own_along(izh_scale *scale, double length, double digit_w, double line) {
  own_ticks(scale);
  scale->folded = false;
  bool wide = has_words(scale) && !own_fit(scale, length, digit_w, digit_w);
  scale->folded = wide;
  scale->rising = wide && !own_fit(scale, length, digit_w, digit_w);
  if (scale->rising) scale->folded = false;
  own_thin(scale, length, scale->rising ? line : digit_w, scale->rising ? 0 : digit_w);
}

/* Small ticks between the others, unless they would be a grey line. */
static void minor_ticks(izh_scale *scale) {
  if (scale->log || !(scale->minor_step > 0)) return;
  double step = scale->minor_step / unit(scale), lo = scale->lo / unit(scale), hi = scale->hi / unit(scale);
  scale->minor.n = 0;
  if ((hi - lo) / step < IZH_TICKS_MAX - 1) scale->minor = izh_ticks_every(step, lo, hi);
}

/* Whole numbers where others would be between them, or where there is no round one: as many as have room, at
 * least one if there is one. */
static void whole_ticks(izh_scale *scale, double length, double digit_w) {
  static const double gap = 1; /* digits */
  double step = 1,
         widest = fmax(izh_number_width(scale->lo, 0, digit_w), izh_number_width(scale->hi, 0, digit_w));
  izh_ticks ticks = izh_ticks_every(step, scale->lo, scale->hi);
  scale->ticks = ticks;
  while (ticks.n > 1 && step / (scale->hi - scale->lo) * length < widest + gap * digit_w) {
    step = izh_round_step(1.5 * step);
    ticks = izh_ticks_every(step, scale->lo, scale->hi);
    if (ticks.n > 0) scale->ticks = ticks;
  }
}

void izh_scale_along(izh_scale *scale, double length, double digit_w, double line) {
  minor_ticks(scale);
  if (scale->given) {
    own_along(scale, length, digit_w, line);
    return;
  }
  if (scale->log) {
    log_ticks(scale, length / (8 * digit_w));
    log_thin(scale, length, digit_w, digit_w);
    return;
  }
  scale->ticks = izh_ticks_along(scale->lo / unit(scale), scale->hi / unit(scale), length, digit_w);
  if (scale->whole && scale->power == 0 && scale->ticks.decimals > 0) whole_ticks(scale, length, digit_w);
}

void izh_scale_up(izh_scale *scale, double length, double apart) {
  minor_ticks(scale);
  if (scale->given) {
    own_ticks(scale);
    own_thin(scale, length, CLOSEST * apart, 0);
    return;
  }
  if (scale->log) {
    log_ticks(scale, length / apart);
    log_thin(scale, length, CLOSEST * apart, 0);
    return;
  }
  double lo = scale->lo / unit(scale), hi = scale->hi / unit(scale);
  if (scale->rows) {
    double least = fmax(apart, length / ROW_TICKS) * (hi - lo) / length;
    scale->ticks = izh_ticks_ids(lo + 0.5, hi - 0.5, least);
    return;
  }
  if (scale->low) {
    scale->ticks = izh_ticks_every(izh_round_step((hi - lo) / LOW_STEPS), lo, hi);
    return;
  }
  if (!(hi > lo)) {
    scale->ticks = (izh_ticks){.n = 1, .at = {lo}, .decimals = izh_number_decimals(lo)};
    return;
  }
  double steps = fmax(1.001, fmin(UP_STEPS, length / apart)), step;
  izh_ticks ticks;
  do {
    step = izh_round_step((hi - lo) / steps);
    ticks = izh_ticks_every(step, lo, hi);
    steps *= 1.3;
  } while (ticks.n < 2 && steps < UP_STEPS);
  if (scale->whole && scale->power == 0 && ticks.decimals > 0) ticks = izh_ticks_every(step = 1, lo, hi);
  if (ticks.n > 1 && step / (hi - lo) * length < CLOSEST * apart) ticks.n = 1;
  scale->ticks = ticks;
}

double izh_scale_bar(const izh_scale *scale, double given) {
  double part = scale->low ? 0.4 : 0.15;
  if (isnan(given) || scale->log || !(scale->hi > scale->lo)) return 0;
  return given > 0 ? given : izh_round_step(part * (scale->hi - scale->lo));
}

double izh_scale_fraction(const izh_scale *scale, double value) {
  if (!(scale->hi > scale->lo)) return 0.5;
  if (scale->log) return log(value / scale->lo) / log(scale->hi / scale->lo);
  return (value - scale->lo) / (scale->hi - scale->lo);
}

double izh_scale_value(const izh_scale *scale, double fraction) {
  if (scale->log) return scale->lo * pow(scale->hi / scale->lo, fraction);
  return scale->lo + fraction * (scale->hi - scale->lo);
}

double izh_scale_tick_fraction(const izh_scale *scale, double tick) {
  return izh_scale_fraction(scale, scale->log ? tick : tick * unit(scale));
}

/* Finds m and k of a value m × 10^k. */
static int tick_power(double tick, double *factor) {
  int power = (int)floor(log10(tick) + 1e-9);
  *factor = tick / pow(10, power);
  return power;
}

/* The label that was asked for tick k; NULL: none was. */
static const izh_scale_tick *own_label(const izh_scale *scale, size_t k) {
  const izh_scale_tick *own = scale->given ? &scale->own[scale->which[k]] : NULL;
  return own && own->label ? own : NULL;
}

/* What the axis calls a row. */
static double row_name(const izh_scale *scale, double row) {
  return scale->names ? scale->names[(size_t)(row - scale->lo)] : row;
}

/* Whether the labels are names of rows. */
static bool has_names(const izh_scale *scale) {
  return scale->rows && !scale->given;
}

const char *izh_scale_label(const izh_scale *scale, size_t k, char text[IZH_SCALE_TEXT_SIZE]) {
  if (own_label(scale, k)) return own_label(scale, k)->label;
  char number[IZH_NUMBER_SIZE], exponent[IZH_NUMBER_SIZE];
  double tick = scale->ticks.at[k], factor;
  if (has_names(scale)) tick = row_name(scale, tick);
  if (!scale->log || !scale->decades) {
    int decimals = scale->log ? izh_number_decimals(tick) : scale->ticks.decimals;
    snprintf(text, IZH_SCALE_TEXT_SIZE, "%s", izh_number_text(number, tick, decimals));
    return text;
  }
  izh_number_text(exponent, tick_power(tick, &factor), 0);
  izh_number_text(number, factor, izh_number_decimals(factor));
  bool bare = strcmp(number, "1") == 0;
  snprintf(text, IZH_SCALE_TEXT_SIZE, "%s%s10<sup>%s</sup>", bare ? "" : number, bare ? "" : "·", exponent);
  return text;
}

double izh_scale_label_w(const izh_scale *scale, size_t k, double digit_w) {
  double tick = scale->ticks.at[k], factor;
  const izh_scale_tick *own = own_label(scale, k);
  if (own) return scale->folded && own->folded > 0 ? own->folded : own->width;
  if (has_names(scale)) tick = row_name(scale, tick);
  if (!scale->log) return izh_number_width(tick, scale->ticks.decimals, digit_w);
  if (!scale->decades) return izh_number_width(tick, izh_number_decimals(tick), digit_w);
  int power = tick_power(tick, &factor), decimals = izh_number_decimals(factor);
  double before = fabs(factor - 1) < 1e-6 ? 0 : izh_number_width(factor, decimals, digit_w) + 0.7 * digit_w;
  return before + 2 * digit_w + 0.75 * izh_number_width(power, 0, digit_w);
}

double izh_scale_widest(const izh_scale *scale, double digit_w) {
  double most = 0;
  if (has_names(scale)) { /* other rows may have ticks when the plot is higher */
    for (double row = scale->names ? scale->lo + 0.5 : scale->hi - 0.5; row < scale->hi; row++)
      most = fmax(most, row_name(scale, row));
    return izh_number_width(most, 0, digit_w);
  }
  for (size_t k = 0; k < scale->ticks.n; k++) most = fmax(most, izh_scale_label_w(scale, k, digit_w));
  return most;
}

double izh_scale_row(const izh_scale *scale, double digit_w, double line) {
  if (scale->rising) return fmax(line, fmin(RISING_MOST, izh_scale_widest(scale, digit_w)));
  return scale->folded ? 2 * line : line;
}

double izh_scale_overhang(const izh_scale *scale, double digit_w, double line) {
  return scale->rising ? line / 2 : izh_scale_widest(scale, digit_w) / 2;
}

izh_box izh_scale_label_box(const izh_scale *scale, size_t k, double digit_w, izh_box at) {
  double w = izh_scale_label_w(scale, k, digit_w);
  if (scale->rising) return (izh_box){at.x - at.h / 2, at.y, at.h, fmin(w, RISING_MOST)};
  bool two = scale->folded && scale->own[scale->which[k]].folded > 0;
  return (izh_box){at.x - w / 2, at.y, w, two ? 2 * at.h : at.h};
}
