/* A clock for measuring how long things take. */
#ifndef IZH_BASE_CLOCK_H
#define IZH_BASE_CLOCK_H

#include <stdint.h>

/* Nanoseconds since some moment; it never goes back. A reading takes some 30 ns itself. */
uint64_t izh_clock(void);

#endif
