/* The loops that make the currents of the neurons. Compiled once for each instruction set, see isa.h. */
#include <math.h>

#include "base/ieee.h"
#include "core/isa/isa.h"

void IZH_ISA(add_noise)(double *restrict sum, const float *restrict z, uint32_t n, double base,
                        double scale) {
  for (uint32_t i = 0; i < n; i++) sum[i] += base + scale * (double)z[i];
}

void IZH_ISA(sum_input)(double *restrict input, const double *restrict ext, const double *restrict exc,
                        const double *restrict inh, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) input[i] = ext[i] + exc[i] + inh[i];
}

static const double NOTHING = 1e-200; /* what decays below it is 0: numbers that small would be slow */

void IZH_ISA(add_exp)(const izh_filter *filter, uint32_t first, uint32_t n, double *restrict current) {
  double *restrict sum = filter->slots + first, mean = filter->mean, loss = filter->loss;
  for (uint32_t i = 0; i < n; i++) {
    current[i] += mean * sum[i];
    double rest = sum[i] - loss * sum[i];
    sum[i] = fabs(rest) > NOTHING ? rest : 0;
  }
}

/* rise decays, and what it has at a time t goes over into the current: current' = (rise - current) / tau. */
void IZH_ISA(add_alpha)(const izh_filter *filter, uint32_t first, uint32_t n, double *restrict current) {
  double *restrict rise = filter->slots + first, *restrict sum = filter->second + first;
  double mean = filter->mean, mean_rise = filter->mean_rise, loss = filter->loss, gain = filter->gain;
  for (uint32_t i = 0; i < n; i++) {
    current[i] += mean * sum[i] + mean_rise * rise[i];
    double full = sum[i] + gain * rise[i], rest = full - loss * full, left = rise[i] - loss * rise[i];
    sum[i] = fabs(rest) > NOTHING ? rest : 0;
    rise[i] = fabs(left) > NOTHING ? left : 0;
  }
}
