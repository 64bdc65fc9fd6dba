/* What tells whether a file has changed. */
#ifndef IZH_HOST_STAMP_H
#define IZH_HOST_STAMP_H

#include <stdbool.h>
#include <stdint.h>

/* All zero: there is no such file, or it cannot be looked at. */
typedef struct host_stamp {
  int64_t seconds, nanoseconds; /* of its last change */
  int64_t size;
  uint64_t inode; /* tells apart a file and another that replaced it */
} host_stamp;

host_stamp host_stamp_of(const char *path);
bool host_stamp_exists(const host_stamp *stamp);
bool host_stamp_same(const host_stamp *a, const host_stamp *b);

#endif
