/* What a file of core/synapse/kernel gives the rest of the core, and what more there is of kernels. Private
 * to it. The files are compiled once for each instruction set (core/isa/isa.h). */
#ifndef IZH_CORE_KERNEL_CODE_H
#define IZH_CORE_KERNEL_CODE_H

#include <string.h>

#include "core/net/archive.h"
#include "core/net/part.h"
#include "core/synapse/filter.h"

/* One whose spikes jump has the first member alone. */
typedef struct izh_kernel_code {
  izh_kernel_info info;
  /* Sets slots, rows and factors of a filter for the dt of a network. The values are in their ranges; those
   * that must be multiples of dt are moved onto the grid if they are off by some last bits. */
  izh_status (*fit)(const izh_net *net, double *values, izh_filter *filter, izh_err *err);
  /* The start of a step, before arrivals are added; NULL: nothing is to be done. */
  void (*begin)(const izh_filter *filter, int64_t now, izh_part part);
  /* See izh_filter_add. */
  void (*add)(const izh_filter *filter, int64_t now, izh_part part, double *current, bool first);
} izh_kernel_code;

const izh_kernel_code *izh_kernel_code_of(izh_kernel_kind kind); /* in the build that is chosen */

/* Checks a kernel, and makes of it a filter that has no room yet. The kernel is changed as by `fit`. */
izh_status izh_kernel_fit(const izh_net *net, izh_kernel *kernel, izh_filter *filter, izh_err *err);
bool izh_kernel_same(const izh_kernel *a, const izh_kernel *b); /* of kernels that were fitted */

void izh_kernel_archive(izh_archive *a, izh_kernel *kernel);

/* A current that is nothing yet becomes 0. */
static inline void izh_current_begin(double *current, izh_part part, bool first) {
  if (first) memset(current + part.begin, 0, (part.end - part.begin) * sizeof(double));
}

#endif
