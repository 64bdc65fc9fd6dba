#include "analysis/distance.h"

#include <math.h>
#include <stdbool.h>

#include "analysis/measure.h"
#include "base/stop.h"

/* --- Victor and Purpura --- */

/* Moving a spike saves 2 - q |Δt|, compared with removing it and adding another. So the distance is the
 * number of spikes minus the most that can be saved by pairs of spikes in order. row[j] is the most that can
 * be saved with the first j spikes of b and the spikes of a so far. Only spikes of b within 2/q of a spike
 * save anything. Later entries of row would equal the last of these; they are written when their spikes come
 * near. */
double izh_victor_purpura(izh_train a, izh_train b, double q, double *row) {
  size_t lo = 0, hi = 0;
  row[0] = 0;
  for (size_t i = 0; i < a.n; i++) {
    double t = a.t_ms[i];
    if (i % 64 == 63 && izh_stop_check(NULL)) return NAN; /* one pair of long trains takes long */
    while (hi < b.n && q * (b.t_ms[hi] - t) < 2) {
      row[hi + 1] = row[hi];
      hi++;
    }
    while (lo < hi && q * (t - b.t_ms[lo]) >= 2) lo++;
    double before = row[lo];
    for (size_t j = lo; j < hi; j++) {
      double saved = before + 2 - q * fabs(t - b.t_ms[j]);
      before = row[j + 1];
      row[j + 1] = fmax(fmax(row[j + 1], row[j]), saved);
    }
  }
  return (double)a.n + (double)b.n - row[hi];
}

/* --- van Rossum --- */

/* Between spikes f - g is an exponential, so the integral is a sum over the spikes of both trains. The usual
 * formula, a difference of sums over pairs, may lose digits; this one does not, and is 0 for equal trains. */
double izh_van_rossum(izh_train a, izh_train b, double tau_ms) {
  double difference = 0, sum = 0, now = 0;
  for (size_t i = 0, j = 0; i < a.n || j < b.n;) {
    double t = j >= b.n || (i < a.n && a.t_ms[i] <= b.t_ms[j]) ? a.t_ms[i] : b.t_ms[j];
    if (difference != 0) {
      double decay = exp(-(t - now) / tau_ms);
      sum += difference * difference * (1 - decay * decay);
      difference *= decay;
    }
    now = t;
    for (; i < a.n && a.t_ms[i] == t; i++) difference += 1;
    for (; j < b.n && b.t_ms[j] == t; j++) difference -= 1;
  }
  return sqrt(sum + difference * difference);
}

/* --- Kreuz and others --- */

/* A walk along a train. `next` is the number of the first spike after the present time. */
typedef struct walk {
  const double *t;
  size_t n, next;
  double interval;    /* I(t), until the next spike */
  double near_before; /* distance of the last spike to the nearest spike of the other train */
  double near_after;  /* the same for the next spike; s(t) is between the two */
  double from, to;
} walk;

/* Begins a walk. A silent train gets a spike at each end of the window. */
static walk walk_begin(izh_train train, const double ends[2]) {
  walk made = {.t = train.t_ms, .n = train.n, .from = ends[0], .to = ends[1]};
  if (train.n == 0) {
    made.t = ends;
    made.n = 2;
  }
  return made;
}

static void find_interval(walk *w) {
  const double *t = w->t;
  size_t n = w->n, next = w->next;
  if (next == 0)
    w->interval = n > 1 ? fmax(t[0] - w->from, t[1] - t[0]) : t[0] - w->from;
  else if (next == n)
    w->interval = n > 1 ? fmax(w->to - t[n - 1], t[n - 1] - t[n - 2]) : w->to - t[0];
  else
    w->interval = t[next] - t[next - 1];
}

static double next_time(const walk *w) {
  return w->next < w->n ? w->t[w->next] : w->to;
}

/* Passes the spikes up to `now`. Returns whether there were any. */
static bool pass(walk *w, double now) {
  size_t before = w->next;
  while (w->next < w->n && w->t[w->next] <= now) w->next++;
  find_interval(w);
  return w->next > before;
}

double izh_isi_distance(izh_train a, izh_train b, double from_ms, double to_ms) {
  if (!(to_ms > from_ms)) return NAN;
  const double ends[2] = {from_ms, to_ms};
  walk p = walk_begin(a, ends), q = walk_begin(b, ends);
  double sum = 0;
  for (double now = from_ms; now < to_ms;) {
    pass(&p, now);
    pass(&q, now);
    double then = fmin(fmin(next_time(&p), next_time(&q)), to_ms);
    sum += (then - now) * fabs(p.interval - q.interval) / fmax(p.interval, q.interval);
    now = then;
  }
  return sum / (to_ms - from_ms);
}

/* The distance from t to the nearest spike of w, or to its auxiliary spikes. The search begins at w's present
 * spike, since t is near it. */
static double nearest(const walk *w, double t) {
  size_t k = w->next;
  while (k > 0 && w->t[k - 1] > t) k--;
  while (k < w->n && w->t[k] <= t) k++;
  size_t n = w->n;
  double first = n > 1 ? fmin(w->from, 2 * w->t[0] - w->t[1]) : w->from;
  double last = n > 1 ? fmax(w->to, 2 * w->t[n - 1] - w->t[n - 2]) : w->to;
  return fmin(t - (k > 0 ? w->t[k - 1] : first), (k < n ? w->t[k] : last) - t);
}

static void find_nearest(walk *w, const walk *other) {
  double before = w->next > 0 ? nearest(other, w->t[w->next - 1]) : 0;
  w->near_after = w->next < w->n ? nearest(other, w->t[w->next]) : before;
  w->near_before = w->next > 0 ? before : w->near_after;
}

/* s(t) */
static double weighted(const walk *w, double t) {
  if (w->next == 0 || w->next == w->n) return w->near_before;
  double since = t - w->t[w->next - 1], until = w->t[w->next] - t;
  return (w->near_before * until + w->near_after * since) / w->interval;
}

static double dissimilarity(const walk *p, const walk *q, double t) {
  double mean = (p->interval + q->interval) / 2;
  return (weighted(p, t) * q->interval + weighted(q, t) * p->interval) / (2 * mean * mean);
}

/* Between spikes S is linear, so the trapezoidal rule is exact. */
double izh_spike_distance(izh_train a, izh_train b, double from_ms, double to_ms) {
  if (!(to_ms > from_ms)) return NAN;
  const double ends[2] = {from_ms, to_ms};
  walk p = walk_begin(a, ends), q = walk_begin(b, ends);
  double sum = 0;
  for (double now = from_ms; now < to_ms;) {
    bool p_moved = pass(&p, now), q_moved = pass(&q, now);
    if (p_moved || now == from_ms) find_nearest(&p, &q);
    if (q_moved || now == from_ms) find_nearest(&q, &p);
    double then = fmin(fmin(next_time(&p), next_time(&q)), to_ms);
    sum += (then - now) * (dissimilarity(&p, &q, now) + dissimilarity(&p, &q, then)) / 2;
    now = then;
  }
  return sum / (to_ms - from_ms);
}

/* --- for scripts --- */

static double victor_purpura_of_pair(const izh_measured *of, size_t i, size_t j, double *scratch) {
  return izh_victor_purpura(izh_trains_at(&of->trains, i), izh_trains_at(&of->trains, j),
                            of->option[0] / 1000, scratch);
}

static double van_rossum_of_pair(const izh_measured *of, size_t i, size_t j, double *scratch) {
  (void)scratch;
  return izh_van_rossum(izh_trains_at(&of->trains, i), izh_trains_at(&of->trains, j), of->option[0]);
}

static double isi_distance_of_pair(const izh_measured *of, size_t i, size_t j, double *scratch) {
  (void)scratch;
  const izh_trains *trains = &of->trains;
  return izh_isi_distance(izh_trains_at(trains, i), izh_trains_at(trains, j), trains->from_ms, trains->to_ms);
}

static double spike_distance_of_pair(const izh_measured *of, size_t i, size_t j, double *scratch) {
  (void)scratch;
  const izh_trains *trains = &of->trains;
  return izh_spike_distance(izh_trains_at(trains, i), izh_trains_at(trains, j), trains->from_ms,
                            trains->to_ms);
}

const izh_measure izh_measure_victor_purpura_distance = {.of_pair =
                                                             victor_purpura_of_pair}; /* option: q in 1/s */
const izh_measure izh_measure_van_rossum_distance = {.of_pair = van_rossum_of_pair};  /* option: tau in ms */
const izh_measure izh_measure_isi_distance = {.of_pair = isi_distance_of_pair};
const izh_measure izh_measure_spike_distance = {.of_pair = spike_distance_of_pair};
