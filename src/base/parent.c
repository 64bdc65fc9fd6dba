#include "base/parent.h"

#include "base/system.h"
#ifdef IZH_LINUX
#include <sys/prctl.h>
#endif

void izh_end_with_parent(int signal) {
#ifdef IZH_LINUX
  prctl(PR_SET_PDEATHSIG, signal);
#else
  (void)signal;
#endif
}
