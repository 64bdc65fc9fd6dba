/* Channels: a channel sums what arrives at the neurons of a network through all projections with the same
 * kernel. Private to the core. */
#ifndef IZH_CORE_CHANNEL_H
#define IZH_CORE_CHANNEL_H

#include "core/synapse/filter.h"

/* Positive and negative weights. */
enum { IZH_EXC, IZH_INH };

typedef struct izh_channel {
  izh_kernel kernel;
  bool used[2];     /* whether a projection has had weights of this sign; if not, the filter is all 0 */
  izh_filter of[2]; /* one for each sign */
} izh_channel;

/* Whether the sums of a sign must be turned into current. */
static inline bool izh_channel_flows(const izh_channel *channel, int sign) {
  return channel->used[sign] && channel->of[sign].rows > 0;
}

/* Finds the channel of a kernel, or makes it. */
izh_status izh_channel_find(izh_net *net, const izh_kernel *kernel, uint32_t *index, izh_err *err);
double izh_channel_bytes(const izh_net *net, const izh_kernel *kernel); /* memory that this would take */
void izh_channel_free(izh_channel *channel);

/* Grows a channel to `size` neurons, before they are added; and the bytes that this takes for all channels.
 */
izh_status izh_channel_grow(izh_channel *channel, uint32_t size, izh_err *err);
double izh_channels_grow_bytes(const izh_net *net, uint32_t size);

double izh_channels_bytes(const izh_net *net);
void izh_channels_archive(izh_archive *a, izh_net *net);

#endif
