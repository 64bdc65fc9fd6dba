#include "base/processors.h"

#include "base/system.h"
#ifdef IZH_LINUX
#include <sched.h>
#endif
#include <unistd.h>

int izh_processors(void) {
#ifdef IZH_LINUX
  cpu_set_t allowed; /* too small for a computer with more than 1024 processors: there the call fails */
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
#endif
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online < 1 ? 1 : (int)online;
}
