/* What the host program needs from the Lua bindings. */
#ifndef IZH_BIND_BIND_H
#define IZH_BIND_BIND_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

/* What a program that embeds the bindings tells them, and is told by them. Zero for nothing of it. */
typedef struct izh_host {
  bool has_seed;   /* --seed was given: the first network gets this seed, whatever its script says, and the */
  uint32_t seed;   /* seeds of later networks move by the same amount, so that trials stay different */
  int threads;     /* --threads: as threads of every network that names none; 0: not given */
  const char *isa; /* instruction set of the inner loops, see izh_isa_choose; NULL: the best */
  const char *lua_dir; /* folder that holds izhlua/init.lua */
  /* For the metadata of figures: the file of the running script, or NULL; and the program's arguments. */
  const char *script;
  int argc;
  char **argv; /* [argc] */

  /* Called now and then while a network runs, and once with done_ms == total_ms at the end of a run.
   * elapsed_s is wall time since the run began. May be NULL. */
  void (*progress)(double done_ms, double total_ms, double elapsed_s);
  /* True when the user asked to stop (Ctrl-C): the run ends after the current step with an error. May be
   * NULL. */
  bool (*interrupted)(void);
  /* Called with the path of every figure that was saved. May be NULL. */
  void (*saved)(const char *path);
} izh_host;

/* Makes `require "izhlua"` work in this state. *host must outlive the state. */
void izh_bind_open(lua_State *L, const izh_host *host);

#endif
