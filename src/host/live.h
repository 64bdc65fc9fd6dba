/* What a run shows while it goes on: some lines at the end of what is on the terminal, drawn over again and
 * again, and erased at last. Nothing of the terminal is set, so nothing is to be set back. */
#ifndef IZH_HOST_LIVE_H
#define IZH_HOST_LIVE_H

#include <stdbool.h>

/* The room there is now. False: there is no terminal, it is too small, or this is another process than the
 * one that called this first. */
bool host_live_screen(int *columns, int *rows);

/* Shows a text of some lines in place of the one before; NULL: erases it. What would control the terminal is
 * shown as ?. */
void host_live_show(const char *text);

/* Erases it, if there is any. A signal handler may call this. */
void host_live_erase(void);

#endif
