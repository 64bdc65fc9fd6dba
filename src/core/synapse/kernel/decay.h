/* What kernels that decay with a time constant share. */
#ifndef IZH_CORE_DECAY_H
#define IZH_CORE_DECAY_H

#include <math.h>

#include "base/ieee.h"
#include "core/isa/isa.h"

enum { TAU, REVERSAL, DECAY_QUANTITIES };

static const izh_quantity decay_quantities[DECAY_QUANTITIES] = {
    [TAU] = {.name = "tau",
             .unit = "ms",
             .help = "time constant of the decay",
             .required = true,
             .low = 0.001,
             .high = 1e6},
    [REVERSAL] = {.name = "reversal",
                  .unit = "mV",
                  .help = "makes the weight a conductance g: the current is g (reversal - v)",
                  .otherwise = NAN,
                  .low = -1000,
                  .high = 1000}};

/* What decays below 1e-200 becomes 0: still smaller numbers would be subnormal, and slow. */
static inline double izh_decayed(double sum, double loss) {
  double rest = sum - loss * sum;
  return fabs(rest) > 1e-200 ? rest : 0;
}

#endif
