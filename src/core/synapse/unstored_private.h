/* The inside of synapses that are not stored, for unstored.c and unstored_rows.c. */
#ifndef IZH_CORE_UNSTORED_PRIVATE_H
#define IZH_CORE_UNSTORED_PRIVATE_H

#include "core/synapse/unstored.h"
#include "core/synapse/wiring.h"

/* What a thread draws rows with. */
typedef struct izh_drawer {
  izh_row row;
  double *drawn;   /* [room] */
  uint32_t *delay; /* [room] of each synapse, by number */
  uint32_t *at;    /* [n_delays] */
} izh_drawer;

struct izh_unstored {
  izh_ids post;             /* its list, if any, is owned */
  izh_rule rule;            /* owns `each` */
  izh_values weight, delay; /* one for all or drawn; they own their choices */
  izh_key wiring_key, weight_key, delay_key;
  uint32_t generation; /* of the weights */
  bool redrawn;        /* they were drawn after the projection was made: see sort_twins */
  double dt_ms;
  izh_wiring *wiring;
  uint64_t longest; /* no row has more synapses */

  /* Rows lie in slots of `longest` synapses in the arrays of the projection. The first slots are of the
   * drawers: one for each thread, then one for who looks at synapses; the others are a ring. */
  izh_drawer *drawers; /* [threads + 1] */
  uint32_t *number_of; /* [most - least delay + 1] the number of a delay in steps */
  uint32_t *start;     /* [slots][n_delays + 1] where the synapses of a delay begin in the row */
  uint32_t shown;      /* the row in the slot of who looks; UINT32_MAX: none */
  uint32_t *row;       /* [capacity] of each slot of the ring: whose row it has */
  uint64_t most;       /* capacity is at most this */
  uint64_t capacity,
      next;              /* slots of the ring; the number of the next row: number k is in slot k % capacity */
  uint64_t *begin;       /* [window] the first row of step s is begin[s % window]; they follow one another */
  uint64_t window;       /* in steps: from the least to the longest delay */
  int64_t since, newest; /* steps since … newest have an entry in `begin`; none: newest < since */
  int threads;
};

static inline uint64_t izh_drawers(const izh_unstored *u) {
  return (uint64_t)u->threads + 1;
}

/* unstored_rows.c: makes and frees what draws rows and keeps them; the number of synapses, the delays and the
 * longest row are known. IZH_MEMORY. */
izh_status izh_unstored_open(izh_projection *p, izh_err *err);
void izh_unstored_close(izh_unstored *u);
/* Forgets the rows that are drawn. */
void izh_unstored_forget(izh_unstored *u);
/* Makes memory for the weights in all slots, or frees it, as the kind of weights needs. IZH_MEMORY. */
izh_status izh_unstored_fit(izh_projection *p, izh_err *err);
double izh_unstored_rows_bytes(const izh_unstored *u);
/* The most bytes that the ring may take, if all rows together would take `rows`. */
double izh_unstored_room(double rows);

#endif
