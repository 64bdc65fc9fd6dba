/* Archives: they visit the state of a network piece by piece.
 *
 * Each subsystem has one routine that names its pieces in a fixed order (izh_populations_archive, …). The
 * mode of the archive says what is done with the pieces.
 *
 * The archive keeps the first failure. It still visits the later pieces: in `copy` and `read` their arrays
 * become NULL, in `read` their numbers become 0. So the object can be freed, whatever failed. Items that are
 * no longer visited (izh_archive_visits) stay 0. */
#ifndef IZH_CORE_ARCHIVE_H
#define IZH_CORE_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "core/net/ids.h"
#include "core/net/state.h"

typedef enum izh_archive_mode {
  /* Nothing is changed. The archive sums the memory that a copy would take. */
  IZH_ARCHIVE_MEASURE,
  /* The object is a flat copy of another one and still points to its arrays. Each array is replaced by a
   * copy.
   */
  IZH_ARCHIVE_COPY,
  /* Nothing is changed. The bytes of the pieces are given to `transfer`, or only counted. */
  IZH_ARCHIVE_WRITE,
  /* The object is all 0 and gets its pieces from `transfer`. Each piece is checked: whoever wrote the bytes,
   * the network can only get a state that it could also reach by itself. */
  IZH_ARCHIVE_READ
} izh_archive_mode;

typedef struct izh_archive {
  izh_archive_mode mode;
  izh_status status; /* of the first failure */
  izh_err *err;
  double bytes; /* in `measure`: the memory so far */
  izh_transfer *transfer;
  void *context;
  uint64_t left; /* in `read`: how many bytes are not read yet; in `write`: how many have been written */
} izh_archive;

/* --- numbers: `copy` and `measure` do nothing with them --- */

void izh_archive_u32(izh_archive *a, uint32_t *number);
void izh_archive_u64(izh_archive *a, uint64_t *number);
void izh_archive_i64(izh_archive *a, int64_t *number);
void izh_archive_f64(izh_archive *a, double *number);
void izh_archive_bool(izh_archive *a, bool *value);
void izh_archive_numbers(izh_archive *a, double *numbers, size_t n);
void izh_archive_bytes(izh_archive *a, const void *bytes, size_t size); /* `read` changes them */
/* A number 0 … n - 1, which is returned: kind = izh_archive_choice(a, kind, n). */
uint32_t izh_archive_choice(izh_archive *a, uint32_t value, uint32_t n);

/* --- arrays: p = izh_archive_array(a, p, n, sizeof *p). In `copy` and `measure` they may be NULL --- */

void *izh_archive_array(izh_archive *a, const void *array, uint64_t n, size_t size);
/* An array that may be NULL in all modes. */
void *izh_archive_optional(izh_archive *a, const void *array, uint64_t n, size_t size);
/* An array that follows from the other pieces, or is scratch. It is neither written nor read. */
void *izh_archive_derived(izh_archive *a, const void *array, uint64_t n, size_t size);
/* The same for an array that is all 0: its memory is not touched. */
void *izh_archive_zeros(izh_archive *a, const void *array, uint64_t n, size_t size);
/* A growing array of *n items. The items have pieces of their own, which are visited next. In `copy` and
 * `read` its capacity becomes *n. */
void *izh_archive_items(izh_archive *a, const void *items, size_t *n, size_t *capacity, size_t size);
/* Whether to visit item i of n. In `read`, no item is visited after a failure: a damaged file may claim so
 * many items that their memory is many times the size of the file. */
bool izh_archive_visits(const izh_archive *a, size_t i, size_t n);
/* UTF-8, not empty. A name has no control characters. */
char *izh_archive_text(izh_archive *a, const char *text);
char *izh_archive_name(izh_archive *a, const char *name);
/* Some of n neurons; *ids owns its list, if it has one. `read` requires that the list ascends; with any_order
 * it may have any order, and indices may repeat. */
void izh_archive_ids(izh_archive *a, izh_ids *ids, uint32_t n, bool any_order);

/* --- in `write`, of a network that is cut among ranks (comm.h): all ranks write the same --- */

/* Before something is gathered: whether no rank has failed; if one has, all have. */
bool izh_archive_together(izh_archive *a);
/* Gets the present values of some neurons, [ids.size], from their owners; ids ascend. In other modes, and of
 * other networks, it does nothing. */
void izh_archive_refresh(izh_archive *a, const izh_net *net, const izh_ids *ids, void *values, size_t size);

/* --- in `read` --- */

/* Whether the archive is reading and has not failed. Then the caller makes the derived pieces, and checks all
 * pieces. */
bool izh_archive_reads(const izh_archive *a);
/* Allocates a derived array, all 0. NULL after a failure. */
void *izh_archive_room(izh_archive *a, uint64_t n, size_t size);
/* In `read`: fails with IZH_FORMAT, "invalid WHAT", unless `so`. */
void izh_archive_require(izh_archive *a, bool so, const char *what);
/* In `read`: requires that the names of n items are distinct. The name is the first member of an item. */
void izh_archive_names(izh_archive *a, const void *items, size_t n, size_t size);

#endif
