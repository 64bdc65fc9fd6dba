/* In the place of host/sandbox_inside.c: the program lets the script do everything. */
#include "host/sandbox_inside.h"

bool host_inside_begin(const host_options *options) {
  return options != NULL;
}

void host_inside_open(lua_State *L, const host_options *options) {
  (void)L, (void)options;
}

void host_inside_close(lua_State *L) {
  (void)L;
}
