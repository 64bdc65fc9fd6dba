/* Row 0 is the part that still rises, row 1 the current; both without the factor e. What rises decays, and
 * what it has at a time t goes over into the current: current' = (rise - current) / tau. */
#include "base/exactmath.h"
#include "core/synapse/kernel/decay.h"

enum {
  LOSS,      /* what decays in a step */
  GAIN,      /* what goes over from the part that rises in a step, before it decays */
  MEAN,      /* the current of a step, for each unit of row 1 … */
  MEAN_RISE, /* … and of row 0 */
};

/* Over a step, with x = dt / tau, e^-s falls by d = 1 - e^-x and has the mean d/x; s e^-s, which is 0 before,
 * has the mean (d - x (1 - d))/x. */
static izh_status fit(const izh_net *net, double *values, izh_filter *filter, izh_err *err) {
  (void)err;
  double x = izh_net_definition(net)->dt_ms / values[0], d = izh_one_minus_exp(x), e = izh_exp(1);
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
  izh_current_begin(current, part, first);
  for (uint32_t i = part.begin; i < part.end; i++) {
    current[i] += mean * sum[i] + mean_rise * rise[i];
    sum[i] = izh_decayed(sum[i] + gain * rise[i], loss);
    rise[i] = izh_decayed(rise[i], loss);
  }
}

const izh_kernel_code IZH_ISA(kernel_alpha) = {
    .info = {.name = "alpha",
             .help = "a current that rises to the weight within tau, "
                     "and decays",
             .quantities = &tau_quantity,
             .n = 1},
    .fit = fit,
    .add = add};
