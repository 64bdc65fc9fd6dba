/* The program as one of several ranks (base/ranks.h), as an MPI launcher starts it. */
#ifndef IZH_HOST_RANKS_H
#define IZH_HOST_RANKS_H

#include <lua.h>
#include <stdbool.h>

#include "host/options.h"

/* Loads MPI if a launcher started the program, or with --mpi. All ranks but 0 are silent from now on. False:
 * it cannot; a message has been printed. */
bool host_ranks_begin(int argc, char **argv);
/* Says what does not go with several ranks. False: something was asked that does not. */
bool host_ranks_check(const host_options *options);
/* The error that this rank ends with, for the others. The first one counts. */
void host_ranks_failed(const char *message);
/* Meets the others at the end of the program, with the exit code; returns that of all ranks. */
int host_ranks_end(int code);

/* Replaces what a script has of Lua for files and commands: what changes something is done by rank 0 alone,
 * and its result is known to all. */
void host_ranks_open(lua_State *L);

/* Replaces pairs by one that has the same order on all ranks. */
void host_ranks_pairs(lua_State *L);

#endif
