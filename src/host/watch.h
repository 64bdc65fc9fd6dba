/* --watch: the script is run again whenever it, or a file that it loads, changes. */
#ifndef IZH_HOST_WATCH_H
#define IZH_HOST_WATCH_H

#include <stdbool.h>

/* Runs a script file in one child process after the other, until Ctrl-C. In each child it returns true: the
 * child must run the script once and exit. In the program it returns false, and *status is its exit status.
 * open: figures are opened in a viewer when they are first saved. */
bool host_watch(const char *script, bool open, int *status);

#endif
