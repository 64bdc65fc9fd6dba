/* --sandbox: a script of a stranger. Two layers, each of which is to hold by itself: inside, what this
 * program lets the script do; and outside, what the kernel lets this program do. */
#ifndef IZH_HOST_SANDBOX_H
#define IZH_HOST_SANDBOX_H

#include <stdbool.h>

#include "host/options.h"

/* This process is in the sandbox from now on. The folder becomes the current one; if it is another, the path
 * of the script becomes an absolute one. False: it cannot be, and has said why. */
bool host_sandbox_begin(host_options *options);

#endif
