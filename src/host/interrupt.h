/* Ctrl-C.
 *
 * The first one stops the script: a debug hook raises an error before every further instruction of what was
 * running, so that no pcall and no coroutine can go on. What begins to run later is the script's cleanup (the
 * __close of its variables), which is let through; Lua itself keeps hooks away from __gc. The second one ends
 * the program at once. */
#ifndef IZH_HOST_INTERRUPT_H
#define IZH_HOST_INTERRUPT_H

#include <lua.h>
#include <stdbool.h>

/* A Lua thread that runs, or waits for one that it resumed. */
typedef struct host_thread {
  lua_State *L;
  struct host_thread *below; /* who resumed it; NULL: the program */
  int doomed;                /* so many of its call levels, from the first on, may run no more */
} host_thread;

/* From now on SIGINT comes here, unless the program was started to ignore it; and so does one that ended a
 * command of os.execute. The libraries of L are open and nobody has changed them. lua_dir, where this
 * program's own Lua files are, must outlive the state. */
void host_interrupt_open(lua_State *L, const char *lua_dir);

/* This process was forked, and its parent sees to its end: SIGTERM, too, stops it as the first Ctrl-C does,
 * and neither kills it when it comes again, as both do when a user types Ctrl-C. */
void host_interrupt_forked(void);

/* Around a call of Lua code from the program. */
void host_interrupt_begin(lua_State *L);
void host_interrupt_end(lua_State *L);

/* Around lua_resume; *thread is filled here. Every resume goes through these, because only the thread that
 * runs can be stopped. */
void host_interrupt_enter(host_thread *thread, lua_State *L);
void host_interrupt_leave(host_thread *thread);

/* True from the first Ctrl-C on. */
bool host_interrupted(void);
/* The same, asked by C code that runs on behalf of a script and gives up when it is true. */
bool host_interrupt_poll(void);
/* "script.lua:12: ", where the script was stopped; "" when that is not known. */
const char *host_interrupt_line(void);

/* While a line is read, Ctrl-C may come more than once and ends nothing. */
void host_interrupt_reading(bool reading);
/* The prompt goes on as if there had been no Ctrl-C. */
void host_interrupt_forget(lua_State *L);
/* No script runs from here on, only what cleans up after it. */
void host_interrupt_closing(void);

#endif
