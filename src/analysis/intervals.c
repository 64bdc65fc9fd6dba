#include "analysis/intervals.h"

#include <math.h>

#include "analysis/measure.h"

size_t izh_isi(izh_train train, double *out) {
  if (train.n < 2) return 0;
  for (size_t i = 0; i + 1 < train.n; i++) out[i] = train.t_ms[i + 1] - train.t_ms[i];
  return train.n - 1;
}

double izh_cv(izh_train train) {
  if (train.n < 3) return NAN;
  double m = (double)(train.n - 1);
  double mean = (train.t_ms[train.n - 1] - train.t_ms[0]) / m, squares = 0;
  if (!(mean > 0)) return NAN;
  for (size_t i = 0; i + 1 < train.n; i++) {
    double off = train.t_ms[i + 1] - train.t_ms[i] - mean;
    squares += off * off;
  }
  return sqrt(squares / m) / mean;
}

double izh_cv2(izh_train train) {
  if (train.n < 3) return NAN;
  double sum = 0;
  for (size_t i = 0; i + 2 < train.n; i++) {
    double a = train.t_ms[i + 1] - train.t_ms[i], both = train.t_ms[i + 2] - train.t_ms[i];
    sum += 2 * fabs(both - 2 * a) / both;
  }
  return isnan(sum) ? NAN : sum / (double)(train.n - 2); /* a NaN without a sign: 0/0 would print as -nan */
}

double izh_lvr(izh_train train, double r_ms) {
  if (train.n < 3) return NAN;
  double sum = 0;
  for (size_t i = 0; i + 2 < train.n; i++) {
    double a = train.t_ms[i + 1] - train.t_ms[i], both = train.t_ms[i + 2] - train.t_ms[i];
    double ratio = (both - 2 * a) / both; /* its square is 1 - 4 I J / (I + J)² */
    sum += ratio * ratio * (1 + 4 * r_ms / both);
  }
  return isnan(sum) ? NAN : 3 * sum / (double)(train.n - 2);
}

double izh_lv(izh_train train) {
  return izh_lvr(train, 0);
}

/* --- for scripts --- */

static double cv_of_neuron(const izh_measured *of, size_t i) {
  return izh_cv(izh_trains_at(&of->trains, i));
}

static double cv2_of_neuron(const izh_measured *of, size_t i) {
  return izh_cv2(izh_trains_at(&of->trains, i));
}

static double lv_of_neuron(const izh_measured *of, size_t i) {
  return izh_lv(izh_trains_at(&of->trains, i));
}

static double lvr_of_neuron(const izh_measured *of, size_t i) {
  return izh_lvr(izh_trains_at(&of->trains, i), of->option[0]);
}

const izh_measure izh_measure_cv = {.of_neuron = cv_of_neuron};
const izh_measure izh_measure_cv2 = {.of_neuron = cv2_of_neuron};
const izh_measure izh_measure_lv = {.of_neuron = lv_of_neuron};
const izh_measure izh_measure_lvr = {.of_neuron = lvr_of_neuron}; /* option: R in ms */
