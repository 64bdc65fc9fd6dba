#include "figure/rate.h"

#include <math.h>

#include "figure/axis.h"

double izh_rate_bin(double span_ms, double width_pt) {
  static const double narrowest_pt = 0.9, most = 200, fewest = 20;
  double bins = fmax(fewest, fmin(most, width_pt / narrowest_pt));
  return izh_round_step(span_ms / bins);
}

size_t izh_rate_bins(double span_ms, double bin_ms) {
  double bins = ceil(span_ms / bin_ms - 1e-9);
  return bins < 1 ? 1 : (size_t)bins;
}

size_t izh_rate_bin_of(double t_ms, double from_ms, double bin_ms, size_t n_bins) {
  /* a time is a sum of steps: its last digits must not move a spike at the end of a bin into the next bin */
  double bin = ceil((t_ms - from_ms) / bin_ms - 1e-9) - 1;
  if (bin < 0) return 0;
  return bin >= (double)n_bins ? n_bins - 1 : (size_t)bin;
}
