#include "base/stamp.h"

#include <sys/stat.h>

izh_stamp izh_stamp_of(const char *path) {
  struct stat info;
  if (stat(path, &info) != 0) return (izh_stamp){0};
  return (izh_stamp){.seconds = info.st_mtim.tv_sec,
                     .nanoseconds = info.st_mtim.tv_nsec,
                     .size = info.st_size,
                     .inode = info.st_ino};
}

bool izh_stamp_exists(const izh_stamp *stamp) {
  return stamp->inode != 0;
}

bool izh_stamp_same(const izh_stamp *a, const izh_stamp *b) {
  return a->seconds == b->seconds && a->nanoseconds == b->nanoseconds && a->size == b->size &&
         a->inode == b->inode;
}
