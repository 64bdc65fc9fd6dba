#include "analysis/rate.h"

#include <math.h>

const char *const izh_smoothing_names[] = {"gaussian",    "rectangular", "triangular", "epanechnikov",
                                           "exponential", "alpha",       NULL};

double izh_smoothing_at(izh_smoothing kernel, double sigma_ms, double t_ms) {
  double x = t_ms / sigma_ms, half;
  switch (kernel) {
  case IZH_SMOOTHING_RECTANGULAR:
    half = sqrt(3);
    return fabs(x) <= half ? 1 / (2 * half * sigma_ms) : 0;
  case IZH_SMOOTHING_TRIANGULAR:
    half = sqrt(6);
    return fabs(x) < half ? (1 - fabs(x) / half) / (half * sigma_ms) : 0;
  case IZH_SMOOTHING_EPANECHNIKOV:
    half = sqrt(5);
    return fabs(x) < half ? 0.75 * (1 - x * x / 5) / (half * sigma_ms) : 0;
  case IZH_SMOOTHING_EXPONENTIAL:
    return x >= 0 ? exp(-x) / sigma_ms : 0;
  case IZH_SMOOTHING_ALPHA:
    return x >= 0 ? 2 * x * exp(-x * sqrt(2)) / sigma_ms : 0;
  default:
    return exp(-x * x / 2) / (sqrt(2 * acos(-1)) * sigma_ms);
  }
}

/* How far before and after a spike a kernel reaches, in sigma. */
static void reach(izh_smoothing kernel, double *before, double *after) {
  static const double cut[IZH_SMOOTHING_COUNT] = {
      5, 1.7320508075688774, 2.449489742783178, 2.23606797749979, 14, 12};
  *after = cut[kernel];
  *before = kernel < IZH_SMOOTHING_EXPONENTIAL ? cut[kernel] : 0;
}

void izh_instantaneous_rate(izh_train train, izh_smoothing kernel, double sigma_ms, double from_ms,
                            double every_ms, double *out, size_t n) {
  double before, after;
  reach(kernel, &before, &after);
  for (size_t k = 0; k < n; k++) out[k] = 0;
  for (size_t i = 0, next; i < train.n; i = next) {
    double t = train.t_ms[i];
    for (next = i + 1; next < train.n && train.t_ms[next] == t;) next++;
    double first = ceil((t - before * sigma_ms - from_ms) / every_ms - 1e-9) - 1;
    double last = floor((t + after * sigma_ms - from_ms) / every_ms + 1e-9) - 1;
    for (double k = fmax(first, 0); k <= last && k < (double)n; k++) {
      double at = from_ms + (k + 1) * every_ms;
      out[(size_t)k] += (double)(next - i) * 1000 * izh_smoothing_at(kernel, sigma_ms, at - t);
    }
  }
}
