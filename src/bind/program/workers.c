/* Processes that run functions of a script side by side, for izhlua/sweep: each is forked from this one
 * for one call, whose result is a string, and sees the script as it was then. What it prints comes here by
 * pipes and goes on in whole lines.
 *
 * Of several ranks, each has workers of its own, for its share of the calls. All ranks meet now and then, and
 * exchange what workers ended with (dealt.h), so that each has all results. A worker never calls MPI.
 *
 * Or all ranks do each call together: each has one worker, and the workers are the ranks of the call
 * (relay.h). */
#include <errno.h>
#include <fcntl.h>
#include <lauxlib.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/descriptor.h"
#include "base/parent.h"
#include "base/ranks.h"
#include "base/sandbox.h"
#include "base/team.h"
#include "bind/bind.h"
#include "bind/lua/errors.h"
#include "bind/lua/type.h"
#include "bind/open.h"
#include "bind/program/dealt.h"
#include "bind/program/host.h"
#include "bind/program/relay.h"
#include "bind/program/seed.h"
#include "bind/program/used.h"

static const char WORKERS[] = "izhlua.workers";

enum { MOST_WORKERS = 1024, LOOK_EVERY_MS = 200, MEET_EVERY_MS = 200, CLEANUP_MS = 2000, INTERRUPTED = 130 };

/* Pipes from a worker; TOLD: how far it is. Those that do a call together have two more: ASKED and, to the
 * worker, ANSWERS. */
enum { RESULT, OUT, ERR, TOLD, ASKED, CHANNELS, ANSWERS = CHANNELS, PIPES };
_Static_assert(RESULT == 0 && ERR + 1 == BIND_DEALT_TEXTS, "these go to other ranks");

/* How far a worker is with what it does. */
typedef struct stage {
  double done, total;
  char unit[16];
} stage;

static int above = -1; /* in a worker: where to tell how far it is */

/* The end of a pipe that a worker writes to, and what has come. */
typedef struct channel {
  int file; /* -1: none */
  char *bytes;
  size_t n, capacity;
} channel;

typedef struct worker {
  pid_t pid; /* 0: none */
  lua_Integer number;
  channel channels[CHANNELS];
  int answers; /* where it reads what those others bring; -1: there are none */
} worker;

typedef struct workers {
  const izh_host *host;
  double began_ms;
  struct pollfd *polled; /* [n × CHANNELS], Lua's */
  bool heeds;            /* what workers tell of their progress goes on */
  bool of_ranks;         /* there are several, and each has such workers for its share … */
  bool together;         /* … or with all of it */
  double met_ms;         /* when they met last */
  bind_dealt exchange;
  int n;
  worker list[];
} workers;

/* Before the bytes of a result. */
typedef struct result_head {
  bool done; /* else they are an error message */
  size_t length;
  size_t used; /* of the bytes after them: what files the worker has used (used.h) */
} result_head;

static double now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

/* Whether the program is to stop. */
static bool interrupted(const workers *all) {
  return all->host->interrupted && all->host->interrupted();
}

/* --- how far they are --- */

/* Tells the process above, in a worker. */
static void tell_above(const stage *s) {
  if (write(above, s, sizeof *s) < 0) return; /* nobody listens */
}

/* Tells the process above or, if this is none of a worker, the program. */
static void tell(const workers *all, stage s) {
  if (!all->host->progress) return;
  if (above >= 0)
    tell_above(&s);
  else
    all->host->progress(s.done, s.total, s.unit, (now_ms() - all->began_ms) / 1e3);
}

/* Of what a worker has told the last matters. */
static void heed(const workers *all, channel *c) {
  size_t n = c->n / sizeof(stage);
  stage last;
  if (n > 0 && all->heeds) {
    memcpy(&last, c->bytes + (n - 1) * sizeof last, sizeof last);
    tell(all, last);
  }
  c->n -= n * sizeof last;
  memmove(c->bytes, c->bytes + n * sizeof last, c->n);
}

/* --- what workers print --- */

static void print(const workers *all, int which, const char *text, size_t n) {
  FILE *stream = which == OUT ? stdout : stderr;
  if (n == 0) return;
  if (all->host->printing) all->host->printing();
  fwrite(text, 1, n, stream);
  fflush(stream);
}

static void pass_on(const workers *all, channel *c, int which, size_t n) {
  if (n == 0) return;
  print(all, which, c->bytes, n);
  c->n -= n;
  memmove(c->bytes, c->bytes + n, c->n);
}

static void pass_lines_on(const workers *all, channel *c, int which) {
  const char *end = c->n > 0 ? memrchr(c->bytes, '\n', c->n) : NULL;
  if (end) pass_on(all, c, which, (size_t)(end - c->bytes) + 1);
}

static void close_channel(channel *c) {
  if (c->file >= 0) close(c->file);
  c->file = -1;
}

static void close_answers(worker *w) {
  if (w->answers >= 0) close(w->answers);
  w->answers = -1;
}

/* Reads what is there now. False at the end, or when there is no memory for it. */
static bool read_channel(channel *c) {
  for (;;) {
    char *room = izh_grow(c->bytes, &c->capacity, c->n + 4096, 1);
    if (!room) return false;
    c->bytes = room;
    ssize_t got = read(c->file, c->bytes + c->n, c->capacity - c->n);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno == EAGAIN;
    if (got == 0) return false;
    c->n += (size_t)got;
  }
}

static void read_worker(const workers *all, worker *w) {
  for (int which = 0; which < CHANNELS; which++) {
    channel *c = &w->channels[which];
    if (c->file < 0) continue;
    bool more = read_channel(c);
    if ((which == OUT || which == ERR) && !all->of_ranks) pass_lines_on(all, c, which);
    if (which == TOLD && c->n > 0) heed(all, c);
    if (!more) close_channel(c);
  }
}

/* --- the end of workers --- */

/* Waits for a process that ends, or has ended; its status, or -1 when that is not to be had. */
static int reap(worker *w) {
  int status = -1;
  while (waitpid(w->pid, &status, 0) < 0) {
    if (errno == EINTR) continue;
    status = -1;
    break;
  }
  w->pid = 0;
  izh_sandbox_free_process();
  return status;
}

/* Frees the place of a worker that has ended, when what it printed has been read. */
static void clear_place(const workers *all, worker *w) {
  for (int which = 0; which < CHANNELS; which++) {
    channel *c = &w->channels[which];
    if ((which == OUT || which == ERR) && !all->of_ranks) pass_on(all, c, which, c->n);
    close_channel(c);
    izh_free(c->bytes);
    *c = (channel){.file = -1};
  }
  close_answers(w);
  if (all->heeds && above < 0) tell(all, (stage){.done = 1, .total = 1}); /* the line goes */
}

/* Waits a while for something from the workers, and reads it. False when there are none. */
static bool listen_to_all(workers *all, int patience_ms) {
  nfds_t n = 0;
  bool any = false;
  for (int i = 0; i < all->n; i++) {
    const worker *w = &all->list[i];
    any = any || w->pid > 0;
    for (int which = 0; which < CHANNELS; which++)
      if (w->pid > 0 && w->channels[which].file >= 0)
        all->polled[n++] = (struct pollfd){.fd = w->channels[which].file, .events = POLLIN};
  }
  if (!any) return false;
  if (poll(all->polled, n, patience_ms) > 0)
    for (int i = 0; i < all->n; i++)
      if (all->list[i].pid > 0) read_worker(all, &all->list[i]);
  return true;
}

/* A worker whose pipe for the result is closed has ended. */
static worker *ended_worker(workers *all) {
  for (int i = 0; i < all->n; i++)
    if (all->list[i].pid > 0 && all->list[i].channels[RESULT].file < 0) return &all->list[i];
  return NULL;
}

static void kill_all(const workers *all, int signal_number) {
  for (int i = 0; i < all->n; i++)
    if (all->list[i].pid > 0) kill(all->list[i].pid, signal_number);
}

/* Ends what runs: politely, so that it can tidy up, then not. */
static int workers_stop(lua_State *L) {
  workers *all = luaL_checkudata(L, 1, WORKERS);
  double end = now_ms() + CLEANUP_MS;
  kill_all(all, SIGTERM);
  for (int i = 0; i < all->n; i++) close_answers(&all->list[i]); /* nobody waits for them any more */
  while (now_ms() < end && listen_to_all(all, 50)) {
    for (worker *w; (w = ended_worker(all));) {
      reap(w);
      clear_place(all, w);
    }
  }
  kill_all(all, SIGKILL);
  for (int i = 0; i < all->n; i++) {
    if (all->list[i].pid > 0) reap(&all->list[i]);
    clear_place(all, &all->list[i]);
  }
  bind_dealt_free(&all->exchange);
  return 0;
}

/* --- in a worker --- */

/* What a worker needs to know of the process that it was forked from. */
typedef struct birth {
  const workers *all;
  int (*ends)[2]; /* [PIPES] */
  pid_t parent;
  sigset_t signals; /* that are blocked in the parent */
  lua_Integer seed;
} birth;

/* Every case has random numbers of its own, and seeds that mean what they say. */
static void seed_worker(lua_State *L, lua_Integer seed) {
  lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.randomseed");
  lua_pushinteger(L, seed);
  lua_call(L, 1, 0);
  lua_pushboolean(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, "izhlua.script_seeded");
  lua_pushinteger(L, 0);
  lua_setfield(L, LUA_REGISTRYINDEX, "izhlua.seed_shift");
}

static void become_worker(const birth *from) {
  const workers *all = from->all;
  int(*ends)[2] = from->ends;
  izh_end_with_parent(SIGKILL); /* nobody waits for it any more, nor would end it */
  if (all->host->forked) all->host->forked();
  if (getppid() != from->parent) _exit(EXIT_FAILURE);
  for (int i = 0; i < all->n; i++)
    for (int which = 0; which < CHANNELS; which++)
      if (all->list[i].channels[which].file >= 0) close(all->list[i].channels[which].file);
  int nothing = open("/dev/null", O_RDONLY);
  if (nothing >= 0) dup2(nothing, STDIN_FILENO);
  if (nothing > STDERR_FILENO) close(nothing);
  dup2(ends[OUT][1], STDOUT_FILENO);
  dup2(ends[ERR][1], STDERR_FILENO);
  if (fileno(stderr) != STDERR_FILENO) dup2(ends[ERR][1], fileno(stderr)); /* of a silent rank */
  for (int which = 0; which < CHANNELS; which++) {
    close(ends[which][0]);
    if (which == OUT || which == ERR) close(ends[which][1]);
  }
  if (all->together) {
    close(ends[ANSWERS][1]);
    bind_relay_begin(ends[ASKED][1], ends[ANSWERS][0]);
  } else {
    izh_ranks_leave();
  }
  if (above >= 0) close(above);
  above = ends[TOLD][1];
}

/* The birth, a function and its argument: becomes a worker, and calls the function. */
static int live(lua_State *L) {
  const birth *from = lua_touserdata(L, 1);
  become_worker(from);
  seed_worker(L, from->seed);
  izh_sandbox_share_memory(from->all->n);
  if (from->all->n > 1) {
    izh_team_limit(1); /* also of networks that were made before */
    bind_run_beside_others(L);
  }
  sigprocmask(SIG_SETMASK, &from->signals, NULL);
  lua_call(L, 1, 1);
  return 1;
}

static int describe(lua_State *L) {
  luaL_tolstring(L, 1, NULL);
  return 1;
}

static int pack_used(lua_State *L) {
  bind_used_pack(L);
  return 1;
}

/* Calls the function below its argument, and says by the pipe what came of it. Whatever happens in a worker,
 * a hook or a signal first of all, happens in this protected call: nothing of the parent's script unwinds. */
static _Noreturn void work(lua_State *L, const birth *from) {
  const izh_host *host = from->all->host;
  int result = from->ends[RESULT][1];
  lua_pushcfunction(L, describe);
  lua_pushcfunction(L, live);
  lua_pushlightuserdata(L, (void *)from);
  lua_rotate(L, -5, 3);
  bool done = lua_pcall(L, 3, 1, -5) == LUA_OK;
  fflush(NULL);
  if (host->interrupted && host->interrupted()) _exit(INTERRUPTED);
  const char *text = lua_tostring(L, -1);
  if (!text) text = "(error object is not a string)";
  size_t length = lua_type(L, -1) == LUA_TSTRING ? lua_rawlen(L, -1) : strlen(text);
  lua_pushcfunction(L, pack_used);
  bool packed = lua_pcall(L, 0, 1, 0) == LUA_OK;
  if (!packed) { /* there is no memory for it */
    text = lua_tostring(L, -1);
    length = strlen(text);
  }
  result_head head = {done && packed, length, packed ? lua_rawlen(L, -1) : 0};
  bool told = izh_descriptor_write(result, &head, sizeof head) &&
              izh_descriptor_write(result, text, length) &&
              izh_descriptor_write(result, lua_tostring(L, -1), head.used);
  _exit(told ? EXIT_SUCCESS : EXIT_FAILURE); /* nothing of the script's is closed here: it is its parent's */
}

/* --- the beginning of workers --- */

static void close_pipes(int ends[PIPES][2]) {
  for (int which = 0; which < PIPES; which++)
    for (int end = 0; end < 2; end++)
      if (ends[which][end] >= 0) close(ends[which][end]);
}

static bool open_pipes(int ends[PIPES][2], bool together) {
  for (int which = 0; which < (together ? PIPES : ASKED); which++) {
    if (pipe2(ends[which], O_CLOEXEC) != 0) return false;
    for (int end = 0; end < 2; end++)
      if ((ends[which][end] = izh_descriptor_move_up(ends[which][end])) < 0) return false;
    if (which != ANSWERS) fcntl(ends[which][0], F_SETFL, O_NONBLOCK);
  }
  return true;
}

/* Forks with all signals blocked, which the worker takes up when it is one. */
static pid_t fork_quietly(birth *from) {
  sigset_t all;
  sigfillset(&all);
  fflush(NULL);
  sigprocmask(SIG_BLOCK, &all, &from->signals);
  pid_t pid = fork();
  int code = errno;
  if (pid != 0) sigprocmask(SIG_SETMASK, &from->signals, NULL);
  errno = code;
  return pid;
}

/* Forks; returns 0 in the worker, else its process, or -1 with errno. */
static pid_t start(birth *from, worker *w) {
  int(*ends)[2] = from->ends;
  bool allowed = izh_sandbox_take_process();
  pid_t pid = allowed && open_pipes(ends, from->all->together) ? fork_quietly(from) : -1;
  if (pid < 0) {
    int code = errno;
    if (allowed) izh_sandbox_free_process();
    close_pipes(ends);
    errno = code;
    return -1;
  }
  if (pid == 0) return 0;
  w->pid = pid;
  for (int which = 0; which < CHANNELS; which++) {
    if (ends[which][1] >= 0) close(ends[which][1]);
    w->channels[which].file = ends[which][0];
  }
  if (ends[ANSWERS][0] >= 0) close(ends[ANSWERS][0]);
  w->answers = ends[ANSWERS][1];
  return pid;
}

/* workers:start(number, seed, f, argument): calls f(argument), which must return a string, in a new process.
 * False when there can be no more processes than run now. */
static int workers_start(lua_State *L) {
  workers *all = luaL_checkudata(L, 1, WORKERS);
  lua_Integer number = luaL_checkinteger(L, 2), seed = luaL_checkinteger(L, 3);
  int ends[PIPES][2] = {{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
  worker *w = NULL;
  bool others = false;
  lua_settop(L, 5);
  for (int i = 0; i < all->n; i++) {
    others = others || all->list[i].pid > 0;
    if (all->list[i].pid == 0) w = &all->list[i];
  }
  birth from = {.all = all, .ends = ends, .parent = getpid(), .seed = seed};
  pid_t pid = w ? start(&from, w) : -1;
  if (pid < 0 && !others) bind_raise_as(L, "sweep", "cannot start a worker: %s", strerror(errno));
  if (pid == 0) work(L, &from);
  if (pid > 0) w->number = number;
  lua_pushboolean(L, pid > 0);
  return 1;
}

/* --- results --- */

/* The head of a worker's result, if it is whole. */
static bool read_head(const char *bytes, size_t n, result_head *head) {
  if (n < sizeof *head) return false;
  memcpy(head, bytes, sizeof *head);
  return n - sizeof *head == head->length + head->used;
}

/* Pushes what became of a worker: done, and its string or why there is none. */
static void push_result(lua_State *L, const char *bytes, size_t n, int status) {
  result_head head;
  if (read_head(bytes, n, &head)) {
    bind_used_unpack(L, bytes + sizeof head + head.length, head.used);
    lua_pushboolean(L, head.done);
    lua_pushlstring(L, bytes + sizeof head, head.length);
    return;
  }
  lua_pushboolean(L, 0);
  if (status != -1 && WIFSIGNALED(status))
    bind_text(L, "the worker was ended by signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
  else if (status != -1 && WEXITSTATUS(status) == INTERRUPTED)
    lua_pushliteral(L, "the worker was interrupted");
  else
    bind_text(L, "the worker ended without a result (exit code %d)", status == -1 ? -1 : WEXITSTATUS(status));
}

static void push_printed(lua_State *L, const bind_ended *ended) {
  for (int which = OUT; which <= ERR; which++) lua_pushlstring(L, ended->bytes[which], ended->size[which]);
}

/* Those of this rank that have ended go to the others. Returns whether there were any. */
static bool hand_over(lua_State *L, workers *all) {
  worker *w;
  bool any = false;
  for (; (w = ended_worker(all)); any = true) {
    bind_ended ended = {.number = w->number, .status = reap(w)};
    read_worker(all, w);
    for (int which = RESULT; which <= ERR; which++) {
      ended.size[which] = w->channels[which].n;
      ended.bytes[which] = w->channels[which].bytes;
    }
    bool added = bind_dealt_add(&all->exchange, &ended);
    clear_place(all, w);
    if (!added) bind_raise_as(L, "sweep", "not enough memory");
  }
  return any;
}

/* workers:wait(more) of several ranks: as below, and what the worker printed, here or on another rank.
 * Returns nothing when a place is free, if there is more to start. */
static int wait_for_ranks(lua_State *L, workers *all) {
  bind_ended ended;
  while (!bind_dealt_next(&all->exchange, &ended)) {
    bind_hear(L, all->host, true);
    double left = all->met_ms + MEET_EVERY_MS - now_ms();
    bool some = listen_to_all(all, left > 0 ? (int)left + 1 : 0);
    bind_hear(L, all->host, false);
    bool any = hand_over(L, all);
    if (some && all->met_ms + MEET_EVERY_MS > now_ms()) {
      if (any && lua_toboolean(L, 2)) return 0;
      continue;
    }
    bind_dealt_exchange(L, &all->exchange);
    all->met_ms = now_ms();
    if (interrupted(all)) bind_raise_as(L, "sweep", "interrupted");
  }
  lua_pushinteger(L, ended.number);
  push_result(L, ended.bytes[RESULT], ended.size[RESULT], ended.status);
  push_printed(L, &ended);
  return 5;
}

/* workers:left(): of what has come from ranks and was not waited for, the number of a worker, and what it
 * printed; nothing when there is no more. */
static int workers_left(lua_State *L) {
  workers *all = luaL_checkudata(L, 1, WORKERS);
  bind_ended ended;
  if (!bind_dealt_next(&all->exchange, &ended)) return 0;
  lua_pushinteger(L, ended.number);
  push_printed(L, &ended);
  return 3;
}

/* Listens to the worker until it asks or ends, or this rank is told to stop. */
static bind_relayed next_of(lua_State *L, workers *all) {
  worker *w = all->list;
  const channel *result = &w->channels[RESULT], *asked = &w->channels[ASKED];
  bind_relayed next = {.kind = BIND_RELAY_RUNS};
  bind_hear(L, all->host, true);
  while (result->file >= 0 && !bind_relay_asks(asked->bytes, asked->n, &next) && !interrupted(all)) {
    if (asked->file < 0) close_answers(w); /* it ends, or there is no memory for what it asks: then it must */
    listen_to_all(all, LOOK_EVERY_MS);
  }
  bind_hear(L, all->host, false);
  if (result->file >= 0) return next;
  close_answers(w);
  int status = reap(w);
  read_worker(all, w);
  if (result->n > 0) memset(result->bytes + result->n, 0, 8); /* a read leaves more room than that */
  return (bind_relayed){BIND_RELAY_ENDED, status, result->bytes, result->n};
}

/* Whether a worker has returned a value, which `head` is of then. */
static bool has_returned(bind_relayed of, result_head *head) {
  return of.kind == BIND_RELAY_ENDED && of.status == 0 && read_head(of.bytes, of.n, head) && head->done;
}

/* Whether both have returned, the same value. */
static bool returned_same(bind_relayed one, bind_relayed other) {
  result_head a, b;
  return has_returned(one, &a) && has_returned(other, &b) && a.length == b.length &&
         memcmp(one.bytes + sizeof a, other.bytes + sizeof b, a.length) == 0;
}

/* After a meeting: pushes what became of the call, as push_result; false if no worker has ended. The first
 * that failed decides; if none did, all must have returned the same. */
static bool push_end_of_all(lua_State *L) {
  result_head head;
  int ended = -1, differs = -1;
  for (int k = 0; k < izh_ranks_size(); k++) {
    bind_relayed of = bind_relay_of(k);
    if (of.kind != BIND_RELAY_ENDED) continue;
    if (ended < 0) ended = k;
    if (has_returned(of, &head)) continue;
    push_result(L, of.bytes, of.n, of.status);
    return true;
  }
  if (ended < 0) return false;
  bind_relayed first = bind_relay_of(ended);
  for (int k = 0; k < izh_ranks_size() && differs < 0; k++)
    if (!returned_same(first, bind_relay_of(k))) differs = k;
  if (differs < 0) {
    push_result(L, first.bytes, first.n, first.status);
    return true;
  }
  lua_pushboolean(L, 0);
  if (bind_relay_of(differs).kind == BIND_RELAY_ENDED)
    bind_text(L, "the ranks went apart: ranks %d and %d returned different values", ended, differs);
  else
    bind_text(L, "the ranks went apart: rank %d had returned when rank %d had not", ended, differs);
  return true;
}

/* workers:wait() where the ranks do a call together: as below, the same on all of them. */
static int wait_together(lua_State *L, workers *all) {
  worker *w = all->list;
  const char *doing = lua_pushfstring(L, "%ssweep", bind_place(L));
  lua_pushinteger(L, w->number);
  do {
    bind_relayed own = next_of(L, all);
    bind_relay_meet(L, doing, &own);
    w->channels[ASKED].n = 0;
    if (interrupted(all)) bind_raise_as(L, "sweep", "interrupted");
    bind_relay_answer(w->answers);
  } while (!push_end_of_all(L));
  close_answers(w); /* if it has not ended, it does now */
  if (w->pid > 0) reap(w);
  clear_place(all, w);
  return 3;
}

/* workers:wait(): waits until a worker has ended; its number, whether f returned, and what, or the error. */
static int workers_wait(lua_State *L) {
  workers *all = luaL_checkudata(L, 1, WORKERS);
  worker *w;
  bool any = true, stop = false;
  if (all->of_ranks) return wait_for_ranks(L, all);
  if (all->together) return wait_together(L, all);
  bind_hear(L, all->host, true);
  while (!(w = ended_worker(all)) && any && !stop) {
    any = listen_to_all(all, LOOK_EVERY_MS);
    stop = any && interrupted(all);
  }
  bind_hear(L, all->host, false);
  if (stop) bind_raise_as(L, "sweep", "interrupted");
  if (!w) return 0;
  int status = reap(w);
  read_worker(all, w); /* what it printed last */
  lua_pushinteger(L, w->number);
  push_result(L, w->channels[RESULT].bytes, w->channels[RESULT].n, status);
  clear_place(all, w);
  return 3;
}

/* workers:print(out, err): what a worker of some rank printed. */
static int workers_print(lua_State *L) {
  const workers *all = luaL_checkudata(L, 1, WORKERS);
  for (int which = OUT; which <= ERR; which++) {
    size_t size;
    const char *text = luaL_checklstring(L, 1 + which, &size);
    print(all, which, text, size);
  }
  return 0;
}

static stage read_stage(lua_State *L, int index) {
  stage s = {.done = luaL_checknumber(L, index), .total = luaL_checknumber(L, index + 1)};
  snprintf(s.unit, sizeof s.unit, "%s", luaL_checkstring(L, index + 2));
  return s;
}

/* workers:progress(done, total, unit): tells the program; done == total is the end. */
static int workers_progress(lua_State *L) {
  const workers *all = luaL_checkudata(L, 1, WORKERS);
  tell(all, read_stage(L, 2));
  return 0;
}

/* core.tell(done, total, unit): in a worker, how far it is. */
static int tell_stage(lua_State *L) {
  stage s = read_stage(L, 1);
  if (above >= 0 && bind_host(L)->progress) tell_above(&s);
  return 0;
}

/* core.seed(seed): of a sweep, moved by --seed. */
static int seed(lua_State *L) {
  lua_pushinteger(L, bind_shift_seed(L, (uint32_t)luaL_checkinteger(L, 1)));
  return 1;
}

/* core.shard(): the part of a sweep that this run is to do, and of how many; nothing for all of it. */
static int shard(lua_State *L) {
  const izh_host *host = bind_host(L);
  if (host->shards == 0) return 0;
  lua_pushinteger(L, host->shard);
  lua_pushinteger(L, host->shards);
  return 2;
}

/* core.workers(n, heeds, together): a place for so many at a time. heeds: what they say of their own progress
 * is shown. together: the ranks do each call together; n is 1. */
static int workers_new(lua_State *L) {
  lua_Integer n = luaL_checkinteger(L, 1);
  luaL_argcheck(L, n >= 1 && n <= MOST_WORKERS, 1, "1 … 1024");
  if (izh_sandbox_folder() && n > bind_default_threads(L))
    n = bind_default_threads(L); /* the results are the same */
  workers *all = lua_newuserdatauv(L, sizeof *all + (size_t)n * sizeof *all->list, 1);
  *all = (workers){.host = bind_host(L),
                   .began_ms = now_ms(),
                   .heeds = lua_toboolean(L, 2),
                   .of_ranks = izh_ranks_size() > 1 && !lua_toboolean(L, 3),
                   .together = lua_toboolean(L, 3),
                   .met_ms = now_ms(),
                   .n = (int)n};
  for (int i = 0; i < all->n; i++)
    all->list[i] = (worker){
        .channels = {{.file = -1}, {.file = -1}, {.file = -1}, {.file = -1}, {.file = -1}}, .answers = -1};
  all->polled = lua_newuserdatauv(L, (size_t)n * CHANNELS * sizeof *all->polled, 0);
  lua_setiuservalue(L, -2, 1);
  luaL_setmetatable(L, WORKERS);
  lua_gc(L, LUA_GCCOLLECT, 0); /* what is garbage now is this process's, and no worker's, to finalize */
  return 1;
}

/* core.hush(): what this process, a worker, prints from now on is lost, by whatever function it prints. */
static int hush(lua_State *L) {
  fflush(stdout);
  int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nothing < 0 || dup2(nothing, STDOUT_FILENO) < 0)
    bind_raise_as(L, "explain", "cannot redirect stdout: %s", strerror(errno));
  close(nothing);
  return 0;
}

/* core.ranks(): the number of this rank, from 0, and how many there are. */
static int ranks(lua_State *L) {
  lua_pushinteger(L, izh_ranks_size() > 1 ? izh_rank() : 0);
  lua_pushinteger(L, izh_ranks_size());
  return 2;
}

/* core.processors(): how many workers there are when the script does not say. */
static int processors(lua_State *L) {
  lua_pushinteger(L, bind_default_threads(L));
  return 1;
}

void bind_open_workers(lua_State *L) {
  static const luaL_Reg methods[] = {{"start", workers_start},       {"wait", workers_wait},
                                     {"left", workers_left},         {"print", workers_print},
                                     {"progress", workers_progress}, {NULL, NULL}};
  static const luaL_Reg metamethods[] = {{"__close", workers_stop}, {"__gc", workers_stop}, {NULL, NULL}};
  static const luaL_Reg functions[] = {
      {"workers", workers_new}, {"tell", tell_stage}, {"processors", processors}, {"hush", hush},
      {"ranks", ranks},         {"seed", seed},       {"shard", shard},           {NULL, NULL}};
  bind_type(L, WORKERS, (bind_members){"workers", .methods = methods, .metamethods = metamethods});
  luaL_setfuncs(L, functions, 0);
}
