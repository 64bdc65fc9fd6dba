#include "base/team.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/clock.h"

/* How often a thread looks at a number that is to change before it sleeps (a look is some 50 ns). More often
 * when it was woken soon after, since to wake takes as long as 1000 looks; less when not, since then somebody
 * else has the processor that it waits for. */
enum { LEAST_LOOKS = 500, MOST_LOOKS = 16000, SOON_NS = 300000 };
static atomic_int looks = 2000;

/* A number that one thread raises and another waits for. */
typedef struct gate {
  atomic_uint raised;
  atomic_bool asleep; /* the one that waits */
  pthread_mutex_t mutex;
  pthread_cond_t cond;
} gate;

typedef struct member {
  _Alignas(64) gate order, done; /* how much work it was given, and has done */
  pthread_t thread;
  int number; /* in a run: 1, 2, … */
} member;

static member *members[IZH_TEAM_MAX]; /* [n_members]; not of alloc.h: they outlive what tests count */
static int n_members, limit = IZH_TEAM_MAX;
static struct {
  void (*work)(void *, int);
  void *context;
} job; /* NULL work: to end */

static void breathe(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#endif
}

static void gate_raise(gate *g) {
  atomic_fetch_add(&g->raised, 1);
  if (!atomic_load(&g->asleep)) return;
  pthread_mutex_lock(&g->mutex);
  pthread_cond_signal(&g->cond);
  pthread_mutex_unlock(&g->mutex);
}

/* Waits until the number is no longer `before`. */
static void gate_pass(gate *g, unsigned before) {
  int most = atomic_load_explicit(&looks, memory_order_relaxed);
  for (int look = 0; look < most; look++) {
    if (atomic_load_explicit(&g->raised, memory_order_acquire) != before) return;
    breathe();
  }
  uint64_t slept = izh_clock();
  pthread_mutex_lock(&g->mutex);
  atomic_store(&g->asleep, true); /* either we see the number raised, or who raises it sees this */
  while (atomic_load(&g->raised) == before) pthread_cond_wait(&g->cond, &g->mutex);
  atomic_store(&g->asleep, false);
  pthread_mutex_unlock(&g->mutex);
  bool soon = izh_clock() - slept < SOON_NS;
  most = soon ? 2 * most : most / 2;
  most = most < LEAST_LOOKS ? LEAST_LOOKS : most > MOST_LOOKS ? MOST_LOOKS : most;
  atomic_store_explicit(&looks, most, memory_order_relaxed);
}

static void gate_open(gate *g) {
  atomic_init(&g->raised, 0);
  atomic_init(&g->asleep, false);
  pthread_mutex_init(&g->mutex, NULL);
  pthread_cond_init(&g->cond, NULL);
}

static void gate_close(gate *g) {
  pthread_mutex_destroy(&g->mutex);
  pthread_cond_destroy(&g->cond);
}

static void *member_main(void *data) {
  member *m = data;
  for (unsigned seen = 0;; seen++) {
    gate_pass(&m->order, seen);
    if (!job.work) return NULL;
    job.work(job.context, m->number);
    gate_raise(&m->done);
  }
}

/* One more thread, which leaves signals to the others. */
static bool grow(void) {
  member *m = aligned_alloc(_Alignof(member), sizeof *m);
  if (!m) return false;
  gate_open(&m->order);
  gate_open(&m->done);
  members[n_members] = m;
  m->number = n_members + 1;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  bool made = pthread_create(&m->thread, NULL, member_main, m) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (made) {
    if (n_members++ == 0) {
      static bool registered;
      if (!registered) registered = atexit(izh_team_end) == 0;
    }
    return true;
  }
  gate_close(&m->order);
  gate_close(&m->done);
  free(m);
  return false;
}

void izh_team_run(int n, void (*work)(void *context, int i), void *context) {
  int others = (n < limit ? n : limit) - 1;
  while (n_members < others && grow()) continue;
  if (others > n_members) others = n_members;
  job.work = work;
  job.context = context;
  unsigned before[IZH_TEAM_MAX];
  for (int i = 0; i < others; i++) {
    before[i] = atomic_load_explicit(&members[i]->done.raised, memory_order_relaxed);
    gate_raise(&members[i]->order);
  }
  work(context, 0);
  for (int i = others + 1; i < n; i++) work(context, i);
  for (int i = 0; i < others; i++) gate_pass(&members[i]->done, before[i]);
}

void izh_team_limit(int most) {
  limit = most;
}

void izh_team_end(void) {
  job.work = NULL;
  for (int i = 0; i < n_members; i++) gate_raise(&members[i]->order);
  for (int i = 0; i < n_members; i++) {
    pthread_join(members[i]->thread, NULL);
    gate_close(&members[i]->order);
    gate_close(&members[i]->done);
    free(members[i]);
  }
  n_members = 0;
}
