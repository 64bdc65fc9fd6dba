/* Filters: the sums that turn the weights that arrive at some neurons into current, by a kernel. Private to
 * the core. */
#ifndef IZH_CORE_FILTER_H
#define IZH_CORE_FILTER_H

#include <stddef.h>

#include "core/net/archive.h"
#include "core/net/part.h"
#include "core/synapse/kernel.h"

enum { IZH_FILTER_FACTORS = 4 };

/* A row has a number for each neuron. What arrives in step s is added to row s mod slots. */
typedef struct izh_filter {
  izh_kernel_kind kind;
  uint64_t slots, rows; /* rows ≥ slots; 0: nothing is kept, since what arrives is no current */
  size_t stride;        /* ≥ the number of neurons */
  double *numbers;      /* [rows][stride] */
  double factors[IZH_FILTER_FACTORS]; /* see the kernel's own file */
} izh_filter;

static inline double *izh_filter_row(const izh_filter *filter, uint64_t row) {
  return filter->numbers + row * filter->stride;
}
static inline double *izh_filter_slot(const izh_filter *filter, int64_t now) {
  return izh_filter_row(filter, (uint64_t)now % filter->slots);
}

/* For so many neurons. The kernel is changed as by izh_kernel_fit. IZH_RANGE, IZH_MEMORY. */
izh_status izh_filter_make(const izh_net *net, izh_kernel *kernel, size_t size, izh_filter *filter,
                           izh_err *err);
void izh_filter_free(izh_filter *filter);
double izh_filter_bytes(const izh_filter *filter);
/* To at least so many neurons. One that is not `used` has had no arrivals. */
izh_status izh_filter_grow(izh_filter *filter, size_t size, bool used, izh_err *err);

/* In each step of a filter that has rows, for a part, which counts the neurons of the filter: first begin,
 * then arrivals are added to the slot, then add. add: to a current that is nothing yet (first), or to what
 * others have given. */
void izh_filter_begin(const izh_filter *filter, int64_t now, izh_part part);
void izh_filter_add(const izh_filter *filter, int64_t now, izh_part part, double *current, bool first);

/* Of n neurons; one that is not used is all 0. */
void izh_filter_archive(izh_archive *a, const izh_net *net, izh_kernel *kernel, izh_filter *filter, bool used,
                        uint32_t n);

#endif
