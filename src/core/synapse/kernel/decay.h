/* What kernels that decay with a time constant share. */
#ifndef IZH_CORE_DECAY_H
#define IZH_CORE_DECAY_H

#include <math.h>

#include "base/ieee.h"
#include "core/isa/isa.h"

static const izh_quantity tau_quantity = {.name = "tau",
                                          .unit = "ms",
                                          .help = "time constant of the decay",
                                          .required = true,
                                          .low = 0.001,
                                          .high = 1e6};

/* What decays below 1e-200 becomes 0: still smaller numbers would be subnormal, and slow. */
static inline double izh_decayed(double sum, double loss) {
  double rest = sum - loss * sum;
  return fabs(rest) > 1e-200 ? rest : 0;
}

#endif
