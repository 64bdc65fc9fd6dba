/* What tells whether a file has changed. */
#ifndef IZH_BASE_STAMP_H
#define IZH_BASE_STAMP_H

#include <stdbool.h>
#include <stdint.h>

/* All zero: there is no such file, or it cannot be looked at. */
typedef struct izh_stamp {
  int64_t seconds, nanoseconds; /* of its last change */
  int64_t size;
  uint64_t inode; /* tells apart a file and another that replaced it */
} izh_stamp;

izh_stamp izh_stamp_of(const char *path);
bool izh_stamp_exists(const izh_stamp *stamp);
bool izh_stamp_same(const izh_stamp *a, const izh_stamp *b);

#endif
