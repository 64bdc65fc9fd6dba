/* The state of a network, piece by piece.
 *
 * Each subsystem has one routine that names its pieces in a fixed order (izh_population_archive, …); what is
 * done with them is the archive's mode. In `copy` the object is a flat copy of another one, whose arrays it
 * still points at, and each becomes a copy of its own. In `measure` nothing is changed, and the memory that
 * copying takes is summed.
 *
 * The first failure is kept. All pieces are still visited after it, and become NULL, so that the object can
 * be freed whatever failed. */
#ifndef IZH_CORE_ARCHIVE_H
#define IZH_CORE_ARCHIVE_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "core/ids.h"

typedef enum izh_archive_mode { IZH_ARCHIVE_MEASURE, IZH_ARCHIVE_COPY } izh_archive_mode;

typedef struct izh_archive {
  izh_archive_mode mode;
  izh_status status; /* of the first failure */
  izh_err *err;
  double bytes; /* in `measure`: what has been counted */
} izh_archive;

/* An array of n items of `size` bytes, or NULL: p = izh_archive_array(a, p, n, sizeof *p). */
void *izh_archive_array(izh_archive *a, const void *array, uint64_t n, size_t size);
/* A growing array of *n things with pieces of their own, which are visited next; its capacity is then *n. */
void *izh_archive_items(izh_archive *a, const void *items, size_t *n, size_t *capacity, size_t size);
/* The same of an array that is all 0, whose memory is not touched. */
void *izh_archive_zeros(izh_archive *a, const void *array, uint64_t n, size_t size);
char *izh_archive_text(izh_archive *a, const char *text);
void izh_archive_ids(izh_archive *a, izh_ids *ids); /* whose list is owned */

#endif
