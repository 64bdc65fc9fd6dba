/* Allocation, in one place so that tests can count it and make it fail. */
#ifndef IZH_BASE_ALLOC_H
#define IZH_BASE_ALLOC_H

#include <stddef.h>

/* As malloc, calloc, realloc and free, but count × size is checked for overflow: NULL when it overflows or
 * memory is short. A count or size of 0 gives a valid pointer to nothing. A block of 1 KB or more from
 * izh_alloc begins at a multiple of 64 bytes, so that no vector lies in two lines of the cache: only speed
 * depends on it. Those from izh_alloc_zero, izh_realloc and izh_grow need not. */
void *izh_alloc(size_t count, size_t size);
void *izh_alloc_zero(size_t count, size_t size);
/* The old block stays valid when NULL is returned. */
void *izh_realloc(void *block, size_t count, size_t size);
void izh_free(void *block);

/* A NUL-terminated copy, NULL when memory is short. */
char *izh_strdup(const char *text);

/* Makes room for at least `want` items in a growing array of *capacity items, by doubling.
 * Returns the array (moved perhaps) or NULL, the old one then being still valid. */
void *izh_grow(void *block, size_t *capacity, size_t want, size_t size);

/* What n blocks take together, in bytes: a little more than was asked for. Some may be NULL, and take
 * nothing. */
double izh_alloc_bytes(const void *const *blocks, size_t n);

/* Asks the system for large pages under a large block that is not written to yet: reading it here and there
 * is then about twice as fast. Only advice. */
void izh_alloc_huge_pages(void *block, size_t bytes);

/* For tests. How many blocks are held now; and: let the n-th allocation from now (1 is the next) and all
 * later ones fail, 0 to let them succeed again. Not for use while several threads allocate. */
long izh_alloc_held(void);
void izh_alloc_fail_at(long n);

#endif
