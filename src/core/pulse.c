/* Rectangular synaptic currents: see izh_pulse. */
#include <string.h>

#include "base/alloc.h"
#include "core/ieee.h"
#include "core/net_private.h"

static izh_status pulse_make(izh_pulse *pulse, int64_t width, size_t stride, izh_err *err) {
  *pulse = (izh_pulse){.width = width, .stride = stride};
  bool whole = stride == 0 || (size_t)width <= SIZE_MAX / sizeof(double) / stride;
  for (int sign = 0; sign < 2 && whole; sign++) {
    /* zeros that are not written to take no memory on most systems: nothing is lost when a sign is not used
     */
    pulse->slots[sign] = izh_alloc_zero((size_t)width * stride, sizeof(double));
    pulse->total[sign] = izh_alloc_zero(width > 1 ? stride : 0, sizeof(double));
    whole = pulse->slots[sign] && pulse->total[sign];
  }
  if (whole) return IZH_OK;
  izh_pulse_free(pulse);
  return izh_fail_memory(err, 2 * (unsigned long long)width * stride * sizeof(double));
}

static double pulse_bytes(int64_t width, uint32_t size) {
  return 2 * ((double)width + (width > 1)) * size * sizeof(double);
}

double izh_pulse_bytes(const izh_net *net, int64_t width) {
  for (size_t i = 0; i < net->n_pulses; i++)
    if (net->pulses[i].width == width) return 0;
  return pulse_bytes(width, net->size);
}

double izh_pulse_grow_bytes(const izh_net *net, uint32_t size) {
  double bytes = 0;
  for (size_t i = 0; i < net->n_pulses; i++)
    if (size > net->pulses[i].stride) bytes += pulse_bytes(net->pulses[i].width, size);
  return bytes;
}

izh_status izh_pulse_find(izh_net *net, int64_t width, uint32_t *index, izh_err *err) {
  for (size_t i = 0; i < net->n_pulses; i++) {
    if (net->pulses[i].width != width) continue;
    *index = (uint32_t)i;
    return IZH_OK;
  }
  izh_pulse *room = izh_grow(net->pulses, &net->cap_pulses, net->n_pulses + 1, sizeof *room);
  if (!room) return izh_fail_memory(err, sizeof *room);
  net->pulses = room;
  izh_pulse pulse;
  izh_status status = pulse_make(&pulse, width, net->size, err);
  if (status) return status;
  *index = (uint32_t)net->n_pulses;
  net->pulses[net->n_pulses++] = pulse;
  return IZH_OK;
}

void izh_pulse_free(izh_pulse *pulse) {
  for (int sign = 0; sign < 2; sign++) {
    izh_free(pulse->slots[sign]);
    izh_free(pulse->total[sign]);
  }
}

izh_status izh_pulse_grow(izh_pulse *pulse, uint32_t size, izh_err *err) {
  if (size <= pulse->stride) return IZH_OK;
  /* by half at least, so that many populations added one by one are not each time copied whole */
  size_t stride = pulse->stride + pulse->stride / 2 > size ? pulse->stride + pulse->stride / 2 : size;
  izh_pulse grown;
  izh_status status = pulse_make(&grown, pulse->width, stride, err);
  if (status) return status;
  for (int sign = 0; sign < 2; sign++) {
    grown.used[sign] = pulse->used[sign];
    if (!pulse->used[sign]) continue;
    for (size_t j = 0; j < (size_t)pulse->width; j++)
      memcpy(grown.slots[sign] + j * stride, pulse->slots[sign] + j * pulse->stride,
             pulse->stride * sizeof(double));
    if (pulse->width > 1) memcpy(grown.total[sign], pulse->total[sign], pulse->stride * sizeof(double));
  }
  izh_pulse_free(pulse);
  *pulse = grown;
  return IZH_OK;
}

double *izh_pulse_slot(const izh_pulse *pulse, int sign, int64_t now) {
  return pulse->slots[sign] + (size_t)(now % pulse->width) * pulse->stride;
}

void izh_pulse_begin(const izh_pulse *pulse, int sign, int64_t now, izh_part part) {
  size_t length = part.end - part.begin;
  if (now % pulse->width == 0 && pulse->width > 1) {
    for (int64_t j = pulse->width - 2; j >= 0; j--) {
      double *slot = izh_pulse_slot(pulse, sign, j), *next = izh_pulse_slot(pulse, sign, j + 1);
      for (uint32_t i = part.begin; i < part.end; i++) slot[i] += next[i];
    }
    memset(pulse->total[sign] + part.begin, 0, length * sizeof(double));
  }
  memset(izh_pulse_slot(pulse, sign, now) + part.begin, 0, length * sizeof(double));
}

void izh_pulse_add(const izh_pulse *pulse, int sign, int64_t now, izh_part part, double *current) {
  const double *arrived = izh_pulse_slot(pulse, sign, now);
  if (pulse->width == 1) {
    for (uint32_t i = part.begin; i < part.end; i++) current[i] += arrived[i];
    return;
  }
  double *total = pulse->total[sign];
  if ((now + 1) % pulse->width == 0) { /* the last step of a block: nothing of the block before is left */
    for (uint32_t i = part.begin; i < part.end; i++) current[i] += total[i] += arrived[i];
    return;
  }
  const double *before = izh_pulse_slot(pulse, sign, now + 1);
  for (uint32_t i = part.begin; i < part.end; i++) {
    total[i] += arrived[i];
    current[i] += before[i] + total[i];
  }
}
