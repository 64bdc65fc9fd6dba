#include "core/synapse/channel.h"

#include <string.h>

#include "base/alloc.h"
#include "core/net/net_private.h"
#include "core/synapse/conductance.h"
#include "core/synapse/kernel_code.h"

static const izh_channel *find_channel(const izh_net *net, const izh_kernel *fitted) {
  for (size_t i = 0; i < net->n_channels; i++)
    if (izh_kernel_same(&net->channels[i].kernel, fitted)) return &net->channels[i];
  return NULL;
}

static double bytes_of(const izh_filter *filter, double size) {
  return 2 * (double)filter->rows * size * sizeof(double);
}

double izh_channel_bytes(const izh_net *net, const izh_kernel *kernel) {
  izh_kernel fitted = *kernel;
  izh_filter filter;
  izh_err err;
  if (izh_kernel_fit(net, &fitted, &filter, &err) || find_channel(net, &fitted)) return 0;
  return bytes_of(&filter, net->size);
}

double izh_channels_grow_bytes(const izh_net *net, uint32_t size) {
  double bytes = 0;
  for (size_t i = 0; i < net->n_channels; i++) {
    const izh_filter *filter = net->channels[i].of;
    if (size > filter->stride) bytes += bytes_of(filter, size);
  }
  return bytes;
}

izh_status izh_channel_find(izh_net *net, const izh_kernel *kernel, uint32_t *index, izh_err *err) {
  izh_channel channel = {.kernel = *kernel};
  izh_filter filter;
  izh_status status = izh_kernel_fit(net, &channel.kernel, &filter, err);
  if (status) return status;
  const izh_channel *found = find_channel(net, &channel.kernel);
  if (found) {
    *index = (uint32_t)(found - net->channels);
    return IZH_OK;
  }
  izh_channel *room = izh_grow(net->channels, &net->cap_channels, net->n_channels + 1, sizeof *room);
  if (!room) return izh_fail_memory(err, sizeof *room);
  net->channels = room;
  for (int sign = 0; sign < 2 && !status; sign++)
    status = izh_filter_make(net, &channel.kernel, net->size, &channel.of[sign], err);
  if (!status) status = izh_conductance_need(net, &channel.kernel, err);
  if (status) {
    izh_channel_free(&channel);
    return status;
  }
  *index = (uint32_t)net->n_channels;
  net->channels[net->n_channels++] = channel;
  return IZH_OK;
}

void izh_channels_prepare(izh_net *net) {
  for (int sign = 0; sign < 2; sign++) {
    bool first = !net->leak; /* conductances give the currents a value before */
    for (size_t i = 0; i < net->n_channels; i++) {
      izh_channel *channel = &net->channels[i];
      channel->direct[sign] = first && izh_channel_flows(channel, sign) && channel->of[sign].passes;
      first = first && !izh_channel_flows(channel, sign);
    }
  }
}

static double *current_of(const izh_net *net, int sign) {
  return sign == IZH_EXC ? net->exc : net->inh;
}

void izh_channel_begin(const izh_net *net, const izh_channel *channel, int sign, izh_part part) {
  if (channel->direct[sign])
    memset(current_of(net, sign) + part.begin, 0, (part.end - part.begin) * sizeof(double));
  else
    izh_filter_begin(&channel->of[sign], net->now, part);
}

double *izh_channel_slot(const izh_net *net, const izh_channel *channel, int sign) {
  return channel->direct[sign] ? current_of(net, sign) : izh_filter_slot(&channel->of[sign], net->now);
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
  izh_status status = IZH_OK;
  for (int sign = 0; sign < 2 && !status; sign++)
    status = izh_filter_grow(&channel->of[sign], size, channel->used[sign], err);
  return status;
}

void izh_channels_archive(izh_archive *a, izh_net *net) {
  net->channels =
      izh_archive_items(a, net->channels, &net->n_channels, &net->cap_channels, sizeof *net->channels);
  izh_ids all = izh_ids_range(0, net->size);
  for (size_t i = 0; izh_archive_visits(a, i, net->n_channels); i++) {
    izh_channel *channel = &net->channels[i];
    izh_kernel_archive(a, &channel->kernel);
    for (int sign = 0; sign < 2; sign++) {
      izh_archive_bool(a, &channel->used[sign]);
      izh_filter_archive(a, net, &channel->kernel, &channel->of[sign], channel->used[sign], &all);
    }
  }
  izh_conductance_archive(a, net);
}
