/* Ctrl-C for calls that take long. They ask now and then whether the user wants to stop; if so, they fail
 * with IZH_STOPPED. */
#ifndef IZH_BASE_STOP_H
#define IZH_BASE_STOP_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/status.h"

/* Sets the function that the calling thread asks. It returns true when the user wants to stop. With NULL, the
 * default, nothing is asked. */
void izh_stop_ask(bool (*asked)(void));
/* That function, for a module, which has a copy of this file in it. */
bool (*izh_stop_asked(void))(void);

/* The calling thread stops, too, when this is true, and makes it true when it stops: so the threads that
 * share some work (team.h) all do when one is told to. NULL: it shares no work any more. */
void izh_stop_share(atomic_bool *stopped);

/* IZH_STOPPED when the user wants to stop. In a thread that helps another, only what is shared says so. */
izh_status izh_stop_check(izh_err *err);

#endif
