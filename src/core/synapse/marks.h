/* Choosing some of many candidates at random. Private to the core. */
#ifndef IZH_CORE_MARKS_H
#define IZH_CORE_MARKS_H

#include "core/random/random.h"

typedef struct izh_marks izh_marks; /* a bit for each candidate */

izh_marks *izh_marks_make(uint32_t candidates); /* NULL: no memory */
void izh_marks_free(izh_marks *marks);          /* NULL is allowed */

/* `take` distinct ones of as many candidates or fewer, ascending, into out. */
void izh_marks_sample(izh_marks *marks, uint32_t candidates, uint32_t take, izh_rng *rng, uint32_t *out);

#endif
