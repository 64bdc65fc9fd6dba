#include "analysis/pairs.h"

#include <stdatomic.h>
#include <stdbool.h>

#include "base/alloc.h"
#include "base/stop.h"
#include "base/team.h"

typedef struct pairs {
  const izh_measure *measure;
  const izh_measured *of;
  size_t shares;   /* the rows are dealt out to so many calls of fill_share */
  double *scratch; /* [shares × longest] */
  size_t longest;  /* spikes of the longest train + 1 */
  double *matrix;
  atomic_bool stopped; /* the user wants that */
} pairs;

/* Fills every shares-th row, so that long and short rows are dealt out evenly. */
static void fill_share(void *context, int share) {
  pairs *p = context;
  size_t n = p->of->trains.n;
  double *scratch = p->scratch + (size_t)share * p->longest;
  izh_stop_share(&p->stopped);
  for (size_t i = (size_t)share; i < n; i += p->shares)
    for (size_t j = i; j < n && !izh_stop_check(NULL); j++)
      p->matrix[i * n + j] = p->matrix[j * n + i] = p->measure->of_pair(p->of, i, j, scratch);
  izh_stop_share(NULL);
}

static size_t longest(const izh_trains *trains) {
  size_t most = 0;
  for (size_t i = 0; i < trains->n; i++) {
    size_t n = izh_trains_at(trains, i).n;
    if (n > most) most = n;
  }
  return most;
}

/* Allocates the scratch of all threads here, where a failure can be reported. */
static izh_status fill(pairs *p, izh_err *err) {
  p->longest = longest(&p->of->trains) + 1;
  p->scratch = izh_alloc(p->shares * p->longest, sizeof *p->scratch);
  if (!p->scratch) return izh_fail_memory(err, sizeof *p->scratch * p->shares * p->longest);
  izh_team_run((int)p->shares, fill_share, p);
  izh_free(p->scratch);
  return p->stopped ? izh_fail(err, IZH_STOPPED, "interrupted") : IZH_OK;
}

izh_status izh_pairs(const izh_measure *measure, const izh_measured *of, int threads, double *matrix,
                     izh_err *err) {
  size_t n = of->trains.n;
  if (n == 0) return IZH_OK;
  izh_measured with = *of;
  void *prepared = NULL;
  izh_status status = measure->prepare ? measure->prepare(of, &prepared, err) : IZH_OK;
  with.prepared = prepared;
  pairs p = {
      .measure = measure, .of = &with, .shares = n < (size_t)threads ? n : (size_t)threads, .matrix = matrix};
  if (!status) status = fill(&p, err);
  izh_free(prepared);
  return status;
}
