/* In the place of host/sandbox_outside.c: the kernel does nothing. */
#include "host/sandbox_outside.h"

void host_outside_begin(const host_options *options, const char *lua_dir) {
  (void)options, (void)lua_dir;
}
