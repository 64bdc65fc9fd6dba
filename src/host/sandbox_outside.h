/* The outer layer of a sandbox: what the kernel keeps this process, and those it forks, from doing, so that a
 * hole in Lua or in this program is no hole in the wall. Tests build a program without it, to see that the
 * inner layer holds alone. */
#ifndef IZH_HOST_SANDBOX_OUTSIDE_H
#define IZH_HOST_SANDBOX_OUTSIDE_H

#include "host/options.h"

/* From now on. The current folder is that of the sandbox; lua_dir, where this program's own Lua files are,
 * and what figures need can be read. What this kernel cannot do is said on stderr, in one line. */
void host_outside_begin(const host_options *options, const char *lua_dir);

#endif
