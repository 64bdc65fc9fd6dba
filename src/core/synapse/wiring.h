/* Wirings: the synapses that a rule makes, before they have weights and delays. */
#ifndef IZH_CORE_WIRING_H
#define IZH_CORE_WIRING_H

#include "core/net/ids.h"
#include "core/net/part.h"
#include "core/random/philox.h"
#include "core/synapse/rule.h"

/* Synapses in order of source position, then target index; a row has the synapses of one source. If a rule
 * makes each row by itself, the rows are not kept: they are made when they are asked for, always the same. */
typedef struct izh_wiring {
  uint32_t n_pre;
  izh_ids post;
  uint64_t longest;    /* no row has more synapses */
  uint64_t *row_start; /* [n_pre + 1]; NULL: rows are not kept; see izh_wiring_keep */
  uint64_t n;          /* kept synapses */
  uint32_t *target;    /* [n] global indices, ascending in a row */
  uint64_t *given;     /* [n] only for the rule pairs: which pair each synapse is; else NULL */
  /* [n_own] which targets are wanted, as positions in the sorted set of targets, ascending; see
   * izh_wiring_cut
   */
  izh_part *own;
  uint32_t n_own;
  struct izh_row_maker *maker;
} izh_wiring;

/* Makes the wiring of a rule, with random numbers of the given key. The caller owns the lists of pre and
 * post; they must live as long as the wiring. IZH_RANGE: the rule cannot do it (more distinct partners than
 * there are, a pair outside pre and post). IZH_SIZE: more than 2³² - 1 synapses of one source. IZH_MEMORY,
 * IZH_STOPPED. */
izh_status izh_wiring_make(const izh_rule *rule, const izh_ids *pre, const izh_ids *post, izh_key key,
                           izh_wiring **wiring, izh_err *err);
double izh_wiring_estimate(const izh_wiring *wiring); /* see izh_rule_estimate */
/* From now on only the synapses onto some targets are taken from the rows: those in n ranges of neurons,
 * which ascend. IZH_MEMORY. */
izh_status izh_wiring_cut(izh_wiring *wiring, const izh_part *own, uint32_t n, izh_err *err);
uint64_t izh_wiring_targets(const izh_wiring *wiring); /* how many these targets are */
/* Makes and keeps all rows, for a caller that reads the arrays above. */
izh_status izh_wiring_keep(izh_wiring *wiring, izh_err *err);
/* Takes away some synapses of a wiring whose rows are kept: dropped[n] is 1 for them, else 0. */
void izh_wiring_drop(izh_wiring *wiring, const unsigned char *dropped);
void izh_wiring_free(izh_wiring *wiring); /* NULL is allowed */

/* Reads a wiring row by row, in one thread: open, take rows in any order, close. The targets are valid until
 * the next row is taken. Of the synapses of a row, those onto wanted targets are taken: their numbers in the
 * row are runs, since targets ascend. */
typedef struct izh_row {
  uint32_t n;             /* synapses that are taken */
  const uint32_t *target; /* [n] global indices, ascending */
  uint32_t n_all;         /* synapses of the row */
  izh_part *run;   /* [n_runs] the numbers begin … end - 1 of the synapses that are taken, ascending */
  izh_part *range; /* [n_runs] the wanted targets: as candidates, or as neurons if rows are kept */
  uint32_t n_runs;
  uint32_t *room; /* [longest] memory for a row */
  struct izh_marks *marks;
} izh_row;
izh_status izh_row_open(const izh_wiring *wiring, izh_row *row, izh_err *err);
void izh_row_take(const izh_wiring *wiring, uint32_t number, izh_row *row);
void izh_row_close(izh_row *row);
/* Whether the number of synapses of a row is known without taking it. */
bool izh_row_length(const izh_wiring *wiring, uint32_t number, uint32_t *n);

#endif
