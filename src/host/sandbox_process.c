/* What a process may do beyond files and system calls: its privileges, and how many processes there may be.
 */
#include <stddef.h>

#include "base/system.h"
#include "host/sandbox_kernel.h"

#ifdef IZH_LINUX
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <unistd.h>

static void give_up(void) {
  struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct none[2] = {{0}};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  syscall(SYS_capset, &head, none);
}

const char *host_kernel_privileges(void) {
  return host_kernel_everywhere(give_up) ? NULL : "privileges of all threads (one does not answer)";
}

/* What counts are all processes of the user: those that run now, of whomever, may go on, and so many more. */
const char *host_kernel_processes(int processors) {
  struct sysinfo info;
  struct rlimit old;
  if (getuid() == 0) return "the number of processes (root has no limit)";
  if (sysinfo(&info) != 0 || getrlimit(RLIMIT_NPROC, &old) != 0) return NULL;
  rlim_t most = info.procs + 8 * (unsigned)processors + 16;
  if (old.rlim_max < most) most = old.rlim_max;
  setrlimit(RLIMIT_NPROC, &(struct rlimit){.rlim_cur = most, .rlim_max = most});
  return NULL;
}
#else
const char *host_kernel_privileges(void) {
  return "privileges (this system is not Linux)";
}

const char *host_kernel_processes(int processors) {
  (void)processors;
  return "the number of processes (this system is not Linux)";
}
#endif
