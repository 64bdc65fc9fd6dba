#include "base/team.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/clock.h"

/* How many times a thread looks at a number that will change before it sleeps (a look takes some 50 ns). If
 * it was woken soon after it slept, it looks more often the next time, since waking takes as long as 1000
 * looks. Otherwise it looks less often, since another program may need the processor. */
enum { LEAST_LOOKS = 500, MOST_LOOKS = 16000, SOON_NS = 300000 };
static atomic_int looks = 2000;

/* A number that one thread raises and another waits for. */
typedef struct gate {
  atomic_uint raised;
  atomic_bool asleep; /* whether the waiting thread sleeps */
  pthread_mutex_t mutex;
  pthread_cond_t cond;
} gate;

typedef struct team team;

typedef struct member {
  _Alignas(64) gate order, done; /* counters: work given, work done */
  team *team;
  pthread_t thread;
  int number; /* its index in a run: 1, 2, … */
} member;

/* The threads that help one caller. They are not allocated with alloc.h, since they outlive what tests count.
 */
struct team {
  team *next;                        /* next team in the idle list */
  member *members[IZH_TEAM_MAX - 1]; /* [n] */
  int n;
  void (*work)(void *context, int i); /* NULL: the threads are to end */
  void *context;
};

static atomic_int limit = IZH_TEAM_MAX;
static pthread_mutex_t idle_mutex = PTHREAD_MUTEX_INITIALIZER;
static team *idle; /* a list; the team used last comes first, since its threads may still be awake */

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
  atomic_store(&g->asleep, true); /* either we see the raised number, or the other thread sees us asleep */
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
    if (!m->team->work) return NULL;
    m->team->work(m->team->context, m->number);
    gate_raise(&m->done);
  }
}

/* Adds one thread. It blocks all signals, so that other threads handle them. */
static bool grow(team *t) {
  member *m = aligned_alloc(_Alignof(member), sizeof *m);
  if (!m) return false;
  gate_open(&m->order);
  gate_open(&m->done);
  m->team = t;
  m->number = t->n + 1;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  bool made = pthread_create(&m->thread, NULL, member_main, m) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (made) {
    t->members[t->n++] = m;
    return true;
  }
  gate_close(&m->order);
  gate_close(&m->done);
  free(m);
  return false;
}

static void end(team *t) {
  t->work = NULL;
  for (int i = 0; i < t->n; i++) gate_raise(&t->members[i]->order);
  for (int i = 0; i < t->n; i++) {
    pthread_join(t->members[i]->thread, NULL);
    gate_close(&t->members[i]->order);
    gate_close(&t->members[i]->done);
    free(t->members[i]);
  }
  free(t);
}

/* Ends all idle threads before a fork, since otherwise the child would wait for them for ever. */
static void before_fork(void) {
  pthread_mutex_lock(&idle_mutex);
  for (team *t = idle, *next; t; t = next) {
    next = t->next;
    end(t);
  }
  idle = NULL;
}

static void after_fork(void) {
  pthread_mutex_unlock(&idle_mutex);
}

static void at_exit(void) {
  before_fork();
  after_fork();
}

static void register_ends(void) {
  (void)pthread_atfork(before_fork, after_fork, after_fork);
  (void)atexit(at_exit);
}

/* Gives the calling thread a team of its own, with `others` threads, or fewer if the system gives no more.
 * NULL when there is no memory. */
static team *take(int others) {
  static pthread_once_t registered = PTHREAD_ONCE_INIT;
  pthread_once(&registered, register_ends);
  pthread_mutex_lock(&idle_mutex);
  team *t = idle;
  if (t) idle = t->next;
  pthread_mutex_unlock(&idle_mutex);
  if (!t) t = calloc(1, sizeof *t);
  while (t && t->n < others && grow(t)) continue;
  return t;
}

static void give_back(team *t) {
  pthread_mutex_lock(&idle_mutex);
  t->next = idle;
  idle = t;
  pthread_mutex_unlock(&idle_mutex);
}

void izh_team_run(int n, void (*work)(void *context, int i), void *context) {
  int most = atomic_load_explicit(&limit, memory_order_relaxed), others = (n < most ? n : most) - 1;
  team *t = others > 0 ? take(others) : NULL;
  if (!t || others > t->n) others = t ? t->n : 0;
  if (t) t->work = work, t->context = context;
  for (int i = 0; i < others; i++) gate_raise(&t->members[i]->order);
  work(context, 0);
  for (int i = others + 1; i < n; i++) work(context, i);
  for (int i = 0; i < others; i++) {
    member *m = t->members[i];
    gate_pass(&m->done, atomic_load_explicit(&m->order.raised, memory_order_relaxed) - 1);
  }
  if (t) give_back(t);
}

void izh_team_limit(int most) {
  atomic_store_explicit(&limit, most, memory_order_relaxed);
}
