/* What is asked of the kernel holds for the thread that asks, and for those that it begins. Libraries may
 * have begun others before, as MPI does: each of them is made to ask, too, by a signal. */
#include "base/system.h"
#include "host/sandbox_kernel.h"

#ifndef IZH_LINUX
bool host_kernel_everywhere(void (*ask)(void)) {
  ask();
  return true;
}
#else
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 20000, WAIT_NS = 100000 }; /* 2 s */

static void (*asked)(void);
static atomic_int answers;

static void answer(int number) {
  (void)number;
  int code = errno;
  asked();
  atomic_fetch_add(&answers, 1);
  errno = code;
}

static bool ask_thread(long thread, int number) {
  int before = atomic_load(&answers);
  if (syscall(SYS_tgkill, getpid(), thread, number) != 0) return errno == ESRCH; /* it has ended */
  for (int i = 0; i < PATIENCE && atomic_load(&answers) == before; i++)
    nanosleep(&(struct timespec){.tv_nsec = WAIT_NS}, NULL);
  return atomic_load(&answers) > before;
}

bool host_kernel_everywhere(void (*ask)(void)) {
  DIR *threads = opendir("/proc/self/task");
  struct sigaction action = {.sa_handler = answer, .sa_flags = SA_RESTART}, before;
  const int number = SIGRTMAX;
  bool all = threads != NULL;
  asked = ask;
  ask();
  sigaction(number, &action, &before);
  for (const struct dirent *one; all && (one = readdir(threads));) {
    long thread = strtol(one->d_name, NULL, 10);
    if (thread > 0 && thread != syscall(SYS_gettid)) all = ask_thread(thread, number);
  }
  sigaction(number, &before, NULL);
  if (threads) closedir(threads);
  return all;
}
#endif
