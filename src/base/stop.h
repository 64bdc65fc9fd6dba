/* Ctrl-C for calls that take long. They ask now and then whether the user wants to stop; if so, they fail
 * with IZH_STOPPED. */
#ifndef IZH_BASE_STOP_H
#define IZH_BASE_STOP_H

#include <stdbool.h>

#include "base/status.h"

/* Sets the function that the calling thread asks. It returns true when the user wants to stop. With NULL, the
 * default, nothing is asked. */
void izh_stop_ask(bool (*asked)(void));

/* IZH_STOPPED when the user wants to stop. Threads that help another (team.h) must not call it. */
izh_status izh_stop_check(izh_err *err);

#endif
