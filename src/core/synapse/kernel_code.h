/* What a file of core/synapse/kernel gives to the rest of the core, and functions on kernels. Private to the
 * core. The files are compiled once for each instruction set (core/isa/isa.h). */
#ifndef IZH_CORE_KERNEL_CODE_H
#define IZH_CORE_KERNEL_CODE_H

#include "core/net/archive.h"
#include "core/net/part.h"
#include "core/synapse/filter.h"

/* A kernel. If its spikes make v jump, it has only the first member. */
typedef struct izh_kernel_code {
  izh_kernel_info info;
  /* Sets slots, rows and factors of a filter for the dt of a network. The values are in their ranges. A value
   * that must be a multiple of dt, and is one but for its last bits, is rounded to it. */
  izh_status (*fit)(const izh_net *net, double *values, izh_filter *filter, izh_err *err);
  /* Begins a step, before arrivals are added; NULL: nothing to do. */
  void (*begin)(const izh_filter *filter, int64_t now, izh_part part);
  /* See izh_filter_add. */
  void (*add)(const izh_filter *filter, int64_t now, izh_part part, double *current, bool first);
} izh_kernel_code;

const izh_kernel_code *izh_kernel_code_of(izh_kernel_kind kind); /* in the chosen build */

/* Checks a kernel, and makes its filter, still without memory. Changes the kernel as `fit` does. */
izh_status izh_kernel_fit(const izh_net *net, izh_kernel *kernel, izh_filter *filter, izh_err *err);
bool izh_kernel_same(const izh_kernel *a, const izh_kernel *b); /* whether fitted kernels are equal */

void izh_kernel_archive(izh_archive *a, izh_kernel *kernel);

/* Adds to the current of a neuron. first: the current has no value yet, and counts as 0. */
static inline void izh_current_put(double *current, uint32_t i, double more, bool first) {
  current[i] = (first ? 0 : current[i]) + more;
}

#endif
