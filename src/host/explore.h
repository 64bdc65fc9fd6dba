/* --explore: the script's parameters on a page in the browser. */
#ifndef IZH_HOST_EXPLORE_H
#define IZH_HOST_EXPLORE_H

#include "host/options.h"

/* Serves the page until a signal ends it; returns an exit status. */
int host_explore(const host_options *options);

#endif
