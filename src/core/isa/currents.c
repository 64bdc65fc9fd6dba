/* The loops that make the currents of the neurons. Compiled once for each instruction set, see isa.h. */
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

void IZH_ISA(conduct)(const izh_conduction *c) {
  const double *restrict g = c->g, *restrict v = c->v, *restrict threshold = c->threshold;
  double *restrict exc = c->exc, *restrict inh = c->inh, *restrict leak = c->leak, reversal = c->reversal;
  for (uint32_t i = 0; i < c->n; i++) {
    double current = g[i] * (reversal - v[i]), limit = threshold ? threshold[i] : IZH_THRESHOLD;
    exc[i] += reversal < limit ? 0 : current;
    inh[i] += reversal < limit ? current : 0;
    leak[i] += g[i];
  }
}
