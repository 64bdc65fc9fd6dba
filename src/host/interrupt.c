#include "host/interrupt.h"

#include <lauxlib.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/output.h"
#include "host/live.h"
#include "host/locals.h"

/* How many levels are looked at one by one. Lua walks to a level, so to look at all levels of a runaway
 * recursion would take longer than a user waits before the second Ctrl-C. */
enum { LEVELS_SEEN = 5000 };

/* Seconds of a processor: after the first Ctrl-C, so long may go on what does not hear it (Lua's functions in
 * C, one stroke of a long curve, a debug hook of the script, in which Lua calls no other), and then the
 * cleanup. */
enum { UNHEARD_S = 2, CLEANUP_S = 3 };

enum { OVER_S = 1 }; /* so long may the cleanup of a script take whose time is over */

enum { ORPHAN_S = 3 }; /* so long nobody waits for the cleanup of a process whose parent has gone */

static volatile sig_atomic_t pending; /* the signal that came: SIGINT (Ctrl-C), SIGTERM or SIGHUP; 0: none */
static volatile sig_atomic_t reading;
static volatile sig_atomic_t at_prompt;  /* somebody is there to end what does not end */
static volatile sig_atomic_t no_cleanup; /* it has had its time */
static volatile sig_atomic_t waiting;    /* a first Ctrl-C is to wait until it is taken */
static volatile sig_atomic_t told;       /* another rank said what came to it, and may come here, too */
static bool forked;
static host_thread *_Atomic running; /* the thread that runs now; NULL: no script runs */
static pthread_t main_thread;
static volatile pid_t orphan_of; /* the process without which this one is to end; 0: none */

static host_thread first_thread;
static volatile bool noticed; /* it is known which threads `pending` stops, and which are cleanup */
static char line[PATH_MAX + 32];
static lua_CFunction xpcall_function;
static const char *own_folder;

static void stop(lua_State *L, lua_Debug *event);

static void set_hook(lua_State *L) {
  lua_sethook(L, stop, LUA_MASKCALL | LUA_MASKCOUNT, 1);
}

/* A signal is handed to any thread of the process; the Lua state belongs to one of them. */
static bool passed_on(int number) {
  if (pthread_equal(pthread_self(), main_thread)) return false;
  pthread_kill(main_thread, number);
  return true;
}

static timer_t patience; /* on the processor time of the main thread */
static bool has_patience;

static void give_time(int seconds) {
  struct itimerspec end = {.it_value.tv_sec = seconds};
  if (has_patience && !at_prompt) timer_settime(patience, 0, &end, NULL); /* a signal handler may */
}

static void begin_to_stop(int number) {
  pending = number;
  give_time(UNHEARD_S);
  host_thread *thread = running;
  if (waiting && number == SIGINT) return;
  if (thread) set_hook(thread->L); /* Lua allows this one call in a signal handler */
}

/* A second one ends the program at once, but not the other one of the two that a system sends together when
 * it ends (SIGTERM and SIGHUP). Nor does it wait for somebody at the prompt who may have gone. */
static bool ends_at_once(int number) {
  if (reading) return number != SIGINT;
  return pending && (number == SIGINT || number == pending || pending == SIGINT || number == SIGALRM);
}

static const char over[] = "izhlua: the time of the sandbox is over (--time)\n";

static void end_at_once(int number) {
  struct sigaction standard = {.sa_handler = SIG_DFL};
  izh_output_remove_all();
  host_live_erase();
  if (number == SIGALRM && write(STDERR_FILENO, over, sizeof over - 1) < 0) {}
  sigaction(number, &standard, NULL);
  raise(number); /* it is delivered when the handler returns, so the exit status shows the signal */
}

/* The time of what did not hear the signal, or of the cleanup, is over. */
static void on_patience(int number) {
  if (passed_on(number) || !pending) return;
  if (!noticed || no_cleanup) {
    end_at_once(pending);
    return;
  }
  no_cleanup = 1;
  give_time(CLEANUP_S);
}

void host_interrupt_tell(int number) {
  if (pending) return;
  told = 1;
  begin_to_stop(number);
}

static void on_interrupt(int number) {
  if (passed_on(number)) return;
  bool known = told; /* it comes a second time, to this rank itself */
  told = 0;
  if (known) return;
  if (ends_at_once(number)) {
    end_at_once(number);
    return;
  }
  if (number == SIGALRM) alarm(OVER_S);
  if (orphan_of > 0 && getppid() != orphan_of) alarm(ORPHAN_S);
  if (!pending) begin_to_stop(number);
}

static void on_terminate(int number) {
  if (!passed_on(number) && !pending) begin_to_stop(number);
}

static const int handled[] = {SIGINT, SIGTERM, SIGHUP};

/* Handles the signals that end a program, as far as it was not started to ignore them (as by nohup). */
static void handle(void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler}; /* no SA_RESTART: a blocked read ends too */
  struct sigaction old;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof handled / sizeof *handled; i++)
    if (sigaction(handled[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
      sigaction(handled[i], &action, NULL);
}

void host_interrupt_forked(void) {
  has_patience = false; /* its parent has */
  forked = true;
  waiting = false;
  struct sigaction action = {.sa_handler = on_terminate};
  sigemptyset(&action.sa_mask);
  handle(on_terminate);
  sigaction(SIGTERM, &action, NULL); /* its parent's, whatever was ignored */
}

void host_interrupt_child_of(pid_t parent) {
  orphan_of = parent;
}

/* Replaces os.execute, its upvalue. While a command runs, only the command gets Ctrl-C. A script that runs
 * many commands would never notice it. */
static int execute(lua_State *L) {
  lua_CFunction standard = lua_tocfunction(L, lua_upvalueindex(1));
  int count = standard(L);
  if (count != 3 || lua_tointeger(L, -1) != SIGINT) return count;
  if (strcmp(lua_tostring(L, -2), "signal") == 0) raise(SIGINT);
  return count;
}

static void replace_execute(lua_State *L) {
  lua_getglobal(L, "os");
  lua_getfield(L, -1, "execute");
  lua_pushcclosure(L, execute, 1);
  lua_setfield(L, -2, "execute");
  lua_pop(L, 1);
}

void host_interrupt_after(unsigned seconds) {
  struct sigaction action = {.sa_handler = on_interrupt};
  sigemptyset(&action.sa_mask);
  sigaction(SIGALRM, &action, NULL);
  alarm(seconds);
}

const char *host_interrupt_text(void) {
  return pending == SIGALRM ? "the time of the sandbox is over (--time)" : "interrupted";
}

static void watch_time(void) {
  struct sigaction action = {.sa_handler = on_patience, .sa_flags = SA_RESTART};
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGVTALRM};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof handled / sizeof *handled; i++) sigaddset(&action.sa_mask, handled[i]);
  sigaction(SIGVTALRM, &action, NULL);
  has_patience = timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &patience) == 0;
}

void host_interrupt_open(lua_State *L, const char *lua_dir) {
  own_folder = lua_dir;
  replace_execute(L);
  lua_getglobal(L, "xpcall");
  xpcall_function = lua_tocfunction(L, -1);
  lua_pop(L, 1);
  main_thread = pthread_self();
  handle(on_interrupt);
  watch_time();
}

/* How many levels the call stack has, found by bisection. */
static int count_levels(lua_State *L) {
  lua_Debug frame;
  int below = 0, above = 1;
  while (lua_getstack(L, above - 1, &frame)) {
    below = above;
    above *= 2;
  }
  while (above - below > 1) {
    int middle = below + (above - below) / 2;
    if (lua_getstack(L, middle - 1, &frame))
      below = middle;
    else
      above = middle;
  }
  return below;
}

/* Is this the call of a __close or __gc metamethod? Lua gives no name to a handler that an error has called;
 * it is known by its first argument, whose metamethod it is. Leaves its findings on the stack. */
static bool is_cleanup(lua_State *L, lua_Debug *frame) {
  lua_getinfo(L, "nSf", frame);
  const char *name = frame->name ? frame->name : "";
  if (strcmp(frame->namewhat, "metamethod") == 0 && (strcmp(name, "close") == 0 || strcmp(name, "__gc") == 0))
    return true;
  return strcmp(frame->what, "Lua") == 0 && lua_getlocal(L, frame, 1) &&
         luaL_getmetafield(L, -1, "__close") != LUA_TNIL && lua_rawequal(L, -1, -3);
}

static int pass_on(lua_State *L) {
  (void)L;
  return 1;
}

/* Removes the message handler of an xpcall at the frame: it must not handle the error of an interrupt. */
static void silence(lua_State *L, lua_Debug *frame) {
  lua_getinfo(L, "f", frame);
  bool is_xpcall = lua_tocfunction(L, -1) == xpcall_function;
  lua_pop(L, 1);
  if (!is_xpcall) return;
  lua_pushcfunction(L, pass_on);
  if (!lua_setlocal(L, frame, 2)) lua_pop(L, 1);
}

/* Marks everything on the stack of the thread as doomed, except a cleanup in progress and what it called.
 * Returns whether there is such a cleanup in this thread or in the threads that resumed it. */
static bool doom(host_thread *thread) {
  lua_State *L = thread->L;
  lua_Debug frame;
  int levels = count_levels(L), top = lua_gettop(L);
  bool cleanup = thread->below && doom(thread->below);
  thread->doomed = cleanup ? 0 : levels;
  if (cleanup || !lua_checkstack(L, 8)) return cleanup;
  for (int level = 0; level < LEVELS_SEEN && lua_getstack(L, level, &frame); level++) {
    if (is_cleanup(L, &frame)) thread->doomed = levels - level - 1;
    lua_settop(L, top);
  }
  for (int level = levels - thread->doomed; level < LEVELS_SEEN && lua_getstack(L, level, &frame); level++)
    silence(L, &frame);
  set_hook(L);
  return thread->doomed < levels;
}

/* Does the level run a line of the user's, not of C code or of the Lua files of this program? */
static bool is_users(lua_State *L, lua_Debug *frame) {
  lua_getinfo(L, "Sl", frame);
  bool is_own = frame->source[0] == '@' && strncmp(frame->source + 1, own_folder, strlen(own_folder)) == 0;
  return frame->currentline > 0 && !is_own;
}

/* Remembers the line that runs, or that called what runs. */
static void find_line(void) {
  lua_Debug frame;
  line[0] = '\0';
  for (host_thread *thread = running; thread; thread = thread->below) {
    for (int level = 0; level < LEVELS_SEEN && lua_getstack(thread->L, level, &frame); level++) {
      if (!is_users(thread->L, &frame)) continue;
      const char *name = frame.source[0] == '@' ? frame.source + 1 : frame.short_src;
      snprintf(line, sizeof line, "%s:%d: ", name, frame.currentline);
      return;
    }
  }
}

static void notice(void) {
  noticed = true;
  give_time(CLEANUP_S);
  find_line();
  lua_sethook(first_thread.L, NULL, 0, 0); /* doom sets it again */
  host_locals_stopped(first_thread.L);
  doom(running);
}

/* The hook. Comes before each instruction, and at each call. */
static void stop(lua_State *L, lua_Debug *event) {
  host_thread *thread = running;
  lua_Debug frame;
  bool waits = waiting && pending == SIGINT;
  if (!pending || waits || !thread || thread->L != L) { /* a hook that is left from an earlier interrupt */
    lua_sethook(L, NULL, 0, 0);
    return;
  }
  bool is_call = event->event != LUA_HOOKCOUNT && noticed;
  if (!noticed) notice();
  if (lua_getstack(L, thread->doomed, &frame) && !no_cleanup) return; /* runs above all that is doomed */
  if (is_call && !no_cleanup) {
    /* Doomed code cannot call anything. So an error has cleared the stack down to here, and what begins now
     * is cleanup. */
    thread->doomed = count_levels(L) - 1;
    return;
  }
  lua_pushfstring(L, "%sinterrupted", line);
  lua_error(L);
}

void host_interrupt_enter(host_thread *thread, lua_State *L) {
  *thread = (host_thread){.L = L, .below = running};
  running = thread;
  if (pending && !noticed) set_hook(L); /* Ctrl-C came before this thread was the one to stop */
}

void host_interrupt_leave(host_thread *thread) {
  running = thread->below;
  if (pending && thread->below) set_hook(thread->below->L);
}

void host_interrupt_begin(lua_State *L) {
  host_interrupt_enter(&first_thread, L);
}

void host_interrupt_end(lua_State *L) {
  running = NULL;
  if (pending) lua_sethook(L, NULL, 0, 0);
}

bool host_interrupted(void) {
  return pending;
}

int host_interrupt_signal(void) {
  return pending;
}

int host_interrupt_status(void) {
  return 128 + pending;
}

bool host_interrupt_ends(void) {
  return pending && pending != SIGINT;
}

void host_interrupt_wait(lua_State *L, bool on) {
  waiting = on && !forked;
  if (!on && pending) set_hook(L);
}

bool host_interrupt_take(void) {
  if (!waiting || pending != SIGINT) return false;
  pending = 0;
  give_time(0);
  return true;
}

bool host_interrupt_poll(void) {
  if (waiting && pending == SIGINT) return false;
  if (pending && !noticed && running && pthread_equal(pthread_self(), main_thread)) notice();
  return pending;
}

const char *host_interrupt_line(void) {
  return line;
}

void host_interrupt_reading(bool on) {
  at_prompt = 1;
  reading = on;
}

void host_interrupt_forget(lua_State *L) {
  lua_sethook(L, NULL, 0, 0);
  give_time(0);
  noticed = false;
  waiting = false;
  line[0] = '\0';
  pending = 0;
}

void host_interrupt_closing(void) {
  running = NULL;
}
