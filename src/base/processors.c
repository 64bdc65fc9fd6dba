#include "base/processors.h"

#ifdef __linux__
#include <sched.h>
#endif
#include <unistd.h>

int izh_processors(void) {
#ifdef __linux__
  cpu_set_t allowed; /* too small for a computer with more than 1024 processors: there the call fails */
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
#endif
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online < 1 ? 1 : (int)online;
}
