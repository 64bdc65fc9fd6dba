/* Workers of several ranks that do one thing together: each rank forks one, and these are the same ranks, but
 * for MPI, which a forked process must not call. What they bring to each other goes by pipes to the processes
 * that they were forked from. These meet for them. */
#ifndef IZH_BIND_PROGRAM_RELAY_H
#define IZH_BIND_PROGRAM_RELAY_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In the worker: it is a rank from now on. ask, answer: where it writes to its parent, and reads from it. */
void bind_relay_begin(int ask, int answer);

typedef enum bind_relay_kind { BIND_RELAY_RUNS, BIND_RELAY_ASKS, BIND_RELAY_ENDED } bind_relay_kind;

/* What a rank knows of its worker. */
typedef struct bind_relayed {
  bind_relay_kind kind;
  int status;        /* of its process, as of waitpid, if it ended */
  const char *bytes; /* what it asks or ended with; room for a multiple of 8 bytes */
  size_t n;
} bind_relayed;

/* What a worker has written, if it is a whole question: the bytes that are to go to the other workers. */
bool bind_relay_asks(const char *written, size_t n, bind_relayed *asks);

/* Meets the other ranks with what each knows of its worker. text: what this is, the same on all of them.
 * Raises. */
void bind_relay_meet(lua_State *L, const char *text, const bind_relayed *mine);
/* After that: tells the worker what all have asked with, if all have. */
void bind_relay_answer(int file);
/* What the worker of a rank asked or ended with. It is there until the next meeting. */
bind_relayed bind_relay_of(int rank);

#endif
