/* Is a figure that was made again the same. */
#ifndef IZH_HOST_VERDICT_H
#define IZH_HOST_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "host/origin.h"

/* Looks in a folder, and those below, for a figure with these bytes. If there is none, says what differs from
 * the one that was made in place of it, and keeps that one beside the figure. */
bool host_verdict(const char *figure, const char *bytes, size_t size, const host_origin *origin,
                  const char *folder);

#endif
