/* A weight that arrives in step s is part of the current in the steps s … s + width - 1. The sum over the
 * last `width` steps is found without any subtraction, so it does not drift.
 *
 * Steps are taken in blocks of `width` steps. In step j of a block, slot j holds what arrives in that step.
 * When a block begins, each slot of the block before is replaced by the sum of itself and all later slots. So
 * slot j + 1, which is not yet overwritten, holds what arrived in the steps after j of the block before. The
 * current is that plus the sum of the present block, which is in a row after the slots. (A width of one step
 * needs neither.) */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/ieee.h"
#include "core/isa/isa.h"

static const izh_quantity quantities[] = {{.name = "width",
                                           .unit = "ms",
                                           .help = "how long the weight is added to the current, from the "
                                                   "arrival on: a multiple of dt",
                                           .otherwise = 1,
                                           .high = INFINITY,
                                           .above = true}};

static izh_status fit(const izh_net *net, double *values, izh_filter *filter, izh_err *err) {
  char what[80];
  snprintf(what, sizeof what, "%s (%.10g %s when not given)", quantities->name, quantities->otherwise,
           quantities->unit);
  int64_t width = 0;
  izh_status status = izh_net_period(net, what, values[0], &width, err);
  if (status) return status;
  values[0] = izh_net_ms(net, width);
  filter->slots = (uint64_t)width;
  filter->rows = filter->slots + (width > 1);
  filter->passes = width == 1;
  return IZH_OK;
}

static double *present_block(const izh_filter *filter) {
  return izh_filter_row(filter, filter->slots);
}

static void begin(const izh_filter *filter, int64_t now, izh_part part) {
  size_t length = (part.end - part.begin) * sizeof(double);
  if ((uint64_t)now % filter->slots == 0 && filter->slots > 1) {
    for (uint64_t j = filter->slots - 1; j-- > 0;) {
      double *slot = izh_filter_row(filter, j), *next = izh_filter_row(filter, j + 1);
      for (uint32_t i = part.begin; i < part.end; i++) slot[i] += next[i];
    }
    memset(present_block(filter) + part.begin, 0, length);
  }
  memset(izh_filter_slot(filter, now) + part.begin, 0, length);
}

static void add(const izh_filter *filter, int64_t now, izh_part part, double *restrict current, bool first) {
  const double *arrived = izh_filter_slot(filter, now), *before = izh_filter_slot(filter, now + 1);
  if (filter->slots == 1) {
    for (uint32_t i = part.begin; i < part.end; i++) izh_current_put(current, i, arrived[i], first);
    return;
  }
  double *total = present_block(filter);
  if ((uint64_t)(now + 1) % filter->slots == 0) { /* the last step of a block: the window is this block */
    for (uint32_t i = part.begin; i < part.end; i++) {
      total[i] += arrived[i];
      izh_current_put(current, i, total[i], first);
    }
    return;
  }
  for (uint32_t i = part.begin; i < part.end; i++) {
    total[i] += arrived[i];
    izh_current_put(current, i, before[i] + total[i], first);
  }
}

const izh_kernel_code IZH_ISA(kernel_pulse) = {
    .info = {.name = "pulse",
             .help = "the weight is added to the current for a while: the way of the papers",
             .quantities = quantities,
             .n = 1,
             .unnamed = true},
    .fit = fit,
    .begin = begin,
    .add = add};
