/* Workers of several ranks: what they ended with, from each rank to all. */
#ifndef IZH_BIND_PROGRAM_DEALT_H
#define IZH_BIND_PROGRAM_DEALT_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

enum { BIND_DEALT_TEXTS = 3 };

/* What a worker ended with. */
typedef struct bind_ended {
  lua_Integer number; /* of its work */
  int status;         /* of its process, as of waitpid; -1: not known */
  size_t size[BIND_DEALT_TEXTS];
  const char *bytes[BIND_DEALT_TEXTS]; /* its result, what it printed, what it printed as errors; not owned */
} bind_ended;

/* All zero: nothing. */
typedef struct bind_dealt {
  char *mine, *all; /* what is to go to the others; what came, in order of rank */
  size_t n_mine, n_all, at, mine_capacity, all_capacity;
} bind_dealt;

/* Adds what a worker of this rank ended with. False: no memory. */
bool bind_dealt_add(bind_dealt *dealt, const bind_ended *ended);
/* Meets the other ranks, and exchanges what has been added. Raises. */
void bind_dealt_exchange(lua_State *L, bind_dealt *dealt);
/* The next of what came, the same on all ranks; its bytes are there until the next exchange. False: none. */
bool bind_dealt_next(bind_dealt *dealt, bind_ended *ended);
void bind_dealt_free(bind_dealt *dealt);

#endif
