/* Row 0 is the sum of decaying weights. */
#include "base/exactmath.h"
#include "core/synapse/kernel/decay.h"

enum {
  LOSS,
  MEAN
}; /* the fraction that decays in a step; the mean current in a step for each unit of the sum */

/* Over a step, with x = dt / tau: e^-s falls by d = 1 - e^-x, and its mean is d/x. */
static izh_status fit(const izh_net *net, double *values, izh_filter *filter, izh_err *err) {
  (void)err;
  double x = izh_net_definition(net)->dt_ms / values[TAU], d = izh_one_minus_exp(x);
  filter->slots = filter->rows = 1;
  filter->factors[LOSS] = d;
  filter->factors[MEAN] = d / x;
  return IZH_OK;
}

static void add(const izh_filter *filter, int64_t now, izh_part part, double *restrict current, bool first) {
  double *restrict sum = izh_filter_slot(filter, now), mean = filter->factors[MEAN],
                   loss = filter->factors[LOSS];
  for (uint32_t i = part.begin; i < part.end; i++) {
    izh_current_put(current, i, mean * sum[i], first);
    sum[i] = izh_decayed(sum[i], loss);
  }
}

const izh_kernel_code IZH_ISA(kernel_exp) = {
    .info = {.name = "exp",
             .help = "a current that jumps by the weight, and decays",
             .quantities = decay_quantities,
             .n = DECAY_QUANTITIES,
             .reversal = REVERSAL},
    .fit = fit,
    .add = add};
