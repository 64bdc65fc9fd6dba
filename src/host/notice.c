#include "host/notice.h"

#include "base/system.h"
#ifdef IZH_LINUX
#include <sys/inotify.h>
#endif

int host_notice_open(void) {
#ifdef IZH_LINUX
  return inotify_init1(IN_CLOEXEC);
#else
  return -1;
#endif
}

void host_notice_add(int notice, const char *folder) {
#ifdef IZH_LINUX
  inotify_add_watch(notice, folder, IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE);
#else
  (void)notice, (void)folder;
#endif
}
