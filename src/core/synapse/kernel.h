/* Kernels: what a spike does to the target when it arrives at a synapse of weight w.
 *
 * The current of a step is the mean of the kernel over that step. So the charge (current × time) that a spike
 * brings does not depend on dt.
 *
 * A kernel is a file in core/synapse/kernel and a line here. */
#ifndef IZH_CORE_KERNEL_H
#define IZH_CORE_KERNEL_H

#include "base/quantity.h"
#include "base/status.h"
#include "core/net/net.h"

/* State files store the position in this list: new kernels are added at the end. The first is the default. */
#define IZH_KERNELS(X)                                                                                       \
  X(PULSE, pulse) /* current w for `width` from the arrival on; charge w width */                            \
  X(DELTA, delta) /* v jumps by w on arrival, before the step is integrated; no current */                   \
  X(EXP, exp)     /* current w e^(-t/tau); charge w tau */                                                   \
  X(ALPHA, alpha) /* current w (t/tau) e^(1 - t/tau), whose peak w is at t = tau; charge w e tau */

#define IZH_KERNEL_MEMBER(NAME, name) IZH_KERNEL_##NAME,
typedef enum izh_kernel_kind { IZH_KERNELS(IZH_KERNEL_MEMBER) IZH_KERNEL_COUNT } izh_kernel_kind;

enum { IZH_KERNEL_QUANTITIES = 4 }; /* no kernel has more */

typedef struct izh_kernel {
  izh_kernel_kind kind;
  double
      values[IZH_KERNEL_QUANTITIES]; /* of its quantities, such as the width of pulse, the tau of exp; ms */
  bool conducts; /* the weight is a conductance, and the kernel has a reversal potential */
} izh_kernel;

typedef struct izh_kernel_info {
  const char *name; /* "pulse" … */
  const char *help;
  const izh_quantity *quantities; /* [n] */
  int n;
  bool jumps;   /* what arrives is added to v; there is no current */
  int reversal; /* the quantity that is the reversal potential, if the kernel conducts; 0: it can not */
  bool unnamed; /* its only quantity is shown without its name: "pulse of 3 ms" */
} izh_kernel_info;

const izh_kernel_info *izh_kernel_describe(izh_kernel_kind kind);
const char *izh_kernel_name(izh_kernel_kind kind);

/* A kernel with the defaults of its quantities; required quantities are 0. */
izh_kernel izh_kernel_default(izh_kernel_kind kind);

/* The reversal potential E in mV: the weight is a conductance g ≥ 0, and what the kernel says of the current
 * holds for g; the current is g (E - v). NaN: the weight is a current. */
double izh_kernel_reversal(const izh_kernel *kernel);

/* IZH_RANGE when a quantity is out of its range, or the width of a pulse is not a multiple of dt. */
izh_status izh_kernel_check(const izh_net *net, const izh_kernel *kernel, izh_err *err);

/* Writes "exp of tau 3 ms" into text; "" for the default, a pulse of 1 ms. */
void izh_kernel_text(const izh_kernel *kernel, char *text, size_t size);

#endif
