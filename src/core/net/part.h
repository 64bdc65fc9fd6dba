/* A part: a range of neurons that one thread owns in a step. Only this thread adds to their input and changes
 * their state. Also used for ranges of other indices. */
#ifndef IZH_CORE_PART_H
#define IZH_CORE_PART_H

#include <stdint.h>

typedef struct izh_part {
  uint32_t begin, end; /* begin ≤ i < end */
} izh_part;

#endif
