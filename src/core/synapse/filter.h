/* Filters: sums that turn the weights which arrive at some neurons into current, as a kernel says. Private to
 * the core. */
#ifndef IZH_CORE_FILTER_H
#define IZH_CORE_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/net/archive.h"
#include "core/net/part.h"
#include "core/synapse/kernel.h"

enum { IZH_FILTER_FACTORS = 4 };

/* A row has a number for each neuron. What arrives in step s is added to row s mod slots, the slot. */
typedef struct izh_filter {
  izh_kernel_kind kind;
  uint64_t slots, rows; /* rows ≥ slots; both 0: nothing is kept, since the kernel gives no current */
  size_t stride;        /* ≥ the number of neurons */
  double *numbers;      /* [rows][stride] */
  double factors[IZH_FILTER_FACTORS]; /* see the kernel's own file */
  bool passes; /* the current of a step is what arrives in it, and nothing is kept for later steps */
} izh_filter;

static inline double *izh_filter_row(const izh_filter *filter, uint64_t row) {
  return filter->numbers + row * filter->stride;
}
static inline double *izh_filter_slot(const izh_filter *filter, int64_t now) {
  return izh_filter_row(filter, (uint64_t)now % filter->slots);
}

/* Makes a filter for `size` neurons. Changes the kernel as izh_kernel_fit does. IZH_RANGE, IZH_MEMORY. */
izh_status izh_filter_make(const izh_net *net, izh_kernel *kernel, size_t size, izh_filter *filter,
                           izh_err *err);
void izh_filter_free(izh_filter *filter);
void izh_filter_clear(izh_filter *filter); /* as if nothing had arrived */
double izh_filter_bytes(const izh_filter *filter);
/* Grows a filter to at least `size` neurons. used: something may have arrived before. */
izh_status izh_filter_grow(izh_filter *filter, size_t size, bool used, izh_err *err);

/* For a filter that has rows, in each step: izh_filter_begin, then arrivals are added to the slot, then
 * izh_filter_add. `part` is a range of the filter's own neurons. izh_filter_add adds the filter's current to
 * `current`; first: `current` has no value yet, so it is set. */
void izh_filter_begin(const izh_filter *filter, int64_t now, izh_part part);
void izh_filter_add(const izh_filter *filter, int64_t now, izh_part part, double *current, bool first);

/* Archives a filter of some neurons, which ascend. A filter that is not used is all 0. */
void izh_filter_archive(izh_archive *a, const izh_net *net, izh_kernel *kernel, izh_filter *filter, bool used,
                        const izh_ids *neurons);

#endif
