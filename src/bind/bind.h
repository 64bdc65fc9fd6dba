/* What the host program needs from the Lua bindings. */
#ifndef IZH_BIND_BIND_H
#define IZH_BIND_BIND_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a program that embeds the bindings tells them, and is told by them. Zero for nothing of it. */
typedef struct izh_host {
  bool has_seed; /* --seed was given: the first network gets this seed, whatever its script says, and the */
  uint32_t seed; /* seeds of later networks move by the same amount, so that trials stay different */
  int threads;   /* --threads: as threads of every network that names none; 0: not given */
  int shard, shards;   /* --shard: the part of a sweep that is to be run, and of how many; 0: all of it */
  const char *isa;     /* instruction set of the inner loops, see izh_isa_choose; NULL: the best */
  const char *lua_dir; /* folder that holds izhlua/init.lua */
  /* For the metadata of figures: the file of the running script, or NULL; and the program's arguments. */
  const char *script;
  int argc;
  char **argv; /* [argc] */

  /* Called now and then while a network runs, unit being "ms", or a sweep does its "cases"; and once with
   * done == total at the end. elapsed_s is wall time since the beginning. May be NULL. */
  void (*progress)(double done, double total, const char *unit, double elapsed_s);
  /* Called before what a worker printed is passed on. May be NULL. */
  void (*printing)(void);
  /* True when the user asked to stop (Ctrl-C): the run ends after the current step with an error. May be
   * NULL. */
  bool (*interrupted)(void);
  /* Between on and off Ctrl-C stops nothing, but waits to be taken; take: true once, if it came. Both may be
   * NULL. */
  void (*wait)(lua_State *L, bool on);
  bool (*take)(void);
  /* From now on what runs is ours, and asks `interrupted`; or, with false, it is the script's. May raise an
   * error when it is ours from now on. May be NULL. */
  void (*hear)(lua_State *L, bool ours);
  /* Called in a process that was forked to be a worker: it is to end without any cleanup of the state, and as
   * after Ctrl-C at SIGTERM. May be NULL. */
  void (*forked)(void);
  /* Takes the files of figures, by the paths that they were to have, in a format of its own: figure_ending is
   * .svg or .pdf. NULL: figures are written. */
  void (*figure)(const char *path, const void *bytes, size_t size);
  const char *figure_ending;
  /* Called with what izh.parameters declares, as JSON. May be NULL. */
  void (*declared)(const char *json);
  /* What runs show while they go on, on the terminal. live: every run does. screen: how much room there is;
   * false: there is nowhere to show anything. show: shows some lines in place of those before; NULL: erases
   * them. show may be NULL. */
  bool live;
  bool (*screen)(int *columns, int *rows);
  void (*show)(const char *text);
  /* Called with the path of every figure that was saved. May be NULL. */
  void (*saved)(const char *path);
  /* Called with what the script did at a place, about, and what there is to say of it: that it came to
   * nothing. text NULL: it has come to something, now or before, so that nothing is to be said. The strings
   * are Lua's. May be NULL. */
  void (*remark)(const char *about, const char *text);
} izh_host;

/* Makes `require "izhlua"` work in this state. *host must outlive the state. */
void izh_bind_open(lua_State *L, const izh_host *host);

/* Notes a file that the script has loaded or read: figures that it saves later carry it. Its bytes are read
 * when a figure is saved, and only if it is still the same then. What is no regular file is not noted.
 * module: the name that `require` had for it, or NULL. */
void izh_bind_used(lua_State *L, const char *path, const char *module);
/* Notes a file that the script writes: what it reads of it later comes from the script. */
void izh_bind_written(lua_State *L, const char *path);

#endif
