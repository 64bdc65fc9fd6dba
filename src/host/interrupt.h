/* Ctrl-C, and SIGTERM and SIGHUP, which are like a first Ctrl-C.
 *
 * The first Ctrl-C stops the script: a debug hook raises an error before every further instruction of the
 * running code, so that no pcall and no coroutine can go on. What begins to run after that is the cleanup of
 * the script (the __close of its variables), and it may run. Lua itself calls no hooks in __gc. The second
 * Ctrl-C ends the program at once. */
#ifndef IZH_HOST_INTERRUPT_H
#define IZH_HOST_INTERRUPT_H

#include <lua.h>
#include <stdbool.h>
#include <sys/types.h>

/* A Lua thread that runs, or waits for one that it resumed. */
typedef struct host_thread {
  lua_State *L;
  struct host_thread *below; /* who resumed it; NULL: the program */
  int doomed;                /* this many of its call levels, from the first on, must not run any more */
} host_thread;

/* From now on SIGINT, SIGTERM and SIGHUP are handled here, unless the program was started to ignore it. A
 * SIGINT that ended a command of os.execute is handled, too. The libraries of L are open and nobody has
 * changed them. lua_dir, where this program's own Lua files are, must outlive the state. */
void host_interrupt_open(lua_State *L, const char *lua_dir);

/* For a forked process that its parent will end. SIGTERM stops it as the first Ctrl-C does. A second SIGINT
 * or SIGTERM does not kill it: it gets both when a user types Ctrl-C. */
void host_interrupt_forked(void);

/* So many seconds from now SIGALRM stops the script as a first Ctrl-C does, and a second later ends the
 * program, whatever runs. */
void host_interrupt_after(unsigned seconds);
/* Why the script was stopped. */
const char *host_interrupt_text(void);

/* Another rank got a signal: as if this one had. */
void host_interrupt_tell(int number);

/* For a process that is to end soon after its parent, of whose death SIGTERM tells it. */
void host_interrupt_child_of(pid_t parent);

/* Around a call of Lua code from the program. */
void host_interrupt_begin(lua_State *L);
void host_interrupt_end(lua_State *L);

/* Around lua_resume; they fill *thread. Every resume must use them, because only the running thread can be
 * stopped. */
void host_interrupt_enter(host_thread *thread, lua_State *L);
void host_interrupt_leave(host_thread *thread);

/* True from the first Ctrl-C on. */
bool host_interrupted(void);
/* The signal that came; 0: none. */
int host_interrupt_signal(void);
/* What the program then exits with: 130 after Ctrl-C. */
int host_interrupt_status(void);
/* It was none that the prompt goes on after. */
bool host_interrupt_ends(void);
/* The same, for C code that a script called; the code must then give up. */
bool host_interrupt_poll(void);
/* Between on and off, a first Ctrl-C stops nothing, but waits to be taken; what is left at the end stops the
 * script. Not in a forked process. */
void host_interrupt_wait(lua_State *L, bool on);
/* Did such a Ctrl-C come; then it has never been. */
bool host_interrupt_take(void);

/* "script.lua:12: ", where the script was stopped; "" when that is not known. */
const char *host_interrupt_line(void);

/* While a line is read, Ctrl-C may come more than once and ends nothing. */
void host_interrupt_reading(bool reading);
/* The prompt goes on as if there had been no Ctrl-C. */
void host_interrupt_forget(lua_State *L);
/* No script runs from here on, only what cleans up after it. */
void host_interrupt_closing(void);

#endif
