/* Of a network that is cut among ranks each has its share, and can tell the others. Of other networks every
 * rank has all, and nothing happens here. */
#ifndef IZH_CORE_SHARE_H
#define IZH_CORE_SHARE_H

#include <stddef.h>

#include "core/net/ids.h"
#include "core/net/net.h"

/* Gets the values of neurons, [ids.size], from those that do their steps. IZH_ARGUMENT if this process is
 * none of the ranks; IZH_MEMORY. */
izh_status izh_share_values(const izh_net *net, const izh_ids *ids, double *values, izh_err *err);

/* Makes each true that is true on some rank. IZH_ARGUMENT and IZH_MEMORY as above. */
izh_status izh_share_flags(const izh_net *net, bool *flags, size_t n, izh_err *err);

#endif
