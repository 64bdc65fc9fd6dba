/* Row 0 is the rise, which decays; row 1 is the current, which follows it: current' = (rise - current) / tau.
 * Both are without the factor e. */
#include "base/exactmath.h"
#include "core/synapse/kernel/decay.h"

enum {
  LOSS,      /* the fraction that decays in a step */
  GAIN,      /* how much of the rise is added to the current in a step, before it decays */
  MEAN,      /* the mean current in a step for each unit of row 1 */
  MEAN_RISE, /* the mean current in a step for each unit of row 0 */
};

/* Over a step, with x = dt / tau: e^-s falls by d = 1 - e^-x, and its mean is d/x; s e^-s begins at 0, and
 * its mean is (d - x (1 - d))/x. */
static izh_status fit(const izh_net *net, double *values, izh_filter *filter, izh_err *err) {
  (void)err;
  double x = izh_net_definition(net)->dt_ms / values[TAU], d = izh_one_minus_exp(x), e = izh_exp(1);
  filter->slots = 1;
  filter->rows = 2;
  filter->factors[LOSS] = d;
  filter->factors[GAIN] = x;
  filter->factors[MEAN] = e * (d / x);
  filter->factors[MEAN_RISE] = e * ((d - x + x * d) / x);
  return IZH_OK;
}

static void add(const izh_filter *filter, int64_t now, izh_part part, double *restrict current, bool first) {
  (void)now;
  double *restrict rise = izh_filter_row(filter, 0), *restrict sum = izh_filter_row(filter, 1);
  double loss = filter->factors[LOSS], gain = filter->factors[GAIN], mean = filter->factors[MEAN],
         mean_rise = filter->factors[MEAN_RISE];
  for (uint32_t i = part.begin; i < part.end; i++) {
    izh_current_put(current, i, mean * sum[i] + mean_rise * rise[i], first);
    sum[i] = izh_decayed(sum[i] + gain * rise[i], loss);
    rise[i] = izh_decayed(rise[i], loss);
  }
}

const izh_kernel_code IZH_ISA(kernel_alpha) = {
    .info = {.name = "alpha",
             .help = "a current that rises to the weight within tau, "
                     "and decays",
             .quantities = decay_quantities,
             .n = DECAY_QUANTITIES,
             .reversal = REVERSAL},
    .fit = fit,
    .add = add};
