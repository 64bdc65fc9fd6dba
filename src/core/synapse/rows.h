/* All synapses of a projection, row by row: those of one source, in order of delay and target, then those of
 * the next one. How they lie in memory does not show. Of a projection that is cut among ranks they come from
 * all ranks, some rows at a time, so that no rank ever has all of them; all ranks must do the same then.
 * Private to the core. */
#ifndef IZH_CORE_ROWS_H
#define IZH_CORE_ROWS_H

#include "core/synapse/projection_private.h"

typedef struct izh_synapse_row {
  uint32_t n, n_delays;
  uint32_t *delay;  /* [n_delays] the numbers of its delays, ascending: see izh_rows_delays */
  uint32_t *count;  /* [n_delays] how many synapses have each, > 0 */
  uint32_t *target; /* [n] global indices, ascending for each delay */
  double *weight;   /* [n] before the gain */
} izh_synapse_row;

typedef struct izh_rows izh_rows;

/* counts: only n, delays and counts are wanted. The projection must live, and not change, until the rows are
 * closed. IZH_MEMORY; IZH_ARGUMENT: see izh_comm_check. Both functions fail on all ranks or on none. */
izh_status izh_rows_open(const izh_net *net, const izh_projection *p, bool counts, izh_rows **rows,
                         izh_err *err);
/* Takes the next row, at first that of the first source. Its lists are valid until the next call. */
izh_status izh_rows_next(izh_rows *rows, const izh_synapse_row **row, izh_err *err);
void izh_rows_close(izh_rows *rows);              /* NULL is allowed */
void izh_rows_from(izh_rows *rows, uint32_t row); /* the next row is this one; before the first is taken */
/* How many rows can be taken before the ranks meet again. */
uint32_t izh_rows_ready(const izh_rows *rows);

/* The delays of all synapses in steps, ascending; *n of them. */
const uint32_t *izh_rows_delays(const izh_rows *rows, uint32_t *n);

#endif
