/* Marks: they choose some of many candidates at random. Private to the core. */
#ifndef IZH_CORE_MARKS_H
#define IZH_CORE_MARKS_H

#include "core/net/part.h"
#include "core/random/random.h"

typedef struct izh_marks izh_marks; /* a bit for each candidate */

izh_marks *izh_marks_make(uint32_t candidates); /* for at most so many candidates; NULL: no memory */
void izh_marks_free(izh_marks *marks);          /* NULL is allowed */

/* Chooses `take` distinct ones of 0 … candidates - 1, and writes them into out in ascending order. */
void izh_marks_sample(izh_marks *marks, uint32_t candidates, uint32_t take, izh_rng *rng, uint32_t *out);
/* The same, but writes only those in n ranges of candidates, which ascend. number[i]: among all that are
 * chosen, in order, those in range i are number[i].begin … number[i].end - 1. */
void izh_marks_sample_in(izh_marks *marks, uint32_t candidates, uint32_t take, izh_rng *rng,
                         const izh_part *range, uint32_t n, izh_part *number, uint32_t *out);
/* Of all chosen candidates, all[n_all], ascending, writes those in the ranges in the same way. out may be
 * all.
 */
void izh_marks_keep(const uint32_t *all, uint32_t n_all, const izh_part *range, uint32_t n, izh_part *number,
                    uint32_t *out);

#endif
