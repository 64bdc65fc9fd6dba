/* Kernels: what a spike that arrives at a synapse of weight w does to the target.
 *
 * The current of a step is the kernel's mean over that step, so that the charge (current × time) that a spike
 * brings does not depend on dt, and the current of a step is right as it stands at any dt.
 *
 * A kernel is a file in core/synapse/kernel and a line here. */
#ifndef IZH_CORE_KERNEL_H
#define IZH_CORE_KERNEL_H

#include "base/quantity.h"
#include "base/status.h"
#include "core/net/net.h"

/* Their order is that of state files: new ones are added at the end. The first is the one of a synapse of
 * which nothing is said. */
#define IZH_KERNELS(X)                                                                                       \
  X(PULSE, pulse) /* current w for `width` from the arrival on; charge w width */                            \
  X(DELTA, delta) /* v jumps by w at the arrival, before the step is integrated: no current */               \
  X(EXP, exp)     /* current w e^(-t/tau); charge w tau */                                                   \
  X(ALPHA, alpha) /* current w (t/tau) e^(1 - t/tau), whose peak w is at t = tau; charge w e tau */

#define IZH_KERNEL_MEMBER(NAME, name) IZH_KERNEL_##NAME,
typedef enum izh_kernel_kind { IZH_KERNELS(IZH_KERNEL_MEMBER) IZH_KERNEL_COUNT } izh_kernel_kind;

enum { IZH_KERNEL_QUANTITIES = 4 }; /* no kernel has more */

typedef struct izh_kernel {
  izh_kernel_kind kind;
  double values[IZH_KERNEL_QUANTITIES]; /* of its quantities: width of pulse, tau of exp and alpha, in ms */
} izh_kernel;

typedef struct izh_kernel_info {
  const char *name; /* "pulse" … */
  const char *help;
  const izh_quantity *quantities; /* [n] */
  int n;
  bool jumps;   /* what arrives is added to v: no current */
  bool unnamed; /* its one quantity is shown without its name: "pulse of 3 ms" */
} izh_kernel_info;

const izh_kernel_info *izh_kernel_describe(izh_kernel_kind kind);
const char *izh_kernel_name(izh_kernel_kind kind);

/* With the defaults of its quantities; those that are required are 0. */
izh_kernel izh_kernel_default(izh_kernel_kind kind);

/* IZH_RANGE when the width of a pulse is not on the grid of the network, or a number is out of range. */
izh_status izh_kernel_check(const izh_net *net, const izh_kernel *kernel, izh_err *err);

/* "exp of tau 3 ms" into text; "" for the pulse of 1 ms, of which nothing needs to be said. */
void izh_kernel_text(const izh_kernel *kernel, char *text, size_t size);

#endif
