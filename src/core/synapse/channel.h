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
  bool direct[2];   /* in this step: what arrives is added to the current itself, see izh_channels_prepare */
} izh_channel;

/* Whether the sums of a sign must be turned into current. */
static inline bool izh_channel_flows(const izh_channel *channel, int sign) {
  return channel->used[sign] && channel->of[sign].rows > 0;
}

/* Before the parts of a step run. The first channel that gives a current of some sign is direct, if its
 * current is what arrives: then its arrivals go straight to net->exc or net->inh, and the filter is left out.
 */
void izh_channels_prepare(izh_net *net);
/* For a sign that flows: begins the step, before arrivals are added. */
void izh_channel_begin(const izh_net *net, const izh_channel *channel, int sign, izh_part part);
/* Where the arrivals of this step are added. */
double *izh_channel_slot(const izh_net *net, const izh_channel *channel, int sign);

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
