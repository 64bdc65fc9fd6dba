/* The state of a network, piece by piece.
 *
 * Each subsystem has one routine that names its pieces in a fixed order (izh_populations_archive, …); what is
 * done with them is the archive's mode.
 *
 * The first failure is kept. Pieces are still visited after it: arrays become NULL in `copy` and `read`, and
 * numbers 0 in `read`, so that the object can be freed whatever failed. Items that are not visited any more
 * (izh_archive_visits) stay 0. */
#ifndef IZH_CORE_ARCHIVE_H
#define IZH_CORE_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "core/net/ids.h"
#include "core/net/state.h"

typedef enum izh_archive_mode {
  /* Nothing is changed; the memory that copying takes is summed. */
  IZH_ARCHIVE_MEASURE,
  /* The object is a flat copy of another one, whose arrays it still points at; each becomes a copy. */
  IZH_ARCHIVE_COPY,
  /* Nothing is changed; the bytes of the pieces are given to `transfer`, or only counted. */
  IZH_ARCHIVE_WRITE,
  /* The object is zero, and gets its pieces from `transfer`, each checked: what was read cannot make the
   * network do what it could not do otherwise, whoever wrote it. */
  IZH_ARCHIVE_READ
} izh_archive_mode;

typedef struct izh_archive {
  izh_archive_mode mode;
  izh_status status; /* of the first failure */
  izh_err *err;
  double bytes; /* in `measure`: what has been counted */
  izh_transfer *transfer;
  void *context;
  uint64_t left; /* in `read`: bytes that are not read yet; in `write`: those that have been written */
} izh_archive;

/* --- numbers: nothing in `copy` and `measure` --- */

void izh_archive_u32(izh_archive *a, uint32_t *number);
void izh_archive_u64(izh_archive *a, uint64_t *number);
void izh_archive_i64(izh_archive *a, int64_t *number);
void izh_archive_f64(izh_archive *a, double *number);
void izh_archive_bool(izh_archive *a, bool *value);
void izh_archive_numbers(izh_archive *a, double *numbers, size_t n);
/* One of 0 … n - 1, returned: kind = izh_archive_choice(a, kind, n). */
uint32_t izh_archive_choice(izh_archive *a, uint32_t value, uint32_t n);

/* --- arrays: p = izh_archive_array(a, p, n, sizeof *p). In `copy` and `measure` any may be NULL --- */

void *izh_archive_array(izh_archive *a, const void *array, uint64_t n, size_t size);
/* One that may be NULL in all modes. */
void *izh_archive_optional(izh_archive *a, const void *array, uint64_t n, size_t size);
/* One that follows from the other pieces, or is scratch: it is neither written nor read. */
void *izh_archive_derived(izh_archive *a, const void *array, uint64_t n, size_t size);
/* The same, all of it 0: its memory is not touched. */
void *izh_archive_zeros(izh_archive *a, const void *array, uint64_t n, size_t size);
/* A growing array of *n things with pieces of their own, which are visited next; its capacity is then *n. */
void *izh_archive_items(izh_archive *a, const void *items, size_t *n, size_t *capacity, size_t size);
/* Is the i-th of n things to be visited, i = 0, 1 …: in `read` none is after a failure, for their memory may
 * be many times that of a file which says that there are many. */
bool izh_archive_visits(const izh_archive *a, size_t i, size_t n);
/* UTF-8, not empty. A name has no control characters. */
char *izh_archive_text(izh_archive *a, const char *text);
char *izh_archive_name(izh_archive *a, const char *name);
/* Some of n neurons; the list, if any, is owned. In `read` it ascends, or (any order) its indices may repeat.
 */
void izh_archive_ids(izh_archive *a, izh_ids *ids, uint32_t n, bool any_order);

/* --- in `read` --- */

/* Is it reading, without a failure so far: derived pieces are to be made, and all to be checked. */
bool izh_archive_reads(const izh_archive *a);
/* Room for a derived array, zeros. */
void *izh_archive_room(izh_archive *a, uint64_t n, size_t size);
/* Fails with IZH_FORMAT, in `read`, unless it is so; what: "the delays of a projection". */
void izh_archive_require(izh_archive *a, bool so, const char *what);
/* Requires that the names of n items, each the first member, are distinct. */
void izh_archive_names(izh_archive *a, const void *items, size_t n, size_t size);

#endif
