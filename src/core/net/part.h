/* A range of neurons that one thread owns in a step: it alone adds to their input and changes their state. */
#ifndef IZH_CORE_PART_H
#define IZH_CORE_PART_H

#include <stdint.h>

typedef struct izh_part {
  uint32_t begin, end; /* begin ≤ i < end */
} izh_part;

#endif
