/* Channels: what arrives at the neurons of a network through all projections that have the same kernel.
 * Private to the core. */
#ifndef IZH_CORE_CHANNEL_H
#define IZH_CORE_CHANNEL_H

#include "core/synapse/filter.h"

/* Positive and negative weights. */
enum { IZH_EXC, IZH_INH };

typedef struct izh_channel {
  izh_kernel kernel;
  bool used[2];     /* a projection has had weights of this sign; all is 0 before, and takes no time */
  izh_filter of[2]; /* by sign */
} izh_channel;

/* Has what arrives with a sign to be turned into current? */
static inline bool izh_channel_flows(const izh_channel *channel, int sign) {
  return channel->used[sign] && channel->of[sign].rows > 0;
}

/* The channel of a kernel, made when there is none yet. */
izh_status izh_channel_find(izh_net *net, const izh_kernel *kernel, uint32_t *index, izh_err *err);
double izh_channel_bytes(const izh_net *net, const izh_kernel *kernel); /* that find would ask for */
void izh_channel_free(izh_channel *channel);

/* Before neurons are added, so that there are `size`; and what that takes. */
izh_status izh_channel_grow(izh_channel *channel, uint32_t size, izh_err *err);
double izh_channels_grow_bytes(const izh_net *net, uint32_t size);

double izh_channels_bytes(const izh_net *net);
void izh_channels_archive(izh_archive *a, izh_net *net);

#endif
