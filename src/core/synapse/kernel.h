/* Kernels: what a spike that arrives at a synapse of weight w does to the target.
 *
 * The current of a step is the kernel's mean over that step, so that the charge (current × time) that a spike
 * brings does not depend on dt, and the current of a step is right as it stands at any dt. */
#ifndef IZH_CORE_KERNEL_H
#define IZH_CORE_KERNEL_H

#include "base/status.h"
#include "core/net/net.h"

typedef enum izh_kernel_kind {
  IZH_KERNEL_PULSE, /* current w for `ms` from the arrival on; charge w ms */
  IZH_KERNEL_DELTA, /* v jumps by w at the arrival, before the step is integrated: no current */
  IZH_KERNEL_EXP,   /* current w e^(-t/ms); charge w ms */
  IZH_KERNEL_ALPHA, /* current w (t/ms) e^(1 - t/ms), whose peak w is at t = ms; charge w e ms */
  IZH_KERNEL_COUNT
} izh_kernel_kind;

typedef struct izh_kernel {
  izh_kernel_kind kind;
  double ms; /* width of a pulse, a multiple of dt, > 0; time constant tau of exp and alpha, 0.001 … 10^6 */
} izh_kernel;

const char *izh_kernel_name(izh_kernel_kind kind); /* "pulse", "delta", "exp", "alpha" */

/* IZH_RANGE when the width is not on the grid of the network, or a number is out of range. */
izh_status izh_kernel_check(const izh_net *net, const izh_kernel *kernel, izh_err *err);

#endif
