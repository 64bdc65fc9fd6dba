#include "base/alloc.h"

#include "base/system.h"
#include <malloc.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#ifdef IZH_LINUX
#include <sys/mman.h>
#include <unistd.h>
#endif

#include "base/sandbox.h"

enum { HUGE_PAGE = 1 << 21 }; /* bytes: blocks of this size or more gain from pages of 2 MB */

enum { LINE = 64, LONG = 1024 }; /* bytes: a cache line; blocks of LONG or more begin at a cache line */

static atomic_long held;
static long fail_in; /* 0: none fails; n: the n-th allocation from now and all later ones fail */

static bool refuse(size_t count, size_t size) {
  if (fail_in == 1) return true;
  if (fail_in > 1) fail_in--;
  return size != 0 && count > PTRDIFF_MAX / size;
}

/* A new block of so many bytes, which a sandbox has allowed and counts as what they are in the end. */
static void *counted(void *block, size_t bytes) {
  if (block) atomic_fetch_add_explicit(&held, 1, memory_order_relaxed);
  if (izh_sandbox_now()) izh_sandbox_free_memory(bytes - (block ? malloc_usable_size(block) : 0));
  return block;
}

void *izh_alloc(size_t count, size_t size) {
  if (refuse(count, size) || !izh_sandbox_take_memory(count * size)) return NULL;
  size_t bytes = count * size;
  size_t border = bytes >= HUGE_PAGE ? HUGE_PAGE : LINE;
  if (bytes >= LONG) { /* no vector crosses a line, and large pages begin with the block */
    void *block;       /* aligned_alloc wants whole borders, which are much memory */
    if (posix_memalign(&block, border, bytes) != 0) return counted(NULL, bytes);
    izh_alloc_huge_pages(block, bytes);
    return counted(block, bytes);
  }
  return counted(malloc(bytes ? bytes : 1), bytes);
}

void *izh_alloc_zero(size_t count, size_t size) {
  if (refuse(count, size) || !izh_sandbox_take_memory(count * size)) return NULL;
  return counted(calloc(count && size ? count : 1, count && size ? size : 1), count * size);
}

void *izh_realloc(void *block, size_t count, size_t size) {
  size_t before = izh_sandbox_now() && block ? malloc_usable_size(block) : 0;
  size_t bytes = count * size, more = bytes > before ? bytes - before : 0;
  if (refuse(count, size) || !izh_sandbox_take_memory(more)) return NULL;
  void *moved = realloc(block, bytes ? bytes : 1);
  if (!block) return counted(moved, bytes);
  if (izh_sandbox_now())
    izh_sandbox_free_memory(before + more - (moved ? malloc_usable_size(moved) : before));
  return moved;
}

void izh_free(void *block) {
  if (block) atomic_fetch_sub_explicit(&held, 1, memory_order_relaxed);
  if (block && izh_sandbox_now()) izh_sandbox_free_memory(malloc_usable_size(block));
  free(block);
}

char *izh_strdup(const char *text) {
  size_t size = strlen(text) + 1;
  char *copy = izh_alloc(size, 1);
  return copy ? memcpy(copy, text, size) : NULL;
}

void *izh_grow(void *block, size_t *capacity, size_t want, size_t size) {
  if (block && want <= *capacity) return block;
  size_t room = *capacity > SIZE_MAX / 2 ? want : *capacity * 2;
  if (room < want) room = want;
  if (room < 16) room = 16;
  void *moved = izh_realloc(block, room, size);
  if (moved) *capacity = room;
  return moved;
}

double izh_alloc_bytes(const void *const *blocks, size_t n) {
  double bytes = 0;
  for (size_t i = 0; i < n; i++) bytes += (double)malloc_usable_size((void *)blocks[i]);
  return bytes;
}

void izh_alloc_huge_pages(void *block, size_t bytes) {
#ifdef IZH_LINUX
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), begin = ((uintptr_t)block + page - 1) / page * page;
  uintptr_t end = ((uintptr_t)block + bytes) / page * page;
  if (bytes >= HUGE_PAGE && begin < end) (void)madvise((void *)begin, end - begin, MADV_HUGEPAGE);
#else
  (void)block;
  (void)bytes;
#endif
}

long izh_alloc_held(void) {
  return atomic_load_explicit(&held, memory_order_relaxed);
}

void izh_alloc_fail_at(long n) {
  fail_in = n;
}
