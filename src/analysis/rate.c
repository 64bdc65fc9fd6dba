#include "analysis/rate.h"

#include <math.h>

#include "analysis/measure.h"

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

static void add_kernel(const izh_rate_samples *g, double t, double spikes, double first, double last) {
  for (double k = fmax(first, 0); k <= last && k < (double)g->n; k++)
    g->out[(size_t)k] +=
        spikes * izh_smoothing_at(g->kernel, g->sigma_ms, g->from_ms + (k + 1) * g->every_ms - t);
}

/* Adds a Gaussian with few exponentials for each spike, instead of one for each sample. It begins at the
 * sample nearest to the spike and goes outward. Let h be every/sigma, and x the distance of a sample from the
 * spike in sigma. The next sample is e^-(x h + h²/2) times this one, and this factor falls by e^-h² each
 * time. Up to 5 sigma the rounding errors add up to less than 10^-11 of the value. */
static void add_gaussian(const izh_rate_samples *g, double t, double spikes, double first, double last) {
  double sigma_ms = g->sigma_ms;
  double centre = round((t - g->from_ms) / g->every_ms) - 1, h = g->every_ms / sigma_ms;
  if (!(centre >= 0 && centre < (double)g->n) || h > 1) {
    add_kernel(g, t, spikes, first, last);
    return;
  }
  double x = (g->from_ms + (centre + 1) * g->every_ms - t) / sigma_ms;
  double top = spikes * izh_smoothing_at(IZH_SMOOTHING_GAUSSIAN, sigma_ms, x * sigma_ms);
  double fall = exp(-h * h), down = exp(x * h - h * h / 2), up = fall / down;
  size_t middle = (size_t)centre, least = (size_t)fmax(first, 0);
  size_t most = (size_t)fmin(fmax(last, centre), (double)g->n - 1);
  double left = top, right = top;
  g->out[middle] += top;
  for (size_t k = middle + 1; k <= most; k++) {
    right *= up;
    up *= fall;
    g->out[k] += right;
  }
  for (size_t k = middle; k > least; k--) {
    left *= down;
    down *= fall;
    g->out[k - 1] += left;
  }
}

void izh_instantaneous_rate(izh_train train, const izh_rate_samples *g) {
  double before, after;
  reach(g->kernel, &before, &after);
  for (size_t k = 0; k < g->n; k++) g->out[k] = 0;
  for (size_t i = 0, next; i < train.n; i = next) {
    double t = train.t_ms[i];
    for (next = i + 1; next < train.n && train.t_ms[next] == t;) next++;
    double first = ceil((t - before * g->sigma_ms - g->from_ms) / g->every_ms - 1e-9) - 1;
    double last = floor((t + after * g->sigma_ms - g->from_ms) / g->every_ms + 1e-9) - 1;
    double spikes = (double)(next - i) * 1000;
    (g->kernel == IZH_SMOOTHING_GAUSSIAN ? add_gaussian : add_kernel)(g, t, spikes, first, last);
  }
}

/* --- for scripts --- */

static izh_status rate_of_all(const izh_measured *of, double *out, size_t n, izh_err *err) {
  (void)err;
  const double *option = of->option;
  izh_rate_samples samples = {(izh_smoothing)option[0], option[1], of->trains.from_ms, option[2], out, n};
  izh_instantaneous_rate(of->pooled, &samples);
  return IZH_OK;
}

static double rate_of_neuron(const izh_measured *of, size_t i) {
  const izh_trains *trains = &of->trains;
  double seconds = (trains->to_ms - (trains->begun_ms ? trains->begun_ms[i] : trains->from_ms)) / 1000;
  return seconds > 0 ? (double)izh_trains_at(trains, i).n * (1 / seconds) : NAN;
}

const izh_measure izh_measure_mean_firing_rate = {.of_neuron = rate_of_neuron};
/* options: kernel, an izh_smoothing; sigma and every in ms */
const izh_measure izh_measure_instantaneous_rate = {.of_all = rate_of_all, .pooled = true};
