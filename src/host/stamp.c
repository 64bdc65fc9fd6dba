#include "host/stamp.h"

#include <sys/stat.h>

host_stamp host_stamp_of(const char *path) {
  struct stat info;
  if (stat(path, &info) != 0) return (host_stamp){0};
  return (host_stamp){.seconds = info.st_mtim.tv_sec,
                      .nanoseconds = info.st_mtim.tv_nsec,
                      .size = info.st_size,
                      .inode = info.st_ino};
}

bool host_stamp_exists(const host_stamp *stamp) {
  return stamp->inode != 0;
}

bool host_stamp_same(const host_stamp *a, const host_stamp *b) {
  return a->seconds == b->seconds && a->nanoseconds == b->nanoseconds && a->size == b->size &&
         a->inode == b->inode;
}
