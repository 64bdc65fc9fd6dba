/* Allocation, in one place so that tests can count it and make it fail. */
#ifndef IZH_BASE_ALLOC_H
#define IZH_BASE_ALLOC_H

#include <stddef.h>

/* As malloc, calloc, realloc and free, but count × size is checked for overflow. They return NULL when it
 * overflows or memory is short. A count or size of 0 gives a valid pointer to nothing. A block of 1 KB or
 * more from izh_alloc begins at a multiple of 64 bytes, so that no vector crosses a cache line. Only speed
 * depends on this; blocks from izh_alloc_zero, izh_realloc and izh_grow are not aligned. */
void *izh_alloc(size_t count, size_t size);
void *izh_alloc_zero(size_t count, size_t size);
/* The old block stays valid when NULL is returned. */
void *izh_realloc(void *block, size_t count, size_t size);
void izh_free(void *block);

/* A NUL-terminated copy, NULL when memory is short. */
char *izh_strdup(const char *text);

/* Makes room for at least `want` items in a growing array of *capacity items, by doubling.
 * Returns the array, which may have moved; or NULL, and the old array is still valid. */
void *izh_grow(void *block, size_t *capacity, size_t want, size_t size);

/* The bytes that n blocks take together, a little more than was asked for. A NULL block takes nothing. */
double izh_alloc_bytes(const void *const *blocks, size_t n);

/* Asks the system for large pages for a large block that was not written to yet. Random reads are then about
 * twice as fast. The system may ignore it. */
void izh_alloc_huge_pages(void *block, size_t bytes);

/* For tests. izh_alloc_held: how many blocks are allocated now. izh_alloc_fail_at: the n-th allocation from
 * now (1 is the next) and all later ones fail; 0 lets them succeed again. Do not call it while several
 * threads allocate. */
long izh_alloc_held(void);
void izh_alloc_fail_at(long n);

#endif
