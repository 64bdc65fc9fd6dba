/* A run whose figures, parameters and progress go to the explorer (explore/frame.h). */
#ifndef IZH_HOST_EXPLORED_H
#define IZH_HOST_EXPLORED_H

#include "bind/bind.h"

/* When the explorer has started this process, lets the bindings tell it what the script does. Before a script
 * runs. */
void host_explored_begin(izh_host *host);

#endif
