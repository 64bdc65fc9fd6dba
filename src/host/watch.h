/* --watch: the script is run again whenever it, or a file that it loads, changes. */
#ifndef IZH_HOST_WATCH_H
#define IZH_HOST_WATCH_H

#include <stdbool.h>

/* Runs script, a file, in one child process after the other until Ctrl-C. Returns in each of these, with
 * true: it is to run the script once and to exit. Returns in the program with false, when *status is how it
 * is to exit. open: figures are opened in a viewer when they are first saved. */
bool host_watch(const char *script, bool open, int *status);

#endif
