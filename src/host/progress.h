/* The line on the terminal that tells how far a long run is. */
#ifndef IZH_HOST_PROGRESS_H
#define IZH_HOST_PROGRESS_H

#include <lua.h>
#include <stdbool.h>

/* Is there somebody to see it? False when stderr is not a terminal, or one that cannot erase a line. */
bool host_progress_possible(void);

/* Draws the line, now and then, once the run is known to last longer than a second; erases it at the end. */
void host_progress(double done, double total, const char *unit, double elapsed_s);

/* Takes the line away when there is one. */
void host_progress_erase(void);

/* Makes what a script prints take the line away first. May raise a Lua error. */
void host_progress_open(lua_State *L);

#endif
