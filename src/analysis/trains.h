/* Spike trains: the spike times of many neurons in a window. All measures in this folder take them.
 *
 * Plain arrays in, numbers out: nothing here knows Lua, networks or figures. Times are in ms, rates in Hz. A
 * measure that is not defined (for example with too few spikes) is NaN; its header says when. */
#ifndef IZH_ANALYSIS_TRAINS_H
#define IZH_ANALYSIS_TRAINS_H

#include <stddef.h>

typedef struct izh_train {
  const double *t_ms; /* [n] ascending; not owned */
  size_t n;
} izh_train;

typedef struct izh_trains {
  size_t n;              /* how many trains, silent ones included */
  const size_t *start;   /* [n + 1]: train i is t_ms[start[i]] … t_ms[start[i + 1] - 1]; not owned */
  const double *t_ms;    /* [start[n]] ascending in each train; not owned */
  double from_ms, to_ms; /* the window: from < t ≤ to */
  /* [n] when each neuron was added, from_ms … to_ms; NULL: all were there during the whole window; not owned
   */
  const double *begun_ms;
} izh_trains;

static inline izh_train izh_trains_at(const izh_trains *trains, size_t i) {
  return (izh_train){trains->t_ms + trains->start[i], trains->start[i + 1] - trains->start[i]};
}

/* How many neurons were there in each of n successive parts of the window, each of width_ms, into out[n]. A
 * neuron that was added within a part counts only for the rest of this part. */
void izh_trains_present(const izh_trains *trains, double width_ms, double *out, size_t n);

/* The neurons that spikes may belong to: list[n], ascending, not owned; or, when it is NULL, the ids first …
 * first + n - 1. */
typedef struct izh_id_set {
  size_t n;
  double first;
  const double *list;
} izh_id_set;

/* The position of an id in the set; set->n when it is not in it. O(1), for a list O(log n). */
size_t izh_id_set_find(const izh_id_set *set, double id);

/* Sorts spikes by neuron. The spikes are t_ms[n], ascending, and id[n], all in the set. Fills the members of
 * izh_trains: start[neurons->n + 1] and out_ms[n]. */
void izh_trains_group(const double *t_ms, const double *id, size_t n, const izh_id_set *neurons,
                      size_t *start, double *out_ms);

#endif
