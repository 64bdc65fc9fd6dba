/* The sums that turn arriving weights into current: see izh_filter. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/exactmath.h"
#include "base/ieee.h"
#include "base/memory.h"
#include "core/isa/isa.h"
#include "core/net/net_private.h"

static const double TAU_LOW = 0.001, TAU_HIGH = 1e6; /* ms */

static const char *const kernel_names[IZH_KERNEL_COUNT] = {"pulse", "delta", "exp", "alpha"};

const char *izh_kernel_name(izh_kernel_kind kind) {
  return kernel_names[kind];
}

/* The width of a pulse in steps; 0 for other kernels. */
static izh_status pulse_width(const izh_net *net, const izh_kernel *kernel, int64_t *width, izh_err *err) {
  *width = 0;
  if (kernel->kind != IZH_KERNEL_PULSE) return IZH_OK;
  izh_status status = izh_net_steps(net, "width (1 ms when not given)", kernel->ms, width, err);
  if (!status && *width <= 0) return izh_fail(err, IZH_RANGE, "width must be > 0 ms (got %g)", kernel->ms);
  return status;
}

izh_status izh_kernel_check(const izh_net *net, const izh_kernel *kernel, izh_err *err) {
  if ((unsigned)kernel->kind >= IZH_KERNEL_COUNT)
    return izh_fail(err, IZH_ARGUMENT, "unknown synapse %d", (int)kernel->kind);
  bool decays = kernel->kind == IZH_KERNEL_EXP || kernel->kind == IZH_KERNEL_ALPHA;
  if (decays && !(kernel->ms >= TAU_LOW && kernel->ms <= TAU_HIGH))
    return izh_fail(err, IZH_RANGE, "tau must be %g … %.10g ms (got %g)", TAU_LOW, TAU_HIGH, kernel->ms);
  int64_t width;
  return pulse_width(net, kernel, &width, err);
}

/* --- one filter --- */

/* How many numbers it keeps for a neuron: in the slots, and in all. */
static double slots_of(izh_kernel_kind kind, int64_t width) {
  return kind == IZH_KERNEL_PULSE ? (double)width : kind == IZH_KERNEL_DELTA ? 0 : 1;
}

static double numbers_of(izh_kernel_kind kind, int64_t width) {
  return slots_of(kind, width) + (kind == IZH_KERNEL_ALPHA || width > 1);
}

static izh_status filter_room(izh_filter *filter, size_t stride, izh_err *err) {
  filter->stride = stride;
  filter->slots = filter->second = NULL;
  double slots = slots_of(filter->kind, filter->width),
         second = numbers_of(filter->kind, filter->width) - slots;
  if (slots * (double)stride < (double)SIZE_MAX / 16) {
    /* zeros that are never written to take no memory on most systems: a sign that is not used is free */
    filter->slots = izh_alloc_zero((size_t)slots * stride, sizeof(double));
    filter->second = izh_alloc_zero((size_t)second * stride, sizeof(double));
    if (filter->slots && filter->second) return IZH_OK;
    izh_filter_free(filter);
  }
  double bytes = (slots + second) * (double)stride * sizeof(double);
  return izh_fail_memory(err, bytes < 1.8e19 ? (unsigned long long)bytes : ~0ull);
}

izh_status izh_filter_make(const izh_net *net, const izh_kernel *kernel, size_t size, izh_filter *filter,
                           izh_err *err) {
  *filter = (izh_filter){.kind = kernel->kind};
  izh_status status = pulse_width(net, kernel, &filter->width, err);
  if (status) return status;
  if (filter->kind == IZH_KERNEL_EXP || filter->kind == IZH_KERNEL_ALPHA) {
    /* Over a step, with x = dt / tau, e^-s falls by d = 1 - e^-x and has the mean d/x; s e^-s, which is 0
     * before, has the mean (d - x (1 - d))/x. */
    double x = net->def.dt_ms / kernel->ms, d = izh_one_minus_exp(x);
    double unit = filter->kind == IZH_KERNEL_ALPHA ? izh_exp(1) : 1;
    filter->loss = d;
    filter->gain = x;
    filter->mean = unit * (d / x);
    filter->mean_rise = unit * ((d - x + x * d) / x);
  }
  return filter_room(filter, size, err);
}

void izh_filter_free(izh_filter *filter) {
  izh_free(filter->slots);
  izh_free(filter->second);
  filter->slots = filter->second = NULL;
}

double izh_filter_bytes(const izh_filter *filter) {
  const void *const blocks[] = {filter->slots, filter->second};
  return izh_alloc_bytes(blocks, sizeof blocks / sizeof *blocks);
}

static izh_status filter_grow(izh_filter *filter, size_t stride, bool used, izh_err *err) {
  izh_filter grown = *filter;
  izh_status status = filter_room(&grown, stride, err);
  if (status) return status;
  if (used) {
    size_t slots = (size_t)slots_of(filter->kind, filter->width), length = filter->stride * sizeof(double);
    for (size_t j = 0; j < slots; j++)
      memcpy(grown.slots + j * stride, filter->slots + j * filter->stride, length);
    if (numbers_of(filter->kind, filter->width) > (double)slots) memcpy(grown.second, filter->second, length);
  }
  izh_filter_free(filter);
  *filter = grown;
  return IZH_OK;
}

double *izh_filter_slot(const izh_filter *filter, int64_t now) {
  if (filter->kind != IZH_KERNEL_PULSE) return filter->slots;
  return filter->slots + (size_t)(now % filter->width) * filter->stride;
}

void izh_filter_begin(const izh_filter *filter, int64_t now, izh_part part) {
  if (filter->kind != IZH_KERNEL_PULSE) return;
  size_t length = part.end - part.begin;
  if (length == 0) return; /* however long a pulse of nobody is */
  if (now % filter->width == 0 && filter->width > 1) {
    for (int64_t j = filter->width - 2; j >= 0; j--) {
      double *slot = izh_filter_slot(filter, j), *next = izh_filter_slot(filter, j + 1);
      for (uint32_t i = part.begin; i < part.end; i++) slot[i] += next[i];
    }
    memset(filter->second + part.begin, 0, length * sizeof(double));
  }
  memset(izh_filter_slot(filter, now) + part.begin, 0, length * sizeof(double));
}

static void add_pulse(const izh_filter *filter, int64_t now, izh_part part, double *current) {
  const double *arrived = izh_filter_slot(filter, now);
  if (filter->width == 1) {
    for (uint32_t i = part.begin; i < part.end; i++) current[i] += arrived[i];
    return;
  }
  double *total = filter->second;
  if ((now + 1) % filter->width == 0) { /* the last step of a block: nothing of the block before is left */
    for (uint32_t i = part.begin; i < part.end; i++) current[i] += total[i] += arrived[i];
    return;
  }
  const double *before = izh_filter_slot(filter, now + 1);
  for (uint32_t i = part.begin; i < part.end; i++) {
    total[i] += arrived[i];
    current[i] += before[i] + total[i];
  }
}

void izh_filter_add(const izh_filter *filter, int64_t now, izh_part part, double *current, bool first) {
  size_t length = (part.end - part.begin) * sizeof(double);
  if (first && filter->kind == IZH_KERNEL_PULSE && filter->width == 1) { /* the most common, in one go */
    memcpy(current + part.begin, izh_filter_slot(filter, now) + part.begin, length);
    return;
  }
  if (first) memset(current + part.begin, 0, length);
  if (filter->kind == IZH_KERNEL_PULSE) add_pulse(filter, now, part, current);
  uint32_t n = part.end - part.begin;
  if (filter->kind == IZH_KERNEL_EXP)
    izh_loops_chosen()->add_exp(filter, part.begin, n, current + part.begin);
  if (filter->kind == IZH_KERNEL_ALPHA)
    izh_loops_chosen()->add_alpha(filter, part.begin, n, current + part.begin);
}

/* --- the channels of a network --- */

static const izh_channel *find_channel(const izh_net *net, const izh_kernel *kernel, int64_t width) {
  for (size_t i = 0; i < net->n_channels; i++) {
    const izh_channel *c = &net->channels[i];
    if (c->kernel.kind != kernel->kind) continue;
    if (kernel->kind == IZH_KERNEL_DELTA) return c;
    if (kernel->kind == IZH_KERNEL_PULSE ? c->of[0].width == width : c->kernel.ms == kernel->ms) return c;
  }
  return NULL;
}

double izh_channel_bytes(const izh_net *net, const izh_kernel *kernel) {
  int64_t width;
  izh_err err;
  if (pulse_width(net, kernel, &width, &err) || find_channel(net, kernel, width)) return 0;
  return 2 * numbers_of(kernel->kind, width) * net->size * sizeof(double);
}

double izh_channels_grow_bytes(const izh_net *net, uint32_t size) {
  double bytes = 0;
  for (size_t i = 0; i < net->n_channels; i++) {
    const izh_filter *f = net->channels[i].of;
    if (size > f->stride) bytes += 2 * numbers_of(f->kind, f->width) * size * sizeof(double);
  }
  return bytes;
}

izh_status izh_channel_find(izh_net *net, const izh_kernel *kernel, uint32_t *index, izh_err *err) {
  int64_t width;
  izh_status status = pulse_width(net, kernel, &width, err);
  if (status) return status;
  const izh_channel *found = find_channel(net, kernel, width);
  if (found) {
    *index = (uint32_t)(found - net->channels);
    return IZH_OK;
  }
  izh_channel *room = izh_grow(net->channels, &net->cap_channels, net->n_channels + 1, sizeof *room);
  if (!room) return izh_fail_memory(err, sizeof *room);
  net->channels = room;
  izh_channel channel = {.kernel = *kernel};
  status = izh_filter_make(net, kernel, net->size, &channel.of[0], err);
  if (!status) status = izh_filter_make(net, kernel, net->size, &channel.of[1], err);
  if (status) {
    izh_channel_free(&channel);
    return status;
  }
  *index = (uint32_t)net->n_channels;
  net->channels[net->n_channels++] = channel;
  return IZH_OK;
}

double izh_channels_bytes(const izh_net *net) {
  double bytes = 0;
  for (size_t i = 0; i < net->n_channels; i++)
    bytes += izh_filter_bytes(&net->channels[i].of[0]) + izh_filter_bytes(&net->channels[i].of[1]);
  return bytes;
}

void izh_channel_free(izh_channel *channel) {
  izh_filter_free(&channel->of[0]);
  izh_filter_free(&channel->of[1]);
}

izh_status izh_channel_grow(izh_channel *channel, uint32_t size, izh_err *err) {
  for (int sign = 0; sign < 2; sign++) {
    size_t old = channel->of[sign].stride;
    if (size <= old) continue;
    /* by half at least, so that many populations added one by one are not each time copied whole */
    izh_status status = filter_grow(&channel->of[sign], old + old / 2 > size ? old + old / 2 : size,
                                    channel->used[sign], err);
    if (status) return status;
  }
  return IZH_OK;
}

/* --- their state --- */

/* The numbers of n neurons, row by row: the room behind them is not part of the state. */
static void rows_archive(izh_archive *a, double *rows, double count, size_t stride, uint32_t n) {
  bool transfers = a->mode == IZH_ARCHIVE_WRITE || izh_archive_reads(a);
  for (size_t j = 0; transfers && n > 0 && (double)j < count && !a->status; j++)
    izh_archive_numbers(a, rows + j * stride, n);
}

void izh_filter_archive(izh_archive *a, const izh_net *net, const izh_kernel *kernel, izh_filter *f,
                        bool used, uint32_t n) {
  if (izh_archive_reads(a)) {
    int64_t width;
    a->status = izh_kernel_check(net, kernel, a->err);
    if (!a->status) a->status = pulse_width(net, kernel, &width, a->err);
    if (a->status) return;
    double bytes = numbers_of(kernel->kind, width) * n * sizeof(double);
    izh_archive_require(a, bytes <= (used ? (double)a->left : (double)izh_memory_free()),
                        "the width of a pulse");
    if (!a->status) a->status = izh_filter_make(net, kernel, n, f, a->err);
  }
  double slots = slots_of(f->kind, f->width), second = numbers_of(f->kind, f->width) - slots;
  void *(*archive)(izh_archive *, const void *, uint64_t, size_t) =
      used ? izh_archive_derived : izh_archive_zeros;
  f->slots = archive(a, f->slots, (uint64_t)slots * f->stride, sizeof *f->slots);
  f->second = archive(a, f->second, (uint64_t)second * f->stride, sizeof *f->second);
  if (!used) return;
  rows_archive(a, f->slots, slots, f->stride, n);
  rows_archive(a, f->second, second, f->stride, n);
}

void izh_kernel_archive(izh_archive *a, izh_kernel *kernel) {
  kernel->kind = (izh_kernel_kind)izh_archive_choice(a, kernel->kind, IZH_KERNEL_COUNT);
  izh_archive_f64(a, &kernel->ms);
}

void izh_channels_archive(izh_archive *a, izh_net *net) {
  net->channels =
      izh_archive_items(a, net->channels, &net->n_channels, &net->cap_channels, sizeof *net->channels);
  for (size_t i = 0; izh_archive_visits(a, i, net->n_channels); i++) {
    izh_channel *channel = &net->channels[i];
    izh_kernel_archive(a, &channel->kernel);
    for (int sign = 0; sign < 2; sign++) {
      izh_archive_bool(a, &channel->used[sign]);
      izh_filter_archive(a, net, &channel->kernel, &channel->of[sign], channel->used[sign], net->size);
    }
  }
}
