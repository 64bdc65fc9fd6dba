/* The line on the terminal that shows the progress of a long run. */
#ifndef IZH_HOST_PROGRESS_H
#define IZH_HOST_PROGRESS_H

#include <lua.h>
#include <stdbool.h>

/* Can the line be shown? False when stderr is not a terminal that can erase a line. */
bool host_progress_possible(void);

/* Draws the line, now and then, once the run is known to last longer than a second; erases it at the end. */
void host_progress(double done, double total, const char *unit, double elapsed_s);

/* Takes the line away when there is one. */
void host_progress_erase(void);

/* Makes the printing functions of Lua erase the line first. May raise a Lua error. */
void host_progress_open(lua_State *L);

#endif
