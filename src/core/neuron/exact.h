/* The integrator "exact" for several neurons side by side. Private to the core. */
#ifndef IZH_CORE_EXACT_H
#define IZH_CORE_EXACT_H

#include "core/neuron/model_code.h"

enum { IZH_EXACT_ORDER = 16 };

/* 1 / n, so that finding the coefficients of a series needs no division. */
static const double izh_exact_inverse[IZH_EXACT_ORDER + 1] = {
    0,       1.0,      1.0 / 2,  1.0 / 3,  1.0 / 4,  1.0 / 5,  1.0 / 6,  1.0 / 7, 1.0 / 8,
    1.0 / 9, 1.0 / 10, 1.0 / 11, 1.0 / 12, 1.0 / 13, 1.0 / 14, 1.0 / 15, 1.0 / 16};

/* Moves the neurons of x. Each moves until the step ends or something happens to it: v is about to reach an
 * extremum or the peak, or the state is beyond its bounds. t[i]: how far it has come since the step began;
 * dt: to the end of the step. Each neuron gets the same bits as by itself. flow[i]: the flows, without a side
 * and with b3 = 0. peak[i]: the peaks, which must not depend on u. */
typedef void izh_exact_loop(const izh_flow *flow, const double *peak, const izh_neurons *x, double tolerance,
                            double *t);

#endif
