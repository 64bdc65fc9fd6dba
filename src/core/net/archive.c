#include "core/net/archive.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ranks.h"
#include "core/net/comm.h"

static bool copies(const izh_archive *a) {
  return a->mode == IZH_ARCHIVE_COPY;
}

/* Writes or reads bytes. Bytes that cannot be read are set to 0. */
static void transfer(izh_archive *a, void *bytes, size_t size) {
  if (size == 0) return;
  if (a->mode == IZH_ARCHIVE_WRITE) {
    a->left += size;
    if (!a->status && a->transfer) a->status = a->transfer(a->context, bytes, size, a->err);
  } else if (a->mode == IZH_ARCHIVE_READ) {
    izh_archive_require(a, size <= a->left, "length");
    if (!a->status) a->status = a->transfer(a->context, bytes, size, a->err);
    if (a->status)
      memset(bytes, 0, size);
    else
      a->left -= size;
  }
}

bool izh_archive_reads(const izh_archive *a) {
  return a->mode == IZH_ARCHIVE_READ && !a->status;
}

void izh_archive_require(izh_archive *a, bool so, const char *what) {
  if (so || !izh_archive_reads(a)) return;
  a->status = izh_fail(a->err, IZH_FORMAT, "invalid %s", what);
}

/* --- numbers --- */

void izh_archive_u32(izh_archive *a, uint32_t *number) {
  transfer(a, number, sizeof *number);
}

void izh_archive_u64(izh_archive *a, uint64_t *number) {
  transfer(a, number, sizeof *number);
}

void izh_archive_i64(izh_archive *a, int64_t *number) {
  transfer(a, number, sizeof *number);
}

void izh_archive_f64(izh_archive *a, double *number) {
  transfer(a, number, sizeof *number);
}

void izh_archive_numbers(izh_archive *a, double *numbers, size_t n) {
  transfer(a, numbers, n * sizeof *numbers);
}

void izh_archive_bytes(izh_archive *a, const void *bytes, size_t size) {
  transfer(a, (void *)bytes, size); /* only `read` changes them */
}

uint32_t izh_archive_choice(izh_archive *a, uint32_t value, uint32_t n) {
  izh_archive_u32(a, &value);
  izh_archive_require(a, value < n, "kind");
  return a->mode == IZH_ARCHIVE_READ && a->status ? 0 : value;
}

void izh_archive_bool(izh_archive *a, bool *value) {
  *value = izh_archive_choice(a, *value, 2) == 1;
}

/* --- arrays --- */

static void *allocate(izh_archive *a, uint64_t n, size_t size, bool zeros) {
  if (a->status) return NULL;
  void *block = zeros ? izh_alloc_zero(n, size) : izh_alloc(n, size);
  if (!block) a->status = izh_fail_memory(a->err, (double)n * (double)size < 1.8e19 ? n * size : UINT64_MAX);
  return block;
}

static void *copy_of(izh_archive *a, const void *array, uint64_t n, size_t size) {
  void *copy = array ? allocate(a, n, size, false) : NULL;
  if (copy && n > 0) memcpy(copy, array, n * size);
  return copy;
}

/* Checks the size before it allocates. */
static void *read_array(izh_archive *a, uint64_t n, size_t size) {
  izh_archive_require(a, n <= a->left / size, "length");
  void *array = allocate(a, n, size, false);
  if (array) transfer(a, array, n * size);
  return array;
}

void *izh_archive_derived(izh_archive *a, const void *array, uint64_t n, size_t size) {
  if (a->mode == IZH_ARCHIVE_MEASURE && array) a->bytes += (double)n * (double)size;
  return copies(a) ? copy_of(a, array, n, size) : (void *)array;
}

void *izh_archive_array(izh_archive *a, const void *array, uint64_t n, size_t size) {
  if (a->mode == IZH_ARCHIVE_READ) return read_array(a, n, size);
  if (a->mode == IZH_ARCHIVE_WRITE) transfer(a, (void *)array, n * size);
  return izh_archive_derived(a, array, n, size);
}

void *izh_archive_optional(izh_archive *a, const void *array, uint64_t n, size_t size) {
  bool there = array != NULL;
  izh_archive_bool(a, &there);
  return there ? izh_archive_array(a, array, n, size) : NULL;
}

void *izh_archive_zeros(izh_archive *a, const void *array, uint64_t n, size_t size) {
  if (!copies(a)) return (void *)array;
  return array ? allocate(a, n, size, true) : NULL;
}

void *izh_archive_room(izh_archive *a, uint64_t n, size_t size) {
  return allocate(a, n, size, true);
}

enum { LEAST = 8 }; /* an item takes at least so many bytes in a file */

void *izh_archive_items(izh_archive *a, const void *items, size_t *n, size_t *capacity, size_t size) {
  uint64_t count = *n;
  izh_archive_u64(a, &count);
  if (a->mode == IZH_ARCHIVE_READ) {
    izh_archive_require(a, count <= a->left / LEAST, "length");
    items = allocate(a, count, size, true);
  } else {
    items = izh_archive_derived(a, items, count, size);
  }
  if (copies(a) || a->mode == IZH_ARCHIVE_READ) *capacity = *n = items ? count : 0;
  return (void *)items;
}

bool izh_archive_visits(const izh_archive *a, size_t i, size_t n) {
  return i < n && (a->mode != IZH_ARCHIVE_READ || !a->status);
}

/* --- text --- */

enum { LONGEST_TEXT = 4096 };

/* Whether the text is UTF-8 as the Unicode standard defines it (table 3-7), without NUL. */
static bool is_utf8(const char *text, size_t size) {
  for (size_t i = 0; i < size;) {
    unsigned char lead = (unsigned char)text[i++];
    size_t more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (lead == 0 || (lead >= 0x80 && lead < 0xc2) || lead > 0xf4 || more > size - i) return false;
    unsigned char low = lead == 0xe0   ? 0xa0
                        : lead == 0xf0 ? 0x90
                                       : 0x80,
                  high = lead == 0xed   ? 0x9f
                         : lead == 0xf4 ? 0x8f
                                        : 0xbf;
    for (; more > 0; more--, low = 0x80, high = 0xbf) {
      unsigned char next = (unsigned char)text[i++];
      if (next < low || next > high) return false;
    }
  }
  return true;
}

static char *read_text(izh_archive *a) {
  uint32_t size = 0;
  izh_archive_u32(a, &size);
  izh_archive_require(a, size > 0 && size <= LONGEST_TEXT, "name");
  izh_archive_require(a, size <= a->left, "length");
  char *text = allocate(a, (uint64_t)size + 1, 1, true);
  if (text) transfer(a, text, size);
  if (text) izh_archive_require(a, is_utf8(text, size), "name");
  return text;
}

char *izh_archive_text(izh_archive *a, const char *text) {
  if (a->mode == IZH_ARCHIVE_READ) return read_text(a);
  if (a->mode == IZH_ARCHIVE_WRITE) {
    uint32_t size = (uint32_t)strlen(text);
    izh_archive_u32(a, &size);
    transfer(a, (void *)text, size);
  }
  return izh_archive_derived(a, text, text ? strlen(text) + 1 : 0, 1);
}

char *izh_archive_name(izh_archive *a, const char *name) {
  char *text = izh_archive_text(a, name);
  for (const char *c = text; izh_archive_reads(a) && *c; c++)
    izh_archive_require(a, (unsigned char)*c >= ' ' && *c != 0x7f, "name");
  return text;
}

static int compare(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void izh_archive_names(izh_archive *a, const void *items, size_t n, size_t size) {
  if (!izh_archive_reads(a)) return;
  const char **names = allocate(a, n, sizeof *names, false);
  if (!names) return;
  for (size_t i = 0; i < n; i++) memcpy(&names[i], (const char *)items + i * size, sizeof *names);
  qsort(names, n, sizeof *names, compare);
  for (size_t i = 1; i < n; i++)
    izh_archive_require(a, strcmp(names[i - 1], names[i]) != 0, "list of names: a name occurs twice");
  izh_free(names);
}

/* --- neurons --- */

bool izh_archive_together(izh_archive *a) {
  a->status = izh_ranks_meet(IZH_MEET_ARCHIVE, a->status, a->err);
  return !a->status;
}

void izh_archive_refresh(izh_archive *a, const izh_net *net, const izh_ids *ids, void *values, size_t size) {
  if (a->mode != IZH_ARCHIVE_WRITE || !a->transfer || net->n_cut == 0 || !izh_archive_together(a)) return;
  a->status = izh_comm_refresh_ids(net, ids, values, size, a->err);
}

void izh_archive_ids(izh_archive *a, izh_ids *ids, uint32_t n, bool any_order) {
  izh_archive_u32(a, &ids->first);
  izh_archive_u32(a, &ids->size);
  ids->list = izh_archive_optional(a, ids->list, ids->size, sizeof *ids->list);
  if (!izh_archive_reads(a)) return;
  uint32_t first = ids->first, size = ids->size;
  const uint32_t *list = ids->list;
  bool good = list ? size > 0 : size <= n && first <= n - size;
  for (uint32_t k = 0; list && k < size; k++)
    good = good && list[k] < n && (any_order || k == 0 || list[k] > list[k - 1]);
  izh_archive_require(a, good, "list of neurons");
  if (!good) return;
  *ids = list ? izh_ids_list(list, size) : izh_ids_range(first, size);
}
